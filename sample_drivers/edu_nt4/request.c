// SPDX-License-Identifier: GPL-2.0
/*
 * request.c - dispatch routines, StartIo, and the end of a request
 */
#include "edu_nt4.h"

static NTSTATUS
EduFinish(
    PIRP Irp,
    NTSTATUS Status,
    ULONG_PTR Information
    )
{
    Irp->IoStatus.Status = Status;
    Irp->IoStatus.Information = Information;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return Status;
}

NTSTATUS
EduOpenClose(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp
    )
{
    UNREFERENCED_PARAMETER(DeviceObject);
    return EduFinish(Irp, STATUS_SUCCESS, 0);
}

/* WDK, "Logging Errors": what went wrong, with a number that tells more. */
VOID
EduLogError(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp,
    NTSTATUS Code,
    NTSTATUS Status,
    ULONG Value
    )
{
    static const WCHAR text[] = L"edu";
    UCHAR size = (UCHAR)(sizeof(IO_ERROR_LOG_PACKET) + sizeof(text));
    PIO_ERROR_LOG_PACKET packet = IoAllocateErrorLogEntry(DeviceObject, size);

    if (packet == NULL) {
        return;
    }
    packet->MajorFunctionCode = IoGetCurrentIrpStackLocation(Irp)->MajorFunction;
    packet->ErrorCode = Code;
    packet->FinalStatus = Status;
    packet->DumpDataSize = sizeof(ULONG);
    packet->DumpData[0] = Value;
    packet->NumberOfStrings = 1;
    packet->StringOffset = sizeof(IO_ERROR_LOG_PACKET);
    RtlCopyMemory((PUCHAR)packet + packet->StringOffset, text, sizeof(text));
    IoWriteErrorLogEntry(packet);
}

static NTSTATUS
EduQueue(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp
    )
{
    IoMarkIrpPending(Irp);
    IoStartPacket(DeviceObject, Irp, NULL, NULL);
    return STATUS_PENDING;
}

NTSTATUS
EduReadWrite(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp
    )
{
    PIO_STACK_LOCATION location = IoGetCurrentIrpStackLocation(Irp);
    LONGLONG offset = location->Parameters.Read.ByteOffset.QuadPart;
    ULONG length = location->Parameters.Read.Length;

    if (!EduExtension(DeviceObject)->Ready) {
        return EduFinish(Irp, STATUS_DEVICE_NOT_READY, 0);
    }
    if (length == 0) {
        return EduFinish(Irp, STATUS_SUCCESS, 0);
    }
    if (offset < 0 || offset >= EDU_DMA_LIMIT || length > EDU_DMA_LIMIT - (ULONG)offset) {
        EduLogError(DeviceObject, Irp, EDU_ERROR_TRANSFER, STATUS_INVALID_PARAMETER, length);
        return EduFinish(Irp, STATUS_INVALID_PARAMETER, 0);
    }
    return EduQueue(DeviceObject, Irp);
}

NTSTATUS
EduControl(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp
    )
{
    PIO_STACK_LOCATION location = IoGetCurrentIrpStackLocation(Irp);
    PEDU_EXTENSION extension = EduExtension(DeviceObject);
    PULONG value = Irp->AssociatedIrp.SystemBuffer;
    ULONG code = location->Parameters.DeviceIoControl.IoControlCode;
    ULONG in = code == IOCTL_EDU_GET_ID ? 0 : sizeof(ULONG);

    if (code != IOCTL_EDU_GET_ID && code != IOCTL_EDU_LIVENESS && code != IOCTL_EDU_FACTORIAL) {
        return EduFinish(Irp, STATUS_INVALID_DEVICE_REQUEST, 0);
    }
    if (!extension->Ready) {
        return EduFinish(Irp, STATUS_DEVICE_NOT_READY, 0);
    }
    if (location->Parameters.DeviceIoControl.InputBufferLength < in ||
        location->Parameters.DeviceIoControl.OutputBufferLength < sizeof(ULONG)) {
        return EduFinish(Irp, STATUS_BUFFER_TOO_SMALL, 0);
    }
    if (code == IOCTL_EDU_FACTORIAL) {
        return EduQueue(DeviceObject, Irp);
    }
    if (code == IOCTL_EDU_GET_ID) {
        *value = EduRead(extension, EDU_REG_ID);
    } else {
        EduWrite(extension, EDU_REG_LIVENESS, *value);
        *value = EduRead(extension, EDU_REG_LIVENESS);
    }
    return EduFinish(Irp, STATUS_SUCCESS, sizeof(ULONG));
}

/* WDK, "Writing StartIo Routines": at DISPATCH_LEVEL, the only request of its device. */
VOID
EduStartIo(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp
    )
{
    PEDU_EXTENSION extension = EduExtension(DeviceObject);

    if (IoGetCurrentIrpStackLocation(Irp)->MajorFunction != IRP_MJ_DEVICE_CONTROL) {
        EduStartTransfer(DeviceObject);
        return;
    }
    extension->Started = EDU_IRQ_FACTORIAL;
    EduWrite(extension, EDU_REG_STATUS, EDU_STATUS_IRQ_ENABLE);
    EduWrite(extension, EDU_REG_FACTORIAL, *(PULONG)Irp->AssociatedIrp.SystemBuffer);
}

/* The current request is over, and the next may begin. */
VOID
EduEnd(
    PDEVICE_OBJECT DeviceObject,
    NTSTATUS Status,
    ULONG_PTR Information
    )
{
    PIRP irp = DeviceObject->CurrentIrp;

    EduExtension(DeviceObject)->Started = 0;
    irp->IoStatus.Status = Status;
    irp->IoStatus.Information = Information;
    IoStartNextPacket(DeviceObject, FALSE);
    IoCompleteRequest(irp, IO_DISK_INCREMENT);
}
