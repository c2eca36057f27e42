// SPDX-License-Identifier: GPL-2.0
/*
 * Root-enumerated devices: those that no bus reports. On Windows an installer makes
 * them from an INF whose hardware ids begin with ROOT\; here they come and go with
 * the driver's module.
 */
#include "root.h"
#include "devnode.h"
#include "../io/driver.h"
#include "../linux/glue.h"
#include "../linux/ntbus.h"

static bool is_root_id(const char *id)
{
	return !strncasecmp(id, "ROOT\\", 5);
}

static struct nt_devnode *make(const char *id, unsigned int number, NTSTATUS *status)
{
	struct nt_devnode *devnode = nt_devnode_alloc(NULL, NULL);

	*status = STATUS_INSUFFICIENT_RESOURCES;
	if (!devnode)
		return NULL;
	if (!nt_identity_of_root(devnode, id, number))
		*status = nt_pdo_create(devnode);
	if (NT_SUCCESS(*status))
		*status = nt_bus_add(devnode);
	if (NT_SUCCESS(*status))
		return devnode;
	nt_devnode_put(devnode);
	return NULL;
}

static void add(struct nt_driver *driver, const char *id)
{
	struct nt_devnode *devnode;
	NTSTATUS status;

	devnode = make(id, 0, &status);
	if (devnode)
		list_add_tail(&devnode->sibling, &driver->roots);
	else
		pr_err("%s: no device %s: %s\n", driver->info->name, id, nt_status_text(status));
}

/**
 * nt_roots_add - make the root-enumerated devices of a driver's INF
 * @driver: registered with Linux's bus
 *
 * PASSIVE_LEVEL. Each is started, or the log says why not.
 */
void nt_roots_add(struct nt_driver *driver)
{
	const struct nt_hardware_id *id;

	if (!driver->nt_bus_registered)
		return;
	for (id = driver->info->hardware_ids; id->text; id++)
		if (is_root_id(id->text))
			add(driver, id->text);
}

/* The driver's module is being unloaded. */
void nt_roots_remove(struct nt_driver *driver)
{
	struct nt_devnode *devnode, *next;

	list_for_each_entry_safe(devnode, next, &driver->roots, sibling) {
		list_del_init(&devnode->sibling);
		nt_bus_delete(devnode);
		nt_devnode_put(devnode);
	}
}
