// SPDX-License-Identifier: GPL-2.0
/* Mapping device memory. */
#include "../nt.h"
#include <linux/io.h>

/**
 * MmMapIoSpace - map device memory
 * @PhysicalAddress: a translated resource's start
 * @NumberOfBytes: its length
 * @CacheType: MmNonCached for registers, MmWriteCombined, MmCached
 *
 * IRQL: PASSIVE_LEVEL. NULL on failure.
 */
PVOID MmMapIoSpace(PHYSICAL_ADDRESS PhysicalAddress, SIZE_T NumberOfBytes, MEMORY_CACHING_TYPE CacheType)
{
	void __iomem *va;

	switch (CacheType) {
	case MmWriteCombined:
	case MmUSWCCached:
		va = ioremap_wc(PhysicalAddress.QuadPart, NumberOfBytes);
		break;
	case MmCached:
		va = ioremap_cache(PhysicalAddress.QuadPart, NumberOfBytes);
		break;
	default:
		va = ioremap(PhysicalAddress.QuadPart, NumberOfBytes);
	}
	if (va)
		nt_live_inc(NT_LIVE_IOSPACE);
	/* NT has no address space of its own for registers. */
	return (__force void *)va;
}
EXPORT_SYMBOL(MmMapIoSpace);

/* Windows's page protections; Linux has two of the names for something else. */
#define NT_PAGE_NOCACHE		0x200
#define NT_PAGE_WRITECOMBINE	0x400

/**
 * MmMapIoSpaceEx - map device memory
 * @PhysicalAddress: a translated resource's start
 * @NumberOfBytes: its length
 * @Protect: PAGE_READWRITE or another, with PAGE_NOCACHE or PAGE_WRITECOMBINE, or
 *	neither for cached memory. Writing is always possible, executing never
 *
 * IRQL: PASSIVE_LEVEL. NULL on failure.
 */
PVOID MmMapIoSpaceEx(PHYSICAL_ADDRESS PhysicalAddress, SIZE_T NumberOfBytes, ULONG Protect)
{
	MEMORY_CACHING_TYPE type = MmCached;

	if (Protect & NT_PAGE_NOCACHE)
		type = MmNonCached;
	else if (Protect & NT_PAGE_WRITECOMBINE)
		type = MmWriteCombined;
	return MmMapIoSpace(PhysicalAddress, NumberOfBytes, type);
}
EXPORT_SYMBOL(MmMapIoSpaceEx);

/**
 * MmUnmapIoSpace - undo MmMapIoSpace()
 * @BaseAddress: what it returned
 * @NumberOfBytes: what it was given
 *
 * IRQL: PASSIVE_LEVEL.
 */
void MmUnmapIoSpace(PVOID BaseAddress, SIZE_T NumberOfBytes)
{
	nt_live_dec(NT_LIVE_IOSPACE);
	iounmap((void __iomem *)BaseAddress);
}
EXPORT_SYMBOL(MmUnmapIoSpace);
