// SPDX-License-Identifier: GPL-2.0
/*
 * Views of sections in the current process: mappings of Linux's, which the process may unmap
 * as well. Only their memory is kept by them; the section may be closed meanwhile.
 */
#include "section.h"
#include "../io/status.h"
#include "../linux/compat.h"
#include <linux/anon_inodes.h>
#include <linux/file.h>
#include <linux/mm.h>
#include <linux/mman.h>
#include <linux/module.h>

#define GRANULARITY	0x10000UL	/* of addresses and offsets, on Windows */

#define NT_MEM_RESERVE	0x2000
#define NT_MEM_TOP_DOWN	0x100000

/* What a view shall be like, with Windows's words for it. */
struct request {
	struct nt_section *section;
	unsigned long va;
	ULONG zero_bits;
	u64 offset;
	u64 bytes;
	bool inherit;
	ULONG protection;
};

/* ---- Physical memory ---- */

static int map_physical(struct file *filp, struct vm_area_struct *vma)
{
	unsigned long bits = (unsigned long)filp->private_data;

	if (bits & NT_PAGE_NOCACHE)
		vma->vm_page_prot = pgprot_noncached(vma->vm_page_prot);
	else if (bits & NT_PAGE_WRITECOMBINE)
		vma->vm_page_prot = pgprot_writecombine(vma->vm_page_prot);
	return remap_pfn_range(vma, vma->vm_start, vma->vm_pgoff, vma->vm_end - vma->vm_start,
			       vma->vm_page_prot);
}

static const struct file_operations physical_fops = {
	.owner = THIS_MODULE,
	.mmap = map_physical,
};

/* A file of the view's own, since it keeps the module in place. */
static struct file *file_of(const struct request *r)
{
	if (r->section->file)
		return get_file(r->section->file);
	return anon_inode_getfile("[physical memory]", &physical_fops,
				  (void *)(unsigned long)r->protection, O_RDWR);
}

/* ---- Mapping ---- */

static NTSTATUS check_protection(const struct nt_section *section, ULONG protection)
{
	ULONG base = protection & ~(NT_PAGE_NOCACHE | NT_PAGE_WRITECOMBINE);

	/* How memory is cached is up to Linux, but for what is none. */
	if ((base != protection && section->file) ||
	    (protection & NT_PAGE_NOCACHE && protection & NT_PAGE_WRITECOMBINE))
		return STATUS_INVALID_PAGE_PROTECTION;
	if (base != NT_PAGE_READONLY && base != NT_PAGE_READWRITE && base != NT_PAGE_WRITECOPY)
		return STATUS_INVALID_PAGE_PROTECTION;
	if (base == NT_PAGE_READWRITE && section->protection != NT_PAGE_READWRITE)
		return STATUS_SECTION_PROTECTION;
	return base == NT_PAGE_WRITECOPY && !section->file ? STATUS_SECTION_PROTECTION :
							     STATUS_SUCCESS;
}

/* Whole units, around what was asked for; to the section's end when that is nothing. */
static NTSTATUS fit(struct request *r)
{
	u64 offset = round_down(r->offset, GRANULARITY);

	if (offset >= r->section->size)
		return STATUS_INVALID_VIEW_SIZE;
	/* Before it is added to. */
	if (r->bytes > r->section->size)
		return STATUS_INVALID_VIEW_SIZE;
	r->bytes = r->bytes ? PAGE_ALIGN(r->bytes + (r->offset - offset)) :
			      r->section->size - offset;
	r->offset = offset;
	return r->bytes > r->section->size - offset ? STATUS_INVALID_VIEW_SIZE : STATUS_SUCCESS;
}

/* Apart from its neighbours, which may be views of the same section, it stays one mapping. */
static void set_apart(unsigned long va, bool inherit)
{
	struct vm_area_struct *vma;

	mmap_write_lock(current->mm);
	vma = find_vma(current->mm, va);
	if (vma && vma->vm_start <= va)
		nt_vma_set_flags(vma, VM_DONTEXPAND | (inherit ? 0 : VM_DONTCOPY));
	mmap_write_unlock(current->mm);
}

static NTSTATUS status_of(long error)
{
	return error == -EEXIST || error == -EINVAL ? STATUS_CONFLICTING_ADDRESSES :
						      nt_status_from_errno(error);
}

static NTSTATUS map(struct request *r)
{
	bool copy = (r->protection & 0xff) == NT_PAGE_WRITECOPY;
	unsigned long prot = PROT_READ | (r->protection & NT_PAGE_READONLY ? 0 : PROT_WRITE);
	unsigned long flags = copy ? MAP_PRIVATE : MAP_SHARED;
	struct file *file = file_of(r);
	unsigned long va;

	if (IS_ERR(file))
		return STATUS_INSUFFICIENT_RESOURCES;
	if (r->va)
		flags |= MAP_FIXED_NOREPLACE;
	else if (r->zero_bits)
		flags |= MAP_32BIT;
	va = vm_mmap(file, r->va, r->bytes, prot, flags, r->offset);
	/* The mapping holds the file from now on. */
	fput(file);
	if (IS_ERR_VALUE(va))
		return status_of(va);
	if (!r->va && r->zero_bits && (va + r->bytes - 1) >> (32 - r->zero_bits)) {
		vm_munmap(va, r->bytes);
		return STATUS_NO_MEMORY;
	}
	r->va = va;
	set_apart(va, r->inherit);
	return STATUS_SUCCESS;
}

/* A kernel thread has no addresses of its own, and nobody reaches into another process. */
static NTSTATUS check_process(HANDLE handle)
{
	NTSTATUS status = STATUS_SUCCESS;
	void *body = NULL;

	if (handle != NtCurrentProcess()) {
		status = ObReferenceObjectByHandle(handle, 0, *PsProcessType, KernelMode, &body, NULL);
		if (!NT_SUCCESS(status))
			return status;
		if (body != IoGetCurrentProcess())
			status = STATUS_NOT_SUPPORTED;
		ObfDereferenceObject(body);
	}
	return current->mm ? status : STATUS_NOT_SUPPORTED;
}

/**
 * ZwMapViewOfSection - map a section into the current process
 * @SectionHandle: its handle
 * @ProcessHandle: NtCurrentProcess(), or a handle of that
 * @BaseAddress: where, rounded down to 64 KiB, or NULL for anywhere; receives where it is
 * @ZeroBits: how many bits of 32 shall be zero in an address that is chosen here
 * @CommitSize: not looked at: pages are there when they are touched
 * @SectionOffset: where in the section, or NULL; receives that, rounded down to 64 KiB
 * @ViewSize: bytes from the offset as given; 0 for all; receives the bytes of the view
 * @InheritDisposition: ViewUnmap, or ViewShare for the children of fork(2), too
 * @AllocationType: 0 or MEM_TOP_DOWN, MEM_RESERVE: hints
 * @Win32Protect: PAGE_READONLY, PAGE_READWRITE or PAGE_WRITECOPY; for physical memory with
 *	PAGE_NOCACHE or PAGE_WRITECOMBINE
 *
 * IRQL: PASSIVE_LEVEL. Returns STATUS_SUCCESS, STATUS_INVALID_PARAMETER_4 for more than 20
 * bits, STATUS_INVALID_PARAMETER_8, _9, STATUS_INVALID_PAGE_PROTECTION,
 * STATUS_SECTION_PROTECTION, STATUS_INVALID_VIEW_SIZE, STATUS_CONFLICTING_ADDRESSES,
 * STATUS_NO_MEMORY, STATUS_INVALID_HANDLE, STATUS_OBJECT_TYPE_MISMATCH; STATUS_NOT_SUPPORTED
 * for another process and in a system thread. WDK: "ZwMapViewOfSection".
 */
NTSTATUS ZwMapViewOfSection(HANDLE SectionHandle, HANDLE ProcessHandle, PVOID *BaseAddress,
			    ULONG_PTR ZeroBits, SIZE_T CommitSize, PLARGE_INTEGER SectionOffset,
			    PSIZE_T ViewSize, SECTION_INHERIT InheritDisposition,
			    ULONG AllocationType, ULONG Win32Protect)
{
	struct request r = {
		.va = round_down((unsigned long)*BaseAddress, GRANULARITY),
		.zero_bits = ZeroBits,
		.offset = SectionOffset ? SectionOffset->QuadPart : 0,
		.bytes = *ViewSize,
		.inherit = InheritDisposition == ViewShare,
		.protection = Win32Protect,
	};
	NTSTATUS status;

	if (ZeroBits > 20)
		return STATUS_INVALID_PARAMETER_4;
	if (InheritDisposition != ViewShare && InheritDisposition != ViewUnmap)
		return STATUS_INVALID_PARAMETER_8;
	if (AllocationType & ~(NT_MEM_TOP_DOWN | NT_MEM_RESERVE))
		return STATUS_INVALID_PARAMETER_9;
	status = check_process(ProcessHandle);
	if (NT_SUCCESS(status))
		status = nt_section_by_handle(SectionHandle, &r.section);
	if (!NT_SUCCESS(status))
		return status;
	status = check_protection(r.section, Win32Protect);
	if (NT_SUCCESS(status))
		status = fit(&r);
	if (NT_SUCCESS(status))
		status = map(&r);
	nt_object_put(&r.section->ob);
	if (!NT_SUCCESS(status))
		return status;
	*BaseAddress = (PVOID)r.va;
	*ViewSize = r.bytes;
	if (SectionOffset)
		SectionOffset->QuadPart = r.offset;
	return STATUS_SUCCESS;
}
EXPORT_SYMBOL(ZwMapViewOfSection);

/* Where the mapping of a file that an address lies in begins; its bytes, or 0. */
static size_t view_at(unsigned long va, unsigned long *start)
{
	struct vm_area_struct *vma;
	size_t bytes = 0;

	mmap_read_lock(current->mm);
	vma = find_vma(current->mm, va);
	if (vma && vma->vm_start <= va && vma->vm_file) {
		*start = vma->vm_start;
		bytes = vma->vm_end - vma->vm_start;
	}
	mmap_read_unlock(current->mm);
	return bytes;
}

/**
 * ZwUnmapViewOfSection - unmap a view from the current process
 * @ProcessHandle: NtCurrentProcess(), or a handle of that
 * @BaseAddress: an address in it
 *
 * IRQL: PASSIVE_LEVEL. Returns STATUS_SUCCESS, STATUS_NOT_MAPPED_VIEW for an address in no
 * mapping of a file, STATUS_INVALID_HANDLE, STATUS_OBJECT_TYPE_MISMATCH; STATUS_NOT_SUPPORTED
 * for another process. WDK: "ZwUnmapViewOfSection".
 */
NTSTATUS ZwUnmapViewOfSection(HANDLE ProcessHandle, PVOID BaseAddress)
{
	NTSTATUS status = check_process(ProcessHandle);
	unsigned long start;
	size_t bytes;

	if (!NT_SUCCESS(status))
		return status;
	bytes = view_at((unsigned long)BaseAddress, &start);
	if (!bytes || vm_munmap(start, bytes))
		return STATUS_NOT_MAPPED_VIEW;
	return STATUS_SUCCESS;
}
EXPORT_SYMBOL(ZwUnmapViewOfSection);
