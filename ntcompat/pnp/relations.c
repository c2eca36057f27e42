// SPDX-License-Identifier: GPL-2.0
/*
 * The tree of devices: what a bus driver reports as its children become devices of
 * Linux's "nt" bus, which finds their drivers.
 */
#include "request.h"
#include "../io/device.h"
#include "../linux/ntbus.h"

/* The bus driver's references keep its module; ours must not, or it could not be unloaded. */
static void drop_reported(PDEVICE_RELATIONS relations)
{
	ULONG i;

	for (i = 0; i < relations->Count; i++)
		ObDereferenceObject(relations->Objects[i]);
	ExFreePool(relations);
}

static struct nt_devnode *make_child(struct nt_devnode *parent, PDEVICE_OBJECT pdo)
{
	struct nt_devnode *child = nt_devnode_alloc(NULL, parent);
	NTSTATUS status;

	if (!child)
		return NULL;
	nt_devnode_set_pdo(child, pdo, false);
	status = nt_identity_query(child);
	if (NT_SUCCESS(status))
		status = nt_bus_add(child);
	if (NT_SUCCESS(status))
		return child;
	pr_err("a child of %s has no valid names or is there twice: %s\n", dev_name(parent->dev),
	       nt_status_text(status));
	nt_devnode_put(child);
	return NULL;
}

/* A child that was there before is just marked. */
static void report(struct nt_devnode *parent, PDEVICE_OBJECT pdo)
{
	struct nt_devnode *child = nt_devnode_of(pdo);

	if (!child) {
		child = make_child(parent, pdo);
		if (!child)
			return;
		list_add_tail(&child->sibling, &parent->children);
	}
	if (child->parent == parent)
		child->reported = true;
}

static void lose(struct nt_devnode *child)
{
	list_del_init(&child->sibling);
	nt_bus_delete(child);
	nt_devnode_put(child);
}

static void lose_unreported(struct nt_devnode *parent)
{
	struct nt_devnode *child, *next;

	list_for_each_entry_safe(child, next, &parent->children, sibling)
		if (!child->reported) {
			child->missing = true;
			lose(child);
		}
}

/**
 * nt_relations_enumerate - ask a device for its children, and bring the tree in line
 * @devnode: its operation lock is held
 *
 * PASSIVE_LEVEL. Does nothing unless the device is started. A child that is new gets
 * its driver started before this returns, if that is loaded.
 */
void nt_relations_enumerate(struct nt_devnode *devnode)
{
	PDEVICE_RELATIONS relations;
	struct nt_devnode *child;
	ULONG i;

	lockdep_assert_held(&devnode->operation);
	if (devnode->state != NT_DEVNODE_STARTED)
		return;
	if (!NT_SUCCESS(nt_pnp_query_relations(devnode, BusRelations, &relations)))
		return;
	list_for_each_entry(child, &devnode->children, sibling)
		child->reported = false;
	for (i = 0; relations && i < relations->Count; i++) {
		child = nt_devnode_of(relations->Objects[i]);
		if (child)
			child->reported = true;
	}
	/* What is gone goes first: its place may have been taken. */
	lose_unreported(devnode);
	for (i = 0; relations && i < relations->Count; i++)
		report(devnode, relations->Objects[i]);
	if (relations)
		drop_reported(relations);
}

/* Before their parent. */
void nt_relations_remove_children(struct nt_devnode *devnode)
{
	struct nt_devnode *child, *next;

	lockdep_assert_held(&devnode->operation);
	list_for_each_entry_safe_reverse(child, next, &devnode->children, sibling)
		lose(child);
}

void nt_relations_work(struct work_struct *work)
{
	struct nt_devnode *devnode = container_of(work, struct nt_devnode, relations);

	nt_devnode_lock(devnode);
	nt_relations_enumerate(devnode);
	nt_devnode_unlock(devnode);
	nt_devnode_put(devnode);
}

/**
 * IoInvalidateDeviceRelations - a device's relations have changed
 * @DeviceObject: its PDO
 * @Type: BusRelations: its children are asked for again, in another thread. Others are
 *	asked for when they are needed
 *
 * IRQL: <= DISPATCH_LEVEL. WDK: "IoInvalidateDeviceRelations".
 */
void IoInvalidateDeviceRelations(PDEVICE_OBJECT DeviceObject, DEVICE_RELATION_TYPE Type)
{
	struct nt_devnode *devnode = nt_devnode_get_of(DeviceObject);

	if (WARN_ONCE(!devnode, "IoInvalidateDeviceRelations of no PDO\n"))
		return;
	if (Type == BusRelations || Type == SingleBusRelations)
		nt_pnp_queue(devnode, &devnode->relations);
	nt_devnode_put(devnode);
}
EXPORT_SYMBOL(IoInvalidateDeviceRelations);

/**
 * IoSynchronousInvalidateDeviceRelations - the same, and wait for it
 * @DeviceObject: the PDO
 * @Type: BusRelations
 *
 * IRQL: PASSIVE_LEVEL, not in a PnP request of this device or of one below it.
 * Returns STATUS_SUCCESS, STATUS_NO_SUCH_DEVICE, STATUS_NOT_SUPPORTED for a type that
 * nobody asks for. WDK: "IoSynchronousInvalidateDeviceRelations".
 */
NTSTATUS IoSynchronousInvalidateDeviceRelations(PDEVICE_OBJECT DeviceObject,
						DEVICE_RELATION_TYPE Type)
{
	struct nt_devnode *devnode = nt_devnode_get_of(DeviceObject);

	if (!devnode)
		return STATUS_NO_SUCH_DEVICE;
	if (Type != BusRelations && Type != SingleBusRelations) {
		nt_devnode_put(devnode);
		return STATUS_NOT_SUPPORTED;
	}
	nt_pnp_queue(devnode, &devnode->relations);
	flush_work(&devnode->relations);
	nt_devnode_put(devnode);
	return STATUS_SUCCESS;
}
EXPORT_SYMBOL(IoSynchronousInvalidateDeviceRelations);
