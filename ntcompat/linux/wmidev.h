/* SPDX-License-Identifier: GPL-2.0 */
/* /dev/ntcompat_wmi */
#ifndef _NTCOMPAT_LINUX_WMIDEV_H
#define _NTCOMPAT_LINUX_WMIDEV_H

int nt_wmidev_setup(void);
void nt_wmidev_teardown(void);

#endif /* _NTCOMPAT_LINUX_WMIDEV_H */
