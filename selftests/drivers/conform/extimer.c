// SPDX-License-Identifier: GPL-2.0
/* ExAllocateTimer, coalescable timers, threaded DPCs. */
#include "conform.h"

typedef struct _EXT_NOTES {
	LONG Calls, Deleted, OtherContext;
	KIRQL Irql;
	PEX_TIMER Timer;
	KEVENT Event;
} EXT_NOTES, *PEXT_NOTES;

/* The other environment's library lacks these timers. */
#ifndef __MINGW32__

static EXT_CALLBACK OnTimer;
static EXT_DELETE_CALLBACK OnDelete;

static VOID NTAPI OnTimer(PEX_TIMER Timer, PVOID Context)
{
	PEXT_NOTES N = Context;

	N->Irql = KeGetCurrentIrql();
	if (Timer != N->Timer)
		N->OtherContext++;
	InterlockedIncrement(&N->Calls);
	KeSetEvent(&N->Event, IO_NO_INCREMENT, FALSE);
}

static VOID NTAPI OnDelete(PVOID Context)
{
	PEXT_NOTES N = Context;

	InterlockedIncrement(&N->Deleted);
	KeSetEvent(&N->Event, IO_NO_INCREMENT, FALSE);
}

static BOOLEAN Init(PEXT_NOTES N, PEXT_CALLBACK Callback, ULONG Attributes)
{
	RtlZeroMemory(N, sizeof(*N));
	KeInitializeEvent(&N->Event, SynchronizationEvent, FALSE);
	N->Timer = ExAllocateTimer(Callback, N, Attributes);
	return N->Timer != NULL;
}

/* "ExSetTimer": not before the due time; the callback is called at DISPATCH_LEVEL. */
VOID ExTimerCallback(PCONFORM_TEST_CONTEXT T)
{
	LARGE_INTEGER Soon = Milliseconds(SOON_MS);
	EXT_SET_PARAMETERS Set;
	EXT_NOTES N;
	LONGLONG Start;

	CHECK(Init(&N, OnTimer, EX_TIMER_HIGH_RESOLUTION));
	if (!N.Timer)
		return;
	ExInitializeSetTimerParameters(&Set);
	Set.NoWakeTolerance = EX_TIMER_UNLIMITED_TOLERANCE;
	Start = Elapsed();
	CHECK(!ExSetTimer(N.Timer, -10 * UNITS_PER_MS, 0, &Set));
	CHECK_EQ(STATUS_SUCCESS, KeWaitForSingleObject(&N.Event, Executive, KernelMode, FALSE, &Soon));
	CHECK(Elapsed() - Start >= 10 * UNITS_PER_MS);
	CHECK_EQ(DISPATCH_LEVEL, N.Irql);
	CHECK_EQ(0, N.OtherContext);
	CHECK(!ExCancelTimer(N.Timer, NULL));
	/* "TRUE if the timer was set". */
	CHECK(!ExSetTimer(N.Timer, -SOON_MS * UNITS_PER_MS, 0, NULL));
	CHECK(ExSetTimer(N.Timer, -SOON_MS * UNITS_PER_MS, 0, NULL));
	CHECK(ExCancelTimer(N.Timer, NULL));
	CHECK(!ExDeleteTimer(N.Timer, TRUE, TRUE, NULL));
	CHECK_EQ(1, N.Calls);
}

/* A periodic one; "ExDeleteTimer" with Wait: the callback does not run after it. */
VOID ExTimerPeriodic(PCONFORM_TEST_CONTEXT T)
{
	EXT_DELETE_PARAMETERS Delete;
	EXT_NOTES N;
	LONG Calls;
	ULONG i;

	CHECK(Init(&N, OnTimer, 0));
	if (!N.Timer)
		return;
	ExSetTimer(N.Timer, -UNITS_PER_MS, 2 * UNITS_PER_MS, NULL);
	for (i = 0; i < 3; i++)
		KeWaitForSingleObject(&N.Event, Executive, KernelMode, FALSE, NULL);
	ExInitializeDeleteTimerParameters(&Delete);
	Delete.DeleteCallback = OnDelete;
	Delete.DeleteContext = &N;
	CHECK(ExDeleteTimer(N.Timer, TRUE, TRUE, &Delete));
	Calls = N.Calls;
	CHECK(Calls >= 3);
	CHECK_EQ(1, N.Deleted);
	SleepFor(10);
	CHECK_EQ(Calls, N.Calls);
}

/* A thread may wait for one without a callback, of either type. */
VOID ExTimerWait(PCONFORM_TEST_CONTEXT T)
{
	LARGE_INTEGER Soon = Milliseconds(SOON_MS), Zero = { .QuadPart = 0 };
	EXT_NOTES N;
	ULONG i;

	for (i = 0; i < 2; i++) {
		CHECK(Init(&N, NULL, i ? EX_TIMER_NOTIFICATION : 0));
		if (!N.Timer)
			return;
		ExSetTimer(N.Timer, -5 * UNITS_PER_MS, 0, NULL);
		CHECK_EQ(STATUS_SUCCESS, KeWaitForSingleObject(N.Timer, Executive, KernelMode, FALSE,
							       &Soon));
		CHECK_EQ(i ? STATUS_SUCCESS : STATUS_TIMEOUT,
			 KeWaitForSingleObject(N.Timer, Executive, KernelMode, FALSE, &Zero));
		ExDeleteTimer(N.Timer, TRUE, TRUE, NULL);
	}
}

/* "ExDeleteTimer" without Wait, at DISPATCH_LEVEL. */
VOID ExTimerDeleteAtDispatch(PCONFORM_TEST_CONTEXT T)
{
	LARGE_INTEGER Soon = Milliseconds(SOON_MS);
	EXT_DELETE_PARAMETERS Delete;
	BOOLEAN WasSet;
	EXT_NOTES N;
	KIRQL Irql;

	CHECK(Init(&N, OnTimer, 0));
	if (!N.Timer)
		return;
	ExInitializeDeleteTimerParameters(&Delete);
	Delete.DeleteCallback = OnDelete;
	Delete.DeleteContext = &N;
	ExSetTimer(N.Timer, -SOON_MS * UNITS_PER_MS, 0, NULL);
	KeRaiseIrql(DISPATCH_LEVEL, &Irql);
	WasSet = ExDeleteTimer(N.Timer, TRUE, FALSE, &Delete);
	KeLowerIrql(Irql);
	CHECK(WasSet);
	CHECK_EQ(STATUS_SUCCESS, KeWaitForSingleObject(&N.Event, Executive, KernelMode, FALSE, &Soon));
	CHECK_EQ(1, N.Deleted);
	CHECK_EQ(0, N.Calls);
}

#else

VOID ExTimerCallback(PCONFORM_TEST_CONTEXT T)
{
	UNREFERENCED_PARAMETER(T);
}

VOID ExTimerPeriodic(PCONFORM_TEST_CONTEXT T)
{
	UNREFERENCED_PARAMETER(T);
}

VOID ExTimerWait(PCONFORM_TEST_CONTEXT T)
{
	UNREFERENCED_PARAMETER(T);
}

VOID ExTimerDeleteAtDispatch(PCONFORM_TEST_CONTEXT T)
{
	UNREFERENCED_PARAMETER(T);
}

#endif /* __MINGW32__ */

/* "KeSetCoalescableTimer": as KeSetTimerEx, with leave to be late. */
VOID TimerCoalescable(PCONFORM_TEST_CONTEXT T)
{
	LARGE_INTEGER Due = Milliseconds(5), Far = Milliseconds(SOON_MS);
	LONGLONG Start = Elapsed();
	KTIMER Timer;

	KeInitializeTimer(&Timer);
	CHECK(!KeSetCoalescableTimer(&Timer, Due, 0, 50, NULL));
	CHECK_EQ(STATUS_SUCCESS, KeWaitForSingleObject(&Timer, Executive, KernelMode, FALSE, &Far));
	CHECK(Elapsed() - Start >= 5 * UNITS_PER_MS);
	CHECK(!KeSetCoalescableTimer(&Timer, Far, 10, 50, NULL));
	CHECK(!KeReadStateTimer(&Timer));
	CHECK(KeCancelTimer(&Timer));
}

static VOID OnThreadedDpc(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
	PEXT_NOTES N = Context;

	UNREFERENCED_PARAMETER(Dpc);
	N->Irql = KeGetCurrentIrql();
	N->Calls += Argument1 == (PVOID)1 && Argument2 == (PVOID)2;
	KeSetEvent(&N->Event, IO_NO_INCREMENT, FALSE);
}

/* "Introduction to Threaded DPCs": at PASSIVE_LEVEL or at DISPATCH_LEVEL. */
VOID DpcThreaded(PCONFORM_TEST_CONTEXT T)
{
	LARGE_INTEGER Soon = Milliseconds(SOON_MS);
	EXT_NOTES N;
	KDPC Dpc;

	RtlZeroMemory(&N, sizeof(N));
	KeInitializeEvent(&N.Event, SynchronizationEvent, FALSE);
	KeInitializeThreadedDpc(&Dpc, OnThreadedDpc, &N);
	CHECK(KeInsertQueueDpc(&Dpc, (PVOID)1, (PVOID)2));
	CHECK_EQ(STATUS_SUCCESS, KeWaitForSingleObject(&N.Event, Executive, KernelMode, FALSE, &Soon));
	CHECK_EQ(1, N.Calls);
	CHECK(N.Irql == PASSIVE_LEVEL || N.Irql == DISPATCH_LEVEL);
}
