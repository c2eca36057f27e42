/* SPDX-License-Identifier: GPL-2.0 */
/* References to the I/O manager's objects, as drivers hold them. */
#ifndef _NTCOMPAT_IO_OBJECT_H
#define _NTCOMPAT_IO_OBJECT_H

#include "device.h"

/* With the device object the driver's code stays: see attach.c. */
void nt_device_reference(PDEVICE_OBJECT device);
void nt_device_dereference(PDEVICE_OBJECT device);

#endif /* _NTCOMPAT_IO_OBJECT_H */
