// SPDX-License-Identifier: GPL-2.0
/* Fast and guarded mutexes. */
#include "conform.h"

typedef struct _FAST_TEST {
	FAST_MUTEX Fast;
	KGUARDED_MUTEX Guarded;
	KEVENT Has, Go;
	LONG Inside, Overlaps, Counter;
	BOOLEAN UseGuarded, Got;
} FAST_TEST, *PFAST_TEST;

static KSTART_ROUTINE HoldFast, CountFast;

static VOID InitFast(PFAST_TEST F)
{
	RtlZeroMemory(F, sizeof(*F));
	ExInitializeFastMutex(&F->Fast);
	KeInitializeGuardedMutex(&F->Guarded);
	KeInitializeEvent(&F->Has, NotificationEvent, FALSE);
	KeInitializeEvent(&F->Go, NotificationEvent, FALSE);
}

static VOID Take(PFAST_TEST F)
{
	if (F->UseGuarded)
		KeAcquireGuardedMutex(&F->Guarded);
	else
		ExAcquireFastMutex(&F->Fast);
}

static VOID Give(PFAST_TEST F)
{
	if (F->UseGuarded)
		KeReleaseGuardedMutex(&F->Guarded);
	else
		ExReleaseFastMutex(&F->Fast);
}

static BOOLEAN Try(PFAST_TEST F)
{
	return F->UseGuarded ? KeTryToAcquireGuardedMutex(&F->Guarded) :
			       ExTryToAcquireFastMutex(&F->Fast);
}

static VOID NTAPI HoldFast(PVOID Context)
{
	PFAST_TEST F = Context;

	Take(F);
	KeSetEvent(&F->Has, IO_NO_INCREMENT, FALSE);
	KeWaitForSingleObject(&F->Go, Executive, KernelMode, FALSE, NULL);
	Give(F);
}

static VOID NTAPI CountFast(PVOID Context)
{
	PFAST_TEST F = Context;
	ULONG i;

	for (i = 0; i < 1000; i++) {
		Take(F);
		if (InterlockedIncrement(&F->Inside) != 1)
			InterlockedIncrement(&F->Overlaps);
		F->Counter++;
		InterlockedDecrement(&F->Inside);
		Give(F);
	}
}

/* "ExAcquireFastMutex": raises to APC_LEVEL; "ExReleaseFastMutex" restores the level. */
VOID FastMutexLevel(PCONFORM_TEST_CONTEXT T)
{
	FAST_TEST F;
	KIRQL Irql;

	InitFast(&F);
	ExAcquireFastMutex(&F.Fast);
	CHECK_EQ(APC_LEVEL, KeGetCurrentIrql());
	ExReleaseFastMutex(&F.Fast);
	CHECK_EQ(PASSIVE_LEVEL, KeGetCurrentIrql());
	CHECK(ExTryToAcquireFastMutex(&F.Fast));
	CHECK_EQ(APC_LEVEL, KeGetCurrentIrql());
	ExReleaseFastMutex(&F.Fast);
	KeRaiseIrql(APC_LEVEL, &Irql);
	ExAcquireFastMutex(&F.Fast);
	ExReleaseFastMutex(&F.Fast);
	CHECK_EQ(APC_LEVEL, KeGetCurrentIrql());
	ExAcquireFastMutexUnsafe(&F.Fast);
	CHECK_EQ(APC_LEVEL, KeGetCurrentIrql());
	ExReleaseFastMutexUnsafe(&F.Fast);
	KeLowerIrql(Irql);
	KeEnterCriticalRegion();
	ExAcquireFastMutexUnsafe(&F.Fast);
	CHECK_EQ(PASSIVE_LEVEL, KeGetCurrentIrql());
	ExReleaseFastMutexUnsafe(&F.Fast);
	KeLeaveCriticalRegion();
}

/* "KeAcquireGuardedMutex": enters a guarded region, the level stays. */
VOID GuardedMutexRegion(PCONFORM_TEST_CONTEXT T)
{
	FAST_TEST F;

	InitFast(&F);
	KeAcquireGuardedMutex(&F.Guarded);
	CHECK_EQ(PASSIVE_LEVEL, KeGetCurrentIrql());
	CHECK(KeAreAllApcsDisabled());
	KeReleaseGuardedMutex(&F.Guarded);
	CHECK(!KeAreAllApcsDisabled());
	CHECK(KeTryToAcquireGuardedMutex(&F.Guarded));
	CHECK(KeAreAllApcsDisabled());
	KeReleaseGuardedMutex(&F.Guarded);
	KeEnterGuardedRegion();
	KeAcquireGuardedMutexUnsafe(&F.Guarded);
	KeReleaseGuardedMutexUnsafe(&F.Guarded);
	KeLeaveGuardedRegion();
	CHECK(!KeAreAllApcsDisabled());
}

/* "ExTryToAcquireFastMutex", "KeTryToAcquireGuardedMutex": FALSE when another has it. */
VOID FastMutexTry(PCONFORM_TEST_CONTEXT T)
{
	PETHREAD Thread;
	FAST_TEST F;
	ULONG i;

	for (i = 0; i < 2; i++) {
		InitFast(&F);
		F.UseGuarded = i != 0;
		Thread = StartThread(HoldFast, &F);
		CHECK(Thread != NULL);
		if (!Thread)
			return;
		KeWaitForSingleObject(&F.Has, Executive, KernelMode, FALSE, NULL);
		CHECK(!Try(&F));
		CHECK_EQ(PASSIVE_LEVEL, KeGetCurrentIrql());
		CHECK(!KeAreAllApcsDisabled());
		KeSetEvent(&F.Go, IO_NO_INCREMENT, FALSE);
		Take(&F);
		Give(&F);
		CHECK_EQ(STATUS_SUCCESS, JoinThread(Thread));
		CHECK(Try(&F));
		Give(&F);
	}
}

/* One thread at a time. */
VOID FastMutexExcludes(PCONFORM_TEST_CONTEXT T)
{
	PETHREAD Threads[4];
	FAST_TEST F;
	ULONG i, k;

	for (k = 0; k < 2; k++) {
		InitFast(&F);
		F.UseGuarded = k != 0;
		for (i = 0; i < RTL_NUMBER_OF(Threads); i++)
			Threads[i] = StartThread(CountFast, &F);
		for (i = 0; i < RTL_NUMBER_OF(Threads); i++)
			CHECK(Threads[i] && JoinThread(Threads[i]) == STATUS_SUCCESS);
		CHECK_EQ(0, F.Overlaps);
		CHECK_EQ(4000, F.Counter);
	}
}
