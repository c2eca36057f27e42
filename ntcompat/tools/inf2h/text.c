// SPDX-License-Identifier: GPL-2.0
/* Memory, and the file's bytes as UTF-8. */
#define _GNU_SOURCE	/* strcasestr() */
#include "inf.h"
#include <stdlib.h>
#include <string.h>

/* A list of all blocks: the tool ends soon, but the fuzzer goes on. */
struct block {
	struct block *next;
	max_align_t data[];
};

static struct block *blocks;

void *inf_alloc(size_t size)
{
	struct block *block = calloc(1, sizeof(*block) + size);

	if (!block)
		fail(0, "no memory");
	block->next = blocks;
	blocks = block;
	return block->data;
}

void inf_free_all(void)
{
	struct block *next;

	for (; blocks; blocks = next) {
		next = blocks->next;
		free(blocks);
	}
}

char *inf_copy(const char *text, size_t length)
{
	char *copy = inf_alloc(length + 1);

	memcpy(copy, text, length);
	return copy;
}

char *inf_join(const char *a, const char *b, const char *c)
{
	char *joined = inf_alloc(strlen(a) + strlen(b) + strlen(c) + 1);

	return strcat(strcat(strcpy(joined, a), b), c);
}

static char *put(char *to, unsigned int c)
{
	if (c < 0x80) {
		*to++ = c;
	} else if (c < 0x800) {
		*to++ = 0xc0 | c >> 6;
		*to++ = 0x80 | (c & 0x3f);
	} else if (c < 0x10000) {
		*to++ = 0xe0 | c >> 12;
		*to++ = 0x80 | (c >> 6 & 0x3f);
		*to++ = 0x80 | (c & 0x3f);
	} else {
		*to++ = 0xf0 | c >> 18;
		*to++ = 0x80 | (c >> 12 & 0x3f);
		*to++ = 0x80 | (c >> 6 & 0x3f);
		*to++ = 0x80 | (c & 0x3f);
	}
	return to;
}

static unsigned int unit(const unsigned char *at, bool big)
{
	return big ? at[0] << 8 | at[1] : at[1] << 8 | at[0];
}

static char *from_utf16(const unsigned char *bytes, size_t length, bool big)
{
	char *text = inf_alloc(length * 2 + 1), *to = text;
	unsigned int c, low;
	size_t i;

	for (i = 0; i + 1 < length; i += 2) {
		c = unit(bytes + i, big);
		if (c >= 0xd800 && c < 0xdc00 && i + 3 < length) {
			low = unit(bytes + i + 2, big);
			if (low >= 0xdc00 && low < 0xe000) {
				c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
				i += 2;
			}
		}
		if (c >= 0xd800 && c < 0xe000)
			c = 0xfffd;
		to = put(to, c);
	}
	return text;
}

/* How long the character at @at is, or 0. */
static size_t utf8_length(const unsigned char *at, size_t left)
{
	size_t length = *at < 0x80 ? 1 : *at < 0xc2 ? 0 : *at < 0xe0 ? 2 : *at < 0xf0 ? 3 :
			*at < 0xf5 ? 4 : 0, i;

	if (length > left)
		return 0;
	for (i = 1; i < length; i++)
		if ((at[i] & 0xc0) != 0x80)
			return 0;
	return length;
}

static bool is_utf8(const unsigned char *bytes, size_t length)
{
	size_t i = 0, step;

	while (i < length) {
		step = utf8_length(bytes + i, length - i);
		if (!step)
			return false;
		i += step;
	}
	return true;
}

/* "ANSI" is taken for Windows-1252, which most INFs that are not ASCII are in. */
static char *from_ansi(const unsigned char *bytes, size_t length)
{
	static const unsigned short upper[32] = {
		0x20ac, 0x81, 0x201a, 0x192, 0x201e, 0x2026, 0x2020, 0x2021,
		0x2c6, 0x2030, 0x160, 0x2039, 0x152, 0x8d, 0x17d, 0x8f,
		0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
		0x2dc, 0x2122, 0x161, 0x203a, 0x153, 0x9d, 0x17e, 0x178,
	};
	char *text = inf_alloc(length * 3 + 1), *to = text;
	size_t i;

	for (i = 0; i < length; i++)
		to = put(to, bytes[i] >= 0x80 && bytes[i] < 0xa0 ? upper[bytes[i] - 0x80] : bytes[i]);
	return text;
}

static void check_no_nul(const unsigned char *bytes, size_t length, size_t step)
{
	int line = 1;
	size_t i;

	for (i = 0; i + step <= length; i += step) {
		if (!bytes[i] && !bytes[i + step - 1])
			fail(line, "a NUL in the text");
		line += bytes[i] == '\n' || (step == 2 && !bytes[i] && bytes[i + 1] == '\n');
	}
}

static char *decode(const unsigned char *bytes, size_t length)
{
	if (length >= 2 && (!memcmp(bytes, "\xff\xfe", 2) || !memcmp(bytes, "\xfe\xff", 2))) {
		check_no_nul(bytes, length, 2);
		return from_utf16(bytes + 2, length - 2, bytes[0] == 0xfe);
	}
	check_no_nul(bytes, length, 1);
	if (length >= 3 && !memcmp(bytes, "\xef\xbb\xbf", 3)) {
		bytes += 3;
		length -= 3;
	}
	return is_utf8(bytes, length) ? inf_copy((const char *)bytes, length) : from_ansi(bytes, length);
}

/* An .inx is an INF but for this, which the driver's build replaces. */
static void replace_arch(char *text)
{
	static const char variable[] = "$ARCH$", value[] = "amd64";
	char *at = text;

	while ((at = strcasestr(at, variable))) {
		memcpy(at, value, sizeof(value) - 1);
		at += sizeof(value) - 1;
		memmove(at, at + 1, strlen(at));
	}
}

char *inf_decode(const unsigned char *bytes, size_t length)
{
	char *text = decode(bytes, length);

	replace_arch(text);
	return text;
}
