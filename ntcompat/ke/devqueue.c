// SPDX-License-Identifier: GPL-2.0
/*
 * Device queues: "busy" and a sorted list of who waits. An insertion into a
 * queue that is not busy does not queue, it makes the queue busy: the caller's
 * request is the current one.
 */
#include "devqueue.h"

/**
 * KeInitializeDeviceQueue - prepare a device queue, empty and not busy
 * @DeviceQueue: resident storage for it
 *
 * IRQL: <= DISPATCH_LEVEL.
 */
void KeInitializeDeviceQueue(PKDEVICE_QUEUE DeviceQueue)
{
	DeviceQueue->Type = 20;		/* DeviceQueueObject */
	DeviceQueue->Size = sizeof(*DeviceQueue);
	InitializeListHead(&DeviceQueue->DeviceListHead);
	KeInitializeSpinLock(&DeviceQueue->Lock);
	DeviceQueue->Hint = 0;
}
EXPORT_SYMBOL(KeInitializeDeviceQueue);

/* The first entry whose key is above @key, or the head. */
PLIST_ENTRY nt_device_queue_behind(PKDEVICE_QUEUE queue, ULONG key)
{
	PLIST_ENTRY entry;

	for (entry = queue->DeviceListHead.Flink; entry != &queue->DeviceListHead;
	     entry = entry->Flink)
		if (CONTAINING_RECORD(entry, KDEVICE_QUEUE_ENTRY, DeviceListEntry)->SortKey > key)
			break;
	return entry;
}

/* Also for callers below DISPATCH_LEVEL, who should not be there. */
static BOOLEAN insert(PKDEVICE_QUEUE queue, PKDEVICE_QUEUE_ENTRY entry, bool by_key, ULONG key)
{
	KIRQL irql = nt_irql_raise_to_dispatch();
	BOOLEAN queued = nt_device_queue_insert(queue, entry, by_key, key);

	nt_irql_lower_from_dispatch(irql);
	return queued;
}

/**
 * KeInsertDeviceQueue - queue an entry behind all others if the device is busy
 * @DeviceQueue: initialised queue
 * @DeviceQueueEntry: the entry
 *
 * IRQL: DISPATCH_LEVEL. Returns FALSE when the queue was not busy: it is now,
 * and the entry was not queued.
 */
BOOLEAN KeInsertDeviceQueue(PKDEVICE_QUEUE DeviceQueue, PKDEVICE_QUEUE_ENTRY DeviceQueueEntry)
{
	return insert(DeviceQueue, DeviceQueueEntry, false, 0);
}
EXPORT_SYMBOL(KeInsertDeviceQueue);

/**
 * KeInsertByKeyDeviceQueue - the same, sorted by key
 * @DeviceQueue: initialised queue
 * @DeviceQueueEntry: the entry
 * @SortKey: smaller ones come first; equal ones in order of arrival
 *
 * IRQL: DISPATCH_LEVEL.
 */
BOOLEAN KeInsertByKeyDeviceQueue(PKDEVICE_QUEUE DeviceQueue, PKDEVICE_QUEUE_ENTRY DeviceQueueEntry,
				 ULONG SortKey)
{
	return insert(DeviceQueue, DeviceQueueEntry, true, SortKey);
}
EXPORT_SYMBOL(KeInsertByKeyDeviceQueue);

/**
 * KeRemoveDeviceQueue - the entry at the head
 * @DeviceQueue: busy queue
 *
 * IRQL: DISPATCH_LEVEL. NULL when nobody waits: the queue is not busy then.
 */
PKDEVICE_QUEUE_ENTRY KeRemoveDeviceQueue(PKDEVICE_QUEUE DeviceQueue)
{
	KIRQL irql = nt_irql_raise_to_dispatch();
	PKDEVICE_QUEUE_ENTRY entry = nt_device_queue_remove(DeviceQueue);

	nt_irql_lower_from_dispatch(irql);
	return entry;
}
EXPORT_SYMBOL(KeRemoveDeviceQueue);

/**
 * KeRemoveByKeyDeviceQueue - the first entry whose key is not below a value
 * @DeviceQueue: busy queue
 * @SortKey: the value; when all keys are below it the search starts over
 *
 * IRQL: DISPATCH_LEVEL.
 */
PKDEVICE_QUEUE_ENTRY KeRemoveByKeyDeviceQueue(PKDEVICE_QUEUE DeviceQueue, ULONG SortKey)
{
	PKDEVICE_QUEUE_ENTRY taken;
	PLIST_ENTRY entry;
	KIRQL irql;

	KeAcquireSpinLock(&DeviceQueue->Lock, &irql);
	entry = SortKey ? nt_device_queue_behind(DeviceQueue, SortKey - 1) :
			  DeviceQueue->DeviceListHead.Flink;
	if (entry == &DeviceQueue->DeviceListHead)
		entry = entry->Flink;
	taken = nt_device_queue_take(DeviceQueue, entry);
	KeReleaseSpinLock(&DeviceQueue->Lock, irql);
	return taken;
}
EXPORT_SYMBOL(KeRemoveByKeyDeviceQueue);

/**
 * KeRemoveEntryDeviceQueue - take one given entry out
 * @DeviceQueue: initialised queue
 * @DeviceQueueEntry: the entry
 *
 * IRQL: <= DISPATCH_LEVEL. Returns FALSE when it was not in the queue.
 */
BOOLEAN KeRemoveEntryDeviceQueue(PKDEVICE_QUEUE DeviceQueue, PKDEVICE_QUEUE_ENTRY DeviceQueueEntry)
{
	BOOLEAN removed;
	KIRQL irql;

	KeAcquireSpinLock(&DeviceQueue->Lock, &irql);
	removed = DeviceQueueEntry->Inserted;
	if (removed) {
		RemoveEntryList(&DeviceQueueEntry->DeviceListEntry);
		DeviceQueueEntry->Inserted = FALSE;
	}
	KeReleaseSpinLock(&DeviceQueue->Lock, irql);
	return removed;
}
EXPORT_SYMBOL(KeRemoveEntryDeviceQueue);
