// SPDX-License-Identifier: GPL-2.0
/*
 * dispatch.c - create, cleanup, close, flush; how requests end or are queued
 */
#include "edu.h"

#ifdef ALLOC_PRAGMA
#pragma alloc_text(PAGE, EduDispatchClose)
#pragma alloc_text(PAGE, EduDispatchFlushBuffers)
#endif

/*
 * End a request for which the remove lock was not acquired.
 */
NTSTATUS
EduRefuse(
    PIRP Irp,
    NTSTATUS Status
    )
{
    Irp->IoStatus.Status = Status;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return Status;
}

/*
 * WDK, "Completing IRPs": no lock is held, and after IoCompleteRequest the IRP
 * belongs to the I/O manager: the remove lock takes its address as a tag only.
 */
NTSTATUS
EduComplete(
    PEDU_EXTENSION Extension,
    PIRP Irp,
    NTSTATUS Status,
    ULONG_PTR Information
    )
{
    Irp->IoStatus.Status = Status;
    Irp->IoStatus.Information = Information;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    IoReleaseRemoveLock(&Extension->RemoveLock, Irp);
    return Status;
}

/*
 * WDK, "DispatchCreate, DispatchClose, and DispatchCreateClose Routines". No
 * new handle once IRP_MN_QUERY_REMOVE_DEVICE was agreed to.
 */
NTSTATUS
EduDispatchCreate(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp
    )
{
    PEDU_EXTENSION extension = EduExtension(DeviceObject);
    NTSTATUS status;
    KIRQL irql;

    status = IoAcquireRemoveLock(&extension->RemoveLock, Irp);

    if (!NT_SUCCESS(status)) {
        return EduRefuse(Irp, status);
    }

    KeAcquireSpinLock(&extension->Lock, &irql);

    if (extension->Gone) {
        status = STATUS_DEVICE_NOT_CONNECTED;
    } else if (extension->Hold & EDU_HOLD_REMOVING) {
        status = STATUS_DELETE_PENDING;
    }

    KeReleaseSpinLock(&extension->Lock, irql);
    return EduComplete(extension, Irp, status, 0);
}

/*
 * WDK, "DispatchCleanup Routines": the last handle of a file object is closed;
 * cancel every request of that file object that has not ended. Cleanup and
 * close succeed even when the device is gone, and need no remove lock, since
 * an open file object keeps the device object.
 */
NTSTATUS
EduDispatchCleanup(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp
    )
{
    PEDU_EXTENSION extension = EduExtension(DeviceObject);
    PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);

    EduCancelFile(extension, stack->FileObject);
    EduCompleteWaiters(extension, stack->FileObject, STATUS_CANCELLED, 0);
    return EduRefuse(Irp, STATUS_SUCCESS);
}

/*
 * The last reference to a file object is gone. The driver keeps nothing for
 * each file object, so there is nothing to free.
 */
NTSTATUS
EduDispatchClose(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp
    )
{
    UNREFERENCED_PARAMETER(DeviceObject);

    PAGED_CODE();

    return EduRefuse(Irp, STATUS_SUCCESS);
}

/*
 * WDK, "DispatchFlushBuffers Routines": a write ends when its data is in the
 * device, so at any time nothing is left to flush.
 */
NTSTATUS
EduDispatchFlushBuffers(
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
    return EduComplete(extension, Irp, STATUS_SUCCESS, 0);
}
