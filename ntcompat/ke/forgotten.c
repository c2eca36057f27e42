// SPDX-License-Identifier: GPL-2.0
/*
 * Timers that a driver forgets: set when their memory is freed, when it is initialised as
 * another timer, or when their driver is unloaded. Windows crashes later, wherever. Here
 * they are cancelled, and the log says so.
 */
#include "forgotten.h"
#include <linux/module.h>
#include <linux/mutex.h>

struct block {
	const u8 *start;
	size_t bytes;
};

static bool lies_in(const KTIMER *timer, const void *data)
{
	const struct block *block = data;
	const u8 *at = (const u8 *)timer;

	return at >= block->start && at < block->start + block->bytes;
}

/**
 * nt_timers_end - cancel the timers in memory that is about to be freed or overwritten
 * @memory: the memory
 * @bytes: its size
 * @who: the code that does it
 *
 * Any IRQL. A DPC that was queued already still runs.
 */
void nt_timers_end(const void *memory, size_t bytes, const void *who)
{
	struct block block = { memory, bytes };

	if (nt_timers_cancel(lies_in, &block))
		pr_err_ratelimited("%pS frees or reuses memory with a timer in it that is set: cancelled\n",
				   who);
}

/* The module whose driver is being unloaded: it sets no timers any more. */
static const struct module *leaving;
static DEFINE_MUTEX(leaving_lock);	/* of one at a time */

static bool is_of(const KTIMER *timer, const PKDPC dpc, const struct module *owner)
{
	if (within_module((unsigned long)timer, owner))
		return true;
	return dpc && within_module((unsigned long)dpc->DeferredRoutine, owner);
}

static bool belongs(const KTIMER *timer, const void *data)
{
	return is_of(timer, timer->Dpc, data);
}

bool nt_timer_is_refused(const KTIMER *timer, PKDPC dpc)
{
	const struct module *owner = READ_ONCE(leaving);

	return unlikely(owner) && is_of(timer, dpc, owner);
}

/*
 * After the driver's Unload. A DPC that is queued may set its timer again, so that is not
 * heard until the DPCs have run.
 */
void nt_timers_reap(const struct module *owner)
{
	unsigned int count;

	if (owner == THIS_MODULE)
		return;
	mutex_lock(&leaving_lock);
	WRITE_ONCE(leaving, owner);
	/* A DPC that runs may not have seen it yet, but has set its last timer when flushed. */
	count = nt_timers_cancel(belongs, owner);
	KeFlushQueuedDpcs();
	count += nt_timers_cancel(belongs, owner);
	KeFlushQueuedDpcs();
	WRITE_ONCE(leaving, NULL);
	mutex_unlock(&leaving_lock);
	if (count)
		pr_err("%s left timers set: %u\n", owner->name, count);
}
