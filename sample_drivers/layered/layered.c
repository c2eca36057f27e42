// SPDX-License-Identifier: GPL-2.0
/*
 * layered.c - DriverEntry, Unload, create and close
 */
#include "layered.h"

static DRIVER_DISPATCH LayeredDispatchCreateClose;

#ifdef ALLOC_PRAGMA
#pragma alloc_text(INIT, DriverEntry)
#pragma alloc_text(PAGE, LayeredUnload)
#pragma alloc_text(PAGE, LayeredDispatchCreateClose)
#endif

NTSTATUS
LayeredComplete(
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

static NTSTATUS
LayeredDispatchCreateClose(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp
    )
{
    UNREFERENCED_PARAMETER(DeviceObject);

    PAGED_CODE();

    return LayeredComplete(Irp, STATUS_SUCCESS, 0);
}

/*
 * WDK, "IoGetDeviceObjectPointer": StackSize is one more than that of the
 * device below, so that IRPs can be passed down; the file object is kept until
 * Unload.
 */
static NTSTATUS
LayeredConnect(
    PDEVICE_OBJECT DeviceObject
    )
{
    UNICODE_STRING lowerName = RTL_CONSTANT_STRING(L"\\Device\\Edu0");
    PLAYERED_EXTENSION extension = LayeredExtension(DeviceObject);
    NTSTATUS status;

    status = IoGetDeviceObjectPointer(&lowerName,
                                      FILE_READ_DATA | FILE_WRITE_DATA,
                                      &extension->LowerFile,
                                      &extension->LowerDevice);

    if (!NT_SUCCESS(status)) {
        return status;
    }

    DeviceObject->StackSize = (CCHAR)(extension->LowerDevice->StackSize + 1);
    DeviceObject->AlignmentRequirement = extension->LowerDevice->AlignmentRequirement;
    DeviceObject->Flags |= DO_DIRECT_IO;
    return STATUS_SUCCESS;
}

static NTSTATUS
LayeredCreateDevice(
    PDRIVER_OBJECT DriverObject,
    PUNICODE_STRING DeviceName,
    PDEVICE_OBJECT *DeviceObject
    )
{
    NTSTATUS status;

    status = IoCreateDevice(DriverObject,
                            sizeof(LAYERED_EXTENSION),
                            DeviceName,
                            FILE_DEVICE_LAYERED,
                            FILE_DEVICE_SECURE_OPEN,
                            FALSE,
                            DeviceObject);

    if (!NT_SUCCESS(status)) {
        return status;
    }

    status = LayeredConnect(*DeviceObject);

    if (!NT_SUCCESS(status)) {
        IoDeleteDevice(*DeviceObject);
    }
    return status;
}

NTSTATUS
DriverEntry(
    PDRIVER_OBJECT DriverObject,
    PUNICODE_STRING RegistryPath
    )
{
    UNICODE_STRING name = RTL_CONSTANT_STRING(L"\\Device\\Layered0");
    UNICODE_STRING link = RTL_CONSTANT_STRING(L"\\DosDevices\\LAYERED0");
    PDEVICE_OBJECT deviceObject;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);

    DriverObject->MajorFunction[IRP_MJ_CREATE] = LayeredDispatchCreateClose;
    DriverObject->MajorFunction[IRP_MJ_CLEANUP] = LayeredDispatchCreateClose;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = LayeredDispatchCreateClose;
    DriverObject->MajorFunction[IRP_MJ_READ] = LayeredDispatchReadWrite;
    DriverObject->MajorFunction[IRP_MJ_WRITE] = LayeredDispatchReadWrite;
    DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = LayeredDispatchDeviceControl;
    DriverObject->DriverUnload = LayeredUnload;

    status = LayeredCreateDevice(DriverObject, &name, &deviceObject);

    if (!NT_SUCCESS(status)) {
        return status;
    }

    status = IoCreateSymbolicLink(&link, &name);

    if (!NT_SUCCESS(status)) {
        ObDereferenceObject(LayeredExtension(deviceObject)->LowerFile);
        IoDeleteDevice(deviceObject);
    }
    return status;
}

VOID
LayeredUnload(
    PDRIVER_OBJECT DriverObject
    )
{
    UNICODE_STRING link = RTL_CONSTANT_STRING(L"\\DosDevices\\LAYERED0");
    PDEVICE_OBJECT deviceObject = DriverObject->DeviceObject;

    PAGED_CODE();

    IoDeleteSymbolicLink(&link);
    ObDereferenceObject(LayeredExtension(deviceObject)->LowerFile);
    IoDeleteDevice(deviceObject);
}
