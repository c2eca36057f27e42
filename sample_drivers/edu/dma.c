// SPDX-License-Identifier: GPL-2.0
/*
 * dma.c - packet-based bus-master DMA through the adapter object
 *
 * A transfer is mapped by MapTransfer in one piece where map registers make
 * the buffer contiguous for the device, else in several; each piece is one
 * operation of the device.
 */
#include "edu.h"

/*
 * The byte that the device cannot be asked for; see EDU_DMA_LIMIT.
 */
VOID
EduCopyLastByte(
    PEDU_EXTENSION Extension
    )
{
    PEDU_TRANSFER transfer = &Extension->Transfer;

    if (transfer->LastByte == NULL) {
        return;
    }

    if (transfer->ToDevice) {
        Extension->LastByte = *transfer->LastByte;
    } else {
        *transfer->LastByte = Extension->LastByte;
    }
}

/*
 * EduStageMapping has one owner, who may end the request without EduClaim().
 */
static VOID
EduOwn(
    PEDU_EXTENSION Extension
    )
{
    KeAcquireSpinLockAtDpcLevel(&Extension->Lock);
    ASSERT(Extension->Stage == EduStageMapping);
    Extension->Stage = EduStageEnding;
    KeReleaseSpinLockFromDpcLevel(&Extension->Lock);
}

/*
 * WDK, "Setting Up a Packet-Based DMA Transfer", and AllocateAdapterChannel:
 * called at DISPATCH_LEVEL. The AdapterControl routine may run before this
 * returns, or later when other devices free map registers.
 *
 * Returns STATUS_PENDING if AdapterControl has taken over.
 */
NTSTATUS
EduAllocateChannel(
    PEDU_EXTENSION Extension
    )
{
    PEDU_TRANSFER transfer = &Extension->Transfer;
    PDMA_ADAPTER adapter = Extension->Adapter;
    NTSTATUS status = STATUS_INSUFFICIENT_RESOURCES;

    transfer->MapRegisters =
        ADDRESS_AND_SIZE_TO_SPAN_PAGES(transfer->CurrentVa, transfer->Remaining);

    if (transfer->MapRegisters <= Extension->MapRegisters) {
        KeFlushIoBuffers(transfer->Mdl, !transfer->ToDevice, TRUE);
        status = adapter->DmaOperations->AllocateAdapterChannel(adapter,
                                                                Extension->Self,
                                                                transfer->MapRegisters,
                                                                EduAdapterControl,
                                                                Extension);
    }

    if (NT_SUCCESS(status)) {
        return STATUS_PENDING;
    }

    EduOwn(Extension);
    return status;
}

static VOID
EduSetUpDma(
    PEDU_EXTENSION Extension,
    PHYSICAL_ADDRESS Address,
    PEDU_SYNCH Synch
    )
{
    PEDU_TRANSFER transfer = &Extension->Transfer;
    ULONG deviceAddress = EDU_DEVICE_MEMORY + transfer->DeviceOffset;

    ASSERT(Address.HighPart == 0);

    Synch->Extension = Extension;
    Synch->Source = transfer->ToDevice ? Address.LowPart : deviceAddress;
    Synch->Destination = transfer->ToDevice ? deviceAddress : Address.LowPart;
    Synch->Count = transfer->PieceLength;
    Synch->Command = EDU_DMA_RUN | EDU_DMA_IRQ_ENABLE |
                     (transfer->ToDevice ? 0 : EDU_DMA_TO_MEMORY);
}

/*
 * WDK, "Programming the DMA Controller/Device": map the next piece and start
 * the device on it. The device may have been removed meanwhile.
 */
static VOID
EduStartPiece(
    PEDU_EXTENSION Extension
    )
{
    PEDU_TRANSFER transfer = &Extension->Transfer;
    PDMA_ADAPTER adapter = Extension->Adapter;
    PHYSICAL_ADDRESS address;
    BOOLEAN gone;
    EDU_SYNCH synch;

    transfer->PieceLength = transfer->Remaining;
    address = adapter->DmaOperations->MapTransfer(adapter,
                                                  transfer->Mdl,
                                                  transfer->MapRegisterBase,
                                                  transfer->CurrentVa,
                                                  &transfer->PieceLength,
                                                  transfer->ToDevice);
    EduSetUpDma(Extension, address, &synch);

    KeAcquireSpinLockAtDpcLevel(&Extension->Lock);
    gone = Extension->Gone;

    if (gone) {
        Extension->Stage = EduStageEnding;
    } else {
        KeSynchronizeExecution(Extension->Interrupt, EduSynchStartDma, &synch);
        Extension->TicksLeft = EDU_WATCHDOG_TICKS;
        Extension->Stage = EduStageDma;
    }
    KeReleaseSpinLockFromDpcLevel(&Extension->Lock);

    if (gone) {
        EduEndLater(Extension, STATUS_DEVICE_NOT_CONNECTED, 0);
    }
}

/*
 * WDK, "Writing AdapterControl Routines": a bus master keeps its map registers
 * until the transfer is over, and lets go of the adapter object itself.
 */
IO_ALLOCATION_ACTION
EduAdapterControl(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp,
    PVOID MapRegisterBase,
    PVOID Context
    )
{
    PEDU_EXTENSION extension = Context;

    UNREFERENCED_PARAMETER(DeviceObject);
    UNREFERENCED_PARAMETER(Irp);

    extension->Transfer.MapRegisterBase = MapRegisterBase;
    extension->Transfer.HaveMapRegisters = TRUE;
    EduStartPiece(extension);
    return DeallocateObjectKeepRegisters;
}

/*
 * FlushAdapterBuffers moves what the device wrote from the bounce buffers, if
 * there are any, to the caller's buffer: after the device has finished, and
 * before anybody looks at the data.
 */
static BOOLEAN
EduFlushPiece(
    PEDU_EXTENSION Extension
    )
{
    PEDU_TRANSFER transfer = &Extension->Transfer;
    PDMA_ADAPTER adapter = Extension->Adapter;
    ULONG length = transfer->PieceLength;
    BOOLEAN flushed;

    if (length == 0) {
        return TRUE;
    }

    flushed = adapter->DmaOperations->FlushAdapterBuffers(adapter,
                                                          transfer->Mdl,
                                                          transfer->MapRegisterBase,
                                                          transfer->CurrentVa,
                                                          length,
                                                          transfer->ToDevice);
    transfer->PieceLength = 0;
    transfer->CurrentVa += length;
    transfer->DeviceOffset += length;
    transfer->Remaining -= length;
    return flushed;
}

/*
 * The DPC found the device done with a piece, and set EduStageMapping. Go on
 * with the next piece or end the request.
 */
VOID
EduDmaPieceDone(
    PEDU_EXTENSION Extension
    )
{
    BOOLEAN flushed = EduFlushPiece(Extension);

    if (flushed && Extension->Transfer.Remaining != 0) {
        EduStartPiece(Extension);
        return;
    }

    EduOwn(Extension);

    if (!flushed) {
        EduEnd(Extension, STATUS_IO_DEVICE_ERROR, 0);
        return;
    }

    EduCopyLastByte(Extension);
    EduCount(Extension, Completed);
    EduEnd(Extension, STATUS_SUCCESS, Extension->Transfer.Length);
}

/*
 * May the device still access the memory that is mapped for it? All ones
 * means that the device is not there.
 */
static BOOLEAN
EduDmaRunning(
    PEDU_EXTENSION Extension
    )
{
    ULONG command;

    if (Extension->Transfer.PieceLength == 0) {
        return FALSE;
    }

    command = EduRead(Extension, EDU_REG_DMA_COMMAND);
    return command != EDU_ALL_ONES && (command & EDU_DMA_RUN) != 0;
}

/*
 * The request ends; give the map registers back, if it has any. A transfer
 * that still runs after the watchdog gave up on it is cut off from memory
 * first. Should even that be impossible, the map registers are kept for good:
 * a leak is better than a device that writes into somebody else's buffer.
 */
VOID
EduDmaRelease(
    PEDU_EXTENSION Extension
    )
{
    PEDU_TRANSFER transfer = &Extension->Transfer;
    PDMA_ADAPTER adapter = Extension->Adapter;

    if (!transfer->HaveMapRegisters) {
        return;
    }

    transfer->HaveMapRegisters = FALSE;

    if (EduDmaRunning(Extension) && !EduStopBusMaster(Extension)) {
        return;
    }

    EduFlushPiece(Extension);
    adapter->DmaOperations->FreeMapRegisters(adapter,
                                             transfer->MapRegisterBase,
                                             transfer->MapRegisters);
}
