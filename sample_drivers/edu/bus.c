// SPDX-License-Identifier: GPL-2.0
/*
 * bus.c - the bus driver's direct-call interface, to stop a runaway transfer
 *
 * The device has no register that aborts a DMA transfer. When the watchdog
 * gives up on one that still runs, the memory must not be handed back while
 * the device may write to it. What every PCI device obeys is the bus master
 * bit of its command register, and GUID_BUS_INTERFACE_STANDARD is the
 * documented way to reach it at DISPATCH_LEVEL.
 */
#include "edu.h"
#include <initguid.h>
#include <wdmguid.h>

#ifdef ALLOC_PRAGMA
#pragma alloc_text(PAGE, EduQueryBusInterface)
#endif

#define EDU_PCI_COMMAND FIELD_OFFSET(PCI_COMMON_CONFIG, Command)

static IO_COMPLETION_ROUTINE EduQueryCompletion;

static NTSTATUS
EduQueryCompletion(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp,
    PVOID Context
    )
{
    UNREFERENCED_PARAMETER(DeviceObject);
    UNREFERENCED_PARAMETER(Irp);

    KeSetEvent((PKEVENT)Context, IO_NO_INCREMENT, FALSE);
    return STATUS_MORE_PROCESSING_REQUIRED;
}

/*
 * WDK, IRP_MN_QUERY_INTERFACE: the sender allocates the INTERFACE structure,
 * sets the status to STATUS_NOT_SUPPORTED and sends the IRP to the stack.
 */
static NTSTATUS
EduSendQuery(
    PEDU_EXTENSION Extension,
    PIRP Irp
    )
{
    PIO_STACK_LOCATION stack = IoGetNextIrpStackLocation(Irp);
    KEVENT event;
    NTSTATUS status;

    KeInitializeEvent(&event, NotificationEvent, FALSE);

    stack->MajorFunction = IRP_MJ_PNP;
    stack->MinorFunction = IRP_MN_QUERY_INTERFACE;
    stack->Parameters.QueryInterface.InterfaceType = &GUID_BUS_INTERFACE_STANDARD;
    stack->Parameters.QueryInterface.Size = sizeof(BUS_INTERFACE_STANDARD);
    stack->Parameters.QueryInterface.Version = 1;
    stack->Parameters.QueryInterface.Interface = (PINTERFACE)&Extension->Bus;
    stack->Parameters.QueryInterface.InterfaceSpecificData = NULL;

    Irp->IoStatus.Status = STATUS_NOT_SUPPORTED;
    IoSetCompletionRoutine(Irp, EduQueryCompletion, &event, TRUE, TRUE, TRUE);
    IoCallDriver(Extension->LowerDevice, Irp);
    KeWaitForSingleObject(&event, Executive, KernelMode, FALSE, NULL);

    status = Irp->IoStatus.Status;
    IoFreeIrp(Irp);
    return status;
}

/*
 * The driver works without the interface; see EduDmaRelease for what is then
 * lost after a runaway transfer.
 */
VOID
EduQueryBusInterface(
    PEDU_EXTENSION Extension
    )
{
    PIRP irp;

    PAGED_CODE();

    RtlZeroMemory(&Extension->Bus, sizeof(Extension->Bus));
    irp = IoAllocateIrp(Extension->LowerDevice->StackSize, FALSE);

    if (irp == NULL || !NT_SUCCESS(EduSendQuery(Extension, irp))) {
        RtlZeroMemory(&Extension->Bus, sizeof(Extension->Bus));
    }
}

VOID
EduReleaseBusInterface(
    PEDU_EXTENSION Extension
    )
{
    if (Extension->Bus.InterfaceDereference != NULL) {
        Extension->Bus.InterfaceDereference(Extension->Bus.Context);
    }
    RtlZeroMemory(&Extension->Bus, sizeof(Extension->Bus));
    Extension->BusMasterStopped = FALSE;
}

static BOOLEAN
EduSetBusMaster(
    PEDU_EXTENSION Extension,
    BOOLEAN Enable
    )
{
    PBUS_INTERFACE_STANDARD bus = &Extension->Bus;
    USHORT command;

    if (bus->GetBusData == NULL || bus->SetBusData == NULL) {
        return FALSE;
    }

    if (bus->GetBusData(bus->Context, PCI_WHICHSPACE_CONFIG, &command,
                        EDU_PCI_COMMAND, sizeof(command)) != sizeof(command)) {
        return FALSE;
    }

    command = Enable ? (USHORT)(command | PCI_ENABLE_BUS_MASTER)
                     : (USHORT)(command & ~PCI_ENABLE_BUS_MASTER);

    return bus->SetBusData(bus->Context, PCI_WHICHSPACE_CONFIG, &command,
                           EDU_PCI_COMMAND, sizeof(command)) == sizeof(command);
}

/*
 * TRUE: the device cannot reach memory any more.
 */
BOOLEAN
EduStopBusMaster(
    PEDU_EXTENSION Extension
    )
{
    Extension->BusMasterStopped = EduSetBusMaster(Extension, FALSE);
    return Extension->BusMasterStopped;
}

/*
 * Called when the runaway transfer is known to be over.
 */
VOID
EduResumeBusMaster(
    PEDU_EXTENSION Extension
    )
{
    if (Extension->BusMasterStopped && EduSetBusMaster(Extension, TRUE)) {
        Extension->BusMasterStopped = FALSE;
    }
}
