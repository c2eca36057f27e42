// SPDX-License-Identifier: GPL-2.0
/*
 * The StartIo queue: one IRP at a time for a device, DeviceObject->CurrentIrp,
 * the others wait in the device queue, sorted when they came with a key.
 */
#include "../gate.h"

static void start(PDEVICE_OBJECT device, PIRP irp)
{
	nt_call_start_io(device->DriverObject->DriverStartIo, device, irp);
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
	KIRQL irql = KeRaiseIrqlToDpcLevel(), cancel_irql;
	BOOLEAN queued;

	if (CancelFunction) {
		IoAcquireCancelSpinLock(&cancel_irql);
		IoSetCancelRoutine(Irp, CancelFunction);
	}
	queued = Key ? KeInsertByKeyDeviceQueue(&DeviceObject->DeviceQueue, entry, *Key) :
		       KeInsertDeviceQueue(&DeviceObject->DeviceQueue, entry);
	if (!queued) {
		DeviceObject->CurrentIrp = Irp;
		if (CancelFunction)
			IoReleaseCancelSpinLock(cancel_irql);
		start(DeviceObject, Irp);
	} else if (CancelFunction) {
		/* Cancelled before the routine was set: nobody else will call it. */
		if (Irp->Cancel && IoSetCancelRoutine(Irp, NULL)) {
			Irp->CancelIrql = cancel_irql;
			nt_call_cancel(CancelFunction, DeviceObject, Irp);
		} else {
			IoReleaseCancelSpinLock(cancel_irql);
		}
	}
	KeLowerIrql(irql);
}
EXPORT_SYMBOL(IoStartPacket);

static void start_next(PDEVICE_OBJECT device, bool cancelable, const ULONG *key)
{
	PKDEVICE_QUEUE_ENTRY entry;
	PIRP irp = NULL;
	KIRQL cancel_irql;

	if (cancelable)
		IoAcquireCancelSpinLock(&cancel_irql);
	device->CurrentIrp = NULL;
	entry = key ? KeRemoveByKeyDeviceQueue(&device->DeviceQueue, *key) :
		      KeRemoveDeviceQueue(&device->DeviceQueue);
	if (entry) {
		irp = CONTAINING_RECORD(entry, IRP, Tail.Overlay.DeviceQueueEntry);
		device->CurrentIrp = irp;
	}
	if (cancelable)
		IoReleaseCancelSpinLock(cancel_irql);
	if (irp)
		start(device, irp);
}

/**
 * IoStartNextPacket - the current IRP is done: start the next
 * @DeviceObject: the driver's device
 * @Cancelable: the driver uses Cancel routines for queued IRPs
 *
 * IRQL: DISPATCH_LEVEL.
 */
void IoStartNextPacket(PDEVICE_OBJECT DeviceObject, BOOLEAN Cancelable)
{
	start_next(DeviceObject, Cancelable, NULL);
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
	start_next(DeviceObject, Cancelable, &Key);
}
EXPORT_SYMBOL(IoStartNextPacketByKey);
