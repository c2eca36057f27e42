// SPDX-License-Identifier: GPL-2.0
/* "INF AddReg Directive": root, subkey, value name, flags, value … */
#include "inf.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define REG_SZ		1
#define REG_EXPAND_SZ	2
#define REG_BINARY	3
#define REG_DWORD	4
#define REG_MULTI_SZ	7

/* Of the flags, what is the type. */
#define TYPE_MASK	(0xffff0000u | ADDREG_BINVALUETYPE)
#define KNOWN_FLAGS	(ADDREG_NOCLOBBER | ADDREG_DELVAL | ADDREG_APPEND | ADDREG_KEYONLY | \
			 ADDREG_OVERWRITEONLY)

static const struct {
	const char *name, *path;
} roots[] = {
	{ "HKLM", "\\Registry\\Machine\\" },
	{ "HKU", "\\Registry\\User\\" },
	{ "HKCU", "\\Registry\\User\\.Default\\" },
	{ "HKCR", "\\Registry\\Machine\\Software\\Classes\\" },
};

/* 0x…, or decimal, maybe negative; empty is 0. */
unsigned int inf_number(const struct inf *inf, const struct line *line, int field)
{
	const char *text = inf_field(inf, line, field);
	long long value;
	char *end;

	errno = 0;
	value = strtoll(text, &end, 0);
	/* Decimal with zeros in front is no octal number. */
	if (text[0] == '0' && text[1] >= '0' && text[1] <= '9')
		value = strtoll(text, &end, 10);
	if (*end || errno || value > 0xffffffffLL || value < -0x80000000LL)
		fail(line->number, "'%s' is no number", text);
	return value;
}

static unsigned int type_of(unsigned int flags)
{
	switch (flags & TYPE_MASK) {
	case 0x00000000:
		return REG_SZ;
	case 0x00010000:
		return REG_MULTI_SZ;
	case 0x00020000:
		return REG_EXPAND_SZ;
	case 0x00000001:
		return REG_BINARY;
	case 0x00010001:
		return REG_DWORD;
	case 0x00020001:
		return 0;
	default:
		/* The high word of a binary type is the type itself. */
		return flags >> 16;
	}
}

/* ---- Data ---- */

static void put_byte(struct value *v, unsigned int byte)
{
	v->data[v->length++] = byte;
}

static void put_unit(struct value *v, unsigned int c)
{
	put_byte(v, c & 0xff);
	put_byte(v, c >> 8 & 0xff);
}

/* The text is valid UTF-8: text.c saw to it. */
static const char *next_character(const char *at, unsigned int *c)
{
	const unsigned char *s = (const unsigned char *)at;
	int more = *s < 0x80 ? 0 : *s < 0xe0 ? 1 : *s < 0xf0 ? 2 : 3;

	*c = more ? *s & (0x3f >> more) : *s;
	for (s++; more && (*s & 0xc0) == 0x80; more--)
		*c = *c << 6 | (*s++ & 0x3f);
	return (const char *)s;
}

static void put_text(struct value *v, const char *text)
{
	unsigned int c;

	while (*text) {
		text = next_character(text, &c);
		if (c >= 0x10000) {
			c -= 0x10000;
			put_unit(v, 0xd800 + (c >> 10));
			c = 0xdc00 + (c & 0x3ff);
		}
		put_unit(v, c);
	}
	put_unit(v, 0);
}

static void room_for_texts(const struct inf *inf, const struct line *l, struct value *v)
{
	size_t size = 4;
	int i;

	for (i = 4; i < l->count; i++)
		size += 2 * strlen(inf_field(inf, l, i)) + 2;
	v->data = inf_alloc(size);
}

static void read_texts(const struct inf *inf, const struct line *l, struct value *v)
{
	const char *text;
	int i;

	room_for_texts(inf, l, v);
	if (v->type != REG_MULTI_SZ) {
		put_text(v, inf_field(inf, l, 4));
		return;
	}
	for (i = 4; i < l->count; i++) {
		text = inf_field(inf, l, i);
		/* An empty string would end the list. */
		if (*text)
			put_text(v, text);
	}
	put_unit(v, 0);
}

static void read_bytes(const struct inf *inf, const struct line *l, struct value *v)
{
	const char *text;
	unsigned long byte;
	char *end;
	int i;

	v->data = inf_alloc(l->count + 1);
	for (i = 4; i < l->count; i++) {
		text = inf_field(inf, l, i);
		if (!*text && i == l->count - 1)
			break;
		byte = strtoul(text, &end, 16);
		if (end == text || *end || *text == '-' || byte > 0xff)
			fail(l->number, "'%s' is no byte in hexadecimal", text);
		put_byte(v, byte);
	}
}

/* One number, or its four bytes. */
static void read_dword(const struct inf *inf, const struct line *l, struct value *v)
{
	unsigned int number, i;

	if (l->count == 8) {
		read_bytes(inf, l, v);
		return;
	}
	if (l->count > 5)
		fail(l->number, "a REG_DWORD is one number, or four bytes");
	number = inf_number(inf, l, 4);
	v->data = inf_alloc(4);
	for (i = 0; i < 4; i++)
		put_byte(v, number >> 8 * i & 0xff);
}

static void read_data(const struct inf *inf, const struct line *l, unsigned int flags,
		      struct value *v)
{
	if (flags & (ADDREG_KEYONLY | ADDREG_DELVAL))
		return;
	if (!(flags & ADDREG_BINVALUETYPE))
		read_texts(inf, l, v);
	else if ((flags & TYPE_MASK) == 0x00010001)
		read_dword(inf, l, v);
	else
		read_bytes(inf, l, v);
}

/* ---- Lines ---- */

static bool set_root(const struct inf *inf, const struct line *l, enum root where, struct value *v)
{
	const char *name = inf_field(inf, l, 0);
	size_t i;

	v->path = inf_field(inf, l, 1);
	v->root = where;
	if (!strcasecmp(name, "HKR"))
		return true;
	for (i = 0; i < sizeof(roots) / sizeof(roots[0]); i++)
		if (!strcasecmp(name, roots[i].name)) {
			v->root = ROOT_ABSOLUTE;
			v->path = inf_join(roots[i].path, v->path, "");
			return true;
		}
	return false;
}

static void read_line(struct inf *inf, const struct line *l, enum root where, int install)
{
	struct value *v = inf_alloc(sizeof(*v));
	unsigned int flags;

	if (!set_root(inf, l, where, v)) {
		note(l->number, "the root '%s' is not known: ignored", inf_field(inf, l, 0));
		return;
	}
	flags = inf_number(inf, l, 3);
	v->install = install;
	v->name = inf_field(inf, l, 2);
	v->type = type_of(flags);
	v->flags = flags & KNOWN_FLAGS;
	if (v->flags & ADDREG_APPEND && v->type != REG_MULTI_SZ)
		fail(l->number, "only a REG_MULTI_SZ can be appended to");
	/* A key alone: no name, no value. */
	if (!*v->name && l->count < 5)
		v->flags |= ADDREG_KEYONLY;
	read_data(inf, l, flags, v);
	*inf->values_tail = v;
	inf->values_tail = &v->next;
}

void inf_read_add_reg(struct inf *inf, const struct section *section, enum root where, int install)
{
	const struct section *s;
	const struct line *l, *value;
	int i;

	for (l = section ? section->lines : NULL; l; l = l->next) {
		if (!l->key)
			continue;
		if (!strcasecmp(l->key, "Include") || !strcasecmp(l->key, "Needs") ||
		    !strcasecmp(l->key, "DelReg"))
			note(l->number, "%s is ignored", l->key);
		if (strcasecmp(l->key, "AddReg"))
			continue;
		for (i = 0; i < l->count; i++) {
			s = inf_find(inf, inf_field(inf, l, i));
			if (!s && *l->fields[i])
				note(l->number, "there is no section [%s]", l->fields[i]);
			for (value = s ? s->lines : NULL; value; value = value->next)
				read_line(inf, value, where, install);
		}
	}
}
