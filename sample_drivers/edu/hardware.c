// SPDX-License-Identifier: GPL-2.0
/*
 * hardware.c - the resources of a started device: registers, interrupt, DMA
 */
#include "edu.h"

#ifdef ALLOC_PRAGMA
#pragma alloc_text(PAGE, EduAcquireHardware)
#endif

/* What the PnP manager assigned, as far as this driver needs it. */
typedef struct _EDU_RESOURCES {
    BOOLEAN HaveMemory;
    PHYSICAL_ADDRESS MemoryStart;
    ULONG MemoryLength;

    BOOLEAN HaveInterrupt;
    ULONG Vector;
    KIRQL Level;
    KAFFINITY Affinity;
    KINTERRUPT_MODE Mode;
    BOOLEAN Share;
} EDU_RESOURCES, *PEDU_RESOURCES;

/*
 * WDK, CM_PARTIAL_RESOURCE_DESCRIPTOR: a message-signaled interrupt has its
 * vector, level and affinity in another member of the union.
 */
static VOID
EduTakeInterrupt(
    PCM_PARTIAL_RESOURCE_DESCRIPTOR Descriptor,
    PEDU_RESOURCES Resources
    )
{
    if (Descriptor->Flags & CM_RESOURCE_INTERRUPT_MESSAGE) {
        Resources->Vector = Descriptor->u.MessageInterrupt.Translated.Vector;
        Resources->Level = (KIRQL)Descriptor->u.MessageInterrupt.Translated.Level;
        Resources->Affinity = Descriptor->u.MessageInterrupt.Translated.Affinity;
    } else {
        Resources->Vector = Descriptor->u.Interrupt.Vector;
        Resources->Level = (KIRQL)Descriptor->u.Interrupt.Level;
        Resources->Affinity = Descriptor->u.Interrupt.Affinity;
    }

    Resources->Mode = (Descriptor->Flags & CM_RESOURCE_INTERRUPT_LATCHED) ?
                      Latched : LevelSensitive;
    Resources->Share = (Descriptor->ShareDisposition == CmResourceShareShared);
    Resources->HaveInterrupt = TRUE;
}

/*
 * Take the first memory range and the first interrupt of the list.
 */
static NTSTATUS
EduParseResources(
    PCM_RESOURCE_LIST List,
    PEDU_RESOURCES Resources
    )
{
    PCM_PARTIAL_RESOURCE_DESCRIPTOR descriptor;
    ULONG count;

    RtlZeroMemory(Resources, sizeof(*Resources));

    if (List == NULL || List->Count == 0) {
        return STATUS_DEVICE_CONFIGURATION_ERROR;
    }

    descriptor = List->List[0].PartialResourceList.PartialDescriptors;
    count = List->List[0].PartialResourceList.Count;

    for (; count != 0; count--, descriptor++) {
        if (descriptor->Type == CmResourceTypeMemory && !Resources->HaveMemory) {
            Resources->MemoryStart = descriptor->u.Memory.Start;
            Resources->MemoryLength = descriptor->u.Memory.Length;
            Resources->HaveMemory = TRUE;
        }

        if (descriptor->Type == CmResourceTypeInterrupt && !Resources->HaveInterrupt) {
            EduTakeInterrupt(descriptor, Resources);
        }
    }

    if (!Resources->HaveInterrupt ||
        Resources->MemoryLength < EDU_REGISTERS_LENGTH) {
        return STATUS_DEVICE_CONFIGURATION_ERROR;
    }
    return STATUS_SUCCESS;
}

static NTSTATUS
EduMapRegisters(
    PEDU_EXTENSION Extension,
    PEDU_RESOURCES Resources
    )
{
    Extension->RegistersLength = Resources->MemoryLength;
    Extension->Registers = MmMapIoSpace(Resources->MemoryStart,
                                        Resources->MemoryLength,
                                        MmNonCached);

    return (Extension->Registers != NULL) ? STATUS_SUCCESS
                                          : STATUS_INSUFFICIENT_RESOURCES;
}

/*
 * WDK, "Getting an Adapter Object". The device is a bus master without
 * scatter/gather that drives 28 address lines. DmaAddressWidth says exactly
 * that and came with version 3 of the structure (Windows 8). For older headers
 * the next narrower width NT can name is that of an ISA master, 24 bits: the
 * system then places its bounce buffers below 16 MB.
 */
static NTSTATUS
EduGetAdapter(
    PEDU_EXTENSION Extension
    )
{
    DEVICE_DESCRIPTION description;

    RtlZeroMemory(&description, sizeof(description));
#ifdef DEVICE_DESCRIPTION_VERSION3
    description.Version = DEVICE_DESCRIPTION_VERSION3;
    description.DmaAddressWidth = EDU_DMA_ADDRESS_WIDTH;
#else
    description.Version = DEVICE_DESCRIPTION_VERSION;
#endif
    description.Master = TRUE;
    description.ScatterGather = FALSE;
    description.Dma32BitAddresses = FALSE;
    description.InterfaceType = PCIBus;
    description.MaximumLength = EDU_BUFFER_SIZE;

    Extension->Adapter = IoGetDmaAdapter(Extension->Pdo,
                                         &description,
                                         &Extension->MapRegisters);

    return (Extension->Adapter != NULL) ? STATUS_SUCCESS
                                        : STATUS_INSUFFICIENT_RESOURCES;
}

/*
 * WDK, "Registering an ISR": from the moment IoConnectInterrupt is called the
 * ISR may run, so everything that it touches is ready before.
 */
static NTSTATUS
EduConnect(
    PEDU_EXTENSION Extension,
    PEDU_RESOURCES Resources
    )
{
    return IoConnectInterrupt(&Extension->Interrupt,
                              EduInterrupt,
                              Extension,
                              NULL,
                              Resources->Vector,
                              Resources->Level,
                              Resources->Level,
                              Resources->Mode,
                              Resources->Share,
                              Resources->Affinity,
                              FALSE);
}

static VOID
EduSetReady(
    PEDU_EXTENSION Extension,
    BOOLEAN Ready
    )
{
    KIRQL irql;

    KeAcquireSpinLock(&Extension->Lock, &irql);
    Extension->HardwareReady = Ready;
    KeReleaseSpinLock(&Extension->Lock, irql);
}

NTSTATUS
EduAcquireHardware(
    PEDU_EXTENSION Extension,
    PCM_RESOURCE_LIST Translated
    )
{
    EDU_RESOURCES resources;
    NTSTATUS status;

    PAGED_CODE();

    status = EduParseResources(Translated, &resources);

    if (NT_SUCCESS(status)) {
        status = EduMapRegisters(Extension, &resources);
    }

    if (NT_SUCCESS(status)) {
        status = EduGetAdapter(Extension);
    }

    if (NT_SUCCESS(status)) {
        EduQueryBusInterface(Extension);
        status = EduConnect(Extension, &resources);
    }

    if (!NT_SUCCESS(status)) {
        EduReleaseHardware(Extension);
        return status;
    }

    EduSetReady(Extension, TRUE);
    IoStartTimer(Extension->Self);
    return STATUS_SUCCESS;
}

/*
 * Give back what EduAcquireHardware got, all or a part of it. The caller has
 * seen to it that no new request gets to the hardware: the queue is held, or
 * the device is gone. First wait for the one that is there, if any.
 */
VOID
EduReleaseHardware(
    PEDU_EXTENSION Extension
    )
{
    KeWaitForSingleObject(&Extension->Quiet, Executive, KernelMode, FALSE, NULL);

    if (Extension->HardwareReady) {
        EduSetReady(Extension, FALSE);
        IoStopTimer(Extension->Self);
        KeCancelTimer(&Extension->RetryTimer);
    }

    if (Extension->Interrupt != NULL) {
        IoDisconnectInterrupt(Extension->Interrupt);
        Extension->Interrupt = NULL;
    }

    /* The ISR and the timer queue DPCs; none may find the registers unmapped. */
    KeFlushQueuedDpcs();
    EduReleaseBusInterface(Extension);

    if (Extension->Adapter != NULL) {
        Extension->Adapter->DmaOperations->PutDmaAdapter(Extension->Adapter);
        Extension->Adapter = NULL;
    }

    if (Extension->Registers != NULL) {
        MmUnmapIoSpace(Extension->Registers, Extension->RegistersLength);
        Extension->Registers = NULL;
    }
}
