// SPDX-License-Identifier: GPL-2.0
/*
 * Threads' priorities. NT's variable ones, 1 to 15, are nice values, with 8, the
 * normal one, nice 0; its real-time ones, from 16 on, are SCHED_FIFO.
 */
#include "thread.h"
#include <linux/sched/prio.h>
#include <linux/sched/rt.h>
#include <uapi/linux/sched/types.h>

#define NORMAL_PRIORITY		8
#define HIGHEST_VARIABLE	15
#define MIDDLE_REALTIME		24

static int nice_of(KPRIORITY priority)
{
	int above = priority - NORMAL_PRIORITY;

	return above > 0 ? MIN_NICE * above / (HIGHEST_VARIABLE - NORMAL_PRIORITY) :
			   MAX_NICE * -above / (NORMAL_PRIORITY - 1);
}

KPRIORITY nt_priority_of(struct task_struct *task)
{
	int nice = task_nice(task);

	if (rt_task(task))
		return LOW_REALTIME_PRIORITY;
	return nice < 0 ? NORMAL_PRIORITY + nice * (HIGHEST_VARIABLE - NORMAL_PRIORITY) / MIN_NICE :
			  NORMAL_PRIORITY - nice * (NORMAL_PRIORITY - 1) / MAX_NICE;
}

static void apply(struct nt_thread *nt, KPRIORITY priority)
{
	nt->priority = priority;
	if (priority >= MIDDLE_REALTIME)
		sched_set_fifo(nt->task);
	else if (priority >= LOW_REALTIME_PRIORITY)
		sched_set_fifo_low(nt->task);
	else
		sched_set_normal(nt->task, nice_of(priority));
}

/**
 * KeSetPriorityThread - set a thread's priority
 * @Thread: its object
 * @Priority: 1 to HIGH_PRIORITY; LOW_REALTIME_PRIORITY and above are real-time
 *
 * IRQL: PASSIVE_LEVEL. Returns the former one.
 */
KPRIORITY KeSetPriorityThread(PKTHREAD Thread, KPRIORITY Priority)
{
	struct nt_thread *nt = nt_thread(Thread);
	KPRIORITY old = nt->priority;

	if (WARN_ONCE(Priority <= LOW_PRIORITY || Priority > HIGH_PRIORITY,
		      "KeSetPriorityThread: no priority %d\n", Priority))
		return old;
	apply(nt, Priority);
	return old;
}
EXPORT_SYMBOL(KeSetPriorityThread);

/**
 * KeSetBasePriorityThread - set a thread's priority relative to its process
 * @Thread: its object
 * @Increment: what to add to the process's priority, which here is the normal one
 *
 * IRQL: PASSIVE_LEVEL. The result stays within the variable priorities. Returns the
 * former increment.
 */
LONG KeSetBasePriorityThread(PKTHREAD Thread, LONG Increment)
{
	struct nt_thread *nt = nt_thread(Thread);
	LONG old = nt->base_priority - NORMAL_PRIORITY;

	nt->base_priority = clamp(Increment, 1 - NORMAL_PRIORITY,
				  HIGHEST_VARIABLE - NORMAL_PRIORITY) + NORMAL_PRIORITY;
	apply(nt, nt->base_priority);
	return old;
}
EXPORT_SYMBOL(KeSetBasePriorityThread);

/**
 * KeQueryPriorityThread - a thread's priority
 * @Thread: its object
 *
 * IRQL: PASSIVE_LEVEL.
 */
KPRIORITY KeQueryPriorityThread(PKTHREAD Thread)
{
	return nt_thread(Thread)->priority;
}
EXPORT_SYMBOL(KeQueryPriorityThread);
