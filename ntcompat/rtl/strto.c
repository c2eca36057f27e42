// SPDX-License-Identifier: GPL-2.0
/*
 * Numbers of the C run-time. A long has 32 bits. IRQL: any, as for all here. Pure code:
 * it is also compiled and tested on the host.
 */
#include "string.h"

struct number {
	u64 value;
	bool negative;
	bool overflow;		/* of 64 bits */
	size_t units;		/* that were read; 0: no number */
};

static unsigned int unit(const void *s, bool wide, size_t at)
{
	return wide ? ((const WCHAR *)s)[at] : ((const u8 *)s)[at];
}

static int digit_value(unsigned int c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c < 0x80 && nt_isalpha(c))
		return nt_tolower(c) - 'a' + 10;
	return 36;
}

static bool has_hex_prefix(const void *s, bool wide, size_t at)
{
	return unit(s, wide, at) == '0' && (unit(s, wide, at + 1) | 0x20) == 'x' &&
	       digit_value(unit(s, wide, at + 2)) < 16;
}

/* Blanks, a sign, a prefix, digits: as the C language has them for strtoul(). */
static struct number read_number(const void *s, bool wide, int base)
{
	struct number number = { 0 };
	size_t at = 0, first;

	if (base < 0 || base == 1 || base > 36)
		return number;
	while (unit(s, wide, at) < 0x80 && nt_isspace(unit(s, wide, at)))
		at++;
	if (unit(s, wide, at) == '-' || unit(s, wide, at) == '+')
		number.negative = unit(s, wide, at++) == '-';
	if ((!base || base == 16) && has_hex_prefix(s, wide, at)) {
		base = 16;
		at += 2;
	} else if (!base) {
		base = unit(s, wide, at) == '0' ? 8 : 10;
	}
	for (first = at; digit_value(unit(s, wide, at)) < base; at++) {
		u64 digit = digit_value(unit(s, wide, at));

		if (__builtin_mul_overflow(number.value, (u64)base, &number.value) ||
		    __builtin_add_overflow(number.value, digit, &number.value))
			number.overflow = true;
	}
	number.units = at > first ? at : 0;
	return number;
}

static u32 as_unsigned(const struct number *number)
{
	if (number->overflow || number->value > 0xffffffff)
		return 0xffffffff;
	return number->negative ? 0 - (u32)number->value : (u32)number->value;
}

static LONG as_signed(const struct number *number)
{
	if (number->overflow || number->value > 0x7fffffffu + number->negative)
		return number->negative ? -0x7fffffff - 1 : 0x7fffffff;
	return number->negative ? (LONG)(0 - (u32)number->value) : (LONG)number->value;
}

ULONG nt_strtoul(const char *s, char **end, int base)
{
	struct number number = read_number(s, false, base);

	if (end)
		*end = (char *)s + number.units;
	return as_unsigned(&number);
}
EXPORT_SYMBOL(nt_strtoul);

LONG nt_strtol(const char *s, char **end, int base)
{
	struct number number = read_number(s, false, base);

	if (end)
		*end = (char *)s + number.units;
	return as_signed(&number);
}
EXPORT_SYMBOL(nt_strtol);

ULONGLONG nt__strtoui64(const char *s, char **end, int base)
{
	struct number number = read_number(s, false, base);

	if (end)
		*end = (char *)s + number.units;
	if (number.overflow)
		return ~0ULL;
	return number.negative ? 0 - number.value : number.value;
}
EXPORT_SYMBOL(nt__strtoui64);

ULONG nt_wcstoul(const WCHAR *s, WCHAR **end, int base)
{
	struct number number = read_number(s, true, base);

	if (end)
		*end = (WCHAR *)s + number.units;
	return as_unsigned(&number);
}
EXPORT_SYMBOL(nt_wcstoul);

LONG nt_wcstol(const WCHAR *s, WCHAR **end, int base)
{
	struct number number = read_number(s, true, base);

	if (end)
		*end = (WCHAR *)s + number.units;
	return as_signed(&number);
}
EXPORT_SYMBOL(nt_wcstol);

LONGLONG nt__atoi64(const char *s)
{
	struct number number = read_number(s, false, 10);
	u64 limit = 0x7fffffffffffffffULL + number.negative;

	if (number.overflow || number.value > limit)
		number.value = limit;
	return number.negative ? (LONGLONG)(0 - number.value) : (LONGLONG)number.value;
}
EXPORT_SYMBOL(nt__atoi64);

/* "atoi, _atoi_l": LONG_MAX or LONG_MIN when it is out of range. */
LONG nt_atol(const char *s)
{
	return nt_strtol(s, NULL, 10);
}
EXPORT_SYMBOL(nt_atol);

int nt_atoi(const char *s)
{
	return nt_strtol(s, NULL, 10);
}
EXPORT_SYMBOL(nt_atoi);

/* Least digit first; a sign for base 10 only. Returns how many. */
static int digits_of(int value, int base, char digits[33])
{
	bool negative = base == 10 && value < 0;
	u32 left = negative ? 0 - (u32)value : (u32)value;
	int n = 0;

	if (base < 2 || base > 36)
		return 0;
	do {
		digits[n++] = "0123456789abcdefghijklmnopqrstuvwxyz"[left % base];
		left /= base;
	} while (left);
	if (negative)
		digits[n++] = '-';
	return n;
}

char *nt__itoa(int value, char *to, int base)
{
	char digits[33], *at = to;
	int n = digits_of(value, base, digits);

	while (n)
		*at++ = digits[--n];
	*at = 0;
	return to;
}
EXPORT_SYMBOL(nt__itoa);

WCHAR *nt__itow(int value, WCHAR *to, int base)
{
	char digits[33];
	WCHAR *at = to;
	int n = digits_of(value, base, digits);

	while (n)
		*at++ = digits[--n];
	*at = 0;
	return to;
}
EXPORT_SYMBOL(nt__itow);
