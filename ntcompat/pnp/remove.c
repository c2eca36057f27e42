// SPDX-License-Identifier: GPL-2.0
/* A driver's time with a device ends: asked for, or by surprise. */
#include "request.h"
#include "notify.h"
#include "../io/device.h"
#include "../io/driver.h"
#include "../io/interface.h"
#include "../linux/glue.h"

/* No file is open, and none will be: the device is about to be removed for good. */
void nt_devnode_remove_stack(struct nt_devnode *devnode)
{
	nt_pnp_send(devnode, IRP_MN_REMOVE_DEVICE);
	if (devnode->pdo->AttachedDevice)
		pr_err("%s left its device attached after REMOVE_DEVICE\n",
		       devnode->driver->info->name);
	nt_filters_release(devnode);
}

/* ---- Asking ---- */

static void cancel_query(struct nt_devnode *devnode)
{
	struct nt_devnode *child;

	if (devnode->state != NT_DEVNODE_QUERIED)
		return;
	/* "IRP_MN_CANCEL_REMOVE_DEVICE": parents before children. */
	nt_pnp_send(devnode, IRP_MN_CANCEL_REMOVE_DEVICE);
	nt_devnode_set_state(devnode, NT_DEVNODE_STARTED);
	nt_notify_target(devnode, NT_TARGET_REMOVE_CANCELLED);
	list_for_each_entry(child, &devnode->children, sibling) {
		nt_devnode_lock(child);
		cancel_query(child);
		nt_devnode_unlock(child);
	}
}

static NTSTATUS query_children(struct nt_devnode *devnode)
{
	struct nt_devnode *child;
	NTSTATUS status = STATUS_SUCCESS;

	list_for_each_entry(child, &devnode->children, sibling) {
		nt_devnode_lock(child);
		if (child->state == NT_DEVNODE_STARTED)
			status = nt_devnode_query_remove(child);
		nt_devnode_unlock(child);
		if (!NT_SUCCESS(status))
			break;
	}
	return status;
}

static void cancel_children(struct nt_devnode *devnode)
{
	struct nt_devnode *child;

	list_for_each_entry(child, &devnode->children, sibling) {
		nt_devnode_lock(child);
		cancel_query(child);
		nt_devnode_unlock(child);
	}
}

/* From now on nobody can open it; who has it open is in the way. */
static NTSTATUS begin_query(struct nt_devnode *devnode)
{
	NTSTATUS status = STATUS_SUCCESS;

	mutex_lock(&devnode->lock);
	if (devnode->open_files)
		status = STATUS_DEVICE_BUSY;
	else
		devnode->state = NT_DEVNODE_QUERIED;
	mutex_unlock(&devnode->lock);
	return status;
}

/**
 * nt_devnode_query_remove - ask whether a device may go, and its children before it
 * @devnode: started; its operation lock is held
 *
 * PASSIVE_LEVEL. On success the device is QUERIED, and so are its children. A veto, or
 * an open file whose owner was told and did not close it, leaves all started.
 */
NTSTATUS nt_devnode_query_remove(struct nt_devnode *devnode)
{
	NTSTATUS status;

	status = nt_notify_target(devnode, NT_TARGET_QUERY_REMOVE);
	if (!NT_SUCCESS(status))
		goto tell;
	status = query_children(devnode);
	if (NT_SUCCESS(status))
		status = begin_query(devnode);
	if (!NT_SUCCESS(status))
		goto cancel;
	status = nt_pnp_send(devnode, IRP_MN_QUERY_REMOVE_DEVICE);
	if (NT_SUCCESS(status))
		return status;
	cancel_query(devnode);
	return status;

cancel:
	cancel_children(devnode);
tell:
	nt_notify_target(devnode, NT_TARGET_REMOVE_CANCELLED);
	return status;
}

/**
 * nt_devnode_disable - ask, and get a device ready to be unbound
 * @devnode: the device
 *
 * PASSIVE_LEVEL, with Linux's lock of the device held. After success the device has to
 * be unbound: it is QUERIED. Returns the veto else.
 */
NTSTATUS nt_devnode_disable(struct nt_devnode *devnode)
{
	NTSTATUS status = STATUS_DEVICE_NOT_READY;

	nt_devnode_lock(devnode);
	if (devnode->state == NT_DEVNODE_STARTED)
		status = nt_devnode_query_remove(devnode);
	nt_devnode_unlock(devnode);
	return status;
}

/* ---- Removing ---- */

/*
 * Decide under the lock, so that no open slips in between: with open files the
 * driver is told that the device is gone, and REMOVE_DEVICE waits for the last
 * close.
 */
static bool begin_removal(struct nt_devnode *devnode)
{
	bool files_open;

	mutex_lock(&devnode->lock);
	files_open = devnode->open_files;
	devnode->state = files_open ? NT_DEVNODE_GONE : NT_DEVNODE_REMOVED;
	/* As if by an open file of ours: no REMOVE_DEVICE while SURPRISE_REMOVAL is under way. */
	if (files_open) {
		devnode->open_files++;
		nt_devnode_get(devnode);
	}
	mutex_unlock(&devnode->lock);
	return files_open;
}

/* Of any device of the stack: who polls a file learns that nothing more will come. */
static void tell_pollers(struct nt_devnode *devnode)
{
	PDEVICE_OBJECT held[NT_STACK_HELD];
	unsigned int count = nt_stack_hold(devnode->pdo, held), i;

	for (i = 0; i < count; i++)
		nt_readiness_gone(&nt_device(held[i])->readiness);
	nt_stack_release(held, count);
}

static bool is_present(const struct nt_devnode *devnode)
{
	if (devnode->missing)
		return false;
	return !devnode->pci || pci_device_is_present(devnode->pci);
}

/*
 * An orderly removal asks first. Linux does not take no for an answer, so a veto
 * turns into a surprise; and so does an open file.
 */
static void ask_for_it(struct nt_devnode *devnode)
{
	bool busy;

	if (devnode->state != NT_DEVNODE_STARTED || !is_present(devnode))
		return;
	mutex_lock(&devnode->lock);
	busy = devnode->open_files;
	mutex_unlock(&devnode->lock);
	if (!busy && !NT_SUCCESS(nt_devnode_query_remove(devnode)))
		pr_warn("%s vetoed the removal of %s\n", devnode->driver->info->name,
			dev_name(devnode->dev));
}

static void remove_locked(struct nt_devnode *devnode)
{
	bool queried, files_open;

	ask_for_it(devnode);
	queried = devnode->state == NT_DEVNODE_QUERIED;
	nt_relations_remove_children(devnode);
	files_open = begin_removal(devnode);
	if (files_open)
		tell_pollers(devnode);
	if (!queried)
		nt_pnp_send(devnode, IRP_MN_SURPRISE_REMOVAL);
	/* "Handling a GUID_TARGET_DEVICE_REMOVE_COMPLETE Event": before REMOVE_DEVICE. */
	nt_notify_target(devnode, NT_TARGET_REMOVE_COMPLETE);
	if (!files_open)
		nt_devnode_remove_stack(devnode);
	nt_interfaces_disable(devnode);
	nt_resources_release(devnode);
	if (files_open)
		nt_devnode_close(devnode);
	else
		nt_devnode_set_driver(devnode, NULL);
}

/**
 * nt_devnode_remove - a device is being unbound or is gone
 * @devnode: with a driver
 *
 * PASSIVE_LEVEL, with Linux's lock of the device held. On return the device's
 * interrupts and regions are free, even when files are still open and the driver's
 * device objects live on. Its children are removed before.
 */
void nt_devnode_remove(struct nt_devnode *devnode)
{
	nt_devnode_lock(devnode);
	remove_locked(devnode);
	nt_devnode_unlock(devnode);
}
