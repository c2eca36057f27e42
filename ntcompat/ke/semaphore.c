// SPDX-License-Identifier: GPL-2.0
/* Semaphore objects. */
#include "dispatcher.h"

/**
 * KeInitializeSemaphore - prepare a semaphore object
 * @Semaphore: resident storage for it
 * @Count: how many waits it satisfies at first
 * @Limit: how many at most
 *
 * IRQL: any.
 */
void KeInitializeSemaphore(PRKSEMAPHORE Semaphore, LONG Count, LONG Limit)
{
	nt_dispatcher_init(&Semaphore->Header, SemaphoreObject, sizeof(*Semaphore), Count);
	Semaphore->Limit = Limit;
}
EXPORT_SYMBOL(KeInitializeSemaphore);

/**
 * KeReleaseSemaphore - add to the count of a semaphore
 * @Semaphore: initialised semaphore
 * @Increment: priority boost; Linux's scheduler has no use for it
 * @Adjustment: how much, above 0
 * @Wait: a promise that a wait follows at once; nothing here depends on it
 *
 * IRQL: <= DISPATCH_LEVEL. Returns the previous count. Raises
 * STATUS_SEMAPHORE_LIMIT_EXCEEDED, and adds nothing, when it would exceed the limit.
 */
LONG KeReleaseSemaphore(PRKSEMAPHORE Semaphore, KPRIORITY Increment, LONG Adjustment, BOOLEAN Wait)
{
	PDISPATCHER_HEADER header = &Semaphore->Header;
	struct nt_signal signal;
	unsigned long flags;
	LONG previous;
	bool fits;

	local_irq_save(flags);
	nt_signal_lock(header, &signal);
	previous = header->SignalState;
	fits = Adjustment > 0 && Adjustment <= Semaphore->Limit - previous;
	if (fits) {
		header->SignalState += Adjustment;
		nt_dispatcher_release_waiters(header, &signal);
	}
	nt_signal_unlock(header, &signal);
	local_irq_restore(flags);
	if (!fits)
		ExRaiseStatus(STATUS_SEMAPHORE_LIMIT_EXCEEDED);
	return previous;
}
EXPORT_SYMBOL(KeReleaseSemaphore);

/**
 * KeReadStateSemaphore - the count of a semaphore at this moment
 * @Semaphore: initialised semaphore
 *
 * IRQL: any.
 */
LONG KeReadStateSemaphore(PRKSEMAPHORE Semaphore)
{
	return READ_ONCE(Semaphore->Header.SignalState);
}
EXPORT_SYMBOL(KeReadStateSemaphore);
