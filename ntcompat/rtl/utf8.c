// SPDX-License-Identifier: GPL-2.0
/* UTF-8 and UTF-16. Pure code: it is also compiled and tested on the host. */
#include "string.h"

#define REPLACEMENT	0xfffd
#define IS_HIGH(unit)	(((unit) & 0xfc00) == 0xd800)
#define IS_LOW(unit)	(((unit) & 0xfc00) == 0xdc00)

/* Where the result goes: @to is NULL when only its size is asked for. */
struct sink {
	void *to;
	size_t room, used;	/* bytes */
};

static bool put(struct sink *sink, const void *bytes, size_t count)
{
	if (sink->to) {
		if (count > sink->room - sink->used)
			return false;
		memcpy((char *)sink->to + sink->used, bytes, count);
	}
	sink->used += count;
	return true;
}

/*
 * Takes a character off @bytes, returns its code, or -1 for what is none: then the
 * longest start of one that could be is taken, as the Unicode Standard (3.9, "Best
 * practices for using U+FFFD") has it.
 */
static int take_utf8(const u8 *bytes, size_t left, size_t *taken)
{
	u8 first = bytes[0], low = 0x80, high = 0xbf;
	int code, more;

	*taken = 1;
	if (first < 0x80)
		return first;
	if (first >= 0xc2 && first <= 0xdf) {
		more = 1;
		code = first & 0x1f;
	} else if (first >= 0xe0 && first <= 0xef) {
		more = 2;
		code = first & 0x0f;
		if (first == 0xe0)
			low = 0xa0;	/* shorter would do */
		if (first == 0xed)
			high = 0x9f;	/* surrogates */
	} else if (first >= 0xf0 && first <= 0xf4) {
		more = 3;
		code = first & 0x07;
		if (first == 0xf0)
			low = 0x90;
		if (first == 0xf4)
			high = 0x8f;	/* beyond U+10FFFF */
	} else {
		return -1;
	}
	for (; more; more--, (*taken)++) {
		if (*taken == left || bytes[*taken] < low || bytes[*taken] > high)
			return -1;
		code = code << 6 | (bytes[*taken] & 0x3f);
		low = 0x80;
		high = 0xbf;
	}
	return code;
}

static bool put_utf16(struct sink *sink, int code)
{
	WCHAR units[2];

	if (code < 0x10000) {
		units[0] = code;
		return put(sink, units, sizeof(WCHAR));
	}
	units[0] = 0xd800 + ((code - 0x10000) >> 10);
	units[1] = 0xdc00 + ((code - 0x10000) & 0x3ff);
	return put(sink, units, 2 * sizeof(WCHAR));
}

/**
 * RtlUTF8ToUnicodeN - UTF-8 to UTF-16
 * @UnicodeStringDestination: receives the text; NULL asks for its size
 * @UnicodeStringMaxByteCount: its room in bytes
 * @UnicodeStringActualByteCount: receives the bytes written, or needed; may be
 *	NULL when the destination is not
 * @UTF8StringSource: source
 * @UTF8StringByteCount: its size; a NUL is a character as any
 *
 * IRQL: PASSIVE_LEVEL (here any). Returns STATUS_SUCCESS, STATUS_SOME_NOT_MAPPED
 * when U+FFFD replaces what is not UTF-8, STATUS_BUFFER_TOO_SMALL with as many
 * characters as fit, STATUS_INVALID_PARAMETER without a destination and a count,
 * STATUS_INVALID_PARAMETER_4 without a source.
 */
NTSTATUS RtlUTF8ToUnicodeN(PWSTR UnicodeStringDestination, ULONG UnicodeStringMaxByteCount,
			   PULONG UnicodeStringActualByteCount, PCCH UTF8StringSource,
			   ULONG UTF8StringByteCount)
{
	struct sink sink = { .to = UnicodeStringDestination, .room = UnicodeStringMaxByteCount };
	NTSTATUS status = STATUS_SUCCESS;
	ULONG at = 0;

	if (!UTF8StringSource)
		return STATUS_INVALID_PARAMETER_4;
	if (!UnicodeStringDestination && !UnicodeStringActualByteCount)
		return STATUS_INVALID_PARAMETER;
	while (at < UTF8StringByteCount) {
		size_t taken;
		int code = take_utf8((const u8 *)UTF8StringSource + at, UTF8StringByteCount - at,
				     &taken);

		if (code < 0)
			status = STATUS_SOME_NOT_MAPPED;
		if (!put_utf16(&sink, code < 0 ? REPLACEMENT : code)) {
			status = STATUS_BUFFER_TOO_SMALL;
			break;
		}
		at += taken;
	}
	if (UnicodeStringActualByteCount)
		*UnicodeStringActualByteCount = sink.used;
	return status;
}
EXPORT_SYMBOL(RtlUTF8ToUnicodeN);

static int take_utf16(const WCHAR *units, size_t left, size_t *taken)
{
	*taken = 1;
	if (!IS_HIGH(units[0]) && !IS_LOW(units[0]))
		return units[0];
	if (IS_LOW(units[0]) || left < 2 || !IS_LOW(units[1]))
		return -1;
	*taken = 2;
	return 0x10000 + ((units[0] & 0x3ff) << 10) + (units[1] & 0x3ff);
}

static bool put_utf8(struct sink *sink, int code)
{
	u8 bytes[4];

	if (code < 0x80) {
		bytes[0] = code;
		return put(sink, bytes, 1);
	}
	if (code < 0x800) {
		bytes[0] = 0xc0 | code >> 6;
		bytes[1] = 0x80 | (code & 0x3f);
		return put(sink, bytes, 2);
	}
	if (code < 0x10000) {
		bytes[0] = 0xe0 | code >> 12;
		bytes[1] = 0x80 | (code >> 6 & 0x3f);
		bytes[2] = 0x80 | (code & 0x3f);
		return put(sink, bytes, 3);
	}
	bytes[0] = 0xf0 | code >> 18;
	bytes[1] = 0x80 | (code >> 12 & 0x3f);
	bytes[2] = 0x80 | (code >> 6 & 0x3f);
	bytes[3] = 0x80 | (code & 0x3f);
	return put(sink, bytes, 4);
}

/**
 * RtlUnicodeToUTF8N - UTF-16 to UTF-8
 * @UTF8StringDestination: receives the text; NULL asks for its size
 * @UTF8StringMaxByteCount: its room in bytes
 * @UTF8StringActualByteCount: receives the bytes written, or needed; may be NULL
 *	when the destination is not
 * @UnicodeStringSource: source
 * @UnicodeStringByteCount: its size, even
 *
 * IRQL: PASSIVE_LEVEL (here any). Returns as RtlUTF8ToUnicodeN() does, and
 * STATUS_INVALID_PARAMETER_5 for an odd size.
 */
NTSTATUS RtlUnicodeToUTF8N(PCHAR UTF8StringDestination, ULONG UTF8StringMaxByteCount,
			   PULONG UTF8StringActualByteCount, PCWCH UnicodeStringSource,
			   ULONG UnicodeStringByteCount)
{
	struct sink sink = { .to = UTF8StringDestination, .room = UTF8StringMaxByteCount };
	NTSTATUS status = STATUS_SUCCESS;
	ULONG at = 0, count = UnicodeStringByteCount / sizeof(WCHAR);

	if (!UnicodeStringSource)
		return STATUS_INVALID_PARAMETER_4;
	if (UnicodeStringByteCount % sizeof(WCHAR))
		return STATUS_INVALID_PARAMETER_5;
	if (!UTF8StringDestination && !UTF8StringActualByteCount)
		return STATUS_INVALID_PARAMETER;
	while (at < count) {
		size_t taken;
		int code = take_utf16(UnicodeStringSource + at, count - at, &taken);

		if (code < 0)
			status = STATUS_SOME_NOT_MAPPED;
		if (!put_utf8(&sink, code < 0 ? REPLACEMENT : code)) {
			status = STATUS_BUFFER_TOO_SMALL;
			break;
		}
		at += taken;
	}
	if (UTF8StringActualByteCount)
		*UTF8StringActualByteCount = sink.used;
	return status;
}
EXPORT_SYMBOL(RtlUnicodeToUTF8N);
