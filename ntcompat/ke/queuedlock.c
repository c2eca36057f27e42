// SPDX-License-Identifier: GPL-2.0
/*
 * In-stack queued spin locks, and the less usual ways to take a spin lock. Every
 * KSPIN_LOCK is a queued one here, as Linux's are, so the handle only remembers.
 */
#include "irql.h"
#include "lockclass.h"

static arch_spinlock_t *arch_lock(PKSPIN_LOCK lock)
{
	return (arch_spinlock_t *)lock;
}

/**
 * KeAcquireInStackQueuedSpinLock - raise to DISPATCH_LEVEL and take a spin lock
 * @SpinLock: initialised lock
 * @LockHandle: storage for what the release needs
 *
 * IRQL: <= DISPATCH_LEVEL.
 */
void KeAcquireInStackQueuedSpinLock(PKSPIN_LOCK SpinLock, PKLOCK_QUEUE_HANDLE LockHandle)
{
	LockHandle->LockQueue.Next = NULL;
	LockHandle->LockQueue.Lock = SpinLock;
	LockHandle->OldIrql = KeAcquireSpinLockRaiseToDpc(SpinLock);
}
EXPORT_SYMBOL(KeAcquireInStackQueuedSpinLock);

/**
 * KeReleaseInStackQueuedSpinLock - release it and return to the former level
 * @LockHandle: of the acquiring call
 *
 * IRQL: DISPATCH_LEVEL.
 */
void KeReleaseInStackQueuedSpinLock(PKLOCK_QUEUE_HANDLE LockHandle)
{
	KeReleaseSpinLock(LockHandle->LockQueue.Lock, LockHandle->OldIrql);
}
EXPORT_SYMBOL(KeReleaseInStackQueuedSpinLock);

/**
 * KeAcquireInStackQueuedSpinLockAtDpcLevel - the same, already at DISPATCH_LEVEL
 * @SpinLock: initialised lock
 * @LockHandle: storage for what the release needs
 *
 * IRQL: >= DISPATCH_LEVEL.
 */
void KeAcquireInStackQueuedSpinLockAtDpcLevel(PKSPIN_LOCK SpinLock, PKLOCK_QUEUE_HANDLE LockHandle)
{
	LockHandle->LockQueue.Next = NULL;
	LockHandle->LockQueue.Lock = SpinLock;
	LockHandle->OldIrql = DISPATCH_LEVEL;
	KeAcquireSpinLockAtDpcLevel(SpinLock);
}
EXPORT_SYMBOL(KeAcquireInStackQueuedSpinLockAtDpcLevel);

/**
 * KeReleaseInStackQueuedSpinLockFromDpcLevel - release it without a change of level
 * @LockHandle: of the acquiring call
 *
 * IRQL: >= DISPATCH_LEVEL.
 */
void KeReleaseInStackQueuedSpinLockFromDpcLevel(PKLOCK_QUEUE_HANDLE LockHandle)
{
	KeReleaseSpinLockFromDpcLevel(LockHandle->LockQueue.Lock);
}
EXPORT_SYMBOL(KeReleaseInStackQueuedSpinLockFromDpcLevel);

/**
 * KeAcquireInStackQueuedSpinLockForDpc - take a spin lock in a DPC, threaded or not
 * @SpinLock: initialised lock
 * @LockHandle: storage for what the release needs
 *
 * IRQL: <= DISPATCH_LEVEL.
 */
void KeAcquireInStackQueuedSpinLockForDpc(PKSPIN_LOCK SpinLock, PKLOCK_QUEUE_HANDLE LockHandle)
{
	KeAcquireInStackQueuedSpinLock(SpinLock, LockHandle);
}
EXPORT_SYMBOL(KeAcquireInStackQueuedSpinLockForDpc);

/**
 * KeReleaseInStackQueuedSpinLockForDpc - the end of that
 * @LockHandle: of the acquiring call
 *
 * IRQL: >= DISPATCH_LEVEL.
 */
void KeReleaseInStackQueuedSpinLockForDpc(PKLOCK_QUEUE_HANDLE LockHandle)
{
	KeReleaseInStackQueuedSpinLock(LockHandle);
}
EXPORT_SYMBOL(KeReleaseInStackQueuedSpinLockForDpc);

/**
 * KeAcquireSpinLockForDpc - take a spin lock in a DPC, threaded or not
 * @SpinLock: initialised lock
 *
 * IRQL: <= DISPATCH_LEVEL. Returns the level to give to KeReleaseSpinLockForDpc().
 */
KIRQL KeAcquireSpinLockForDpc(PKSPIN_LOCK SpinLock)
{
	return KeAcquireSpinLockRaiseToDpc(SpinLock);
}
EXPORT_SYMBOL(KeAcquireSpinLockForDpc);

/**
 * KeReleaseSpinLockForDpc - the end of KeAcquireSpinLockForDpc()
 * @SpinLock: lock held by the caller
 * @OldIrql: what that returned
 *
 * IRQL: >= DISPATCH_LEVEL.
 */
void KeReleaseSpinLockForDpc(PKSPIN_LOCK SpinLock, KIRQL OldIrql)
{
	KeReleaseSpinLock(SpinLock, OldIrql);
}
EXPORT_SYMBOL(KeReleaseSpinLockForDpc);

/**
 * KeTestSpinLock - is a spin lock free at this moment?
 * @SpinLock: initialised lock
 *
 * IRQL: any.
 */
BOOLEAN KeTestSpinLock(PKSPIN_LOCK SpinLock)
{
	return !arch_spin_is_locked(arch_lock(SpinLock));
}
EXPORT_SYMBOL(KeTestSpinLock);

/**
 * KeTryToAcquireSpinLockAtDpcLevel - take a spin lock if it is free
 * @SpinLock: initialised lock
 *
 * IRQL: >= DISPATCH_LEVEL. Returns TRUE when it is the caller's.
 */
BOOLEAN KeTryToAcquireSpinLockAtDpcLevel(PKSPIN_LOCK SpinLock)
{
	if (!arch_spin_trylock(arch_lock(SpinLock)))
		return FALSE;
	nt_lockdep_acquire_try(SpinLock, _RET_IP_);
	return TRUE;
}
EXPORT_SYMBOL(KeTryToAcquireSpinLockAtDpcLevel);
