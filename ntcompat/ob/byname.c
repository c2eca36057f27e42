// SPDX-License-Identifier: GPL-2.0
/* From a name to its object, and back. */
#include "directory.h"
#include "handle.h"
#include "name.h"
#include "../ex/event.h"
#include "../io/device.h"
#include "../io/driver.h"
#include "../io/object.h"
#include "../io/symlink.h"
#include "../linux/glue.h"
#include <linux/module.h>

/* A name means that the module is there, but it may be on its way out. */
static void *refer_to_device(struct nt_device *device)
{
	struct module *owner = nt_driver(device->object.DriverObject)->info->owner;

	if (!try_module_get(owner))
		return NULL;
	nt_device_reference(&device->object);
	module_put(owner);
	return &device->object;
}

static void *refer_to_named(PCUNICODE_STRING path)
{
	struct nt_name *name;
	void *body = NULL;

	mutex_lock(&nt_names_lock);
	name = nt_name_find(path);
	if (name && name->type == NT_NAME_DEVICE) {
		body = refer_to_device(container_of(name, struct nt_device, name));
	} else if (name && name->type == NT_NAME_EVENT) {
		body = &container_of(name, struct nt_event, name)->event;
		ObfReferenceObject(body);
	}
	mutex_unlock(&nt_names_lock);
	return body;
}

struct driver_search {
	PCUNICODE_STRING name;
	void *found;
};

/* The driver object's reference is that of its module. */
static void look_at_driver(struct nt_driver *driver, void *data)
{
	struct driver_search *search = data;

	if (!search->found && RtlEqualUnicodeString(&driver->object.DriverName, search->name, TRUE) &&
	    try_module_get(driver->info->owner))
		search->found = &driver->object;
}

static NTSTATUS refer(PCUNICODE_STRING name, void **body)
{
	struct driver_search search = { .name = name };
	UNICODE_STRING path;
	NTSTATUS status;

	nt_drivers_walk(look_at_driver, &search);
	*body = search.found;
	if (*body)
		return STATUS_SUCCESS;
	status = nt_symlink_resolve(name, &path);
	if (!NT_SUCCESS(status))
		return status;
	*body = refer_to_named(&path);
	nt_string_free(&path);
	return *body ? STATUS_SUCCESS : STATUS_OBJECT_NAME_NOT_FOUND;
}

/**
 * ObReferenceObjectByName - the object of a name, referenced
 * @ObjectName: \Driver\Name, \Device\Name, a link to such a one, or an event's name
 * @Attributes: OBJ_CASE_INSENSITIVE: all names are
 * @AccessState: NULL
 * @DesiredAccess: not checked for KernelMode
 * @ObjectType: *IoDriverObjectType and the like; may be NULL
 * @AccessMode: KernelMode
 * @ParseContext: NULL
 * @Object: receives the object, for ObDereferenceObject(); NULL when there is none
 *
 * IRQL: PASSIVE_LEVEL. Not documented, but in use by filter drivers. Keys, directories and
 * links are not found by it. Returns STATUS_SUCCESS, STATUS_OBJECT_NAME_NOT_FOUND,
 * STATUS_OBJECT_TYPE_MISMATCH, STATUS_NOT_SUPPORTED for UserMode.
 */
NTSTATUS ObReferenceObjectByName(PUNICODE_STRING ObjectName, ULONG Attributes,
				 PACCESS_STATE AccessState, ACCESS_MASK DesiredAccess,
				 POBJECT_TYPE ObjectType, KPROCESSOR_MODE AccessMode,
				 PVOID ParseContext, PVOID *Object)
{
	NTSTATUS status;

	*Object = NULL;
	if (AccessState || ParseContext)
		return STATUS_INVALID_PARAMETER;
	if (AccessMode != KernelMode)
		return STATUS_NOT_SUPPORTED;
	status = refer(ObjectName, Object);
	if (!NT_SUCCESS(status) || !ObjectType || nt_object(*Object)->type == ObjectType)
		return status;
	ObfDereferenceObject(*Object);
	*Object = NULL;
	return STATUS_OBJECT_TYPE_MISMATCH;
}
EXPORT_SYMBOL(ObReferenceObjectByName);

/**
 * ObOpenObjectByName - a handle of the object of a name
 * @ObjectAttributes: the name, as for ObReferenceObjectByName(), or relative to a
 *	directory object
 * @ObjectType: *IoDriverObjectType and the like; may be NULL
 * @AccessMode: KernelMode
 * @AccessState: NULL
 * @DesiredAccess: what the handle shall allow
 * @ParseContext: NULL
 * @Handle: receives a kernel handle, for ZwClose()
 *
 * IRQL: PASSIVE_LEVEL. Returns as ObReferenceObjectByName().
 */
NTSTATUS ObOpenObjectByName(POBJECT_ATTRIBUTES ObjectAttributes, POBJECT_TYPE ObjectType,
			    KPROCESSOR_MODE AccessMode, PACCESS_STATE AccessState,
			    ACCESS_MASK DesiredAccess, PVOID ParseContext, PHANDLE Handle)
{
	UNICODE_STRING path;
	NTSTATUS status;
	void *body;

	*Handle = NULL;
	status = nt_attributes_path(ObjectAttributes, &path);
	if (!NT_SUCCESS(status))
		return status;
	status = ObReferenceObjectByName(&path, ObjectAttributes->Attributes, AccessState,
					 DesiredAccess, ObjectType, AccessMode, ParseContext, &body);
	nt_string_free(&path);
	if (!NT_SUCCESS(status))
		return status;
	status = nt_handle_create(body, DesiredAccess, ObjectAttributes->Attributes, Handle);
	ObfDereferenceObject(body);
	return status;
}
EXPORT_SYMBOL(ObOpenObjectByName);

/**
 * ObQueryNameString - an object's name
 * @Object: a device, driver, file, event, directory or link
 * @ObjectNameInfo: receives the name, and behind it the characters with a zero; may be NULL
 *	when @Length is 0
 * @Length: its bytes
 * @ReturnLength: receives the bytes needed
 *
 * IRQL: PASSIVE_LEVEL. An object without a name, or of another type, has an empty one.
 * Returns STATUS_SUCCESS, STATUS_INFO_LENGTH_MISMATCH or STATUS_INSUFFICIENT_RESOURCES.
 */
NTSTATUS ObQueryNameString(PVOID Object, POBJECT_NAME_INFORMATION ObjectNameInfo, ULONG Length,
			   PULONG ReturnLength)
{
	POBJECT_TYPE type = nt_object(Object)->type;
	UNICODE_STRING name = {};
	NTSTATUS status = type->path_of ? type->path_of(Object, &name) : STATUS_SUCCESS;

	if (!NT_SUCCESS(status))
		return status;
	*ReturnLength = sizeof(*ObjectNameInfo);
	if (name.Length)
		*ReturnLength += name.Length + sizeof(WCHAR);
	if (Length < *ReturnLength) {
		status = STATUS_INFO_LENGTH_MISMATCH;
	} else if (!name.Length) {
		RtlInitUnicodeString(&ObjectNameInfo->Name, NULL);
	} else {
		ObjectNameInfo->Name.Length = name.Length;
		ObjectNameInfo->Name.MaximumLength = name.Length + sizeof(WCHAR);
		ObjectNameInfo->Name.Buffer = (PWCH)(ObjectNameInfo + 1);
		memcpy(ObjectNameInfo + 1, name.Buffer, name.Length);
		ObjectNameInfo->Name.Buffer[name.Length / sizeof(WCHAR)] = 0;
	}
	nt_string_free(&name);
	return status;
}
EXPORT_SYMBOL(ObQueryNameString);

/**
 * ZwMakeTemporaryObject - let an object go that was made with OBJ_PERMANENT
 * @Handle: a handle of it
 *
 * IRQL: PASSIVE_LEVEL. Does nothing for one that is temporary, as all but directory
 * objects are here. Returns what ObReferenceObjectByHandle() does.
 */
NTSTATUS ZwMakeTemporaryObject(HANDLE Handle)
{
	NTSTATUS status;
	void *body;

	status = ObReferenceObjectByHandle(Handle, 0, NULL, KernelMode, &body, NULL);
	if (!NT_SUCCESS(status))
		return status;
	ObMakeTemporaryObject(body);
	ObfDereferenceObject(body);
	return STATUS_SUCCESS;
}
EXPORT_SYMBOL(ZwMakeTemporaryObject);
