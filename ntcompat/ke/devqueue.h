/* SPDX-License-Identifier: GPL-2.0 */
/* Device queues at DISPATCH_LEVEL: each request of a StartIo driver passes one twice. */
#ifndef _NTCOMPAT_KE_DEVQUEUE_H
#define _NTCOMPAT_KE_DEVQUEUE_H

#include "spinlock.h"

/* The first entry whose key is above @key, or the head. */
PLIST_ENTRY nt_device_queue_behind(PKDEVICE_QUEUE queue, ULONG key);

/* Queue @entry, or make the queue busy when it is not. */
static __always_inline BOOLEAN nt_device_queue_insert(PKDEVICE_QUEUE queue,
						      PKDEVICE_QUEUE_ENTRY entry, bool by_key,
						      ULONG key)
{
	BOOLEAN queued;

	nt_spin_lock(&queue->Lock);
	queued = queue->Busy;
	if (!queued) {
		queue->Busy = TRUE;
	} else {
		entry->SortKey = key;
		InsertTailList(by_key ? nt_device_queue_behind(queue, key) : &queue->DeviceListHead,
			       &entry->DeviceListEntry);
	}
	entry->Inserted = queued;
	nt_spin_unlock(&queue->Lock);
	return queued;
}

/* With the queue locked: take @entry out, or make the queue idle when nobody waits. */
static __always_inline PKDEVICE_QUEUE_ENTRY nt_device_queue_take(PKDEVICE_QUEUE queue,
								 PLIST_ENTRY entry)
{
	PKDEVICE_QUEUE_ENTRY taken;

	if (IsListEmpty(&queue->DeviceListHead)) {
		queue->Busy = FALSE;
		return NULL;
	}
	RemoveEntryList(entry);
	taken = CONTAINING_RECORD(entry, KDEVICE_QUEUE_ENTRY, DeviceListEntry);
	taken->Inserted = FALSE;
	return taken;
}

static __always_inline PKDEVICE_QUEUE_ENTRY nt_device_queue_remove(PKDEVICE_QUEUE queue)
{
	PKDEVICE_QUEUE_ENTRY entry;

	nt_spin_lock(&queue->Lock);
	entry = nt_device_queue_take(queue, queue->DeviceListHead.Flink);
	nt_spin_unlock(&queue->Lock);
	return entry;
}

#endif /* _NTCOMPAT_KE_DEVQUEUE_H */
