// SPDX-License-Identifier: GPL-2.0
/*
 * Work items of the I/O manager: WORK_QUEUE_ITEMs that keep the object that they
 * were made for until their routine has returned.
 */
#include "device.h"
#include "../ex/work.h"
#include "../gate.h"
#include "../ke/irql.h"

/**
 * struct _IO_WORKITEM - a work item
 * @item: in the workers' queue; its parameter is the work item
 * @object: the device, or for IoQueueWorkItemEx() maybe the driver
 * @is_device: it is a device, which is referenced while the item is queued
 * @routine: for IoQueueWorkItem(), else NULL
 * @routine_ex: for IoQueueWorkItemEx()
 * @context: their context
 */
struct _IO_WORKITEM {
	WORK_QUEUE_ITEM item;
	void *object;
	bool is_device;
	PIO_WORKITEM_ROUTINE routine;
	PIO_WORKITEM_ROUTINE_EX routine_ex;
	void *context;
};

const void *nt_io_work_code(PWORK_QUEUE_ITEM item)
{
	PIO_WORKITEM work = container_of(item, IO_WORKITEM, item);

	return work->routine ? (void *)work->routine : (void *)work->routine_ex;
}

/* The routine may free the item. */
void nt_io_work(PVOID parameter)
{
	IO_WORKITEM copy = *(PIO_WORKITEM)parameter;

	if (copy.routine)
		nt_call_work_item(copy.routine, copy.object, copy.context);
	else
		nt_call_work_item_ex(copy.routine_ex, copy.object, copy.context, parameter);
	if (copy.is_device)
		nt_device_put(nt_device(copy.object));
}

static void initialize(PIO_WORKITEM work, void *object)
{
	*work = (IO_WORKITEM){
		.object = object,
		.is_device = *(CSHORT *)object == IO_TYPE_DEVICE,
	};
}

/**
 * IoSizeofWorkItem - how large a work item is
 *
 * IRQL: any. For IoInitializeWorkItem().
 */
ULONG IoSizeofWorkItem(void)
{
	return sizeof(IO_WORKITEM);
}
EXPORT_SYMBOL(IoSizeofWorkItem);

/**
 * IoInitializeWorkItem - make a work item in the driver's own memory
 * @IoObject: its device, or, for IoQueueWorkItemEx(), its driver object
 * @IoWorkItem: IoSizeofWorkItem() bytes
 *
 * IRQL: any. IoUninitializeWorkItem() is its end.
 */
void IoInitializeWorkItem(PVOID IoObject, PIO_WORKITEM IoWorkItem)
{
	initialize(IoWorkItem, IoObject);
}
EXPORT_SYMBOL(IoInitializeWorkItem);

static bool check_not_queued(const IO_WORKITEM *work, const char *routine)
{
	return !WARN(work->item.List.Flink, "%s: work item %p is queued\n", routine, work);
}

/**
 * IoUninitializeWorkItem - end the use of what IoInitializeWorkItem() made
 * @IoWorkItem: not queued; its own routine may do it
 *
 * IRQL: any.
 */
void IoUninitializeWorkItem(PIO_WORKITEM IoWorkItem)
{
	check_not_queued(IoWorkItem, "IoUninitializeWorkItem");
	memset(IoWorkItem, 0, sizeof(*IoWorkItem));
}
EXPORT_SYMBOL(IoUninitializeWorkItem);

/**
 * IoAllocateWorkItem - make a work item
 * @DeviceObject: its device, or, for IoQueueWorkItemEx(), its driver object
 *
 * IRQL: <= DISPATCH_LEVEL. NULL when there is no memory.
 */
PIO_WORKITEM IoAllocateWorkItem(PDEVICE_OBJECT DeviceObject)
{
	PIO_WORKITEM work = kmalloc(sizeof(*work), nt_gfp() | __GFP_NOWARN);

	if (!work)
		return NULL;
	initialize(work, DeviceObject);
	nt_live_inc(NT_LIVE_WORK_ITEM);
	return work;
}
EXPORT_SYMBOL(IoAllocateWorkItem);

/**
 * IoFreeWorkItem - free what IoAllocateWorkItem() gave
 * @IoWorkItem: not queued; its own routine may do it
 *
 * IRQL: <= DISPATCH_LEVEL.
 */
void IoFreeWorkItem(PIO_WORKITEM IoWorkItem)
{
	check_not_queued(IoWorkItem, "IoFreeWorkItem");
	nt_live_dec(NT_LIVE_WORK_ITEM);
	kfree(IoWorkItem);
}
EXPORT_SYMBOL(IoFreeWorkItem);

static void queue(PIO_WORKITEM work, WORK_QUEUE_TYPE type, void *context)
{
	work->context = context;
	if (work->is_device)
		nt_object_get(&nt_device(work->object)->ob);
	ExInitializeWorkItem(&work->item, nt_io_work, work);
	ExQueueWorkItem(&work->item, type);
}

/**
 * IoQueueWorkItem - have a system thread call a routine with a device
 * @IoWorkItem: made for a device, not queued
 * @WorkerRoutine: gets the device and @Context, at PASSIVE_LEVEL
 * @QueueType: DelayedWorkQueue
 * @Context: its second argument
 *
 * IRQL: <= DISPATCH_LEVEL. The device object stays until the routine has returned,
 * and so does the driver's code: when it is unloaded, that is waited for after
 * Unload.
 */
void IoQueueWorkItem(PIO_WORKITEM IoWorkItem, PIO_WORKITEM_ROUTINE WorkerRoutine,
		     WORK_QUEUE_TYPE QueueType, PVOID Context)
{
	if (!check_not_queued(IoWorkItem, "IoQueueWorkItem"))
		return;
	if (WARN(!IoWorkItem->is_device, "IoQueueWorkItem: the item is not a device's\n"))
		return;
	IoWorkItem->routine = WorkerRoutine;
	queue(IoWorkItem, QueueType, Context);
}
EXPORT_SYMBOL(IoQueueWorkItem);

/**
 * IoQueueWorkItemEx - have a system thread call a routine that gets its work item, too
 * @IoWorkItem: made for a device or a driver, not queued
 * @WorkerRoutine: gets the object, @Context and the item, at PASSIVE_LEVEL
 * @QueueType: DelayedWorkQueue
 * @Context: its second argument
 *
 * IRQL: <= DISPATCH_LEVEL. As IoQueueWorkItem().
 */
void IoQueueWorkItemEx(PIO_WORKITEM IoWorkItem, PIO_WORKITEM_ROUTINE_EX WorkerRoutine,
		       WORK_QUEUE_TYPE QueueType, PVOID Context)
{
	if (!check_not_queued(IoWorkItem, "IoQueueWorkItemEx"))
		return;
	IoWorkItem->routine = NULL;
	IoWorkItem->routine_ex = WorkerRoutine;
	queue(IoWorkItem, QueueType, Context);
}
EXPORT_SYMBOL(IoQueueWorkItemEx);
