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

#define SHARERS_MAX	8

typedef struct _SHARED_TIMER {
	KTIMER Timer;
	volatile LONG Stop, Running, Expired;
	KDPC Expiry;
	struct {
		KDPC Dpc;
		struct _SHARED_TIMER *Shared;
		ULONG Seed;
	} Sharers[SHARERS_MAX];
} SHARED_TIMER, *PSHARED_TIMER;

static VOID SharedExpired(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
	PSHARED_TIMER Shared = Context;

	UNREFERENCED_PARAMETER(Dpc);
	UNREFERENCED_PARAMETER(Argument1);
	UNREFERENCED_PARAMETER(Argument2);
	InterlockedIncrement(&Shared->Expired);
}

/* Far ones, ones that expire meanwhile, periodic ones, and every now and then none. */
static VOID SetOrCancel(PSHARED_TIMER Shared, PULONG Seed)
{
	LARGE_INTEGER Due;
	ULONG Random;

	*Seed = *Seed * 1103515245 + 12345;
	Random = *Seed >> 16;
	if (Random % 4 == 0) {
		KeCancelTimer(&Shared->Timer);
		return;
	}
	Due.QuadPart = -(LONGLONG)(Random % 3 ? Random % 1000 : 1000000);
	KeSetTimerEx(&Shared->Timer, Due, Random % 5 == 1, &Shared->Expiry);
}

/* Queues itself again, so that the CPU gets to do other work in between. */
static VOID ShareDpc(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
	PSHARED_TIMER Shared = Context;
	PULONG Seed = Argument1;
	ULONG i;

	UNREFERENCED_PARAMETER(Argument2);
	for (i = 0; i < 50; i++)
		SetOrCancel(Shared, Seed);
	if (Shared->Stop)
		InterlockedDecrement(&Shared->Running);
	else
		KeInsertQueueDpc(Dpc, Seed, NULL);
}

/*
 * "KeSetTimer" and "KeCancelTimer" name no lock that the caller must hold: all
 * processors set and cancel one timer. After the last KeCancelTimer it is not
 * set, never expires and may be freed.
 */
VOID TimerShared(PCONFORM_TEST_CONTEXT T)
{
	PSHARED_TIMER Shared = ExAllocatePoolWithTag(NonPagedPool, sizeof(*Shared), 'rahS');
	LONGLONG End = Elapsed() + 1000 * UNITS_PER_MS;
	ULONG i, Seed = 4711, Sharers = T->Processors < SHARERS_MAX ? T->Processors : SHARERS_MAX;
	LONG Expired;

	CHECK(Shared != NULL);
	if (!Shared)
		return;
	RtlZeroMemory(Shared, sizeof(*Shared));
	KeInitializeTimer(&Shared->Timer);
	KeInitializeDpc(&Shared->Expiry, SharedExpired, Shared);
	for (i = 0; i < Sharers; i++) {
		Shared->Sharers[i].Seed = i;
		KeInitializeDpc(&Shared->Sharers[i].Dpc, ShareDpc, Shared);
		KeSetTargetProcessorDpc(&Shared->Sharers[i].Dpc, (CCHAR)i);
		InterlockedIncrement(&Shared->Running);
		KeInsertQueueDpc(&Shared->Sharers[i].Dpc, &Shared->Sharers[i].Seed, NULL);
	}
	while (Elapsed() < End)
		SetOrCancel(Shared, &Seed);
	InterlockedExchange(&Shared->Stop, 1);
	while (Shared->Running)
		SleepFor(1);
	CHECK(Shared->Expired > 0);
	KeCancelTimer(&Shared->Timer);
	CHECK(!KeCancelTimer(&Shared->Timer));
	KeFlushQueuedDpcs();
	Expired = Shared->Expired;
	SleepFor(150);
	CHECK_EQ(Expired, Shared->Expired);
	/* It still works. */
	CHECK(!KeSetTimer(&Shared->Timer, Milliseconds(1), NULL));
	CHECK_EQ(STATUS_SUCCESS, WaitSoon(&Shared->Timer));
	ExFreePoolWithTag(Shared, 'rahS');
}

/*
 * A periodic timer whose processor had its interrupts off for a while goes on in
 * its old rhythm, without a burst for all the periods that nobody could see.
 */
VOID TimerLate(PCONFORM_TEST_CONTEXT T)
{
	LONGLONG Start, Late;
	LONG Count;
	KTIMER Timer;
	TICKS Ticks;
	KIRQL Irql;
	KDPC Dpc;

	Prepare(&Timer, &Dpc, &Ticks);
	KeRaiseIrql(HIGH_LEVEL, &Irql);
	Start = Elapsed();
	KeSetTimerEx(&Timer, Milliseconds(20), 20, &Dpc);
	while (Elapsed() - Start < 410 * UNITS_PER_MS)
		;
	KeLowerIrql(Irql);
	Count = Ticks.Count;
	Late = Elapsed();
	SleepFor(200);
	CHECK(KeCancelTimer(&Timer));
	KeFlushQueuedDpcs();
	CHECK(Ticks.Count - Count <= (Elapsed() - Late) / (20 * UNITS_PER_MS) + 2);
	CHECK(Ticks.Count <= (Elapsed() - Start) / (20 * UNITS_PER_MS));
	CHECK(Ticks.Count > Count);
}

static volatile LONG FreedCalls;

static VOID FreedDpc(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
	UNREFERENCED_PARAMETER(Dpc);
	UNREFERENCED_PARAMETER(Context);
	UNREFERENCED_PARAMETER(Argument1);
	UNREFERENCED_PARAMETER(Argument2);
	InterlockedIncrement(&FreedCalls);
}

typedef struct _FREED {
	UCHAR Before[3 * PAGE_SIZE];
	KTIMER Timer;
} FREED, *PFREED;

/*
 * "ExFreePool" of memory that holds a timer that is set is a bug check of the driver
 * verifier. Here the timer is cancelled, and the log says so, wherever in the block it is;
 * one beside the block is not.
 */
VOID TimerInFreedPool(PCONFORM_TEST_CONTEXT T)
{
	ULONG Round, Offset;
	PFREED Large;
	KTIMER Beside;
	PKTIMER Small;
	KDPC Dpc;

#ifdef __MINGW32__
	UNREFERENCED_PARAMETER(T);
	return;
#endif
	FreedCalls = 0;
	KeInitializeDpc(&Dpc, FreedDpc, NULL);
	KeInitializeTimer(&Beside);
	KeSetTimer(&Beside, Milliseconds(300), &Dpc);
	for (Round = 0; Round < 40; Round++) {
		/* From one end of a block to the other. */
		Offset = Round % 8 * 64;
		Small = ExAllocatePoolWithTag(NonPagedPool, 8 * 64, 'derF');
		Large = ExAllocatePoolWithTag(NonPagedPool, sizeof(*Large), 'derF');
		CHECK(Small && Large);
		if (Small && Large) {
			KeInitializeTimer((PKTIMER)((PUCHAR)Small + Offset));
			KeInitializeTimer(&Large->Timer);
			KeSetTimerEx((PKTIMER)((PUCHAR)Small + Offset), Milliseconds(300), 5, &Dpc);
			KeSetTimer(&Large->Timer, Milliseconds(300), &Dpc);
		}
		if (Small)
			ExFreePoolWithTag(Small, 'derF');
		if (Large)
			ExFreePool(Large);
	}
	SleepFor(600);
	KeFlushQueuedDpcs();
	CHECK_EQ(1, FreedCalls);
}
