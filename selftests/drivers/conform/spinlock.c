// SPDX-License-Identifier: GPL-2.0
/* The less usual spin locks: queued, reader-writer; and run-down protection. */
#include "conform.h"

#ifdef __MINGW32__	/* whose headers lack these */
typedef LONG EX_SPIN_LOCK, *PEX_SPIN_LOCK;
NTKERNELAPI KIRQL NTAPI ExAcquireSpinLockShared(PEX_SPIN_LOCK SpinLock);
NTKERNELAPI VOID NTAPI ExReleaseSpinLockShared(PEX_SPIN_LOCK SpinLock, KIRQL OldIrql);
NTKERNELAPI VOID NTAPI ExAcquireSpinLockSharedAtDpcLevel(PEX_SPIN_LOCK SpinLock);
NTKERNELAPI VOID NTAPI ExReleaseSpinLockSharedFromDpcLevel(PEX_SPIN_LOCK SpinLock);
NTKERNELAPI KIRQL NTAPI ExAcquireSpinLockExclusive(PEX_SPIN_LOCK SpinLock);
NTKERNELAPI VOID NTAPI ExReleaseSpinLockExclusive(PEX_SPIN_LOCK SpinLock, KIRQL OldIrql);
NTKERNELAPI VOID NTAPI ExAcquireSpinLockExclusiveAtDpcLevel(PEX_SPIN_LOCK SpinLock);
NTKERNELAPI VOID NTAPI ExReleaseSpinLockExclusiveFromDpcLevel(PEX_SPIN_LOCK SpinLock);
NTKERNELAPI LOGICAL NTAPI ExTryConvertSharedSpinLockExclusive(PEX_SPIN_LOCK SpinLock);
#endif

typedef struct _LOCKS {
	EX_SPIN_LOCK Rw;
	KSPIN_LOCK Spin;
	volatile LONG First, Second;
	LONG Torn;
	EX_RUNDOWN_REF Rundown;
	PEX_RUNDOWN_REF_CACHE_AWARE Aware;
	KEVENT Event;
} LOCKS, *PLOCKS;

static KSTART_ROUTINE Reader, Writer, RunDown, RunDownAware;

static VOID NTAPI Reader(PVOID Context)
{
	PLOCKS L = Context;
	KIRQL Irql;
	ULONG i;

	for (i = 0; i < 2000; i++) {
		Irql = ExAcquireSpinLockShared(&L->Rw);
		if (L->First != L->Second)
			InterlockedIncrement(&L->Torn);
		ExReleaseSpinLockShared(&L->Rw, Irql);
	}
}

static VOID NTAPI Writer(PVOID Context)
{
	PLOCKS L = Context;
	KIRQL Irql;
	ULONG i;

	for (i = 0; i < 1000; i++) {
		Irql = ExAcquireSpinLockExclusive(&L->Rw);
		L->First++;
		L->Second++;
		ExReleaseSpinLockExclusive(&L->Rw, Irql);
	}
}

/* "ExAcquireSpinLockShared", "ExAcquireSpinLockExclusive": to DISPATCH_LEVEL, and back. */
VOID RwSpinLockLevel(PCONFORM_TEST_CONTEXT T)
{
	KIRQL Seen[4], Irql, Old;
	EX_SPIN_LOCK Lock = 0;

	Old = ExAcquireSpinLockShared(&Lock);
	Seen[0] = KeGetCurrentIrql();
	ExAcquireSpinLockSharedAtDpcLevel(&Lock);	/* readers are many */
	ExReleaseSpinLockSharedFromDpcLevel(&Lock);
	ExReleaseSpinLockShared(&Lock, Old);
	Seen[1] = KeGetCurrentIrql();
	Irql = ExAcquireSpinLockExclusive(&Lock);
	Seen[2] = KeGetCurrentIrql();
	ExReleaseSpinLockExclusive(&Lock, Irql);
	Seen[3] = KeGetCurrentIrql();
	CHECK_EQ(PASSIVE_LEVEL, Old);
	CHECK_EQ(PASSIVE_LEVEL, Irql);
	CHECK_EQ(DISPATCH_LEVEL, Seen[0]);
	CHECK_EQ(PASSIVE_LEVEL, Seen[1]);
	CHECK_EQ(DISPATCH_LEVEL, Seen[2]);
	CHECK_EQ(PASSIVE_LEVEL, Seen[3]);
}

/* "ExTryConvertSharedSpinLockExclusive": only for the only reader. */
VOID RwSpinLockConvert(PCONFORM_TEST_CONTEXT T)
{
	EX_SPIN_LOCK Lock = 0;
	LOGICAL Many, One;
	KIRQL Irql;

	KeRaiseIrql(DISPATCH_LEVEL, &Irql);
	ExAcquireSpinLockSharedAtDpcLevel(&Lock);
	ExAcquireSpinLockSharedAtDpcLevel(&Lock);
	Many = ExTryConvertSharedSpinLockExclusive(&Lock);
	ExReleaseSpinLockSharedFromDpcLevel(&Lock);
	One = ExTryConvertSharedSpinLockExclusive(&Lock);
	ExReleaseSpinLockExclusiveFromDpcLevel(&Lock);
	ExAcquireSpinLockExclusiveAtDpcLevel(&Lock);
	ExReleaseSpinLockExclusiveFromDpcLevel(&Lock);
	KeLowerIrql(Irql);
	CHECK(!Many);
	CHECK(One);
}

/* A reader never sees a writer's work half done. */
VOID RwSpinLockExcludes(PCONFORM_TEST_CONTEXT T)
{
	PETHREAD Threads[4];
	LOCKS L;
	ULONG i;

	RtlZeroMemory(&L, sizeof(L));
	for (i = 0; i < RTL_NUMBER_OF(Threads); i++)
		Threads[i] = StartThread(i & 1 ? Reader : Writer, &L);
	for (i = 0; i < RTL_NUMBER_OF(Threads); i++)
		CHECK(Threads[i] && JoinThread(Threads[i]) == STATUS_SUCCESS);
	CHECK_EQ(0, L.Torn);
	CHECK_EQ(2000, L.First);
	CHECK_EQ(2000, L.Second);
}

/* "KeAcquireInStackQueuedSpinLock" and its kin; "KeTestSpinLock": TRUE when it is free. */
VOID QueuedSpinLock(PCONFORM_TEST_CONTEXT T)
{
	KLOCK_QUEUE_HANDLE Handle;
	BOOLEAN Free[4], Got[2];
	KSPIN_LOCK Lock;
	KIRQL Seen[4];
	KIRQL Irql;

	KeInitializeSpinLock(&Lock);
	Free[0] = KeTestSpinLock(&Lock);
	KeAcquireInStackQueuedSpinLock(&Lock, &Handle);
	Seen[0] = KeGetCurrentIrql();
	Free[1] = KeTestSpinLock(&Lock);
	Got[0] = KeTryToAcquireSpinLockAtDpcLevel(&Lock);
	KeReleaseInStackQueuedSpinLock(&Handle);
	Seen[1] = KeGetCurrentIrql();

	KeRaiseIrql(DISPATCH_LEVEL, &Irql);
	KeAcquireInStackQueuedSpinLockAtDpcLevel(&Lock, &Handle);
	Free[2] = KeTestSpinLock(&Lock);
	KeReleaseInStackQueuedSpinLockFromDpcLevel(&Handle);
	Got[1] = KeTryToAcquireSpinLockAtDpcLevel(&Lock);
	Free[3] = KeTestSpinLock(&Lock);
	if (Got[1])
		KeReleaseSpinLockFromDpcLevel(&Lock);
	KeAcquireInStackQueuedSpinLockForDpc(&Lock, &Handle);
	KeReleaseInStackQueuedSpinLockForDpc(&Handle);
	Seen[2] = KeGetCurrentIrql();
	KeReleaseSpinLockForDpc(&Lock, KeAcquireSpinLockForDpc(&Lock));
	Seen[3] = KeGetCurrentIrql();
	KeLowerIrql(Irql);

	CHECK(Free[0]);
	CHECK(!Free[1]);
	CHECK(!Free[2]);
	CHECK(!Free[3]);
	CHECK(!Got[0]);
	CHECK(Got[1]);
	CHECK_EQ(DISPATCH_LEVEL, Seen[0]);
	CHECK_EQ(PASSIVE_LEVEL, Seen[1]);
	CHECK_EQ(DISPATCH_LEVEL, Seen[2]);
	CHECK_EQ(DISPATCH_LEVEL, Seen[3]);
	CHECK(KeTestSpinLock(&Lock));
}

/* "KeRaiseIrqlToSynchLevel": above DISPATCH_LEVEL on a machine with several processors. */
VOID IrqlSynchLevel(PCONFORM_TEST_CONTEXT T)
{
	KIRQL Irql = KeRaiseIrqlToSynchLevel();
	KIRQL Seen = KeGetCurrentIrql();

	KeLowerIrql(Irql);
	CHECK_EQ(PASSIVE_LEVEL, Irql);
	CHECK_EQ(12, Seen);
}

static VOID NTAPI RunDown(PVOID Context)
{
	PLOCKS L = Context;

	KeSetEvent(&L->Event, IO_NO_INCREMENT, FALSE);
	ExWaitForRundownProtectionRelease(&L->Rundown);
	InterlockedIncrement(&L->First);
}

static VOID NTAPI RunDownAware(PVOID Context)
{
	PLOCKS L = Context;

	KeSetEvent(&L->Event, IO_NO_INCREMENT, FALSE);
	ExWaitForRundownProtectionReleaseCacheAware(L->Aware);
	InterlockedIncrement(&L->First);
}

/* "Run-Down Protection": granted until it is waited for; the wait is for all that have it. */
VOID RundownWaits(PCONFORM_TEST_CONTEXT T)
{
	PETHREAD Thread;
	LOCKS L;

	RtlZeroMemory(&L, sizeof(L));
	KeInitializeEvent(&L.Event, NotificationEvent, FALSE);
	ExInitializeRundownProtection(&L.Rundown);
	CHECK(ExAcquireRundownProtection(&L.Rundown));
	CHECK(ExAcquireRundownProtectionEx(&L.Rundown, 3));
	Thread = StartThread(RunDown, &L);
	CHECK(Thread != NULL);
	if (!Thread)
		return;
	KeWaitForSingleObject(&L.Event, Executive, KernelMode, FALSE, NULL);
	SleepFor(20);
	CHECK(!ExAcquireRundownProtection(&L.Rundown));
	ExReleaseRundownProtectionEx(&L.Rundown, 3);
	SleepFor(20);
	CHECK_EQ(0, L.First);
	ExReleaseRundownProtection(&L.Rundown);
	CHECK_EQ(STATUS_SUCCESS, JoinThread(Thread));
	CHECK_EQ(1, L.First);
	CHECK(!ExAcquireRundownProtection(&L.Rundown));
	/* "the call has no effect" on one that is run down already. */
	ExWaitForRundownProtectionRelease(&L.Rundown);
	ExReInitializeRundownProtection(&L.Rundown);
	CHECK(ExAcquireRundownProtection(&L.Rundown));
	ExReleaseRundownProtection(&L.Rundown);
	ExRundownCompleted(&L.Rundown);
	CHECK(!ExAcquireRundownProtection(&L.Rundown));
}

/* The same of the cache-aware kind: taken on one processor, given back on another. */
VOID RundownCacheAware(PCONFORM_TEST_CONTEXT T)
{
	SIZE_T Size = ExSizeOfRundownProtectionCacheAware();
	PEX_RUNDOWN_REF_CACHE_AWARE Own = ExAllocatePoolWithTag(NonPagedPool, Size, 'fnoC');
	PETHREAD Thread;
	LOCKS L;

	RtlZeroMemory(&L, sizeof(L));
	KeInitializeEvent(&L.Event, NotificationEvent, FALSE);
	L.Aware = ExAllocateCacheAwareRundownProtection(NonPagedPool, 'fnoC');
	CHECK(Own && L.Aware);
	if (!Own || !L.Aware)
		return;
	KeSetSystemAffinityThread(1);
	CHECK(ExAcquireRundownProtectionCacheAware(L.Aware));
	CHECK(ExAcquireRundownProtectionCacheAwareEx(L.Aware, 2));
	KeSetSystemAffinityThread(2);
	CHECK(ExAcquireRundownProtectionCacheAware(L.Aware));
	ExReleaseRundownProtectionCacheAwareEx(L.Aware, 2);
	ExReleaseRundownProtectionCacheAware(L.Aware);
	Thread = StartThread(RunDownAware, &L);
	CHECK(Thread != NULL);
	KeWaitForSingleObject(&L.Event, Executive, KernelMode, FALSE, NULL);
	SleepFor(20);
	CHECK_EQ(0, L.First);
	CHECK(!ExAcquireRundownProtectionCacheAware(L.Aware));
	ExReleaseRundownProtectionCacheAware(L.Aware);
	KeRevertToUserAffinityThread();
	if (Thread)
		CHECK_EQ(STATUS_SUCCESS, JoinThread(Thread));
	CHECK_EQ(1, L.First);
	ExReInitializeRundownProtectionCacheAware(L.Aware);
	CHECK(ExAcquireRundownProtectionCacheAware(L.Aware));
	ExReleaseRundownProtectionCacheAware(L.Aware);
	ExRundownCompletedCacheAware(L.Aware);
	CHECK(!ExAcquireRundownProtectionCacheAware(L.Aware));
	ExFreeCacheAwareRundownProtection(L.Aware);

	ExInitializeRundownProtectionCacheAware(Own, Size);
	CHECK(ExAcquireRundownProtectionCacheAware(Own));
	ExReleaseRundownProtectionCacheAware(Own);
	ExWaitForRundownProtectionReleaseCacheAware(Own);
	ExFreePoolWithTag(Own, 'fnoC');
}
