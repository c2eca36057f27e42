// SPDX-License-Identifier: GPL-2.0
/*
 * Mappings of drivers' memory into processes: MmMapLockedPages() with UserMode.
 *
 * Each is a mapping of an anonymous file of its own, whose private data tell what
 * it maps. It ends by MmUnmapLockedPages(), by the process's own munmap() or its
 * exit; and when the pages go, which is the driver's bug: the addresses stay but
 * lead nowhere any more, so that nobody sees memory that is no longer his.
 */
#include "usermap.h"
#include "mdl.h"
#include "../ke/irql.h"
#include "../linux/compat.h"
#include <linux/anon_inodes.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/mman.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/sched/mm.h>

/**
 * struct user_mapping - a mapping
 * @link: on the list of all
 * @mdl: what it maps
 * @mm: the process's memory; counted
 * @va: where it begins, or 0 while it is being made
 * @bytes: whole pages
 */
struct user_mapping {
	struct list_head link;
	PMDL mdl;
	struct mm_struct *mm;
	unsigned long va;
	size_t bytes;
};

static LIST_HEAD(mappings);
static DEFINE_MUTEX(mappings_lock);
static atomic_t count;

static int mmap_pages(struct file *file, struct vm_area_struct *vma)
{
	struct user_mapping *mapping = file->private_data;
	unsigned long va = vma->vm_start;
	unsigned int i;
	int error = 0;

	/* Only the call below may map it, and once. */
	if (mapping->va || vma->vm_mm != mapping->mm || vma->vm_end - va != mapping->bytes)
		return -EINVAL;
	nt_vma_set_flags(vma, VM_DONTCOPY);
	for (i = 0; !error && va < vma->vm_end; i++, va += PAGE_SIZE)
		error = remap_pfn_range(vma, va, MmGetMdlPfnArray(mapping->mdl)[i], PAGE_SIZE,
					vma->vm_page_prot);
	return error;
}

static int release(struct inode *inode, struct file *file)
{
	struct user_mapping *mapping = file->private_data;

	mutex_lock(&mappings_lock);
	list_del(&mapping->link);
	mutex_unlock(&mappings_lock);
	atomic_dec(&count);
	mmdrop(mapping->mm);
	kfree(mapping);
	return 0;
}

static const struct file_operations mapping_fops = {
	.owner = THIS_MODULE,
	.mmap = mmap_pages,
	.release = release,
};

static struct file *new_file(PMDL mdl)
{
	struct user_mapping *mapping = kzalloc(sizeof(*mapping), GFP_KERNEL);
	struct file *file;

	if (!mapping)
		return ERR_PTR(-ENOMEM);
	mapping->mdl = mdl;
	mapping->bytes = (size_t)nt_mdl_pages(mdl) << PAGE_SHIFT;
	mapping->mm = current->mm;
	mmgrab(mapping->mm);
	mutex_lock(&mappings_lock);
	list_add(&mapping->link, &mappings);
	mutex_unlock(&mappings_lock);
	atomic_inc(&count);
	file = anon_inode_getfile("[ntcompat]", &mapping_fops, mapping, O_RDWR);
	if (!IS_ERR(file))
		return file;
	mutex_lock(&mappings_lock);
	list_del(&mapping->link);
	mutex_unlock(&mappings_lock);
	atomic_dec(&count);
	mmdrop(mapping->mm);
	kfree(mapping);
	return file;
}

void *nt_user_map(PMDL mdl, void *where, bool writable)
{
	unsigned long flags = MAP_SHARED | (where ? MAP_FIXED_NOREPLACE : 0);
	unsigned long prot = PROT_READ | (writable ? PROT_WRITE : 0);
	struct user_mapping *mapping;
	struct file *file;
	unsigned long va;

	if (nt_at_dispatch_or_above() || !current->mm)
		return NULL;
	file = new_file(mdl);
	if (IS_ERR(file))
		return NULL;
	mapping = file->private_data;
	va = vm_mmap(file, (unsigned long)where & PAGE_MASK, mapping->bytes, prot, flags, 0);
	if (!IS_ERR_VALUE(va)) {
		mutex_lock(&mappings_lock);
		mapping->va = va;
		mutex_unlock(&mappings_lock);
	}
	/* The mapping holds the file from now on. */
	fput(file);
	return IS_ERR_VALUE(va) ? NULL : (void *)(va + mdl->ByteOffset);
}

/* How long the mapping at an address of this process is; 0 when there is none of ours. */
static size_t bytes_at(unsigned long va)
{
	struct user_mapping *mapping;
	size_t bytes = 0;

	mutex_lock(&mappings_lock);
	list_for_each_entry(mapping, &mappings, link)
		if (mapping->va == va && mapping->mm == current->mm)
			bytes = mapping->bytes;
	mutex_unlock(&mappings_lock);
	return bytes;
}

void nt_user_unmap(void *va, PMDL mdl)
{
	unsigned long start = (unsigned long)va & PAGE_MASK;
	size_t bytes = current->mm ? bytes_at(start) : 0;

	if (WARN(!bytes, "MmUnmapLockedPages: %p is not mapped in this process\n", va))
		return;
	vm_munmap(start, bytes);
}

static void zap(struct mm_struct *mm, unsigned long va, size_t bytes)
{
	struct vm_area_struct *vma;

	mmap_read_lock(mm);
	vma = find_vma(mm, va);
	if (vma && vma->vm_start == va && vma->vm_file && vma->vm_file->f_op == &mapping_fops)
		zap_vma_ptes(vma, va, min_t(size_t, bytes, vma->vm_end - va));
	mmap_read_unlock(mm);
}

/* Take one mapping of the MDL's off its pages; false when there is none left. */
static bool end_one(PMDL mdl)
{
	struct user_mapping *mapping;
	struct mm_struct *mm = NULL;
	unsigned long va = 0;
	size_t bytes = 0;
	bool found = false;

	mutex_lock(&mappings_lock);
	list_for_each_entry(mapping, &mappings, link) {
		if (mapping->mdl != mdl)
			continue;
		mapping->mdl = NULL;
		found = true;
		va = mapping->va;
		bytes = mapping->bytes;
		mm = mmget_not_zero(mapping->mm) ? mapping->mm : NULL;
		break;
	}
	mutex_unlock(&mappings_lock);
	if (mm) {
		pr_err("a driver frees memory that %s still maps\n", current->comm);
		zap(mm, va, bytes);
		mmput(mm);
	}
	return found;
}

void nt_user_mappings_end(PMDL mdl)
{
	if (!atomic_read(&count))
		return;
	if (WARN_ONCE(nt_at_dispatch_or_above(),
		      "memory that is mapped into a process is freed at DISPATCH_LEVEL\n"))
		return;
	while (end_one(mdl))
		;
}
