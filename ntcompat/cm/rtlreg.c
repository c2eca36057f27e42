// SPDX-License-Identifier: GPL-2.0
/* Values and keys by a path relative to a well-known one. */
#include "rtlreg.h"
#include "../ob/name.h"

static const WCHAR * const roots[RTL_REGISTRY_MAXIMUM] = {
	[RTL_REGISTRY_ABSOLUTE] = L"",
	[RTL_REGISTRY_SERVICES] = L"\\Registry\\Machine\\System\\CurrentControlSet\\Services",
	[RTL_REGISTRY_CONTROL] = L"\\Registry\\Machine\\System\\CurrentControlSet\\Control",
	[RTL_REGISTRY_WINDOWS_NT] = L"\\Registry\\Machine\\Software\\Microsoft\\Windows NT\\CurrentVersion",
	[RTL_REGISTRY_DEVICEMAP] = L"\\Registry\\Machine\\Hardware\\DeviceMap",
	[RTL_REGISTRY_USER] = L"\\Registry\\User\\.Default",
};

static NTSTATUS open_handle(HANDLE handle, ACCESS_MASK access, struct nt_key **key)
{
	NTSTATUS status = nt_key_lock(handle, access, key);

	if (NT_SUCCESS(status))
		mutex_unlock(&nt_registry_lock);
	return status;
}

/* One that is absolute stays so, whatever it is said to be relative to. */
static NTSTATUS join(const WCHAR *root, const WCHAR *path, PUNICODE_STRING full)
{
	UNICODE_STRING head = nt_text(root), start;
	NTSTATUS status;

	if (!path || !*path)
		return nt_string_dup(full, &head);
	if (!head.Length) {
		head = nt_text(path);
		return nt_string_dup(full, &head);
	}
	status = nt_string_join(&start, &head, L"\\", 1);
	if (!NT_SUCCESS(status))
		return status;
	head = nt_text(path);
	status = nt_string_join(full, &start, head.Buffer, head.Length / sizeof(WCHAR));
	nt_string_free(&start);
	return status;
}

/* Each component that is missing is made: "RtlWriteRegistryValue" makes its key. */
static NTSTATUS find(PCUNICODE_STRING path, bool create, struct nt_key **key)
{
	NTSTATUS status;

	mutex_lock(&nt_registry_lock);
	if (create)
		status = nt_key_make(NULL, path->Buffer, 0, key);
	else
		*key = nt_key_walk(NULL, path, 0, &status);
	if (NT_SUCCESS(status))
		nt_key_get(*key);
	mutex_unlock(&nt_registry_lock);
	return status;
}

/**
 * nt_rtl_key - the key that the Rtl routines' first two arguments mean
 * @relative_to: RTL_REGISTRY_x
 * @path: the path, or with RTL_REGISTRY_HANDLE a handle
 * @access: what the handle must allow
 * @create: make what is missing
 * @key: receives the key, referenced
 *
 * Takes the lock. PASSIVE_LEVEL.
 */
NTSTATUS nt_rtl_key(ULONG relative_to, PCWSTR path, ACCESS_MASK access, bool create,
		    struct nt_key **key)
{
	ULONG root = relative_to & ~(RTL_REGISTRY_HANDLE | RTL_REGISTRY_OPTIONAL);
	UNICODE_STRING full;
	NTSTATUS status;

	if (relative_to & RTL_REGISTRY_HANDLE)
		return open_handle((HANDLE)path, access, key);
	if (root >= RTL_REGISTRY_MAXIMUM)
		return STATUS_INVALID_PARAMETER;
	status = join(roots[root], path, &full);
	if (!NT_SUCCESS(status))
		return status;
	status = find(&full, create, key);
	nt_string_free(&full);
	return status;
}

/* A value's name, or none. */
static UNICODE_STRING name_of(const WCHAR *name)
{
	return name ? nt_text(name) : (UNICODE_STRING){ };
}

/**
 * RtlWriteRegistryValue - make or replace a value
 * @RelativeTo: RTL_REGISTRY_x: what @Path is relative to
 * @Path: of the key, which is made when it is not there; or a handle
 * @ValueName: the value's name
 * @ValueType: REG_x
 * @ValueData: what it shall be
 * @ValueLength: its bytes
 *
 * IRQL: PASSIVE_LEVEL. Returns STATUS_SUCCESS or what ZwCreateKey() and
 * ZwSetValueKey() do. WDK: "RtlWriteRegistryValue".
 */
NTSTATUS RtlWriteRegistryValue(ULONG RelativeTo, PCWSTR Path, PCWSTR ValueName, ULONG ValueType,
			       PVOID ValueData, ULONG ValueLength)
{
	UNICODE_STRING name = name_of(ValueName);
	struct nt_key *key;
	NTSTATUS status;

	status = nt_rtl_key(RelativeTo, Path, KEY_SET_VALUE, true, &key);
	if (!NT_SUCCESS(status))
		return status;
	mutex_lock(&nt_registry_lock);
	status = key->is_deleted ? STATUS_KEY_DELETED :
				   nt_value_set(key, &name, ValueType, ValueData, ValueLength);
	nt_key_unlock(key);
	return status;
}
EXPORT_SYMBOL(RtlWriteRegistryValue);

/**
 * RtlDeleteRegistryValue - delete a value
 * @RelativeTo: RTL_REGISTRY_x
 * @Path: of the key; or a handle
 * @ValueName: the value's name
 *
 * IRQL: PASSIVE_LEVEL. Returns STATUS_SUCCESS or what ZwOpenKey() and
 * ZwDeleteValueKey() do. WDK: "RtlDeleteRegistryValue".
 */
NTSTATUS RtlDeleteRegistryValue(ULONG RelativeTo, PCWSTR Path, PCWSTR ValueName)
{
	UNICODE_STRING name = name_of(ValueName);
	struct nt_key *key;
	NTSTATUS status;

	status = nt_rtl_key(RelativeTo, Path, KEY_SET_VALUE, false, &key);
	if (!NT_SUCCESS(status))
		return status;
	mutex_lock(&nt_registry_lock);
	status = key->is_deleted ? STATUS_KEY_DELETED : nt_value_delete(key, &name);
	nt_key_unlock(key);
	return status;
}
EXPORT_SYMBOL(RtlDeleteRegistryValue);

/**
 * RtlCreateRegistryKey - make a key, and what is missing on the way to it
 * @RelativeTo: RTL_REGISTRY_x
 * @Path: of the key
 *
 * IRQL: PASSIVE_LEVEL. Returns STATUS_SUCCESS, when it was there, too, or what
 * ZwCreateKey() does. WDK: "RtlCreateRegistryKey".
 */
NTSTATUS RtlCreateRegistryKey(ULONG RelativeTo, PWSTR Path)
{
	struct nt_key *key;
	NTSTATUS status;

	if (RelativeTo & RTL_REGISTRY_HANDLE)
		return STATUS_INVALID_PARAMETER;
	status = nt_rtl_key(RelativeTo, Path, 0, true, &key);
	if (NT_SUCCESS(status))
		nt_key_put(key);
	return status;
}
EXPORT_SYMBOL(RtlCreateRegistryKey);

/**
 * RtlCheckRegistryKey - is there such a key?
 * @RelativeTo: RTL_REGISTRY_x
 * @Path: of the key
 *
 * IRQL: PASSIVE_LEVEL. Returns STATUS_SUCCESS or what ZwOpenKey() does.
 * WDK: "RtlCheckRegistryKey".
 */
NTSTATUS RtlCheckRegistryKey(ULONG RelativeTo, PWSTR Path)
{
	struct nt_key *key;
	NTSTATUS status = nt_rtl_key(RelativeTo, Path, 0, false, &key);

	if (NT_SUCCESS(status))
		nt_key_put(key);
	return status;
}
EXPORT_SYMBOL(RtlCheckRegistryKey);
