// SPDX-License-Identifier: GPL-2.0
/*
 * conform - tests of the NT routines from inside a driver
 *
 * A legacy driver with one device. Each request runs one test; all expectations
 * come from the WDK's documentation and are cited where they are tested.
 */
#include "conform.h"

DRIVER_INITIALIZE DriverEntry;
static DRIVER_UNLOAD ConformUnload;
static DRIVER_DISPATCH ConformOpenClose, ConformControl;

static UNICODE_STRING ConformDevice = RTL_CONSTANT_STRING(L"\\Device\\NtConform");
static UNICODE_STRING ConformLink = RTL_CONSTANT_STRING(L"\\DosDevices\\NTCONFORM");

static const struct {
	PCSTR Name;
	CONFORM_TEST *Run;
} Tests[] = {
#define TEST_ENTRY(name) { #name, name },
	CONFORM_TESTS(TEST_ENTRY)
};

static VOID AddText(PCONFORM_TEST_CONTEXT T, PCSTR Text)
{
	ULONG Room = sizeof(T->Result->Text) - 1;

	while (*Text && T->Used < Room)
		T->Result->Text[T->Used++] = *Text++;
}

VOID ConformCheck(PCONFORM_TEST_CONTEXT T, BOOLEAN Passed, PCSTR Text, PCSTR File, ULONG Line,
		  LONGLONG Expected, LONGLONG Seen)
{
	CHAR Number[64];
	PCSTR Name = strrchr(File, '/');

	T->Result->Checks++;
	if (Passed)
		return;
	T->Result->Failures++;
	AddText(T, Name ? Name + 1 : File);
	_snprintf(Number, sizeof(Number), ":%lu: ", Line);
	AddText(T, Number);
	AddText(T, Text);
	_snprintf(Number, sizeof(Number), ": 0x%I64x and 0x%I64x\n", Expected, Seen);
	AddText(T, Number);
}

LONGLONG Elapsed(VOID)
{
	LARGE_INTEGER Frequency;
	LARGE_INTEGER Count = KeQueryPerformanceCounter(&Frequency);

	return Count.QuadPart / Frequency.QuadPart * 10000000 +
	       Count.QuadPart % Frequency.QuadPart * 10000000 / Frequency.QuadPart;
}

LARGE_INTEGER Milliseconds(LONG Count)
{
	LARGE_INTEGER Time;

	Time.QuadPart = -Count * UNITS_PER_MS;
	return Time;
}

VOID SleepFor(LONG Count)
{
	LARGE_INTEGER Time = Milliseconds(Count);

	KeDelayExecutionThread(KernelMode, FALSE, &Time);
}

static NTSTATUS Finish(PIRP Irp, NTSTATUS Status, ULONG_PTR Information)
{
	Irp->IoStatus.Status = Status;
	Irp->IoStatus.Information = Information;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return Status;
}

static NTSTATUS ConformOpenClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	if (DeviceObject->DeviceType == FILE_DEVICE_CONFORM)
		return ConformFile(DeviceObject, Irp);
	return Finish(Irp, STATUS_SUCCESS, 0);
}

static VOID RunTest(PDRIVER_OBJECT Driver, CONFORM_REQUEST Request, PCONFORM_RESULT Result)
{
	CONFORM_TEST_CONTEXT Context = { .Result = Result, .Driver = Driver,
					 .Processors = Request.Processors };
	PCONFORM_TEST_CONTEXT T = &Context;
	ULONG Number = Request.Number & ~CONFORM_NAME_ONLY;

	RtlZeroMemory(Result, sizeof(*Result));
	Result->Count = RTL_NUMBER_OF(Tests);
	if (Request.Number == CONFORM_NONE)
		return;
	strncpy(Result->Name, Tests[Number].Name, sizeof(Result->Name) - 1);
	if (Request.Number & CONFORM_NAME_ONLY)
		return;
	Tests[Number].Run(T);
	/* "KeLowerIrql": a caller restores the IRQL that it was called at. */
	CHECK_EQ(PASSIVE_LEVEL, KeGetCurrentIrql());
}

static NTSTATUS ConformControl(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	PIO_STACK_LOCATION Location = IoGetCurrentIrpStackLocation(Irp);
	CONFORM_REQUEST Request;

	if (DeviceObject->DeviceType == FILE_DEVICE_CONFORM)
		return ConformFile(DeviceObject, Irp);
	if (Location->Parameters.DeviceIoControl.IoControlCode != IOCTL_CONFORM_RUN)
		return Finish(Irp, STATUS_INVALID_DEVICE_REQUEST, 0);
	if (Location->Parameters.DeviceIoControl.InputBufferLength != sizeof(Request) ||
	    Location->Parameters.DeviceIoControl.OutputBufferLength < sizeof(CONFORM_RESULT))
		return Finish(Irp, STATUS_BUFFER_TOO_SMALL, 0);
	Request = *(PCONFORM_REQUEST)Irp->AssociatedIrp.SystemBuffer;
	if (Request.Number != CONFORM_NONE &&
	    (Request.Number & ~CONFORM_NAME_ONLY) >= RTL_NUMBER_OF(Tests))
		return Finish(Irp, STATUS_INVALID_PARAMETER, 0);
	RunTest(DeviceObject->DriverObject, Request, Irp->AssociatedIrp.SystemBuffer);
	return Finish(Irp, STATUS_SUCCESS, sizeof(CONFORM_RESULT));
}

ULONG ReinitializeCalls;
BOOLEAN ReinitializeOrder = TRUE;

/* Once for DriverEntry, once for itself, once as a boot driver's. */
static VOID NTAPI ConformReinitialize(PDRIVER_OBJECT DriverObject, PVOID Context, ULONG Count)
{
	ReinitializeCalls++;
	if (Count != ReinitializeCalls || Context != &ReinitializeCalls)
		ReinitializeOrder = FALSE;
	if (Count == 1)
		IoRegisterDriverReinitialization(DriverObject, ConformReinitialize, Context);
	if (Count == 2)
		IoRegisterBootDriverReinitialization(DriverObject, ConformReinitialize, Context);
}

static VOID ConformUnload(PDRIVER_OBJECT DriverObject)
{
	IoDeleteSymbolicLink(&ConformLink);
	IoDeleteDevice(DriverObject->DeviceObject);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
	PDEVICE_OBJECT DeviceObject;
	NTSTATUS Status;

	UNREFERENCED_PARAMETER(RegistryPath);
	Status = IoCreateDevice(DriverObject, 0, &ConformDevice, FILE_DEVICE_UNKNOWN, 0, FALSE,
				&DeviceObject);
	if (!NT_SUCCESS(Status))
		return Status;
	Status = IoCreateSymbolicLink(&ConformLink, &ConformDevice);
	if (!NT_SUCCESS(Status)) {
		IoDeleteDevice(DeviceObject);
		return Status;
	}
	DriverObject->MajorFunction[IRP_MJ_CREATE] = ConformOpenClose;
	DriverObject->MajorFunction[IRP_MJ_CLOSE] = ConformOpenClose;
	DriverObject->MajorFunction[IRP_MJ_CLEANUP] = ConformOpenClose;
	DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = ConformControl;
	DriverObject->MajorFunction[IRP_MJ_INTERNAL_DEVICE_CONTROL] = ConformInternal;
	DriverObject->MajorFunction[IRP_MJ_READ] = ConformFile;
	DriverObject->MajorFunction[IRP_MJ_WRITE] = ConformFile;
	DriverObject->MajorFunction[IRP_MJ_FLUSH_BUFFERS] = ConformFile;
	DriverObject->MajorFunction[IRP_MJ_QUERY_INFORMATION] = ConformFile;
	DriverObject->MajorFunction[IRP_MJ_SET_INFORMATION] = ConformFile;
	DriverObject->MajorFunction[IRP_MJ_FILE_SYSTEM_CONTROL] = ConformFile;
	DriverObject->DriverStartIo = ConformStartIo;
	DriverObject->DriverUnload = ConformUnload;
	IoRegisterDriverReinitialization(DriverObject, ConformReinitialize, &ReinitializeCalls);
	return STATUS_SUCCESS;
}
