// SPDX-License-Identifier: GPL-2.0
/*
 * Reader-writer spin locks. The top bit says that a writer has the lock or waits for
 * the readers to leave, the rest counts readers. So a writer keeps new readers out.
 */
#include "../ke/irql.h"

#define WRITER		((LONG)0x80000000)

static void take_shared(PEX_SPIN_LOCK lock)
{
	LONG seen = READ_ONCE(*lock);

	for (;;) {
		if (!(seen & WRITER) && try_cmpxchg((LONG *)lock, &seen, seen + 1))
			return;
		cpu_relax();
		seen = READ_ONCE(*lock);
	}
}

static void take_exclusive(PEX_SPIN_LOCK lock)
{
	while (atomic_fetch_or(WRITER, (atomic_t *)lock) & WRITER)
		while (READ_ONCE(*lock) & WRITER)
			cpu_relax();
	/* What the last reader did comes before what the writer is going to do. */
	smp_cond_load_acquire(lock, VAL == WRITER);
}

static void drop_shared(PEX_SPIN_LOCK lock)
{
	atomic_dec_return_release((atomic_t *)lock);
}

static void drop_exclusive(PEX_SPIN_LOCK lock)
{
	/* What we did comes before what the next holder is going to do. */
	smp_store_release(lock, 0);
}

static void lower(KIRQL irql)
{
	if (irql < DISPATCH_LEVEL)
		local_bh_enable();
}

/**
 * ExAcquireSpinLockShared - raise to DISPATCH_LEVEL and take the lock, with other readers
 * @SpinLock: a lock that was 0 at first
 *
 * IRQL: <= DISPATCH_LEVEL. Returns the level for the release.
 */
KIRQL ExAcquireSpinLockShared(PEX_SPIN_LOCK SpinLock)
{
	KIRQL old = nt_irql_raise_to_dispatch();

	take_shared(SpinLock);
	return old;
}
EXPORT_SYMBOL(ExAcquireSpinLockShared);

/**
 * ExReleaseSpinLockShared - the end of ExAcquireSpinLockShared()
 * @SpinLock: the lock
 * @OldIrql: what that returned
 *
 * IRQL: DISPATCH_LEVEL.
 */
void ExReleaseSpinLockShared(PEX_SPIN_LOCK SpinLock, KIRQL OldIrql)
{
	drop_shared(SpinLock);
	lower(OldIrql);
}
EXPORT_SYMBOL(ExReleaseSpinLockShared);

/**
 * ExAcquireSpinLockSharedAtDpcLevel - the same, already at DISPATCH_LEVEL
 * @SpinLock: a lock that was 0 at first
 *
 * IRQL: >= DISPATCH_LEVEL.
 */
void ExAcquireSpinLockSharedAtDpcLevel(PEX_SPIN_LOCK SpinLock)
{
	take_shared(SpinLock);
}
EXPORT_SYMBOL(ExAcquireSpinLockSharedAtDpcLevel);

/**
 * ExReleaseSpinLockSharedFromDpcLevel - the end of ExAcquireSpinLockSharedAtDpcLevel()
 * @SpinLock: the lock
 *
 * IRQL: >= DISPATCH_LEVEL.
 */
void ExReleaseSpinLockSharedFromDpcLevel(PEX_SPIN_LOCK SpinLock)
{
	drop_shared(SpinLock);
}
EXPORT_SYMBOL(ExReleaseSpinLockSharedFromDpcLevel);

/**
 * ExAcquireSpinLockExclusive - raise to DISPATCH_LEVEL and take the lock alone
 * @SpinLock: a lock that was 0 at first
 *
 * IRQL: <= DISPATCH_LEVEL. Returns the level for the release.
 */
KIRQL ExAcquireSpinLockExclusive(PEX_SPIN_LOCK SpinLock)
{
	KIRQL old = nt_irql_raise_to_dispatch();

	take_exclusive(SpinLock);
	return old;
}
EXPORT_SYMBOL(ExAcquireSpinLockExclusive);

/**
 * ExReleaseSpinLockExclusive - the end of ExAcquireSpinLockExclusive()
 * @SpinLock: the lock
 * @OldIrql: what that returned
 *
 * IRQL: DISPATCH_LEVEL.
 */
void ExReleaseSpinLockExclusive(PEX_SPIN_LOCK SpinLock, KIRQL OldIrql)
{
	drop_exclusive(SpinLock);
	lower(OldIrql);
}
EXPORT_SYMBOL(ExReleaseSpinLockExclusive);

/**
 * ExAcquireSpinLockExclusiveAtDpcLevel - the same, already at DISPATCH_LEVEL
 * @SpinLock: a lock that was 0 at first
 *
 * IRQL: >= DISPATCH_LEVEL.
 */
void ExAcquireSpinLockExclusiveAtDpcLevel(PEX_SPIN_LOCK SpinLock)
{
	take_exclusive(SpinLock);
}
EXPORT_SYMBOL(ExAcquireSpinLockExclusiveAtDpcLevel);

/**
 * ExReleaseSpinLockExclusiveFromDpcLevel - the end of ExAcquireSpinLockExclusiveAtDpcLevel()
 * @SpinLock: the lock
 *
 * IRQL: >= DISPATCH_LEVEL.
 */
void ExReleaseSpinLockExclusiveFromDpcLevel(PEX_SPIN_LOCK SpinLock)
{
	drop_exclusive(SpinLock);
}
EXPORT_SYMBOL(ExReleaseSpinLockExclusiveFromDpcLevel);

/**
 * ExTryConvertSharedSpinLockExclusive - from shared to exclusive, if it is possible at once
 * @SpinLock: the lock, which the caller has shared
 *
 * IRQL: >= DISPATCH_LEVEL. Returns TRUE when it is exclusive now; FALSE, and it is shared as
 * before, when there are other readers or a writer waits.
 */
LOGICAL ExTryConvertSharedSpinLockExclusive(PEX_SPIN_LOCK SpinLock)
{
	return cmpxchg((LONG *)SpinLock, 1, WRITER) == 1;
}
EXPORT_SYMBOL(ExTryConvertSharedSpinLockExclusive);
