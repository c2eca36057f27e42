// SPDX-License-Identifier: GPL-2.0
/* "KeWaitForMultipleObjects" */
#include "conform.h"

static LARGE_INTEGER Zero;

typedef struct _WAITING {
	PVOID Objects[MAXIMUM_WAIT_OBJECTS];
	ULONG Count;
	WAIT_TYPE Type;
	PLARGE_INTEGER Timeout;
	NTSTATUS Status;
	LONG Done;
} WAITING, *PWAITING;

static KSTART_ROUTINE WaitInThread, Pulse, Abandon;

static NTSTATUS WaitFor(PWAITING Waiting, PKWAIT_BLOCK Blocks)
{
	return KeWaitForMultipleObjects(Waiting->Count, Waiting->Objects, Waiting->Type, Executive,
					KernelMode, FALSE, Waiting->Timeout, Blocks);
}

static NTSTATUS WaitForThree(PVOID First, PVOID Second, PVOID Third, WAIT_TYPE Type,
			     PLARGE_INTEGER Timeout)
{
	PVOID Objects[] = { First, Second, Third };

	return KeWaitForMultipleObjects(3, Objects, Type, Executive, KernelMode, FALSE, Timeout, NULL);
}

static VOID NTAPI WaitInThread(PVOID Context)
{
	PWAITING Waiting = Context;

	Waiting->Status = WaitFor(Waiting, NULL);
	InterlockedIncrement(&Waiting->Done);
}

static VOID InitEvents(PKEVENT Events, ULONG Count, EVENT_TYPE Type)
{
	while (Count)
		KeInitializeEvent(&Events[--Count], Type, FALSE);
}

/* WaitAny: the index of the object that ended the wait, the lowest one when several do. */
VOID MultiWaitAny(PCONFORM_TEST_CONTEXT T)
{
	KEVENT E[3];
	ULONG i;

	InitEvents(E, 3, SynchronizationEvent);
	CHECK_EQ(STATUS_TIMEOUT, WaitForThree(&E[0], &E[1], &E[2], WaitAny, &Zero));
	for (i = 0; i < 3; i++) {
		KeSetEvent(&E[i], IO_NO_INCREMENT, FALSE);
		CHECK_EQ(STATUS_WAIT_0 + i, WaitForThree(&E[0], &E[1], &E[2], WaitAny, NULL));
		CHECK_EQ(0, KeReadStateEvent(&E[i]));
	}
	KeSetEvent(&E[2], IO_NO_INCREMENT, FALSE);
	KeSetEvent(&E[1], IO_NO_INCREMENT, FALSE);
	CHECK_EQ(STATUS_WAIT_1, WaitForThree(&E[0], &E[1], &E[2], WaitAny, NULL));
	/* Only that one was taken. */
	CHECK(KeReadStateEvent(&E[2]) != 0);
}

/* WaitAll: none is taken unless all are. */
VOID MultiWaitAll(PCONFORM_TEST_CONTEXT T)
{
	KSEMAPHORE Semaphore;
	KEVENT E[2];

	InitEvents(E, 2, SynchronizationEvent);
	KeInitializeSemaphore(&Semaphore, 2, 2);
	KeSetEvent(&E[0], IO_NO_INCREMENT, FALSE);
	CHECK_EQ(STATUS_TIMEOUT, WaitForThree(&E[0], &Semaphore, &E[1], WaitAll, &Zero));
	CHECK(KeReadStateEvent(&E[0]) != 0);
	CHECK_EQ(2, KeReadStateSemaphore(&Semaphore));
	KeSetEvent(&E[1], IO_NO_INCREMENT, FALSE);
	CHECK_EQ(STATUS_SUCCESS, WaitForThree(&E[0], &Semaphore, &E[1], WaitAll, NULL));
	CHECK_EQ(0, KeReadStateEvent(&E[0]));
	CHECK_EQ(0, KeReadStateEvent(&E[1]));
	CHECK_EQ(1, KeReadStateSemaphore(&Semaphore));
}

/* A timeout leaves all as it was, and comes no earlier than asked for. */
VOID MultiWaitTimeout(PCONFORM_TEST_CONTEXT T)
{
	static const WAIT_TYPE Types[] = { WaitAny, WaitAll };
	LARGE_INTEGER Shortly = Milliseconds(10), Due;
	LONGLONG Start;
	KEVENT E[3];
	ULONG i;

	for (i = 0; i < RTL_NUMBER_OF(Types); i++) {
		InitEvents(E, 3, SynchronizationEvent);
		if (Types[i] == WaitAll)
			KeSetEvent(&E[1], IO_NO_INCREMENT, FALSE);
		Start = Elapsed();
		CHECK_EQ(STATUS_TIMEOUT, WaitForThree(&E[0], &E[1], &E[2], Types[i], &Shortly));
		CHECK(Elapsed() - Start >= 10 * UNITS_PER_MS);
		CHECK_EQ(Types[i] == WaitAll, KeReadStateEvent(&E[1]) != 0);
		KeQuerySystemTime(&Due);
		Due.QuadPart += 5 * UNITS_PER_MS;
		CHECK_EQ(STATUS_TIMEOUT, WaitForThree(&E[0], &E[1], &E[2], Types[i], &Due));
		/* Nobody is left on the lists. */
		KeSetEvent(&E[0], IO_NO_INCREMENT, FALSE);
		CHECK(KeReadStateEvent(&E[0]) != 0);
	}
}

static PETHREAD StartWaiting(PWAITING Waiting, WAIT_TYPE Type, PVOID First, PVOID Second, PVOID Third)
{
	RtlZeroMemory(Waiting, sizeof(*Waiting));
	Waiting->Objects[0] = First;
	Waiting->Objects[1] = Second;
	Waiting->Objects[2] = Third;
	Waiting->Count = 3;
	Waiting->Type = Type;
	return StartThread(WaitInThread, Waiting);
}

/* A waiter for all is released by the last signal, and takes all within it. */
VOID MultiWaitAllReleased(PCONFORM_TEST_CONTEXT T)
{
	PETHREAD Thread;
	WAITING Waiting;
	KEVENT E[3];

	InitEvents(E, 3, SynchronizationEvent);
	Thread = StartWaiting(&Waiting, WaitAll, &E[0], &E[1], &E[2]);
	CHECK(Thread != NULL);
	if (!Thread)
		return;
	SleepFor(20);
	KeSetEvent(&E[2], IO_NO_INCREMENT, FALSE);
	KeSetEvent(&E[0], IO_NO_INCREMENT, FALSE);
	SleepFor(20);
	CHECK_EQ(0, Waiting.Done);
	CHECK(KeReadStateEvent(&E[0]) != 0);
	CHECK(KeReadStateEvent(&E[2]) != 0);
	KeSetEvent(&E[1], IO_NO_INCREMENT, FALSE);
	/* Not later: KeSetEvent has satisfied the wait. */
	CHECK_EQ(0, KeReadStateEvent(&E[0]));
	CHECK_EQ(0, KeReadStateEvent(&E[1]));
	CHECK_EQ(0, KeReadStateEvent(&E[2]));
	CHECK_EQ(STATUS_SUCCESS, JoinThread(Thread));
	CHECK_EQ(STATUS_SUCCESS, Waiting.Status);
}

/* A released waiter has left the other objects: they may be freed at once. */
VOID MultiWaitLeavesOthers(PCONFORM_TEST_CONTEXT T)
{
	PETHREAD Thread;
	WAITING Waiting;
	KEVENT E[2];
	PKEVENT Other;
	ULONG i;

	for (i = 0; i < 20; i++) {
		Other = ExAllocatePoolWithTag(NonPagedPool, sizeof(*Other), 'fnoC');
		CHECK(Other != NULL);
		if (!Other)
			return;
		InitEvents(E, 2, SynchronizationEvent);
		InitEvents(Other, 1, SynchronizationEvent);
		Thread = StartWaiting(&Waiting, WaitAny, Other, &E[0], &E[1]);
		CHECK(Thread != NULL);
		if (!Thread)
			return;
		while (IsListEmpty(&E[1].Header.WaitListHead))
			SleepFor(1);
		KeSetEvent(&E[1], IO_NO_INCREMENT, FALSE);
		CHECK(IsListEmpty(&Other->Header.WaitListHead));
		RtlFillMemory(Other, sizeof(*Other), 0xcc);
		ExFreePoolWithTag(Other, 'fnoC');
		CHECK_EQ(STATUS_SUCCESS, JoinThread(Thread));
		CHECK_EQ(STATUS_WAIT_2, Waiting.Status);
	}
}

/* "If WaitBlockArray is NULL" THREAD_WAIT_OBJECTS are possible, with one MAXIMUM_WAIT_OBJECTS. */
VOID MultiWaitMany(PCONFORM_TEST_CONTEXT T)
{
	PKWAIT_BLOCK Blocks;
	PWAITING Waiting;
	PKEVENT Events;
	LARGE_INTEGER Shortly = Milliseconds(2);
	ULONG i;

	Blocks = ExAllocatePoolWithTag(NonPagedPool, MAXIMUM_WAIT_OBJECTS * sizeof(*Blocks), 'fnoC');
	Events = ExAllocatePoolWithTag(NonPagedPool, MAXIMUM_WAIT_OBJECTS * sizeof(*Events), 'fnoC');
	Waiting = ExAllocatePoolWithTag(NonPagedPool, sizeof(*Waiting), 'fnoC');
	CHECK(Blocks && Events && Waiting);
	if (!Blocks || !Events || !Waiting)
		return;
	RtlZeroMemory(Waiting, sizeof(*Waiting));
	InitEvents(Events, MAXIMUM_WAIT_OBJECTS, SynchronizationEvent);
	Waiting->Count = MAXIMUM_WAIT_OBJECTS;
	Waiting->Type = WaitAny;
	Waiting->Timeout = &Shortly;
	for (i = 0; i < MAXIMUM_WAIT_OBJECTS; i++)
		Waiting->Objects[i] = &Events[i];
	CHECK_EQ(STATUS_TIMEOUT, WaitFor(Waiting, Blocks));
	for (i = 0; i < MAXIMUM_WAIT_OBJECTS; i++) {
		KeSetEvent(&Events[i], IO_NO_INCREMENT, FALSE);
		CHECK_EQ(STATUS_WAIT_0 + i, WaitFor(Waiting, Blocks));
	}
	Waiting->Type = WaitAll;
	for (i = 0; i < MAXIMUM_WAIT_OBJECTS; i++) {
		CHECK_EQ(STATUS_TIMEOUT, WaitFor(Waiting, Blocks));
		KeSetEvent(&Events[i], IO_NO_INCREMENT, FALSE);
	}
	CHECK_EQ(STATUS_SUCCESS, WaitFor(Waiting, Blocks));
	CHECK_EQ(STATUS_TIMEOUT, WaitFor(Waiting, Blocks));
	ExFreePoolWithTag(Waiting, 'fnoC');
	ExFreePoolWithTag(Events, 'fnoC');
	ExFreePoolWithTag(Blocks, 'fnoC');
}

/* "dispatcher objects (events, mutexes, semaphores, threads, and timers)" */
VOID MultiWaitKinds(PCONFORM_TEST_CONTEXT T)
{
	LARGE_INTEGER Due = Milliseconds(5);
	PETHREAD Thread;
	WAITING Waiting;
	KMUTEX Mutex;
	KTIMER Timer;
	KEVENT E[3];

	InitEvents(E, 3, NotificationEvent);
	KeInitializeMutex(&Mutex, 0);
	KeInitializeTimerEx(&Timer, SynchronizationTimer);
	Thread = StartWaiting(&Waiting, WaitAny, &E[0], &E[1], &E[2]);
	CHECK(Thread != NULL);
	if (!Thread)
		return;
	CHECK_EQ(STATUS_WAIT_1, WaitForThree(Thread, &Mutex, &Timer, WaitAny, NULL));
	KeReleaseMutex(&Mutex, FALSE);
	KeSetTimer(&Timer, Due, NULL);
	CHECK_EQ(STATUS_WAIT_2, WaitForThree(Thread, &E[0], &Timer, WaitAny, NULL));
	CHECK(!KeReadStateTimer(&Timer));
	KeSetTimer(&Timer, Due, NULL);
	KeSetEvent(&E[1], IO_NO_INCREMENT, FALSE);
	CHECK_EQ(STATUS_SUCCESS, WaitForThree(&Timer, &Mutex, Thread, WaitAll, NULL));
	CHECK_EQ(STATUS_WAIT_1, Waiting.Status);
	CHECK(!KeReadStateTimer(&Timer));
	CHECK(KeAreApcsDisabled());
	CHECK_EQ(0, KeReleaseMutex(&Mutex, FALSE));
	CHECK_EQ(STATUS_SUCCESS, JoinThread(Thread));
}

typedef struct _ABANDON {
	KMUTEX Mutex;
	KEVENT Never, Always;
} ABANDON, *PABANDON;

static VOID NTAPI Abandon(PVOID Context)
{
	PABANDON A = Context;

	KeWaitForSingleObject(&A->Mutex, Executive, KernelMode, FALSE, NULL);
}

/* STATUS_ABANDONED_WAIT_0 plus the index; the mutex is the caller's then. */
VOID MultiWaitAbandoned(PCONFORM_TEST_CONTEXT T)
{
	PETHREAD Thread;
	ABANDON A;
	ULONG i;

	KeInitializeMutex(&A.Mutex, 0);
	KeInitializeEvent(&A.Never, NotificationEvent, FALSE);
	KeInitializeEvent(&A.Always, NotificationEvent, TRUE);
	for (i = 0; i < 2; i++) {
		Thread = StartThread(Abandon, &A);
		CHECK(Thread && JoinThread(Thread) == STATUS_SUCCESS);
		if (i == 0)
			CHECK_EQ(STATUS_ABANDONED_WAIT_0 + 1,
				 WaitForThree(&A.Never, &A.Mutex, &A.Never, WaitAny, NULL));
		else
			CHECK_EQ(STATUS_ABANDONED,
				 WaitForThree(&A.Always, &A.Always, &A.Mutex, WaitAll, NULL));
		CHECK_EQ(0, KeReleaseMutex(&A.Mutex, FALSE));
	}
}

typedef struct _PULSE {
	KEVENT A, B;
	LONG Stop, Got, Sent;
} PULSE, *PPULSE;

/* Waits for both events again and again. */
static VOID NTAPI Pulse(PVOID Context)
{
	PPULSE P = Context;
	LARGE_INTEGER Shortly = Milliseconds(1);
	PVOID Objects[2];
	/* The two threads name the objects in different orders. */
	LONG First = InterlockedIncrement(&P->Sent) & 1;

	Objects[First] = &P->A;
	Objects[!First] = &P->B;
	while (!P->Stop)
		if (KeWaitForMultipleObjects(2, Objects, WaitAll, Executive, KernelMode, FALSE,
					     &Shortly, NULL) == STATUS_SUCCESS)
			InterlockedIncrement(&P->Got);
}

/* Two that wait for the same two objects, in both orders: no deadlock, nothing is lost. */
VOID MultiWaitAllContended(PCONFORM_TEST_CONTEXT T)
{
	PETHREAD Threads[2];
	ULONG i, Rounds = 500;
	PULSE P;

	RtlZeroMemory(&P, sizeof(P));
	KeInitializeEvent(&P.A, SynchronizationEvent, FALSE);
	KeInitializeEvent(&P.B, SynchronizationEvent, FALSE);
	for (i = 0; i < 2; i++)
		Threads[i] = StartThread(Pulse, &P);
	for (i = 0; i < Rounds; i++) {
		KeSetEvent(&P.A, IO_NO_INCREMENT, FALSE);
		KeSetEvent(&P.B, IO_NO_INCREMENT, FALSE);
		while (KeReadStateEvent(&P.A) || KeReadStateEvent(&P.B))
			SleepFor(1);
	}
	P.Stop = 1;
	for (i = 0; i < 2; i++)
		CHECK(Threads[i] && JoinThread(Threads[i]) == STATUS_SUCCESS);
	CHECK_EQ(Rounds, P.Got);
}

/* With a zero timeout at DISPATCH_LEVEL. */
VOID MultiWaitAtDispatch(PCONFORM_TEST_CONTEXT T)
{
	NTSTATUS Any, All, None;
	KEVENT E[3];
	KIRQL Irql;

	InitEvents(E, 3, SynchronizationEvent);
	KeRaiseIrql(DISPATCH_LEVEL, &Irql);
	KeSetEvent(&E[1], IO_NO_INCREMENT, FALSE);
	Any = WaitForThree(&E[0], &E[1], &E[2], WaitAny, &Zero);
	None = WaitForThree(&E[0], &E[1], &E[2], WaitAll, &Zero);
	KeSetEvent(&E[0], IO_NO_INCREMENT, FALSE);
	KeSetEvent(&E[1], IO_NO_INCREMENT, FALSE);
	KeSetEvent(&E[2], IO_NO_INCREMENT, FALSE);
	All = WaitForThree(&E[0], &E[1], &E[2], WaitAll, &Zero);
	KeLowerIrql(Irql);
	CHECK_EQ(STATUS_WAIT_1, Any);
	CHECK_EQ(STATUS_TIMEOUT, None);
	CHECK_EQ(STATUS_SUCCESS, All);
}
