/* SPDX-License-Identifier: GPL-2.0 */
/* The description of the hardware in the registry. */
#ifndef _NTCOMPAT_CM_HARDWARE_H
#define _NTCOMPAT_CM_HARDWARE_H

#include "../nt.h"

#define NT_HARDWARE_SYSTEM		L"\\Registry\\Machine\\Hardware\\Description\\System"

/* Values that each item has. */
#define NT_HARDWARE_IDENTIFIER		L"Identifier"
#define NT_HARDWARE_CONFIGURATION	L"Configuration Data"
#define NT_HARDWARE_COMPONENT		L"Component Information"

int nt_hardware_setup(void);

#endif /* _NTCOMPAT_CM_HARDWARE_H */
