// SPDX-License-Identifier: GPL-2.0
/* "INF Manufacturer Section", "INF Models Section", and what they lead to. */
#include "inf.h"
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define REG_DWORD	4

static bool hex_after(const char *id, const char *what, unsigned int *value)
{
	size_t length = strlen(what);
	char *end;

	for (; *id; id++)
		if (!strncasecmp(id, what, length)) {
			*value = strtoul(id + length, &end, 16);
			return end > id + length;
		}
	return false;
}

/* Of a bus that an NT driver enumerates, or of none: ROOT\x. */
static void add_other_id(struct inf *inf, const char *hardware_id)
{
	struct other_id *id;

	if (!*hardware_id)
		return;
	id = inf_alloc(sizeof(*id));
	id->text = hardware_id;
	id->model = inf->model_count;
	*inf->other_ids_tail = id;
	inf->other_ids_tail = &id->next;
}

static void add_id(struct inf *inf, const char *hardware_id, int number)
{
	unsigned int subsystem;
	struct id *id;

	if (strncasecmp(hardware_id, "PCI\\", 4)) {
		add_other_id(inf, hardware_id);
		return;
	}
	id = inf_alloc(sizeof(*id));
	if (!hex_after(hardware_id, "VEN_", &id->vendor) ||
	    !hex_after(hardware_id, "DEV_", &id->device))
		fail(number, "%s: no VEN_ and DEV_ in it", hardware_id);
	id->subvendor = id->subdevice = ~0u;
	if (hex_after(hardware_id, "SUBSYS_", &subsystem)) {
		id->subvendor = subsystem & 0xffff;
		id->subdevice = subsystem >> 16;
	}
	id->model = inf->model_count;
	*inf->ids_tail = id;
	inf->ids_tail = &id->next;
}

static int find_install(const struct inf *inf, const char *name)
{
	int i;

	for (i = 0; i < inf->install_count; i++)
		if (!strcasecmp(inf->installs[i], name))
			return i;
	return -1;
}

static int add_install(struct inf *inf, const char *name)
{
	const char **more;
	int number = find_install(inf, name);

	if (number >= 0)
		return number;
	number = inf->install_count++;
	more = inf_alloc(inf->install_count * sizeof(*more));
	if (number)
		memcpy(more, inf->installs, number * sizeof(*more));
	inf->installs = more;
	inf->installs[number] = name;
	inf_read_services(inf, name);
	inf_read_add_reg(inf, inf_find_install(inf, name, ""), ROOT_DRIVER, number);
	inf_read_add_reg(inf, inf_find_install(inf, name, ".HW"), ROOT_HARDWARE, number);
	return number;
}

static void add_model(struct inf *inf, const char *manufacturer, const struct line *l)
{
	struct model *m = inf_alloc(sizeof(*m));
	int i;

	m->description = inf_expand(inf, l->key);
	m->manufacturer = manufacturer;
	/* Its ids refer to it by its number, so first they, then it. */
	for (i = 1; i < l->count; i++)
		add_id(inf, inf_field(inf, l, i), l->number);
	m->install = add_install(inf, inf_field(inf, l, 0));
	*inf->models_tail = m;
	inf->models_tail = &m->next;
	inf->model_count++;
}

static void read_models(struct inf *inf, const char *manufacturer, const struct section *s)
{
	const struct line *l;

	for (l = s ? s->lines : NULL; l; l = l->next)
		if (l->key && l->count >= 2)
			add_model(inf, manufacturer, l);
}

/*
 * How well "NTamd64.6.1" and the like suit; the higher the better. Other architectures
 * come last: sources do not mind.
 */
static unsigned int rank(const char *decoration)
{
	const char *version = strchr(decoration, '.');
	unsigned int architecture, major = 0, minor = 0;
	size_t length = version ? (size_t)(version - decoration) : strlen(decoration);

	if (length < 2 || strncasecmp(decoration, "NT", 2))
		return 0;
	if (length == 7 && !strncasecmp(decoration + 2, "amd64", 5))
		architecture = 4;
	else if (length == 2)
		architecture = 3;
	else
		architecture = 1;
	if (version) {
		major = strtoul(version + 1, NULL, 10) & 0xff;
		version = strchr(version + 1, '.');
		minor = version ? strtoul(version + 1, NULL, 10) & 0xff : 0;
	}
	/* What is for a later system than ours. */
	if (major > 10)
		return 0;
	return architecture << 16 | major << 8 | minor;
}

/* As Windows does: the one models section that suits best. */
static const struct section *choose_models(const struct inf *inf, const struct line *l)
{
	const char *name = inf_field(inf, l, 0), *decoration;
	const struct section *best = inf_find(inf, name), *s;
	unsigned int best_rank = best && best->lines ? 2 << 16 : 0;
	int i;

	for (i = 1; i < l->count; i++) {
		decoration = inf_field(inf, l, i);
		s = inf_find(inf, inf_join(name, ".", decoration));
		if (s && s->lines && rank(decoration) > best_rank) {
			best = s;
			best_rank = rank(decoration);
		}
	}
	return best;
}

static void read_manufacturers(struct inf *inf)
{
	const struct section *s = inf_find(inf, "Manufacturer");
	const struct line *l;

	if (!s)
		fail(1, "no [Manufacturer] section");
	for (l = s->lines; l; l = l->next)
		read_models(inf, inf_expand(inf, l->key ? l->key : l->fields[0]), choose_models(inf, l));
}

/* What the core needs to know before there is a registry. */
static void read_special(struct inf *inf)
{
	const struct value *v;

	for (v = inf->values; v; v = v->next) {
		if (v->root != ROOT_HARDWARE)
			continue;
		if (!strcasecmp(v->name, "MSISupported") && v->length)
			inf->msi = v->type == REG_DWORD ? v->data[0] != 0 : v->data[0] != '0';
		if (!strcasecmp(v->name, "MessageNumberLimit") && v->type == REG_DWORD && v->length == 4)
			inf->msi_limit = v->data[0] | v->data[1] << 8;
	}
}

/* Of the device itself, which is what no subkey means: not in UTF-16. */
static void read_security(struct inf *inf)
{
	const struct section *s, *values;
	const struct line *l, *v;
	int i, n;

	for (n = 0; n < inf->install_count && !inf->security; n++) {
		s = inf_find_install(inf, inf->installs[n], ".HW");
		for (l = s ? s->lines : NULL; l; l = l->next)
			for (i = 0; l->key && !strcasecmp(l->key, "AddReg") && i < l->count; i++) {
				values = inf_find(inf, inf_field(inf, l, i));
				for (v = values ? values->lines : NULL; v; v = v->next)
					if (v->count >= 5 && !*v->fields[1] && !inf->security &&
					    !strcasecmp(v->fields[2], "Security"))
						inf->security = inf_field(inf, v, 4);
			}
	}
}

void inf_read(struct inf *inf)
{
	inf->models_tail = &inf->models;
	inf->ids_tail = &inf->ids;
	inf->other_ids_tail = &inf->other_ids;
	inf->values_tail = &inf->values;
	inf->class_name = inf_value(inf, "Version", "Class");
	inf->class_guid = inf_value(inf, "Version", "ClassGuid");
	inf->provider = inf_value(inf, "Version", "Provider");
	read_manufacturers(inf);
	if (!inf->service)
		fail(1, "no AddService");
	read_special(inf);
	read_security(inf);
}
