// SPDX-License-Identifier: GPL-2.0
/*
 * System worker threads, and what drivers queue for them.
 *
 * A WORK_QUEUE_ITEM has no room for a Linux work_struct, and it may be freed or
 * queued again by its own routine. So the items wait in lists of ours, and workers
 * of Linux's workqueues take them from there: an item is the driver's again before
 * its routine is called. A worker that finds no item is idle until one is queued.
 *
 * An item may wait for what another does, so that there must be workers enough.
 */
#include "work.h"
#include "../gate.h"
#include <linux/module.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

#define WORKERS		64

struct work_queue;

/**
 * struct worker - a worker
 * @work: runs on its queue's threads
 * @next_idle: on the queue's list of idle ones
 * @queue: its queue
 * @code: the driver's routine that it is in, or NULL
 */
struct worker {
	struct work_struct work;
	struct worker *next_idle;
	struct work_queue *queue;
	const void *code;
};

/**
 * struct work_queue - one of the two kinds of queues
 * @lock: guards @items and @idle
 * @items: WORK_QUEUE_ITEMs that wait, first come first served
 * @idle: workers that have nothing to do
 * @linux_queue: whose threads the workers run on
 * @workers: all of them
 */
struct work_queue {
	raw_spinlock_t lock;
	LIST_ENTRY items;
	struct worker *idle;
	struct workqueue_struct *linux_queue;
	struct worker workers[WORKERS];
};

static struct work_queue delayed, critical;

static DECLARE_WAIT_QUEUE_HEAD(flushers);

/* The driver's code that an item leads to. */
static const void *code_of(PWORK_QUEUE_ITEM item)
{
	return item->WorkerRoutine == nt_io_work ? nt_io_work_code(item) : item->WorkerRoutine;
}

static PWORK_QUEUE_ITEM next_item(struct worker *worker)
{
	struct work_queue *queue = worker->queue;
	PWORK_QUEUE_ITEM item = NULL;
	unsigned long flags;

	raw_spin_lock_irqsave(&queue->lock, flags);
	if (!IsListEmpty(&queue->items)) {
		item = CONTAINING_RECORD(RemoveHeadList(&queue->items), WORK_QUEUE_ITEM, List);
		/* ExInitializeWorkItem leaves it like this: not queued. */
		item->List.Flink = NULL;
		worker->code = code_of(item);
	} else {
		worker->next_idle = queue->idle;
		queue->idle = worker;
	}
	raw_spin_unlock_irqrestore(&queue->lock, flags);
	return item;
}

static void finished(struct worker *worker)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&worker->queue->lock, flags);
	worker->code = NULL;
	raw_spin_unlock_irqrestore(&worker->queue->lock, flags);
	if (wq_has_sleeper(&flushers))
		wake_up_all(&flushers);
}

static bool is_busy_for(struct work_queue *queue, const struct module *owner)
{
	bool busy = false;
	unsigned long flags;
	PLIST_ENTRY entry;
	int i;

	raw_spin_lock_irqsave(&queue->lock, flags);
	for (i = 0; i < WORKERS && !busy; i++)
		busy = within_module((unsigned long)queue->workers[i].code, owner);
	for (entry = queue->items.Flink; entry != &queue->items && !busy; entry = entry->Flink)
		busy = within_module((unsigned long)code_of(CONTAINING_RECORD(entry,
						WORK_QUEUE_ITEM, List)), owner);
	raw_spin_unlock_irqrestore(&queue->lock, flags);
	return busy;
}

void nt_work_flush(const struct module *owner)
{
	wait_event(flushers, !is_busy_for(&delayed, owner) && !is_busy_for(&critical, owner));
}

static void work(struct work_struct *work)
{
	struct worker *worker = container_of(work, struct worker, work);
	PWORK_QUEUE_ITEM item;

	while ((item = next_item(worker))) {
		PWORKER_THREAD_ROUTINE routine = item->WorkerRoutine;

		if (routine == nt_io_work)
			nt_io_work(item->Parameter);
		else
			nt_call_worker(routine, item->Parameter);
		finished(worker);
	}
}

/* RealTime and SuperCritical are the system's own, and above Critical. */
static struct work_queue *queue_of(WORK_QUEUE_TYPE type)
{
	switch (type) {
	case CriticalWorkQueue:
	case HyperCriticalWorkQueue:
	case RealTimeWorkQueue:
	case SuperCriticalWorkQueue:
		return &critical;
	default:
		return &delayed;
	}
}

static void enqueue(PWORK_QUEUE_ITEM item, WORK_QUEUE_TYPE type)
{
	struct work_queue *queue = queue_of(type);
	struct worker *worker;
	unsigned long flags;
	bool twice;

	raw_spin_lock_irqsave(&queue->lock, flags);
	twice = item->List.Flink;
	if (!twice)
		InsertTailList(&queue->items, &item->List);
	worker = twice ? NULL : queue->idle;
	if (worker)
		queue->idle = worker->next_idle;
	raw_spin_unlock_irqrestore(&queue->lock, flags);
	WARN(twice, "work item %p, routine %ps, is queued already\n", item, item->WorkerRoutine);
	if (worker)
		queue_work(queue->linux_queue, &worker->work);
}

/**
 * ExQueueWorkItem - have a system thread call a routine
 * @WorkItem: from ExInitializeWorkItem(), not queued; the routine may free it or
 *	queue it again
 * @QueueType: DelayedWorkQueue, or CriticalWorkQueue for threads of high priority
 *
 * IRQL: <= DISPATCH_LEVEL. The routine is called at PASSIVE_LEVEL. The driver's code
 * stays until it has returned, which Windows does not promise; what the item and
 * the routine use is the driver's to keep.
 */
void ExQueueWorkItem(PWORK_QUEUE_ITEM WorkItem, WORK_QUEUE_TYPE QueueType)
{
	enqueue(WorkItem, QueueType);
}
EXPORT_SYMBOL(ExQueueWorkItem);

static int setup_queue(struct work_queue *queue, const char *name, unsigned int flags)
{
	int i;

	raw_spin_lock_init(&queue->lock);
	InitializeListHead(&queue->items);
	queue->linux_queue = alloc_workqueue("%s", WQ_UNBOUND | flags, WORKERS, name);
	if (!queue->linux_queue)
		return -ENOMEM;
	for (i = 0; i < WORKERS; i++) {
		struct worker *worker = &queue->workers[i];

		INIT_WORK(&worker->work, work);
		worker->queue = queue;
		worker->next_idle = queue->idle;
		queue->idle = worker;
	}
	return 0;
}

int __init nt_work_setup(void)
{
	int error = setup_queue(&delayed, "nt_delayed", 0);

	if (error)
		return error;
	error = setup_queue(&critical, "nt_critical", WQ_HIGHPRI);
	if (error)
		destroy_workqueue(delayed.linux_queue);
	return error;
}

void nt_work_teardown(void)
{
	destroy_workqueue(critical.linux_queue);
	destroy_workqueue(delayed.linux_queue);
}
