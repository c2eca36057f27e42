// SPDX-License-Identifier: GPL-2.0
/*
 * startio.c - how a request is queued, begins, is cancelled, and ends
 *
 * Four parties may want to end the current request: the DPC of the interrupt,
 * the watchdog, the Cancel routine, and the removal of the device. EduClaim()
 * under Lock gives it to one of them. That one, and nobody else, ends it, and
 * in EduEnd() alone is IoStartNextPacket called: once for each packet.
 */
#include "edu.h"

static DRIVER_CANCEL EduCancelQueued;
static DRIVER_CANCEL EduCancelCurrent;

/*
 * WDK, "Cancel Routines in Drivers with StartIo Routines". A request that is
 * the current one already is left to StartIo, which is about to run and finds
 * that the Cancel routine is gone. The system cancel lock protects both the
 * queue and CurrentIrp.
 */
static VOID
EduCancelQueued(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp
    )
{
    PEDU_EXTENSION extension = EduExtension(DeviceObject);
    BOOLEAN removed = FALSE;

    if (Irp != DeviceObject->CurrentIrp) {
        removed = KeRemoveEntryDeviceQueue(&DeviceObject->DeviceQueue,
                                           &Irp->Tail.Overlay.DeviceQueueEntry);
    }

    IoReleaseCancelSpinLock(Irp->CancelIrql);

    if (removed) {
        EduCount(extension, Cancelled);
        EduComplete(extension, Irp, STATUS_CANCELLED, 0);
    }
}

/*
 * Cancel the current request in one of its cancelable stages. Whoever else
 * wants the request finds in EduClaim() that its Cancel routine is gone and
 * leaves it, so here it still is the current one.
 */
static VOID
EduCancelCurrent(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp
    )
{
    PEDU_EXTENSION extension = EduExtension(DeviceObject);
    KIRQL irql;

    IoReleaseCancelSpinLock(Irp->CancelIrql);

    KeAcquireSpinLock(&extension->Lock, &irql);
    ASSERT(extension->Irp == Irp);
    extension->Stage = EduStageEnding;
    KeReleaseSpinLock(&extension->Lock, irql);

    EduEndLater(extension, STATUS_CANCELLED, 0);
}

/*
 * WDK, "Queuing and Dequeuing IRPs" and IoStartPacket: mark pending first,
 * touch the IRP no more afterwards, return STATUS_PENDING.
 */
NTSTATUS
EduQueue(
    PEDU_EXTENSION Extension,
    PIRP Irp
    )
{
    IoMarkIrpPending(Irp);
    IoStartPacket(Extension->Self, Irp, NULL, EduCancelQueued);
    return STATUS_PENDING;
}

/*
 * Take the current request from the stage in which it waits. FALSE: there is
 * none that waits, or its Cancel routine runs and will end it. Lock is held.
 */
BOOLEAN
EduClaim(
    PEDU_EXTENSION Extension
    )
{
    switch (Extension->Stage) {
    case EduStageHeld:
    case EduStageRetry:
    case EduStageFactorial:
    case EduStageHang:
        if (IoSetCancelRoutine(Extension->Irp, NULL) == NULL) {
            return FALSE;
        }
        break;

    case EduStageDma:
        break;

    default:
        return FALSE;
    }

    Extension->Stage = EduStageEnding;
    return TRUE;
}

/*
 * Let the current request wait in a cancelable stage. WDK, "Synchronizing IRP
 * Cancellation": set the Cancel routine, then look whether the IRP was
 * cancelled before that. If it was, and nobody took the routine, it is ours to
 * end; if somebody took it, the Cancel routine waits for Lock, which is held.
 */
static NTSTATUS
EduPark(
    PEDU_EXTENSION Extension,
    EDU_STAGE Stage
    )
{
    PIRP irp = Extension->Irp;

    Extension->Stage = Stage;
    IoSetCancelRoutine(irp, EduCancelCurrent);

    if (irp->Cancel && IoSetCancelRoutine(irp, NULL) != NULL) {
        return STATUS_CANCELLED;
    }
    return STATUS_PENDING;
}

/*
 * The device still works on a request that was given up (timed out, or
 * cancelled) and ignores a new one as long: try again a little later.
 */
static NTSTATUS
EduParkForRetry(
    PEDU_EXTENSION Extension
    )
{
    NTSTATUS status = EduPark(Extension, EduStageRetry);

    if (status == STATUS_PENDING) {
        EduStartRetryTimer(Extension);
    }
    return status;
}

static NTSTATUS
EduBeginFactorial(
    PEDU_EXTENSION Extension
    )
{
    EDU_SYNCH synch;
    NTSTATUS status;

    if (EduRead(Extension, EDU_REG_STATUS) & EDU_STATUS_COMPUTING) {
        return EduParkForRetry(Extension);
    }

    status = EduPark(Extension, EduStageFactorial);

    if (status == STATUS_PENDING) {
        synch.Extension = Extension;
        synch.Value = *(PULONG)Extension->Irp->AssociatedIrp.SystemBuffer;
        KeSynchronizeExecution(Extension->Interrupt, EduSynchStartFactorial, &synch);
        Extension->TicksLeft = EDU_WATCHDOG_TICKS;
    }
    return status;
}

static NTSTATUS
EduBeginTransfer(
    PEDU_EXTENSION Extension,
    PULONG_PTR Information
    )
{
    PEDU_TRANSFER transfer = &Extension->Transfer;

    if (EduRead(Extension, EDU_REG_DMA_COMMAND) & EDU_DMA_RUN) {
        return EduParkForRetry(Extension);
    }

    EduResumeBusMaster(Extension);
    EduDescribeTransfer(Extension->Irp, transfer);

    if (transfer->Remaining == 0) {
        EduCopyLastByte(Extension);
        *Information = transfer->Length;
        return STATUS_SUCCESS;
    }

    Extension->Stage = EduStageMapping;
    return STATUS_PENDING;
}

/*
 * Give the current request to the device. Lock is held, so that no DPC can see
 * the new stage before the device has its work.
 */
static NTSTATUS
EduBeginJob(
    PEDU_EXTENSION Extension,
    PULONG_PTR Information
    )
{
    switch (Extension->Job) {
    case EduJobTransfer:
        return EduBeginTransfer(Extension, Information);

    case EduJobFactorial:
        return EduBeginFactorial(Extension);

    case EduJobHang:
        return EduPark(Extension, EduStageHang);

    default:
        return EduRegisterIo(Extension, Extension->Irp, Information);
    }
}

static EDU_JOB
EduJobOf(
    PIRP Irp
    )
{
    PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);

    if (stack->MajorFunction != IRP_MJ_DEVICE_CONTROL) {
        return EduJobTransfer;
    }

    switch (stack->Parameters.DeviceIoControl.IoControlCode) {
    case IOCTL_EDU_DMA_READ:
    case IOCTL_EDU_DMA_WRITE:
        return EduJobTransfer;

    case IOCTL_EDU_FACTORIAL:
        return EduJobFactorial;

    case IOCTL_EDU_HANG:
        return EduJobHang;

    default:
        return EduJobRegister;
    }
}

/*
 * Begin the current request, whose stage is EduStageStarting. Called at
 * DISPATCH_LEVEL with Lock held, which is released. When Lock is dropped with
 * the request in a waiting stage, another processor may end it at once: then it
 * must not be touched here any more. EduStageMapping is the exception, as
 * nobody claims that.
 */
static VOID
EduBeginAndUnlock(
    PEDU_EXTENSION Extension
    )
{
    ULONG_PTR information = 0;
    BOOLEAN mapping;
    NTSTATUS status;

    if (Extension->Gone) {
        status = STATUS_DEVICE_NOT_CONNECTED;
    } else if (Extension->Hold != 0 || !Extension->HardwareReady) {
        status = EduPark(Extension, EduStageHeld);
        KeSetEvent(&Extension->Quiet, IO_NO_INCREMENT, FALSE);
    } else {
        KeClearEvent(&Extension->Quiet);
        status = EduBeginJob(Extension, &information);
    }

    if (status != STATUS_PENDING) {
        Extension->Stage = EduStageEnding;
    }
    mapping = (Extension->Stage == EduStageMapping);

    KeReleaseSpinLockFromDpcLevel(&Extension->Lock);

    if (mapping) {
        status = EduAllocateChannel(Extension);
    }

    if (status != STATUS_PENDING) {
        EduEndLater(Extension, status, information);
    }
}

/*
 * The same for the retry timer and EduReleaseQueue.
 */
VOID
EduBegin(
    PEDU_EXTENSION Extension
    )
{
    KeAcquireSpinLockAtDpcLevel(&Extension->Lock);
    EduBeginAndUnlock(Extension);
}

/*
 * WDK, "StartIo Routines in Drivers": called at DISPATCH_LEVEL with the next
 * request. First take it out of the reach of EduCancelQueued, under the system
 * cancel lock: after that the IRP is this driver's until it ends.
 */
VOID
EduStartIo(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp
    )
{
    PEDU_EXTENSION extension = EduExtension(DeviceObject);
    BOOLEAN cancelled;
    KIRQL irql;

    EduCount(extension, Started);

    IoAcquireCancelSpinLock(&irql);
    cancelled = (IoSetCancelRoutine(Irp, NULL) == NULL) || Irp->Cancel;
    IoReleaseCancelSpinLock(irql);

    KeAcquireSpinLockAtDpcLevel(&extension->Lock);
    extension->Irp = Irp;
    extension->Job = EduJobOf(Irp);
    extension->TicksLeft = EDU_WATCHDOG_TICKS;
    extension->Stage = cancelled ? EduStageEnding : EduStageStarting;

    if (cancelled) {
        KeReleaseSpinLockFromDpcLevel(&extension->Lock);
        EduEndLater(extension, STATUS_CANCELLED, 0);
    } else {
        EduBeginAndUnlock(extension);
    }
}

/*
 * End the current request, which the caller owns (EduStageEnding). The next
 * one is started before this one is completed: completing it lets go of the
 * remove lock, and after that the device object may vanish.
 */
VOID
EduEnd(
    PEDU_EXTENSION Extension,
    NTSTATUS Status,
    ULONG_PTR Information
    )
{
    PIRP irp = Extension->Irp;

    EduDmaRelease(Extension);

    if (Status == STATUS_CANCELLED) {
        EduCount(Extension, Cancelled);
    }

    KeAcquireSpinLockAtDpcLevel(&Extension->Lock);
    ASSERT(Extension->Stage == EduStageEnding);
    Extension->Irp = NULL;
    Extension->Stage = EduStageIdle;
    KeSetEvent(&Extension->Quiet, IO_NO_INCREMENT, FALSE);
    KeReleaseSpinLockFromDpcLevel(&Extension->Lock);

    IoStartNextPacket(Extension->Self, TRUE);
    EduComplete(Extension, irp, Status, Information);
}

/*
 * The same from StartIo and from any IRQL up to DISPATCH_LEVEL. WDK,
 * IoStartNextPacket: a StartIo routine that starts the next packet recurses
 * once for each request that fails; so a DPC does it.
 */
VOID
EduEndLater(
    PEDU_EXTENSION Extension,
    NTSTATUS Status,
    ULONG_PTR Information
    )
{
    Extension->FinalStatus = Status;
    Extension->FinalInformation = Information;
    KeInsertQueueDpc(&Extension->EndDpc, NULL, NULL);
}

/*
 * WDK, "CustomDpc Routines".
 */
VOID
EduEndDpc(
    PKDPC Dpc,
    PVOID DeferredContext,
    PVOID SystemArgument1,
    PVOID SystemArgument2
    )
{
    PEDU_EXTENSION extension = DeferredContext;

    UNREFERENCED_PARAMETER(Dpc);
    UNREFERENCED_PARAMETER(SystemArgument1);
    UNREFERENCED_PARAMETER(SystemArgument2);

    EduEnd(extension, extension->FinalStatus, extension->FinalInformation);
}
