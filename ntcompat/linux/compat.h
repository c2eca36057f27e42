/* SPDX-License-Identifier: GPL-2.0 */
/* What changed in Linux between 6.1 and 6.12. Version checks live here only. */
#ifndef _NTCOMPAT_LINUX_COMPAT_H
#define _NTCOMPAT_LINUX_COMPAT_H

#include <linux/device/class.h>
#include <linux/eventfd.h>
#include <linux/fs.h>
#include <linux/io_uring.h>
#include <linux/io_uring_types.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/pci.h>
#include <linux/timer.h>
#include <linux/uio.h>
#include <linux/version.h>

/* 6.8: io_uring commands have a header of their own. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 8, 0)
#include <linux/io_uring/cmd.h>
#endif

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

/* 6.3: a type's uevent(), too. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 3, 0)
#define NT_UEVENT_CONST
#else
#define NT_UEVENT_CONST	const
#endif

/* 6.11: a bus's match() takes a const driver. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 11, 0)
#define NT_MATCH_CONST
#else
#define NT_MATCH_CONST	const
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

/* 6.4: iter_iov(); before, the member. */
static inline void __user *nt_iter_segment(const struct iov_iter *iter, size_t *length)
{
	const struct iovec *iov;

	*length = iov_iter_count(iter);
	if (iter_is_ubuf(iter))
		return iter->ubuf + iter->iov_offset;
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 4, 0)
	iov = iter->iov;
#else
	iov = iter_iov(iter);
#endif
	*length = min(*length, iov->iov_len - iter->iov_offset);
	return iov->iov_base + iter->iov_offset;
}

/*
 * Does a request of io_uring use a registered file, to which it has no reference
 * of its own? A kiocb or a command is the first member of the request.
 */
static inline bool nt_uring_file_is_fixed(void *request)
{
	return cmd_to_io_kiocb(request)->flags & REQ_F_FIXED_FILE;
}

/* 6.5: the command's bytes are asked for by a function; before, a member. */
static inline const void *nt_uring_payload(struct io_uring_cmd *cmd)
{
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 5, 0)
	return cmd->cmd;
#else
	return io_uring_sqe_cmd(cmd->sqe);
#endif
}

/* 6.7: io_uring asks for the end of commands, when they were marked. */
static inline void nt_uring_mark_cancelable(struct io_uring_cmd *cmd, unsigned int issue_flags)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 7, 0)
	io_uring_cmd_mark_cancelable(cmd, issue_flags);
#endif
}

/*
 * The end of a command within its own issue. Marked ones are on a list of
 * io_uring, off which only io_uring_cmd_done() takes them.
 */
static inline int nt_uring_done_inline(struct io_uring_cmd *cmd, int result, unsigned int issue_flags)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 7, 0)
	io_uring_cmd_done(cmd, result, 0, issue_flags);
	return -EIOCBQUEUED;
#else
	return result;
#endif
}

static inline bool nt_uring_is_cancel(unsigned int issue_flags)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 7, 0)
	return issue_flags & IO_URING_F_CANCEL;
#else
	return false;
#endif
}

/* 6.8: eventfds are signalled once at a time. */
static inline void nt_eventfd_signal(struct eventfd_ctx *ctx)
{
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 8, 0)
	eventfd_signal(ctx, 1);
#else
	eventfd_signal(ctx);
#endif
}

/* 6.8 and the stable kernels since early 2024 tell AIO's iocbs from others. */
static inline bool nt_iocb_is_aio(const struct kiocb *iocb)
{
#ifdef IOCB_AIO_RW
	return iocb->ki_flags & IOCB_AIO_RW;
#else
	return false;
#endif
}

/*
 * Stable kernels since 2026 have the override of a device's driver in struct device.
 * No version tells: Kbuild looks into the header.
 */
static inline int nt_set_driver_override(struct pci_dev *pci, const char *name)
{
#ifdef NT_DEVICE_DRIVER_OVERRIDE
	return device_set_driver_override(&pci->dev, name);
#else
	return driver_set_override(&pci->dev, &pci->driver_override, name, strlen(name));
#endif
}

static inline bool nt_has_driver_override(struct pci_dev *pci)
{
#ifdef NT_DEVICE_DRIVER_OVERRIDE
	return device_has_driver_override(&pci->dev);
#else
	return pci->driver_override;
#endif
}

/* 6.3: a mapping's flags are changed by functions. */
static inline void nt_vma_set_flags(struct vm_area_struct *vma, unsigned long flags)
{
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 3, 0)
	vma->vm_flags |= flags;
#else
	vm_flags_set(vma, flags);
#endif
}

/* 6.4: a module's memory is in several parts. */
static inline void *nt_module_text(const struct module *module)
{
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 4, 0)
	return module->core_layout.base;
#else
	return module->mem[MOD_TEXT].base;
#endif
}

/*
 * 6.5: modpost writes the table of a module's exports, and the type of its entries is
 * no header's any more; the layout is <linux/export-internal.h>'s.
 */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 5, 0)
struct kernel_symbol {
#ifdef CONFIG_HAVE_ARCH_PREL32_RELOCATIONS
	int value_offset;
	int name_offset;
	int namespace_offset;
#else
	unsigned long value;
	const char *name;
	const char *namespace;
#endif
};
#endif

static inline const char *nt_symbol_name(const struct kernel_symbol *symbol)
{
#ifdef CONFIG_HAVE_ARCH_PREL32_RELOCATIONS
	return offset_to_ptr(&symbol->name_offset);
#else
	return symbol->name;
#endif
}

static inline void *nt_symbol_address(const struct kernel_symbol *symbol)
{
#ifdef CONFIG_HAVE_ARCH_PREL32_RELOCATIONS
	return offset_to_ptr(&symbol->value_offset);
#else
	return (void *)symbol->value;
#endif
}

/* 6.10: the second argument went. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 10, 0)
#define nt_assign_str(to, from)	__assign_str(to, from)
#else
#define nt_assign_str(to, from)	__assign_str(to)
#endif

/* Exported by both, but declared in a header of the file systems' own before 6.4. */
int vfs_path_lookup(struct dentry *dentry, struct vfsmount *mnt, const char *name,
		    unsigned int flags, struct path *path);

#endif /* _NTCOMPAT_LINUX_COMPAT_H */
