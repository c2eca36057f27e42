// SPDX-License-Identifier: GPL-2.0
/*
 * rtl_test - ntcompat's strings and formats on the host, under sanitizers
 *
 * Tables of cases; then formats made at random: against the C library's printf
 * as far as that knows the same rules, and, all of NT's, for memory errors
 * alone. usage: rtl_test [SECONDS [SEED]]
 */
#include <time.h>

#include "rtl_test.h"

static unsigned int count, failed;

void result(bool passed, const char *name)
{
	printf("%s %u %s\n", passed ? "ok" : "not ok", ++count, name);
	failed += !passed;
}

/* ---- Formats ---- */

unsigned int wrong;

/* The pool, which forgets nothing. */
static long blocks;
long pool_fail = -1;

PVOID ExAllocatePoolWithTag(POOL_TYPE type, SIZE_T bytes, ULONG tag)
{
	if (!pool_fail)
		return NULL;
	if (pool_fail > 0)
		pool_fail--;
	blocks++;
	return malloc(bytes ?: 1);
}

void ExFreePool(PVOID p)
{
	blocks--;
	free(p);
}

void ExFreePoolWithTag(PVOID p, ULONG tag)
{
	ExFreePool(p);
}

long pool_blocks(void)
{
	return blocks;
}

static void expect_text(const char *expected, const char *format, ...)
{
	size_t length = strlen(expected);
	char *text = malloc(length + 1);	/* exactly, for the sanitizer to see */
	va_list args;
	int n;

	va_start(args, format);
	n = nt__vsnprintf(text, length + 1, format, args);
	va_end(args);
	if (n != (int)length || strcmp(text, expected)) {
		printf("# %s: expected '%s', got '%.*s' (%d)\n", format, expected,
		       n < 0 ? 0 : n, text, n);
		wrong++;
	}
	free(text);
}

static void formats(void)
{
	UNICODE_STRING wide = { 6, 6, (PWSTR)L"abcdef" }, odd = { 5, 6, (PWSTR)L"abcdef" };
	ANSI_STRING narrow = { 2, 2, (PCHAR)"xyz" };

	wrong = 0;
	expect_text("plain", "plain");
	expect_text("%", "%%");
	expect_text("-1 4294967295", "%ld %lu", -1, -1);
	expect_text("123456789abcdef", "%I64x", 0x123456789abcdefULL);
	expect_text("89abcdef", "%I32x", 0x89abcdef);
	expect_text("123456789abcdef", "%Ix", 0x123456789abcdefULL);
	expect_text("0000000000000012", "%p", (void *)0x12);
	expect_text("255 -1 65535", "%hhu %hd %hu", 0xfff, 0xffff, 0x1ffff);
	expect_text("abc", "%wZ", &wide);
	expect_text("ab", "%wZ", &odd);
	expect_text("[   xy]", "[%5Z]", &narrow);
	expect_text("[abc  ]", "[%-5wZ]", &wide);
	expect_text("[a]", "[%.1wZ]", &wide);
	expect_text("wide narrow", "%S %s", L"wide", "narrow");
	expect_text("wide wide narrow", "%ws %ls %hs", L"wide", L"wide", "narrow");
	expect_text("(null)", "%s", (char *)NULL);
	expect_text("(null)", "%wZ", (void *)NULL);
	expect_text("A B", "%c %C", 'A', L'B');
	expect_text("[  7][7  ][007]", "[%*d][%*d][%.*d]", 3, 7, -3, 7, 3, 7);
	expect_text("7", "%.*d", -3, 7);
	expect_text("7", "%*d", INT_MIN, 7);
	/* "printf: flag directives": # prefixes any nonzero value. */
	expect_text("0 0x1 0 0X1 0 01", "%#x %#x %#X %#X %#o %#o", 0, 1, 0, 1, 0, 1);
	/* What is no conversion is put out as it stands, with the rest. */
	expect_text("%y %d", "%y %d", 1);
	expect_text("abc%", "abc%");
	expect_text("abc%-08", "abc%-08");
	expect_text("\xe9?", "%lc%lc", 0xe9, 0x4e00);
	result(!wrong, "a table of formats");
}

static void full_buffers(void)
{
	char *two = malloc(2);
	WCHAR *three = malloc(3 * sizeof(WCHAR));
	int i;

	wrong = 0;
	wrong += nt__snprintf(two, 2, "%s", "a") != 1 || memcmp(two, "a", 2);
	wrong += nt__snprintf(two, 2, "%s", "ab") != 2 || memcmp(two, "ab", 2);
	wrong += nt__snprintf(two, 2, "%s", "abc") >= 0 || memcmp(two, "ab", 2);
	wrong += nt__snprintf(two, 0, "%s", "abc") >= 0;
	wrong += nt__snprintf(NULL, 0, "%s", "") != 0;
	wrong += nt__snwprintf(three, 3, L"%d", 123) != 3 || memcmp(three, L"123", 6);
	wrong += nt__snwprintf(three, 3, L"%d", 12) != 2 || memcmp(three, L"12", 6);
	wrong += nt__snwprintf(three, 3, L"%S", "abcd") >= 0 || memcmp(three, L"abc", 6);
	for (i = 0; i < 3; i++)
		wrong += nt__snwprintf(three, i, L"%s", L"wxyz") >= 0;
	free(two);
	free(three);
	result(!wrong, "buffers that are just full");
}

static unsigned int seed = 1;

unsigned int below(unsigned int limit)
{
	seed = seed * 1664525 + 1013904223;
	return (seed >> 8) % limit;
}

static void compare_number(const char *format, bool is64)
{
	static const unsigned long long values[] = {
		0, 1, 7, 8, 9, 10, 15, 16, 255, 4095, 0x7fffffff, 0x80000000, 0xffffffff,
		0x7fffffffffffffff, 0x8000000000000000, 0xffffffffffffffff, 123456789012345,
	};
	char mine[512], other[512];
	unsigned long long value = values[below(ARRAY_SIZE(values))];
	int n, m;

	if (is64) {
		n = nt__snprintf(mine, sizeof(mine), format, value);
		m = snprintf(other, sizeof(other), format, value);
	} else {
		n = nt__snprintf(mine, sizeof(mine), format, (int)value);
		m = snprintf(other, sizeof(other), format, (int)value);
	}
	if ((n != m || strcmp(mine, other)) && wrong++ < 10)
		printf("# '%s' of 0x%llx: '%s', the C library says '%s'\n", format, value, mine,
		       other);
}

/* Flags, width and precision of numbers are the C language's own. */
static void like_the_library(unsigned int rounds)
{
	static const char flags[] = "-+ #0", conversions[] = "diuxXo";
	char format[64];
	unsigned int i;

	wrong = 0;
	while (rounds--) {
		char *at = format;
		bool is64 = below(2);

		*at++ = '%';
		for (i = below(4); i; i--)
			*at++ = flags[below(sizeof(flags) - 1)];
		if (below(2))
			at += sprintf(at, "%u", below(30) + 1);
		if (below(2))
			at += below(4) ? sprintf(at, ".%u", below(30)) : sprintf(at, ".");
		if (is64)
			at += sprintf(at, "ll");
		*at++ = conversions[below(sizeof(conversions) - 1)];
		*at = 0;
		compare_number(format, is64);
	}
	result(!wrong, "numbers look as the C library has them");
}

/*
 * One argument for everything: as a string, of either width, it is short and
 * terminated, and as a counted one it points to six bytes.
 */
static struct {
	UNICODE_STRING string;
	char zeros[16];
} any;

static void fuzz_one(const char *format, const WCHAR *wide_format, size_t room)
{
	char *text = malloc(room + 1);
	WCHAR *wide = malloc((room + 1) * sizeof(WCHAR));
	void *a = &any;
	int n, m;

	n = nt__snprintf(text, room, format, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a);
	m = nt__snwprintf(wide, room, wide_format, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a);
	if (n > (int)room || m > (int)room || (n < 0 && n != -1) || (m < 0 && m != -1))
		wrong++;
	if (n >= 0 && n < (int)room && text[n])
		wrong++;
	if (m >= 0 && m < (int)room && wide[m])
		wrong++;
	free(text);
	free(wide);
}

static void fuzz(double seconds)
{
	static const char alphabet[] = "%%%%%%0123456789.-+ #hlwIz64diouxXpsScCZab\x7f\x80\xff";
	clock_t end = clock() + (clock_t)(seconds * CLOCKS_PER_SEC);
	unsigned long rounds = 0;

	any.string = (UNICODE_STRING){ 6, 8, (PWSTR)L"fuz" };
	wrong = 0;
	do {
		size_t length = below(40), i, digits = 0, at = 0;
		char *format = malloc(length + 1);
		WCHAR *wide = malloc((length + 1) * sizeof(WCHAR));
		unsigned int conversions = 0;

		for (i = 0; i < length; i++) {
			char c = alphabet[below(sizeof(alphabet) - 1)];

			/* At most as many as there are arguments; no million blanks. */
			if (c == '%' && ++conversions > 16)
				continue;
			digits = c >= '0' && c <= '9' ? digits + 1 : 0;
			if (digits > 3)
				continue;
			format[at] = c;
			wide[at++] = (unsigned char)c;
		}
		format[at] = 0;
		wide[at] = 0;
		fuzz_one(format, wide, below(100));
		free(format);
		free(wide);
		rounds++;
	} while (clock() < end);
	printf("# %lu formats\n", rounds);
	result(!wrong, "formats made at random");
}

/* ---- Strings ---- */

/* In memory of its exact size. */
UNICODE_STRING make(const WCHAR *text, USHORT bytes, USHORT room)
{
	UNICODE_STRING string = { bytes, room, malloc(room ? room : 1) };

	memcpy(string.Buffer, text, bytes);
	return string;
}

static void strings(void)
{
	UNICODE_STRING a = make(L"abc", 6, 6), b = make(L"ABC", 6, 6), odd = make(L"abc", 5, 6);
	UNICODE_STRING room = make(L"", 0, 7), none = { 0, 0, NULL };

	wrong = 0;
	wrong += RtlCompareUnicodeString(&a, &b, TRUE) != 0;
	wrong += RtlCompareUnicodeString(&a, &b, FALSE) <= 0;
	wrong += !RtlEqualUnicodeString(&none, &none, FALSE);
	wrong += RtlEqualUnicodeString(&a, &none, FALSE);
	/* An odd length counts its whole units only, and reads no half one. */
	wrong += RtlCompareUnicodeString(&odd, &a, FALSE) >= 0;
	RtlCopyUnicodeString(&room, &a);
	wrong += room.Length != 6 || memcmp(room.Buffer, a.Buffer, 6);
	RtlCopyUnicodeString(&room, &none);
	wrong += room.Length != 0;
	wrong += RtlAppendUnicodeStringToString(&room, &a) != STATUS_SUCCESS;
	wrong += RtlAppendUnicodeToString(&room, L"x") != STATUS_BUFFER_TOO_SMALL;
	wrong += room.Length != 6;
	RtlCopyUnicodeString(&none, &a);
	wrong += none.Length != 0;
	wrong += RtlAppendUnicodeStringToString(&none, &none) != STATUS_SUCCESS;
	/* A target of an odd size. */
	room.MaximumLength = 5;
	RtlCopyUnicodeString(&room, &a);
	wrong += room.Length > 5;
	free(a.Buffer);
	free(b.Buffer);
	free(odd.Buffer);
	free(room.Buffer);
	result(!wrong, "strings at their edges");
}

static void integers(void)
{
	static const ULONG bases[] = { 0, 2, 8, 10, 16 };
	char expected[40];
	WCHAR *buffer;
	ULONG value, base;
	unsigned int i, j;

	wrong = 0;
	for (i = 0; i < 2000; i++) {
		UNICODE_STRING string;
		size_t length = 0;

		value = i < 1000 ? i : below(0x1000000) * 257;
		base = bases[i % ARRAY_SIZE(bases)];
		for (j = 32; j; j--) {
			ULONG shift = base == 2 ? (value >> (j - 1)) & 1 : 0;

			if (base == 2 && (shift || length || j == 1))
				expected[length++] = '0' + shift;
		}
		expected[length] = 0;
		if (base != 2)
			length = sprintf(expected, base == 16 ? "%X" : base == 8 ? "%o" : "%u",
					 value);
		buffer = malloc(length * sizeof(WCHAR));
		string = (UNICODE_STRING){ 0, length * sizeof(WCHAR), buffer };
		wrong += RtlIntegerToUnicodeString(value, base, &string) != STATUS_SUCCESS;
		wrong += string.Length != length * sizeof(WCHAR);
		for (j = 0; j < length; j++)
			wrong += buffer[j] != expected[j];
		string.MaximumLength--;
		wrong += RtlIntegerToUnicodeString(value, base, &string) != STATUS_BUFFER_OVERFLOW;
		free(buffer);
	}
	result(!wrong, "integers in all bases");
}

/* Upper case: once is enough, and only ever to another letter. */
static void upcase(void)
{
	unsigned int c;

	wrong = 0;
	for (c = 0; c < 0x10000; c++) {
		WCHAR up = RtlUpcaseUnicodeChar(c);

		wrong += RtlUpcaseUnicodeChar(up) != up;
		wrong += c < 0x80 && up != (c >= 'a' && c <= 'z' ? c - 32 : c);
	}
	result(!wrong, "upper case is upper case");
}

static void memory(void)
{
	unsigned char *a = calloc(1, 33), *b = calloc(1, 33);
	size_t i;

	wrong = 0;
	for (i = 0; i < 33; i++) {
		b[i] = 1;
		wrong += RtlCompareMemory(a, b, 33) != i;
		wrong += RtlCompareMemory(a, b, i) != i;
		b[i] = 0;
	}
	wrong += RtlCompareMemory(a, b, 33) != 33;
	free(a);
	free(b);
	result(!wrong, "memory is compared to its end");
}

int main(int argc, char **argv)
{
	double seconds = argc > 1 ? atof(argv[1]) : 3;

	seed = argc > 2 ? strtoul(argv[2], NULL, 0) : 1;
	setvbuf(stdout, NULL, _IOLBF, 0);
	printf("TAP version 13\n");
	formats();
	full_buffers();
	like_the_library(200000);
	strings();
	integers();
	upcase();
	memory();
	test_strings();
	test_crt();
	test_time();
	test_bitmap();
	test_tables();
	test_safe();
	fuzz(seconds);
	printf("1..%u\n", count);
	return failed ? 1 : 0;
}
