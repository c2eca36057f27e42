// SPDX-License-Identifier: GPL-2.0
/* What drivers say of a device's state: "IRP_MN_QUERY_PNP_DEVICE_STATE". */
#include "request.h"
#include "../io/driver.h"
#include "../linux/glue.h"

/* What the driver says is wrong with it ends the driver's time with it. */
#define ENDS	(PNP_DEVICE_FAILED | PNP_DEVICE_REMOVED | PNP_DEVICE_DISABLED)

static void end(struct nt_devnode *devnode)
{
	device_lock(devnode->dev);
	nt_devnode_lock(devnode);
	if (devnode->state == NT_DEVNODE_STARTED)
		devnode->missing = true;
	nt_devnode_unlock(devnode);
	device_unlock(devnode->dev);
	device_release_driver(devnode->dev);
	devnode->missing = false;
}

void nt_state_work(struct work_struct *work)
{
	struct nt_devnode *devnode = container_of(work, struct nt_devnode, reconsider);
	PNP_DEVICE_STATE state = 0;
	bool failed;

	if (!nt_devnode_is_settled(devnode))
		goto put;
	nt_devnode_lock(devnode);
	if (devnode->state == NT_DEVNODE_STARTED)
		nt_pnp_query_state(devnode, &state);
	nt_devnode_unlock(devnode);
	if (state & ENDS) {
		dev_warn(devnode->dev, "its driver says that it has failed (state 0x%x)\n", state);
		end(devnode);
	} else if (state & PNP_DEVICE_RESOURCE_REQUIREMENTS_CHANGED) {
		device_lock(devnode->dev);
		nt_devnode_rebalance(devnode, false);
		failed = devnode->state == NT_DEVNODE_STOPPED;
		device_unlock(devnode->dev);
		if (failed)
			device_release_driver(devnode->dev);
	}
put:
	nt_devnode_put(devnode);
}

/**
 * nt_state_ask - ask a device that has just started for its state
 * @devnode: its operation lock is held, and Linux's
 *
 * PASSIVE_LEVEL. What follows from the answer comes in another thread.
 */
void nt_state_ask(struct nt_devnode *devnode)
{
	PNP_DEVICE_STATE state;

	nt_pnp_query_state(devnode, &state);
	if (state & ENDS)
		nt_pnp_queue(devnode, &devnode->reconsider);
}

/**
 * IoInvalidateDeviceState - a device's state has changed
 * @PhysicalDeviceObject: its PDO
 *
 * IRQL: <= DISPATCH_LEVEL. The stack gets IRP_MN_QUERY_PNP_DEVICE_STATE in another
 * thread; a device that has failed, is disabled or removed gets SURPRISE_REMOVAL and
 * REMOVE_DEVICE, one with other requirements is stopped and started again.
 * WDK: "IoInvalidateDeviceState".
 */
void IoInvalidateDeviceState(PDEVICE_OBJECT PhysicalDeviceObject)
{
	struct nt_devnode *devnode = nt_devnode_get_of(PhysicalDeviceObject);

	if (WARN_ONCE(!devnode, "IoInvalidateDeviceState of no PDO\n"))
		return;
	nt_pnp_queue(devnode, &devnode->reconsider);
	nt_devnode_put(devnode);
}
EXPORT_SYMBOL(IoInvalidateDeviceState);
