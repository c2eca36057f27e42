// SPDX-License-Identifier: GPL-2.0
/* Events, and waiting for one object. */
#include "conform.h"

static LARGE_INTEGER Zero;

/* A DPC that sets the event in its context. */
static VOID SetEventDpc(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
	UNREFERENCED_PARAMETER(Dpc);
	UNREFERENCED_PARAMETER(Argument1);
	UNREFERENCED_PARAMETER(Argument2);
	KeSetEvent(Context, IO_NO_INCREMENT, FALSE);
}

/* "KeInitializeEvent": State is the initial state, signalled or not. */
VOID EventStates(PCONFORM_TEST_CONTEXT T)
{
	static const EVENT_TYPE Types[] = { NotificationEvent, SynchronizationEvent };
	KEVENT Event;
	ULONG i;

	for (i = 0; i < RTL_NUMBER_OF(Types); i++) {
		KeInitializeEvent(&Event, Types[i], FALSE);
		CHECK_EQ(0, KeReadStateEvent(&Event));
		KeInitializeEvent(&Event, Types[i], TRUE);
		CHECK(KeReadStateEvent(&Event) != 0);
		KeClearEvent(&Event);
		CHECK_EQ(0, KeReadStateEvent(&Event));
	}
}

/* "KeSetEvent", "KeResetEvent": the previous state, non-zero if it was signalled. */
VOID EventPreviousState(PCONFORM_TEST_CONTEXT T)
{
	KEVENT Event;

	KeInitializeEvent(&Event, NotificationEvent, FALSE);
	CHECK_EQ(0, KeSetEvent(&Event, IO_NO_INCREMENT, FALSE));
	CHECK(KeSetEvent(&Event, IO_NO_INCREMENT, FALSE) != 0);
	CHECK(KeResetEvent(&Event) != 0);
	CHECK_EQ(0, KeResetEvent(&Event));
	CHECK_EQ(0, KeReadStateEvent(&Event));
}

/* "Defining and Using an Event Object": a notification event stays signalled. */
VOID EventNotificationStays(PCONFORM_TEST_CONTEXT T)
{
	KEVENT Event;
	ULONG i;

	KeInitializeEvent(&Event, NotificationEvent, TRUE);
	for (i = 0; i < 3; i++)
		CHECK_EQ(STATUS_SUCCESS, KeWaitForSingleObject(&Event, Executive, KernelMode,
							       FALSE, NULL));
	CHECK(KeReadStateEvent(&Event) != 0);
}

/* The same page: a synchronization event satisfies one wait and resets itself. */
VOID EventSynchronizationResets(PCONFORM_TEST_CONTEXT T)
{
	KEVENT Event;

	KeInitializeEvent(&Event, SynchronizationEvent, TRUE);
	/* Setting it twice is setting it once. */
	KeSetEvent(&Event, IO_NO_INCREMENT, FALSE);
	CHECK_EQ(STATUS_SUCCESS, KeWaitForSingleObject(&Event, Executive, KernelMode, FALSE, NULL));
	CHECK_EQ(0, KeReadStateEvent(&Event));
	CHECK_EQ(STATUS_TIMEOUT, KeWaitForSingleObject(&Event, Executive, KernelMode, FALSE, &Zero));
}

/* "KeWaitForSingleObject": with *Timeout == 0 it tests and does not wait. */
VOID WaitZeroTimeout(PCONFORM_TEST_CONTEXT T)
{
	KEVENT Event;

	KeInitializeEvent(&Event, NotificationEvent, FALSE);
	CHECK_EQ(STATUS_TIMEOUT, KeWaitForSingleObject(&Event, Executive, KernelMode, FALSE, &Zero));
	KeSetEvent(&Event, IO_NO_INCREMENT, FALSE);
	CHECK_EQ(STATUS_SUCCESS, KeWaitForSingleObject(&Event, Executive, KernelMode, FALSE, &Zero));
}

/* The same page: with a zero timeout the caller may be at DISPATCH_LEVEL. */
VOID WaitZeroAtDispatch(PCONFORM_TEST_CONTEXT T)
{
	NTSTATUS First, Second;
	KEVENT Event;
	KIRQL Irql;

	KeInitializeEvent(&Event, SynchronizationEvent, FALSE);
	KeRaiseIrql(DISPATCH_LEVEL, &Irql);
	First = KeWaitForSingleObject(&Event, Executive, KernelMode, FALSE, &Zero);
	KeSetEvent(&Event, IO_NO_INCREMENT, FALSE);
	Second = KeWaitForSingleObject(&Event, Executive, KernelMode, FALSE, &Zero);
	KeLowerIrql(Irql);
	CHECK_EQ(STATUS_TIMEOUT, First);
	CHECK_EQ(STATUS_SUCCESS, Second);
}

/* The same page: a negative value is relative to now; STATUS_TIMEOUT after it. */
VOID WaitRelativeNeverEarly(PCONFORM_TEST_CONTEXT T)
{
	static const LONG Waits[] = { 1, 3, 10, 50 };
	LARGE_INTEGER Timeout;
	LONGLONG Start;
	KEVENT Event;
	ULONG i;

	KeInitializeEvent(&Event, NotificationEvent, FALSE);
	for (i = 0; i < RTL_NUMBER_OF(Waits); i++) {
		Timeout = Milliseconds(Waits[i]);
		Start = Elapsed();
		CHECK_EQ(STATUS_TIMEOUT, KeWaitForSingleObject(&Event, Executive, KernelMode,
							       FALSE, &Timeout));
		CHECK(Elapsed() - Start >= Waits[i] * UNITS_PER_MS);
	}
}

/* The same page: a positive value is a system time. One that is over is no wait. */
VOID WaitAbsolute(PCONFORM_TEST_CONTEXT T)
{
	LARGE_INTEGER Due, Now;
	LONGLONG Start;
	KEVENT Event;

	KeInitializeEvent(&Event, NotificationEvent, FALSE);
	KeQuerySystemTime(&Due);
	Due.QuadPart += 30 * UNITS_PER_MS;
	CHECK_EQ(STATUS_TIMEOUT, KeWaitForSingleObject(&Event, Executive, KernelMode, FALSE, &Due));
	KeQuerySystemTime(&Now);
	CHECK(Now.QuadPart >= Due.QuadPart);

	Due.QuadPart = 1;
	Start = Elapsed();
	CHECK_EQ(STATUS_TIMEOUT, KeWaitForSingleObject(&Event, Executive, KernelMode, FALSE, &Due));
	CHECK(Elapsed() - Start < SOON_MS * UNITS_PER_MS);
}

/*
 * The largest intervals that the type can hold, which drivers use for "for
 * ever": they must not wrap around to "at once".
 */
VOID WaitForever(PCONFORM_TEST_CONTEXT T)
{
	static const LONGLONG Timeouts[] = {
		(LONGLONG)0x8000000000000000ULL, -0x7fffffffffffffffLL, 0x7fffffffffffffffLL,
		-0x4000000000000000LL,
	};
	LARGE_INTEGER Timeout, Due = Milliseconds(20);
	KTIMER Timer;
	KEVENT Event;
	KDPC Dpc;
	ULONG i;

	KeInitializeTimer(&Timer);
	KeInitializeDpc(&Dpc, SetEventDpc, &Event);
	for (i = 0; i < RTL_NUMBER_OF(Timeouts); i++) {
		KeInitializeEvent(&Event, NotificationEvent, FALSE);
		Timeout.QuadPart = Timeouts[i];
		KeSetTimer(&Timer, Due, &Dpc);
		CHECK_EQ(STATUS_SUCCESS, KeWaitForSingleObject(&Event, Executive, KernelMode,
							       FALSE, &Timeout));
		KeCancelTimer(&Timer);
		KeFlushQueuedDpcs();
	}
}

/* The same page: STATUS_SUCCESS as soon as the object is signalled. */
VOID WaitEndsWhenSignalled(PCONFORM_TEST_CONTEXT T)
{
	LARGE_INTEGER Due = Milliseconds(10), Timeout = Milliseconds(2 * SOON_MS);
	LONGLONG Start = Elapsed();
	KTIMER Timer;
	KEVENT Event;
	KDPC Dpc;

	KeInitializeEvent(&Event, SynchronizationEvent, FALSE);
	KeInitializeTimer(&Timer);
	KeInitializeDpc(&Dpc, SetEventDpc, &Event);
	KeSetTimer(&Timer, Due, &Dpc);
	CHECK_EQ(STATUS_SUCCESS, KeWaitForSingleObject(&Event, Executive, KernelMode, FALSE,
						       &Timeout));
	CHECK(Elapsed() - Start >= 10 * UNITS_PER_MS);
	CHECK(Elapsed() - Start < SOON_MS * UNITS_PER_MS);
	CHECK_EQ(0, KeReadStateEvent(&Event));
	KeFlushQueuedDpcs();
}

/* "KeDelayExecutionThread": STATUS_SUCCESS when the interval is over, not before. */
VOID DelayNeverEarly(PCONFORM_TEST_CONTEXT T)
{
	LARGE_INTEGER Interval = Milliseconds(15);
	LONGLONG Start = Elapsed();

	CHECK_EQ(STATUS_SUCCESS, KeDelayExecutionThread(KernelMode, FALSE, &Interval));
	CHECK(Elapsed() - Start >= 15 * UNITS_PER_MS);
	KeQuerySystemTime(&Interval);
	Interval.QuadPart -= 1;
	CHECK_EQ(STATUS_SUCCESS, KeDelayExecutionThread(KernelMode, FALSE, &Interval));
}

/*
 * "KeQueryInterruptTime", "KeQuerySystemTime": units of 100 ns;
 * "KeQueryTickCount": ticks of KeQueryTimeIncrement; none of them goes back.
 */
VOID ClocksAgree(PCONFORM_TEST_CONTEXT T)
{
	LARGE_INTEGER System1, System2, Tick1, Tick2;
	ULONGLONG Interrupt1, Interrupt2;
	LONGLONG Ticks;

	KeQuerySystemTime(&System1);
	KeQueryTickCount(&Tick1);
	Interrupt1 = KeQueryInterruptTime();
	SleepFor(50);
	Interrupt2 = KeQueryInterruptTime();
	KeQueryTickCount(&Tick2);
	KeQuerySystemTime(&System2);

	/* Each may be as old as its last tick. */
	CHECK(KeQueryTimeIncrement() > 0);
	CHECK((LONGLONG)(Interrupt2 - Interrupt1) >= 50 * UNITS_PER_MS - KeQueryTimeIncrement());
	CHECK(System2.QuadPart - System1.QuadPart >= 50 * UNITS_PER_MS - KeQueryTimeIncrement());
	Ticks = (Tick2.QuadPart - Tick1.QuadPart) * KeQueryTimeIncrement();
	CHECK(Ticks >= 50 * UNITS_PER_MS - 2LL * KeQueryTimeIncrement());
	CHECK(Ticks < SOON_MS * UNITS_PER_MS);
	/* Counted from 1601: more than 400 years, and not seconds or another epoch. */
	CHECK(System1.QuadPart > 400LL * 365 * 86400 * 10000000);
	CHECK(System1.QuadPart < 600LL * 366 * 86400 * 10000000);
}
