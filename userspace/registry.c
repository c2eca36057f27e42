// SPDX-License-Identifier: GPL-2.0
/* The kernel's registry. */
#include "registry.h"
#include "ntctl.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>

#define NODE		(getenv("NTCTL_REGISTRY") ?: "/dev/ntcompat")
#define OVERFLOW	0x80000005U

static int fd = -1;

void registry_open(void)
{
	if (fd >= 0)
		return;
	fd = open(NODE, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		die("cannot open %s: %s%s", NODE, strerror(errno),
		    errno == ENOENT ? "; is ntcompat loaded?" : "");
}

int registry_descriptor(void)
{
	return fd;
}

static void request(struct ntcompat_reg *reg)
{
	registry_open();
	if (ioctl(fd, NTCOMPAT_IOC_REGISTRY, reg))
		die("%s: no request was made: %s", NODE, strerror(errno));
}

static struct ntcompat_reg request_for(uint32_t op, const struct reg_text *path)
{
	return (struct ntcompat_reg){
		.op = op,
		.path = (uintptr_t)path->units,
		.path_len = path->length * sizeof(uint16_t),
	};
}

uint32_t registry_do(uint32_t op, const struct reg_text *path, const struct reg_text *name,
		     uint32_t type, const void *data, size_t length)
{
	struct ntcompat_reg reg = request_for(op, path);

	if (name) {
		reg.name = (uintptr_t)name->units;
		reg.name_len = name->length * sizeof(uint16_t);
	}
	reg.type = type;
	reg.data = (uintptr_t)data;
	reg.data_len = length;
	request(&reg);
	return reg.status;
}

/* Again with more room, as long as there is too little: it may grow meanwhile. */
static uint32_t fetch(struct ntcompat_reg reg, bool wants_name, struct registry_item *item)
{
	uint32_t name_room = wants_name ? 512 : reg.name_len, data_room = 1024;
	uint64_t name = reg.name;

	for (;;) {
		*item = (struct registry_item){ .data = allocate(data_room + 1) };
		if (wants_name) {
			item->name.units = allocate(name_room + 2);
			name = (uintptr_t)item->name.units;
		}
		reg.name = name;
		reg.name_len = name_room;
		reg.data = (uintptr_t)item->data;
		reg.data_len = data_room;
		request(&reg);
		if (reg.status != OVERFLOW)
			break;
		registry_free(item);
		if (wants_name && reg.name_len > name_room)
			name_room = reg.name_len;
		if (reg.data_len > data_room)
			data_room = reg.data_len;
	}
	item->name.length = wants_name ? reg.name_len / sizeof(uint16_t) : 0;
	item->type = reg.type;
	item->length = reg.data_len;
	if (reg.status)
		registry_free(item);
	return reg.status;
}

uint32_t registry_enum(uint32_t op, const struct reg_text *path, uint32_t index,
		       struct registry_item *item)
{
	struct ntcompat_reg reg = request_for(op, path);

	reg.index = index;
	return fetch(reg, true, item);
}

uint32_t registry_query(const struct reg_text *path, const struct reg_text *name,
			struct registry_item *item)
{
	struct ntcompat_reg reg = request_for(NTCOMPAT_REG_QUERY_VALUE, path);

	reg.name = (uintptr_t)name->units;
	reg.name_len = name->length * sizeof(uint16_t);
	return fetch(reg, false, item);
}

uint64_t registry_generation(void)
{
	struct ntcompat_reg reg = { .op = NTCOMPAT_REG_GENERATION };

	request(&reg);
	return reg.generation;
}

void registry_saved(uint64_t generation)
{
	struct ntcompat_reg reg = { .op = NTCOMPAT_REG_SAVED, .generation = generation };

	request(&reg);
}

void registry_free(struct registry_item *item)
{
	free(item->name.units);
	free(item->data);
	*item = (struct registry_item){ };
}

/* ---- Paths ---- */

struct reg_text registry_text(const char *utf8)
{
	struct reg_text text = reg_from_utf8(utf8, strlen(utf8));

	if (!text.units)
		die("no memory");
	return text;
}

struct reg_text registry_join(const struct reg_text *path, const struct reg_text *name)
{
	struct reg_text joined = {
		allocate((path->length + name->length + 2) * sizeof(uint16_t)),
		path->length + 1 + name->length,
	};

	memcpy(joined.units, path->units, path->length * sizeof(uint16_t));
	joined.units[path->length] = '\\';
	memcpy(joined.units + path->length + 1, name->units, name->length * sizeof(uint16_t));
	return joined;
}

static const struct {
	const char *name, *path;
} roots[] = {
	{ "HKEY_LOCAL_MACHINE", "\\Registry\\Machine" },
	{ "HKEY_USERS", "\\Registry\\User" },
	{ "HKEY_CURRENT_USER", "\\Registry\\User\\.Default" },
	{ "HKEY_CLASSES_ROOT", "\\Registry\\Machine\\Software\\Classes" },
	{ "HKLM", "\\Registry\\Machine" },
	{ "HKU", "\\Registry\\User" },
	{ "HKCU", "\\Registry\\User\\.Default" },
	{ "HKCR", "\\Registry\\Machine\\Software\\Classes" },
};

/* Does @text begin with @prefix, in any case, as a whole component? */
static bool begins(const struct reg_text *text, const char *prefix)
{
	size_t length = strlen(prefix), i;

	if (text->length < length || (text->length > length && text->units[length] != '\\'))
		return false;
	for (i = 0; i < length; i++)
		if (text->units[i] >= 0x80 ||
		    (text->units[i] | (prefix[i] >= 'A' ? 0x20 : 0)) !=
		    (prefix[i] | (prefix[i] >= 'A' ? 0x20 : 0)))
			return false;
	return true;
}

static struct reg_text replace(const struct reg_text *text, const char *from, const char *to)
{
	struct reg_text head = registry_text(to), rest = *text, result;
	size_t skip = strlen(from);

	if (rest.length == skip)
		return head;
	rest.units += skip + 1;
	rest.length -= skip + 1;
	result = registry_join(&head, &rest);
	free(head.units);
	return result;
}

static struct reg_text copy(const struct reg_text *text)
{
	struct reg_text result = { allocate((text->length + 1) * sizeof(uint16_t)), text->length };

	memcpy(result.units, text->units, text->length * sizeof(uint16_t));
	return result;
}

struct reg_text registry_path(const struct reg_text *name)
{
	size_t i;

	for (i = 0; i < sizeof(roots) / sizeof(roots[0]); i++)
		if (begins(name, roots[i].name))
			return replace(name, roots[i].name, roots[i].path);
	return copy(name);
}

struct reg_text registry_name(const struct reg_text *path)
{
	size_t i;

	for (i = 0; i < 2; i++)
		if (begins(path, roots[i].path))
			return replace(path, roots[i].path, roots[i].name);
	return copy(path);
}
