// SPDX-License-Identifier: GPL-2.0
/*
 * Dispatcher objects: their locks, and how a signal gets to waiters.
 *
 * Whoever signals an object walks its list in order of arrival, under the
 * object's lock: it claims a waiter by a compare-and-swap of the waiter's state,
 * takes the signal on its behalf and wakes it. A waiter whose time is up claims
 * itself the same way, so that exactly one side wins, and no signal is lost.
 *
 * When the signaller is done no list but that of its own object may lead to a
 * released waiter: the driver may free the other objects that it waited for. It
 * unlinks these blocks one by one when it has unlocked its own object; until then
 * the waiter is NT_CLAIMED and stays.
 *
 * A wait for all of several objects needs all their locks at once, to take all
 * signals or none. all_lock makes the taking of several safe.
 */
#include "mutex.h"
#include "waiter.h"
#include <linux/bitmap.h>

struct nt_dispatcher_bucket nt_dispatcher_buckets[1 << NT_DISPATCHER_LOCK_BITS];

atomic_t nt_waits_for_all = ATOMIC_INIT(0);
static DEFINE_RAW_SPINLOCK(all_lock);

/* Outside of the locks that several mirrored events have. */
static DEFINE_SPINLOCK(mirrors_lock);

void __init nt_dispatcher_setup(void)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(nt_dispatcher_buckets); i++)
		raw_spin_lock_init(&nt_dispatcher_buckets[i].lock);
}

/*
 * Both locks of an object that mirrors another. __release() and __acquire() do
 * nothing: they tell sparse that it shall count the two as one.
 */
unsigned long nt_wait_lock(PDISPATCHER_HEADER header)
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

void nt_wait_unlock(PDISPATCHER_HEADER header, unsigned long flags)
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

bool nt_can_take(PDISPATCHER_HEADER header, const struct nt_waiter *waiter)
{
	return header->SignalState > 0 ||
	       (header->Type == MutantObject && nt_mutex_is_owner(header, waiter->thread));
}

void nt_take(PDISPATCHER_HEADER header, struct nt_waiter *waiter)
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
	case MutantObject:
		if (nt_mutex_take(header, waiter->thread))
			waiter->abandoned = true;
		break;
	default:
		break;	/* notification objects stay signalled */
	}
}

/*
 * ---- Waits for all ----
 *
 * Here, too, __release() and __acquire() are for sparse, which cannot follow locks
 * that a loop takes.
 */

/* With all_lock held: the locks of all objects, but for one that is held already. */
static void lock_objects(const struct nt_waiter *waiter, unsigned long *locked, int held)
{
	unsigned int i, bucket;

	for (i = 0; i < waiter->count; i++) {
		bucket = nt_dispatcher_bucket_of(waiter->blocks[i].Object);
		if (bucket == held || __test_and_set_bit(bucket, locked))
			continue;
		raw_spin_lock_nest_lock(&nt_dispatcher_buckets[bucket].lock, &all_lock);
		__release(&nt_dispatcher_buckets[bucket].lock);
	}
}

static void unlock_objects(unsigned long *locked)
{
	unsigned int bucket;

	for_each_set_bit(bucket, locked, ARRAY_SIZE(nt_dispatcher_buckets)) {
		__acquire(&nt_dispatcher_buckets[bucket].lock);
		raw_spin_unlock(&nt_dispatcher_buckets[bucket].lock);
	}
}

static bool can_take_all(const struct nt_waiter *waiter)
{
	unsigned int i;

	for (i = 0; i < waiter->count; i++)
		if (!nt_can_take(waiter->blocks[i].Object, waiter))
			return false;
	return true;
}

static bool take_all(struct nt_waiter *waiter)
{
	unsigned int i;

	if (!can_take_all(waiter) || cmpxchg(&waiter->state, NT_WAITING, NT_CLAIMED) != NT_WAITING)
		return false;
	for (i = 0; i < waiter->count; i++) {
		nt_block_unqueue(&waiter->blocks[i]);
		nt_take(waiter->blocks[i].Object, waiter);
	}
	WRITE_ONCE(waiter->state, 0);
	return true;
}

/* On behalf of a waiter of a signalled object, with the locks of both. */
static void release_all(struct nt_waiter *waiter, PDISPATCHER_HEADER signalled)
{
	DECLARE_BITMAP(locked, ARRAY_SIZE(nt_dispatcher_buckets)) = { };

	/* Their outer locks come before ours: only the waiter itself can take these. */
	if (waiter->mirrors) {
		wake_up_process(waiter->task);
		return;
	}
	lock_objects(waiter, locked, nt_dispatcher_bucket_of(signalled));
	/* It takes all_lock before it leaves. */
	if (take_all(waiter))
		wake_up_process(waiter->task);
	unlock_objects(locked);
}

/* The outer locks of the mirrored events, each once. */
static void lock_mirrors(const struct nt_waiter *waiter, bool lock)
{
	unsigned int i, k;

	for (i = 0; i < waiter->count; i++) {
		PDISPATCHER_HEADER header = waiter->blocks[i].Object;

		for (k = 0; k < i && waiter->blocks[k].Object != header; k++)
			;
		if (k < i || !nt_is_mirror(header))
			continue;
		if (lock) {
			spin_lock_nest_lock(nt_mirror_lock(header), &mirrors_lock);
			__release(header);
		} else {
			__acquire(header);
			spin_unlock(nt_mirror_lock(header));
		}
	}
}

/**
 * nt_all_take - take all signals at once, or none
 * @waiter: waits for all its objects; its own thread calls
 * @queue: if none, put it on the objects' lists
 *
 * <= DISPATCH_LEVEL. Counted in nt_waits_for_all. Returns true when the wait is over.
 */
bool nt_all_take(struct nt_waiter *waiter, bool queue)
{
	DECLARE_BITMAP(locked, ARRAY_SIZE(nt_dispatcher_buckets)) = { };
	unsigned long flags;
	unsigned int i;
	bool over;

	spin_lock_irqsave(&mirrors_lock, flags);
	lock_mirrors(waiter, true);
	raw_spin_lock(&all_lock);
	lock_objects(waiter, locked, -1);
	over = take_all(waiter) || READ_ONCE(waiter->state) != NT_WAITING;
	for (i = 0; !over && queue && i < waiter->count; i++)
		nt_block_queue(&waiter->blocks[i]);
	unlock_objects(locked);
	raw_spin_unlock(&all_lock);
	lock_mirrors(waiter, false);
	spin_unlock_irqrestore(&mirrors_lock, flags);
	return over;
}

/**
 * nt_all_leave - off the objects' lists; nobody touches the waiter any more
 * @waiter: its wait is over
 */
void nt_all_leave(struct nt_waiter *waiter)
{
	DECLARE_BITMAP(locked, ARRAY_SIZE(nt_dispatcher_buckets)) = { };
	unsigned long flags;
	unsigned int i;

	raw_spin_lock_irqsave(&all_lock, flags);
	lock_objects(waiter, locked, -1);
	for (i = 0; i < waiter->count; i++)
		nt_block_unqueue(&waiter->blocks[i]);
	unlock_objects(locked);
	raw_spin_unlock_irqrestore(&all_lock, flags);
}

/* ---- Signalling ---- */

void nt_signal_lock_all(raw_spinlock_t *lock, struct nt_signal *signal)
	__must_hold(lock)
{
	raw_spin_unlock(lock);
	raw_spin_lock(&all_lock);
	raw_spin_lock_nest_lock(lock, &all_lock);
	__release(&all_lock);
	signal->all = true;
}

static void release_single(struct nt_waiter *waiter, PKWAIT_BLOCK block)
{
	if (cmpxchg(&waiter->state, NT_WAITING, NT_CLAIMED) != NT_WAITING)
		return;
	nt_take(block->Object, waiter);
	WRITE_ONCE(waiter->state, block->WaitKey);
	/*
	 * The waiter takes this object's lock before it leaves, so its
	 * stack, where waiter and block lie, outlives this call.
	 */
	wake_up_process(waiter->task);
}

static void claim_any(struct nt_waiter *waiter, PKWAIT_BLOCK block, struct nt_signal *signal)
{
	if (cmpxchg(&waiter->state, NT_WAITING, NT_CLAIMED) != NT_WAITING)
		return;
	nt_take(block->Object, waiter);
	waiter->index = block->WaitKey;
	waiter->next = signal->claimed;
	signal->claimed = waiter;
}

void nt_dispatcher_release_waiters(PDISPATCHER_HEADER header, struct nt_signal *signal)
{
	PLIST_ENTRY entry = header->WaitListHead.Flink;

	while (header->SignalState > 0 && entry != &header->WaitListHead) {
		PKWAIT_BLOCK block = CONTAINING_RECORD(entry, KWAIT_BLOCK, WaitListEntry);
		struct nt_waiter *waiter = nt_waiter_of(block);

		if (waiter->all) {
			/* It may be for this object twice: start over if it is released. */
			release_all(waiter, header);
			entry = block->BlockState ? entry->Flink : header->WaitListHead.Flink;
			continue;
		}
		entry = entry->Flink;
		nt_block_unqueue(block);
		if (waiter->count == 1)
			release_single(waiter, block);
		else
			claim_any(waiter, block, signal);
	}
}

/* Off the other objects' lists, and awake. It takes its first object's lock before it leaves. */
static void finish_claimed(struct nt_waiter *waiter)
{
	raw_spinlock_t *lock;
	int i;

	for (i = waiter->count - 1; i >= 0; i--) {
		lock = nt_dispatcher_lock(waiter->blocks[i].Object);
		raw_spin_lock(lock);
		nt_block_unqueue(&waiter->blocks[i]);
		if (i == 0) {
			WRITE_ONCE(waiter->state, waiter->index);
			wake_up_process(waiter->task);
		}
		raw_spin_unlock(lock);
	}
}

void nt_signal_end(struct nt_signal *signal)
{
	struct nt_waiter *waiter, *next;

	for (waiter = signal->claimed; waiter; waiter = next) {
		next = waiter->next;
		finish_claimed(waiter);
	}
	if (signal->all) {
		__acquire(&all_lock);
		raw_spin_unlock(&all_lock);
	}
}
