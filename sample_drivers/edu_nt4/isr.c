// SPDX-License-Identifier: GPL-2.0
/*
 * isr.c - the ISR and its DPC
 */
#include "edu_nt4.h"

static KSYNCHRONIZE_ROUTINE EduSynchTake;

/* The line may be shared, with another of our devices, too. */
BOOLEAN NTAPI
EduInterrupt(
    PKINTERRUPT Interrupt,
    PVOID ServiceContext
    )
{
    PEDU_EXTENSION extension = ServiceContext;
    ULONG status = EduRead(extension, EDU_REG_IRQ_STATUS);

    UNREFERENCED_PARAMETER(Interrupt);
    if (status == 0 || status == 0xffffffff) {
        return FALSE;
    }
    EduWrite(extension, EDU_REG_IRQ_ACK, status);
    extension->InterruptStatus |= status;
    IoRequestDpc(extension->Self, NULL, NULL);
    return TRUE;
}

typedef struct _EDU_TAKE {
    PEDU_EXTENSION Extension;
    ULONG Status;
} EDU_TAKE, *PEDU_TAKE;

static BOOLEAN NTAPI
EduSynchTake(
    PVOID SynchronizeContext
    )
{
    PEDU_TAKE take = SynchronizeContext;

    take->Status = take->Extension->InterruptStatus;
    take->Extension->InterruptStatus = 0;
    return TRUE;
}

VOID NTAPI
EduDpcForIsr(
    PKDPC Dpc,
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp,
    PVOID Context
    )
{
    PEDU_EXTENSION extension = EduExtension(DeviceObject);
    EDU_TAKE take;

    UNREFERENCED_PARAMETER(Dpc);
    UNREFERENCED_PARAMETER(Irp);
    UNREFERENCED_PARAMETER(Context);
    take.Extension = extension;
    KeSynchronizeExecution(extension->Interrupt, EduSynchTake, &take);

    if ((take.Status & extension->Started & EDU_IRQ_DMA) != 0) {
        EduTransferDone(DeviceObject);
    } else if ((take.Status & extension->Started & EDU_IRQ_FACTORIAL) != 0) {
        *(PULONG)DeviceObject->CurrentIrp->AssociatedIrp.SystemBuffer =
            EduRead(extension, EDU_REG_FACTORIAL);
        EduEnd(DeviceObject, STATUS_SUCCESS, sizeof(ULONG));
    }
}
