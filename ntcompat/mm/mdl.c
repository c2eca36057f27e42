// SPDX-License-Identifier: GPL-2.0
/* Memory descriptor lists: making, pinning, mapping. */
#include "mdl.h"
#include "usermap.h"
#include "../ex/later.h"
#include "../ke/irql.h"
#include <linux/io.h>
#include <linux/highmem.h>
#include <linux/mm.h>
#include <linux/vmalloc.h>
#include <linux/xarray.h>

/**
 * struct mapping - kernel addresses for scattered pages
 * @work: undoes it, when it ends where that is impossible
 * @va: its start
 * @prepared: made by nt_mdl_prepare_mapping(), and not the driver's to undo
 */
struct mapping {
	struct work_struct work;
	void *va;
	bool prepared;
};

/* By page number of @va. Any level may look, and take one out. */
static DEFINE_XARRAY_FLAGS(mappings, XA_FLAGS_LOCK_IRQ);

struct page *nt_mdl_page(const MDL *mdl, unsigned int index)
{
	return pfn_to_page(MmGetMdlPfnArray(mdl)[index]);
}

/**
 * MmSizeOfMdl - bytes that an MDL for a buffer takes
 * @Base: start of the buffer
 * @Length: its bytes
 *
 * IRQL: any.
 */
SIZE_T MmSizeOfMdl(PVOID Base, SIZE_T Length)
{
	return nt_mdl_bytes(Base, Length);
}
EXPORT_SYMBOL(MmSizeOfMdl);

/**
 * IoAllocateMdl - allocate an MDL for a buffer; its pages are not looked at yet
 * @VirtualAddress: start of the buffer
 * @Length: its bytes, less than 2 GiB
 * @SecondaryBuffer: TRUE to append to the MDLs of @Irp, else it becomes the first
 * @ChargeQuota: no quotas are kept
 * @Irp: the IRP to hang it on, or NULL
 *
 * IRQL: <= DISPATCH_LEVEL. NULL when there is no memory.
 */
PMDL IoAllocateMdl(PVOID VirtualAddress, ULONG Length, BOOLEAN SecondaryBuffer,
		   BOOLEAN ChargeQuota, PIRP Irp)
{
	PMDL mdl, *tail;

	if (Length > INT_MAX)
		return NULL;
	mdl = kvmalloc(nt_mdl_bytes(VirtualAddress, Length), nt_gfp() | __GFP_NOWARN);
	if (!mdl)
		return NULL;
	MmInitializeMdl(mdl, VirtualAddress, Length);
	nt_live_inc(NT_LIVE_MDL);
	if (Irp) {
		tail = &Irp->MdlAddress;
		while (SecondaryBuffer && *tail)
			tail = &(*tail)->Next;
		*tail = mdl;
	}
	return mdl;
}
EXPORT_SYMBOL(IoAllocateMdl);

/**
 * IoFreeMdl - free what IoAllocateMdl() gave
 * @Mdl: not locked any more; a mapping of a partial MDL is undone
 *
 * IRQL: <= DISPATCH_LEVEL.
 */
void IoFreeMdl(PMDL Mdl)
{
	MmPrepareMdlForReuse(Mdl);
	nt_user_mappings_end(Mdl);
	nt_live_dec(NT_LIVE_MDL);
	kvfree(Mdl);
}
EXPORT_SYMBOL(IoFreeMdl);

/**
 * MmBuildMdlForNonPagedPool - fill in the pages of an MDL over kernel memory
 * @Mdl: from IoAllocateMdl(), over pool memory, vmalloc memory or a stack
 *
 * IRQL: <= DISPATCH_LEVEL.
 */
void MmBuildMdlForNonPagedPool(PMDL Mdl)
{
	PPFN_NUMBER pfn = MmGetMdlPfnArray(Mdl);
	unsigned int i, pages = nt_mdl_pages(Mdl);
	char *va = Mdl->StartVa;

	for (i = 0; i < pages; i++, va += PAGE_SIZE)
		pfn[i] = virt_addr_valid(va) ? virt_to_phys(va) >> PAGE_SHIFT :
					      vmalloc_to_pfn(va);
	Mdl->MappedSystemVa = MmGetMdlVirtualAddress(Mdl);
	Mdl->MdlFlags |= MDL_SOURCE_IS_NONPAGED_POOL;
}
EXPORT_SYMBOL(MmBuildMdlForNonPagedPool);

static bool contiguous(const MDL *mdl)
{
	PPFN_NUMBER pfn = MmGetMdlPfnArray(mdl);
	unsigned int i, pages = nt_mdl_pages(mdl);

	for (i = 1; i < pages; i++)
		if (pfn[i] != pfn[0] + i)
			return false;
	return true;
}

static void undo_mapping(struct work_struct *work)
{
	struct mapping *mapping = container_of(work, struct mapping, work);

	vunmap(mapping->va);
	kfree(mapping);
}

static void *map_pages(const MDL *mdl)
{
	unsigned int i, pages = nt_mdl_pages(mdl);
	struct page **array = kvmalloc_array(pages, sizeof(*array), GFP_KERNEL);
	void *va;

	if (!array)
		return NULL;
	for (i = 0; i < pages; i++)
		array[i] = nt_mdl_page(mdl, i);
	va = vmap(array, pages, VM_MAP, PAGE_KERNEL);
	kvfree(array);
	return va;
}

static unsigned long mapping_index(const void *va)
{
	return (unsigned long)va >> PAGE_SHIFT;
}

static void *map_scattered(const MDL *mdl, bool prepared)
{
	struct mapping *mapping;

	/* vmap() sleeps. */
	if (nt_at_dispatch_or_above())
		return NULL;
	mapping = kmalloc(sizeof(*mapping), GFP_KERNEL);
	if (!mapping)
		return NULL;
	INIT_WORK(&mapping->work, undo_mapping);
	mapping->prepared = prepared;
	mapping->va = map_pages(mdl);
	if (!mapping->va)
		goto free;
	if (xa_err(xa_store_irq(&mappings, mapping_index(mapping->va), mapping, GFP_KERNEL)))
		goto unmap;
	return mapping->va;

unmap:
	vunmap(mapping->va);
free:
	kfree(mapping);
	return NULL;
}

/*
 * Any level: vunmap() sleeps, so a thread does it, if need be. Returns false for
 * a prepared mapping that stays, unless @prepared says that its time has come. An
 * address that we have not mapped is none of our business.
 */
static bool unmap_scattered(void *va, bool prepared)
{
	struct mapping *mapping;
	unsigned long flags;
	bool stays;

	xa_lock_irqsave(&mappings, flags);
	mapping = xa_load(&mappings, mapping_index(va));
	stays = mapping && mapping->prepared && !prepared;
	if (mapping && !stays)
		__xa_erase(&mappings, mapping_index(va));
	xa_unlock_irqrestore(&mappings, flags);
	if (stays)
		return false;
	if (mapping && nt_at_dispatch_or_above())
		nt_later(&mapping->work);
	else if (mapping)
		undo_mapping(&mapping->work);
	return true;
}

/**
 * MmMapLockedPagesSpecifyCache - map an MDL's pages into kernel space
 * @Mdl: locked or partial MDL
 * @AccessMode: KernelMode; UserMode: into the current process
 * @CacheType: pages of memory are always mapped cached
 * @BaseAddress: for user mappings only: where, or NULL
 * @BugCheckOnFailure: obsolete, ignored
 * @Priority: ignored
 *
 * IRQL: <= DISPATCH_LEVEL. Pages that lie together need no mapping of their
 * own. Scattered ones do, which is impossible at DISPATCH_LEVEL: the I/O
 * manager maps the buffers of its own requests beforehand, for others the
 * answer is NULL there. UserMode: PASSIVE_LEVEL; raises STATUS_INSUFFICIENT_RESOURCES
 * where KernelMode returns NULL.
 */
PVOID MmMapLockedPagesSpecifyCache(PMDL Mdl, KPROCESSOR_MODE AccessMode, MEMORY_CACHING_TYPE CacheType,
				   PVOID BaseAddress, ULONG BugCheckOnFailure, ULONG Priority)
{
	void *va;

	if (AccessMode != KernelMode) {
		va = nt_user_map(Mdl, BaseAddress, !(Priority & MdlMappingNoWrite));
		if (!va)
			ExRaiseStatus(STATUS_INSUFFICIENT_RESOURCES);
		return va;
	}
	if (contiguous(Mdl))
		va = page_address(nt_mdl_page(Mdl, 0));
	else if (Mdl->MappedSystemVa)
		va = Mdl->MappedSystemVa - Mdl->ByteOffset;	/* nt_mdl_prepare_mapping() */
	else
		va = map_scattered(Mdl, false);
	if (!va)
		return NULL;
	/* Otherwise the mapping is the source's, which IoFreeMdl() must leave alone. */
	if ((Mdl->MdlFlags & MDL_PARTIAL) && !Mdl->MappedSystemVa)
		Mdl->MdlFlags |= MDL_PARTIAL_HAS_BEEN_MAPPED;
	Mdl->MappedSystemVa = va + Mdl->ByteOffset;
	Mdl->MdlFlags |= MDL_MAPPED_TO_SYSTEM_VA;
	return Mdl->MappedSystemVa;
}
EXPORT_SYMBOL(MmMapLockedPagesSpecifyCache);

/**
 * MmUnmapLockedPages - undo MmMapLockedPagesSpecifyCache()
 * @BaseAddress: what it returned
 * @Mdl: the MDL
 *
 * IRQL: <= DISPATCH_LEVEL. Pages that were mapped beforehand stay so until they
 * are unlocked: the driver may ask for the address again. User addresses: <=
 * APC_LEVEL, in the process where they are mapped.
 */
void MmUnmapLockedPages(PVOID BaseAddress, PMDL Mdl)
{
	void *start = (void *)((unsigned long)BaseAddress & PAGE_MASK);

	if ((unsigned long)BaseAddress < TASK_SIZE_MAX) {
		nt_user_unmap(BaseAddress, Mdl);
		return;
	}
	if (unmap_scattered(start, false))
		Mdl->MappedSystemVa = NULL;
	Mdl->MdlFlags &= ~(MDL_MAPPED_TO_SYSTEM_VA | MDL_PARTIAL_HAS_BEEN_MAPPED);
}
EXPORT_SYMBOL(MmUnmapLockedPages);

/**
 * nt_mdl_pin_user - lock the user pages of an MDL in memory
 * @mdl: initialised over the caller's buffer
 * @device_writes: the device is going to write to them
 *
 * PASSIVE_LEVEL, in the context of the process. Returns 0, -EFAULT when not all
 * pages are there and accessible, or another errno.
 */
int nt_mdl_pin_user(PMDL mdl, bool device_writes)
{
	int pages = nt_mdl_pages(mdl);
	struct page **array = (struct page **)MmGetMdlPfnArray(mdl);
	int i, pinned;

	/* Pointers and frame numbers are both one word: convert in place. */
	BUILD_BUG_ON(sizeof(struct page *) != sizeof(PFN_NUMBER));
	pinned = pin_user_pages_fast((unsigned long)mdl->StartVa, pages,
				     device_writes ? FOLL_WRITE : 0, array);
	if (pinned != pages) {
		if (pinned > 0)
			unpin_user_pages(array, pinned);
		return pinned < 0 ? pinned : -EFAULT;
	}
	for (i = 0; i < pages; i++)
		MmGetMdlPfnArray(mdl)[i] = page_to_pfn(array[i]);
	mdl->MdlFlags |= MDL_PAGES_LOCKED | (device_writes ? MDL_WRITE_OPERATION : 0);
	nt_live_add(NT_LIVE_PINNED_PAGE, pages);
	return 0;
}

/**
 * nt_mdl_prepare_mapping - make sure that an MDL can be mapped at DISPATCH_LEVEL
 * @mdl: locked MDL
 *
 * PASSIVE_LEVEL. A StartIo routine or a DPC may ask for the address of a direct
 * request's buffer, when it is too late to map scattered pages. So they are
 * mapped beforehand: MappedSystemVa is set but MDL_MAPPED_TO_SYSTEM_VA is not,
 * until the driver asks. Returns false when there is no memory.
 */
bool nt_mdl_prepare_mapping(PMDL mdl)
{
	void *va;

	if (contiguous(mdl))
		return true;
	va = map_scattered(mdl, true);
	if (va)
		mdl->MappedSystemVa = va + mdl->ByteOffset;
	return va;
}

/**
 * nt_mdl_dirty - mark the pages that a device is going to write to
 * @mdl: locked MDL
 *
 * PASSIVE_LEVEL. For requests that end where pages cannot be locked.
 */
void nt_mdl_dirty(PMDL mdl)
{
	unsigned int i, pages = nt_mdl_pages(mdl);

	if (mdl->MdlFlags & MDL_WRITE_OPERATION)
		for (i = 0; i < pages; i++)
			set_page_dirty_lock(nt_mdl_page(mdl, i));
}

/**
 * nt_mdl_can_unpin_atomic - can nt_mdl_unpin_atomic() be used?
 * @mdl: locked MDL
 *
 * Not when a mapping is to be undone, nor when a page was cleaned, by writeback,
 * after nt_mdl_dirty(): what the device wrote would be lost.
 */
bool nt_mdl_can_unpin_atomic(const MDL *mdl)
{
	unsigned int i, pages = nt_mdl_pages(mdl);

	if (is_vmalloc_addr(mdl->MappedSystemVa))
		return false;
	if (mdl->MdlFlags & MDL_WRITE_OPERATION)
		for (i = 0; i < pages; i++)
			if (!PageDirty(nt_mdl_page(mdl, i)))
				return false;
	return true;
}

/* As nt_mdl_unpin(), at any level up to DISPATCH_LEVEL. */
void nt_mdl_unpin_atomic(PMDL mdl)
{
	unsigned int i, pages = nt_mdl_pages(mdl);

	if (!(mdl->MdlFlags & MDL_PAGES_LOCKED))
		return;
	for (i = 0; i < pages; i++)
		unpin_user_page(nt_mdl_page(mdl, i));
	nt_live_add(NT_LIVE_PINNED_PAGE, -(long)pages);
	mdl->MdlFlags &= ~(MDL_PAGES_LOCKED | MDL_WRITE_OPERATION);
}

/* Of user pages, one made beforehand, too. */
void nt_mdl_forget_mapping(PMDL mdl)
{
	unmap_scattered(mdl->MappedSystemVa - mdl->ByteOffset, true);
	mdl->MappedSystemVa = NULL;
	mdl->MdlFlags &= ~(MDL_MAPPED_TO_SYSTEM_VA | MDL_PARTIAL_HAS_BEEN_MAPPED);
}

/**
 * nt_mdl_unpin - release what nt_mdl_pin_user() pinned, and its mapping
 * @mdl: the MDL; one that is not locked is left alone
 *
 * PASSIVE_LEVEL when the device wrote (pages are dirtied under their lock), or
 * the mapping was of scattered pages.
 */
void nt_mdl_unpin(PMDL mdl)
{
	unsigned int i, pages = nt_mdl_pages(mdl);
	bool dirty = mdl->MdlFlags & MDL_WRITE_OPERATION;

	if (!(mdl->MdlFlags & MDL_PAGES_LOCKED))
		return;
	if (mdl->MappedSystemVa)
		nt_mdl_forget_mapping(mdl);
	for (i = 0; i < pages; i++) {
		struct page *page = nt_mdl_page(mdl, i);

		unpin_user_pages_dirty_lock(&page, 1, dirty);
	}
	nt_live_add(NT_LIVE_PINNED_PAGE, -(long)pages);
	mdl->MdlFlags &= ~(MDL_PAGES_LOCKED | MDL_WRITE_OPERATION);
}

/**
 * nt_mdl_copy - copy between an MDL's pages and a buffer
 * @mdl: locked MDL
 * @offset: where in it
 * @buffer: kernel memory
 * @length: bytes
 * @to_mdl: from the buffer to the MDL
 *
 * Any IRQL.
 */
void nt_mdl_copy(const MDL *mdl, u32 offset, void *buffer, u32 length, bool to_mdl)
{
	while (length) {
		u32 at = mdl->ByteOffset + offset;
		u32 n = min_t(u32, PAGE_SIZE - offset_in_page(at), length);
		u8 *va = kmap_local_page(nt_mdl_page(mdl, at >> PAGE_SHIFT));

		if (to_mdl)
			memcpy(va + offset_in_page(at), buffer, n);
		else
			memcpy(buffer, va + offset_in_page(at), n);
		kunmap_local(va);
		buffer += n;
		offset += n;
		length -= n;
	}
}

/**
 * MmGetPhysicalAddress - the physical address behind a kernel address
 * @BaseAddress: resident kernel memory
 *
 * IRQL: any. Not for DMA: a device may see other addresses.
 */
PHYSICAL_ADDRESS MmGetPhysicalAddress(PVOID BaseAddress)
{
	PHYSICAL_ADDRESS pa;

	if (virt_addr_valid(BaseAddress))
		pa.QuadPart = virt_to_phys(BaseAddress);
	else
		pa.QuadPart = ((u64)vmalloc_to_pfn(BaseAddress) << PAGE_SHIFT) +
			      offset_in_page(BaseAddress);
	return pa;
}
EXPORT_SYMBOL(MmGetPhysicalAddress);
