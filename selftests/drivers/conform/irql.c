// SPDX-License-Identifier: GPL-2.0
/* IRQL, spin locks, interlocked operations. */
#include "conform.h"

/* "KeRaiseIrql", "KeLowerIrql", "KeGetCurrentIrql". */
VOID IrqlLevels(PCONFORM_TEST_CONTEXT T)
{
	static const KIRQL Levels[] = { APC_LEVEL, DISPATCH_LEVEL, DISPATCH_LEVEL + 1, 9, HIGH_LEVEL };
	KIRQL Old[RTL_NUMBER_OF(Levels)], Up[RTL_NUMBER_OF(Levels)], Down[RTL_NUMBER_OF(Levels)];
	KIRQL Below;
	LONG i;

	CHECK_EQ(PASSIVE_LEVEL, KeGetCurrentIrql());
	/* One after the other; checked when all is over, as checks format text. */
	for (i = 0; i < (LONG)RTL_NUMBER_OF(Levels); i++) {
		KeRaiseIrql(Levels[i], &Old[i]);
		Up[i] = KeGetCurrentIrql();
	}
	for (i = RTL_NUMBER_OF(Levels) - 1; i >= 0; i--) {
		KeLowerIrql(Old[i]);
		Down[i] = KeGetCurrentIrql();
	}
	Below = PASSIVE_LEVEL;
	for (i = 0; i < (LONG)RTL_NUMBER_OF(Levels); i++) {
		CHECK_EQ(Below, Old[i]);
		CHECK_EQ(Levels[i], Up[i]);
		CHECK_EQ(Below, Down[i]);
		Below = Levels[i];
	}

	/* Each on its own, twice over: raising to where one is changes nothing. */
	for (i = 0; i < (LONG)RTL_NUMBER_OF(Levels); i++) {
		KeRaiseIrql(Levels[i], &Old[0]);
		KeRaiseIrql(Levels[i], &Old[1]);
		Up[0] = KeGetCurrentIrql();
		KeLowerIrql(Old[1]);
		Up[1] = KeGetCurrentIrql();
		KeLowerIrql(Old[0]);
		CHECK_EQ(PASSIVE_LEVEL, Old[0]);
		CHECK_EQ(Levels[i], Old[1]);
		CHECK_EQ(Levels[i], Up[0]);
		CHECK_EQ(Levels[i], Up[1]);
		CHECK_EQ(PASSIVE_LEVEL, KeGetCurrentIrql());
	}

	/* "KeRaiseIrqlToDpcLevel" */
	Old[0] = KeRaiseIrqlToDpcLevel();
	Up[0] = KeGetCurrentIrql();
	KeLowerIrql(Old[0]);
	CHECK_EQ(PASSIVE_LEVEL, Old[0]);
	CHECK_EQ(DISPATCH_LEVEL, Up[0]);
}

typedef struct _SEEN {
	KIRQL Outer, Inner, InLock, After;
	KSPIN_LOCK Lock;
	volatile LONG Called;
} SEEN, *PSEEN;

static VOID IrqlDpc(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
	PSEEN Seen = Context;
	KIRQL Old;

	UNREFERENCED_PARAMETER(Dpc);
	UNREFERENCED_PARAMETER(Argument1);
	UNREFERENCED_PARAMETER(Argument2);
	Seen->Outer = KeGetCurrentIrql();
	KeAcquireSpinLock(&Seen->Lock, &Old);
	Seen->InLock = KeGetCurrentIrql();
	KeReleaseSpinLock(&Seen->Lock, Old);
	KeRaiseIrql(9, &Old);
	Seen->Inner = KeGetCurrentIrql();
	KeLowerIrql(Old);
	Seen->After = KeGetCurrentIrql();
	InterlockedIncrement(&Seen->Called);
}

/* "CustomDpc": at DISPATCH_LEVEL; what is raised there goes back to there. */
VOID IrqlInDpc(PCONFORM_TEST_CONTEXT T)
{
	SEEN Seen = { 0 };
	KDPC Dpc;

	KeInitializeSpinLock(&Seen.Lock);
	KeInitializeDpc(&Dpc, IrqlDpc, &Seen);
	KeInsertQueueDpc(&Dpc, NULL, NULL);
	KeFlushQueuedDpcs();
	CHECK_EQ(1, Seen.Called);
	CHECK_EQ(DISPATCH_LEVEL, Seen.Outer);
	CHECK_EQ(DISPATCH_LEVEL, Seen.InLock);
	CHECK_EQ(9, Seen.Inner);
	CHECK_EQ(DISPATCH_LEVEL, Seen.After);
}

/* "KeAcquireSpinLock": raises to DISPATCH_LEVEL and gives back what was before. */
VOID IrqlSpinLock(PCONFORM_TEST_CONTEXT T)
{
	static const KIRQL Starts[] = { PASSIVE_LEVEL, APC_LEVEL, DISPATCH_LEVEL };
	KIRQL Start, Saved, Saved2, In, Nested, After, Back;
	KSPIN_LOCK Lock, Lock2;
	ULONG i;

	KeInitializeSpinLock(&Lock);
	KeInitializeSpinLock(&Lock2);
	for (i = 0; i < RTL_NUMBER_OF(Starts); i++) {
		KeRaiseIrql(Starts[i], &Start);
		KeAcquireSpinLock(&Lock, &Saved);
		In = KeGetCurrentIrql();
		KeAcquireSpinLock(&Lock2, &Saved2);
		KeReleaseSpinLock(&Lock2, Saved2);
		KeAcquireSpinLockAtDpcLevel(&Lock2);
		Nested = KeGetCurrentIrql();
		KeReleaseSpinLockFromDpcLevel(&Lock2);
		After = KeGetCurrentIrql();
		KeReleaseSpinLock(&Lock, Saved);
		Back = KeGetCurrentIrql();
		KeLowerIrql(Start);
		CHECK_EQ(Starts[i], Saved);
		CHECK_EQ(DISPATCH_LEVEL, Saved2);
		CHECK_EQ(DISPATCH_LEVEL, In);
		CHECK_EQ(DISPATCH_LEVEL, Nested);
		CHECK_EQ(DISPATCH_LEVEL, After);
		CHECK_EQ(Starts[i], Back);
	}
}

static VOID CountDpc(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
	UNREFERENCED_PARAMETER(Dpc);
	UNREFERENCED_PARAMETER(Argument1);
	UNREFERENCED_PARAMETER(Argument2);
	InterlockedIncrement(Context);
}

/*
 * "Managing Hardware Priorities": at DISPATCH_LEVEL no DPC of this processor
 * runs, and all that are queued run when the level goes below.
 */
VOID IrqlHoldsDpcs(PCONFORM_TEST_CONTEXT T)
{
	LONG volatile Count = 0;
	LONG AtDispatch, AtApc, i;
	KIRQL Apc, Old;
	KDPC Dpc;

	KeInitializeDpc(&Dpc, CountDpc, (PVOID)&Count);
	KeRaiseIrql(APC_LEVEL, &Apc);
	KeRaiseIrql(DISPATCH_LEVEL, &Old);
	KeSetTargetProcessorDpc(&Dpc, (CCHAR)KeGetCurrentProcessorNumber());
	KeInsertQueueDpc(&Dpc, NULL, NULL);
	KeStallExecutionProcessor(3000);
	AtDispatch = Count;
	KeLowerIrql(Old);
	for (i = 0; i < SOON_MS && !Count; i++)
		KeStallExecutionProcessor(1000);
	AtApc = Count;
	KeLowerIrql(Apc);
	CHECK_EQ(0, AtDispatch);
	CHECK_EQ(1, AtApc);
	KeFlushQueuedDpcs();
}

#define ROUNDS	20000

typedef struct _SHARED {
	KSPIN_LOCK Lock;
	volatile ULONG First, Second;	/* always the same to who holds the lock */
	volatile ULONG Torn;
} SHARED, *PSHARED;

static VOID Work(PSHARED Shared, ULONG Rounds)
{
	KIRQL Irql;

	while (Rounds--) {
		KeAcquireSpinLock(&Shared->Lock, &Irql);
		if (Shared->First != Shared->Second)
			Shared->Torn++;
		Shared->First++;
		Shared->Second++;
		KeReleaseSpinLock(&Shared->Lock, Irql);
	}
}

static VOID WorkDpc(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
	UNREFERENCED_PARAMETER(Dpc);
	UNREFERENCED_PARAMETER(Argument1);
	UNREFERENCED_PARAMETER(Argument2);
	Work(Context, ROUNDS / 10);
}

/* "Introduction to Spin Locks": mutual exclusion of processors and of levels. */
VOID SpinLockExcludes(PCONFORM_TEST_CONTEXT T)
{
	SHARED Shared = { 0 };
	ULONG i;
	KDPC Dpc;

	KeInitializeSpinLock(&Shared.Lock);
	KeInitializeDpc(&Dpc, WorkDpc, &Shared);
	for (i = 0; i < 10; i++) {
		KeSetTargetProcessorDpc(&Dpc, (CCHAR)(i % T->Processors));
		KeInsertQueueDpc(&Dpc, NULL, NULL);
		Work(&Shared, ROUNDS / 10);
		KeFlushQueuedDpcs();
	}
	CHECK_EQ(2 * ROUNDS, Shared.First);
	CHECK_EQ(0, Shared.Torn);
}

/* The WDK's pages of each: new value for the first two, old value for the others. */
VOID InterlockedResults(PCONFORM_TEST_CONTEXT T)
{
	LONG volatile Value = 5;
	PVOID volatile Pointer = (PVOID)&Value;

	CHECK_EQ(6, InterlockedIncrement(&Value));
	CHECK_EQ(5, InterlockedDecrement(&Value));
	CHECK_EQ(5, InterlockedExchange(&Value, 10));
	CHECK_EQ(10, InterlockedExchangeAdd(&Value, -3));
	CHECK_EQ(7, InterlockedCompareExchange(&Value, 1, 6));
	CHECK_EQ(7, InterlockedCompareExchange(&Value, 1, 7));
	CHECK_EQ(1, Value);
	CHECK_EQ(1, InterlockedOr(&Value, 6));
	CHECK_EQ(7, InterlockedAnd(&Value, 5));
	CHECK_EQ(5, InterlockedXor(&Value, 1));
	CHECK_EQ(4, Value);
	CHECK(InterlockedExchangePointer(&Pointer, NULL) == (PVOID)&Value);
	CHECK(InterlockedCompareExchangePointer(&Pointer, T, NULL) == NULL);
	CHECK(InterlockedCompareExchangePointer(&Pointer, NULL, NULL) == T);
	CHECK(Pointer == T);
	Value = 0x7fffffff;
	CHECK_EQ((LONG)0x80000000, InterlockedIncrement(&Value));
}
