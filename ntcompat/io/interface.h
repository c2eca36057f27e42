/* SPDX-License-Identifier: GPL-2.0 */
/* Device interfaces. */
#ifndef _NTCOMPAT_IO_INTERFACE_H
#define _NTCOMPAT_IO_INTERFACE_H

#include "../nt.h"

struct nt_devnode;

void nt_interfaces_started(struct nt_devnode *devnode);
void nt_interfaces_disable(struct nt_devnode *devnode);
void nt_interfaces_forget(struct nt_devnode *devnode);
void nt_interfaces_teardown(void);
bool nt_interface_exists(PCUNICODE_STRING path);

#endif /* _NTCOMPAT_IO_INTERFACE_H */
