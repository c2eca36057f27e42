/* SPDX-License-Identifier: GPL-2.0 */
/*
 * IRQL is a real Linux context, not a number that we keep:
 *
 *	PASSIVE_LEVEL	a task, preemptible
 *	APC_LEVEL	the same, marked in its thread object (no APC is delivered to drivers)
 *	DISPATCH_LEVEL	bottom halves and with them preemption off; a softirq
 *	DIRQL and up	interrupts off; which level exactly is a per-CPU byte,
 *			safe because nothing migrates with interrupts off
 */
#ifndef _NTCOMPAT_KE_IRQL_H
#define _NTCOMPAT_KE_IRQL_H

#include "../nt.h"
#include <linux/bottom_half.h>
#include <linux/irqflags.h>
#include <linux/percpu.h>
#include <linux/preempt.h>

/* The device IRQL of every interrupt: Linux does not rank interrupt lines. */
#define NT_DIRQL	9

DECLARE_PER_CPU(u8, nt_irql_above_dispatch);

static inline bool nt_at_dispatch_or_above(void)
{
	return preempt_count() || irqs_disabled();
}

extern atomic_t nt_apc_tasks;
bool nt_apc_level_slow(void);

/* The level of a caller who is known to be below DISPATCH_LEVEL. */
static __always_inline KIRQL nt_irql_below_dispatch(void)
{
	return unlikely(atomic_read(&nt_apc_tasks)) && nt_apc_level_slow() ? APC_LEVEL :
									    PASSIVE_LEVEL;
}

/* Raise to DISPATCH_LEVEL from any level up to it; what to return to. */
static __always_inline KIRQL nt_irql_raise_to_dispatch(void)
{
	KIRQL old = DISPATCH_LEVEL;

	if (!preempt_count()) {
		old = nt_irql_below_dispatch();
		local_bh_disable();
	}
	return old;
}

/* Back from DISPATCH_LEVEL: never to a lower level than the raise came from. */
static __always_inline void nt_irql_lower_from_dispatch(KIRQL old)
{
	if (old < DISPATCH_LEVEL)
		local_bh_enable();
}

/* May the caller sleep? What GFP flags an allocation gets hangs on it. */
static inline gfp_t nt_gfp(void)
{
	return nt_at_dispatch_or_above() ? GFP_ATOMIC : GFP_KERNEL;
}

/* The ISR door: interrupts are off already, only the level is ours to set. */
static inline u8 nt_irql_enter_isr(u8 irql)
{
	u8 old = __this_cpu_read(nt_irql_above_dispatch);

	__this_cpu_write(nt_irql_above_dispatch, irql);
	return old;
}

static inline void nt_irql_leave_isr(u8 old)
{
	__this_cpu_write(nt_irql_above_dispatch, old);
}

#endif /* _NTCOMPAT_KE_IRQL_H */
