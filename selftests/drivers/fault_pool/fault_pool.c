// SPDX-License-Identifier: GPL-2.0
/* Forgets pool memory: 1000 bytes and a page. */
#include <ntddk.h>

DRIVER_INITIALIZE DriverEntry;
static DRIVER_UNLOAD Unload;

static VOID Unload(PDRIVER_OBJECT DriverObject)
{
	UNREFERENCED_PARAMETER(DriverObject);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
	UNREFERENCED_PARAMETER(RegistryPath);
	DriverObject->DriverUnload = Unload;
	if (!ExAllocatePoolWithTag(NonPagedPool, 1000, 'kaeL') ||
	    !ExAllocatePoolWithTag(NonPagedPool, PAGE_SIZE, 'kaeL'))
		return STATUS_INSUFFICIENT_RESOURCES;
	return STATUS_SUCCESS;
}
