/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Dispatcher objects: what all objects that can be waited for share.
 *
 * A DISPATCHER_HEADER has no room for a lock, so locks are hashed by the
 * object's address. That has a second merit: the code that signals an event
 * never touches the event after it let go of the lock, so an event may lie on
 * the stack of the waiter, which NT drivers do all the time.
 */
#ifndef _NTCOMPAT_KE_DISPATCHER_H
#define _NTCOMPAT_KE_DISPATCHER_H

#include "../nt.h"
#include <linux/atomic.h>
#include <linux/cache.h>
#include <linux/hash.h>
#include <linux/spinlock.h>

struct nt_waiter;

#define NT_DISPATCHER_LOCK_BITS	7

extern struct nt_dispatcher_bucket {
	raw_spinlock_t lock;
} ____cacheline_aligned_in_smp nt_dispatcher_buckets[1 << NT_DISPATCHER_LOCK_BITS];

static __always_inline unsigned int nt_dispatcher_bucket_of(const void *object)
{
	return hash_ptr(object, NT_DISPATCHER_LOCK_BITS);
}

static __always_inline raw_spinlock_t *nt_dispatcher_lock(const void *object)
{
	return &nt_dispatcher_buckets[nt_dispatcher_bucket_of(object)].lock;
}

/*
 * An event that mirrors something of Linux, whose state it takes from there
 * (linux/eventfd.c). The lock of that is taken before the dispatcher lock, for
 * all that may take the signal. The mark stands in the header, where for other
 * events there is a zero: the code here is told apart by one byte.
 */
#define NT_EVENT_MIRROR		1

static inline bool nt_is_mirror(const DISPATCHER_HEADER *header)
{
	return unlikely(header->Inserted == NT_EVENT_MIRROR &&
			header->Type <= EventSynchronizationObject);
}

spinlock_t *nt_mirror_lock(PDISPATCHER_HEADER header);
void nt_mirror_take(PDISPATCHER_HEADER header);
LONG nt_mirror_set(PDISPATCHER_HEADER header);
LONG nt_mirror_reset(PDISPATCHER_HEADER header);

/* KeWaitForMultipleObjects(WaitAll) that are waiting. */
extern atomic_t nt_waits_for_all;

/**
 * struct nt_signal - one change of an object that may release waiters
 * @claimed: waiters for any of several objects that are released by it
 * @all: the lock of waits for all is held
 */
struct nt_signal {
	struct nt_waiter *claimed;
	bool all;
};

void nt_signal_lock_all(raw_spinlock_t *lock, struct nt_signal *signal);
void nt_signal_end(struct nt_signal *signal);

/*
 * Lock an object whose state is going to change in favour of waiters. Interrupts
 * are off. Such a change may satisfy a wait for all of several objects, for which
 * the signaller needs their locks, too: so it takes the lock of these waits
 * first, but only while there are any. Who begins one counts it before it locks
 * its objects.
 */
static inline void nt_signal_lock(PDISPATCHER_HEADER header, struct nt_signal *signal)
	__acquires(header)
{
	raw_spinlock_t *lock = nt_dispatcher_lock(header);

	signal->claimed = NULL;
	signal->all = false;
	raw_spin_lock(lock);
	if (unlikely(atomic_read(&nt_waits_for_all)))
		nt_signal_lock_all(lock, signal);
	__release(lock);
	__acquire(header);
}

/* After this neither the object is touched nor any of those waited for with it. */
static inline void nt_signal_unlock(PDISPATCHER_HEADER header, struct nt_signal *signal)
	__releases(header)
{
	__acquire(lock);
	raw_spin_unlock(nt_dispatcher_lock(header));
	if (unlikely(signal->all || signal->claimed))
		nt_signal_end(signal);
	__release(header);
}

/* With the object locked: release whom its state allows. */
void nt_dispatcher_release_waiters(PDISPATCHER_HEADER header, struct nt_signal *signal);

/* The same, and make it signalled before. */
static inline void nt_dispatcher_signal(PDISPATCHER_HEADER header, struct nt_signal *signal)
{
	header->SignalState = 1;
	if (!IsListEmpty(&header->WaitListHead))
		nt_dispatcher_release_waiters(header, signal);
}

static inline void nt_dispatcher_init(PDISPATCHER_HEADER header, u8 type, size_t size, LONG state)
{
	header->Type = type;
	header->Signalling = 0;
	header->Size = size / sizeof(ULONG);
	header->Inserted = 0;
	header->SignalState = state;
	InitializeListHead(&header->WaitListHead);
}

void nt_dispatcher_setup(void);

#endif /* _NTCOMPAT_KE_DISPATCHER_H */
