// SPDX-License-Identifier: GPL-2.0
/*
 * RtlQueryRegistryValues: many values by one table.
 *
 * A value is copied before the driver gets it, so no lock is held while its
 * QueryRoutine runs, and a string has a NUL behind it whatever the registry has.
 */
#include "rtlreg.h"
#include "../gate.h"
#include "../ob/name.h"
#include <linux/mm.h>

#define POOL_TAG	0x76526552	/* ReRv */

/**
 * struct query - a call under way
 * @context: the driver's
 * @top: what all entries begin at; NULL when it is optional and not there
 * @key: what the present entry is about: @top or a subkey; NULL when it is not there
 */
struct query {
	void *context;
	struct nt_key *top;
	struct nt_key *key;
};

/**
 * struct item - a copy of a value, or a default in its place
 * @name: with a NUL; only an enumerated value has one
 * @type: REG_x
 * @length: bytes at @data, of a string with its NUL
 * @data: kvmalloc'ed
 */
struct item {
	UNICODE_STRING name;
	ULONG type;
	ULONG length;
	u8 *data;
};

static bool is_string(ULONG type)
{
	return type == REG_SZ || type == REG_EXPAND_SZ || type == REG_MULTI_SZ;
}

/* ---- Copies ---- */

static void item_free(struct item *item)
{
	nt_string_free(&item->name);
	kvfree(item->data);
}

/* Does a string end with its NUL, a list of strings with its two? */
static bool is_terminated(ULONG type, const WCHAR *text, ULONG units)
{
	if (!units || text[units - 1])
		return false;
	return type != REG_MULTI_SZ || units == 1 || !text[units - 2];
}

/* What is missing of an odd length or of the NULs at the end is made up for. */
static NTSTATUS item_fill(struct item *item, ULONG type, const void *data, ULONG length)
{
	const ULONG room = 2 * sizeof(WCHAR);

	item->type = type;
	item->length = length;
	item->data = kvzalloc(length + room, GFP_KERNEL);
	if (!item->data)
		return STATUS_INSUFFICIENT_RESOURCES;
	memcpy(item->data, data, length);
	if (!is_string(type))
		return STATUS_SUCCESS;
	if (length % sizeof(WCHAR))
		item->data[--item->length] = 0;
	while (!is_terminated(type, (WCHAR *)item->data, item->length / sizeof(WCHAR)))
		item->length += sizeof(WCHAR);
	return STATUS_SUCCESS;
}

static NTSTATUS item_of(struct item *item, const struct nt_value *value, bool with_name)
{
	NTSTATUS status;

	if (with_name) {
		status = nt_string_dup(&item->name, &value->name);
		if (!NT_SUCCESS(status))
			return status;
	}
	return item_fill(item, value->type, value->data, value->length);
}

/* ---- To the driver ---- */

/*
 * "RtlQueryRegistryValues": a UNICODE_STRING's buffer must hold the NUL; without a
 * buffer it gets one, which the driver frees.
 */
static NTSTATUS direct_string(const struct item *item, PUNICODE_STRING to)
{
	if (item->length > UNICODE_STRING_MAX_BYTES)
		return STATUS_BUFFER_TOO_SMALL;
	if (!to->Buffer) {
		to->Buffer = ExAllocatePoolWithTag(PagedPool, item->length, POOL_TAG);
		if (!to->Buffer)
			return STATUS_INSUFFICIENT_RESOURCES;
		to->MaximumLength = item->length;
	} else if (to->MaximumLength < item->length) {
		return STATUS_BUFFER_TOO_SMALL;
	}
	memcpy(to->Buffer, item->data, item->length);
	to->Length = item->length - sizeof(WCHAR);
	return STATUS_SUCCESS;
}

/* Its first LONG is the buffer's size: negative, for the data alone. */
static NTSTATUS direct_binary(const struct item *item, void *to)
{
	LONG size = *(PLONG)to;
	PULONG header = to;

	if (size < 0) {
		if ((ULONG)-(LONGLONG)size < item->length)
			return STATUS_BUFFER_TOO_SMALL;
		memcpy(to, item->data, item->length);
		return STATUS_SUCCESS;
	}
	if ((ULONG)size < 2 * sizeof(ULONG) || size - 2 * sizeof(ULONG) < item->length)
		return STATUS_BUFFER_TOO_SMALL;
	header[0] = item->length;
	header[1] = item->type;
	memcpy(header + 2, item->data, item->length);
	return STATUS_SUCCESS;
}

static NTSTATUS give_direct(const RTL_QUERY_REGISTRY_TABLE *entry, const struct item *item)
{
	if (is_string(item->type)) {
		/* A list of strings would be given out one by one, into one buffer. */
		if (item->type == REG_MULTI_SZ && !(entry->Flags & RTL_QUERY_REGISTRY_NOEXPAND))
			return STATUS_INVALID_PARAMETER;
		return direct_string(item, entry->EntryContext);
	}
	if (item->length > sizeof(ULONG))
		return direct_binary(item, entry->EntryContext);
	memcpy(entry->EntryContext, item->data, item->length);
	return STATUS_SUCCESS;
}

/* A QueryRoutine's STATUS_BUFFER_TOO_SMALL, and no other error, is ignored. */
static NTSTATUS call(const struct query *q, const RTL_QUERY_REGISTRY_TABLE *entry, PWSTR name,
		     ULONG type, void *data, ULONG length)
{
	NTSTATUS status = nt_call_query_routine(entry->QueryRoutine, name, type, data, length,
						q->context, entry->EntryContext);

	return status == STATUS_BUFFER_TOO_SMALL ? STATUS_SUCCESS : status;
}

static NTSTATUS give_strings(const struct query *q, const RTL_QUERY_REGISTRY_TABLE *entry,
			     PWSTR name, const struct item *item)
{
	NTSTATUS status = STATUS_SUCCESS;
	WCHAR *text = (WCHAR *)item->data;
	ULONG bytes;

	while (*text && NT_SUCCESS(status)) {
		bytes = nt_text(text).Length + sizeof(WCHAR);
		status = call(q, entry, name, REG_SZ, text, bytes);
		text += bytes / sizeof(WCHAR);
	}
	return status;
}

static NTSTATUS give(const struct query *q, const RTL_QUERY_REGISTRY_TABLE *entry, PWSTR name,
		     const struct item *item)
{
	ULONG type = item->type;

	if (entry->Flags & RTL_QUERY_REGISTRY_DIRECT)
		return give_direct(entry, item);
	if (!entry->QueryRoutine)
		return STATUS_INVALID_PARAMETER;
	if (!(entry->Flags & RTL_QUERY_REGISTRY_NOEXPAND)) {
		if (type == REG_MULTI_SZ)
			return give_strings(q, entry, name, item);
		/* The kernel has no variables: what a reference to one becomes is itself. */
		if (type == REG_EXPAND_SZ)
			type = REG_SZ;
	}
	return call(q, entry, name, type, item->data, item->length);
}

/* ---- One entry ---- */

static NTSTATUS check_type(const RTL_QUERY_REGISTRY_TABLE *entry, ULONG type)
{
	const ULONG both = RTL_QUERY_REGISTRY_DIRECT | RTL_QUERY_REGISTRY_TYPECHECK;

	if ((entry->Flags & both) != both)
		return STATUS_SUCCESS;
	return entry->DefaultType >> RTL_QUERY_REGISTRY_TYPECHECK_SHIFT == type ?
		       STATUS_SUCCESS : STATUS_OBJECT_TYPE_MISMATCH;
}

/* How long a default string is that does not say so. */
static ULONG default_length(const RTL_QUERY_REGISTRY_TABLE *entry, ULONG type)
{
	const WCHAR *text = entry->DefaultData;
	ULONG units = 0;

	if (entry->DefaultLength || !is_string(type) || !text)
		return entry->DefaultLength;
	if (type == REG_MULTI_SZ)
		while (text[units])
			units += nt_text(text + units).Length / sizeof(WCHAR) + 1;
	else
		units = nt_text(text).Length / sizeof(WCHAR);
	return (units + 1) * sizeof(WCHAR);
}

static NTSTATUS give_default(const struct query *q, const RTL_QUERY_REGISTRY_TABLE *entry)
{
	ULONG type = entry->DefaultType & 0xff;
	struct item item = { };
	NTSTATUS status;

	if (entry->Flags & RTL_QUERY_REGISTRY_REQUIRED)
		return STATUS_OBJECT_NAME_NOT_FOUND;
	if (type == REG_NONE)
		return STATUS_SUCCESS;
	status = item_fill(&item, type, entry->DefaultData, default_length(entry, type));
	if (NT_SUCCESS(status))
		status = give(q, entry, entry->Name, &item);
	item_free(&item);
	return status;
}

static void delete_value(const struct query *q, PCUNICODE_STRING name)
{
	mutex_lock(&nt_registry_lock);
	if (!q->key->is_deleted)
		nt_value_delete(q->key, name);
	mutex_unlock(&nt_registry_lock);
}

static NTSTATUS query_named(const struct query *q, const RTL_QUERY_REGISTRY_TABLE *entry)
{
	UNICODE_STRING name = nt_text(entry->Name);
	NTSTATUS status = STATUS_OBJECT_NAME_NOT_FOUND;
	struct nt_value *value = NULL;
	struct item item = { };

	mutex_lock(&nt_registry_lock);
	if (q->key)
		value = nt_value_find(q->key, &name);
	if (value)
		status = item_of(&item, value, false);
	mutex_unlock(&nt_registry_lock);
	if (status == STATUS_OBJECT_NAME_NOT_FOUND)
		return give_default(q, entry);
	if (NT_SUCCESS(status))
		status = check_type(entry, item.type);
	if (NT_SUCCESS(status))
		status = give(q, entry, entry->Name, &item);
	item_free(&item);
	if (NT_SUCCESS(status) && entry->Flags & RTL_QUERY_REGISTRY_DELETE)
		delete_value(q, &name);
	return status;
}

static NTSTATUS query_at(const struct query *q, const RTL_QUERY_REGISTRY_TABLE *entry, ULONG index)
{
	NTSTATUS status = STATUS_NO_MORE_ENTRIES;
	struct nt_value *value = NULL;
	struct item item = { };

	mutex_lock(&nt_registry_lock);
	if (q->key)
		value = nt_value_at(q->key, index);
	if (value)
		status = item_of(&item, value, true);
	mutex_unlock(&nt_registry_lock);
	if (NT_SUCCESS(status))
		status = give(q, entry, item.name.Buffer, &item);
	if (NT_SUCCESS(status) && entry->Flags & RTL_QUERY_REGISTRY_DELETE)
		delete_value(q, &item.name);
	item_free(&item);
	return status;
}

static NTSTATUS query_all(const struct query *q, const RTL_QUERY_REGISTRY_TABLE *entry)
{
	bool required = entry->Flags & RTL_QUERY_REGISTRY_REQUIRED, found = false;
	ULONG index = 0;
	NTSTATUS status;

	for (;;) {
		status = query_at(q, entry, index);
		if (!NT_SUCCESS(status))
			break;
		found = true;
		/* The next one takes the place of one that is deleted. */
		if (!(entry->Flags & RTL_QUERY_REGISTRY_DELETE))
			index++;
	}
	if (status != STATUS_NO_MORE_ENTRIES)
		return status;
	return required && !found ? STATUS_OBJECT_NAME_NOT_FOUND : STATUS_SUCCESS;
}

/* ---- The table ---- */

static void set_key(struct query *q, struct nt_key *key)
{
	if (q->key)
		nt_key_put(q->key);
	q->key = key;
}

/* "RTL_QUERY_REGISTRY_SUBKEY": relative to the top, whatever came before. */
static NTSTATUS enter_subkey(struct query *q, const RTL_QUERY_REGISTRY_TABLE *entry)
{
	UNICODE_STRING path = nt_text(entry->Name);
	NTSTATUS status = STATUS_OBJECT_NAME_NOT_FOUND;
	struct nt_key *key = NULL;

	mutex_lock(&nt_registry_lock);
	if (q->top)
		key = nt_key_walk(q->top, &path, 0, &status);
	if (key)
		nt_key_get(key);
	mutex_unlock(&nt_registry_lock);
	set_key(q, key);
	if (status == STATUS_OBJECT_NAME_NOT_FOUND && !(entry->Flags & RTL_QUERY_REGISTRY_REQUIRED))
		return STATUS_SUCCESS;
	return status;
}

static bool is_valid(const RTL_QUERY_REGISTRY_TABLE *entry)
{
	if (entry->Flags & RTL_QUERY_REGISTRY_SUBKEY && !entry->Name)
		return false;
	if (!(entry->Flags & RTL_QUERY_REGISTRY_DIRECT))
		return true;
	return entry->Name && !entry->QueryRoutine && !(entry->Flags & RTL_QUERY_REGISTRY_SUBKEY);
}

static NTSTATUS query_entry(struct query *q, const RTL_QUERY_REGISTRY_TABLE *entry)
{
	NTSTATUS status;

	if (!is_valid(entry))
		return STATUS_INVALID_PARAMETER;
	if (entry->Flags & RTL_QUERY_REGISTRY_SUBKEY) {
		status = enter_subkey(q, entry);
		return NT_SUCCESS(status) && entry->QueryRoutine ? query_all(q, entry) : status;
	}
	if (entry->Flags & RTL_QUERY_REGISTRY_TOPKEY) {
		set_key(q, q->top ? nt_key_get(q->top) : NULL);
		if (!entry->QueryRoutine && !entry->Name)
			return STATUS_SUCCESS;
	}
	if (entry->Name)
		return query_named(q, entry);
	if (entry->Flags & RTL_QUERY_REGISTRY_NOVALUE)
		return call(q, entry, NULL, REG_NONE, NULL, 0);
	return query_all(q, entry);
}

/* A lone RTL_QUERY_REGISTRY_TOPKEY has neither routine nor name, and is no end. */
static bool is_end(const RTL_QUERY_REGISTRY_TABLE *entry)
{
	return !entry->QueryRoutine && !entry->Name &&
	       !(entry->Flags & (RTL_QUERY_REGISTRY_TOPKEY | RTL_QUERY_REGISTRY_SUBKEY |
				 RTL_QUERY_REGISTRY_DIRECT));
}

/**
 * RtlQueryRegistryValues - query many values
 * @RelativeTo: RTL_REGISTRY_x: what @Path is relative to
 * @Path: of the key; or with RTL_REGISTRY_HANDLE a handle
 * @QueryTable: what to query, up to an entry without routine and name
 * @Context: handed to each QueryRoutine
 * @Environment: not looked at: references to variables in a REG_EXPAND_SZ stay, with
 *	RTL_QUERY_REGISTRY_NOEXPAND or without, as no driver is to expand them
 *
 * IRQL: PASSIVE_LEVEL. A string that has no NUL in the registry gets one; the length
 * counts it. With RTL_REGISTRY_OPTIONAL, and for a subkey without
 * RTL_QUERY_REGISTRY_REQUIRED, a missing key is one without values: defaults hold.
 * Returns STATUS_SUCCESS; STATUS_INVALID_PARAMETER for a bad entry, a direct REG_MULTI_SZ
 * without RTL_QUERY_REGISTRY_NOEXPAND, too; STATUS_OBJECT_NAME_NOT_FOUND;
 * STATUS_BUFFER_TOO_SMALL for a direct buffer; STATUS_OBJECT_TYPE_MISMATCH for
 * RTL_QUERY_REGISTRY_TYPECHECK; what a QueryRoutine returns; what opening the key does.
 * WDK: "RtlQueryRegistryValues".
 */
NTSTATUS RtlQueryRegistryValues(ULONG RelativeTo, PCWSTR Path, PRTL_QUERY_REGISTRY_TABLE QueryTable,
				PVOID Context, PVOID Environment)
{
	struct query q = { .context = Context };
	NTSTATUS status;

	status = nt_rtl_key(RelativeTo, Path, KEY_QUERY_VALUE, false, &q.top);
	if (status == STATUS_OBJECT_NAME_NOT_FOUND && RelativeTo & RTL_REGISTRY_OPTIONAL)
		q.top = NULL;
	else if (!NT_SUCCESS(status))
		return status;
	set_key(&q, q.top ? nt_key_get(q.top) : NULL);
	for (status = STATUS_SUCCESS; NT_SUCCESS(status) && !is_end(QueryTable); QueryTable++)
		status = query_entry(&q, QueryTable);
	set_key(&q, NULL);
	if (q.top)
		nt_key_put(q.top);
	return status;
}
EXPORT_SYMBOL(RtlQueryRegistryValues);
