// SPDX-License-Identifier: GPL-2.0
/* IoStartPacket, IoStartNextPacket and the StartIo routine. */
#include "conform.h"

static struct {
	ULONG Count;
	PIRP Irp[8];
	KIRQL Irql;
	ULONG Cancelled;
	BOOLEAN NextInside;		/* StartIo ends its IRP at once */
	ULONG Depth, MaximumDepth;
} Log;

/* Never looks at the IRP: the tests make them and know them by their address. */
VOID ConformStartIo(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	Log.Depth++;
	if (Log.Depth > Log.MaximumDepth)
		Log.MaximumDepth = Log.Depth;
	if (Log.Count < RTL_NUMBER_OF(Log.Irp))
		Log.Irp[Log.Count] = Irp;
	Log.Count++;
	Log.Irql = KeGetCurrentIrql();
	if (Log.NextInside)
		IoStartNextPacket(DeviceObject, FALSE);
	Log.Depth--;
}

static VOID CancelQueued(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	BOOLEAN Removed = KeRemoveEntryDeviceQueue(&DeviceObject->DeviceQueue,
						   &Irp->Tail.Overlay.DeviceQueueEntry);

	Log.Cancelled += Removed;
	IoReleaseCancelSpinLock(Irp->CancelIrql);
}

#define IRPS	5

static PDEVICE_OBJECT Prepare(PCONFORM_TEST_CONTEXT T, PIRP *Irps)
{
	PDEVICE_OBJECT Device;
	ULONG i;

	RtlZeroMemory(&Log, sizeof(Log));
	CHECK_EQ(STATUS_SUCCESS, IoCreateDevice(T->Driver, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE,
						&Device));
	for (i = 0; Device && i < IRPS; i++) {
		Irps[i] = IoAllocateIrp(1, FALSE);
		CHECK(Irps[i] != NULL);
		if (!Irps[i])
			return NULL;
		/* As the I/O manager would have sent it to the device. */
		IoSetNextIrpStackLocation(Irps[i]);
		IoGetCurrentIrpStackLocation(Irps[i])->DeviceObject = Device;
	}
	return Device;
}

static VOID CleanUp(PDEVICE_OBJECT Device, PIRP *Irps)
{
	ULONG i;

	for (i = 0; i < IRPS; i++)
		IoFreeIrp(Irps[i]);
	IoDeleteDevice(Device);
}

static VOID Next(PDEVICE_OBJECT Device)
{
	KIRQL Irql;

	KeRaiseIrql(DISPATCH_LEVEL, &Irql);
	IoStartNextPacket(Device, FALSE);
	KeLowerIrql(Irql);
}

static VOID NextByKey(PDEVICE_OBJECT Device, ULONG Key)
{
	KIRQL Irql;

	KeRaiseIrql(DISPATCH_LEVEL, &Irql);
	IoStartNextPacketByKey(Device, FALSE, Key);
	KeLowerIrql(Irql);
}

/* "IoStartNextPacketByKey", "KeRemoveByKeyDeviceQueue": the first key that is not less; or the first. */
VOID StartPacketByKey(PCONFORM_TEST_CONTEXT T)
{
	PIRP Irps[IRPS];
	PDEVICE_OBJECT Device = Prepare(T, Irps);
	ULONG Key;

	if (!Device)
		return;
	IoStartPacket(Device, Irps[0], NULL, NULL);
	for (Key = 1; Key < 4; Key++) {
		ULONG TenFold = Key * 10;

		IoStartPacket(Device, Irps[Key], &TenFold, NULL);
	}
	NextByKey(Device, 15);
	CHECK(Log.Irp[1] == Irps[2]);
	NextByKey(Device, 31);
	CHECK(Log.Irp[2] == Irps[1]);
	NextByKey(Device, 30);
	CHECK(Log.Irp[3] == Irps[3]);
	NextByKey(Device, 0);
	CHECK_EQ(4, Log.Count);
	CHECK(Device->CurrentIrp == NULL);
	CleanUp(Device, Irps);
}

/*
 * "IoStartPacket": calls StartIo at DISPATCH_LEVEL when the device is idle, else
 * queues, by key if one is given. "IoStartNextPacket": the next one, CurrentIrp
 * is NULL when there is none.
 */
VOID StartPacketOrder(PCONFORM_TEST_CONTEXT T)
{
	PIRP Irps[IRPS];
	PDEVICE_OBJECT Device = Prepare(T, Irps);
	ULONG Key;

	if (!Device)
		return;
	IoStartPacket(Device, Irps[0], NULL, NULL);
	CHECK_EQ(1, Log.Count);
	CHECK_EQ(DISPATCH_LEVEL, Log.Irql);
	CHECK(Device->CurrentIrp == Irps[0]);
	Key = 20;
	IoStartPacket(Device, Irps[1], &Key, NULL);
	Key = 10;
	IoStartPacket(Device, Irps[2], &Key, NULL);
	Key = 30;
	IoStartPacket(Device, Irps[3], &Key, NULL);
	CHECK_EQ(1, Log.Count);
	Next(Device);
	CHECK(Log.Irp[1] == Irps[2] && Device->CurrentIrp == Irps[2]);
	Next(Device);
	CHECK(Log.Irp[2] == Irps[1]);
	Next(Device);
	CHECK(Log.Irp[3] == Irps[3]);
	CHECK_EQ(4, Log.Count);
	Next(Device);
	CHECK_EQ(4, Log.Count);
	CHECK(Device->CurrentIrp == NULL);
	IoStartPacket(Device, Irps[4], NULL, NULL);
	CHECK_EQ(5, Log.Count);
	Next(Device);
	CleanUp(Device, Irps);
}

/*
 * The Cancel routine given to IoStartPacket is called for a queued IRP that is
 * cancelled; an IRP that was cancelled never reaches StartIo.
 */
VOID StartPacketCancel(PCONFORM_TEST_CONTEXT T)
{
	PIRP Irps[IRPS];
	PDEVICE_OBJECT Device = Prepare(T, Irps);
	KIRQL Irql;
	ULONG i;

	if (!Device)
		return;
	for (i = 0; i < IRPS; i++)
		IoStartPacket(Device, Irps[i], NULL, CancelQueued);
	CHECK_EQ(1, Log.Count);
	CHECK(IoCancelIrp(Irps[2]));
	CHECK(Irps[2]->Cancel);
	CHECK(Irps[2]->CancelRoutine == NULL);
	CHECK_EQ(1, Log.Cancelled);
	for (i = 0; i < IRPS; i++) {
		KeRaiseIrql(DISPATCH_LEVEL, &Irql);
		IoStartNextPacket(Device, TRUE);
		KeLowerIrql(Irql);
	}
	CHECK_EQ(4, Log.Count);
	CHECK(Log.Irp[1] == Irps[1]);
	CHECK(Log.Irp[2] == Irps[3]);
	CHECK(Log.Irp[3] == Irps[4]);
	CHECK(Device->CurrentIrp == NULL);
	CleanUp(Device, Irps);
}

/*
 * "IoSetStartIoAttributes": with DeferredStartIo, StartIo is not called within
 * itself; without, IoStartNextPacket in it goes deeper each time.
 */
VOID StartIoDeferred(PCONFORM_TEST_CONTEXT T)
{
	PIRP Irps[IRPS];
	ULONG Deferred, i;

	for (Deferred = 0; Deferred < 2; Deferred++) {
		PDEVICE_OBJECT Device = Prepare(T, Irps);

		if (!Device)
			return;
		IoSetStartIoAttributes(Device, (BOOLEAN)Deferred, FALSE);
		for (i = 0; i < IRPS; i++)
			IoStartPacket(Device, Irps[i], NULL, NULL);
		CHECK_EQ(1, Log.Count);
		Log.NextInside = TRUE;
		Next(Device);
		CHECK_EQ(IRPS, Log.Count);
		for (i = 0; i < IRPS; i++)
			CHECK_EQ(Irps[i], Log.Irp[i]);
		CHECK_EQ(Deferred ? 1 : IRPS - 1, Log.MaximumDepth);
		CHECK(Device->CurrentIrp == NULL);
		/* And again: the device is idle now. */
		IoStartPacket(Device, Irps[0], NULL, NULL);
		CHECK_EQ(IRPS + 1, Log.Count);
		CHECK(Device->CurrentIrp == NULL);
		CleanUp(Device, Irps);
	}
}

static VOID NeverCalled(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	UNREFERENCED_PARAMETER(DeviceObject);
	Log.Cancelled = 100;
	IoReleaseCancelSpinLock(Irp->CancelIrql);
}

/* "IoSetStartIoAttributes": with NonCancelable an IRP loses its Cancel routine when it starts. */
VOID StartIoNonCancelable(PCONFORM_TEST_CONTEXT T)
{
	PIRP Irps[IRPS];
	PDEVICE_OBJECT Device = Prepare(T, Irps);
	KIRQL Irql;

	if (!Device)
		return;
	IoSetStartIoAttributes(Device, FALSE, TRUE);
	IoStartPacket(Device, Irps[0], NULL, NeverCalled);
	CHECK(Irps[0]->CancelRoutine == NULL);
	IoStartPacket(Device, Irps[1], NULL, NeverCalled);
	CHECK(Irps[1]->CancelRoutine != NULL);
	KeRaiseIrql(DISPATCH_LEVEL, &Irql);
	IoStartNextPacket(Device, TRUE);
	KeLowerIrql(Irql);
	CHECK_EQ(Irps[1], Device->CurrentIrp);
	CHECK(Irps[1]->CancelRoutine == NULL);
	CHECK(!IoCancelIrp(Irps[1]));
	CHECK_EQ(0, Log.Cancelled);
	Next(Device);
	CleanUp(Device, Irps);
}
