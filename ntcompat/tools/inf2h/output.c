// SPDX-License-Identifier: GPL-2.0
/* The header for driver_module.c. */
#include "inf.h"
#include <ctype.h>
#include <string.h>

void inf_print_string(FILE *out, const char *name, const char *value)
{
	fprintf(out, "#define %s \"", name);
	for (; *value; value++) {
		if (*value == '"' || *value == '\\')
			fputc('\\', out);
		fputc((unsigned char)*value < ' ' ? ' ' : *value, out);
	}
	fputs("\"\n", out);
}

/* L"…": UTF-8 in the source is what the compiler expects. */
static void print_wide(FILE *out, const char *value)
{
	if (!value) {
		fputs("NULL", out);
		return;
	}
	fputs("L\"", out);
	for (; *value; value++) {
		/* No trigraph. */
		if (*value == '"' || *value == '\\' || *value == '?')
			fputc('\\', out);
		fputc((unsigned char)*value < ' ' ? ' ' : *value, out);
	}
	fputc('"', out);
}

static void print_wide_member(FILE *out, const char *member, const char *value)
{
	if (!value || !*value)
		return;
	fprintf(out, " \\\n\t.%s = ", member);
	print_wide(out, value);
	fputc(',', out);
}

static void print_ids(const struct inf *inf, FILE *out)
{
	const struct id *id;

	fputs("#define NT_PCI_IDS", out);
	for (id = inf->ids; id; id = id->next) {
		fprintf(out, " \\\n\t{ PCI_DEVICE_SUB(0x%04x, 0x%04x, ", id->vendor, id->device);
		if (id->subvendor == ~0u)
			fputs("PCI_ANY_ID, PCI_ANY_ID)", out);
		else
			fprintf(out, "0x%04x, 0x%04x)", id->subvendor, id->subdevice);
		fprintf(out, ", .driver_data = %d },", id->model);
	}
	fputc('\n', out);
}

/* As the core writes a device's modalias. */
static void print_alias(const char *id, FILE *out)
{
	for (; *id; id++)
		fputc(isalnum((unsigned char)*id) ? toupper((unsigned char)*id) : '_', out);
}

static void print_other_ids(const struct inf *inf, FILE *out)
{
	const struct other_id *id;
	const char *c;

	fputs("#define NT_HARDWARE_IDS", out);
	for (id = inf->other_ids; id; id = id->next) {
		fputs(" \\\n\t{ \"", out);
		for (c = id->text; *c; c++)
			fprintf(out, strchr("\\\"?", *c) ? "\\%c" : "%c", *c);
		fprintf(out, "\", %d },", id->model);
	}
	/* A modalias has all ids of a device: one must match. */
	fputs("\n#define NT_ALIASES", out);
	for (id = inf->other_ids; id; id = id->next) {
		fputs(" \\\n\tMODULE_ALIAS(\"nt*:", out);
		print_alias(id->text, out);
		fputs(":*\");", out);
	}
	fputc('\n', out);
}

static void print_models(const struct inf *inf, FILE *out)
{
	const struct model *m;

	fputs("#define NT_INF_MODELS", out);
	for (m = inf->models; m; m = m->next) {
		fprintf(out, " \\\n\t{ .install = %d, .description = ", m->install);
		print_wide(out, m->description);
		fputs(", .manufacturer = ", out);
		print_wide(out, m->manufacturer);
		fputs(" },", out);
	}
	fputc('\n', out);
}

static void print_data(const struct value *v, FILE *out)
{
	size_t i;

	if (!v->length)
		return;
	fprintf(out, ", .length = %zu, .data = \"", v->length);
	for (i = 0; i < v->length; i++)
		fprintf(out, "\\%03o", v->data[i]);
	fputc('"', out);
}

static void print_values(const struct inf *inf, FILE *out)
{
	static const char * const roots[] = { "SERVICE", "DRIVER", "HARDWARE", "ABSOLUTE" };
	const struct value *v;

	fputs("#define NT_INF_VALUES", out);
	for (v = inf->values; v; v = v->next) {
		fprintf(out, " \\\n\t{ .root = NT_INF_%s, .install = %d, .flags = 0x%x, .type = %u, .path = ",
			roots[v->root], v->install, v->flags, v->type);
		print_wide(out, v->path);
		fputs(", .name = ", out);
		print_wide(out, v->name);
		print_data(v, out);
		fputs(" },", out);
	}
	fputc('\n', out);
}

static void print_service(const struct inf *inf, FILE *out)
{
	fprintf(out, "#define NT_INF_MEMBERS \\\n\t.type = %u, .start = %u, .error_control = %u,",
		inf->service_type, inf->start_type, inf->error_control);
	print_wide_member(out, "display_name", inf->display_name);
	print_wide_member(out, "image_path", inf->image_path);
	print_wide_member(out, "group", inf->group);
	print_wide_member(out, "class_name", inf->class_name);
	print_wide_member(out, "class_guid", inf->class_guid);
	print_wide_member(out, "provider", inf->provider);
	fputc('\n', out);
}

void inf_print(const struct inf *inf, FILE *out)
{
	if (inf->security)
		inf_print_string(out, "NT_SECURITY", inf->security);
	print_service(inf, out);
	print_models(inf, out);
	print_values(inf, out);
	if (inf->ids)
		print_ids(inf, out);
	if (inf->other_ids)
		print_other_ids(inf, out);
}
