/* SPDX-License-Identifier: GPL-2.0 */
/* What system calls on a node do. */
#ifndef _NTCOMPAT_LINUX_CHARDEV_H
#define _NTCOMPAT_LINUX_CHARDEV_H

#include <linux/fs.h>

extern const struct file_operations nt_file_operations;

#endif /* _NTCOMPAT_LINUX_CHARDEV_H */
