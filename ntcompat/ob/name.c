// SPDX-License-Identifier: GPL-2.0
/* The object namespace. */
#include "name.h"

static LIST_HEAD(names);
DEFINE_MUTEX(nt_names_lock);

static const WCHAR dos_prefix[] = L"\\??\\";
#define DOS_PREFIX_UNITS (ARRAY_SIZE(dos_prefix) - 1)

static const struct {
	const WCHAR *text;
	unsigned int units;
} dos_aliases[] = {
	{ L"\\DosDevices\\Global\\", 19 },
	{ L"\\DosDevices\\", 12 },
	{ L"\\GLOBAL??\\", 10 },
	{ L"\\??\\", 4 },
};

static bool has_prefix(PCUNICODE_STRING path, const WCHAR *prefix, unsigned int units)
{
	UNICODE_STRING head = { units * 2, units * 2, path->Buffer };
	UNICODE_STRING want = { units * 2, units * 2, (PWSTR)prefix };

	return path->Length > units * 2 && RtlEqualUnicodeString(&head, &want, TRUE);
}

static NTSTATUS string_alloc(PUNICODE_STRING to, unsigned int bytes)
{
	if (bytes > UNICODE_STRING_MAX_BYTES - sizeof(WCHAR))
		return STATUS_OBJECT_NAME_INVALID;
	to->Buffer = kzalloc(bytes + sizeof(WCHAR), GFP_KERNEL);
	if (!to->Buffer)
		return STATUS_INSUFFICIENT_RESOURCES;
	to->Length = bytes;
	to->MaximumLength = bytes + sizeof(WCHAR);
	return STATUS_SUCCESS;
}

NTSTATUS nt_string_dup(PUNICODE_STRING to, PCUNICODE_STRING from)
{
	NTSTATUS status = string_alloc(to, from->Length & ~1);

	if (NT_SUCCESS(status))
		memcpy(to->Buffer, from->Buffer, to->Length);
	return status;
}

/* @first, and @units of @rest behind it. */
NTSTATUS nt_string_join(PUNICODE_STRING to, PCUNICODE_STRING first, const WCHAR *rest,
			unsigned int units)
{
	NTSTATUS status = string_alloc(to, (first->Length & ~1) + units * sizeof(WCHAR));

	if (!NT_SUCCESS(status))
		return status;
	memcpy(to->Buffer, first->Buffer, first->Length & ~1);
	memcpy(to->Buffer + first->Length / sizeof(WCHAR), rest, units * sizeof(WCHAR));
	return status;
}

NTSTATUS nt_string_from_ascii(PUNICODE_STRING to, const char *prefix, const char *text)
{
	size_t head = strlen(prefix), tail = strlen(text), i;
	NTSTATUS status = string_alloc(to, (head + tail) * sizeof(WCHAR));

	if (!NT_SUCCESS(status))
		return status;
	for (i = 0; i < head; i++)
		to->Buffer[i] = prefix[i];
	for (i = 0; i < tail; i++)
		to->Buffer[head + i] = text[i];
	return STATUS_SUCCESS;
}

void nt_string_free(PUNICODE_STRING string)
{
	kfree(string->Buffer);
	memset(string, 0, sizeof(*string));
}

/* How many units of @path are a word for \??, with the backslash behind it. */
static unsigned int dos_units(PCUNICODE_STRING path)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(dos_aliases); i++)
		if (has_prefix(path, dos_aliases[i].text, dos_aliases[i].units))
			return dos_aliases[i].units;
	return 0;
}

static UNICODE_STRING behind(PCUNICODE_STRING path, unsigned int units)
{
	USHORT bytes = path->Length - units * sizeof(WCHAR);

	return (UNICODE_STRING){ bytes, bytes, path->Buffer + units };
}

/* A copy of @path in which every word for \?? is \??. */
static NTSTATUS canonical(PUNICODE_STRING to, PCUNICODE_STRING path)
{
	unsigned int units, rest;
	NTSTATUS status;

	if (path->Length < 2 * sizeof(WCHAR) || path->Buffer[0] != '\\')
		return STATUS_OBJECT_PATH_SYNTAX_BAD;
	if (path->Buffer[path->Length / 2 - 1] == '\\')
		return STATUS_OBJECT_NAME_INVALID;
	units = dos_units(path);
	if (!units)
		return nt_string_dup(to, path);
	rest = path->Length / 2 - units;
	status = string_alloc(to, (DOS_PREFIX_UNITS + rest) * 2);
	if (NT_SUCCESS(status)) {
		memcpy(to->Buffer, dos_prefix, DOS_PREFIX_UNITS * 2);
		memcpy(to->Buffer + DOS_PREFIX_UNITS, path->Buffer + units, rest * 2);
	}
	return status;
}

static struct nt_name *find_canonical(PCUNICODE_STRING path)
{
	struct nt_name *name;

	lockdep_assert_held(&nt_names_lock);
	list_for_each_entry(name, &names, link)
		if (RtlEqualUnicodeString(&name->path, path, TRUE))
			return name;
	return NULL;
}

/**
 * nt_name_insert - give an object a name
 * @name: entry embedded in the object
 * @type: what the object is
 * @path: absolute path, any of the words for \??
 *
 * Takes nt_names_lock. Returns STATUS_OBJECT_NAME_COLLISION when it is taken.
 */
NTSTATUS nt_name_insert(struct nt_name *name, enum nt_name_type type, PCUNICODE_STRING path)
{
	NTSTATUS status = canonical(&name->path, path);

	if (!NT_SUCCESS(status))
		return status;
	name->type = type;
	mutex_lock(&nt_names_lock);
	if (find_canonical(&name->path))
		status = STATUS_OBJECT_NAME_COLLISION;
	else
		list_add_tail(&name->link, &names);
	mutex_unlock(&nt_names_lock);
	if (!NT_SUCCESS(status)) {
		nt_string_free(&name->path);
		return status;
	}
	nt_live_inc(NT_LIVE_NAME);
	return STATUS_SUCCESS;
}

/**
 * nt_name_remove - take an object's name away
 * @name: entry that may or may not be in the namespace; takes nt_names_lock
 */
void nt_name_remove(struct nt_name *name)
{
	if (!name->path.Buffer)
		return;
	mutex_lock(&nt_names_lock);
	list_del(&name->link);
	mutex_unlock(&nt_names_lock);
	nt_string_free(&name->path);
	nt_live_dec(NT_LIVE_NAME);
}

/* A copy of the path of an entry, empty when it has none; takes nt_names_lock. */
NTSTATUS nt_name_of(struct nt_name *name, PUNICODE_STRING path)
{
	NTSTATUS status;

	mutex_lock(&nt_names_lock);
	status = nt_string_dup(path, &name->path);
	mutex_unlock(&nt_names_lock);
	return status;
}

/**
 * nt_name_find - look a name up
 * @path: absolute path
 *
 * Caller holds nt_names_lock, and keeps it as long as it needs the entry.
 */
struct nt_name *nt_name_find(PCUNICODE_STRING path)
{
	unsigned int units = dos_units(path);
	struct nt_name *name;

	if (!units)
		return find_canonical(path);
	/* Without a canonical copy: a lookup must not fail for want of memory. */
	lockdep_assert_held(&nt_names_lock);
	list_for_each_entry(name, &names, link) {
		UNICODE_STRING key = behind(path, units);
		UNICODE_STRING rest;

		if (!has_prefix(&name->path, dos_prefix, DOS_PREFIX_UNITS))
			continue;
		rest = behind(&name->path, DOS_PREFIX_UNITS);
		if (RtlEqualUnicodeString(&rest, &key, TRUE))
			return name;
	}
	return NULL;
}

/**
 * nt_name_find_prefix - look up what a path leads to, as far as the namespace knows it
 * @path: absolute path
 * @units: receives how much of the path the entry stands for; a backslash follows,
 *	and what that object alone understands, or nothing
 *
 * Caller holds nt_names_lock. The longest such part counts.
 */
struct nt_name *nt_name_find_prefix(PCUNICODE_STRING path, unsigned int *units)
{
	UNICODE_STRING head = *path;
	struct nt_name *name;

	while (head.Length >= sizeof(WCHAR)) {
		*units = head.Length / sizeof(WCHAR);
		name = nt_name_find(&head);
		if (name)
			return name;
		do
			head.Length -= sizeof(WCHAR);
		while (head.Length >= sizeof(WCHAR) && head.Buffer[head.Length / sizeof(WCHAR)] != '\\');
	}
	return NULL;
}

/**
 * nt_names_walk - call a function for each name
 * @visit: the function; called with nt_names_lock held
 * @data: its second argument
 */
void nt_names_walk(void (*visit)(const struct nt_name *name, void *data), void *data)
{
	struct nt_name *name;

	mutex_lock(&nt_names_lock);
	list_for_each_entry(name, &names, link)
		visit(name, data);
	mutex_unlock(&nt_names_lock);
}

const WCHAR *nt_dos_name(PCUNICODE_STRING path, unsigned int *units)
{
	if (!has_prefix(path, dos_prefix, DOS_PREFIX_UNITS))
		return NULL;
	*units = path->Length / 2 - DOS_PREFIX_UNITS;
	return path->Buffer + DOS_PREFIX_UNITS;
}
