// SPDX-License-Identifier: GPL-2.0
/*
 * libFuzzer on ntsrc: whatever the text, it ends, and no two of its changes overlap.
 */
#include "../../ntcompat/tools/ntsrc/ntsrc.h"
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void fail(const char *format, ...)
{
	(void)format;
	abort();
}

void report(const struct source *source, int line, const char *format, ...)
{
	(void)source;
	(void)line;
	(void)format;
}

static char *copy(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1);

	memcpy(text, data, size);
	return text;
}

static void check_edits(const struct source *source)
{
	size_t i, k;

	for (i = 0; i < source->edit_count; i++)
		for (k = 0; k < i; k++)
			if (source->edits[i].at < source->edits[k].at + source->edits[k].length &&
			    source->edits[k].at < source->edits[i].at + source->edits[i].length)
				abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *path = "/dev/null";
	struct source source, other;

	source_take(&source, "a.c", copy(data, size), size);
	source_take(&other, "b.c", copy(data, size), size);
	repair_widths(&source);
	repair_lvalues(&source);
	check_edits(&source);
	repair_declaration(&other, 1, &source, 2, "f");
	source_write(&other, path);
	source_write(&source, path);
	source_free(&other);
	source_free(&source);
	return 0;
}
