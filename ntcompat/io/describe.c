// SPDX-License-Identifier: GPL-2.0
/* What sysfs and uevents tell of a device. */
#include "describe.h"
#include "device.h"
#include "driver.h"
#include "symlink.h"
#include "../linux/glue.h"
#include "../pnp/devnode.h"
#include <linux/sysfs.h>

/* Caller holds the stack lock, under which a PDO loses its devnode. */
static const struct nt_driver_info *function_of(PDEVICE_OBJECT device)
{
	const struct nt_devnode *devnode = nt_device(device)->devnode;

	return devnode && devnode->driver ? devnode->driver->info : nt_driver(device->DriverObject)->info;
}

static ssize_t describe_stack(PDEVICE_OBJECT device, char *buffer)
{
	ssize_t used = 0;
	char name[128];

	for (device = nt_device_top(device); device; device = nt_device(device)->lower)
		used += sysfs_emit_at(buffer, used, "%s %s\n",
				      nt_driver(device->DriverObject)->info->name,
				      nt_device_name(device, name, sizeof(name)));
	return used;
}

static ssize_t describe(PDEVICE_OBJECT device, enum nt_fact fact, char *buffer)
{
	char name[128];

	switch (fact) {
	case NT_FACT_SERVICE:
		return sysfs_emit(buffer, "%s\n", function_of(device)->name);
	case NT_FACT_DESCRIPTION:
		return sysfs_emit(buffer, "%s\n", function_of(device)->description ?: "");
	case NT_FACT_DEVICE:
		return sysfs_emit(buffer, "%s\n", nt_device_name(device, name, sizeof(name)));
	case NT_FACT_TYPE:
		return sysfs_emit(buffer, "0x%08x\n", nt_device_top(device)->DeviceType);
	case NT_FACT_STACK:
		return describe_stack(device, buffer);
	}
	return -EINVAL;
}

/**
 * nt_path_describe - tell something about a device
 * @path: its name, or a link's
 * @fact: what to tell
 * @buffer: a page, page-aligned as sysfs has it
 *
 * PASSIVE_LEVEL. Returns the length of the text, or -ENODEV when no device has
 * that name now. While it has, its driver has not been unloaded.
 */
ssize_t nt_path_describe(PCUNICODE_STRING path, enum nt_fact fact, char *buffer)
{
	UNICODE_STRING target;
	ssize_t used = -ENODEV;
	struct nt_name *name;
	unsigned int units;

	if (!NT_SUCCESS(nt_symlink_resolve(path, &target)))
		return -ENOMEM;
	mutex_lock(&nt_names_lock);
	name = nt_name_find_prefix(&target, &units);
	if (name && name->type == NT_NAME_DEVICE) {
		spin_lock_bh(&nt_stack_lock);
		used = describe(&container_of(name, struct nt_device, name)->object, fact, buffer);
		spin_unlock_bh(&nt_stack_lock);
	}
	mutex_unlock(&nt_names_lock);
	nt_string_free(&target);
	return used;
}
