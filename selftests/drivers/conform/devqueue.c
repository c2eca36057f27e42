// SPDX-License-Identifier: GPL-2.0
/* Device queues. */
#include "conform.h"

typedef struct _ITEM {
	KDEVICE_QUEUE_ENTRY Entry;
	ULONG Id;
} ITEM, *PITEM;

static KDEVICE_QUEUE Queue;
static ITEM Items[10];

/* The routines belong at DISPATCH_LEVEL, so each call goes there. */
static BOOLEAN Insert(ULONG Id)
{
	BOOLEAN Queued;
	KIRQL Irql;

	Items[Id].Id = Id;
	KeRaiseIrql(DISPATCH_LEVEL, &Irql);
	Queued = KeInsertDeviceQueue(&Queue, &Items[Id].Entry);
	KeLowerIrql(Irql);
	return Queued;
}

static BOOLEAN InsertByKey(ULONG Id, ULONG Key)
{
	BOOLEAN Queued;
	KIRQL Irql;

	Items[Id].Id = Id;
	KeRaiseIrql(DISPATCH_LEVEL, &Irql);
	Queued = KeInsertByKeyDeviceQueue(&Queue, &Items[Id].Entry, Key);
	KeLowerIrql(Irql);
	return Queued;
}

static LONG IdOf(PKDEVICE_QUEUE_ENTRY Entry)
{
	return Entry ? (LONG)CONTAINING_RECORD(Entry, ITEM, Entry)->Id : -1;
}

static LONG Remove(VOID)
{
	PKDEVICE_QUEUE_ENTRY Entry;
	KIRQL Irql;

	KeRaiseIrql(DISPATCH_LEVEL, &Irql);
	Entry = KeRemoveDeviceQueue(&Queue);
	KeLowerIrql(Irql);
	return IdOf(Entry);
}

static LONG RemoveByKey(ULONG Key)
{
	PKDEVICE_QUEUE_ENTRY Entry;
	KIRQL Irql;

	KeRaiseIrql(DISPATCH_LEVEL, &Irql);
	Entry = KeRemoveByKeyDeviceQueue(&Queue, Key);
	KeLowerIrql(Irql);
	return IdOf(Entry);
}

/*
 * "KeInsertDeviceQueue": FALSE when the queue was not busy: then it is, and the
 * entry is not queued. "KeRemoveDeviceQueue": NULL and not busy when empty.
 */
VOID DeviceQueueBusy(PCONFORM_TEST_CONTEXT T)
{
	KeInitializeDeviceQueue(&Queue);
	CHECK(!Queue.Busy);
	CHECK(!Insert(0));
	CHECK(Queue.Busy);
	CHECK_EQ(-1, Remove());
	CHECK(!Queue.Busy);
	CHECK(!Insert(1));
	CHECK(Insert(2));
	CHECK_EQ(2, Remove());
	CHECK(Queue.Busy);
	CHECK_EQ(-1, Remove());
	CHECK(!Queue.Busy);
}

/* The same pages: first in, first out. */
VOID DeviceQueueOrder(PCONFORM_TEST_CONTEXT T)
{
	LONG i;

	KeInitializeDeviceQueue(&Queue);
	Insert(0);
	for (i = 1; i < 6; i++)
		CHECK(Insert(i));
	for (i = 1; i < 6; i++)
		CHECK_EQ(i, Remove());
	CHECK_EQ(-1, Remove());
}

/*
 * "KeInsertByKeyDeviceQueue": ascending keys, equal ones in order of arrival.
 * "KeRemoveByKeyDeviceQueue": the first whose key is not below the given one,
 * the first of all when there is none.
 */
VOID DeviceQueueByKey(PCONFORM_TEST_CONTEXT T)
{
	static const ULONG Keys[] = { 0, 30, 10, 20, 10, 0xffffffff, 0 };
	LONG i;

	KeInitializeDeviceQueue(&Queue);
	CHECK(!InsertByKey(0, Keys[0]));
	for (i = 1; i < (LONG)RTL_NUMBER_OF(Keys); i++)
		CHECK(InsertByKey(i, Keys[i]));
	/* Now 6 (0), 2 (10), 4 (10), 3 (20), 1 (30), 5 (max). */
	CHECK_EQ(2, RemoveByKey(1));
	CHECK_EQ(3, RemoveByKey(20));
	CHECK_EQ(1, RemoveByKey(21));
	CHECK_EQ(5, RemoveByKey(0xffffffff));
	CHECK_EQ(6, RemoveByKey(11));
	CHECK_EQ(4, Remove());
	CHECK(Queue.Busy);
	CHECK_EQ(-1, RemoveByKey(0));
	CHECK(!Queue.Busy);

	InsertByKey(0, 0);
	for (i = 1; i < 5; i++)
		InsertByKey(i, 5);
	for (i = 1; i < 5; i++)
		CHECK_EQ(i, RemoveByKey(0));
	CHECK_EQ(-1, Remove());
}

/* "KeRemoveEntryDeviceQueue": TRUE when it was queued; the others stay. */
VOID DeviceQueueEntry(PCONFORM_TEST_CONTEXT T)
{
	KeInitializeDeviceQueue(&Queue);
	RtlZeroMemory(Items, sizeof(Items));
	Insert(0);
	Insert(1);
	Insert(2);
	Insert(3);
	CHECK(!KeRemoveEntryDeviceQueue(&Queue, &Items[0].Entry));
	CHECK(KeRemoveEntryDeviceQueue(&Queue, &Items[2].Entry));
	CHECK(!KeRemoveEntryDeviceQueue(&Queue, &Items[2].Entry));
	CHECK(Queue.Busy);
	CHECK_EQ(1, Remove());
	CHECK(!KeRemoveEntryDeviceQueue(&Queue, &Items[1].Entry));
	CHECK(KeRemoveEntryDeviceQueue(&Queue, &Items[3].Entry));
	/* Empty, and busy until somebody finds it so. */
	CHECK(Queue.Busy);
	CHECK_EQ(-1, Remove());
	CHECK(!Queue.Busy);
}
