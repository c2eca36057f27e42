// SPDX-License-Identifier: GPL-2.0
/*
 * split.c - reads and writes, the large ones as associated IRPs
 */
#include "layered.h"

#define LAYERED_PIECES_MAX (LAYERED_SIZE / LAYERED_PIECE)

static IO_COMPLETION_ROUTINE LayeredPieceCompletion;

/*
 * WDK, "IoMakeAssociatedIrp": the I/O manager completes the master IRP when all
 * associated ones have ended. Its result is collected here; the master cannot go
 * away before this routine has returned. The I/O manager frees IRP and MDL.
 */
static NTSTATUS
LayeredPieceCompletion(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp,
    PVOID Context
    )
{
    PIRP master = Context;

    UNREFERENCED_PARAMETER(DeviceObject);

    if (NT_SUCCESS(Irp->IoStatus.Status)) {
        InterlockedExchangeAdd64((LONGLONG volatile *)&master->IoStatus.Information,
                                 (LONGLONG)Irp->IoStatus.Information);
    } else {
        master->IoStatus.Status = Irp->IoStatus.Status;
    }
    return STATUS_CONTINUE_COMPLETION;
}

/*
 * WDK, "IoBuildPartialMdl": a piece of the caller's buffer, whose pages are
 * locked by the master's MDL.
 */
static PIRP
LayeredMakePiece(
    PLAYERED_EXTENSION Extension,
    PIRP Master,
    ULONG Offset,
    ULONG Length
    )
{
    PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Master);
    PIO_STACK_LOCATION next;
    PUCHAR address;
    PIRP irp;

    irp = IoMakeAssociatedIrp(Master, Extension->LowerDevice->StackSize);

    if (irp == NULL) {
        return NULL;
    }

    address = (PUCHAR)MmGetMdlVirtualAddress(Master->MdlAddress) + Offset;

    if (IoAllocateMdl(address, Length, FALSE, FALSE, irp) == NULL) {
        IoFreeIrp(irp);
        return NULL;
    }

    IoBuildPartialMdl(Master->MdlAddress, irp->MdlAddress, address, Length);

    next = IoGetNextIrpStackLocation(irp);
    next->MajorFunction = stack->MajorFunction;
    next->FileObject = Extension->LowerFile;
    next->Parameters.Read.Length = Length;
    next->Parameters.Read.ByteOffset.QuadPart =
        stack->Parameters.Read.ByteOffset.QuadPart + Offset;
    IoSetCompletionRoutine(irp, LayeredPieceCompletion, Master, TRUE, TRUE, TRUE);
    return irp;
}

static ULONG
LayeredMakePieces(
    PLAYERED_EXTENSION Extension,
    PIRP Master,
    ULONG Length,
    PIRP *Pieces
    )
{
    ULONG count = 0;
    ULONG offset;
    ULONG length;

    for (offset = 0; offset < Length; offset += length) {
        length = (Length - offset < LAYERED_PIECE) ? Length - offset : LAYERED_PIECE;
        Pieces[count] = LayeredMakePiece(Extension, Master, offset, length);

        if (Pieces[count] == NULL) {
            while (count > 0) {
                count--;
                IoFreeMdl(Pieces[count]->MdlAddress);
                IoFreeIrp(Pieces[count]);
            }
            return 0;
        }
        count++;
    }
    return count;
}

/*
 * All pieces are made before the first is sent: it may be over, and with it the
 * master, before the next could be.
 */
static NTSTATUS
LayeredSplit(
    PLAYERED_EXTENSION Extension,
    PIRP Irp,
    ULONG Length
    )
{
    PIRP pieces[LAYERED_PIECES_MAX];
    ULONG count;
    ULONG i;

    count = LayeredMakePieces(Extension, Irp, Length, pieces);

    if (count == 0) {
        return LayeredComplete(Irp, STATUS_INSUFFICIENT_RESOURCES, 0);
    }

    LayeredCount(Extension, Split);
    IoMarkIrpPending(Irp);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    Irp->AssociatedIrp.IrpCount = (LONG)count;

    for (i = 0; i < count; i++) {
        LayeredCount(Extension, Associated);
        IoCallDriver(Extension->LowerDevice, pieces[i]);
    }
    return STATUS_PENDING;
}

/*
 * The device below judges what is out of its range, or empty.
 */
NTSTATUS
LayeredDispatchReadWrite(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp
    )
{
    PLAYERED_EXTENSION extension = LayeredExtension(DeviceObject);
    PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
    LONGLONG offset = stack->Parameters.Read.ByteOffset.QuadPart;
    ULONG length = stack->Parameters.Read.Length;

    if (offset >= 0 && offset < LAYERED_SIZE && length > LAYERED_PIECE) {
        if (length > (ULONG)(LAYERED_SIZE - offset)) {
            length = (ULONG)(LAYERED_SIZE - offset);
        }
        return LayeredSplit(extension, Irp, length);
    }

    LayeredCount(extension, Whole);
    IoCopyCurrentIrpStackLocationToNext(Irp);
    IoGetNextIrpStackLocation(Irp)->FileObject = extension->LowerFile;
    return IoCallDriver(extension->LowerDevice, Irp);
}
