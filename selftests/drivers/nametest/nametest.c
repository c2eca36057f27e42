// SPDX-License-Identifier: GPL-2.0
/* nametest - the devices, and the frame of the tests */
#include "nametest.h"

DRIVER_INITIALIZE DriverEntry;
static DRIVER_DISPATCH Create, Cleanup, Close, Control;
static DRIVER_UNLOAD Unload;

LONG CreateMode = -1, CleanupMode = -1, CloseMode = -1;

/* What the SDDL of each means to Linux selftests/user/names_test.c knows. */
static const struct {
	PCWSTR Device, Link;
	PCWSTR Sddl;			/* NULL: IoCreateDevice */
	ULONG Characteristics;
} Devices[] = {
	{ L"\\Device\\NameTest", L"\\DosDevices\\NAMETEST", NULL, 0 },
	{ L"\\Device\\NameKernel", L"\\DosDevices\\NAME_KERNEL", L"D:P", FILE_DEVICE_SECURE_OPEN },
	{ L"\\Device\\NameKernelLoose", L"\\DosDevices\\NAME_KERNEL_LOOSE", L"D:P", 0 },
	{ L"\\Device\\NameAdmin", L"\\DosDevices\\NAME_ADMIN",
	  L"D:P(A;;GA;;;SY)(A;;GA;;;BA)", FILE_DEVICE_SECURE_OPEN },
	{ L"\\Device\\NameWorld", L"\\DosDevices\\NAME_WORLD",
	  L"D:P(A;;GA;;;SY)(A;;GRGWGX;;;BA)(A;;GR;;;WD)", FILE_DEVICE_SECURE_OPEN },
	{ L"\\Device\\NameLoose", L"\\DosDevices\\NAME_LOOSE",
	  L"D:P(A;;GA;;;SY)(A;;GRGWGX;;;BA)(A;;GR;;;WD)", 0 },
	{ L"\\Device\\NameUsers", L"\\DosDevices\\NAME_USERS",
	  L"D:P(A;;GA;;;SY)(A;;GRGW;;;BU)", FILE_DEVICE_SECURE_OPEN },
	{ L"\\Device\\NameReadOnly", L"\\DosDevices\\NAME_READ_ONLY",
	  L"D:P(A;;GA;;;SY)(A;;GRGW;;;WD)", FILE_DEVICE_SECURE_OPEN | FILE_READ_ONLY_DEVICE },
};

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

static const struct {
	PCSTR Name;
	VOID (*Run)(PTEST T);
} Tests[] = {
#define TEST_ENTRY_OF(name) { #name, name },
	NAME_TESTS(TEST_ENTRY_OF)
};

static NTSTATUS Finish(PIRP Irp, NTSTATUS Status, ULONG_PTR Information)
{
	Irp->IoStatus.Status = Status;
	Irp->IoStatus.Information = Information;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return Status;
}

/* ---- Files ---- */

static NTSTATUS Create(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	PFILE_OBJECT File = IoGetCurrentIrpStackLocation(Irp)->FileObject;

	UNREFERENCED_PARAMETER(DeviceObject);
	CreateMode = Irp->RequestorMode;
	File->FsContext = (PVOID)(ULONG_PTR)Irp->RequestorMode;
	return Finish(Irp, STATUS_SUCCESS, 0);
}

static NTSTATUS Cleanup(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	UNREFERENCED_PARAMETER(DeviceObject);
	CleanupMode = Irp->RequestorMode;
	return Finish(Irp, STATUS_SUCCESS, 0);
}

static NTSTATUS Close(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	UNREFERENCED_PARAMETER(DeviceObject);
	CloseMode = Irp->RequestorMode;
	return Finish(Irp, STATUS_SUCCESS, 0);
}

static NTSTATUS TellFile(PIRP Irp, PFILE_OBJECT File, ULONG Length)
{
	PNAMETEST_FILE Out = Irp->AssociatedIrp.SystemBuffer;
	ULONG Bytes = File->FileName.Length;

	if (Length < sizeof(*Out))
		return Finish(Irp, STATUS_BUFFER_TOO_SMALL, 0);
	RtlZeroMemory(Out, sizeof(*Out));
	Out->RequestorMode = (ULONG)(ULONG_PTR)File->FsContext;
	Out->ReadAccess = File->ReadAccess;
	Out->WriteAccess = File->WriteAccess;
	Out->NameLength = Bytes;
	if (Bytes > sizeof(Out->Name))
		Bytes = sizeof(Out->Name);
	RtlCopyMemory(Out->Name, File->FileName.Buffer, Bytes);
	return Finish(Irp, STATUS_SUCCESS, sizeof(*Out));
}

/* ---- Tests ---- */

static VOID Run(PDRIVER_OBJECT Driver, ULONG Request, PTEST_RESULT Result)
{
	TEST Test = { Driver, Result };
	ULONG Number = Request & ~CONFORM_NAME_ONLY;
	PTEST T = &Test;

	RtlZeroMemory(Result, sizeof(*Result));
	Result->Count = RTL_NUMBER_OF(Tests);
	if (Number >= RTL_NUMBER_OF(Tests))
		return;
	strncpy(Result->Name, Tests[Number].Name, sizeof(Result->Name) - 1);
	if (Request & CONFORM_NAME_ONLY)
		return;
	Tests[Number].Run(T);
	CHECK_EQ(PASSIVE_LEVEL, KeGetCurrentIrql());
}

static NTSTATUS RunTest(PDRIVER_OBJECT Driver, PIRP Irp, ULONG InLength, ULONG OutLength)
{
	TEST_REQUEST Request;

	if (InLength != sizeof(Request) || OutLength < sizeof(TEST_RESULT))
		return Finish(Irp, STATUS_BUFFER_TOO_SMALL, 0);
	Request = *(PTEST_REQUEST)Irp->AssociatedIrp.SystemBuffer;
	Run(Driver, Request.Number, Irp->AssociatedIrp.SystemBuffer);
	return Finish(Irp, STATUS_SUCCESS, sizeof(TEST_RESULT));
}

static NTSTATUS Control(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	PIO_STACK_LOCATION Location = IoGetCurrentIrpStackLocation(Irp);
	ULONG In = Location->Parameters.DeviceIoControl.InputBufferLength;
	ULONG Out = Location->Parameters.DeviceIoControl.OutputBufferLength;

	switch (Location->Parameters.DeviceIoControl.IoControlCode) {
	case IOCTL_CONFORM_RUN:
		return RunTest(DeviceObject->DriverObject, Irp, In, Out);
	case IOCTL_NAMETEST_FILE:
		return TellFile(Irp, Location->FileObject, Out);
	}
	return Finish(Irp, STATUS_INVALID_DEVICE_REQUEST, 0);
}

/* ---- The devices ---- */

static NTSTATUS AddDevice(PDRIVER_OBJECT Driver, ULONG Number)
{
	UNICODE_STRING Name, Link, Sddl;
	PDEVICE_OBJECT Device;
	NTSTATUS Status;

	RtlInitUnicodeString(&Name, Devices[Number].Device);
	RtlInitUnicodeString(&Link, Devices[Number].Link);
	RtlInitUnicodeString(&Sddl, Devices[Number].Sddl);
	if (Devices[Number].Sddl)
		Status = IoCreateDeviceSecure(Driver, 0, &Name, FILE_DEVICE_UNKNOWN,
					      Devices[Number].Characteristics, FALSE, &Sddl, NULL,
					      &Device);
	else
		Status = IoCreateDevice(Driver, 0, &Name, FILE_DEVICE_UNKNOWN,
					Devices[Number].Characteristics, FALSE, &Device);
	return NT_SUCCESS(Status) ? IoCreateSymbolicLink(&Link, &Name) : Status;
}

static VOID Unload(PDRIVER_OBJECT DriverObject)
{
	UNICODE_STRING Link;
	ULONG i;

	for (i = 0; i < RTL_NUMBER_OF(Devices); i++) {
		RtlInitUnicodeString(&Link, Devices[i].Link);
		IoDeleteSymbolicLink(&Link);
	}
	while (DriverObject->DeviceObject)
		IoDeleteDevice(DriverObject->DeviceObject);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
	NTSTATUS Status = STATUS_SUCCESS;
	ULONG i;

	UNREFERENCED_PARAMETER(RegistryPath);
	DriverObject->MajorFunction[IRP_MJ_CREATE] = Create;
	DriverObject->MajorFunction[IRP_MJ_CLEANUP] = Cleanup;
	DriverObject->MajorFunction[IRP_MJ_CLOSE] = Close;
	DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = Control;
	DriverObject->DriverUnload = Unload;
	for (i = 0; i < RTL_NUMBER_OF(Devices) && NT_SUCCESS(Status); i++)
		Status = AddDevice(DriverObject, i);
	if (!NT_SUCCESS(Status))
		Unload(DriverObject);
	return Status;
}
