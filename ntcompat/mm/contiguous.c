// SPDX-License-Identifier: GPL-2.0
/* Memory that is contiguous, or not cached: by whole pages, from Linux's page allocator. */
#include "../ex/later.h"
#include "../ke/irql.h"
#include <linux/dma-mapping.h>
#include <linux/gfp.h>
#include <linux/io.h>
#include <linux/mm.h>
#include <linux/xarray.h>
#include <asm/set_memory.h>

/**
 * struct run - adjacent pages that a driver has
 * @free: frees them, when that must wait for a thread
 * @va: their kernel address
 * @bytes: whole pages
 * @cached: not changed from what Linux has
 */
struct run {
	struct work_struct free;
	void *va;
	size_t bytes;
	bool cached;
};

/* By page frame of @va: freeing tells only the address. */
static DEFINE_XARRAY_FLAGS(runs, XA_FLAGS_LOCK_BH);

static void free_run(struct work_struct *work)
{
	struct run *run = container_of(work, struct run, free);

	if (!run->cached)
		set_memory_wb((unsigned long)run->va, run->bytes >> PAGE_SHIFT);
	free_pages_exact(run->va, run->bytes);
	kfree(run);
}

static bool fits(void *va, size_t bytes, u64 lowest, u64 highest, u64 boundary)
{
	u64 first = virt_to_phys(va), last = first + bytes - 1;

	return first >= lowest && last <= highest &&
	       (!boundary || (first & ~(boundary - 1)) == (last & ~(boundary - 1)));
}

/* From the widest zone that may do to the narrowest; a zone's pages may still not fit. */
static void *alloc_pages_for(size_t bytes, u64 lowest, u64 highest, u64 boundary)
{
	static const struct {
		u64 below;
		gfp_t zone;
	} zones[] = {
		{ ~0ULL, 0 }, { DMA_BIT_MASK(32), GFP_DMA32 }, { DMA_BIT_MASK(24), GFP_DMA },
	};
	unsigned int i;
	void *va;

	for (i = 0; i < ARRAY_SIZE(zones); i++) {
		if (i + 1 < ARRAY_SIZE(zones) && highest <= zones[i + 1].below)
			continue;
		va = alloc_pages_exact(bytes, nt_gfp() | zones[i].zone | __GFP_NOWARN);
		if (va && fits(va, bytes, lowest, highest, boundary))
			return va;
		if (va)
			free_pages_exact(va, bytes);
	}
	return NULL;
}

static int make_uncached(struct run *run, MEMORY_CACHING_TYPE type)
{
	unsigned long va = (unsigned long)run->va;
	int pages = run->bytes >> PAGE_SHIFT;

	if (run->cached)
		return 0;
	/* The mapping of all processors changes: not at DISPATCH_LEVEL. */
	if (nt_at_dispatch_or_above())
		return -EWOULDBLOCK;
	return type == MmWriteCombined ? set_memory_wc(va, pages) : set_memory_uc(va, pages);
}

static void *alloc_run(size_t bytes, u64 lowest, u64 highest, u64 boundary, MEMORY_CACHING_TYPE type)
{
	struct run *run;

	if (!bytes || bytes > INT_MAX)
		return NULL;
	run = kmalloc(sizeof(*run), nt_gfp());
	if (!run)
		return NULL;
	INIT_WORK(&run->free, free_run);
	run->bytes = PAGE_ALIGN(bytes);
	run->cached = type == MmCached || type == MmHardwareCoherentCached;
	run->va = alloc_pages_for(run->bytes, lowest, highest, boundary);
	if (!run->va)
		goto free;
	if (make_uncached(run, type))
		goto free_pages;
	if (xa_err(xa_store_bh(&runs, (unsigned long)run->va >> PAGE_SHIFT, run, nt_gfp())))
		goto make_cached;
	nt_live_inc(NT_LIVE_CONTIGUOUS);
	return run->va;

make_cached:
	if (!run->cached)
		set_memory_wb((unsigned long)run->va, run->bytes >> PAGE_SHIFT);
free_pages:
	free_pages_exact(run->va, run->bytes);
free:
	kfree(run);
	return NULL;
}

static void put_run(void *va, const char *routine)
{
	struct run *run = xa_erase_bh(&runs, (unsigned long)va >> PAGE_SHIFT);

	if (WARN(!run, "%s: %p was not allocated like that\n", routine, va))
		return;
	nt_live_dec(NT_LIVE_CONTIGUOUS);
	if (!run->cached && nt_at_dispatch_or_above())
		nt_later(&run->free);
	else
		free_run(&run->free);
}

/**
 * MmAllocateContiguousMemorySpecifyCache - allocate adjacent pages
 * @NumberOfBytes: size; at most what Linux has together, which is 4 MiB
 * @LowestAcceptableAddress: physical address at which they may begin
 * @HighestAcceptableAddress: and the last that they may use
 * @BoundaryAddressMultiple: 0, or a power of two whose multiples they must not cross
 * @CacheType: MmCached; MmNonCached and MmWriteCombined need a thread
 *
 * IRQL: <= DISPATCH_LEVEL; not cached: <= APC_LEVEL. NULL when there is none.
 */
PVOID MmAllocateContiguousMemorySpecifyCache(SIZE_T NumberOfBytes,
					     PHYSICAL_ADDRESS LowestAcceptableAddress,
					     PHYSICAL_ADDRESS HighestAcceptableAddress,
					     PHYSICAL_ADDRESS BoundaryAddressMultiple,
					     MEMORY_CACHING_TYPE CacheType)
{
	return alloc_run(NumberOfBytes, LowestAcceptableAddress.QuadPart,
			 HighestAcceptableAddress.QuadPart, BoundaryAddressMultiple.QuadPart,
			 CacheType);
}
EXPORT_SYMBOL(MmAllocateContiguousMemorySpecifyCache);

/**
 * MmAllocateContiguousMemorySpecifyCacheNode - the same, of a NUMA node
 * @NumberOfBytes: size
 * @LowestAcceptableAddress: physical address at which they may begin
 * @HighestAcceptableAddress: and the last that they may use
 * @BoundaryAddressMultiple: 0, or a power of two whose multiples they must not cross
 * @CacheType: MmCached, MmNonCached or MmWriteCombined
 * @PreferredNode: taken for a wish, which Linux's choice of the caller's own node follows
 *
 * IRQL: <= DISPATCH_LEVEL. As MmAllocateContiguousMemorySpecifyCache().
 */
PVOID MmAllocateContiguousMemorySpecifyCacheNode(SIZE_T NumberOfBytes,
						 PHYSICAL_ADDRESS LowestAcceptableAddress,
						 PHYSICAL_ADDRESS HighestAcceptableAddress,
						 PHYSICAL_ADDRESS BoundaryAddressMultiple,
						 MEMORY_CACHING_TYPE CacheType,
						 NODE_REQUIREMENT PreferredNode)
{
	return MmAllocateContiguousMemorySpecifyCache(NumberOfBytes, LowestAcceptableAddress,
						      HighestAcceptableAddress,
						      BoundaryAddressMultiple, CacheType);
}
EXPORT_SYMBOL(MmAllocateContiguousMemorySpecifyCacheNode);

/**
 * MmAllocateContiguousMemory - allocate adjacent pages
 * @NumberOfBytes: size
 * @HighestAcceptableAddress: the last physical address that they may use
 *
 * IRQL: <= DISPATCH_LEVEL. Cached memory; NULL when there is none.
 */
PVOID MmAllocateContiguousMemory(SIZE_T NumberOfBytes, PHYSICAL_ADDRESS HighestAcceptableAddress)
{
	return alloc_run(NumberOfBytes, 0, HighestAcceptableAddress.QuadPart, 0, MmCached);
}
EXPORT_SYMBOL(MmAllocateContiguousMemory);

/**
 * MmFreeContiguousMemory - free what an MmAllocateContiguousMemory...() gave
 * @BaseAddress: what it returned
 *
 * IRQL: <= DISPATCH_LEVEL.
 */
void MmFreeContiguousMemory(PVOID BaseAddress)
{
	put_run(BaseAddress, "MmFreeContiguousMemory");
}
EXPORT_SYMBOL(MmFreeContiguousMemory);

/**
 * MmFreeContiguousMemorySpecifyCache - free what an MmAllocateContiguousMemory...() gave
 * @BaseAddress: what it returned
 * @NumberOfBytes: what it was asked for
 * @CacheType: likewise; both are known here
 *
 * IRQL: <= DISPATCH_LEVEL.
 */
void MmFreeContiguousMemorySpecifyCache(PVOID BaseAddress, SIZE_T NumberOfBytes,
					MEMORY_CACHING_TYPE CacheType)
{
	put_run(BaseAddress, "MmFreeContiguousMemorySpecifyCache");
}
EXPORT_SYMBOL(MmFreeContiguousMemorySpecifyCache);

/**
 * MmAllocateNonCachedMemory - allocate pages that processors do not cache
 * @NumberOfBytes: size, rounded up to whole pages
 *
 * IRQL: <= APC_LEVEL. NULL when there is none. The pages are adjacent here, too.
 */
PVOID MmAllocateNonCachedMemory(SIZE_T NumberOfBytes)
{
	return alloc_run(NumberOfBytes, 0, ~0ULL, 0, MmNonCached);
}
EXPORT_SYMBOL(MmAllocateNonCachedMemory);

/**
 * MmFreeNonCachedMemory - free what MmAllocateNonCachedMemory() gave
 * @BaseAddress: what it returned
 * @NumberOfBytes: what it was asked for
 *
 * IRQL: <= APC_LEVEL.
 */
void MmFreeNonCachedMemory(PVOID BaseAddress, SIZE_T NumberOfBytes)
{
	put_run(BaseAddress, "MmFreeNonCachedMemory");
}
EXPORT_SYMBOL(MmFreeNonCachedMemory);
