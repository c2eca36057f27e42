/* SPDX-License-Identifier: GPL-2.0 */
/* System threads, and what thread.c and system.c need of each other. */
#ifndef _NTCOMPAT_PS_SYSTEM_H
#define _NTCOMPAT_PS_SYSTEM_H

#include "thread.h"

void nt_thread_init(struct nt_thread *nt, struct task_struct *task, struct nt_process *process);
struct nt_thread *nt_thread_add(struct nt_thread *nt);
void nt_thread_ended(struct nt_thread *nt, NTSTATUS status);

/* Its task is freed. */
void nt_system_thread_unlink(struct nt_thread *nt);

#endif /* _NTCOMPAT_PS_SYSTEM_H */
