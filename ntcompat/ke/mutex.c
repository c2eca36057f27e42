// SPDX-License-Identifier: GPL-2.0
/*
 * Mutex objects. SignalState is 1 when the mutex is free; each acquisition by its
 * owner takes one. Which mutexes a thread has stands in its list, so that they can
 * be abandoned when it exits: that list belongs to the thread, but for the moment
 * when a signaller gives it a mutex that it waits for.
 */
#include "mutex.h"
#include "../ps/thread.h"

/**
 * KeInitializeMutex - prepare a mutex object, free
 * @Mutex: resident storage for it
 * @Level: reserved
 *
 * IRQL: any.
 */
void KeInitializeMutex(PRKMUTEX Mutex, ULONG Level)
{
	nt_dispatcher_init(&Mutex->Header, MutantObject, sizeof(*Mutex), 1);
	InitializeListHead(&Mutex->MutantListEntry);
	Mutex->OwnerThread = NULL;
	Mutex->Abandoned = FALSE;
	Mutex->ApcDisable = 1;
}
EXPORT_SYMBOL(KeInitializeMutex);

bool nt_mutex_take(PDISPATCHER_HEADER header, PKTHREAD thread)
{
	PKMUTANT mutant = nt_mutant(header);
	struct nt_thread *nt = nt_thread(thread);
	bool abandoned = mutant->Abandoned;

	if (--header->SignalState == 0) {
		mutant->OwnerThread = thread;
		InsertTailList(&nt->mutexes, &mutant->MutantListEntry);
		/* "KeWaitForSingleObject": no normal APC while the mutex is held. */
		nt->apc_disable += mutant->ApcDisable;
	}
	mutant->Abandoned = FALSE;
	return abandoned;
}

static void let_go(PKMUTANT mutant, struct nt_thread *nt, struct nt_signal *signal)
{
	mutant->OwnerThread = NULL;
	RemoveEntryList(&mutant->MutantListEntry);
	nt->apc_disable -= mutant->ApcDisable;
	mutant->Header.SignalState = 1;
	nt_dispatcher_release_waiters(&mutant->Header, signal);
}

static NTSTATUS release(PKMUTANT mutant, PKTHREAD thread, LONG *previous)
{
	NTSTATUS status = STATUS_SUCCESS;
	struct nt_signal signal;
	unsigned long flags;

	local_irq_save(flags);
	nt_signal_lock(&mutant->Header, &signal);
	*previous = mutant->Header.SignalState;
	if (mutant->OwnerThread != thread)
		status = mutant->Abandoned ? STATUS_ABANDONED : STATUS_MUTANT_NOT_OWNED;
	else if (*previous < 0)
		mutant->Header.SignalState++;
	else
		let_go(mutant, nt_thread(thread), &signal);
	nt_signal_unlock(&mutant->Header, &signal);
	local_irq_restore(flags);
	return status;
}

/**
 * KeReleaseMutex - release a mutex, as often as it was acquired
 * @Mutex: a mutex that the calling thread owns
 * @Wait: a promise that a wait follows at once; nothing here depends on it
 *
 * IRQL: <= DISPATCH_LEVEL. Returns the previous state: 0 when the mutex is free
 * now. Raises STATUS_MUTANT_NOT_OWNED when the caller does not own it,
 * STATUS_ABANDONED when nobody does since its owner exited with it.
 */
LONG KeReleaseMutex(PRKMUTEX Mutex, BOOLEAN Wait)
{
	LONG previous;
	NTSTATUS status = release(Mutex, nt_thread_current(), &previous);

	if (status != STATUS_SUCCESS)
		ExRaiseStatus(status);
	return previous;
}
EXPORT_SYMBOL(KeReleaseMutex);

/**
 * KeReadStateMutex - is the mutex free at this moment?
 * @Mutex: initialised mutex
 *
 * IRQL: <= DISPATCH_LEVEL. Returns 1 when it is.
 */
LONG KeReadStateMutex(PRKMUTEX Mutex)
{
	return READ_ONCE(Mutex->Header.SignalState);
}
EXPORT_SYMBOL(KeReadStateMutex);

void nt_mutexes_abandon(PKTHREAD thread)
{
	struct nt_thread *nt = nt_thread(thread);
	struct nt_signal signal;
	unsigned long flags;
	PKMUTANT mutant;

	while (!IsListEmpty(&nt->mutexes)) {
		mutant = CONTAINING_RECORD(nt->mutexes.Flink, KMUTANT, MutantListEntry);
		/* Windows stops here with THREAD_TERMINATE_HELD_MUTEX. */
		pr_err("a thread exits and owns the mutex at %p: it is abandoned\n", mutant);
		local_irq_save(flags);
		nt_signal_lock(&mutant->Header, &signal);
		mutant->Abandoned = TRUE;
		let_go(mutant, nt, &signal);
		nt_signal_unlock(&mutant->Header, &signal);
		local_irq_restore(flags);
	}
}
