// SPDX-License-Identifier: GPL-2.0
/* The table of kernel handles, and user programs' handles. */
#include "handle.h"
#include "../include/uapi/ntcompat.h"
#include <linux/file.h>
#include <linux/sched.h>
#include <linux/xarray.h>

/**
 * struct handle - an entry of the table
 * @body: the object, referenced
 * @access: what the handle allows
 * @attributes: OBJ_x that it was made with
 */
struct handle {
	void *body;
	ACCESS_MASK access;
	ULONG attributes;
};

/* Its lock makes finding an entry and referring to its object one step. */
static DEFINE_XARRAY_FLAGS(handles, XA_FLAGS_ALLOC1);

/* An index in a handle: between the top bit and the two that drivers may use as tags. */
#define INDEX_BITS	29
#define KERNEL_BIT	BIT(31)

/* Sign-extended, as the 64-bit kernel's own are. */
static HANDLE to_handle(u32 index)
{
	return (HANDLE)(LONG_PTR)(s32)(KERNEL_BIT | index << 2);
}

static bool is_kernel_handle(HANDLE handle)
{
	return (LONG_PTR)handle < 0 && (LONG_PTR)handle >= S32_MIN;
}

static u32 to_index(HANDLE handle)
{
	return ((u32)(ULONG_PTR)handle & ~KERNEL_BIT) >> 2;
}

ACCESS_MASK nt_access_of(POBJECT_TYPE type, ACCESS_MASK desired)
{
	ACCESS_MASK access = desired & ~(GENERIC_READ | GENERIC_WRITE | GENERIC_EXECUTE |
					 GENERIC_ALL | MAXIMUM_ALLOWED);

	if (desired & GENERIC_READ)
		access |= type->mapping.GenericRead;
	if (desired & GENERIC_WRITE)
		access |= type->mapping.GenericWrite;
	if (desired & GENERIC_EXECUTE)
		access |= type->mapping.GenericExecute;
	if (desired & (GENERIC_ALL | MAXIMUM_ALLOWED))
		access |= type->mapping.GenericAll;
	return access;
}

/**
 * nt_handle_create - make a kernel handle
 * @body: an object that cannot go away during the call
 * @access: what the handle allows; generic rights are mapped
 * @attributes: OBJ_x; every handle is in the kernel's table, OBJ_KERNEL_HANDLE or not
 * @handle: receives it
 *
 * PASSIVE_LEVEL. Returns STATUS_SUCCESS or STATUS_INSUFFICIENT_RESOURCES.
 */
NTSTATUS nt_handle_create(void *body, ACCESS_MASK access, ULONG attributes, PHANDLE handle)
{
	struct handle *entry = kmalloc(sizeof(*entry), GFP_KERNEL);
	u32 index;

	if (!entry)
		return STATUS_INSUFFICIENT_RESOURCES;
	*entry = (struct handle){
		.body = body,
		.access = nt_access_of(nt_object(body)->type, access),
		.attributes = attributes,
	};
	ObfReferenceObject(body);
	nt_object_open(nt_object(body));
	if (xa_alloc(&handles, &index, entry, XA_LIMIT(1, BIT(INDEX_BITS) - 2), GFP_KERNEL)) {
		nt_object_close(nt_object(body));
		ObfDereferenceObject(body);
		kfree(entry);
		return STATUS_INSUFFICIENT_RESOURCES;
	}
	nt_live_inc(NT_LIVE_HANDLE);
	*handle = to_handle(index);
	return STATUS_SUCCESS;
}

static void close_entry(struct handle *entry)
{
	nt_object_close(nt_object(entry->body));
	ObfDereferenceObject(entry->body);
	nt_live_dec(NT_LIVE_HANDLE);
	kfree(entry);
}

static NTSTATUS close_handle(HANDLE handle)
{
	struct handle *entry = NULL;

	if (is_kernel_handle(handle))
		entry = xa_erase(&handles, to_index(handle));
	if (!entry)
		return STATUS_INVALID_HANDLE;
	close_entry(entry);
	return STATUS_SUCCESS;
}

/**
 * ZwClose - close a kernel handle
 * @Handle: a handle that a routine here made
 *
 * IRQL: PASSIVE_LEVEL. Returns STATUS_SUCCESS or STATUS_INVALID_HANDLE, also for
 * a user program's handle: that is a descriptor, which its program closes.
 */
NTSTATUS ZwClose(HANDLE Handle)
{
	return close_handle(Handle);
}
EXPORT_SYMBOL(ZwClose);

/**
 * ObCloseHandle - close a kernel handle
 * @Handle: a handle that a routine here made
 * @PreviousMode: UserMode may not close a kernel handle
 *
 * IRQL: PASSIVE_LEVEL. Returns STATUS_SUCCESS or STATUS_INVALID_HANDLE.
 */
NTSTATUS ObCloseHandle(HANDLE Handle, KPROCESSOR_MODE PreviousMode)
{
	return PreviousMode == KernelMode ? close_handle(Handle) : STATUS_INVALID_HANDLE;
}
EXPORT_SYMBOL(ObCloseHandle);

/* ---- From a handle to its object ---- */

static NTSTATUS find_kernel(HANDLE handle, void **body, POBJECT_HANDLE_INFORMATION info)
{
	struct handle *entry;

	xa_lock(&handles);
	entry = xa_load(&handles, to_index(handle));
	if (entry) {
		ObfReferenceObject(entry->body);
		*body = entry->body;
		info->HandleAttributes = entry->attributes;
		info->GrantedAccess = entry->access;
	}
	xa_unlock(&handles);
	return entry ? STATUS_SUCCESS : STATUS_INVALID_HANDLE;
}

static NTSTATUS find_user(HANDLE handle, void **body, POBJECT_HANDLE_INFORMATION info)
{
	ULONG_PTR value = (ULONG_PTR)handle & ~3UL;
	struct file *filp;
	NTSTATUS status;

	/* A kernel thread has no descriptors; 0 is nobody's handle. */
	if (!value || value > NTCOMPAT_HANDLE_MAX || current->flags & PF_KTHREAD)
		return STATUS_INVALID_HANDLE;
	filp = fget(NTCOMPAT_HANDLE_TO_FD(value));
	if (!filp)
		return STATUS_INVALID_HANDLE;
	info->HandleAttributes = 0;
	status = nt_object_from_file(filp, body, &info->GrantedAccess);
	fput(filp);
	return status;
}

static NTSTATUS find(HANDLE handle, KPROCESSOR_MODE mode, void **body,
		     POBJECT_HANDLE_INFORMATION info)
{
	if (!is_kernel_handle(handle))
		return find_user(handle, body, info);
	/* A user program may name kernel handles, but not use them. */
	return mode == KernelMode ? find_kernel(handle, body, info) : STATUS_INVALID_HANDLE;
}

/* Who asks for whatever is allowed is never refused. */
static bool allows(const OBJECT_HANDLE_INFORMATION *info, POBJECT_TYPE type, ACCESS_MASK desired)
{
	return !(nt_access_of(type, desired & ~MAXIMUM_ALLOWED) & ~info->GrantedAccess);
}

/**
 * ObReferenceObjectByHandle - the object that a handle stands for, referenced
 * @Handle: a kernel handle; or a handle of the user program in whose context the
 *	driver runs, as the dispatch routine of a highest-level driver does
 * @DesiredAccess: what the caller wants to do; checked for UserMode only
 * @ObjectType: *ExEventObjectType and the like; may be NULL for KernelMode
 * @AccessMode: UserMode for a handle that came from a user program
 * @Object: receives the object; NULL when there is none
 * @HandleInformation: receives the handle's attributes and access; or NULL
 *
 * IRQL: PASSIVE_LEVEL. ObDereferenceObject() gives the object back. Returns
 * STATUS_SUCCESS, STATUS_INVALID_HANDLE, STATUS_OBJECT_TYPE_MISMATCH (also for a
 * descriptor that stands for nothing that NT knows), STATUS_ACCESS_DENIED, or
 * STATUS_INSUFFICIENT_RESOURCES.
 */
NTSTATUS ObReferenceObjectByHandle(HANDLE Handle, ACCESS_MASK DesiredAccess,
				   POBJECT_TYPE ObjectType, KPROCESSOR_MODE AccessMode,
				   PVOID *Object, POBJECT_HANDLE_INFORMATION HandleInformation)
{
	OBJECT_HANDLE_INFORMATION info;
	POBJECT_TYPE type;
	NTSTATUS status;
	void *body;

	*Object = NULL;
	status = find(Handle, AccessMode, &body, &info);
	if (!NT_SUCCESS(status))
		return status;
	type = nt_object(body)->type;
	if (ObjectType ? ObjectType != type : AccessMode != KernelMode)
		status = STATUS_OBJECT_TYPE_MISMATCH;
	else if (AccessMode != KernelMode && !allows(&info, type, DesiredAccess))
		status = STATUS_ACCESS_DENIED;
	if (!NT_SUCCESS(status)) {
		ObfDereferenceObject(body);
		return status;
	}
	*Object = body;
	if (HandleInformation)
		*HandleInformation = info;
	return status;
}
EXPORT_SYMBOL(ObReferenceObjectByHandle);

/**
 * ObOpenObjectByPointer - make a handle of an object
 * @Object: the object
 * @HandleAttributes: OBJ_KERNEL_HANDLE and the like
 * @PassedAccessState: not supported: NULL
 * @DesiredAccess: what the handle shall allow
 * @ObjectType: its type; may be NULL for KernelMode
 * @AccessMode: KernelMode. Handles of user programs are descriptors, which are
 *	not made here
 * @Handle: receives a kernel handle, for ZwClose()
 *
 * IRQL: <= APC_LEVEL. Returns STATUS_SUCCESS, STATUS_OBJECT_TYPE_MISMATCH,
 * STATUS_INVALID_PARAMETER, STATUS_NOT_SUPPORTED or STATUS_INSUFFICIENT_RESOURCES.
 */
NTSTATUS ObOpenObjectByPointer(PVOID Object, ULONG HandleAttributes,
			       PACCESS_STATE PassedAccessState, ACCESS_MASK DesiredAccess,
			       POBJECT_TYPE ObjectType, KPROCESSOR_MODE AccessMode, PHANDLE Handle)
{
	*Handle = NULL;
	if (PassedAccessState)
		return STATUS_INVALID_PARAMETER;
	if (AccessMode != KernelMode)
		return STATUS_NOT_SUPPORTED;
	if (ObjectType && ObjectType != nt_object(Object)->type)
		return STATUS_OBJECT_TYPE_MISMATCH;
	return nt_handle_create(Object, DesiredAccess, HandleAttributes, Handle);
}
EXPORT_SYMBOL(ObOpenObjectByPointer);

/* Drivers are gone, and with them the code that a file's or device's end would call. */
void nt_handle_teardown(void)
{
	struct handle *entry;
	unsigned long index;

	xa_for_each(&handles, index, entry) {
		pr_err("handle %p of a %s was never closed\n", to_handle(index),
		       nt_object(entry->body)->type->name);
		xa_erase(&handles, index);
		close_entry(entry);
	}
}
