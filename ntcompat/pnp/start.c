// SPDX-License-Identifier: GPL-2.0
/* A driver comes to a device: the stack is built, resources are assigned, it starts. */
#include "request.h"
#include "../cm/inf.h"
#include "../gate.h"
#include "../io/device.h"
#include "../io/driver.h"
#include "../io/interface.h"
#include "../io/secure.h"
#include "../linux/glue.h"

/*
 * "Specifying Device Characteristics": what one function or filter device says of
 * these, the PnP manager sets in every device of the stack.
 */
static void share_characteristics(struct nt_devnode *devnode)
{
	const ULONG shared = FILE_DEVICE_SECURE_OPEN | FILE_FLOPPY_DISKETTE |
			     FILE_READ_ONLY_DEVICE | FILE_REMOVABLE_MEDIA | FILE_WRITE_ONCE_MEDIA;
	ULONG characteristics = 0;
	PDEVICE_OBJECT device;

	spin_lock_bh(&nt_stack_lock);
	for (device = devnode->pdo->AttachedDevice; device; device = device->AttachedDevice)
		characteristics |= device->Characteristics & shared;
	for (device = devnode->pdo; device; device = device->AttachedDevice)
		device->Characteristics |= characteristics;
	spin_unlock_bh(&nt_stack_lock);
}

/* What the INF says of the devices: HKR,,Security,,"D:P…". */
static NTSTATUS secure(struct nt_devnode *devnode)
{
	const struct nt_driver_info *info = devnode->driver->info;
	NTSTATUS status;

	if (!info->security)
		return STATUS_SUCCESS;
	status = nt_stack_secure(devnode->pdo, info->security);
	if (!NT_SUCCESS(status))
		pr_err("%s: Security in the INF, '%s': %s\n", info->name, info->security,
		       nt_status_text(status));
	return status;
}

static NTSTATUS add_driver(struct nt_devnode *devnode, struct nt_driver *driver)
{
	NTSTATUS status;

	status = nt_call_add_device(driver->extension.AddDevice, &driver->object, devnode->pdo);
	if (!NT_SUCCESS(status))
		pr_err("%s: AddDevice failed with %s\n", driver->info->name, nt_status_text(status));
	return status;
}

static NTSTATUS build_stack(struct nt_devnode *devnode)
{
	NTSTATUS status = nt_device_install(devnode);

	if (!NT_SUCCESS(status))
		return status;
	devnode->builder = current;
	status = nt_filters_add(devnode, false);
	if (NT_SUCCESS(status))
		status = add_driver(devnode, devnode->driver);
	if (NT_SUCCESS(status))
		status = nt_filters_add(devnode, true);
	devnode->builder = NULL;
	if (!NT_SUCCESS(status))
		return status;
	share_characteristics(devnode);
	return secure(devnode);
}

/**
 * nt_devnode_start - START_DEVICE with the resources that the device has
 * @devnode: device with its stack built, or stopped; its operation lock is held
 *
 * PASSIVE_LEVEL.
 */
NTSTATUS nt_devnode_start(struct nt_devnode *devnode)
{
	struct nt_irp *nt = nt_pnp_irp(devnode);
	PIO_STACK_LOCATION first = nt_irp_first(nt);

	first->Parameters.StartDevice.AllocatedResources = devnode->raw;
	first->Parameters.StartDevice.AllocatedResourcesTranslated = devnode->translated;
	return nt_pnp_send_irp(devnode, nt, IRP_MN_START_DEVICE, NULL);
}

/* What failed to start is taken down again. */
static void give_up(struct nt_devnode *devnode)
{
	nt_devnode_set_state(devnode, NT_DEVNODE_REMOVED);
	nt_devnode_remove_stack(devnode);
	nt_interfaces_disable(devnode);
	nt_resources_release(devnode);
	nt_devnode_set_driver(devnode, NULL);
}

static NTSTATUS add_locked(struct nt_devnode *devnode, struct nt_driver *driver)
{
	NTSTATUS status;

	nt_devnode_set_driver(devnode, driver);
	devnode->line_only = false;
	nt_devnode_set_state(devnode, NT_DEVNODE_ADDED);
	status = build_stack(devnode);
	if (NT_SUCCESS(status))
		status = nt_resources_assign(devnode);
	if (NT_SUCCESS(status)) {
		status = nt_devnode_start(devnode);
		if (!NT_SUCCESS(status))
			pr_err("%s: START_DEVICE failed with %s\n", driver->info->name,
			       nt_status_text(status));
	}
	if (!NT_SUCCESS(status)) {
		give_up(devnode);
		return status;
	}
	nt_devnode_set_state(devnode, NT_DEVNODE_STARTED);
	nt_interfaces_started(devnode);
	nt_pnp_query_capabilities(devnode);
	nt_state_ask(devnode);
	nt_relations_enumerate(devnode);
	return STATUS_SUCCESS;
}

/**
 * nt_devnode_add - a driver was found for a device: AddDevice, resources, START_DEVICE
 * @devnode: device without a driver, its PDO made
 * @driver: the driver that Linux matched
 *
 * PASSIVE_LEVEL, with Linux's lock of the device held. When any step fails the
 * former ones are undone. "Starting a Device": afterwards its capabilities, state and
 * children are asked for.
 */
NTSTATUS nt_devnode_add(struct nt_devnode *devnode, struct nt_driver *driver)
{
	NTSTATUS status = STATUS_NO_SUCH_DEVICE;

	nt_devnode_lock(devnode);
	/* A former life of it may not be over: a file is open still. */
	if (devnode->state == NT_DEVNODE_REMOVED && !devnode->open_files)
		status = add_locked(devnode, driver);
	nt_devnode_unlock(devnode);
	return status;
}
