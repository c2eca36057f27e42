// SPDX-License-Identifier: GPL-2.0
/*
 * fill.c - IOCTL_LAYERED_FILL, as asynchronous reads
 */
#include "layered.h"

static IO_COMPLETION_ROUTINE LayeredReadCompletion;

/* What the reads of one request share. */
typedef struct _LAYERED_FILL {
    PIRP Irp;
    LONG Left;              /* reads that have not ended; one more while sending */
    LONG Filled;            /* bytes */
    NTSTATUS Status;
} LAYERED_FILL, *PLAYERED_FILL;

static VOID
LayeredFillDone(
    PLAYERED_FILL Fill
    )
{
    PIRP irp = Fill->Irp;
    NTSTATUS status;
    LONG filled;

    if (InterlockedDecrement(&Fill->Left) != 0) {
        return;
    }

    status = Fill->Status;
    filled = Fill->Filled;
    ExFreePoolWithTag(Fill, LAYERED_TAG);
    LayeredComplete(irp, status, NT_SUCCESS(status) ? (ULONG_PTR)filled : 0);
}

/*
 * WDK, "IoBuildAsynchronousFsdRequest": the completion routine frees what that
 * allocated, and keeps the IRP from going on to nobody.
 */
static NTSTATUS
LayeredReadCompletion(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp,
    PVOID Context
    )
{
    PLAYERED_FILL fill = Context;
    PMDL mdl;

    UNREFERENCED_PARAMETER(DeviceObject);

    if (NT_SUCCESS(Irp->IoStatus.Status)) {
        InterlockedExchangeAdd(&fill->Filled, (LONG)Irp->IoStatus.Information);
    } else {
        fill->Status = Irp->IoStatus.Status;
    }

    while ((mdl = Irp->MdlAddress) != NULL) {
        Irp->MdlAddress = mdl->Next;
        MmUnlockPages(mdl);
        IoFreeMdl(mdl);
    }

    IoFreeIrp(Irp);
    LayeredFillDone(fill);
    return STATUS_MORE_PROCESSING_REQUIRED;
}

static VOID
LayeredSendRead(
    PLAYERED_EXTENSION Extension,
    PLAYERED_FILL Fill,
    PUCHAR Buffer,
    ULONG Length
    )
{
    LARGE_INTEGER start;
    PIRP irp;

    start.QuadPart = 0;
    irp = IoBuildAsynchronousFsdRequest(IRP_MJ_READ,
                                        Extension->LowerDevice,
                                        Buffer,
                                        Length,
                                        &start,
                                        NULL);

    if (irp == NULL) {
        Fill->Status = STATUS_INSUFFICIENT_RESOURCES;
        return;
    }

    IoGetNextIrpStackLocation(irp)->FileObject = Extension->LowerFile;
    IoSetCompletionRoutine(irp, LayeredReadCompletion, Fill, TRUE, TRUE, TRUE);
    InterlockedIncrement(&Fill->Left);
    LayeredCount(Extension, Reads);
    IoCallDriver(Extension->LowerDevice, irp);
}

NTSTATUS
LayeredFill(
    PLAYERED_EXTENSION Extension,
    PIRP Irp
    )
{
    PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
    ULONG total = stack->Parameters.DeviceIoControl.OutputBufferLength;
    PLAYERED_FILL fill;
    PUCHAR buffer;
    ULONG offset;
    ULONG length;

    if (total == 0 || total > LAYERED_FILL_MAX) {
        return LayeredComplete(Irp, STATUS_INVALID_PARAMETER, 0);
    }

    buffer = MmGetSystemAddressForMdlSafe(Irp->MdlAddress, NormalPagePriority);
    fill = ExAllocatePoolWithTag(NonPagedPool, sizeof(*fill), LAYERED_TAG);

    if (buffer == NULL || fill == NULL) {
        if (fill != NULL) {
            ExFreePoolWithTag(fill, LAYERED_TAG);
        }
        return LayeredComplete(Irp, STATUS_INSUFFICIENT_RESOURCES, 0);
    }

    fill->Irp = Irp;
    fill->Left = 1;
    fill->Filled = 0;
    fill->Status = STATUS_SUCCESS;
    LayeredCount(Extension, Filled);
    IoMarkIrpPending(Irp);

    for (offset = 0; offset < total && NT_SUCCESS(fill->Status); offset += length) {
        length = (total - offset < LAYERED_SIZE) ? total - offset : LAYERED_SIZE;
        LayeredSendRead(Extension, fill, buffer + offset, length);
    }

    LayeredFillDone(fill);
    return STATUS_PENDING;
}
