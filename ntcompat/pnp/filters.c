// SPDX-License-Identifier: GPL-2.0
/*
 * Filter drivers that the registry names: UpperFilters and LowerFilters of the device's
 * key and of its class's. From the bottom up a stack is: the PDO, lower filters of the
 * device, of its class, the function driver, upper filters of the device, of its class.
 *
 * A filter's module is held from its AddDevice until REMOVE_DEVICE has taken the stack
 * down.
 */
#include "filters.h"
#include "devnode.h"
#include "../cm/inf.h"
#include "../gate.h"
#include "../io/driver.h"
#include "../linux/glue.h"
#include <linux/kmod.h>

static struct nt_driver *load(const char *name)
{
	struct nt_driver *driver = nt_driver_get(name);

	if (driver)
		return driver;
	/* By Linux: modprobe knows where the module is. */
	request_module("%s", name);
	return nt_driver_get(name);
}

static NTSTATUS add(struct nt_devnode *devnode, const char *name)
{
	struct nt_driver *driver;

	if (devnode->filter_count == NT_FILTERS_MAX)
		return STATUS_INSUFFICIENT_RESOURCES;
	driver = load(name);
	if (!driver || !driver->extension.AddDevice) {
		pr_err("%s: its filter %s is not to be had\n", dev_name(devnode->dev), name);
		if (driver)
			nt_driver_put(driver);
		return STATUS_OBJECT_NAME_NOT_FOUND;
	}
	devnode->filters[devnode->filter_count++] = driver;
	return nt_call_add_device(driver->extension.AddDevice, &driver->object, devnode->pdo);
}

/* A service is a module, so its name is of ASCII's letters. */
static bool to_ascii(const WCHAR *wide, char *name, size_t size)
{
	size_t i;

	for (i = 0; wide[i]; i++) {
		if (wide[i] <= ' ' || wide[i] >= 0x7f || i + 1 >= size)
			return false;
		name[i] = wide[i];
	}
	name[i] = 0;
	return i;
}

static NTSTATUS add_list(struct nt_devnode *devnode, const WCHAR *list)
{
	const WCHAR *wide;
	char name[64];
	NTSTATUS status = STATUS_SUCCESS;

	for (wide = list; *wide && NT_SUCCESS(status); wide += nt_wcslen(wide) + 1)
		status = to_ascii(wide, name, sizeof(name)) ? add(devnode, name) :
							      STATUS_OBJECT_NAME_INVALID;
	return status;
}

static NTSTATUS add_named(struct nt_devnode *devnode, bool of_class, const WCHAR *value)
{
	WCHAR *list;
	NTSTATUS status = nt_device_filters(devnode, of_class, value, &list);

	if (NT_SUCCESS(status) && list)
		status = add_list(devnode, list);
	kfree(list);
	return status;
}

/**
 * nt_filters_add - AddDevice of a device's filter drivers
 * @devnode: the device; its stack is being built
 * @upper: those above the function driver, or those below
 *
 * PASSIVE_LEVEL. Loads them. A filter that is not to be had keeps the device from
 * being started, as on Windows: it may be what makes it safe to use.
 */
NTSTATUS nt_filters_add(struct nt_devnode *devnode, bool upper)
{
	const WCHAR *value = upper ? L"UpperFilters" : L"LowerFilters";
	NTSTATUS status = add_named(devnode, false, value);

	return NT_SUCCESS(status) ? add_named(devnode, true, value) : status;
}

/* The stack is down. */
void nt_filters_release(struct nt_devnode *devnode)
{
	while (devnode->filter_count)
		nt_driver_put(devnode->filters[--devnode->filter_count]);
}
