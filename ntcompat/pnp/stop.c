// SPDX-License-Identifier: GPL-2.0
/* Stopping a device to give it other resources: "Stopping a Device to Rebalance Resources". */
#include "request.h"
#include "../io/driver.h"
#include "../io/interrupt.h"
#include "../linux/glue.h"

/**
 * nt_devnode_stop - QUERY_STOP_DEVICE and STOP_DEVICE
 * @devnode: started; its operation lock is held
 *
 * PASSIVE_LEVEL. Returns the driver's refusal, and then the device goes on working.
 */
NTSTATUS nt_devnode_stop(struct nt_devnode *devnode)
{
	NTSTATUS status = nt_pnp_send(devnode, IRP_MN_QUERY_STOP_DEVICE);

	if (!NT_SUCCESS(status)) {
		nt_pnp_send(devnode, IRP_MN_CANCEL_STOP_DEVICE);
		return status;
	}
	nt_pnp_send(devnode, IRP_MN_STOP_DEVICE);
	nt_devnode_set_state(devnode, NT_DEVNODE_STOPPED);
	return STATUS_SUCCESS;
}

static NTSTATUS restart(struct nt_devnode *devnode)
{
	NTSTATUS status;

	nt_resources_release(devnode);
	status = nt_resources_assign(devnode);
	if (NT_SUCCESS(status))
		status = nt_devnode_start(devnode);
	if (!NT_SUCCESS(status)) {
		pr_err("%s: the restart of %s failed with %s\n", devnode->driver->info->name,
		       dev_name(devnode->dev), nt_status_text(status));
		return status;
	}
	nt_devnode_set_state(devnode, NT_DEVNODE_STARTED);
	return STATUS_SUCCESS;
}

/**
 * nt_devnode_rebalance - stop a device and start it with resources assigned anew
 * @devnode: the device
 * @line_only: no messages this time
 *
 * PASSIVE_LEVEL, with Linux's lock of the device held. Returns STATUS_DEVICE_NOT_READY
 * for a device that is not started, the driver's refusal to be stopped, or why it did
 * not start again: then it is STOPPED, and the caller has to unbind it.
 */
NTSTATUS nt_devnode_rebalance(struct nt_devnode *devnode, bool line_only)
{
	NTSTATUS status = STATUS_DEVICE_NOT_READY;

	nt_devnode_lock(devnode);
	if (devnode->state == NT_DEVNODE_STARTED)
		status = nt_devnode_stop(devnode);
	if (NT_SUCCESS(status)) {
		devnode->line_only = line_only;
		status = restart(devnode);
	}
	nt_devnode_unlock(devnode);
	return status;
}
