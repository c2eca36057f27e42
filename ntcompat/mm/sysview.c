// SPDX-License-Identifier: GPL-2.0
/* Views of sections in the system's space: their pages, held and mapped together. */
#include "section.h"
#include "../io/status.h"
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/magic.h>
#include <linux/mutex.h>
#include <linux/pagemap.h>
#include <linux/shmem_fs.h>
#include <linux/vmalloc.h>

/**
 * struct system_view - a view
 * @link: on the list of all
 * @file: the memory
 * @va: where it is
 * @count: pages
 * @writable: the pages are dirty when it ends
 * @pages: the pages, referenced
 */
struct system_view {
	struct list_head link;
	struct file *file;
	void *va;
	unsigned long count;
	bool writable;
	struct page *pages[];
};

static LIST_HEAD(views);
static DEFINE_MUTEX(views_lock);

static struct page *page_of(struct file *file, pgoff_t index)
{
	struct address_space *mapping = file->f_mapping;

	if (file_inode(file)->i_sb->s_magic == TMPFS_MAGIC)
		return shmem_read_mapping_page(mapping, index);
	return read_mapping_page(mapping, index, file);
}

/* As mmap(2): a memfd that was sealed is not written to, one that is written to not sealed. */
static NTSTATUS begin_writing(struct file *file)
{
	struct inode *inode = file_inode(file);

	if (inode->i_sb->s_magic == TMPFS_MAGIC && SHMEM_I(inode)->seals & F_SEAL_FUTURE_WRITE)
		return STATUS_ACCESS_DENIED;
	return mapping_map_writable(file->f_mapping) ? STATUS_ACCESS_DENIED : STATUS_SUCCESS;
}

static void free_view(struct system_view *view)
{
	unsigned long i;

	for (i = 0; i < view->count; i++) {
		if (view->writable)
			set_page_dirty_lock(view->pages[i]);
		put_page(view->pages[i]);
	}
	if (view->writable)
		mapping_unmap_writable(view->file->f_mapping);
	fput(view->file);
	kvfree(view);
}

/* @view->count goes with the pages that are held. */
static NTSTATUS hold_pages(struct system_view *view, unsigned long count)
{
	struct page *page;

	for (; view->count < count; view->count++) {
		page = page_of(view->file, view->count);
		if (IS_ERR(page))
			return nt_status_from_errno(PTR_ERR(page));
		view->pages[view->count] = page;
		cond_resched();
	}
	return STATUS_SUCCESS;
}

static NTSTATUS map_pages(struct system_view *view, unsigned long count)
{
	NTSTATUS status = hold_pages(view, count);

	if (!NT_SUCCESS(status))
		return status;
	view->va = vmap(view->pages, count, VM_MAP, view->writable ? PAGE_KERNEL : PAGE_KERNEL_RO);
	return view->va ? STATUS_SUCCESS : STATUS_INSUFFICIENT_RESOURCES;
}

static NTSTATUS make_view(struct nt_section *section, unsigned long count, struct system_view **result)
{
	struct system_view *view = kvzalloc(struct_size(view, pages, count), GFP_KERNEL);
	NTSTATUS status = STATUS_SUCCESS;

	if (!view)
		return STATUS_INSUFFICIENT_RESOURCES;
	view->writable = section->protection == NT_PAGE_READWRITE;
	if (view->writable)
		status = begin_writing(section->file);
	if (!NT_SUCCESS(status)) {
		kvfree(view);
		return status;
	}
	view->file = get_file(section->file);
	status = map_pages(view, count);
	if (!NT_SUCCESS(status)) {
		free_view(view);
		return status;
	}
	*result = view;
	return STATUS_SUCCESS;
}

/**
 * MmMapViewInSystemSpace - map a section for drivers
 * @Section: the object, of ObReferenceObjectByHandle()
 * @MappedBase: receives where it is
 * @ViewSize: bytes from its start, 0 for all; receives the bytes of the view
 *
 * IRQL: PASSIVE_LEVEL. The pages stay in memory until MmUnmapViewInSystemSpace(); the section
 * may go before. Returns STATUS_SUCCESS, STATUS_INVALID_VIEW_SIZE,
 * STATUS_INSUFFICIENT_RESOURCES, STATUS_ACCESS_DENIED for a sealed memfd; STATUS_NOT_SUPPORTED for physical memory, which
 * MmMapIoSpace() is for, and for copies. WDK: "MmMapViewInSystemSpace function".
 */
NTSTATUS MmMapViewInSystemSpace(PVOID Section, PVOID *MappedBase, PSIZE_T ViewSize)
{
	struct nt_section *section = nt_section(Section);
	u64 bytes = *ViewSize ? PAGE_ALIGN(*ViewSize) : section->size;
	struct system_view *view;
	NTSTATUS status;

	if (!section->file || section->protection == NT_PAGE_WRITECOPY)
		return STATUS_NOT_SUPPORTED;
	if (!bytes || bytes < *ViewSize || bytes > section->size)
		return STATUS_INVALID_VIEW_SIZE;
	status = make_view(section, bytes >> PAGE_SHIFT, &view);
	if (!NT_SUCCESS(status))
		return status;
	mutex_lock(&views_lock);
	list_add(&view->link, &views);
	mutex_unlock(&views_lock);
	nt_live_inc(NT_LIVE_SYSTEM_VIEW);
	*MappedBase = view->va;
	*ViewSize = bytes;
	return STATUS_SUCCESS;
}
EXPORT_SYMBOL(MmMapViewInSystemSpace);

static struct system_view *take_view(void *va)
{
	struct system_view *view, *found = NULL;

	mutex_lock(&views_lock);
	list_for_each_entry(view, &views, link)
		if (view->va == va)
			found = view;
	if (found)
		list_del(&found->link);
	mutex_unlock(&views_lock);
	return found;
}

/**
 * MmUnmapViewInSystemSpace - undo MmMapViewInSystemSpace()
 * @MappedBase: where it is
 *
 * IRQL: PASSIVE_LEVEL. Returns STATUS_SUCCESS or STATUS_NOT_MAPPED_VIEW.
 */
NTSTATUS MmUnmapViewInSystemSpace(PVOID MappedBase)
{
	struct system_view *view = take_view(MappedBase);

	if (!view)
		return STATUS_NOT_MAPPED_VIEW;
	vunmap(view->va);
	free_view(view);
	nt_live_dec(NT_LIVE_SYSTEM_VIEW);
	return STATUS_SUCCESS;
}
EXPORT_SYMBOL(MmUnmapViewInSystemSpace);
