// SPDX-License-Identifier: GPL-2.0
/*
 * A virtual bus: devices are plugged in and taken out by a program. Driver entry,
 * AddDevice, and the dispatch routines that are not of Plug and Play.
 */
#include "busp.h"

NTSTATUS
BusComplete(
    PIRP Irp,
    NTSTATUS Status,
    ULONG_PTR Information
    )
{
    Irp->IoStatus.Status = Status;
    Irp->IoStatus.Information = Information;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return Status;
}

VOID
BusLock(
    PBUS_FDO Fdo
    )
{
    KeWaitForSingleObject(&Fdo->Lock, Executive, KernelMode, FALSE, NULL);
}

VOID
BusUnlock(
    PBUS_FDO Fdo
    )
{
    KeSetEvent(&Fdo->Lock, IO_NO_INCREMENT, FALSE);
}

NTSTATUS
BusAddDevice(
    PDRIVER_OBJECT DriverObject,
    PDEVICE_OBJECT Pdo
    )
{
    UNICODE_STRING name;
    UNICODE_STRING link;
    PDEVICE_OBJECT device;
    PBUS_FDO fdo;
    NTSTATUS status;

    PAGED_CODE();

    RtlInitUnicodeString(&name, L"\\Device\\NtBus");
    status = IoCreateDevice(DriverObject, sizeof(BUS_FDO), &name, FILE_DEVICE_BUS_EXTENDER,
                            FILE_DEVICE_SECURE_OPEN, FALSE, &device);
    if (!NT_SUCCESS(status)) {
        return status;
    }

    fdo = device->DeviceExtension;
    RtlZeroMemory(fdo, sizeof(*fdo));
    fdo->Common.IsFdo = TRUE;
    fdo->Common.Self = device;
    fdo->Pdo = Pdo;
    KeInitializeEvent(&fdo->Lock, SynchronizationEvent, TRUE);
    InitializeListHead(&fdo->Devices);
    IoInitializeRemoveLock(&fdo->RemoveLock, BUS_TAG, 0, 0);

    fdo->Lower = IoAttachDeviceToDeviceStack(device, Pdo);
    if (!fdo->Lower) {
        IoDeleteDevice(device);
        return STATUS_NO_SUCH_DEVICE;
    }

    RtlInitUnicodeString(&link, BUS_LINK_NAME);
    fdo->LinkCreated = NT_SUCCESS(IoCreateSymbolicLink(&link, &name));

    device->Flags |= DO_POWER_PAGABLE;
    device->Flags &= ~DO_DEVICE_INITIALIZING;
    return STATUS_SUCCESS;
}

VOID
BusUnload(
    PDRIVER_OBJECT DriverObject
    )
{
    UNREFERENCED_PARAMETER(DriverObject);
    PAGED_CODE();
}

NTSTATUS
BusDispatchCreateClose(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp
    )
{
    UNREFERENCED_PARAMETER(DeviceObject);
    PAGED_CODE();
    return BusComplete(Irp, STATUS_SUCCESS, 0);
}

static NTSTATUS
BusControl(
    PBUS_FDO Fdo,
    ULONG Code,
    ULONG Serial
    )
{
    switch (Code) {
    case IOCTL_BUS_PLUG:
        return BusPlug(Fdo, Serial);
    case IOCTL_BUS_UNPLUG:
        return BusUnplug(Fdo, Serial);
    case IOCTL_BUS_EJECT:
        return BusEject(Fdo, Serial);
    }
    return STATUS_INVALID_DEVICE_REQUEST;
}

NTSTATUS
BusDispatchDeviceControl(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp
    )
{
    PBUS_COMMON common = DeviceObject->DeviceExtension;
    PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
    PBUS_FDO fdo = (PBUS_FDO)common;
    NTSTATUS status;

    PAGED_CODE();

    if (!common->IsFdo) {
        return BusComplete(Irp, STATUS_INVALID_DEVICE_REQUEST, 0);
    }
    if (stack->Parameters.DeviceIoControl.InputBufferLength < sizeof(ULONG)) {
        return BusComplete(Irp, STATUS_BUFFER_TOO_SMALL, 0);
    }

    status = IoAcquireRemoveLock(&fdo->RemoveLock, Irp);
    if (!NT_SUCCESS(status)) {
        return BusComplete(Irp, status, 0);
    }
    status = BusControl(fdo, stack->Parameters.DeviceIoControl.IoControlCode,
                        *(PULONG)Irp->AssociatedIrp.SystemBuffer);
    IoReleaseRemoveLock(&fdo->RemoveLock, Irp);
    return BusComplete(Irp, status, 0);
}

NTSTATUS
BusDispatchPnp(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp
    )
{
    PBUS_COMMON common = DeviceObject->DeviceExtension;

    PAGED_CODE();
    return common->IsFdo ? BusFdoPnp((PBUS_FDO)common, Irp) : BusPdoPnp((PBUS_PDO)common, Irp);
}

/*
 * WDK, "Rules for Handling Power IRPs in Bus Drivers": a PDO completes them, and there
 * is no power to switch here.
 */
NTSTATUS
BusDispatchPower(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp
    )
{
    PBUS_COMMON common = DeviceObject->DeviceExtension;
    PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
    NTSTATUS status = Irp->IoStatus.Status;

    PoStartNextPowerIrp(Irp);
    if (common->IsFdo) {
        IoSkipCurrentIrpStackLocation(Irp);
        return PoCallDriver(((PBUS_FDO)common)->Lower, Irp);
    }
    if (stack->MinorFunction == IRP_MN_SET_POWER || stack->MinorFunction == IRP_MN_QUERY_POWER) {
        status = STATUS_SUCCESS;
    }
    return BusComplete(Irp, status, Irp->IoStatus.Information);
}

NTSTATUS
BusDispatchSystemControl(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp
    )
{
    PBUS_COMMON common = DeviceObject->DeviceExtension;

    PAGED_CODE();
    if (!common->IsFdo) {
        return BusComplete(Irp, Irp->IoStatus.Status, Irp->IoStatus.Information);
    }
    IoSkipCurrentIrpStackLocation(Irp);
    return IoCallDriver(((PBUS_FDO)common)->Lower, Irp);
}

NTSTATUS
DriverEntry(
    PDRIVER_OBJECT DriverObject,
    PUNICODE_STRING RegistryPath
    )
{
    UNREFERENCED_PARAMETER(RegistryPath);

    DriverObject->DriverUnload = BusUnload;
    DriverObject->DriverExtension->AddDevice = BusAddDevice;
    DriverObject->MajorFunction[IRP_MJ_CREATE] = BusDispatchCreateClose;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = BusDispatchCreateClose;
    DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = BusDispatchDeviceControl;
    DriverObject->MajorFunction[IRP_MJ_PNP] = BusDispatchPnp;
    DriverObject->MajorFunction[IRP_MJ_POWER] = BusDispatchPower;
    DriverObject->MajorFunction[IRP_MJ_SYSTEM_CONTROL] = BusDispatchSystemControl;
    return STATUS_SUCCESS;
}
