// SPDX-License-Identifier: GPL-2.0
/* The frame of a test driver: one device, one request per test. */
#include "frame.h"

static VOID AddText(PTEST_RESULT Result, PCSTR Text)
{
	SIZE_T Used = strlen(Result->Text);

	while (*Text && Used < sizeof(Result->Text) - 1)
		Result->Text[Used++] = *Text++;
}

VOID TestCheck(PTEST T, BOOLEAN Passed, PCSTR Text, PCSTR File, ULONG Line,
	       LONGLONG Expected, LONGLONG Seen)
{
	PCSTR Name = strrchr(File, '/');
	CHAR Number[64];

	T->Result->Checks++;
	if (Passed)
		return;
	T->Result->Failures++;
	AddText(T->Result, Name ? Name + 1 : File);
	_snprintf(Number, sizeof(Number), ":%lu: ", Line);
	AddText(T->Result, Number);
	AddText(T->Result, Text);
	_snprintf(Number, sizeof(Number), ": 0x%I64x and 0x%I64x\n", Expected, Seen);
	AddText(T->Result, Number);
}

NTSTATUS TestFinish(PIRP Irp, NTSTATUS Status, ULONG_PTR Information)
{
	Irp->IoStatus.Status = Status;
	Irp->IoStatus.Information = Information;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return Status;
}

VOID TestSleep(LONG Milliseconds)
{
	LARGE_INTEGER Time;

	Time.QuadPart = -10000LL * Milliseconds;
	KeDelayExecutionThread(KernelMode, FALSE, &Time);
}

static NTSTATUS OpenClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	UNREFERENCED_PARAMETER(DeviceObject);
	return TestFinish(Irp, STATUS_SUCCESS, 0);
}

static VOID Run(PDEVICE_OBJECT DeviceObject, TEST_REQUEST Request, PTEST_RESULT Result)
{
	TEST Test = { DeviceObject->DriverObject, DeviceObject, Result, Request.Processors };
	PTEST T = &Test;

	RtlZeroMemory(Result, sizeof(*Result));
	Result->Count = TestCount;
	if (Request.Number == CONFORM_NONE)
		return;
	strncpy(Result->Name, Tests[Request.Number].Name, sizeof(Result->Name) - 1);
	Tests[Request.Number].Run(T);
	CHECK_EQ(PASSIVE_LEVEL, KeGetCurrentIrql());
}

static NTSTATUS Control(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	PIO_STACK_LOCATION Location = IoGetCurrentIrpStackLocation(Irp);
	TEST_REQUEST Request;

	if (Location->Parameters.DeviceIoControl.IoControlCode != IOCTL_CONFORM_RUN)
		return TestOtherControl ? TestOtherControl(DeviceObject, Irp) :
					  TestFinish(Irp, STATUS_INVALID_DEVICE_REQUEST, 0);
	if (Location->Parameters.DeviceIoControl.InputBufferLength != sizeof(Request) ||
	    Location->Parameters.DeviceIoControl.OutputBufferLength < sizeof(TEST_RESULT))
		return TestFinish(Irp, STATUS_BUFFER_TOO_SMALL, 0);
	Request = *(PTEST_REQUEST)Irp->AssociatedIrp.SystemBuffer;
	if (Request.Number != CONFORM_NONE && Request.Number >= TestCount)
		return TestFinish(Irp, STATUS_INVALID_PARAMETER, 0);
	Run(DeviceObject, Request, Irp->AssociatedIrp.SystemBuffer);
	return TestFinish(Irp, STATUS_SUCCESS, sizeof(TEST_RESULT));
}

VOID TestStop(PDRIVER_OBJECT DriverObject)
{
	UNICODE_STRING Link;

	RtlInitUnicodeString(&Link, TestLinkName);
	IoDeleteSymbolicLink(&Link);
	IoDeleteDevice(DriverObject->DeviceObject);
}

NTSTATUS TestStart(PDRIVER_OBJECT DriverObject)
{
	UNICODE_STRING Name, Link;
	PDEVICE_OBJECT DeviceObject;
	NTSTATUS Status;

	RtlInitUnicodeString(&Name, TestDeviceName);
	RtlInitUnicodeString(&Link, TestLinkName);
	Status = IoCreateDevice(DriverObject, 0, &Name, FILE_DEVICE_UNKNOWN, 0, FALSE, &DeviceObject);
	if (!NT_SUCCESS(Status))
		return Status;
	Status = IoCreateSymbolicLink(&Link, &Name);
	if (!NT_SUCCESS(Status)) {
		IoDeleteDevice(DeviceObject);
		return Status;
	}
	DriverObject->MajorFunction[IRP_MJ_CREATE] = OpenClose;
	DriverObject->MajorFunction[IRP_MJ_CLOSE] = OpenClose;
	DriverObject->MajorFunction[IRP_MJ_CLEANUP] = OpenClose;
	DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = Control;
	DriverObject->DriverUnload = TestStop;
	return STATUS_SUCCESS;
}
