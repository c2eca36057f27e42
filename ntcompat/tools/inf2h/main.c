// SPDX-License-Identifier: GPL-2.0
/*
 * inf2h - what a driver's module needs to know of its INF, as a C header
 *
 *	inf2h FILE.inf LICENSE		for a PnP driver
 *	inf2h -n NAME LICENSE		for a driver without an INF: a legacy one
 *
 * With -s it prints the service name and nothing else. Understood are files in UTF-8,
 * UTF-16 and Windows-1252: [Version], [Manufacturer] and the models sections that
 * suit best, DDInstall, DDInstall.HW and DDInstall.Services with the decorations of
 * 64-bit systems, their AddReg sections, the service's section, and [Strings].
 * Include, Needs and DelReg are named and ignored.
 */
#include "inf.h"
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

static const char *file;
static bool quiet;

static void complain(int line, const char *format, va_list args)
{
	fprintf(stderr, "%s:%d: ", file, line);
	vfprintf(stderr, format, args);
	fputc('\n', stderr);
}

void fail(int line, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	complain(line, format, args);
	va_end(args);
	exit(1);
}

void note(int line, const char *format, ...)
{
	va_list args;

	if (quiet)
		return;
	va_start(args, format);
	complain(line, format, args);
	va_end(args);
}

static unsigned char *read_file(size_t *length)
{
	unsigned char *bytes = NULL;
	FILE *in = fopen(file, "r");
	size_t got;

	*length = 0;
	if (!in) {
		fprintf(stderr, "%s: %s\n", file, strerror(errno));
		exit(1);
	}
	do {
		bytes = realloc(bytes, *length + 65536);
		if (!bytes)
			fail(0, "no memory");
		got = fread(bytes + *length, 1, 65536, in);
		*length += got;
	} while (got);
	fclose(in);
	return bytes;
}

static void read_inf(struct inf *inf)
{
	size_t length;
	unsigned char *bytes = read_file(&length);

	inf_parse(inf, inf_decode(bytes, length));
	free(bytes);
	inf_read(inf);
}

static void print_all(const struct inf *inf, const char *license)
{
	const char *description = inf->models ? inf->models->description : inf->service;

	printf("/* Made from %s by inf2h. */\n", file ? file : "a folder without an INF");
	inf_print_string(stdout, "NT_SERVICE", inf->service);
	inf_print_string(stdout, "NT_DESCRIPTION", description);
	inf_print_string(stdout, "NT_LICENSE", license);
	printf("#define NT_MSI %d\n", inf->msi);
	printf("#define NT_MSI_LIMIT %d\n", inf->msi_limit);
	if (file)
		inf_print(inf, stdout);
}

int main(int argc, char **argv)
{
	bool only_service = argc > 1 && !strcmp(argv[1], "-s");
	struct inf inf = { };

	if (only_service) {
		argv++;
		argc--;
		quiet = true;
	}
	if (argc == 4 && !strcmp(argv[1], "-n")) {
		inf.service = argv[2];
	} else if (argc == (only_service ? 2 : 3)) {
		file = argv[1];
		read_inf(&inf);
	} else {
		fprintf(stderr, "usage: inf2h [-s] FILE.inf [LICENSE] | inf2h -n NAME LICENSE\n");
		return 2;
	}
	if (only_service)
		puts(inf.service);
	else
		print_all(&inf, argv[argc - 1]);
	inf_free_all();
	return 0;
}
