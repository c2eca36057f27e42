// SPDX-License-Identifier: GPL-2.0
/* Work items. */
#include "conform.h"

#define TAG	'kroW'

typedef struct _WORK_NOTES {
	KEVENT Done;
	LONG Calls;
	PVOID Object, Item;
	KIRQL Irql;
	PIO_WORKITEM Again;
	KEVENT Go;
} WORK_NOTES, *PWORK_NOTES;

static BOOLEAN Comes(PRKEVENT Event)
{
	LARGE_INTEGER Soon = Milliseconds(SOON_MS);

	return KeWaitForSingleObject(Event, Executive, KernelMode, FALSE, &Soon) == STATUS_SUCCESS;
}

static VOID InitNotes(PWORK_NOTES Notes)
{
	RtlZeroMemory(Notes, sizeof(*Notes));
	KeInitializeEvent(&Notes->Done, SynchronizationEvent, FALSE);
	KeInitializeEvent(&Notes->Go, NotificationEvent, FALSE);
}

static IO_WORKITEM_ROUTINE NoteWork;
static VOID NoteWork(PDEVICE_OBJECT DeviceObject, PVOID Context)
{
	PWORK_NOTES Notes = Context;

	Notes->Object = DeviceObject;
	Notes->Irql = KeGetCurrentIrql();
	InterlockedIncrement(&Notes->Calls);
	KeSetEvent(&Notes->Done, IO_NO_INCREMENT, FALSE);
}

/* "IoQueueWorkItem": the routine gets its device and context at PASSIVE_LEVEL. */
VOID WorkItemRuns(PCONFORM_TEST_CONTEXT T)
{
	PDEVICE_OBJECT Device = T->Driver->DeviceObject;
	PIO_WORKITEM Item = IoAllocateWorkItem(Device);
	WORK_NOTES Notes;
	LONG i;

	CHECK(Item != NULL);
	if (!Item)
		return;
	for (i = 1; i <= 3; i++) {
		InitNotes(&Notes);
		IoQueueWorkItem(Item, NoteWork, i == 1 ? DelayedWorkQueue : CriticalWorkQueue, &Notes);
		CHECK(Comes(&Notes.Done));
		CHECK_EQ(Device, Notes.Object);
		CHECK_EQ(PASSIVE_LEVEL, Notes.Irql);
		CHECK_EQ(1, Notes.Calls);
	}
	IoFreeWorkItem(Item);
}

/* "IoQueueWorkItem": IRQL <= DISPATCH_LEVEL. */
VOID WorkItemAtDispatch(PCONFORM_TEST_CONTEXT T)
{
	PIO_WORKITEM Item;
	WORK_NOTES Notes;
	KIRQL Irql;

	InitNotes(&Notes);
	KeRaiseIrql(DISPATCH_LEVEL, &Irql);
	Item = IoAllocateWorkItem(T->Driver->DeviceObject);
	if (Item)
		IoQueueWorkItem(Item, NoteWork, DelayedWorkQueue, &Notes);
	KeLowerIrql(Irql);
	CHECK(Item != NULL);
	if (!Item)
		return;
	CHECK(Comes(&Notes.Done));
	KeRaiseIrql(DISPATCH_LEVEL, &Irql);
	IoFreeWorkItem(Item);
	KeLowerIrql(Irql);
}

static IO_WORKITEM_ROUTINE_EX FreeOwn;
static VOID FreeOwn(PVOID IoObject, PVOID Context, PIO_WORKITEM IoWorkItem)
{
	PWORK_NOTES Notes = Context;

	Notes->Object = IoObject;
	Notes->Item = IoWorkItem;
	IoFreeWorkItem(IoWorkItem);
	KeSetEvent(&Notes->Done, IO_NO_INCREMENT, FALSE);
}

/* "IoFreeWorkItem": may be called by the item's own routine. "IoQueueWorkItemEx". */
VOID WorkItemFreesItself(PCONFORM_TEST_CONTEXT T)
{
	PVOID Objects[2];
	WORK_NOTES Notes;
	ULONG i;

	/* "IoAllocateWorkItem": a driver object, too. */
	Objects[0] = T->Driver->DeviceObject;
	Objects[1] = T->Driver;
	for (i = 0; i < 2; i++) {
		PIO_WORKITEM Item = IoAllocateWorkItem(Objects[i]);

		InitNotes(&Notes);
		CHECK(Item != NULL);
		if (!Item)
			return;
		IoQueueWorkItemEx(Item, FreeOwn, DelayedWorkQueue, &Notes);
		CHECK(Comes(&Notes.Done));
		CHECK_EQ(Objects[i], Notes.Object);
		CHECK_EQ(Item, Notes.Item);
	}
}

static IO_WORKITEM_ROUTINE QueueOwnAgain;
static VOID QueueOwnAgain(PDEVICE_OBJECT DeviceObject, PVOID Context)
{
	PWORK_NOTES Notes = Context;

	UNREFERENCED_PARAMETER(DeviceObject);
	if (InterlockedIncrement(&Notes->Calls) < 10)
		IoQueueWorkItem(Notes->Again, QueueOwnAgain, DelayedWorkQueue, Notes);
	else
		KeSetEvent(&Notes->Done, IO_NO_INCREMENT, FALSE);
}

/* "IoFreeWorkItem": an item is dequeued before its routine runs, so it can be queued. */
VOID WorkItemQueuesItself(PCONFORM_TEST_CONTEXT T)
{
	WORK_NOTES Notes;

	InitNotes(&Notes);
	Notes.Again = IoAllocateWorkItem(T->Driver->DeviceObject);
	CHECK(Notes.Again != NULL);
	if (!Notes.Again)
		return;
	IoQueueWorkItem(Notes.Again, QueueOwnAgain, DelayedWorkQueue, &Notes);
	CHECK(Comes(&Notes.Done));
	CHECK_EQ(10, Notes.Calls);
	IoFreeWorkItem(Notes.Again);
}

/* "IoInitializeWorkItem", "IoSizeofWorkItem", "IoUninitializeWorkItem". */
VOID WorkItemInOwnMemory(PCONFORM_TEST_CONTEXT T)
{
	ULONG Size = IoSizeofWorkItem();
	PUCHAR Block = ExAllocatePoolWithTag(NonPagedPool, Size + 16, TAG);
	WORK_NOTES Notes;
	ULONG i;

	InitNotes(&Notes);
	CHECK(Block != NULL);
	if (!Block)
		return;
	RtlFillMemory(Block, Size + 16, 0x5a);
	IoInitializeWorkItem(T->Driver->DeviceObject, (PIO_WORKITEM)Block);
	IoQueueWorkItem((PIO_WORKITEM)Block, NoteWork, DelayedWorkQueue, &Notes);
	CHECK(Comes(&Notes.Done));
	IoUninitializeWorkItem((PIO_WORKITEM)Block);
	for (i = 0; i < 16; i++)
		CHECK_EQ(0x5a, Block[Size + i]);
	ExFreePoolWithTag(Block, TAG);
}

static IO_WORKITEM_ROUTINE AwaitGo;
static VOID AwaitGo(PDEVICE_OBJECT DeviceObject, PVOID Context)
{
	PWORK_NOTES Notes = Context;

	Notes->Object = DeviceObject->DeviceExtension;
	Comes(&Notes->Go);
	/* Memory of a device that was deleted meanwhile. */
	Notes->Calls = *(PLONG)DeviceObject->DeviceExtension;
	KeSetEvent(&Notes->Done, IO_NO_INCREMENT, FALSE);
}

/* "IoQueueWorkItem", "System Worker Threads": the device object stays until the end. */
VOID WorkItemKeepsDevice(PCONFORM_TEST_CONTEXT T)
{
	PDEVICE_OBJECT Device;
	PIO_WORKITEM Item;
	WORK_NOTES Notes;

	InitNotes(&Notes);
	CHECK_EQ(STATUS_SUCCESS, IoCreateDevice(T->Driver, sizeof(LONG), NULL, FILE_DEVICE_UNKNOWN,
						0, FALSE, &Device));
	Item = IoAllocateWorkItem(Device);
	CHECK(Item != NULL);
	if (!Item) {
		IoDeleteDevice(Device);
		return;
	}
	*(PLONG)Device->DeviceExtension = 4711;
	IoQueueWorkItem(Item, AwaitGo, DelayedWorkQueue, &Notes);
	IoDeleteDevice(Device);
	KeSetEvent(&Notes.Go, IO_NO_INCREMENT, FALSE);
	CHECK(Comes(&Notes.Done));
	CHECK_EQ(4711, Notes.Calls);
	IoFreeWorkItem(Item);
}

/* Items that wait for another one, which comes last, leave it a thread. */
VOID WorkItemsWaitForOthers(PCONFORM_TEST_CONTEXT T)
{
	enum { WAITERS = 20 };
	static PIO_WORKITEM Item[WAITERS];
	static WORK_NOTES Notes[WAITERS];
	PIO_WORKITEM Last = IoAllocateWorkItem(T->Driver->DeviceObject);
	PDEVICE_OBJECT Device;
	WORK_NOTES LastNotes;
	ULONG i;

	CHECK_EQ(STATUS_SUCCESS, IoCreateDevice(T->Driver, sizeof(LONG), NULL, FILE_DEVICE_UNKNOWN,
						0, FALSE, &Device));
	InitNotes(&LastNotes);
	for (i = 0; i < WAITERS; i++) {
		InitNotes(&Notes[i]);
		Item[i] = IoAllocateWorkItem(Device);
		CHECK(Item[i] != NULL);
		if (Item[i])
			IoQueueWorkItem(Item[i], AwaitGo, DelayedWorkQueue, &Notes[i]);
	}
	CHECK(Last != NULL);
	if (Last) {
		IoQueueWorkItem(Last, NoteWork, DelayedWorkQueue, &LastNotes);
		CHECK(Comes(&LastNotes.Done));
		IoFreeWorkItem(Last);
	}
	for (i = 0; i < WAITERS; i++) {
		KeSetEvent(&Notes[i].Go, IO_NO_INCREMENT, FALSE);
		if (Item[i]) {
			CHECK(Comes(&Notes[i].Done));
			IoFreeWorkItem(Item[i]);
		}
	}
	IoDeleteDevice(Device);
}

static WORKER_THREAD_ROUTINE NoteWorker;
static VOID NoteWorker(PVOID Parameter)
{
	PWORK_NOTES Notes = Parameter;

	Notes->Irql = KeGetCurrentIrql();
	/* The notes are gone when all calls are counted. */
	InterlockedIncrement(&Notes->Calls);
}

#ifdef __GNUC__
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
#endif

/* "ExInitializeWorkItem", "ExQueueWorkItem": PASSIVE_LEVEL, either queue, any number. */
VOID WorkQueueItems(PCONFORM_TEST_CONTEXT T)
{
	enum { ITEMS = 200 };
	PWORK_QUEUE_ITEM Items = ExAllocatePoolWithTag(NonPagedPool, ITEMS * sizeof(*Items), TAG);
	WORK_NOTES Notes;
	KIRQL Irql;
	ULONG i;

	CHECK_EQ(32, sizeof(WORK_QUEUE_ITEM));
	CHECK(Items != NULL);
	if (!Items)
		return;
	InitNotes(&Notes);
	KeRaiseIrql(DISPATCH_LEVEL, &Irql);
	for (i = 0; i < ITEMS; i++) {
		ExInitializeWorkItem(&Items[i], NoteWorker, &Notes);
		ExQueueWorkItem(&Items[i], i & 1 ? CriticalWorkQueue : DelayedWorkQueue);
	}
	KeLowerIrql(Irql);
	for (i = 0; i < 1000 && Notes.Calls < ITEMS; i++)
		SleepFor(10);
	CHECK_EQ(ITEMS, Notes.Calls);
	CHECK_EQ(PASSIVE_LEVEL, Notes.Irql);
	/* The last one may still be on its way out of our code, but not in the items. */
	ExFreePoolWithTag(Items, TAG);
}

static WORKER_THREAD_ROUTINE FreeOwnItem;
static VOID FreeOwnItem(PVOID Parameter)
{
	PWORK_NOTES Notes = Parameter;

	ExFreePoolWithTag(Notes->Item, TAG);
	KeSetEvent(&Notes->Done, IO_NO_INCREMENT, FALSE);
}

/* "ExQueueWorkItem": the routine frees the item. */
VOID WorkQueueItemFreed(PCONFORM_TEST_CONTEXT T)
{
	PWORK_QUEUE_ITEM Item = ExAllocatePoolWithTag(NonPagedPool, sizeof(*Item), TAG);
	WORK_NOTES Notes;

	CHECK(Item != NULL);
	if (!Item)
		return;
	InitNotes(&Notes);
	Notes.Item = Item;
	ExInitializeWorkItem(Item, FreeOwnItem, &Notes);
	ExQueueWorkItem(Item, DelayedWorkQueue);
	CHECK(Comes(&Notes.Done));
}
