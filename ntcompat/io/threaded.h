/* SPDX-License-Identifier: GPL-2.0 */
/* Drivers' IRPs that belong to a thread, and are cancelled when it exits. */
#ifndef _NTCOMPAT_IO_THREADED_H
#define _NTCOMPAT_IO_THREADED_H

#include "irp.h"

void nt_threaded_add(struct nt_irp *nt);
void nt_threaded_del(struct nt_irp *nt);
void nt_threaded_cancel(struct task_struct *task);

int nt_threaded_setup(void);
void nt_threaded_teardown(void);

#endif /* _NTCOMPAT_IO_THREADED_H */
