// SPDX-License-Identifier: GPL-2.0
/* A driver without an Unload routine: "it cannot be unloaded". */
#include <ntddk.h>

DRIVER_INITIALIZE DriverEntry;
static DRIVER_DISPATCH Succeed;

static NTSTATUS Succeed(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	UNREFERENCED_PARAMETER(DeviceObject);
	Irp->IoStatus.Status = STATUS_SUCCESS;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return STATUS_SUCCESS;
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
	UNICODE_STRING Device = RTL_CONSTANT_STRING(L"\\Device\\FaultStuck");
	UNICODE_STRING Link = RTL_CONSTANT_STRING(L"\\DosDevices\\FAULTSTUCK");
	PDEVICE_OBJECT DeviceObject;
	NTSTATUS Status;

	UNREFERENCED_PARAMETER(RegistryPath);
	Status = IoCreateDevice(DriverObject, 0, &Device, FILE_DEVICE_UNKNOWN, 0, FALSE,
				&DeviceObject);
	if (!NT_SUCCESS(Status))
		return Status;
	DriverObject->MajorFunction[IRP_MJ_CREATE] = Succeed;
	DriverObject->MajorFunction[IRP_MJ_CLOSE] = Succeed;
	return IoCreateSymbolicLink(&Link, &Device);
}
