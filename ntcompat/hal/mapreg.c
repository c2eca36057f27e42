// SPDX-License-Identifier: GPL-2.0
/*
 * Map registers: MapTransfer and FlushAdapterBuffers. A run of pages that lie
 * together and that the device can reach is mapped; anything else is copied
 * through the bounce pages that belong to the registers, which lie together.
 */
#include "dma.h"
#include "../mm/mdl.h"

/* Bytes from @offset on that lie in adjacent pages, up to @length. */
static u32 contiguous_run(const MDL *mdl, u32 offset, u32 length)
{
	u32 at = mdl->ByteOffset + offset;
	unsigned int page = at >> PAGE_SHIFT;
	u32 run = PAGE_SIZE - offset_in_page(at);
	PPFN_NUMBER pfn = MmGetMdlPfnArray(mdl);

	while (run < length && pfn[page + 1] == pfn[page] + 1) {
		run += PAGE_SIZE;
		page++;
	}
	return min(run, length);
}

static enum dma_data_direction direction(bool write)
{
	return write ? DMA_TO_DEVICE : DMA_FROM_DEVICE;
}

static u8 *bounce_of(struct nt_adapter *adapter, struct nt_map_register *reg, const MDL *mdl,
		     u32 offset)
{
	return adapter->bounce + (reg - adapter->registers) * PAGE_SIZE +
	       offset_in_page(mdl->ByteOffset + offset);
}

/*
 * The DMA API's own bounce buffers lie below 4 GiB, too high for a device of
 * fewer bits, and it complains when it cannot help. So look first.
 */
static bool reachable(struct nt_adapter *adapter, const MDL *mdl, u32 offset, u32 length)
{
	u32 at = mdl->ByteOffset + offset;
	u64 phys = page_to_phys(nt_mdl_page(mdl, at >> PAGE_SHIFT)) + offset_in_page(at);

	return device_iommu_mapped(&adapter->pci->dev) || phys + length - 1 <= adapter->mask;
}

static bool map(struct nt_adapter *adapter, struct nt_map_register *reg, const MDL *mdl, u32 offset,
		u32 length, bool write)
{
	u32 at = mdl->ByteOffset + offset;

	if (!reachable(adapter, mdl, offset, length))
		return false;
	reg->logical = dma_map_page(&adapter->pci->dev, nt_mdl_page(mdl, at >> PAGE_SHIFT),
				    offset_in_page(at), length, direction(write));
	reg->bounced = false;
	return !dma_mapping_error(&adapter->pci->dev, reg->logical);
}

static void bounce(struct nt_adapter *adapter, struct nt_map_register *reg, const MDL *mdl, u32 offset,
		   u32 length, bool write)
{
	u8 *buffer = bounce_of(adapter, reg, mdl, offset);

	if (write)
		nt_mdl_copy(mdl, offset, buffer, length, false);
	reg->logical = adapter->bounce_logical + (buffer - (u8 *)adapter->bounce);
	reg->bounced = true;
}

/* As much of @length as the registers that are left can bounce. */
static u32 bounce_limit(const struct nt_map_register *base, const MDL *mdl, u32 offset, u32 length)
{
	u32 room = (base->owned - base->cursor) * PAGE_SIZE -
		   offset_in_page(mdl->ByteOffset + offset);

	return min(room, length);
}

/**
 * nt_map_transfer - MapTransfer
 * @object: the adapter
 * @mdl: the buffer
 * @base: what the AdapterControl routine got
 * @va: where in the buffer (MmGetMdlVirtualAddress() and up)
 * @length: bytes; receives how many the device can be told in one go
 * @write: towards the device
 *
 * IRQL: <= DISPATCH_LEVEL. Returns the address for the device. For a device
 * without scatter/gather one call maps all.
 */
PHYSICAL_ADDRESS nt_map_transfer(PDMA_ADAPTER object, PMDL mdl, PVOID base, PVOID va, PULONG length,
				 BOOLEAN write)
{
	struct nt_adapter *adapter = nt_adapter(object);
	struct nt_map_register *first = base;
	u32 offset = (u8 *)va - (u8 *)MmGetMdlVirtualAddress(mdl);
	PHYSICAL_ADDRESS result = {};
	struct nt_map_register *reg;
	u32 run;

	if (WARN_ONCE(offset >= mdl->ByteCount || *length > mdl->ByteCount - offset || !*length ||
		      first->cursor >= first->owned,
		      "MapTransfer outside of the buffer or without a free map register\n")) {
		*length = 0;
		return result;
	}
	reg = first + first->cursor;
	run = contiguous_run(mdl, offset, *length);
	if ((run < *length && !adapter->scatter_gather) ||
	    !map(adapter, reg, mdl, offset, run, write)) {
		run = bounce_limit(first, mdl, offset, adapter->scatter_gather ? run : *length);
		bounce(adapter, reg, mdl, offset, run, write);
	}
	reg->length = run;
	reg->offset = offset;
	reg->write = write;
	/* A run may be longer than what is left when it needed no bounce pages. */
	first->cursor = min(first->owned, first->cursor +
			    ADDRESS_AND_SIZE_TO_SPAN_PAGES(mdl->ByteOffset + offset, run));
	*length = run;
	result.QuadPart = reg->logical;
	return result;
}

static void unmap(struct nt_adapter *adapter, struct nt_map_register *reg)
{
	if (!reg->bounced)
		dma_unmap_page(&adapter->pci->dev, reg->logical, reg->length, direction(reg->write));
	reg->length = 0;
}

/**
 * nt_flush_buffers - FlushAdapterBuffers: the device is done
 * @object: the adapter
 * @mdl: the buffer
 * @base: what the AdapterControl routine got
 * @va: where the transfer started
 * @length: its bytes
 * @write: towards the device
 *
 * IRQL: <= DISPATCH_LEVEL. What was bounced is in the buffer on return.
 */
BOOLEAN nt_flush_buffers(PDMA_ADAPTER object, PMDL mdl, PVOID base, PVOID va, ULONG length,
			 BOOLEAN write)
{
	struct nt_adapter *adapter = nt_adapter(object);
	struct nt_map_register *first = base, *reg;

	for (reg = first; reg < first + first->cursor; reg++) {
		if (!reg->length)
			continue;
		if (reg->bounced && !reg->write)
			nt_mdl_copy(mdl, reg->offset, bounce_of(adapter, reg, mdl, reg->offset), reg->length,
			     true);
		unmap(adapter, reg);
	}
	first->cursor = 0;
	return TRUE;
}

/* Registers go back without a flush, after a failed transfer: drop the mappings. */
void nt_map_registers_reset(struct nt_adapter *adapter, struct nt_map_register *base)
{
	struct nt_map_register *reg;

	for (reg = base; reg < base + base->cursor; reg++)
		if (reg->length)
			unmap(adapter, reg);
	base->cursor = 0;
}
