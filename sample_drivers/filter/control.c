// SPDX-License-Identifier: GPL-2.0
/*
 * control.c - the control device, by which programs ask the filter itself
 *
 * WDK, "Creating a Control Device Object" gives the reason: the filter device
 * has no name, and its stack's requests belong to the drivers below.
 */
#include "filter.h"

static PDEVICE_OBJECT FilterControlDevice;

NTSTATUS
FilterCreateControl(
    PDRIVER_OBJECT DriverObject
    )
{
    UNICODE_STRING name = RTL_CONSTANT_STRING(L"\\Device\\Filter0");
    UNICODE_STRING link = RTL_CONSTANT_STRING(L"\\DosDevices\\FILTER0");
    NTSTATUS status;

    status = IoCreateDevice(DriverObject,
                            sizeof(FILTER_EXTENSION),
                            &name,
                            FILE_DEVICE_FILTER,
                            FILE_DEVICE_SECURE_OPEN,
                            FALSE,
                            &FilterControlDevice);

    if (!NT_SUCCESS(status)) {
        return status;
    }

    FilterExtension(FilterControlDevice)->IsControl = TRUE;
    status = IoCreateSymbolicLink(&link, &name);

    if (!NT_SUCCESS(status)) {
        IoDeleteDevice(FilterControlDevice);
    }
    return status;
}

VOID
FilterDeleteControl(
    VOID
    )
{
    UNICODE_STRING link = RTL_CONSTANT_STRING(L"\\DosDevices\\FILTER0");

    IoDeleteSymbolicLink(&link);
    IoDeleteDevice(FilterControlDevice);
}

static NTSTATUS
FilterGetCounts(
    PIRP Irp
    )
{
    PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);

    if (stack->Parameters.DeviceIoControl.IoControlCode != IOCTL_FILTER_GET_COUNTS) {
        return FilterComplete(Irp, STATUS_INVALID_DEVICE_REQUEST, 0);
    }

    if (stack->Parameters.DeviceIoControl.OutputBufferLength < sizeof(FILTER_COUNTS)) {
        return FilterComplete(Irp, STATUS_BUFFER_TOO_SMALL, 0);
    }

    RtlCopyMemory(Irp->AssociatedIrp.SystemBuffer, &FilterCounts, sizeof(FILTER_COUNTS));
    return FilterComplete(Irp, STATUS_SUCCESS, sizeof(FILTER_COUNTS));
}

NTSTATUS
FilterDispatchControl(
    PIRP Irp
    )
{
    switch (IoGetCurrentIrpStackLocation(Irp)->MajorFunction) {
    case IRP_MJ_CREATE:
    case IRP_MJ_CLEANUP:
    case IRP_MJ_CLOSE:
        return FilterComplete(Irp, STATUS_SUCCESS, 0);

    case IRP_MJ_DEVICE_CONTROL:
        return FilterGetCounts(Irp);

    default:
        return FilterComplete(Irp, STATUS_INVALID_DEVICE_REQUEST, 0);
    }
}
