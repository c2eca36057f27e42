// SPDX-License-Identifier: GPL-2.0
/*
 * IRPs that belong to the thread that made them: one at a time is sent to the test
 * device, which keeps it until it is cancelled or told to end it.
 */
#include "iotest.h"
#include "iotestio.h"

static struct {
	PIRP Irp;		/* the one that pends */
	BOOLEAN Stubborn;
	KEVENT Event;
	IO_STATUS_BLOCK IoStatus;
	ULONG Cancels;
	ULONG CancelLevel;
	UCHAR Data[8];
} Built;

static DRIVER_CANCEL Cancelled;
static VOID Cancelled(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	UNREFERENCED_PARAMETER(DeviceObject);
	Built.Irp = NULL;
	Built.Cancels++;
	Built.CancelLevel = Irp->CancelIrql;
	IoReleaseCancelSpinLock(Irp->CancelIrql);
	TestFinish(Irp, STATUS_CANCELLED, 0);
}

/* What LowerDispatch() is not meant for: requests to the test device itself. */
NTSTATUS KeepIrp(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	KIRQL Irql;

	UNREFERENCED_PARAMETER(DeviceObject);
	IoAcquireCancelSpinLock(&Irql);
	if (Built.Irp || (Irp->Cancel && !Built.Stubborn)) {
		IoReleaseCancelSpinLock(Irql);
		return TestFinish(Irp, STATUS_CANCELLED, 0);
	}
	IoMarkIrpPending(Irp);
	Built.Irp = Irp;
	if (!Built.Stubborn)
		IoSetCancelRoutine(Irp, Cancelled);
	IoReleaseCancelSpinLock(Irql);
	return STATUS_PENDING;
}

static NTSTATUS FreeIt(PDEVICE_OBJECT DeviceObject, PIRP Irp, PVOID Context)
{
	UNREFERENCED_PARAMETER(DeviceObject);
	UNREFERENCED_PARAMETER(Context);
	*Irp->UserIosb = Irp->IoStatus;
	KeSetEvent(&Built.Event, IO_NO_INCREMENT, FALSE);
	IoFreeIrp(Irp);
	return STATUS_MORE_PROCESSING_REQUIRED;
}

static PIRP Make(PDEVICE_OBJECT DeviceObject, ULONG Kind)
{
	LARGE_INTEGER Offset = { .QuadPart = 0 };
	PIRP Irp;

	switch (Kind) {
	case IOTEST_CONTROL:
		return IoBuildDeviceIoControlRequest(IOCTL_IOTEST_BUILT, DeviceObject, NULL, 0, NULL,
						     0, TRUE, &Built.Event, &Built.IoStatus);
	case IOTEST_READ:
		return IoBuildSynchronousFsdRequest(IRP_MJ_READ, DeviceObject, Built.Data,
						    sizeof(Built.Data), &Offset, &Built.Event,
						    &Built.IoStatus);
	case IOTEST_ASYNC:
		Irp = IoBuildAsynchronousFsdRequest(IRP_MJ_READ, DeviceObject, Built.Data,
						    sizeof(Built.Data), &Offset, &Built.IoStatus);
		if (Irp)
			IoSetCompletionRoutine(Irp, FreeIt, NULL, TRUE, TRUE, TRUE);
		return Irp;
	default:
		return NULL;
	}
}

NTSTATUS BuildIrp(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	PIO_STACK_LOCATION Location = IoGetCurrentIrpStackLocation(Irp);
	ULONG Kind;
	PIRP New;

	if (Location->Parameters.DeviceIoControl.InputBufferLength < sizeof(Kind))
		return TestFinish(Irp, STATUS_BUFFER_TOO_SMALL, 0);
	if (Built.Irp)
		return TestFinish(Irp, STATUS_DEVICE_BUSY, 0);
	Kind = *(PULONG)Irp->AssociatedIrp.SystemBuffer;
	KeInitializeEvent(&Built.Event, NotificationEvent, FALSE);
	Built.IoStatus.Status = STATUS_PENDING;
	Built.Cancels = 0;
	Built.Stubborn = !!(Kind & IOTEST_STUBBORN);
	New = Make(DeviceObject, Kind & ~IOTEST_STUBBORN);
	if (!New)
		return TestFinish(Irp, STATUS_INSUFFICIENT_RESOURCES, 0);
	IoCallDriver(DeviceObject, New);
	return TestFinish(Irp, STATUS_SUCCESS, 0);
}

NTSTATUS GetBuilt(PIRP Irp)
{
	PIO_STACK_LOCATION Location = IoGetCurrentIrpStackLocation(Irp);
	IOTEST_BUILT *Out = Irp->AssociatedIrp.SystemBuffer;
	KIRQL Irql;

	if (Location->Parameters.DeviceIoControl.OutputBufferLength < sizeof(*Out))
		return TestFinish(Irp, STATUS_BUFFER_TOO_SMALL, 0);
	IoAcquireCancelSpinLock(&Irql);
	Out->Pending = Built.Irp != NULL;
	Out->CancelSeen = Built.Irp && Built.Irp->Cancel;
	IoReleaseCancelSpinLock(Irql);
	Out->Ended = KeReadStateEvent(&Built.Event) != 0;
	Out->Status = (ULONG)Built.IoStatus.Status;
	Out->Cancels = Built.Cancels;
	Out->CancelLevel = Built.CancelLevel;
	return TestFinish(Irp, STATUS_SUCCESS, sizeof(*Out));
}

NTSTATUS EndBuilt(PIRP Irp)
{
	PIRP Pending;
	KIRQL Irql;

	IoAcquireCancelSpinLock(&Irql);
	Pending = Built.Irp;
	if (Pending && !Built.Stubborn && !IoSetCancelRoutine(Pending, NULL))
		Pending = NULL;
	if (Pending)
		Built.Irp = NULL;
	IoReleaseCancelSpinLock(Irql);
	if (!Pending)
		return TestFinish(Irp, STATUS_NOT_FOUND, 0);
	TestFinish(Pending, STATUS_SUCCESS, 0);
	return TestFinish(Irp, STATUS_SUCCESS, 0);
}
