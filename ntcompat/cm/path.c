// SPDX-License-Identifier: GPL-2.0
/* From a path to a key, and back. */
#include "tree.h"

/* A link to a link, and so on: who goes round in circles must end. */
#define LINKS_MAX	8

/* Take the next component off @path; backslashes around it do not count. */
static bool next_component(PUNICODE_STRING path, PUNICODE_STRING component)
{
	unsigned int units = path->Length / sizeof(WCHAR), start = 0, end;

	while (start < units && path->Buffer[start] == '\\')
		start++;
	for (end = start; end < units && path->Buffer[end] != '\\';)
		end++;
	component->Buffer = path->Buffer + start;
	component->Length = component->MaximumLength = (end - start) * sizeof(WCHAR);
	path->Buffer += end;
	path->Length -= end * sizeof(WCHAR);
	return end > start;
}

static bool is_at_end(const UNICODE_STRING *path)
{
	UNICODE_STRING rest = *path, component;

	return !next_component(&rest, &component);
}

static struct nt_key *walk(struct nt_key *from, PCUNICODE_STRING path, unsigned int flags,
			   unsigned int links, NTSTATUS *status);

static struct nt_key *follow(struct nt_key *link, unsigned int links, NTSTATUS *status)
{
	UNICODE_STRING name = nt_text(NT_LINK_VALUE), target;
	struct nt_value *value = nt_value_find(link, &name);

	*status = STATUS_OBJECT_NAME_NOT_FOUND;
	if (!value || value->type != REG_LINK || value->length > UNICODE_STRING_MAX_BYTES)
		return NULL;
	if (links == LINKS_MAX) {
		*status = STATUS_NAME_TOO_LONG;
		return NULL;
	}
	target = (UNICODE_STRING){ value->length, value->length, value->data };
	return walk(NULL, &target, 0, links + 1, status);
}

/* An absolute path begins with \Registry. */
static struct nt_key *start(PUNICODE_STRING rest, NTSTATUS *status)
{
	UNICODE_STRING component;

	*status = STATUS_OBJECT_PATH_SYNTAX_BAD;
	if (rest->Length < sizeof(WCHAR) || rest->Buffer[0] != '\\')
		return NULL;
	next_component(rest, &component);
	if (RtlEqualUnicodeString(&component, &nt_registry_root->name, TRUE))
		return nt_registry_root;
	*status = is_at_end(rest) ? STATUS_OBJECT_NAME_NOT_FOUND : STATUS_OBJECT_PATH_NOT_FOUND;
	return NULL;
}

static struct nt_key *walk(struct nt_key *from, PCUNICODE_STRING path, unsigned int flags,
			   unsigned int links, NTSTATUS *status)
{
	UNICODE_STRING rest = *path, component;
	struct nt_key *key = from ?: start(&rest, status);

	while (key && next_component(&rest, &component)) {
		key = nt_key_child(key, &component);
		if (!key)
			*status = STATUS_OBJECT_NAME_NOT_FOUND;
		else if (key->is_link && !(flags & NT_WALK_OPEN_LINK && is_at_end(&rest)))
			key = follow(key, links, status);
	}
	if (key)
		*status = STATUS_SUCCESS;
	return key;
}

/* "ZwCreateKey": relative to a root directory a path has no backslash in front. */
static NTSTATUS check_path(struct nt_key *from, PCUNICODE_STRING path)
{
	if (path->Length % sizeof(WCHAR))
		return STATUS_OBJECT_NAME_INVALID;
	if (!from)
		return STATUS_SUCCESS;
	if (from->is_deleted)
		return STATUS_KEY_DELETED;
	return path->Length && path->Buffer[0] == '\\' ? STATUS_OBJECT_PATH_SYNTAX_BAD :
							 STATUS_SUCCESS;
}

/**
 * nt_key_walk - find a key
 * @from: where a relative path begins; NULL for an absolute one
 * @path: with any number of backslashes between and behind its components
 * @flags: NT_WALK_x
 * @status: receives why there is none
 *
 * Returns the key without a reference, or NULL.
 */
struct nt_key *nt_key_walk(struct nt_key *from, PCUNICODE_STRING path, unsigned int flags,
			   NTSTATUS *status)
{
	lockdep_assert_held(&nt_registry_lock);
	*status = check_path(from, path);
	return NT_SUCCESS(*status) ? walk(from, path, flags, 0, status) : NULL;
}

/* Cut the last component, and what is behind it, off @path. */
static void split(PUNICODE_STRING path, PUNICODE_STRING last)
{
	unsigned int units = path->Length / sizeof(WCHAR), end;

	while (units && path->Buffer[units - 1] == '\\')
		units--;
	end = units;
	while (units && path->Buffer[units - 1] != '\\')
		units--;
	last->Buffer = path->Buffer + units;
	last->Length = last->MaximumLength = (end - units) * sizeof(WCHAR);
	path->Length = units * sizeof(WCHAR);
}

/**
 * nt_key_walk_create - find a key, or make it when only its last component is missing
 * @from: where a relative path begins; NULL for an absolute one
 * @path: the path
 * @class: of a new one; or NULL
 * @options: REG_OPTION_x of a new one
 * @flags: NT_WALK_x
 * @key: receives it, without a reference
 * @created: receives whether it is new
 */
NTSTATUS nt_key_walk_create(struct nt_key *from, PCUNICODE_STRING path, PCUNICODE_STRING class,
			    ULONG options, unsigned int flags, struct nt_key **key, bool *created)
{
	UNICODE_STRING head = *path, last;
	struct nt_key *parent;
	NTSTATUS status;

	*created = false;
	*key = nt_key_walk(from, path, flags, &status);
	if (status != STATUS_OBJECT_NAME_NOT_FOUND)
		return status;
	split(&head, &last);
	parent = nt_key_walk(from, &head, 0, &status);
	if (!parent)
		return status;
	/* What is below \Registry is Windows's own. */
	if (parent == nt_registry_root)
		return STATUS_ACCESS_DENIED;
	status = nt_key_add(parent, &last, class, options, key);
	*created = NT_SUCCESS(status);
	return status;
}

/**
 * nt_key_make - make a key and all that is missing on the way to it
 * @from: where the path begins; NULL when it begins at the root
 * @path: the path
 * @options: REG_OPTION_VOLATILE: of those that are made; REG_OPTION_CREATE_LINK: of the last
 * @key: receives it, without a reference
 */
NTSTATUS nt_key_make(struct nt_key *from, const WCHAR *path, ULONG options, struct nt_key **key)
{
	UNICODE_STRING rest = nt_text(path), component;
	struct nt_key *at = from, *next;
	NTSTATUS status = STATUS_SUCCESS;
	ULONG each;

	lockdep_assert_held(&nt_registry_lock);
	if (!at)
		at = start(&rest, &status);
	while (at && next_component(&rest, &component)) {
		each = is_at_end(&rest) ? options : options & ~REG_OPTION_CREATE_LINK;
		next = nt_key_child(at, &component);
		if (!next)
			status = nt_key_add(at, &component, NULL, each, &next);
		else if (next->is_link)
			next = follow(next, 0, &status);
		else
			status = STATUS_SUCCESS;
		at = NT_SUCCESS(status) ? next : NULL;
	}
	*key = at;
	return at ? STATUS_SUCCESS : status;
}

/**
 * nt_key_path - the full path of a key
 * @key: in the tree
 * @buffer: receives it, without a NUL; or NULL
 *
 * Returns its length in bytes.
 */
ULONG nt_key_path(const struct nt_key *key, WCHAR *buffer)
{
	const struct nt_key *k;
	ULONG bytes = 0, at;

	lockdep_assert_held(&nt_registry_lock);
	for (k = key; k; k = k->parent)
		bytes += sizeof(WCHAR) + k->name.Length;
	for (k = key, at = bytes / sizeof(WCHAR); k && buffer; k = k->parent) {
		at -= k->name.Length / sizeof(WCHAR);
		memcpy(buffer + at, k->name.Buffer, k->name.Length);
		buffer[--at] = '\\';
	}
	return bytes;
}
