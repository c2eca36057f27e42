// SPDX-License-Identifier: GPL-2.0
/*
 * inf2h - what a driver's module needs to know of its INF, as a C header
 *
 *	inf2h FILE.inf LICENSE		for a PnP driver
 *	inf2h -n NAME LICENSE		for a driver without an INF: a legacy one
 *
 * With -s it prints the service name and nothing else. Understood are ANSI and
 * UTF-8 files: [Version], [Manufacturer], models sections with the decorations
 * of 64-bit systems, DDInstall.Services, DDInstall.HW and [Strings].
 */
#define _GNU_SOURCE
#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIELDS_MAX	16

struct line {
	struct line *next;
	char *key;			/* left of '=', or NULL */
	char *fields[FIELDS_MAX];	/* comma-separated values, unquoted, substituted */
	int count;
	int number;
};

struct section {
	struct section *next;
	char *name;
	struct line *lines, **tail;
};

struct id {
	struct id *next;
	unsigned int vendor, device, subvendor, subdevice;
};

static const char *file;
static struct section *sections;
struct other_id {
	struct other_id *next;
	char *text;
};

static struct id *ids;
static struct other_id *other_ids;
static char *service, *description, *security;
static int msi, msi_limit;

static void __attribute__((format(printf, 2, 3), noreturn)) fail(int line, const char *format, ...)
{
	va_list args;

	fprintf(stderr, "%s:%d: ", file, line);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
	exit(1);
}

static void *must(void *p)
{
	if (!p) {
		perror("inf2h");
		exit(1);
	}
	return p;
}

static struct section *find(const char *name)
{
	struct section *s;

	for (s = sections; s; s = s->next)
		if (!strcasecmp(s->name, name))
			return s;
	return NULL;
}

static struct section *find_or_add(const char *name)
{
	struct section *s = find(name);

	if (s)
		return s;
	s = must(calloc(1, sizeof(*s)));
	s->name = must(strdup(name));
	s->tail = &s->lines;
	s->next = sections;
	sections = s;
	return s;
}

static char *trim(char *s)
{
	char *end;

	while (isspace((unsigned char)*s))
		s++;
	end = s + strlen(s);
	while (end > s && isspace((unsigned char)end[-1]))
		*--end = 0;
	return s;
}

/* Cut a comment off; a semicolon inside quotes is none. */
static void strip_comment(char *s)
{
	bool quoted = false;

	for (; *s; s++) {
		if (*s == '"')
			quoted = !quoted;
		else if (*s == ';' && !quoted)
			*s = 0;
		if (!*s)
			return;
	}
}

/* A separator outside of quotes, or NULL. */
static char *find_bare(char *s, char c)
{
	bool quoted = false;

	for (; *s; s++) {
		if (*s == '"')
			quoted = !quoted;
		else if (*s == c && !quoted)
			return s;
	}
	return NULL;
}

/* "a""b" is a"b. */
static char *unquote(char *s)
{
	char *from, *to;

	s = trim(s);
	if (*s != '"')
		return s;
	for (from = s + 1, to = s; *from; from++) {
		if (*from == '"' && *++from != '"')
			break;
		*to++ = *from;
	}
	*to = 0;
	return s;
}

static void add_line(struct section *s, char *text, int number)
{
	struct line *l = must(calloc(1, sizeof(*l)));
	char *equals = find_bare(text, '='), *comma;

	l->number = number;
	if (equals) {
		*equals = 0;
		l->key = must(strdup(unquote(text)));
		text = equals + 1;
	}
	do {
		comma = find_bare(text, ',');
		if (comma)
			*comma = 0;
		if (l->count == FIELDS_MAX)
			break;
		l->fields[l->count++] = must(strdup(unquote(text)));
		text = comma + 1;
	} while (comma);
	*s->tail = l;
	s->tail = &l->next;
}

static void read_file(void)
{
	FILE *in = fopen(file, "r");
	struct section *s = NULL;
	char *text = NULL, *t, *end;
	size_t size = 0;
	int number = 0;

	if (!in) {
		fprintf(stderr, "%s: %s\n", file, strerror(errno));
		exit(1);
	}
	while (getline(&text, &size, in) >= 0) {
		t = text;
		if (!number++ && !strncmp(t, "\xef\xbb\xbf", 3))
			t += 3;
		if (!memcmp(t, "\xff\xfe", 2))
			fail(number, "UTF-16 is not understood; save it as UTF-8");
		strip_comment(t);
		t = trim(t);
		if (!*t)
			continue;
		if (*t == '[') {
			end = strchr(t, ']');
			if (!end)
				fail(number, "']' missing");
			*end = 0;
			s = find_or_add(trim(t + 1));
		} else if (!s) {
			fail(number, "a line before the first section");
		} else {
			add_line(s, t, number);
		}
	}
	free(text);
	fclose(in);
}

/* %token% of [Strings]; what is not there stays as it is. */
static const char *expand(const char *s)
{
	struct section *strings = find("Strings");
	struct line *l;
	size_t len = strlen(s);

	if (len < 3 || s[0] != '%' || s[len - 1] != '%')
		return s;
	for (l = strings ? strings->lines : NULL; l; l = l->next)
		if (l->key && strlen(l->key) == len - 2 && !strncasecmp(l->key, s + 1, len - 2))
			return l->fields[0];
	return s;
}

static bool hex_after(const char *id, const char *what, unsigned int *value)
{
	const char *at = strcasestr(id, what);
	char *end;

	if (!at)
		return false;
	*value = strtoul(at + strlen(what), &end, 16);
	return end > at + strlen(what);
}

/* A device of a bus that an NT driver enumerates, or of none: ROOT\x. */
static void add_other_id(const char *hardware_id)
{
	struct other_id *id = must(calloc(1, sizeof(*id)));

	id->text = must(strdup(hardware_id));
	id->next = other_ids;
	other_ids = id;
}

static void add_id(const char *hardware_id, int number)
{
	struct id *id;
	unsigned int subsystem;

	if (strncasecmp(hardware_id, "PCI\\", 4)) {
		add_other_id(hardware_id);
		return;
	}
	id = must(calloc(1, sizeof(*id)));
	if (!hex_after(hardware_id, "VEN_", &id->vendor) ||
	    !hex_after(hardware_id, "DEV_", &id->device))
		fail(number, "%s: no VEN_ and DEV_ in it", hardware_id);
	id->subvendor = id->subdevice = ~0u;
	if (hex_after(hardware_id, "SUBSYS_", &subsystem)) {
		id->subvendor = subsystem & 0xffff;
		id->subdevice = subsystem >> 16;
	}
	id->next = ids;
	ids = id;
}

/* A DDInstall section with one of the decorations that apply here, or without. */
static struct section *find_decorated(const char *name, const char *suffix)
{
	static const char * const decorations[] = { ".NTamd64", ".NT", "" };
	struct section *s = NULL;
	char *full;
	size_t i;

	for (i = 0; i < sizeof(decorations) / sizeof(decorations[0]) && !s; i++) {
		if (asprintf(&full, "%s%s%s", name, decorations[i], suffix) < 0)
			must(NULL);
		s = find(full);
		free(full);
	}
	return s;
}

static void read_services(const char *install)
{
	struct section *s = find_decorated(install, ".Services");
	struct line *l;

	for (l = s ? s->lines : NULL; l; l = l->next)
		if (l->key && !strcasecmp(l->key, "AddService") && *l->fields[0] && !service)
			service = must(strdup(expand(l->fields[0])));
}

static void read_add_reg(const char *name)
{
	struct section *s = find(name);
	struct line *l;

	/* root, subkey, value name, flags, value */
	for (l = s ? s->lines : NULL; l; l = l->next) {
		if (l->count < 5)
			continue;
		if (!strcasecmp(l->fields[2], "MSISupported"))
			msi = strtol(l->fields[4], NULL, 0) != 0;
		else if (!strcasecmp(l->fields[2], "MessageNumberLimit"))
			msi_limit = strtol(l->fields[4], NULL, 0);
		/* Of the device itself, which is what no subkey means. */
		if (!security && !*l->fields[1] && !strcasecmp(l->fields[2], "Security"))
			security = must(strdup(expand(l->fields[4])));
	}
}

static void read_hardware(const char *install)
{
	struct section *s = find_decorated(install, ".HW");
	struct line *l;
	int i;

	for (l = s ? s->lines : NULL; l; l = l->next)
		if (l->key && !strcasecmp(l->key, "AddReg"))
			for (i = 0; i < l->count; i++)
				read_add_reg(l->fields[i]);
}

/* device description = install section, hardware id, compatible ids … */
static void read_models(const char *name)
{
	struct section *s = find(name);
	struct line *l;
	int i;

	for (l = s ? s->lines : NULL; l; l = l->next) {
		if (!l->key || l->count < 2)
			continue;
		if (!description)
			description = must(strdup(expand(l->key)));
		for (i = 1; i < l->count; i++)
			add_id(l->fields[i], l->number);
		read_services(l->fields[0]);
		read_hardware(l->fields[0]);
	}
}

/* manufacturer = models section, decoration … */
static void read_manufacturers(void)
{
	struct section *s = find("Manufacturer");
	struct line *l;
	char *name;
	int i;

	if (!s)
		fail(1, "no [Manufacturer] section");
	for (l = s->lines; l; l = l->next) {
		for (i = 1; i < l->count; i++) {
			if (strncasecmp(l->fields[i], "NTamd64", 7) && strcasecmp(l->fields[i], "NT"))
				continue;
			if (asprintf(&name, "%s.%s", l->fields[0], l->fields[i]) < 0)
				must(NULL);
			read_models(name);
			free(name);
		}
		if (l->count)
			read_models(l->fields[0]);
	}
	if (!service)
		fail(1, "no AddService");
}

static void print_string(const char *name, const char *value)
{
	printf("#define %s \"", name);
	for (; *value; value++) {
		if (*value == '"' || *value == '\\')
			putchar('\\');
		putchar((unsigned char)*value < ' ' ? ' ' : *value);
	}
	puts("\"");
}

static void print_alias(const char *id)
{
	for (; *id; id++)
		putchar(isalnum((unsigned char)*id) ? toupper((unsigned char)*id) : '_');
}

/* What udev looks for is all ids of a device, so an alias matches any of them. */
static void print_other_ids(void)
{
	struct other_id *id;
	const char *c;

	if (!other_ids)
		return;
	printf("#define NT_HARDWARE_IDS");
	for (id = other_ids; id; id = id->next) {
		printf(" \"");
		for (c = id->text; *c; c++)
			printf(*c == '\\' || *c == '"' ? "\\%c" : "%c", *c);
		printf("\"%s", id->next ? "," : "\n");
	}
	printf("#define NT_ALIASES");
	for (id = other_ids; id; id = id->next) {
		printf(" MODULE_ALIAS(\"nt*:");
		print_alias(id->text);
		printf(":*\");");
	}
	putchar('\n');
}

static void print_header(const char *license)
{
	struct id *id;

	printf("/* Made from %s by inf2h. */\n", file ? file : "a folder without an INF");
	print_string("NT_SERVICE", service);
	print_string("NT_DESCRIPTION", description ? description : service);
	print_string("NT_LICENSE", license);
	printf("#define NT_MSI %d\n", msi);
	printf("#define NT_MSI_LIMIT %d\n", msi_limit);
	if (security)
		print_string("NT_SECURITY", security);
	print_other_ids();
	if (!ids)
		return;
	printf("#define NT_PCI_IDS");
	for (id = ids; id; id = id->next) {
		printf(" \\\n\t{ PCI_DEVICE_SUB(0x%04x, 0x%04x, ", id->vendor, id->device);
		if (id->subvendor == ~0u)
			printf("PCI_ANY_ID, PCI_ANY_ID) },");
		else
			printf("0x%04x, 0x%04x) },", id->subvendor, id->subdevice);
	}
	putchar('\n');
}

int main(int argc, char **argv)
{
	bool only_service = argc > 1 && !strcmp(argv[1], "-s");

	if (only_service) {
		argv++;
		argc--;
	}
	if (argc == 4 && !strcmp(argv[1], "-n")) {
		service = argv[2];
	} else if (argc == (only_service ? 2 : 3)) {
		file = argv[1];
		read_file();
		read_manufacturers();
	} else {
		fprintf(stderr, "usage: inf2h [-s] FILE.inf [LICENSE] | inf2h -n NAME LICENSE\n");
		return 2;
	}
	if (only_service)
		puts(service);
	else
		print_header(argv[argc - 1]);
	return 0;
}
