// SPDX-License-Identifier: GPL-2.0
/* The frame of the DMA tests: a PnP function driver, one request per test. */
#include "frame.h"

DRIVER_INITIALIZE DriverEntry;
static DRIVER_ADD_DEVICE AddDevice;
static DRIVER_DISPATCH OpenClose, Control, Pnp, Power;
static DRIVER_UNLOAD Unload;

static UNICODE_STRING DeviceName = RTL_CONSTANT_STRING(L"\\Device\\DmaTest");
static UNICODE_STRING LinkName = RTL_CONSTANT_STRING(L"\\DosDevices\\DMATEST");

static VOID AddText(PTEST_RESULT Result, PCSTR Text)
{
	SIZE_T Used = strlen(Result->Text);

	while (*Text && Used < sizeof(Result->Text) - 1)
		Result->Text[Used++] = *Text++;
}

VOID TestCheck(PTEST T, BOOLEAN Passed, PCSTR Text, ULONG Line, LONGLONG Expected, LONGLONG Seen)
{
	CHAR Number[80];

	T->Result->Checks++;
	if (Passed)
		return;
	T->Result->Failures++;
	_snprintf(Number, sizeof(Number), "line %lu: ", Line);
	AddText(T->Result, Number);
	AddText(T->Result, Text);
	_snprintf(Number, sizeof(Number), ": 0x%I64x and 0x%I64x\n", Expected, Seen);
	AddText(T->Result, Number);
}

static NTSTATUS Finish(PIRP Irp, NTSTATUS Status, ULONG_PTR Information)
{
	Irp->IoStatus.Status = Status;
	Irp->IoStatus.Information = Information;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return Status;
}

static NTSTATUS OpenClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	UNREFERENCED_PARAMETER(DeviceObject);
	return Finish(Irp, STATUS_SUCCESS, 0);
}

static VOID Run(PDEVICE_OBJECT DeviceObject, TEST_REQUEST Request, PTEST_RESULT Result)
{
	TEST Test = { DeviceObject, DeviceObject->DeviceExtension, Result, Request.Processors };
	ULONG Number = Request.Number & ~CONFORM_NAME_ONLY;
	PTEST T = &Test;

	RtlZeroMemory(Result, sizeof(*Result));
	Result->Count = TestCount;
	if (Number >= TestCount)
		return;
	strncpy(Result->Name, Tests[Number].Name, sizeof(Result->Name) - 1);
	if (Request.Number & CONFORM_NAME_ONLY)
		return;
	Tests[Number].Run(T);
	CHECK_EQ(PASSIVE_LEVEL, KeGetCurrentIrql());
}

static NTSTATUS Control(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	PIO_STACK_LOCATION Location = IoGetCurrentIrpStackLocation(Irp);
	TEST_REQUEST Request;

	if (Location->Parameters.DeviceIoControl.IoControlCode != IOCTL_CONFORM_RUN)
		return Finish(Irp, STATUS_INVALID_DEVICE_REQUEST, 0);
	if (Location->Parameters.DeviceIoControl.InputBufferLength != sizeof(Request) ||
	    Location->Parameters.DeviceIoControl.OutputBufferLength < sizeof(TEST_RESULT))
		return Finish(Irp, STATUS_BUFFER_TOO_SMALL, 0);
	Request = *(PTEST_REQUEST)Irp->AssociatedIrp.SystemBuffer;
	Run(DeviceObject, Request, Irp->AssociatedIrp.SystemBuffer);
	return Finish(Irp, STATUS_SUCCESS, sizeof(TEST_RESULT));
}

static VOID NoteBar(PEXTENSION Extension, PCM_RESOURCE_LIST Resources)
{
	PCM_PARTIAL_RESOURCE_LIST List;
	ULONG i;

	if (!Resources)
		return;
	List = &Resources->List[0].PartialResourceList;
	for (i = 0; i < List->Count; i++) {
		if (List->PartialDescriptors[i].Type != CmResourceTypeMemory)
			continue;
		Extension->Bar = List->PartialDescriptors[i].u.Memory.Start;
		Extension->BarLength = List->PartialDescriptors[i].u.Memory.Length;
	}
}

static NTSTATUS Pnp(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	PIO_STACK_LOCATION Location = IoGetCurrentIrpStackLocation(Irp);
	PEXTENSION Extension = DeviceObject->DeviceExtension;
	PDEVICE_OBJECT Lower = Extension->Lower;
	UCHAR Minor = Location->MinorFunction;
	NTSTATUS Status;

	if (Minor == IRP_MN_START_DEVICE)
		NoteBar(Extension, Location->Parameters.StartDevice.AllocatedResources);
	if (Minor == IRP_MN_REMOVE_DEVICE || Minor == IRP_MN_QUERY_REMOVE_DEVICE ||
	    Minor == IRP_MN_SURPRISE_REMOVAL)
		Irp->IoStatus.Status = STATUS_SUCCESS;
	IoSkipCurrentIrpStackLocation(Irp);
	Status = IoCallDriver(Lower, Irp);
	if (Minor == IRP_MN_REMOVE_DEVICE) {
		IoDeleteSymbolicLink(&LinkName);
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

/*
 * "IoSetDeviceInterfaceState": nobody sees it before the device has started; and the
 * PnP manager disables what a driver did not.
 */
static NTSTATUS AddInterface(PDEVICE_OBJECT PhysicalDeviceObject)
{
	static const GUID Class = { 0x2f0c9d11, 0x5a7e, 0x4b0e,
				    { 0x8a, 0x44, 0x1c, 0x9b, 0x03, 0x6d, 0xe2, 0x58 } };
	UNICODE_STRING Name;
	NTSTATUS Status = IoRegisterDeviceInterface(PhysicalDeviceObject, &Class, NULL, &Name);

	if (!NT_SUCCESS(Status))
		return Status;
	Status = IoSetDeviceInterfaceState(&Name, TRUE);
	RtlFreeUnicodeString(&Name);
	return Status;
}

static NTSTATUS AddDevice(PDRIVER_OBJECT DriverObject, PDEVICE_OBJECT PhysicalDeviceObject)
{
	PDEVICE_OBJECT DeviceObject;
	PEXTENSION Extension;
	NTSTATUS Status;

	Status = IoCreateDevice(DriverObject, sizeof(EXTENSION), &DeviceName, FILE_DEVICE_UNKNOWN, 0,
				FALSE, &DeviceObject);
	if (!NT_SUCCESS(Status))
		return Status;
	Status = IoCreateSymbolicLink(&LinkName, &DeviceName);
	if (!NT_SUCCESS(Status)) {
		IoDeleteDevice(DeviceObject);
		return Status;
	}
	Extension = DeviceObject->DeviceExtension;
	Extension->Pdo = PhysicalDeviceObject;
	Extension->Lower = IoAttachDeviceToDeviceStack(DeviceObject, PhysicalDeviceObject);
	DeviceObject->Flags &= ~DO_DEVICE_INITIALIZING;
	Status = AddInterface(PhysicalDeviceObject);
	if (!NT_SUCCESS(Status)) {
		IoDeleteSymbolicLink(&LinkName);
		IoDetachDevice(Extension->Lower);
		IoDeleteDevice(DeviceObject);
	}
	return Status;
}

static VOID Unload(PDRIVER_OBJECT DriverObject)
{
	UNREFERENCED_PARAMETER(DriverObject);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
	UNREFERENCED_PARAMETER(RegistryPath);
	DriverObject->MajorFunction[IRP_MJ_CREATE] = OpenClose;
	DriverObject->MajorFunction[IRP_MJ_CLOSE] = OpenClose;
	DriverObject->MajorFunction[IRP_MJ_CLEANUP] = OpenClose;
	DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = Control;
	DriverObject->MajorFunction[IRP_MJ_PNP] = Pnp;
	DriverObject->MajorFunction[IRP_MJ_POWER] = Power;
	DriverObject->DriverExtension->AddDevice = AddDevice;
	DriverObject->DriverUnload = Unload;
	return STATUS_SUCCESS;
}
