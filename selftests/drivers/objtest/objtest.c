// SPDX-License-Identifier: GPL-2.0
/*
 * objtest - a driver that is given handles
 *
 * It runs in the context of the program that sent the request, so the handles in
 * its buffers mean something: "ObReferenceObjectByHandle".
 */
#include <ntddk.h>
#include "objtestio.h"
#include "poll.h"
#include "section.h"

DRIVER_INITIALIZE DriverEntry;
static DRIVER_UNLOAD Unload;
static DRIVER_DISPATCH OpenClose, Control, ReadWrite;

static UNICODE_STRING DeviceName = RTL_CONSTANT_STRING(L"\\Device\\ObjTest");
static UNICODE_STRING LinkName = RTL_CONSTANT_STRING(L"\\DosDevices\\OBJTEST");

static PDEVICE_OBJECT TestDevice;
static PKEVENT Slots[OBJTEST_SLOTS];

typedef struct _SETTER {
	KDPC Dpc;
	PKEVENT Event;
	LONG Previous;
} SETTER, *PSETTER;

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

static NTSTATUS ReadWrite(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	ULONG_PTR Bytes;

	if (DeviceObject == TestDevice)
		return Finish(Irp, STATUS_INVALID_DEVICE_REQUEST, 0);
	Bytes = PollTransfer(DeviceObject, IoGetCurrentIrpStackLocation(Irp));
	return Finish(Irp, Bytes ? STATUS_SUCCESS : STATUS_UNSUCCESSFUL, Bytes);
}

static NTSTATUS OpenSlot(POBJTEST_REQUEST Request, POBJTEST_ANSWER Answer)
{
	PVOID Object = NULL;
	NTSTATUS Status;

	if (Slots[Request->Slot])
		return STATUS_DEVICE_BUSY;
	Status = ObReferenceObjectByHandle((HANDLE)(ULONG_PTR)Request->Handle,
					   EVENT_MODIFY_STATE | SYNCHRONIZE, *ExEventObjectType,
					   UserMode, &Object, NULL);
	Slots[Request->Slot] = Object;
	Answer->Value = (ULONG_PTR)Object;
	return Status;
}

static NTSTATUS CloseSlot(ULONG Slot)
{
	ObDereferenceObject(Slots[Slot]);
	Slots[Slot] = NULL;
	return STATUS_SUCCESS;
}

static VOID SetterDpc(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
	PSETTER Setter = Context;

	UNREFERENCED_PARAMETER(Dpc);
	UNREFERENCED_PARAMETER(Argument1);
	UNREFERENCED_PARAMETER(Argument2);
	Setter->Previous = KeSetEvent(Setter->Event, IO_NO_INCREMENT, FALSE);
}

static LONG SetInDpc(PKEVENT Event)
{
	SETTER Setter;

	Setter.Event = Event;
	KeInitializeDpc(&Setter.Dpc, SetterDpc, &Setter);
	KeInsertQueueDpc(&Setter.Dpc, NULL, NULL);
	KeFlushQueuedDpcs();
	return Setter.Previous;
}

static NTSTATUS Wait(PKEVENT Event, ULONG Milliseconds)
{
	LARGE_INTEGER Time;

	Time.QuadPart = -10000LL * Milliseconds;
	return KeWaitForSingleObject(Event, UserRequest, KernelMode, FALSE, &Time);
}

static NTSTATUS Look(POBJTEST_REQUEST Request, PFILE_OBJECT File, POBJTEST_ANSWER Answer)
{
	POBJECT_TYPE Types[] = { *ExEventObjectType, *IoFileObjectType, *PsThreadType, NULL, NULL };
	KPROCESSOR_MODE Mode = Request->Slot == OBJTEST_ANY_KERNEL ? KernelMode : UserMode;
	PVOID Object;
	NTSTATUS Status;

	if (Request->Slot >= RTL_NUMBER_OF(Types))
		return STATUS_INVALID_PARAMETER;
	Status = ObReferenceObjectByHandle((HANDLE)(ULONG_PTR)Request->Handle, Request->Argument,
					   Types[Request->Slot], Mode, &Object, NULL);
	if (!NT_SUCCESS(Status))
		return Status;
	Answer->Value = Object == File;
	ObDereferenceObject(Object);
	return Status;
}

/* A user program must not get at a kernel handle, whatever number it guesses. */
static NTSTATUS KernelHandle(PFILE_OBJECT File, POBJTEST_ANSWER Answer)
{
	OBJTEST_REQUEST Request;
	OBJTEST_ANSWER Ignored;
	NTSTATUS Status;
	HANDLE Handle;
	PKEVENT Event;
	UNICODE_STRING Name;

	RtlInitUnicodeString(&Name, L"\\BaseNamedObjects\\ObjTest");
	Event = IoCreateSynchronizationEvent(&Name, &Handle);
	if (!Event)
		return STATUS_INSUFFICIENT_RESOURCES;
	Answer->Value = (ULONG_PTR)Handle;
	Request.Handle = (ULONG_PTR)Handle;
	Request.Argument = 0;
	Request.Slot = OBJTEST_ANY_KERNEL;
	Status = Look(&Request, File, &Ignored);
	if (NT_SUCCESS(Status)) {
		Request.Slot = OBJTEST_EVENT;
		Status = Look(&Request, File, &Ignored);
	}
	ZwClose(Handle);
	return Status;
}

static NTSTATUS WithEvent(ULONG Code, POBJTEST_REQUEST Request, POBJTEST_ANSWER Answer)
{
	PKEVENT Event = Slots[Request->Slot];

	if (!Event)
		return STATUS_INVALID_PARAMETER;
	switch (Code) {
	case IOCTL_OBJTEST_CLOSE:
		return CloseSlot(Request->Slot);
	case IOCTL_OBJTEST_SET:
		Answer->Value = Request->Argument ? SetInDpc(Event) :
						    KeSetEvent(Event, IO_NO_INCREMENT, FALSE);
		return STATUS_SUCCESS;
	case IOCTL_OBJTEST_RESET:
		Answer->Value = KeResetEvent(Event);
		return STATUS_SUCCESS;
	case IOCTL_OBJTEST_STATE:
		Answer->Value = KeReadStateEvent(Event);
		return STATUS_SUCCESS;
	case IOCTL_OBJTEST_WAIT:
		return Wait(Event, Request->Argument);
	}
	return STATUS_INVALID_DEVICE_REQUEST;
}

static NTSTATUS Remove(VOID)
{
	PollDeleteDevice();
	return STATUS_SUCCESS;
}

static NTSTATUS Control(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	PIO_STACK_LOCATION Location = IoGetCurrentIrpStackLocation(Irp);
	ULONG Code = Location->Parameters.DeviceIoControl.IoControlCode;
	POBJTEST_ANSWER Answer = Irp->AssociatedIrp.SystemBuffer;
	OBJTEST_REQUEST Request;
	NTSTATUS Status;

	if (DeviceObject != TestDevice)
		return Finish(Irp, STATUS_INVALID_DEVICE_REQUEST, 0);
	if (Location->Parameters.DeviceIoControl.InputBufferLength != sizeof(Request) ||
	    Location->Parameters.DeviceIoControl.OutputBufferLength < sizeof(*Answer))
		return Finish(Irp, STATUS_BUFFER_TOO_SMALL, 0);
	Request = *(POBJTEST_REQUEST)Answer;
	Answer->Value = 0;
	if (Code == IOCTL_OBJTEST_LOOK)
		Status = Look(&Request, Location->FileObject, Answer);
	else if (Code == IOCTL_OBJTEST_KERNEL)
		Status = KernelHandle(Location->FileObject, Answer);
	else if (Code == IOCTL_OBJTEST_REMOVE)
		Status = Remove();
	else if (Code == IOCTL_OBJTEST_FILL)
		Status = SectionFill(&Request, Answer);
	else if (Code == IOCTL_OBJTEST_VIEW)
		Status = SectionView(&Request, Answer);
	else if (Request.Slot >= OBJTEST_SLOTS)
		Status = STATUS_INVALID_PARAMETER;
	else if (Code == IOCTL_OBJTEST_OPEN)
		Status = OpenSlot(&Request, Answer);
	else
		Status = WithEvent(Code, &Request, Answer);
	return Finish(Irp, Status, NT_ERROR(Status) ? 0 : sizeof(*Answer));
}

static VOID Unload(PDRIVER_OBJECT DriverObject)
{
	UNREFERENCED_PARAMETER(DriverObject);
	PollDeleteDevice();
	IoDeleteSymbolicLink(&LinkName);
	IoDeleteDevice(TestDevice);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
	NTSTATUS Status;

	UNREFERENCED_PARAMETER(RegistryPath);
	Status = IoCreateDevice(DriverObject, 0, &DeviceName, FILE_DEVICE_UNKNOWN, 0, FALSE,
				&TestDevice);
	if (!NT_SUCCESS(Status))
		return Status;
	Status = IoCreateSymbolicLink(&LinkName, &DeviceName);
	if (NT_SUCCESS(Status)) {
		Status = PollCreateDevice(DriverObject);
		if (!NT_SUCCESS(Status))
			IoDeleteSymbolicLink(&LinkName);
	}
	if (!NT_SUCCESS(Status)) {
		IoDeleteDevice(TestDevice);
		return Status;
	}
	DriverObject->MajorFunction[IRP_MJ_READ] = ReadWrite;
	DriverObject->MajorFunction[IRP_MJ_WRITE] = ReadWrite;
	DriverObject->MajorFunction[IRP_MJ_CREATE] = OpenClose;
	DriverObject->MajorFunction[IRP_MJ_CLEANUP] = OpenClose;
	DriverObject->MajorFunction[IRP_MJ_CLOSE] = OpenClose;
	DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = Control;
	DriverObject->DriverUnload = Unload;
	return STATUS_SUCCESS;
}
