// SPDX-License-Identifier: GPL-2.0
/* What belongs to a driver; the error log; small questions about IRPs and stacks. */
#include "conform.h"
#ifdef __MINGW32__
/* Its declarations are in ntifs.h, or lacking. */
PDEVICE_OBJECT NTAPI IoGetDeviceAttachmentBaseRef(PDEVICE_OBJECT DeviceObject);
#endif

/* "IoAllocateDriverObjectExtension": one for each identification, zeroed, until unload. */
VOID DriverExtension(PCONFORM_TEST_CONTEXT T)
{
	static LONG Id;
	PVOID First = IoGetDriverObjectExtension(T->Driver, &Id);
	PVOID Extension;
	PUCHAR Bytes;
	ULONG i, Wrong = 0;

	if (!First) {
		CHECK_EQ(STATUS_SUCCESS, IoAllocateDriverObjectExtension(T->Driver, &Id, 100, &First));
		CHECK(First != NULL);
		CHECK_EQ(0, (ULONG_PTR)First % 16);
		Bytes = First;
		for (i = 0; First && i < 100; i++)
			Wrong += Bytes[i] != 0;
		CHECK_EQ(0, Wrong);
	}
	CHECK_EQ(First, IoGetDriverObjectExtension(T->Driver, &Id));
	CHECK_EQ(STATUS_OBJECT_NAME_COLLISION,
		 IoAllocateDriverObjectExtension(T->Driver, &Id, 100, &Extension));
	CHECK(IoGetDriverObjectExtension(T->Driver, T) == NULL);
}

/* "IoRegisterDriverReinitialization": conform.c's DriverEntry registers; see there. */
VOID Reinitialized(PCONFORM_TEST_CONTEXT T)
{
	CHECK_EQ(3, ReinitializeCalls);
	CHECK_EQ(3, T->Driver->DriverExtension->Count);
	CHECK(ReinitializeOrder);
}

/* "IoGetConfigurationInformation": one for all drivers, who count in it. */
VOID ConfigurationInformation(PCONFORM_TEST_CONTEXT T)
{
	PCONFIGURATION_INFORMATION Information = IoGetConfigurationInformation();
	ULONG Count;

	CHECK(Information != NULL);
	CHECK_EQ(Information, IoGetConfigurationInformation());
	Count = Information->SerialCount++;
	CHECK_EQ(Count + 1, IoGetConfigurationInformation()->SerialCount);
	Information->SerialCount--;
	CHECK(!Information->AtDiskPrimaryAddressClaimed);
}

/* "IoAllocateErrorLogEntry": at most ERROR_LOG_MAXIMUM_SIZE; DISPATCH_LEVEL. */
VOID ErrorLog(PCONFORM_TEST_CONTEXT T)
{
	static const WCHAR Text[] = L"one\0two";
	PIO_ERROR_LOG_PACKET Packet;
	KIRQL Irql;

	CHECK_EQ(48, sizeof(IO_ERROR_LOG_PACKET));
	CHECK(IoAllocateErrorLogEntry(T->Driver, 255) == NULL);
	CHECK(IoAllocateErrorLogEntry(T->Driver, 4) == NULL);
	KeRaiseIrql(DISPATCH_LEVEL, &Irql);
	Packet = IoAllocateErrorLogEntry(T->Driver->DeviceObject,
					 (UCHAR)(sizeof(*Packet) + 8 + sizeof(Text)));
	if (Packet) {
		Packet->ErrorCode = (NTSTATUS)0xc0040007;
		Packet->FinalStatus = STATUS_IO_DEVICE_ERROR;
		Packet->UniqueErrorValue = 99;
		Packet->DumpDataSize = 2 * sizeof(ULONG);
		Packet->DumpData[0] = 0x44332211;
		(&Packet->DumpData[0])[1] = 0x88776655;
		Packet->NumberOfStrings = 2;
		Packet->StringOffset = sizeof(*Packet) + 8;
		RtlCopyMemory((PUCHAR)Packet + Packet->StringOffset, Text, sizeof(Text));
		IoWriteErrorLogEntry(Packet);
	}
	KeLowerIrql(Irql);
	CHECK(Packet != NULL);
	Packet = IoAllocateErrorLogEntry(T->Driver, sizeof(*Packet));
	CHECK(Packet != NULL);
	if (Packet)
		IoFreeErrorLogEntry(Packet);
	/* What it says of itself reaches beyond its end. */
	Packet = IoAllocateErrorLogEntry(T->Driver, sizeof(*Packet));
	if (Packet) {
		Packet->DumpDataSize = 0xfffc;
		Packet->NumberOfStrings = 100;
		Packet->StringOffset = 0xfff0;
		IoWriteErrorLogEntry(Packet);
	}
}

/* "IoIsErrorUserInduced", "IoAdjustPagingPathCount". */
VOID SmallMacros(PCONFORM_TEST_CONTEXT T)
{
	LONG Count = 0;

	CHECK(IoIsErrorUserInduced(STATUS_NO_MEDIA_IN_DEVICE));
	CHECK(IoIsErrorUserInduced(STATUS_MEDIA_WRITE_PROTECTED));
	CHECK(!IoIsErrorUserInduced(STATUS_SUCCESS));
	CHECK(!IoIsErrorUserInduced(STATUS_IO_DEVICE_ERROR));
	IoAdjustPagingPathCount(&Count, TRUE);
	CHECK_EQ(1, Count);
	IoAdjustPagingPathCount(&Count, FALSE);
	CHECK_EQ(0, Count);
}

/* "IoSetHardErrorOrVerifyDevice": needs the IRP's thread. */
VOID HardError(PCONFORM_TEST_CONTEXT T)
{
	PIRP Irp = IoAllocateIrp(1, FALSE);

	CHECK(Irp != NULL);
	if (!Irp)
		return;
	Irp->Tail.Overlay.Thread = (PETHREAD)T;
	Irp->IoStatus.Status = STATUS_NO_MEDIA_IN_DEVICE;
	IoSetHardErrorOrVerifyDevice(Irp, T->Driver->DeviceObject);
	CHECK_EQ(STATUS_NO_MEDIA_IN_DEVICE, Irp->IoStatus.Status);
	Irp->Tail.Overlay.Thread = NULL;
	IoFreeIrp(Irp);
}

/* "IoCreateUnprotectedSymbolicLink", "IoAssignArcName", "IoDeassignArcName". */
VOID LinkKinds(PCONFORM_TEST_CONTEXT T)
{
	UNICODE_STRING Link, Arc, Target;

	RtlInitUnicodeString(&Target, L"\\Device\\NtConform");
	RtlInitUnicodeString(&Link, L"\\DosDevices\\NTCONFORMUNPROTECTED");
	RtlInitUnicodeString(&Arc, L"\\ArcName\\multi(0)conform(0)");
	CHECK_EQ(STATUS_SUCCESS, IoCreateUnprotectedSymbolicLink(&Link, &Target));
	CHECK_EQ(STATUS_OBJECT_NAME_COLLISION, IoCreateUnprotectedSymbolicLink(&Link, &Target));
	CHECK_EQ(STATUS_SUCCESS, IoDeleteSymbolicLink(&Link));
	CHECK_EQ(STATUS_SUCCESS, IoAssignArcName(&Arc, &Target));
	CHECK_EQ(STATUS_OBJECT_NAME_COLLISION, IoAssignArcName(&Arc, &Target));
	IoDeassignArcName(&Arc);
	CHECK_EQ(STATUS_SUCCESS, IoAssignArcName(&Arc, &Target));
	IoDeassignArcName(&Arc);
}

/* "IoGetDeviceAttachmentBaseRef", "IoGetLowerDeviceObject". */
VOID StackBase(PCONFORM_TEST_CONTEXT T)
{
	PDEVICE_OBJECT Device[3], Base;
	ULONG i;

	for (i = 0; i < 3; i++) {
		CHECK_EQ(STATUS_SUCCESS, IoCreateDevice(T->Driver, 0, NULL, FILE_DEVICE_UNKNOWN, 0,
							FALSE, &Device[i]));
		if (i)
			CHECK_EQ(Device[i - 1], IoAttachDeviceToDeviceStack(Device[i], Device[0]));
	}
	Base = IoGetDeviceAttachmentBaseRef(Device[2]);
	CHECK_EQ(Device[0], Base);
	ObDereferenceObject(Base);
	Base = IoGetDeviceAttachmentBaseRef(Device[0]);
	CHECK_EQ(Device[0], Base);
	ObDereferenceObject(Base);
	IoDetachDevice(Device[1]);
	IoDetachDevice(Device[0]);
	for (i = 0; i < 3; i++)
		IoDeleteDevice(Device[i]);
}

/* "IoGetIoPriorityHint", "IoSetIoPriorityHint", "IoGetPagingIoPriority". */
VOID PriorityHints(PCONFORM_TEST_CONTEXT T)
{
	PIRP Irp = IoAllocateIrp(1, FALSE);
	ULONG i;

	CHECK(Irp != NULL);
	if (!Irp)
		return;
	CHECK_EQ(IoPriorityNormal, IoGetIoPriorityHint(Irp));
	for (i = IoPriorityVeryLow; i < MaxIoPriorityTypes; i++) {
		CHECK_EQ(STATUS_SUCCESS, IoSetIoPriorityHint(Irp, (IO_PRIORITY_HINT)i));
		CHECK_EQ(i, IoGetIoPriorityHint(Irp));
	}
	CHECK_EQ(STATUS_INVALID_PARAMETER, IoSetIoPriorityHint(Irp, MaxIoPriorityTypes));
	CHECK_EQ(IoPagingPriorityInvalid, IoGetPagingIoPriority(Irp));
	IoFreeIrp(Irp);
}

#ifndef __MINGW32__
/* "IoSetMasterIrpStatus": the worse one stays, with two exceptions. */
VOID MasterStatus(PCONFORM_TEST_CONTEXT T)
{
	static const struct {
		NTSTATUS Old, New, Result;
	} Cases[] = {
		{ STATUS_SUCCESS, STATUS_UNSUCCESSFUL, STATUS_UNSUCCESSFUL },
		{ STATUS_UNSUCCESSFUL, STATUS_SUCCESS, STATUS_UNSUCCESSFUL },
		{ STATUS_BUFFER_OVERFLOW, STATUS_IO_DEVICE_ERROR, STATUS_IO_DEVICE_ERROR },
		{ STATUS_IO_DEVICE_ERROR, STATUS_BUFFER_OVERFLOW, STATUS_IO_DEVICE_ERROR },
		{ STATUS_UNSUCCESSFUL, STATUS_VERIFY_REQUIRED, STATUS_VERIFY_REQUIRED },
		{ STATUS_SUCCESS, STATUS_FT_READ_FROM_COPY, STATUS_SUCCESS },
	};
	PIRP Irp = IoAllocateIrp(1, FALSE);
	ULONG i;

	CHECK(Irp != NULL);
	if (!Irp)
		return;
	for (i = 0; i < RTL_NUMBER_OF(Cases); i++) {
		Irp->IoStatus.Status = Cases[i].Old;
		IoSetMasterIrpStatus(Irp, Cases[i].New);
		CHECK_EQ(Cases[i].Result, Irp->IoStatus.Status);
	}
	IoFreeIrp(Irp);
}
#else
VOID MasterStatus(PCONFORM_TEST_CONTEXT T) { CHECK(TRUE); }
#endif
