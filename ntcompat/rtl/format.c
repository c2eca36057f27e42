// SPDX-License-Identifier: GPL-2.0
/*
 * printf as NT drivers know it. What differs from Linux's: long is 32 bits,
 * I64/I32/I sizes, %S and %hs/%ls/%ws of the other width, %Z/%wZ counted
 * strings, %C/%wc/%hc characters. No floating point.
 *
 * Pure code: it is also compiled, tested and fuzzed on the host.
 */
#include "format.h"

enum size { SIZE_CHAR, SIZE_SHORT, SIZE_INT, SIZE_64 };

struct spec {
	bool left, plus, space, alt, zero;
	int width;
	int precision;		/* -1: none given */
	enum size size;
	int text;		/* 0: as the format; 'h' narrow, 'w' or 'l' wide */
};

/* The format string, of either width, read unit by unit. */
struct cursor {
	const void *at;
	bool wide;
};

static unsigned int peek(const struct cursor *c)
{
	return c->wide ? *(const WCHAR *)c->at : *(const unsigned char *)c->at;
}

static void step(struct cursor *c)
{
	c->at = (const char *)c->at + (c->wide ? sizeof(WCHAR) : 1);
}

static bool accept(struct cursor *c, unsigned int unit)
{
	if (peek(c) != unit)
		return false;
	step(c);
	return true;
}

static void put(struct nt_text *to, unsigned int unit)
{
	if (to->length < to->size) {
		if (to->wide)
			to->wide[to->length] = unit;
		else
			to->narrow[to->length] = unit < 0x100 ? unit : '?';
	}
	to->length++;
}

/* Widths come from the driver's data, too: what finds no room is only counted. */
static void pad(struct nt_text *to, char c, long n)
{
	for (; n > 0 && to->length < to->size; n--)
		put(to, c);
	if (n > 0)
		to->length += n;
}

static int read_number(struct cursor *c, va_list *args)
{
	int n = 0;

	if (accept(c, '*'))
		return va_arg(*args, int);
	while (peek(c) >= '0' && peek(c) <= '9') {
		if (n < 100000)
			n = n * 10 + (peek(c) - '0');
		step(c);
	}
	return n;
}

static void read_flags(struct cursor *c, struct spec *spec)
{
	for (;; step(c)) {
		switch (peek(c)) {
		case '-':
			spec->left = true;
			break;
		case '+':
			spec->plus = true;
			break;
		case ' ':
			spec->space = true;
			break;
		case '#':
			spec->alt = true;
			break;
		case '0':
			spec->zero = true;
			break;
		default:
			return;
		}
	}
}

static void read_size_i(struct cursor *c, struct spec *spec)
{
	struct cursor ahead = *c;

	spec->size = SIZE_64;		/* plain I: as a pointer */
	if (accept(&ahead, '6') && accept(&ahead, '4')) {
		*c = ahead;
		return;
	}
	ahead = *c;
	if (accept(&ahead, '3') && accept(&ahead, '2')) {
		*c = ahead;
		spec->size = SIZE_INT;
	}
}

static void read_size(struct cursor *c, struct spec *spec)
{
	if (accept(c, 'h')) {
		spec->size = SIZE_SHORT;
		spec->text = 'h';
		if (accept(c, 'h'))
			spec->size = SIZE_CHAR;
	} else if (accept(c, 'l')) {
		spec->text = 'l';	/* and a 32-bit number */
		if (accept(c, 'l'))
			spec->size = SIZE_64;
	} else if (accept(c, 'w')) {
		spec->text = 'w';
	} else if (accept(c, 'z') || accept(c, 't') || accept(c, 'j')) {
		spec->size = SIZE_64;
	} else if (accept(c, 'I')) {
		read_size_i(c, spec);
	}
}

static struct spec read_spec(struct cursor *c, va_list *args)
{
	struct spec spec = { .precision = -1, .size = SIZE_INT };

	read_flags(c, &spec);
	spec.width = read_number(c, args);
	if (spec.width < 0) {
		spec.left = true;
		spec.width = spec.width == INT_MIN ? 0 : -spec.width;
	}
	if (accept(c, '.'))
		spec.precision = read_number(c, args);
	read_size(c, &spec);
	return spec;
}

static u64 read_unsigned(const struct spec *spec, va_list *args)
{
	switch (spec->size) {
	case SIZE_64:
		return va_arg(*args, u64);
	case SIZE_SHORT:
		return (unsigned short)va_arg(*args, int);
	case SIZE_CHAR:
		return (unsigned char)va_arg(*args, int);
	default:
		return va_arg(*args, unsigned int);
	}
}

static s64 read_signed(const struct spec *spec, va_list *args)
{
	switch (spec->size) {
	case SIZE_64:
		return va_arg(*args, s64);
	case SIZE_SHORT:
		return (short)va_arg(*args, int);
	case SIZE_CHAR:
		return (signed char)va_arg(*args, int);
	default:
		return va_arg(*args, int);
	}
}

static void put_number(struct nt_text *to, const struct spec *spec, u64 value, unsigned int base,
		       const char *digits, const char *prefix)
{
	char text[64];
	long at = sizeof(text), len, zeros, prefix_len = strlen(prefix);

	while (value) {
		text[--at] = digits[value % base];
		value /= base;
	}
	len = sizeof(text) - at;
	zeros = (spec->precision >= 0 ? spec->precision : 1) - len;
	if (zeros < 0)
		zeros = 0;
	if (spec->alt && base == 8 && !zeros)
		zeros = 1;
	if (spec->zero && !spec->left && spec->precision < 0 &&
	    spec->width > prefix_len + len + zeros)
		zeros = spec->width - prefix_len - len;

	if (!spec->left)
		pad(to, ' ', spec->width - prefix_len - len - zeros);
	while (*prefix)
		put(to, *prefix++);
	pad(to, '0', zeros);
	while (at < (long)sizeof(text))
		put(to, text[at++]);
	if (spec->left)
		pad(to, ' ', spec->width - prefix_len - len - zeros);
}

static void put_signed(struct nt_text *to, const struct spec *spec, s64 value)
{
	const char *sign = value < 0 ? "-" : spec->plus ? "+" : spec->space ? " " : "";

	put_number(to, spec, value < 0 ? -(u64)value : (u64)value, 10, "0123456789", sign);
}

/* @length: units, or -1 for a terminated string. */
static void put_text(struct nt_text *to, const struct spec *spec, const void *text, bool wide,
		     long length)
{
	struct cursor c = { .at = text, .wide = wide };
	long limit = length, n = 0;

	if (!text) {
		c = (struct cursor){ .at = "(null)", .wide = false };
		limit = -1;
	}
	if (spec->precision >= 0 && (limit < 0 || spec->precision < limit))
		limit = spec->precision;

	/* A terminated string also ends at its terminator, a counted one does not. */
	if (length >= 0 && text) {
		n = limit;
	} else {
		struct cursor end = c;

		while ((limit < 0 || n < limit) && peek(&end)) {
			step(&end);
			n++;
		}
	}
	if (!spec->left)
		pad(to, ' ', spec->width - n);
	for (limit = n; limit > 0; limit--) {
		put(to, peek(&c));
		step(&c);
	}
	if (spec->left)
		pad(to, ' ', spec->width - n);
}

static void put_counted(struct nt_text *to, const struct spec *spec, va_list *args)
{
	const UNICODE_STRING *string = va_arg(*args, const UNICODE_STRING *);
	bool wide = spec->text == 'w' || spec->text == 'l';

	if (!string || !string->Buffer)
		put_text(to, spec, NULL, false, -1);
	else
		put_text(to, spec, string->Buffer, wide,
			 wide ? string->Length / sizeof(WCHAR) : string->Length);
}

static void put_char(struct nt_text *to, const struct spec *spec, bool wide, va_list *args)
{
	unsigned int unit = va_arg(*args, int);
	WCHAR c = wide ? unit : (unsigned char)unit;

	put_text(to, spec, &c, true, 1);
}

/* Is the text of a %s (or, with @other, a %S) wide? */
static bool text_is_wide(const struct spec *spec, bool wide_format, bool other)
{
	if (spec->text == 'h')
		return false;
	if (spec->text)
		return true;
	return wide_format != other;
}

/* Returns false for a conversion that does not exist. */
static bool put_conversion(struct nt_text *to, struct spec *spec, unsigned int conversion,
			   bool wide_format, va_list *args)
{
	u64 value;

	switch (conversion) {
	case 'd':
	case 'i':
		put_signed(to, spec, read_signed(spec, args));
		return true;
	case 'u':
		put_number(to, spec, read_unsigned(spec, args), 10, "0123456789", "");
		return true;
	case 'o':
		put_number(to, spec, read_unsigned(spec, args), 8, "01234567", "");
		return true;
	case 'x':
		value = read_unsigned(spec, args);
		put_number(to, spec, value, 16, "0123456789abcdef", spec->alt && value ? "0x" : "");
		return true;
	case 'X':
		value = read_unsigned(spec, args);
		put_number(to, spec, value, 16, "0123456789ABCDEF", spec->alt && value ? "0X" : "");
		return true;
	case 'p':
		spec->size = SIZE_64;
		spec->precision = 16;
		put_number(to, spec, read_unsigned(spec, args), 16, "0123456789ABCDEF", "");
		return true;
	case 's':
	case 'S': {
		bool wide = text_is_wide(spec, wide_format, conversion == 'S');

		put_text(to, spec, va_arg(*args, const void *), wide, -1);
		return true;
	}
	case 'c':
	case 'C':
		put_char(to, spec, text_is_wide(spec, wide_format, conversion == 'C'), args);
		return true;
	case 'Z':
		put_counted(to, spec, args);
		return true;
	case '%':
		put(to, '%');
		return true;
	}
	return false;
}

/**
 * nt_format - format text the way NT does
 * @to: where it goes; the length counts what did not fit, too
 * @format: narrow or wide format string
 * @wide_format: which of the two
 * @args: the arguments
 *
 * After an unknown conversion the rest of the format is put out as it stands:
 * the arguments' sizes are unknown from there on.
 */
void nt_format(struct nt_text *to, const void *format, bool wide_format, va_list args)
{
	struct cursor c = { .at = format, .wide = wide_format };
	bool literal = false;
	va_list ap;

	va_copy(ap, args);
	while (peek(&c)) {
		struct cursor start = c;
		struct spec spec;

		if (literal || !accept(&c, '%')) {
			put(to, peek(&c));
			step(&c);
			continue;
		}
		spec = read_spec(&c, &ap);
		if (peek(&c) && put_conversion(to, &spec, peek(&c), wide_format, &ap)) {
			step(&c);
		} else {
			c = start;
			literal = true;
		}
	}
	va_end(ap);
}
