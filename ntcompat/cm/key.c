// SPDX-License-Identifier: GPL-2.0
/* Keys by handle: create, open, delete, set values. */
#include "key.h"
#include "../ob/handle.h"

static void release(void *body)
{
	struct nt_open_key *open = container_of(body, struct nt_open_key, body);

	nt_key_put(open->body.key);
	nt_live_dec(NT_LIVE_KEY);
	kfree(open);
}

struct _OBJECT_TYPE nt_key_type = {
	.name = "Key",
	.mapping = {
		.GenericRead = KEY_READ,
		.GenericWrite = KEY_WRITE,
		.GenericExecute = KEY_EXECUTE,
		.GenericAll = KEY_ALL_ACCESS,
	},
	.release = release,
};

static POBJECT_TYPE key_type_pointer = &nt_key_type;

POBJECT_TYPE *CmKeyObjectType = &key_type_pointer;
EXPORT_SYMBOL(CmKeyObjectType);

NTSTATUS nt_key_handle(struct nt_key *key, ACCESS_MASK access, ULONG attributes, PHANDLE handle)
{
	struct nt_open_key *open = kzalloc(sizeof(*open), GFP_KERNEL);
	NTSTATUS status;

	if (!open)
		return STATUS_INSUFFICIENT_RESOURCES;
	nt_object_init(&open->ob, &nt_key_type);
	open->body.key = nt_key_get(key);
	nt_live_inc(NT_LIVE_KEY);
	status = nt_handle_create(&open->body, access & ~KEY_WOW64_RES, attributes, handle);
	nt_object_put(&open->ob);
	return status;
}

/* ---- From a handle ---- */

static NTSTATUS reference(HANDLE handle, ACCESS_MASK access, struct nt_key **key)
{
	OBJECT_HANDLE_INFORMATION info;
	struct nt_key_body *body;
	NTSTATUS status;
	void *object;

	status = ObReferenceObjectByHandle(handle, access, &nt_key_type, KernelMode, &object, &info);
	if (!NT_SUCCESS(status))
		return status;
	body = object;
	if (access & ~info.GrantedAccess)
		status = STATUS_ACCESS_DENIED;
	else
		*key = nt_key_get(body->key);
	ObfDereferenceObject(object);
	return status;
}

NTSTATUS nt_key_lock(HANDLE handle, ACCESS_MASK access, struct nt_key **key)
{
	NTSTATUS status = reference(handle, access, key);

	if (!NT_SUCCESS(status))
		return status;
	mutex_lock(&nt_registry_lock);
	if (!(*key)->is_deleted)
		return STATUS_SUCCESS;
	nt_key_unlock(*key);
	return STATUS_KEY_DELETED;
}

void nt_key_unlock(struct nt_key *key)
{
	mutex_unlock(&nt_registry_lock);
	nt_key_put(key);
}

/* ---- Create and open ---- */

/**
 * struct request - what ZwCreateKey() or ZwOpenKey() was asked
 * @attributes: the caller's, checked
 * @class: of a new key, or NULL
 * @access: for the handle
 * @options: REG_OPTION_x
 * @create: when it is not there
 */
struct request {
	POBJECT_ATTRIBUTES attributes;
	PUNICODE_STRING class;
	ACCESS_MASK access;
	ULONG options;
	bool create;
};

static NTSTATUS find_or_make(const struct request *r, struct nt_key *root, struct nt_key **key,
			     bool *created)
{
	bool open_link = r->attributes->Attributes & OBJ_OPENLINK || r->options & REG_OPTION_OPEN_LINK;
	unsigned int flags = open_link ? NT_WALK_OPEN_LINK : 0;
	NTSTATUS status;

	if (r->create)
		return nt_key_walk_create(root, r->attributes->ObjectName, r->class, r->options,
					  flags, key, created);
	*created = false;
	*key = nt_key_walk(root, r->attributes->ObjectName, flags, &status);
	return status;
}

static NTSTATUS locked(const struct request *r, struct nt_key *root, PHANDLE handle, bool *created)
{
	struct nt_key *key;
	NTSTATUS status;

	status = find_or_make(r, root, &key, created);
	if (!NT_SUCCESS(status))
		return status;
	status = nt_key_handle(key, r->access, r->attributes->Attributes, handle);
	if (NT_SUCCESS(status) || !*created)
		return status;
	/* A key that nobody got a handle of was not made. */
	nt_key_get(key);
	nt_key_delete(key);
	nt_key_put(key);
	return status;
}

/* "ZwCreateKey": a root directory must allow that subkeys are made, if one is. */
static NTSTATUS open_below(struct request *r, PHANDLE handle, bool *created)
{
	HANDLE directory = r->attributes->RootDirectory;
	struct nt_key *root;
	NTSTATUS status;
	bool refused;

	status = reference(directory, r->create ? KEY_CREATE_SUB_KEY : 0, &root);
	refused = status == STATUS_ACCESS_DENIED;
	if (refused) {
		r->create = false;
		status = reference(directory, 0, &root);
	}
	if (!NT_SUCCESS(status))
		return status;
	mutex_lock(&nt_registry_lock);
	status = locked(r, root, handle, created);
	nt_key_unlock(root);
	return refused && status == STATUS_OBJECT_NAME_NOT_FOUND ? STATUS_ACCESS_DENIED : status;
}

static NTSTATUS open(struct request *r, PHANDLE handle, bool *created)
{
	POBJECT_ATTRIBUTES attributes = r->attributes;
	NTSTATUS status;

	*handle = NULL;
	if (!attributes || !attributes->ObjectName || attributes->Length != sizeof(*attributes))
		return STATUS_INVALID_PARAMETER;
	if (attributes->RootDirectory)
		return open_below(r, handle, created);
	mutex_lock(&nt_registry_lock);
	status = locked(r, NULL, handle, created);
	mutex_unlock(&nt_registry_lock);
	return status;
}

/**
 * ZwCreateKey - make a key, or open it when it is there
 * @KeyHandle: receives a kernel handle, for ZwClose()
 * @DesiredAccess: KEY_x, which later calls are held to
 * @ObjectAttributes: a path that begins with \Registry, or one below RootDirectory. Names
 *	are the same in upper and lower case, with OBJ_CASE_INSENSITIVE or without. A
 *	security descriptor is not looked at: the registry is the kernel's and root's
 * @TitleIndex: 0; not looked at
 * @Class: of a new key; or NULL
 * @CreateOptions: REG_OPTION_x
 * @Disposition: receives REG_CREATED_NEW_KEY or REG_OPENED_EXISTING_KEY; or NULL
 *
 * IRQL: PASSIVE_LEVEL. Only the last component may be missing. Returns STATUS_SUCCESS;
 * STATUS_INVALID_PARAMETER; STATUS_OBJECT_NAME_INVALID, for one of more than 255
 * characters, too; STATUS_OBJECT_NAME_NOT_FOUND; STATUS_OBJECT_PATH_NOT_FOUND for
 * what is not below \Registry; STATUS_OBJECT_PATH_SYNTAX_BAD;
 * STATUS_CHILD_MUST_BE_VOLATILE; STATUS_ACCESS_DENIED when RootDirectory does not allow
 * KEY_CREATE_SUB_KEY, and directly below \Registry; STATUS_KEY_DELETED;
 * STATUS_INSUFFICIENT_RESOURCES. WDK: "ZwCreateKey".
 */
NTSTATUS ZwCreateKey(PHANDLE KeyHandle, ACCESS_MASK DesiredAccess,
		     POBJECT_ATTRIBUTES ObjectAttributes, ULONG TitleIndex, PUNICODE_STRING Class,
		     ULONG CreateOptions, PULONG Disposition)
{
	struct request r = {
		.attributes = ObjectAttributes,
		.class = Class,
		.access = DesiredAccess,
		.options = CreateOptions,
		.create = true,
	};
	bool created = false;
	NTSTATUS status;

	if (CreateOptions & ~REG_LEGAL_OPTION)
		return STATUS_INVALID_PARAMETER;
	status = open(&r, KeyHandle, &created);
	if (NT_SUCCESS(status) && Disposition)
		*Disposition = created ? REG_CREATED_NEW_KEY : REG_OPENED_EXISTING_KEY;
	return status;
}
EXPORT_SYMBOL(ZwCreateKey);

/**
 * ZwOpenKeyEx - open a key
 * @KeyHandle: receives a kernel handle, for ZwClose()
 * @DesiredAccess: KEY_x, which later calls are held to
 * @ObjectAttributes: as for ZwCreateKey()
 * @OpenOptions: REG_OPTION_OPEN_LINK: a symbolic link itself
 *
 * IRQL: PASSIVE_LEVEL. Returns what ZwCreateKey() does. WDK: "ZwOpenKeyEx".
 */
NTSTATUS ZwOpenKeyEx(PHANDLE KeyHandle, ACCESS_MASK DesiredAccess,
		     POBJECT_ATTRIBUTES ObjectAttributes, ULONG OpenOptions)
{
	struct request r = {
		.attributes = ObjectAttributes,
		.access = DesiredAccess,
		.options = OpenOptions,
	};
	bool created;

	if (OpenOptions & ~REG_OPEN_LEGAL_OPTION)
		return STATUS_INVALID_PARAMETER;
	return open(&r, KeyHandle, &created);
}
EXPORT_SYMBOL(ZwOpenKeyEx);

/**
 * ZwOpenKey - open a key
 * @KeyHandle: receives a kernel handle, for ZwClose()
 * @DesiredAccess: KEY_x
 * @ObjectAttributes: as for ZwCreateKey()
 *
 * IRQL: PASSIVE_LEVEL. As ZwOpenKeyEx() without options. WDK: "ZwOpenKey".
 */
NTSTATUS ZwOpenKey(PHANDLE KeyHandle, ACCESS_MASK DesiredAccess,
		   POBJECT_ATTRIBUTES ObjectAttributes)
{
	return ZwOpenKeyEx(KeyHandle, DesiredAccess, ObjectAttributes, 0);
}
EXPORT_SYMBOL(ZwOpenKey);

/**
 * ZwDeleteKey - delete a key and its values
 * @KeyHandle: opened for DELETE; it is still to be closed
 *
 * IRQL: PASSIVE_LEVEL. From then on all handles of the key are good for ZwClose() only.
 * Returns STATUS_SUCCESS; STATUS_CANNOT_DELETE when it has subkeys, or is one of those
 * that Windows could not do without; STATUS_KEY_DELETED; STATUS_ACCESS_DENIED;
 * STATUS_INVALID_HANDLE. WDK: "ZwDeleteKey".
 */
NTSTATUS ZwDeleteKey(HANDLE KeyHandle)
{
	struct nt_key *key;
	NTSTATUS status = nt_key_lock(KeyHandle, DELETE, &key);

	if (!NT_SUCCESS(status))
		return status;
	status = nt_key_delete(key);
	nt_key_unlock(key);
	return status;
}
EXPORT_SYMBOL(ZwDeleteKey);

/**
 * ZwFlushKey - have what was changed on the disk
 * @KeyHandle: its handle
 *
 * IRQL: PASSIVE_LEVEL. The file is a user program's (ntctl reg watch), which is waited for,
 * 30 seconds at most. Returns STATUS_SUCCESS; STATUS_REGISTRY_IO_FAILED when it does not
 * run, or cannot save; STATUS_KEY_DELETED; STATUS_INVALID_HANDLE. Of a volatile key there
 * is nothing to save. WDK: "ZwFlushKey".
 */
NTSTATUS ZwFlushKey(HANDLE KeyHandle)
{
	struct nt_key *key;
	NTSTATUS status = nt_key_lock(KeyHandle, 0, &key);
	bool is_volatile;
	u64 generation;

	if (!NT_SUCCESS(status))
		return status;
	is_volatile = key->is_volatile;
	generation = nt_registry_generation();
	nt_key_unlock(key);
	if (is_volatile || nt_registry_wait_saved(generation))
		return STATUS_SUCCESS;
	return STATUS_REGISTRY_IO_FAILED;
}
EXPORT_SYMBOL(ZwFlushKey);

/* ---- Values ---- */

/* "ZwSetValueKey": a value may have no name. */
static PCUNICODE_STRING name_or_none(PCUNICODE_STRING name)
{
	static const UNICODE_STRING none;

	return name ?: &none;
}

/**
 * ZwSetValueKey - make or replace a value
 * @KeyHandle: opened for KEY_SET_VALUE
 * @ValueName: NULL or empty for the value without a name
 * @TitleIndex: 0; not looked at
 * @Type: REG_x
 * @Data: what it shall be; NULL with a size of 0
 * @DataSize: bytes. Nothing is added to a string that has no NUL
 *
 * IRQL: PASSIVE_LEVEL. Returns STATUS_SUCCESS; STATUS_INVALID_PARAMETER for a name of more
 * than 16383 characters; STATUS_ACCESS_DENIED; STATUS_INVALID_HANDLE;
 * STATUS_KEY_DELETED; STATUS_INSUFFICIENT_RESOURCES, for more than 16 MiB, too.
 * WDK: "ZwSetValueKey".
 */
NTSTATUS ZwSetValueKey(HANDLE KeyHandle, PUNICODE_STRING ValueName, ULONG TitleIndex, ULONG Type,
		       PVOID Data, ULONG DataSize)
{
	struct nt_key *key;
	NTSTATUS status;

	if (DataSize && !Data)
		return STATUS_INVALID_PARAMETER;
	status = nt_key_lock(KeyHandle, KEY_SET_VALUE, &key);
	if (!NT_SUCCESS(status))
		return status;
	status = nt_value_set(key, name_or_none(ValueName), Type, Data, DataSize);
	nt_key_unlock(key);
	return status;
}
EXPORT_SYMBOL(ZwSetValueKey);

/**
 * ZwDeleteValueKey - delete a value
 * @KeyHandle: opened for KEY_SET_VALUE
 * @ValueName: NULL or empty for the value without a name
 *
 * IRQL: PASSIVE_LEVEL. Returns STATUS_SUCCESS; STATUS_OBJECT_NAME_NOT_FOUND;
 * STATUS_ACCESS_DENIED; STATUS_INVALID_HANDLE; STATUS_KEY_DELETED.
 * WDK: "ZwDeleteValueKey".
 */
NTSTATUS ZwDeleteValueKey(HANDLE KeyHandle, PUNICODE_STRING ValueName)
{
	struct nt_key *key;
	NTSTATUS status = nt_key_lock(KeyHandle, KEY_SET_VALUE, &key);

	if (!NT_SUCCESS(status))
		return status;
	status = nt_value_delete(key, name_or_none(ValueName));
	nt_key_unlock(key);
	return status;
}
EXPORT_SYMBOL(ZwDeleteValueKey);
