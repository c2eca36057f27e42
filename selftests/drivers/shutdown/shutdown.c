// SPDX-License-Identifier: GPL-2.0
/*
 * shutdown - devices that are told of the system's end, and say so
 *
 * Each says its number to the debugger when IRP_MJ_SHUTDOWN comes.
 */
#include <ntddk.h>

DRIVER_INITIALIZE DriverEntry;
static DRIVER_UNLOAD Unload;
static DRIVER_DISPATCH Shutdown;

/* "IoRegisterShutdownNotification": the order in which they are told. */
enum { OLDER, LAST_CHANCE, TAKEN_BACK, YOUNGER, DELETED, DEVICES };

static const PCSTR Names[DEVICES] = { "older", "last chance", "taken back", "younger", "deleted" };

static PDEVICE_OBJECT Devices[DEVICES];
static ULONG Told;

static NTSTATUS Shutdown(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	ULONG i;

	for (i = 0; i < DEVICES && Devices[i] != DeviceObject; i++)
		;
	DbgPrint("shutdown: %lu, %s, at level %u\n", ++Told, i < DEVICES ? Names[i] : "nobody",
		 KeGetCurrentIrql());
	/* A driver may do that here. */
	IoUnregisterShutdownNotification(DeviceObject);
	Irp->IoStatus.Status = STATUS_SUCCESS;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return STATUS_SUCCESS;
}

/* IoDeleteDevice() takes back what a driver forgot. */
static VOID Unload(PDRIVER_OBJECT DriverObject)
{
	while (DriverObject->DeviceObject)
		IoDeleteDevice(DriverObject->DeviceObject);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
	NTSTATUS Status = STATUS_SUCCESS;
	ULONG i;

	UNREFERENCED_PARAMETER(RegistryPath);
	for (i = 0; i < DEVICES && NT_SUCCESS(Status); i++) {
		Status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE,
					&Devices[i]);
		if (!NT_SUCCESS(Status))
			break;
		Status = i == LAST_CHANCE ? IoRegisterLastChanceShutdownNotification(Devices[i]) :
					    IoRegisterShutdownNotification(Devices[i]);
	}
	if (!NT_SUCCESS(Status)) {
		Unload(DriverObject);
		return Status;
	}
	IoUnregisterShutdownNotification(Devices[TAKEN_BACK]);
	IoDeleteDevice(Devices[DELETED]);
	Devices[DELETED] = NULL;
	DriverObject->MajorFunction[IRP_MJ_SHUTDOWN] = Shutdown;
	DriverObject->DriverUnload = Unload;
	return STATUS_SUCCESS;
}
