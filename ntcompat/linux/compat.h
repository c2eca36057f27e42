/* SPDX-License-Identifier: GPL-2.0 */
/* What changed in Linux between 6.1 and 6.12. Version checks live here only. */
#ifndef _NTCOMPAT_LINUX_COMPAT_H
#define _NTCOMPAT_LINUX_COMPAT_H

#include <linux/device/class.h>
#include <linux/pci.h>
#include <linux/timer.h>
#include <linux/version.h>

/* 6.2: timer_shutdown family; del_timer_sync got its present name. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 2, 0)
#define timer_delete_sync	del_timer_sync
#endif

/* 6.2: devnode() takes a const device. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 2, 0)
#define NT_DEVNODE_CONST
#else
#define NT_DEVNODE_CONST	const
#endif

/* 6.4: class_create() lost the module. */
static inline struct class *nt_class_create(const char *name)
{
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 4, 0)
	return class_create(THIS_MODULE, name);
#else
	return class_create(name);
#endif
}

/* 6.8: the interrupt line is called INTX. */
#ifndef PCI_IRQ_INTX
#define PCI_IRQ_INTX		PCI_IRQ_LEGACY
#endif

#endif /* _NTCOMPAT_LINUX_COMPAT_H */
