// SPDX-License-Identifier: GPL-2.0
/*
 * ntsrc - make NT sources what GCC for Linux takes for the same
 *
 *	ntsrc NAME FILE OUT
 *	ntsrc -d FUNCTION NAME FILE LINE NAME FILE LINE OUT
 *
 * The first form writes OUT if FILE needs a change: text in UTF-16, a Ctrl-Z at the end,
 * long, casts as lvalues. The second gives FUNCTION's declaration, which is at the first
 * FILE and LINE, the words of its definition at the second.
 *
 * NAMEs are what a FILE is called in the list of changes, which goes to the standard
 * output. The exit status is 0 when OUT was written, 1 when nothing needs a change, and
 * 2 for an error.
 */
#include "ntsrc.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void fail(const char *format, ...)
{
	va_list args;

	fputs("ntsrc: ", stderr);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
	exit(2);
}

void report(const struct source *source, int line, const char *format, ...)
{
	va_list args;

	printf("%s:%d: ", source->name, line);
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	putchar('\n');
}

static int finish(struct source *source, const char *out)
{
	int status = source->changed ? 0 : 1;

	if (source->changed)
		source_write(source, out);
	source_free(source);
	return status;
}

static int repair(char **args)
{
	struct source source;

	source_read(&source, args[0], args[1]);
	repair_widths(&source);
	repair_lvalues(&source);
	return finish(&source, args[2]);
}

static int redeclare(char **args)
{
	struct source declaration, definition;

	source_read(&declaration, args[1], args[2]);
	source_read(&definition, args[4], args[5]);
	repair_declaration(&declaration, atoi(args[3]), &definition, atoi(args[6]), args[0]);
	source_free(&definition);
	return finish(&declaration, args[7]);
}

int main(int argc, char **argv)
{
	if (argc == 10 && !strcmp(argv[1], "-d"))
		return redeclare(argv + 2);
	if (argc == 4)
		return repair(argv + 1);
	fail("usage: ntsrc NAME FILE OUT, or ntsrc -d FUNCTION NAME FILE LINE NAME FILE LINE OUT");
}
