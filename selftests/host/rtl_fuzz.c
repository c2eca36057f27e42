// SPDX-License-Identifier: GPL-2.0
/*
 * libFuzzer targets for what reads text: one program, -DTARGET=... chooses. What must
 * always hold is checked by abort(); the rest is the sanitizers' business.
 */
#include <stdlib.h>

#include "../../ntcompat/rtl/format.h"

#define MUST(condition) do { if (!(condition)) abort(); } while (0)

PVOID ExAllocatePoolWithTag(POOL_TYPE type, SIZE_T bytes, ULONG tag)
{
	return malloc(bytes ?: 1);
}

void ExFreePool(PVOID p)
{
	free(p);
}

/* UTF-8 to UTF-16 and back: what was valid comes back, in parts as in whole. */
static void utf8(const u8 *data, size_t size)
{
	ULONG need, got, room = size ? data[0] : 0, back_size;
	WCHAR *wide;
	char *back;
	NTSTATUS status;

	status = RtlUTF8ToUnicodeN(NULL, 0, &need, (const char *)data, size);
	MUST(status == STATUS_SUCCESS || status == STATUS_SOME_NOT_MAPPED);
	wide = malloc(need ?: 1);
	MUST(RtlUTF8ToUnicodeN(wide, need, &got, (const char *)data, size) == status && got == need);
	back = malloc(size * 3 + 1);
	MUST(RtlUnicodeToUTF8N(back, size * 3, &back_size, wide, got) == STATUS_SUCCESS);
	if (status == STATUS_SUCCESS)
		MUST(back_size == size && !memcmp(back, data, size));
	free(wide);
	wide = malloc(room ?: 1);
	status = RtlUTF8ToUnicodeN(wide, room, &got, (const char *)data, size);
	MUST(got <= room && (status == STATUS_BUFFER_TOO_SMALL) == (need > room));
	free(wide);
	free(back);
	/* The same bytes as UTF-16. */
	wide = malloc(size + 1);
	memcpy(wide, data, size);
	status = RtlUnicodeToUTF8N(NULL, 0, &need, wide, size & ~1);
	MUST(status == STATUS_SUCCESS || status == STATUS_SOME_NOT_MAPPED);
	MUST(need <= size / 2 * 3);
	free(wide);
}

static void strings(const u8 *data, size_t size)
{
	ULONG base = size ? data[0] % 20 : 0, value;
	USHORT bytes = size > 0xfff0 ? 0xfff0 : size;
	UNICODE_STRING text = { bytes, bytes, malloc(bytes ?: 1) }, upper, other = { 0 };
	ANSI_STRING ansi = { bytes, bytes, (PCHAR)data }, narrow;
	char *terminated = malloc(size + 1), *end;
	GUID guid;

	memcpy(text.Buffer, data, bytes);
	memcpy(terminated, data, size);
	terminated[size] = 0;
	RtlUnicodeStringToInteger(&text, base, &value);
	RtlCharToInteger(terminated, base, &value);
	nt_strtoul(terminated, &end, base);
	MUST(end >= terminated && end <= terminated + strlen(terminated));
	nt__strtoui64(terminated, NULL, base);
	nt_atol(terminated);
	MUST(RtlUpcaseUnicodeString(&upper, &text, TRUE) == STATUS_SUCCESS);
	MUST(upper.Length == (bytes & ~1));
	text.Length &= ~1;
	MUST(RtlEqualUnicodeString(&upper, &text, TRUE) && RtlPrefixUnicodeString(&upper, &text, TRUE));
	MUST(RtlUnicodeStringToAnsiString(&narrow, &text, TRUE) == STATUS_SUCCESS);
	MUST(narrow.Length == bytes / 2);
	RtlFreeAnsiString(&narrow);
	if (RtlAnsiStringToUnicodeString(&other, &ansi, TRUE) == STATUS_SUCCESS) {
		MUST(RtlUnicodeStringToAnsiString(&narrow, &other, TRUE) == STATUS_SUCCESS);
		MUST(narrow.Length == bytes && !memcmp(narrow.Buffer, data, bytes));
		RtlFreeAnsiString(&narrow);
		RtlFreeUnicodeString(&other);
	}
	if (RtlGUIDFromString(&text, &guid) == STATUS_SUCCESS) {
		MUST(RtlStringFromGUID(&guid, &other) == STATUS_SUCCESS);
		MUST(RtlEqualUnicodeString(&other, &text, TRUE));
		RtlFreeUnicodeString(&other);
	}
	RtlFreeUnicodeString(&upper);
	free(text.Buffer);
	free(terminated);
}

/* One argument for everything: as a string, of either width, and as a counted one. */
static struct {
	UNICODE_STRING string;
	char zeros[16];
} any = { { 6, 8, (PWSTR)L"fuz" } };

/* A format takes at most as many arguments as there are, none of them a huge width. */
static bool is_fair(const u8 *data, size_t size)
{
	size_t i, arguments = 0;

	for (i = 0; i < size; i++)
		arguments += (data[i] == '%') + 2 * (data[i] == '*');
	return arguments <= 18;
}

static void formats(const u8 *data, size_t size)
{
	size_t room = size ? data[0] : 0, i;
	char *format, *text;
	WCHAR *wide_format, *wide;
	void *a = &any;
	int n, m;

	if (!is_fair(data, size))
		return;
	format = malloc(size + 1);
	wide_format = malloc((size + 1) * sizeof(WCHAR));
	for (i = 0; i < size; i++)
		wide_format[i] = format[i] = data[i];
	wide_format[size] = format[size] = 0;
	text = malloc(room + 1);
	wide = malloc((room + 1) * sizeof(WCHAR));
	n = nt__snprintf(text, room, format, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a);
	m = nt__snwprintf(wide, room, wide_format, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a);
	MUST(n >= -1 && n <= (int)room && m >= -1 && m <= (int)room);
	MUST(n < 0 || n == (int)room || !text[n]);
	MUST(m < 0 || m == (int)room || !wide[m]);
	free(format);
	free(wide_format);
	free(text);
	free(wide);
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	TARGET(data, size);
	return 0;
}
