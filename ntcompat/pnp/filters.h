/* SPDX-License-Identifier: GPL-2.0 */
/* Filter drivers that the registry names. */
#ifndef _NTCOMPAT_PNP_FILTERS_H
#define _NTCOMPAT_PNP_FILTERS_H

#include "../nt.h"

struct nt_devnode;

/* The most filters of a device. */
#define NT_FILTERS_MAX	12

NTSTATUS nt_filters_add(struct nt_devnode *devnode, bool upper);
void nt_filters_release(struct nt_devnode *devnode);

#endif /* _NTCOMPAT_PNP_FILTERS_H */
