// SPDX-License-Identifier: GPL-2.0
/*
 * Open files hold a device: it is not removed in the orderly way while there are
 * any, and the code of its function and bus drivers stays. Filters' code stays as
 * long as they are attached.
 */
#include "devnode.h"
#include "../io/driver.h"
#include "../linux/glue.h"
#include <linux/module.h>

static struct module *bus_owner(const struct nt_devnode *devnode)
{
	return nt_driver(devnode->pdo->DriverObject)->info->owner;
}

static NTSTATUS hold(struct nt_devnode *devnode, struct module *held[NT_DEVNODE_MODULES])
{
	held[0] = devnode->driver->info->owner;
	held[1] = bus_owner(devnode);
	if (!try_module_get(held[0]))
		return STATUS_DELETE_PENDING;
	if (try_module_get(held[1]))
		return STATUS_SUCCESS;
	module_put(held[0]);
	return STATUS_DELETE_PENDING;
}

/**
 * nt_devnode_open - a file is being opened on the device's stack
 * @devnode: the device; on success the caller's reference is the file's
 * @held: receives the modules that the file now holds
 *
 * While the device is started, its driver has not been unloaded.
 */
NTSTATUS nt_devnode_open(struct nt_devnode *devnode, struct module *held[NT_DEVNODE_MODULES])
{
	NTSTATUS status = STATUS_NO_SUCH_DEVICE;

	mutex_lock(&devnode->lock);
	if (devnode->state == NT_DEVNODE_STARTED || devnode->state == NT_DEVNODE_STOPPED)
		status = hold(devnode, held);
	if (NT_SUCCESS(status))
		devnode->open_files++;
	else
		held[0] = held[1] = NULL;
	mutex_unlock(&devnode->lock);
	return status;
}

/**
 * nt_devnode_close - a file on the device's stack has been closed
 * @devnode: the device; its drivers' modules are still referenced
 */
void nt_devnode_close(struct nt_devnode *devnode)
{
	bool last_of_gone;

	mutex_lock(&devnode->lock);
	last_of_gone = !--devnode->open_files && devnode->state == NT_DEVNODE_GONE;
	mutex_unlock(&devnode->lock);
	/* GONE refuses every open and every driver, so there is one last close. */
	if (last_of_gone) {
		nt_devnode_remove_stack(devnode);
		nt_devnode_set_driver(devnode, NULL);
		nt_devnode_set_state(devnode, NT_DEVNODE_REMOVED);
	}
	nt_devnode_put(devnode);
}
