// SPDX-License-Identifier: GPL-2.0
/* Ejecting a device: asked for by its driver, "IoRequestDeviceEject". */
#include "request.h"
#include "../io/device.h"

/* The drivers are gone: the bus driver may let the device go, and says so afterwards. */
static void eject(struct nt_devnode *devnode)
{
	NTSTATUS status = STATUS_SUCCESS;

	nt_devnode_lock(devnode);
	if (!devnode->deleted)
		status = nt_pnp_send(devnode, IRP_MN_EJECT);
	nt_devnode_unlock(devnode);
	if (!NT_SUCCESS(status))
		dev_warn(devnode->dev, "was not ejected: %s\n", nt_status_text(status));
	if (devnode->parent)
		nt_pnp_queue(devnode->parent, &devnode->parent->relations);
}

void nt_eject_work(struct work_struct *work)
{
	struct nt_devnode *devnode = container_of(work, struct nt_devnode, eject);
	NTSTATUS status = STATUS_SUCCESS;

	if (!nt_devnode_is_settled(devnode)) {
		nt_devnode_put(devnode);
		return;
	}
	device_lock(devnode->dev);
	if (devnode->dev->driver)
		status = nt_devnode_disable(devnode);
	device_unlock(devnode->dev);
	if (NT_SUCCESS(status)) {
		device_release_driver(devnode->dev);
		eject(devnode);
	} else {
		dev_info(devnode->dev, "is in use, and not ejected: %s\n", nt_status_text(status));
	}
	nt_devnode_put(devnode);
}

/**
 * IoRequestDeviceEject - somebody has pressed the eject button
 * @PhysicalDeviceObject: the device's PDO
 *
 * IRQL: <= DISPATCH_LEVEL. In another thread the stack gets
 * IRP_MN_QUERY_REMOVE_DEVICE; without a veto IRP_MN_REMOVE_DEVICE and
 * IRP_MN_EJECT, and the parent is asked for its children again.
 * WDK: "IoRequestDeviceEject".
 */
void IoRequestDeviceEject(PDEVICE_OBJECT PhysicalDeviceObject)
{
	struct nt_devnode *devnode = nt_devnode_get_of(PhysicalDeviceObject);

	if (WARN_ONCE(!devnode, "IoRequestDeviceEject of no PDO\n"))
		return;
	nt_pnp_queue(devnode, &devnode->eject);
	nt_devnode_put(devnode);
}
EXPORT_SYMBOL(IoRequestDeviceEject);
