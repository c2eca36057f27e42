// SPDX-License-Identifier: GPL-2.0
/* A DriverEntry that fails after it has made things, and leaves them to others. */
#include <ntddk.h>

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
	UNICODE_STRING Device = RTL_CONSTANT_STRING(L"\\Device\\FaultEntry");
	UNICODE_STRING Link = RTL_CONSTANT_STRING(L"\\DosDevices\\FAULTENTRY");
	PDEVICE_OBJECT DeviceObject;
	NTSTATUS Status;

	UNREFERENCED_PARAMETER(RegistryPath);
	Status = IoCreateDevice(DriverObject, 100, &Device, FILE_DEVICE_UNKNOWN, 0, FALSE,
				&DeviceObject);
	if (NT_SUCCESS(Status))
		Status = IoCreateSymbolicLink(&Link, &Device);
	/* Not the status that a failure above would give. */
	return NT_SUCCESS(Status) ? STATUS_NO_SUCH_DEVICE : Status;
}
