// SPDX-License-Identifier: GPL-2.0
/* An Unload that forgets two devices, one on top of the other, a name and a link. */
#include <ntddk.h>

DRIVER_INITIALIZE DriverEntry;
static DRIVER_UNLOAD Unload;

static VOID Unload(PDRIVER_OBJECT DriverObject)
{
	UNREFERENCED_PARAMETER(DriverObject);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
	UNICODE_STRING Device = RTL_CONSTANT_STRING(L"\\Device\\FaultLeak");
	UNICODE_STRING Link = RTL_CONSTANT_STRING(L"\\DosDevices\\FAULTLEAK");
	PDEVICE_OBJECT Named, Unnamed;

	UNREFERENCED_PARAMETER(RegistryPath);
	if (!NT_SUCCESS(IoCreateDevice(DriverObject, 0, &Device, FILE_DEVICE_UNKNOWN, 0, FALSE,
				       &Named)) ||
	    !NT_SUCCESS(IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE,
				       &Unnamed)) ||
	    !NT_SUCCESS(IoCreateSymbolicLink(&Link, &Device)))
		return STATUS_INSUFFICIENT_RESOURCES;
	IoAttachDeviceToDeviceStack(Unnamed, Named);
	DriverObject->DriverUnload = Unload;
	return STATUS_SUCCESS;
}
