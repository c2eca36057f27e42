// SPDX-License-Identifier: GPL-2.0
/*
 * Fast and guarded mutexes, which have one structure. Count is 1 when the mutex is
 * free, and goes down by one with each thread that has it or waits for it.
 */
#include "../ke/irql.h"
#include "../ke/lockclass.h"
#include "../ps/thread.h"

/* The word behind OldIrql, which nobody else uses, holds the lock class. */
static PKSPIN_LOCK class_word(PFAST_MUTEX mutex)
{
	BUILD_BUG_ON(offsetof(FAST_MUTEX, OldIrql) % sizeof(KSPIN_LOCK));
	BUILD_BUG_ON(offsetof(FAST_MUTEX, OldIrql) + sizeof(KSPIN_LOCK) > sizeof(FAST_MUTEX));
	return (PKSPIN_LOCK)&mutex->OldIrql;
}

static void init(PFAST_MUTEX mutex, unsigned long site)
{
	mutex->Count = 1;
	mutex->Owner = NULL;
	mutex->Contention = 0;
	KeInitializeEvent(&mutex->Event, SynchronizationEvent, FALSE);
	*class_word(mutex) = (KSPIN_LOCK)nt_lock_class(site) << 32;
}

static void acquire(PFAST_MUTEX mutex, unsigned long site)
{
	might_sleep();
	nt_lockdep_acquire(class_word(mutex), site);
	if (atomic_dec_return((atomic_t *)&mutex->Count)) {
		atomic_inc((atomic_t *)&mutex->Contention);
		KeWaitForSingleObject(&mutex->Event, Executive, KernelMode, FALSE, NULL);
	}
	mutex->Owner = nt_thread_current();
}

static bool try_acquire(PFAST_MUTEX mutex, unsigned long site)
{
	if (cmpxchg(&mutex->Count, 1, 0) != 1)
		return false;
	nt_lockdep_acquire_try(class_word(mutex), site);
	mutex->Owner = nt_thread_current();
	return true;
}

static void release(PFAST_MUTEX mutex, unsigned long site)
{
	WARN_ONCE(mutex->Owner != nt_thread_current(), "a fast mutex is released by another thread\n");
	mutex->Owner = NULL;
	nt_lockdep_release(class_word(mutex), site);
	if (atomic_inc_return((atomic_t *)&mutex->Count) <= 0)
		KeSetEvent(&mutex->Event, IO_NO_INCREMENT, FALSE);
}

/**
 * ExInitializeFastMutex - prepare a fast mutex
 * @FastMutex: resident storage for it
 *
 * IRQL: <= DISPATCH_LEVEL. All that one line of the driver initialises form one
 * lockdep class.
 */
void ExInitializeFastMutex(PFAST_MUTEX FastMutex)
{
	init(FastMutex, _RET_IP_);
}
EXPORT_SYMBOL(ExInitializeFastMutex);

/**
 * ExAcquireFastMutex - wait for a fast mutex, and raise to APC_LEVEL
 * @FastMutex: a mutex that the caller does not own: they do not nest
 *
 * IRQL: <= APC_LEVEL.
 */
void ExAcquireFastMutex(PFAST_MUTEX FastMutex)
{
	KIRQL old = KfRaiseIrql(APC_LEVEL);

	acquire(FastMutex, _RET_IP_);
	*(UCHAR *)&FastMutex->OldIrql = old;
}
EXPORT_SYMBOL(ExAcquireFastMutex);

/**
 * ExTryToAcquireFastMutex - take a fast mutex if it is free
 * @FastMutex: initialised mutex
 *
 * IRQL: <= APC_LEVEL. Returns TRUE, at APC_LEVEL, when it is the caller's.
 */
BOOLEAN ExTryToAcquireFastMutex(PFAST_MUTEX FastMutex)
{
	KIRQL old = KfRaiseIrql(APC_LEVEL);

	if (!try_acquire(FastMutex, _RET_IP_)) {
		KeLowerIrql(old);
		return FALSE;
	}
	*(UCHAR *)&FastMutex->OldIrql = old;
	return TRUE;
}
EXPORT_SYMBOL(ExTryToAcquireFastMutex);

/**
 * ExReleaseFastMutex - give a fast mutex back, and return to the former level
 * @FastMutex: from ExAcquireFastMutex() or ExTryToAcquireFastMutex()
 *
 * IRQL: APC_LEVEL.
 */
void ExReleaseFastMutex(PFAST_MUTEX FastMutex)
{
	KIRQL old = *(UCHAR *)&FastMutex->OldIrql;

	release(FastMutex, _RET_IP_);
	KeLowerIrql(old);
}
EXPORT_SYMBOL(ExReleaseFastMutex);

/**
 * ExAcquireFastMutexUnsafe - wait for a fast mutex, at the level as it is
 * @FastMutex: initialised mutex
 *
 * IRQL: APC_LEVEL, or PASSIVE_LEVEL in a critical region.
 */
void ExAcquireFastMutexUnsafe(PFAST_MUTEX FastMutex)
{
	acquire(FastMutex, _RET_IP_);
}
EXPORT_SYMBOL(ExAcquireFastMutexUnsafe);

/**
 * ExReleaseFastMutexUnsafe - the end of ExAcquireFastMutexUnsafe()
 * @FastMutex: mutex of the caller
 *
 * IRQL: <= APC_LEVEL, in a critical region.
 */
void ExReleaseFastMutexUnsafe(PFAST_MUTEX FastMutex)
{
	release(FastMutex, _RET_IP_);
}
EXPORT_SYMBOL(ExReleaseFastMutexUnsafe);

/**
 * KeInitializeGuardedMutex - prepare a guarded mutex
 * @Mutex: resident storage for it
 *
 * IRQL: <= APC_LEVEL.
 */
void KeInitializeGuardedMutex(PKGUARDED_MUTEX Mutex)
{
	init(Mutex, _RET_IP_);
}
EXPORT_SYMBOL(KeInitializeGuardedMutex);

/**
 * KeAcquireGuardedMutex - wait for a guarded mutex, in a guarded region
 * @Mutex: a mutex that the caller does not own
 *
 * IRQL: <= APC_LEVEL, and stays as it is.
 */
void KeAcquireGuardedMutex(PKGUARDED_MUTEX Mutex)
{
	KeEnterGuardedRegion();
	acquire(Mutex, _RET_IP_);
}
EXPORT_SYMBOL(KeAcquireGuardedMutex);

/**
 * KeTryToAcquireGuardedMutex - take a guarded mutex if it is free
 * @Mutex: initialised mutex
 *
 * IRQL: <= APC_LEVEL. Returns TRUE, in a guarded region, when it is the caller's.
 */
BOOLEAN KeTryToAcquireGuardedMutex(PKGUARDED_MUTEX Mutex)
{
	KeEnterGuardedRegion();
	if (try_acquire(Mutex, _RET_IP_))
		return TRUE;
	KeLeaveGuardedRegion();
	return FALSE;
}
EXPORT_SYMBOL(KeTryToAcquireGuardedMutex);

/**
 * KeReleaseGuardedMutex - give a guarded mutex back, and leave the region
 * @Mutex: mutex of the caller
 *
 * IRQL: <= APC_LEVEL.
 */
void KeReleaseGuardedMutex(PKGUARDED_MUTEX Mutex)
{
	release(Mutex, _RET_IP_);
	KeLeaveGuardedRegion();
}
EXPORT_SYMBOL(KeReleaseGuardedMutex);

/**
 * KeAcquireGuardedMutexUnsafe - wait for a guarded mutex, already in a guarded region
 * @Mutex: initialised mutex
 *
 * IRQL: <= APC_LEVEL.
 */
void KeAcquireGuardedMutexUnsafe(PKGUARDED_MUTEX Mutex)
{
	acquire(Mutex, _RET_IP_);
}
EXPORT_SYMBOL(KeAcquireGuardedMutexUnsafe);

/**
 * KeReleaseGuardedMutexUnsafe - the end of KeAcquireGuardedMutexUnsafe()
 * @Mutex: mutex of the caller
 *
 * IRQL: <= APC_LEVEL.
 */
void KeReleaseGuardedMutexUnsafe(PKGUARDED_MUTEX Mutex)
{
	release(Mutex, _RET_IP_);
}
EXPORT_SYMBOL(KeReleaseGuardedMutexUnsafe);
