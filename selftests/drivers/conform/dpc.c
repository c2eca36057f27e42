// SPDX-License-Identifier: GPL-2.0
/*
 * DPC objects. At DISPATCH_LEVEL the processor runs no DPC, so that what is
 * queued for it there can be looked at and changed.
 */
#include "conform.h"

#define LOG_SIZE	16

static struct {
	volatile LONG Count;
	PVOID Context[LOG_SIZE], Argument1[LOG_SIZE], Argument2[LOG_SIZE];
	PKDPC Dpc[LOG_SIZE];
	KIRQL Irql[LOG_SIZE];
	ULONG Processor[LOG_SIZE];
} Log;

static VOID LogDpc(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
	LONG Index = InterlockedIncrement(&Log.Count) - 1;

	if (Index >= LOG_SIZE)
		return;
	Log.Dpc[Index] = Dpc;
	Log.Context[Index] = Context;
	Log.Argument1[Index] = Argument1;
	Log.Argument2[Index] = Argument2;
	Log.Irql[Index] = KeGetCurrentIrql();
	Log.Processor[Index] = KeGetCurrentProcessorNumber();
}

static VOID Reset(VOID)
{
	RtlZeroMemory(&Log, sizeof(Log));
}

/* "KeInsertQueueDpc": FALSE when it is in a queue already, which changes nothing. */
VOID DpcQueuedOnce(PCONFORM_TEST_CONTEXT T)
{
	BOOLEAN First, Second, Third;
	KIRQL Irql;
	KDPC Dpc;

	Reset();
	KeInitializeDpc(&Dpc, LogDpc, NULL);
	KeRaiseIrql(DISPATCH_LEVEL, &Irql);
	First = KeInsertQueueDpc(&Dpc, (PVOID)1, (PVOID)2);
	Second = KeInsertQueueDpc(&Dpc, (PVOID)3, (PVOID)4);
	KeLowerIrql(Irql);
	KeFlushQueuedDpcs();
	CHECK(First);
	CHECK(!Second);
	CHECK_EQ(1, Log.Count);
	CHECK(Log.Argument1[0] == (PVOID)1);
	CHECK(Log.Argument2[0] == (PVOID)2);
	/* It has run, so it can be queued again. */
	Third = KeInsertQueueDpc(&Dpc, NULL, NULL);
	KeFlushQueuedDpcs();
	CHECK(Third);
	CHECK_EQ(2, Log.Count);
}

/* "CustomDpc": what the routine is called with, and that it is at DISPATCH_LEVEL. */
VOID DpcArguments(PCONFORM_TEST_CONTEXT T)
{
	KDPC Dpc;

	Reset();
	KeInitializeDpc(&Dpc, LogDpc, &Dpc);
	KeInsertQueueDpc(&Dpc, T, (PVOID)(ULONG_PTR)0x123456789abcdef0ULL);
	KeFlushQueuedDpcs();
	CHECK_EQ(1, Log.Count);
	CHECK(Log.Dpc[0] == &Dpc);
	CHECK(Log.Context[0] == &Dpc);
	CHECK(Log.Argument1[0] == T);
	CHECK(Log.Argument2[0] == (PVOID)(ULONG_PTR)0x123456789abcdef0ULL);
	CHECK_EQ(DISPATCH_LEVEL, Log.Irql[0]);
}

static LONG RequeueLeft;
static BOOLEAN RequeueResults;
static KEVENT RequeueDone;

static VOID RequeueDpc(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
	UNREFERENCED_PARAMETER(Context);
	UNREFERENCED_PARAMETER(Argument1);
	UNREFERENCED_PARAMETER(Argument2);
	if (--RequeueLeft > 0)
		RequeueResults &= KeInsertQueueDpc(Dpc, NULL, NULL);
	else
		KeSetEvent(&RequeueDone, IO_NO_INCREMENT, FALSE);
}

/* "KeInsertQueueDpc": a DPC is out of the queue when its routine runs. */
VOID DpcRequeuesItself(PCONFORM_TEST_CONTEXT T)
{
	LARGE_INTEGER Timeout = Milliseconds(SOON_MS);
	KDPC Dpc;

	RequeueLeft = 20;
	RequeueResults = TRUE;
	KeInitializeEvent(&RequeueDone, NotificationEvent, FALSE);
	KeInitializeDpc(&Dpc, RequeueDpc, NULL);
	KeInsertQueueDpc(&Dpc, NULL, NULL);
	CHECK_EQ(STATUS_SUCCESS, KeWaitForSingleObject(&RequeueDone, Executive, KernelMode, FALSE,
						       &Timeout));
	KeFlushQueuedDpcs();
	CHECK(RequeueResults);
	CHECK_EQ(0, RequeueLeft);
}

/*
 * "KeSetImportanceDpc": high importance goes to the head of the queue, others
 * to its tail: in order of arrival.
 */
VOID DpcImportance(PCONFORM_TEST_CONTEXT T)
{
	KDPC Low, Medium, MediumHigh, High;
	KIRQL Irql;

	Reset();
	KeInitializeDpc(&Low, LogDpc, (PVOID)1);
	KeInitializeDpc(&Medium, LogDpc, (PVOID)2);
	KeInitializeDpc(&MediumHigh, LogDpc, (PVOID)3);
	KeInitializeDpc(&High, LogDpc, (PVOID)4);
	KeSetImportanceDpc(&Low, LowImportance);
	KeSetImportanceDpc(&MediumHigh, MediumHighImportance);
	KeSetImportanceDpc(&High, HighImportance);
	KeRaiseIrql(DISPATCH_LEVEL, &Irql);
	KeInsertQueueDpc(&Medium, NULL, NULL);
	KeInsertQueueDpc(&MediumHigh, NULL, NULL);
	KeInsertQueueDpc(&Low, NULL, NULL);
	KeInsertQueueDpc(&High, NULL, NULL);
	KeLowerIrql(Irql);
	KeFlushQueuedDpcs();
	CHECK_EQ(4, Log.Count);
	CHECK(Log.Context[0] == (PVOID)4);
	CHECK(Log.Context[1] == (PVOID)2);
	CHECK(Log.Context[2] == (PVOID)3);
	CHECK(Log.Context[3] == (PVOID)1);
}

/* "KeSetTargetProcessorDpc": the routine runs on that processor. */
VOID DpcTarget(PCONFORM_TEST_CONTEXT T)
{
	ULONG Target;
	KDPC Dpc;

	for (Target = 0; Target < T->Processors; Target++) {
		Reset();
		KeInitializeDpc(&Dpc, LogDpc, NULL);
		KeSetTargetProcessorDpc(&Dpc, (CCHAR)Target);
		KeInsertQueueDpc(&Dpc, NULL, NULL);
		KeFlushQueuedDpcs();
		CHECK_EQ(1, Log.Count);
		CHECK_EQ(Target, Log.Processor[0]);
	}
}

/* "KeRemoveQueueDpc": TRUE when it was in the queue, and it will not run. */
VOID DpcRemove(PCONFORM_TEST_CONTEXT T)
{
	BOOLEAN Never, Queued, Again;
	KIRQL Irql;
	KDPC Dpc, Other;

	Reset();
	KeInitializeDpc(&Dpc, LogDpc, (PVOID)1);
	KeInitializeDpc(&Other, LogDpc, (PVOID)2);
	Never = KeRemoveQueueDpc(&Dpc);
	KeRaiseIrql(DISPATCH_LEVEL, &Irql);
	KeInsertQueueDpc(&Dpc, NULL, NULL);
	KeInsertQueueDpc(&Other, NULL, NULL);
	Queued = KeRemoveQueueDpc(&Dpc);
	Again = KeRemoveQueueDpc(&Dpc);
	KeLowerIrql(Irql);
	KeFlushQueuedDpcs();
	CHECK(!Never);
	CHECK(Queued);
	CHECK(!Again);
	CHECK_EQ(1, Log.Count);
	CHECK(Log.Context[0] == (PVOID)2);
	CHECK(!KeRemoveQueueDpc(&Other));
}

static VOID SlowDpc(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
	UNREFERENCED_PARAMETER(Dpc);
	UNREFERENCED_PARAMETER(Context);
	UNREFERENCED_PARAMETER(Argument1);
	UNREFERENCED_PARAMETER(Argument2);
	KeStallExecutionProcessor(2000);
	InterlockedIncrement(&Log.Count);
}

/* "KeFlushQueuedDpcs": returns after all queued DPCs have run, on all processors. */
VOID DpcFlush(PCONFORM_TEST_CONTEXT T)
{
	LONG Round;
	ULONG i;
	KDPC Dpc[4];

	Reset();
	for (Round = 1; Round <= 3; Round++) {
		for (i = 0; i < RTL_NUMBER_OF(Dpc); i++) {
			KeInitializeDpc(&Dpc[i], SlowDpc, NULL);
			KeSetTargetProcessorDpc(&Dpc[i], (CCHAR)(i % T->Processors));
			KeInsertQueueDpc(&Dpc[i], NULL, NULL);
		}
		KeFlushQueuedDpcs();
		CHECK_EQ(Round * (LONG)RTL_NUMBER_OF(Dpc), Log.Count);
	}
}

static VOID FreeDpc(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
	UNREFERENCED_PARAMETER(Context);
	UNREFERENCED_PARAMETER(Argument1);
	UNREFERENCED_PARAMETER(Argument2);
	ExFreePoolWithTag(Dpc, 'cpdF');
	InterlockedIncrement(&Log.Count);
}

/* The system has no use for a KDPC once its routine runs: it may free it. */
VOID DpcFreedByItself(PCONFORM_TEST_CONTEXT T)
{
	PKDPC Dpc;
	LONG i;

	Reset();
	for (i = 0; i < 10; i++) {
		Dpc = ExAllocatePoolWithTag(NonPagedPool, sizeof(*Dpc), 'cpdF');
		CHECK(Dpc != NULL);
		if (!Dpc)
			return;
		KeInitializeDpc(Dpc, FreeDpc, NULL);
		KeInsertQueueDpc(Dpc, NULL, NULL);
	}
	KeFlushQueuedDpcs();
	CHECK_EQ(10, Log.Count);
}
