// SPDX-License-Identifier: GPL-2.0
/*
 * A filter driver that passes everything on. Which place it has in a stack is the
 * registry's business; the same source serves for the lower and the upper one.
 */
#include <ntddk.h>

typedef struct _FILTER_EXTENSION {
	PDEVICE_OBJECT Lower;
	IO_REMOVE_LOCK RemoveLock;
} FILTER_EXTENSION, *PFILTER_EXTENSION;

static NTSTATUS Refuse(PIRP Irp, NTSTATUS Status)
{
	Irp->IoStatus.Status = Status;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return Status;
}

static NTSTATUS Pass(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	PFILTER_EXTENSION Extension = DeviceObject->DeviceExtension;
	NTSTATUS Status;

	Status = IoAcquireRemoveLock(&Extension->RemoveLock, Irp);
	if (!NT_SUCCESS(Status))
		return Refuse(Irp, Status);
	IoSkipCurrentIrpStackLocation(Irp);
	Status = IoCallDriver(Extension->Lower, Irp);
	IoReleaseRemoveLock(&Extension->RemoveLock, Irp);
	return Status;
}

static NTSTATUS Pnp(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	PFILTER_EXTENSION Extension = DeviceObject->DeviceExtension;
	NTSTATUS Status;

	if (IoGetCurrentIrpStackLocation(Irp)->MinorFunction != IRP_MN_REMOVE_DEVICE)
		return Pass(DeviceObject, Irp);
	Status = IoAcquireRemoveLock(&Extension->RemoveLock, Irp);
	if (!NT_SUCCESS(Status))
		return Refuse(Irp, Status);
	IoReleaseRemoveLockAndWait(&Extension->RemoveLock, Irp);
	IoSkipCurrentIrpStackLocation(Irp);
	Status = IoCallDriver(Extension->Lower, Irp);
	IoDetachDevice(Extension->Lower);
	IoDeleteDevice(DeviceObject);
	return Status;
}

static NTSTATUS AddDevice(PDRIVER_OBJECT DriverObject, PDEVICE_OBJECT Pdo)
{
	PFILTER_EXTENSION Extension;
	PDEVICE_OBJECT Device;
	NTSTATUS Status;

	Status = IoCreateDevice(DriverObject, sizeof(FILTER_EXTENSION), NULL, FILE_DEVICE_UNKNOWN, 0,
				FALSE, &Device);
	if (!NT_SUCCESS(Status))
		return Status;
	Extension = Device->DeviceExtension;
	IoInitializeRemoveLock(&Extension->RemoveLock, 'tliF', 0, 0);
	Extension->Lower = IoAttachDeviceToDeviceStack(Device, Pdo);
	if (!Extension->Lower) {
		IoDeleteDevice(Device);
		return STATUS_NO_SUCH_DEVICE;
	}
	/* "Creating a Filter Device Object": as the device below. */
	Device->Flags |= Extension->Lower->Flags & (DO_BUFFERED_IO | DO_DIRECT_IO | DO_POWER_PAGABLE);
	Device->DeviceType = Extension->Lower->DeviceType;
	Device->Flags &= ~DO_DEVICE_INITIALIZING;
	return STATUS_SUCCESS;
}

static VOID Unload(PDRIVER_OBJECT DriverObject)
{
	UNREFERENCED_PARAMETER(DriverObject);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
	ULONG i;

	UNREFERENCED_PARAMETER(RegistryPath);
	for (i = 0; i <= IRP_MJ_MAXIMUM_FUNCTION; i++)
		DriverObject->MajorFunction[i] = Pass;
	DriverObject->MajorFunction[IRP_MJ_PNP] = Pnp;
	DriverObject->DriverExtension->AddDevice = AddDevice;
	DriverObject->DriverUnload = Unload;
	return STATUS_SUCCESS;
}
