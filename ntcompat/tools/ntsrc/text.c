// SPDX-License-Identifier: GPL-2.0
/* A source's bytes: read, changed, written. */
#include "ntsrc.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CTRL_Z	0x1a

void *resized(void *memory, size_t size)
{
	memory = realloc(memory, size ? size : 1);
	if (!memory)
		fail("no memory");
	return memory;
}

static size_t put_utf8(char *to, unsigned int c)
{
	size_t extra = c < 0x80 ? 0 : c < 0x800 ? 1 : c < 0x10000 ? 2 : 3, i;
	static const unsigned char mark[] = { 0, 0xc0, 0xe0, 0xf0 };

	for (i = extra; i; i--, c >>= 6)
		to[i] = 0x80 | (c & 0x3f);
	to[0] = mark[extra] | c;
	return extra + 1;
}

static unsigned int unit(const unsigned char *at, bool big)
{
	return big ? at[0] << 8 | at[1] : at[1] << 8 | at[0];
}

/* With a byte order mark, which editors of Windows write. */
static void from_utf16(struct source *source)
{
	const unsigned char *bytes = (unsigned char *)source->text;
	bool big = bytes[0] == 0xfe;
	char *text = resized(NULL, source->length * 2 + 1);
	unsigned int c, low;
	size_t i, length = 0;

	for (i = 2; i + 1 < source->length; i += 2) {
		c = unit(bytes + i, big);
		low = i + 3 < source->length ? unit(bytes + i + 2, big) : 0;
		if (c >= 0xd800 && c < 0xdc00 && low >= 0xdc00 && low < 0xe000) {
			c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
			i += 2;
		}
		length += put_utf8(text + length, c);
	}
	free(source->text);
	source->text = text;
	source->length = length;
	source->changed = true;
	report(source, 1, "UTF-16 is UTF-8");
}

/* For DOS, and for Microsoft's compiler, the file ends there. */
static void cut_at_ctrl_z(struct source *source)
{
	char *end = memchr(source->text, CTRL_Z, source->length), *at;
	int line = 1;

	if (!end)
		return;
	for (at = source->text; at < end; at++)
		line += *at == '\n';
	*end = '\n';
	source->length = end - source->text + 1;
	source->changed = true;
	report(source, line, "the file ends at its Ctrl-Z");
}

static char *read_bytes(const char *path, size_t *length)
{
	FILE *in = fopen(path, "rb");
	char *text = NULL;
	size_t got;

	*length = 0;
	if (!in)
		fail("%s: %s", path, strerror(errno));
	do {
		text = resized(text, *length + 65536);
		got = fread(text + *length, 1, 65536, in);
		*length += got;
	} while (got);
	if (ferror(in))
		fail("%s: %s", path, strerror(errno));
	fclose(in);
	return text;
}

/* @text is malloc()ed, and the source's from now on. */
void source_take(struct source *source, const char *name, char *text, size_t length)
{
	*source = (struct source){ .name = name, .text = text, .length = length };
	if (source->length >= 2 &&
	    (!memcmp(source->text, "\xff\xfe", 2) || !memcmp(source->text, "\xfe\xff", 2)))
		from_utf16(source);
	cut_at_ctrl_z(source);
	source->text = resized(source->text, source->length + 1);
	source->text[source->length] = 0;
	source_tokenize(source);
}

void source_read(struct source *source, const char *name, const char *path)
{
	size_t length;
	char *text = read_bytes(path, &length);

	source_take(source, name, text, length);
}

void source_edit(struct source *source, size_t at, size_t length, const char *with)
{
	struct edit *edit;

	source->edits = resized(source->edits, (source->edit_count + 1) * sizeof(*edit));
	edit = &source->edits[source->edit_count++];
	edit->at = at;
	edit->length = length;
	edit->with = resized(NULL, strlen(with) + 1);
	strcpy(edit->with, with);
	source->changed = true;
}

static int by_place(const void *a, const void *b)
{
	const struct edit *left = a, *right = b;

	if (left->at != right->at)
		return left->at < right->at ? -1 : 1;
	return left->length < right->length ? -1 : left->length > right->length;
}

void source_write(struct source *source, const char *path)
{
	FILE *out = fopen(path, "wb");
	size_t at = 0, i;

	if (!out)
		fail("%s: %s", path, strerror(errno));
	if (source->edit_count)
		qsort(source->edits, source->edit_count, sizeof(*source->edits), by_place);
	for (i = 0; i < source->edit_count; i++) {
		const struct edit *edit = &source->edits[i];

		fwrite(source->text + at, 1, edit->at - at, out);
		fputs(edit->with, out);
		at = edit->at + edit->length;
	}
	fwrite(source->text + at, 1, source->length - at, out);
	if (ferror(out) | fclose(out))
		fail("%s: %s", path, strerror(errno));
}

void source_free(struct source *source)
{
	size_t i;

	for (i = 0; i < source->edit_count; i++)
		free(source->edits[i].with);
	free(source->edits);
	free(source->tokens);
	free(source->text);
}
