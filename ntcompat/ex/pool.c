// SPDX-License-Identifier: GPL-2.0
/*
 * Pool. Blocks below a page carry a 16-byte header in front, which also gives
 * them the 16-byte alignment that NT promises. Blocks of a page and more must
 * be page-aligned, so what we know about them lies in a table by address.
 */
#include "../ke/forgotten.h"
#include "../ke/irql.h"
#include <linux/mm.h>
#include <linux/xarray.h>

#define SMALL_MAGIC	0x4c50		/* "PL" */

/* @offset: of the header within its allocation, which is not 0 for cache alignment. */
struct small_header {
	u32 tag;
	u16 magic;
	u16 bytes;
	u32 offset;
	u32 reserved;
} __aligned(16);

struct large_block {
	u32 tag;
	size_t bytes;
};

/* By page frame of the block's address; entries are struct large_block. */
static DEFINE_XARRAY_FLAGS(large_blocks, XA_FLAGS_LOCK_BH);

static void count(long blocks, long bytes)
{
	nt_live_add(NT_LIVE_POOL_BLOCK, blocks);
	nt_live_add(NT_LIVE_POOL_BYTE, bytes);
}

/* @align: 16, or that of a cache line. */
static void *alloc_small(size_t bytes, u32 tag, u32 align)
{
	size_t spare = align - sizeof(struct small_header);
	char *start = kmalloc(spare + sizeof(struct small_header) + bytes, nt_gfp() | __GFP_NOWARN);
	struct small_header *header;

	BUILD_BUG_ON(sizeof(*header) != MEMORY_ALLOCATION_ALIGNMENT);
	if (!start)
		return NULL;
	header = PTR_ALIGN((void *)start + sizeof(*header), align) - sizeof(*header);
	header->offset = (char *)header - start;
	header->tag = tag;
	header->magic = SMALL_MAGIC;
	header->bytes = bytes;
	count(1, bytes);
	return header + 1;
}

static void *alloc_large(size_t bytes, u32 tag)
{
	gfp_t gfp = nt_gfp() | __GFP_NOWARN;
	struct large_block *block = kmalloc(sizeof(*block), gfp);
	void *p;

	if (!block)
		return NULL;
	p = gfp & __GFP_DIRECT_RECLAIM ? kvmalloc(PAGE_ALIGN(bytes), gfp) :
					 kmalloc(PAGE_ALIGN(bytes), gfp);
	if (!p)
		goto no_memory;
	*block = (struct large_block){ .tag = tag, .bytes = bytes };
	if (xa_err(xa_store_bh(&large_blocks, (unsigned long)p >> PAGE_SHIFT, block, gfp)))
		goto no_entry;
	count(1, bytes);
	return p;

no_entry:
	kvfree(p);
no_memory:
	kfree(block);
	return NULL;
}

static bool free_large(void *p, const void *who)
{
	struct large_block *block;

	if (!PAGE_ALIGNED(p))
		return false;
	block = xa_erase_bh(&large_blocks, (unsigned long)p >> PAGE_SHIFT);
	if (!block)
		return false;
	nt_timers_forget(p, block->bytes, who);
	count(-1, -(long)block->bytes);
	kfree(block);
	kvfree(p);
	return true;
}

static void free_small(void *p, const void *who)
{
	struct small_header *header = (struct small_header *)p - 1;

	if (WARN(header->magic != SMALL_MAGIC, "ExFreePool of %p, which is no pool block\n", p))
		return;
	nt_timers_forget(p, header->bytes, who);
	header->magic = 0;
	count(-1, -(long)header->bytes);
	kfree((char *)header - header->offset);
}

static bool is_cache_aligned(u32 type)
{
	return type & NonPagedPoolCacheAligned;
}

static void *alloc(u32 type, size_t bytes, u32 tag)
{
	if (bytes >= PAGE_SIZE)
		return bytes <= INT_MAX ? alloc_large(bytes, tag) : NULL;
	/*
	 * Behind the header of an empty block another object may begin: a large
	 * block, even, and ExFreePool() would free that one.
	 */
	return alloc_small(bytes ?: 1, tag, is_cache_aligned(type) ? SYSTEM_CACHE_ALIGNMENT_SIZE :
								     MEMORY_ALLOCATION_ALIGNMENT);
}

/**
 * ExAllocatePoolWithTag - allocate pool memory
 * @PoolType: all types are resident, non-executable memory here. CacheAligned types
 *	begin a cache line. With POOL_RAISE_IF_ALLOCATION_FAILURE failure raises
 *	STATUS_INSUFFICIENT_RESOURCES
 * @NumberOfBytes: size; 0 gives a valid block of no use
 * @Tag: four characters that tell whose it is
 *
 * IRQL: <= DISPATCH_LEVEL (paged pool: <= APC_LEVEL). Returns uninitialised
 * memory, aligned to 16 bytes, or to a page when it is a page or more; NULL when
 * there is none.
 */
PVOID ExAllocatePoolWithTag(POOL_TYPE PoolType, SIZE_T NumberOfBytes, ULONG Tag)
{
	void *p = alloc(PoolType, NumberOfBytes, Tag);

	if (!p && PoolType & POOL_RAISE_IF_ALLOCATION_FAILURE)
		ExRaiseStatus(STATUS_INSUFFICIENT_RESOURCES);
	return p;
}
EXPORT_SYMBOL(ExAllocatePoolWithTag);

/**
 * ExAllocatePool - allocate pool memory without a tag
 * @PoolType: see ExAllocatePoolWithTag()
 * @NumberOfBytes: size
 *
 * IRQL: <= DISPATCH_LEVEL.
 */
PVOID ExAllocatePool(POOL_TYPE PoolType, SIZE_T NumberOfBytes)
{
	return ExAllocatePoolWithTag(PoolType, NumberOfBytes, 0x656e6f4e /* 'None' */);
}
EXPORT_SYMBOL(ExAllocatePool);

/**
 * ExAllocatePoolWithQuotaTag - allocate pool memory, raising an exception when there is none
 * @PoolType: see ExAllocatePoolWithTag(); with POOL_QUOTA_FAIL_INSTEAD_OF_RAISE failure
 *	is NULL
 * @NumberOfBytes: size
 * @Tag: four characters that tell whose it is
 *
 * IRQL: <= DISPATCH_LEVEL. Raises STATUS_INSUFFICIENT_RESOURCES when there is none.
 * No quota is kept: nothing is charged to a process.
 */
PVOID ExAllocatePoolWithQuotaTag(POOL_TYPE PoolType, SIZE_T NumberOfBytes, ULONG Tag)
{
	PVOID p = ExAllocatePoolWithTag(PoolType & ~POOL_QUOTA_FAIL_INSTEAD_OF_RAISE, NumberOfBytes,
					Tag);

	if (!p && !(PoolType & POOL_QUOTA_FAIL_INSTEAD_OF_RAISE))
		ExRaiseStatus(STATUS_INSUFFICIENT_RESOURCES);
	return p;
}
EXPORT_SYMBOL(ExAllocatePoolWithQuotaTag);

/**
 * ExAllocatePoolWithQuota - allocate pool memory without a tag, raising when there is none
 * @PoolType: see ExAllocatePoolWithQuotaTag()
 * @NumberOfBytes: size
 *
 * IRQL: <= DISPATCH_LEVEL.
 */
PVOID ExAllocatePoolWithQuota(POOL_TYPE PoolType, SIZE_T NumberOfBytes)
{
	return ExAllocatePoolWithQuotaTag(PoolType, NumberOfBytes, 0x656e6f4e /* 'None' */);
}
EXPORT_SYMBOL(ExAllocatePoolWithQuota);

static __always_inline void free_block(void *p)
{
	if (WARN_ONCE(!p, "ExFreePool of NULL\n"))
		return;
	if (!free_large(p, (void *)_RET_IP_))
		free_small(p, (void *)_RET_IP_);
}

/**
 * ExFreePool - free pool memory
 * @P: what an allocation returned; not NULL
 *
 * IRQL: <= DISPATCH_LEVEL. A timer in it that is set is cancelled, and the log says so.
 */
void ExFreePool(PVOID P)
{
	free_block(P);
}
EXPORT_SYMBOL(ExFreePool);

/**
 * ExFreePoolWithTag - free pool memory that carries a tag
 * @P: what an allocation returned
 * @Tag: its tag, or 0
 *
 * IRQL: <= DISPATCH_LEVEL.
 */
void ExFreePoolWithTag(PVOID P, ULONG Tag)
{
	free_block(P);
}
EXPORT_SYMBOL(ExFreePoolWithTag);
