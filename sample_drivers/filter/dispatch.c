// SPDX-License-Identifier: GPL-2.0
/*
 * dispatch.c - how requests are passed down
 *
 * The remove lock is held from a request's arrival to its completion, so that
 * IRP_MN_REMOVE_DEVICE waits for all that the filter will still see.
 */
#include "filter.h"

static IO_COMPLETION_ROUTINE FilterCompletion;

#ifdef ALLOC_PRAGMA
#pragma alloc_text(PAGE, FilterDispatchPnp)
#endif

NTSTATUS
FilterComplete(
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

/*
 * WDK, "Implementing an IoCompletion Routine": a routine that lets completion go
 * on passes the pending mark on, as the dispatch routine returned what the
 * driver below did.
 */
static NTSTATUS
FilterCompletion(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp,
    PVOID Context
    )
{
    PFILTER_EXTENSION extension = FilterExtension(DeviceObject);
    UCHAR major = IoGetCurrentIrpStackLocation(Irp)->MajorFunction;

    UNREFERENCED_PARAMETER(Context);

    if (Irp->PendingReturned) {
        IoMarkIrpPending(Irp);
        FilterCount(Pended);
    }

    if (NT_SUCCESS(Irp->IoStatus.Status)) {
        FilterCount(Succeeded);

        if (major == IRP_MJ_READ || major == IRP_MJ_WRITE) {
            InterlockedExchangeAdd((PLONG)&FilterCounts.BytesLow,
                                   (LONG)Irp->IoStatus.Information);
        }
    } else {
        FilterCount(Failed);

        if (Irp->IoStatus.Status == STATUS_CANCELLED) {
            FilterCount(Cancelled);
        }
    }

    IoReleaseRemoveLock(&extension->RemoveLock, Irp);
    return STATUS_CONTINUE_COMPLETION;
}

/*
 * Everything but PnP and power: see it come back, change nothing.
 */
NTSTATUS
FilterDispatch(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp
    )
{
    PFILTER_EXTENSION extension = FilterExtension(DeviceObject);
    NTSTATUS status;

    if (extension->IsControl) {
        return FilterDispatchControl(Irp);
    }

    status = IoAcquireRemoveLock(&extension->RemoveLock, Irp);

    if (!NT_SUCCESS(status)) {
        return FilterComplete(Irp, status, 0);
    }

    FilterCount(Forwarded);
    IoCopyCurrentIrpStackLocationToNext(Irp);
    IoSetCompletionRoutine(Irp, FilterCompletion, NULL, TRUE, TRUE, TRUE);
    return IoCallDriver(extension->LowerDevice, Irp);
}

/*
 * WDK, "Passing Power IRPs".
 */
NTSTATUS
FilterDispatchPower(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp
    )
{
    PFILTER_EXTENSION extension = FilterExtension(DeviceObject);
    NTSTATUS status;

    if (extension->IsControl) {
        PoStartNextPowerIrp(Irp);
        return FilterComplete(Irp, STATUS_INVALID_DEVICE_REQUEST, 0);
    }

    status = IoAcquireRemoveLock(&extension->RemoveLock, Irp);
    PoStartNextPowerIrp(Irp);

    if (!NT_SUCCESS(status)) {
        return FilterComplete(Irp, status, 0);
    }

    FilterCount(Power);
    IoSkipCurrentIrpStackLocation(Irp);
    status = PoCallDriver(extension->LowerDevice, Irp);
    IoReleaseRemoveLock(&extension->RemoveLock, Irp);
    return status;
}

/*
 * WDK, "Removing a Device in a Filter Driver": wait until nothing is on its way
 * through the filter, pass the request down, then detach and go.
 */
static NTSTATUS
FilterRemoveDevice(
    PFILTER_EXTENSION Extension,
    PIRP Irp
    )
{
    NTSTATUS status;

    IoReleaseRemoveLockAndWait(&Extension->RemoveLock, Irp);

    IoSkipCurrentIrpStackLocation(Irp);
    status = IoCallDriver(Extension->LowerDevice, Irp);

    FilterCounts.Attached = 0;
    IoDetachDevice(Extension->LowerDevice);
    IoDeleteDevice(Extension->Self);
    return status;
}

NTSTATUS
FilterDispatchPnp(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp
    )
{
    PFILTER_EXTENSION extension = FilterExtension(DeviceObject);
    NTSTATUS status;

    PAGED_CODE();

    if (extension->IsControl) {
        return FilterComplete(Irp, STATUS_INVALID_DEVICE_REQUEST, 0);
    }

    status = IoAcquireRemoveLock(&extension->RemoveLock, Irp);

    if (!NT_SUCCESS(status)) {
        return FilterComplete(Irp, status, 0);
    }

    FilterCount(Pnp);

    if (IoGetCurrentIrpStackLocation(Irp)->MinorFunction == IRP_MN_REMOVE_DEVICE) {
        return FilterRemoveDevice(extension, Irp);
    }

    IoSkipCurrentIrpStackLocation(Irp);
    status = IoCallDriver(extension->LowerDevice, Irp);
    IoReleaseRemoveLock(&extension->RemoveLock, Irp);
    return status;
}
