/* SPDX-License-Identifier: GPL-2.0 */
/* The door to the registry for the program that looks after it. */
#ifndef _NTCOMPAT_LINUX_REGISTRY_H
#define _NTCOMPAT_LINUX_REGISTRY_H

int nt_registry_device_setup(void);
void nt_registry_device_teardown(void);

#endif /* _NTCOMPAT_LINUX_REGISTRY_H */
