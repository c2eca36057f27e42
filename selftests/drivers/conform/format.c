// SPDX-License-Identifier: GPL-2.0
/*
 * Formatted text: "Format specification syntax: printf and wprintf functions"
 * and, for %wZ and %Z, "DbgPrint". Compilers know another printf, so the format
 * strings are hidden from their checks.
 */
#include "conform.h"

static CHAR Text[128];
static WCHAR WideText[128];

#define EXPECT_TEXT(expected, format, ...)					\
	do {									\
		PCSTR volatile Format_ = (format);				\
										\
		RtlZeroMemory(Text, sizeof(Text));				\
		CHECK_EQ(sizeof(expected) - 1,					\
			 _snprintf(Text, sizeof(Text), Format_, ##__VA_ARGS__));	\
		ConformCheck(T, RtlEqualMemory(Text, expected, sizeof(expected)), \
			     "\"" expected "\"", __FILE__, __LINE__, 0, 0);	\
	} while (0)

/* Sizes: long is 32 bits; I64, I32, I, ll, h, hh. */
VOID FormatIntegers(PCONFORM_TEST_CONTEXT T)
{
	EXPECT_TEXT("-5 4294967291", "%d %u", -5, -5);
	EXPECT_TEXT("-5 4294967291 7", "%ld %lu %ld", -5, (ULONG)-5, 7);
	EXPECT_TEXT("ff FF 377", "%x %X %o", 255, 255, 255);
	EXPECT_TEXT("0xff 0XFF", "%#x %#X", 255, 255);
	EXPECT_TEXT("123456789abcdef0 7", "%I64x %d", 0x123456789abcdef0ULL, 7);
	EXPECT_TEXT("123456789ABCDEF0 -1", "%llX %lld", 0x123456789abcdef0ULL, -1LL);
	EXPECT_TEXT("-9223372036854775808", "%I64d", (LONGLONG)0x8000000000000000ULL);
	EXPECT_TEXT("18446744073709551615", "%I64u", ~0ULL);
	EXPECT_TEXT("89abcdef", "%I32x", 0x89abcdef);
	EXPECT_TEXT("cdef -1", "%hx %hd", 0x89abcdef, 0xffff);
	EXPECT_TEXT("123456789abcdef0 1", "%Ix %d", (ULONG_PTR)0x123456789abcdef0ULL, 1);
	EXPECT_TEXT("+5 -5  5", "%+d %+d % d", 5, -5, 5);
	EXPECT_TEXT("123456789ABCDEF0", "%p", (PVOID)(ULONG_PTR)0x123456789abcdef0ULL);
	EXPECT_TEXT("0000000000001000", "%p", (PVOID)(ULONG_PTR)0x1000);
	EXPECT_TEXT("100%", "%d%%", 100);
	EXPECT_TEXT("", "%s", "");
}

VOID FormatWidths(PCONFORM_TEST_CONTEXT T)
{
	EXPECT_TEXT("[   42][42   ][00042]", "[%5d][%-5d][%05d]", 42, 42, 42);
	EXPECT_TEXT("[  042][-0042][  -42]", "[%5.3d][%05d][%5d]", 42, -42, -42);
	EXPECT_TEXT("[   42][42   ][042]", "[%*d][%*d][%.*d]", 5, 42, -5, 42, 3, 42);
	EXPECT_TEXT("[0000002a][0x00002a]", "[%08lx][%#08x]", 42, 42);
	EXPECT_TEXT("[]", "[%.0d]", 0);
	EXPECT_TEXT("[  abc][abc  ][ab][   ab]", "[%5s][%-5s][%.2s][%5.2s]", "abc", "abc", "abc",
		    "abc");
	EXPECT_TEXT("[    x][x    ]", "[%5c][%-5c]", 'x', 'x');
}

/* %s as the format is, %S the other; h for narrow, l and w for wide. */
VOID FormatStrings(PCONFORM_TEST_CONTEXT T)
{
	static const CHAR NotTerminated[] = { 'a', 'b', 'c' };

	EXPECT_TEXT("narrow wide", "%s %S", "narrow", L"wide");
	EXPECT_TEXT("narrow wide wide", "%hs %ls %ws", "narrow", L"wide", L"wide");
	EXPECT_TEXT("narrow", "%hS", "narrow");
	EXPECT_TEXT("A B C D", "%c %C %hc %lc", 'A', L'B', 'C', L'D');
	EXPECT_TEXT("(null) (null)", "%s %ws", (PCSTR)NULL, (PCWSTR)NULL);
	/* A precision is the most that is read. */
	EXPECT_TEXT("abc", "%.3s", NotTerminated);
}

/* %Z an ANSI_STRING, %wZ a UNICODE_STRING: Length counts, no NUL does. */
VOID FormatCounted(PCONFORM_TEST_CONTEXT T)
{
	UNICODE_STRING Wide = { 6, 6, (PWSTR)L"abcdef" }, Empty = { 0, 0, NULL };
	ANSI_STRING Narrow = { 3, 3, (PCHAR)"uvwxyz" };

	EXPECT_TEXT("abc uvw 5", "%wZ %Z %d", &Wide, &Narrow, 5);
	EXPECT_TEXT("[  abc][abc  ][ab]", "[%5wZ][%-5wZ][%.2wZ]", &Wide, &Wide, &Wide);
	/* Nothing to read is nothing to crash at. */
	_snprintf(Text, sizeof(Text), "%wZ%wZ", &Empty, (PUNICODE_STRING)NULL);
	/* Half a character is none. */
	Wide.Length = 5;
	EXPECT_TEXT("ab.", "%wZ.", &Wide);
}

/*
 * "_snprintf": the number of characters without the NUL; exactly full has no
 * NUL; too long returns a negative value, with the start stored and no NUL.
 */
VOID FormatBuffer(PCONFORM_TEST_CONTEXT T)
{
	RtlFillMemory(Text, sizeof(Text), 0x77);
	CHECK_EQ(3, _snprintf(Text, 4, "%s", "abc"));
	CHECK_EQ(0, Text[3]);
	RtlFillMemory(Text, sizeof(Text), 0x77);
	CHECK_EQ(3, _snprintf(Text, 3, "%s", "abc"));
	CHECK(RtlEqualMemory(Text, "abc\x77", 4));
	RtlFillMemory(Text, sizeof(Text), 0x77);
	CHECK(_snprintf(Text, 2, "%s", "abc") < 0);
	CHECK(RtlEqualMemory(Text, "ab\x77", 3));
	RtlFillMemory(Text, sizeof(Text), 0x77);
	CHECK(_snprintf(Text, 0, "%s", "abc") < 0);
	CHECK_EQ(0x77, Text[0]);
	CHECK_EQ(6, sprintf(Text, "%d-%s", 12, "abc"));
	CHECK(!strcmp(Text, "12-abc"));
}

/* In a wide format %s is wide, %S narrow. */
VOID FormatWide(PCONFORM_TEST_CONTEXT T)
{
	UNICODE_STRING Wide = { 6, 6, (PWSTR)L"abcdef" };

	RtlZeroMemory(WideText, sizeof(WideText));
	CHECK_EQ(23, _snwprintf(WideText, RTL_NUMBER_OF(WideText), L"%s %S %hs %wZ %d %c",
				L"wide", "narrow", "n", &Wide, -12, L'x'));
	CHECK(RtlEqualMemory(WideText, L"wide narrow n abc -12 x", 48));
	RtlFillMemory(WideText, sizeof(WideText), 0x77);
	CHECK(_snwprintf(WideText, 2, L"%d", 123) < 0);
	CHECK_EQ(0x7777, WideText[2]);
	CHECK_EQ(L'2', WideText[1]);
}

/* "DbgPrint": STATUS_SUCCESS, at any IRQL <= DIRQL. The group looks into the log. */
VOID DebugPrint(PCONFORM_TEST_CONTEXT T)
{
	UNICODE_STRING Wide = RTL_CONSTANT_STRING(L"counted");
	ULONG Raised;
	KIRQL Irql;

	CHECK_EQ(STATUS_SUCCESS, DbgPrint("conform: %wZ %ws %S %I64x %lu\n", &Wide, L"wide",
					  L"other", 0x123456789abcdef0ULL, 7));
	CHECK_EQ(STATUS_SUCCESS, DbgPrintEx(DPFLTR_IHVDRIVER_ID, DPFLTR_ERROR_LEVEL,
					    "conform: error level\n"));
	KeRaiseIrql(DISPATCH_LEVEL, &Irql);
	Raised = DbgPrint("conform: at level %d\n", KeGetCurrentIrql());
	KeLowerIrql(Irql);
	CHECK_EQ(STATUS_SUCCESS, Raised);
}

/*
 * '#' prefixes nonzero values only; with o the first digit is a 0. Huge widths,
 * which a driver may compute from bad data, take no longer than small ones.
 */
VOID FormatPadding(PCONFORM_TEST_CONTEXT T)
{
	LONGLONG Start = Elapsed();
	PCSTR volatile Format;

	EXPECT_TEXT("0 0 0x1 0X1", "%#x %#X %#x %#X", 0, 0, 1, 1);
	EXPECT_TEXT("[    0][0000]", "[%#5x][%#04x]", 0, 0);
	EXPECT_TEXT("0 010 010 0", "%#o %#o %#.3o %#.0o", 0, 8, 8, 0);
	Format = "%*d%*d%-*d%.*d";
	CHECK(_snprintf(Text, 8, Format, 0x7fffffff, 1, (int)0x80000001, 2, 0x7fffffff, 3,
			0x7fffffff, 4) < 0);
	CHECK(RtlEqualMemory(Text, "        ", 8));
	Format = "%.*x%*s";
	CHECK(_snprintf(Text, 8, Format, 0x7fffffff, 1, 0x7fffffff, "x") < 0);
	CHECK(RtlEqualMemory(Text, "00000000", 8));
	CHECK(Elapsed() - Start < 2000 * UNITS_PER_MS);
}
