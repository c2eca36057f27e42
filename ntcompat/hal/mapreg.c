// SPDX-License-Identifier: GPL-2.0
/*
 * Map registers: MapTransfer and FlushAdapterBuffers. A run of pages that lie
 * together and that the device can reach is mapped; anything else is copied
 * through the bounce pages that belong to the registers, which lie together.
 *
 * As on Windows the register goes by the page: a driver may map a page in many
 * small steps, and flush them one by one, at the price of one register. A
 * register has room for one mapping only, so the steps that follow the first are
 * bounced.
 */
#include "dma.h"
#include "../mm/mdl.h"

/* Bytes from @offset on that lie in adjacent pages, up to @length. */
static __always_inline u32 contiguous_run(const MDL *mdl, u32 offset, u32 length)
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

static u32 page_of(const MDL *mdl, u32 offset)
{
	return (mdl->ByteOffset + offset) >> PAGE_SHIFT;
}

/* What part of @range lies in @part. */
static struct nt_mdl_range common(struct nt_mdl_range range, struct nt_mdl_range part)
{
	struct nt_mdl_range result = { max(range.from, part.from), min(range.to, part.to) };

	if (result.from >= result.to)
		result.from = result.to = 0;
	return result;
}

/*
 * Take @part, which lies in it, out of a range. What a driver flushes ahead of
 * its turn, in the middle, stays until the rest goes.
 */
static void cut(struct nt_mdl_range *range, struct nt_mdl_range part)
{
	if (part.from == range->from)
		range->from = part.to;
	else if (part.to == range->to)
		range->to = part.from;
}

static bool is_empty(struct nt_mdl_range range)
{
	return range.from == range.to;
}

static bool in_use(const struct nt_map_register *reg)
{
	return !is_empty(reg->mapped) || !is_empty(reg->bounced);
}

/* The place in a register's bounce page for a byte of its page. */
static u8 *bounce_of(struct nt_adapter *adapter, struct nt_map_register *reg, const MDL *mdl,
		     u32 offset)
{
	return adapter->bounce + (reg - adapter->registers) * PAGE_SIZE +
	       offset_in_page(mdl->ByteOffset + offset);
}

/*
 * The DMA API's own bounce buffers lie below 4 GiB, too high for a device of
 * fewer bits, and it complains when it cannot help. So look first. The device's
 * mask may be narrower than the adapter's.
 */
static __always_inline bool reachable(struct nt_adapter *adapter, const MDL *mdl, u32 offset,
				      u32 length)
{
	struct device *dev = &adapter->pci->dev;
	u32 at = mdl->ByteOffset + offset;
	u64 phys = PFN_PHYS(MmGetMdlPfnArray(mdl)[at >> PAGE_SHIFT]) + offset_in_page(at);

	return device_iommu_mapped(dev) || phys + length - 1 <= dma_get_mask(dev);
}

static __always_inline bool map(struct nt_adapter *adapter, struct nt_map_register *reg,
				const MDL *mdl, u32 offset, u32 length, bool write)
{
	struct device *dev = &adapter->pci->dev;
	u32 at = mdl->ByteOffset + offset;
	dma_addr_t logical;

	if (in_use(reg) || !reachable(adapter, mdl, offset, length))
		return false;
	logical = dma_map_page(dev, pfn_to_page(MmGetMdlPfnArray(mdl)[at >> PAGE_SHIFT]),
			       offset_in_page(at), length, direction(write));
	if (dma_mapping_error(dev, logical))
		return false;
	reg->mdl = mdl;
	reg->write = write;
	reg->logical = logical;
	reg->offset = offset;
	reg->length = length;
	reg->mapped = (struct nt_mdl_range){ offset, offset + length };
	return true;
}

/*
 * Bounce a part of one page. Towards memory, what lies between this and another
 * part of the page is brought along, since a flush may take both in one.
 */
static void bounce_page(struct nt_adapter *adapter, struct nt_map_register *reg, const MDL *mdl,
			struct nt_mdl_range part, bool write)
{
	struct nt_mdl_range gap = {};

	if (!in_use(reg)) {
		reg->mdl = mdl;
		reg->write = write;
	}
	if (is_empty(reg->bounced)) {
		reg->bounced = part;
	} else {
		if (part.from > reg->bounced.to)
			gap = (struct nt_mdl_range){ reg->bounced.to, part.from };
		else if (part.to < reg->bounced.from)
			gap = (struct nt_mdl_range){ part.to, reg->bounced.from };
		reg->bounced.from = min(reg->bounced.from, part.from);
		reg->bounced.to = max(reg->bounced.to, part.to);
	}
	if (!write && !is_empty(gap))
		nt_mdl_copy(mdl, gap.from, bounce_of(adapter, reg, mdl, gap.from),
			    gap.to - gap.from, false);
	if (write)
		nt_mdl_copy(mdl, part.from, bounce_of(adapter, reg, mdl, part.from),
			    part.to - part.from, false);
}

static dma_addr_t bounce(struct nt_adapter *adapter, struct nt_map_register *reg, const MDL *mdl,
			 u32 offset, u32 length, bool write)
{
	dma_addr_t logical = adapter->bounce_logical +
			     (bounce_of(adapter, reg, mdl, offset) - (u8 *)adapter->bounce);
	u32 end = offset + length;

	while (offset < end) {
		u32 n = min_t(u32, PAGE_SIZE - offset_in_page(mdl->ByteOffset + offset),
			      end - offset);

		bounce_page(adapter, reg++, mdl, (struct nt_mdl_range){ offset, offset + n }, write);
		offset += n;
	}
	return logical;
}

/* As much of @length as the registers from @index on can bounce. */
static u32 bounce_limit(const struct nt_map_register *base, u32 index, const MDL *mdl, u32 offset,
			u32 length)
{
	u32 room = (base->owned - index) * PAGE_SIZE - offset_in_page(mdl->ByteOffset + offset);

	return min(room, length);
}

/*
 * The register of a page; base->owned when there is none left. Pages that lie
 * before or far behind the others, or in another buffer, begin a new run.
 */
static u32 register_of(struct nt_map_register *base, const MDL *mdl, u32 page)
{
	u32 index = base->window + (page - base->window_page);

	if (base->cursor && base->window_mdl == mdl && page >= base->window_page &&
	    index < base->owned)
		return index;
	base->window = base->cursor;
	base->window_mdl = mdl;
	base->window_page = page;
	return base->window;
}

static __always_inline u32 map_part(struct nt_adapter *adapter, struct nt_map_register *base,
				    const MDL *mdl, u32 offset, u32 length, bool write,
				    PHYSICAL_ADDRESS *logical)
{
	u32 index = register_of(base, mdl, page_of(mdl, offset));
	u32 run = contiguous_run(mdl, offset, length);
	struct nt_map_register *reg = base + index;

	if (index >= base->owned)
		return 0;
	if ((run == length || adapter->scatter_gather) && map(adapter, reg, mdl, offset, run, write)) {
		logical->QuadPart = reg->logical;
	} else {
		run = bounce_limit(base, index, mdl, offset, adapter->scatter_gather ? run : length);
		logical->QuadPart = bounce(adapter, reg, mdl, offset, run, write);
	}
	/* A run may be longer than what is left when it needed no bounce pages. */
	index += page_of(mdl, offset + run - 1) - page_of(mdl, offset) + 1;
	base->cursor = min(base->owned, max(base->cursor, index));
	return run;
}

/**
 * nt_map_part - map the next part of a transfer
 * @adapter: the adapter
 * @base: the registers that belong to the transfer
 * @mdl: the buffer
 * @offset: where in it the part starts
 * @length: bytes, all in @mdl; not none
 * @write: towards the device
 * @logical: receives the address for the device
 *
 * IRQL: <= DISPATCH_LEVEL. Returns how many bytes the device can be told in one go; none
 * when no register is left. For a device without scatter/gather one call maps all.
 */
u32 nt_map_part(struct nt_adapter *adapter, struct nt_map_register *base, const MDL *mdl, u32 offset,
		u32 length, bool write, PHYSICAL_ADDRESS *logical)
{
	return map_part(adapter, base, mdl, offset, length, write, logical);
}

/**
 * nt_map_transfer - MapTransfer
 * @object: the adapter
 * @mdl: the buffer
 * @map_registers: what the AdapterControl routine got
 * @va: where in the buffer (MmGetMdlVirtualAddress() and up)
 * @length: bytes; receives how many the device can be told in one go
 * @write: towards the device
 *
 * IRQL: <= DISPATCH_LEVEL. Returns the address for the device. For a device
 * without scatter/gather one call maps all.
 */
PHYSICAL_ADDRESS nt_map_transfer(PDMA_ADAPTER object, PMDL mdl, PVOID map_registers, PVOID va,
				 PULONG length, BOOLEAN write)
{
	u32 offset = (u8 *)va - (u8 *)MmGetMdlVirtualAddress(mdl);
	PHYSICAL_ADDRESS result = {};

	if (WARN_ONCE(offset >= mdl->ByteCount || *length > mdl->ByteCount - offset || !*length,
		      "MapTransfer outside of the buffer\n")) {
		*length = 0;
		return result;
	}
	*length = map_part(nt_adapter(object), map_registers, mdl, offset, *length, write, &result);
	WARN_ONCE(!*length, "MapTransfer without a free map register\n");
	return result;
}

/* What was flushed in parts is with the CPU already, which may have changed it since. */
static void unmap(struct nt_adapter *adapter, struct nt_map_register *reg, bool whole)
{
	dma_unmap_page_attrs(&adapter->pci->dev, reg->logical, reg->length, direction(reg->write),
			     whole ? 0 : DMA_ATTR_SKIP_CPU_SYNC);
}

/* The last part of a mapping takes it away; before that the rest is still in flight. */
static void flush_mapped(struct nt_adapter *adapter, struct nt_map_register *reg,
			 struct nt_mdl_range part)
{
	bool whole = part.from == reg->offset && part.to == reg->offset + reg->length;

	if (!whole && !reg->write)
		dma_sync_single_for_cpu(&adapter->pci->dev,
					reg->logical + (part.from - reg->offset),
					part.to - part.from, DMA_FROM_DEVICE);
	cut(&reg->mapped, part);
	if (is_empty(reg->mapped))
		unmap(adapter, reg, whole);
}

static void flush_register(struct nt_adapter *adapter, struct nt_map_register *reg,
			   struct nt_mdl_range range)
{
	struct nt_mdl_range part = common(reg->mapped, range);

	if (!is_empty(part))
		flush_mapped(adapter, reg, part);
	part = common(reg->bounced, range);
	if (is_empty(part))
		return;
	if (!reg->write)
		nt_mdl_copy(reg->mdl, part.from, bounce_of(adapter, reg, reg->mdl, part.from),
			    part.to - part.from, true);
	cut(&reg->bounced, part);
}

/* The commonest flush: of all that there is, which is one mapping in one page. */
static __always_inline bool flush_whole(struct nt_adapter *adapter, struct nt_map_register *base,
					const MDL *mdl, u32 offset, u32 length)
{
	if (base->cursor != 1 || base->mdl != mdl || !is_empty(base->bounced) ||
	    base->mapped.from != offset || base->mapped.to != offset + length || !length ||
	    base->length != length)
		return false;
	unmap(adapter, base, true);
	base->mapped = (struct nt_mdl_range){};
	base->cursor = 0;
	return true;
}

static __always_inline void flush_part(struct nt_adapter *adapter, struct nt_map_register *base,
				       const MDL *mdl, u32 offset, u32 length)
{
	struct nt_mdl_range range = { offset, offset + length };
	struct nt_map_register *reg;
	bool busy = false;

	if (flush_whole(adapter, base, mdl, offset, length))
		return;
	for (reg = base; reg < base + base->cursor; reg++) {
		if (in_use(reg) && reg->mdl == mdl)
			flush_register(adapter, reg, range);
		busy |= in_use(reg);
	}
	if (!busy)
		base->cursor = 0;
}

/**
 * nt_flush_part - the device is done with a part of one buffer
 * @adapter: the adapter
 * @base: the registers that belong to the transfer
 * @mdl: the buffer
 * @offset: where in it the part starts
 * @length: its bytes
 *
 * IRQL: <= DISPATCH_LEVEL. What of the part was bounced is in the buffer on
 * return; what is mapped beyond it stays so.
 */
void nt_flush_part(struct nt_adapter *adapter, struct nt_map_register *base, const MDL *mdl,
		   u32 offset, u32 length)
{
	flush_part(adapter, base, mdl, offset, length);
}

/**
 * nt_flush_buffers - FlushAdapterBuffers
 * @object: the adapter
 * @mdl: the buffer
 * @map_registers: what the AdapterControl routine got
 * @va: where the part starts
 * @length: its bytes
 * @write: towards the device
 *
 * IRQL: <= DISPATCH_LEVEL. As nt_flush_part().
 */
BOOLEAN nt_flush_buffers(PDMA_ADAPTER object, PMDL mdl, PVOID map_registers, PVOID va, ULONG length,
			 BOOLEAN write)
{
	flush_part(nt_adapter(object), map_registers, mdl,
		   (u8 *)va - (u8 *)MmGetMdlVirtualAddress(mdl), length);
	return TRUE;
}

/* Is all of a mapping still in flight? */
static bool is_whole(const struct nt_map_register *reg)
{
	return reg->mapped.from == reg->offset && reg->mapped.to == reg->offset + reg->length;
}

/* Registers go back without a flush, after a failed transfer: drop the mappings. */
void nt_map_registers_reset(struct nt_adapter *adapter, struct nt_map_register *base)
{
	struct nt_map_register *reg;

	for (reg = base; reg < base + base->cursor; reg++) {
		if (!is_empty(reg->mapped))
			unmap(adapter, reg, is_whole(reg));
		reg->mapped = (struct nt_mdl_range){};
		reg->bounced = (struct nt_mdl_range){};
	}
	base->cursor = 0;
}
