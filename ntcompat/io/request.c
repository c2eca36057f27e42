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

/* The answer to a request; false when its place is not there. */
static __always_inline bool answer(struct ntcompat_ioctl __user *arg, NTSTATUS status,
				   u64 information)
{
	if (!user_write_access_begin(arg, sizeof(*arg)))
		return false;
	unsafe_put_user((__force u32)status, &arg->status, fault);
	unsafe_put_user(information, &arg->information, fault);
	user_write_access_end();
	return true;
fault:
	user_write_access_end();
	return false;
}

static noinline NTSTATUS refuse(struct ntcompat_ioctl __user *arg, NTSTATUS status)
{
	return answer(arg, status, 0) ? status : STATUS_ACCESS_VIOLATION;
}

/* Any request. By value: the caller would pay for a structure on its stack. */
static noinline NTSTATUS control(struct nt_file *file, struct ntcompat_ioctl __user *arg,
				 u32 code, u32 in_len, u32 out_len, u64 in, u64 out)
{
	const struct ntcompat_ioctl req = {
		.code = code, .in_len = in_len, .out_len = out_len, .in = in, .out = out,
	};
	PDEVICE_OBJECT target = nt_file_target(file);
	struct nt_irp *nt = nt_file_irp_get(file, target, IRP_MJ_DEVICE_CONTROL);
	PIO_STACK_LOCATION first;
	u64 information = 0;
	NTSTATUS status;

	if (!nt)
		return refuse(arg, STATUS_INSUFFICIENT_RESOURCES);
	first = nt_irp_first(nt);
	first->Parameters.DeviceIoControl.OutputBufferLength = req.out_len;
	first->Parameters.DeviceIoControl.InputBufferLength = req.in_len;
	first->Parameters.DeviceIoControl.IoControlCode = req.code;

	status = nt_make_ioctl_buffers(nt, &req);
	if (NT_SUCCESS(status)) {
		status = nt_irp_send(nt, target, true);
		information = nt->irp.IoStatus.Information;
		if (!NT_ERROR(status) && METHOD_FROM_CTL_CODE(req.code) == METHOD_BUFFERED)
			status = nt_copy_back(nt, u64_to_user_ptr(req.out), req.out_len);
	}
	nt_release_buffers(nt);
	nt_file_irp_put(file, nt);
	return answer(arg, status, information) ? status : STATUS_ACCESS_VIOLATION;
}

/*
 * A buffered request whose buffer has room in the IRP, as most have: then there is
 * nothing to allocate, nor to release but what the driver hung on the IRP.
 */
static __always_inline NTSTATUS short_control(struct nt_file *file,
					      struct ntcompat_ioctl __user *arg,
					      u32 code, u32 in_len, u32 out_len,
					      void __user *in, void __user *out)
{
	PDEVICE_OBJECT target = nt_file_target(file);
	struct nt_irp *nt = nt_file_irp_take(file, target);
	struct nt_irp_start start = {
		.major = IRP_MJ_DEVICE_CONTROL,
		.flags = IRP_BUFFERED_IO | IRP_DEALLOCATE_BUFFER | IRP_INPUT_OPERATION,
		.user_buffer = out,
		.parameters = { out_len, in_len, code },
	};
	u64 information;
	NTSTATUS status;
	u32 bytes;

	if (unlikely(!nt))
		return refuse(arg, STATUS_INSUFFICIENT_RESOURCES);
	start.system_buffer = nt->buffer;
	nt_irp_begin(nt, &start, target, &file->object);

	if (in_len && !nt_copy_in_short(nt->buffer, in, in_len)) {
		nt_file_irp_put(file, nt);
		return refuse(arg, STATUS_ACCESS_VIOLATION);
	}
	if (out_len > in_len)
		memset(nt->buffer + in_len, 0, out_len - in_len);

	status = nt_irp_call(nt, target, IRP_MJ_DEVICE_CONTROL);
	information = nt->irp.IoStatus.Information;
	bytes = min_t(u64, information, out_len);
	if (!NT_ERROR(status) && bytes && !nt_copy_out(out, nt->buffer, bytes))
		status = STATUS_ACCESS_VIOLATION;
	if (unlikely(nt->irp.MdlAddress))
		nt_release_mdl(nt);
	nt_file_irp_put(file, nt);
	return answer(arg, status, information) ? status : STATUS_ACCESS_VIOLATION;
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
	u64 in, out;

	/* Field by field within one window: a fraction of what copy_from_user() costs. */
	if (!user_read_access_begin(arg, sizeof(*arg)))
		return STATUS_ACCESS_VIOLATION;
	unsafe_get_user(code, &arg->code, fault);
	unsafe_get_user(in_len, &arg->in_len, fault);
	unsafe_get_user(out_len, &arg->out_len, fault);
	unsafe_get_user(in, &arg->in, fault);
	unsafe_get_user(out, &arg->out, fault);
	user_read_access_end();

	if (!nt_may_ioctl(file, code))
		return refuse(arg, STATUS_ACCESS_DENIED);
	/* Neither without a buffer nor longer than what there is room for. */
	if (METHOD_FROM_CTL_CODE(code) == METHOD_BUFFERED &&
	    max(in_len, out_len) - 1 < NT_IRP_INLINE)
		return short_control(file, arg, code, in_len, out_len, u64_to_user_ptr(in),
				     u64_to_user_ptr(out));
	return control(file, arg, code, in_len, out_len, in, out);

fault:
	user_read_access_end();
	return STATUS_ACCESS_VIOLATION;
}

/* IRP_MJ_READ and IRP_MJ_WRITE have the same parameters. */
static __always_inline struct nt_transferred transfer(struct nt_file *file, void __user *user,
						      u32 length, s64 offset, bool read)
{
	PDEVICE_OBJECT target = nt_file_target(file);
	struct nt_irp *nt = nt_file_irp_take(file, target);
	const struct nt_irp_start start = {
		.major = read ? IRP_MJ_READ : IRP_MJ_WRITE,
		.flags = read ? IRP_READ_OPERATION : IRP_WRITE_OPERATION,
		.parameters = { length, 0, offset },
	};
	struct nt_transferred done = { .status = STATUS_INSUFFICIENT_RESOURCES };

	BUILD_BUG_ON(offsetof(IO_STACK_LOCATION, Parameters.Read.ByteOffset) !=
		     offsetof(IO_STACK_LOCATION, Parameters) + 2 * sizeof(u64));
	if (!nt)
		return done;
	nt_irp_begin(nt, &start, target, &file->object);

	done.status = nt_make_transfer_buffers(nt, target, user, length, read);
	if (NT_SUCCESS(done.status)) {
		done.status = nt_irp_call(nt, target, read ? IRP_MJ_READ : IRP_MJ_WRITE);
		done.information = nt->irp.IoStatus.Information;
		if (read && !NT_ERROR(done.status) && (target->Flags & DO_BUFFERED_IO))
			done.status = nt_copy_back(nt, user, length);
	}
	nt_release_buffers(nt);
	nt_file_irp_put(file, nt);
	return done;
}

struct nt_transferred nt_request_read(struct nt_file *file, void __user *buffer, u32 length,
				      s64 offset)
{
	return transfer(file, buffer, length, offset, true);
}

struct nt_transferred nt_request_write(struct nt_file *file, const void __user *buffer, u32 length,
				       s64 offset)
{
	return transfer(file, (void __user *)buffer, length, offset, false);
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
