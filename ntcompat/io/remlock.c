// SPDX-License-Identifier: GPL-2.0
/*
 * Remove locks: a count of the users of a device that may go away. It starts at
 * one, which the removal gives back.
 */
#include "../nt.h"

static atomic_t *io_count(PIO_REMOVE_LOCK lock)
{
	return (atomic_t *)&lock->Common.IoCount;
}

static void drop(PIO_REMOVE_LOCK lock)
{
	if (atomic_dec_and_test(io_count(lock)))
		KeSetEvent(&lock->Common.RemoveEvent, IO_NO_INCREMENT, FALSE);
}

/**
 * IoInitializeRemoveLockEx - prepare a remove lock
 * @Lock: in the device extension
 * @AllocateTag: for the checked build's bookkeeping; unused
 * @MaxLockedMinutes: likewise
 * @HighWatermark: likewise
 * @RemlockSize: sizeof(IO_REMOVE_LOCK)
 *
 * IRQL: PASSIVE_LEVEL.
 */
void IoInitializeRemoveLockEx(PIO_REMOVE_LOCK Lock, ULONG AllocateTag, ULONG MaxLockedMinutes,
			      ULONG HighWatermark, ULONG RemlockSize)
{
	memset(Lock, 0, sizeof(*Lock));
	atomic_set(io_count(Lock), 1);
	KeInitializeEvent(&Lock->Common.RemoveEvent, SynchronizationEvent, FALSE);
}
EXPORT_SYMBOL(IoInitializeRemoveLockEx);

/**
 * IoAcquireRemoveLockEx - begin to use the device
 * @RemoveLock: the lock
 * @Tag: whose use it is; unused
 * @File: where; unused
 * @Line: where; unused
 * @RemlockSize: sizeof(IO_REMOVE_LOCK)
 *
 * IRQL: <= DISPATCH_LEVEL. Returns STATUS_SUCCESS, or STATUS_DELETE_PENDING when
 * the removal has begun.
 */
NTSTATUS IoAcquireRemoveLockEx(PIO_REMOVE_LOCK RemoveLock, PVOID Tag, PCSTR File, ULONG Line,
			       ULONG RemlockSize)
{
	/* A full barrier: either we see Removed or the remover sees our count. */
	atomic_inc_return(io_count(RemoveLock));
	if (!READ_ONCE(RemoveLock->Common.Removed))
		return STATUS_SUCCESS;
	drop(RemoveLock);
	return STATUS_DELETE_PENDING;
}
EXPORT_SYMBOL(IoAcquireRemoveLockEx);

/**
 * IoReleaseRemoveLockEx - end a use of the device
 * @RemoveLock: the lock
 * @Tag: as given to the acquiring call
 * @RemlockSize: sizeof(IO_REMOVE_LOCK)
 *
 * IRQL: <= DISPATCH_LEVEL.
 */
void IoReleaseRemoveLockEx(PIO_REMOVE_LOCK RemoveLock, PVOID Tag, ULONG RemlockSize)
{
	drop(RemoveLock);
}
EXPORT_SYMBOL(IoReleaseRemoveLockEx);

/**
 * IoReleaseRemoveLockAndWaitEx - refuse new uses and wait for the last one's end
 * @RemoveLock: the lock, held once by the caller
 * @Tag: as given to the acquiring call
 * @RemlockSize: sizeof(IO_REMOVE_LOCK)
 *
 * IRQL: PASSIVE_LEVEL.
 */
void IoReleaseRemoveLockAndWaitEx(PIO_REMOVE_LOCK RemoveLock, PVOID Tag, ULONG RemlockSize)
{
	WRITE_ONCE(RemoveLock->Common.Removed, TRUE);
	smp_mb();	/* pairs with the barrier in IoAcquireRemoveLockEx() */
	drop(RemoveLock);
	/* The one that the lock was born with. */
	if (!atomic_dec_and_test(io_count(RemoveLock)))
		KeWaitForSingleObject(&RemoveLock->Common.RemoveEvent, Executive, KernelMode, FALSE,
				      NULL);
}
EXPORT_SYMBOL(IoReleaseRemoveLockAndWaitEx);
