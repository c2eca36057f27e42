// SPDX-License-Identifier: GPL-2.0
/* Timer objects and their DPCs. */
#include "conform.h"

static LARGE_INTEGER Zero;

typedef struct _TICKS {
	volatile LONG Count;
	LONGLONG First;			/* when it was called first */
	KIRQL Irql;
	PVOID Dpc, Context;
	KEVENT Event;
} TICKS, *PTICKS;

static VOID TickDpc(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
	PTICKS Ticks = Context;

	UNREFERENCED_PARAMETER(Argument1);
	UNREFERENCED_PARAMETER(Argument2);
	if (!Ticks->Count)
		Ticks->First = Elapsed();
	Ticks->Irql = KeGetCurrentIrql();
	Ticks->Dpc = Dpc;
	InterlockedIncrement(&Ticks->Count);
	KeSetEvent(&Ticks->Event, IO_NO_INCREMENT, FALSE);
}

static VOID Prepare(PKTIMER Timer, PKDPC Dpc, PTICKS Ticks)
{
	RtlZeroMemory(Ticks, sizeof(*Ticks));
	KeInitializeEvent(&Ticks->Event, SynchronizationEvent, FALSE);
	KeInitializeTimer(Timer);
	KeInitializeDpc(Dpc, TickDpc, Ticks);
}

static NTSTATUS WaitSoon(PVOID Object)
{
	LARGE_INTEGER Timeout = Milliseconds(SOON_MS);

	return KeWaitForSingleObject(Object, Executive, KernelMode, FALSE, &Timeout);
}

/*
 * "KeSetTimer": not signalled until the time is over, never earlier, then
 * signalled and the DPC queued; a notification timer stays signalled.
 */
VOID TimerOneShot(PCONFORM_TEST_CONTEXT T)
{
	LARGE_INTEGER Due = Milliseconds(20);
	LONGLONG Start;
	KTIMER Timer;
	TICKS Ticks;
	KDPC Dpc;

	Prepare(&Timer, &Dpc, &Ticks);
	CHECK(!KeReadStateTimer(&Timer));
	Start = Elapsed();
	CHECK(!KeSetTimer(&Timer, Due, &Dpc));
	CHECK_EQ(STATUS_SUCCESS, WaitSoon(&Timer));
	CHECK(Elapsed() - Start >= 20 * UNITS_PER_MS);
	CHECK_EQ(STATUS_SUCCESS, WaitSoon(&Ticks.Event));
	CHECK(Ticks.First - Start >= 20 * UNITS_PER_MS);
	CHECK_EQ(DISPATCH_LEVEL, Ticks.Irql);
	CHECK(Ticks.Dpc == &Dpc);
	CHECK(KeReadStateTimer(&Timer));
	CHECK_EQ(STATUS_SUCCESS, WaitSoon(&Timer));
	SleepFor(30);
	CHECK_EQ(1, Ticks.Count);
	CHECK(!KeCancelTimer(&Timer));
	KeFlushQueuedDpcs();
}

/* The same page: a positive due time is absolute; one that is over expires at once. */
VOID TimerAbsolute(PCONFORM_TEST_CONTEXT T)
{
	LARGE_INTEGER Due, Now;
	KTIMER Timer;

	KeInitializeTimer(&Timer);
	KeQuerySystemTime(&Due);
	Due.QuadPart += 25 * UNITS_PER_MS;
	KeSetTimer(&Timer, Due, NULL);
	CHECK_EQ(STATUS_SUCCESS, WaitSoon(&Timer));
	KeQuerySystemTime(&Now);
	CHECK(Now.QuadPart >= Due.QuadPart);

	Due.QuadPart = 12345;
	KeSetTimer(&Timer, Due, NULL);
	CHECK_EQ(STATUS_SUCCESS, WaitSoon(&Timer));
	KeSetTimer(&Timer, Zero, NULL);
	CHECK_EQ(STATUS_SUCCESS, WaitSoon(&Timer));
}

/* "KeInitializeTimerEx": a synchronization timer is reset by the wait it ends. */
VOID TimerSynchronization(PCONFORM_TEST_CONTEXT T)
{
	KTIMER Timer;

	KeInitializeTimerEx(&Timer, SynchronizationTimer);
	KeSetTimer(&Timer, Milliseconds(5), NULL);
	CHECK_EQ(STATUS_SUCCESS, WaitSoon(&Timer));
	CHECK(!KeReadStateTimer(&Timer));
	CHECK_EQ(STATUS_TIMEOUT, KeWaitForSingleObject(&Timer, Executive, KernelMode, FALSE, &Zero));
}

/*
 * "KeSetTimerEx": a periodic timer is set again at each expiry, its DPC queued
 * each time, until it is cancelled; it never drifts ahead of its period.
 */
VOID TimerPeriodic(PCONFORM_TEST_CONTEXT T)
{
	LONGLONG Start;
	KTIMER Timer;
	TICKS Ticks;
	KDPC Dpc;
	LONG i, Count;

	Prepare(&Timer, &Dpc, &Ticks);
	Start = Elapsed();
	CHECK(!KeSetTimerEx(&Timer, Milliseconds(30), 10, &Dpc));
	for (i = 0; i < 8; i++)
		CHECK_EQ(STATUS_SUCCESS, WaitSoon(&Ticks.Event));
	/* The event may have swallowed ticks, but has made none. */
	CHECK(Elapsed() - Start >= (30 + 7 * 10) * UNITS_PER_MS);
	CHECK(Ticks.Count <= (Elapsed() - Start) / (10 * UNITS_PER_MS));
	CHECK(KeReadStateTimer(&Timer));
	/* "KeCancelTimer": TRUE, for a periodic timer is in the queue at all times. */
	CHECK(KeCancelTimer(&Timer));
	KeFlushQueuedDpcs();
	Count = Ticks.Count;
	SleepFor(40);
	CHECK_EQ(Count, Ticks.Count);

	/* Periodic and synchronization: one wait for each period. */
	KeInitializeTimerEx(&Timer, SynchronizationTimer);
	Start = Elapsed();
	KeSetTimerEx(&Timer, Milliseconds(10), 10, NULL);
	for (i = 0; i < 4; i++)
		CHECK_EQ(STATUS_SUCCESS, WaitSoon(&Timer));
	CHECK(Elapsed() - Start >= 10 * UNITS_PER_MS);
	CHECK(KeCancelTimer(&Timer));
}

/* "KeCancelTimer": TRUE when it was in the timer queue; then nothing happens. */
VOID TimerCancel(PCONFORM_TEST_CONTEXT T)
{
	KTIMER Timer;
	TICKS Ticks;
	KDPC Dpc;

	Prepare(&Timer, &Dpc, &Ticks);
	CHECK(!KeCancelTimer(&Timer));
	KeSetTimer(&Timer, Milliseconds(50), &Dpc);
	CHECK(KeCancelTimer(&Timer));
	CHECK(!KeCancelTimer(&Timer));
	SleepFor(80);
	CHECK_EQ(0, Ticks.Count);
	CHECK(!KeReadStateTimer(&Timer));
	/* Far away, and cancelled from a level where nothing may sleep. */
	KeSetTimer(&Timer, Milliseconds(3600 * 1000), &Dpc);
	{
		KIRQL Irql;
		BOOLEAN Cancelled;

		KeRaiseIrql(DISPATCH_LEVEL, &Irql);
		Cancelled = KeCancelTimer(&Timer);
		KeLowerIrql(Irql);
		CHECK(Cancelled);
	}
}

/*
 * "KeSetTimer": TRUE when the timer was in the queue: it is cancelled and set
 * anew; setting it makes it not signalled.
 */
VOID TimerSetAgain(PCONFORM_TEST_CONTEXT T)
{
	LONGLONG Start;
	KTIMER Timer;
	TICKS Ticks;
	KDPC Dpc;

	Prepare(&Timer, &Dpc, &Ticks);
	Start = Elapsed();
	CHECK(!KeSetTimer(&Timer, Milliseconds(3600 * 1000), &Dpc));
	CHECK(KeSetTimer(&Timer, Milliseconds(20), &Dpc));
	CHECK_EQ(STATUS_SUCCESS, WaitSoon(&Ticks.Event));
	CHECK(Elapsed() - Start >= 20 * UNITS_PER_MS);
	CHECK(KeReadStateTimer(&Timer));
	CHECK(!KeSetTimer(&Timer, Milliseconds(3600 * 1000), NULL));
	CHECK(!KeReadStateTimer(&Timer));
	CHECK(KeCancelTimer(&Timer));
	KeFlushQueuedDpcs();
	CHECK_EQ(1, Ticks.Count);
}

typedef struct _CHAIN {
	KTIMER Timer;
	KDPC Dpc;
	KEVENT Done;
	LONG Left;
} CHAIN, *PCHAIN;

static VOID ChainDpc(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
	PCHAIN Chain = Context;

	UNREFERENCED_PARAMETER(Argument1);
	UNREFERENCED_PARAMETER(Argument2);
	if (--Chain->Left)
		KeSetTimer(&Chain->Timer, Milliseconds(2), Dpc);
	else
		KeSetEvent(&Chain->Done, IO_NO_INCREMENT, FALSE);
}

/* "Timer Objects and DPCs": a CustomTimerDpc may set its own timer again. */
VOID TimerFromItsDpc(PCONFORM_TEST_CONTEXT T)
{
	LONGLONG Start = Elapsed();
	CHAIN Chain;

	Chain.Left = 10;
	KeInitializeTimer(&Chain.Timer);
	KeInitializeDpc(&Chain.Dpc, ChainDpc, &Chain);
	KeInitializeEvent(&Chain.Done, NotificationEvent, FALSE);
	KeSetTimer(&Chain.Timer, Milliseconds(2), &Chain.Dpc);
	CHECK_EQ(STATUS_SUCCESS, WaitSoon(&Chain.Done));
	CHECK(Elapsed() - Start >= 20 * UNITS_PER_MS);
	KeFlushQueuedDpcs();
}

#define MANY	200

typedef struct _ONE_OF_MANY {
	KTIMER Timer;
	KDPC Dpc;
	LONGLONG Due, Called;
	LONG Count;
} ONE_OF_MANY, *PONE_OF_MANY;

static VOID ManyDpc(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
	PONE_OF_MANY One = Context;

	UNREFERENCED_PARAMETER(Dpc);
	UNREFERENCED_PARAMETER(Argument1);
	UNREFERENCED_PARAMETER(Argument2);
	One->Called = Elapsed();
	One->Count++;
}

/* Any number of timers, in any order, near and far: each once, none early. */
VOID TimerMany(PCONFORM_TEST_CONTEXT T)
{
	PONE_OF_MANY Many = ExAllocatePoolWithTag(NonPagedPool, MANY * sizeof(*Many), 'ynaM');
	ULONG i, Seed = 1, Missing = 0, Early = 0, Twice = 0;

	CHECK(Many != NULL);
	if (!Many)
		return;
	RtlZeroMemory(Many, MANY * sizeof(*Many));
	for (i = 0; i < MANY; i++) {
		ULONG Delay;

		Seed = Seed * 1103515245 + 12345;
		Delay = (Seed >> 16) % 600 + 1;
		KeInitializeTimer(&Many[i].Timer);
		KeInitializeDpc(&Many[i].Dpc, ManyDpc, &Many[i]);
		Many[i].Due = Elapsed() + Delay * UNITS_PER_MS;
		KeSetTimer(&Many[i].Timer, Milliseconds(Delay), &Many[i].Dpc);
	}
	for (i = 0; i < MANY; i++)
		if (WaitSoon(&Many[i].Timer) != STATUS_SUCCESS)
			Missing++;
	KeFlushQueuedDpcs();
	for (i = 0; i < MANY; i++) {
		Missing += Many[i].Count == 0;
		Twice += Many[i].Count > 1;
		Early += Many[i].Called < Many[i].Due;
		KeCancelTimer(&Many[i].Timer);
	}
	CHECK_EQ(0, Missing);
	CHECK_EQ(0, Twice);
	CHECK_EQ(0, Early);
	ExFreePoolWithTag(Many, 'ynaM');
}

static VOID ContextDpc(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
	PTICKS Ticks = Context;

	UNREFERENCED_PARAMETER(Argument1);
	UNREFERENCED_PARAMETER(Argument2);
	Ticks->Dpc = Dpc;
	Ticks->Context = Context;
	KeSetEvent(&Ticks->Event, IO_NO_INCREMENT, FALSE);
}

/* "CustomTimerDpc": the DPC and its context come as they were given. */
VOID TimerDpcArguments(PCONFORM_TEST_CONTEXT T)
{
	KTIMER Timer;
	TICKS Ticks;
	KDPC Dpc;

	Prepare(&Timer, &Dpc, &Ticks);
	KeInitializeDpc(&Dpc, ContextDpc, &Ticks);
	KeSetTimer(&Timer, Milliseconds(1), &Dpc);
	CHECK_EQ(STATUS_SUCCESS, WaitSoon(&Ticks.Event));
	CHECK(Ticks.Dpc == &Dpc);
	CHECK(Ticks.Context == &Ticks);
	KeFlushQueuedDpcs();
}
