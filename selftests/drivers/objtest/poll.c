// SPDX-License-Identifier: GPL-2.0
/* A device that says when it is ready: ntcompat's own ntcompat.h. */
#include "poll.h"
#include "objtestio.h"

static UNICODE_STRING DeviceName = RTL_CONSTANT_STRING(L"\\Device\\ObjPoll");
static UNICODE_STRING LinkName = RTL_CONSTANT_STRING(L"\\DosDevices\\OBJPOLL");

static PDEVICE_OBJECT PollDevice;
static LONG Stock;

/* At DISPATCH_LEVEL, where a driver mostly learns of such things. */
static VOID SayReadiness(PDEVICE_OBJECT DeviceObject)
{
	KIRQL Irql;

	KeRaiseIrql(DISPATCH_LEVEL, &Irql);
	NtcSetReadiness(DeviceObject, (Stock > 0 ? NTC_READABLE : 0) |
				      (Stock < OBJPOLL_ROOM ? NTC_WRITABLE : 0));
	KeLowerIrql(Irql);
}

NTSTATUS PollCreateDevice(PDRIVER_OBJECT DriverObject)
{
	NTSTATUS Status;

	Status = IoCreateDevice(DriverObject, 0, &DeviceName, FILE_DEVICE_UNKNOWN, 0, FALSE,
				&PollDevice);
	if (!NT_SUCCESS(Status))
		return Status;
	PollDevice->Flags |= DO_BUFFERED_IO;
	SayReadiness(PollDevice);
	Status = IoCreateSymbolicLink(&LinkName, &DeviceName);
	if (!NT_SUCCESS(Status))
		PollDeleteDevice();
	return Status;
}

VOID PollDeleteDevice(VOID)
{
	if (!PollDevice)
		return;
	IoDeleteSymbolicLink(&LinkName);
	IoDeleteDevice(PollDevice);
	PollDevice = NULL;
}

ULONG_PTR PollTransfer(PDEVICE_OBJECT DeviceObject, PIO_STACK_LOCATION Location)
{
	BOOLEAN Read = Location->MajorFunction == IRP_MJ_READ;
	LONG Room = Read ? Stock : OBJPOLL_ROOM - Stock;
	LONG Bytes = Read ? Location->Parameters.Read.Length : Location->Parameters.Write.Length;

	if (Bytes > Room)
		Bytes = Room;
	Stock += Read ? -Bytes : Bytes;
	SayReadiness(DeviceObject);
	return Bytes;
}
