// SPDX-License-Identifier: GPL-2.0
/* Lookaside lists. */
#include "conform.h"

#define TAG	'kooL'
enum { SIZE = 200, MANY = 300 };

static LONG Allocated, Freed;
static POOL_TYPE SeenType;
static SIZE_T SeenBytes;
static ULONG SeenTag;

static PVOID NTAPI CountAllocate(POOL_TYPE PoolType, SIZE_T NumberOfBytes, ULONG Tag)
{
	SeenType = PoolType;
	SeenBytes = NumberOfBytes;
	SeenTag = Tag;
	Allocated++;
	return ExAllocatePoolWithTag(PoolType, NumberOfBytes, Tag);
}

static VOID NTAPI CountFree(PVOID Buffer)
{
	Freed++;
	ExFreePool(Buffer);
}

/* "ExInitializeNPagedLookasideList": a freed block waits, and is given out again. */
VOID LookasideReuses(PCONFORM_TEST_CONTEXT T)
{
	static NPAGED_LOOKASIDE_LIST List;
	PVOID First, Second;
	KIRQL Irql;

	ExInitializeNPagedLookasideList(&List, NULL, NULL, 0, SIZE, TAG, 0);
	First = ExAllocateFromNPagedLookasideList(&List);
	CHECK(First != NULL);
	if (First) {
		RtlFillMemory(First, SIZE, 0x5a);
		ExFreeToNPagedLookasideList(&List, First);
	}
	KeRaiseIrql(DISPATCH_LEVEL, &Irql);
	Second = ExAllocateFromNPagedLookasideList(&List);
	if (Second)
		ExFreeToNPagedLookasideList(&List, Second);
	KeLowerIrql(Irql);
	CHECK_EQ(First, Second);
	CHECK_EQ(2, List.L.TotalAllocates);
	CHECK_EQ(1, List.L.AllocateMisses);
	CHECK_EQ(2, List.L.TotalFrees);
	CHECK_EQ(0, List.L.FreeMisses);
	CHECK_EQ(SIZE, List.L.Size);
	CHECK_EQ(TAG, List.L.Tag);
	ExDeleteNPagedLookasideList(&List);
}

/* A full list gives blocks back at once; deleting it frees the others. */
VOID LookasideOwnRoutines(PCONFORM_TEST_CONTEXT T)
{
	static NPAGED_LOOKASIDE_LIST List;
	static PVOID Block[MANY];
	ULONG i;

	Allocated = Freed = 0;
	ExInitializeNPagedLookasideList(&List, CountAllocate, CountFree, 0, SIZE, TAG, 0);
	for (i = 0; i < MANY; i++) {
		Block[i] = ExAllocateFromNPagedLookasideList(&List);
		CHECK(Block[i] != NULL);
	}
	CHECK_EQ(MANY, Allocated);
	CHECK_EQ(SIZE, SeenBytes);
	CHECK_EQ(TAG, SeenTag);
	CHECK_EQ(NonPagedPool, SeenType);
	for (i = 0; i < MANY; i++)
		if (Block[i])
			ExFreeToNPagedLookasideList(&List, Block[i]);
	CHECK_EQ(List.L.FreeMisses, Freed);
	CHECK(Freed < MANY);
	ExDeleteNPagedLookasideList(&List);
	CHECK_EQ(MANY, Freed);
}

/* "ExInitializePagedLookasideList". */
VOID LookasidePaged(PCONFORM_TEST_CONTEXT T)
{
	static PAGED_LOOKASIDE_LIST List;
	PVOID First, Second;

	Allocated = Freed = 0;
	ExInitializePagedLookasideList(&List, CountAllocate, CountFree, 0, SIZE, TAG, 0);
	First = ExAllocateFromPagedLookasideList(&List);
	CHECK_EQ(PagedPool, SeenType);
	if (First)
		ExFreeToPagedLookasideList(&List, First);
	Second = ExAllocateFromPagedLookasideList(&List);
	CHECK_EQ(First, Second);
	CHECK_EQ(1, Allocated);
	if (Second)
		ExFreeToPagedLookasideList(&List, Second);
	ExDeletePagedLookasideList(&List);
	CHECK_EQ(1, Freed);
}

static PLOOKASIDE_LIST_EX SeenList;

static PVOID NTAPI CountAllocateEx(POOL_TYPE PoolType, SIZE_T NumberOfBytes, ULONG Tag,
				   PLOOKASIDE_LIST_EX Lookaside)
{
	SeenList = Lookaside;
	return CountAllocate(PoolType, NumberOfBytes, Tag);
}

static VOID NTAPI CountFreeEx(PVOID Buffer, PLOOKASIDE_LIST_EX Lookaside)
{
	SeenList = Lookaside;
	CountFree(Buffer);
}

/* "ExInitializeLookasideListEx": its routines get the list; flush empties it. */
VOID LookasideEx(PCONFORM_TEST_CONTEXT T)
{
	static LOOKASIDE_LIST_EX List;
	PVOID Block;

	CHECK_EQ(STATUS_INVALID_PARAMETER_4, ExInitializeLookasideListEx(&List, NULL, NULL,
			(POOL_TYPE)77, 0, SIZE, TAG, 0));
	CHECK_EQ(STATUS_INVALID_PARAMETER_5, ExInitializeLookasideListEx(&List, NULL, NULL,
			NonPagedPool, 0x80, SIZE, TAG, 0));
	Allocated = Freed = 0;
	CHECK_EQ(STATUS_SUCCESS, ExInitializeLookasideListEx(&List, CountAllocateEx, CountFreeEx,
							     PagedPool, 0, SIZE, TAG, 0));
	Block = ExAllocateFromLookasideListEx(&List);
	CHECK_EQ(&List, SeenList);
	CHECK_EQ(1, Allocated);
	SeenList = NULL;
	if (Block)
		ExFreeToLookasideListEx(&List, Block);
	CHECK_EQ(0, Freed);
	ExFlushLookasideListEx(&List);
	CHECK_EQ(1, Freed);
	CHECK_EQ(&List, SeenList);
	Block = ExAllocateFromLookasideListEx(&List);
	CHECK_EQ(2, Allocated);
	if (Block)
		ExFreeToLookasideListEx(&List, Block);
	ExDeleteLookasideListEx(&List);
	CHECK_EQ(2, Freed);
}

/* EX_LOOKASIDE_LIST_EX_FLAGS_FAIL_NO_RAISE: NULL, not an exception. */
VOID LookasideFails(PCONFORM_TEST_CONTEXT T)
{
	static LOOKASIDE_LIST_EX List;

	CHECK_EQ(STATUS_SUCCESS, ExInitializeLookasideListEx(&List, NULL, NULL, NonPagedPool,
			EX_LOOKASIDE_LIST_EX_FLAGS_FAIL_NO_RAISE, 0xfffff000, TAG, 0));
	CHECK(ExAllocateFromLookasideListEx(&List) == NULL);
	ExDeleteLookasideListEx(&List);
}
