// SPDX-License-Identifier: GPL-2.0
/*
 * Lookaside lists. Allocating and freeing is inline in the driver, as on Windows;
 * here lists are made and emptied. The depth is fixed: memory that drivers hold
 * back is not adjusted to the system's needs.
 */
#include "../gate.h"

#define DEPTH		32
#define MAXIMUM_DEPTH	256

static void initialize(PGENERAL_LOOKASIDE_POOL list, u32 type, size_t size, u32 tag)
{
	memset(list, 0, sizeof(*list));
	InitializeSListHead(&list->ListHead);
	list->Depth = DEPTH;
	list->MaximumDepth = MAXIMUM_DEPTH;
	list->Type = type;
	list->Tag = tag;
	list->Size = max_t(size_t, size, LOOKASIDE_MINIMUM_BLOCK_SIZE);
	InitializeListHead(&list->ListEntry);
}

static void initialize_with(PGENERAL_LOOKASIDE_POOL list, u32 type, PALLOCATE_FUNCTION allocate,
			    PFREE_FUNCTION free, size_t size, u32 tag)
{
	initialize(list, type, size, tag);
	list->Allocate = allocate ?: ExAllocatePoolWithTag;
	list->Free = free ?: ExFreePool;
}

static void empty(PGENERAL_LOOKASIDE_POOL list)
{
	PSLIST_ENTRY entry;

	while ((entry = ExpInterlockedPopEntrySList(&list->ListHead)))
		nt_call_lookaside_free(list->Free, entry);
}

/**
 * ExInitializeNPagedLookasideList - make a list of blocks of nonpaged pool
 * @Lookaside: resident, aligned to 16 bytes
 * @Allocate: makes a block when the list is empty; or NULL for pool memory
 * @Free: frees one when it is full; or NULL
 * @Flags: POOL_RAISE_IF_ALLOCATION_FAILURE or POOL_NX_ALLOCATION
 * @Size: of a block, at least LOOKASIDE_MINIMUM_BLOCK_SIZE
 * @Tag: of the pool memory
 * @Depth: reserved
 *
 * IRQL: <= DISPATCH_LEVEL.
 */
void ExInitializeNPagedLookasideList(PNPAGED_LOOKASIDE_LIST Lookaside, PALLOCATE_FUNCTION Allocate,
				     PFREE_FUNCTION Free, ULONG Flags, SIZE_T Size, ULONG Tag,
				     USHORT Depth)
{
	initialize_with((PGENERAL_LOOKASIDE_POOL)&Lookaside->L, NonPagedPool | Flags, Allocate, Free,
			Size, Tag);
}
EXPORT_SYMBOL(ExInitializeNPagedLookasideList);

/**
 * ExDeleteNPagedLookasideList - free what a list holds
 * @Lookaside: the list, which nobody uses any more
 *
 * IRQL: <= DISPATCH_LEVEL.
 */
void ExDeleteNPagedLookasideList(PNPAGED_LOOKASIDE_LIST Lookaside)
{
	empty((PGENERAL_LOOKASIDE_POOL)&Lookaside->L);
}
EXPORT_SYMBOL(ExDeleteNPagedLookasideList);

/**
 * ExInitializePagedLookasideList - make a list of blocks of paged pool
 * @Lookaside: resident, aligned to 16 bytes
 * @Allocate: makes a block when the list is empty; or NULL for pool memory
 * @Free: frees one when it is full; or NULL
 * @Flags: POOL_RAISE_IF_ALLOCATION_FAILURE
 * @Size: of a block
 * @Tag: of the pool memory
 * @Depth: reserved
 *
 * IRQL: <= APC_LEVEL.
 */
void ExInitializePagedLookasideList(PPAGED_LOOKASIDE_LIST Lookaside, PALLOCATE_FUNCTION Allocate,
				    PFREE_FUNCTION Free, ULONG Flags, SIZE_T Size, ULONG Tag,
				    USHORT Depth)
{
	initialize_with((PGENERAL_LOOKASIDE_POOL)&Lookaside->L, PagedPool | Flags, Allocate, Free,
			Size, Tag);
}
EXPORT_SYMBOL(ExInitializePagedLookasideList);

/**
 * ExDeletePagedLookasideList - free what a list holds
 * @Lookaside: the list, which nobody uses any more
 *
 * IRQL: <= APC_LEVEL.
 */
void ExDeletePagedLookasideList(PPAGED_LOOKASIDE_LIST Lookaside)
{
	empty((PGENERAL_LOOKASIDE_POOL)&Lookaside->L);
}
EXPORT_SYMBOL(ExDeletePagedLookasideList);

static PVOID allocate_default(POOL_TYPE type, SIZE_T bytes, ULONG tag, PLOOKASIDE_LIST_EX list)
{
	return ExAllocatePoolWithTag(type, bytes, tag);
}

static PVOID allocate_quota(POOL_TYPE type, SIZE_T bytes, ULONG tag, PLOOKASIDE_LIST_EX list)
{
	return ExAllocatePoolWithQuotaTag(type, bytes, tag);
}

static VOID free_default(PVOID buffer, PLOOKASIDE_LIST_EX list)
{
	ExFreePool(buffer);
}

/* What the flags mean for the pool type; 0xffffffff when they make no sense. */
static u32 type_with_flags(u32 type, u32 flags)
{
	switch (flags) {
	case 0:
		return type;
	case EX_LOOKASIDE_LIST_EX_FLAGS_RAISE_ON_FAIL:
		return type | POOL_RAISE_IF_ALLOCATION_FAILURE;
	case EX_LOOKASIDE_LIST_EX_FLAGS_FAIL_NO_RAISE:
		return type | POOL_QUOTA_FAIL_INSTEAD_OF_RAISE;
	default:
		return ~0U;
	}
}

static bool is_pool_type(POOL_TYPE type)
{
	switch (type) {
	case NonPagedPool:
	case PagedPool:
	case NonPagedPoolCacheAligned:
	case PagedPoolCacheAligned:
	case NonPagedPoolNx:
	case NonPagedPoolNxCacheAligned:
		return true;
	default:
		return false;
	}
}

/**
 * ExInitializeLookasideListEx - make a list of blocks, with the list told to its routines
 * @Lookaside: resident, aligned to 16 bytes
 * @Allocate: makes a block when the list is empty; or NULL for pool memory
 * @Free: frees one when it is full; or NULL
 * @PoolType: of the blocks
 * @Flags: 0 or EX_LOOKASIDE_LIST_EX_FLAGS_x
 * @Size: of a block
 * @Tag: of the pool memory
 * @Depth: reserved
 *
 * IRQL: <= DISPATCH_LEVEL. Returns STATUS_SUCCESS, STATUS_INVALID_PARAMETER_4 or _5.
 */
NTSTATUS ExInitializeLookasideListEx(PLOOKASIDE_LIST_EX Lookaside, PALLOCATE_FUNCTION_EX Allocate,
				     PFREE_FUNCTION_EX Free, POOL_TYPE PoolType, ULONG Flags,
				     SIZE_T Size, ULONG Tag, USHORT Depth)
{
	u32 type = type_with_flags(PoolType, Flags);

	if (!is_pool_type(PoolType))
		return STATUS_INVALID_PARAMETER_4;
	if (type == ~0U)
		return STATUS_INVALID_PARAMETER_5;
	initialize(&Lookaside->L, type, Size, Tag);
	if (Allocate)
		Lookaside->L.AllocateEx = Allocate;
	else if (Flags & EX_LOOKASIDE_LIST_EX_FLAGS_FAIL_NO_RAISE)
		Lookaside->L.AllocateEx = allocate_quota;
	else
		Lookaside->L.AllocateEx = allocate_default;
	Lookaside->L.FreeEx = Free ?: free_default;
	return STATUS_SUCCESS;
}
EXPORT_SYMBOL(ExInitializeLookasideListEx);

/**
 * ExFlushLookasideListEx - free what a list holds, and go on
 * @Lookaside: the list
 *
 * IRQL: <= DISPATCH_LEVEL.
 */
void ExFlushLookasideListEx(PLOOKASIDE_LIST_EX Lookaside)
{
	PSLIST_ENTRY entry;

	while ((entry = ExpInterlockedPopEntrySList(&Lookaside->L.ListHead)))
		nt_call_lookaside_free_ex(Lookaside->L.FreeEx, entry, Lookaside);
}
EXPORT_SYMBOL(ExFlushLookasideListEx);

/**
 * ExDeleteLookasideListEx - free what a list holds
 * @Lookaside: the list, which nobody uses any more
 *
 * IRQL: <= DISPATCH_LEVEL.
 */
void ExDeleteLookasideListEx(PLOOKASIDE_LIST_EX Lookaside)
{
	ExFlushLookasideListEx(Lookaside);
}
EXPORT_SYMBOL(ExDeleteLookasideListEx);
