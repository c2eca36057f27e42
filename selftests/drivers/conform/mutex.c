// SPDX-License-Identifier: GPL-2.0
/* Mutex objects. */
#include "conform.h"

static LARGE_INTEGER Zero;

typedef struct _MUTEX_PAIR {
	KMUTEX Mutex;
	KEVENT Has, Go;
	NTSTATUS Status;
	LONG Inside, Overlaps, Counter;
} MUTEX_PAIR, *PMUTEX_PAIR;

static KSTART_ROUTINE TryMutex, HoldMutex, ExitWithMutex, CountWithMutex;

static NTSTATUS Acquire(PKMUTEX Mutex, PLARGE_INTEGER Timeout)
{
	return KeWaitForMutexObject(Mutex, Executive, KernelMode, FALSE, Timeout);
}

static VOID InitPair(PMUTEX_PAIR Pair)
{
	RtlZeroMemory(Pair, sizeof(*Pair));
	KeInitializeMutex(&Pair->Mutex, 0);
	KeInitializeEvent(&Pair->Has, NotificationEvent, FALSE);
	KeInitializeEvent(&Pair->Go, NotificationEvent, FALSE);
}

static VOID NTAPI TryMutex(PVOID Context)
{
	PMUTEX_PAIR Pair = Context;

	Pair->Status = Acquire(&Pair->Mutex, &Zero);
	if (Pair->Status == STATUS_SUCCESS)
		KeReleaseMutex(&Pair->Mutex, FALSE);
}

static VOID NTAPI HoldMutex(PVOID Context)
{
	PMUTEX_PAIR Pair = Context;

	Pair->Status = Acquire(&Pair->Mutex, NULL);
	KeSetEvent(&Pair->Has, IO_NO_INCREMENT, FALSE);
	KeWaitForSingleObject(&Pair->Go, Executive, KernelMode, FALSE, NULL);
	KeReleaseMutex(&Pair->Mutex, FALSE);
}

static VOID NTAPI ExitWithMutex(PVOID Context)
{
	PMUTEX_PAIR Pair = Context;

	Pair->Status = Acquire(&Pair->Mutex, NULL);
	KeSetEvent(&Pair->Has, IO_NO_INCREMENT, FALSE);
	KeWaitForSingleObject(&Pair->Go, Executive, KernelMode, FALSE, NULL);
	PsTerminateSystemThread(STATUS_SUCCESS);
}

static VOID NTAPI CountWithMutex(PVOID Context)
{
	PMUTEX_PAIR Pair = Context;
	ULONG i;

	for (i = 0; i < 1000; i++) {
		Acquire(&Pair->Mutex, NULL);
		if (InterlockedIncrement(&Pair->Inside) != 1)
			InterlockedIncrement(&Pair->Overlaps);
		Pair->Counter++;
		InterlockedDecrement(&Pair->Inside);
		KeReleaseMutex(&Pair->Mutex, FALSE);
	}
}

static NTSTATUS TryFromOtherThread(PMUTEX_PAIR Pair)
{
	PETHREAD Thread = StartThread(TryMutex, Pair);

	return Thread && JoinThread(Thread) == STATUS_SUCCESS ? Pair->Status : STATUS_UNSUCCESSFUL;
}

/* "KeInitializeMutex": signalled. "KeReadStateMutex": 1 then. */
VOID MutexStates(PCONFORM_TEST_CONTEXT T)
{
	KMUTEX Mutex;

	KeInitializeMutex(&Mutex, 0);
	CHECK_EQ(1, KeReadStateMutex(&Mutex));
	CHECK_EQ(STATUS_SUCCESS, Acquire(&Mutex, NULL));
	CHECK(KeReadStateMutex(&Mutex) != 1);
	/* "KeReleaseMutex": zero, the mutex was released. */
	CHECK_EQ(0, KeReleaseMutex(&Mutex, FALSE));
	CHECK_EQ(1, KeReadStateMutex(&Mutex));
}

/* The same page: acquired recursively, it is released as often. */
VOID MutexRecursion(PCONFORM_TEST_CONTEXT T)
{
	MUTEX_PAIR Pair;
	ULONG i;

	InitPair(&Pair);
	for (i = 0; i < 3; i++)
		CHECK_EQ(STATUS_SUCCESS, Acquire(&Pair.Mutex, &Zero));
	CHECK(KeReleaseMutex(&Pair.Mutex, FALSE) != 0);
	CHECK_EQ(STATUS_TIMEOUT, TryFromOtherThread(&Pair));
	CHECK(KeReleaseMutex(&Pair.Mutex, FALSE) != 0);
	CHECK_EQ(STATUS_TIMEOUT, TryFromOtherThread(&Pair));
	CHECK_EQ(0, KeReleaseMutex(&Pair.Mutex, FALSE));
	CHECK_EQ(STATUS_SUCCESS, TryFromOtherThread(&Pair));
}

/* "Mutex Objects": one thread at a time; a waiter gets it when it is released. */
VOID MutexWaits(PCONFORM_TEST_CONTEXT T)
{
	LARGE_INTEGER Shortly = Milliseconds(20), Soon = Milliseconds(SOON_MS);
	PETHREAD Thread;
	MUTEX_PAIR Pair;
	LONGLONG Start;

	InitPair(&Pair);
	Thread = StartThread(HoldMutex, &Pair);
	CHECK(Thread != NULL);
	if (!Thread)
		return;
	KeWaitForSingleObject(&Pair.Has, Executive, KernelMode, FALSE, NULL);
	Start = Elapsed();
	CHECK_EQ(STATUS_TIMEOUT, Acquire(&Pair.Mutex, &Shortly));
	CHECK(Elapsed() - Start >= 20 * UNITS_PER_MS);
	KeSetEvent(&Pair.Go, IO_NO_INCREMENT, FALSE);
	CHECK_EQ(STATUS_SUCCESS, Acquire(&Pair.Mutex, &Soon));
	CHECK_EQ(0, KeReleaseMutex(&Pair.Mutex, FALSE));
	CHECK_EQ(STATUS_SUCCESS, JoinThread(Thread));
}

VOID MutexExcludes(PCONFORM_TEST_CONTEXT T)
{
	PETHREAD Threads[4];
	MUTEX_PAIR Pair;
	ULONG i;

	InitPair(&Pair);
	for (i = 0; i < RTL_NUMBER_OF(Threads); i++)
		Threads[i] = StartThread(CountWithMutex, &Pair);
	for (i = 0; i < RTL_NUMBER_OF(Threads); i++)
		CHECK(Threads[i] && JoinThread(Threads[i]) == STATUS_SUCCESS);
	CHECK_EQ(0, Pair.Overlaps);
	CHECK_EQ(4000, Pair.Counter);
	CHECK_EQ(1, KeReadStateMutex(&Pair.Mutex));
}

/* "KeWaitForSingleObject": while the mutex is held no normal APC is delivered. */
VOID MutexDisablesApcs(PCONFORM_TEST_CONTEXT T)
{
	KMUTEX Mutex;

	KeInitializeMutex(&Mutex, 0);
	CHECK(!KeAreApcsDisabled());
	Acquire(&Mutex, NULL);
	Acquire(&Mutex, NULL);
	CHECK(KeAreApcsDisabled());
	KeReleaseMutex(&Mutex, FALSE);
	CHECK(KeAreApcsDisabled());
	KeReleaseMutex(&Mutex, FALSE);
	CHECK(!KeAreApcsDisabled());
}

/* "KeWaitForMultipleObjects": STATUS_ABANDONED_WAIT_n, for an abandoned mutex. */
VOID MutexAbandoned(PCONFORM_TEST_CONTEXT T)
{
	LARGE_INTEGER Soon = Milliseconds(SOON_MS);
	PETHREAD Thread;
	MUTEX_PAIR Pair;

	InitPair(&Pair);
	Thread = StartThread(ExitWithMutex, &Pair);
	CHECK(Thread != NULL);
	if (!Thread)
		return;
	KeWaitForSingleObject(&Pair.Has, Executive, KernelMode, FALSE, NULL);
	KeSetEvent(&Pair.Go, IO_NO_INCREMENT, FALSE);
	/* A waiter gets it. */
	CHECK_EQ(STATUS_ABANDONED, Acquire(&Pair.Mutex, &Soon));
	CHECK_EQ(STATUS_SUCCESS, JoinThread(Thread));
	/* It is told once. */
	CHECK_EQ(STATUS_SUCCESS, Acquire(&Pair.Mutex, &Zero));
	KeReleaseMutex(&Pair.Mutex, FALSE);
	CHECK_EQ(0, KeReleaseMutex(&Pair.Mutex, FALSE));
	CHECK_EQ(STATUS_SUCCESS, Acquire(&Pair.Mutex, &Zero));
	KeReleaseMutex(&Pair.Mutex, FALSE);

	/* So does who comes later. */
	KeClearEvent(&Pair.Has);
	Thread = StartThread(ExitWithMutex, &Pair);
	CHECK(Thread && JoinThread(Thread) == STATUS_SUCCESS);
	CHECK_EQ(1, KeReadStateMutex(&Pair.Mutex));
	CHECK_EQ(STATUS_ABANDONED, Acquire(&Pair.Mutex, &Zero));
	CHECK_EQ(0, KeReleaseMutex(&Pair.Mutex, FALSE));
}
