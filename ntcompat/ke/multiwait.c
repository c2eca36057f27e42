// SPDX-License-Identifier: GPL-2.0
/* Waiting for any or for all of several dispatcher objects. */
#include "time.h"
#include "waiter.h"
#include "../ps/thread.h"

static void prepare(struct nt_waiter *waiter, PVOID *objects)
{
	unsigned int i;

	for (i = 0; i < waiter->count; i++) {
		PKWAIT_BLOCK block = &waiter->blocks[i];
		PDISPATCHER_HEADER header = objects[i];

		block->NotificationQueue = waiter;
		block->Object = header;
		block->WaitKey = i;
		block->BlockState = FALSE;
		if (header->Type == MutantObject && !waiter->thread)
			waiter->thread = nt_thread_current();
		if (nt_is_mirror(header))
			waiter->mirrors = true;
	}
}

/* The first object that is signalled; with @queue, on the lists of those before it. */
static bool take_any(struct nt_waiter *waiter, bool queue)
{
	unsigned long flags;
	bool over = false;
	unsigned int i;

	for (i = 0; !over && i < waiter->count; i++) {
		PDISPATCHER_HEADER header = waiter->blocks[i].Object;

		flags = nt_wait_lock(header);
		if (READ_ONCE(waiter->state) != NT_WAITING) {
			over = true;
		} else if (nt_can_take(header, waiter)) {
			/* Who claims it meanwhile does so with another object's lock. */
			over = true;
			if (cmpxchg(&waiter->state, NT_WAITING, i) == NT_WAITING)
				nt_take(header, waiter);
		} else if (queue) {
			nt_block_queue(&waiter->blocks[i]);
		}
		nt_wait_unlock(header, flags);
	}
	return over;
}

static void leave_any(struct nt_waiter *waiter)
{
	unsigned long flags;
	unsigned int i;

	for (i = 0; i < waiter->count; i++) {
		raw_spinlock_t *lock = nt_dispatcher_lock(waiter->blocks[i].Object);

		raw_spin_lock_irqsave(lock, flags);
		nt_block_unqueue(&waiter->blocks[i]);
		raw_spin_unlock_irqrestore(lock, flags);
	}
}

static bool take(struct nt_waiter *waiter, bool queue)
{
	return waiter->all ? nt_all_take(waiter, queue) : take_any(waiter, queue);
}

static NTSTATUS wait(struct nt_waiter *waiter, unsigned int state, PLARGE_INTEGER timeout)
{
	ktime_t deadline;
	NTSTATUS status;

	if (take(waiter, false))
		return STATUS_SUCCESS;
	if (timeout && !timeout->QuadPart)
		return STATUS_TIMEOUT;
	if (timeout)
		deadline = nt_due_time(*timeout);
	take(waiter, true);
	status = nt_sleep_until(waiter, state, timeout ? &deadline : NULL);
	if (waiter->all)
		nt_all_leave(waiter);
	else
		leave_any(waiter);
	return status;
}

/**
 * KeWaitForMultipleObjects - wait until any, or all, of several objects are signalled
 * @Count: how many, at most MAXIMUM_WAIT_OBJECTS
 * @Object: events, mutexes, semaphores, threads, timers
 * @WaitType: WaitAny, or WaitAll: then all signals are taken at once, or none
 * @WaitReason: informative only
 * @WaitMode: UserMode lets a signal to the process end the wait
 * @Alertable: TRUE does the same for KernelMode
 * @Timeout: as for KeWaitForSingleObject()
 * @WaitBlockArray: room for Count blocks; may be NULL for up to THREAD_WAIT_OBJECTS
 *
 * IRQL: <= APC_LEVEL; DISPATCH_LEVEL only with a zero timeout. Returns, for
 * WaitAny, STATUS_WAIT_0 plus the index of the object, or STATUS_ABANDONED_WAIT_0
 * plus it; for WaitAll, STATUS_SUCCESS, or STATUS_ABANDONED when one was an
 * abandoned mutex; STATUS_TIMEOUT, or STATUS_USER_APC when a signal came. Too many
 * objects are a bug check on Windows; here a warning and STATUS_INVALID_PARAMETER.
 */
NTSTATUS KeWaitForMultipleObjects(ULONG Count, PVOID Object[], WAIT_TYPE WaitType,
				  KWAIT_REASON WaitReason, KPROCESSOR_MODE WaitMode,
				  BOOLEAN Alertable, PLARGE_INTEGER Timeout,
				  PKWAIT_BLOCK WaitBlockArray)
{
	KWAIT_BLOCK few[THREAD_WAIT_OBJECTS];
	struct nt_waiter waiter = {
		.task = current,
		.state = NT_WAITING,
		.all = WaitType == WaitAll,
		.count = Count,
		.blocks = WaitBlockArray ?: few,
	};
	NTSTATUS status;

	if (WARN_ONCE(!Count || Count > (WaitBlockArray ? MAXIMUM_WAIT_OBJECTS : THREAD_WAIT_OBJECTS),
		      "KeWaitForMultipleObjects of %u objects %s wait blocks\n", Count,
		      WaitBlockArray ? "with" : "without"))
		return STATUS_INVALID_PARAMETER;
	prepare(&waiter, Object);
	if (waiter.all)
		atomic_inc(&nt_waits_for_all);
	status = wait(&waiter, nt_sleep_state(WaitMode, Alertable), Timeout);
	if (waiter.all)
		atomic_dec(&nt_waits_for_all);
	return status == STATUS_SUCCESS ? nt_wait_status(&waiter, waiter.state) : status;
}
EXPORT_SYMBOL(KeWaitForMultipleObjects);
