// SPDX-License-Identifier: GPL-2.0
/* Counted strings and memory. */
#include "conform.h"

/* Compares a counted string with what it should hold. */
static BOOLEAN Holds(PCUNICODE_STRING String, PCWSTR Text)
{
	ULONG i;

	for (i = 0; Text[i]; i++)
		if (i >= String->Length / sizeof(WCHAR) || String->Buffer[i] != Text[i])
			return FALSE;
	return i * sizeof(WCHAR) == String->Length;
}

/* "RtlInitUnicodeString", "RtlInitAnsiString": Length without, MaximumLength with the NUL. */
VOID StringInit(PCONFORM_TEST_CONTEXT T)
{
	static const WCHAR Wide[] = L"abc";
	UNICODE_STRING String;
	ANSI_STRING Ansi;

	RtlInitUnicodeString(&String, Wide);
	CHECK_EQ(6, String.Length);
	CHECK_EQ(8, String.MaximumLength);
	CHECK(String.Buffer == Wide);
	RtlInitUnicodeString(&String, L"");
	CHECK_EQ(0, String.Length);
	CHECK_EQ(2, String.MaximumLength);
	CHECK(String.Buffer != NULL);
	RtlInitUnicodeString(&String, NULL);
	CHECK_EQ(0, String.Length);
	CHECK_EQ(0, String.MaximumLength);
	CHECK(String.Buffer == NULL);

	RtlInitAnsiString(&Ansi, "abcde");
	CHECK_EQ(5, Ansi.Length);
	CHECK_EQ(6, Ansi.MaximumLength);
	RtlInitAnsiString(&Ansi, "");
	CHECK_EQ(0, Ansi.Length);
	CHECK_EQ(1, Ansi.MaximumLength);
	RtlInitAnsiString(&Ansi, NULL);
	CHECK_EQ(0, Ansi.MaximumLength);
	CHECK(Ansi.Buffer == NULL);
}

/* Lengths are USHORTs: no text, however long, may make them wrap. */
VOID StringInitLong(PCONFORM_TEST_CONTEXT T)
{
	ULONG Units = 40000, i;
	PWCHAR Text = ExAllocatePoolWithTag(NonPagedPool, Units * sizeof(WCHAR), 'rtsL');
	UNICODE_STRING String;

	CHECK(Text != NULL);
	if (!Text)
		return;
	for (i = 0; i < Units - 1; i++)
		Text[i] = L'x';
	Text[Units - 1] = 0;
	RtlInitUnicodeString(&String, Text);
	CHECK(String.Length <= String.MaximumLength);
	CHECK_EQ(0, String.Length % 2);
	CHECK(String.Length >= 65532);
	/* The longest that fits is not cut. */
	Text[32766] = 0;
	RtlInitUnicodeString(&String, Text);
	CHECK_EQ(65532, String.Length);
	CHECK_EQ(65534, String.MaximumLength);
	ExFreePoolWithTag(Text, 'rtsL');
}

/* "RtlCopyUnicodeString": as much as fits; NULL source gives Length 0. */
VOID StringCopy(PCONFORM_TEST_CONTEXT T)
{
	UNICODE_STRING Source, Target;
	WCHAR Buffer[8];

	RtlInitUnicodeString(&Source, L"hello");
	Target.Buffer = Buffer;
	Target.Length = 2;
	Target.MaximumLength = 6;
	RtlFillMemory(Buffer, sizeof(Buffer), 0x77);
	RtlCopyUnicodeString(&Target, &Source);
	CHECK(Holds(&Target, L"hel"));
	CHECK_EQ(0x7777, Buffer[3]);
	Target.MaximumLength = sizeof(Buffer);
	RtlCopyUnicodeString(&Target, &Source);
	CHECK(Holds(&Target, L"hello"));
	CHECK_EQ(sizeof(Buffer), Target.MaximumLength);
	RtlCopyUnicodeString(&Target, NULL);
	CHECK_EQ(0, Target.Length);
	/* A source inside of the target's own buffer. */
	RtlCopyUnicodeString(&Target, &Source);
	Source.Buffer = Buffer + 1;
	Source.Length = 6;
	RtlCopyUnicodeString(&Target, &Source);
	CHECK(Holds(&Target, L"ell"));
}

/*
 * "RtlCompareUnicodeString": negative, zero or positive; the shorter of two with
 * the same start is less. "RtlEqualUnicodeString": TRUE when equal.
 */
VOID StringCompare(PCONFORM_TEST_CONTEXT T)
{
	static const struct {
		PCWSTR One, Other;
		LONG Exact, Folded;
	} Cases[] = {
		{ L"", L"", 0, 0 },
		{ L"", L"a", -1, -1 },
		{ L"a", L"a", 0, 0 },
		{ L"a", L"b", -1, -1 },
		{ L"ab", L"a", 1, 1 },
		{ L"B", L"a", -1, 1 },
		{ L"NtConform", L"NTCONFORM", 1, 0 },
		{ L"\x00e9", L"\x00c9", 1, 0 },
		{ L"_", L"a", -1, 1 },		/* upper case, not lower, is compared */
		{ L"\xffff", L"a", 1, 1 },	/* units are unsigned */
	};
	UNICODE_STRING One, Other;
	LONG Seen;
	ULONG i;

	for (i = 0; i < RTL_NUMBER_OF(Cases); i++) {
		RtlInitUnicodeString(&One, Cases[i].One);
		RtlInitUnicodeString(&Other, Cases[i].Other);
		Seen = RtlCompareUnicodeString(&One, &Other, FALSE);
		CHECK_EQ(Cases[i].Exact, (Seen > 0) - (Seen < 0));
		Seen = RtlCompareUnicodeString(&Other, &One, FALSE);
		CHECK_EQ(-Cases[i].Exact, (Seen > 0) - (Seen < 0));
		Seen = RtlCompareUnicodeString(&One, &Other, TRUE);
		CHECK_EQ(Cases[i].Folded, (Seen > 0) - (Seen < 0));
		CHECK_EQ(Cases[i].Exact == 0, RtlEqualUnicodeString(&One, &Other, FALSE));
		CHECK_EQ(Cases[i].Folded == 0, RtlEqualUnicodeString(&One, &Other, TRUE));
	}
	/* Counted: a NUL inside is a character like any other. */
	One.Buffer = (PWSTR)L"a\0b";
	Other.Buffer = (PWSTR)L"a\0c";
	One.Length = Other.Length = 6;
	CHECK(!RtlEqualUnicodeString(&One, &Other, TRUE));
	One.Length = Other.Length = 4;
	CHECK(RtlEqualUnicodeString(&One, &Other, TRUE));
}

/*
 * "RtlAppendUnicodeToString", "RtlAppendUnicodeStringToString":
 * STATUS_BUFFER_TOO_SMALL, and nothing changed, when it does not fit.
 */
VOID StringAppend(PCONFORM_TEST_CONTEXT T)
{
	WCHAR Buffer[8];
	UNICODE_STRING String = { 0, 12, Buffer }, More;

	RtlFillMemory(Buffer, sizeof(Buffer), 0x77);
	CHECK_EQ(STATUS_SUCCESS, RtlAppendUnicodeToString(&String, L"abc"));
	CHECK_EQ(STATUS_SUCCESS, RtlAppendUnicodeToString(&String, NULL));
	CHECK_EQ(STATUS_SUCCESS, RtlAppendUnicodeToString(&String, L""));
	CHECK(Holds(&String, L"abc"));
	RtlInitUnicodeString(&More, L"defg");
	CHECK_EQ(STATUS_BUFFER_TOO_SMALL, RtlAppendUnicodeStringToString(&String, &More));
	CHECK_EQ(STATUS_BUFFER_TOO_SMALL, RtlAppendUnicodeToString(&String, L"defg"));
	CHECK(Holds(&String, L"abc"));
	/* Exactly full: no room for a NUL, and none is needed. */
	CHECK_EQ(STATUS_SUCCESS, RtlAppendUnicodeToString(&String, L"def"));
	CHECK(Holds(&String, L"abcdef"));
	CHECK_EQ(0x7777, Buffer[6]);
	CHECK_EQ(STATUS_BUFFER_TOO_SMALL, RtlAppendUnicodeToString(&String, L"g"));
	More.Length = 0;
	CHECK_EQ(STATUS_SUCCESS, RtlAppendUnicodeStringToString(&String, &More));
	CHECK_EQ(12, String.Length);
}

/* "RtlIntegerToUnicodeString": bases 2, 8, 10, 16, and 0 for 10. */
VOID StringInteger(PCONFORM_TEST_CONTEXT T)
{
	static const struct {
		ULONG Value, Base;
		PCWSTR Text;
	} Cases[] = {
		{ 0, 0, L"0" }, { 0, 2, L"0" }, { 1234567890, 10, L"1234567890" },
		{ 0xffffffff, 0, L"4294967295" }, { 0xffffffff, 16, L"FFFFFFFF" },
		{ 0xabcdef, 16, L"ABCDEF" }, { 8, 8, L"10" },
		{ 0x80000000, 2, L"10000000000000000000000000000000" },
	};
	WCHAR Buffer[33];
	UNICODE_STRING String = { 0, sizeof(Buffer), Buffer };
	ULONG i;

	for (i = 0; i < RTL_NUMBER_OF(Cases); i++) {
		CHECK_EQ(STATUS_SUCCESS, RtlIntegerToUnicodeString(Cases[i].Value, Cases[i].Base,
								   &String));
		CHECK(Holds(&String, Cases[i].Text));
	}
	CHECK_EQ(STATUS_INVALID_PARAMETER, RtlIntegerToUnicodeString(1, 7, &String));
	CHECK_EQ(STATUS_INVALID_PARAMETER, RtlIntegerToUnicodeString(1, 1, &String));
	String.MaximumLength = 4;
	CHECK_EQ(STATUS_BUFFER_OVERFLOW, RtlIntegerToUnicodeString(100, 10, &String));
	CHECK_EQ(STATUS_SUCCESS, RtlIntegerToUnicodeString(10, 10, &String));
}

/* "RtlUpcaseUnicodeChar": the upper case of a letter; others as they are. */
VOID StringUpcase(PCONFORM_TEST_CONTEXT T)
{
	WCHAR c;

	for (c = 0; c < 0x80; c++)
		CHECK_EQ(c >= 'a' && c <= 'z' ? c - 0x20 : c, RtlUpcaseUnicodeChar(c));
	CHECK_EQ(0xc4, RtlUpcaseUnicodeChar(0xe4));
	CHECK_EQ(0xc4, RtlUpcaseUnicodeChar(0xc4));
	CHECK_EQ(0xd7, RtlUpcaseUnicodeChar(0xd7));
	CHECK_EQ(0xf7, RtlUpcaseUnicodeChar(0xf7));
	CHECK_EQ(0x178, RtlUpcaseUnicodeChar(0xff));
	CHECK_EQ(0x416, RtlUpcaseUnicodeChar(0x436));
	CHECK_EQ(0x3a3, RtlUpcaseUnicodeChar(0x3c3));
	CHECK_EQ(0x4e00, RtlUpcaseUnicodeChar(0x4e00));
}

/* "RtlCompareMemory": the number of bytes that are equal from the start. */
VOID MemoryRoutines(PCONFORM_TEST_CONTEXT T)
{
	UCHAR A[16], B[16];

	RtlZeroMemory(A, sizeof(A));
	RtlFillMemory(B, sizeof(B), 0);
	CHECK_EQ(16, RtlCompareMemory(A, B, 16));
	CHECK_EQ(0, RtlCompareMemory(A, B, 0));
	B[5] = 1;
	CHECK_EQ(5, RtlCompareMemory(A, B, 16));
	CHECK(!RtlEqualMemory(A, B, 16));
	CHECK(RtlEqualMemory(A, B, 5));
	RtlCopyMemory(A, B, 16);
	CHECK(RtlEqualMemory(A, B, 16));
	/* "RtlMoveMemory": the blocks may overlap. */
	A[0] = 9;
	RtlMoveMemory(A + 1, A, 8);
	CHECK_EQ(9, A[1]);
	CHECK_EQ(1, A[6]);
}

/* "RtlFreeUnicodeString": the buffer is pool memory; the string is empty afterwards. */
VOID StringFree(PCONFORM_TEST_CONTEXT T)
{
	UNICODE_STRING Wide = { 4, 8, NULL };
	ANSI_STRING Narrow = { 2, 8, NULL };

	Wide.Buffer = ExAllocatePoolWithTag(PagedPool, 8, 'rtSC');
	Narrow.Buffer = ExAllocatePoolWithTag(PagedPool, 8, 'rtSC');
	CHECK(Wide.Buffer && Narrow.Buffer);
	RtlFreeUnicodeString(&Wide);
	RtlFreeAnsiString(&Narrow);
	CHECK(Wide.Buffer == NULL);
	CHECK_EQ(0, Wide.Length + Wide.MaximumLength);
	CHECK(Narrow.Buffer == NULL);
	CHECK_EQ(0, Narrow.Length + Narrow.MaximumLength);
	/* Without a buffer there is nothing to free. */
	RtlFreeUnicodeString(&Wide);
	RtlFreeAnsiString(&Narrow);
}
