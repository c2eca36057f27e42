// SPDX-License-Identifier: GPL-2.0
/*
 * queue.c - hold the queue of requests, empty it, fail it
 */
#include "edu.h"

/*
 * WDK, "Holding Incoming IRPs When a Device Is Paused": from now on StartIo
 * holds what it gets, and what waits behind that waits in the device queue.
 * Return when no request uses the hardware; the watchdog bounds the wait.
 */
VOID
EduHoldQueue(
    PEDU_EXTENSION Extension,
    ULONG Reason
    )
{
    KIRQL irql;

    KeAcquireSpinLock(&Extension->Lock, &irql);
    Extension->Hold |= Reason;
    KeReleaseSpinLock(&Extension->Lock, irql);

    KeWaitForSingleObject(&Extension->Quiet, Executive, KernelMode, FALSE, NULL);
}

VOID
EduReleaseQueue(
    PEDU_EXTENSION Extension,
    ULONG Reason
    )
{
    BOOLEAN begin = FALSE;
    KIRQL irql;

    KeAcquireSpinLock(&Extension->Lock, &irql);
    Extension->Hold &= ~Reason;

    if (Extension->Hold == 0 && Extension->Stage == EduStageHeld && EduClaim(Extension)) {
        Extension->Stage = EduStageStarting;
        Extension->TicksLeft = EDU_WATCHDOG_TICKS;
        begin = TRUE;
    }
    KeReleaseSpinLock(&Extension->Lock, irql);

    if (begin) {
        KeRaiseIrql(DISPATCH_LEVEL, &irql);
        EduBegin(Extension);
        KeLowerIrql(irql);
    }
}

/*
 * Move the requests of a file object from the device queue to a list. With the
 * system cancel lock held nobody puts packets into the queue or takes them
 * out, and none of them can be cancelled.
 */
static VOID
EduTakeQueued(
    PDEVICE_OBJECT DeviceObject,
    PFILE_OBJECT FileObject,
    PLIST_ENTRY List
    )
{
    PLIST_ENTRY head = &DeviceObject->DeviceQueue.DeviceListHead;
    PLIST_ENTRY entry = head->Flink;
    KIRQL irql;
    PIRP irp;

    IoAcquireCancelSpinLock(&irql);

    for (entry = head->Flink; entry != head; ) {
        irp = CONTAINING_RECORD(entry, IRP, Tail.Overlay.DeviceQueueEntry.DeviceListEntry);
        entry = entry->Flink;

        if (IoGetCurrentIrpStackLocation(irp)->FileObject == FileObject) {
            IoSetCancelRoutine(irp, NULL);
            KeRemoveEntryDeviceQueue(&DeviceObject->DeviceQueue,
                                     &irp->Tail.Overlay.DeviceQueueEntry);
            InsertTailList(List, &irp->Tail.Overlay.ListEntry);
        }
    }
    IoReleaseCancelSpinLock(irql);
}

/*
 * Cancel what a file object has in the queue and, if it is in a stage that can
 * be cancelled, its current request.
 */
VOID
EduCancelFile(
    PEDU_EXTENSION Extension,
    PFILE_OBJECT FileObject
    )
{
    BOOLEAN claimed;
    LIST_ENTRY list;
    KIRQL irql;
    PIRP irp;

    InitializeListHead(&list);
    EduTakeQueued(Extension->Self, FileObject, &list);

    while (!IsListEmpty(&list)) {
        irp = CONTAINING_RECORD(RemoveHeadList(&list), IRP, Tail.Overlay.ListEntry);
        EduCount(Extension, Cancelled);
        EduComplete(Extension, irp, STATUS_CANCELLED, 0);
    }

    KeAcquireSpinLock(&Extension->Lock, &irql);
    claimed = Extension->Stage != EduStageDma &&
              Extension->Irp != NULL &&
              IoGetCurrentIrpStackLocation(Extension->Irp)->FileObject == FileObject &&
              EduClaim(Extension);
    KeReleaseSpinLock(&Extension->Lock, irql);

    if (claimed) {
        EduEndLater(Extension, STATUS_CANCELLED, 0);
    }
}

/*
 * Fail all requests, now and from now on. The queue empties itself: each
 * request ends as soon as StartIo gets it. A transfer that runs when the
 * device is removed in good order is left to its interrupt or to the watchdog.
 */
VOID
EduFailAll(
    PEDU_EXTENSION Extension,
    BOOLEAN Surprise
    )
{
    BOOLEAN claimed;
    KIRQL irql;

    KeAcquireSpinLock(&Extension->Lock, &irql);
    Extension->Gone = TRUE;
    claimed = (Surprise || Extension->Stage != EduStageDma) && EduClaim(Extension);
    KeReleaseSpinLock(&Extension->Lock, irql);

    if (claimed) {
        EduEndLater(Extension, STATUS_DEVICE_NOT_CONNECTED, 0);
    }
    EduCloseWaitList(Extension);
}
