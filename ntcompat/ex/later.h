/* SPDX-License-Identifier: GPL-2.0 */
/* What must wait until a thread can do it. */
#ifndef _NTCOMPAT_EX_LATER_H
#define _NTCOMPAT_EX_LATER_H

#include <linux/workqueue.h>

void nt_later(struct work_struct *work);

/* What was asked for until now is done. PASSIVE_LEVEL */
void nt_later_flush(void);

int nt_later_setup(void);
void nt_later_teardown(void);

#endif /* _NTCOMPAT_EX_LATER_H */
