// SPDX-License-Identifier: GPL-2.0
/*
 * What an administrator can have done to a device, beside Linux's own bind and
 * unbind, which take no for no answer: files in the driver's folder in sysfs, to which
 * a device's name is written.
 *
 *	disable		unbind it, unless its driver or an open file is against it
 *	rebalance	stop it, and start it with resources assigned anew;
 *			"NAME line": without messages
 */
#include "commands.h"
#include "../io/status.h"
#include "../pnp/devnode.h"
#include <linux/device.h>

/* With Linux's lock of the device held, which must be one of this driver. */
static struct device *find(struct device_driver *driver, const char *name)
{
	struct device *dev = bus_find_device_by_name(driver->bus, NULL, name);

	if (!dev)
		return NULL;
	device_lock(dev);
	if (dev->driver == driver)
		return dev;
	device_unlock(dev);
	put_device(dev);
	return NULL;
}

static int result(NTSTATUS status)
{
	/* A veto has any status; what it means here is that the device is in use. */
	return NT_SUCCESS(status) ? 0 : -EBUSY;
}

static ssize_t disable_store(struct device_driver *driver, const char *buffer, size_t size)
{
	struct device *dev;
	char name[128];
	int error;

	if (sscanf(buffer, "%127s", name) != 1)
		return -EINVAL;
	dev = find(driver, name);
	if (!dev)
		return -ENODEV;
	error = result(nt_devnode_disable(dev_get_drvdata(dev)));
	device_unlock(dev);
	if (!error)
		device_release_driver(dev);
	put_device(dev);
	return error ?: size;
}
static DRIVER_ATTR_WO(disable);

static ssize_t rebalance_store(struct device_driver *driver, const char *buffer, size_t size)
{
	char name[128], what[8] = "";
	struct nt_devnode *devnode;
	struct device *dev;
	bool failed;
	int error;

	if (sscanf(buffer, "%127s %7s", name, what) < 1 || (*what && strcmp(what, "line")))
		return -EINVAL;
	dev = find(driver, name);
	if (!dev)
		return -ENODEV;
	devnode = dev_get_drvdata(dev);
	error = result(nt_devnode_rebalance(devnode, *what));
	failed = devnode->state == NT_DEVNODE_STOPPED;
	device_unlock(dev);
	if (failed)
		device_release_driver(dev);
	put_device(dev);
	return error ?: size;
}
static DRIVER_ATTR_WO(rebalance);

static struct attribute *nt_command_attrs[] = {
	&driver_attr_disable.attr,
	&driver_attr_rebalance.attr,
	NULL
};
static const struct attribute_group nt_command_group = {
	.attrs = nt_command_attrs,
};

const struct attribute_group *nt_command_groups[] = {
	&nt_command_group,
	NULL
};
