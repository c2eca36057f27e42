// SPDX-License-Identifier: GPL-2.0
/*
 * Power IRPs that take long: a driver that never completes one hangs the suspend or the
 * shutdown, so the log says which driver has it.
 */
#include "power.h"
#include "../io/device.h"
#include "../io/driver.h"
#include "../linux/compat.h"
#include "../linux/glue.h"
#include "../pnp/devnode.h"

#define PATIENCE	10	/* seconds */

/*
 * Whose turn it is. The IRP may be completed meanwhile, but not freed, and its memory
 * says where in the stack it is; only a device that is in the stack is looked at.
 */
static const char *holder(struct nt_devnode *devnode, PIRP irp)
{
	int number = READ_ONCE(irp->CurrentLocation);
	PDEVICE_OBJECT device, seen;
	const char *name = "somebody";

	if (number < 1 || number > irp->StackCount)
		return name;
	seen = READ_ONCE(nt_irp(irp)->stack[number - 1].DeviceObject);
	spin_lock_bh(&nt_stack_lock);
	for (device = devnode->pdo; device; device = device->AttachedDevice)
		if (device == seen)
			name = nt_driver(device->DriverObject)->info->name;
	spin_unlock_bh(&nt_stack_lock);
	return name;
}

static void too_long(struct timer_list *timer)
{
	struct nt_power_watch *watch = container_of(timer, struct nt_power_watch, timer);

	pr_err("%s has not completed %s of %s for %lu seconds\n",
	       holder(watch->devnode, watch->irp), watch->what, dev_name(watch->devnode->dev),
	       (jiffies - watch->since) / HZ);
	mod_timer(&watch->timer, jiffies + PATIENCE * HZ);
}

/**
 * nt_power_watch - begin to watch an IRP
 * @watch: memory for it, until nt_power_unwatch()
 * @devnode: the device
 * @irp: about to be sent to its stack; must not be freed before nt_power_unwatch()
 * @what: what it is
 */
void nt_power_watch(struct nt_power_watch *watch, struct nt_devnode *devnode, PIRP irp,
		    const char *what)
{
	unsigned long flags;

	watch->devnode = devnode;
	watch->irp = irp;
	watch->what = what;
	watch->since = jiffies;
	timer_setup(&watch->timer, too_long, 0);
	watch->timer.expires = jiffies + PATIENCE * HZ;
	add_timer(&watch->timer);
	spin_lock_irqsave(&devnode->power.lock, flags);
	list_add(&watch->link, &devnode->power.watches);
	spin_unlock_irqrestore(&devnode->power.lock, flags);
}

/* <= DISPATCH_LEVEL. */
void nt_power_unwatch(struct nt_power_watch *watch)
{
	unsigned long flags;

	spin_lock_irqsave(&watch->devnode->power.lock, flags);
	list_del(&watch->link);
	spin_unlock_irqrestore(&watch->devnode->power.lock, flags);
	timer_delete_sync(&watch->timer);
}

/**
 * PoQueryWatchdogTime - how long a device's drivers have for their power IRPs
 * @Pdo: the device
 * @SecondsRemaining: receives the seconds until the log complains of the oldest
 *
 * IRQL: <= DISPATCH_LEVEL. FALSE when no power IRP is under way. On Windows the system
 * stops when the time is over.
 */
BOOLEAN PoQueryWatchdogTime(PDEVICE_OBJECT Pdo, PULONG SecondsRemaining)
{
	struct nt_devnode *devnode = nt_devnode_of(Pdo);
	struct nt_power_watch *watch;
	BOOLEAN any = FALSE;
	unsigned long flags;
	ULONG left;

	if (!devnode)
		return FALSE;
	spin_lock_irqsave(&devnode->power.lock, flags);
	list_for_each_entry(watch, &devnode->power.watches, link) {
		left = PATIENCE - (jiffies - watch->since) / HZ % PATIENCE;
		if (!any || left < *SecondsRemaining)
			*SecondsRemaining = left;
		any = TRUE;
	}
	spin_unlock_irqrestore(&devnode->power.lock, flags);
	return any;
}
EXPORT_SYMBOL(PoQueryWatchdogTime);
