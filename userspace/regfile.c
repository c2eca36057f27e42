// SPDX-License-Identifier: GPL-2.0
/* Files of the registry: reading and writing. */
#include "regfile.h"
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

/* ---- Text ---- */

static size_t put_units(uint16_t *to, uint32_t c)
{
	if (c < 0x10000) {
		*to = c;
		return 1;
	}
	c -= 0x10000;
	to[0] = 0xd800 + (c >> 10);
	to[1] = 0xdc00 + (c & 0x3ff);
	return 2;
}

/* Its length in bytes, or 0 when that is no UTF-8; half a pair is taken for a character. */
static size_t get_utf8(const uint8_t *at, size_t left, uint32_t *c)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	size_t length = *at < 0x80 ? 1 : *at < 0xc0 ? 0 : *at < 0xe0 ? 2 : *at < 0xf0 ? 3 :
			*at < 0xf5 ? 4 : 0, i;

	if (!length || length > left)
		return 0;
	*c = length == 1 ? *at : *at & (0x7f >> length);
	for (i = 1; i < length; i++) {
		if ((at[i] & 0xc0) != 0x80)
			return 0;
		*c = *c << 6 | (at[i] & 0x3f);
	}
	return *c >= least[length] && *c < 0x110000 ? length : 0;
}

/* What is no UTF-8 is Windows-1252's, or Latin 1's, character of that byte. */
struct reg_text reg_from_utf8(const char *text, size_t length)
{
	const uint8_t *bytes = (const uint8_t *)text;
	struct reg_text result = { calloc(length + 1, sizeof(uint16_t)), 0 };
	size_t i = 0, step;
	uint32_t c;

	while (result.units && i < length) {
		step = get_utf8(bytes + i, length - i, &c);
		if (!step) {
			c = bytes[i] == 0x80 ? 0x20ac : bytes[i];
			step = 1;
		}
		result.length += put_units(result.units + result.length, c);
		i += step;
	}
	return result;
}

static bool is_high(uint16_t unit)
{
	return unit >= 0xd800 && unit < 0xdc00;
}

static bool is_low(uint16_t unit)
{
	return unit >= 0xdc00 && unit < 0xe000;
}

static size_t put_utf8(char *to, uint32_t c)
{
	if (c < 0x80) {
		to[0] = c;
		return 1;
	}
	if (c < 0x800) {
		to[0] = 0xc0 | c >> 6;
		to[1] = 0x80 | (c & 0x3f);
		return 2;
	}
	if (c < 0x10000) {
		to[0] = 0xe0 | c >> 12;
		to[1] = 0x80 | (c >> 6 & 0x3f);
		to[2] = 0x80 | (c & 0x3f);
		return 3;
	}
	to[0] = 0xf0 | c >> 18;
	to[1] = 0x80 | (c >> 12 & 0x3f);
	to[2] = 0x80 | (c >> 6 & 0x3f);
	to[3] = 0x80 | (c & 0x3f);
	return 4;
}

static size_t to_utf8(const struct reg_text *text, char *to)
{
	size_t i, at = 0;
	uint32_t c;

	for (i = 0; i < text->length; i++) {
		c = text->units[i];
		if (is_high(c) && i + 1 < text->length && is_low(text->units[i + 1])) {
			c = 0x10000 + ((c - 0xd800) << 10) + (text->units[i + 1] - 0xdc00);
			i++;
		}
		at += put_utf8(to + at, c);
	}
	return at;
}

char *reg_to_utf8(const struct reg_text *text)
{
	char *result = calloc(text->length * 3 + 1, 1);

	if (result)
		to_utf8(text, result);
	return result;
}

static struct reg_text decode(const uint8_t *bytes, size_t length)
{
	struct reg_text text = { NULL, 0 };
	size_t i;

	if (length >= 2 && bytes[0] == 0xff && bytes[1] == 0xfe) {
		text.units = calloc(length / 2 + 1, sizeof(uint16_t));
		for (i = 2; text.units && i + 1 < length; i += 2)
			text.units[text.length++] = bytes[i] | bytes[i + 1] << 8;
		return text;
	}
	if (length >= 3 && !memcmp(bytes, "\xef\xbb\xbf", 3)) {
		bytes += 3;
		length -= 3;
	}
	return reg_from_utf8((const char *)bytes, length);
}

/* ---- Reading ---- */

struct parser {
	const uint16_t *at, *end;
	int line;
	bool ansi;			/* REGEDIT4: hex(2) and hex(7) are bytes of characters */
	bool has_key;
	const struct reg_events *events;
	const char *error;
	uint16_t *text;			/* room for any text of the file */
	uint16_t *second;		/* and for another, beside it */
	uint8_t *data;			/* room for any data */
	jmp_buf wrong;
};

static void __attribute__((noreturn)) wrong(struct parser *p, const char *error)
{
	p->error = error;
	longjmp(p->wrong, 1);
}

static void tell(struct parser *p, bool done)
{
	if (done)
		return;
	p->line = -1;
	wrong(p, "refused");
}

static int peek(const struct parser *p)
{
	return p->at < p->end ? *p->at : -1;
}

static int next(struct parser *p)
{
	int c = peek(p);

	if (c >= 0)
		p->at++;
	if (c == '\n')
		p->line++;
	return c;
}

static void skip_blanks(struct parser *p)
{
	while (peek(p) == ' ' || peek(p) == '\t' || peek(p) == '\r')
		p->at++;
}

/* Nothing but blanks and a comment may be left in the line. */
static void end_line(struct parser *p)
{
	skip_blanks(p);
	if (peek(p) == ';')
		while (peek(p) >= 0 && peek(p) != '\n')
			p->at++;
	if (peek(p) >= 0 && peek(p) != '\n')
		wrong(p, "more than was expected");
	next(p);
}

static bool take_word(struct parser *p, const char *word)
{
	const uint16_t *at = p->at;

	for (; *word; word++, at++)
		if (at == p->end || (*at | 0x20) != (*word | 0x20))
			return false;
	p->at = at;
	return true;
}

/* "…", in which \ takes the character behind it as it is, and a line may end. */
static struct reg_text read_quoted(struct parser *p, uint16_t *to)
{
	struct reg_text text = { to, 0 };
	int c;

	next(p);
	for (;;) {
		c = next(p);
		if (c == '"')
			return text;
		if (c == '\\')
			c = next(p);
		if (c < 0)
			wrong(p, "'\"' missing");
		text.units[text.length++] = c;
	}
}

static int hex_digit(int c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static uint32_t read_hex(struct parser *p, int digits_max)
{
	uint32_t number = 0;
	int digits = 0;

	while (peek(p) >= 0 && hex_digit(peek(p)) >= 0) {
		if (++digits > digits_max)
			wrong(p, "too many digits");
		number = number << 4 | hex_digit(next(p));
	}
	if (!digits)
		wrong(p, "a number is missing");
	return number;
}

/* Bytes, with a \ at the end of a line that is not the last. */
static size_t read_bytes(struct parser *p)
{
	size_t length = 0;

	for (;;) {
		skip_blanks(p);
		if (peek(p) == '\\') {
			next(p);
			skip_blanks(p);
			if (next(p) != '\n')
				wrong(p, "a line must end behind '\\'");
			continue;
		}
		if (peek(p) < 0 || peek(p) == '\n' || peek(p) == ';')
			return length;
		p->data[length++] = read_hex(p, 2);
		skip_blanks(p);
		if (peek(p) != ',')
			return length;
		next(p);
	}
}

/* REGEDIT4 has the characters of strings as bytes. */
static size_t widen(struct parser *p, size_t length)
{
	size_t i;

	for (i = length; i-- > 0;) {
		p->data[2 * i] = p->data[i];
		p->data[2 * i + 1] = 0;
	}
	return 2 * length;
}

static size_t read_hex_value(struct parser *p, uint32_t *type)
{
	size_t length;

	*type = REG_BINARY;
	if (peek(p) == '(') {
		next(p);
		*type = read_hex(p, 8);
		if (next(p) != ')')
			wrong(p, "')' missing");
	}
	if (next(p) != ':')
		wrong(p, "':' missing");
	length = read_bytes(p);
	if (p->ansi && (*type == REG_EXPAND_SZ || *type == REG_MULTI_SZ))
		length = widen(p, length);
	return length;
}

static size_t read_string_value(struct parser *p)
{
	struct reg_text text = read_quoted(p, p->second);
	size_t i;

	for (i = 0; i < text.length; i++) {
		p->data[2 * i] = text.units[i] & 0xff;
		p->data[2 * i + 1] = text.units[i] >> 8;
	}
	p->data[2 * i] = p->data[2 * i + 1] = 0;
	return 2 * i + 2;
}

static size_t read_data(struct parser *p, uint32_t *type)
{
	uint32_t number;
	int i;

	if (peek(p) == '"') {
		*type = REG_SZ;
		return read_string_value(p);
	}
	if (take_word(p, "dword:")) {
		*type = REG_DWORD;
		number = read_hex(p, 8);
		for (i = 0; i < 4; i++)
			p->data[i] = number >> 8 * i;
		return 4;
	}
	if (take_word(p, "hex"))
		return read_hex_value(p, type);
	wrong(p, "no value");
}

static void read_value(struct parser *p)
{
	struct reg_text name = { p->text, 0 };
	uint32_t type = 0;
	size_t length = 0;
	bool deleted;

	if (!p->has_key)
		wrong(p, "a value before the first key");
	if (peek(p) == '@')
		next(p);
	else
		name = read_quoted(p, p->text);
	skip_blanks(p);
	if (next(p) != '=')
		wrong(p, "'=' missing");
	skip_blanks(p);
	deleted = peek(p) == '-';
	if (deleted)
		next(p);
	else
		length = read_data(p, &type);
	end_line(p);
	tell(p, p->events->value(p->events->context, &name, type, p->data, length, deleted));
}

/* [PATH] or [-PATH]: to the last bracket of the line, as a name may have one. */
static void read_key(struct parser *p)
{
	const uint16_t *last = NULL, *at;
	struct reg_text path;
	bool deleted;

	next(p);
	deleted = peek(p) == '-';
	if (deleted)
		next(p);
	for (at = p->at; at < p->end && *at != '\n'; at++)
		if (*at == ']')
			last = at;
	if (!last || last == p->at)
		wrong(p, "']' missing, or no name");
	path.units = p->text;
	path.length = last - p->at;
	memcpy(path.units, p->at, path.length * sizeof(uint16_t));
	p->at = last + 1;
	end_line(p);
	p->has_key = !deleted;
	tell(p, p->events->key(p->events->context, &path, deleted));
}

static void read_all(struct parser *p)
{
	skip_blanks(p);
	if (take_word(p, "REGEDIT4"))
		p->ansi = true;
	else if (!take_word(p, "Windows Registry Editor Version 5.00"))
		wrong(p, "neither 'REGEDIT4' nor 'Windows Registry Editor Version 5.00'");
	end_line(p);
	for (;;) {
		skip_blanks(p);
		switch (peek(p)) {
		case -1:
			return;
		case '[':
			read_key(p);
			break;
		case '"':
		case '@':
			read_value(p);
			break;
		default:
			end_line(p);
		}
	}
}

int reg_parse(const uint8_t *bytes, size_t length, const struct reg_events *events,
	      const char **error)
{
	struct reg_text text = decode(bytes, length);
	struct parser p = { .at = text.units, .end = text.units + text.length, .line = 1,
			    .events = events };
	int result = 0;

	p.text = calloc(2 * text.length + 2, sizeof(uint16_t));
	p.second = p.text ? p.text + text.length + 1 : NULL;
	p.data = calloc(2 * text.length + 8, 1);
	if (!text.units || !p.text || !p.data) {
		*error = "no memory";
		result = 1;
	} else if (setjmp(p.wrong)) {
		*error = p.error;
		result = p.line;
	} else {
		read_all(&p);
	}
	free(p.text);
	free(p.data);
	free(text.units);
	return result;
}

/* ---- Writing ---- */

static void put_unit(FILE *out, uint16_t unit)
{
	fputc(unit & 0xff, out);
	fputc(unit >> 8, out);
}

static void put_text(FILE *out, enum reg_format format, const struct reg_text *text)
{
	char *utf8;
	size_t i;

	if (format == REG_UTF16) {
		for (i = 0; i < text->length; i++)
			put_unit(out, text->units[i]);
		return;
	}
	utf8 = calloc(text->length * 3 + 1, 1);
	if (utf8)
		fwrite(utf8, 1, to_utf8(text, utf8), out);
	free(utf8);
}

static void put_ascii(FILE *out, enum reg_format format, const char *text)
{
	for (; *text; text++) {
		if (*text == '\n' && format != REG_UTF8)
			put_ascii(out, format, "\r");
		if (format == REG_UTF16)
			put_unit(out, *text);
		else
			fputc(*text, out);
	}
}

static void put_quoted(FILE *out, enum reg_format format, const struct reg_text *text)
{
	struct reg_text all = { calloc(2 * text->length + 1, sizeof(uint16_t)), 0 };
	size_t i;

	for (i = 0; all.units && i < text->length; i++) {
		if (text->units[i] == '"' || text->units[i] == '\\')
			all.units[all.length++] = '\\';
		all.units[all.length++] = text->units[i];
	}
	put_ascii(out, format, "\"");
	put_text(out, format, &all);
	put_ascii(out, format, "\"");
	free(all.units);
}

void reg_write_header(FILE *out, enum reg_format format)
{
	if (format == REG_UTF16)
		put_unit(out, 0xfeff);
	put_ascii(out, format, format == REG_REGEDIT4 ? "REGEDIT4\n" :
						     "Windows Registry Editor Version 5.00\n");
}

/* REGEDIT4 is for what is ASCII. */
static bool fits(enum reg_format format, const struct reg_text *text)
{
	size_t i;

	for (i = 0; i < text->length; i++)
		if (format == REG_REGEDIT4 && text->units[i] >= 0x80)
			return false;
	return true;
}

bool reg_write_key(FILE *out, enum reg_format format, const struct reg_text *path)
{
	size_t i;

	if (!fits(format, path))
		return false;
	for (i = 0; i < path->length; i++)
		if (path->units[i] == '\n')
			return false;
	put_ascii(out, format, "\n[");
	put_text(out, format, path);
	put_ascii(out, format, "]\n");
	return true;
}

/* A string that ends with its NUL, its only one, and that any editor can show. */
static bool is_plain(enum reg_format format, const uint8_t *data, size_t length)
{
	bool in_pair = false;
	uint16_t unit;
	size_t i;

	if (length < 2 || length % 2 || data[length - 1] || data[length - 2])
		return false;
	for (i = 0; i + 2 < length; i += 2) {
		unit = data[i] | data[i + 1] << 8;
		if (unit < 0x20 || (unit >= 0x80 && format == REG_REGEDIT4) ||
		    in_pair != is_low(unit))
			return false;
		in_pair = is_high(unit);
	}
	return !in_pair;
}

static void put_string(FILE *out, enum reg_format format, const uint8_t *data, size_t length)
{
	struct reg_text text = { calloc(length / 2 + 1, sizeof(uint16_t)), 0 };

	for (; text.units && 2 * text.length + 2 < length; text.length++)
		text.units[text.length] = data[2 * text.length] | data[2 * text.length + 1] << 8;
	put_quoted(out, format, &text);
	free(text.units);
}

static void put_bytes(FILE *out, enum reg_format format, const uint8_t *data, size_t length,
		      size_t step)
{
	char byte[8];
	size_t i;

	for (i = 0; i < length; i += step) {
		snprintf(byte, sizeof(byte), "%02x%s", data[i], i + step < length ? "," : "");
		put_ascii(out, format, byte);
		if (i / step % 24 == 23 && i + step < length)
			put_ascii(out, format, "\\\n  ");
	}
}

/* Can each character be written as a byte, as REGEDIT4 does? */
static bool is_narrow(const uint8_t *data, size_t length)
{
	size_t i;

	for (i = 1; i < length; i += 2)
		if (data[i])
			return false;
	return length % 2 == 0;
}

bool reg_write_value(FILE *out, enum reg_format format, const struct reg_text *name, uint32_t type,
		     const uint8_t *data, size_t length)
{
	bool narrow = format == REG_REGEDIT4 && (type == REG_EXPAND_SZ || type == REG_MULTI_SZ);
	char text[24];

	if (!fits(format, name) || (narrow && !is_narrow(data, length)))
		return false;
	if (name->length)
		put_quoted(out, format, name);
	else
		put_ascii(out, format, "@");
	put_ascii(out, format, "=");
	if (type == REG_SZ && is_plain(format, data, length)) {
		put_string(out, format, data, length);
	} else if (type == REG_DWORD && length == 4) {
		snprintf(text, sizeof(text), "dword:%02x%02x%02x%02x", data[3], data[2], data[1],
			 data[0]);
		put_ascii(out, format, text);
	} else {
		snprintf(text, sizeof(text), type == REG_BINARY ? "hex:" : "hex(%x):", type);
		put_ascii(out, format, text);
		put_bytes(out, format, data, length, narrow ? 2 : 1);
	}
	put_ascii(out, format, "\n");
	return true;
}
