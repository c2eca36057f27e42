// SPDX-License-Identifier: GPL-2.0
/* Handles of symbolic links: what a link stood for when it was opened. */
#include "directory.h"
#include "handle.h"
#include "name.h"
#include "../io/symlink.h"

/**
 * struct link - an open symbolic link
 * @ob: its count
 * @body: what drivers have the address of
 * @path: its name
 * @target: what it stands for
 */
struct link {
	struct nt_object ob;
	void *body;
	UNICODE_STRING path;
	UNICODE_STRING target;
};
NT_ASSERT_BODY(struct link, ob, body);

static struct link *link_of(void *body)
{
	return container_of(body, struct link, body);
}

static void release(void *body)
{
	struct link *link = link_of(body);

	nt_string_free(&link->path);
	nt_string_free(&link->target);
	kfree(link);
}

static NTSTATUS path_of(void *body, PUNICODE_STRING path)
{
	return nt_string_dup(path, &link_of(body)->path);
}

struct _OBJECT_TYPE nt_link_type = {
	.name = "SymbolicLink",
	.mapping = {
		.GenericRead = STANDARD_RIGHTS_READ | SYMBOLIC_LINK_QUERY,
		.GenericWrite = STANDARD_RIGHTS_WRITE,
		.GenericExecute = STANDARD_RIGHTS_EXECUTE | SYMBOLIC_LINK_QUERY,
		.GenericAll = SYMBOLIC_LINK_ALL_ACCESS,
	},
	.release = release,
	.path_of = path_of,
};

static NTSTATUS look_up(struct link *link, PCUNICODE_STRING path)
{
	NTSTATUS status = STATUS_OBJECT_NAME_NOT_FOUND;
	struct nt_name *name;

	mutex_lock(&nt_names_lock);
	name = nt_name_find(path);
	if (name && name->type == NT_NAME_SYMLINK) {
		status = nt_string_dup(&link->path, &name->path);
		if (NT_SUCCESS(status))
			status = nt_string_dup(&link->target,
					       &container_of(name, struct nt_symlink, name)->target);
	} else if (name) {
		status = STATUS_OBJECT_TYPE_MISMATCH;
	}
	mutex_unlock(&nt_names_lock);
	return status;
}

/**
 * ZwOpenSymbolicLinkObject - open a symbolic link, not what it stands for
 * @LinkHandle: receives a kernel handle, for ZwClose()
 * @DesiredAccess: SYMBOLIC_LINK_QUERY or GENERIC_READ
 * @ObjectAttributes: its name
 *
 * IRQL: PASSIVE_LEVEL. Returns STATUS_SUCCESS, STATUS_OBJECT_NAME_NOT_FOUND,
 * STATUS_OBJECT_TYPE_MISMATCH or STATUS_INSUFFICIENT_RESOURCES. Differs from Windows:
 * the handle does not keep the link.
 */
NTSTATUS ZwOpenSymbolicLinkObject(PHANDLE LinkHandle, ACCESS_MASK DesiredAccess,
				  POBJECT_ATTRIBUTES ObjectAttributes)
{
	struct link *link;
	UNICODE_STRING path;
	NTSTATUS status;

	*LinkHandle = NULL;
	status = nt_attributes_path(ObjectAttributes, &path);
	if (!NT_SUCCESS(status))
		return status;
	status = STATUS_INSUFFICIENT_RESOURCES;
	link = kzalloc(sizeof(*link), GFP_KERNEL);
	if (link) {
		nt_object_init(&link->ob, &nt_link_type);
		status = look_up(link, &path);
		if (NT_SUCCESS(status))
			status = nt_handle_create(&link->body, DesiredAccess,
						  ObjectAttributes->Attributes, LinkHandle);
		nt_object_put(&link->ob);
	}
	nt_string_free(&path);
	return status;
}
EXPORT_SYMBOL(ZwOpenSymbolicLinkObject);

/**
 * ZwQuerySymbolicLinkObject - what a symbolic link stands for
 * @LinkHandle: its handle
 * @LinkTarget: receives the path; MaximumLength says how much room is in Buffer
 * @ReturnedLength: receives the path's length in bytes; or NULL. Differs from Windows:
 *	it is not read, MaximumLength alone limits
 *
 * IRQL: PASSIVE_LEVEL. Returns STATUS_SUCCESS, STATUS_BUFFER_TOO_SMALL, or what
 * ObReferenceObjectByHandle() does.
 */
NTSTATUS ZwQuerySymbolicLinkObject(HANDLE LinkHandle, PUNICODE_STRING LinkTarget,
				   PULONG ReturnedLength)
{
	PCUNICODE_STRING target;
	NTSTATUS status;
	void *body;

	status = ObReferenceObjectByHandle(LinkHandle, SYMBOLIC_LINK_QUERY, &nt_link_type,
					   KernelMode, &body, NULL);
	if (!NT_SUCCESS(status))
		return status;
	target = &link_of(body)->target;
	if (ReturnedLength)
		*ReturnedLength = target->Length;
	if (target->Length > LinkTarget->MaximumLength) {
		status = STATUS_BUFFER_TOO_SMALL;
	} else {
		memcpy(LinkTarget->Buffer, target->Buffer, target->Length);
		LinkTarget->Length = target->Length;
	}
	ObfDereferenceObject(body);
	return status;
}
EXPORT_SYMBOL(ZwQuerySymbolicLinkObject);
