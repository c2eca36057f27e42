// SPDX-License-Identifier: GPL-2.0
/* What an INF says of the registry: its AddReg sections, and the service's key. */
#include "inf.h"
#include "key.h"
#include "../io/driver.h"
#include "../linux/glue.h"
#include "../ob/name.h"

bool nt_key_has(struct nt_key *key, const WCHAR *name)
{
	UNICODE_STRING text = nt_text(name);

	return nt_value_find(key, &text);
}

/* Values that are set unless they are there; @text may be NULL, for nothing. */
NTSTATUS nt_key_text(struct nt_key *key, const WCHAR *name, const WCHAR *text)
{
	UNICODE_STRING value = nt_text(name);

	if (!text || nt_key_has(key, name))
		return STATUS_SUCCESS;
	return nt_value_set(key, &value, REG_SZ, text, nt_text(text).Length + sizeof(WCHAR));
}

NTSTATUS nt_key_number(struct nt_key *key, const WCHAR *name, ULONG number)
{
	UNICODE_STRING value = nt_text(name);

	if (nt_key_has(key, name))
		return STATUS_SUCCESS;
	return nt_value_set(key, &value, REG_DWORD, &number, sizeof(number));
}

/* ---- One line ---- */

static bool has_string(const WCHAR *list, ULONG units, PCUNICODE_STRING string)
{
	UNICODE_STRING each;
	ULONG i = 0;

	while (i < units && list[i]) {
		each.Buffer = (WCHAR *)list + i;
		for (each.Length = 0; i < units && list[i]; i++)
			each.Length += sizeof(WCHAR);
		if (RtlEqualUnicodeString(&each, string, TRUE))
			return true;
		i++;
	}
	return false;
}

/* FLG_ADDREG_APPEND: the strings that the value's list has not got. */
static NTSTATUS append(struct nt_key *key, const struct nt_inf_value *line, PCUNICODE_STRING name)
{
	const struct nt_value *old = nt_value_find(key, name);
	const WCHAR *more = (const WCHAR *)line->data;
	ULONG units = old && old->type == REG_MULTI_SZ ? old->length / sizeof(WCHAR) : 0;
	UNICODE_STRING each;
	NTSTATUS status;
	WCHAR *list;

	list = kvzalloc(units * sizeof(WCHAR) + line->length + 2 * sizeof(WCHAR), GFP_KERNEL);
	if (!list)
		return STATUS_INSUFFICIENT_RESOURCES;
	if (units)
		memcpy(list, old->data, units * sizeof(WCHAR));
	while (units && !list[units - 1])
		units--;
	if (units)
		units++;
	for (; *more; more += each.Length / sizeof(WCHAR) + 1) {
		each = nt_text(more);
		if (has_string(list, units, &each))
			continue;
		memcpy(list + units, each.Buffer, each.Length);
		units += each.Length / sizeof(WCHAR) + 1;
	}
	status = nt_value_set(key, name, REG_MULTI_SZ, list, (units + 1) * sizeof(WCHAR));
	kvfree(list);
	return status;
}

static bool same_text(const WCHAR *a, const WCHAR *b)
{
	UNICODE_STRING first = nt_text(a), second = nt_text(b);

	return RtlEqualUnicodeString(&first, &second, TRUE);
}

/* Does a later line take away what this one sets? */
static bool is_undone(const struct nt_inf *inf, const struct nt_inf_value *line)
{
	const struct nt_inf_value *later;

	for (later = line + 1; later < inf->values + inf->value_count; later++)
		if (later->flags & NT_INF_DELVAL && later->root == line->root &&
		    later->install == line->install && same_text(later->path, line->path) &&
		    same_text(later->name, line->name))
			return true;
	return false;
}

static NTSTATUS apply_value(const struct nt_inf *inf, struct nt_key *key,
			    const struct nt_inf_value *line, bool first)
{
	UNICODE_STRING name = nt_text(line->name);
	bool there = nt_value_find(key, &name);

	if (line->flags & NT_INF_KEYONLY)
		return STATUS_SUCCESS;
	/* What takes away or adds does so once, or it would undo what was changed since. */
	if (!first && (line->flags & (NT_INF_DELVAL | NT_INF_APPEND) || is_undone(inf, line)))
		return STATUS_SUCCESS;
	if (line->flags & NT_INF_DELVAL)
		return there ? nt_value_delete(key, &name) : STATUS_SUCCESS;
	if (line->flags & NT_INF_APPEND)
		return append(key, line, &name);
	if (there ? !first || !(line->flags & NT_INF_OVERWRITEONLY) :
		    line->flags & NT_INF_OVERWRITEONLY)
		return STATUS_SUCCESS;
	return nt_value_set(key, &name, line->type, line->data, line->length);
}

/* "INF AddReg Directive": these of a .HW section are the device's own. */
static bool is_device_value(const WCHAR *name)
{
	static const WCHAR * const names[] = {
		L"UpperFilters", L"LowerFilters", L"Security", L"DeviceType",
		L"DeviceCharacteristics", L"Exclusive",
	};
	int i;

	for (i = 0; i < ARRAY_SIZE(names); i++)
		if (same_text(names[i], name))
			return true;
	return false;
}

/**
 * nt_inf_apply - add what an INF adds to a key
 * @inf: the INF
 * @root: which lines
 * @install: those of which DDInstall section
 * @key: what HKR is; NULL for absolute paths
 * @device: where values without a path go that are the device's own; or NULL
 * @first: for the first time
 */
NTSTATUS nt_inf_apply(const struct nt_inf *inf, enum nt_inf_root root, int install,
		      struct nt_key *key, struct nt_key *device, bool first)
{
	const struct nt_inf_value *line;
	NTSTATUS status = STATUS_SUCCESS;
	struct nt_key *at;

	lockdep_assert_held(&nt_registry_lock);
	for (line = inf->values; line < inf->values + inf->value_count && NT_SUCCESS(status); line++) {
		if (line->root != root || line->install != install)
			continue;
		at = device && !*line->path && is_device_value(line->name) ? device : key;
		status = nt_key_make(at, line->path, 0, &at);
		if (NT_SUCCESS(status))
			status = apply_value(inf, at, line, first);
	}
	return status;
}

/* ---- Services ---- */

/* What a driver without an INF is: a kernel driver that is started on demand. */
static const struct nt_inf no_inf = { .type = 1, .start = 3, .error_control = 1 };

static NTSTATUS default_image(struct nt_key *key, const char *name)
{
	UNICODE_STRING path;
	char *file = kasprintf(GFP_KERNEL, "%s.sys", name);
	NTSTATUS status;

	if (!file)
		return STATUS_INSUFFICIENT_RESOURCES;
	status = nt_string_from_ascii(&path, "System32\\drivers\\", file);
	kfree(file);
	if (!NT_SUCCESS(status))
		return status;
	status = nt_key_text(key, L"ImagePath", path.Buffer);
	nt_string_free(&path);
	return status;
}

static NTSTATUS fill_service(struct nt_driver *driver, const struct nt_inf *inf, struct nt_key *key)
{
	bool first = !nt_key_has(key, L"Type");
	NTSTATUS status;

	status = nt_key_number(key, L"Type", inf->type);
	if (NT_SUCCESS(status))
		status = nt_key_number(key, L"Start", inf->start);
	if (NT_SUCCESS(status))
		status = nt_key_number(key, L"ErrorControl", inf->error_control);
	if (NT_SUCCESS(status))
		status = nt_key_text(key, L"DisplayName",
				     inf->display_name ?: driver->extension.ServiceKeyName.Buffer);
	if (NT_SUCCESS(status))
		status = nt_key_text(key, L"Group", inf->group);
	if (NT_SUCCESS(status))
		status = nt_key_text(key, L"ImagePath", inf->image_path);
	if (NT_SUCCESS(status))
		status = default_image(key, driver->info->name);
	if (NT_SUCCESS(status))
		status = nt_inf_apply(inf, NT_INF_SERVICE, -1, key, NULL, first);
	if (NT_SUCCESS(status))
		status = nt_inf_apply(inf, NT_INF_ABSOLUTE, -1, NULL, NULL, first);
	return status;
}

/**
 * nt_service_install - make a driver's service key
 * @driver: its names are made, and it is not started
 *
 * "Registry Trees and Keys for Devices and Drivers": Services\NAME.
 */
NTSTATUS nt_service_install(struct nt_driver *driver)
{
	struct nt_key *key;
	NTSTATUS status;

	mutex_lock(&nt_registry_lock);
	status = nt_key_make(NULL, driver->registry_path.Buffer, 0, &key);
	if (NT_SUCCESS(status))
		status = fill_service(driver, driver->info->inf ?: &no_inf, key);
	mutex_unlock(&nt_registry_lock);
	return status;
}
