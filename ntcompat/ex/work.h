/* SPDX-License-Identifier: GPL-2.0 */
/* The system's worker threads. */
#ifndef _NTCOMPAT_EX_WORK_H
#define _NTCOMPAT_EX_WORK_H

#include "../nt.h"

struct module;

/* Wait until no item whose routine lies in @owner is queued or runs. PASSIVE_LEVEL. */
void nt_work_flush(const struct module *owner);

int nt_work_setup(void);
void nt_work_teardown(void);

/* An IO_WORKITEM's WorkerRoutine, and the driver's routine behind it. */
void nt_io_work(PVOID item);
const void *nt_io_work_code(PWORK_QUEUE_ITEM item);

#endif /* _NTCOMPAT_EX_WORK_H */
