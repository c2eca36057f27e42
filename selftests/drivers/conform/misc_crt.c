// SPDX-License-Identifier: GPL-2.0
/* The C run-time's routines that few drivers call. Rules: the C library's, locale "C". */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <ctype.h>
#include "conform.h"

#ifdef __MINGW32__
int __cdecl vsprintf(char *To, const char *Format, va_list Arguments);
#endif

static int __cdecl CompareLongs(const void *A, const void *B)
{
	LONG Left = *(const LONG *)A, Right = *(const LONG *)B;

	return Left < Right ? -1 : Left > Right;
}

VOID MiscCharacters(PCONFORM_TEST_CONTEXT T)
{
	CHECK(isdigit('7') && !isdigit('a'));
	CHECK(islower('a') && !islower('A'));
	CHECK(isprint(' ') && !isprint('\n'));
	CHECK(isspace('\t') && !isspace('x'));
	CHECK(isupper('A') && !isupper('a'));
	CHECK(isxdigit('F') && !isxdigit('g'));
	CHECK_EQ('a', tolower('A'));
	CHECK_EQ('1', tolower('1'));
	CHECK_EQ('A', towupper('a'));
	CHECK_EQ('a', towlower('A'));
#ifndef __MINGW32__
	CHECK(isalnum('7') && !isalnum('_'));
	CHECK(isalpha('z') && !isalpha('7'));
	CHECK(iscntrl(0x7f) && !iscntrl(' '));
	CHECK(isgraph('!') && !isgraph(' '));
	CHECK(ispunct('!') && !ispunct('a'));
#endif
}

VOID MiscConversions(PCONFORM_TEST_CONTEXT T)
{
	CHAR Text[40];
	WCHAR Wide[40];

	CHECK(!strcmp(_itoa(-255, Text, 10), "-255"));
	CHECK(!strcmp(_itoa(255, Text, 16), "ff"));
	CHECK(!wcscmp(_itow(-255, Wide, 10), L"-255"));
	CHECK_EQ(-12, atol(" -12x"));
	CHECK_EQ(0xff, wcstoul(L"0xff", NULL, 0));
#ifndef __MINGW32__
	CHECK_EQ(0x123456789LL, _atoi64("4886718345"));
	CHECK_EQ(-8, strtol("-010", NULL, 0));
	CHECK_EQ(0xfffffffe, strtoul("-2", NULL, 0));
	CHECK_EQ(-5, wcstol(L"-5", NULL, 0));
	CHECK_EQ(0x123456789, _strtoui64("123456789", NULL, 16));
	CHECK_EQ(5, swprintf(Wide, L"%d-%s", 42, L"ab"));
	CHECK(!wcscmp(Wide, L"42-ab"));
#endif
}

VOID MiscNarrow(PCONFORM_TEST_CONTEXT T)
{
	CHAR Text[8] = "aBc";

	CHECK(!strcmp(_strlwr(Text), "abc"));
	CHECK(!strcmp(_strupr(Text), "ABC"));
	CHECK_EQ(0, _strnicmp("abX", "ABy", 2));
	CHECK(_strnicmp("abX", "ABy", 3) < 0);
}

VOID MiscWide(PCONFORM_TEST_CONTEXT T)
{
	WCHAR Text[16];

	CHECK(wcscpy(Text, L"ab") == Text);
	wcscat(Text, L"cd");
	wcsncat(Text, L"efgh", 2);
	CHECK(!wcscmp(Text, L"abcdef"));
	CHECK(wcschr(Text, 'c') == Text + 2);
	CHECK(wcschr(Text, 'x') == NULL);
	CHECK(wcsrchr(L"aba", 'a')[1] == 0);
	CHECK_EQ(3, wcsspn(L"aab", L"ab"));
	CHECK_EQ(2, wcscspn(L"xyab", L"ab"));
	CHECK_EQ(4, wcsnlen(Text, 4));
	CHECK(!wcscmp(_wcsupr(Text), L"ABCDEF"));
	CHECK(!wcscmp(_wcslwr(Text), L"abcdef"));
	CHECK_EQ(0, _wcsnicmp(L"ABx", L"aby", 2));
}

static int __cdecl PrintNarrow(CHAR *To, const CHAR *Format, ...)
{
	va_list Arguments;
	int Count;

	va_start(Arguments, Format);
	Count = vsprintf(To, Format, Arguments);
	va_end(Arguments);
	return Count;
}

#ifndef __MINGW32__
static int __cdecl PrintWide(WCHAR *To, const WCHAR *Format, ...)
{
	va_list Arguments;
	int Count;

	va_start(Arguments, Format);
	Count = vswprintf(To, Format, Arguments);
	va_end(Arguments);
	return Count;
}
#endif

VOID MiscSortAndPrint(PCONFORM_TEST_CONTEXT T)
{
	LONG Numbers[] = { 5, -1, 9, 3 }, Key = 9, Missing = 4;
	int First, Second;
	CHAR Text[16];
	PLONG Found;

	qsort(Numbers, 4, sizeof(Numbers[0]), CompareLongs);
	CHECK(Numbers[0] == -1 && Numbers[3] == 9);
	Found = bsearch(&Key, Numbers, 4, sizeof(Numbers[0]), CompareLongs);
	CHECK(Found == Numbers + 3);
	CHECK(bsearch(&Missing, Numbers, 4, sizeof(Numbers[0]), CompareLongs) == NULL);
	/* The same seed, the same numbers. */
	srand(7);
	First = rand();
	srand(7);
	Second = rand();
	CHECK_EQ(First, Second);
	CHECK(First >= 0 && First <= 0x7fff);
	CHECK_EQ(4, PrintNarrow(Text, "%c%03d", 'x', 7));
	CHECK(!strcmp(Text, "x007"));
#ifndef __MINGW32__
	{
		WCHAR Wide[16];

		CHECK_EQ(4, PrintWide(Wide, L"%c%03d", 'x', 7));
		CHECK(!wcscmp(Wide, L"x007"));
	}
#endif
}
