// SPDX-License-Identifier: GPL-2.0
/*
 * From a user program's buffers to an IRP and back: buffered requests get a
 * copy in kernel memory, direct ones an MDL over the pinned pages, "neither"
 * ones the addresses as they are.
 */
#include "request.h"
#include "../include/uapi/ntcompat.h"
#include "../mm/mdl.h"
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/uaccess.h>

/*
 * Short buffers in one window, a word at a time, since the bulk routines and
 * their checks cost a multiple of that.
 */
static __always_inline bool copy_in_short(void *to, const void __user *from, u32 length)
{
	if (!user_read_access_begin(from, length))
		return false;
	for (; length >= sizeof(u64); to += sizeof(u64), from += sizeof(u64), length -= sizeof(u64))
		unsafe_get_user(*(u64 *)to, (const u64 __user *)from, fault);
	for (; length >= sizeof(u32); to += sizeof(u32), from += sizeof(u32), length -= sizeof(u32))
		unsafe_get_user(*(u32 *)to, (const u32 __user *)from, fault);
	for (; length; to++, from++, length--)
		unsafe_get_user(*(u8 *)to, (const u8 __user *)from, fault);
	user_read_access_end();
	return true;
fault:
	user_read_access_end();
	return false;
}

static __always_inline bool copy_out(void __user *to, const void *from, u32 length)
{
	if (unlikely(length > NT_IRP_INLINE))
		return !copy_to_user(to, from, length);
	if (!user_write_access_begin(to, length))
		return false;
	for (; length >= sizeof(u64); to += sizeof(u64), from += sizeof(u64), length -= sizeof(u64))
		unsafe_put_user(*(const u64 *)from, (u64 __user *)to, fault);
	for (; length >= sizeof(u32); to += sizeof(u32), from += sizeof(u32), length -= sizeof(u32))
		unsafe_put_user(*(const u32 *)from, (u32 __user *)to, fault);
	for (; length; to++, from++, length--)
		unsafe_put_user(*(const u8 *)from, (u8 __user *)to, fault);
	user_write_access_end();
	return true;
fault:
	user_write_access_end();
	return false;
}

static noinline NTSTATUS make_long_buffer(struct nt_irp *nt, const void __user *in, u32 in_len,
					  u32 size)
{
	void *buffer;

	if (in_len && !access_ok(in, in_len))
		return STATUS_ACCESS_VIOLATION;
	buffer = kvmalloc(size, GFP_KERNEL_ACCOUNT | __GFP_NOWARN);
	if (!buffer)
		return STATUS_INSUFFICIENT_RESOURCES;
	nt->irp.AssociatedIrp.SystemBuffer = buffer;
	nt->irp.Flags |= IRP_BUFFERED_IO | IRP_DEALLOCATE_BUFFER;
	if (in_len && copy_from_user(buffer, in, in_len))
		return STATUS_ACCESS_VIOLATION;
	memset(buffer + in_len, 0, size - in_len);
	return STATUS_SUCCESS;
}

/*
 * The system buffer of a buffered request: inside the IRP when it is short.
 * What the caller did not fill reads as zero, so that a driver which reports
 * more than it wrote leaks nothing.
 */
static __always_inline NTSTATUS make_system_buffer(struct nt_irp *nt, const void __user *in,
						   u32 in_len, u32 size)
{
	if (unlikely(size > NT_IRP_INLINE))
		return make_long_buffer(nt, in, in_len, size);
	if (!size)
		return STATUS_SUCCESS;
	nt->irp.AssociatedIrp.SystemBuffer = nt->buffer;
	nt->irp.Flags |= IRP_BUFFERED_IO | IRP_DEALLOCATE_BUFFER;
	if (in_len && !copy_in_short(nt->buffer, in, in_len))
		return STATUS_ACCESS_VIOLATION;
	if (size > in_len)
		memset(nt->buffer + in_len, 0, size - in_len);
	return STATUS_SUCCESS;
}

static noinline NTSTATUS make_mdl(struct nt_irp *nt, void __user *user, u32 length, bool device_writes)
{
	PVOID va = (__force void *)user;
	PMDL mdl;
	int error;

	if (!length)
		return STATUS_SUCCESS;
	if (!access_ok(user, length))
		return STATUS_ACCESS_VIOLATION;
	if (ADDRESS_AND_SIZE_TO_SPAN_PAGES(va, length) <= NT_IRP_PAGES) {
		mdl = &nt->mdl;
		MmInitializeMdl(mdl, va, length);
	} else {
		mdl = IoAllocateMdl(va, length, FALSE, FALSE, NULL);
		if (!mdl)
			return STATUS_INSUFFICIENT_RESOURCES;
	}
	nt->irp.MdlAddress = mdl;
	error = nt_mdl_pin_user(mdl, device_writes);
	if (error)
		return error == -EFAULT ? STATUS_ACCESS_VIOLATION : nt_status_from_errno(error);
	return nt_mdl_prepare_mapping(mdl) ? STATUS_SUCCESS : STATUS_INSUFFICIENT_RESOURCES;
}

static noinline void release_mdl(struct nt_irp *nt)
{
	PMDL mdl = nt->irp.MdlAddress;

	nt_mdl_unpin(mdl);
	if (mdl != &nt->mdl)
		IoFreeMdl(mdl);
	nt->irp.MdlAddress = NULL;
}

/* Undo both, whatever was made of them. */
static __always_inline void release_buffers(struct nt_irp *nt)
{
	if (nt->irp.MdlAddress)
		release_mdl(nt);
	if ((nt->irp.Flags & IRP_DEALLOCATE_BUFFER) &&
	    nt->irp.AssociatedIrp.SystemBuffer != nt->buffer)
		kvfree(nt->irp.AssociatedIrp.SystemBuffer);
}

/* A driver may report more than there is room for; the caller gets what fits. */
static __always_inline NTSTATUS copy_back(struct nt_irp *nt, const void *system_buffer, void __user *out, u32 out_len)
{
	u64 bytes = min_t(u64, nt->irp.IoStatus.Information, out_len);

	if (bytes && !copy_out(out, system_buffer, bytes))
		return STATUS_ACCESS_VIOLATION;
	return nt->irp.IoStatus.Status;
}

/* The access that a control code asks for, against how the file was opened. */
static __always_inline bool may_ioctl(const struct nt_file *file, u32 code)
{
	u32 access = (code >> 14) & 3;

	return !((access & FILE_READ_ACCESS) && !file->object.ReadAccess) &&
	       !((access & FILE_WRITE_ACCESS) && !file->object.WriteAccess);
}

static __always_inline NTSTATUS make_ioctl_buffers(struct nt_irp *nt, const struct ntcompat_ioctl *req)
{
	void __user *in = u64_to_user_ptr(req->in);
	void __user *out = u64_to_user_ptr(req->out);
	NTSTATUS status;

	switch (METHOD_FROM_CTL_CODE(req->code)) {
	case METHOD_BUFFERED:
		nt->irp.UserBuffer = (__force void *)out;
		nt->irp.Flags |= IRP_INPUT_OPERATION;
		return make_system_buffer(nt, in, req->in_len, max(req->in_len, req->out_len));
	case METHOD_IN_DIRECT:
	case METHOD_OUT_DIRECT:
		status = make_system_buffer(nt, in, req->in_len, req->in_len);
		if (!NT_SUCCESS(status))
			return status;
		return make_mdl(nt, out, req->out_len,
				METHOD_FROM_CTL_CODE(req->code) == METHOD_OUT_DIRECT);
	default:
		nt->irp.UserBuffer = (__force void *)out;
		nt_irp_first(nt)->Parameters.DeviceIoControl.Type3InputBuffer = (__force void *)in;
		return STATUS_SUCCESS;
	}
}

static __always_inline NTSTATUS device_control(struct nt_file *file, const struct ntcompat_ioctl *req,
					       u64 *information)
{
	PDEVICE_OBJECT target = nt_file_target(file);
	PIO_STACK_LOCATION first;
	struct nt_irp *nt;
	NTSTATUS status;

	*information = 0;
	if (!may_ioctl(file, req->code))
		return STATUS_ACCESS_DENIED;
	nt = nt_file_irp_get(file, target, IRP_MJ_DEVICE_CONTROL);
	if (!nt)
		return STATUS_INSUFFICIENT_RESOURCES;
	first = nt_irp_first(nt);
	first->Parameters.DeviceIoControl.OutputBufferLength = req->out_len;
	first->Parameters.DeviceIoControl.InputBufferLength = req->in_len;
	first->Parameters.DeviceIoControl.IoControlCode = req->code;

	status = make_ioctl_buffers(nt, req);
	if (NT_SUCCESS(status)) {
		status = nt_irp_send(nt, target, true);
		*information = nt->irp.IoStatus.Information;
		if (!NT_ERROR(status) && METHOD_FROM_CTL_CODE(req->code) == METHOD_BUFFERED)
			status = copy_back(nt, nt->irp.AssociatedIrp.SystemBuffer,
					   u64_to_user_ptr(req->out), req->out_len);
	}
	release_buffers(nt);
	nt_file_irp_put(file, nt);
	return status;
}

/**
 * nt_request_ioctl - DeviceIoControl
 * @file: an open file
 * @arg: code, buffers and lengths; gets the status and IoStatus.Information
 * @status: receives the status
 *
 * PASSIVE_LEVEL, in the caller's process. Returns 0, or -EFAULT when @arg is not
 * there. The output is copied back for all but error statuses, a warning such
 * as STATUS_BUFFER_OVERFLOW included.
 */
int nt_request_ioctl(struct nt_file *file, struct ntcompat_ioctl __user *arg, NTSTATUS *status)
{
	struct ntcompat_ioctl req;
	u64 information;

	/* Field by field within one window: a fraction of what copy_from_user() costs. */
	if (!user_read_access_begin(arg, sizeof(*arg)))
		return -EFAULT;
	unsafe_get_user(req.code, &arg->code, read_fault);
	unsafe_get_user(req.in_len, &arg->in_len, read_fault);
	unsafe_get_user(req.out_len, &arg->out_len, read_fault);
	unsafe_get_user(req.in, &arg->in, read_fault);
	unsafe_get_user(req.out, &arg->out, read_fault);
	user_read_access_end();

	*status = device_control(file, &req, &information);

	if (!user_write_access_begin(arg, sizeof(*arg)))
		return -EFAULT;
	unsafe_put_user((__force u32)*status, &arg->status, write_fault);
	unsafe_put_user(information, &arg->information, write_fault);
	user_write_access_end();
	return 0;

read_fault:
	user_read_access_end();
	return -EFAULT;
write_fault:
	user_write_access_end();
	return -EFAULT;
}

static NTSTATUS make_transfer_buffers(struct nt_irp *nt, PDEVICE_OBJECT target, void __user *user,
				      u32 length, bool read)
{
	if (target->Flags & DO_BUFFERED_IO) {
		nt->irp.UserBuffer = (__force void *)user;
		nt->irp.Flags |= read ? IRP_INPUT_OPERATION : 0;
		return make_system_buffer(nt, user, read ? 0 : length, length);
	}
	if (target->Flags & DO_DIRECT_IO)
		return make_mdl(nt, user, length, read);
	nt->irp.UserBuffer = (__force void *)user;
	return STATUS_SUCCESS;
}

/* IRP_MJ_READ and IRP_MJ_WRITE have the same parameters. */
static NTSTATUS transfer(struct nt_file *file, void __user *user, u32 length, s64 offset, bool read,
			 u64 *information)
{
	PDEVICE_OBJECT target = nt_file_target(file);
	struct nt_irp *nt = nt_file_irp_get(file, target, read ? IRP_MJ_READ : IRP_MJ_WRITE);
	PIO_STACK_LOCATION first;
	NTSTATUS status;

	*information = 0;
	if (!nt)
		return STATUS_INSUFFICIENT_RESOURCES;
	nt->irp.Flags = read ? IRP_READ_OPERATION : IRP_WRITE_OPERATION;
	first = nt_irp_first(nt);
	first->Parameters.Read.Length = length;
	first->Parameters.Read.ByteOffset.QuadPart = offset;

	status = make_transfer_buffers(nt, target, user, length, read);
	if (NT_SUCCESS(status)) {
		status = nt_irp_send(nt, target, true);
		*information = nt->irp.IoStatus.Information;
		if (read && !NT_ERROR(status) && (target->Flags & DO_BUFFERED_IO))
			status = copy_back(nt, nt->irp.AssociatedIrp.SystemBuffer, user, length);
	}
	release_buffers(nt);
	nt_file_irp_put(file, nt);
	return status;
}

NTSTATUS nt_request_read(struct nt_file *file, void __user *buffer, u32 length, s64 offset,
			 u64 *information)
{
	return transfer(file, buffer, length, offset, true, information);
}

NTSTATUS nt_request_write(struct nt_file *file, const void __user *buffer, u32 length, s64 offset,
			  u64 *information)
{
	return transfer(file, (void __user *)buffer, length, offset, false, information);
}

NTSTATUS nt_request_flush(struct nt_file *file)
{
	PDEVICE_OBJECT target = nt_file_target(file);
	struct nt_irp *nt = nt_file_irp_get(file, target, IRP_MJ_FLUSH_BUFFERS);
	NTSTATUS status;

	if (!nt)
		return STATUS_INSUFFICIENT_RESOURCES;
	status = nt_irp_send(nt, target, true);
	nt_file_irp_put(file, nt);
	return status;
}

/**
 * nt_request_end_of_file - where a device's data end, for lseek(SEEK_END)
 * @file: an open file
 * @end: receives EndOfFile of the driver's FileStandardInformation
 */
NTSTATUS nt_request_end_of_file(struct nt_file *file, s64 *end)
{
	PDEVICE_OBJECT target = nt_file_target(file);
	struct nt_irp *nt = nt_file_irp_get(file, target, IRP_MJ_QUERY_INFORMATION);
	FILE_STANDARD_INFORMATION info = {};
	PIO_STACK_LOCATION first;
	NTSTATUS status;

	if (!nt)
		return STATUS_INSUFFICIENT_RESOURCES;
	nt->irp.AssociatedIrp.SystemBuffer = &info;
	first = nt_irp_first(nt);
	first->Parameters.QueryFile.Length = sizeof(info);
	first->Parameters.QueryFile.FileInformationClass = FileStandardInformation;
	status = nt_irp_send(nt, target, true);
	*end = info.EndOfFile.QuadPart;
	nt_file_irp_put(file, nt);
	return status;
}
