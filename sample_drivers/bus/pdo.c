// SPDX-License-Identifier: GPL-2.0
/* A device on the bus: what it is called, what it can, and how it goes. */
#include <initguid.h>
#include "busp.h"

#define BUS_HARDWARE_ID     L"NTBUS\\Device"
#define BUS_COMPATIBLE_ID   L"NTBUS\\Generic"

/* For the PnP manager, which frees it. */
static NTSTATUS
BusGiveText(
    PIRP Irp,
    const WCHAR *Text,
    SIZE_T Bytes
    )
{
    PVOID copy = ExAllocatePoolWithTag(PagedPool, Bytes, BUS_TAG);

    if (!copy) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    RtlCopyMemory(copy, Text, Bytes);
    Irp->IoStatus.Information = (ULONG_PTR)copy;
    return STATUS_SUCCESS;
}

static NTSTATUS
BusGiveNumber(
    PIRP Irp,
    ULONG Number
    )
{
    WCHAR buffer[12];
    UNICODE_STRING text;

    RtlZeroMemory(buffer, sizeof(buffer));
    RtlInitEmptyUnicodeString(&text, buffer, sizeof(buffer) - sizeof(WCHAR));
    RtlIntegerToUnicodeString(Number, 10, &text);
    return BusGiveText(Irp, buffer, text.Length + sizeof(WCHAR));
}

static NTSTATUS
BusQueryId(
    PBUS_PDO Pdo,
    PIRP Irp,
    BUS_QUERY_ID_TYPE Type
    )
{
    switch (Type) {
    case BusQueryDeviceID:
        return BusGiveText(Irp, BUS_HARDWARE_ID, sizeof(BUS_HARDWARE_ID));
    case BusQueryInstanceID:
        return BusGiveNumber(Irp, Pdo->Serial);
    /* The NUL of a literal ends a string, one more ends the list. */
    case BusQueryHardwareIDs:
        return BusGiveText(Irp, BUS_HARDWARE_ID L"\0", sizeof(BUS_HARDWARE_ID L"\0"));
    case BusQueryCompatibleIDs:
        return BusGiveText(Irp, BUS_COMPATIBLE_ID L"\0", sizeof(BUS_COMPATIBLE_ID L"\0"));
    default:
        return Irp->IoStatus.Status;
    }
}

static NTSTATUS
BusQueryText(
    PBUS_PDO Pdo,
    PIRP Irp,
    DEVICE_TEXT_TYPE Type
    )
{
    static const WCHAR description[] = L"Device on the virtual bus";

    if (Type == DeviceTextDescription) {
        return BusGiveText(Irp, description, sizeof(description));
    }
    if (Type == DeviceTextLocationInformation) {
        return BusGiveNumber(Irp, Pdo->Serial);
    }
    return Irp->IoStatus.Status;
}

/*
 * WDK, "IRP_MN_QUERY_DEVICE_RELATIONS", warning: no device object is a PDO to other
 * routines before the PnP manager has made a devnode of it, which is so when it asks
 * for the device's id.
 */
static NTSTATUS
BusQueryDeviceId(
    PBUS_PDO Pdo,
    PIRP Irp,
    BUS_QUERY_ID_TYPE Type
    )
{
    BusLock(Pdo->Bus);
    Pdo->Known = TRUE;
    BusUnlock(Pdo->Bus);
    return BusQueryId(Pdo, Irp, Type);
}

/* WDK, "IRP_MN_QUERY_CAPABILITIES": serial numbers are unique on this bus only. */
static NTSTATUS
BusQueryCapabilities(
    PBUS_PDO Pdo,
    PDEVICE_CAPABILITIES Capabilities
    )
{
    ULONG state;

    if (Capabilities->Version != 1 || Capabilities->Size < sizeof(DEVICE_CAPABILITIES)) {
        return STATUS_UNSUCCESSFUL;
    }
    Capabilities->EjectSupported = TRUE;
    Capabilities->Removable = TRUE;
    Capabilities->SurpriseRemovalOK = TRUE;
    Capabilities->UniqueID = FALSE;
    Capabilities->Address = Pdo->Serial;
    Capabilities->DeviceState[PowerSystemWorking] = PowerDeviceD0;
    for (state = PowerSystemSleeping1; state < POWER_SYSTEM_MAXIMUM; state++) {
        Capabilities->DeviceState[state] = PowerDeviceD3;
    }
    return STATUS_SUCCESS;
}

static NTSTATUS
BusQueryBusInformation(
    PIRP Irp
    )
{
    PPNP_BUS_INFORMATION information;

    information = ExAllocatePoolWithTag(PagedPool, sizeof(*information), BUS_TAG);
    if (!information) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    information->BusTypeGuid = GUID_BUS_TYPE_NTBUS;
    information->LegacyBusType = PNPBus;
    information->BusNumber = 0;
    Irp->IoStatus.Information = (ULONG_PTR)information;
    return STATUS_SUCCESS;
}

static NTSTATUS
BusTargetRelation(
    PBUS_PDO Pdo,
    PIRP Irp
    )
{
    PDEVICE_RELATIONS relations;

    relations = ExAllocatePoolWithTag(PagedPool, sizeof(*relations) + sizeof(PDEVICE_OBJECT),
                                      BUS_TAG);
    if (!relations) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    relations->Count = 1;
    relations->Objects[0] = Pdo->Common.Self;
    ObReferenceObject(Pdo->Common.Self);
    Irp->IoStatus.Information = (ULONG_PTR)relations;
    return STATUS_SUCCESS;
}

/* ---- The interface for function drivers ---- */

static VOID
BusInterfaceReference(
    PVOID Context
    )
{
    InterlockedIncrement(&((PBUS_PDO)Context)->InterfaceReferences);
}

static VOID
BusInterfaceDereference(
    PVOID Context
    )
{
    InterlockedDecrement(&((PBUS_PDO)Context)->InterfaceReferences);
}

static ULONG
BusGetSerial(
    PVOID Context
    )
{
    return ((PBUS_PDO)Context)->Serial;
}

static NTSTATUS
BusQueryInterface(
    PBUS_PDO Pdo,
    PIRP Irp,
    PIO_STACK_LOCATION Stack
    )
{
    PBUS_DEVICE_INTERFACE bus;

    if (!IsEqualGUID(Stack->Parameters.QueryInterface.InterfaceType, &GUID_BUS_DEVICE_INTERFACE) ||
        Stack->Parameters.QueryInterface.Version != 1 ||
        Stack->Parameters.QueryInterface.Size < sizeof(BUS_DEVICE_INTERFACE)) {
        return Irp->IoStatus.Status;
    }
    bus = (PBUS_DEVICE_INTERFACE)Stack->Parameters.QueryInterface.Interface;
    bus->Size = sizeof(*bus);
    bus->Version = 1;
    bus->Context = Pdo;
    bus->InterfaceReference = BusInterfaceReference;
    bus->InterfaceDereference = BusInterfaceDereference;
    bus->GetSerial = BusGetSerial;
    BusInterfaceReference(Pdo);
    return STATUS_SUCCESS;
}

/* ---- Going ---- */

static NTSTATUS
BusRemovePdo(
    PBUS_PDO Pdo,
    PIRP Irp
    )
{
    PBUS_FDO bus = Pdo->Bus;
    NTSTATUS status;

    BusLock(bus);
    status = BusComplete(Irp, STATUS_SUCCESS, 0);
    if (!Pdo->Present) {
        BusDeletePdo(Pdo);
    }
    BusUnlock(bus);
    return status;
}

static NTSTATUS
BusEjectPdo(
    PBUS_PDO Pdo
    )
{
    BusLock(Pdo->Bus);
    Pdo->Present = FALSE;
    BusUnlock(Pdo->Bus);
    return STATUS_SUCCESS;
}

/* What is not handled is completed with the status that it came with. */
NTSTATUS
BusPdoPnp(
    PBUS_PDO Pdo,
    PIRP Irp
    )
{
    PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
    NTSTATUS status = Irp->IoStatus.Status;

    switch (stack->MinorFunction) {
    case IRP_MN_START_DEVICE:
    case IRP_MN_QUERY_STOP_DEVICE:
    case IRP_MN_CANCEL_STOP_DEVICE:
    case IRP_MN_STOP_DEVICE:
    case IRP_MN_QUERY_REMOVE_DEVICE:
    case IRP_MN_CANCEL_REMOVE_DEVICE:
    case IRP_MN_SURPRISE_REMOVAL:
        status = STATUS_SUCCESS;
        break;
    case IRP_MN_REMOVE_DEVICE:
        return BusRemovePdo(Pdo, Irp);
    case IRP_MN_EJECT:
        status = BusEjectPdo(Pdo);
        break;
    case IRP_MN_QUERY_ID:
        status = BusQueryDeviceId(Pdo, Irp, stack->Parameters.QueryId.IdType);
        break;
    case IRP_MN_QUERY_DEVICE_TEXT:
        status = BusQueryText(Pdo, Irp, stack->Parameters.QueryDeviceText.DeviceTextType);
        break;
    case IRP_MN_QUERY_CAPABILITIES:
        status = BusQueryCapabilities(Pdo, stack->Parameters.DeviceCapabilities.Capabilities);
        break;
    case IRP_MN_QUERY_BUS_INFORMATION:
        status = BusQueryBusInformation(Irp);
        break;
    case IRP_MN_QUERY_DEVICE_RELATIONS:
        if (stack->Parameters.QueryDeviceRelations.Type == TargetDeviceRelation) {
            status = BusTargetRelation(Pdo, Irp);
        }
        break;
    case IRP_MN_QUERY_INTERFACE:
        status = BusQueryInterface(Pdo, Irp, stack);
        break;
    }
    return BusComplete(Irp, status, Irp->IoStatus.Information);
}
