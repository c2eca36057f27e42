/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _NTCOMPAT_LINUX_DIE_H
#define _NTCOMPAT_LINUX_DIE_H

int nt_die_setup(void);
void nt_die_teardown(void);

#endif /* _NTCOMPAT_LINUX_DIE_H */
