// SPDX-License-Identifier: GPL-2.0
/*
 * Run-down protection. Count goes by two for each who has the protection; with bit 0
 * set there is none to be had any more, and the rest points to who waits for the last,
 * if anybody does.
 *
 * The cache-aware kind has such a counter for each CPU: who takes one here and gives
 * it back elsewhere leaves two that only their sum makes sense of.
 */
#include "../ke/irql.h"
#include <linux/cache.h>
#include <linux/completion.h>
#include <linux/cpumask.h>
#include <linux/smp.h>

#define ACTIVE		1UL
#define ONE		2UL

/* More than there can be, so that the count does not get to zero before all is added up. */
#define BIAS		(LONG_MAX / 2)

struct waiter {
	atomic_long_t count;
	struct completion done;
};

struct _EX_RUNDOWN_REF_CACHE_AWARE {
	unsigned int cpus;
	bool ours;			/* ExAllocateCacheAwareRundownProtection() made it */
	EX_RUNDOWN_REF *refs;		/* one a cache line */
};

static bool acquire(PEX_RUNDOWN_REF ref, ULONG_PTR count)
{
	ULONG_PTR seen = READ_ONCE(ref->Count);

	do {
		if (seen & ACTIVE)
			return false;
	} while (!try_cmpxchg((ULONG_PTR *)&ref->Count, &seen, seen + count * ONE));
	return true;
}

static void done(ULONG_PTR word, ULONG_PTR count)
{
	struct waiter *waiter = (struct waiter *)(word & ~ACTIVE);

	if (WARN_ONCE(!waiter, "run-down protection is released that nobody has\n"))
		return;
	if (!atomic_long_sub_return(count, &waiter->count))
		complete(&waiter->done);
}

static void release(PEX_RUNDOWN_REF ref, ULONG_PTR count)
{
	ULONG_PTR seen = READ_ONCE(ref->Count);

	do {
		if (seen & ACTIVE) {
			done(seen, count);
			return;
		}
	} while (!try_cmpxchg((ULONG_PTR *)&ref->Count, &seen, seen - count * ONE));
}

/* How many have it of this counter; from now on they tell the waiter. */
static long close_one(PEX_RUNDOWN_REF ref, struct waiter *waiter)
{
	ULONG_PTR seen = READ_ONCE(ref->Count);

	do {
		if (seen & ACTIVE)
			return 0;
	} while (!try_cmpxchg((ULONG_PTR *)&ref->Count, &seen, (ULONG_PTR)waiter | ACTIVE));
	return (long)seen / (long)ONE;
}

static void init_waiter(struct waiter *waiter)
{
	atomic_long_set(&waiter->count, BIAS);
	init_completion(&waiter->done);
}

static void wait(struct waiter *waiter, long holders)
{
	might_sleep();
	if (atomic_long_add_return(holders - BIAS, &waiter->count))
		wait_for_completion(&waiter->done);
}

/* With nobody left, or by the caller's word: run down, and nobody to tell. */
static void close_for_good(PEX_RUNDOWN_REF ref)
{
	WRITE_ONCE(ref->Count, ACTIVE);
}

/**
 * ExInitializeRundownProtection - an object may be used
 * @RunRef: resident storage for its state
 *
 * IRQL: any.
 */
void ExInitializeRundownProtection(PEX_RUNDOWN_REF RunRef)
{
	RunRef->Count = 0;
}
EXPORT_SYMBOL(ExInitializeRundownProtection);

/**
 * ExReInitializeRundownProtection - it may be used again after it was run down
 * @RunRef: run down
 *
 * IRQL: <= APC_LEVEL.
 */
void ExReInitializeRundownProtection(PEX_RUNDOWN_REF RunRef)
{
	WARN_ONCE(RunRef->Count != ACTIVE, "ExReInitializeRundownProtection: not run down\n");
	WRITE_ONCE(RunRef->Count, 0);
}
EXPORT_SYMBOL(ExReInitializeRundownProtection);

/**
 * ExAcquireRundownProtection - use the object
 * @RunRef: initialised state
 *
 * IRQL: <= DISPATCH_LEVEL. Returns FALSE when it is being, or was, run down.
 */
BOOLEAN ExAcquireRundownProtection(PEX_RUNDOWN_REF RunRef)
{
	return acquire(RunRef, 1);
}
EXPORT_SYMBOL(ExAcquireRundownProtection);

/**
 * ExAcquireRundownProtectionEx - several at once
 * @RunRef: initialised state
 * @Count: how many
 *
 * IRQL: <= DISPATCH_LEVEL.
 */
BOOLEAN ExAcquireRundownProtectionEx(PEX_RUNDOWN_REF RunRef, ULONG Count)
{
	return acquire(RunRef, Count);
}
EXPORT_SYMBOL(ExAcquireRundownProtectionEx);

/**
 * ExReleaseRundownProtection - the end of the use
 * @RunRef: protection that was granted
 *
 * IRQL: <= DISPATCH_LEVEL.
 */
void ExReleaseRundownProtection(PEX_RUNDOWN_REF RunRef)
{
	release(RunRef, 1);
}
EXPORT_SYMBOL(ExReleaseRundownProtection);

/**
 * ExReleaseRundownProtectionEx - several at once
 * @RunRef: protection that was granted
 * @Count: how many
 *
 * IRQL: <= DISPATCH_LEVEL.
 */
void ExReleaseRundownProtectionEx(PEX_RUNDOWN_REF RunRef, ULONG Count)
{
	release(RunRef, Count);
}
EXPORT_SYMBOL(ExReleaseRundownProtectionEx);

/**
 * ExWaitForRundownProtectionRelease - grant no more, and wait until all ended their use
 * @RunRef: initialised state
 *
 * IRQL: <= APC_LEVEL. Does nothing when it is run down already.
 */
void ExWaitForRundownProtectionRelease(PEX_RUNDOWN_REF RunRef)
{
	struct waiter waiter;

	if (RunRef->Count == ACTIVE)
		return;
	init_waiter(&waiter);
	wait(&waiter, close_one(RunRef, &waiter));
	close_for_good(RunRef);
}
EXPORT_SYMBOL(ExWaitForRundownProtectionRelease);

/**
 * ExRundownCompleted - mark it as run down
 * @RunRef: initialised state that nobody uses
 *
 * IRQL: <= DISPATCH_LEVEL.
 */
void ExRundownCompleted(PEX_RUNDOWN_REF RunRef)
{
	close_for_good(RunRef);
}
EXPORT_SYMBOL(ExRundownCompleted);

/* ---- A counter for each CPU ---- */

static PEX_RUNDOWN_REF ref_of(PEX_RUNDOWN_REF_CACHE_AWARE aware, unsigned int cpu)
{
	return (PEX_RUNDOWN_REF)((u8 *)aware->refs + cpu * SMP_CACHE_BYTES);
}

static PEX_RUNDOWN_REF ref_here(PEX_RUNDOWN_REF_CACHE_AWARE aware)
{
	return ref_of(aware, raw_smp_processor_id());
}

/**
 * ExSizeOfRundownProtectionCacheAware - what storage it takes
 *
 * IRQL: any. Returns bytes.
 */
SIZE_T ExSizeOfRundownProtectionCacheAware(void)
{
	return sizeof(struct _EX_RUNDOWN_REF_CACHE_AWARE) + (nr_cpu_ids + 1) * SMP_CACHE_BYTES;
}
EXPORT_SYMBOL(ExSizeOfRundownProtectionCacheAware);

static void set_all(PEX_RUNDOWN_REF_CACHE_AWARE aware, ULONG_PTR value)
{
	unsigned int cpu;

	for (cpu = 0; cpu < aware->cpus; cpu++)
		WRITE_ONCE(ref_of(aware, cpu)->Count, value);
}

/**
 * ExInitializeRundownProtectionCacheAware - an object may be used
 * @RunRefCacheAware: resident storage of ExSizeOfRundownProtectionCacheAware() bytes
 * @RunRefSize: how many there are
 *
 * IRQL: any.
 */
void ExInitializeRundownProtectionCacheAware(PEX_RUNDOWN_REF_CACHE_AWARE RunRefCacheAware,
					     SIZE_T RunRefSize)
{
	WARN_ONCE(RunRefSize < ExSizeOfRundownProtectionCacheAware(),
		  "ExInitializeRundownProtectionCacheAware: too little room\n");
	RunRefCacheAware->cpus = nr_cpu_ids;
	RunRefCacheAware->ours = false;
	RunRefCacheAware->refs = PTR_ALIGN((EX_RUNDOWN_REF *)(RunRefCacheAware + 1),
					   SMP_CACHE_BYTES);
	set_all(RunRefCacheAware, 0);
}
EXPORT_SYMBOL(ExInitializeRundownProtectionCacheAware);

/**
 * ExAllocateCacheAwareRundownProtection - the same, with storage from the pool
 * @PoolType: NonPagedPool and the like
 * @PoolTag: its tag
 *
 * IRQL: <= DISPATCH_LEVEL. Returns NULL when there is none.
 */
PEX_RUNDOWN_REF_CACHE_AWARE ExAllocateCacheAwareRundownProtection(POOL_TYPE PoolType, ULONG PoolTag)
{
	SIZE_T size = ExSizeOfRundownProtectionCacheAware();
	PEX_RUNDOWN_REF_CACHE_AWARE aware = ExAllocatePoolWithTag(PoolType, size, PoolTag);

	if (!aware)
		return NULL;
	ExInitializeRundownProtectionCacheAware(aware, size);
	aware->ours = true;
	return aware;
}
EXPORT_SYMBOL(ExAllocateCacheAwareRundownProtection);

/**
 * ExFreeCacheAwareRundownProtection - the end of that
 * @RunRefCacheAware: from ExAllocateCacheAwareRundownProtection()
 *
 * IRQL: <= DISPATCH_LEVEL.
 */
void ExFreeCacheAwareRundownProtection(PEX_RUNDOWN_REF_CACHE_AWARE RunRefCacheAware)
{
	if (!WARN_ONCE(!RunRefCacheAware->ours, "ExFreeCacheAwareRundownProtection: not allocated\n"))
		ExFreePool(RunRefCacheAware);
}
EXPORT_SYMBOL(ExFreeCacheAwareRundownProtection);

/**
 * ExReInitializeRundownProtectionCacheAware - it may be used again after it was run down
 * @RunRefCacheAware: run down
 *
 * IRQL: <= APC_LEVEL.
 */
void ExReInitializeRundownProtectionCacheAware(PEX_RUNDOWN_REF_CACHE_AWARE RunRefCacheAware)
{
	set_all(RunRefCacheAware, 0);
}
EXPORT_SYMBOL(ExReInitializeRundownProtectionCacheAware);

/**
 * ExAcquireRundownProtectionCacheAware - use the object
 * @RunRefCacheAware: initialised state
 *
 * IRQL: <= DISPATCH_LEVEL. Returns FALSE when it is being, or was, run down.
 */
BOOLEAN ExAcquireRundownProtectionCacheAware(PEX_RUNDOWN_REF_CACHE_AWARE RunRefCacheAware)
{
	return acquire(ref_here(RunRefCacheAware), 1);
}
EXPORT_SYMBOL(ExAcquireRundownProtectionCacheAware);

/**
 * ExAcquireRundownProtectionCacheAwareEx - several at once
 * @RunRefCacheAware: initialised state
 * @Count: how many
 *
 * IRQL: <= DISPATCH_LEVEL.
 */
BOOLEAN ExAcquireRundownProtectionCacheAwareEx(PEX_RUNDOWN_REF_CACHE_AWARE RunRefCacheAware,
					       ULONG Count)
{
	return acquire(ref_here(RunRefCacheAware), Count);
}
EXPORT_SYMBOL(ExAcquireRundownProtectionCacheAwareEx);

/**
 * ExReleaseRundownProtectionCacheAware - the end of the use
 * @RunRefCacheAware: protection that was granted
 *
 * IRQL: <= DISPATCH_LEVEL.
 */
void ExReleaseRundownProtectionCacheAware(PEX_RUNDOWN_REF_CACHE_AWARE RunRefCacheAware)
{
	release(ref_here(RunRefCacheAware), 1);
}
EXPORT_SYMBOL(ExReleaseRundownProtectionCacheAware);

/**
 * ExReleaseRundownProtectionCacheAwareEx - several at once
 * @RunRef: protection that was granted
 * @Count: how many
 *
 * IRQL: <= DISPATCH_LEVEL.
 */
void ExReleaseRundownProtectionCacheAwareEx(PEX_RUNDOWN_REF_CACHE_AWARE RunRef, ULONG Count)
{
	release(ref_here(RunRef), Count);
}
EXPORT_SYMBOL(ExReleaseRundownProtectionCacheAwareEx);

/**
 * ExWaitForRundownProtectionReleaseCacheAware - grant no more, and wait for the last
 * @RunRef: initialised state
 *
 * IRQL: <= APC_LEVEL.
 */
void ExWaitForRundownProtectionReleaseCacheAware(PEX_RUNDOWN_REF_CACHE_AWARE RunRef)
{
	struct waiter waiter;
	unsigned int cpu;
	long holders = 0;

	init_waiter(&waiter);
	for (cpu = 0; cpu < RunRef->cpus; cpu++)
		holders += close_one(ref_of(RunRef, cpu), &waiter);
	wait(&waiter, holders);
	set_all(RunRef, ACTIVE);
}
EXPORT_SYMBOL(ExWaitForRundownProtectionReleaseCacheAware);

/**
 * ExRundownCompletedCacheAware - mark it as run down
 * @RunRefCacheAware: initialised state that nobody uses
 *
 * IRQL: <= DISPATCH_LEVEL.
 */
void ExRundownCompletedCacheAware(PEX_RUNDOWN_REF_CACHE_AWARE RunRefCacheAware)
{
	set_all(RunRefCacheAware, ACTIVE);
}
EXPORT_SYMBOL(ExRundownCompletedCacheAware);
