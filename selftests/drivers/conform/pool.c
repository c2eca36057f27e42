// SPDX-License-Identifier: GPL-2.0
/* Pool memory. */
#include "conform.h"

#define TAG	'looP'

static const SIZE_T Sizes[] = {
	1, 7, 8, 15, 16, 17, 31, 32, 64, 100, 128, 255, 256, 512, 1000, 1024, 2048, 4064, 4079,
	4080, 4081, 4095, 4096, 4097, 5000, 8191, 8192, 12288, 16384, 32769, 65535, 65536,
};

/* "ExAllocatePoolWithTag": aligned to 16 bytes; a page or more, to a page. */
VOID PoolAlignment(PCONFORM_TEST_CONTEXT T)
{
	PUCHAR Block[RTL_NUMBER_OF(Sizes)];
	ULONG i;

	for (i = 0; i < RTL_NUMBER_OF(Sizes); i++) {
		Block[i] = ExAllocatePoolWithTag(i & 1 ? PagedPool : NonPagedPool, Sizes[i], TAG);
		CHECK(Block[i] != NULL);
		CHECK_EQ(0, (ULONG_PTR)Block[i] % 16);
		if (Sizes[i] >= PAGE_SIZE)
			CHECK_EQ(0, (ULONG_PTR)Block[i] % PAGE_SIZE);
	}
	for (i = 0; i < RTL_NUMBER_OF(Sizes); i++)
		if (Block[i])
			ExFreePoolWithTag(Block[i], TAG);
}

/* All bytes are the caller's own, first to last. */
VOID PoolContents(PCONFORM_TEST_CONTEXT T)
{
	PUCHAR Block[RTL_NUMBER_OF(Sizes)];
	ULONG i, Wrong = 0;
	SIZE_T j;

	for (i = 0; i < RTL_NUMBER_OF(Sizes); i++) {
		Block[i] = ExAllocatePoolWithTag(NonPagedPool, Sizes[i], TAG);
		if (Block[i])
			RtlFillMemory(Block[i], Sizes[i], (UCHAR)(i + 1));
	}
	for (i = 0; i < RTL_NUMBER_OF(Sizes); i++) {
		CHECK(Block[i] != NULL);
		for (j = 0; Block[i] && j < Sizes[i]; j++)
			Wrong += Block[i][j] != (UCHAR)(i + 1);
	}
	CHECK_EQ(0, Wrong);
	for (i = 0; i < RTL_NUMBER_OF(Sizes); i++)
		if (Block[i])
			ExFreePool(Block[i]);
}

/* "ExAllocatePoolWithTag", "ExFreePoolWithTag": nonpaged pool at DISPATCH_LEVEL. */
VOID PoolAtDispatch(PCONFORM_TEST_CONTEXT T)
{
	PVOID Small, Large, Untagged;
	BOOLEAN Aligned;
	KIRQL Irql;

	KeRaiseIrql(DISPATCH_LEVEL, &Irql);
	Small = ExAllocatePoolWithTag(NonPagedPool, 24, TAG);
	Large = ExAllocatePoolWithTag(NonPagedPool, 3 * PAGE_SIZE, TAG);
	Untagged = ExAllocatePool(NonPagedPool, 100);
	Aligned = (ULONG_PTR)Small % 16 == 0 && (ULONG_PTR)Large % PAGE_SIZE == 0;
	if (Small)
		ExFreePoolWithTag(Small, TAG);
	if (Large) {
		RtlFillMemory(Large, 3 * PAGE_SIZE, 0x5a);
		ExFreePoolWithTag(Large, TAG);
	}
	if (Untagged)
		ExFreePool(Untagged);
	KeLowerIrql(Irql);
	CHECK(Small != NULL);
	CHECK(Large != NULL);
	CHECK(Untagged != NULL);
	CHECK(Aligned);
}

/*
 * "ExAllocatePoolWithTag": NULL when there is not enough memory, be the size
 * ever so absurd. Zero bytes give a block that must be freed like any other.
 */
VOID PoolRefused(PCONFORM_TEST_CONTEXT T)
{
	static const SIZE_T Absurd[] = {
		~(SIZE_T)0, ~(SIZE_T)0 - 15, ~(SIZE_T)0 - 16, ~(SIZE_T)0 - 4095,
		(SIZE_T)1 << 63, (SIZE_T)1 << 46, ((SIZE_T)1 << 32) + 1,
	};
	PVOID Block;
	ULONG i;

	for (i = 0; i < RTL_NUMBER_OF(Absurd); i++) {
		Block = ExAllocatePoolWithTag(NonPagedPool, Absurd[i], TAG);
		CHECK(Block == NULL);
		if (Block)
			ExFreePoolWithTag(Block, TAG);
	}
	Block = ExAllocatePoolWithTag(NonPagedPool, 0, TAG);
	CHECK(Block != NULL);
	if (Block)
		ExFreePoolWithTag(Block, TAG);
}

/*
 * "ExAllocatePoolWithQuotaTag": NULL for failure only with
 * POOL_QUOTA_FAIL_INSTEAD_OF_RAISE; the exception is sehtest's business.
 */
VOID PoolQuota(PCONFORM_TEST_CONTEXT T)
{
	PVOID Block = ExAllocatePoolWithQuotaTag(NonPagedPool, 100, TAG);

	CHECK(Block != NULL);
	if (Block)
		ExFreePoolWithTag(Block, TAG);
	Block = ExAllocatePoolWithQuotaTag((POOL_TYPE)(NonPagedPool |
						       POOL_QUOTA_FAIL_INSTEAD_OF_RAISE),
					   (SIZE_T)1 << 46, TAG);
	CHECK(Block == NULL);
}

/*
 * Blocks of no bytes are blocks all the same: each has an address of its own,
 * which never is that of a large block.
 */
VOID PoolEmpty(PCONFORM_TEST_CONTEXT T)
{
	enum { EMPTY = 1024 };
	PVOID *Block = ExAllocatePoolWithTag(NonPagedPool, EMPTY * sizeof(PVOID), TAG);
	ULONG i, OnPage = 0, Missing = 0;

	CHECK(Block != NULL);
	if (!Block)
		return;
	for (i = 0; i < EMPTY; i++) {
		Block[i] = ExAllocatePoolWithTag(NonPagedPool, 0, TAG);
		Missing += !Block[i];
		OnPage += (ULONG_PTR)Block[i] % PAGE_SIZE == 0;
	}
	CHECK_EQ(0, Missing);
	CHECK_EQ(0, OnPage);
	for (i = 0; i < EMPTY; i++)
		if (Block[i])
			ExFreePoolWithTag(Block[i], TAG);
	ExFreePoolWithTag(Block, TAG);
}
