// SPDX-License-Identifier: GPL-2.0
/*
 * The door for devices that Linux does not know of itself: children of NT bus
 * drivers, and root-enumerated ones. Each is a device of the bus "nt", with its ids
 * as its modalias, so that udev loads the driver and Linux matches it.
 */
#include "ntbus.h"
#include "commands.h"
#include "compat.h"
#include "glue.h"
#include "pm.h"
#include "../io/device.h"
#include "../io/driver.h"
#include "../pnp/request.h"
#include <linux/module.h>

/* MODALIAS=nt:ID:ID:… must fit into a uevent, and a modalias into a page. */
#define ALIAS_SIZE	1024

/* The devnode is there from device_add() to device_del(). */
struct bus_device {
	struct device dev;
	struct nt_devnode *devnode;
};

static struct nt_devnode *devnode_of(const struct device *dev)
{
	return container_of(dev, struct bus_device, dev)->devnode;
}

static struct nt_driver *driver_of(const struct device_driver *driver)
{
	return container_of(driver, struct nt_driver, nt_bus);
}

static int match(struct device *dev, NT_MATCH_CONST struct device_driver *driver)
{
	const struct nt_hardware_id *id = driver_of(driver)->info->hardware_ids;

	if (devnode_of(dev)->detected)
		return 0;
	for (; id->text; id++)
		if (nt_identity_matches(&devnode_of(dev)->identity, id->text))
			return 1;
	return 0;
}

static int uevent(NT_UEVENT_CONST struct device *dev, struct kobj_uevent_env *env)
{
	char *alias = kmalloc(ALIAS_SIZE, GFP_KERNEL);
	int error;

	if (!alias)
		return -ENOMEM;
	nt_identity_alias(&devnode_of(dev)->identity, alias, ALIAS_SIZE);
	error = add_uevent_var(env, "MODALIAS=%s", alias);
	kfree(alias);
	return error;
}

static int probe(struct device *dev)
{
	struct nt_driver *driver = driver_of(dev->driver);
	NTSTATUS status;

	dev_set_drvdata(dev, devnode_of(dev));
	nt_pm_attach(devnode_of(dev));
	status = nt_devnode_add(devnode_of(dev), driver);
	if (NT_SUCCESS(status))
		return 0;
	nt_pm_detach(devnode_of(dev));
	dev_err(dev, "%s did not start it: %s\n", driver->info->name, nt_status_text(status));
	return nt_status_to_errno(status) ?: -EIO;
}

static void remove(struct device *dev)
{
	nt_devnode_remove(devnode_of(dev));
	nt_pm_detach(devnode_of(dev));
}

/* ---- What sysfs says of a device ---- */

static ssize_t modalias_show(struct device *dev, struct device_attribute *attribute, char *buffer)
{
	int used = nt_identity_alias(&devnode_of(dev)->identity, buffer, ALIAS_SIZE);

	buffer[used] = '\n';
	return used + 1;
}
static DEVICE_ATTR_RO(modalias);

static ssize_t show_ids(const char *ids, char *buffer)
{
	ssize_t used = 0;
	const char *id;

	for (id = ids; *id; id += strlen(id) + 1)
		used += sysfs_emit_at(buffer, used, "%s\n", id);
	return used;
}

static ssize_t hardware_ids_show(struct device *dev, struct device_attribute *attribute,
				 char *buffer)
{
	return show_ids(devnode_of(dev)->identity.hardware_ids, buffer);
}
static DEVICE_ATTR_RO(hardware_ids);

static ssize_t compatible_ids_show(struct device *dev, struct device_attribute *attribute,
				   char *buffer)
{
	return show_ids(devnode_of(dev)->identity.compatible_ids, buffer);
}
static DEVICE_ATTR_RO(compatible_ids);

static ssize_t description_show(struct device *dev, struct device_attribute *attribute, char *buffer)
{
	return sysfs_emit(buffer, "%s\n", devnode_of(dev)->identity.description ?: "");
}
static DEVICE_ATTR_RO(description);

static ssize_t location_show(struct device *dev, struct device_attribute *attribute, char *buffer)
{
	return sysfs_emit(buffer, "%s\n", devnode_of(dev)->identity.location ?: "");
}
static DEVICE_ATTR_RO(location);

static struct attribute *device_attrs[] = {
	&dev_attr_modalias.attr,
	&dev_attr_hardware_ids.attr,
	&dev_attr_compatible_ids.attr,
	&dev_attr_description.attr,
	&dev_attr_location.attr,
	NULL
};
ATTRIBUTE_GROUPS(device);

static struct bus_type bus = {
	.name = "nt",
	.match = match,
	.uevent = uevent,
	.probe = probe,
	.remove = remove,
	.shutdown = nt_pm_shutdown,
	.dev_groups = device_groups,
	.drv_groups = nt_command_groups,
};

/* What has no parent among NT's devices hangs there. */
static struct device *root;

static void release(struct device *dev)
{
	kfree(container_of(dev, struct bus_device, dev));
}

/**
 * nt_bus_add - make a Linux device of a devnode
 * @devnode: with its PDO and names; without a Linux device
 *
 * PASSIVE_LEVEL. If its driver is loaded, it has started when this returns.
 */
NTSTATUS nt_bus_add(struct nt_devnode *devnode)
{
	struct bus_device *device = kzalloc(sizeof(*device), GFP_KERNEL);
	int error;

	if (!device)
		return STATUS_INSUFFICIENT_RESOURCES;
	device->devnode = devnode;
	device->dev.bus = &bus;
	device->dev.parent = devnode->parent ? devnode->parent->dev : root;
	device->dev.release = release;
	device_initialize(&device->dev);
	error = dev_set_name(&device->dev, "%s", devnode->identity.path);
	/* The devnode's reference stays when the device goes. */
	devnode->dev = get_device(&device->dev);
	if (!error)
		error = device_add(&device->dev);
	put_device(&device->dev);
	return error ? nt_status_from_errno(error) : STATUS_SUCCESS;
}

/*
 * A bus driver deletes the PDO of a device that it does not report any more when this
 * gets REMOVE_DEVICE; one without a driver has not got that.
 */
static void remove_pdo(struct nt_devnode *devnode)
{
	if (devnode->missing && !devnode->own_pdo && !nt_device(devnode->pdo)->deleted)
		nt_pnp_send(devnode, IRP_MN_REMOVE_DEVICE);
}

/**
 * nt_bus_delete - take a device off the bus
 * @devnode: from nt_bus_add()
 *
 * PASSIVE_LEVEL. Its driver is removed from it first.
 */
void nt_bus_delete(struct nt_devnode *devnode)
{
	bool bound;

	device_lock(devnode->dev);
	bound = devnode->dev->driver;
	device_unlock(devnode->dev);
	device_del(devnode->dev);
	nt_devnode_lock(devnode);
	if (!bound && devnode->state == NT_DEVNODE_REMOVED)
		remove_pdo(devnode);
	devnode->deleted = true;
	nt_devnode_unlock(devnode);
}

/**
 * nt_bus_register_driver - have Linux offer a driver the devices of this bus
 * @driver: a started driver; one without AddDevice or such ids is left alone
 */
int nt_bus_register_driver(struct nt_driver *driver)
{
	int error;

	if (!driver->info->hardware_ids || !driver->extension.AddDevice)
		return 0;
	driver->nt_bus.name = driver->info->name;
	driver->nt_bus.bus = &bus;
	driver->nt_bus.pm = &nt_pm_ops;
	driver->nt_bus.owner = driver->info->owner;
	driver->nt_bus.mod_name = driver->info->name;
	error = driver_register(&driver->nt_bus);
	driver->nt_bus_registered = !error;
	return error;
}

void nt_bus_unregister_driver(struct nt_driver *driver)
{
	if (driver->nt_bus_registered)
		driver_unregister(&driver->nt_bus);
	driver->nt_bus_registered = false;
}

int __init nt_bus_setup(void)
{
	int error = bus_register(&bus);

	if (error)
		return error;
	root = root_device_register("nt");
	if (!IS_ERR(root))
		return 0;
	bus_unregister(&bus);
	return PTR_ERR(root);
}

void nt_bus_teardown(void)
{
	root_device_unregister(root);
	bus_unregister(&bus);
}
