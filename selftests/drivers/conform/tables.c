// SPDX-License-Identifier: GPL-2.0
/* Generic tables. */
#include "conform.h"

static RTL_GENERIC_COMPARE_RESULTS Compare(ULONG A, ULONG B)
{
	return A < B ? GenericLessThan : A > B ? GenericGreaterThan : GenericEqual;
}

static RTL_GENERIC_COMPARE_RESULTS NTAPI CompareSplay(RTL_GENERIC_TABLE *Table, PVOID A, PVOID B)
{
	UNREFERENCED_PARAMETER(Table);
	return Compare(*(PULONG)A, *(PULONG)B);
}

static PVOID NTAPI AllocateSplay(RTL_GENERIC_TABLE *Table, CLONG Size)
{
	++*(PLONG)Table->TableContext;
	return ExAllocatePoolWithTag(NonPagedPool, Size, 'lbaT');
}

static VOID NTAPI FreeSplay(RTL_GENERIC_TABLE *Table, PVOID Buffer)
{
	--*(PLONG)Table->TableContext;
	ExFreePool(Buffer);
}

static RTL_GENERIC_COMPARE_RESULTS NTAPI CompareAvl(RTL_AVL_TABLE *Table, PVOID A, PVOID B)
{
	UNREFERENCED_PARAMETER(Table);
	return Compare(*(PULONG)A, *(PULONG)B);
}

static PVOID NTAPI AllocateAvl(RTL_AVL_TABLE *Table, CLONG Size)
{
	++*(PLONG)Table->TableContext;
	return ExAllocatePoolWithTag(NonPagedPool, Size, 'lbaT');
}

static VOID NTAPI FreeAvl(RTL_AVL_TABLE *Table, PVOID Buffer)
{
	--*(PLONG)Table->TableContext;
	ExFreePool(Buffer);
}

static const ULONG Keys[] = { 50, 20, 80, 10, 30, 70, 90 };

/* "RtlInsertElementGenericTable", "RtlEnumerateGenericTable", "RtlGetElementGenericTable". */
VOID TableSplay(PCONFORM_TEST_CONTEXT T)
{
	RTL_GENERIC_TABLE Table;
	LONG Allocated = 0;
	ULONG i, Key, Last = 0, *Found;
	BOOLEAN New;

	RtlInitializeGenericTable(&Table, CompareSplay, AllocateSplay, FreeSplay, &Allocated);
	CHECK(RtlIsGenericTableEmpty(&Table));
	for (i = 0; i < RTL_NUMBER_OF(Keys); i++) {
		Key = Keys[i];
		New = FALSE;
		Found = RtlInsertElementGenericTable(&Table, &Key, sizeof(Key), &New);
		/* "the pointer returned ... is never equal to Buffer" */
		CHECK(New && Found != &Key && *Found == Key);
	}
	New = TRUE;
	CHECK(RtlInsertElementGenericTable(&Table, &Key, sizeof(Key), &New) == Found);
	CHECK(!New);
	CHECK_EQ(7, RtlNumberGenericTableElements(&Table));
	for (Found = RtlEnumerateGenericTable(&Table, TRUE), i = 0; Found;
	     Found = RtlEnumerateGenericTable(&Table, FALSE), i++) {
		CHECK(*Found > Last);
		Last = *Found;
	}
	CHECK_EQ(7, i);
	/* By number it is the order of insertion. */
	for (i = 0; i < RTL_NUMBER_OF(Keys); i++) {
		Found = RtlGetElementGenericTable(&Table, i);
		CHECK(Found && *Found == Keys[i]);
	}
	CHECK(RtlGetElementGenericTable(&Table, 7) == NULL);
	for (i = 0; i < RTL_NUMBER_OF(Keys); i++) {
		Key = Keys[i];
		CHECK(RtlLookupElementGenericTable(&Table, &Key) != NULL);
		CHECK(RtlDeleteElementGenericTable(&Table, &Key));
		CHECK(!RtlDeleteElementGenericTable(&Table, &Key));
		CHECK(RtlLookupElementGenericTable(&Table, &Key) == NULL);
	}
	CHECK_EQ(0, Allocated);
}

/* "RtlInsertElementGenericTableAvl", "RtlEnumerateGenericTableWithoutSplayingAvl". */
VOID TableAvl(PCONFORM_TEST_CONTEXT T)
{
	RTL_AVL_TABLE Table;
	LONG Allocated = 0;
	PVOID Restart = NULL;
	ULONG i, Key, Last = 0, *Found;
	BOOLEAN New;

	RtlInitializeGenericTableAvl(&Table, CompareAvl, AllocateAvl, FreeAvl, &Allocated);
	CHECK(RtlIsGenericTableEmptyAvl(&Table));
	for (i = 0; i < RTL_NUMBER_OF(Keys); i++) {
		Key = Keys[i];
		New = FALSE;
		Found = RtlInsertElementGenericTableAvl(&Table, &Key, sizeof(Key), &New);
		CHECK(New && Found != &Key && *Found == Key);
	}
	for (i = 0; (Found = RtlEnumerateGenericTableWithoutSplayingAvl(&Table, &Restart)); i++) {
		CHECK(*Found > Last);
		Last = *Found;
	}
	CHECK_EQ(7, i);
	CHECK_EQ(7, RtlNumberGenericTableElementsAvl(&Table));
	Found = RtlGetElementGenericTableAvl(&Table, 2);
	CHECK(Found && *Found == 30);
	/* "RtlEnumerateGenericTableAvl": the way to delete all elements. */
	while ((Found = RtlEnumerateGenericTableAvl(&Table, TRUE)) != NULL)
		if (!RtlDeleteElementGenericTableAvl(&Table, Found))
			break;
	CHECK(RtlIsGenericTableEmptyAvl(&Table));
	CHECK_EQ(0, Allocated);
}
