// SPDX-License-Identifier: GPL-2.0
/*
 * Directory objects. The namespace is a list of whole paths, so a directory holds
 * nothing: it is a path that other names may be relative to. \Device, \?? and the
 * like are there without having been made.
 */
#include "directory.h"
#include "handle.h"
#include "named.h"
#include "../ke/irql.h"
#include <linux/list.h>

/**
 * struct directory - a directory object
 * @ob: its count: one per handle and reference, and one for permanence
 * @body: what drivers have the address of
 * @path: its path, without a backslash at the end
 * @name: its entry in the namespace until the last handle is closed; a system
 *	directory's has none
 * @permanent: OBJ_PERMANENT: on @link, and one of the handles that are counted
 * @link: on the list of permanent ones
 */
struct directory {
	struct nt_object ob;
	void *body;
	UNICODE_STRING path;
	struct nt_name name;
	bool permanent;
	struct list_head link;
};
NT_ASSERT_BODY(struct directory, ob, body);

static LIST_HEAD(permanent);	/* guarded by nt_names_lock */

static struct directory *directory_of(void *body)
{
	return container_of(body, struct directory, body);
}

static void release(void *body)
{
	struct directory *directory = directory_of(body);

	nt_string_free(&directory->path);
	kfree(directory);
}

static void close_directory(void *body)
{
	nt_name_remove(&directory_of(body)->name);
}

static NTSTATUS path_of(void *body, PUNICODE_STRING path)
{
	return nt_string_dup(path, &directory_of(body)->path);
}

struct _OBJECT_TYPE nt_directory_type = {
	.name = "Directory",
	.mapping = {
		.GenericRead = STANDARD_RIGHTS_READ | DIRECTORY_QUERY | DIRECTORY_TRAVERSE,
		.GenericWrite = STANDARD_RIGHTS_WRITE | DIRECTORY_CREATE_OBJECT |
				DIRECTORY_CREATE_SUBDIRECTORY,
		.GenericExecute = STANDARD_RIGHTS_EXECUTE | DIRECTORY_QUERY | DIRECTORY_TRAVERSE,
		.GenericAll = DIRECTORY_ALL_ACCESS,
	},
	.release = release,
	.close = close_directory,
	.path_of = path_of,
};

static const WCHAR * const system_directories[] = {
	L"\\", L"\\Device", L"\\??", L"\\DosDevices", L"\\GLOBAL??", L"\\Driver", L"\\FileSystem",
	L"\\BaseNamedObjects", L"\\Callback", L"\\KernelObjects", L"\\ObjectTypes",
};

static bool is_system(PCUNICODE_STRING path)
{
	UNICODE_STRING name;
	int i;

	for (i = 0; i < ARRAY_SIZE(system_directories); i++) {
		RtlInitUnicodeString(&name, system_directories[i]);
		if (RtlEqualUnicodeString(&name, path, TRUE))
			return true;
	}
	return false;
}

/**
 * nt_attributes_path - the whole name that an OBJECT_ATTRIBUTES means
 * @oa: a name, maybe relative to a directory object
 * @path: receives the path, for nt_string_free()
 *
 * PASSIVE_LEVEL.
 */
NTSTATUS nt_attributes_path(POBJECT_ATTRIBUTES oa, PUNICODE_STRING path)
{
	static const WCHAR backslash[] = L"\\";
	UNICODE_STRING prefix = {};
	NTSTATUS status;
	void *body;

	if (!oa || !oa->ObjectName)
		return STATUS_INVALID_PARAMETER;
	if (!oa->RootDirectory)
		return nt_string_dup(path, oa->ObjectName);
	status = ObReferenceObjectByHandle(oa->RootDirectory, 0, &nt_directory_type, KernelMode,
					   &body, NULL);
	if (!NT_SUCCESS(status))
		return status;
	/* The root's path is all backslash; the others' need one. */
	if (directory_of(body)->path.Length > sizeof(WCHAR))
		status = nt_string_join(&prefix, &directory_of(body)->path, backslash, 1);
	else
		status = nt_string_dup(&prefix, &directory_of(body)->path);
	ObfDereferenceObject(body);
	if (!NT_SUCCESS(status))
		return status;
	status = nt_string_join(path, &prefix, oa->ObjectName->Buffer,
				oa->ObjectName->Length / sizeof(WCHAR));
	nt_string_free(&prefix);
	return status;
}

static struct directory *alloc(PCUNICODE_STRING path, NTSTATUS *status)
{
	struct directory *directory = kzalloc(sizeof(*directory), GFP_KERNEL);

	*status = STATUS_INSUFFICIENT_RESOURCES;
	if (!directory)
		return NULL;
	nt_object_init(&directory->ob, &nt_directory_type);
	INIT_LIST_HEAD(&directory->link);
	*status = nt_string_dup(&directory->path, path);
	if (NT_SUCCESS(*status))
		return directory;
	kfree(directory);
	return NULL;
}

static void make_permanent(struct directory *directory)
{
	nt_object_get(&directory->ob);
	nt_object_open(&directory->ob);
	directory->permanent = true;
	mutex_lock(&nt_names_lock);
	list_add(&directory->link, &permanent);
	mutex_unlock(&nt_names_lock);
}

/* The object of the type that can be permanent; nothing else is told. */
void nt_directory_make_temporary(void *body)
{
	struct directory *directory = directory_of(body);
	bool was;

	mutex_lock(&nt_names_lock);
	was = directory->permanent;
	directory->permanent = false;
	list_del_init(&directory->link);
	mutex_unlock(&nt_names_lock);
	if (!was)
		return;
	nt_object_close(&directory->ob);
	nt_object_put(&directory->ob);
}

/* A system directory's object is its handle's own. */
static NTSTATUS open(PCUNICODE_STRING path, ACCESS_MASK access, ULONG attributes, PHANDLE handle)
{
	struct directory *directory;
	NTSTATUS status;

	if (!is_system(path))
		return nt_named_open(path, NT_NAME_DIRECTORY, access, attributes, handle, NULL);
	directory = alloc(path, &status);
	if (!directory)
		return status;
	status = nt_handle_create(&directory->body, access, attributes, handle);
	nt_object_put(&directory->ob);
	return status;
}

static NTSTATUS create(PCUNICODE_STRING path, ACCESS_MASK access, ULONG attributes, PHANDLE handle)
{
	NTSTATUS status;
	struct directory *directory;

	if (is_system(path))
		return STATUS_OBJECT_NAME_COLLISION;
	directory = alloc(path, &status);
	if (!directory)
		return status;
	status = nt_named_create(&directory->ob, &directory->name, NT_NAME_DIRECTORY, path, access,
				 attributes, handle);
	if (NT_SUCCESS(status) && attributes & OBJ_PERMANENT)
		make_permanent(directory);
	nt_object_put(&directory->ob);
	return status;
}

/**
 * ZwCreateDirectoryObject - make a directory object, or open the one of that name
 * @DirectoryHandle: receives a kernel handle, for ZwClose()
 * @DesiredAccess: DIRECTORY_ALL_ACCESS and the like
 * @ObjectAttributes: its name; OBJ_PERMANENT keeps it after the last handle is closed,
 *	until ZwMakeTemporaryObject()
 *
 * IRQL: PASSIVE_LEVEL. Returns STATUS_SUCCESS; with OBJ_OPENIF also
 * STATUS_OBJECT_NAME_EXISTS, without it STATUS_OBJECT_NAME_COLLISION; and what a bad
 * name gives. Differs from Windows: names may be below a directory that nobody made.
 */
NTSTATUS ZwCreateDirectoryObject(PHANDLE DirectoryHandle, ACCESS_MASK DesiredAccess,
				 POBJECT_ATTRIBUTES ObjectAttributes)
{
	UNICODE_STRING path;
	NTSTATUS status = nt_attributes_path(ObjectAttributes, &path);
	ULONG attributes;

	*DirectoryHandle = NULL;
	if (!NT_SUCCESS(status))
		return status;
	attributes = ObjectAttributes->Attributes;
	do {
		status = create(&path, DesiredAccess, attributes, DirectoryHandle);
		if (status != STATUS_OBJECT_NAME_COLLISION || !(attributes & OBJ_OPENIF))
			break;
		status = open(&path, DesiredAccess, attributes, DirectoryHandle);
		if (NT_SUCCESS(status))
			status = STATUS_OBJECT_NAME_EXISTS;
		/* It may have gone away in between. */
	} while (status == STATUS_OBJECT_NAME_NOT_FOUND);
	nt_string_free(&path);
	return status;
}
EXPORT_SYMBOL(ZwCreateDirectoryObject);

/**
 * ZwOpenDirectoryObject - open a directory object
 * @DirectoryHandle: receives a kernel handle, for ZwClose()
 * @DesiredAccess: DIRECTORY_QUERY and the like
 * @ObjectAttributes: its name: one that was made, or \Device, \?? and the like
 *
 * IRQL: PASSIVE_LEVEL. Returns STATUS_SUCCESS, STATUS_OBJECT_NAME_NOT_FOUND or
 * STATUS_OBJECT_TYPE_MISMATCH.
 */
NTSTATUS ZwOpenDirectoryObject(PHANDLE DirectoryHandle, ACCESS_MASK DesiredAccess,
			       POBJECT_ATTRIBUTES ObjectAttributes)
{
	UNICODE_STRING path;
	NTSTATUS status = nt_attributes_path(ObjectAttributes, &path);

	*DirectoryHandle = NULL;
	if (!NT_SUCCESS(status))
		return status;
	status = open(&path, DesiredAccess, ObjectAttributes->Attributes, DirectoryHandle);
	nt_string_free(&path);
	return status;
}
EXPORT_SYMBOL(ZwOpenDirectoryObject);

/* Permanent ones of drivers that are gone. */
void nt_directories_teardown(void)
{
	struct directory *directory, *next;

	list_for_each_entry_safe(directory, next, &permanent, link)
		nt_directory_make_temporary(&directory->body);
}
