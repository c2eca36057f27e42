// SPDX-License-Identifier: GPL-2.0
/*
 * Waiting for one dispatcher object, and sleeping. A waiter puts a block on the
 * object's list and sleeps until it is released (ke/dispatcher.c).
 */
#include "irql.h"
#include "time.h"
#include "waiter.h"
#include "../ps/thread.h"
#include <linux/hrtimer.h>
#include <linux/sched/signal.h>

/*
 * A driver's thread that waits for work is no hung task; a user's system call
 * that a driver never ends is, and shall be reported.
 */
unsigned int nt_sleep_state(KPROCESSOR_MODE mode, bool alertable)
{
	if (mode == UserMode || alertable)
		return TASK_INTERRUPTIBLE;
	return current->flags & PF_KTHREAD ? TASK_IDLE : TASK_UNINTERRUPTIBLE;
}

static bool is_over(struct nt_waiter *waiter)
{
	if (READ_ONCE(waiter->state) >= 0)
		return true;
	/* Its objects' signallers only wake it: see release_all(). */
	return waiter->all && waiter->mirrors && nt_all_take(waiter, false);
}

static bool give_up(struct nt_waiter *waiter)
{
	return cmpxchg(&waiter->state, NT_WAITING, NT_GAVE_UP) == NT_WAITING;
}

NTSTATUS nt_sleep_until(struct nt_waiter *waiter, unsigned int state, ktime_t *deadline)
{
	NTSTATUS status = STATUS_SUCCESS;

	for (;;) {
		set_current_state(state);
		if (is_over(waiter))
			break;
		if (READ_ONCE(waiter->state) == NT_CLAIMED) {
			/* In a moment. Neither a signal nor the time matters any more. */
			state = TASK_UNINTERRUPTIBLE;
			deadline = NULL;
		} else if (state == TASK_INTERRUPTIBLE && signal_pending(current)) {
			if (give_up(waiter)) {
				status = STATUS_USER_APC;
				break;
			}
			continue;
		}
		if (!deadline)
			schedule();
		else if (!schedule_hrtimeout_range(deadline, 0, HRTIMER_MODE_ABS) &&
			 give_up(waiter)) {
			status = STATUS_TIMEOUT;
			break;
		}
	}
	__set_current_state(TASK_RUNNING);
	return status;
}

/**
 * KeWaitForSingleObject - wait until a dispatcher object is signalled
 * @Object: event, mutex, semaphore, thread, timer
 * @WaitReason: informative only
 * @WaitMode: UserMode lets a signal to the process end the wait
 * @Alertable: TRUE does the same for KernelMode
 * @Timeout: units of 100 ns, negative for relative; NULL for none; pointing to
 *	zero to test without waiting
 *
 * IRQL: <= APC_LEVEL; DISPATCH_LEVEL only with a zero timeout. Returns
 * STATUS_SUCCESS, STATUS_ABANDONED for a mutex whose owner exited with it,
 * STATUS_TIMEOUT, or STATUS_USER_APC when a signal came.
 */
NTSTATUS KeWaitForSingleObject(PVOID Object, KWAIT_REASON WaitReason, KPROCESSOR_MODE WaitMode,
			       BOOLEAN Alertable, PLARGE_INTEGER Timeout)
{
	PDISPATCHER_HEADER header = Object;
	KWAIT_BLOCK block;
	struct nt_waiter waiter = {
		.task = current,
		.state = NT_WAITING,
		.count = 1,
		.blocks = &block,
	};
	ktime_t deadline;
	unsigned long flags;
	NTSTATUS status;
	bool now;

	if (header->Type == MutantObject)
		waiter.thread = nt_thread_current();
	block.NotificationQueue = &waiter;
	block.Object = header;
	block.WaitKey = 0;
	block.BlockState = FALSE;

	flags = nt_wait_lock(header);
	now = nt_can_take(header, &waiter);
	if (now)
		nt_take(header, &waiter);
	else if (!(Timeout && !Timeout->QuadPart))
		nt_block_queue(&block);
	nt_wait_unlock(header, flags);
	if (now)
		return nt_wait_status(&waiter, 0);
	if (Timeout && !Timeout->QuadPart)
		return STATUS_TIMEOUT;

	if (Timeout)
		deadline = nt_due_time(*Timeout);
	status = nt_sleep_until(&waiter, nt_sleep_state(WaitMode, Alertable),
				Timeout ? &deadline : NULL);

	raw_spin_lock_irqsave(nt_dispatcher_lock(header), flags);
	nt_block_unqueue(&block);
	raw_spin_unlock_irqrestore(nt_dispatcher_lock(header), flags);
	return status == STATUS_SUCCESS ? nt_wait_status(&waiter, 0) : status;
}
EXPORT_SYMBOL(KeWaitForSingleObject);

/**
 * KeDelayExecutionThread - sleep
 * @WaitMode: UserMode lets a signal end the sleep
 * @Alertable: TRUE does the same for KernelMode
 * @Interval: units of 100 ns, negative for relative
 *
 * IRQL: <= APC_LEVEL. Returns STATUS_SUCCESS when the time has passed, never
 * earlier; STATUS_USER_APC when a signal came.
 */
NTSTATUS KeDelayExecutionThread(KPROCESSOR_MODE WaitMode, BOOLEAN Alertable, PLARGE_INTEGER Interval)
{
	struct nt_waiter waiter = { .task = current, .state = NT_WAITING };
	ktime_t deadline = nt_due_time(*Interval);
	NTSTATUS status;

	status = nt_sleep_until(&waiter, nt_sleep_state(WaitMode, Alertable), &deadline);
	return status == STATUS_TIMEOUT ? STATUS_SUCCESS : status;
}
EXPORT_SYMBOL(KeDelayExecutionThread);
