// SPDX-License-Identifier: GPL-2.0
/* The C run-time for drivers against the C library's, where both mean the same. */
#include <ctype.h>
#include <errno.h>

#include "rtl_test.h"

static int sign(int n)
{
	return (n > 0) - (n < 0);
}

static void characters(void)
{
	int c;

	wrong = 0;
	for (c = -128; c < 256; c++) {
		bool ascii = c >= 0 && c < 128;

		EXPECT(!nt_isalnum(c) == !(ascii && isalnum(c)));
		EXPECT(!nt_isalpha(c) == !(ascii && isalpha(c)));
		EXPECT(!nt_iscntrl(c) == !(ascii && iscntrl(c)));
		EXPECT(!nt_isdigit(c) == !(ascii && isdigit(c)));
		EXPECT(!nt_isgraph(c) == !(ascii && isgraph(c)));
		EXPECT(!nt_islower(c) == !(ascii && islower(c)));
		EXPECT(!nt_isprint(c) == !(ascii && isprint(c)));
		EXPECT(!nt_ispunct(c) == !(ascii && ispunct(c)));
		EXPECT(!nt_isspace(c) == !(ascii && isspace(c)));
		EXPECT(!nt_isupper(c) == !(ascii && isupper(c)));
		EXPECT(!nt_isxdigit(c) == !(ascii && isxdigit(c)));
		EXPECT(nt_toupper(c) == (ascii ? toupper(c) : c));
		EXPECT(nt_tolower(c) == (ascii ? tolower(c) : c));
	}
	EXPECT(nt_towupper('a') == 'A' && nt_towupper(0xe9) == 0xe9 && nt_towlower('A') == 'a');
	result(!wrong, "kinds of characters");
}

/* Short texts of few letters, so that many are alike; in memory of their size. */
static char *make_text(size_t limit)
{
	size_t length = below(limit), i;
	char *text = malloc(length + 1);

	for (i = 0; i < length; i++)
		text[i] = "aAb_B\xe9"[below(6)];
	text[length] = 0;
	return text;
}

static WCHAR *widen(const char *text)
{
	size_t length = strlen(text), i;
	WCHAR *wide = malloc((length + 1) * sizeof(WCHAR));

	for (i = 0; i <= length; i++)
		wide[i] = (unsigned char)text[i];
	return wide;
}

/* The same offset, or both nothing. */
static bool same_place(const WCHAR *wide, const WCHAR *in_wide, const char *text, const char *in_text)
{
	return !in_wide == !in_text && (!in_text || in_wide - wide == in_text - text);
}

static void wide_strings(void)
{
	unsigned int rounds;

	wrong = 0;
	for (rounds = 0; rounds < 50000; rounds++) {
		char *a = make_text(8), *b = make_text(4), narrow[32];
		WCHAR *wa = widen(a), *wb = widen(b), buffer[32];
		size_t count = below(8), i;

		EXPECT(nt_wcslen(wa) == strlen(a) && nt_wcsnlen(wa, count) == strnlen(a, count));
		EXPECT(sign(nt_wcscmp(wa, wb)) == sign(strcmp(a, b)));
		EXPECT(sign(nt_wcsncmp(wa, wb, count)) == sign(strncmp(a, b, count)));
		EXPECT(sign(nt__wcsicmp(wa, wb)) == sign(strcasecmp(a, b)));
		EXPECT(sign(nt__stricmp(a, b)) == sign(strcasecmp(a, b)));
		EXPECT(sign(nt__wcsnicmp(wa, wb, count)) == sign(strncasecmp(a, b, count)));
		EXPECT(sign(nt__strnicmp(a, b, count)) == sign(strncasecmp(a, b, count)));
		EXPECT(same_place(wa, nt_wcschr(wa, 'b'), a, strchr(a, 'b')));
		EXPECT(same_place(wa, nt_wcsrchr(wa, 'b'), a, strrchr(a, 'b')));
		EXPECT(nt_wcsrchr(wa, 0) == wa + strlen(a) && nt_wcschr(wa, 0) == wa + strlen(a));
		EXPECT(same_place(wa, nt_wcsstr(wa, wb), a, strstr(a, b)));
		EXPECT(nt_wcsspn(wa, wb) == strspn(a, b) && nt_wcscspn(wa, wb) == strcspn(a, b));
		memset(buffer, 0xff, sizeof(buffer));
		memset(narrow, 0xff, sizeof(narrow));
		nt_wcsncpy(buffer, wa, count);
		strncpy(narrow, a, count);
		for (i = 0; i < 32; i++)
			EXPECT((u8)buffer[i] == (u8)narrow[i]);
		nt_wcscat(nt_wcscpy(buffer, wa), wb);
		nt_wcsncat(buffer, wb, count);
		strncat(strcat(strcpy(narrow, a), b), b, count);
		for (i = 0; i <= strlen(narrow); i++)
			EXPECT(buffer[i] == (u8)narrow[i]);
		free(a);
		free(b);
		free(wa);
		free(wb);
	}
	result(!wrong, "wide strings");
}

static void letter_case(void)
{
	char narrow[] = "aB\xe9_1";
	WCHAR wide[] = L"aB\xe9_1";

	wrong = 0;
	EXPECT(!strcmp(nt__strupr(narrow), "AB\xe9_1") && !strcmp(nt__strlwr(narrow), "ab\xe9_1"));
	EXPECT(!nt_wcscmp(nt__wcsupr(wide), L"AB\xe9_1"));
	EXPECT(!nt_wcscmp(nt__wcslwr(wide), L"ab\xe9_1"));
	/* "_stricmp": the lower-case forms are compared, so '_' comes first. */
	EXPECT(nt__stricmp("_", "a") < 0 && nt__stricmp("_", "A") < 0);
	EXPECT(nt__wcsicmp(L"_", L"A") < 0);
	result(!wrong, "strings in upper and lower case, ASCII");
}

/* What a 32-bit long makes of a text that begins with a number. */
static ULONG clip_unsigned(const char *text, int base)
{
	const char *first = text + strspn(text, " \t");
	bool negative = *first == '-';
	unsigned long value;

	errno = 0;
	value = strtoul(first + (*first == '-' || *first == '+'), NULL, base);
	if (errno || value > 0xffffffff)
		return 0xffffffff;
	return negative ? 0 - (ULONG)value : (ULONG)value;
}

static void numbers(void)
{
	static const char alphabet[] = "0123456789abcfxXz+- \t";
	static const int bases[] = { 0, 2, 8, 10, 16, 36 };
	unsigned int rounds;

	wrong = 0;
	for (rounds = 0; rounds < 200000; rounds++) {
		size_t length = below(14), i;
		char *text = malloc(length + 1), *end, *end2;
		int base = bases[below(ARRAY_SIZE(bases))];
		WCHAR *wide, *wide_end;
		long value;

		for (i = 0; i < length; i++)
			text[i] = alphabet[below(below(2) ? 10 : sizeof(alphabet) - 1)];
		text[length] = 0;
		value = strtol(text, &end, base);
		value = value > 0x7fffffff ? 0x7fffffff : value < -0x80000000L ? -0x80000000L : value;
		EXPECT(nt_strtol(text, &end2, base) == value && end2 == end);
		if (end > text)
			EXPECT(nt_strtoul(text, &end2, base) == clip_unsigned(text, base) &&
			       end2 == end);
		EXPECT(nt__strtoui64(text, &end2, base) == strtoull(text, NULL, base));
		EXPECT(nt__atoi64(text) == strtoll(text, NULL, 10));
		wide = widen(text);
		EXPECT(nt_wcstol(wide, &wide_end, base) == value && wide_end - wide == end - text);
		EXPECT(nt_wcstoul(wide, &wide_end, base) == nt_strtoul(text, NULL, base));
		free(text);
		free(wide);
	}
	EXPECT(nt_strtoul("4294967296", NULL, 10) == 0xffffffff);
	EXPECT(nt_strtoul("-1", NULL, 10) == 0xffffffff);
	EXPECT(nt_strtol("-2147483649", NULL, 10) == -0x7fffffff - 1);
	EXPECT(nt_atoi("12x") == 12 && nt_atol(" -7") == -7 && nt_atoi("x") == 0);
	EXPECT(nt_strtoul("1", NULL, 1) == 0 && nt_strtoul("1", NULL, 37) == 0);
	result(!wrong, "numbers from text");
}

static void number_text(void)
{
	char text[34];
	WCHAR wide[34];

	wrong = 0;
	EXPECT(!strcmp(nt__itoa(-123, text, 10), "-123") && !strcmp(nt__itoa(0, text, 10), "0"));
	EXPECT(!strcmp(nt__itoa(-1, text, 16), "ffffffff"));
	EXPECT(!strcmp(nt__itoa(INT_MIN, text, 10), "-2147483648"));
	EXPECT(strlen(nt__itoa(-1, text, 2)) == 32 && !strcmp(nt__itoa(35, text, 36), "z"));
	EXPECT(!strcmp(nt__itoa(1, text, 1), ""));
	EXPECT(!nt_wcscmp(nt__itow(-45, wide, 10), L"-45"));
	result(!wrong, "numbers in text");
}

static void random_numbers(void)
{
	int first[100], i;
	unsigned int high = 0;

	wrong = 0;
	nt_srand(5);
	for (i = 0; i < 100; i++) {
		first[i] = nt_rand();
		EXPECT(first[i] >= 0 && first[i] <= 0x7fff);
		high += first[i] > 0x3fff;
	}
	EXPECT(high > 20 && high < 80);
	nt_srand(5);
	for (i = 0; i < 100; i++)
		EXPECT(nt_rand() == first[i]);
	result(!wrong, "rand() repeats after srand()");
}

static int call_vsprintf(char *to, const char *format, ...)
{
	va_list args;
	int n;

	va_start(args, format);
	n = nt_vsprintf(to, format, args);
	va_end(args);
	return n;
}

static int call_vsnwprintf(WCHAR *to, size_t size, const WCHAR *format, ...)
{
	va_list args;
	int n;

	va_start(args, format);
	n = nt__vsnwprintf(to, size, format, args);
	va_end(args);
	return n;
}

static void lists(void)
{
	char text[32];
	WCHAR wide[3];

	wrong = 0;
	EXPECT(call_vsprintf(text, "%I64x %S", 0x123456789aULL, L"w") == 12);
	EXPECT(!strcmp(text, "123456789a w"));
	EXPECT(call_vsnwprintf(wide, 3, L"%s", L"ab") == 2 && !nt_wcscmp(wide, L"ab"));
	EXPECT(call_vsnwprintf(wide, 3, L"%s", L"abcd") < 0);
	result(!wrong, "formats with a list of arguments");
}

void test_crt(void)
{
	characters();
	wide_strings();
	letter_case();
	numbers();
	number_text();
	random_numbers();
	lists();
}
