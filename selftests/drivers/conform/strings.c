// SPDX-License-Identifier: GPL-2.0
/* Conversions of strings, and the C run-time's strings and numbers. */
#include "conform.h"

/* Declared in ntifs.h, exported all the same. */
#ifndef RTL_DUPLICATE_UNICODE_STRING_NULL_TERMINATE
NTSYSAPI BOOLEAN NTAPI RtlCreateUnicodeString(PUNICODE_STRING DestinationString, PCWSTR SourceString);
NTSYSAPI NTSTATUS NTAPI RtlUnicodeToMultiByteN(PCHAR MultiByteString, ULONG MaxBytes,
	PULONG BytesInMultiByteString, PCWCH UnicodeString, ULONG BytesInUnicodeString);
NTSYSAPI SIZE_T NTAPI RtlCompareMemoryUlong(PVOID Source, SIZE_T Length, ULONG Pattern);
#endif

static BOOLEAN Same(PCUNICODE_STRING String, PCWSTR Text)
{
	UNICODE_STRING Expected;

	RtlInitUnicodeString(&Expected, Text);
	return RtlEqualUnicodeString(String, &Expected, FALSE);
}

/* "RtlAnsiStringToUnicodeString", "RtlFreeUnicodeString". */
VOID StringFromAnsi(PCONFORM_TEST_CONTEXT T)
{
	ANSI_STRING Ansi;
	UNICODE_STRING String;
	WCHAR Room[4] = { 0x7777, 0x7777, 0x7777, 0x7777 };

	RtlInitAnsiString(&Ansi, "abc");
	/* "RtlAnsiStringToUnicodeSize": with the terminator. */
	CHECK_EQ(8, RtlAnsiStringToUnicodeSize(&Ansi));
	CHECK_EQ(STATUS_SUCCESS, RtlAnsiStringToUnicodeString(&String, &Ansi, TRUE));
	CHECK(Same(&String, L"abc"));
	CHECK_EQ(8, String.MaximumLength);
	CHECK_EQ(0, String.Buffer[3]);
	RtlFreeUnicodeString(&String);

	RtlInitEmptyUnicodeString(&String, Room, 4);
	CHECK(!NT_SUCCESS(RtlAnsiStringToUnicodeString(&String, &Ansi, FALSE)));
	CHECK_EQ(0x7777, Room[2]);
	RtlInitEmptyUnicodeString(&String, Room, sizeof(Room));
	CHECK_EQ(STATUS_SUCCESS, RtlAnsiStringToUnicodeString(&String, &Ansi, FALSE));
	CHECK(Same(&String, L"abc"));
}

/* "RtlUnicodeStringToAnsiString", "RtlFreeAnsiString", "RtlUnicodeToMultiByteN". */
VOID StringToAnsi(PCONFORM_TEST_CONTEXT T)
{
	UNICODE_STRING String = RTL_CONSTANT_STRING(L"abc");
	ANSI_STRING Ansi;
	CHAR Room[4] = { 1, 1, 1, 1 };
	ULONG Count = 99;

	CHECK_EQ(4, RtlUnicodeStringToAnsiSize(&String));
	CHECK_EQ(STATUS_SUCCESS, RtlUnicodeStringToAnsiString(&Ansi, &String, TRUE));
	CHECK_EQ(3, Ansi.Length);
	CHECK(RtlEqualMemory(Ansi.Buffer, "abc", 4));
	RtlFreeAnsiString(&Ansi);
	Ansi.Buffer = Room;
	Ansi.Length = 0;
	Ansi.MaximumLength = 2;
	CHECK(!NT_SUCCESS(RtlUnicodeStringToAnsiString(&Ansi, &String, FALSE)));
	CHECK_EQ(1, Room[2]);
	/* As much as fits. */
	CHECK_EQ(STATUS_SUCCESS, RtlUnicodeToMultiByteN(Room, 2, &Count, L"xyz", 6));
	CHECK_EQ(2, Count);
	CHECK(RtlEqualMemory(Room, "xy\1", 3));
}

/* "RtlUTF8ToUnicodeN", "RtlUnicodeToUTF8N": U+FFFD for what is invalid; sizes on request. */
VOID StringUtf8(PCONFORM_TEST_CONTEXT T)
{
	static const WCHAR Pair[] = { 0xd83d, 0xde00 };
	WCHAR Wide[4];
	CHAR Text[8];
	ULONG Count = 0;

	CHECK_EQ(STATUS_SUCCESS, RtlUTF8ToUnicodeN(NULL, 0, &Count, "a\xc3\xa9", 3));
	CHECK_EQ(4, Count);
	CHECK_EQ(STATUS_SUCCESS, RtlUTF8ToUnicodeN(Wide, sizeof(Wide), &Count, "a\xc3\xa9", 3));
	CHECK_EQ(0xe9, Wide[1]);
	CHECK_EQ(STATUS_SOME_NOT_MAPPED, RtlUTF8ToUnicodeN(Wide, sizeof(Wide), &Count, "\xff", 1));
	CHECK_EQ(0xfffd, Wide[0]);
	CHECK_EQ(STATUS_BUFFER_TOO_SMALL, RtlUTF8ToUnicodeN(Wide, 2, &Count, "ab", 2));
	CHECK_EQ(2, Count);
	CHECK_EQ(STATUS_SUCCESS, RtlUnicodeToUTF8N(Text, sizeof(Text), &Count, Pair, 4));
	CHECK_EQ(4, Count);
	CHECK(RtlEqualMemory(Text, "\xf0\x9f\x98\x80", 4));
	CHECK_EQ(STATUS_SOME_NOT_MAPPED, RtlUnicodeToUTF8N(Text, sizeof(Text), &Count, Pair, 2));
	CHECK_EQ(STATUS_INVALID_PARAMETER_5, RtlUnicodeToUTF8N(Text, sizeof(Text), &Count, Pair, 3));
}

/* "RtlUnicodeStringToInteger": the examples of its page. */
VOID StringToInteger(PCONFORM_TEST_CONTEXT T)
{
	static const struct {
		PCWSTR Text;
		ULONG Base;
		ULONG Value;
	} Examples[] = {
		{ L"123", 10, 123 }, { L"  -345", 10, (ULONG)-345 }, { L"xyz", 10, 0 },
		{ L"   +678abc", 10, 678 }, { L"   +678abc", 16, 6785724 }, { L"007", 10, 7 },
		{ L"789", 8, 7 }, { L"FGH", 16, 15 }, { L"      ", 10, 0 },
		{ L"0x1F", 0, 31 }, { L"0o17", 0, 15 }, { L"0b11", 0, 3 }, { L"12", 0, 12 },
	};
	UNICODE_STRING String;
	ULONG Value, i;

	for (i = 0; i < RTL_NUMBER_OF(Examples); i++) {
		RtlInitUnicodeString(&String, Examples[i].Text);
		CHECK_EQ(STATUS_SUCCESS, RtlUnicodeStringToInteger(&String, Examples[i].Base, &Value));
		CHECK_EQ(Examples[i].Value, Value);
	}
	RtlInitUnicodeString(&String, L"");
	CHECK_EQ(STATUS_INVALID_PARAMETER, RtlUnicodeStringToInteger(&String, 10, &Value));
}

/* "RtlInt64ToUnicodeString": STATUS_BUFFER_OVERFLOW, and bases 0, 2, 8, 10, 16. */
VOID StringInt64(PCONFORM_TEST_CONTEXT T)
{
	WCHAR Room[64];
	UNICODE_STRING String;

	RtlInitEmptyUnicodeString(&String, Room, sizeof(Room));
	CHECK_EQ(STATUS_SUCCESS, RtlInt64ToUnicodeString(0x123456789abcdefULL, 16, &String));
	CHECK(Same(&String, L"123456789ABCDEF"));
	CHECK_EQ(STATUS_SUCCESS, RtlInt64ToUnicodeString(18446744073709551615ULL, 0, &String));
	CHECK(Same(&String, L"18446744073709551615"));
	CHECK_EQ(STATUS_INVALID_PARAMETER, RtlInt64ToUnicodeString(1, 3, &String));
	String.MaximumLength = 4;
	CHECK_EQ(STATUS_BUFFER_OVERFLOW, RtlInt64ToUnicodeString(100, 10, &String));
}

/* "RtlUpcaseUnicodeString", "RtlPrefixUnicodeString", "RtlHashUnicodeString". */
VOID StringCase(PCONFORM_TEST_CONTEXT T)
{
	UNICODE_STRING String = RTL_CONSTANT_STRING(L"ab\x00e9\x0436"), Upper;
	UNICODE_STRING Prefix = RTL_CONSTANT_STRING(L"AB\x00c9");
	ULONG Hash1 = 0, Hash2 = 1;

	CHECK_EQ(STATUS_SUCCESS, RtlUpcaseUnicodeString(&Upper, &String, TRUE));
	CHECK(Same(&Upper, L"AB\x00c9\x0416"));
	CHECK(RtlPrefixUnicodeString(&Prefix, &String, TRUE));
	CHECK(!RtlPrefixUnicodeString(&Prefix, &String, FALSE));
	CHECK(RtlPrefixUnicodeString(&Prefix, &Upper, FALSE));
	CHECK(!RtlPrefixUnicodeString(&String, &Prefix, TRUE));
	/* "a lowercase and uppercase string hash to the same value" */
	CHECK_EQ(STATUS_SUCCESS, RtlHashUnicodeString(&String, TRUE, HASH_STRING_ALGORITHM_DEFAULT, &Hash1));
	CHECK_EQ(STATUS_SUCCESS, RtlHashUnicodeString(&Upper, TRUE, HASH_STRING_ALGORITHM_X65599, &Hash2));
	CHECK_EQ(Hash1, Hash2);
	CHECK_EQ(STATUS_INVALID_PARAMETER, RtlHashUnicodeString(&Upper, TRUE, 77, &Hash2));
	RtlFreeUnicodeString(&Upper);
	CHECK(RtlCreateUnicodeString(&Upper, L"xyz"));
	CHECK(Same(&Upper, L"xyz"));
	RtlFreeUnicodeString(&Upper);
}

/* "RtlStringFromGUID", "RtlGUIDFromString". */
VOID StringGuid(PCONFORM_TEST_CONTEXT T)
{
	static const GUID Guid = { 0x12345678, 0x9abc, 0xdef0, { 1, 2, 3, 4, 5, 6, 7, 8 } };
	UNICODE_STRING Expected = RTL_CONSTANT_STRING(L"{12345678-9ABC-DEF0-0102-030405060708}");
	UNICODE_STRING String;
	GUID Back;

	CHECK_EQ(STATUS_SUCCESS, RtlStringFromGUID(&Guid, &String));
	CHECK(RtlEqualUnicodeString(&String, &Expected, TRUE));
	CHECK_EQ(STATUS_SUCCESS, RtlGUIDFromString(&String, &Back));
	CHECK(RtlEqualMemory(&Guid, &Back, sizeof(Guid)));
	String.Buffer[9] = L'x';
	CHECK(!NT_SUCCESS(RtlGUIDFromString(&String, &Back)));
	RtlFreeUnicodeString(&String);
}

static int __cdecl ByValue(const void *A, const void *B)
{
	return *(const int *)A - *(const int *)B;
}

/* What drivers use of the C run-time, none of it Linux's: wide characters have 16 bits. */
VOID RunTimeRoutines(PCONFORM_TEST_CONTEXT T)
{
	static const WCHAR *volatile Text = L"Hello, World";
	int Numbers[] = { 5, -1, 3, 0, 4 };
	ULONG Pattern[] = { 3, 3, 4 };
	int i;

	CHECK_EQ(12, wcslen(Text));
	CHECK(wcsstr(Text, L"World") == Text + 7);
	CHECK_EQ(0, _wcsicmp(Text, L"hELLO, wORLD"));
	CHECK(_stricmp("abc", "ABD") < 0);
	CHECK_EQ(-42, atoi(" -42x"));
	CHECK_EQ('A', toupper('a'));
	CHECK(isxdigit('f') && !isxdigit('g'));
	qsort(Numbers, RTL_NUMBER_OF(Numbers), sizeof(Numbers[0]), ByValue);
	for (i = 1; i < (int)RTL_NUMBER_OF(Numbers); i++)
		CHECK(Numbers[i - 1] < Numbers[i]);
	CHECK_EQ(8, RtlCompareMemoryUlong(Pattern, sizeof(Pattern), 3));
}
