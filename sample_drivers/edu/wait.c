// SPDX-License-Identifier: GPL-2.0
/*
 * wait.c - IOCTL_EDU_WAIT: requests pending in a list of the driver's own
 */
#include "edu.h"

static DRIVER_CANCEL EduCancelWait;

/*
 * Remove a request from the list. WaitLock is held.
 */
static VOID
EduUnlinkWaiter(
    PEDU_EXTENSION Extension,
    PIRP Irp
    )
{
    RemoveEntryList(&Irp->Tail.Overlay.ListEntry);
    Extension->Statistics.Waiting--;
}

/*
 * WDK, "Cancel Routines in Drivers without StartIo Routines": let go of the
 * system cancel lock at once, as a lock of the driver's own protects the list.
 * Whoever else wants the request sees that its Cancel routine is gone and
 * leaves it in the list.
 */
static VOID
EduCancelWait(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp
    )
{
    PEDU_EXTENSION extension = EduExtension(DeviceObject);
    KIRQL irql;

    IoReleaseCancelSpinLock(Irp->CancelIrql);

    KeAcquireSpinLock(&extension->WaitLock, &irql);
    EduUnlinkWaiter(extension, Irp);
    KeReleaseSpinLock(&extension->WaitLock, irql);

    EduCount(extension, Cancelled);
    EduComplete(extension, Irp, STATUS_CANCELLED, 0);
}

/*
 * WDK, "Synchronizing IRP Cancellation": set the Cancel routine, then look at
 * Irp->Cancel. If the request was cancelled before and nobody took the routine
 * it is ours to complete. If somebody took it, that Cancel routine is waiting
 * for WaitLock and must find the request in the list.
 */
static NTSTATUS
EduInsertWaiter(
    PEDU_EXTENSION Extension,
    PIRP Irp
    )
{
    if (Extension->WaitClosed) {
        return STATUS_DEVICE_NOT_CONNECTED;
    }

    IoSetCancelRoutine(Irp, EduCancelWait);

    if (Irp->Cancel && IoSetCancelRoutine(Irp, NULL) != NULL) {
        EduCount(Extension, Cancelled);
        return STATUS_CANCELLED;
    }

    IoMarkIrpPending(Irp);
    InsertTailList(&Extension->WaitList, &Irp->Tail.Overlay.ListEntry);
    Extension->Statistics.Waiting++;
    return STATUS_PENDING;
}

NTSTATUS
EduWait(
    PEDU_EXTENSION Extension,
    PIRP Irp
    )
{
    NTSTATUS status;
    KIRQL irql;

    KeAcquireSpinLock(&Extension->WaitLock, &irql);
    status = EduInsertWaiter(Extension, Irp);
    KeReleaseSpinLock(&Extension->WaitLock, irql);

    /* Once pending, the IRP may have been completed by now. */
    if (status == STATUS_PENDING) {
        return status;
    }
    return EduComplete(Extension, Irp, status, 0);
}

/*
 * Move the requests that are not being cancelled to a list of the caller's.
 * FileObject NULL means those of all file objects. WaitLock is held.
 */
static VOID
EduTakeWaiters(
    PEDU_EXTENSION Extension,
    PFILE_OBJECT FileObject,
    PLIST_ENTRY List
    )
{
    PLIST_ENTRY entry = Extension->WaitList.Flink;
    PIRP irp;

    while (entry != &Extension->WaitList) {
        irp = CONTAINING_RECORD(entry, IRP, Tail.Overlay.ListEntry);
        entry = entry->Flink;

        if (FileObject != NULL &&
            IoGetCurrentIrpStackLocation(irp)->FileObject != FileObject) {
            continue;
        }

        if (IoSetCancelRoutine(irp, NULL) != NULL) {
            EduUnlinkWaiter(Extension, irp);
            InsertTailList(List, &irp->Tail.Overlay.ListEntry);
        }
    }
}

static VOID
EduCompleteWaiter(
    PEDU_EXTENSION Extension,
    PIRP Irp,
    NTSTATUS Status,
    ULONG Value
    )
{
    ULONG_PTR information = 0;

    if (Status == STATUS_SUCCESS) {
        *(PULONG)Irp->AssociatedIrp.SystemBuffer = Value;
        information = sizeof(ULONG);
        EduCount(Extension, Completed);
    } else if (Status == STATUS_CANCELLED) {
        EduCount(Extension, Cancelled);
    }
    EduComplete(Extension, Irp, Status, information);
}

/*
 * WDK, "Completing IRPs": never with a spin lock held. So take the requests
 * under the lock, and complete them without it.
 */
VOID
EduCompleteWaiters(
    PEDU_EXTENSION Extension,
    PFILE_OBJECT FileObject,
    NTSTATUS Status,
    ULONG Value
    )
{
    LIST_ENTRY list;
    KIRQL irql;
    PIRP irp;

    InitializeListHead(&list);

    KeAcquireSpinLock(&Extension->WaitLock, &irql);
    EduTakeWaiters(Extension, FileObject, &list);
    KeReleaseSpinLock(&Extension->WaitLock, irql);

    while (!IsListEmpty(&list)) {
        irp = CONTAINING_RECORD(RemoveHeadList(&list), IRP, Tail.Overlay.ListEntry);
        EduCompleteWaiter(Extension, irp, Status, Value);
    }
}

/*
 * The device is gone: nobody shall wait for it any more.
 */
VOID
EduCloseWaitList(
    PEDU_EXTENSION Extension
    )
{
    KIRQL irql;

    KeAcquireSpinLock(&Extension->WaitLock, &irql);
    Extension->WaitClosed = TRUE;
    KeReleaseSpinLock(&Extension->WaitLock, irql);

    EduCompleteWaiters(Extension, NULL, STATUS_DEVICE_NOT_CONNECTED, 0);
}
