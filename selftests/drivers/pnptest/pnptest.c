// SPDX-License-Identifier: GPL-2.0
/* A root-enumerated device that does with PnP requests as it is told, and counts them. */
#include "pnptest.h"

ULONG Behaviour;
ULONG Counts[MINORS];
PNPTEST_EVENTS Events;

static NTSTATUS Complete(PIRP Irp, NTSTATUS Status, ULONG_PTR Information)
{
	Irp->IoStatus.Status = Status;
	Irp->IoStatus.Information = Information;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return Status;
}

static NTSTATUS CreateClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	UNREFERENCED_PARAMETER(DeviceObject);
	return Complete(Irp, STATUS_SUCCESS, 0);
}

static NTSTATUS Give(PIRP Irp, const VOID *From, ULONG Bytes)
{
	PIO_STACK_LOCATION Stack = IoGetCurrentIrpStackLocation(Irp);

	if (Stack->Parameters.DeviceIoControl.OutputBufferLength < Bytes)
		return Complete(Irp, STATUS_BUFFER_TOO_SMALL, 0);
	RtlCopyMemory(Irp->AssociatedIrp.SystemBuffer, From, Bytes);
	return Complete(Irp, STATUS_SUCCESS, Bytes);
}

static NTSTATUS DeviceControl(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	PPNPTEST_EXTENSION Extension = DeviceObject->DeviceExtension;
	PIO_STACK_LOCATION Stack = IoGetCurrentIrpStackLocation(Irp);
	ULONG Failures = 0;

	switch (Stack->Parameters.DeviceIoControl.IoControlCode) {
	case IOCTL_PNPTEST_COUNTS:
		return Give(Irp, Counts, sizeof(Counts));
	case IOCTL_PNPTEST_EVENTS:
		return Give(Irp, &Events, sizeof(Events));
	case IOCTL_PNPTEST_BEHAVE:
		if (Stack->Parameters.DeviceIoControl.InputBufferLength < sizeof(ULONG))
			return Complete(Irp, STATUS_BUFFER_TOO_SMALL, 0);
		Behaviour = *(PULONG)Irp->AssociatedIrp.SystemBuffer;
		return Complete(Irp, STATUS_SUCCESS, 0);
	case IOCTL_PNPTEST_INVALIDATE:
		IoInvalidateDeviceState(Extension->Pdo);
		return Complete(Irp, STATUS_SUCCESS, 0);
	case IOCTL_PNPTEST_WATCH:
		return Complete(Irp, WatchBegin(DeviceObject->DriverObject), 0);
	case IOCTL_PNPTEST_UNWATCH:
		WatchEnd();
		return Complete(Irp, STATUS_SUCCESS, 0);
	case IOCTL_PNPTEST_REPORT:
		return Complete(Irp, ReportChange(Extension->Pdo, DeviceObject->DriverObject), 0);
	case IOCTL_PNPTEST_REFUSALS:
		RefusedReports(Extension->Pdo, DeviceObject->DriverObject, &Failures);
		return Give(Irp, &Failures, sizeof(Failures));
	}
	return Complete(Irp, STATUS_INVALID_DEVICE_REQUEST, 0);
}

/* ---- Plug and Play ---- */

static NTSTATUS Forwarded(PDEVICE_OBJECT DeviceObject, PIRP Irp, PVOID Context)
{
	UNREFERENCED_PARAMETER(DeviceObject);
	UNREFERENCED_PARAMETER(Irp);
	KeSetEvent((PKEVENT)Context, IO_NO_INCREMENT, FALSE);
	return STATUS_MORE_PROCESSING_REQUIRED;
}

static NTSTATUS Start(PPNPTEST_EXTENSION Extension, PIRP Irp)
{
	KEVENT Event;
	NTSTATUS Status;

	KeInitializeEvent(&Event, NotificationEvent, FALSE);
	IoCopyCurrentIrpStackLocationToNext(Irp);
	IoSetCompletionRoutine(Irp, Forwarded, &Event, TRUE, TRUE, TRUE);
	if (IoCallDriver(Extension->Lower, Irp) == STATUS_PENDING)
		KeWaitForSingleObject(&Event, Executive, KernelMode, FALSE, NULL);
	Status = Irp->IoStatus.Status;
	if (Behaviour & FAIL_START)
		Status = STATUS_DEVICE_CONFIGURATION_ERROR;
	return Complete(Irp, Status, 0);
}

static NTSTATUS Remove(PPNPTEST_EXTENSION Extension, PIRP Irp)
{
	UNICODE_STRING Link;
	NTSTATUS Status;

	WatchEnd();
	RtlInitUnicodeString(&Link, L"\\DosDevices\\PNPTEST");
	IoDeleteSymbolicLink(&Link);
	Irp->IoStatus.Status = STATUS_SUCCESS;
	IoSkipCurrentIrpStackLocation(Irp);
	Status = IoCallDriver(Extension->Lower, Irp);
	IoDetachDevice(Extension->Lower);
	IoDeleteDevice(Extension->Self);
	return Status;
}

static VOID QueryState(PIRP Irp)
{
	if (Behaviour & SAY_FAILED) {
		Irp->IoStatus.Information |= PNP_DEVICE_FAILED;
		Irp->IoStatus.Status = STATUS_SUCCESS;
	} else if (Behaviour & SAY_CHANGED) {
		Behaviour &= ~SAY_CHANGED;
		Irp->IoStatus.Information |= PNP_DEVICE_RESOURCE_REQUIREMENTS_CHANGED;
		Irp->IoStatus.Status = STATUS_SUCCESS;
	}
}

static NTSTATUS Pnp(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	PPNPTEST_EXTENSION Extension = DeviceObject->DeviceExtension;
	UCHAR Minor = IoGetCurrentIrpStackLocation(Irp)->MinorFunction;

	if (Minor < MINORS)
		InterlockedIncrement((PLONG)&Counts[Minor]);
	switch (Minor) {
	case IRP_MN_START_DEVICE:
		return Start(Extension, Irp);
	case IRP_MN_REMOVE_DEVICE:
		return Remove(Extension, Irp);
	case IRP_MN_QUERY_STOP_DEVICE:
		if (Behaviour & VETO_STOP)
			return Complete(Irp, STATUS_UNSUCCESSFUL, 0);
		Irp->IoStatus.Status = STATUS_SUCCESS;
		break;
	case IRP_MN_QUERY_REMOVE_DEVICE:
		if (Behaviour & VETO_REMOVE)
			return Complete(Irp, STATUS_UNSUCCESSFUL, 0);
		Irp->IoStatus.Status = STATUS_SUCCESS;
		break;
	case IRP_MN_CANCEL_STOP_DEVICE:
	case IRP_MN_STOP_DEVICE:
	case IRP_MN_CANCEL_REMOVE_DEVICE:
	case IRP_MN_SURPRISE_REMOVAL:
		Irp->IoStatus.Status = STATUS_SUCCESS;
		break;
	case IRP_MN_QUERY_PNP_DEVICE_STATE:
		QueryState(Irp);
		break;
	}
	IoSkipCurrentIrpStackLocation(Irp);
	return IoCallDriver(Extension->Lower, Irp);
}

static NTSTATUS PassDown(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	PPNPTEST_EXTENSION Extension = DeviceObject->DeviceExtension;

	IoSkipCurrentIrpStackLocation(Irp);
	return IoCallDriver(Extension->Lower, Irp);
}

static NTSTATUS AddDevice(PDRIVER_OBJECT DriverObject, PDEVICE_OBJECT Pdo)
{
	UNICODE_STRING Name, Link;
	PPNPTEST_EXTENSION Extension;
	PDEVICE_OBJECT Device;
	NTSTATUS Status;

	RtlInitUnicodeString(&Name, L"\\Device\\PnpTest");
	RtlInitUnicodeString(&Link, L"\\DosDevices\\PNPTEST");
	Status = IoCreateDevice(DriverObject, sizeof(PNPTEST_EXTENSION), &Name, FILE_DEVICE_UNKNOWN,
				FILE_DEVICE_SECURE_OPEN, FALSE, &Device);
	if (!NT_SUCCESS(Status))
		return Status;
	Status = IoCreateSymbolicLink(&Link, &Name);
	if (!NT_SUCCESS(Status)) {
		IoDeleteDevice(Device);
		return Status;
	}
	Extension = Device->DeviceExtension;
	Extension->Self = Device;
	Extension->Pdo = Pdo;
	Extension->Lower = IoAttachDeviceToDeviceStack(Device, Pdo);
	Device->Flags &= ~DO_DEVICE_INITIALIZING;
	return STATUS_SUCCESS;
}

static VOID Unload(PDRIVER_OBJECT DriverObject)
{
	UNREFERENCED_PARAMETER(DriverObject);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
	UNREFERENCED_PARAMETER(RegistryPath);
	DriverObject->MajorFunction[IRP_MJ_CREATE] = CreateClose;
	DriverObject->MajorFunction[IRP_MJ_CLOSE] = CreateClose;
	DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = DeviceControl;
	DriverObject->MajorFunction[IRP_MJ_PNP] = Pnp;
	DriverObject->MajorFunction[IRP_MJ_POWER] = PassDown;
	DriverObject->MajorFunction[IRP_MJ_SYSTEM_CONTROL] = PassDown;
	DriverObject->DriverExtension->AddDevice = AddDevice;
	DriverObject->DriverUnload = Unload;
	return STATUS_SUCCESS;
}
