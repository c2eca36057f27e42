// SPDX-License-Identifier: GPL-2.0
/* Counted strings and their conversions: tables, and the C library as the oracle. */
#include <locale.h>
#include <wctype.h>

#include "rtl_test.h"

static bool holds(const UNICODE_STRING *string, const char *text)
{
	size_t i, length = strlen(text);

	if (string->Length != length * sizeof(WCHAR))
		return false;
	for (i = 0; i < length; i++)
		if (string->Buffer[i] != (unsigned char)text[i])
			return false;
	return true;
}

static ANSI_STRING make_ansi(const char *text, USHORT bytes, USHORT room)
{
	ANSI_STRING string = { bytes, room, malloc(room ? room : 1) };

	memcpy(string.Buffer, text, bytes);
	return string;
}

/*
 * Letters whose upper case has another lower case: NT's table has none of them, but
 * for the final sigma. (exFAT file system specification, recommended up-case table.)
 */
static bool one_way(unsigned int c)
{
	return c != 0x3c2 && towlower(towupper(c)) != c;
}

static void cases(void)
{
	unsigned int c, letters = 0;

	wrong = 0;
	EXPECT(setlocale(LC_CTYPE, "C.UTF-8"));
	for (c = 0; c < 0x10000; c++) {
		unsigned int up = towupper(c), mine = RtlUpcaseUnicodeChar(c);

		if (up > 0xffff || one_way(c))
			up = c;
		letters += up != c;
		/* The two may know of different versions of Unicode. */
		if (up != mine && up != c && mine != c && wrong++ < 10)
			printf("# upper case of %04x: %04x, the C library says %04x\n", c, mine, up);
		if (c < 0x530)
			EXPECT(up == mine);
		if (mine != c && c != 0x3c2)
			EXPECT(RtlDowncaseUnicodeChar(mine) == c);
		EXPECT(RtlUpcaseUnicodeChar(mine) == mine);
		EXPECT(RtlDowncaseUnicodeChar(RtlDowncaseUnicodeChar(c)) ==
		       RtlDowncaseUnicodeChar(c));
	}
	EXPECT(letters > 900);
	/* Of the published table. */
	EXPECT(RtlUpcaseUnicodeChar(0x00b5) == 0x00b5);
	EXPECT(RtlUpcaseUnicodeChar(0x0131) == 0x0131);
	EXPECT(RtlUpcaseUnicodeChar(0x017f) == 0x017f);
	EXPECT(RtlUpcaseUnicodeChar(0x01c5) == 0x01c5);
	EXPECT(RtlUpcaseUnicodeChar(0x01c6) == 0x01c4);
	EXPECT(RtlUpcaseUnicodeChar(0x03c2) == 0x03a3);
	EXPECT(RtlUpcaseUnicodeChar(0x1f00) == 0x1f08);
	EXPECT(RtlUpcaseUnicodeChar(0xff41) == 0xff21);
	EXPECT(RtlDowncaseUnicodeChar(0x03a3) == 0x03c3);
	result(!wrong, "upper and lower case are Unicode's");
}

static void case_strings(void)
{
	UNICODE_STRING from = make(L"a\xe9z", 6, 6), to = make(L"", 0, 5), odd = make(L"ab", 3, 4);
	UNICODE_STRING made = { 0 };

	wrong = 0;
	EXPECT(RtlUpcaseUnicodeString(&to, &from, FALSE) == STATUS_BUFFER_OVERFLOW);
	EXPECT(RtlUpcaseUnicodeString(&made, &from, TRUE) == STATUS_SUCCESS);
	EXPECT(holds(&made, "A\xc9Z") && made.MaximumLength == 6);
	EXPECT(RtlDowncaseUnicodeString(&made, &made, FALSE) == STATUS_SUCCESS);
	EXPECT(holds(&made, "a\xe9z"));
	RtlFreeUnicodeString(&made);
	EXPECT(!made.Buffer && !made.Length);
	RtlFreeUnicodeString(&made);
	EXPECT(RtlUpcaseUnicodeString(&to, &odd, FALSE) == STATUS_SUCCESS && holds(&to, "A"));
	pool_fail = 0;
	EXPECT(RtlUpcaseUnicodeString(&made, &from, TRUE) == STATUS_NO_MEMORY && !made.Buffer);
	pool_fail = -1;
	free(from.Buffer);
	free(to.Buffer);
	free(odd.Buffer);
	EXPECT(!pool_blocks());
	result(!wrong, "strings in upper and lower case");
}

static void prefixes(void)
{
	UNICODE_STRING ab = make(L"Ab", 4, 4), abc = make(L"aBc", 6, 6), none = { 0 };
	ANSI_STRING narrow = make_ansi("Ab", 2, 2), longer = make_ansi("aB\xe9", 3, 3);
	ANSI_STRING upper = make_ansi("AB\xc9", 3, 3), room = make_ansi("", 0, 3);
	ULONG a, b;

	wrong = 0;
	EXPECT(RtlPrefixUnicodeString(&ab, &abc, TRUE));
	EXPECT(!RtlPrefixUnicodeString(&ab, &abc, FALSE));
	EXPECT(!RtlPrefixUnicodeString(&abc, &ab, TRUE));
	EXPECT(RtlPrefixUnicodeString(&none, &ab, FALSE));
	EXPECT(RtlCompareUnicodeStrings(L"abcd", 3, L"ABCE", 3, TRUE) == 0);
	EXPECT(RtlCompareUnicodeStrings(L"abcd", 4, L"ABCE", 4, TRUE) < 0);
	EXPECT(RtlPrefixString(&narrow, &longer, TRUE) && !RtlPrefixString(&narrow, &longer, FALSE));
	EXPECT(RtlEqualString(&upper, &longer, TRUE) && !RtlEqualString(&upper, &longer, FALSE));
	EXPECT(RtlCompareString(&narrow, &longer, TRUE) < 0);
	RtlUpperString(&room, &longer);
	EXPECT(RtlEqualString(&room, &upper, FALSE));
	RtlCopyString(&room, NULL);
	EXPECT(!room.Length);
	EXPECT(RtlAppendStringToString(&room, &narrow) == STATUS_SUCCESS);
	EXPECT(RtlAppendAsciizToString(&room, "xy") == STATUS_BUFFER_TOO_SMALL && room.Length == 2);
	EXPECT(RtlAppendAsciizToString(&room, "x") == STATUS_SUCCESS && room.Length == 3);
	EXPECT(RtlAppendAsciizToString(&room, NULL) == STATUS_SUCCESS);
	RtlCopyString(&narrow, &longer);
	EXPECT(narrow.Length == 2 && !memcmp(narrow.Buffer, "aB", 2));

	EXPECT(RtlHashUnicodeString(&ab, FALSE, HASH_STRING_ALGORITHM_X65599, &a) ==
	       STATUS_SUCCESS && a == 'A' * 65599u + 'b');
	ab.Buffer[0] = 'a';
	EXPECT(RtlHashUnicodeString(&ab, TRUE, HASH_STRING_ALGORITHM_DEFAULT, &b) ==
	       STATUS_SUCCESS && b == 'A' * 65599u + 'B');
	EXPECT(RtlHashUnicodeString(&ab, TRUE, 2, &b) == STATUS_INVALID_PARAMETER);
	EXPECT(RtlHashUnicodeString(NULL, TRUE, 0, &b) == STATUS_INVALID_PARAMETER);
	free(ab.Buffer);
	free(abc.Buffer);
	free(narrow.Buffer);
	free(longer.Buffer);
	free(upper.Buffer);
	free(room.Buffer);
	result(!wrong, "prefixes, narrow strings, hashes");
}

static void copies(void)
{
	WCHAR *text = malloc(40000 * sizeof(WCHAR));
	UNICODE_STRING string, copy, none = { 0 }, odd = { 3, 4, text };
	size_t i;

	wrong = 0;
	for (i = 0; i < 39999; i++)
		text[i] = 'x';
	text[i] = 0;
	EXPECT(RtlInitUnicodeStringEx(&string, text) == STATUS_NAME_TOO_LONG && !string.Buffer);
	EXPECT(!RtlCreateUnicodeString(&string, text));
	text[32766] = 0;
	EXPECT(RtlInitUnicodeStringEx(&string, text) == STATUS_SUCCESS && string.Length == 65532);
	EXPECT(RtlCreateUnicodeString(&copy, text) && copy.MaximumLength == 65534);
	RtlFreeUnicodeString(&copy);
	string.Length = string.MaximumLength = 65534;
	EXPECT(RtlDuplicateUnicodeString(1, &string, &copy) == STATUS_NAME_TOO_LONG);
	EXPECT(RtlDuplicateUnicodeString(0, &string, &copy) == STATUS_SUCCESS);
	RtlFreeUnicodeString(&copy);
	EXPECT(RtlDuplicateUnicodeString(3, &none, &copy) == STATUS_SUCCESS && copy.Buffer);
	EXPECT(copy.MaximumLength == 2 && !copy.Buffer[0]);
	RtlFreeUnicodeString(&copy);
	EXPECT(RtlDuplicateUnicodeString(1, &none, &copy) == STATUS_SUCCESS && !copy.Buffer);
	EXPECT(RtlDuplicateUnicodeString(2, &none, &copy) == STATUS_INVALID_PARAMETER);
	EXPECT(RtlDuplicateUnicodeString(0, &odd, &copy) == STATUS_INVALID_PARAMETER);
	pool_fail = 0;
	EXPECT(!RtlCreateUnicodeString(&copy, L"a"));
	pool_fail = -1;
	EXPECT(!pool_blocks());
	free(text);
	result(!wrong, "copies in the pool");
}

/* Each byte is a character and comes back. */
static void ansi(void)
{
	char bytes[256], back[256];
	WCHAR units[256], few[] = { 'a', 0x20ac, 0x4e00, 0xd800 };
	ANSI_STRING from = { 256, 256, bytes }, small = make_ansi("", 0, 4), made = { 0 };
	UNICODE_STRING to = make(L"", 0, 513), wide = { sizeof(few), sizeof(few), few };
	UNICODE_STRING made_wide = { 0 }, odd = { 3, 4, few };
	UCHAR *at = (UCHAR *)bytes;
	ULONG n;
	int i;

	wrong = 0;
	for (i = 0; i < 256; i++)
		bytes[i] = i;
	EXPECT(RtlMultiByteToUnicodeN(units, 512, &n, bytes, 256) == STATUS_SUCCESS && n == 512);
	EXPECT(units[0x80] == 0x20ac && units[0x81] == 0x81 && units[0xe9] == 0xe9);
	EXPECT(RtlUnicodeToMultiByteN(back, 256, &n, units, 512) == STATUS_SUCCESS && n == 256);
	EXPECT(!memcmp(bytes, back, 256));
	EXPECT(RtlUnicodeToMultiByteN(back, 3, &n, units, 512) == STATUS_SUCCESS && n == 3);
	EXPECT(RtlMultiByteToUnicodeN(units, 7, &n, bytes, 256) == STATUS_SUCCESS && n == 6);
	EXPECT(RtlMultiByteToUnicodeSize(&n, bytes, 5) == STATUS_SUCCESS && n == 10);
	EXPECT(RtlUnicodeToMultiByteSize(&n, units, 10) == STATUS_SUCCESS && n == 5);
	EXPECT(RtlUpcaseUnicodeToMultiByteN(back, 2, &n, L"a\xe9", 4) == STATUS_SUCCESS);
	EXPECT(!memcmp(back, "A\xc9", 2));
	EXPECT(RtlAnsiCharToUnicodeChar(&at) == 0 && at == (UCHAR *)bytes + 1);
	/* U+0178 is in the code page, the upper case of the micro sign would not be. */
	EXPECT(RtlUpperChar('\xff') == '\x9f' && RtlUpperChar('\xb5') == '\xb5');

	EXPECT(RtlxAnsiStringToUnicodeSize(&from) == 514);
	EXPECT(RtlAnsiStringToUnicodeString(&to, &from, FALSE) == STATUS_BUFFER_OVERFLOW);
	EXPECT(to.Length == 0);
	EXPECT(RtlAnsiStringToUnicodeString(&made_wide, &from, TRUE) == STATUS_SUCCESS);
	EXPECT(made_wide.Length == 512 && made_wide.MaximumLength == 514 &&
	       !made_wide.Buffer[256]);
	RtlFreeUnicodeString(&made_wide);
	from.Length = 65535;
	EXPECT(RtlAnsiStringToUnicodeString(&made_wide, &from, TRUE) ==
	       STATUS_INVALID_PARAMETER_2);

	EXPECT(RtlxUnicodeStringToAnsiSize(&wide) == 5);
	EXPECT(RtlUnicodeStringToAnsiString(&small, &wide, FALSE) == STATUS_BUFFER_OVERFLOW);
	EXPECT(RtlUnicodeStringToAnsiString(&made, &wide, TRUE) == STATUS_SUCCESS);
	EXPECT(made.Length == 4 && !memcmp(made.Buffer, "a\x80??", 5));
	RtlFreeAnsiString(&made);
	EXPECT(RtlUnicodeStringToAnsiString(&small, &odd, FALSE) == STATUS_SUCCESS);
	EXPECT(small.Length == 1 && !memcmp(small.Buffer, "a", 2));
	EXPECT(RtlUpcaseUnicodeStringToAnsiString(&made, &wide, TRUE) == STATUS_SUCCESS);
	EXPECT(made.Buffer[0] == 'A');
	RtlFreeAnsiString(&made);
	pool_fail = 0;
	EXPECT(RtlUnicodeStringToAnsiString(&made, &wide, TRUE) == STATUS_NO_MEMORY);
	EXPECT(RtlAnsiStringToUnicodeString(&made_wide, &small, TRUE) == STATUS_NO_MEMORY);
	pool_fail = -1;
	EXPECT(!pool_blocks());
	free(small.Buffer);
	free(to.Buffer);
	result(!wrong, "the ANSI code page");
}

static void expect_utf8(const char *bytes, ULONG count, NTSTATUS status, const WCHAR *units,
			ULONG unit_count)
{
	char *copy = malloc(count ? count : 1);
	WCHAR *got = malloc(unit_count * sizeof(WCHAR) + 1);
	ULONG n, all;

	memcpy(copy, bytes, count);
	EXPECT(RtlUTF8ToUnicodeN(NULL, 0, &all, copy, count) == status);
	EXPECT(all == unit_count * sizeof(WCHAR));
	EXPECT(RtlUTF8ToUnicodeN(got, all, &n, copy, count) == status && n == all);
	EXPECT(!memcmp(got, units, n));
	if (all) {
		EXPECT(RtlUTF8ToUnicodeN(got, all - 1, &n, copy, count) ==
		       STATUS_BUFFER_TOO_SMALL && n < all);
	}
	free(copy);
	free(got);
}

static void utf8_table(void)
{
	WCHAR lone[] = { 'a', 0xd800, 'b', 0xdc00 };
	char text[16];
	ULONG n;

	wrong = 0;
	expect_utf8("", 0, STATUS_SUCCESS, L"", 0);
	expect_utf8("a\0b", 3, STATUS_SUCCESS, L"a\0b", 3);
	expect_utf8("\xc3\xa9\xe4\xb8\x80", 5, STATUS_SUCCESS, L"\xe9\x4e00", 2);
	expect_utf8("\xf0\x9f\x98\x80", 4, STATUS_SUCCESS, L"\xd83d\xde00", 2);
	expect_utf8("\xf4\x8f\xbf\xbf", 4, STATUS_SUCCESS, L"\xdbff\xdfff", 2);
	expect_utf8("\x80", 1, STATUS_SOME_NOT_MAPPED, L"\xfffd", 1);
	expect_utf8("\xc0\x80", 2, STATUS_SOME_NOT_MAPPED, L"\xfffd\xfffd", 2);
	expect_utf8("\xed\xa0\x80", 3, STATUS_SOME_NOT_MAPPED, L"\xfffd\xfffd\xfffd", 3);
	expect_utf8("\xf4\x90\x80\x80", 4, STATUS_SOME_NOT_MAPPED, L"\xfffd\xfffd\xfffd\xfffd", 4);
	expect_utf8("\xe4\xb8", 2, STATUS_SOME_NOT_MAPPED, L"\xfffd", 1);
	expect_utf8("\xf0\x9f\x98\x61", 4, STATUS_SOME_NOT_MAPPED, L"\xfffd\x61", 2);
	EXPECT(RtlUTF8ToUnicodeN(NULL, 0, NULL, "a", 1) == STATUS_INVALID_PARAMETER);
	EXPECT(RtlUTF8ToUnicodeN(NULL, 0, &n, NULL, 1) == STATUS_INVALID_PARAMETER_4);

	EXPECT(RtlUnicodeToUTF8N(text, 16, &n, lone, 8) == STATUS_SOME_NOT_MAPPED && n == 8);
	EXPECT(!memcmp(text, "a\xef\xbf\xbd\x62\xef\xbf\xbd", 8));
	EXPECT(RtlUnicodeToUTF8N(text, 3, &n, lone, 8) == STATUS_BUFFER_TOO_SMALL && n == 1);
	EXPECT(RtlUnicodeToUTF8N(NULL, 0, NULL, lone, 8) == STATUS_INVALID_PARAMETER);
	EXPECT(RtlUnicodeToUTF8N(text, 3, &n, NULL, 8) == STATUS_INVALID_PARAMETER_4);
	EXPECT(RtlUnicodeToUTF8N(text, 3, &n, lone, 7) == STATUS_INVALID_PARAMETER_5);
	result(!wrong, "UTF-8, good and bad");
}

/* Every character goes there and back. */
static void utf8_all(void)
{
	ULONG code, n, m;

	wrong = 0;
	for (code = 0; code < 0x110000; code++) {
		WCHAR units[2] = { code }, back[2];
		ULONG bytes = 2;
		char text[4];

		if (code >= 0xd800 && code < 0xe000)
			continue;
		if (code >= 0x10000) {
			units[0] = 0xd7c0 + (code >> 10);
			units[1] = 0xdc00 + (code & 0x3ff);
			bytes = 4;
		}
		EXPECT(RtlUnicodeToUTF8N(text, 4, &n, units, bytes) == STATUS_SUCCESS);
		EXPECT(n == (code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4));
		EXPECT(RtlUTF8ToUnicodeN(back, 4, &m, text, n) == STATUS_SUCCESS && m == bytes);
		EXPECT(!memcmp(units, back, bytes));
	}
	result(!wrong, "UTF-8 and back, all characters");
}

static void expect_integer(const char *text, ULONG base, NTSTATUS status, ULONG value)
{
	size_t length = strlen(text), i;
	WCHAR *wide = malloc(length * sizeof(WCHAR) + 1);
	UNICODE_STRING string = { length * sizeof(WCHAR), length * sizeof(WCHAR), wide };
	ULONG got = value;

	for (i = 0; i < length; i++)
		wide[i] = text[i];
	EXPECT(RtlUnicodeStringToInteger(&string, base, &got) == status);
	if (got != value && wrong++ < 20)
		printf("# '%s' in base %u: %u\n", text, base, got);
	if (length)
		EXPECT(RtlCharToInteger(text, base, &got) == status && got == value);
	free(wide);
}

/* The first nine are the examples of "RtlUnicodeStringToInteger". */
static void from_text(void)
{
	WCHAR buffer[65];
	UNICODE_STRING string = { 0, 128, buffer };

	wrong = 0;
	expect_integer("123", 10, STATUS_SUCCESS, 123);
	expect_integer("  -345", 10, STATUS_SUCCESS, -345);
	expect_integer("xyz", 10, STATUS_SUCCESS, 0);
	expect_integer("   +678abc", 10, STATUS_SUCCESS, 678);
	expect_integer("   +678abc", 16, STATUS_SUCCESS, 6785724);
	expect_integer("007", 10, STATUS_SUCCESS, 7);
	expect_integer("789", 8, STATUS_SUCCESS, 7);
	expect_integer("FGH", 16, STATUS_SUCCESS, 15);
	expect_integer("      ", 10, STATUS_SUCCESS, 0);
	expect_integer("", 10, STATUS_INVALID_PARAMETER, 99);
	expect_integer("0x1f", 0, STATUS_SUCCESS, 31);
	expect_integer("-0x1", 0, STATUS_SUCCESS, -1);
	expect_integer("0o17", 0, STATUS_SUCCESS, 15);
	expect_integer("0b101", 0, STATUS_SUCCESS, 5);
	expect_integer("017", 0, STATUS_SUCCESS, 17);
	expect_integer("0x10", 16, STATUS_SUCCESS, 0);
	expect_integer("1", 3, STATUS_INVALID_PARAMETER, 99);
	expect_integer("4294967295", 0, STATUS_SUCCESS, 0xffffffff);
	EXPECT(RtlInt64ToUnicodeString(~0ULL, 2, &string) == STATUS_SUCCESS && string.Length == 128);
	EXPECT(RtlInt64ToUnicodeString(~0ULL, 10, &string) == STATUS_SUCCESS &&
	       holds(&string, "18446744073709551615") && !buffer[20]);
	string.MaximumLength = 38;
	EXPECT(RtlInt64ToUnicodeString(~0ULL, 10, &string) == STATUS_BUFFER_OVERFLOW);
	EXPECT(RtlInt64ToUnicodeString(1, 7, &string) == STATUS_INVALID_PARAMETER);
	result(!wrong, "integers from text");
}

static void guids(void)
{
	static const char text[] = "{00112233-4455-6677-8899-aabbccddeeff}";
	static const GUID guid = { 0x00112233, 0x4455, 0x6677,
				   { 0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff } };
	UNICODE_STRING string;
	GUID back;
	int i;

	wrong = 0;
	EXPECT(RtlStringFromGUID(&guid, &string) == STATUS_SUCCESS && holds(&string, text));
	EXPECT(string.MaximumLength == 78 && !string.Buffer[38]);
	EXPECT(RtlGUIDFromString(&string, &back) == STATUS_SUCCESS);
	EXPECT(!memcmp(&guid, &back, sizeof(guid)));
	string.Buffer[25] = 'A';
	EXPECT(RtlGUIDFromString(&string, &back) == STATUS_SUCCESS);
	/* Any character spoilt, or one lacking. */
	for (i = 0; i < 38; i++) {
		WCHAR was = string.Buffer[i];

		string.Buffer[i] = i % 2 ? 'g' : 0x130;
		EXPECT(RtlGUIDFromString(&string, &back) == STATUS_INVALID_PARAMETER);
		string.Buffer[i] = was;
		string.Length = i * sizeof(WCHAR) + i % 2;
		EXPECT(RtlGUIDFromString(&string, &back) == STATUS_INVALID_PARAMETER);
		string.Length = 76;
	}
	RtlFreeUnicodeString(&string);
	pool_fail = 0;
	EXPECT(RtlStringFromGUID(&guid, &string) == STATUS_NO_MEMORY);
	pool_fail = -1;
	EXPECT(!pool_blocks());
	result(!wrong, "GUIDs in text");
}

static void patterns(void)
{
	ULONG words[4] = { 7, 7, 7, 8 };
	ULONGLONG longs[2];

	wrong = 0;
	EXPECT(RtlCompareMemoryUlong(words, 16, 7) == 12);
	EXPECT(RtlCompareMemoryUlong(words, 11, 7) == 8);
	EXPECT(RtlCompareMemoryUlong((char *)words + 1, 8, 7) == 0);
	RtlFillMemoryUlong(words, 16, 9);
	EXPECT(RtlCompareMemoryUlong(words, 16, 9) == 16);
	RtlFillMemoryUlonglong(longs, 16, 0x123456789abcdef0ULL);
	EXPECT(longs[0] == 0x123456789abcdef0ULL && longs[1] == longs[0]);
	result(!wrong, "patterns in memory");
}

void test_strings(void)
{
	cases();
	case_strings();
	prefixes();
	copies();
	ansi();
	utf8_table();
	utf8_all();
	from_text();
	guids();
	patterns();
}
