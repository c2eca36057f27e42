// SPDX-License-Identifier: GPL-2.0
/* Raising, lowering and reading the IRQL. */
#include "irql.h"
#include "../ps/thread.h"

DEFINE_PER_CPU(u8, nt_irql_above_dispatch);

/* Tasks at APC_LEVEL. Few at any time and usually none: it saves asking for the thread. */
atomic_t nt_apc_tasks = ATOMIC_INIT(0);

/* There are tasks at APC_LEVEL: is the current one? */
bool nt_apc_level_slow(void)
{
	return nt_thread(nt_thread_current())->at_apc_level;
}

static void apc_enter(void)
{
	nt_thread(nt_thread_current())->at_apc_level = true;
	atomic_inc(&nt_apc_tasks);
}

static void apc_leave(void)
{
	struct nt_thread *nt = nt_thread(nt_thread_current());

	if (!nt->at_apc_level)
		return;
	nt->at_apc_level = false;
	atomic_dec(&nt_apc_tasks);
}

static __always_inline KIRQL current_irql(void)
{
	if (irqs_disabled())
		return __this_cpu_read(nt_irql_above_dispatch) ?: HIGH_LEVEL;
	if (preempt_count())
		return DISPATCH_LEVEL;
	return nt_irql_below_dispatch();
}

/**
 * KeGetCurrentIrql - the level that the caller runs at
 *
 * IRQL: any. Device interrupts are all at one level, DIRQL 9. With interrupts
 * off outside an ISR and outside KeRaiseIrql the answer is HIGH_LEVEL.
 */
KIRQL KeGetCurrentIrql(void)
{
	return current_irql();
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
	old = current_irql();
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
 * KeRaiseIrqlToSynchLevel - raise to the level at which threads are switched
 *
 * IRQL: <= SYNCH_LEVEL, above that of every device. Returns the previous level.
 */
KIRQL KeRaiseIrqlToSynchLevel(void)
{
	return KfRaiseIrql(SYNCH_LEVEL);
}
EXPORT_SYMBOL(KeRaiseIrqlToSynchLevel);

/**
 * KeLowerIrql - return to the level that a raise started from
 * @NewIrql: what the raise returned
 *
 * IRQL: any. Going below DISPATCH_LEVEL runs the DPCs that were queued meanwhile, because
 * local_bh_enable() runs pending softirqs.
 */
void KeLowerIrql(KIRQL NewIrql)
{
	KIRQL old;

	if (NewIrql == DISPATCH_LEVEL && !irqs_disabled() && preempt_count())
		return;
	old = current_irql();
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
