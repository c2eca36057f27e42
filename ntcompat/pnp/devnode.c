// SPDX-License-Identifier: GPL-2.0
/* Device nodes: arrival, start, removal. */
#include "devnode.h"
#include "legacy.h"
#include "../gate.h"
#include "../io/device.h"
#include "../io/driver.h"
#include "../io/interface.h"
#include "../io/interrupt.h"
#include "../io/secure.h"
#include "../linux/glue.h"
#include <linux/module.h>

/**
 * nt_pnp_irp - an IRP for a PnP request
 * @devnode: the device it is for
 *
 * Status is STATUS_NOT_SUPPORTED, as the rules for PnP IRPs want it. Removal
 * cannot fail for want of memory, so this waits for it.
 */
struct nt_irp *nt_pnp_irp(struct nt_devnode *devnode)
{
	CCHAR size = nt_device_top(devnode->pdo)->StackSize;
	struct nt_irp *nt;

	while (!(nt = nt_irp_alloc(size, GFP_KERNEL)))
		schedule_timeout_uninterruptible(1);
	nt->irp.IoStatus.Status = STATUS_NOT_SUPPORTED;
	return nt;
}

/**
 * nt_pnp_send_irp - send a PnP request to the top of the stack, wait, free it
 * @devnode: the device
 * @nt: from nt_pnp_irp(), with its parameters filled in
 * @minor: IRP_MN_x
 */
NTSTATUS nt_pnp_send_irp(struct nt_devnode *devnode, struct nt_irp *nt, UCHAR minor)
{
	PIO_STACK_LOCATION first = nt_irp_first(nt);
	PDEVICE_OBJECT held[NT_STACK_HELD];
	unsigned int count;
	NTSTATUS status;

	first->MajorFunction = IRP_MJ_PNP;
	first->MinorFunction = minor;
	/* A filter that detaches must not be unloaded before it has returned from that. */
	count = nt_stack_hold(devnode->pdo, held);
	status = nt_irp_send(nt, nt_device_top(devnode->pdo), false);
	nt_stack_release(held, count);
	nt_irp_free(nt);
	return status;
}

NTSTATUS nt_pnp_send(struct nt_devnode *devnode, UCHAR minor)
{
	return nt_pnp_send_irp(devnode, nt_pnp_irp(devnode), minor);
}

static LIST_HEAD(devnodes);
static DEFINE_MUTEX(devnodes_lock);

static void release(struct kref *ref)
{
	struct nt_devnode *devnode = container_of(ref, struct nt_devnode, ref);

	mutex_lock(&devnodes_lock);
	list_del(&devnode->link);
	mutex_unlock(&devnodes_lock);

	nt_interfaces_forget(devnode);
	if (devnode->pdo) {
		nt_device_forget_devnode(devnode->pdo);
		IoDeleteDevice(devnode->pdo);
	}
	pci_dev_put(devnode->pci);
	nt_live_dec(NT_LIVE_DEVNODE);
	kfree(devnode);
}

void nt_devnode_put(struct nt_devnode *devnode)
{
	kref_put(&devnode->ref, release);
}

static struct nt_devnode *alloc(struct nt_driver *driver, struct pci_dev *pci)
{
	struct nt_devnode *devnode = kzalloc(sizeof(*devnode), GFP_KERNEL);

	if (!devnode)
		return NULL;
	kref_init(&devnode->ref);
	mutex_init(&devnode->lock);
	devnode->driver = driver;
	devnode->pci = pci_dev_get(pci);
	mutex_lock(&devnodes_lock);
	list_add(&devnode->link, &devnodes);
	mutex_unlock(&devnodes_lock);
	nt_live_inc(NT_LIVE_DEVNODE);
	return devnode;
}

/* Does another device of ours have its interrupt on the same line? */
bool nt_devnode_irq_is_shared(const struct nt_devnode *devnode, unsigned int irq)
{
	const struct nt_devnode *other;
	bool shared = nt_legacy_uses_irq(irq);

	mutex_lock(&devnodes_lock);
	list_for_each_entry(other, &devnodes, link)
		if (other != devnode && other->vectors && other->pci->irq == irq)
			shared = true;
	mutex_unlock(&devnodes_lock);
	return shared;
}

static void set_state(struct nt_devnode *devnode, enum nt_devnode_state state)
{
	mutex_lock(&devnode->lock);
	devnode->state = state;
	mutex_unlock(&devnode->lock);
}

static NTSTATUS start(struct nt_devnode *devnode)
{
	struct nt_irp *nt = nt_pnp_irp(devnode);
	PIO_STACK_LOCATION first = nt_irp_first(nt);

	first->Parameters.StartDevice.AllocatedResources = devnode->raw;
	first->Parameters.StartDevice.AllocatedResourcesTranslated = devnode->translated;
	return nt_pnp_send_irp(devnode, nt, IRP_MN_START_DEVICE);
}

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

/**
 * nt_devnode_add - a PCI device has come: AddDevice, resources, START_DEVICE
 * @driver: the driver that Linux matched
 * @pci: the device
 *
 * PASSIVE_LEVEL. When any step fails the former ones are undone.
 */
NTSTATUS nt_devnode_add(struct nt_driver *driver, struct pci_dev *pci)
{
	struct nt_devnode *devnode = alloc(driver, pci);
	NTSTATUS status;

	if (!devnode)
		return STATUS_INSUFFICIENT_RESOURCES;
	status = nt_pdo_create(devnode);
	if (!NT_SUCCESS(status))
		goto put;
	status = nt_device_install(devnode);
	if (!NT_SUCCESS(status))
		goto put;
	status = nt_call_add_device(driver->extension.AddDevice, &driver->object, devnode->pdo);
	if (!NT_SUCCESS(status)) {
		pr_err("%s: AddDevice failed with %s\n", driver->info->name, nt_status_text(status));
		goto put;
	}
	share_characteristics(devnode);
	status = secure(devnode);
	if (NT_SUCCESS(status))
		status = nt_resources_assign(devnode);
	if (NT_SUCCESS(status))
		status = start(devnode);
	if (!NT_SUCCESS(status)) {
		pr_err("%s: START_DEVICE failed with %s\n", driver->info->name,
		       nt_status_text(status));
		set_state(devnode, NT_DEVNODE_REMOVED);
		nt_pnp_send(devnode, IRP_MN_REMOVE_DEVICE);
		nt_interfaces_disable(devnode);
		nt_resources_release(devnode);
		goto put;
	}
	set_state(devnode, NT_DEVNODE_STARTED);
	pci_set_drvdata(pci, devnode);
	nt_interfaces_started(devnode);
	return STATUS_SUCCESS;

put:
	nt_devnode_put(devnode);
	return status;
}

/* No file is open, and none will be: the device is about to be removed for good. */
static void remove_stack(struct nt_devnode *devnode)
{
	nt_pnp_send(devnode, IRP_MN_REMOVE_DEVICE);
	if (devnode->pdo->AttachedDevice)
		pr_err("%s left its device attached after REMOVE_DEVICE\n",
		       devnode->driver->info->name);
}

/*
 * Decide under the lock, so that no open slips in between: with open files the
 * driver is told that the device is gone, and REMOVE_DEVICE waits for the last
 * close; without it is asked first, as on an orderly removal. Linux does not
 * take no for an answer, so a veto turns into a surprise.
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
		kref_get(&devnode->ref);
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

/**
 * nt_devnode_remove - a PCI device is being unbound or is gone
 * @devnode: from nt_devnode_add()
 *
 * PASSIVE_LEVEL. On return the device's interrupts and regions are free, even
 * when files are still open and the driver's device objects live on.
 */
void nt_devnode_remove(struct nt_devnode *devnode)
{
	bool files_open = begin_removal(devnode);

	if (files_open) {
		tell_pollers(devnode);
		nt_pnp_send(devnode, IRP_MN_SURPRISE_REMOVAL);
	} else if (!pci_device_is_present(devnode->pci)) {
		nt_pnp_send(devnode, IRP_MN_SURPRISE_REMOVAL);
		remove_stack(devnode);
	} else {
		if (!NT_SUCCESS(nt_pnp_send(devnode, IRP_MN_QUERY_REMOVE_DEVICE))) {
			pr_warn("%s vetoed the removal of %s\n", devnode->driver->info->name,
				pci_name(devnode->pci));
			nt_pnp_send(devnode, IRP_MN_SURPRISE_REMOVAL);
		}
		remove_stack(devnode);
	}
	nt_interfaces_disable(devnode);
	nt_resources_release(devnode);
	if (files_open)
		nt_devnode_close(devnode);
	nt_devnode_put(devnode);
}

/**
 * nt_devnode_open - a file is being opened on the device's stack
 * @devnode: the device; on success the caller's reference is the file's
 * @function: receives the function driver's module, with a reference
 *
 * While the device is started, its driver has not been unloaded.
 */
NTSTATUS nt_devnode_open(struct nt_devnode *devnode, struct module **function)
{
	NTSTATUS status = STATUS_NO_SUCH_DEVICE;
	struct module *owner;

	mutex_lock(&devnode->lock);
	if (devnode->state == NT_DEVNODE_STARTED) {
		owner = devnode->driver->info->owner;
		status = try_module_get(owner) ? STATUS_SUCCESS : STATUS_DELETE_PENDING;
	}
	if (NT_SUCCESS(status)) {
		*function = owner;
		devnode->open_files++;
	}
	mutex_unlock(&devnode->lock);
	return status;
}

/**
 * nt_devnode_close - a file on the device's stack has been closed
 * @devnode: the device; its driver's module is still referenced
 */
void nt_devnode_close(struct nt_devnode *devnode)
{
	bool last_of_gone;

	mutex_lock(&devnode->lock);
	last_of_gone = !--devnode->open_files && devnode->state == NT_DEVNODE_GONE;
	if (last_of_gone)
		devnode->state = NT_DEVNODE_REMOVED;
	mutex_unlock(&devnode->lock);
	if (last_of_gone)
		remove_stack(devnode);
	nt_devnode_put(devnode);
}
