// SPDX-License-Identifier: GPL-2.0
/* Numbers to strings and back. Pure code: it is also compiled and tested on the host. */
#include "string.h"

static bool base_is_valid(ULONG base)
{
	return base == 2 || base == 8 || base == 10 || base == 16;
}

/**
 * RtlInt64ToUnicodeString - a 64-bit number in text
 * @Value: the number
 * @Base: 2, 8, 10 or 16; 0 means 10
 * @String: receives the text
 *
 * IRQL: PASSIVE_LEVEL (here any). Returns STATUS_SUCCESS, STATUS_BUFFER_OVERFLOW
 * when it does not fit, STATUS_INVALID_PARAMETER for another base. A NUL is
 * added when there is room.
 */
NTSTATUS RtlInt64ToUnicodeString(ULONGLONG Value, ULONG Base, PUNICODE_STRING String)
{
	WCHAR digits[64];
	int at = ARRAY_SIZE(digits);
	USHORT bytes;

	if (!Base)
		Base = 10;
	if (!base_is_valid(Base))
		return STATUS_INVALID_PARAMETER;
	do {
		digits[--at] = "0123456789ABCDEF"[Value % Base];
		Value /= Base;
	} while (Value);
	bytes = (ARRAY_SIZE(digits) - at) * sizeof(WCHAR);
	if (bytes > String->MaximumLength)
		return STATUS_BUFFER_OVERFLOW;
	memcpy(String->Buffer, &digits[at], bytes);
	String->Length = bytes;
	nt_terminate_if_room(String);
	return STATUS_SUCCESS;
}
EXPORT_SYMBOL(RtlInt64ToUnicodeString);

/**
 * RtlIntegerToUnicodeString - a number in text
 * @Value: the number
 * @Base: 2, 8, 10 or 16; 0 means 10
 * @String: receives the text
 *
 * IRQL: PASSIVE_LEVEL (here any). Returns STATUS_SUCCESS, STATUS_BUFFER_OVERFLOW
 * when it does not fit, STATUS_INVALID_PARAMETER for another base.
 */
NTSTATUS RtlIntegerToUnicodeString(ULONG Value, ULONG Base, PUNICODE_STRING String)
{
	return RtlInt64ToUnicodeString(Value, Base, String);
}
EXPORT_SYMBOL(RtlIntegerToUnicodeString);

/* Text of either width; a counted one does not end at a NUL, @left tells. */
struct reader {
	const void *at;
	bool wide;
	size_t left;		/* SIZE_MAX for a terminated one */
};

/* 0 at the end. */
static unsigned int peek(const struct reader *r)
{
	if (!r->left)
		return 0;
	return r->wide ? *(const WCHAR *)r->at : *(const unsigned char *)r->at;
}

static void step(struct reader *r)
{
	r->at = (const char *)r->at + (r->wide ? sizeof(WCHAR) : 1);
	if (r->left != SIZE_MAX)
		r->left--;
}

static bool accept(struct reader *r, unsigned int c)
{
	if (peek(r) != c)
		return false;
	step(r);
	return true;
}

static ULONG accept_prefix(struct reader *r)
{
	struct reader start = *r;

	if (accept(r, '0')) {
		if (accept(r, 'x'))
			return 16;
		if (accept(r, 'o'))
			return 8;
		if (accept(r, 'b'))
			return 2;
	}
	*r = start;
	return 10;
}

static unsigned int digit_value(unsigned int c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return 16;
}

static NTSTATUS read_integer(struct reader *r, ULONG base, PULONG value)
{
	bool negative = false;
	ULONG sum = 0;

	while (peek(r) && peek(r) <= ' ')
		step(r);
	if (accept(r, '-'))
		negative = true;
	else
		accept(r, '+');
	if (!base)
		base = accept_prefix(r);
	else if (!base_is_valid(base))
		return STATUS_INVALID_PARAMETER;
	for (; digit_value(peek(r)) < base; step(r))
		sum = sum * base + digit_value(peek(r));
	*value = negative ? 0 - sum : sum;
	return STATUS_SUCCESS;
}

/**
 * RtlUnicodeStringToInteger - the number at the start of a string
 * @String: blanks, a sign, digits; what follows is ignored
 * @Base: 2, 8, 10 or 16; 0 goes by a prefix of 0x, 0o or 0b, else is 10
 * @Value: receives the number, modulo 2^32; 0 when there is none
 *
 * IRQL: PASSIVE_LEVEL (here any). Returns STATUS_SUCCESS, also without a digit,
 * or STATUS_INVALID_PARAMETER for an empty string and for another base.
 */
NTSTATUS RtlUnicodeStringToInteger(PCUNICODE_STRING String, ULONG Base, PULONG Value)
{
	struct reader reader = {
		.at = String->Buffer, .wide = true, .left = String->Length / sizeof(WCHAR),
	};

	if (!reader.left)
		return STATUS_INVALID_PARAMETER;
	return read_integer(&reader, Base, Value);
}
EXPORT_SYMBOL(RtlUnicodeStringToInteger);

/**
 * RtlCharToInteger - the number at the start of a NUL-terminated string
 * @String: see RtlUnicodeStringToInteger()
 * @Base: likewise
 * @Value: likewise
 *
 * IRQL: any.
 */
NTSTATUS RtlCharToInteger(PCSZ String, ULONG Base, PULONG Value)
{
	struct reader reader = { .at = String, .left = SIZE_MAX };

	return read_integer(&reader, Base, Value);
}
EXPORT_SYMBOL(RtlCharToInteger);
