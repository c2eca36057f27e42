// SPDX-License-Identifier: GPL-2.0
/*
 * IRPs: three devices of ours on top of each other, to which a test sends IRPs
 * of its own with IRP_MJ_INTERNAL_DEVICE_CONTROL.
 */
#include "conform.h"

typedef enum _ROLE {
	RolePass,		/* copy the stack location, set a completion routine */
	RoleSkip,		/* skip the stack location */
	RoleComplete,		/* complete with Status */
	RolePend,		/* mark pending, keep; the test completes it */
} ROLE;

typedef struct _LAYER {
	ROLE Role;
	PDEVICE_OBJECT Lower;
	NTSTATUS Status;
	BOOLEAN OnSuccess, OnError, OnCancel;
	NTSTATUS CompletionReturns;
	ULONG Number;
} LAYER, *PLAYER;

#define DEPTH	3

static PDEVICE_OBJECT Stack[DEPTH];	/* the lowest first */

static struct {
	ULONG Count;
	ULONG Layer[8];			/* DEPTH for the sender's own */
	PVOID Context[8];
	PDEVICE_OBJECT Device[8];
	BOOLEAN Pending[8];
	CHAR Location[8];
	PIRP Pended;
} Log;

static PLAYER LayerOf(PDEVICE_OBJECT Device)
{
	return Device->DeviceExtension;
}

static VOID Note(ULONG Layer, PDEVICE_OBJECT Device, PIRP Irp, PVOID Context)
{
	if (Log.Count >= RTL_NUMBER_OF(Log.Layer))
		return;
	Log.Layer[Log.Count] = Layer;
	Log.Context[Log.Count] = Context;
	Log.Device[Log.Count] = Device;
	Log.Pending[Log.Count] = Irp->PendingReturned;
	Log.Location[Log.Count] = Irp->CurrentLocation;
	Log.Count++;
}

static IO_COMPLETION_ROUTINE LayerCompletion, SenderCompletion;

static NTSTATUS LayerCompletion(PDEVICE_OBJECT Device, PIRP Irp, PVOID Context)
{
	PLAYER Layer = Context;

	Note(Layer->Number, Device, Irp, Context);
	/* "IoMarkIrpPending": a completion routine that lets it go on passes this on. */
	if (Irp->PendingReturned && Layer->CompletionReturns != STATUS_MORE_PROCESSING_REQUIRED)
		IoMarkIrpPending(Irp);
	return Layer->CompletionReturns;
}

static NTSTATUS SenderCompletion(PDEVICE_OBJECT Device, PIRP Irp, PVOID Context)
{
	Note(DEPTH, Device, Irp, Context);
	return STATUS_MORE_PROCESSING_REQUIRED;
}

NTSTATUS ConformInternal(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	PLAYER Layer = LayerOf(DeviceObject);
	NTSTATUS Status;

	switch (Layer->Role) {
	case RolePass:
		IoCopyCurrentIrpStackLocationToNext(Irp);
		IoSetCompletionRoutine(Irp, LayerCompletion, Layer, Layer->OnSuccess,
				       Layer->OnError, Layer->OnCancel);
		return IoCallDriver(Layer->Lower, Irp);
	case RoleSkip:
		IoSkipCurrentIrpStackLocation(Irp);
		return IoCallDriver(Layer->Lower, Irp);
	case RolePend:
		IoMarkIrpPending(Irp);
		Log.Pended = Irp;
		return STATUS_PENDING;
	default:
		Status = Layer->Status;
		Irp->IoStatus.Status = Status;
		Irp->IoStatus.Information = 0;
		IoCompleteRequest(Irp, IO_NO_INCREMENT);
		return Status;
	}
}

static VOID TearDown(VOID)
{
	LONG i;

	for (i = DEPTH - 1; i >= 0; i--) {
		if (!Stack[i])
			continue;
		if (LayerOf(Stack[i])->Lower)
			IoDetachDevice(LayerOf(Stack[i])->Lower);
		IoDeleteDevice(Stack[i]);
		Stack[i] = NULL;
	}
}

static BOOLEAN SetUp(PCONFORM_TEST_CONTEXT T)
{
	ULONG i;

	RtlZeroMemory(&Log, sizeof(Log));
	RtlZeroMemory(Stack, sizeof(Stack));
	for (i = 0; i < DEPTH; i++) {
		NTSTATUS Status = IoCreateDevice(T->Driver, sizeof(LAYER), NULL,
						 FILE_DEVICE_UNKNOWN, 0, FALSE, &Stack[i]);

		CHECK_EQ(STATUS_SUCCESS, Status);
		if (!NT_SUCCESS(Status)) {
			TearDown();
			return FALSE;
		}
		LayerOf(Stack[i])->Number = i;
		LayerOf(Stack[i])->Role = i ? RolePass : RoleComplete;
		LayerOf(Stack[i])->OnSuccess = TRUE;
		LayerOf(Stack[i])->OnError = TRUE;
		LayerOf(Stack[i])->OnCancel = TRUE;
		if (i)
			LayerOf(Stack[i])->Lower = IoAttachDeviceToDeviceStack(Stack[i], Stack[0]);
		Stack[i]->Flags &= ~DO_DEVICE_INITIALIZING;
	}
	return TRUE;
}

static PIRP MakeIrp(PCONFORM_TEST_CONTEXT T, PVOID Context)
{
	PIRP Irp = IoAllocateIrp(Stack[DEPTH - 1]->StackSize, FALSE);

	CHECK(Irp != NULL);
	if (!Irp)
		return NULL;
	IoGetNextIrpStackLocation(Irp)->MajorFunction = IRP_MJ_INTERNAL_DEVICE_CONTROL;
	IoSetCompletionRoutine(Irp, SenderCompletion, Context, TRUE, TRUE, TRUE);
	return Irp;
}

/* "IoAllocateIrp": StackSize locations, the current one just above the first. */
VOID IrpNew(PCONFORM_TEST_CONTEXT T)
{
	static const CCHAR Sizes[] = { 1, 2, 5, 12 };
	PIRP Irp;
	ULONG i;

	for (i = 0; i < RTL_NUMBER_OF(Sizes); i++) {
		Irp = IoAllocateIrp(Sizes[i], FALSE);
		CHECK(Irp != NULL);
		if (!Irp)
			return;
		CHECK_EQ(Sizes[i], Irp->StackCount);
		CHECK_EQ(Sizes[i] + 1, Irp->CurrentLocation);
		CHECK(!Irp->Cancel);
		CHECK(Irp->CancelRoutine == NULL);
		CHECK_EQ(0, Irp->IoStatus.Status);
		CHECK(IoGetNextIrpStackLocation(Irp) + 1 == IoGetCurrentIrpStackLocation(Irp));
		/* All locations are there to be written to. */
		RtlZeroMemory(IoGetCurrentIrpStackLocation(Irp) - Sizes[i],
			      Sizes[i] * sizeof(IO_STACK_LOCATION));
		IoFreeIrp(Irp);
	}
}

/*
 * "IoCompletion Routines": called in turn from the driver above the one that
 * completes up to the sender's; with the device object of the driver that set
 * it (NULL for a sender without a stack location of its own) and its context.
 */
VOID IrpCompletionOrder(PCONFORM_TEST_CONTEXT T)
{
	PIRP Irp;
	ULONG i;

	if (!SetUp(T))
		return;
	CHECK_EQ(DEPTH, Stack[DEPTH - 1]->StackSize);
	Irp = MakeIrp(T, T);
	if (Irp) {
		CHECK_EQ(STATUS_SUCCESS, IoCallDriver(Stack[DEPTH - 1], Irp));
		CHECK_EQ(DEPTH, Log.Count);
		for (i = 0; i < DEPTH - 1; i++) {
			CHECK_EQ(i + 1, Log.Layer[i]);
			CHECK(Log.Device[i] == Stack[i + 1]);
			CHECK(Log.Context[i] == Stack[i + 1]->DeviceExtension);
			CHECK(!Log.Pending[i]);
		}
		CHECK_EQ(DEPTH, Log.Layer[DEPTH - 1]);
		CHECK(Log.Device[DEPTH - 1] == NULL);
		CHECK(Log.Context[DEPTH - 1] == T);
		CHECK_EQ(STATUS_SUCCESS, Irp->IoStatus.Status);
		IoFreeIrp(Irp);
	}
	TearDown();
}

/* "IoSetCompletionRoutine": InvokeOnSuccess, InvokeOnError, InvokeOnCancel. */
VOID IrpInvokeConditions(PCONFORM_TEST_CONTEXT T)
{
	static const struct {
		BOOLEAN OnSuccess, OnError, OnCancel, Cancel;
		NTSTATUS Status;
		BOOLEAN Called;
	} Cases[] = {
		{ TRUE, FALSE, FALSE, FALSE, STATUS_SUCCESS, TRUE },
		{ FALSE, TRUE, TRUE, FALSE, STATUS_SUCCESS, FALSE },
		{ FALSE, TRUE, FALSE, FALSE, STATUS_UNSUCCESSFUL, TRUE },
		{ TRUE, FALSE, TRUE, FALSE, STATUS_UNSUCCESSFUL, FALSE },
		{ TRUE, FALSE, FALSE, FALSE, STATUS_BUFFER_OVERFLOW, FALSE },
		{ FALSE, FALSE, TRUE, TRUE, STATUS_CANCELLED, TRUE },
		{ TRUE, FALSE, FALSE, TRUE, STATUS_CANCELLED, FALSE },
		{ FALSE, FALSE, TRUE, TRUE, STATUS_SUCCESS, TRUE },
	};
	PIRP Irp;
	ULONG i;

	if (!SetUp(T))
		return;
	for (i = 0; i < RTL_NUMBER_OF(Cases); i++) {
		PLAYER Top = LayerOf(Stack[DEPTH - 1]);

		RtlZeroMemory(&Log, sizeof(Log));
		LayerOf(Stack[0])->Status = Cases[i].Status;
		Top->OnSuccess = Cases[i].OnSuccess;
		Top->OnError = Cases[i].OnError;
		Top->OnCancel = Cases[i].OnCancel;
		Irp = MakeIrp(T, NULL);
		if (!Irp)
			break;
		if (Cases[i].Cancel)
			IoCancelIrp(Irp);
		CHECK_EQ(Cases[i].Status, IoCallDriver(Stack[DEPTH - 1], Irp));
		/* The middle layer and the sender ask for all. */
		CHECK_EQ(Cases[i].Called ? 3 : 2, Log.Count);
		CHECK_EQ(1, Log.Layer[0]);
		CHECK_EQ(DEPTH, Log.Layer[Log.Count - 1]);
		IoFreeIrp(Irp);
	}
	TearDown();
}

/*
 * "STATUS_MORE_PROCESSING_REQUIRED": completion stops there, the driver has the
 * IRP back and completes it later, which goes on with those above.
 */
VOID IrpMoreProcessing(PCONFORM_TEST_CONTEXT T)
{
	PIRP Irp;

	if (!SetUp(T))
		return;
	LayerOf(Stack[1])->CompletionReturns = STATUS_MORE_PROCESSING_REQUIRED;
	Irp = MakeIrp(T, NULL);
	if (Irp) {
		IoCallDriver(Stack[DEPTH - 1], Irp);
		CHECK_EQ(1, Log.Count);
		CHECK_EQ(1, Log.Layer[0]);
		/* The current location is the one of the driver that has it back. */
		CHECK(IoGetCurrentIrpStackLocation(Irp)->DeviceObject == Stack[1]);
		IoCompleteRequest(Irp, IO_NO_INCREMENT);
		CHECK_EQ(3, Log.Count);
		CHECK_EQ(2, Log.Layer[1]);
		CHECK_EQ(DEPTH, Log.Layer[2]);
		IoFreeIrp(Irp);
	}
	TearDown();
}

/*
 * "IoMarkIrpPending": SL_PENDING_RETURNED of the location that is completed
 * becomes PendingReturned of the IRP, through every layer that passes it on.
 */
VOID IrpPending(PCONFORM_TEST_CONTEXT T)
{
	PIRP Irp;
	ULONG i;

	if (!SetUp(T))
		return;
	LayerOf(Stack[0])->Role = RolePend;
	/* Of a layer without a completion routine the I/O manager takes care. */
	LayerOf(Stack[2])->OnSuccess = FALSE;
	Irp = MakeIrp(T, NULL);
	if (Irp) {
		CHECK_EQ(STATUS_PENDING, IoCallDriver(Stack[DEPTH - 1], Irp));
		CHECK_EQ(0, Log.Count);
		CHECK(Log.Pended == Irp);
		Irp->IoStatus.Status = STATUS_SUCCESS;
		IoCompleteRequest(Irp, IO_NO_INCREMENT);
		CHECK_EQ(2, Log.Count);
		for (i = 0; i < Log.Count; i++)
			CHECK(Log.Pending[i]);
		IoFreeIrp(Irp);
	}
	TearDown();
}

/*
 * "IoSkipCurrentIrpStackLocation": the next driver gets the same location; the
 * completion routine of the one above is called as if the skipper were not there.
 */
VOID IrpSkip(PCONFORM_TEST_CONTEXT T)
{
	PIRP Irp;

	if (!SetUp(T))
		return;
	LayerOf(Stack[1])->Role = RoleSkip;
	Irp = MakeIrp(T, NULL);
	if (Irp) {
		CHECK_EQ(STATUS_SUCCESS, IoCallDriver(Stack[DEPTH - 1], Irp));
		CHECK_EQ(2, Log.Count);
		CHECK_EQ(2, Log.Layer[0]);
		CHECK(Log.Device[0] == Stack[2]);
		CHECK_EQ(DEPTH, Log.Layer[1]);
		IoFreeIrp(Irp);
	}
	TearDown();
}

static struct {
	ULONG Calls;
	PDEVICE_OBJECT Device;
	KIRQL Irql;
	BOOLEAN Flag;
	PDRIVER_CANCEL Routine;
} Cancel;

static VOID CancelPended(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	Cancel.Calls++;
	Cancel.Device = DeviceObject;
	Cancel.Irql = KeGetCurrentIrql();
	Cancel.Flag = Irp->Cancel;
	Cancel.Routine = Irp->CancelRoutine;
	IoReleaseCancelSpinLock(Irp->CancelIrql);
	Irp->IoStatus.Status = STATUS_CANCELLED;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
}

/*
 * "IoCancelIrp", "Cancel Routines": called with the cancel spin lock held, so at
 * DISPATCH_LEVEL, with Cancel set, CancelRoutine taken out and the device that
 * the IRP is at; the call returns TRUE and the caller's IRQL is back.
 */
VOID IrpCancelRoutine(PCONFORM_TEST_CONTEXT T)
{
	PIRP Irp;

	if (!SetUp(T))
		return;
	RtlZeroMemory(&Cancel, sizeof(Cancel));
	LayerOf(Stack[0])->Role = RolePend;
	Irp = MakeIrp(T, NULL);
	if (Irp) {
		IoCallDriver(Stack[DEPTH - 1], Irp);
		CHECK(IoSetCancelRoutine(Irp, CancelPended) == NULL);
		CHECK(IoCancelIrp(Irp));
		CHECK_EQ(PASSIVE_LEVEL, KeGetCurrentIrql());
		CHECK_EQ(1, Cancel.Calls);
		CHECK(Cancel.Device == Stack[0]);
		CHECK_EQ(DISPATCH_LEVEL, Cancel.Irql);
		CHECK(Cancel.Flag);
		CHECK(Cancel.Routine == NULL);
		CHECK_EQ(STATUS_CANCELLED, Irp->IoStatus.Status);
		CHECK_EQ(3, Log.Count);
		IoFreeIrp(Irp);
	}
	TearDown();
}

/* "IoCancelIrp": FALSE when there is no Cancel routine; Cancel is set all the same. */
VOID IrpCancelWithoutRoutine(PCONFORM_TEST_CONTEXT T)
{
	PIRP Irp = IoAllocateIrp(1, FALSE);

	CHECK(Irp != NULL);
	if (!Irp)
		return;
	CHECK(!IoCancelIrp(Irp));
	CHECK(Irp->Cancel);
	/* "IoSetCancelRoutine": the former routine, and none after it was taken. */
	CHECK(IoSetCancelRoutine(Irp, CancelPended) == NULL);
	CHECK(IoSetCancelRoutine(Irp, NULL) == CancelPended);
	CHECK(IoSetCancelRoutine(Irp, NULL) == NULL);
	CHECK(!IoCancelIrp(Irp));
	IoFreeIrp(Irp);
}
