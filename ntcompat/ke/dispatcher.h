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

raw_spinlock_t *nt_dispatcher_lock(const void *object);

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

/* With the object's locks held: release whom its state allows. */
void nt_dispatcher_release_waiters(PDISPATCHER_HEADER header);

/* With the object's dispatcher lock held: make it signalled, release waiters. */
void nt_dispatcher_signal(PDISPATCHER_HEADER header);

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
