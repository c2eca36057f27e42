// SPDX-License-Identifier: GPL-2.0
/*
 * readwrite.c - the device's memory as a file of EDU_BUFFER_SIZE bytes
 */
#include "edu.h"

#ifdef ALLOC_PRAGMA
#pragma alloc_text(PAGE, EduDispatchQueryInformation)
#pragma alloc_text(PAGE, EduDispatchSetInformation)
#endif

/*
 * The byte that is not transferred (see EDU_DMA_LIMIT) is copied at
 * DISPATCH_LEVEL later; map it now, where a failure is easy to report.
 */
NTSTATUS
EduPrepareTransfer(
    PIRP Irp,
    ULONG Offset,
    ULONG Length
    )
{
    if (Offset + Length > EDU_DMA_LIMIT &&
        MmGetSystemAddressForMdlSafe(Irp->MdlAddress, NormalPagePriority) == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    return STATUS_SUCCESS;
}

/*
 * Fill in a transfer from a read, write or DMA control request that its
 * dispatch routine found valid.
 */
VOID
EduDescribeTransfer(
    PIRP Irp,
    PEDU_TRANSFER Transfer
    )
{
    PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);

    RtlZeroMemory(Transfer, sizeof(*Transfer));

    switch (stack->MajorFunction) {
    case IRP_MJ_READ:
        Transfer->DeviceOffset = stack->Parameters.Read.ByteOffset.LowPart;
        Transfer->Length = stack->Parameters.Read.Length;
        break;

    case IRP_MJ_WRITE:
        Transfer->DeviceOffset = stack->Parameters.Write.ByteOffset.LowPart;
        Transfer->Length = stack->Parameters.Write.Length;
        Transfer->ToDevice = TRUE;
        break;

    default:
        Transfer->Length = stack->Parameters.DeviceIoControl.OutputBufferLength;
        Transfer->ToDevice =
            (stack->Parameters.DeviceIoControl.IoControlCode == IOCTL_EDU_DMA_WRITE);
        break;
    }

    if (Transfer->Length > EDU_BUFFER_SIZE - Transfer->DeviceOffset) {
        Transfer->Length = EDU_BUFFER_SIZE - Transfer->DeviceOffset;
    }

    Transfer->Mdl = Irp->MdlAddress;
    Transfer->CurrentVa = MmGetMdlVirtualAddress(Irp->MdlAddress);
    Transfer->Remaining = Transfer->Length;

    if (Transfer->DeviceOffset + Transfer->Length > EDU_DMA_LIMIT) {
        Transfer->Remaining--;
        Transfer->LastByte = MmGetSystemAddressForMdlSafe(Irp->MdlAddress, NormalPagePriority);
        Transfer->LastByte += Transfer->Remaining;
    }
}

/*
 * Nothing to transfer is a success, wherever it is. PastEnd is the answer to a
 * request that begins at the end or after it; one that crosses the end is
 * shortened.
 */
static NTSTATUS
EduCheckRange(
    LARGE_INTEGER ByteOffset,
    ULONG Length,
    NTSTATUS PastEnd
    )
{
    if (ByteOffset.QuadPart < 0 ||
        ByteOffset.QuadPart > MAXLONGLONG - (LONGLONG)Length) {
        return STATUS_INVALID_PARAMETER;
    }

    if (ByteOffset.QuadPart >= EDU_BUFFER_SIZE) {
        return PastEnd;
    }
    return STATUS_SUCCESS;
}

static NTSTATUS
EduReadWrite(
    PEDU_EXTENSION Extension,
    PIRP Irp,
    LARGE_INTEGER ByteOffset,
    ULONG Length,
    NTSTATUS PastEnd
    )
{
    NTSTATUS status;

    status = IoAcquireRemoveLock(&Extension->RemoveLock, Irp);

    if (!NT_SUCCESS(status)) {
        return EduRefuse(Irp, status);
    }

    if (Length == 0) {
        return EduComplete(Extension, Irp, STATUS_SUCCESS, 0);
    }

    status = EduCheckRange(ByteOffset, Length, PastEnd);

    if (!NT_SUCCESS(status)) {
        return EduComplete(Extension, Irp, status, 0);
    }

    if (Length > EDU_BUFFER_SIZE) {
        Length = EDU_BUFFER_SIZE;
    }

    status = EduPrepareTransfer(Irp, ByteOffset.LowPart, Length);

    if (!NT_SUCCESS(status)) {
        return EduComplete(Extension, Irp, status, 0);
    }
    return EduQueue(Extension, Irp);
}

/*
 * WDK, "DispatchRead, DispatchWrite, and DispatchReadWrite Routines": check
 * the parameters, then queue; the device object has DO_DIRECT_IO, so the
 * buffer comes as an MDL, locked in memory.
 */
NTSTATUS
EduDispatchRead(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp
    )
{
    PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);

    return EduReadWrite(EduExtension(DeviceObject),
                        Irp,
                        stack->Parameters.Read.ByteOffset,
                        stack->Parameters.Read.Length,
                        STATUS_END_OF_FILE);
}

NTSTATUS
EduDispatchWrite(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp
    )
{
    PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);

    return EduReadWrite(EduExtension(DeviceObject),
                        Irp,
                        stack->Parameters.Write.ByteOffset,
                        stack->Parameters.Write.Length,
                        STATUS_DISK_FULL);
}

static NTSTATUS
EduQueryStandard(
    PFILE_STANDARD_INFORMATION Information,
    ULONG Length,
    PULONG_PTR Returned
    )
{
    if (Length < sizeof(*Information)) {
        return STATUS_INFO_LENGTH_MISMATCH;
    }

    RtlZeroMemory(Information, sizeof(*Information));
    Information->AllocationSize.QuadPart = EDU_BUFFER_SIZE;
    Information->EndOfFile.QuadPart = EDU_BUFFER_SIZE;
    Information->NumberOfLinks = 1;
    *Returned = sizeof(*Information);
    return STATUS_SUCCESS;
}

static NTSTATUS
EduQueryPosition(
    PFILE_OBJECT FileObject,
    PFILE_POSITION_INFORMATION Information,
    ULONG Length,
    PULONG_PTR Returned
    )
{
    if (Length < sizeof(*Information)) {
        return STATUS_INFO_LENGTH_MISMATCH;
    }

    Information->CurrentByteOffset = FileObject->CurrentByteOffset;
    *Returned = sizeof(*Information);
    return STATUS_SUCCESS;
}

/*
 * WDK, "DispatchQueryInformation Routines": the size and the position, which
 * is what a seek relative to the end or to the position needs.
 */
NTSTATUS
EduDispatchQueryInformation(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp
    )
{
    PEDU_EXTENSION extension = EduExtension(DeviceObject);
    PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
    ULONG length = stack->Parameters.QueryFile.Length;
    PVOID buffer = Irp->AssociatedIrp.SystemBuffer;
    ULONG_PTR returned = 0;
    NTSTATUS status;

    PAGED_CODE();

    status = IoAcquireRemoveLock(&extension->RemoveLock, Irp);

    if (!NT_SUCCESS(status)) {
        return EduRefuse(Irp, status);
    }

    switch (stack->Parameters.QueryFile.FileInformationClass) {
    case FileStandardInformation:
        status = EduQueryStandard(buffer, length, &returned);
        break;

    case FilePositionInformation:
        status = EduQueryPosition(stack->FileObject, buffer, length, &returned);
        break;

    default:
        status = STATUS_INVALID_PARAMETER;
        break;
    }
    return EduComplete(extension, Irp, status, returned);
}

/*
 * WDK, "DispatchSetInformation Routines": only the position can be set.
 */
NTSTATUS
EduDispatchSetInformation(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp
    )
{
    PEDU_EXTENSION extension = EduExtension(DeviceObject);
    PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
    PFILE_POSITION_INFORMATION position = Irp->AssociatedIrp.SystemBuffer;
    NTSTATUS status;

    PAGED_CODE();

    status = IoAcquireRemoveLock(&extension->RemoveLock, Irp);

    if (!NT_SUCCESS(status)) {
        return EduRefuse(Irp, status);
    }

    if (stack->Parameters.SetFile.FileInformationClass != FilePositionInformation) {
        status = STATUS_INVALID_PARAMETER;
    } else if (stack->Parameters.SetFile.Length < sizeof(*position)) {
        status = STATUS_INFO_LENGTH_MISMATCH;
    } else if (position->CurrentByteOffset.QuadPart < 0) {
        status = STATUS_INVALID_PARAMETER;
    } else {
        stack->FileObject->CurrentByteOffset = position->CurrentByteOffset;
    }
    return EduComplete(extension, Irp, status, 0);
}
