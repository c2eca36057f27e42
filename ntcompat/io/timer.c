// SPDX-License-Identifier: GPL-2.0
/* IoTimer routines: called once a second for every device that started one. */
#include "timer.h"
#include "device.h"
#include "../gate.h"
#include <linux/jiffies.h>
#include <linux/timer.h>

/**
 * struct _IO_TIMER - a device's one-second timer
 * @link: on the list of started timers, or empty
 * @device: whose it is
 * @routine: the IoTimer routine
 * @context: its argument
 * @running_on: the CPU that is calling the routine, or NOWHERE
 *
 * link is guarded by timers_lock.
 */
struct _IO_TIMER {
	struct list_head link;
	PDEVICE_OBJECT device;
	PIO_TIMER_ROUTINE routine;
	void *context;
	int running_on;
};

#define NOWHERE	(-1)

static void second_is_over(struct timer_list *unused);

static LIST_HEAD(timers);
static DEFINE_SPINLOCK(timers_lock);
static DEFINE_TIMER(second, second_is_over);

/*
 * The lock is dropped for the call, since a routine may stop its own timer.
 * A private list keeps the place: what is started meanwhile waits a second.
 */
static void second_is_over(struct timer_list *unused)
{
	LIST_HEAD(todo);

	spin_lock(&timers_lock);
	list_splice_init(&timers, &todo);
	while (!list_empty(&todo)) {
		PIO_TIMER timer = list_first_entry(&todo, struct _IO_TIMER, link);

		list_move_tail(&timer->link, &timers);
		timer->running_on = smp_processor_id();
		spin_unlock(&timers_lock);
		nt_call_io_timer(timer->routine, timer->device, timer->context);
		/* Pairs with IoStopTimer(): what the routine did is seen by who waited. */
		smp_store_release(&timer->running_on, NOWHERE);
		spin_lock(&timers_lock);
	}
	if (!list_empty(&timers))
		mod_timer(&second, jiffies + HZ);
	spin_unlock(&timers_lock);
}

/**
 * IoInitializeTimer - give a device an IoTimer routine
 * @DeviceObject: the driver's device; has one timer at most
 * @TimerRoutine: called at DISPATCH_LEVEL, once a second while started
 * @Context: its second argument
 *
 * IRQL: PASSIVE_LEVEL. Returns STATUS_SUCCESS or STATUS_INSUFFICIENT_RESOURCES.
 */
NTSTATUS IoInitializeTimer(PDEVICE_OBJECT DeviceObject, PIO_TIMER_ROUTINE TimerRoutine, PVOID Context)
{
	PIO_TIMER timer = DeviceObject->Timer;

	if (!timer) {
		timer = kzalloc(sizeof(*timer), GFP_KERNEL);
		if (!timer)
			return STATUS_INSUFFICIENT_RESOURCES;
		INIT_LIST_HEAD(&timer->link);
		timer->device = DeviceObject;
		timer->running_on = NOWHERE;
	}
	timer->routine = TimerRoutine;
	timer->context = Context;
	DeviceObject->Timer = timer;
	return STATUS_SUCCESS;
}
EXPORT_SYMBOL(IoInitializeTimer);

/**
 * IoStartTimer - have the IoTimer routine called
 * @DeviceObject: device with an initialised timer
 *
 * IRQL: <= DISPATCH_LEVEL. The first call comes within a second. Does nothing
 * for a device that has no timer, or that is deleted and lives on because a file
 * is open.
 */
void IoStartTimer(PDEVICE_OBJECT DeviceObject)
{
	PIO_TIMER timer = DeviceObject->Timer;

	if (!timer)
		return;
	spin_lock_bh(&timers_lock);
	/* IoDeleteDevice() marks the device first and stops its timer then. */
	if (list_empty(&timer->link) && !READ_ONCE(nt_device(DeviceObject)->deleted)) {
		list_add_tail(&timer->link, &timers);
		if (!timer_pending(&second))
			mod_timer(&second, jiffies + HZ);
	}
	spin_unlock_bh(&timers_lock);
}
EXPORT_SYMBOL(IoStartTimer);

/**
 * IoStopTimer - have the IoTimer routine called no more
 * @DeviceObject: device that may or may not have a timer
 *
 * IRQL: <= DISPATCH_LEVEL, not from the routine itself and with no lock held
 * that it takes: a call in progress on another CPU is waited for.
 */
void IoStopTimer(PDEVICE_OBJECT DeviceObject)
{
	PIO_TIMER timer = DeviceObject->Timer;

	if (!timer)
		return;
	spin_lock_bh(&timers_lock);
	list_del_init(&timer->link);
	spin_unlock_bh(&timers_lock);
	/* Pairs with second_is_over(). */
	while (smp_load_acquire(&timer->running_on) != NOWHERE &&
	       timer->running_on != raw_smp_processor_id())
		cpu_relax();
}
EXPORT_SYMBOL(IoStopTimer);

void nt_io_timer_free(PDEVICE_OBJECT device)
{
	PIO_TIMER timer = device->Timer;

	kfree(timer);
}

void nt_io_timer_teardown(void)
{
	timer_delete_sync(&second);
}
