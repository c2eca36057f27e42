// SPDX-License-Identifier: GPL-2.0
/* Reads a .reg file and writes it again in another format: reg_test FORMAT <FILE */
#include "../../userspace/regfile.h"
#include <stdlib.h>
#include <string.h>

static enum reg_format format;
static unsigned int left_out;

static bool on_key(void *context, const struct reg_text *path, bool deleted)
{
	char *text = reg_to_utf8(path);

	(void)context;
	if (deleted)
		fprintf(stderr, "deleted: %s\n", text);
	else if (!reg_write_key(stdout, format, path))
		left_out++;
	free(text);
	return true;
}

static bool on_value(void *context, const struct reg_text *name, uint32_t type, const uint8_t *data,
		     size_t length, bool deleted)
{
	(void)context;
	if (deleted)
		fprintf(stderr, "deleted: a value\n");
	else if (!reg_write_value(stdout, format, name, type, data, length))
		left_out++;
	return true;
}

int main(int argc, char **argv)
{
	struct reg_events events = { NULL, on_key, on_value };
	static uint8_t bytes[1 << 20];
	size_t length = fread(bytes, 1, sizeof(bytes), stdin);
	const char *error = "";
	int line;

	format = argc > 1 && !strcmp(argv[1], "utf8") ? REG_UTF8 :
		 argc > 1 && !strcmp(argv[1], "regedit4") ? REG_REGEDIT4 : REG_UTF16;
	reg_write_header(stdout, format);
	line = reg_parse(bytes, length, &events, &error);
	if (line)
		fprintf(stderr, "line %d: %s\n", line, error);
	if (left_out)
		fprintf(stderr, "%u left out\n", left_out);
	return line ? 1 : 0;
}
