// SPDX-License-Identifier: GPL-2.0
/*
 * Deferred procedure calls: one queue per CPU, drained by that CPU's tasklet.
 *
 * A DPC is queued at most once. KDPC.DpcData names the queue that it is on and
 * is claimed by compare-and-swap from NULL; it goes back to NULL, under that
 * queue's lock, just before the routine runs, so that a routine may queue its
 * own DPC again.
 */
#include "dpc.h"
#include "../gate.h"
#include <linux/completion.h>
#include <linux/interrupt.h>
#include <linux/mutex.h>
#include <linux/smp.h>

/* KDPC.Number: 0 for "where it is queued", else the target CPU plus this. */
#define TARGET_BASE	0x8000

struct dpc_queue {
	raw_spinlock_t lock;
	LIST_ENTRY waiting;
	LIST_ENTRY draining;	/* what one run of the tasklet took from waiting */
	struct tasklet_struct tasklet;
	call_single_data_t kick;
};

static DEFINE_PER_CPU(struct dpc_queue, dpc_queues);

/* What a DPC's routine is called with: the driver may free the object meanwhile. */
struct dpc_call {
	PKDPC dpc;
	PKDEFERRED_ROUTINE routine;
	void *context, *arg1, *arg2;
};

/* With the queue locked. From here on the driver may queue it again, or free it. */
static void take_next(struct dpc_queue *queue, struct dpc_call *call)
{
	PKDPC dpc = CONTAINING_RECORD(RemoveHeadList(&queue->draining), KDPC, DpcListEntry);

	call->dpc = dpc;
	call->routine = dpc->DeferredRoutine;
	call->context = dpc->DeferredContext;
	call->arg1 = dpc->SystemArgument1;
	call->arg2 = dpc->SystemArgument2;
	dpc->DpcListEntry.Flink = NULL;
	/* Pairs with the acquire in KeRemoveQueueDpc(), and with the claim in insert(). */
	smp_store_release(&dpc->DpcData, NULL);
}

/*
 * One run handles what was there at its start, so that a DPC which always
 * queues itself again cannot keep this CPU for good. Who queues one meanwhile
 * has scheduled the tasklet again.
 */
static void drain(struct tasklet_struct *tasklet)
{
	struct dpc_queue *queue = from_tasklet(queue, tasklet, tasklet);
	struct dpc_call call;

	raw_spin_lock_irq(&queue->lock);
	if (!IsListEmpty(&queue->waiting)) {
		AppendTailList(&queue->draining, &queue->waiting);
		RemoveEntryList(&queue->waiting);
		InitializeListHead(&queue->waiting);
	}
	while (!IsListEmpty(&queue->draining)) {
		take_next(queue, &call);
		raw_spin_unlock_irq(&queue->lock);
		nt_call_dpc(call.routine, call.dpc, call.context, call.arg1, call.arg2);
		/* Nobody else puts anything there, so that this needs no lock. */
		if (READ_ONCE(queue->draining.Flink) == &queue->draining)
			return;
		raw_spin_lock_irq(&queue->lock);
	}
	raw_spin_unlock_irq(&queue->lock);
}

static void kick_here(void *arg)
{
	struct dpc_queue *queue = arg;

	tasklet_schedule(&queue->tasklet);
}

static int target_cpu(PKDPC dpc)
{
	int cpu = dpc->Number - TARGET_BASE;

	return cpu >= 0 && cpu < nr_cpu_ids && cpu_online(cpu) ? cpu : smp_processor_id();
}

/* Interrupts off. False if it is queued already, wherever. */
static __always_inline bool insert(struct dpc_queue *queue, PKDPC dpc, void *arg1, void *arg2)
{
	/* Without volatile, which cmpxchg() would inherit for its variables. */
	if (cmpxchg((void **)&dpc->DpcData, NULL, (void *)queue))
		return false;

	raw_spin_lock(&queue->lock);
	dpc->SystemArgument1 = arg1;
	dpc->SystemArgument2 = arg2;
	if (dpc->Importance == HighImportance)
		InsertHeadList(&queue->waiting, &dpc->DpcListEntry);
	else
		InsertTailList(&queue->waiting, &dpc->DpcListEntry);
	raw_spin_unlock(&queue->lock);
	return true;
}

static noinline bool insert_targeted(PKDPC dpc, void *arg1, void *arg2)
{
	int cpu = target_cpu(dpc);
	struct dpc_queue *queue = per_cpu_ptr(&dpc_queues, cpu);

	if (!insert(queue, dpc, arg1, arg2))
		return false;
	if (cpu == smp_processor_id())
		tasklet_schedule(&queue->tasklet);
	else
		smp_call_function_single_async(cpu, &queue->kick);
	return true;
}

/* Interrupts off: CPU and queue stay what they are. */
static __always_inline bool insert_here(PKDPC dpc, void *arg1, void *arg2)
{
	struct dpc_queue *queue = this_cpu_ptr(&dpc_queues);

	if (!insert(queue, dpc, arg1, arg2))
		return false;
	tasklet_schedule(&queue->tasklet);
	return true;
}

/**
 * KeInitializeDpc - prepare a DPC object
 * @Dpc: resident storage for it
 * @DeferredRoutine: called at DISPATCH_LEVEL
 * @DeferredContext: second argument of the routine
 *
 * IRQL: any.
 */
void KeInitializeDpc(PRKDPC Dpc, PKDEFERRED_ROUTINE DeferredRoutine, PVOID DeferredContext)
{
	memset(Dpc, 0, sizeof(*Dpc));
	Dpc->Type = 19;		/* DpcObject */
	Dpc->Importance = MediumImportance;
	Dpc->DeferredRoutine = DeferredRoutine;
	Dpc->DeferredContext = DeferredContext;
}
EXPORT_SYMBOL(KeInitializeDpc);

/**
 * KeInitializeThreadedDpc - prepare a DPC that may run in a thread
 * @Dpc: resident storage for it
 * @DeferredRoutine: called at DISPATCH_LEVEL here, for which such a routine must be ready
 *	("Introduction to Threaded DPCs")
 * @DeferredContext: second argument of the routine
 *
 * IRQL: any.
 */
void KeInitializeThreadedDpc(PRKDPC Dpc, PKDEFERRED_ROUTINE DeferredRoutine, PVOID DeferredContext)
{
	KeInitializeDpc(Dpc, DeferredRoutine, DeferredContext);
	Dpc->Type = 24;		/* ThreadedDpcObject */
}
EXPORT_SYMBOL(KeInitializeThreadedDpc);

/**
 * KeInsertQueueDpc - queue a DPC
 * @Dpc: initialised DPC
 * @SystemArgument1: third argument of the routine
 * @SystemArgument2: fourth argument of the routine
 *
 * IRQL: any. Returns FALSE, and keeps the former arguments, when the DPC is in
 * a queue already.
 */
BOOLEAN KeInsertQueueDpc(PRKDPC Dpc, PVOID SystemArgument1, PVOID SystemArgument2)
{
	unsigned long flags;
	bool inserted;

	local_irq_save(flags);
	if (likely(!Dpc->Number))
		inserted = insert_here(Dpc, SystemArgument1, SystemArgument2);
	else
		inserted = insert_targeted(Dpc, SystemArgument1, SystemArgument2);
	local_irq_restore(flags);
	return inserted;
}
EXPORT_SYMBOL(KeInsertQueueDpc);

/**
 * KeRemoveQueueDpc - take a DPC out of its queue
 * @Dpc: initialised DPC
 *
 * IRQL: any. Returns TRUE when it was queued and will not run.
 */
BOOLEAN KeRemoveQueueDpc(PRKDPC Dpc)
{
	/* Pairs with the release in take_next(): not queued means that it was taken. */
	struct dpc_queue *queue = smp_load_acquire(&Dpc->DpcData);
	unsigned long flags;
	bool removed;

	if (!queue)
		return FALSE;
	raw_spin_lock_irqsave(&queue->lock, flags);
	/*
	 * It may be gone meanwhile, or, between the claim and the insertion on
	 * another CPU, not be there yet; both count as not queued.
	 */
	removed = READ_ONCE(Dpc->DpcData) == queue && Dpc->DpcListEntry.Flink;
	if (removed) {
		RemoveEntryList(&Dpc->DpcListEntry);
		Dpc->DpcListEntry.Flink = NULL;
		WRITE_ONCE(Dpc->DpcData, NULL);
	}
	raw_spin_unlock_irqrestore(&queue->lock, flags);
	return removed;
}
EXPORT_SYMBOL(KeRemoveQueueDpc);

/**
 * KeSetImportanceDpc - choose the end of the queue that a DPC goes to
 * @Dpc: initialised DPC
 * @Importance: HighImportance for the head, others for the tail
 *
 * IRQL: any. Low importance does not delay the run here.
 */
void KeSetImportanceDpc(PRKDPC Dpc, KDPC_IMPORTANCE Importance)
{
	Dpc->Importance = Importance;
}
EXPORT_SYMBOL(KeSetImportanceDpc);

/**
 * KeSetTargetProcessorDpc - choose the CPU that a DPC runs on
 * @Dpc: initialised DPC, not queued
 * @Number: CPU number; one that is not online means "wherever it is queued"
 *
 * IRQL: any.
 */
void KeSetTargetProcessorDpc(PRKDPC Dpc, CCHAR Number)
{
	Dpc->Number = TARGET_BASE + (u8)Number;
}
EXPORT_SYMBOL(KeSetTargetProcessorDpc);

static void flush_marker(PKDPC dpc, void *context, void *arg1, void *arg2)
{
	complete(context);
}

/* All that CPU's queue has now ran when a DPC behind it runs. */
static void flush_queue(PKDPC marker, int cpu)
{
	DECLARE_COMPLETION_ONSTACK(done);

	KeInitializeDpc(marker, flush_marker, &done);
	KeSetTargetProcessorDpc(marker, cpu);
	KeInsertQueueDpc(marker, NULL, NULL);
	wait_for_completion(&done);
}

/**
 * KeFlushQueuedDpcs - return when every DPC that is queued now has run
 *
 * IRQL: PASSIVE_LEVEL.
 */
void KeFlushQueuedDpcs(void)
{
	static DEFINE_MUTEX(one_at_a_time);
	static KDPC marker;
	int cpu;

	mutex_lock(&one_at_a_time);
	cpus_read_lock();
	for_each_online_cpu(cpu)
		flush_queue(&marker, cpu);
	cpus_read_unlock();
	mutex_unlock(&one_at_a_time);
}
EXPORT_SYMBOL(KeFlushQueuedDpcs);

void __init nt_dpc_setup(void)
{
	int cpu;

	for_each_possible_cpu(cpu) {
		struct dpc_queue *queue = per_cpu_ptr(&dpc_queues, cpu);

		raw_spin_lock_init(&queue->lock);
		InitializeListHead(&queue->waiting);
		InitializeListHead(&queue->draining);
		tasklet_setup(&queue->tasklet, drain);
		INIT_CSD(&queue->kick, kick_here, queue);
	}
}

/* No driver is left, so nothing is queued; a tasklet may still be returning. */
void nt_dpc_teardown(void)
{
	int cpu;

	for_each_possible_cpu(cpu)
		tasklet_kill(&per_cpu_ptr(&dpc_queues, cpu)->tasklet);
}
