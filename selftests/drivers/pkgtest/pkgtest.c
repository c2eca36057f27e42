// SPDX-License-Identifier: GPL-2.0
/*
 * pkgtest - says what it found in the registry when it was loaded: its device's link is
 * \DosDevices\PKGTESTn, n being the value Answer of its service's key.
 */
#include <ntddk.h>

DRIVER_INITIALIZE DriverEntry;
static DRIVER_ADD_DEVICE AddDevice;
static DRIVER_DISPATCH OpenClose, Pnp, Power;
static DRIVER_UNLOAD Unload;

typedef struct _EXTENSION {
	PDEVICE_OBJECT Lower;
} EXTENSION, *PEXTENSION;

static UNICODE_STRING Name = RTL_CONSTANT_STRING(L"\\Device\\PkgTest");
static UNICODE_STRING Link;
static WCHAR LinkBuffer[40];

/* ---- The answer ---- */

static ULONG Answer(PUNICODE_STRING RegistryPath)
{
	RTL_QUERY_REGISTRY_TABLE Table[2];
	ULONG Value = 0, None = 0;
	WCHAR Path[128];
	UNICODE_STRING Copy;

	/* "RtlQueryRegistryValues": the path ends with a zero; RegistryPath need not. */
	RtlZeroMemory(Path, sizeof(Path));
	Copy.Buffer = Path;
	Copy.Length = 0;
	Copy.MaximumLength = sizeof(Path) - sizeof(WCHAR);
	RtlCopyUnicodeString(&Copy, RegistryPath);
	RtlZeroMemory(Table, sizeof(Table));
	Table[0].Flags = RTL_QUERY_REGISTRY_DIRECT;
	Table[0].Name = L"Answer";
	Table[0].EntryContext = &Value;
	Table[0].DefaultType = REG_DWORD;
	Table[0].DefaultData = &None;
	Table[0].DefaultLength = sizeof(None);
	if (!NT_SUCCESS(RtlQueryRegistryValues(RTL_REGISTRY_ABSOLUTE, Path, Table, NULL, NULL)))
		return 0;
	return Value;
}

static NTSTATUS MakeLinkName(ULONG Value)
{
	UNICODE_STRING Number;
	WCHAR Digits[12];
	NTSTATUS Status;

	Link.Buffer = LinkBuffer;
	Link.MaximumLength = sizeof(LinkBuffer);
	Number.Buffer = Digits;
	Number.Length = 0;
	Number.MaximumLength = sizeof(Digits);
	Status = RtlIntegerToUnicodeString(Value, 10, &Number);
	if (!NT_SUCCESS(Status))
		return Status;
	RtlAppendUnicodeToString(&Link, L"\\DosDevices\\PKGTEST");
	return RtlAppendUnicodeStringToString(&Link, &Number);
}

/* ---- The device ---- */

static NTSTATUS AddDevice(PDRIVER_OBJECT DriverObject, PDEVICE_OBJECT PhysicalDeviceObject)
{
	PDEVICE_OBJECT DeviceObject;
	PEXTENSION Extension;
	NTSTATUS Status;

	Status = IoCreateDevice(DriverObject, sizeof(EXTENSION), &Name, FILE_DEVICE_UNKNOWN, 0,
				FALSE, &DeviceObject);
	if (!NT_SUCCESS(Status))
		return Status;
	Status = IoCreateSymbolicLink(&Link, &Name);
	if (!NT_SUCCESS(Status)) {
		IoDeleteDevice(DeviceObject);
		return Status;
	}
	Extension = DeviceObject->DeviceExtension;
	Extension->Lower = IoAttachDeviceToDeviceStack(DeviceObject, PhysicalDeviceObject);
	DeviceObject->Flags |= DO_POWER_PAGABLE;
	DeviceObject->Flags &= ~DO_DEVICE_INITIALIZING;
	return STATUS_SUCCESS;
}

static NTSTATUS OpenClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	UNREFERENCED_PARAMETER(DeviceObject);
	Irp->IoStatus.Status = STATUS_SUCCESS;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return STATUS_SUCCESS;
}

static NTSTATUS Pnp(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	PDEVICE_OBJECT Lower = ((PEXTENSION)DeviceObject->DeviceExtension)->Lower;
	UCHAR Minor = IoGetCurrentIrpStackLocation(Irp)->MinorFunction;
	NTSTATUS Status;

	if (Minor == IRP_MN_QUERY_REMOVE_DEVICE || Minor == IRP_MN_SURPRISE_REMOVAL ||
	    Minor == IRP_MN_CANCEL_REMOVE_DEVICE || Minor == IRP_MN_REMOVE_DEVICE)
		Irp->IoStatus.Status = STATUS_SUCCESS;
	IoSkipCurrentIrpStackLocation(Irp);
	Status = IoCallDriver(Lower, Irp);
	if (Minor == IRP_MN_REMOVE_DEVICE) {
		IoDeleteSymbolicLink(&Link);
		IoDetachDevice(Lower);
		IoDeleteDevice(DeviceObject);
	}
	return Status;
}

static NTSTATUS Power(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	PoStartNextPowerIrp(Irp);
	IoSkipCurrentIrpStackLocation(Irp);
	return PoCallDriver(((PEXTENSION)DeviceObject->DeviceExtension)->Lower, Irp);
}

static VOID Unload(PDRIVER_OBJECT DriverObject)
{
	UNREFERENCED_PARAMETER(DriverObject);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
	DriverObject->MajorFunction[IRP_MJ_CREATE] = OpenClose;
	DriverObject->MajorFunction[IRP_MJ_CLEANUP] = OpenClose;
	DriverObject->MajorFunction[IRP_MJ_CLOSE] = OpenClose;
	DriverObject->MajorFunction[IRP_MJ_PNP] = Pnp;
	DriverObject->MajorFunction[IRP_MJ_POWER] = Power;
	DriverObject->DriverExtension->AddDevice = AddDevice;
	DriverObject->DriverUnload = Unload;
	return MakeLinkName(Answer(RegistryPath));
}
