// SPDX-License-Identifier: GPL-2.0
/*
 * libFuzzer on .reg files: what one says is written to another, in UTF-8 and in UTF-16,
 * and that must say the same.
 */
#include "../../userspace/regfile.h"
#include <stdlib.h>
#include <string.h>

struct written {
	FILE *out;
	enum reg_format format;
	bool has_key;
};

static bool on_key(void *context, const struct reg_text *path, bool deleted)
{
	struct written *w = context;

	w->has_key = !deleted && reg_write_key(w->out, w->format, path);
	return true;
}

static bool on_value(void *context, const struct reg_text *name, uint32_t type, const uint8_t *data,
		     size_t length, bool deleted)
{
	struct written *w = context;

	if (w->has_key && !deleted)
		reg_write_value(w->out, w->format, name, type, data, length);
	return true;
}

static char *rewrite(const uint8_t *data, size_t size, enum reg_format format, size_t *length,
		     int *result)
{
	struct written w = { .format = format };
	struct reg_events events = { &w, on_key, on_value };
	const char *error;
	char *text;

	w.out = open_memstream(&text, length);
	reg_write_header(w.out, format);
	*result = reg_parse(data, size, &events, &error);
	fclose(w.out);
	return text;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t first_length, wide_length, second_length;
	char *first, *wide, *second;
	int result;

	first = rewrite(data, size, REG_UTF8, &first_length, &result);
	if (!result) {
		wide = rewrite((uint8_t *)first, first_length, REG_UTF16, &wide_length, &result);
		if (result)
			abort();
		second = rewrite((uint8_t *)wide, wide_length, REG_UTF8, &second_length, &result);
		if (result || first_length != second_length || memcmp(first, second, first_length))
			abort();
		free(wide);
		free(second);
	}
	free(first);
	return 0;
}
