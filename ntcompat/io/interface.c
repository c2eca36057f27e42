// SPDX-License-Identifier: GPL-2.0
/*
 * Device interfaces: names by which a device is found through what it can do.
 *
 * An interface is registered for a device, and stays so until ntcompat.ko is
 * unloaded: the device may come back. While it is enabled there are a symbolic
 * link to the PDO, \??\PCI#VEN_…#INSTANCE#{GUID}[\REFERENCE], and, once the device
 * has started, a node.
 */
#include "interface.h"
#include "device.h"
#include "symlink.h"
#include "../linux/node.h"
#include "../pnp/devnode.h"
#include "../pnp/notify.h"
#include <linux/uuid.h>

#define POOL_TAG	0x6649744e	/* NtIf */

/**
 * struct nt_interface - a registered device interface
 * @link: on the list of all
 * @guid: its class
 * @guid_text: the same, {…}
 * @instance: which device it is of
 * @reference: the reference string, or empty
 * @path: its symbolic link's name
 * @devnode: the device while it is here; no reference, nt_interfaces_forget() ends it
 * @enabled: the symbolic link is there
 * @symlink: that link
 * @node: its node, NULL before the device has started
 *
 * interfaces_lock guards all.
 */
struct nt_interface {
	struct list_head link;
	GUID guid;
	char *guid_text;
	char *instance;
	UNICODE_STRING reference;
	UNICODE_STRING path;
	struct nt_devnode *devnode;
	bool enabled;
	struct nt_symlink symlink;
	struct nt_node *node;
};

static LIST_HEAD(interfaces);
static DEFINE_MUTEX(interfaces_lock);

/* ---- Names ---- */

/* @head, and a backslash and the reference string when there is one. */
static NTSTATUS join_reference(PUNICODE_STRING to, PCUNICODE_STRING head, PCUNICODE_STRING reference)
{
	static const UNICODE_STRING backslash = { 2, 2, L"\\" };
	UNICODE_STRING start;
	NTSTATUS status;

	if (!reference->Length)
		return nt_string_dup(to, head);
	status = nt_string_join(&start, head, backslash.Buffer, 1);
	if (!NT_SUCCESS(status))
		return status;
	status = nt_string_join(to, &start, reference->Buffer, reference->Length / sizeof(WCHAR));
	nt_string_free(&start);
	return status;
}

static NTSTATUS make_path(struct nt_interface *interface)
{
	char *text = kasprintf(GFP_KERNEL, "%s#%s", interface->instance, interface->guid_text);
	UNICODE_STRING head;
	NTSTATUS status;

	if (!text)
		return STATUS_INSUFFICIENT_RESOURCES;
	status = nt_string_from_ascii(&head, "\\??\\", text);
	kfree(text);
	if (!NT_SUCCESS(status))
		return status;
	status = join_reference(&interface->path, &head, &interface->reference);
	nt_string_free(&head);
	return status;
}

/* For a caller who frees it with RtlFreeUnicodeString(). */
static NTSTATUS give_path(const struct nt_interface *interface, PUNICODE_STRING to)
{
	USHORT bytes = interface->path.Length + sizeof(WCHAR);

	to->Buffer = ExAllocatePoolWithTag(PagedPool, bytes, POOL_TAG);
	if (!to->Buffer)
		return STATUS_INSUFFICIENT_RESOURCES;
	memcpy(to->Buffer, interface->path.Buffer, bytes);
	to->Length = interface->path.Length;
	to->MaximumLength = bytes;
	return STATUS_SUCCESS;
}

/* ---- The list ---- */

static struct nt_interface *find(PCUNICODE_STRING path)
{
	struct nt_interface *interface;

	lockdep_assert_held(&interfaces_lock);
	list_for_each_entry(interface, &interfaces, link)
		if (RtlEqualUnicodeString(&interface->path, path, TRUE))
			return interface;
	return NULL;
}

/* Is that the name of one, enabled or not? */
bool nt_interface_exists(PCUNICODE_STRING path)
{
	bool exists;

	mutex_lock(&interfaces_lock);
	exists = find(path);
	mutex_unlock(&interfaces_lock);
	return exists;
}

static void destroy(struct nt_interface *interface)
{
	kfree(interface->guid_text);
	kfree(interface->instance);
	nt_string_free(&interface->reference);
	nt_string_free(&interface->path);
	kfree(interface);
}

static NTSTATUS fill(struct nt_interface *interface, const GUID *guid, PCUNICODE_STRING reference)
{
	NTSTATUS status;

	interface->guid = *guid;
	/* Printed as Linux's type for it, which has the same layout. */
	interface->guid_text = kasprintf(GFP_KERNEL, "{%pUl}", guid);
	interface->instance = kstrdup(interface->devnode->identity.path, GFP_KERNEL);
	if (!interface->guid_text || !interface->instance)
		return STATUS_INSUFFICIENT_RESOURCES;
	status = nt_string_dup(&interface->reference, reference);
	return NT_SUCCESS(status) ? make_path(interface) : status;
}

static struct nt_interface *create(struct nt_devnode *devnode, const GUID *guid,
				   PCUNICODE_STRING reference, NTSTATUS *status)
{
	struct nt_interface *interface = kzalloc(sizeof(*interface), GFP_KERNEL);

	*status = STATUS_INSUFFICIENT_RESOURCES;
	if (!interface)
		return NULL;
	interface->devnode = devnode;
	*status = fill(interface, guid, reference);
	if (NT_SUCCESS(*status))
		return interface;
	destroy(interface);
	return NULL;
}

/* ---- Enabling ---- */

static NTSTATUS add_link(struct nt_interface *interface)
{
	PCUNICODE_STRING pdo = &nt_device(interface->devnode->pdo)->name.path;
	NTSTATUS status;

	status = join_reference(&interface->symlink.target, pdo, &interface->reference);
	if (!NT_SUCCESS(status))
		return status;
	status = nt_name_insert(&interface->symlink.name, NT_NAME_SYMLINK, &interface->path);
	if (!NT_SUCCESS(status))
		nt_string_free(&interface->symlink.target);
	return status;
}

static void remove_link(struct nt_interface *interface)
{
	nt_name_remove(&interface->symlink.name);
	nt_string_free(&interface->symlink.target);
}

static NTSTATUS add_node(struct nt_interface *interface)
{
	return nt_node_create_interface(interface->devnode->dev, interface->guid_text,
					interface->instance, &interface->reference,
					&interface->symlink.target, &interface->node);
}

/*
 * "IoSetDeviceInterfaceState": nobody is told of an interface before its device has
 * started. When that happens meanwhile, nt_interfaces_started() waits for our lock.
 */
static NTSTATUS enable(struct nt_interface *interface)
{
	enum nt_devnode_state state;
	NTSTATUS status;

	if (interface->enabled)
		return STATUS_OBJECT_NAME_EXISTS;
	if (!interface->devnode)
		return STATUS_OBJECT_NAME_NOT_FOUND;
	state = READ_ONCE(interface->devnode->state);
	if (state != NT_DEVNODE_ADDED && state != NT_DEVNODE_STARTED)
		return STATUS_NO_SUCH_DEVICE;
	status = add_link(interface);
	if (NT_SUCCESS(status) && state == NT_DEVNODE_STARTED) {
		status = add_node(interface);
		if (!NT_SUCCESS(status))
			remove_link(interface);
	}
	interface->enabled = NT_SUCCESS(status);
	if (interface->node)
		nt_notify_interface(&interface->guid, &interface->path, true);
	return status;
}

static NTSTATUS disable(struct nt_interface *interface)
{
	if (!interface->enabled)
		return STATUS_OBJECT_NAME_NOT_FOUND;
	if (interface->node)
		nt_notify_interface(&interface->guid, &interface->path, false);
	nt_node_destroy(interface->node);
	interface->node = NULL;
	remove_link(interface);
	interface->enabled = false;
	return STATUS_SUCCESS;
}

/* ---- What the PnP manager tells ---- */

/* The device has started: what was enabled before becomes visible. */
void nt_interfaces_started(struct nt_devnode *devnode)
{
	struct nt_interface *interface;
	NTSTATUS status;

	mutex_lock(&interfaces_lock);
	list_for_each_entry(interface, &interfaces, link) {
		if (interface->devnode != devnode || !interface->enabled || interface->node)
			continue;
		status = add_node(interface);
		if (NT_SUCCESS(status))
			nt_notify_interface(&interface->guid, &interface->path, true);
		else
			pr_warn("no node for interface %s of %s: %s\n", interface->guid_text,
				dev_name(devnode->dev), nt_status_text(status));
	}
	mutex_unlock(&interfaces_lock);
}

/* The device goes: disable what its driver did not. */
void nt_interfaces_disable(struct nt_devnode *devnode)
{
	struct nt_interface *interface;

	mutex_lock(&interfaces_lock);
	list_for_each_entry(interface, &interfaces, link)
		if (interface->devnode == devnode)
			disable(interface);
	mutex_unlock(&interfaces_lock);
}

/* The devnode is being freed. */
void nt_interfaces_forget(struct nt_devnode *devnode)
{
	struct nt_interface *interface;

	mutex_lock(&interfaces_lock);
	list_for_each_entry(interface, &interfaces, link)
		if (interface->devnode == devnode) {
			disable(interface);
			interface->devnode = NULL;
		}
	mutex_unlock(&interfaces_lock);
}

/* No device is left. */
void nt_interfaces_teardown(void)
{
	struct nt_interface *interface, *next;

	list_for_each_entry_safe(interface, next, &interfaces, link)
		destroy(interface);
}

/* ---- What drivers call ---- */

static struct nt_devnode *devnode_of(PDEVICE_OBJECT pdo)
{
	return pdo ? nt_device(pdo)->devnode : NULL;
}

static bool is_reference(PCUNICODE_STRING reference)
{
	unsigned int i;

	for (i = 0; i < reference->Length / sizeof(WCHAR); i++)
		if (reference->Buffer[i] == '\\' || reference->Buffer[i] == '/')
			return false;
	return true;
}

/* Put a new one on the list, or find that it has been there; then @new is freed. */
static struct nt_interface *enter(struct nt_interface *new, NTSTATUS *status)
{
	struct nt_interface *old = find(&new->path);

	if (!old) {
		list_add_tail(&new->link, &interfaces);
		*status = STATUS_SUCCESS;
		return new;
	}
	/* Of a device that was here before; or that is still going, with files open. */
	if (old->devnode != new->devnode) {
		disable(old);
		old->devnode = new->devnode;
	}
	destroy(new);
	*status = STATUS_OBJECT_NAME_EXISTS;
	return old;
}

/**
 * IoRegisterDeviceInterface - register an interface of a device
 * @PhysicalDeviceObject: the device's PDO
 * @InterfaceClassGuid: what the interface is
 * @ReferenceString: what tells several of one class apart, or NULL; opens get it as
 *	FileObject->FileName. Without \ and /
 * @SymbolicLinkName: receives the name, which the caller frees with
 *	RtlFreeUnicodeString()
 *
 * IRQL: PASSIVE_LEVEL, from AddDevice on. Returns STATUS_SUCCESS;
 * STATUS_OBJECT_NAME_EXISTS, a success, too, when it was registered before;
 * STATUS_INVALID_DEVICE_REQUEST when that is no PDO or no reference string;
 * STATUS_INSUFFICIENT_RESOURCES. Registrations last until ntcompat.ko is unloaded,
 * not across reboots. WDK: "IoRegisterDeviceInterface".
 */
NTSTATUS IoRegisterDeviceInterface(PDEVICE_OBJECT PhysicalDeviceObject,
				   const GUID *InterfaceClassGuid, PUNICODE_STRING ReferenceString,
				   PUNICODE_STRING SymbolicLinkName)
{
	static const UNICODE_STRING nothing;
	PCUNICODE_STRING reference = ReferenceString ?: &nothing;
	struct nt_devnode *devnode = devnode_of(PhysicalDeviceObject);
	struct nt_interface *interface;
	NTSTATUS status, given;

	if (!devnode || !is_reference(reference))
		return STATUS_INVALID_DEVICE_REQUEST;
	interface = create(devnode, InterfaceClassGuid, reference, &status);
	if (!interface)
		return status;
	mutex_lock(&interfaces_lock);
	interface = enter(interface, &status);
	given = give_path(interface, SymbolicLinkName);
	mutex_unlock(&interfaces_lock);
	return NT_SUCCESS(given) ? status : given;
}
EXPORT_SYMBOL(IoRegisterDeviceInterface);

/**
 * IoSetDeviceInterfaceState - enable or disable an interface
 * @SymbolicLinkName: its name
 * @Enable: which of both
 *
 * IRQL: PASSIVE_LEVEL. Enabled, the interface can be opened, and after the device
 * has started there is /dev/nt/by-interface/{GUID}/INSTANCE. Returns STATUS_SUCCESS;
 * STATUS_OBJECT_NAME_EXISTS, a success, too, when it is enabled already;
 * STATUS_OBJECT_NAME_NOT_FOUND when it is disabled already, or not registered;
 * STATUS_NO_SUCH_DEVICE when the device is going; STATUS_OBJECT_NAME_INVALID for a
 * reference string that no file can be called. WDK: "IoSetDeviceInterfaceState".
 */
NTSTATUS IoSetDeviceInterfaceState(PUNICODE_STRING SymbolicLinkName, BOOLEAN Enable)
{
	NTSTATUS status = STATUS_OBJECT_NAME_NOT_FOUND;
	struct nt_interface *interface;

	mutex_lock(&interfaces_lock);
	interface = find(SymbolicLinkName);
	if (interface)
		status = Enable ? enable(interface) : disable(interface);
	mutex_unlock(&interfaces_lock);
	return status;
}
EXPORT_SYMBOL(IoSetDeviceInterfaceState);

static bool is_wanted(const struct nt_interface *interface, const GUID *guid,
		      const struct nt_devnode *devnode, ULONG flags)
{
	return IsEqualGUID(&interface->guid, guid) &&
	       (!devnode || interface->devnode == devnode) &&
	       (interface->enabled || flags & DEVICE_INTERFACE_INCLUDE_NONACTIVE);
}

/* Strings with their NULs, and one NUL more; counted only without a buffer. */
static size_t list_paths(PWSTR buffer, const GUID *guid, const struct nt_devnode *devnode, ULONG flags)
{
	struct nt_interface *interface;
	size_t units = 0, length;

	list_for_each_entry(interface, &interfaces, link) {
		if (!is_wanted(interface, guid, devnode, flags))
			continue;
		length = interface->path.Length / sizeof(WCHAR) + 1;
		if (buffer)
			memcpy(buffer + units, interface->path.Buffer, length * sizeof(WCHAR));
		units += length;
	}
	if (buffer)
		buffer[units] = 0;
	return units + 1;
}

/**
 * IoGetDeviceInterfaces - the names of a class's interfaces
 * @InterfaceClassGuid: the class
 * @PhysicalDeviceObject: only those of this device; NULL for all
 * @Flags: DEVICE_INTERFACE_INCLUDE_NONACTIVE: those that are not enabled, too
 * @SymbolicLinkList: receives strings, each with a NUL, and one NUL more; the caller
 *	frees them with ExFreePool()
 *
 * IRQL: PASSIVE_LEVEL. Returns STATUS_SUCCESS, with an empty list, too;
 * STATUS_INVALID_DEVICE_REQUEST when that is no PDO; STATUS_INSUFFICIENT_RESOURCES.
 * WDK: "IoGetDeviceInterfaces".
 */
NTSTATUS IoGetDeviceInterfaces(const GUID *InterfaceClassGuid, PDEVICE_OBJECT PhysicalDeviceObject,
			       ULONG Flags, PWSTR *SymbolicLinkList)
{
	struct nt_devnode *devnode = devnode_of(PhysicalDeviceObject);
	size_t units;
	PWSTR list;

	if (PhysicalDeviceObject && !devnode)
		return STATUS_INVALID_DEVICE_REQUEST;
	mutex_lock(&interfaces_lock);
	units = list_paths(NULL, InterfaceClassGuid, devnode, Flags);
	list = ExAllocatePoolWithTag(PagedPool, units * sizeof(WCHAR), POOL_TAG);
	if (list)
		list_paths(list, InterfaceClassGuid, devnode, Flags);
	mutex_unlock(&interfaces_lock);
	*SymbolicLinkList = list;
	return list ? STATUS_SUCCESS : STATUS_INSUFFICIENT_RESOURCES;
}
EXPORT_SYMBOL(IoGetDeviceInterfaces);

static struct nt_interface *find_alias(const struct nt_interface *of, const GUID *guid)
{
	struct nt_interface *interface;

	list_for_each_entry(interface, &interfaces, link)
		if (interface != of && IsEqualGUID(&interface->guid, guid) &&
		    !strcmp(interface->instance, of->instance) &&
		    RtlEqualUnicodeString(&interface->reference, &of->reference, TRUE))
			return interface;
	return NULL;
}

/**
 * IoGetDeviceInterfaceAlias - the interface of another class of the same device
 * @SymbolicLinkName: the name of an interface
 * @AliasInterfaceClassGuid: the other class
 * @AliasSymbolicLinkName: receives the name of the one with the same reference string,
 *	which the caller frees with RtlFreeUnicodeString()
 *
 * IRQL: PASSIVE_LEVEL. Returns STATUS_SUCCESS; STATUS_OBJECT_NAME_NOT_FOUND when
 * there is none; STATUS_INVALID_HANDLE when the first is none;
 * STATUS_INSUFFICIENT_RESOURCES. WDK: "IoGetDeviceInterfaceAlias".
 */
NTSTATUS IoGetDeviceInterfaceAlias(PUNICODE_STRING SymbolicLinkName,
				   const GUID *AliasInterfaceClassGuid,
				   PUNICODE_STRING AliasSymbolicLinkName)
{
	struct nt_interface *interface, *alias;
	NTSTATUS status;

	mutex_lock(&interfaces_lock);
	interface = find(SymbolicLinkName);
	alias = interface ? find_alias(interface, AliasInterfaceClassGuid) : NULL;
	if (alias)
		status = give_path(alias, AliasSymbolicLinkName);
	else
		status = interface ? STATUS_OBJECT_NAME_NOT_FOUND : STATUS_INVALID_HANDLE;
	mutex_unlock(&interfaces_lock);
	return status;
}
EXPORT_SYMBOL(IoGetDeviceInterfaceAlias);
