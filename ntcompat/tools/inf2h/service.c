// SPDX-License-Identifier: GPL-2.0
/* "INF AddService Directive": name, flags, section. */
#include "inf.h"
#include <string.h>
#include <strings.h>

#define SPSVCINST_ASSOCSERVICE	0x00000002

static unsigned int number_of(const struct inf *inf, const char *section, const char *key,
			      unsigned int otherwise)
{
	const struct section *s = inf_find(inf, section);
	const struct line *l;

	for (l = s ? s->lines : NULL; l; l = l->next)
		if (l->key && !strcasecmp(l->key, key))
			return inf_number(inf, l, 0);
	return otherwise;
}

/* "Using Dirids": where the folders are, relative to \SystemRoot. */
static const char *image_path(const char *binary)
{
	static const struct {
		const char *id, *folder;
	} folders[] = { { "%10%", "" }, { "%11%", "System32" }, { "%12%", "System32\\drivers" } };
	size_t i, length;

	for (i = 0; i < sizeof(folders) / sizeof(folders[0]); i++) {
		length = strlen(folders[i].id);
		if (strncmp(binary, folders[i].id, length))
			continue;
		binary += length;
		if (!*folders[i].folder && *binary == '\\')
			binary++;
		return inf_join(folders[i].folder, binary, "");
	}
	return binary;
}

static void take(struct inf *inf, const struct line *l)
{
	const char *section = inf_field(inf, l, 2), *binary;

	inf->service = inf_field(inf, l, 0);
	inf->display_name = inf_value(inf, section, "DisplayName");
	inf->group = inf_value(inf, section, "LoadOrderGroup");
	binary = inf_value(inf, section, "ServiceBinary");
	inf->image_path = binary ? image_path(binary) : NULL;
	inf->service_type = number_of(inf, section, "ServiceType", 1);
	inf->start_type = number_of(inf, section, "StartType", 3);
	inf->error_control = number_of(inf, section, "ErrorControl", 1);
	inf_read_add_reg(inf, inf_find(inf, section), ROOT_SERVICE, -1);
}

/* The function driver's, which the flag tells; without any flag the first. */
void inf_read_services(struct inf *inf, const char *install)
{
	const struct section *s = inf_find_install(inf, install, ".Services");
	const struct line *l, *best = NULL;
	bool associated = false;

	for (l = s && !inf->service ? s->lines : NULL; l; l = l->next) {
		if (!l->key || strcasecmp(l->key, "AddService") || !*l->fields[0] || associated)
			continue;
		associated = inf_number(inf, l, 1) & SPSVCINST_ASSOCSERVICE;
		if (!best || associated)
			best = l;
	}
	if (best)
		take(inf, best);
}
