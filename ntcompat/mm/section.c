// SPDX-License-Identifier: GPL-2.0
/*
 * Section objects. One without a file is shared memory of Linux's, which can be swapped; one
 * with a file of the drive C: is that file. A user program's memfd, or any other file in
 * shared memory, is a section, too, when a driver gets its handle. And there is
 * \Device\PhysicalMemory, made anew for each who opens it.
 */
#include "section.h"
#include "../fs/volume.h"
#include "../io/status.h"
#include "../ob/directory.h"
#include "../ob/handle.h"
#include "../ob/named.h"
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/magic.h>
#include <linux/shmem_fs.h>

/* ---- The type ---- */

static struct nt_section *new_section(struct file *file, u64 size, ULONG protection)
{
	struct nt_section *section = kzalloc(sizeof(*section), GFP_KERNEL_ACCOUNT);

	if (!section)
		return NULL;
	nt_object_init(&section->ob, &nt_section_type);
	section->file = file;
	section->size = size;
	section->protection = protection;
	nt_live_inc(NT_LIVE_SECTION);
	return section;
}

static void release(void *body)
{
	struct nt_section *section = nt_section(body);

	/* Is deferred to a task's way out, or to a worker: at any IRQL. */
	if (section->file)
		fput(section->file);
	nt_live_dec(NT_LIVE_SECTION);
	kfree(section);
}

static void close_section(void *body)
{
	nt_name_remove(&nt_section(body)->name);
}

static NTSTATUS path_of(void *body, PUNICODE_STRING path)
{
	return nt_name_of(&nt_section(body)->name, path);
}

static bool is_shared_memory(struct file *filp)
{
	return file_inode(filp)->i_sb->s_magic == TMPFS_MAGIC && S_ISREG(file_inode(filp)->i_mode);
}

#define MAP_ACCESS	(STANDARD_RIGHTS_REQUIRED | SECTION_QUERY | SECTION_MAP_READ)

/* A new object for each reference: there is no more to it than the file. */
static NTSTATUS from_file(struct file *filp, void **body, ACCESS_MASK *granted)
{
	bool writable = filp->f_mode & FMODE_WRITE;
	struct nt_section *section;

	if (!is_shared_memory(filp) || !(filp->f_mode & FMODE_READ))
		return STATUS_OBJECT_TYPE_MISMATCH;
	section = new_section(get_file(filp), PAGE_ALIGN(i_size_read(file_inode(filp))),
			      writable ? NT_PAGE_READWRITE : NT_PAGE_READONLY);
	if (!section) {
		fput(filp);
		return STATUS_INSUFFICIENT_RESOURCES;
	}
	*body = &section->body;
	*granted = MAP_ACCESS | (writable ? SECTION_MAP_WRITE : 0);
	return STATUS_SUCCESS;
}

struct _OBJECT_TYPE nt_section_type = {
	.name = "Section",
	.mapping = {
		.GenericRead = STANDARD_RIGHTS_READ | SECTION_QUERY | SECTION_MAP_READ,
		.GenericWrite = STANDARD_RIGHTS_WRITE | SECTION_MAP_WRITE,
		.GenericExecute = STANDARD_RIGHTS_EXECUTE | SECTION_MAP_EXECUTE,
		.GenericAll = SECTION_ALL_ACCESS,
	},
	.release = release,
	.close = close_section,
	.from_file = from_file,
	.path_of = path_of,
};

static POBJECT_TYPE section_type_pointer = &nt_section_type;

POBJECT_TYPE *MmSectionObjectType = &section_type_pointer;
EXPORT_SYMBOL(MmSectionObjectType);

/* The section of a handle, referenced: for the Zw routines, which check no access. */
NTSTATUS nt_section_by_handle(HANDLE handle, struct nt_section **section)
{
	void *body;
	NTSTATUS status = ObReferenceObjectByHandle(handle, 0, &nt_section_type, KernelMode, &body,
						    NULL);

	if (NT_SUCCESS(status))
		*section = nt_section(body);
	return status;
}

/* ---- Making them ---- */

static struct nt_section *of_memory(u64 size, ULONG protection, ULONG attributes, NTSTATUS *status)
{
	struct nt_section *section;
	struct file *file;

	*status = STATUS_INVALID_PARAMETER_4;
	if (!size)
		return NULL;
	*status = STATUS_SECTION_TOO_BIG;
	if (size > MAX_LFS_FILESIZE - PAGE_SIZE)
		return NULL;
	*status = STATUS_INSUFFICIENT_RESOURCES;
	file = shmem_file_setup("ntcompat section", PAGE_ALIGN(size),
				attributes & SEC_RESERVE ? VM_NORESERVE : 0);
	if (IS_ERR(file))
		return NULL;
	section = new_section(file, PAGE_ALIGN(size), protection);
	if (!section)
		fput(file);
	return section;
}

/* "MaximumSize ... the maximum size that the file can be extended or mapped to". */
static NTSTATUS size_of_file(struct file *file, u64 *size, ULONG protection)
{
	u64 has = i_size_read(file_inode(file));
	int error;

	if (!*size)
		*size = has;
	if (!*size)
		return STATUS_MAPPED_FILE_SIZE_ZERO;
	if (*size <= has)
		return STATUS_SUCCESS;
	if (protection != NT_PAGE_READWRITE || *size > MAX_LFS_FILESIZE - PAGE_SIZE)
		return STATUS_SECTION_TOO_BIG;
	error = vfs_truncate(&file->f_path, *size);
	return error ? nt_status_from_errno(error) : STATUS_SUCCESS;
}

static struct nt_section *of_file(HANDLE handle, u64 size, ULONG protection, NTSTATUS *status)
{
	struct nt_section *section = NULL;
	struct file *file;
	void *body;

	*status = ObReferenceObjectByHandle(handle, 0, *IoFileObjectType, KernelMode, &body, NULL);
	if (!NT_SUCCESS(*status))
		return NULL;
	file = nt_volume_file(body);
	if (!file || !S_ISREG(file_inode(file)->i_mode))
		*status = STATUS_INVALID_FILE_FOR_SECTION;
	else if (protection == NT_PAGE_READWRITE && !(file->f_mode & FMODE_WRITE))
		*status = STATUS_ACCESS_DENIED;
	else
		*status = size_of_file(file, &size, protection);
	if (NT_SUCCESS(*status)) {
		section = new_section(get_file(file), PAGE_ALIGN(size), protection);
		if (!section) {
			fput(file);
			*status = STATUS_INSUFFICIENT_RESOURCES;
		}
	}
	ObfDereferenceObject(body);
	return section;
}

static bool is_physical_memory(PCUNICODE_STRING path)
{
	static const UNICODE_STRING physical = RTL_CONSTANT_STRING(L"\\Device\\PhysicalMemory");

	return RtlEqualUnicodeString(path, &physical, TRUE);
}

static NTSTATUS open_physical(ACCESS_MASK access, ULONG attributes, PHANDLE handle)
{
	struct nt_section *section = new_section(NULL, 1ULL << boot_cpu_data.x86_phys_bits,
						 NT_PAGE_READWRITE);
	NTSTATUS status;

	if (!section)
		return STATUS_INSUFFICIENT_RESOURCES;
	status = nt_handle_create(&section->body, access, attributes, handle);
	nt_object_put(&section->ob);
	return status;
}

static NTSTATUS open(PCUNICODE_STRING path, ACCESS_MASK access, ULONG attributes, PHANDLE handle)
{
	if (is_physical_memory(path))
		return open_physical(access, attributes, handle);
	return nt_named_open(path, NT_NAME_SECTION, access, attributes, handle, NULL);
}

/* What a new section shall be like. */
struct request {
	u64 size;
	ULONG protection;
	ULONG allocation;
	HANDLE file;
	PCUNICODE_STRING path;
	ACCESS_MASK access;
	ULONG attributes;
};

static NTSTATUS create(const struct request *r, PHANDLE handle)
{
	struct nt_section *section;
	NTSTATUS status;

	if (r->path && is_physical_memory(r->path))
		return STATUS_OBJECT_NAME_COLLISION;
	section = r->file ? of_file(r->file, r->size, r->protection, &status) :
			    of_memory(r->size, r->protection, r->allocation, &status);
	if (!section)
		return status;
	status = nt_named_create(&section->ob, &section->name, NT_NAME_SECTION, r->path, r->access,
				 r->attributes, handle);
	nt_object_put(&section->ob);
	return status;
}

static NTSTATUS create_or_open(const struct request *r, PHANDLE handle)
{
	NTSTATUS status;

	do {
		status = create(r, handle);
		if (status != STATUS_OBJECT_NAME_COLLISION || !(r->attributes & OBJ_OPENIF))
			return status;
		status = open(r->path, r->access, r->attributes, handle);
		/* It may have gone away in between. */
	} while (status == STATUS_OBJECT_NAME_NOT_FOUND);
	return NT_SUCCESS(status) ? STATUS_OBJECT_NAME_EXISTS : status;
}

static bool is_protection(ULONG protection)
{
	return protection == NT_PAGE_READONLY || protection == NT_PAGE_READWRITE ||
	       protection == NT_PAGE_WRITECOPY;
}

/**
 * ZwCreateSection - make a section
 * @SectionHandle: receives a kernel handle, for ZwClose()
 * @DesiredAccess: SECTION_ALL_ACCESS and the like
 * @ObjectAttributes: name and OBJ_x; or NULL
 * @MaximumSize: bytes; may be NULL or 0 with a file, whose size it is then. A file that is
 *	shorter is extended when views may be written
 * @SectionPageProtection: what views may be: PAGE_READONLY, PAGE_READWRITE or PAGE_WRITECOPY;
 *	nothing is executed here
 * @AllocationAttributes: SEC_COMMIT or SEC_RESERVE; no images, no large pages
 * @FileHandle: a file on the drive C:, or NULL
 *
 * IRQL: PASSIVE_LEVEL. Returns STATUS_SUCCESS; STATUS_OBJECT_NAME_EXISTS with OBJ_OPENIF,
 * STATUS_OBJECT_NAME_COLLISION without it; STATUS_INVALID_PAGE_PROTECTION;
 * STATUS_INVALID_PARAMETER_4 without a size; STATUS_INVALID_PARAMETER_6 for other attributes;
 * STATUS_SECTION_TOO_BIG; STATUS_MAPPED_FILE_SIZE_ZERO; STATUS_INVALID_FILE_FOR_SECTION;
 * STATUS_ACCESS_DENIED; STATUS_INSUFFICIENT_RESOURCES. WDK: "ZwCreateSection".
 */
NTSTATUS ZwCreateSection(PHANDLE SectionHandle, ACCESS_MASK DesiredAccess,
			 POBJECT_ATTRIBUTES ObjectAttributes, PLARGE_INTEGER MaximumSize,
			 ULONG SectionPageProtection, ULONG AllocationAttributes, HANDLE FileHandle)
{
	struct request r = {
		.size = MaximumSize ? MaximumSize->QuadPart : 0,
		.protection = SectionPageProtection,
		.allocation = AllocationAttributes,
		.file = FileHandle,
		.access = DesiredAccess,
		.attributes = ObjectAttributes ? ObjectAttributes->Attributes : 0,
	};
	UNICODE_STRING path = {};
	NTSTATUS status;

	*SectionHandle = NULL;
	if (!is_protection(SectionPageProtection))
		return STATUS_INVALID_PAGE_PROTECTION;
	if (AllocationAttributes != SEC_COMMIT && AllocationAttributes != SEC_RESERVE)
		return STATUS_INVALID_PARAMETER_6;
	if (ObjectAttributes && ObjectAttributes->ObjectName) {
		status = nt_attributes_path(ObjectAttributes, &path);
		if (!NT_SUCCESS(status))
			return status;
		r.path = &path;
	}
	status = create_or_open(&r, SectionHandle);
	nt_string_free(&path);
	return status;
}
EXPORT_SYMBOL(ZwCreateSection);

/**
 * ZwOpenSection - open a named section
 * @SectionHandle: receives a kernel handle, for ZwClose()
 * @DesiredAccess: SECTION_ALL_ACCESS and the like
 * @ObjectAttributes: its name, which may be \Device\PhysicalMemory
 *
 * IRQL: PASSIVE_LEVEL. Returns STATUS_SUCCESS, STATUS_INVALID_PARAMETER,
 * STATUS_OBJECT_NAME_NOT_FOUND or STATUS_OBJECT_TYPE_MISMATCH. WDK: "ZwOpenSection".
 */
NTSTATUS ZwOpenSection(PHANDLE SectionHandle, ACCESS_MASK DesiredAccess,
		       POBJECT_ATTRIBUTES ObjectAttributes)
{
	UNICODE_STRING path;
	NTSTATUS status;

	*SectionHandle = NULL;
	status = nt_attributes_path(ObjectAttributes, &path);
	if (!NT_SUCCESS(status))
		return status;
	status = open(&path, DesiredAccess, ObjectAttributes->Attributes, SectionHandle);
	nt_string_free(&path);
	return status;
}
EXPORT_SYMBOL(ZwOpenSection);
