/* SPDX-License-Identifier: GPL-2.0 */
/* Linux's bus "nt": devices that NT bus drivers found, and those that nobody has to find. */
#ifndef _NTCOMPAT_LINUX_NTBUS_H
#define _NTCOMPAT_LINUX_NTBUS_H

#include "../nt.h"

struct nt_devnode;
struct nt_driver;

NTSTATUS nt_bus_add(struct nt_devnode *devnode);
void nt_bus_delete(struct nt_devnode *devnode);
int nt_bus_register_driver(struct nt_driver *driver);
void nt_bus_unregister_driver(struct nt_driver *driver);

int nt_bus_setup(void);
void nt_bus_teardown(void);

#endif /* _NTCOMPAT_LINUX_NTBUS_H */
