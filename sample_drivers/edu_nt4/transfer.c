// SPDX-License-Identifier: GPL-2.0
/*
 * transfer.c - DMA by the old names, through the controller that all devices share
 *
 * StartIo -> IoAllocateController -> EduControllerControl -> IoAllocateAdapterChannel
 * -> EduAdapterControl, which starts the device; the DPC flushes, frees the map
 * registers and the controller.
 */
#include "edu_nt4.h"

static DRIVER_CONTROL EduControllerControl;
static DRIVER_CONTROL EduAdapterControl;

/* The ISR looks at the registers, too. */
static BOOLEAN NTAPI
EduSynchStart(
    PVOID SynchronizeContext
    )
{
    PDEVICE_OBJECT device = SynchronizeContext;
    PEDU_EXTENSION extension = EduExtension(device);
    PIO_STACK_LOCATION location = IoGetCurrentIrpStackLocation(device->CurrentIrp);
    ULONG memory = EDU_DEVICE_MEMORY + location->Parameters.Read.ByteOffset.LowPart;
    BOOLEAN write = (BOOLEAN)(location->MajorFunction == IRP_MJ_WRITE);

    extension->Started = EDU_IRQ_DMA;
    EduWrite(extension, EDU_REG_DMA_SOURCE, write ? extension->LogicalAddress : memory);
    EduWrite(extension, EDU_REG_DMA_DESTINATION, write ? memory : extension->LogicalAddress);
    EduWrite(extension, EDU_REG_DMA_COUNT, extension->Length);
    EduWrite(extension, EDU_REG_DMA_COMMAND,
             EDU_DMA_RUN | EDU_DMA_IRQ_ENABLE | (write ? 0 : EDU_DMA_TO_MEMORY));
    return TRUE;
}

static IO_ALLOCATION_ACTION NTAPI
EduAdapterControl(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp,
    PVOID MapRegisterBase,
    PVOID Context
    )
{
    PEDU_EXTENSION extension = EduExtension(DeviceObject);
    BOOLEAN write = (BOOLEAN)(IoGetCurrentIrpStackLocation(Irp)->MajorFunction == IRP_MJ_WRITE);
    PHYSICAL_ADDRESS logical;

    UNREFERENCED_PARAMETER(Context);
    extension->MapRegisterBase = MapRegisterBase;
    extension->CurrentVa = MmGetMdlVirtualAddress(Irp->MdlAddress);
    extension->Length = MmGetMdlByteCount(Irp->MdlAddress);
    KeFlushIoBuffers(Irp->MdlAddress, (BOOLEAN)!write, TRUE);
    /* A device without scatter/gather: one call maps all. */
    logical = IoMapTransfer(extension->Adapter, Irp->MdlAddress, MapRegisterBase,
                            extension->CurrentVa, &extension->Length, write);
    extension->LogicalAddress = logical.LowPart;
    KeSynchronizeExecution(extension->Interrupt, EduSynchStart, DeviceObject);
    return DeallocateObjectKeepRegisters;
}

static VOID
EduReleaseController(
    VOID
    )
{
    InterlockedDecrement(&EduDriver->Transfers);
    IoFreeController(EduDriver->Controller);
}

static IO_ALLOCATION_ACTION NTAPI
EduControllerControl(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp,
    PVOID MapRegisterBase,
    PVOID Context
    )
{
    PEDU_EXTENSION extension = EduExtension(DeviceObject);
    NTSTATUS status;

    UNREFERENCED_PARAMETER(MapRegisterBase);
    UNREFERENCED_PARAMETER(Context);
    if (InterlockedIncrement(&EduDriver->Transfers) != 1) {
        EduLogError(DeviceObject, Irp, EDU_ERROR_CONTROLLER, STATUS_INTERNAL_ERROR, 0);
    }
    status = IoAllocateAdapterChannel(extension->Adapter, DeviceObject, extension->MapRegisters,
                                      EduAdapterControl, NULL);
    if (NT_SUCCESS(status)) {
        return KeepObject;
    }
    InterlockedDecrement(&EduDriver->Transfers);
    EduEnd(DeviceObject, status, 0);
    return DeallocateObject;
}

VOID
EduStartTransfer(
    PDEVICE_OBJECT DeviceObject
    )
{
    IoAllocateController(EduDriver->Controller, DeviceObject, EduControllerControl, NULL);
}

/* In the DPC, when the device has said that it is done. */
VOID
EduTransferDone(
    PDEVICE_OBJECT DeviceObject
    )
{
    PEDU_EXTENSION extension = EduExtension(DeviceObject);
    PIRP irp = DeviceObject->CurrentIrp;
    BOOLEAN write = (BOOLEAN)(IoGetCurrentIrpStackLocation(irp)->MajorFunction == IRP_MJ_WRITE);
    ULONG length = extension->Length;
    NTSTATUS status = STATUS_SUCCESS;

    if (!IoFlushAdapterBuffers(extension->Adapter, irp->MdlAddress, extension->MapRegisterBase,
                               extension->CurrentVa, length, write)) {
        status = STATUS_IO_DEVICE_ERROR;
    }
    IoFreeMapRegisters(extension->Adapter, extension->MapRegisterBase, extension->MapRegisters);
    EduReleaseController();
    EduEnd(DeviceObject, status, NT_SUCCESS(status) ? length : 0);
}
