/* SPDX-License-Identifier: GPL-2.0 */
/* What drivers hang on a driver object: extensions and Reinitialize routines. */
#ifndef _NTCOMPAT_IO_DRIVEREXT_H
#define _NTCOMPAT_IO_DRIVEREXT_H

#include "driver.h"

/* DriverEntry has succeeded and the devices are started. PASSIVE_LEVEL. */
void nt_driver_reinitialize(struct nt_driver *driver);

/* The driver object is being freed. */
void nt_driver_free_extensions(struct nt_driver *driver);

#endif /* _NTCOMPAT_IO_DRIVEREXT_H */
