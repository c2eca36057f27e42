// SPDX-License-Identifier: GPL-2.0
/* MDLs over pages of their own, which have no address until they are mapped. */
#include "mdl.h"
#include "usermap.h"
#include "../ke/irql.h"
#include <linux/dma-mapping.h>
#include <linux/mm.h>

/* Pages that do not lie where they should; more are not tried. */
#define MISSES_MAX	64

static gfp_t zone_below(u64 highest)
{
	if (highest <= DMA_BIT_MASK(24))
		return GFP_DMA;
	return highest <= DMA_BIT_MASK(32) ? GFP_DMA32 : 0;
}

/**
 * struct wish - what pages a driver wants
 * @gfp: for Linux
 * @low: lowest physical address
 * @high: highest
 * @misses: pages that did not fit, which are kept until the end: else they came again
 * @missed: how many
 */
struct wish {
	gfp_t gfp;
	u64 low;
	u64 high;
	struct page *misses[MISSES_MAX];
	unsigned int missed;
};

static struct page *get_page_like(struct wish *wish)
{
	while (wish->missed < MISSES_MAX) {
		struct page *page = alloc_page(wish->gfp);

		if (!page)
			return NULL;
		if (page_to_phys(page) >= wish->low &&
		    page_to_phys(page) + PAGE_SIZE - 1 <= wish->high)
			return page;
		wish->misses[wish->missed++] = page;
	}
	return NULL;
}

static void fill(PMDL mdl, u32 wanted, struct wish *wish)
{
	PPFN_NUMBER pfn = MmGetMdlPfnArray(mdl);
	struct page *page;
	u32 got;

	for (got = 0; got < wanted && (page = get_page_like(wish)); got++)
		pfn[got] = page_to_pfn(page);
	mdl->ByteCount = got << PAGE_SHIFT;
	nt_live_add(NT_LIVE_MDL_PAGE, got);
	while (wish->missed)
		__free_page(wish->misses[--wish->missed]);
}

static PMDL alloc_mdl(u32 pages)
{
	size_t bytes = sizeof(MDL) + pages * sizeof(PFN_NUMBER);
	PMDL mdl = ExAllocatePoolWithTag(NonPagedPool, bytes, 0x6c646d4d /* 'Mmdl' */);

	if (!mdl)
		return NULL;
	memset(mdl, 0, sizeof(*mdl));
	mdl->Size = min_t(size_t, bytes, SHRT_MAX);
	return mdl;
}

static bool has_enough(const MDL *mdl, u32 wanted, u32 flags)
{
	if (flags & MM_ALLOCATE_FULLY_REQUIRED)
		return mdl->ByteCount >> PAGE_SHIFT == wanted;
	return mdl->ByteCount;
}

/**
 * MmAllocatePagesForMdlEx - allocate pages, and an MDL for them
 * @LowAddress: lowest physical address of a page
 * @HighAddress: highest
 * @SkipBytes: how far apart further ranges lie: there is one range here, so it must
 *	be 0 or lead beyond @HighAddress
 * @TotalBytes: how much; less may be given
 * @CacheType: the pages are cached until they are mapped otherwise
 * @Flags: MM_DONT_ZERO_ALLOCATION, MM_ALLOCATE_FULLY_REQUIRED,
 *	MM_ALLOCATE_NO_WAIT and, as wishes, the node and contiguity. What demands
 *	contiguous chunks is refused
 *
 * IRQL: <= DISPATCH_LEVEL. NULL when there is nothing to be had. The pages are for
 * MmFreePagesFromMdl(), the MDL itself for ExFreePool().
 */
PMDL MmAllocatePagesForMdlEx(PHYSICAL_ADDRESS LowAddress, PHYSICAL_ADDRESS HighAddress,
			     PHYSICAL_ADDRESS SkipBytes, SIZE_T TotalBytes,
			     MEMORY_CACHING_TYPE CacheType, ULONG Flags)
{
	struct wish wish = {
		.gfp = nt_gfp() | zone_below(HighAddress.QuadPart) | __GFP_NOWARN,
		.low = LowAddress.QuadPart,
		.high = HighAddress.QuadPart,
	};
	u32 wanted = PAGE_ALIGN(TotalBytes) >> PAGE_SHIFT;
	PMDL mdl;

	if (!TotalBytes || TotalBytes > UINT_MAX - PAGE_SIZE ||
	    Flags & MM_ALLOCATE_REQUIRE_CONTIGUOUS_CHUNKS)
		return NULL;
	if (!(Flags & MM_DONT_ZERO_ALLOCATION))
		wish.gfp |= __GFP_ZERO;
	if (Flags & MM_ALLOCATE_NO_WAIT)
		wish.gfp &= ~__GFP_DIRECT_RECLAIM;
	mdl = alloc_mdl(wanted);
	if (!mdl)
		return NULL;
	fill(mdl, wanted, &wish);
	if (has_enough(mdl, wanted, Flags)) {
		mdl->MdlFlags |= MDL_PAGES_LOCKED;
		return mdl;
	}
	MmFreePagesFromMdl(mdl);
	ExFreePool(mdl);
	return NULL;
}
EXPORT_SYMBOL(MmAllocatePagesForMdlEx);

/**
 * MmAllocatePagesForMdl - allocate zeroed pages, and an MDL for them
 * @LowAddress: lowest physical address of a page
 * @HighAddress: highest
 * @SkipBytes: see MmAllocatePagesForMdlEx()
 * @TotalBytes: how much; less may be given
 *
 * IRQL: <= DISPATCH_LEVEL. As MmAllocatePagesForMdlEx().
 */
PMDL MmAllocatePagesForMdl(PHYSICAL_ADDRESS LowAddress, PHYSICAL_ADDRESS HighAddress,
			   PHYSICAL_ADDRESS SkipBytes, SIZE_T TotalBytes)
{
	return MmAllocatePagesForMdlEx(LowAddress, HighAddress, SkipBytes, TotalBytes, MmCached, 0);
}
EXPORT_SYMBOL(MmAllocatePagesForMdl);

/**
 * MmFreePagesFromMdl - free the pages of MmAllocatePagesForMdl()
 * @MemoryDescriptorList: not mapped any more; ExFreePool() is for the MDL itself
 *
 * IRQL: <= DISPATCH_LEVEL.
 */
void MmFreePagesFromMdl(PMDL MemoryDescriptorList)
{
	PMDL mdl = MemoryDescriptorList;
	u32 i, pages = mdl->ByteCount >> PAGE_SHIFT;

	nt_user_mappings_end(mdl);
	for (i = 0; i < pages; i++)
		__free_page(nt_mdl_page(mdl, i));
	nt_live_add(NT_LIVE_MDL_PAGE, -(long)pages);
	mdl->ByteCount = 0;
	mdl->MdlFlags &= ~MDL_PAGES_LOCKED;
}
EXPORT_SYMBOL(MmFreePagesFromMdl);
