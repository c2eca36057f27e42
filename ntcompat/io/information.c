// SPDX-License-Identifier: GPL-2.0
/*
 * What a file says of itself: IRP_MJ_QUERY_INFORMATION and IRP_MJ_SET_INFORMATION.
 *
 * Each class has its least length and the access that it needs, both as the page
 * "ZwQueryInformationFile" or "ZwSetInformationFile" and the page of the class's
 * structure say. What does not depend on the device the I/O manager answers
 * itself: the access, the mode, the alignment, and the position, as each file
 * here is a synchronous one. The driver is asked for the rest.
 */
#include "information.h"
#include "buffers.h"
#include "../include/uapi/ntcompat.h"
#include <linux/fs.h>

/* Any one of these will do. */
#define FILE_ANY_DATA	(FILE_READ_DATA | FILE_WRITE_DATA)

/* More than any of the structures needs, the longest file name included. */
#define LENGTH_MAX	(128 * 1024)

/**
 * struct info_class - a class of information
 * @query_length: least length of the buffer; 0 when it cannot be asked for
 * @query_access: FILE_x of which the file must have been opened with one; 0 for none
 * @set_length: as @query_length, for setting
 * @set_access: as @query_access, for setting
 * @get: fills in what the I/O manager knows; NULL when the driver does
 * @put: likewise
 */
struct info_class {
	u32 query_length;
	u32 query_access;
	u32 set_length;
	u32 set_access;
	void (*get)(struct nt_file *file, void *buffer);
	NTSTATUS (*put)(struct nt_file *file, const void *buffer);
};

/* How it was opened. Attributes may be read by who has it open, as with stat(2). */
static ACCESS_MASK granted(const struct nt_file *file)
{
	fmode_t mode = (file->object.ReadAccess ? FMODE_READ : 0) |
		       (file->object.WriteAccess ? FMODE_WRITE : 0);

	return nt_file_access(mode) | FILE_READ_ATTRIBUTES;
}

static void get_access(struct nt_file *file, void *buffer)
{
	*(ACCESS_MASK *)buffer = granted(file);
}

static void get_mode(struct nt_file *file, void *buffer)
{
	ULONG flags = file->object.Flags;

	*(ULONG *)buffer = !(flags & FO_SYNCHRONOUS_IO) ? 0 :
			   flags & FO_ALERTABLE_IO ? FILE_SYNCHRONOUS_IO_ALERT :
						     FILE_SYNCHRONOUS_IO_NONALERT;
}

static void get_alignment(struct nt_file *file, void *buffer)
{
	*(ULONG *)buffer = nt_file_target(file)->AlignmentRequirement;
}

/* A descriptor has it: FileObject->CurrentByteOffset follows pread(2), too. */
s64 nt_file_position(struct nt_file *file)
{
	return file->filp ? READ_ONCE(file->filp->f_pos) :
			    READ_ONCE(file->object.CurrentByteOffset.QuadPart);
}

void nt_file_set_position(struct nt_file *file, s64 position)
{
	if (file->filp)
		WRITE_ONCE(file->filp->f_pos, position);
	WRITE_ONCE(file->object.CurrentByteOffset.QuadPart, position);
}

static void get_position(struct nt_file *file, void *buffer)
{
	FILE_POSITION_INFORMATION *position = buffer;

	position->CurrentByteOffset.QuadPart = nt_file_position(file);
}

static NTSTATUS put_position(struct nt_file *file, const void *buffer)
{
	const FILE_POSITION_INFORMATION *position = buffer;

	if (position->CurrentByteOffset.QuadPart < 0)
		return STATUS_INVALID_PARAMETER;
	nt_file_set_position(file, position->CurrentByteOffset.QuadPart);
	return STATUS_SUCCESS;
}

static const struct info_class classes[] = {
	[FileBasicInformation] = {
		.query_length = sizeof(FILE_BASIC_INFORMATION),
		.query_access = FILE_READ_ATTRIBUTES,
		.set_length = sizeof(FILE_BASIC_INFORMATION),
		.set_access = FILE_WRITE_ATTRIBUTES,
	},
	[FileStandardInformation] = {
		.query_length = sizeof(FILE_STANDARD_INFORMATION),
	},
	[FileInternalInformation] = {
		.query_length = sizeof(LARGE_INTEGER),
	},
	[FileEaInformation] = {
		.query_length = sizeof(ULONG),
	},
	[FileAccessInformation] = {
		.query_length = sizeof(ACCESS_MASK),
		.get = get_access,
	},
	[FileNameInformation] = {
		/* The length of the name, and at least one character, padded. */
		.query_length = 2 * sizeof(ULONG),
	},
	[FilePositionInformation] = {
		.query_length = sizeof(FILE_POSITION_INFORMATION),
		.query_access = FILE_ANY_DATA,
		.set_length = sizeof(FILE_POSITION_INFORMATION),
		.set_access = FILE_ANY_DATA,
		.get = get_position,
		.put = put_position,
	},
	[FileModeInformation] = {
		.query_length = sizeof(ULONG),
		.get = get_mode,
	},
	[FileAlignmentInformation] = {
		.query_length = sizeof(ULONG),
		.get = get_alignment,
	},
	[FileAllocationInformation] = {
		.set_length = sizeof(LARGE_INTEGER),
		.set_access = FILE_WRITE_DATA,
	},
	[FileEndOfFileInformation] = {
		.set_length = sizeof(FILE_END_OF_FILE_INFORMATION),
		.set_access = FILE_WRITE_DATA,
	},
	[FileNetworkOpenInformation] = {
		.query_length = sizeof(FILE_NETWORK_OPEN_INFORMATION),
		.query_access = FILE_READ_ATTRIBUTES,
	},
};

static const struct info_class *find_class(u32 number)
{
	return number < ARRAY_SIZE(classes) ? &classes[number] : NULL;
}

static NTSTATUS check(struct nt_file *file, u32 least, u32 length, u32 access)
{
	if (!least)
		return STATUS_INVALID_INFO_CLASS;
	if (length < least)
		return STATUS_INFO_LENGTH_MISMATCH;
	if (length > LENGTH_MAX)
		return STATUS_INVALID_PARAMETER;
	return !access || (granted(file) & access) ? STATUS_SUCCESS : STATUS_ACCESS_DENIED;
}

/* QueryFile and SetFile begin with the same two members. */
static struct nt_irp *alloc(struct nt_file *file, PDEVICE_OBJECT target, UCHAR major,
			    FILE_INFORMATION_CLASS class, u32 length)
{
	struct nt_irp *nt = nt_file_irp_get(file, target, major);
	PIO_STACK_LOCATION first;

	if (!nt)
		return NULL;
	first = nt_irp_first(nt);
	first->Parameters.QueryFile.Length = length;
	first->Parameters.QueryFile.FileInformationClass = class;
	return nt;
}

static NTSTATUS ask_driver(struct nt_file *file, struct ntcompat_info *req)
{
	void __user *user = u64_to_user_ptr(req->buffer);
	PDEVICE_OBJECT target = nt_file_target(file);
	struct nt_irp *nt = alloc(file, target, IRP_MJ_QUERY_INFORMATION, req->info_class,
				  req->length);
	NTSTATUS status;

	if (!nt)
		return STATUS_INSUFFICIENT_RESOURCES;
	nt->irp.UserBuffer = (__force void *)user;
	nt->irp.Flags |= IRP_INPUT_OPERATION;
	status = nt_make_system_buffer(nt, NULL, 0, req->length);
	if (NT_SUCCESS(status)) {
		status = nt_irp_send(nt, target, true);
		req->information = nt->irp.IoStatus.Information;
		if (!NT_ERROR(status))
			status = nt_copy_back(nt, user, req->length);
	}
	nt_release_buffers(nt);
	nt_file_irp_put(file, nt);
	return status;
}

static NTSTATUS tell_driver(struct nt_file *file, struct ntcompat_info *req)
{
	PDEVICE_OBJECT target = nt_file_target(file);
	struct nt_irp *nt = alloc(file, target, IRP_MJ_SET_INFORMATION, req->info_class,
				  req->length);
	NTSTATUS status;

	if (!nt)
		return STATUS_INSUFFICIENT_RESOURCES;
	status = nt_make_system_buffer(nt, u64_to_user_ptr(req->buffer), req->length, req->length);
	if (NT_SUCCESS(status)) {
		status = nt_irp_send(nt, target, true);
		req->information = nt->irp.IoStatus.Information;
	}
	nt_release_buffers(nt);
	nt_file_irp_put(file, nt);
	return status;
}

static NTSTATUS answer(struct nt_file *file, const struct info_class *class,
		       struct ntcompat_info *req)
{
	u64 buffer = 0;

	class->get(file, &buffer);
	if (copy_to_user(u64_to_user_ptr(req->buffer), &buffer, class->query_length))
		return STATUS_ACCESS_VIOLATION;
	req->information = class->query_length;
	return STATUS_SUCCESS;
}

/**
 * nt_information_query - NtQueryInformationFile
 * @file: an open file
 * @req: class, buffer and length; gets the bytes returned
 *
 * PASSIVE_LEVEL, in the caller's process. STATUS_INVALID_INFO_CLASS,
 * STATUS_INFO_LENGTH_MISMATCH, STATUS_ACCESS_DENIED when the driver is not
 * asked; else its status, or that of the I/O manager's own answer.
 */
NTSTATUS nt_information_query(struct nt_file *file, struct ntcompat_info *req)
{
	const struct info_class *class = find_class(req->info_class);
	NTSTATUS status;

	req->information = 0;
	if (!class)
		return STATUS_INVALID_INFO_CLASS;
	status = check(file, class->query_length, req->length, class->query_access);
	if (!NT_SUCCESS(status))
		return status;
	return class->get ? answer(file, class, req) : ask_driver(file, req);
}

/**
 * nt_information_set - NtSetInformationFile
 * @file: an open file
 * @req: class, buffer and length
 *
 * PASSIVE_LEVEL, in the caller's process. Returns as nt_information_query().
 */
NTSTATUS nt_information_set(struct nt_file *file, struct ntcompat_info *req)
{
	const struct info_class *class = find_class(req->info_class);
	NTSTATUS status;
	u64 buffer;

	req->information = 0;
	if (!class)
		return STATUS_INVALID_INFO_CLASS;
	status = check(file, class->set_length, req->length, class->set_access);
	if (!NT_SUCCESS(status))
		return status;
	if (!class->put)
		return tell_driver(file, req);
	if (copy_from_user(&buffer, u64_to_user_ptr(req->buffer), class->set_length))
		return STATUS_ACCESS_VIOLATION;
	return class->put(file, &buffer);
}

/* A driver's own buffer serves as the system buffer. */
static NTSTATUS ask_or_tell(struct nt_file *file, UCHAR major, FILE_INFORMATION_CLASS number,
			    void *buffer, u32 length, ULONG_PTR *information)
{
	PDEVICE_OBJECT target = nt_file_target(file);
	struct nt_irp *nt = alloc(file, target, major, number, length);
	NTSTATUS status;

	if (!nt)
		return STATUS_INSUFFICIENT_RESOURCES;
	nt->irp.RequestorMode = KernelMode;
	nt->irp.AssociatedIrp.SystemBuffer = buffer;
	nt->irp.Flags |= IRP_BUFFERED_IO;
	status = nt_irp_send(nt, target, false);
	*information = nt->irp.IoStatus.Information;
	nt_file_irp_put(file, nt);
	return status;
}

/**
 * nt_information_query_kernel - the same as nt_information_query(), for a driver
 * @file: an open file
 * @number: the class
 * @buffer: nonpaged memory of @length bytes
 * @length: its bytes
 * @information: receives the bytes returned
 *
 * PASSIVE_LEVEL. A driver's rights are not asked for.
 */
NTSTATUS nt_information_query_kernel(struct nt_file *file, FILE_INFORMATION_CLASS number,
				     void *buffer, u32 length, ULONG_PTR *information)
{
	const struct info_class *class = find_class(number);
	NTSTATUS status;

	*information = 0;
	if (!class)
		return STATUS_INVALID_INFO_CLASS;
	status = check(file, class->query_length, length, 0);
	if (!NT_SUCCESS(status))
		return status;
	if (!class->get)
		return ask_or_tell(file, IRP_MJ_QUERY_INFORMATION, number, buffer, length,
				   information);
	class->get(file, buffer);
	*information = class->query_length;
	return STATUS_SUCCESS;
}

/* See nt_information_query_kernel(). */
NTSTATUS nt_information_set_kernel(struct nt_file *file, FILE_INFORMATION_CLASS number,
				   void *buffer, u32 length, ULONG_PTR *information)
{
	const struct info_class *class = find_class(number);
	NTSTATUS status;

	*information = 0;
	if (!class)
		return STATUS_INVALID_INFO_CLASS;
	status = check(file, class->set_length, length, 0);
	if (!NT_SUCCESS(status))
		return status;
	return class->put ? class->put(file, buffer) :
			    ask_or_tell(file, IRP_MJ_SET_INFORMATION, number, buffer, length,
					information);
}

/**
 * nt_request_end_of_file - where a device's data end, for lseek(SEEK_END)
 * @file: an open file
 * @end: receives EndOfFile of the driver's FileStandardInformation
 *
 * PASSIVE_LEVEL.
 */
NTSTATUS nt_request_end_of_file(struct nt_file *file, s64 *end)
{
	PDEVICE_OBJECT target = nt_file_target(file);
	FILE_STANDARD_INFORMATION info = {};
	struct nt_irp *nt = alloc(file, target, IRP_MJ_QUERY_INFORMATION, FileStandardInformation,
				  sizeof(info));
	NTSTATUS status;

	if (!nt)
		return STATUS_INSUFFICIENT_RESOURCES;
	nt->irp.AssociatedIrp.SystemBuffer = &info;
	status = nt_irp_send(nt, target, true);
	*end = info.EndOfFile.QuadPart;
	nt_file_irp_put(file, nt);
	return status;
}
