// SPDX-License-Identifier: GPL-2.0
/*
 * MDLs that drivers lock, unlock and take parts of. Kernel memory never moves on
 * Linux, so locking it only fills in its pages; user pages are pinned.
 */
#include "lock.h"
#include "mdl.h"
#include "usermap.h"
#include "../ex/later.h"
#include "../io/status.h"
#include "../ke/irql.h"
#include <linux/mm.h>
#include <linux/sched/mm.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>

static bool describes_user(const MDL *mdl)
{
	return (unsigned long)mdl->StartVa < TASK_SIZE_MAX;
}

/* Statics of a driver lie in the module area, which vmalloc_to_pfn() knows, too. */
static bool is_memory(const char *va)
{
	return virt_addr_valid(va) || is_vmalloc_addr(va) ||
	       ((unsigned long)va >= MODULES_VADDR && (unsigned long)va < MODULES_END);
}

static NTSTATUS lock_kernel(PMDL mdl)
{
	char *va = mdl->StartVa;
	unsigned int i, pages = nt_mdl_pages(mdl);

	for (i = 0; i < pages; i++, va += PAGE_SIZE)
		if (!is_memory(va))
			return STATUS_ACCESS_VIOLATION;
	MmBuildMdlForNonPagedPool(mdl);
	mdl->MdlFlags &= ~MDL_SOURCE_IS_NONPAGED_POOL;
	mdl->MdlFlags |= MDL_PAGES_LOCKED | MDL_MAPPED_TO_SYSTEM_VA;
	return STATUS_SUCCESS;
}

NTSTATUS nt_mdl_lock(PMDL mdl, KPROCESSOR_MODE mode, LOCK_OPERATION operation)
{
	int error;

	if (!describes_user(mdl))
		return mode == KernelMode ? lock_kernel(mdl) : STATUS_ACCESS_VIOLATION;
	if (!current->mm || !access_ok((void __user *)MmGetMdlVirtualAddress(mdl), mdl->ByteCount))
		return STATUS_ACCESS_VIOLATION;
	error = nt_mdl_pin_user(mdl, operation != IoReadAccess);
	if (error)
		return error == -EFAULT ? STATUS_ACCESS_VIOLATION : nt_status_from_errno(error);
	/* So that unlocking at DISPATCH_LEVEL has little left to do. */
	nt_mdl_dirty(mdl);
	if (nt_mdl_prepare_mapping(mdl))
		return STATUS_SUCCESS;
	nt_mdl_unpin(mdl);
	return STATUS_INSUFFICIENT_RESOURCES;
}

/**
 * MmProbeAndLockPages - make a buffer's pages stay, and fill them in
 * @MemoryDescriptorList: from IoAllocateMdl(), not locked
 * @AccessMode: UserMode: the buffer must be the process's own
 * @Operation: IoReadAccess: the device reads it; else it writes to it
 *
 * IRQL: <= APC_LEVEL for user memory, in the process whose memory it is; <=
 * DISPATCH_LEVEL for kernel memory. Raises STATUS_ACCESS_VIOLATION or
 * STATUS_INSUFFICIENT_RESOURCES: call it within __try.
 */
void MmProbeAndLockPages(PMDL MemoryDescriptorList, KPROCESSOR_MODE AccessMode,
			 LOCK_OPERATION Operation)
{
	NTSTATUS status = nt_mdl_lock(MemoryDescriptorList, AccessMode, Operation);

	if (!NT_SUCCESS(status))
		ExRaiseStatus(status);
}
EXPORT_SYMBOL(MmProbeAndLockPages);

/**
 * struct late_unlock - an MDL's pages, to be unpinned by a thread
 * @work: on its way there
 * @mdl: a copy; its page frames follow
 */
struct late_unlock {
	struct work_struct work;
	MDL mdl;
};

static void unlock_late(struct work_struct *work)
{
	struct late_unlock *late = container_of(work, struct late_unlock, work);

	nt_mdl_unpin(&late->mdl);
	kfree(late);
}

static void unlock_atomic(PMDL mdl)
{
	size_t bytes = nt_mdl_bytes(MmGetMdlVirtualAddress(mdl), mdl->ByteCount);
	struct late_unlock *late;

	if (nt_mdl_can_unpin_atomic(mdl)) {
		mdl->MappedSystemVa = NULL;
		mdl->MdlFlags &= ~MDL_MAPPED_TO_SYSTEM_VA;
		nt_mdl_unpin_atomic(mdl);
		return;
	}
	late = kmalloc(offsetof(struct late_unlock, mdl) + bytes, GFP_ATOMIC);
	/* To unpin a page that is not marked dirty would lose data: better lose the page. */
	if (WARN_ONCE(!late, "no memory to unlock pages with\n"))
		return;
	memcpy(&late->mdl, mdl, bytes);
	INIT_WORK(&late->work, unlock_late);
	nt_later(&late->work);
	mdl->MappedSystemVa = NULL;
	mdl->MdlFlags &= ~(MDL_MAPPED_TO_SYSTEM_VA | MDL_PAGES_LOCKED | MDL_WRITE_OPERATION);
}

/**
 * MmUnlockPages - undo MmProbeAndLockPages()
 * @MemoryDescriptorList: locked; a mapping that it got is undone
 *
 * IRQL: <= DISPATCH_LEVEL.
 */
void MmUnlockPages(PMDL MemoryDescriptorList)
{
	PMDL mdl = MemoryDescriptorList;

	if (WARN(!(mdl->MdlFlags & MDL_PAGES_LOCKED), "MmUnlockPages: the MDL is not locked\n"))
		return;
	nt_user_mappings_end(mdl);
	if (!describes_user(mdl)) {
		mdl->MappedSystemVa = NULL;
		mdl->MdlFlags &= ~(MDL_MAPPED_TO_SYSTEM_VA | MDL_PAGES_LOCKED);
	} else if (nt_at_dispatch_or_above()) {
		unlock_atomic(mdl);
	} else {
		nt_mdl_unpin(mdl);
	}
}
EXPORT_SYMBOL(MmUnlockPages);

/**
 * IoBuildPartialMdl - describe a part of what another MDL describes
 * @SourceMdl: locked, or built over nonpaged pool
 * @TargetMdl: large enough for the part; what it described before is forgotten
 * @VirtualAddress: where the part begins, in the source's own terms
 * @Length: its bytes; 0 for all up to the end
 *
 * IRQL: <= DISPATCH_LEVEL. The part is valid as long as the source is. It
 * shares the source's mapping, if there is one.
 */
void IoBuildPartialMdl(PMDL SourceMdl, PMDL TargetMdl, PVOID VirtualAddress, ULONG Length)
{
	const char *source_va = MmGetMdlVirtualAddress(SourceMdl);
	size_t offset = (char *)VirtualAddress - source_va;
	CSHORT size = TargetMdl->Size;
	PMDL next = TargetMdl->Next;

	if (WARN(offset > SourceMdl->ByteCount || Length > SourceMdl->ByteCount - offset,
		 "IoBuildPartialMdl: not a part of the source\n"))
		return;
	if (!Length)
		Length = SourceMdl->ByteCount - offset;
	if (WARN(nt_mdl_bytes(VirtualAddress, Length) > (u16)size,
		 "IoBuildPartialMdl: the target is too small\n"))
		return;
	MmPrepareMdlForReuse(TargetMdl);
	MmInitializeMdl(TargetMdl, VirtualAddress, Length);
	TargetMdl->Size = size;
	TargetMdl->Next = next;
	TargetMdl->Process = SourceMdl->Process;
	TargetMdl->MdlFlags = MDL_PARTIAL | (SourceMdl->MdlFlags & (MDL_SOURCE_IS_NONPAGED_POOL |
								    MDL_MAPPED_TO_SYSTEM_VA));
	if (SourceMdl->MappedSystemVa)
		TargetMdl->MappedSystemVa = (char *)SourceMdl->MappedSystemVa + offset;
	memcpy(MmGetMdlPfnArray(TargetMdl),
	       MmGetMdlPfnArray(SourceMdl) + ((SourceMdl->ByteOffset + offset) >> PAGE_SHIFT),
	       nt_mdl_pages(TargetMdl) * sizeof(PFN_NUMBER));
}
EXPORT_SYMBOL(IoBuildPartialMdl);

/**
 * MmMapLockedPages - map an MDL's pages, in the way of NT 4
 * @MemoryDescriptorList: locked or partial MDL
 * @AccessMode: KernelMode, or UserMode: into the current process
 *
 * IRQL: <= DISPATCH_LEVEL; UserMode: <= APC_LEVEL, raising
 * STATUS_INSUFFICIENT_RESOURCES on failure. For KernelMode failure is a bug check on
 * Windows, here a warning and NULL.
 */
PVOID MmMapLockedPages(PMDL MemoryDescriptorList, KPROCESSOR_MODE AccessMode)
{
	void *va = MmMapLockedPagesSpecifyCache(MemoryDescriptorList, AccessMode, MmCached, NULL,
						TRUE, HighPagePriority);

	WARN(!va, "MmMapLockedPages: no mapping to be had\n");
	return va;
}
EXPORT_SYMBOL(MmMapLockedPages);

/* Pages that are passed altogether are not the MDL's any more. */
static void drop_first(PMDL mdl, unsigned int drop)
{
	unsigned int i, pages = nt_mdl_pages(mdl);
	PPFN_NUMBER pfn = MmGetMdlPfnArray(mdl);

	if (mdl->MdlFlags & MDL_PAGES_LOCKED && describes_user(mdl)) {
		for (i = 0; i < drop; i++) {
			struct page *page = nt_mdl_page(mdl, i);

			unpin_user_pages_dirty_lock(&page, 1, mdl->MdlFlags & MDL_WRITE_OPERATION);
		}
		nt_live_add(NT_LIVE_PINNED_PAGE, -(long)drop);
	}
	memmove(pfn, pfn + drop, (pages - drop) * sizeof(*pfn));
}

/**
 * MmAdvanceMdl - let an MDL describe less: not its first bytes
 * @Mdl: locked, without a mapping of scattered user pages, or over nonpaged pool
 * @NumberOfBytes: how many it shall pass
 *
 * IRQL: <= APC_LEVEL. Pages that are passed are unlocked. Returns STATUS_SUCCESS or
 * STATUS_INVALID_PARAMETER_2 when the MDL is not so long. A mapping of scattered user
 * pages is undone; the driver maps what is left.
 */
NTSTATUS MmAdvanceMdl(PMDL Mdl, ULONG NumberOfBytes)
{
	unsigned int drop = (Mdl->ByteOffset + NumberOfBytes) >> PAGE_SHIFT;
	bool user = describes_user(Mdl);

	if (NumberOfBytes > Mdl->ByteCount)
		return STATUS_INVALID_PARAMETER_2;
	if (user && Mdl->MappedSystemVa)
		nt_mdl_forget_mapping(Mdl);
	/* Nothing is left of an MDL that ends with a page: keep one to describe nothing in. */
	drop = min(drop, nt_mdl_pages(Mdl) - 1);
	drop_first(Mdl, drop);
	Mdl->StartVa += (size_t)drop << PAGE_SHIFT;
	Mdl->ByteOffset = Mdl->ByteOffset + NumberOfBytes - (drop << PAGE_SHIFT);
	Mdl->ByteCount -= NumberOfBytes;
	if (!user && Mdl->MappedSystemVa)
		Mdl->MappedSystemVa += NumberOfBytes;
	return STATUS_SUCCESS;
}
EXPORT_SYMBOL(MmAdvanceMdl);
