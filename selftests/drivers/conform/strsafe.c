// SPDX-License-Identifier: GPL-2.0
/* ntstrsafe.h and ntintsafe.h, both all inline. */
#include "conform.h"
#ifdef __MINGW32__
/* Its ntstrsafe.h includes <stdio.h>, whose functions are those of user mode. */
#define _INC_STDIO
int __cdecl _vsnprintf(char *Buffer, size_t Count, const char *Format, va_list Arguments);
int __cdecl _vsnwprintf(WCHAR *Buffer, size_t Count, const WCHAR *Format, va_list Arguments);
#endif
#include <ntstrsafe.h>
#include <ntintsafe.h>

/* "RtlStringCchCopy", "RtlStringCbCat", "RtlStringCchPrintf": cut, terminated, told of. */
VOID StrsafeCuts(PCONFORM_TEST_CONTEXT T)
{
	CHAR Text[4];
	WCHAR Wide[4];

	CHECK_EQ(STATUS_SUCCESS, RtlStringCchCopyA(Text, 4, "abc"));
	CHECK_EQ(STATUS_BUFFER_OVERFLOW, RtlStringCchCopyA(Text, 4, "wxyz"));
	CHECK(RtlEqualMemory(Text, "wxy", 4));
	CHECK_EQ(STATUS_INVALID_PARAMETER, RtlStringCchCopyA(Text, 0, "a"));
	CHECK_EQ(STATUS_SUCCESS, RtlStringCbCopyW(Wide, 8, L"ab"));
	CHECK_EQ(STATUS_SUCCESS, RtlStringCbCatW(Wide, 8, L"c"));
	CHECK_EQ(STATUS_BUFFER_OVERFLOW, RtlStringCbCatW(Wide, 8, L"d"));
	CHECK(RtlEqualMemory(Wide, L"abc", 8));
	CHECK_EQ(STATUS_SUCCESS, RtlStringCchPrintfA(Text, 4, "%d", 123));
	CHECK(RtlEqualMemory(Text, "123", 4));
	CHECK_EQ(STATUS_BUFFER_OVERFLOW, RtlStringCchPrintfW(Wide, 4, L"%ws", L"wxyz"));
	CHECK(RtlEqualMemory(Wide, L"wxy", 8));
}

/* "RtlStringCchLength": a string that does not end within the limit is invalid. */
VOID StrsafeLength(PCONFORM_TEST_CONTEXT T)
{
	size_t Length = 77;

	CHECK_EQ(STATUS_SUCCESS, RtlStringCchLengthA("abc", 4, &Length));
	CHECK_EQ(3, Length);
	CHECK_EQ(STATUS_INVALID_PARAMETER, RtlStringCchLengthA("abc", 3, &Length));
	CHECK_EQ(STATUS_SUCCESS, RtlStringCbLengthW(L"abc", 8, &Length));
	CHECK_EQ(6, Length);
}

/* "RtlStringCchCopyEx": the end, what remains, and the flags. */
VOID StrsafeEx(PCONFORM_TEST_CONTEXT T)
{
	CHAR Text[4], *End = NULL;
	size_t Left = 0;

	CHECK_EQ(STATUS_SUCCESS, RtlStringCchCopyExA(Text, 4, "a", &End, &Left, STRSAFE_FILL_BEHIND_NULL | 9));
	CHECK(End == Text + 1);
	CHECK_EQ(3, Left);
	CHECK_EQ(9, Text[3]);
	CHECK_EQ(STATUS_BUFFER_OVERFLOW,
		 RtlStringCchCopyExA(Text, 4, "abcd", &End, &Left, STRSAFE_NULL_ON_FAILURE));
	CHECK_EQ(0, Text[0]);
	CHECK_EQ(STATUS_SUCCESS, RtlStringCchCopyExA(Text, 4, NULL, &End, &Left, STRSAFE_IGNORE_NULLS));
	CHECK_EQ(0, Text[0]);
}

/* "RtlULongAdd" and its neighbours: STATUS_INTEGER_OVERFLOW and the type's error value. */
VOID IntsafeOverflows(PCONFORM_TEST_CONTEXT T)
{
	ULONG Result = 0;
	ULONGLONG Size = 0;
	USHORT Short = 0;

	CHECK_EQ(STATUS_SUCCESS, RtlULongAdd(0xfffffffe, 1, &Result));
	CHECK_EQ(0xffffffff, Result);
	CHECK_EQ(STATUS_INTEGER_OVERFLOW, RtlULongAdd(0xffffffff, 1, &Result));
	CHECK_EQ(STATUS_INTEGER_OVERFLOW, RtlULongSub(1, 2, &Result));
	CHECK_EQ(0xffffffff, Result);
	CHECK_EQ(STATUS_INTEGER_OVERFLOW, RtlULongMult(0x10000, 0x10000, &Result));
	CHECK_EQ(STATUS_SUCCESS, RtlULongLongMult(0x100000000ULL, 16, &Size));
	CHECK_EQ(0x1000000000ULL, Size);
	CHECK_EQ(STATUS_INTEGER_OVERFLOW, RtlULongToUShort(0x10000, &Short));
	CHECK_EQ(0xffff, Short);
}
