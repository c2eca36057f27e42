// SPDX-License-Identifier: GPL-2.0
/*
 * pnp.c - IRP_MJ_PNP and IRP_MJ_SYSTEM_CONTROL
 */
#include "edu.h"

static IO_COMPLETION_ROUTINE EduForwardCompletion;

#ifdef ALLOC_PRAGMA
#pragma alloc_text(PAGE, EduDispatchPnp)
#pragma alloc_text(PAGE, EduDispatchSystemControl)
#pragma alloc_text(PAGE, EduForwardAndWait)
#endif

/*
 * WDK, "Postponing PnP IRP Processing Until Lower Drivers Finish": signal the
 * thread that waits and keep the IRP, which that thread completes.
 */
static NTSTATUS
EduForwardCompletion(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp,
    PVOID Context
    )
{
    UNREFERENCED_PARAMETER(DeviceObject);

    if (Irp->PendingReturned) {
        KeSetEvent((PKEVENT)Context, IO_NO_INCREMENT, FALSE);
    }
    return STATUS_MORE_PROCESSING_REQUIRED;
}

/*
 * Send an IRP down the stack and get it back.
 */
NTSTATUS
EduForwardAndWait(
    PEDU_EXTENSION Extension,
    PIRP Irp
    )
{
    KEVENT event;
    NTSTATUS status;

    PAGED_CODE();

    KeInitializeEvent(&event, NotificationEvent, FALSE);
    IoCopyCurrentIrpStackLocationToNext(Irp);
    IoSetCompletionRoutine(Irp, EduForwardCompletion, &event, TRUE, TRUE, TRUE);
    status = IoCallDriver(Extension->LowerDevice, Irp);

    if (status == STATUS_PENDING) {
        KeWaitForSingleObject(&event, Executive, KernelMode, FALSE, NULL);
        status = Irp->IoStatus.Status;
    }
    return status;
}

/*
 * WDK, "Passing PnP IRPs Down the Device Stack": a driver does not complete
 * what the drivers below must see too. Status is what they find in the IRP.
 */
static NTSTATUS
EduPassDown(
    PEDU_EXTENSION Extension,
    PIRP Irp
    )
{
    NTSTATUS status;

    IoSkipCurrentIrpStackLocation(Irp);
    status = IoCallDriver(Extension->LowerDevice, Irp);
    IoReleaseRemoveLock(&Extension->RemoveLock, Irp);
    return status;
}

static VOID
EduLinkNames(
    PEDU_EXTENSION Extension,
    PUNICODE_STRING Link,
    PUNICODE_STRING Device
    )
{
    WCHAR numberBuffer[12];
    UNICODE_STRING number;

    RtlInitEmptyUnicodeString(&number, numberBuffer, sizeof(numberBuffer));
    RtlIntegerToUnicodeString(Extension->Index, 10, &number);

    RtlAppendUnicodeToString(Link, L"\\DosDevices\\EDU");
    RtlAppendUnicodeStringToString(Link, &number);
    RtlAppendUnicodeToString(Device, L"\\Device\\Edu");
    RtlAppendUnicodeStringToString(Device, &number);
}

/*
 * \DosDevices\EDUn exists while the device can be used: from its first start
 * until its removal, so that nobody finds a name that cannot work.
 */
static NTSTATUS
EduCreateLink(
    PEDU_EXTENSION Extension
    )
{
    WCHAR linkBuffer[32];
    WCHAR deviceBuffer[32];
    UNICODE_STRING link;
    UNICODE_STRING device;
    NTSTATUS status;

    if (Extension->LinkCreated) {
        return STATUS_SUCCESS;
    }

    RtlInitEmptyUnicodeString(&link, linkBuffer, sizeof(linkBuffer));
    RtlInitEmptyUnicodeString(&device, deviceBuffer, sizeof(deviceBuffer));
    EduLinkNames(Extension, &link, &device);

    status = IoCreateSymbolicLink(&link, &device);
    Extension->LinkCreated = NT_SUCCESS(status);
    return status;
}

static VOID
EduDeleteLink(
    PEDU_EXTENSION Extension
    )
{
    WCHAR linkBuffer[32];
    WCHAR deviceBuffer[32];
    UNICODE_STRING link;
    UNICODE_STRING device;

    if (!Extension->LinkCreated) {
        return;
    }

    RtlInitEmptyUnicodeString(&link, linkBuffer, sizeof(linkBuffer));
    RtlInitEmptyUnicodeString(&device, deviceBuffer, sizeof(deviceBuffer));
    EduLinkNames(Extension, &link, &device);

    IoDeleteSymbolicLink(&link);
    Extension->LinkCreated = FALSE;
}

/*
 * WDK, "IoSetDeviceInterfaceState": enabled when the device has started, disabled
 * once, when it is removed or found to be gone. A program can do without the
 * interface, so a failure to enable it is none of the start.
 */
static VOID
EduEnableInterface(
    PEDU_EXTENSION Extension
    )
{
    if (!Extension->InterfaceEnabled) {
        Extension->InterfaceEnabled =
            NT_SUCCESS(IoSetDeviceInterfaceState(&Extension->InterfaceName, TRUE));
    }
}

static VOID
EduDisableInterface(
    PEDU_EXTENSION Extension
    )
{
    if (Extension->InterfaceEnabled) {
        IoSetDeviceInterfaceState(&Extension->InterfaceName, FALSE);
        Extension->InterfaceEnabled = FALSE;
    }
}

/*
 * WDK, "Handling an IRP_MN_START_DEVICE Request": the drivers below start the
 * device first. A start after a stop brings new resources; requests that came
 * in between are then released.
 */
static NTSTATUS
EduStartDevice(
    PEDU_EXTENSION Extension,
    PIRP Irp
    )
{
    PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
    NTSTATUS status;

    status = EduForwardAndWait(Extension, Irp);

    if (NT_SUCCESS(status)) {
        status = EduAcquireHardware(Extension,
                                    stack->Parameters.StartDevice.AllocatedResourcesTranslated);
    }

    if (NT_SUCCESS(status)) {
        status = EduCreateLink(Extension);

        if (!NT_SUCCESS(status)) {
            EduReleaseHardware(Extension);
        }
    }

    if (NT_SUCCESS(status)) {
        EduEnableInterface(Extension);
        EduReleaseQueue(Extension, EDU_HOLD_STOPPED | EDU_HOLD_REMOVING);
    }
    return EduComplete(Extension, Irp, status, 0);
}

/*
 * WDK, "Handling an IRP_MN_CANCEL_STOP_DEVICE Request" (and the one of cancel
 * remove): the drivers below go first, then requests may reach the device.
 */
static NTSTATUS
EduCancelQuery(
    PEDU_EXTENSION Extension,
    PIRP Irp,
    ULONG Reason
    )
{
    NTSTATUS status;

    status = EduForwardAndWait(Extension, Irp);
    EduReleaseQueue(Extension, Reason);
    return EduComplete(Extension, Irp, status, 0);
}

/*
 * WDK, "Handling an IRP_MN_SURPRISE_REMOVAL Request": the device is no longer
 * there. Fail what is queued and pending, and let go of the resources now; the
 * device object stays until IRP_MN_REMOVE_DEVICE, after the last handle.
 */
static NTSTATUS
EduSurpriseRemoval(
    PEDU_EXTENSION Extension,
    PIRP Irp
    )
{
    EduFailAll(Extension, TRUE);
    EduDisableInterface(Extension);
    EduDeleteLink(Extension);
    EduReleaseHardware(Extension);

    Irp->IoStatus.Status = STATUS_SUCCESS;
    return EduPassDown(Extension, Irp);
}

/*
 * WDK, "Handling an IRP_MN_REMOVE_DEVICE Request" and "Using Remove Locks":
 * wait for every other holder of the remove lock, pass the IRP down without
 * waiting for it, then detach and delete the device object.
 */
static NTSTATUS
EduRemoveDevice(
    PEDU_EXTENSION Extension,
    PIRP Irp
    )
{
    NTSTATUS status;

    EduFailAll(Extension, FALSE);
    EduDisableInterface(Extension);
    EduDeleteLink(Extension);
    EduReleaseHardware(Extension);
    IoReleaseRemoveLockAndWait(&Extension->RemoveLock, Irp);

    /* The DPC that ended the last request may not have returned yet. */
    KeFlushQueuedDpcs();

    Irp->IoStatus.Status = STATUS_SUCCESS;
    IoSkipCurrentIrpStackLocation(Irp);
    status = IoCallDriver(Extension->LowerDevice, Irp);

    RtlFreeUnicodeString(&Extension->InterfaceName);
    IoDetachDevice(Extension->LowerDevice);
    IoDeleteDevice(Extension->Self);
    return status;
}

/*
 * WDK, "DispatchPnP Routines". What is not listed here goes down untouched.
 */
NTSTATUS
EduDispatchPnp(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp
    )
{
    PEDU_EXTENSION extension = EduExtension(DeviceObject);
    PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
    NTSTATUS status;

    PAGED_CODE();

    status = IoAcquireRemoveLock(&extension->RemoveLock, Irp);

    if (!NT_SUCCESS(status)) {
        return EduRefuse(Irp, status);
    }

    switch (stack->MinorFunction) {
    case IRP_MN_START_DEVICE:
        return EduStartDevice(extension, Irp);

    case IRP_MN_QUERY_STOP_DEVICE:
        EduHoldQueue(extension, EDU_HOLD_STOPPED);
        break;

    case IRP_MN_CANCEL_STOP_DEVICE:
        return EduCancelQuery(extension, Irp, EDU_HOLD_STOPPED);

    case IRP_MN_STOP_DEVICE:
        EduHoldQueue(extension, EDU_HOLD_STOPPED);
        EduReleaseHardware(extension);
        break;

    case IRP_MN_QUERY_REMOVE_DEVICE:
        EduHoldQueue(extension, EDU_HOLD_REMOVING);
        break;

    case IRP_MN_CANCEL_REMOVE_DEVICE:
        return EduCancelQuery(extension, Irp, EDU_HOLD_REMOVING);

    case IRP_MN_SURPRISE_REMOVAL:
        return EduSurpriseRemoval(extension, Irp);

    case IRP_MN_REMOVE_DEVICE:
        return EduRemoveDevice(extension, Irp);

    default:
        return EduPassDown(extension, Irp);
    }

    Irp->IoStatus.Status = STATUS_SUCCESS;
    return EduPassDown(extension, Irp);
}

/*
 * WDK, "DispatchSystemControl Routines": every WDM driver passes on the WMI
 * requests that are not for it, and none is for this one.
 */
NTSTATUS
EduDispatchSystemControl(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp
    )
{
    PEDU_EXTENSION extension = EduExtension(DeviceObject);
    NTSTATUS status;

    PAGED_CODE();

    status = IoAcquireRemoveLock(&extension->RemoveLock, Irp);

    if (!NT_SUCCESS(status)) {
        return EduRefuse(Irp, status);
    }
    return EduPassDown(extension, Irp);
}
