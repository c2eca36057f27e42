// SPDX-License-Identifier: GPL-2.0
/* Cancel-safe queues: "Cancel-Safe IRP Queues" and the pages of the routines. */
#include "iotest.h"

static struct {
	IO_CSQ Csq;
	KSPIN_LOCK Lock;
	LIST_ENTRY List;
	ULONG Inserted, Removed, Peeked, Cancelled, Locked;
	PIRP LastCancelled;
	KIRQL CancelIrql;
	BOOLEAN HeldAtInsert, Full;
	PVOID InsertContext;
} Queue;

static VOID Insert(PIO_CSQ Csq, PIRP Irp)
{
	UNREFERENCED_PARAMETER(Csq);
	Queue.Inserted++;
	Queue.HeldAtInsert = Queue.Locked == 1;
	InsertTailList(&Queue.List, &Irp->Tail.Overlay.ListEntry);
}

static NTSTATUS InsertEx(PIO_CSQ Csq, PIRP Irp, PVOID InsertContext)
{
	Queue.InsertContext = InsertContext;
	if (Queue.Full)
		return STATUS_DEVICE_BUSY;
	Insert(Csq, Irp);
	return STATUS_SUCCESS;
}

static VOID Remove(PIO_CSQ Csq, PIRP Irp)
{
	UNREFERENCED_PARAMETER(Csq);
	Queue.Removed++;
	RemoveEntryList(&Irp->Tail.Overlay.ListEntry);
}

/* PeekContext is the file object that is asked for, or NULL for any. */
static PIRP Peek(PIO_CSQ Csq, PIRP Irp, PVOID PeekContext)
{
	PLIST_ENTRY Entry = Irp ? Irp->Tail.Overlay.ListEntry.Flink : Queue.List.Flink;

	UNREFERENCED_PARAMETER(Csq);
	Queue.Peeked++;
	for (; Entry != &Queue.List; Entry = Entry->Flink) {
		Irp = CONTAINING_RECORD(Entry, IRP, Tail.Overlay.ListEntry);
		if (!PeekContext ||
		    IoGetCurrentIrpStackLocation(Irp)->FileObject == PeekContext)
			return Irp;
	}
	return NULL;
}

static VOID Acquire(PIO_CSQ Csq, PKIRQL Irql)
{
	UNREFERENCED_PARAMETER(Csq);
	KeAcquireSpinLock(&Queue.Lock, Irql);
	Queue.Locked++;
}

static VOID Release(PIO_CSQ Csq, KIRQL Irql)
{
	UNREFERENCED_PARAMETER(Csq);
	Queue.Locked--;
	KeReleaseSpinLock(&Queue.Lock, Irql);
}

static VOID CompleteCanceled(PIO_CSQ Csq, PIRP Irp)
{
	UNREFERENCED_PARAMETER(Csq);
	Queue.Cancelled++;
	Queue.LastCancelled = Irp;
	Queue.CancelIrql = KeGetCurrentIrql();
	TestFinish(Irp, STATUS_CANCELLED, 0);
}

static VOID Start(PTEST T, BOOLEAN Extended)
{
	RtlZeroMemory(&Queue, sizeof(Queue));
	KeInitializeSpinLock(&Queue.Lock);
	InitializeListHead(&Queue.List);
	if (Extended)
		CHECK_EQ(STATUS_SUCCESS, IoCsqInitializeEx(&Queue.Csq, InsertEx, Remove, Peek, Acquire,
							   Release, CompleteCanceled));
	else
		CHECK_EQ(STATUS_SUCCESS, IoCsqInitialize(&Queue.Csq, Insert, Remove, Peek, Acquire,
							 Release, CompleteCanceled));
}

static NTSTATUS Keep(PDEVICE_OBJECT DeviceObject, PIRP Irp, PVOID Context)
{
	UNREFERENCED_PARAMETER(DeviceObject);
	UNREFERENCED_PARAMETER(Irp);
	UNREFERENCED_PARAMETER(Context);
	return STATUS_MORE_PROCESSING_REQUIRED;
}

/* As a dispatch routine has it; @File tells the peek routine whose it is. */
static PIRP MakeIrp(PTEST T, PVOID File)
{
	PIRP Irp = IoAllocateIrp(1, FALSE);

	CHECK(Irp != NULL);
	if (!Irp)
		return NULL;
	IoSetCompletionRoutine(Irp, Keep, NULL, TRUE, TRUE, TRUE);
	IoSetNextIrpStackLocation(Irp);
	IoGetCurrentIrpStackLocation(Irp)->DeviceObject = T->Device;
	IoGetCurrentIrpStackLocation(Irp)->FileObject = File;
	return Irp;
}

/* "IoCsqRemoveNextIrp": in the driver's order, and only what its peek routine finds. */
VOID CsqOrder(PTEST T)
{
	PIRP Irps[4];
	ULONG i;

	Start(T, FALSE);
	for (i = 0; i < 4; i++) {
		Irps[i] = MakeIrp(T, i % 2 ? &Queue : NULL);
		if (!Irps[i])
			return;
		IoCsqInsertIrp(&Queue.Csq, Irps[i], NULL);
		CHECK(IoGetCurrentIrpStackLocation(Irps[i])->Control & SL_PENDING_RETURNED);
		CHECK(Irps[i]->CancelRoutine != NULL);
		CHECK(Queue.HeldAtInsert);
	}
	CHECK(IoCsqRemoveNextIrp(&Queue.Csq, &Queue) == Irps[1]);
	CHECK(Irps[1]->CancelRoutine == NULL);
	CHECK(IoCsqRemoveNextIrp(&Queue.Csq, NULL) == Irps[0]);
	CHECK(IoCsqRemoveNextIrp(&Queue.Csq, &Queue) == Irps[3]);
	CHECK(IoCsqRemoveNextIrp(&Queue.Csq, &Queue) == NULL);
	CHECK(IoCsqRemoveNextIrp(&Queue.Csq, NULL) == Irps[2]);
	CHECK(IoCsqRemoveNextIrp(&Queue.Csq, NULL) == NULL);
	CHECK_EQ(4, Queue.Removed);
	CHECK_EQ(0, Queue.Cancelled);
	CHECK_EQ(0, Queue.Locked);
	for (i = 0; i < 4; i++)
		IoFreeIrp(Irps[i]);
}

/* "IoCsqRemoveIrp": a certain one, once. */
VOID CsqContext(PTEST T)
{
	IO_CSQ_IRP_CONTEXT Contexts[3];
	PIRP Irps[3];
	ULONG i;

	Start(T, FALSE);
	for (i = 0; i < 3; i++) {
		Irps[i] = MakeIrp(T, NULL);
		if (!Irps[i])
			return;
		IoCsqInsertIrp(&Queue.Csq, Irps[i], &Contexts[i]);
	}
	CHECK(IoCsqRemoveIrp(&Queue.Csq, &Contexts[1]) == Irps[1]);
	CHECK(IoCsqRemoveIrp(&Queue.Csq, &Contexts[1]) == NULL);
	CHECK(IoCsqRemoveNextIrp(&Queue.Csq, NULL) == Irps[0]);
	CHECK(IoCsqRemoveIrp(&Queue.Csq, &Contexts[0]) == NULL);
	CHECK(IoCancelIrp(Irps[2]));
	CHECK(Queue.LastCancelled == Irps[2]);
	CHECK(IoCsqRemoveIrp(&Queue.Csq, &Contexts[2]) == NULL);
	for (i = 0; i < 3; i++)
		IoFreeIrp(Irps[i]);
}

/* Cancelled in the queue: out of it, then completed, without the driver's lock. */
VOID CsqCancel(PTEST T)
{
	PIRP First, Second;

	Start(T, FALSE);
	First = MakeIrp(T, NULL);
	Second = MakeIrp(T, NULL);
	if (!First || !Second)
		return;
	IoCsqInsertIrp(&Queue.Csq, First, NULL);
	IoCsqInsertIrp(&Queue.Csq, Second, NULL);
	CHECK(IoCancelIrp(First));
	CHECK_EQ(1, Queue.Cancelled);
	CHECK_EQ(1, Queue.Removed);
	CHECK_EQ(PASSIVE_LEVEL, Queue.CancelIrql);
	CHECK(Queue.LastCancelled == First);
	CHECK_EQ(STATUS_CANCELLED, First->IoStatus.Status);
	CHECK(IoCsqRemoveNextIrp(&Queue.Csq, NULL) == Second);
	CHECK(!IoCancelIrp(Second));
	CHECK_EQ(1, Queue.Cancelled);
	IoFreeIrp(First);
	IoFreeIrp(Second);
}

/* "IoCsqInsertIrpEx": what the driver's routine returns; a refused IRP is as before. */
VOID CsqRefuses(PTEST T)
{
	PIRP Irp;

	Start(T, TRUE);
	Irp = MakeIrp(T, NULL);
	if (!Irp)
		return;
	Queue.Full = TRUE;
	CHECK_EQ(STATUS_DEVICE_BUSY, IoCsqInsertIrpEx(&Queue.Csq, Irp, NULL, &Irp));
	CHECK(Queue.InsertContext == &Irp);
	CHECK(Irp->CancelRoutine == NULL);
	CHECK(!(IoGetCurrentIrpStackLocation(Irp)->Control & SL_PENDING_RETURNED));
	CHECK(IoCsqRemoveNextIrp(&Queue.Csq, NULL) == NULL);
	Queue.Full = FALSE;
	CHECK_EQ(STATUS_SUCCESS, IoCsqInsertIrpEx(&Queue.Csq, Irp, NULL, T));
	CHECK(Queue.InsertContext == T);
	CHECK(IoGetCurrentIrpStackLocation(Irp)->Control & SL_PENDING_RETURNED);
	CHECK(IoCancelIrp(Irp));
	CHECK_EQ(1, Queue.Cancelled);
	IoFreeIrp(Irp);
}

/* "IoCsqInsertIrpEx": one that is cancelled already is not inserted, but completed. */
VOID CsqCancelledBefore(PTEST T)
{
	IO_CSQ_IRP_CONTEXT Context;
	PIRP Irp;

	Start(T, FALSE);
	Irp = MakeIrp(T, NULL);
	if (!Irp)
		return;
	CHECK(!IoCancelIrp(Irp));
	IoCsqInsertIrp(&Queue.Csq, Irp, &Context);
	CHECK_EQ(0, Queue.Inserted);
	CHECK_EQ(1, Queue.Cancelled);
	CHECK_EQ(STATUS_CANCELLED, Irp->IoStatus.Status);
	CHECK(IoCsqRemoveIrp(&Queue.Csq, &Context) == NULL);
	CHECK(IoCsqRemoveNextIrp(&Queue.Csq, NULL) == NULL);
	IoFreeIrp(Irp);
}
