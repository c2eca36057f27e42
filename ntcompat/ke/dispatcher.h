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
