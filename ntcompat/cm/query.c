// SPDX-License-Identifier: GPL-2.0
/*
 * What is told of a key or a value, in the form of an information class.
 *
 * Each form is a fixed part and texts behind it. A buffer that is too small for the
 * fixed part gets nothing and STATUS_BUFFER_TOO_SMALL; one that is too small for the
 * rest gets as much as there is room for and STATUS_BUFFER_OVERFLOW.
 */
#include "key.h"
#include <linux/slab.h>

/**
 * struct out - a caller's buffer
 * @buffer: it
 * @length: its bytes
 * @needed: bytes of all that was put
 */
struct out {
	u8 *buffer;
	ULONG length;
	ULONG needed;
};

static void put(struct out *out, ULONG at, const void *from, ULONG bytes)
{
	if (at < out->length && bytes)
		memcpy(out->buffer + at, from, min(bytes, out->length - at));
	out->needed = max(out->needed, at + bytes);
}

/* The fixed part, of which no half is given out. */
static bool put_fixed(struct out *out, const void *from, ULONG bytes)
{
	bool fits = out->length >= bytes;

	out->needed = bytes;
	if (fits)
		memcpy(out->buffer, from, bytes);
	return fits;
}

static NTSTATUS finish(const struct out *out, ULONG fixed, PULONG result)
{
	*result = out->needed;
	if (out->length < fixed)
		return STATUS_BUFFER_TOO_SMALL;
	return out->length < out->needed ? STATUS_BUFFER_OVERFLOW : STATUS_SUCCESS;
}

/* ---- Keys ---- */

static NTSTATUS key_basic(struct nt_key *key, struct out *out, PULONG result)
{
	KEY_BASIC_INFORMATION info = {
		.LastWriteTime = key->written,
		.NameLength = key->name.Length,
	};
	const ULONG fixed = FIELD_OFFSET(KEY_BASIC_INFORMATION, Name);

	put_fixed(out, &info, fixed);
	put(out, fixed, key->name.Buffer, key->name.Length);
	return finish(out, fixed, result);
}

static NTSTATUS key_node(struct nt_key *key, struct out *out, PULONG result)
{
	const ULONG fixed = FIELD_OFFSET(KEY_NODE_INFORMATION, Name);
	KEY_NODE_INFORMATION info = {
		.LastWriteTime = key->written,
		.ClassOffset = ALIGN(fixed + key->name.Length, sizeof(ULONG)),
		.ClassLength = key->class.Length,
		.NameLength = key->name.Length,
	};

	/* "KEY_NODE_INFORMATION": the class's place says where it would be. */
	put_fixed(out, &info, fixed);
	put(out, fixed, key->name.Buffer, key->name.Length);
	if (key->class.Length)
		put(out, info.ClassOffset, key->class.Buffer, key->class.Length);
	return finish(out, fixed, result);
}

static void count_children(struct nt_key *key, PKEY_FULL_INFORMATION info)
{
	struct nt_key *child;

	list_for_each_entry(child, &key->children, link) {
		info->SubKeys++;
		info->MaxNameLen = max_t(ULONG, info->MaxNameLen, child->name.Length);
		info->MaxClassLen = max_t(ULONG, info->MaxClassLen, child->class.Length);
	}
}

static void count_values(struct nt_key *key, PKEY_FULL_INFORMATION info)
{
	struct nt_value *value;

	list_for_each_entry(value, &key->values, link) {
		info->Values++;
		info->MaxValueNameLen = max_t(ULONG, info->MaxValueNameLen, value->name.Length);
		info->MaxValueDataLen = max(info->MaxValueDataLen, value->length);
	}
}

static NTSTATUS key_full(struct nt_key *key, struct out *out, PULONG result)
{
	const ULONG fixed = FIELD_OFFSET(KEY_FULL_INFORMATION, Class);
	KEY_FULL_INFORMATION info = {
		.LastWriteTime = key->written,
		.ClassOffset = fixed,
		.ClassLength = key->class.Length,
	};

	count_children(key, &info);
	count_values(key, &info);
	put_fixed(out, &info, fixed);
	put(out, fixed, key->class.Buffer, key->class.Length);
	return finish(out, fixed, result);
}

static NTSTATUS key_name(struct nt_key *key, struct out *out, PULONG result)
{
	const ULONG fixed = FIELD_OFFSET(KEY_NAME_INFORMATION, Name);
	KEY_NAME_INFORMATION info = { .NameLength = nt_key_path(key, NULL) };
	WCHAR *path = kmalloc(info.NameLength, GFP_KERNEL);

	if (!path)
		return STATUS_INSUFFICIENT_RESOURCES;
	nt_key_path(key, path);
	put_fixed(out, &info, fixed);
	put(out, fixed, path, info.NameLength);
	kfree(path);
	return finish(out, fixed, result);
}

static NTSTATUS describe_key(struct nt_key *key, KEY_INFORMATION_CLASS class, struct out *out,
			     PULONG result)
{
	switch (class) {
	case KeyBasicInformation:
		return key_basic(key, out, result);
	case KeyNodeInformation:
		return key_node(key, out, result);
	case KeyFullInformation:
		return key_full(key, out, result);
	case KeyNameInformation:
		return key_name(key, out, result);
	default:
		return STATUS_INVALID_PARAMETER;
	}
}

/**
 * ZwQueryKey - what a key is
 * @KeyHandle: opened for KEY_QUERY_VALUE; with KeyNameInformation for anything
 * @KeyInformationClass: KeyBasicInformation, KeyNodeInformation, KeyFullInformation or
 *	KeyNameInformation
 * @KeyInformation: receives it
 * @Length: bytes there
 * @ResultLength: receives the bytes of the whole
 *
 * IRQL: PASSIVE_LEVEL. Returns STATUS_SUCCESS; STATUS_BUFFER_TOO_SMALL;
 * STATUS_BUFFER_OVERFLOW; STATUS_INVALID_PARAMETER for another class;
 * STATUS_ACCESS_DENIED; STATUS_INVALID_HANDLE; STATUS_KEY_DELETED. WDK: "ZwQueryKey".
 */
NTSTATUS ZwQueryKey(HANDLE KeyHandle, KEY_INFORMATION_CLASS KeyInformationClass,
		    PVOID KeyInformation, ULONG Length, PULONG ResultLength)
{
	ACCESS_MASK access = KeyInformationClass == KeyNameInformation ? 0 : KEY_QUERY_VALUE;
	struct out out = { .buffer = KeyInformation, .length = Length };
	struct nt_key *key;
	NTSTATUS status;

	status = nt_key_lock(KeyHandle, access, &key);
	if (!NT_SUCCESS(status))
		return status;
	status = describe_key(key, KeyInformationClass, &out, ResultLength);
	nt_key_unlock(key);
	return status;
}
EXPORT_SYMBOL(ZwQueryKey);

/**
 * ZwEnumerateKey - what a subkey is
 * @KeyHandle: opened for KEY_ENUMERATE_SUB_KEYS
 * @Index: which one, from 0 on, in the order of their names. A subkey that is made or
 *	deleted meanwhile shifts the others
 * @KeyInformationClass: KeyBasicInformation, KeyNodeInformation or KeyFullInformation
 * @KeyInformation: receives it
 * @Length: bytes there
 * @ResultLength: receives the bytes of the whole
 *
 * IRQL: PASSIVE_LEVEL. Returns STATUS_NO_MORE_ENTRIES or what ZwQueryKey() does.
 * WDK: "ZwEnumerateKey".
 */
NTSTATUS ZwEnumerateKey(HANDLE KeyHandle, ULONG Index, KEY_INFORMATION_CLASS KeyInformationClass,
			PVOID KeyInformation, ULONG Length, PULONG ResultLength)
{
	struct out out = { .buffer = KeyInformation, .length = Length };
	struct nt_key *key, *child;
	NTSTATUS status;

	if (KeyInformationClass == KeyNameInformation)
		return STATUS_INVALID_PARAMETER;
	status = nt_key_lock(KeyHandle, KEY_ENUMERATE_SUB_KEYS, &key);
	if (!NT_SUCCESS(status))
		return status;
	child = nt_key_child_at(key, Index);
	status = child ? describe_key(child, KeyInformationClass, &out, ResultLength) :
			 STATUS_NO_MORE_ENTRIES;
	nt_key_unlock(key);
	return status;
}
EXPORT_SYMBOL(ZwEnumerateKey);

/* ---- Values ---- */

static NTSTATUS value_basic(const struct nt_value *value, struct out *out, PULONG result)
{
	KEY_VALUE_BASIC_INFORMATION info = {
		.Type = value->type,
		.NameLength = value->name.Length,
	};
	const ULONG fixed = FIELD_OFFSET(KEY_VALUE_BASIC_INFORMATION, Name);

	put_fixed(out, &info, fixed);
	put(out, fixed, value->name.Buffer, value->name.Length);
	return finish(out, fixed, result);
}

static NTSTATUS value_full(const struct nt_value *value, ULONG align, struct out *out,
			   PULONG result)
{
	const ULONG fixed = FIELD_OFFSET(KEY_VALUE_FULL_INFORMATION, Name);
	KEY_VALUE_FULL_INFORMATION info = {
		.Type = value->type,
		.DataOffset = ALIGN(fixed + value->name.Length, align),
		.DataLength = value->length,
		.NameLength = value->name.Length,
	};

	put_fixed(out, &info, fixed);
	put(out, fixed, value->name.Buffer, value->name.Length);
	put(out, info.DataOffset, value->data, value->length);
	return finish(out, fixed, result);
}

/**
 * nt_value_copy - a value as KEY_VALUE_FULL_INFORMATION
 * @value: the value; the registry's lock is held
 * @copy: receives it, for kfree()
 */
NTSTATUS nt_value_copy(const struct nt_value *value, PKEY_VALUE_FULL_INFORMATION *copy)
{
	struct out out = { };
	ULONG length;

	value_full(value, sizeof(ULONG), &out, &length);
	out.buffer = kmalloc(length, GFP_KERNEL);
	if (!out.buffer)
		return STATUS_INSUFFICIENT_RESOURCES;
	out.length = length;
	*copy = (PKEY_VALUE_FULL_INFORMATION)out.buffer;
	return value_full(value, sizeof(ULONG), &out, &length);
}

static NTSTATUS value_partial(const struct nt_value *value, struct out *out, PULONG result)
{
	KEY_VALUE_PARTIAL_INFORMATION info = { .Type = value->type, .DataLength = value->length };
	const ULONG fixed = FIELD_OFFSET(KEY_VALUE_PARTIAL_INFORMATION, Data);

	put_fixed(out, &info, fixed);
	put(out, fixed, value->data, value->length);
	return finish(out, fixed, result);
}

static NTSTATUS value_partial_align64(const struct nt_value *value, struct out *out, PULONG result)
{
	KEY_VALUE_PARTIAL_INFORMATION_ALIGN64 info = {
		.Type = value->type,
		.DataLength = value->length,
	};
	const ULONG fixed = FIELD_OFFSET(KEY_VALUE_PARTIAL_INFORMATION_ALIGN64, Data);

	put_fixed(out, &info, fixed);
	put(out, fixed, value->data, value->length);
	return finish(out, fixed, result);
}

static NTSTATUS describe_value(const struct nt_value *value, KEY_VALUE_INFORMATION_CLASS class,
			       struct out *out, PULONG result)
{
	switch (class) {
	case KeyValueBasicInformation:
		return value_basic(value, out, result);
	case KeyValueFullInformation:
		return value_full(value, sizeof(ULONG), out, result);
	case KeyValueFullInformationAlign64:
		return value_full(value, sizeof(u64), out, result);
	case KeyValuePartialInformation:
		return value_partial(value, out, result);
	case KeyValuePartialInformationAlign64:
		return value_partial_align64(value, out, result);
	default:
		return STATUS_INVALID_PARAMETER;
	}
}

static bool is_value_class(KEY_VALUE_INFORMATION_CLASS class)
{
	return (unsigned int)class <= KeyValuePartialInformationAlign64;
}

/**
 * ZwQueryValueKey - what a value is
 * @KeyHandle: opened for KEY_QUERY_VALUE
 * @ValueName: which; NULL or empty for the one without a name
 * @KeyValueInformationClass: KeyValueBasicInformation, KeyValueFullInformation,
 *	KeyValuePartialInformation, or one of the latter two with Align64
 * @KeyValueInformation: receives it
 * @Length: bytes there
 * @ResultLength: receives the bytes of the whole
 *
 * IRQL: PASSIVE_LEVEL. Returns STATUS_SUCCESS; STATUS_OBJECT_NAME_NOT_FOUND;
 * STATUS_BUFFER_TOO_SMALL; STATUS_BUFFER_OVERFLOW; STATUS_INVALID_PARAMETER for another
 * class; STATUS_ACCESS_DENIED; STATUS_INVALID_HANDLE; STATUS_KEY_DELETED.
 * WDK: "ZwQueryValueKey".
 */
NTSTATUS ZwQueryValueKey(HANDLE KeyHandle, PUNICODE_STRING ValueName,
			 KEY_VALUE_INFORMATION_CLASS KeyValueInformationClass,
			 PVOID KeyValueInformation, ULONG Length, PULONG ResultLength)
{
	static const UNICODE_STRING none;
	struct out out = { .buffer = KeyValueInformation, .length = Length };
	struct nt_value *value;
	struct nt_key *key;
	NTSTATUS status;

	if (!is_value_class(KeyValueInformationClass))
		return STATUS_INVALID_PARAMETER;
	status = nt_key_lock(KeyHandle, KEY_QUERY_VALUE, &key);
	if (!NT_SUCCESS(status))
		return status;
	value = nt_value_find(key, ValueName ?: &none);
	status = value ? describe_value(value, KeyValueInformationClass, &out, ResultLength) :
			 STATUS_OBJECT_NAME_NOT_FOUND;
	nt_key_unlock(key);
	return status;
}
EXPORT_SYMBOL(ZwQueryValueKey);

/**
 * ZwEnumerateValueKey - what one of a key's values is
 * @KeyHandle: opened for KEY_QUERY_VALUE
 * @Index: which one, from 0 on, in the order in which they were made
 * @KeyValueInformationClass: as for ZwQueryValueKey()
 * @KeyValueInformation: receives it
 * @Length: bytes there
 * @ResultLength: receives the bytes of the whole
 *
 * IRQL: PASSIVE_LEVEL. Returns STATUS_NO_MORE_ENTRIES or what ZwQueryValueKey() does.
 * WDK: "ZwEnumerateValueKey".
 */
NTSTATUS ZwEnumerateValueKey(HANDLE KeyHandle, ULONG Index,
			     KEY_VALUE_INFORMATION_CLASS KeyValueInformationClass,
			     PVOID KeyValueInformation, ULONG Length, PULONG ResultLength)
{
	struct out out = { .buffer = KeyValueInformation, .length = Length };
	struct nt_value *value;
	struct nt_key *key;
	NTSTATUS status;

	if (!is_value_class(KeyValueInformationClass))
		return STATUS_INVALID_PARAMETER;
	status = nt_key_lock(KeyHandle, KEY_QUERY_VALUE, &key);
	if (!NT_SUCCESS(status))
		return status;
	value = nt_value_at(key, Index);
	status = value ? describe_value(value, KeyValueInformationClass, &out, ResultLength) :
			 STATUS_NO_MORE_ENTRIES;
	nt_key_unlock(key);
	return status;
}
EXPORT_SYMBOL(ZwEnumerateValueKey);
