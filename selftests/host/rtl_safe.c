// SPDX-License-Identifier: GPL-2.0
/*
 * ntstrsafe.h and ntintsafe.h. A file of its own, compiled as a driver is: with the
 * NT headers alone, in C11 and in C++17; see rtl.t.
 */
#include <ntddk.h>
#include <ntstrsafe.h>
#include <ntintsafe.h>

EXTERN_C_START
extern unsigned int wrong;
void result(BOOLEAN passed, const char *name);
int printf(const char *format, ...);
void *malloc(size_t size);
void free(void *p);
void test_safe(void);
EXTERN_C_END

#define EXPECT(condition) do {							\
	if (!(condition) && wrong++ < 20)					\
		printf("# %s:%d: %s\n", __FILE__, __LINE__, #condition);	\
} while (0)

static BOOLEAN Same(const char *A, const char *B)
{
	return !strcmp(A, B);
}

/* "RtlStringCchCopy" and its neighbours; buffers are of their exact size. */
static void copies(void)
{
	char *four = (char *)malloc(4);
	WCHAR *wide = (WCHAR *)malloc(4 * sizeof(WCHAR));
	char *end;
	WCHAR *wide_end;
	size_t left;

	wrong = 0;
	EXPECT(RtlStringCchCopyA(four, 4, "abc") == STATUS_SUCCESS && Same(four, "abc"));
	EXPECT(RtlStringCchCopyA(four, 4, "wxyz") == STATUS_BUFFER_OVERFLOW && Same(four, "wxy"));
	EXPECT(RtlStringCchCopyA(four, 0, "a") == STATUS_INVALID_PARAMETER);
	EXPECT(RtlStringCchCopyA(four, (size_t)NTSTRSAFE_MAX_CCH + 1, "a") == STATUS_INVALID_PARAMETER);
	EXPECT(RtlStringCbCopyW(wide, 7, L"abc") == STATUS_BUFFER_OVERFLOW && !wcscmp(wide, L"ab"));
	EXPECT(RtlStringCchCopyNA(four, 4, "wxyz", 2) == STATUS_SUCCESS && Same(four, "wx"));
	EXPECT(RtlStringCchCopyNA(four, 4, "wxyz", 4) == STATUS_BUFFER_OVERFLOW);
	EXPECT(RtlStringCchCopyNA(four, 4, "wxyz", (size_t)-1) == STATUS_INVALID_PARAMETER);
	EXPECT(RtlStringCbCopyNW(wide, 8, L"wxyz", 6) == STATUS_SUCCESS && !wcscmp(wide, L"wxy"));
	EXPECT(RtlStringCchCopyExA(four, 4, "a", &end, &left, STRSAFE_FILL_BYTE(7)) == STATUS_SUCCESS);
	EXPECT(end == four + 1 && left == 3 && four[2] == 7 && four[3] == 7);
	EXPECT(RtlStringCchCopyExA(four, 4, "abcd", &end, &left, STRSAFE_FAILURE_BYTE('#')) ==
	       STATUS_BUFFER_OVERFLOW);
	EXPECT(Same(four, "###") && left == 1 && end == four + 3);
	EXPECT(RtlStringCchCopyExA(four, 4, "abcd", &end, &left, STRSAFE_NULL_ON_FAILURE) ==
	       STATUS_BUFFER_OVERFLOW && Same(four, "") && left == 4 && end == four);
	EXPECT(RtlStringCbCopyExW(wide, 7, L"a", &wide_end, &left, 0) == STATUS_SUCCESS && left == 5);
	EXPECT(RtlStringCchCopyExA(NULL, 0, NULL, &end, &left, STRSAFE_IGNORE_NULLS) ==
	       STATUS_SUCCESS && !end && !left);
	EXPECT(RtlStringCchCopyExA(NULL, 0, "a", &end, &left, STRSAFE_IGNORE_NULLS) ==
	       STATUS_INVALID_PARAMETER);
	EXPECT(RtlStringCchCopyExA(NULL, 1, "", &end, &left, STRSAFE_IGNORE_NULLS) ==
	       STATUS_INVALID_PARAMETER);
	EXPECT(RtlStringCchCopyExA(four, 4, NULL, &end, &left, 0) == STATUS_INVALID_PARAMETER);
	EXPECT(RtlStringCchCopyExA(four, 4, "a", NULL, NULL, 0x2000) == STATUS_INVALID_PARAMETER);
	free(four);
	free(wide);
	result(!wrong, "ntstrsafe.h: copies");
}

static void appends(void)
{
	char *five = (char *)malloc(5);
	char *end;
	size_t left, i;

	wrong = 0;
	five[0] = 0;
	EXPECT(RtlStringCchCatA(five, 5, "ab") == STATUS_SUCCESS);
	EXPECT(RtlStringCbCatA(five, 5, "cd") == STATUS_SUCCESS && Same(five, "abcd"));
	EXPECT(RtlStringCchCatA(five, 5, "") == STATUS_SUCCESS);
	EXPECT(RtlStringCchCatA(five, 5, "e") == STATUS_BUFFER_OVERFLOW && Same(five, "abcd"));
	five[2] = 0;
	EXPECT(RtlStringCchCatNA(five, 5, "xyz", 1) == STATUS_SUCCESS && Same(five, "abx"));
	five[2] = 0;
	EXPECT(RtlStringCchCatExA(five, 5, "xyz", &end, &left, STRSAFE_NO_TRUNCATION) ==
	       STATUS_BUFFER_OVERFLOW);
	EXPECT(Same(five, "ab") && end == five + 2 && left == 3);
	for (i = 0; i < 5; i++)
		five[i] = 'x';
	/* Without a terminator it is no string to append to. */
	EXPECT(RtlStringCchCatA(five, 5, "a") == STATUS_INVALID_PARAMETER && five[4] == 'x');
	EXPECT(RtlStringCchLengthA(five, 5, &left) == STATUS_INVALID_PARAMETER && !left);
	five[4] = 0;
	EXPECT(RtlStringCchLengthA(five, 5, &left) == STATUS_SUCCESS && left == 4);
	EXPECT(RtlStringCbLengthW(L"abc", 8, &left) == STATUS_SUCCESS && left == 6);
	EXPECT(RtlStringCbLengthW(L"abc", 7, &left) == STATUS_INVALID_PARAMETER);
	EXPECT(RtlStringCchLengthA(NULL, 5, NULL) == STATUS_INVALID_PARAMETER);
	free(five);
	result(!wrong, "ntstrsafe.h: appending, lengths");
}

static void formats(void)
{
	char *four = (char *)malloc(4);
	WCHAR *wide = (WCHAR *)malloc(4 * sizeof(WCHAR));
	WCHAR *end;
	size_t left;

	wrong = 0;
	EXPECT(RtlStringCchPrintfA(four, 4, "%d", 123) == STATUS_SUCCESS && Same(four, "123"));
	EXPECT(RtlStringCbPrintfA(four, 4, "%ws", L"long") == STATUS_BUFFER_OVERFLOW);
	EXPECT(Same(four, "lon"));
	EXPECT(RtlStringCbPrintfW(wide, 8, L"%I64x", 0xabcULL) == STATUS_SUCCESS);
	EXPECT(!wcscmp(wide, L"abc"));
	EXPECT(RtlStringCchPrintfExW(wide, 4, &end, &left, 0, L"%s", L"a") == STATUS_SUCCESS);
	EXPECT(end == wide + 1 && left == 3);
	EXPECT(RtlStringCbPrintfExW(wide, 8, &end, &left, 0, L"%s", L"abcd") ==
	       STATUS_BUFFER_OVERFLOW && left == 2);
	EXPECT(RtlStringCchPrintfExA(NULL, 0, NULL, NULL, STRSAFE_IGNORE_NULLS, NULL) ==
	       STATUS_SUCCESS);
	EXPECT(RtlStringCchPrintfA(four, 0, "a") == STATUS_INVALID_PARAMETER);
	free(four);
	free(wide);
	result(!wrong, "ntstrsafe.h: formats");
}

static void unicode(void)
{
	WCHAR *room = (WCHAR *)malloc(3 * sizeof(WCHAR));
	UNICODE_STRING to = { 0, 6, room }, from, rest, odd = { 1, 6, room };

	wrong = 0;
	EXPECT(RtlUnicodeStringInit(&from, L"abcd") == STATUS_SUCCESS);
	EXPECT(from.Length == 8 && from.MaximumLength == 10);
	EXPECT(RtlUnicodeStringInit(NULL, L"a") == STATUS_INVALID_PARAMETER);
	EXPECT(RtlUnicodeStringValidate(&odd) == STATUS_INVALID_PARAMETER);
	EXPECT(RtlUnicodeStringCopy(&to, &from) == STATUS_BUFFER_OVERFLOW && to.Length == 6);
	EXPECT(RtlUnicodeStringCchCopyN(&to, &from, 2) == STATUS_SUCCESS && to.Length == 4);
	EXPECT(RtlUnicodeStringCatString(&to, L"x") == STATUS_SUCCESS && room[2] == 'x');
	EXPECT(RtlUnicodeStringCat(&to, &from) == STATUS_BUFFER_OVERFLOW && to.Length == 6);
	to.Length = 2;
	EXPECT(RtlUnicodeStringCatEx(&to, &from, &rest, STRSAFE_NO_TRUNCATION) ==
	       STATUS_BUFFER_OVERFLOW && to.Length == 2);
	EXPECT(rest.MaximumLength == 4 && rest.Buffer == room + 1);
	EXPECT(RtlUnicodeStringPrintf(&to, L"%d%s", 1, L"23") == STATUS_SUCCESS && to.Length == 6);
	EXPECT(RtlUnicodeStringPrintf(&to, L"%d", 1234) == STATUS_BUFFER_OVERFLOW && to.Length == 6);
	EXPECT(RtlUnicodeStringCopyString(&to, L"ab") == STATUS_SUCCESS && to.Length == 4);
	EXPECT(RtlUnicodeStringCopyStringEx(&to, L"abcd", &rest, STRSAFE_ZERO_LENGTH_ON_FAILURE) ==
	       STATUS_BUFFER_OVERFLOW && !to.Length && rest.MaximumLength == 6);
	free(room);
	result(!wrong, "ntstrsafe.h: UNICODE_STRINGs");
}

static void integers(void)
{
	ULONG u;
	LONG l;
	UCHAR c;
	SIZE_T z;
	ULONGLONG q;
	LONGLONG s;
	USHORT h;

	wrong = 0;
	EXPECT(RtlULongAdd(1, 2, &u) == STATUS_SUCCESS && u == 3);
	EXPECT(RtlULongAdd(0xffffffff, 1, &u) == STATUS_INTEGER_OVERFLOW && u == 0xffffffff);
	EXPECT(RtlULongSub(1, 2, &u) == STATUS_INTEGER_OVERFLOW && u == 0xffffffff);
	EXPECT(RtlULongMult(0x10000, 0x10000, &u) == STATUS_INTEGER_OVERFLOW);
	EXPECT(RtlULongMult(0xffff, 0x10001, &u) == STATUS_SUCCESS && u == 0xffffffff);
	EXPECT(RtlLongAdd(0x7fffffff, 1, &l) == STATUS_INTEGER_OVERFLOW && l == -1);
	EXPECT(RtlSizeTMult(1ULL << 32, 1ULL << 31, &z) == STATUS_SUCCESS && z == 1ULL << 63);
	EXPECT(RtlSIZETMult(1ULL << 32, 1ULL << 32, &z) == STATUS_INTEGER_OVERFLOW);
	EXPECT(RtlULongLongSub(5, 6, &q) == STATUS_INTEGER_OVERFLOW && !~q);
	EXPECT(RtlULongPtrSub(6, 5, (ULONG_PTR *)&q) == STATUS_SUCCESS && q == 1);
	EXPECT(RtlLongLongMult(-1, MINLONGLONG, &s) == STATUS_INTEGER_OVERFLOW);
	EXPECT(RtlULongToUShort(0x10000, &h) == STATUS_INTEGER_OVERFLOW && h == 0xffff);
	EXPECT(RtlULongToUShort(0xffff, &h) == STATUS_SUCCESS && h == 0xffff);
	EXPECT(RtlLongToULong(-1, &u) == STATUS_INTEGER_OVERFLOW);
	EXPECT(RtlULongToLong(0x80000000, &l) == STATUS_INTEGER_OVERFLOW && l == -1);
	EXPECT(RtlSizeTToULong(1ULL << 32, &u) == STATUS_INTEGER_OVERFLOW);
	EXPECT(RtlIntToUChar(-1, &c) == STATUS_INTEGER_OVERFLOW && c == 0xff);
	EXPECT(RtlLongLongToULong(0xffffffffLL, &u) == STATUS_SUCCESS && u == 0xffffffff);
	result(!wrong, "ntintsafe.h");
}

void test_safe(void)
{
	copies();
	appends();
	formats();
	unicode();
	integers();
}
