// SPDX-License-Identifier: GPL-2.0
/*
 * filter.c - DriverEntry, which attaches, and Unload
 */
#include "filter.h"

#ifdef ALLOC_PRAGMA
#pragma alloc_text(INIT, DriverEntry)
#pragma alloc_text(PAGE, FilterUnload)
#endif

FILTER_COUNTS FilterCounts;

/*
 * WDK, "Initializing a Device Object" of a filter: buffers are passed as the
 * device below wants them, and power requests at the IRQL that it wants.
 */
static VOID
FilterInheritFlags(
    PDEVICE_OBJECT FilterDevice,
    PDEVICE_OBJECT LowerDevice
    )
{
    FilterDevice->Flags |= LowerDevice->Flags &
        (DO_BUFFERED_IO | DO_DIRECT_IO | DO_POWER_PAGABLE | DO_POWER_INRUSH);
    FilterDevice->Characteristics = LowerDevice->Characteristics;
}

/*
 * WDK, "IoGetDeviceObjectPointer": the file object keeps the device while we
 * attach; after that the attachment does.
 */
static NTSTATUS
FilterAttach(
    PDRIVER_OBJECT DriverObject,
    PUNICODE_STRING TargetName
    )
{
    PDEVICE_OBJECT filterDevice;
    PDEVICE_OBJECT targetDevice;
    PFILE_OBJECT fileObject;
    PFILTER_EXTENSION extension;
    NTSTATUS status;

    status = IoGetDeviceObjectPointer(TargetName,
                                      FILE_READ_DATA,
                                      &fileObject,
                                      &targetDevice);

    if (!NT_SUCCESS(status)) {
        return status;
    }

    status = IoCreateDevice(DriverObject,
                            sizeof(FILTER_EXTENSION),
                            NULL,
                            targetDevice->DeviceType,
                            0,
                            FALSE,
                            &filterDevice);

    if (NT_SUCCESS(status)) {
        extension = FilterExtension(filterDevice);
        extension->Self = filterDevice;
        IoInitializeRemoveLock(&extension->RemoveLock, FILTER_TAG, 0, 0);
        FilterInheritFlags(filterDevice, targetDevice);

        status = IoAttachDeviceToDeviceStackSafe(filterDevice,
                                                 targetDevice,
                                                 &extension->LowerDevice);

        if (NT_SUCCESS(status)) {
            filterDevice->Flags &= ~DO_DEVICE_INITIALIZING;
            FilterCounts.Attached = 1;
        } else {
            IoDeleteDevice(filterDevice);
        }
    }

    ObDereferenceObject(fileObject);
    return status;
}

NTSTATUS
DriverEntry(
    PDRIVER_OBJECT DriverObject,
    PUNICODE_STRING RegistryPath
    )
{
    UNICODE_STRING targetName = RTL_CONSTANT_STRING(L"\\Device\\Edu0");
    NTSTATUS status;
    ULONG i;

    UNREFERENCED_PARAMETER(RegistryPath);

    /* A filter passes on what it does not know. */
    for (i = 0; i <= IRP_MJ_MAXIMUM_FUNCTION; i++) {
        DriverObject->MajorFunction[i] = FilterDispatch;
    }

    DriverObject->MajorFunction[IRP_MJ_PNP] = FilterDispatchPnp;
    DriverObject->MajorFunction[IRP_MJ_POWER] = FilterDispatchPower;
    DriverObject->DriverUnload = FilterUnload;

    status = FilterCreateControl(DriverObject);

    if (!NT_SUCCESS(status)) {
        return status;
    }

    status = FilterAttach(DriverObject, &targetName);

    if (!NT_SUCCESS(status)) {
        FilterDeleteControl();
    }
    return status;
}

/*
 * The filter device is gone by now: it went with the device below it.
 */
VOID
FilterUnload(
    PDRIVER_OBJECT DriverObject
    )
{
    UNREFERENCED_PARAMETER(DriverObject);

    PAGED_CODE();

    FilterDeleteControl();
}
