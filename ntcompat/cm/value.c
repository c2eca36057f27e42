// SPDX-License-Identifier: GPL-2.0
/* The values of a key. */
#include "tree.h"
#include "key.h"
#include "../ob/name.h"
#include <linux/mm.h>

struct nt_value *nt_value_find(struct nt_key *key, PCUNICODE_STRING name)
{
	struct nt_value *value;

	lockdep_assert_held(&nt_registry_lock);
	list_for_each_entry(value, &key->values, link)
		if (RtlEqualUnicodeString(&value->name, name, TRUE))
			return value;
	return NULL;
}

struct nt_value *nt_value_at(struct nt_key *key, ULONG index)
{
	struct nt_value *value;

	lockdep_assert_held(&nt_registry_lock);
	list_for_each_entry(value, &key->values, link)
		if (!index--)
			return value;
	return NULL;
}

static void value_free(struct nt_value *value)
{
	list_del(&value->link);
	nt_string_free(&value->name);
	kvfree(value->data);
	kfree(value);
}

void nt_values_free(struct nt_key *key)
{
	struct nt_value *value, *next;

	list_for_each_entry_safe(value, next, &key->values, link)
		value_free(value);
}

static struct nt_value *value_add(struct nt_key *key, PCUNICODE_STRING name)
{
	struct nt_value *value = kzalloc(sizeof(*value), GFP_KERNEL);

	if (!value)
		return NULL;
	if (!NT_SUCCESS(nt_string_dup(&value->name, name))) {
		kfree(value);
		return NULL;
	}
	list_add_tail(&value->link, &key->values);
	return value;
}

static void changed(struct nt_key *key)
{
	nt_key_changed(key, REG_NOTIFY_CHANGE_LAST_SET);
	if (!key->is_volatile)
		nt_registry_touch();
}

static bool is_same(const struct nt_value *value, ULONG type, const void *data, ULONG length)
{
	return value->type == type && value->length == length && !memcmp(value->data, data, length);
}

/**
 * nt_value_set - make or replace a value
 * @key: its key
 * @name: its name, maybe empty
 * @type: REG_x, or any other number
 * @data: copied
 * @length: bytes, as they are: neither type nor parity matter
 *
 * When it fails, the old value is as it was.
 */
NTSTATUS nt_value_set(struct nt_key *key, PCUNICODE_STRING name, ULONG type, const void *data,
		      ULONG length)
{
	struct nt_value *value = nt_value_find(key, name);
	void *copy = NULL;

	if (name->Length > NT_VALUE_NAME_MAX * sizeof(WCHAR) || name->Length % sizeof(WCHAR))
		return STATUS_INVALID_PARAMETER;
	if (length > NT_VALUE_DATA_MAX)
		return STATUS_INSUFFICIENT_RESOURCES;
	/* "ZwNotifyChangeKey": what was so before is no change. */
	if (value && is_same(value, type, data, length))
		return STATUS_SUCCESS;
	if (length) {
		copy = kvmalloc(length, GFP_KERNEL);
		if (!copy)
			return STATUS_INSUFFICIENT_RESOURCES;
		memcpy(copy, data, length);
	}
	if (!value)
		value = value_add(key, name);
	if (!value) {
		kvfree(copy);
		return STATUS_INSUFFICIENT_RESOURCES;
	}
	kvfree(value->data);
	value->data = copy;
	value->type = type;
	value->length = length;
	changed(key);
	return STATUS_SUCCESS;
}

NTSTATUS nt_value_delete(struct nt_key *key, PCUNICODE_STRING name)
{
	struct nt_value *value = nt_value_find(key, name);

	if (!value)
		return STATUS_OBJECT_NAME_NOT_FOUND;
	value_free(value);
	changed(key);
	return STATUS_SUCCESS;
}
