// SPDX-License-Identifier: GPL-2.0
/*
 * From a user program's buffers to an IRP and back: buffered requests get a
 * copy in kernel memory, direct ones an MDL over the pinned pages, "neither"
 * ones the addresses as they are.
 */
#include "request.h"
#include "buffers.h"
#include "../include/uapi/ntcompat.h"
#include <linux/fs.h>
#include <linux/uaccess.h>

static __always_inline NTSTATUS device_control(struct nt_file *file, const struct ntcompat_ioctl *req,
					       u64 *information)
{
	PDEVICE_OBJECT target = nt_file_target(file);
	PIO_STACK_LOCATION first;
	struct nt_irp *nt;
	NTSTATUS status;

	*information = 0;
	if (!nt_may_ioctl(file, req->code))
		return STATUS_ACCESS_DENIED;
	nt = nt_file_irp_get(file, target, IRP_MJ_DEVICE_CONTROL);
	if (!nt)
		return STATUS_INSUFFICIENT_RESOURCES;
	first = nt_irp_first(nt);
	first->Parameters.DeviceIoControl.OutputBufferLength = req->out_len;
	first->Parameters.DeviceIoControl.InputBufferLength = req->in_len;
	first->Parameters.DeviceIoControl.IoControlCode = req->code;

	status = nt_make_ioctl_buffers(nt, req);
	if (NT_SUCCESS(status)) {
		status = nt_irp_send(nt, target, true);
		*information = nt->irp.IoStatus.Information;
		if (!NT_ERROR(status) && METHOD_FROM_CTL_CODE(req->code) == METHOD_BUFFERED)
			status = nt_copy_back(nt, u64_to_user_ptr(req->out), req->out_len);
	}
	nt_release_buffers(nt);
	nt_file_irp_put(file, nt);
	return status;
}

/**
 * nt_request_ioctl - DeviceIoControl
 * @file: an open file
 * @arg: code, buffers and lengths; gets the status and IoStatus.Information
 *
 * PASSIVE_LEVEL, in the caller's process. Returns the status, which is
 * STATUS_ACCESS_VIOLATION, too, when @arg is not there. The output is copied
 * back for all but error statuses, a warning such as STATUS_BUFFER_OVERFLOW
 * included.
 */
NTSTATUS nt_request_ioctl(struct nt_file *file, struct ntcompat_ioctl __user *arg)
{
	u32 code, in_len, out_len;
	u64 in, out, information;
	NTSTATUS status;

	/* Field by field within one window: a fraction of what copy_from_user() costs. */
	if (!user_read_access_begin(arg, sizeof(*arg)))
		return STATUS_ACCESS_VIOLATION;
	unsafe_get_user(code, &arg->code, read_fault);
	unsafe_get_user(in_len, &arg->in_len, read_fault);
	unsafe_get_user(out_len, &arg->out_len, read_fault);
	unsafe_get_user(in, &arg->in, read_fault);
	unsafe_get_user(out, &arg->out, read_fault);
	user_read_access_end();

	status = device_control(file, &(struct ntcompat_ioctl){
				.code = code, .in_len = in_len, .out_len = out_len,
				.in = in, .out = out }, &information);

	if (!user_write_access_begin(arg, sizeof(*arg)))
		return STATUS_ACCESS_VIOLATION;
	unsafe_put_user((__force u32)status, &arg->status, write_fault);
	unsafe_put_user(information, &arg->information, write_fault);
	user_write_access_end();
	return status;

read_fault:
	user_read_access_end();
	return STATUS_ACCESS_VIOLATION;
write_fault:
	user_write_access_end();
	return STATUS_ACCESS_VIOLATION;
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

	status = nt_make_transfer_buffers(nt, target, user, length, read);
	if (NT_SUCCESS(status)) {
		status = nt_irp_send(nt, target, true);
		*information = nt->irp.IoStatus.Information;
		if (read && !NT_ERROR(status) && (target->Flags & DO_BUFFERED_IO))
			status = nt_copy_back(nt, user, length);
	}
	nt_release_buffers(nt);
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
