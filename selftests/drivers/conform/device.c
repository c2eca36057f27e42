// SPDX-License-Identifier: GPL-2.0
/* Device objects, their names, symbolic links, the IoTimer. */
#include "conform.h"

static UNICODE_STRING Name(PCWSTR Text)
{
	UNICODE_STRING String;

	RtlInitUnicodeString(&String, Text);
	return String;
}

static NTSTATUS Create(PCONFORM_TEST_CONTEXT T, PCWSTR Text, PDEVICE_OBJECT *Device)
{
	UNICODE_STRING String = Name(Text);

	return IoCreateDevice(T->Driver, 0, Text ? &String : NULL, FILE_DEVICE_UNKNOWN, 0, FALSE,
			      Device);
}

static NTSTATUS Link(PCWSTR From, PCWSTR To)
{
	UNICODE_STRING Source = Name(From), Target = Name(To);

	return IoCreateSymbolicLink(&Source, &Target);
}

static NTSTATUS Unlink(PCWSTR From)
{
	UNICODE_STRING Source = Name(From);

	return IoDeleteSymbolicLink(&Source);
}

/*
 * "IoCreateDevice": DO_DEVICE_INITIALIZING is set, StackSize is 1, the extension
 * is zeroed, and the device is the first of the driver's list.
 */
VOID DeviceCreated(PCONFORM_TEST_CONTEXT T)
{
	PDEVICE_OBJECT Device, Before = T->Driver->DeviceObject;
	ULONG i, Wrong = 0;

	CHECK_EQ(STATUS_SUCCESS, IoCreateDevice(T->Driver, 1000, NULL, 0x8123,
						FILE_DEVICE_SECURE_OPEN, FALSE, &Device));
	if (!Device)
		return;
	CHECK(Device->Flags & DO_DEVICE_INITIALIZING);
	CHECK_EQ(1, Device->StackSize);
	CHECK_EQ(0x8123, Device->DeviceType);
	CHECK(Device->Characteristics & FILE_DEVICE_SECURE_OPEN);
	CHECK(Device->DriverObject == T->Driver);
	CHECK(Device->AttachedDevice == NULL);
	CHECK(Device->CurrentIrp == NULL);
	CHECK(T->Driver->DeviceObject == Device);
	CHECK(Device->NextDevice == Before);
	CHECK_EQ(0, (ULONG_PTR)Device->DeviceExtension % 16);
	for (i = 0; i < 1000; i++)
		Wrong += ((PUCHAR)Device->DeviceExtension)[i] != 0;
	CHECK_EQ(0, Wrong);
	IoDeleteDevice(Device);
	CHECK(T->Driver->DeviceObject == Before);
	/* Without an extension there is none to point to. */
	CHECK_EQ(STATUS_SUCCESS, Create(T, NULL, &Device));
	CHECK(Device->DeviceExtension == NULL);
	IoDeleteDevice(Device);
}

/*
 * "IoAttachDeviceToDeviceStack": returns the device below, which is the top of
 * the stack and not necessarily the target; StackSize is one more than its.
 */
VOID DeviceAttach(PCONFORM_TEST_CONTEXT T)
{
	PDEVICE_OBJECT A, B, C;

	CHECK_EQ(STATUS_SUCCESS, Create(T, NULL, &A));
	CHECK_EQ(STATUS_SUCCESS, Create(T, NULL, &B));
	CHECK_EQ(STATUS_SUCCESS, Create(T, NULL, &C));
	A->AlignmentRequirement = FILE_QUAD_ALIGNMENT;
	CHECK(IoAttachDeviceToDeviceStack(B, A) == A);
	CHECK(IoAttachDeviceToDeviceStack(C, A) == B);
	CHECK(A->AttachedDevice == B);
	CHECK(B->AttachedDevice == C);
	CHECK(C->AttachedDevice == NULL);
	CHECK_EQ(2, B->StackSize);
	CHECK_EQ(3, C->StackSize);
	CHECK_EQ(FILE_QUAD_ALIGNMENT, C->AlignmentRequirement);
	IoDetachDevice(B);
	CHECK(B->AttachedDevice == NULL);
	IoDetachDevice(A);
	CHECK(A->AttachedDevice == NULL);
	IoDeleteDevice(C);
	IoDeleteDevice(B);
	IoDeleteDevice(A);
}

/*
 * "IoCreateDevice": STATUS_OBJECT_NAME_COLLISION for a name in use. Names differ
 * not by case ("Object Names").
 */
VOID DeviceName(PCONFORM_TEST_CONTEXT T)
{
	PDEVICE_OBJECT Device, Other = NULL;

	CHECK_EQ(STATUS_SUCCESS, Create(T, L"\\Device\\ConformName", &Device));
	CHECK_EQ(STATUS_OBJECT_NAME_COLLISION, Create(T, L"\\Device\\ConformName", &Other));
	CHECK(Other == NULL);
	CHECK_EQ(STATUS_OBJECT_NAME_COLLISION, Create(T, L"\\device\\CONFORMNAME", &Other));
	CHECK_EQ(STATUS_SUCCESS, Create(T, L"\\Device\\ConformName2", &Other));
	IoDeleteDevice(Other);
	IoDeleteDevice(Device);
	/* The name is free at once. */
	CHECK_EQ(STATUS_SUCCESS, Create(T, L"\\Device\\ConformName", &Device));
	IoDeleteDevice(Device);
	CHECK(!NT_SUCCESS(Create(T, L"ConformName", &Device)));
}

/*
 * "Introduction to MS-DOS Device Names": \DosDevices and \?? are the same place.
 * "IoCreateSymbolicLink": collisions; "IoDeleteSymbolicLink": not found.
 */
VOID LinkNames(PCONFORM_TEST_CONTEXT T)
{
	CHECK_EQ(STATUS_SUCCESS, Link(L"\\DosDevices\\ConformLink", L"\\Device\\NtConform"));
	CHECK_EQ(STATUS_OBJECT_NAME_COLLISION,
		 Link(L"\\DosDevices\\ConformLink", L"\\Device\\NtConform"));
	CHECK_EQ(STATUS_OBJECT_NAME_COLLISION, Link(L"\\??\\ConformLink", L"\\Device\\Other"));
	CHECK_EQ(STATUS_OBJECT_NAME_COLLISION, Link(L"\\dosdevices\\CONFORMLINK", L"\\Device\\X"));
	CHECK_EQ(STATUS_SUCCESS, Unlink(L"\\??\\CONFORMlink"));
	CHECK_EQ(STATUS_OBJECT_NAME_NOT_FOUND, Unlink(L"\\DosDevices\\ConformLink"));
	/* The target need not exist. */
	CHECK_EQ(STATUS_SUCCESS, Link(L"\\??\\ConformLink", L"\\Device\\DoesNotExist"));
	CHECK_EQ(STATUS_SUCCESS, Unlink(L"\\DosDevices\\ConformLink"));
	/* A device is no link. */
	CHECK(!NT_SUCCESS(Unlink(L"\\Device\\NtConform")));
	CHECK_EQ(STATUS_OBJECT_NAME_COLLISION, Link(L"\\Device\\NtConform", L"\\Device\\X"));
}

/* "Object Names": a name starts with a backslash and has something behind it. */
VOID LinkInvalid(PCONFORM_TEST_CONTEXT T)
{
	static const PCWSTR Names[] = {
		L"", L"ConformLink", L"\\", L"\\DosDevices\\", L"\\??\\", L"\\DosDevices\\a/b",
		L"\\DosDevices\\..", L"\\DosDevices\\..\\..\\x", L"\\DosDevices\\a\\",
	};
	ULONG i;

	for (i = 0; i < RTL_NUMBER_OF(Names); i++) {
		NTSTATUS Status = Link(Names[i], L"\\Device\\NtConform");

		ConformCheck(T, !NT_SUCCESS(Status), "refuses", __FILE__, __LINE__, i, Status);
		if (NT_SUCCESS(Status))
			Unlink(Names[i]);
	}
}

/*
 * Names are one system-wide table: several threads (the group runs this test in
 * four processes at once) may create and delete one link; each create that
 * succeeds is matched by one delete that does.
 */
VOID LinkShared(PCONFORM_TEST_CONTEXT T)
{
	static volatile LONG Made;
	LONGLONG End = Elapsed() + 300 * UNITS_PER_MS;
	ULONG Wrong = 0;
	NTSTATUS Status;

	while (Elapsed() < End) {
		Status = Link(L"\\DosDevices\\ConformShared", L"\\Device\\NtConform");
		if (NT_SUCCESS(Status))
			InterlockedIncrement(&Made);
		else
			Wrong += Status != STATUS_OBJECT_NAME_COLLISION;
		Status = Unlink(L"\\??\\ConformShared");
		if (NT_SUCCESS(Status))
			InterlockedDecrement(&Made);
		else
			Wrong += Status != STATUS_OBJECT_NAME_NOT_FOUND;
	}
	CHECK_EQ(0, Wrong);
	/* Another process may be between its two calls. */
	CHECK(Made >= -4 && Made <= 4);
}

static volatile LONG TimerCalls;
static KIRQL TimerIrql;
static PVOID TimerContext;

static VOID TimerRoutine(PDEVICE_OBJECT DeviceObject, PVOID Context)
{
	UNREFERENCED_PARAMETER(DeviceObject);
	TimerIrql = KeGetCurrentIrql();
	TimerContext = Context;
	InterlockedIncrement(&TimerCalls);
}

/*
 * "IoInitializeTimer", "IoStartTimer": once a second at DISPATCH_LEVEL from the
 * start on; "IoStopTimer": no more after it.
 */
VOID IoTimerTicks(PCONFORM_TEST_CONTEXT T)
{
	PDEVICE_OBJECT Device;
	LONG Calls;

	CHECK_EQ(STATUS_SUCCESS, Create(T, NULL, &Device));
	if (!Device)
		return;
	TimerCalls = 0;
	CHECK_EQ(STATUS_SUCCESS, IoInitializeTimer(Device, TimerRoutine, T));
	SleepFor(1200);
	CHECK_EQ(0, TimerCalls);
	IoStartTimer(Device);
	SleepFor(2300);
	IoStopTimer(Device);
	KeFlushQueuedDpcs();
	Calls = TimerCalls;
	CHECK(Calls >= 1);
	CHECK_EQ(DISPATCH_LEVEL, TimerIrql);
	CHECK(TimerContext == T);
	SleepFor(1200);
	CHECK_EQ(Calls, TimerCalls);
	/* Deleting the device stops it, too. */
	IoStartTimer(Device);
	IoDeleteDevice(Device);
	SleepFor(1200);
}

/*
 * A timer that was never initialised is started and stopped without effect, and
 * so is that of a device which is deleted but lives on because a file is open.
 */
VOID IoTimerRefused(PCONFORM_TEST_CONTEXT T)
{
	UNICODE_STRING String = Name(L"\\Device\\ConformTimer");
	PDEVICE_OBJECT Device, Opened;
	PFILE_OBJECT File = NULL;

	CHECK_EQ(STATUS_SUCCESS, Create(T, L"\\Device\\ConformTimer", &Device));
	if (!Device)
		return;
	TimerCalls = 0;
	IoStartTimer(Device);
	IoStopTimer(Device);
	CHECK_EQ(STATUS_SUCCESS, IoInitializeTimer(Device, TimerRoutine, T));
	Device->Flags &= ~DO_DEVICE_INITIALIZING;
	CHECK_EQ(STATUS_SUCCESS, IoGetDeviceObjectPointer(&String, FILE_READ_DATA, &File, &Opened));
	IoDeleteDevice(Device);
	if (!File)
		return;
	IoStartTimer(Device);
	SleepFor(1200);
	CHECK_EQ(0, TimerCalls);
	ObDereferenceObject(File);
	SleepFor(1200);
}
