/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _NTCOMPAT_LINUX_DEBUGFS_H
#define _NTCOMPAT_LINUX_DEBUGFS_H

int nt_debugfs_setup(void);
void nt_debugfs_teardown(void);

#endif /* _NTCOMPAT_LINUX_DEBUGFS_H */
