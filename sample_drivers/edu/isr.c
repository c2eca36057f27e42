// SPDX-License-Identifier: GPL-2.0
/*
 * isr.c - the ISR, its DPC, and the routines that exclude the ISR
 */
#include "edu.h"

/*
 * WDK, "Writing an ISR": at DIRQL, with the interrupt spin lock held. Find out
 * whether the device interrupts (the line may be shared); if so make it stop,
 * save what the DPC will need, and queue the DPC.
 *
 * All ones is what a device that was pulled out or switched off reads as, but
 * also a value that IOCTL_EDU_RAISE can set. The identification tells.
 */
BOOLEAN
EduInterrupt(
    PKINTERRUPT Interrupt,
    PVOID ServiceContext
    )
{
    PEDU_EXTENSION extension = ServiceContext;
    ULONG status = EduRead(extension, EDU_REG_IRQ_STATUS);

    UNREFERENCED_PARAMETER(Interrupt);

    if (status == 0 ||
        (status == EDU_ALL_ONES && EduRead(extension, EDU_REG_ID) == EDU_ALL_ONES)) {
        extension->Statistics.NotOurs++;
        return FALSE;
    }

    EduWrite(extension, EDU_REG_IRQ_ACK, status);
    extension->Statistics.Interrupts++;

    extension->InterruptState.Status |= status;
    extension->InterruptState.Raised |= status & extension->RaiseRequested;
    extension->RaiseRequested &= ~status;

    IoRequestDpc(extension->Self, NULL, NULL);
    return TRUE;
}

/*
 * WDK, "Using Critical Sections": a SynchCritSection routine is called by
 * KeSynchronizeExecution at DIRQL with the interrupt spin lock held. This one
 * takes what the ISR saved. IoRequestDpc does not queue a DPC twice, so one
 * DPC may get what several interrupts brought.
 */
BOOLEAN
EduSynchTakeState(
    PVOID SynchronizeContext
    )
{
    PEDU_SYNCH synch = SynchronizeContext;
    PEDU_INTERRUPT_STATE state = &synch->Extension->InterruptState;

    synch->State = *state;
    state->Status = 0;
    state->Raised = 0;
    return TRUE;
}

/*
 * The device ORs the value into its interrupt status, so that the ISR's next
 * look finds all of it.
 */
BOOLEAN
EduSynchRaise(
    PVOID SynchronizeContext
    )
{
    PEDU_SYNCH synch = SynchronizeContext;

    synch->Extension->RaiseRequested |= synch->Value;
    EduWrite(synch->Extension, EDU_REG_IRQ_RAISE, synch->Value);
    return TRUE;
}

BOOLEAN
EduSynchStartFactorial(
    PVOID SynchronizeContext
    )
{
    PEDU_SYNCH synch = SynchronizeContext;

    EduWrite(synch->Extension, EDU_REG_STATUS, EDU_STATUS_IRQ_ENABLE);
    EduWrite(synch->Extension, EDU_REG_FACTORIAL, synch->Value);
    return TRUE;
}

BOOLEAN
EduSynchStartDma(
    PVOID SynchronizeContext
    )
{
    PEDU_SYNCH synch = SynchronizeContext;

    EduWrite(synch->Extension, EDU_REG_DMA_SOURCE, synch->Source);
    EduWrite(synch->Extension, EDU_REG_DMA_DESTINATION, synch->Destination);
    EduWrite(synch->Extension, EDU_REG_DMA_COUNT, synch->Count);
    EduWrite(synch->Extension, EDU_REG_DMA_COMMAND, synch->Command);
    return TRUE;
}

/*
 * Is the current request a factorial that this interrupt finished? An
 * interrupt bit is only a hint: it may be late, of a request that timed out,
 * or somebody raised it by IOCTL_EDU_RAISE. The status register decides.
 */
static BOOLEAN
EduFactorialDone(
    PEDU_EXTENSION Extension,
    ULONG InterruptStatus
    )
{
    return (InterruptStatus & EDU_IRQ_FACTORIAL) &&
           Extension->Stage == EduStageFactorial &&
           !(EduRead(Extension, EDU_REG_STATUS) & EDU_STATUS_COMPUTING) &&
           EduClaim(Extension);
}

static BOOLEAN
EduDmaDone(
    PEDU_EXTENSION Extension,
    ULONG InterruptStatus
    )
{
    if (!(InterruptStatus & EDU_IRQ_DMA) ||
        Extension->Stage != EduStageDma ||
        (EduRead(Extension, EDU_REG_DMA_COMMAND) & EDU_DMA_RUN)) {
        return FALSE;
    }

    Extension->Stage = EduStageMapping;
    return TRUE;
}

/*
 * WDK, "Writing DpcForIsr and CustomDpc Routines": finish the request that the
 * interrupt ended. The Irp parameter is CurrentIrp at the time of IoRequestDpc
 * and proves nothing here; the stage does. A stage changes under Lock together
 * with the hardware, so Lock is what makes "the device is idle" mean "the
 * device has finished the current request".
 */
VOID
EduDpcForIsr(
    PKDPC Dpc,
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp,
    PVOID Context
    )
{
    PEDU_EXTENSION extension = EduExtension(DeviceObject);
    BOOLEAN factorialDone = FALSE;
    BOOLEAN dmaDone = FALSE;
    EDU_SYNCH synch;

    UNREFERENCED_PARAMETER(Dpc);
    UNREFERENCED_PARAMETER(Irp);
    UNREFERENCED_PARAMETER(Context);

    EduCount(extension, Dpcs);
    RtlZeroMemory(&synch, sizeof(synch));
    synch.Extension = extension;

    KeAcquireSpinLockAtDpcLevel(&extension->Lock);

    if (extension->HardwareReady) {
        KeSynchronizeExecution(extension->Interrupt, EduSynchTakeState, &synch);
        factorialDone = EduFactorialDone(extension, synch.State.Status);

        if (factorialDone) {
            *(PULONG)extension->Irp->AssociatedIrp.SystemBuffer =
                EduRead(extension, EDU_REG_FACTORIAL);
        }
        dmaDone = EduDmaDone(extension, synch.State.Status);
    }
    KeReleaseSpinLockFromDpcLevel(&extension->Lock);

    if (synch.State.Raised != 0) {
        EduCompleteWaiters(extension, NULL, STATUS_SUCCESS, synch.State.Raised);
    }

    if (factorialDone) {
        EduCount(extension, Completed);
        EduEnd(extension, STATUS_SUCCESS, sizeof(ULONG));
    } else if (dmaDone) {
        EduDmaPieceDone(extension);
    }
}
