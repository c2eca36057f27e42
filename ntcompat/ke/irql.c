// SPDX-License-Identifier: GPL-2.0
/* Raising, lowering and reading the IRQL. */
#include "irql.h"
#include <linux/hashtable.h>
#include <linux/sched.h>

DEFINE_PER_CPU(u8, nt_irql_above_dispatch);

/*
 * Tasks at APC_LEVEL. Few at any time and usually none, hence the counter in
 * front of the table.
 */
struct apc_task {
	struct hlist_node node;
	struct task_struct *task;
};

static DEFINE_HASHTABLE(apc_tasks, 6);
static DEFINE_SPINLOCK(apc_lock);
atomic_t nt_apc_tasks = ATOMIC_INIT(0);

static struct apc_task *apc_find(void)
{
	struct apc_task *entry;

	hash_for_each_possible(apc_tasks, entry, node, (unsigned long)current)
		if (entry->task == current)
			return entry;
	return NULL;
}

/* There are tasks at APC_LEVEL: is the current one? */
bool nt_apc_level_slow(void)
{
	bool found;

	spin_lock_bh(&apc_lock);
	found = apc_find();
	spin_unlock_bh(&apc_lock);
	return found;
}

static void apc_enter(void)
{
	/* KeRaiseIrql has no way to fail. */
	struct apc_task *entry = kmalloc(sizeof(*entry), GFP_KERNEL | __GFP_NOFAIL);

	entry->task = current;
	spin_lock_bh(&apc_lock);
	hash_add(apc_tasks, &entry->node, (unsigned long)current);
	spin_unlock_bh(&apc_lock);
	atomic_inc(&nt_apc_tasks);
}

static void apc_leave(void)
{
	struct apc_task *entry;

	spin_lock_bh(&apc_lock);
	entry = apc_find();
	if (entry)
		hash_del(&entry->node);
	spin_unlock_bh(&apc_lock);
	if (entry) {
		atomic_dec(&nt_apc_tasks);
		kfree(entry);
	}
}

/**
 * KeGetCurrentIrql - the level that the caller runs at
 *
 * IRQL: any. Device interrupts are all at one level, DIRQL 9. With interrupts
 * off outside an ISR and outside KeRaiseIrql the answer is HIGH_LEVEL.
 */
KIRQL KeGetCurrentIrql(void)
{
	if (irqs_disabled())
		return __this_cpu_read(nt_irql_above_dispatch) ?: HIGH_LEVEL;
	if (preempt_count())
		return DISPATCH_LEVEL;
	return nt_irql_below_dispatch();
}
EXPORT_SYMBOL(KeGetCurrentIrql);

/**
 * KfRaiseIrql - raise the level
 * @NewIrql: the level to go to, not below the current one
 *
 * IRQL: any. Returns the level to give to KeLowerIrql().
 */
KIRQL KfRaiseIrql(KIRQL NewIrql)
{
	KIRQL old;

	/* By far the most frequent raise. */
	if (NewIrql == DISPATCH_LEVEL && !irqs_disabled())
		return nt_irql_raise_to_dispatch();
	old = KeGetCurrentIrql();
	if (WARN_ONCE(NewIrql < old, "KeRaiseIrql from %u to %u lowers\n", old, NewIrql))
		return old;
	if (old < APC_LEVEL && NewIrql == APC_LEVEL)
		apc_enter();
	if (old < DISPATCH_LEVEL && NewIrql >= DISPATCH_LEVEL)
		local_bh_disable();
	if (NewIrql > DISPATCH_LEVEL) {
		if (old <= DISPATCH_LEVEL)
			local_irq_disable();
		__this_cpu_write(nt_irql_above_dispatch, NewIrql);
	}
	return old;
}
EXPORT_SYMBOL(KfRaiseIrql);

/**
 * KeRaiseIrqlToDpcLevel - raise to DISPATCH_LEVEL
 *
 * IRQL: <= DISPATCH_LEVEL. Returns the previous level.
 */
KIRQL KeRaiseIrqlToDpcLevel(void)
{
	return nt_irql_raise_to_dispatch();
}
EXPORT_SYMBOL(KeRaiseIrqlToDpcLevel);

/**
 * KeLowerIrql - return to the level that a raise started from
 * @NewIrql: what the raise returned
 *
 * Going below DISPATCH_LEVEL runs the DPCs that were queued meanwhile, because
 * local_bh_enable() runs pending softirqs.
 */
void KeLowerIrql(KIRQL NewIrql)
{
	KIRQL old;

	if (NewIrql == DISPATCH_LEVEL && !irqs_disabled() && preempt_count())
		return;
	old = KeGetCurrentIrql();
	if (WARN_ONCE(NewIrql > old, "KeLowerIrql from %u to %u raises\n", old, NewIrql))
		return;
	if (old > DISPATCH_LEVEL) {
		__this_cpu_write(nt_irql_above_dispatch,
				 NewIrql > DISPATCH_LEVEL ? NewIrql : 0);
		if (NewIrql <= DISPATCH_LEVEL)
			local_irq_enable();
	}
	if (old >= DISPATCH_LEVEL && NewIrql < DISPATCH_LEVEL)
		local_bh_enable();
	if (NewIrql < APC_LEVEL && atomic_read(&nt_apc_tasks))
		apc_leave();
}
EXPORT_SYMBOL(KeLowerIrql);
