// SPDX-License-Identifier: GPL-2.0
/*
 * Makes its symbolic links before its device, which "IoCreateSymbolicLink" does
 * not forbid, one of them in a folder; and forgets them in Unload.
 */
#include <ntddk.h>

DRIVER_INITIALIZE DriverEntry;
static DRIVER_DISPATCH OpenClose;
static DRIVER_UNLOAD Unload;

static UNICODE_STRING Name = RTL_CONSTANT_STRING(L"\\Device\\FaultLinks");
static UNICODE_STRING Plain = RTL_CONSTANT_STRING(L"\\DosDevices\\FAULTLINKS");
static UNICODE_STRING Nested = RTL_CONSTANT_STRING(L"\\DosDevices\\FaultDir\\Toaster");
static UNICODE_STRING Deleted = RTL_CONSTANT_STRING(L"\\DosDevices\\FaultDir\\Deleted");

static NTSTATUS OpenClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	UNREFERENCED_PARAMETER(DeviceObject);
	Irp->IoStatus.Status = STATUS_SUCCESS;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return STATUS_SUCCESS;
}

static VOID Unload(PDRIVER_OBJECT DriverObject)
{
	IoDeleteDevice(DriverObject->DeviceObject);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
	PDEVICE_OBJECT DeviceObject;
	NTSTATUS Status;

	UNREFERENCED_PARAMETER(RegistryPath);
	Status = IoCreateSymbolicLink(&Plain, &Name);
	if (NT_SUCCESS(Status))
		Status = IoCreateSymbolicLink(&Nested, &Name);
	if (NT_SUCCESS(Status))
		Status = IoCreateSymbolicLink(&Deleted, &Name);
	if (NT_SUCCESS(Status))
		Status = IoDeleteSymbolicLink(&Deleted);
	if (!NT_SUCCESS(Status))
		return Status;
	DriverObject->MajorFunction[IRP_MJ_CREATE] = OpenClose;
	DriverObject->MajorFunction[IRP_MJ_CLOSE] = OpenClose;
	DriverObject->DriverUnload = Unload;
	return IoCreateDevice(DriverObject, 0, &Name, FILE_DEVICE_UNKNOWN, 0, FALSE, &DeviceObject);
}
