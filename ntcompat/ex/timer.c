// SPDX-License-Identifier: GPL-2.0
/*
 * The executive's timers: a KTIMER, which may be waited for, and a DPC that calls the
 * callback.
 */
#include "timer.h"
#include "../gate.h"
#include "../ke/irql.h"
#include "later.h"
#include <linux/list.h>
#include <linux/module.h>

struct _EX_TIMER {
	KTIMER timer;			/* what a wait is for */
	struct list_head link;		/* on the list of those that were not deleted */
	unsigned long made_by;		/* the code that called ExAllocateTimer() */
	KDPC dpc;
	PEXT_CALLBACK callback;
	void *context;
	bool resolution;		/* EX_TIMER_HIGH_RESOLUTION */
	struct work_struct work;	/* its end, when that must wait */
	PEXT_DELETE_CALLBACK deleted;
	void *deleted_context;
};

static LIST_HEAD(timers);
static DEFINE_RAW_SPINLOCK(timers_lock);

static void expired(PKDPC dpc, void *context, void *arg1, void *arg2)
{
	PEX_TIMER timer = context;

	nt_call_ex_timer(timer->callback, timer, timer->context);
}

/**
 * ExAllocateTimer - make a timer
 * @Callback: called at DISPATCH_LEVEL when it expires; or NULL
 * @CallbackContext: its argument
 * @Attributes: EX_TIMER_x. Without EX_TIMER_NOTIFICATION it is a synchronization timer.
 *	All timers here have a high resolution and wake a processor
 *
 * IRQL: <= DISPATCH_LEVEL. A thread may wait for it. Returns NULL when there is no memory.
 */
PEX_TIMER ExAllocateTimer(PEXT_CALLBACK Callback, PVOID CallbackContext, ULONG Attributes)
{
	PEX_TIMER timer = kzalloc(sizeof(*timer), nt_gfp());
	unsigned long flags;

	if (!timer)
		return NULL;
	KeInitializeTimerEx(&timer->timer, Attributes & EX_TIMER_NOTIFICATION ? NotificationTimer :
										 SynchronizationTimer);
	KeInitializeDpc(&timer->dpc, expired, timer);
	timer->callback = Callback;
	timer->context = CallbackContext;
	timer->resolution = Attributes & EX_TIMER_HIGH_RESOLUTION;
	timer->made_by = _RET_IP_;
	raw_spin_lock_irqsave(&timers_lock, flags);
	list_add(&timer->link, &timers);
	raw_spin_unlock_irqrestore(&timers_lock, flags);
	return timer;
}
EXPORT_SYMBOL(ExAllocateTimer);

/**
 * ExSetTimer - start a timer
 * @Timer: from ExAllocateTimer(); one that is set starts anew
 * @DueTime: units of 100 ns, negative for relative
 * @Period: units of 100 ns, rounded up to milliseconds here; 0 for a single expiry
 * @Parameters: from ExInitializeSetTimerParameters(), or NULL; a tolerance is not needed
 *
 * IRQL: <= DISPATCH_LEVEL. Returns TRUE when it was set already.
 */
BOOLEAN ExSetTimer(PEX_TIMER Timer, LONGLONG DueTime, LONGLONG Period,
		   PEXT_SET_PARAMETERS Parameters)
{
	LARGE_INTEGER due = { .QuadPart = DueTime };

	WARN_ONCE(Timer->resolution && DueTime > 0,
		  "ExSetTimer: an absolute time for a timer of high resolution\n");
	return KeSetTimerEx(&Timer->timer, due, DIV_ROUND_UP_ULL(Period, 10000),
			    Timer->callback ? &Timer->dpc : NULL);
}
EXPORT_SYMBOL(ExSetTimer);

/**
 * ExCancelTimer - stop a timer
 * @Timer: from ExAllocateTimer()
 * @Parameters: reserved
 *
 * IRQL: <= DISPATCH_LEVEL. Returns TRUE when it was set. Its callback may run still.
 */
BOOLEAN ExCancelTimer(PEX_TIMER Timer, PEXT_CANCEL_PARAMETERS Parameters)
{
	return KeCancelTimer(&Timer->timer);
}
EXPORT_SYMBOL(ExCancelTimer);

static void leave_list(PEX_TIMER timer)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&timers_lock, flags);
	list_del(&timer->link);
	raw_spin_unlock_irqrestore(&timers_lock, flags);
}

static void end(PEX_TIMER timer)
{
	PEXT_DELETE_CALLBACK deleted = timer->deleted;
	void *context = timer->deleted_context;

	KeFlushQueuedDpcs();
	kfree(timer);
	if (deleted)
		nt_call_ex_timer_deleted(deleted, context);
}

static void end_later(struct work_struct *work)
{
	end(container_of(work, struct _EX_TIMER, work));
}

/**
 * ExDeleteTimer - the end of a timer
 * @Timer: from ExAllocateTimer()
 * @Cancel: stop it if it is set. FALSE for one that is set is a warning, and it is stopped
 * @Wait: return when its callback does not run any more
 * @Parameters: from ExInitializeDeleteTimerParameters(), with a routine that is called when
 *	it is deleted; or NULL
 *
 * IRQL: <= APC_LEVEL; without Wait <= DISPATCH_LEVEL. Returns TRUE when it was set, and
 * cancelled.
 */
BOOLEAN ExDeleteTimer(PEX_TIMER Timer, BOOLEAN Cancel, BOOLEAN Wait,
		      PEXT_DELETE_PARAMETERS Parameters)
{
	BOOLEAN was_set;

	WARN_ONCE(Wait && !Cancel, "ExDeleteTimer: Wait without Cancel\n");
	leave_list(Timer);
	was_set = KeCancelTimer(&Timer->timer);
	WARN_ONCE(was_set && !Cancel, "ExDeleteTimer: the timer is set\n");
	if (Parameters) {
		Timer->deleted = Parameters->DeleteCallback;
		Timer->deleted_context = Parameters->DeleteContext;
	}
	if (Wait || !nt_at_dispatch_or_above()) {
		end(Timer);
	} else {
		INIT_WORK(&Timer->work, end_later);
		nt_later(&Timer->work);
	}
	return was_set;
}
EXPORT_SYMBOL(ExDeleteTimer);

static PEX_TIMER find(const struct module *owner)
{
	PEX_TIMER timer, found = NULL;
	unsigned long flags;

	raw_spin_lock_irqsave(&timers_lock, flags);
	list_for_each_entry(timer, &timers, link)
		if (within_module(timer->made_by, owner))
			found = timer;
	raw_spin_unlock_irqrestore(&timers_lock, flags);
	return found;
}

/* After the driver's Unload. PASSIVE_LEVEL. */
void nt_ex_timers_reap(const struct module *owner)
{
	PEX_TIMER left;

	while ((left = find(owner))) {
		pr_err("%s left a timer of ExAllocateTimer behind\n", owner->name);
		ExDeleteTimer(left, TRUE, TRUE, NULL);
	}
}
