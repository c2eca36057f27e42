// SPDX-License-Identifier: GPL-2.0
/* Run-time routines that few drivers call. */
#include "conform.h"

/* Declared in ntifs.h, or no more, and exported all the same. */
#ifdef __MINGW32__
NTSYSAPI NTSTATUS NTAPI RtlDuplicateUnicodeString(ULONG Flags, PCUNICODE_STRING From,
						  PUNICODE_STRING To);
NTSYSAPI LONG NTAPI RtlCompareUnicodeStrings(PCWCH A, SIZE_T ALength, PCWCH B, SIZE_T BLength,
					     BOOLEAN CaseInSensitive);
NTSYSAPI NTSTATUS NTAPI RtlCharToInteger(PCSZ String, ULONG Base, PULONG Value);
NTSYSAPI NTSTATUS NTAPI RtlAppendStringToString(PSTRING Destination, const STRING *Source);
NTSYSAPI NTSTATUS NTAPI RtlAppendAsciizToString(PSTRING Destination, PCSZ Source);
NTSYSAPI BOOLEAN NTAPI RtlPrefixString(const STRING *A, const STRING *B, BOOLEAN CaseInSensitive);
NTSYSAPI WCHAR NTAPI RtlAnsiCharToUnicodeChar(PUCHAR *SourceCharacter);
NTSYSAPI NTSTATUS NTAPI RtlMultiByteToUnicodeN(PWCH To, ULONG MaxBytes, PULONG Bytes,
					       const CHAR *From, ULONG FromBytes);
NTSYSAPI NTSTATUS NTAPI RtlMultiByteToUnicodeSize(PULONG Bytes, const CHAR *From, ULONG FromBytes);
NTSYSAPI NTSTATUS NTAPI RtlUnicodeToMultiByteSize(PULONG Bytes, PCWCH From, ULONG FromBytes);
NTSYSAPI NTSTATUS NTAPI RtlUpcaseUnicodeToMultiByteN(PCHAR To, ULONG MaxBytes, PULONG Bytes,
						     PCWCH From, ULONG FromBytes);
NTSYSAPI NTSTATUS NTAPI RtlUpcaseUnicodeStringToAnsiString(PANSI_STRING To, PCUNICODE_STRING From,
							   BOOLEAN Allocate);
NTSYSAPI WCHAR NTAPI RtlDowncaseUnicodeChar(WCHAR SourceCharacter);
NTSYSAPI NTSTATUS NTAPI RtlDowncaseUnicodeString(PUNICODE_STRING To, PCUNICODE_STRING From,
						 BOOLEAN Allocate);
NTSYSAPI NTSTATUS NTAPI RtlInitUnicodeStringEx(PUNICODE_STRING To, PCWSTR From);
NTSYSAPI NTSTATUS NTAPI RtlInitAnsiStringEx(PANSI_STRING To, PCSZ From);
NTSYSAPI ULONG NTAPI RtlRandom(PULONG Seed);
NTSYSAPI ULONG NTAPI RtlRandomEx(PULONG Seed);
NTSYSAPI ULONG NTAPI RtlComputeCrc32(ULONG PartialCrc, const VOID *Buffer, ULONG Length);
NTSYSAPI USHORT NTAPI RtlCaptureStackBackTrace(ULONG FramesToSkip, ULONG FramesToCapture,
					       PVOID *BackTrace, PULONG BackTraceHash);
NTSYSAPI ULONG NTAPI RtlNumberOfSetBitsUlongPtr(ULONG_PTR Target);
NTSYSAPI BOOLEAN NTAPI RtlTimeToSecondsSince1970(PLARGE_INTEGER Time, PULONG ElapsedSeconds);
NTSYSAPI VOID NTAPI RtlSecondsSince1970ToTime(ULONG ElapsedSeconds, PLARGE_INTEGER Time);
NTSYSAPI BOOLEAN NTAPI RtlTimeToSecondsSince1980(PLARGE_INTEGER Time, PULONG ElapsedSeconds);
NTSYSAPI VOID NTAPI RtlSecondsSince1980ToTime(ULONG ElapsedSeconds, PLARGE_INTEGER Time);
#define RTL_DUPLICATE_UNICODE_STRING_NULL_TERMINATE	1
#define RTL_DUPLICATE_UNICODE_STRING_ALLOCATE_NULL_STRING 2
#endif

static BOOLEAN Is(PSTRING String, PCSZ Text)
{
	STRING Expected;

	RtlInitString(&Expected, Text);
	return RtlEqualString(String, &Expected, FALSE);
}

/* "RtlInitString", "RtlCopyString", "RtlCompareString", "RtlUpperString". */
VOID MiscCounted(PCONFORM_TEST_CONTEXT T)
{
	CHAR Room[8], UpperRoom[8];
	STRING A, B, To = { 0, sizeof(Room), Room }, Upper = { 0, sizeof(UpperRoom), UpperRoom };

	RtlInitString(&A, NULL);
	CHECK(A.Length == 0 && A.MaximumLength == 0 && A.Buffer == NULL);
	RtlInitString(&A, "abC");
	CHECK(A.Length == 3 && A.MaximumLength == 4);
	RtlInitString(&B, "ABc");
	CHECK(RtlCompareString(&A, &B, FALSE) > 0);
	CHECK_EQ(0, RtlCompareString(&A, &B, TRUE));
	CHECK(!RtlEqualString(&A, &B, FALSE));
	CHECK(RtlEqualString(&A, &B, TRUE));
	/* "RtlCopyString": as much as the destination holds. */
	RtlCopyString(&To, &A);
	CHECK(Is(&To, "abC"));
	RtlCopyString(&To, NULL);
	CHECK_EQ(0, To.Length);
	RtlUpperString(&Upper, &A);
	CHECK(Is(&Upper, "ABC"));
	CHECK_EQ('A', RtlUpperChar('a'));
	CHECK_EQ('1', RtlUpperChar('1'));
	/* "RtlPrefixString". */
	RtlInitString(&B, "AB");
	CHECK(!RtlPrefixString(&B, &A, FALSE));
	CHECK(RtlPrefixString(&B, &A, TRUE));
	CHECK(!RtlPrefixString(&A, &B, TRUE));
	/* "RtlAppendStringToString", "RtlAppendAsciizToString": all or nothing. */
	RtlCopyString(&To, &A);
	CHECK_EQ(STATUS_SUCCESS, RtlAppendStringToString(&To, &B));
	CHECK_EQ(STATUS_SUCCESS, RtlAppendAsciizToString(&To, "xyz"));
	CHECK_EQ(STATUS_BUFFER_TOO_SMALL, RtlAppendAsciizToString(&To, "!"));
	CHECK(Is(&To, "abCABxyz"));
}

/* "RtlMultiByteToUnicodeN", "RtlUnicodeToMultiByteSize" and the like. */
VOID MiscMultiByte(PCONFORM_TEST_CONTEXT T)
{
	UNICODE_STRING Wide = RTL_CONSTANT_STRING(L"aB\x00e9");
	UCHAR Bytes[] = { 'q', 'r' }, *Next = Bytes;
	ANSI_STRING Ansi;
	WCHAR Units[4];
	CHAR Chars[4];
	ULONG Count = 99;

	CHECK_EQ(STATUS_SUCCESS, RtlMultiByteToUnicodeSize(&Count, "abc", 3));
	CHECK_EQ(6, Count);
	CHECK_EQ(STATUS_SUCCESS, RtlMultiByteToUnicodeN(Units, sizeof(Units), &Count, "abcdef", 6));
	CHECK_EQ(8, Count);
	CHECK(Units[0] == 'a' && Units[3] == 'd');
	CHECK_EQ(STATUS_SUCCESS, RtlUnicodeToMultiByteSize(&Count, Wide.Buffer, Wide.Length));
	CHECK_EQ(3, Count);
	CHECK_EQ(STATUS_SUCCESS, RtlUpcaseUnicodeToMultiByteN(Chars, sizeof(Chars), &Count,
							      Wide.Buffer, 4));
	CHECK_EQ(2, Count);
	CHECK(Chars[0] == 'A' && Chars[1] == 'B');
	CHECK_EQ(STATUS_SUCCESS, RtlUpcaseUnicodeStringToAnsiString(&Ansi, &Wide, TRUE));
	CHECK(Ansi.Length == 3 && Ansi.Buffer[0] == 'A' && Ansi.Buffer[3] == 0);
	RtlFreeAnsiString(&Ansi);
	/* "RtlAnsiCharToUnicodeChar": the pointer goes on behind the character. */
	CHECK_EQ('q', RtlAnsiCharToUnicodeChar(&Next));
	CHECK(Next == Bytes + 1);
}

/* "RtlDuplicateUnicodeString", "RtlInitUnicodeStringEx", "RtlDowncaseUnicodeString". */
VOID MiscUnicode(PCONFORM_TEST_CONTEXT T)
{
	UNICODE_STRING From = RTL_CONSTANT_STRING(L"AbC"), Empty = { 0, 0, NULL }, To;
	ANSI_STRING Ansi;

	CHECK_EQ(STATUS_SUCCESS, RtlDuplicateUnicodeString(RTL_DUPLICATE_UNICODE_STRING_NULL_TERMINATE,
							   &From, &To));
	CHECK(To.Buffer != From.Buffer && RtlEqualUnicodeString(&To, &From, FALSE));
	CHECK(To.MaximumLength == 8 && To.Buffer[3] == 0);
	RtlFreeUnicodeString(&To);
	CHECK_EQ(STATUS_SUCCESS, RtlDuplicateUnicodeString(RTL_DUPLICATE_UNICODE_STRING_NULL_TERMINATE |
							   RTL_DUPLICATE_UNICODE_STRING_ALLOCATE_NULL_STRING,
							   &Empty, &To));
	CHECK(To.Length == 0 && To.Buffer != NULL && To.Buffer[0] == 0);
	RtlFreeUnicodeString(&To);

	CHECK_EQ(STATUS_SUCCESS, RtlDowncaseUnicodeString(&To, &From, TRUE));
	CHECK(To.Length == 6 && To.Buffer[0] == 'a' && To.Buffer[1] == 'b' && To.Buffer[2] == 'c');
	RtlFreeUnicodeString(&To);
	CHECK_EQ(0xe9, RtlDowncaseUnicodeChar(0xc9));

	CHECK_EQ(0, RtlCompareUnicodeStrings(L"abc", 3, L"ABC", 3, TRUE));
	CHECK(RtlCompareUnicodeStrings(L"abc", 3, L"ab", 2, FALSE) > 0);
	CHECK(RtlCompareUnicodeStrings(L"ab", 2, L"b", 1, FALSE) < 0);

	CHECK_EQ(STATUS_SUCCESS, RtlInitUnicodeStringEx(&To, L"xy"));
	CHECK(To.Length == 4 && To.MaximumLength == 6);
	CHECK_EQ(STATUS_SUCCESS, RtlInitAnsiStringEx(&Ansi, "xy"));
	CHECK(Ansi.Length == 2 && Ansi.MaximumLength == 3);
}

/* "RtlCharToInteger": a base of 0 goes by the prefix. */
VOID MiscCharToInteger(PCONFORM_TEST_CONTEXT T)
{
	ULONG Value = 0;

	CHECK_EQ(STATUS_SUCCESS, RtlCharToInteger("0x1f", 0, &Value));
	CHECK_EQ(0x1f, Value);
	CHECK_EQ(STATUS_SUCCESS, RtlCharToInteger("-12", 10, &Value));
	CHECK_EQ((ULONG)-12, Value);
	CHECK_EQ(STATUS_SUCCESS, RtlCharToInteger("0b101", 0, &Value));
	CHECK_EQ(5, Value);
	CHECK_EQ(STATUS_INVALID_PARAMETER, RtlCharToInteger("1", 3, &Value));
}

/* "RtlSplay" and its neighbours: the order of the keys is that of the walk. */
VOID MiscSplay(PCONFORM_TEST_CONTEXT T)
{
	RTL_SPLAY_LINKS Nodes[4], *Root = &Nodes[1];
	ULONG i;

	for (i = 0; i < RTL_NUMBER_OF(Nodes); i++)
		RtlInitializeSplayLinks(&Nodes[i]);
	RtlInsertAsLeftChild(&Nodes[1], &Nodes[0]);
	RtlInsertAsRightChild(&Nodes[1], &Nodes[3]);
	RtlInsertAsLeftChild(&Nodes[3], &Nodes[2]);
	CHECK(RtlRealSuccessor(&Nodes[0]) == &Nodes[1]);
	CHECK(RtlRealSuccessor(&Nodes[3]) == NULL);
	CHECK(RtlRealPredecessor(&Nodes[2]) == &Nodes[1]);
	CHECK(RtlRealPredecessor(&Nodes[0]) == NULL);
	/* "RtlSubtreeSuccessor": among the descendants only. */
	CHECK(RtlSubtreeSuccessor(&Nodes[1]) == &Nodes[2]);
	CHECK(RtlSubtreeSuccessor(&Nodes[2]) == NULL);
	CHECK(RtlSubtreePredecessor(&Nodes[3]) == &Nodes[2]);
	CHECK(RtlSubtreePredecessor(&Nodes[2]) == NULL);
	/* "RtlSplay": the node becomes the root, which is returned. */
	Root = RtlSplay(&Nodes[2]);
	CHECK(Root == &Nodes[2] && RtlIsRoot(Root));
	for (i = 0; i < 3; i++)
		CHECK(RtlRealSuccessor(&Nodes[i]) == &Nodes[i + 1]);
	Root = RtlDelete(&Nodes[1]);
	CHECK(RtlRealSuccessor(&Nodes[0]) == &Nodes[2]);
	RtlDeleteNoSplay(&Nodes[0], &Root);
	CHECK(RtlRealPredecessor(&Nodes[2]) == NULL);
	Root = RtlDelete(&Nodes[2]);
	CHECK(Root == &Nodes[3]);
	CHECK(RtlDelete(&Nodes[3]) == NULL);
}

/* "RtlTestBit", "RtlFindFirstRunClear", "RtlFindLeastSignificantBit". */
VOID MiscBits(PCONFORM_TEST_CONTEXT T)
{
	ULONG Buffer[2] = { 0, 0 }, Start = 99;
	RTL_BITMAP Map;

	RtlInitializeBitMap(&Map, Buffer, 64);
	RtlSetBit(&Map, 0);
	RtlSetBit(&Map, 40);
	CHECK(RtlTestBit(&Map, 40));
	CHECK(!RtlTestBit(&Map, 41));
	CHECK_EQ(39, RtlFindFirstRunClear(&Map, &Start));
	CHECK_EQ(1, Start);
	RtlClearBit(&Map, 40);
	CHECK(!RtlTestBit(&Map, 40));
	CHECK_EQ(4, RtlFindLeastSignificantBit(0x8010));
	CHECK_EQ(15, RtlFindMostSignificantBit(0x8010));
	CHECK_EQ(-1, RtlFindLeastSignificantBit(0));
	CHECK_EQ(-1, RtlFindMostSignificantBit(0));
	CHECK_EQ(9, RtlNumberOfSetBitsUlongPtr(0x80000000000000ff));
}

/* "RtlTimeToSecondsSince1970" and its like. */
VOID MiscSeconds(PCONFORM_TEST_CONTEXT T)
{
	LARGE_INTEGER Time;
	ULONG Seconds = 0;

	RtlSecondsSince1970ToTime(0, &Time);
	CHECK_EQ(116444736000000000LL, Time.QuadPart);
	CHECK(RtlTimeToSecondsSince1970(&Time, &Seconds));
	CHECK_EQ(0, Seconds);
	CHECK(!RtlTimeToSecondsSince1980(&Time, &Seconds));
	/* Ten years, three of them with a 366th day: 1972, 1976; 1980 begins. */
	RtlSecondsSince1980ToTime(5, &Time);
	CHECK(RtlTimeToSecondsSince1970(&Time, &Seconds));
	CHECK_EQ((10 * 365 + 2) * 86400 + 5, Seconds);
	CHECK(RtlTimeToSecondsSince1980(&Time, &Seconds));
	CHECK_EQ(5, Seconds);
}

/* "RtlRandomEx", "RtlUniform"; CRC-32 as in Ethernet; a back trace. */
VOID MiscNumbers(PCONFORM_TEST_CONTEXT T)
{
	ULONG Seed = 1, First, Second, Hash = 0;
	PVOID Trace[4] = { NULL };

	First = RtlRandomEx(&Seed);
	Second = RtlRandomEx(&Seed);
	CHECK(First < MAXLONG && Second < MAXLONG && First != Second);
	CHECK(RtlRandom(&Seed) < MAXLONG);
#ifndef __MINGW32__
	Seed = 7;
	First = RtlUniform(&Seed);
	Seed = 7;
	CHECK_EQ(First, RtlUniform(&Seed));
	CHECK_EQ(0xcbf43926, RtlComputeCrc32(0, "123456789", 9));
	/* "RtlIsServicePackVersionInstalled": no Windows 10 has a seventh service pack. */
	CHECK(!RtlIsServicePackVersionInstalled(0x0a000700));
#endif
	CHECK(RtlCaptureStackBackTrace(0, RTL_NUMBER_OF(Trace), Trace, &Hash) > 0);
	CHECK(Trace[0] != NULL && Hash != 0);
}

#ifndef __MINGW32__
static ULONG CountRanges(PRTL_RANGE_LIST List, PULONGLONG Last)
{
	RTL_RANGE_LIST_ITERATOR Iterator;
	PRTL_RANGE Range;
	NTSTATUS Status = RtlGetFirstRange(List, &Iterator, &Range);
	ULONG Count = 0;

	while (NT_SUCCESS(Status)) {
		Count++;
		*Last = Range->End;
		Status = RtlGetNextRange(&Iterator, &Range, TRUE);
	}
	return Status == STATUS_NO_MORE_ENTRIES ? Count : ~0u;
}
#endif

/* DDK of Windows 2000, "RtlAddRange": what overlaps is refused, unless it is shared. */
VOID MiscRanges(PCONFORM_TEST_CONTEXT T)
{
#ifndef __MINGW32__
	RTL_RANGE_LIST List;
	ULONGLONG Last = 0;
	ULONG Words[4] = { 1, 1, 1, 1 };

	RtlInitializeRangeList(&List);
	CHECK_EQ(0, CountRanges(&List, &Last));
	CHECK_EQ(STATUS_SUCCESS, RtlAddRange(&List, 0x300, 0x307, 0, 0, NULL, T));
	CHECK_EQ(STATUS_SUCCESS, RtlAddRange(&List, 0x200, 0x20f, 0, 0, NULL, &List));
	CHECK_EQ(STATUS_RANGE_LIST_CONFLICT, RtlAddRange(&List, 0x307, 0x30f, 0, 0, NULL, T));
	CHECK_EQ(2, CountRanges(&List, &Last));
	CHECK_EQ(0x307, Last);
	CHECK_EQ(STATUS_SUCCESS, RtlDeleteRange(&List, 0x300, 0x307, T));
	CHECK_EQ(STATUS_RANGE_NOT_FOUND, RtlDeleteRange(&List, 0x300, 0x307, T));
	CHECK_EQ(STATUS_SUCCESS, RtlAddRange(&List, 0x400, 0x407, 0, 0, NULL, T));
	CHECK_EQ(STATUS_SUCCESS, RtlDeleteOwnersRanges(&List, T));
	CHECK_EQ(1, CountRanges(&List, &Last));
	CHECK_EQ(0x20f, Last);
	RtlFreeRangeList(&List);
	CHECK_EQ(0, CountRanges(&List, &Last));

	/* "RtlFillMemoryUlong": whole patterns. */
	RtlFillMemoryUlong(Words, 8, 0x12345678);
	CHECK(Words[0] == 0x12345678 && Words[1] == 0x12345678 && Words[2] == 1);
	RtlFillMemoryUlonglong(Words + 2, 8, 0x1122334455667788);
	CHECK(Words[2] == 0x55667788 && Words[3] == 0x11223344 && Words[1] == 0x12345678);
#else
	UNREFERENCED_PARAMETER(T);
#endif
}

static const ULONG Keys[] = { 5, 3, 9 };

static RTL_GENERIC_COMPARE_RESULTS NTAPI CompareKeys(RTL_GENERIC_TABLE *Table, PVOID A, PVOID B)
{
	UNREFERENCED_PARAMETER(Table);
	return *(PULONG)A < *(PULONG)B ? GenericLessThan :
	       *(PULONG)A > *(PULONG)B ? GenericGreaterThan : GenericEqual;
}

static PVOID NTAPI AllocateNode(RTL_GENERIC_TABLE *Table, CLONG Size)
{
	UNREFERENCED_PARAMETER(Table);
	return ExAllocatePoolWithTag(NonPagedPool, Size, 'lbaT');
}

static VOID NTAPI FreeNode(RTL_GENERIC_TABLE *Table, PVOID Buffer)
{
	UNREFERENCED_PARAMETER(Table);
	ExFreePool(Buffer);
}

static RTL_GENERIC_COMPARE_RESULTS NTAPI CompareAvlKeys(RTL_AVL_TABLE *Table, PVOID A, PVOID B)
{
	UNREFERENCED_PARAMETER(Table);
	return CompareKeys(NULL, A, B);
}

static PVOID NTAPI AllocateAvlNode(RTL_AVL_TABLE *Table, CLONG Size)
{
	UNREFERENCED_PARAMETER(Table);
	return ExAllocatePoolWithTag(NonPagedPool, Size, 'lbaT');
}

static VOID NTAPI FreeAvlNode(RTL_AVL_TABLE *Table, PVOID Buffer)
{
	UNREFERENCED_PARAMETER(Table);
	ExFreePool(Buffer);
}

/* "RtlEnumerateGenericTableWithoutSplaying", "RtlLookupElementGenericTableAvl". */
VOID MiscTables(PCONFORM_TEST_CONTEXT T)
{
	RTL_GENERIC_TABLE Table;
	RTL_AVL_TABLE Avl;
	PVOID Restart = NULL;
	ULONG i, Key, Last = 0, *Found;

	RtlInitializeGenericTable(&Table, CompareKeys, AllocateNode, FreeNode, NULL);
	RtlInitializeGenericTableAvl(&Avl, CompareAvlKeys, AllocateAvlNode, FreeAvlNode, NULL);
	for (i = 0; i < RTL_NUMBER_OF(Keys); i++) {
		Key = Keys[i];
		RtlInsertElementGenericTable(&Table, &Key, sizeof(Key), NULL);
		RtlInsertElementGenericTableAvl(&Avl, &Key, sizeof(Key), NULL);
	}
	for (i = 0; (Found = RtlEnumerateGenericTableWithoutSplaying(&Table, &Restart)); i++) {
		CHECK(*Found > Last);
		Last = *Found;
	}
	CHECK_EQ(3, i);
	for (i = 0; i < RTL_NUMBER_OF(Keys); i++) {
		Key = Keys[i];
		Found = RtlLookupElementGenericTableAvl(&Avl, &Key);
		CHECK(Found && *Found == Key);
		CHECK(RtlDeleteElementGenericTableAvl(&Avl, &Key));
		CHECK(RtlLookupElementGenericTableAvl(&Avl, &Key) == NULL);
		CHECK(RtlDeleteElementGenericTable(&Table, &Key));
	}
}
