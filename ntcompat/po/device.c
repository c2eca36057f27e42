// SPDX-License-Identifier: GPL-2.0
/* What the power manager keeps for each device. */
#include "power.h"
#include "../linux/pm.h"
#include "../pnp/devnode.h"

/*
 * Where power IRPs run that were asked for above PASSIVE_LEVEL, and those that waited
 * for their turn. Not frozen, as they are part of going to sleep.
 */
struct workqueue_struct *nt_power_queue;

/*
 * The stack's PDO is a driver's: what that did to the device, Linux learns from the
 * IRPs that succeeded.
 */
static void follow(struct work_struct *work)
{
	struct nt_devnode *devnode = container_of(work, struct nt_devnode, power.follow_work);

	if (READ_ONCE(devnode->power.state) == PowerDeviceD0)
		nt_pm_power_up(devnode);
	else
		nt_pm_power_down(devnode);
	nt_devnode_put(devnode);
}

/* @work is one of the devnode's, which it keeps until it has run. Any IRQL. */
void nt_power_queue_work(struct nt_devnode *devnode, struct work_struct *work)
{
	nt_devnode_get(devnode);
	if (!queue_work(nt_power_queue, work))
		nt_devnode_put(devnode);
}

void nt_power_init(struct nt_devnode *devnode)
{
	struct nt_power *power = &devnode->power;

	spin_lock_init(&power->lock);
	INIT_LIST_HEAD(&power->waiting);
	init_waitqueue_head(&power->idle);
	INIT_LIST_HEAD(&power->watches);
	power->told = PowerSystemWorking;
	power->system = PowerSystemWorking;
	power->state = PowerDeviceD0;
	INIT_WORK(&power->wake_work, nt_power_wake_work);
	INIT_WORK(&power->follow_work, follow);
	mutex_init(&power->usage);
}

int __init nt_power_setup(void)
{
	nt_power_queue = alloc_workqueue("ntcompat_power", WQ_UNBOUND | WQ_MEM_RECLAIM, 0);
	return nt_power_queue ? 0 : -ENOMEM;
}

void nt_power_teardown(void)
{
	destroy_workqueue(nt_power_queue);
}
