// SPDX-License-Identifier: GPL-2.0
/*
 * iotest - the I/O manager's routines for drivers above drivers, from inside one
 *
 * A lower device of our own answers IRP_MJ_INTERNAL_DEVICE_CONTROL, read and
 * write as the tests want it: at once, or later by a DPC.
 */
#include "iotest.h"
#include "iotestio.h"

DRIVER_INITIALIZE DriverEntry;

PCWSTR TestDeviceName = L"\\Device\\IoTest";
PCWSTR TestLinkName = L"\\DosDevices\\IOTEST";
static DRIVER_DISPATCH OtherControl;
DRIVER_DISPATCH *TestOtherControl = OtherControl;

LOWER_DEVICE Lower;

static VOID LowerDpc(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
	PIRP Irp = Argument1;

	UNREFERENCED_PARAMETER(Dpc);
	UNREFERENCED_PARAMETER(Context);
	UNREFERENCED_PARAMETER(Argument2);
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
}

/* What a request brings, and what is put into it: a byte that is one more. */
static VOID LowerData(PIRP Irp)
{
	PIO_STACK_LOCATION Location = IoGetCurrentIrpStackLocation(Irp);
	PUCHAR Bytes = Irp->AssociatedIrp.SystemBuffer;

	Lower.Major = Location->MajorFunction;
	Lower.Minor = Location->MinorFunction;
	Lower.Code = Location->Parameters.DeviceIoControl.IoControlCode;
	Lower.InLength = Location->Parameters.DeviceIoControl.InputBufferLength;
	Lower.OutLength = Location->Parameters.DeviceIoControl.OutputBufferLength;
	Lower.Type3 = Location->Parameters.DeviceIoControl.Type3InputBuffer;
	Lower.UserBuffer = Irp->UserBuffer;
	Lower.SystemBuffer = Bytes;
	Lower.Mdl = Irp->MdlAddress;
	Lower.MdlBytes = Irp->MdlAddress ? MmGetMdlByteCount(Irp->MdlAddress) : 0;
	Lower.Thread = Irp->Tail.Overlay.Thread;
	Lower.Offset = Location->Parameters.Read.ByteOffset.QuadPart;
	Lower.Length = Location->Parameters.Read.Length;
	Lower.Calls++;
	if (Irp->MdlAddress && (!Bytes || Lower.Major == IRP_MJ_READ))
		Bytes = MmGetSystemAddressForMdlSafe(Irp->MdlAddress, NormalPagePriority);
	if (Bytes) {
		Lower.Byte = Bytes[0];
		if (!Lower.LeaveData)
			Bytes[0]++;
	}
}

NTSTATUS LowerDispatch(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	if (!Lower.Device || DeviceObject != Lower.Device)
		return KeepIrp(DeviceObject, Irp);
	LowerData(Irp);
	Irp->IoStatus.Status = Lower.Status;
	Irp->IoStatus.Information = Lower.Information;
	if (Lower.Pend) {
		IoMarkIrpPending(Irp);
		KeInsertQueueDpc(&Lower.Dpc, Irp, NULL);
		return STATUS_PENDING;
	}
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return Lower.Status;
}

BOOLEAN LowerCreate(PTEST T, ULONG Flags)
{
	NTSTATUS Status;

	RtlZeroMemory(&Lower, sizeof(Lower));
	KeInitializeDpc(&Lower.Dpc, LowerDpc, NULL);
	Status = IoCreateDevice(T->Driver, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &Lower.Device);
	CHECK_EQ(STATUS_SUCCESS, Status);
	if (!NT_SUCCESS(Status))
		return FALSE;
	Lower.Device->Flags |= Flags;
	Lower.Device->Flags &= ~DO_DEVICE_INITIALIZING;
	return TRUE;
}

VOID LowerDelete(VOID)
{
	PDEVICE_OBJECT Device = Lower.Device;

	KeFlushQueuedDpcs();
	Lower.Device = NULL;
	IoDeleteDevice(Device);
}

NTSTATUS CallAndWait(PIRP Irp, PKEVENT Event, PIO_STATUS_BLOCK IoStatus)
{
	NTSTATUS Status = IoCallDriver(Lower.Device, Irp);

	if (Status == STATUS_PENDING) {
		KeWaitForSingleObject(Event, Executive, KernelMode, FALSE, NULL);
		Status = IoStatus->Status;
	}
	return Status;
}

#define TEST_ENTRY_OF(name) { #name, name },
const TEST_ENTRY Tests[] = { IO_TESTS(TEST_ENTRY_OF) };
const ULONG TestCount = RTL_NUMBER_OF(Tests);

static NTSTATUS OtherControl(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	switch (IoGetCurrentIrpStackLocation(Irp)->Parameters.DeviceIoControl.IoControlCode) {
	case IOCTL_IOTEST_RECORD:
		return GetRecord(Irp);
	case IOCTL_IOTEST_BUILD:
		return BuildIrp(DeviceObject, Irp);
	case IOCTL_IOTEST_BUILT:
		return GetBuilt(Irp);
	case IOCTL_IOTEST_END:
		return EndBuilt(Irp);
	default:
		return TestFinish(Irp, STATUS_INVALID_DEVICE_REQUEST, 0);
	}
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
	UNREFERENCED_PARAMETER(RegistryPath);
	DriverObject->MajorFunction[IRP_MJ_READ] = LowerDispatch;
	DriverObject->MajorFunction[IRP_MJ_WRITE] = LowerDispatch;
	DriverObject->MajorFunction[IRP_MJ_FLUSH_BUFFERS] = FlushBuffers;
	DriverObject->MajorFunction[IRP_MJ_QUERY_INFORMATION] = QueryInformation;
	DriverObject->MajorFunction[IRP_MJ_SET_INFORMATION] = SetInformation;
	DriverObject->MajorFunction[IRP_MJ_INTERNAL_DEVICE_CONTROL] = LowerDispatch;
	return TestStart(DriverObject);
}
