/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Files of the registry: "Windows Registry Editor Version 5.00", in UTF-16 or UTF-8,
 * and REGEDIT4. All text is UTF-16 here, counted, with anything in it.
 */
#ifndef REGFILE_H
#define REGFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define REG_NONE	0
#define REG_SZ		1
#define REG_EXPAND_SZ	2
#define REG_BINARY	3
#define REG_DWORD	4
#define REG_MULTI_SZ	7
#define REG_QWORD	11

struct reg_text {
	uint16_t *units;
	size_t length;
};

enum reg_format { REG_UTF16, REG_UTF8, REG_REGEDIT4 };

/* What a file says, in its order; false from one of them ends the parsing. */
struct reg_events {
	void *context;
	bool (*key)(void *context, const struct reg_text *path, bool deleted);
	bool (*value)(void *context, const struct reg_text *name, uint32_t type,
		      const uint8_t *data, size_t length, bool deleted);
};

/*
 * Returns 0; or the number of the line that is wrong, with the reason; or -1 when an
 * event said no.
 */
int reg_parse(const uint8_t *bytes, size_t length, const struct reg_events *events,
	      const char **error);

void reg_write_header(FILE *out, enum reg_format format);
/* False for what no file can say: then nothing is written. */
bool reg_write_key(FILE *out, enum reg_format format, const struct reg_text *path);
bool reg_write_value(FILE *out, enum reg_format format, const struct reg_text *name, uint32_t type,
		     const uint8_t *data, size_t length);

/* From UTF-8, and back, for which the result is to be freed; halves of pairs survive. */
struct reg_text reg_from_utf8(const char *text, size_t length);
char *reg_to_utf8(const struct reg_text *text);

#endif /* REGFILE_H */
