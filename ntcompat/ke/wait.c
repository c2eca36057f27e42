// SPDX-License-Identifier: GPL-2.0
/*
 * Waiting for dispatcher objects.
 *
 * A waiter puts a block on the object's list and sleeps. Whoever signals the
 * object walks the list in order of arrival, under the object's lock: it claims
 * a waiter by a compare-and-swap of the waiter's state, consumes the signal on
 * its behalf and wakes it. A waiter whose time is up claims itself the same way,
 * so that exactly one side wins, and a consumed signal is never lost.
 */
#include "dispatcher.h"
#include "irql.h"
#include "time.h"
#include <linux/hash.h>
#include <linux/hrtimer.h>
#include <linux/sched/signal.h>

#define LOCK_BITS	7

static struct dispatcher_bucket {
	raw_spinlock_t lock;
} ____cacheline_aligned_in_smp buckets[1 << LOCK_BITS];

enum {
	WAITING = -1,
	GAVE_UP = -2,
};

struct waiter {
	struct task_struct *task;
	int state;			/* WAITING, GAVE_UP or the index that was satisfied */
};

struct wait_block {
	LIST_ENTRY link;		/* on the object's WaitListHead, under its lock */
	struct waiter *waiter;
	int index;
	bool queued;
};

raw_spinlock_t *nt_dispatcher_lock(const void *object)
{
	return &buckets[hash_ptr(object, LOCK_BITS)].lock;
}

void __init nt_dispatcher_setup(void)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(buckets); i++)
		raw_spin_lock_init(&buckets[i].lock);
}

/*
 * Both locks of an object that mirrors another. __release() and __acquire() do
 * nothing: they tell sparse that it shall count the two as one.
 */
static unsigned long lock_object(PDISPATCHER_HEADER header)
	__acquires(header)
{
	raw_spinlock_t *lock = nt_dispatcher_lock(header);
	unsigned long flags;

	if (nt_is_mirror(header)) {
		spin_lock_irqsave(nt_mirror_lock(header), flags);
		raw_spin_lock(lock);
		__release(header);
	} else {
		raw_spin_lock_irqsave(lock, flags);
	}
	return flags;
}

static void unlock_object(PDISPATCHER_HEADER header, unsigned long flags)
	__releases(header)
{
	raw_spinlock_t *lock = nt_dispatcher_lock(header);

	if (nt_is_mirror(header)) {
		__acquire(header);
		raw_spin_unlock(lock);
		spin_unlock_irqrestore(nt_mirror_lock(header), flags);
	} else {
		raw_spin_unlock_irqrestore(lock, flags);
	}
}

/* What a satisfied wait does to the object. */
static void consume(PDISPATCHER_HEADER header)
{
	switch (header->Type) {
	case EventSynchronizationObject:
		if (nt_is_mirror(header)) {
			nt_mirror_take(header);
			break;
		}
		fallthrough;
	case TimerSynchronizationObject:
		header->SignalState = 0;
		break;
	case SemaphoreObject:
		header->SignalState--;
		break;
	default:
		break;	/* notification objects stay signalled */
	}
}

static void unqueue(struct wait_block *block)
{
	RemoveEntryList(&block->link);
	block->queued = false;
}

void nt_dispatcher_release_waiters(PDISPATCHER_HEADER header)
{
	while (header->SignalState > 0 && !IsListEmpty(&header->WaitListHead)) {
		struct wait_block *block = CONTAINING_RECORD(header->WaitListHead.Flink,
							     struct wait_block, link);
		struct waiter *waiter = block->waiter;

		unqueue(block);
		if (cmpxchg(&waiter->state, WAITING, block->index) != WAITING)
			continue;
		consume(header);
		/*
		 * The waiter takes this object's lock before it leaves, so its
		 * stack, where waiter and block lie, outlives this call.
		 */
		wake_up_process(waiter->task);
	}
}

void nt_dispatcher_signal(PDISPATCHER_HEADER header)
{
	if (header->Type == SemaphoreObject)
		header->SignalState++;
	else
		header->SignalState = 1;
	nt_dispatcher_release_waiters(header);
}

static bool try_object(PDISPATCHER_HEADER header)
{
	if (header->SignalState <= 0)
		return false;
	consume(header);
	return true;
}

/*
 * A driver's thread that waits for work is no hung task; a user's system call
 * that a driver never ends is, and shall be reported.
 */
static unsigned int sleep_state(KPROCESSOR_MODE mode, bool alertable)
{
	if (mode == UserMode || alertable)
		return TASK_INTERRUPTIBLE;
	return current->flags & PF_KTHREAD ? TASK_IDLE : TASK_UNINTERRUPTIBLE;
}

static NTSTATUS sleep_until(struct waiter *waiter, unsigned int state, ktime_t *deadline)
{
	for (;;) {
		set_current_state(state);
		if (READ_ONCE(waiter->state) != WAITING)
			break;
		if (state == TASK_INTERRUPTIBLE && signal_pending(current)) {
			if (cmpxchg(&waiter->state, WAITING, GAVE_UP) == WAITING) {
				__set_current_state(TASK_RUNNING);
				return STATUS_USER_APC;
			}
			break;
		}
		if (deadline ? !schedule_hrtimeout_range(deadline, 0, HRTIMER_MODE_ABS) :
			       (schedule(), false)) {
			if (cmpxchg(&waiter->state, WAITING, GAVE_UP) == WAITING)
				return STATUS_TIMEOUT;
		}
	}
	__set_current_state(TASK_RUNNING);
	return STATUS_SUCCESS;
}

/**
 * KeWaitForSingleObject - wait until a dispatcher object is signalled
 * @Object: event, timer or other dispatcher object
 * @WaitReason: informative only
 * @WaitMode: UserMode lets a signal to the process end the wait
 * @Alertable: TRUE does the same for KernelMode
 * @Timeout: units of 100 ns, negative for relative; NULL for none; pointing to
 *	zero to test without waiting
 *
 * IRQL: <= APC_LEVEL; DISPATCH_LEVEL only with a zero timeout. Returns
 * STATUS_SUCCESS, STATUS_TIMEOUT, or STATUS_USER_APC when a signal came.
 */
NTSTATUS KeWaitForSingleObject(PVOID Object, KWAIT_REASON WaitReason, KPROCESSOR_MODE WaitMode,
			       BOOLEAN Alertable, PLARGE_INTEGER Timeout)
{
	PDISPATCHER_HEADER header = Object;
	struct waiter waiter = { .task = current, .state = WAITING };
	struct wait_block block = { .waiter = &waiter, .index = 0, .queued = true };
	ktime_t deadline;
	unsigned long flags;
	NTSTATUS status;
	bool now;

	flags = lock_object(header);
	now = try_object(header);
	if (!now && !(Timeout && !Timeout->QuadPart))
		InsertTailList(&header->WaitListHead, &block.link);
	unlock_object(header, flags);
	if (now)
		return STATUS_SUCCESS;
	if (Timeout && !Timeout->QuadPart)
		return STATUS_TIMEOUT;

	if (Timeout)
		deadline = nt_due_time(*Timeout);
	status = sleep_until(&waiter, sleep_state(WaitMode, Alertable), Timeout ? &deadline : NULL);

	flags = lock_object(header);
	if (block.queued)
		unqueue(&block);
	unlock_object(header, flags);
	return status;
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
	struct waiter waiter = { .task = current, .state = WAITING };
	ktime_t deadline = nt_due_time(*Interval);
	NTSTATUS status;

	status = sleep_until(&waiter, sleep_state(WaitMode, Alertable), &deadline);
	return status == STATUS_TIMEOUT ? STATUS_SUCCESS : status;
}
EXPORT_SYMBOL(KeDelayExecutionThread);
