// SPDX-License-Identifier: GPL-2.0
/* Symbolic links. */
#include "symlink.h"
#include "device.h"
#include "driver.h"
#include "../linux/node.h"
#include "../linux/glue.h"
#include <linux/module.h>

static LIST_HEAD(symlinks);

/* Caller holds nt_names_lock. Whose device a path names just now. */
static const DRIVER_OBJECT *target_owner(PCUNICODE_STRING path)
{
	struct nt_name *name = nt_name_find(path);

	if (!name || name->type != NT_NAME_DEVICE)
		return NULL;
	return container_of(name, struct nt_device, name)->object.DriverObject;
}

/*
 * From here on the link is found, by IoDeleteSymbolicLink(), too. Its device may
 * come later, so the owner is known by the code that called us. When our own did,
 * because the driver's call was its last deed and became a jump, by the target.
 */
static void publish(struct nt_symlink *link, unsigned long caller)
{
	link->creator = within_module(caller, THIS_MODULE) ? 0 : caller;
	mutex_lock(&nt_names_lock);
	link->driver = target_owner(&link->target);
	link->name.type = NT_NAME_SYMLINK;
	list_add(&link->link, &symlinks);
	mutex_unlock(&nt_names_lock);
}

/*
 * Caller holds nt_names_lock. Nobody else finds the link any more; its name is
 * taken until the node is gone, so that a new link's node does not meet the old.
 */
static void withdraw(struct nt_symlink *link)
{
	link->name.type = NT_NAME_RESERVED;
	list_del(&link->link);
}

/* A link that was withdrawn, or never published. */
static void destroy(struct nt_symlink *link)
{
	nt_node_destroy(link->node);
	nt_name_remove(&link->name);
	nt_string_free(&link->target);
	kfree(link);
}

static NTSTATUS create(PUNICODE_STRING SymbolicLinkName, PUNICODE_STRING DeviceName,
		       unsigned long caller)
{
	struct nt_symlink *link = kzalloc(sizeof(*link), GFP_KERNEL);
	const WCHAR *dos_name = NULL;
	unsigned int units;
	NTSTATUS status;

	if (!link)
		return STATUS_INSUFFICIENT_RESOURCES;
	status = nt_string_dup(&link->target, DeviceName);
	if (NT_SUCCESS(status))
		status = nt_name_insert(&link->name, NT_NAME_RESERVED, SymbolicLinkName);
	if (NT_SUCCESS(status))
		dos_name = nt_dos_name(&link->name.path, &units);
	if (dos_name)
		status = nt_node_create(dos_name, units, &link->target, &link->node);
	if (NT_SUCCESS(status))
		publish(link, caller);
	else
		destroy(link);
	return status;
}

/**
 * IoCreateSymbolicLink - make a name for user programs
 * @SymbolicLinkName: \DosDevices\NAME or \??\NAME: becomes /dev/nt/NAME
 * @DeviceName: \Device\Name; need not exist yet
 *
 * IRQL: PASSIVE_LEVEL. Returns STATUS_OBJECT_NAME_COLLISION for a name in use.
 */
NTSTATUS IoCreateSymbolicLink(PUNICODE_STRING SymbolicLinkName, PUNICODE_STRING DeviceName)
{
	return create(SymbolicLinkName, DeviceName, _RET_IP_);
}
EXPORT_SYMBOL(IoCreateSymbolicLink);

/**
 * IoCreateUnprotectedSymbolicLink - make a name for user programs that anybody may change
 * @SymbolicLinkName: its name
 * @DeviceName: what it stands for
 *
 * IRQL: PASSIVE_LEVEL. As IoCreateSymbolicLink(): no program changes links here.
 */
NTSTATUS IoCreateUnprotectedSymbolicLink(PUNICODE_STRING SymbolicLinkName, PUNICODE_STRING DeviceName)
{
	return create(SymbolicLinkName, DeviceName, _RET_IP_);
}
EXPORT_SYMBOL(IoCreateUnprotectedSymbolicLink);

/**
 * IoDeleteSymbolicLink - remove a symbolic link, and its node
 * @SymbolicLinkName: its name
 *
 * IRQL: PASSIVE_LEVEL. Files that are open stay open.
 */
NTSTATUS IoDeleteSymbolicLink(PUNICODE_STRING SymbolicLinkName)
{
	struct nt_symlink *link = NULL;
	struct nt_name *name;

	mutex_lock(&nt_names_lock);
	name = nt_name_find(SymbolicLinkName);
	if (name && name->type == NT_NAME_SYMLINK) {
		link = container_of(name, struct nt_symlink, name);
		withdraw(link);
	}
	mutex_unlock(&nt_names_lock);
	if (!link)
		return STATUS_OBJECT_NAME_NOT_FOUND;
	destroy(link);
	return STATUS_SUCCESS;
}
EXPORT_SYMBOL(IoDeleteSymbolicLink);

static bool belongs_to(const struct nt_symlink *link, const struct nt_driver *driver)
{
	return link->creator ? within_module(link->creator, driver->info->owner) :
			       link->driver == &driver->object;
}

static struct nt_symlink *take_one_of(const struct nt_driver *driver)
{
	struct nt_symlink *link, *found = NULL;

	mutex_lock(&nt_names_lock);
	list_for_each_entry(link, &symlinks, link)
		if (belongs_to(link, driver)) {
			found = link;
			withdraw(link);
			break;
		}
	mutex_unlock(&nt_names_lock);
	return found;
}

/* Delete the links that a driver which goes away has left behind. */
void nt_symlinks_reap(struct nt_driver *driver)
{
	struct nt_symlink *link;

	while ((link = take_one_of(driver))) {
		pr_err("%s left a symbolic link behind\n", driver->info->name);
		destroy(link);
	}
}

/**
 * nt_symlink_create_system - a link of our own, without a node
 * @name: its path
 * @target: what it stands for
 *
 * PASSIVE_LEVEL. NULL when there is no memory or the name is taken.
 */
struct nt_symlink *nt_symlink_create_system(const char *name, const char *target)
{
	struct nt_symlink *link = kzalloc(sizeof(*link), GFP_KERNEL);
	UNICODE_STRING path = {};
	NTSTATUS status;

	if (!link)
		return NULL;
	status = nt_string_from_ascii(&path, "", name);
	if (NT_SUCCESS(status))
		status = nt_string_from_ascii(&link->target, "", target);
	if (NT_SUCCESS(status))
		status = nt_name_insert(&link->name, NT_NAME_RESERVED, &path);
	nt_string_free(&path);
	if (!NT_SUCCESS(status)) {
		destroy(link);
		return NULL;
	}
	link->system = true;
	publish(link, (unsigned long)nt_symlink_create_system);
	/* It is there as long as we are: no driver's. */
	nt_live_dec(NT_LIVE_NAME);
	return link;
}

void nt_symlink_destroy_system(struct nt_symlink *link)
{
	if (!link)
		return;
	nt_live_inc(NT_LIVE_NAME);
	mutex_lock(&nt_names_lock);
	withdraw(link);
	mutex_unlock(&nt_names_lock);
	destroy(link);
}

/* Replace the first @units of a path by what a link stands for. */
static NTSTATUS follow(PUNICODE_STRING path, unsigned int units, const struct nt_symlink *link)
{
	UNICODE_STRING to;
	NTSTATUS status = nt_string_join(&to, &link->target, path->Buffer + units,
					 path->Length / sizeof(WCHAR) - units);

	if (!NT_SUCCESS(status))
		return status;
	nt_string_free(path);
	*path = to;
	return status;
}

/* Caller holds nt_names_lock. */
static NTSTATUS follow_all(PUNICODE_STRING path)
{
	NTSTATUS status = STATUS_SUCCESS;
	struct nt_name *name;
	unsigned int units;
	int links;

	for (links = 0; links < NT_LINKS_MAX && NT_SUCCESS(status); links++) {
		name = nt_name_find_prefix(path, &units);
		if (!name || name->type != NT_NAME_SYMLINK)
			return STATUS_SUCCESS;
		status = follow(path, units, container_of(name, struct nt_symlink, name));
	}
	return NT_SUCCESS(status) ? STATUS_OBJECT_NAME_INVALID : status;
}

/**
 * nt_symlink_resolve - what a name stands for in the end
 * @path: the name of a device or of a link, and maybe a name behind that
 * @target: receives the path with all links replaced, to be freed with nt_string_free()
 *
 * PASSIVE_LEVEL. Whether there is such a device is for the open to find out.
 */
NTSTATUS nt_symlink_resolve(PCUNICODE_STRING path, PUNICODE_STRING target)
{
	NTSTATUS status = nt_string_dup(target, path);

	if (!NT_SUCCESS(status))
		return status;
	mutex_lock(&nt_names_lock);
	status = follow_all(target);
	mutex_unlock(&nt_names_lock);
	if (!NT_SUCCESS(status))
		nt_string_free(target);
	return status;
}
