// SPDX-License-Identifier: GPL-2.0
/* System threads, and what a thread learns of itself and its process. */
#include "conform.h"

/* The environment declares these in ntifs.h. */
NTKERNELAPI BOOLEAN NTAPI PsIsThreadTerminating(PETHREAD Thread);
NTKERNELAPI BOOLEAN NTAPI PsIsSystemThread(PETHREAD Thread);
NTKERNELAPI PEPROCESS NTAPI IoThreadToProcess(PETHREAD Thread);
/* And this nowhere. */
NTKERNELAPI LONGLONG NTAPI PsGetProcessCreateTimeQuadPart(PEPROCESS Process);

PETHREAD StartThread(PKSTART_ROUTINE Routine, PVOID Context)
{
	OBJECT_ATTRIBUTES Attributes;
	PVOID Thread;
	HANDLE Handle;
	NTSTATUS Status;

	InitializeObjectAttributes(&Attributes, NULL, OBJ_KERNEL_HANDLE, NULL, NULL);
	Status = PsCreateSystemThread(&Handle, THREAD_ALL_ACCESS, &Attributes, NULL, NULL, Routine,
				      Context);
	if (!NT_SUCCESS(Status))
		return NULL;
	Status = ObReferenceObjectByHandle(Handle, SYNCHRONIZE, *PsThreadType, KernelMode, &Thread,
					   NULL);
	ZwClose(Handle);
	return NT_SUCCESS(Status) ? Thread : NULL;
}

NTSTATUS JoinThread(PETHREAD Thread)
{
	LARGE_INTEGER Soon = Milliseconds(SOON_MS);
	NTSTATUS Status = KeWaitForSingleObject(Thread, Executive, KernelMode, FALSE, &Soon);

	ObDereferenceObject(Thread);
	return Status;
}

typedef struct _NOTES {
	KEVENT Go, Ready;
	PKTHREAD Thread;
	PETHREAD Ethread;
	PEPROCESS Process;
	HANDLE Id, ProcessId;
	KIRQL Irql;
	BOOLEAN ApcsDisabled, AllApcsDisabled, AfterLeaving, IsSystem;
	KPRIORITY Priority;
	LONG Ran;
} NOTES, *PNOTES;

static KSTART_ROUTINE NoteSelf, JustReturn, WaitForGo;

static VOID NTAPI NoteSelf(PVOID Context)
{
	PNOTES Notes = Context;

	Notes->Thread = KeGetCurrentThread();
	Notes->Ethread = PsGetCurrentThread();
	Notes->Process = PsGetCurrentProcess();
	Notes->Id = PsGetCurrentThreadId();
	Notes->ProcessId = PsGetCurrentProcessId();
	Notes->Irql = KeGetCurrentIrql();
	Notes->ApcsDisabled = KeAreApcsDisabled();
	Notes->AllApcsDisabled = KeAreAllApcsDisabled();
	KeLeaveCriticalRegion();
	Notes->AfterLeaving = KeAreApcsDisabled();
	KeEnterCriticalRegion();
	Notes->IsSystem = PsIsSystemThread(PsGetCurrentThread());
	Notes->Priority = KeQueryPriorityThread(KeGetCurrentThread());
	Notes->Ran++;
	PsTerminateSystemThread(STATUS_TOO_LATE);
	Notes->Ran++;
}

static VOID NTAPI JustReturn(PVOID Context)
{
	InterlockedIncrement((PLONG)Context);
}

static VOID NTAPI WaitForGo(PVOID Context)
{
	PNOTES Notes = Context;

	KeSetEvent(&Notes->Ready, IO_NO_INCREMENT, FALSE);
	KeWaitForSingleObject(&Notes->Go, Executive, KernelMode, FALSE, NULL);
	PsTerminateSystemThread(STATUS_SUCCESS);
}

static PETHREAD StartNotes(PNOTES Notes, PKSTART_ROUTINE Routine)
{
	RtlZeroMemory(Notes, sizeof(*Notes));
	KeInitializeEvent(&Notes->Go, NotificationEvent, FALSE);
	KeInitializeEvent(&Notes->Ready, NotificationEvent, FALSE);
	return StartThread(Routine, Notes);
}

/*
 * "PsCreateSystemThread": runs at PASSIVE_LEVEL, inside a critical region, in the
 * system process. "PsTerminateSystemThread" does not return; the object is signalled.
 */
VOID ThreadRuns(PCONFORM_TEST_CONTEXT T)
{
	NOTES Notes;
	PETHREAD Thread = StartNotes(&Notes, NoteSelf);

	CHECK(Thread != NULL);
	if (!Thread)
		return;
	ObReferenceObject(Thread);
	CHECK_EQ(STATUS_SUCCESS, JoinThread(Thread));
	CHECK_EQ(1, Notes.Ran);
	CHECK(Notes.Thread == (PKTHREAD)Thread);
	CHECK(Notes.Ethread == Thread);
	CHECK(Notes.Process == PsInitialSystemProcess);
	CHECK_EQ(PASSIVE_LEVEL, Notes.Irql);
	CHECK(Notes.ApcsDisabled);
	CHECK(!Notes.AllApcsDisabled);
	CHECK(!Notes.AfterLeaving);
	CHECK(Notes.IsSystem);
	CHECK(PsIsSystemThread(Thread));
	CHECK(Notes.Id != NULL && Notes.Id != PsGetCurrentThreadId());
	CHECK(Notes.ProcessId == PsGetProcessId(PsInitialSystemProcess));
	CHECK(PsGetThreadProcessId(Thread) == Notes.ProcessId);
	CHECK(IoThreadToProcess(Thread) == PsInitialSystemProcess);
	/* It stays signalled. */
	CHECK_EQ(STATUS_SUCCESS, KeWaitForSingleObject(Thread, Executive, KernelMode, FALSE, NULL));
#ifndef __MINGW32__	/* whose library lacks it */
	CHECK_EQ(STATUS_TOO_LATE, PsGetThreadExitStatus(Thread));
#endif
	CHECK(PsIsThreadTerminating(Thread));
	ObDereferenceObject(Thread);
}

/* A routine that returns ends its thread, too. */
VOID ThreadReturns(PCONFORM_TEST_CONTEXT T)
{
	PKSTART_ROUTINE Routine = JustReturn;
	PETHREAD Threads[16];
	LONG Count = 0;
	ULONG i;

	for (i = 0; i < RTL_NUMBER_OF(Threads); i++)
		Threads[i] = StartThread(Routine, &Count);
	for (i = 0; i < RTL_NUMBER_OF(Threads); i++) {
		CHECK(Threads[i] != NULL);
		if (Threads[i])
			CHECK_EQ(STATUS_SUCCESS, JoinThread(Threads[i]));
	}
	CHECK_EQ(RTL_NUMBER_OF(Threads), Count);
}

/* "PsCreateSystemThread": the handle may be closed while the thread runs. */
VOID ThreadOutlivesHandle(PCONFORM_TEST_CONTEXT T)
{
	LARGE_INTEGER Zero = { .QuadPart = 0 };
	NOTES Notes;
	PETHREAD Thread = StartNotes(&Notes, WaitForGo);

	CHECK(Thread != NULL);
	if (!Thread)
		return;
	KeWaitForSingleObject(&Notes.Ready, Executive, KernelMode, FALSE, NULL);
	CHECK_EQ(STATUS_TIMEOUT, KeWaitForSingleObject(Thread, Executive, KernelMode, FALSE, &Zero));
#ifndef __MINGW32__
	CHECK_EQ(STATUS_PENDING, PsGetThreadExitStatus(Thread));
#endif
	CHECK(!PsIsThreadTerminating(Thread));
	KeSetEvent(&Notes.Go, IO_NO_INCREMENT, FALSE);
	CHECK_EQ(STATUS_SUCCESS, JoinThread(Thread));
}

/* Its handle: of the type of threads, and of the ids that ClientId receives. */
VOID ThreadHandle(PCONFORM_TEST_CONTEXT T)
{
	OBJECT_ATTRIBUTES Attributes;
	CLIENT_ID Id = { NULL, NULL };
	NOTES Notes;
	HANDLE Handle;
	PVOID Object;

	RtlZeroMemory(&Notes, sizeof(Notes));
	InitializeObjectAttributes(&Attributes, NULL, OBJ_KERNEL_HANDLE, NULL, NULL);
	CHECK_EQ(STATUS_SUCCESS, PsCreateSystemThread(&Handle, THREAD_ALL_ACCESS, &Attributes, NULL,
						      &Id, NoteSelf, &Notes));
	CHECK_EQ(STATUS_OBJECT_TYPE_MISMATCH,
		 ObReferenceObjectByHandle(Handle, 0, *ExEventObjectType, KernelMode, &Object, NULL));
	CHECK_EQ(STATUS_SUCCESS,
		 ObReferenceObjectByHandle(Handle, 0, *PsThreadType, KernelMode, &Object, NULL));
	CHECK_EQ(STATUS_SUCCESS, ZwClose(Handle));
	CHECK_EQ(STATUS_OBJECT_TYPE_MISMATCH,
		 ObReferenceObjectByPointer(Object, 0, *PsProcessType, KernelMode));
	CHECK(PsGetThreadId(Object) == Id.UniqueThread);
	CHECK_EQ(STATUS_SUCCESS, JoinThread(Object));
	CHECK(Notes.Id == Id.UniqueThread);
	CHECK(Notes.ProcessId == Id.UniqueProcess);
}

/* The same page: attributes that are not valid, and handles that are none. */
VOID ThreadRefused(PCONFORM_TEST_CONTEXT T)
{
	OBJECT_ATTRIBUTES Attributes;
	LONG Count = 0;
	HANDLE Handle;

	InitializeObjectAttributes(&Attributes, NULL, OBJ_KERNEL_HANDLE | OBJ_PERMANENT, NULL, NULL);
	CHECK_EQ(STATUS_INVALID_PARAMETER,
		 PsCreateSystemThread(&Handle, THREAD_ALL_ACCESS, &Attributes, NULL, NULL,
				      JustReturn, &Count));
	CHECK_EQ(STATUS_INVALID_HANDLE,
		 PsCreateSystemThread(&Handle, THREAD_ALL_ACCESS, NULL, (HANDLE)(LONG_PTR)0x1234, NULL,
				      JustReturn, &Count));
	/* "PsTerminateSystemThread": an error when the thread is not a system thread. */
	CHECK(!NT_SUCCESS(PsTerminateSystemThread(STATUS_SUCCESS)));
	CHECK_EQ(0, Count);
}

/* The thread of the program that runs this test, and its process. */
VOID ThreadOfProgram(PCONFORM_TEST_CONTEXT T)
{
	PETHREAD Thread = PsGetCurrentThread();
	LARGE_INTEGER Now;
	KIRQL Irql;

	CHECK(Thread != NULL);
	CHECK((PKTHREAD)Thread == KeGetCurrentThread());
	CHECK(!PsIsSystemThread(Thread));
	CHECK(!PsIsThreadTerminating(Thread));
	CHECK(PsGetCurrentProcess() != PsInitialSystemProcess);
	CHECK(PsGetCurrentProcess() == IoThreadToProcess(Thread));
	CHECK(PsGetCurrentProcessId() == PsGetThreadProcessId(Thread));
	CHECK(PsGetCurrentProcessId() == PsGetProcessId(PsGetCurrentProcess()));
	CHECK(PsGetCurrentThreadId() == PsGetThreadId(Thread));
	KeRaiseIrql(DISPATCH_LEVEL, &Irql);
	CHECK(PsGetCurrentThread() == Thread);
	KeLowerIrql(Irql);
	KeQuerySystemTime(&Now);
#ifndef __MINGW32__
	CHECK(PsGetThreadCreateTime(Thread) <= Now.QuadPart);
	CHECK(PsGetThreadCreateTime(Thread) > Now.QuadPart - 36000000000LL);
#endif
	CHECK(PsGetProcessCreateTimeQuadPart(PsGetCurrentProcess()) <= Now.QuadPart);
	CHECK(PsGetProcessCreateTimeQuadPart(PsInitialSystemProcess) <=
	      PsGetProcessCreateTimeQuadPart(PsGetCurrentProcess()));
	ObReferenceObject(Thread);
	ObDereferenceObject(Thread);
	ObReferenceObject(PsGetCurrentProcess());
	ObDereferenceObject(PsGetCurrentProcess());
}

/* "KeSetPriorityThread": the old priority. "KeSetBasePriorityThread": the old increment. */
VOID ThreadPriorities(PCONFORM_TEST_CONTEXT T)
{
	static const KPRIORITY Priorities[] = { 1, 5, 9, 15, LOW_REALTIME_PRIORITY, HIGH_PRIORITY };
	NOTES Notes;
	PETHREAD Thread = StartNotes(&Notes, WaitForGo);
	PKTHREAD Kthread = (PKTHREAD)Thread;
	KPRIORITY Last;
	ULONG i;

	CHECK(Thread != NULL);
	if (!Thread)
		return;
	/* A thread of the system process starts at its base priority, 8. */
	Last = KeQueryPriorityThread(Kthread);
	CHECK_EQ(8, Last);
	for (i = 0; i < RTL_NUMBER_OF(Priorities); i++) {
		CHECK_EQ(Last, KeSetPriorityThread(Kthread, Priorities[i]));
		Last = Priorities[i];
		CHECK_EQ(Last, KeQueryPriorityThread(Kthread));
	}
	CHECK_EQ(0, KeSetBasePriorityThread(Kthread, 2));
	CHECK_EQ(10, KeQueryPriorityThread(Kthread));
	CHECK_EQ(2, KeSetBasePriorityThread(Kthread, -100));
	/* "not allowed to cross over" to another class. */
	CHECK_EQ(1, KeQueryPriorityThread(Kthread));
	KeSetEvent(&Notes.Go, IO_NO_INCREMENT, FALSE);
	CHECK_EQ(STATUS_SUCCESS, JoinThread(Thread));
}

static VOID ThreadNoteDpc(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
	PNOTES Notes = Context;

	UNREFERENCED_PARAMETER(Dpc);
	UNREFERENCED_PARAMETER(Argument1);
	UNREFERENCED_PARAMETER(Argument2);
	Notes->Thread = KeGetCurrentThread();
	Notes->Id = PsGetCurrentThreadId();
	KeSetEvent(&Notes->Ready, IO_NO_INCREMENT, FALSE);
}

/* A DPC runs in the context of whatever thread it interrupts. */
VOID ThreadInDpc(PCONFORM_TEST_CONTEXT T)
{
	NOTES Notes;
	KIRQL Irql;
	KDPC Dpc;

	RtlZeroMemory(&Notes, sizeof(Notes));
	KeInitializeEvent(&Notes.Ready, NotificationEvent, FALSE);
	KeInitializeDpc(&Dpc, ThreadNoteDpc, &Notes);
	/* With the level raised it runs when this thread lowers it. */
	KeRaiseIrql(DISPATCH_LEVEL, &Irql);
	KeInsertQueueDpc(&Dpc, NULL, NULL);
	KeLowerIrql(Irql);
	KeWaitForSingleObject(&Notes.Ready, Executive, KernelMode, FALSE, NULL);
	CHECK(Notes.Thread != NULL);
	CHECK_EQ(PsGetCurrentThreadId() == Notes.Id, KeGetCurrentThread() == Notes.Thread);
}

/* "IRP": Tail.Overlay.Thread is the caller's thread. */
VOID ThreadOfIrp(PCONFORM_TEST_CONTEXT T)
{
	IO_STATUS_BLOCK Status;
	KEVENT Event;
	PIRP Irp;

	KeInitializeEvent(&Event, NotificationEvent, FALSE);
	Irp = IoBuildDeviceIoControlRequest(1, T->Driver->DeviceObject, NULL, 0, NULL, 0, TRUE,
					    &Event, &Status);
	CHECK(Irp != NULL);
	if (!Irp)
		return;
	CHECK(Irp->Tail.Overlay.Thread == PsGetCurrentThread());
	/* It is never sent, so it is ours to complete. */
	Irp->CurrentLocation = Irp->StackCount + 1;
	IoFreeIrp(Irp);
}

/* "KeEnterCriticalRegion", "KeEnterGuardedRegion", "KeAreApcsDisabled", "KeAreAllApcsDisabled" */
VOID ThreadRegions(PCONFORM_TEST_CONTEXT T)
{
	KIRQL Irql;

	CHECK(!KeAreApcsDisabled());
	CHECK(!KeAreAllApcsDisabled());
	KeEnterCriticalRegion();
	KeEnterCriticalRegion();
	KeLeaveCriticalRegion();
	CHECK(KeAreApcsDisabled());
	CHECK(!KeAreAllApcsDisabled());
	KeEnterGuardedRegion();
	CHECK(KeAreAllApcsDisabled());
	KeLeaveCriticalRegion();
	CHECK(KeAreApcsDisabled());
	KeLeaveGuardedRegion();
	CHECK(!KeAreApcsDisabled());
	CHECK(!KeAreAllApcsDisabled());
	KeRaiseIrql(APC_LEVEL, &Irql);
	CHECK(KeAreAllApcsDisabled());
	KeLowerIrql(Irql);
}
