// SPDX-License-Identifier: GPL-2.0
/*
 * Threaded IRPs. What IoBuildDeviceIoControlRequest() and
 * IoBuildSynchronousFsdRequest() make belongs to the thread that called them
 * ("Synchronous and Asynchronous I/O Request Packets"): when it exits, its IRPs
 * are cancelled.
 *
 * On Windows the exit then waits until they have ended, since they are on a list
 * of the thread object. Here nothing of the thread is needed but the task_struct,
 * to which the IRP has a reference: so the thread goes, and a driver that keeps the
 * IRP holds up nobody.
 *
 * A request of a program needs none of this. One that its sender waits for has
 * ended before the sender can exit; what was sent through AIO or io_uring is the
 * context's or the ring's, and lives as long as that.
 */
#include "threaded.h"
#include "../linux/compat.h"
#include <linux/hash.h>
#include <linux/sched/task.h>
#include <linux/tracepoint.h>

#define BUCKET_BITS	6

/**
 * struct bucket - threads' IRPs
 * @lock: guards @irps and nt_irp.thread of those on it
 * @irps: nt_irp.link
 */
static struct bucket {
	spinlock_t lock;
	struct list_head irps;
} buckets[1 << BUCKET_BITS];

static struct tracepoint *exit_point;

static struct bucket *bucket_of(const struct task_struct *task)
{
	return &buckets[hash_ptr(task, BUCKET_BITS)];
}

/**
 * nt_threaded_add - an IRP belongs to the calling thread
 * @nt: a new IRP of a driver
 *
 * PASSIVE_LEVEL.
 */
void nt_threaded_add(struct nt_irp *nt)
{
	struct bucket *bucket = bucket_of(current);
	unsigned long flags;

	nt->thread = get_task_struct(current);
	spin_lock_irqsave(&bucket->lock, flags);
	list_add_tail(&nt->link, &bucket->irps);
	spin_unlock_irqrestore(&bucket->lock, flags);
}

/**
 * nt_threaded_del - an IRP has ended
 * @nt: an IRP that a driver made; nothing is done for one that has no thread
 *
 * <= DISPATCH_LEVEL.
 */
void nt_threaded_del(struct nt_irp *nt)
{
	struct task_struct *task = nt->thread;
	struct bucket *bucket;
	unsigned long flags;

	if (!task)
		return;
	bucket = bucket_of(task);
	spin_lock_irqsave(&bucket->lock, flags);
	list_del_init(&nt->link);
	nt->thread = NULL;
	spin_unlock_irqrestore(&bucket->lock, flags);
	put_task_struct(task);
}

static struct nt_irp *find(struct bucket *bucket, const struct task_struct *task)
{
	struct nt_irp *nt;
	unsigned long flags;

	spin_lock_irqsave(&bucket->lock, flags);
	list_for_each_entry(nt, &bucket->irps, link)
		if (nt->thread == task && !nt->cancelled) {
			nt->cancelled = true;
			nt_irp_ref(nt);
			spin_unlock_irqrestore(&bucket->lock, flags);
			return nt;
		}
	spin_unlock_irqrestore(&bucket->lock, flags);
	return NULL;
}

/**
 * nt_threaded_cancel - a thread's IRPs shall end
 * @task: the thread
 *
 * <= DISPATCH_LEVEL.
 */
void nt_threaded_cancel(struct task_struct *task)
{
	struct bucket *bucket = bucket_of(task);
	struct nt_irp *nt;
	KIRQL irql;

	while ((nt = find(bucket, task))) {
		/* The driver must see that nothing may sleep in a tracepoint's probe. */
		KeRaiseIrql(DISPATCH_LEVEL, &irql);
		IoCancelIrp(&nt->irp);
		KeLowerIrql(irql);
		nt_irp_unref(nt);
	}
}

static void on_exit(void *unused, struct task_struct *task)
{
	/* Nearly always. Its own IRPs were added by itself, so it sees them. */
	if (!list_empty(&bucket_of(task)->irps))
		nt_threaded_cancel(task);
}

static void look_for_exit(struct tracepoint *point, void *unused)
{
	if (!strcmp(point->name, "sched_process_exit"))
		exit_point = point;
}

int __init nt_threaded_setup(void)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(buckets); i++) {
		spin_lock_init(&buckets[i].lock);
		INIT_LIST_HEAD(&buckets[i].irps);
	}
	/* The only place where a module learns of the exit of any thread. */
	for_each_kernel_tracepoint(look_for_exit, NULL);
	if (!exit_point)
		return -ENOENT;
	return tracepoint_probe_register(exit_point, on_exit, NULL);
}

void nt_threaded_teardown(void)
{
	tracepoint_probe_unregister(exit_point, on_exit, NULL);
	tracepoint_synchronize_unregister();
}
