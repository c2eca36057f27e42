// SPDX-License-Identifier: GPL-2.0
/* regtest - the frame: a PnP driver for the edu device with a control device beside it */
#include "regtest.h"

DRIVER_INITIALIZE DriverEntry;
static DRIVER_ADD_DEVICE AddDevice;
static DRIVER_DISPATCH OpenClose, Control, Pnp, Power;
static DRIVER_UNLOAD Unload;

typedef struct _EXTENSION {
	PDEVICE_OBJECT Lower, Pdo;
} EXTENSION, *PEXTENSION;

static UNICODE_STRING ControlName = RTL_CONSTANT_STRING(L"\\Device\\RegTest");
static UNICODE_STRING ControlLink = RTL_CONSTANT_STRING(L"\\DosDevices\\REGTEST");
static PDEVICE_OBJECT ControlDevice, Pdo, Fdo;
static UNICODE_STRING Path;
static WCHAR PathBuffer[128];

static const struct {
	PCSTR Name;
	VOID (*Run)(PTEST T);
} Tests[] = {
#define TEST_ENTRY_OF(name) { #name, name },
	REG_TESTS(TEST_ENTRY_OF)
};

/* ---- Results ---- */

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

static VOID Run(ULONG Request, PTEST_RESULT Result)
{
	TEST Test = { Result, &Path, Pdo, Fdo };
	ULONG Number = Request & ~CONFORM_NAME_ONLY;

	RtlZeroMemory(Result, sizeof(*Result));
	Result->Count = RTL_NUMBER_OF(Tests);
	if (Number >= RTL_NUMBER_OF(Tests))
		return;
	strncpy(Result->Name, Tests[Number].Name, sizeof(Result->Name) - 1);
	if (!(Request & CONFORM_NAME_ONLY))
		Tests[Number].Run(&Test);
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

static NTSTATUS Control(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	PIO_STACK_LOCATION Location = IoGetCurrentIrpStackLocation(Irp);
	TEST_REQUEST Request;

	if (DeviceObject == ControlDevice &&
	    Location->Parameters.DeviceIoControl.IoControlCode == IOCTL_REGTEST_FLUSH &&
	    Location->Parameters.DeviceIoControl.InputBufferLength == sizeof(ULONG))
		return Finish(Irp, SetAndFlush(&Path, *(PULONG)Irp->AssociatedIrp.SystemBuffer), 0);
	if (DeviceObject != ControlDevice || !Pdo ||
	    Location->Parameters.DeviceIoControl.IoControlCode != IOCTL_CONFORM_RUN)
		return Finish(Irp, STATUS_INVALID_DEVICE_REQUEST, 0);
	if (Location->Parameters.DeviceIoControl.InputBufferLength != sizeof(Request) ||
	    Location->Parameters.DeviceIoControl.OutputBufferLength < sizeof(TEST_RESULT))
		return Finish(Irp, STATUS_BUFFER_TOO_SMALL, 0);
	Request = *(PTEST_REQUEST)Irp->AssociatedIrp.SystemBuffer;
	Run(Request.Number, Irp->AssociatedIrp.SystemBuffer);
	return Finish(Irp, STATUS_SUCCESS, sizeof(TEST_RESULT));
}

/* ---- The device ---- */

static NTSTATUS AddDevice(PDRIVER_OBJECT DriverObject, PDEVICE_OBJECT PhysicalDeviceObject)
{
	PDEVICE_OBJECT DeviceObject;
	PEXTENSION Extension;
	NTSTATUS Status;

	Status = IoCreateDevice(DriverObject, sizeof(EXTENSION), NULL, FILE_DEVICE_UNKNOWN, 0, FALSE,
				&DeviceObject);
	if (!NT_SUCCESS(Status))
		return Status;
	Extension = DeviceObject->DeviceExtension;
	Extension->Pdo = PhysicalDeviceObject;
	Extension->Lower = IoAttachDeviceToDeviceStack(DeviceObject, PhysicalDeviceObject);
	DeviceObject->Flags &= ~DO_DEVICE_INITIALIZING;
	Pdo = PhysicalDeviceObject;
	Fdo = DeviceObject;
	return STATUS_SUCCESS;
}

static NTSTATUS Pnp(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	PEXTENSION Extension = DeviceObject->DeviceExtension;
	UCHAR Minor = IoGetCurrentIrpStackLocation(Irp)->MinorFunction;
	PDEVICE_OBJECT Lower;
	NTSTATUS Status;

	if (DeviceObject == ControlDevice)
		return Finish(Irp, STATUS_INVALID_DEVICE_REQUEST, 0);
	Lower = Extension->Lower;
	if (Minor == IRP_MN_START_DEVICE)
		return IoForwardIrpSynchronously(Lower, Irp) ?
		       Finish(Irp, Irp->IoStatus.Status, 0) : Finish(Irp, STATUS_UNSUCCESSFUL, 0);
	if (Minor == IRP_MN_REMOVE_DEVICE) {
		Irp->IoStatus.Status = STATUS_SUCCESS;
		IoSkipCurrentIrpStackLocation(Irp);
		Status = IoCallDriver(Lower, Irp);
		IoDetachDevice(Lower);
		IoDeleteDevice(DeviceObject);
		Pdo = Fdo = NULL;
		return Status;
	}
	if (Minor == IRP_MN_QUERY_REMOVE_DEVICE || Minor == IRP_MN_SURPRISE_REMOVAL ||
	    Minor == IRP_MN_CANCEL_REMOVE_DEVICE)
		Irp->IoStatus.Status = STATUS_SUCCESS;
	IoSkipCurrentIrpStackLocation(Irp);
	return IoCallDriver(Lower, Irp);
}

static NTSTATUS Power(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	PoStartNextPowerIrp(Irp);
	if (DeviceObject == ControlDevice)
		return Finish(Irp, STATUS_INVALID_DEVICE_REQUEST, 0);
	IoSkipCurrentIrpStackLocation(Irp);
	return PoCallDriver(((PEXTENSION)DeviceObject->DeviceExtension)->Lower, Irp);
}

static VOID Unload(PDRIVER_OBJECT DriverObject)
{
	UNREFERENCED_PARAMETER(DriverObject);
	IoDeleteSymbolicLink(&ControlLink);
	IoDeleteDevice(ControlDevice);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
	NTSTATUS Status;

	/* "DRIVER_INITIALIZE": the string is not the driver's to keep. */
	Path.Buffer = PathBuffer;
	Path.MaximumLength = sizeof(PathBuffer);
	RtlCopyUnicodeString(&Path, RegistryPath);
	DriverObject->MajorFunction[IRP_MJ_CREATE] = OpenClose;
	DriverObject->MajorFunction[IRP_MJ_CLEANUP] = OpenClose;
	DriverObject->MajorFunction[IRP_MJ_CLOSE] = OpenClose;
	DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = Control;
	DriverObject->MajorFunction[IRP_MJ_PNP] = Pnp;
	DriverObject->MajorFunction[IRP_MJ_POWER] = Power;
	DriverObject->DriverExtension->AddDevice = AddDevice;
	DriverObject->DriverUnload = Unload;
	Status = IoCreateDevice(DriverObject, 0, &ControlName, FILE_DEVICE_UNKNOWN, 0, FALSE,
				&ControlDevice);
	if (!NT_SUCCESS(Status))
		return Status;
	Status = IoCreateSymbolicLink(&ControlLink, &ControlName);
	if (!NT_SUCCESS(Status))
		IoDeleteDevice(ControlDevice);
	return Status;
}
