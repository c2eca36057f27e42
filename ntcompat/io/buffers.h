/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A request's buffers: buffered ones get a copy in kernel memory, direct ones an
 * MDL over the pinned pages. What is on the path of every short request stands
 * here, to be inlined.
 */
#ifndef _NTCOMPAT_IO_BUFFERS_H
#define _NTCOMPAT_IO_BUFFERS_H

#include "file.h"
#include "../include/uapi/ntcompat.h"
#include <linux/mm.h>
#include <linux/uaccess.h>

NTSTATUS nt_make_long_buffer(struct nt_irp *nt, const void __user *in, u32 in_len, u32 size);
NTSTATUS nt_make_mdl(struct nt_irp *nt, void __user *user, u32 length, bool device_writes);
void nt_release_mdl(struct nt_irp *nt);

/*
 * Short buffers in one window, a word at a time, since the bulk routines and
 * their checks cost a multiple of that.
 */
static __always_inline bool nt_copy_in_short(void *to, const void __user *from, u32 length)
{
	if (!user_read_access_begin(from, length))
		return false;
	for (; length >= sizeof(u64); to += sizeof(u64), from += sizeof(u64), length -= sizeof(u64))
		unsafe_get_user(*(u64 *)to, (const u64 __user *)from, fault);
	if (length >= sizeof(u32)) {
		unsafe_get_user(*(u32 *)to, (const u32 __user *)from, fault);
		to += sizeof(u32), from += sizeof(u32), length -= sizeof(u32);
	}
	for (; length; to++, from++, length--)
		unsafe_get_user(*(u8 *)to, (const u8 __user *)from, fault);
	user_read_access_end();
	return true;
fault:
	user_read_access_end();
	return false;
}

static __always_inline bool nt_copy_out(void __user *to, const void *from, u32 length)
{
	if (unlikely(length > NT_IRP_INLINE))
		return !copy_to_user(to, from, length);
	if (!user_write_access_begin(to, length))
		return false;
	for (; length >= sizeof(u64); to += sizeof(u64), from += sizeof(u64), length -= sizeof(u64))
		unsafe_put_user(*(const u64 *)from, (u64 __user *)to, fault);
	if (length >= sizeof(u32)) {
		unsafe_put_user(*(const u32 *)from, (u32 __user *)to, fault);
		to += sizeof(u32), from += sizeof(u32), length -= sizeof(u32);
	}
	for (; length; to++, from++, length--)
		unsafe_put_user(*(const u8 *)from, (u8 __user *)to, fault);
	user_write_access_end();
	return true;
fault:
	user_write_access_end();
	return false;
}

/*
 * The system buffer of a buffered request: inside the IRP when it is short.
 * What the caller did not fill reads as zero, so that a driver which reports
 * more than it wrote leaks nothing.
 */
static __always_inline NTSTATUS nt_make_system_buffer(struct nt_irp *nt, const void __user *in,
						   u32 in_len, u32 size)
{
	if (unlikely(size > NT_IRP_INLINE))
		return nt_make_long_buffer(nt, in, in_len, size);
	if (!size)
		return STATUS_SUCCESS;
	nt->irp.AssociatedIrp.SystemBuffer = nt->buffer;
	nt->irp.Flags |= IRP_BUFFERED_IO | IRP_DEALLOCATE_BUFFER;
	if (in_len && !nt_copy_in_short(nt->buffer, in, in_len))
		return STATUS_ACCESS_VIOLATION;
	if (size > in_len)
		memset(nt->buffer + in_len, 0, size - in_len);
	return STATUS_SUCCESS;
}

/* Undo both, whatever was made of them. */
static __always_inline void nt_release_buffers(struct nt_irp *nt)
{
	if (nt->own_mdl || nt->irp.MdlAddress)
		nt_release_mdl(nt);
	if (nt->own_buffer) {
		kvfree(nt->own_buffer);
		nt->own_buffer = NULL;
	}
}

/* A driver may report more than there is room for; the caller gets what fits. */
static __always_inline NTSTATUS nt_copy_back(struct nt_irp *nt, void __user *out, u32 out_len)
{
	u64 bytes = min_t(u64, nt->irp.IoStatus.Information, out_len);

	if (bytes && !nt_copy_out(out, nt->own_buffer ?: nt->buffer, bytes))
		return STATUS_ACCESS_VIOLATION;
	return nt->irp.IoStatus.Status;
}

/* The access that a control code asks for, against how the file was opened. */
static __always_inline bool nt_may_ioctl(const struct nt_file *file, u32 code)
{
	u32 access = (code >> 14) & 3;

	return !((access & FILE_READ_ACCESS) && !file->object.ReadAccess) &&
	       !((access & FILE_WRITE_ACCESS) && !file->object.WriteAccess);
}

static __always_inline NTSTATUS nt_make_ioctl_buffers(struct nt_irp *nt, const struct ntcompat_ioctl *req)
{
	void __user *in = u64_to_user_ptr(req->in);
	void __user *out = u64_to_user_ptr(req->out);
	NTSTATUS status;

	switch (METHOD_FROM_CTL_CODE(req->code)) {
	case METHOD_BUFFERED:
		nt->irp.UserBuffer = (__force void *)out;
		nt->irp.Flags |= IRP_INPUT_OPERATION;
		return nt_make_system_buffer(nt, in, req->in_len, max(req->in_len, req->out_len));
	case METHOD_IN_DIRECT:
	case METHOD_OUT_DIRECT:
		status = nt_make_system_buffer(nt, in, req->in_len, req->in_len);
		if (!NT_SUCCESS(status))
			return status;
		return nt_make_mdl(nt, out, req->out_len,
				METHOD_FROM_CTL_CODE(req->code) == METHOD_OUT_DIRECT);
	default:
		nt->irp.UserBuffer = (__force void *)out;
		nt_irp_first(nt)->Parameters.DeviceIoControl.Type3InputBuffer = (__force void *)in;
		return STATUS_SUCCESS;
	}
}

NTSTATUS nt_make_transfer_buffers(struct nt_irp *nt, PDEVICE_OBJECT target, void __user *user,
				  u32 length, bool read);

#endif /* _NTCOMPAT_IO_BUFFERS_H */
