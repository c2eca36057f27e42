/* SPDX-License-Identifier: GPL-2.0 */
/* What system calls on a node do. */
#ifndef _NTCOMPAT_LINUX_CHARDEV_H
#define _NTCOMPAT_LINUX_CHARDEV_H

#include <linux/fs.h>

struct nt_file;

/* The file object behind a struct file, or NULL when that is no node of ours. */
struct nt_file *nt_chardev_file(struct file *filp);

extern const struct file_operations nt_file_operations;

#endif /* _NTCOMPAT_LINUX_CHARDEV_H */
