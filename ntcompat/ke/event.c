// SPDX-License-Identifier: GPL-2.0
/* Event objects. */
#include "dispatcher.h"

/**
 * KeInitializeEvent - prepare an event object
 * @Event: resident storage for it
 * @Type: NotificationEvent stays set for all waiters, SynchronizationEvent
 *	releases one and resets
 * @State: TRUE for initially signalled
 *
 * IRQL: any.
 */
void KeInitializeEvent(PRKEVENT Event, EVENT_TYPE Type, BOOLEAN State)
{
	nt_dispatcher_init(&Event->Header, Type, sizeof(*Event), State ? 1 : 0);
}
EXPORT_SYMBOL(KeInitializeEvent);

/* True if nobody waits: then to set it is all. */
static __always_inline bool set_alone(PRKEVENT event, LONG *previous)
{
	raw_spinlock_t *lock = nt_dispatcher_lock(event);
	unsigned long flags;
	bool alone;

	raw_spin_lock_irqsave(lock, flags);
	*previous = event->Header.SignalState;
	alone = IsListEmpty(&event->Header.WaitListHead);
	if (alone)
		event->Header.SignalState = 1;
	raw_spin_unlock_irqrestore(lock, flags);
	return alone;
}

static noinline LONG set_and_release(PRKEVENT event)
{
	struct nt_signal signal;
	unsigned long flags;
	LONG previous;

	local_irq_save(flags);
	nt_signal_lock(&event->Header, &signal);
	previous = event->Header.SignalState;
	if (!previous)
		nt_dispatcher_signal(&event->Header, &signal);
	nt_signal_unlock(&event->Header, &signal);
	local_irq_restore(flags);
	return previous;
}

/**
 * KeSetEvent - signal an event
 * @Event: initialised event
 * @Increment: priority boost; Linux's scheduler has no use for it
 * @Wait: a promise that a wait follows at once; nothing here depends on it
 *
 * IRQL: <= DISPATCH_LEVEL. Returns the previous state, non-zero if signalled.
 */
LONG KeSetEvent(PRKEVENT Event, KPRIORITY Increment, BOOLEAN Wait)
{
	PLIST_ENTRY waiters = &Event->Header.WaitListHead;
	LONG previous;

	if (nt_is_mirror(&Event->Header))
		return nt_mirror_set(&Event->Header);
	if (READ_ONCE(waiters->Flink) == waiters && set_alone(Event, &previous))
		return previous;
	return set_and_release(Event);
}
EXPORT_SYMBOL(KeSetEvent);

/**
 * KeResetEvent - make an event not signalled
 * @Event: initialised event
 *
 * IRQL: <= DISPATCH_LEVEL. Returns the previous state.
 */
LONG KeResetEvent(PRKEVENT Event)
{
	raw_spinlock_t *lock = nt_dispatcher_lock(Event);
	unsigned long flags;
	LONG previous;

	if (nt_is_mirror(&Event->Header))
		return nt_mirror_reset(&Event->Header);
	raw_spin_lock_irqsave(lock, flags);
	previous = Event->Header.SignalState;
	Event->Header.SignalState = 0;
	raw_spin_unlock_irqrestore(lock, flags);
	return previous;
}
EXPORT_SYMBOL(KeResetEvent);

/**
 * KeClearEvent - KeResetEvent() without an answer
 * @Event: initialised event
 *
 * IRQL: <= DISPATCH_LEVEL.
 */
void KeClearEvent(PRKEVENT Event)
{
	KeResetEvent(Event);
}
EXPORT_SYMBOL(KeClearEvent);

/**
 * KeReadStateEvent - the state of an event at this moment
 * @Event: initialised event
 *
 * IRQL: <= DISPATCH_LEVEL.
 */
LONG KeReadStateEvent(PRKEVENT Event)
{
	return READ_ONCE(Event->Header.SignalState);
}
EXPORT_SYMBOL(KeReadStateEvent);
