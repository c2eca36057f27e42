// SPDX-License-Identifier: GPL-2.0
/* IRPs that drivers make; the titles in quotes are the WDK's pages. */
#include "iotest.h"

#define INTERNAL(method)	CTL_CODE(FILE_DEVICE_UNKNOWN, 0x900, method, FILE_ANY_ACCESS)

static ULONG Completions;
static PIRP Completed;

static NTSTATUS KeepIt(PDEVICE_OBJECT DeviceObject, PIRP Irp, PVOID Context)
{
	UNREFERENCED_PARAMETER(DeviceObject);
	Completions++;
	Completed = Irp;
	if (Context)
		KeSetEvent((PKEVENT)Context, IO_NO_INCREMENT, FALSE);
	return STATUS_MORE_PROCESSING_REQUIRED;
}

/* "IoInitializeIrp", "IoSizeOfIrp": an IRP in the driver's own memory works. */
VOID IrpInOwnMemory(PTEST T)
{
	USHORT Size = IoSizeOfIrp(2);
	PIRP Irp = ExAllocatePoolWithTag(NonPagedPool, Size, 'tseT');
	ULONG i;

	CHECK_EQ(sizeof(IRP) + 2 * sizeof(IO_STACK_LOCATION), Size);
	if (!Irp || !LowerCreate(T, 0))
		return;
	for (i = 0; i < 3; i++) {
		Completions = 0;
		if (i)
			IoReuseIrp(Irp, STATUS_NOT_SUPPORTED);
		else
			IoInitializeIrp(Irp, Size, 2);
		CHECK_EQ(2, Irp->StackCount);
		CHECK_EQ(3, Irp->CurrentLocation);
		CHECK_EQ(i ? STATUS_NOT_SUPPORTED : 0, Irp->IoStatus.Status);
		CHECK_EQ(0, IoGetNextIrpStackLocation(Irp)->Control);
		IoGetNextIrpStackLocation(Irp)->MajorFunction = IRP_MJ_INTERNAL_DEVICE_CONTROL;
		IoSetCompletionRoutine(Irp, KeepIt, NULL, TRUE, TRUE, TRUE);
		CHECK_EQ(STATUS_SUCCESS, IoCallDriver(Lower.Device, Irp));
		CHECK_EQ(1, Completions);
		CHECK(Completed == Irp);
	}
	LowerDelete();
	ExFreePool(Irp);
}

/* "IoReuseIrp": as new, with the status that is asked for. */
VOID IrpReused(PTEST T)
{
	PIRP Irp = IoAllocateIrp(3, FALSE);
	ULONG i;

	CHECK(Irp != NULL);
	if (!Irp || !LowerCreate(T, 0))
		return;
	for (i = 0; i < 4; i++) {
		IoGetNextIrpStackLocation(Irp)->MajorFunction = IRP_MJ_INTERNAL_DEVICE_CONTROL;
		IoSetCompletionRoutine(Irp, KeepIt, NULL, TRUE, TRUE, TRUE);
		IoCallDriver(Lower.Device, Irp);
		IoCancelIrp(Irp);
		CHECK(Irp->Cancel);
		IoReuseIrp(Irp, STATUS_NOT_SUPPORTED);
		CHECK(!Irp->Cancel);
		CHECK_EQ(STATUS_NOT_SUPPORTED, Irp->IoStatus.Status);
		CHECK_EQ(3, Irp->StackCount);
		CHECK_EQ(4, Irp->CurrentLocation);
		CHECK(IoGetNextIrpStackLocation(Irp)->CompletionRoutine == NULL);
		CHECK_EQ(0, IoGetNextIrpStackLocation(Irp)->MajorFunction);
	}
	IoFreeIrp(Irp);
	LowerDelete();
}

static NTSTATUS Control(ULONG Code, PVOID In, ULONG InLength, PVOID Out, ULONG OutLength,
			PIO_STATUS_BLOCK IoStatus)
{
	KEVENT Event;
	PIRP Irp;

	KeInitializeEvent(&Event, NotificationEvent, FALSE);
	IoStatus->Status = STATUS_PENDING;
	IoStatus->Information = 77;
	Irp = IoBuildDeviceIoControlRequest(Code, Lower.Device, In, InLength, Out, OutLength, TRUE,
					    &Event, IoStatus);
	if (!Irp)
		return STATUS_INSUFFICIENT_RESOURCES;
	return CallAndWait(Irp, &Event, IoStatus);
}

/*
 * "IoBuildDeviceIoControlRequest", "Buffer Descriptions for I/O Control Codes":
 * one system buffer for both; Information bytes come back.
 */
VOID ControlBuffered(PTEST T)
{
	UCHAR In[8] = { 5, 6, 7 }, Out[8] = { 0 };
	IO_STATUS_BLOCK IoStatus;
	ULONG Pend;

	if (!LowerCreate(T, 0))
		return;
	Lower.Information = 2;
	for (Pend = 0; Pend < 2; Pend++) {
		Lower.Pend = (BOOLEAN)Pend;
		RtlZeroMemory(Out, sizeof(Out));
		CHECK_EQ(STATUS_SUCCESS, Control(INTERNAL(METHOD_BUFFERED), In, 3, Out, 8, &IoStatus));
		CHECK_EQ(STATUS_SUCCESS, IoStatus.Status);
		CHECK_EQ(2, IoStatus.Information);
		CHECK_EQ(IRP_MJ_INTERNAL_DEVICE_CONTROL, Lower.Major);
		CHECK_EQ(INTERNAL(METHOD_BUFFERED), Lower.Code);
		CHECK_EQ(3, Lower.InLength);
		CHECK_EQ(8, Lower.OutLength);
		CHECK_EQ(5, Lower.Byte);
		CHECK(Lower.SystemBuffer != In && Lower.SystemBuffer != Out);
		CHECK_EQ(5, In[0]);
		CHECK_EQ(6, Out[0]);
		CHECK_EQ(6, Out[1]);
		CHECK_EQ(0, Out[2]);
	}
	/* No buffers at all. */
	Lower.Information = 0;
	CHECK_EQ(STATUS_SUCCESS, Control(INTERNAL(METHOD_BUFFERED), NULL, 0, NULL, 0, &IoStatus));
	CHECK(Lower.SystemBuffer == NULL);
	CHECK_EQ(0, IoStatus.Information);
	LowerDelete();
}

/* The second buffer by an MDL, the first as a copy. */
VOID ControlDirect(PTEST T)
{
	PUCHAR Out = ExAllocatePoolWithTag(NonPagedPool, 3 * PAGE_SIZE, 'tseT');
	UCHAR In[4] = { 9 };
	IO_STATUS_BLOCK IoStatus;
	ULONG i;

	if (!Out || !LowerCreate(T, 0))
		return;
	for (i = 0; i < 2; i++) {
		ULONG Code = i ? INTERNAL(METHOD_OUT_DIRECT) : INTERNAL(METHOD_IN_DIRECT);

		Lower.Pend = (BOOLEAN)i;
		CHECK_EQ(STATUS_SUCCESS,
			 Control(Code, In, sizeof(In), Out + 100, 2 * PAGE_SIZE, &IoStatus));
		CHECK(Lower.Mdl != NULL);
		CHECK_EQ(2 * PAGE_SIZE, Lower.MdlBytes);
		CHECK_EQ(9, Lower.Byte);
		CHECK(Lower.SystemBuffer != In);
		/* Without a first buffer the lower device looks into the second. */
		Out[100] = 20;
		CHECK_EQ(STATUS_SUCCESS, Control(Code, NULL, 0, Out + 100, PAGE_SIZE, &IoStatus));
		CHECK_EQ(20, Lower.Byte);
		CHECK_EQ(21, Out[100]);
	}
	LowerDelete();
	ExFreePool(Out);
}

VOID ControlNeither(PTEST T)
{
	UCHAR In[4], Out[4];
	IO_STATUS_BLOCK IoStatus;

	if (!LowerCreate(T, 0))
		return;
	CHECK_EQ(STATUS_SUCCESS, Control(INTERNAL(METHOD_NEITHER), In, 4, Out, 4, &IoStatus));
	CHECK(Lower.Type3 == In);
	CHECK(Lower.UserBuffer == Out);
	CHECK(Lower.SystemBuffer == NULL);
	LowerDelete();
}

/* Data come with a warning, none with an error; the status is the driver's. */
VOID ControlFails(PTEST T)
{
	static const NTSTATUS Codes[] = { STATUS_BUFFER_OVERFLOW, STATUS_UNSUCCESSFUL };
	UCHAR Out[4];
	IO_STATUS_BLOCK IoStatus;
	ULONG i;

	if (!LowerCreate(T, 0))
		return;
	for (i = 0; i < 4; i++) {
		Lower.Pend = (BOOLEAN)(i / 2);
		Lower.Status = Codes[i % 2];
		Lower.Information = 400;
		RtlFillMemory(Out, sizeof(Out), 0x33);
		CHECK_EQ(Lower.Status, Control(INTERNAL(METHOD_BUFFERED), NULL, 0, Out, 2, &IoStatus));
		CHECK_EQ(Lower.Status, IoStatus.Status);
		CHECK_EQ(i % 2 ? 0x33 : 1, Out[0]);
		CHECK_EQ(0x33, Out[2]);
	}
	LowerDelete();
}

static NTSTATUS Transfer(ULONG Major, PVOID Buffer, ULONG Length, LONGLONG Offset,
			 PIO_STATUS_BLOCK IoStatus)
{
	LARGE_INTEGER Start;
	KEVENT Event;
	PIRP Irp;

	Start.QuadPart = Offset;
	KeInitializeEvent(&Event, NotificationEvent, FALSE);
	Irp = IoBuildSynchronousFsdRequest(Major, Lower.Device, Buffer, Length, &Start, &Event,
					   IoStatus);
	return Irp ? CallAndWait(Irp, &Event, IoStatus) : STATUS_INSUFFICIENT_RESOURCES;
}

/* "IoBuildSynchronousFsdRequest": an MDL for a device with DO_DIRECT_IO. */
VOID SynchronousFsd(PTEST T)
{
	IO_STATUS_BLOCK IoStatus;
	UCHAR Data[16] = { 40 };
	ULONG i;

	if (!LowerCreate(T, DO_DIRECT_IO))
		return;
	Lower.Information = 16;
	for (i = 0; i < 2; i++) {
		Lower.Pend = (BOOLEAN)i;
		CHECK_EQ(STATUS_SUCCESS, Transfer(IRP_MJ_READ, Data, 16, 0x123456789aLL, &IoStatus));
		CHECK_EQ(16, IoStatus.Information);
		CHECK_EQ(IRP_MJ_READ, Lower.Major);
		CHECK_EQ(16, Lower.MdlBytes);
		CHECK_EQ(16, Lower.Length);
		CHECK_EQ(0x123456789aLL, Lower.Offset);
		CHECK_EQ(41 + i, Data[0]);
	}
	CHECK_EQ(STATUS_SUCCESS, Transfer(IRP_MJ_FLUSH_BUFFERS, NULL, 0, 0, &IoStatus));
	CHECK_EQ(IRP_MJ_FLUSH_BUFFERS, Lower.Major);
	CHECK(Lower.Mdl == NULL);
	LowerDelete();
}

/* A system buffer for one with DO_BUFFERED_IO; a write's data go in, a read's come back. */
VOID SynchronousBuffered(PTEST T)
{
	IO_STATUS_BLOCK IoStatus;
	UCHAR Data[300] = { 40 };

	if (!LowerCreate(T, DO_BUFFERED_IO))
		return;
	Lower.Pend = TRUE;
	Lower.Information = 300;
	CHECK_EQ(STATUS_SUCCESS, Transfer(IRP_MJ_WRITE, Data, 300, 0, &IoStatus));
	CHECK_EQ(40, Lower.Byte);
	CHECK_EQ(40, Data[0]);
	CHECK_EQ(STATUS_SUCCESS, Transfer(IRP_MJ_READ, Data, 300, 0, &IoStatus));
	CHECK_EQ(0, Lower.Byte);
	CHECK_EQ(1, Data[0]);
	CHECK_EQ(0, Data[1]);
	LowerDelete();
}

/* "IoBuildAsynchronousFsdRequest": its own completion routine frees what belongs to it. */
VOID AsynchronousFsd(PTEST T)
{
	static const ULONG Flags[] = { DO_DIRECT_IO, DO_BUFFERED_IO, 0 };
	LARGE_INTEGER Start;
	UCHAR Data[16];
	KEVENT Event;
	ULONG i;
	PIRP Irp;
	PMDL Mdl;

	Start.QuadPart = 4096;
	for (i = 0; i < RTL_NUMBER_OF(Flags); i++) {
		if (!LowerCreate(T, Flags[i]))
			return;
		Lower.Pend = TRUE;
		KeInitializeEvent(&Event, NotificationEvent, FALSE);
		Irp = IoBuildAsynchronousFsdRequest(IRP_MJ_WRITE, Lower.Device, Data, 16, &Start,
						    NULL);
		CHECK(Irp != NULL);
		if (Irp) {
			IoSetCompletionRoutine(Irp, KeepIt, &Event, TRUE, TRUE, TRUE);
			CHECK_EQ(STATUS_PENDING, IoCallDriver(Lower.Device, Irp));
			KeWaitForSingleObject(&Event, Executive, KernelMode, FALSE, NULL);
			CHECK_EQ(4096, Lower.Offset);
			CHECK_EQ(i == 0, (Irp->MdlAddress != NULL));
			CHECK_EQ(i == 1, (Irp->AssociatedIrp.SystemBuffer != NULL));
			CHECK_EQ(i == 2, (Irp->UserBuffer == Data));
			for (Mdl = Irp->MdlAddress; Mdl; Mdl = Irp->MdlAddress) {
				Irp->MdlAddress = Mdl->Next;
				MmUnlockPages(Mdl);
				IoFreeMdl(Mdl);
			}
			if (Irp->Flags & IRP_DEALLOCATE_BUFFER)
				ExFreePool(Irp->AssociatedIrp.SystemBuffer);
			IoFreeIrp(Irp);
		}
		LowerDelete();
	}
}

/* "IoMakeAssociatedIrp": the master is completed with the last, and not before. */
VOID Associated(PTEST T)
{
	PIRP Master = IoAllocateIrp(2, FALSE), Part;
	KEVENT Event;
	ULONG i;

	if (!Master || !LowerCreate(T, 0))
		return;
	/* The master as a dispatch routine has it: at a location, with one above. */
	IoSetCompletionRoutine(Master, KeepIt, &Event, TRUE, TRUE, TRUE);
	IoSetNextIrpStackLocation(Master);
	KeInitializeEvent(&Event, NotificationEvent, FALSE);
	Completions = 0;
	Master->IoStatus.Status = STATUS_SUCCESS;
	Master->IoStatus.Information = 123;
	Master->AssociatedIrp.IrpCount = 5;
	for (i = 0; i < 5; i++) {
		CHECK_EQ(0, Completions);
		Lower.Pend = i & 1;
		Part = IoMakeAssociatedIrp(Master, Lower.Device->StackSize);
		CHECK(Part != NULL);
		if (!Part)
			return;
		CHECK(Part->Flags & IRP_ASSOCIATED_IRP);
		CHECK(Part->AssociatedIrp.MasterIrp == Master);
		/* Its MDL goes with it. */
		IoAllocateMdl(T, 8, FALSE, FALSE, Part);
		MmBuildMdlForNonPagedPool(Part->MdlAddress);
		Lower.LeaveData = TRUE;
		IoGetNextIrpStackLocation(Part)->MajorFunction = IRP_MJ_INTERNAL_DEVICE_CONTROL;
		IoCallDriver(Lower.Device, Part);
		KeFlushQueuedDpcs();
	}
	KeWaitForSingleObject(&Event, Executive, KernelMode, FALSE, NULL);
	CHECK_EQ(1, Completions);
	CHECK(Completed == Master);
	CHECK_EQ(123, Master->IoStatus.Information);
	IoFreeIrp(Master);
	LowerDelete();
}

/* "IoForwardIrpSynchronously": TRUE when it came back, FALSE without a location left. */
VOID ForwardSynchronously(PTEST T)
{
	PIRP Irp = IoAllocateIrp(2, FALSE);
	ULONG i;

	if (!Irp || !LowerCreate(T, 0))
		return;
	for (i = 0; i < 2; i++) {
		IoReuseIrp(Irp, STATUS_SUCCESS);
		IoGetNextIrpStackLocation(Irp)->MajorFunction = IRP_MJ_INTERNAL_DEVICE_CONTROL;
		IoSetNextIrpStackLocation(Irp);
		Lower.Pend = (BOOLEAN)i;
		Lower.Status = STATUS_DEVICE_BUSY;
		CHECK_EQ(TRUE, IoForwardIrpSynchronously(Lower.Device, Irp));
		CHECK_EQ(STATUS_DEVICE_BUSY, Irp->IoStatus.Status);
		CHECK_EQ(i + 1, Lower.Calls);
		CHECK_EQ(2, Irp->CurrentLocation);
		IoSetNextIrpStackLocation(Irp);
		CHECK_EQ(FALSE, IoForwardIrpSynchronously(Lower.Device, Irp));
		CHECK_EQ(i + 1, Lower.Calls);
	}
	IoFreeIrp(Irp);
	LowerDelete();
}

/* "IoSetCompletionRoutineEx": called under the same conditions. */
VOID CompletionRoutineEx(PTEST T)
{
	PIRP Irp;

	if (!LowerCreate(T, 0))
		return;
	Irp = IoAllocateIrp(1, FALSE);
	if (Irp) {
		Completions = 0;
		IoGetNextIrpStackLocation(Irp)->MajorFunction = IRP_MJ_INTERNAL_DEVICE_CONTROL;
		CHECK_EQ(STATUS_SUCCESS, IoSetCompletionRoutineEx(T->Device, Irp, KeepIt, NULL, TRUE,
								  FALSE, FALSE));
		IoCallDriver(Lower.Device, Irp);
		CHECK_EQ(1, Completions);
		IoFreeIrp(Irp);
	}
	Irp = IoAllocateIrp(2, FALSE);
	if (Irp) {
		/* Two: the lower one does not want to be called for an error. */
		Completions = 0;
		Lower.Status = STATUS_UNSUCCESSFUL;
		IoSetCompletionRoutine(Irp, KeepIt, NULL, TRUE, TRUE, TRUE);
		IoSetNextIrpStackLocation(Irp);
		IoGetNextIrpStackLocation(Irp)->MajorFunction = IRP_MJ_INTERNAL_DEVICE_CONTROL;
		CHECK_EQ(STATUS_SUCCESS, IoSetCompletionRoutineEx(T->Device, Irp, KeepIt, T, TRUE,
								  FALSE, FALSE));
		IoCallDriver(Lower.Device, Irp);
		CHECK_EQ(1, Completions);
		IoFreeIrp(Irp);
	}
	LowerDelete();
}

/* "IoBuildPartialMdl": a subrange; a length of 0 means up to the end. */
VOID PartialMdl(PTEST T)
{
	PUCHAR Pool = ExAllocatePoolWithTag(NonPagedPool, 4 * PAGE_SIZE, 'tseT');
	PMDL Source = IoAllocateMdl(Pool, 4 * PAGE_SIZE, FALSE, FALSE, NULL);
	PMDL Target = IoAllocateMdl(Pool, 4 * PAGE_SIZE, FALSE, FALSE, NULL);

	if (!Pool || !Source || !Target)
		return;
	MmBuildMdlForNonPagedPool(Source);
	IoBuildPartialMdl(Source, Target, Pool + 5000, 100);
	CHECK(MmGetMdlVirtualAddress(Target) == Pool + 5000);
	CHECK_EQ(100, MmGetMdlByteCount(Target));
	CHECK(MmGetSystemAddressForMdlSafe(Target, NormalPagePriority) == Pool + 5000);
	CHECK_EQ(MmGetMdlPfnArray(Source)[1], MmGetMdlPfnArray(Target)[0]);
	MmPrepareMdlForReuse(Target);
	IoBuildPartialMdl(Source, Target, Pool + 2 * PAGE_SIZE + 1, 0);
	CHECK_EQ(2 * PAGE_SIZE - 1, MmGetMdlByteCount(Target));
	CHECK_EQ(MmGetMdlPfnArray(Source)[3], MmGetMdlPfnArray(Target)[1]);
	CHECK(MmGetSystemAddressForMdlSafe(Target, NormalPagePriority) == Pool + 2 * PAGE_SIZE + 1);
	IoFreeMdl(Target);
	IoFreeMdl(Source);
	ExFreePool(Pool);
}
