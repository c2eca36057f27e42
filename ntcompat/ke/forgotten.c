// SPDX-License-Identifier: GPL-2.0
/*
 * Timers that a driver forgets: set when their memory is freed, when it is initialised as
 * another timer, or when their driver is unloaded. Windows crashes later, wherever. Here they are cancelled, and the log says so.
 */
#include "forgotten.h"
#include <linux/module.h>

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

static bool is_of(const KTIMER *timer, const void *data)
{
	const struct module *owner = data;

	if (within_module((unsigned long)timer, owner))
		return true;
	return timer->Dpc && within_module((unsigned long)timer->Dpc->DeferredRoutine, owner);
}

/* After the driver's Unload, before its DPCs are waited for. */
void nt_timers_reap(const struct module *owner)
{
	unsigned int count;

	if (owner == THIS_MODULE)
		return;
	count = nt_timers_cancel(is_of, owner);
	if (count)
		pr_err("%s left timers set: %u\n", owner->name, count);
}
