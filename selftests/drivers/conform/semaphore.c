// SPDX-License-Identifier: GPL-2.0
/* Semaphore objects. */
#include "conform.h"

static LARGE_INTEGER Zero;

typedef struct _WORKERS {
	KSEMAPHORE Semaphore;
	LONG Done;
	KEVENT Last;
	LONG Expected;
} WORKERS, *PWORKERS;

static KSTART_ROUTINE Worker;

static NTSTATUS Take(PKSEMAPHORE Semaphore, PLARGE_INTEGER Timeout)
{
	return KeWaitForSingleObject(Semaphore, Executive, KernelMode, FALSE, Timeout);
}

static VOID NTAPI Worker(PVOID Context)
{
	PWORKERS Workers = Context;

	Take(&Workers->Semaphore, NULL);
	if (InterlockedIncrement(&Workers->Done) == Workers->Expected)
		KeSetEvent(&Workers->Last, IO_NO_INCREMENT, FALSE);
}

/* "KeInitializeSemaphore", "KeReadStateSemaphore", "KeReleaseSemaphore": the previous count. */
VOID SemaphoreCounts(PCONFORM_TEST_CONTEXT T)
{
	KSEMAPHORE Semaphore;

	KeInitializeSemaphore(&Semaphore, 2, 5);
	CHECK_EQ(2, KeReadStateSemaphore(&Semaphore));
	CHECK_EQ(2, KeReleaseSemaphore(&Semaphore, IO_NO_INCREMENT, 3, FALSE));
	CHECK_EQ(5, KeReadStateSemaphore(&Semaphore));
	CHECK_EQ(STATUS_SUCCESS, Take(&Semaphore, &Zero));
	CHECK_EQ(4, KeReadStateSemaphore(&Semaphore));
	while (KeReadStateSemaphore(&Semaphore))
		CHECK_EQ(STATUS_SUCCESS, Take(&Semaphore, NULL));
	CHECK_EQ(STATUS_TIMEOUT, Take(&Semaphore, &Zero));
	CHECK_EQ(0, KeReadStateSemaphore(&Semaphore));
	CHECK_EQ(0, KeReleaseSemaphore(&Semaphore, IO_NO_INCREMENT, 1, FALSE));
}

/* "KeReleaseSemaphore": as many waits as possible are satisfied, and no more. */
VOID SemaphoreReleasesWaiters(PCONFORM_TEST_CONTEXT T)
{
	LARGE_INTEGER Soon = Milliseconds(SOON_MS);
	PETHREAD Threads[5];
	WORKERS Workers;
	ULONG i;

	RtlZeroMemory(&Workers, sizeof(Workers));
	KeInitializeSemaphore(&Workers.Semaphore, 0, 100);
	KeInitializeEvent(&Workers.Last, SynchronizationEvent, FALSE);
	Workers.Expected = 3;
	for (i = 0; i < RTL_NUMBER_OF(Threads); i++)
		Threads[i] = StartThread(Worker, &Workers);
	KeReleaseSemaphore(&Workers.Semaphore, IO_NO_INCREMENT, 3, FALSE);
	CHECK_EQ(STATUS_SUCCESS, KeWaitForSingleObject(&Workers.Last, Executive, KernelMode, FALSE,
						       &Soon));
	SleepFor(20);
	CHECK_EQ(3, Workers.Done);
	CHECK_EQ(0, KeReadStateSemaphore(&Workers.Semaphore));
	KeReleaseSemaphore(&Workers.Semaphore, IO_NO_INCREMENT, 4, FALSE);
	for (i = 0; i < RTL_NUMBER_OF(Threads); i++)
		CHECK(Threads[i] && JoinThread(Threads[i]) == STATUS_SUCCESS);
	CHECK_EQ(5, Workers.Done);
	CHECK_EQ(2, KeReadStateSemaphore(&Workers.Semaphore));
}

/* The same page: <= DISPATCH_LEVEL. */
VOID SemaphoreAtDispatch(PCONFORM_TEST_CONTEXT T)
{
	KSEMAPHORE Semaphore;
	NTSTATUS First, Second;
	KIRQL Irql;

	KeInitializeSemaphore(&Semaphore, 0, 1);
	KeRaiseIrql(DISPATCH_LEVEL, &Irql);
	KeReleaseSemaphore(&Semaphore, IO_NO_INCREMENT, 1, FALSE);
	First = Take(&Semaphore, &Zero);
	Second = Take(&Semaphore, &Zero);
	KeLowerIrql(Irql);
	CHECK_EQ(STATUS_SUCCESS, First);
	CHECK_EQ(STATUS_TIMEOUT, Second);
}
