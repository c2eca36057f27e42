// SPDX-License-Identifier: GPL-2.0
/*
 * The StartIo queue: one IRP at a time for a device, DeviceObject->CurrentIrp,
 * the others wait in the device queue, sorted when they came with a key.
 */
#include "cancel.h"
#include "device.h"
#include "../gate.h"
#include "../ke/devqueue.h"

static __always_inline void call_start_io(PDEVICE_OBJECT device, PIRP irp)
{
	nt_call_start_io(device->DriverObject->DriverStartIo, device, irp);
}

static void start_next(PDEVICE_OBJECT device, bool cancelable, const ULONG *key)
{
	KIRQL irql = nt_irql_raise_to_dispatch();
	PKDEVICE_QUEUE_ENTRY entry;
	PIRP irp = NULL;

	if (cancelable)
		nt_spin_lock(&nt_cancel_lock);
	device->CurrentIrp = NULL;
	entry = key ? KeRemoveByKeyDeviceQueue(&device->DeviceQueue, *key) :
		      nt_device_queue_remove(&device->DeviceQueue);
	if (entry) {
		irp = CONTAINING_RECORD(entry, IRP, Tail.Overlay.DeviceQueueEntry);
		device->CurrentIrp = irp;
		if (cancelable && nt_device(device)->start_io.not_cancelable)
			IoSetCancelRoutine(irp, NULL);
	}
	if (cancelable)
		nt_spin_unlock(&nt_cancel_lock);
	nt_irql_lower_from_dispatch(irql);
	if (irp)
		call_start_io(device, irp);
}

/* What was asked for while StartIo ran, when it has returned. */
static void start_deferred(PDEVICE_OBJECT device)
{
	struct nt_start_io *start = &nt_device(device)->start_io;

	while (atomic_dec_return(&start->calls)) {
		ULONG key = start->key;

		start_next(device, start->cancelable, start->by_key ? &key : NULL);
	}
}

/*
 * With IoSetStartIoAttributes() StartIo is not called while it runs: who comes
 * meanwhile counts himself, and whoever is inside serves him afterwards.
 */
static void start(PDEVICE_OBJECT device, PIRP irp)
{
	struct nt_start_io *start = &nt_device(device)->start_io;

	if (!start->deferred) {
		call_start_io(device, irp);
		return;
	}
	atomic_inc(&start->calls);
	call_start_io(device, irp);
	start_deferred(device);
}

/* The current IRP's owner asks, and there is only one: its wish is alone. */
static void start_next_later(PDEVICE_OBJECT device, bool cancelable, const ULONG *key)
{
	struct nt_start_io *start = &nt_device(device)->start_io;

	start->cancelable = cancelable;
	start->by_key = key;
	start->key = key ? *key : 0;
	if (atomic_inc_return(&start->calls) > 1)
		return;
	start_next(device, cancelable, key);
	start_deferred(device);
}

static void start_next_or_later(PDEVICE_OBJECT device, bool cancelable, const ULONG *key)
{
	if (nt_device(device)->start_io.deferred)
		start_next_later(device, cancelable, key);
	else
		start_next(device, cancelable, key);
}

/**
 * IoStartPacket - start an IRP, or queue it when the device is busy
 * @DeviceObject: the driver's device; the driver has a StartIo routine
 * @Irp: marked pending
 * @Key: place in the queue: smaller first; NULL for the tail
 * @CancelFunction: Cancel routine to set, or NULL; it is called even when the
 *	IRP was cancelled before
 *
 * IRQL: <= DISPATCH_LEVEL; StartIo runs at DISPATCH_LEVEL.
 */
void IoStartPacket(PDEVICE_OBJECT DeviceObject, PIRP Irp, PULONG Key, PDRIVER_CANCEL CancelFunction)
{
	PKDEVICE_QUEUE_ENTRY entry = &Irp->Tail.Overlay.DeviceQueueEntry;
	KIRQL irql = nt_irql_raise_to_dispatch();
	BOOLEAN queued;

	if (CancelFunction) {
		nt_spin_lock(&nt_cancel_lock);
		IoSetCancelRoutine(Irp, CancelFunction);
	}
	queued = Key ? KeInsertByKeyDeviceQueue(&DeviceObject->DeviceQueue, entry, *Key) :
		       nt_device_queue_insert(&DeviceObject->DeviceQueue, entry, false, 0);
	if (!queued) {
		DeviceObject->CurrentIrp = Irp;
		if (CancelFunction && nt_device(DeviceObject)->start_io.not_cancelable)
			IoSetCancelRoutine(Irp, NULL);
		if (CancelFunction)
			nt_spin_unlock(&nt_cancel_lock);
		start(DeviceObject, Irp);
	} else if (CancelFunction) {
		/* Cancelled before the routine was set: nobody else will call it. */
		if (Irp->Cancel && IoSetCancelRoutine(Irp, NULL)) {
			Irp->CancelIrql = DISPATCH_LEVEL;
			nt_call_cancel(CancelFunction, DeviceObject, Irp);
		} else {
			nt_spin_unlock(&nt_cancel_lock);
		}
	}
	nt_irql_lower_from_dispatch(irql);
}
EXPORT_SYMBOL(IoStartPacket);

/**
 * IoStartNextPacket - the current IRP is done: start the next
 * @DeviceObject: the driver's device
 * @Cancelable: the driver uses Cancel routines for queued IRPs
 *
 * IRQL: DISPATCH_LEVEL.
 */
void IoStartNextPacket(PDEVICE_OBJECT DeviceObject, BOOLEAN Cancelable)
{
	start_next_or_later(DeviceObject, Cancelable, NULL);
}
EXPORT_SYMBOL(IoStartNextPacket);

/**
 * IoStartNextPacketByKey - start the IRP whose key is not below a value
 * @DeviceObject: the driver's device
 * @Cancelable: the driver uses Cancel routines for queued IRPs
 * @Key: the value; the search starts over when no key is that high
 *
 * IRQL: DISPATCH_LEVEL.
 */
void IoStartNextPacketByKey(PDEVICE_OBJECT DeviceObject, BOOLEAN Cancelable, ULONG Key)
{
	start_next_or_later(DeviceObject, Cancelable, &Key);
}
EXPORT_SYMBOL(IoStartNextPacketByKey);

/**
 * IoSetStartIoAttributes - how a device's StartIo routine is called
 * @DeviceObject: the driver's device, without requests
 * @DeferredStartIo: never within itself: IoStartNextPacket() in StartIo has its effect
 *	when that returns
 * @NonCancelable: an IRP that IoStartNextPacket() takes off the queue loses its Cancel
 *	routine
 *
 * IRQL: any.
 */
void IoSetStartIoAttributes(PDEVICE_OBJECT DeviceObject, BOOLEAN DeferredStartIo,
			    BOOLEAN NonCancelable)
{
	struct nt_start_io *start = &nt_device(DeviceObject)->start_io;

	start->deferred = DeferredStartIo;
	start->not_cancelable = NonCancelable;
}
EXPORT_SYMBOL(IoSetStartIoAttributes);
