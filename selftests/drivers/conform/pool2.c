// SPDX-License-Identifier: GPL-2.0
/* Pool by flags and priorities. The DDK of mingw-w64 lacks the newest routines. */
#include "conform.h"

#define TAG	'2ooP'

static BOOLEAN IsZero(PUCHAR Block, SIZE_T Bytes)
{
	while (Bytes--)
		if (*Block++)
			return FALSE;
	return TRUE;
}

#ifndef __MINGW32__
/* "ExAllocatePool2": zeroed; "POOL_FLAGS". */
VOID Pool2Zeroed(PCONFORM_TEST_CONTEXT T)
{
	static const SIZE_T Sizes[] = { 1, 100, 1000, 4096, 20000 };
	PUCHAR Block;
	ULONG i;

	for (i = 0; i < RTL_NUMBER_OF(Sizes); i++) {
		Block = ExAllocatePool2(POOL_FLAG_NON_PAGED, Sizes[i], TAG);
		CHECK(Block != NULL);
		if (!Block)
			continue;
		CHECK(IsZero(Block, Sizes[i]));
		RtlFillMemory(Block, Sizes[i], 0xff);
		ExFreePoolWithTag(Block, TAG);
	}
	Block = ExAllocatePool2(POOL_FLAG_PAGED | POOL_FLAG_UNINITIALIZED | POOL_FLAG_USE_QUOTA |
				POOL_FLAG_SPECIAL_POOL, 100, TAG);
	CHECK(Block != NULL);
	if (Block)
		ExFreePool2(Block, TAG, NULL, 0);
	Block = ExAllocatePool2(POOL_FLAG_PAGED | POOL_FLAG_CACHE_ALIGNED, 100, TAG);
	CHECK(Block != NULL);
	CHECK_EQ(0, (ULONG_PTR)Block % SYSTEM_CACHE_ALIGNMENT_SIZE);
	if (Block)
		ExFreePool(Block);
}

/* "ExAllocatePool2": NULL for a tag of 0, flags that make no sense, too much. */
VOID Pool2Refused(PCONFORM_TEST_CONTEXT T)
{
	CHECK(ExAllocatePool2(POOL_FLAG_NON_PAGED, 100, 0) == NULL);
	CHECK(ExAllocatePool2(0, 100, TAG) == NULL);
	CHECK(ExAllocatePool2(POOL_FLAG_NON_PAGED | POOL_FLAG_PAGED, 100, TAG) == NULL);
	CHECK(ExAllocatePool2(POOL_FLAG_NON_PAGED | 0x40000000, 100, TAG) == NULL);
	CHECK(ExAllocatePool2(POOL_FLAG_NON_PAGED, (SIZE_T)1 << 46, TAG) == NULL);
}

/* "ExAllocatePool3", "POOL_EXTENDED_PARAMETER". */
VOID Pool3Parameters(PCONFORM_TEST_CONTEXT T)
{
	POOL_EXTENDED_PARAMETER Parameter;
	PVOID Block;

	RtlZeroMemory(&Parameter, sizeof(Parameter));
	Parameter.Type = PoolExtendedParameterPriority;
	Parameter.Priority = HighPoolPriority;
	Block = ExAllocatePool3(POOL_FLAG_NON_PAGED, 64, TAG, &Parameter, 1);
	CHECK(Block != NULL);
	if (Block)
		ExFreePoolWithTag(Block, TAG);
	/* Neither known nor optional. */
	Parameter.Type = 99;
	CHECK(ExAllocatePool3(POOL_FLAG_NON_PAGED, 64, TAG, &Parameter, 1) == NULL);
	Parameter.Optional = 1;
	Block = ExAllocatePool3(POOL_FLAG_NON_PAGED, 64, TAG, &Parameter, 1);
	CHECK(Block != NULL);
	if (Block)
		ExFreePoolWithTag(Block, TAG);
}

/* "ExAllocatePoolZero" and its kin. */
VOID PoolZeroed(PCONFORM_TEST_CONTEXT T)
{
	PUCHAR Block[4];
	ULONG i;

	Block[0] = ExAllocatePoolZero(NonPagedPool, 300, TAG);
	Block[1] = ExAllocatePoolQuotaZero(PagedPool, 300, TAG);
	Block[2] = ExAllocatePoolPriorityZero(NonPagedPool, 300, TAG, LowPoolPriority);
	Block[3] = ExAllocatePoolPriorityUninitialized(NonPagedPool, 300, TAG, NormalPoolPriority);
	for (i = 0; i < 4; i++) {
		CHECK(Block[i] != NULL);
		if (!Block[i])
			continue;
		if (i < 3)
			CHECK(IsZero(Block[i], 300));
		ExFreePoolWithTag(Block[i], TAG);
	}
}
#else
VOID Pool2Zeroed(PCONFORM_TEST_CONTEXT T) { CHECK(TRUE); }
VOID Pool2Refused(PCONFORM_TEST_CONTEXT T) { CHECK(TRUE); }
VOID Pool3Parameters(PCONFORM_TEST_CONTEXT T) { CHECK(IsZero(NULL, 0)); }
VOID PoolZeroed(PCONFORM_TEST_CONTEXT T) { CHECK(TRUE); }
#endif

/* "ExAllocatePoolWithTagPriority", "ExAllocatePoolWithQuota". */
VOID PoolPriority(PCONFORM_TEST_CONTEXT T)
{
	PVOID Block = ExAllocatePoolWithTagPriority(NonPagedPool, 100, TAG, HighPoolPriority);

	CHECK(Block != NULL);
	if (Block)
		ExFreePoolWithTag(Block, TAG);
	CHECK(ExAllocatePoolWithTagPriority(NonPagedPool, (SIZE_T)1 << 46, TAG,
					    LowPoolPriority) == NULL);
	Block = ExAllocatePoolWithQuota(PagedPool, 100);
	CHECK(Block != NULL);
	if (Block)
		ExFreePool(Block);
}

/* "POOL_TYPE": NonPagedPoolCacheAligned and its like begin a cache line. */
VOID PoolCacheAligned(PCONFORM_TEST_CONTEXT T)
{
	PUCHAR Block[20];
	ULONG i;

	for (i = 0; i < 20; i++) {
		SIZE_T Size = 1 + i * 37;

		Block[i] = ExAllocatePoolWithTag(i & 1 ? PagedPoolCacheAligned : NonPagedPoolCacheAligned,
						 Size, TAG);
		CHECK(Block[i] != NULL);
		CHECK_EQ(0, (ULONG_PTR)Block[i] % 64);
		if (Block[i])
			RtlFillMemory(Block[i], Size, (UCHAR)i);
	}
	for (i = 0; i < 20; i++)
		if (Block[i]) {
			CHECK_EQ(i, Block[i][i * 37]);
			ExFreePoolWithTag(Block[i], TAG);
		}
}
