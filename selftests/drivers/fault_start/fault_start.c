// SPDX-License-Identifier: GPL-2.0
/*
 * START_DEVICE fails. All else is by the book, so that the removal which must
 * follow ("Handling an IRP_MN_REMOVE_DEVICE Request") can clean up.
 */
#include <ntddk.h>

DRIVER_INITIALIZE DriverEntry;
static DRIVER_ADD_DEVICE AddDevice;
static DRIVER_DISPATCH Pnp;
static DRIVER_UNLOAD Unload;

typedef struct _EXTENSION {
	PDEVICE_OBJECT Lower;
} EXTENSION, *PEXTENSION;

static NTSTATUS AddDevice(PDRIVER_OBJECT DriverObject, PDEVICE_OBJECT PhysicalDeviceObject)
{
	UNICODE_STRING Name = RTL_CONSTANT_STRING(L"\\Device\\FaultStart");
	PDEVICE_OBJECT DeviceObject;
	PEXTENSION Extension;
	NTSTATUS Status;

	Status = IoCreateDevice(DriverObject, sizeof(EXTENSION), &Name, FILE_DEVICE_UNKNOWN, 0,
				FALSE, &DeviceObject);
	if (!NT_SUCCESS(Status))
		return Status;
	Extension = DeviceObject->DeviceExtension;
	Extension->Lower = IoAttachDeviceToDeviceStack(DeviceObject, PhysicalDeviceObject);
	DeviceObject->Flags &= ~DO_DEVICE_INITIALIZING;
	return STATUS_SUCCESS;
}

static NTSTATUS Pnp(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	PDEVICE_OBJECT Lower = ((PEXTENSION)DeviceObject->DeviceExtension)->Lower;
	NTSTATUS Status;

	switch (IoGetCurrentIrpStackLocation(Irp)->MinorFunction) {
	case IRP_MN_START_DEVICE:
		Irp->IoStatus.Status = STATUS_DEVICE_CONFIGURATION_ERROR;
		Irp->IoStatus.Information = 0;
		IoCompleteRequest(Irp, IO_NO_INCREMENT);
		return STATUS_DEVICE_CONFIGURATION_ERROR;
	case IRP_MN_REMOVE_DEVICE:
		Irp->IoStatus.Status = STATUS_SUCCESS;
		IoSkipCurrentIrpStackLocation(Irp);
		Status = IoCallDriver(Lower, Irp);
		IoDetachDevice(Lower);
		IoDeleteDevice(DeviceObject);
		DbgPrint("fault_start: removed\n");
		return Status;
	}
	IoSkipCurrentIrpStackLocation(Irp);
	return IoCallDriver(Lower, Irp);
}

static VOID Unload(PDRIVER_OBJECT DriverObject)
{
	UNREFERENCED_PARAMETER(DriverObject);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
	UNREFERENCED_PARAMETER(RegistryPath);
	DriverObject->MajorFunction[IRP_MJ_PNP] = Pnp;
	DriverObject->DriverExtension->AddDevice = AddDevice;
	DriverObject->DriverUnload = Unload;
	return STATUS_SUCCESS;
}
