// SPDX-License-Identifier: GPL-2.0
/* Buffers of requests: what is not short. */
#include "buffers.h"
#include "../mm/mdl.h"

/* As nt_make_system_buffer(), for what has no room in the IRP. */
NTSTATUS nt_make_long_buffer(struct nt_irp *nt, const void __user *in, u32 in_len, u32 size)
{
	void *buffer;

	if (in_len && !access_ok(in, in_len))
		return STATUS_ACCESS_VIOLATION;
	buffer = kvmalloc(size, GFP_KERNEL_ACCOUNT | __GFP_NOWARN);
	if (!buffer)
		return STATUS_INSUFFICIENT_RESOURCES;
	nt->irp.AssociatedIrp.SystemBuffer = buffer;
	nt->own_buffer = buffer;
	nt->irp.Flags |= IRP_BUFFERED_IO | IRP_DEALLOCATE_BUFFER;
	if (in_len && copy_from_user(buffer, in, in_len))
		return STATUS_ACCESS_VIOLATION;
	memset(buffer + in_len, 0, size - in_len);
	return STATUS_SUCCESS;
}

/**
 * nt_make_mdl - describe and pin a user's buffer
 * @nt: IRP; its MdlAddress is set
 * @user: the buffer
 * @length: its bytes; 0 makes no MDL
 * @device_writes: the device is going to write to it
 *
 * PASSIVE_LEVEL, in the context of the process. nt_release_buffers() undoes it,
 * after failure, too.
 */
NTSTATUS nt_make_mdl(struct nt_irp *nt, void __user *user, u32 length, bool device_writes)
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
	nt->own_mdl = mdl;
	error = nt_mdl_pin_user(mdl, device_writes);
	if (error)
		return error == -EFAULT ? STATUS_ACCESS_VIOLATION : nt_status_from_errno(error);
	return nt_mdl_prepare_mapping(mdl) ? STATUS_SUCCESS : STATUS_INSUFFICIENT_RESOURCES;
}

/*
 * Ours, and what the driver hung on the IRP with IoAllocateMdl(): that is freed
 * with the IRP, as on NT. A driver may have taken our MDL off the IRP, or have
 * put another one in its place.
 */
void nt_release_mdl(struct nt_irp *nt)
{
	PMDL mdl = nt->irp.MdlAddress, next;

	for (; mdl; mdl = next) {
		next = mdl->Next;
		if (mdl == nt->own_mdl)
			continue;
		nt_mdl_unpin(mdl);
		IoFreeMdl(mdl);
	}
	nt->irp.MdlAddress = NULL;
	mdl = nt->own_mdl;
	if (!mdl)
		return;
	nt_mdl_unpin(mdl);
	if (mdl != &nt->mdl)
		IoFreeMdl(mdl);
	nt->own_mdl = NULL;
}

/**
 * nt_make_transfer_buffers - the buffers of a read or write
 * @nt: IRP
 * @target: the device that it is for; its Flags say how
 * @user: the caller's buffer
 * @length: its bytes
 * @read: towards the caller
 */
NTSTATUS nt_make_transfer_buffers(struct nt_irp *nt, PDEVICE_OBJECT target, void __user *user,
				  u32 length, bool read)
{
	if (target->Flags & DO_BUFFERED_IO) {
		nt->irp.UserBuffer = (__force void *)user;
		nt->irp.Flags |= read ? IRP_INPUT_OPERATION : 0;
		return nt_make_system_buffer(nt, user, read ? 0 : length, length);
	}
	if (target->Flags & DO_DIRECT_IO)
		return nt_make_mdl(nt, user, length, read);
	nt->irp.UserBuffer = (__force void *)user;
	return STATUS_SUCCESS;
}
