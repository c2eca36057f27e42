// SPDX-License-Identifier: GPL-2.0
/*
 * find.c - look for the hardware, claim it, and give it back
 */
#include "edu_nt4.h"

#define EDU_BUSES   8

/* What HalAssignSlotResources says, in the bus's terms. */
typedef struct _EDU_RESOURCES {
    PHYSICAL_ADDRESS Start;
    ULONG Length;
    ULONG Level;
    ULONG Vector;
    BOOLEAN HaveMemory;
    BOOLEAN HaveInterrupt;
} EDU_RESOURCES, *PEDU_RESOURCES;

static VOID
EduParse(
    PCM_RESOURCE_LIST List,
    PEDU_RESOURCES Resources
    )
{
    PCM_PARTIAL_RESOURCE_LIST partial = &List->List[0].PartialResourceList;
    ULONG i;

    RtlZeroMemory(Resources, sizeof(*Resources));
    for (i = 0; i < partial->Count; i++) {
        PCM_PARTIAL_RESOURCE_DESCRIPTOR descriptor = &partial->PartialDescriptors[i];

        if (descriptor->Type == CmResourceTypeMemory && !Resources->HaveMemory) {
            Resources->Start = descriptor->u.Memory.Start;
            Resources->Length = descriptor->u.Memory.Length;
            Resources->HaveMemory = TRUE;
        }
        if (descriptor->Type == CmResourceTypeInterrupt) {
            Resources->Level = descriptor->u.Interrupt.Level;
            Resources->Vector = descriptor->u.Interrupt.Vector;
            Resources->HaveInterrupt = TRUE;
        }
    }
}

static NTSTATUS
EduMap(
    PEDU_EXTENSION Extension,
    ULONG Bus,
    PEDU_RESOURCES Resources
    )
{
    PHYSICAL_ADDRESS translated;
    ULONG space = 0;            /* memory */

    if (!Resources->HaveMemory || Resources->Length < EDU_REGISTERS_LENGTH ||
        !HalTranslateBusAddress(PCIBus, Bus, Resources->Start, &space, &translated)) {
        return STATUS_DEVICE_CONFIGURATION_ERROR;
    }
    Extension->RegistersLength = Resources->Length;
    Extension->Registers = MmMapIoSpace(translated, Resources->Length, MmNonCached);
    return Extension->Registers != NULL ? STATUS_SUCCESS : STATUS_INSUFFICIENT_RESOURCES;
}

/* The device drives 28 address lines; 24 are what a description can say at least. */
static NTSTATUS
EduGetAdapter(
    PEDU_EXTENSION Extension,
    ULONG Bus
    )
{
    DEVICE_DESCRIPTION description;
    ULONG available;

    RtlZeroMemory(&description, sizeof(description));
    description.Version = DEVICE_DESCRIPTION_VERSION;
    description.Master = TRUE;
    description.InterfaceType = PCIBus;
    description.BusNumber = Bus;
    description.MaximumLength = EDU_BUFFER_SIZE;

    Extension->Adapter = HalGetAdapter(&description, &available);
    if (Extension->Adapter == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    Extension->MapRegisters = BYTES_TO_PAGES(EDU_BUFFER_SIZE) + 1;
    return available >= Extension->MapRegisters ? STATUS_SUCCESS : STATUS_INSUFFICIENT_RESOURCES;
}

static NTSTATUS
EduConnect(
    PEDU_EXTENSION Extension,
    ULONG Bus,
    PEDU_RESOURCES Resources
    )
{
    KAFFINITY affinity;
    ULONG vector;
    KIRQL irql;

    if (!Resources->HaveInterrupt) {
        return STATUS_DEVICE_CONFIGURATION_ERROR;
    }
    vector = HalGetInterruptVector(PCIBus, Bus, Resources->Level, Resources->Vector,
                                   &irql, &affinity);
    if (vector == 0) {
        return STATUS_DEVICE_CONFIGURATION_ERROR;
    }
    return IoConnectInterrupt(&Extension->Interrupt, EduInterrupt, Extension, NULL, vector,
                              irql, irql, LevelSensitive, TRUE, affinity, FALSE);
}

/* The firmware may have left it off: without it no DMA. */
static VOID
EduEnableBusMaster(
    ULONG Bus,
    ULONG Slot
    )
{
    USHORT command;
    ULONG offset = FIELD_OFFSET(PCI_COMMON_CONFIG, Command);

    if (HalGetBusDataByOffset(PCIConfiguration, Bus, Slot, &command, offset,
                              sizeof(command)) == sizeof(command)) {
        command |= PCI_ENABLE_BUS_MASTER | PCI_ENABLE_MEMORY_SPACE;
        HalSetBusDataByOffset(PCIConfiguration, Bus, Slot, &command, offset, sizeof(command));
    }
}

static NTSTATUS
EduMakeLink(
    PEDU_EXTENSION Extension,
    PUNICODE_STRING DeviceName
    )
{
    WCHAR buffer[32];
    UNICODE_STRING link, number;
    WCHAR digits[12];
    NTSTATUS status;

    number.Buffer = digits;
    number.Length = 0;
    number.MaximumLength = sizeof(digits);
    RtlIntegerToUnicodeString(Extension->Number, 10, &number);

    link.Buffer = buffer;
    link.Length = 0;
    link.MaximumLength = sizeof(buffer);
    RtlAppendUnicodeToString(&link, L"\\DosDevices\\EDUNT4_");
    RtlAppendUnicodeStringToString(&link, &number);

    status = IoCreateUnprotectedSymbolicLink(&link, DeviceName);
    Extension->LinkCreated = (BOOLEAN)NT_SUCCESS(status);
    return status;
}

/* The link's name again, to delete it. */
static VOID
EduDeleteLink(
    PEDU_EXTENSION Extension
    )
{
    WCHAR buffer[32];
    UNICODE_STRING link, number;
    WCHAR digits[12];

    number.Buffer = digits;
    number.Length = 0;
    number.MaximumLength = sizeof(digits);
    RtlIntegerToUnicodeString(Extension->Number, 10, &number);

    link.Buffer = buffer;
    link.Length = 0;
    link.MaximumLength = sizeof(buffer);
    RtlAppendUnicodeToString(&link, L"\\DosDevices\\EDUNT4_");
    RtlAppendUnicodeStringToString(&link, &number);
    IoDeleteSymbolicLink(&link);
}

static NTSTATUS
EduCreate(
    PDRIVER_OBJECT DriverObject,
    ULONG Number,
    PDEVICE_OBJECT *DeviceObject
    )
{
    WCHAR buffer[32];
    UNICODE_STRING name, number;
    WCHAR digits[12];
    NTSTATUS status;

    number.Buffer = digits;
    number.Length = 0;
    number.MaximumLength = sizeof(digits);
    RtlIntegerToUnicodeString(Number, 10, &number);

    name.Buffer = buffer;
    name.Length = 0;
    name.MaximumLength = sizeof(buffer);
    RtlAppendUnicodeToString(&name, L"\\Device\\EduNt4_");
    RtlAppendUnicodeStringToString(&name, &number);

    status = IoCreateDevice(DriverObject, sizeof(EDU_EXTENSION), &name, FILE_DEVICE_EDU, 0,
                            FALSE, DeviceObject);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    (*DeviceObject)->Flags |= DO_DIRECT_IO;
    EduExtension(*DeviceObject)->Self = *DeviceObject;
    EduExtension(*DeviceObject)->Number = Number;
    IoInitializeDpcRequest(*DeviceObject, EduDpcForIsr);
    status = EduMakeLink(EduExtension(*DeviceObject), &name);
    if (!NT_SUCCESS(status)) {
        IoDeleteDevice(*DeviceObject);
    }
    return status;
}

static NTSTATUS
EduAdd(
    PDRIVER_OBJECT DriverObject,
    PUNICODE_STRING RegistryPath,
    ULONG Number,
    ULONG Bus,
    ULONG Slot
    )
{
    PCM_RESOURCE_LIST list;
    EDU_RESOURCES resources;
    PDEVICE_OBJECT device;
    PEDU_EXTENSION extension;
    NTSTATUS status;

    status = EduCreate(DriverObject, Number, &device);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    extension = EduExtension(device);

    status = HalAssignSlotResources(RegistryPath, NULL, DriverObject, device, PCIBus, Bus, Slot,
                                    &list);
    if (NT_SUCCESS(status)) {
        EduParse(list, &resources);
        ExFreePool(list);
        status = EduMap(extension, Bus, &resources);
    }
    if (NT_SUCCESS(status)) {
        EduEnableBusMaster(Bus, Slot);
        status = EduGetAdapter(extension, Bus);
    }
    if (NT_SUCCESS(status)) {
        status = EduConnect(extension, Bus, &resources);
    }
    if (!NT_SUCCESS(status)) {
        EduRemove(device);
    }
    return status;
}

/* Returns how many there are that nobody else has. */
ULONG
EduFindAll(
    PDRIVER_OBJECT DriverObject,
    PUNICODE_STRING RegistryPath
    )
{
    PCI_COMMON_CONFIG config;
    PCI_SLOT_NUMBER slot;
    ULONG bus, device, bytes, found = 0;

    for (bus = 0; bus < EDU_BUSES; bus++) {
        for (device = 0; device < PCI_MAX_DEVICES; device++) {
            slot.u.AsULONG = 0;
            slot.u.bits.DeviceNumber = device;
            bytes = HalGetBusData(PCIConfiguration, bus, slot.u.AsULONG, &config,
                                  PCI_COMMON_HDR_LENGTH);
            if (bytes == 0) {
                break;              /* no such bus */
            }
            if (bytes < PCI_COMMON_HDR_LENGTH || config.VendorID != EDU_VENDOR_ID ||
                config.DeviceID != EDU_DEVICE_ID) {
                continue;
            }
            if (NT_SUCCESS(EduAdd(DriverObject, RegistryPath, found, bus, slot.u.AsULONG))) {
                found++;
            }
        }
    }
    return found;
}

/* All that EduAdd got, or a part of it. No request is under way. */
VOID
EduRemove(
    PDEVICE_OBJECT DeviceObject
    )
{
    PEDU_EXTENSION extension = EduExtension(DeviceObject);

    if (extension->Interrupt != NULL) {
        IoDisconnectInterrupt(extension->Interrupt);
    }
    KeFlushQueuedDpcs();
    if (extension->Registers != NULL) {
        MmUnmapIoSpace(extension->Registers, extension->RegistersLength);
    }
    IoAssignResources(NULL, NULL, DeviceObject->DriverObject, DeviceObject, NULL, NULL);
    if (extension->LinkCreated) {
        EduDeleteLink(extension);
    }
    IoDeleteDevice(DeviceObject);
}
