// SPDX-License-Identifier: GPL-2.0
/* File objects: create, cleanup, close, and the IRP that each keeps at hand. */
#include "file.h"
#include "driver.h"
#include "secure.h"
#include "symlink.h"
#include "../ex/later.h"
#include "../ke/irql.h"
#include "../linux/glue.h"
#include "../pnp/devnode.h"
#include <linux/fs.h>
#include <linux/module.h>

/* The spare IRP is in use by another call, or made for another stack: @nt, to be freed. */
struct nt_irp *nt_file_irp_refill(struct nt_irp *nt, PDEVICE_OBJECT target)
{
	if (nt)
		nt_irp_free(nt);
	return nt_irp_alloc(target->StackSize, GFP_KERNEL_ACCOUNT);
}

/* Requests without a buffer: CLEANUP and CLOSE cannot fail, so they get their memory. */
static NTSTATUS send_simple(struct nt_file *file, UCHAR major)
{
	PDEVICE_OBJECT target = nt_file_target(file);
	struct nt_irp *nt;
	NTSTATUS status;

	while (!(nt = nt_file_irp_get(file, target, major)))
		schedule_timeout_uninterruptible(1);
	nt->irp.Flags = major == IRP_MJ_CLOSE ? IRP_CLOSE_OPERATION | IRP_SYNCHRONOUS_API :
						IRP_SYNCHRONOUS_API;
	nt->irp.RequestorMode = file->requestor;
	status = nt_irp_send(nt, target, false);
	nt_file_irp_put(file, nt);
	return status;
}

ACCESS_MASK nt_file_access(fmode_t mode)
{
	ACCESS_MASK access = SYNCHRONIZE;

	if (mode & FMODE_READ)
		access |= FILE_GENERIC_READ;
	if (mode & FMODE_WRITE)
		access |= FILE_GENERIC_WRITE;
	return access;
}

static NTSTATUS send_create(struct nt_file *file, struct nt_file_create *how)
{
	IO_SECURITY_CONTEXT security = {
		.DesiredAccess = how->access,
		.FullCreateOptions = how->options,
	};
	PDEVICE_OBJECT target = nt_file_target(file);
	struct nt_irp *nt = nt_file_irp_get(file, target, IRP_MJ_CREATE);
	PIO_STACK_LOCATION first;
	NTSTATUS status;

	if (!nt)
		return STATUS_INSUFFICIENT_RESOURCES;
	nt->irp.Flags = IRP_CREATE_OPERATION | IRP_SYNCHRONOUS_API;
	nt->irp.RequestorMode = file->requestor;
	nt->irp.AssociatedIrp.SystemBuffer = how->ea;
	nt->irp.Overlay.AllocationSize.QuadPart = how->allocation;
	first = nt_irp_first(nt);
	first->Parameters.Create.SecurityContext = &security;
	/* The disposition is the top byte of Options. */
	first->Parameters.Create.Options = how->disposition << 24 | how->options;
	first->Parameters.Create.FileAttributes = how->attributes;
	first->Parameters.Create.ShareAccess = how->share;
	first->Parameters.Create.EaLength = how->ea_length;
	status = nt_irp_send(nt, target, true);
	how->information = nt->irp.IoStatus.Information;
	nt_file_irp_put(file, nt);
	return status;
}

#define FILE_SYNCHRONOUS	(FILE_SYNCHRONOUS_IO_ALERT | FILE_SYNCHRONOUS_IO_NONALERT)

static void init_object(struct nt_file *file, const struct nt_file_create *how)
{
	PFILE_OBJECT object = &file->object;

	object->Type = IO_TYPE_FILE;
	object->Size = sizeof(*object);
	object->DeviceObject = &file->device->object;
	object->Flags = FO_FILE_OPEN | FO_HANDLE_CREATED;
	if (how->options & FILE_SYNCHRONOUS)
		object->Flags |= FO_SYNCHRONOUS_IO;
	if (how->options & FILE_SYNCHRONOUS_IO_ALERT)
		object->Flags |= FO_ALERTABLE_IO;
	object->ReadAccess = !!(how->access & (FILE_READ_DATA | FILE_EXECUTE));
	object->WriteAccess = !!(how->access & (FILE_WRITE_DATA | FILE_APPEND_DATA));
	object->DeleteAccess = !!(how->access & DELETE);
	object->SharedRead = !!(how->share & FILE_SHARE_READ);
	object->SharedWrite = !!(how->share & FILE_SHARE_WRITE);
	object->SharedDelete = !!(how->share & FILE_SHARE_DELETE);
	InitializeListHead(&object->IrpList);
	KeInitializeEvent(&object->Lock, SynchronizationEvent, FALSE);
	KeInitializeEvent(&object->Event, NotificationEvent, FALSE);
}

static void drop(struct nt_file *file)
{
	struct nt_devnode *devnode = file->devnode;
	struct module *owner = file->owner, *function = file->held[0], *bus = file->held[1];

	if (file->spare)
		nt_irp_free(file->spare);
	nt_device_open_put(file->device);
	nt_string_free(&file->object.FileName);
	nt_live_dec(NT_LIVE_FILE);
	kfree(file);
	/* The last file of a device that is gone lets its removal go on. */
	if (devnode)
		nt_devnode_close(devnode);
	module_put(function);
	module_put(bus);
	module_put(owner);
}

/* Keep a PnP device from being removed in the orderly way while the file is open. */
static NTSTATUS hold_devnode(struct nt_file *file)
{
	struct nt_devnode *devnode = nt_device_devnode_get(&file->device->object);
	NTSTATUS status;

	if (!devnode)
		return STATUS_SUCCESS;
	BUILD_BUG_ON(NT_FILE_MODULES != NT_DEVNODE_MODULES);
	status = nt_devnode_open(devnode, file->held);
	if (NT_SUCCESS(status))
		file->devnode = devnode;
	else
		nt_devnode_put(devnode);
	return status;
}

/* A file whose device has been found: make the rest of it, and ask the driver. */
static NTSTATUS open_device(struct nt_file *new, struct nt_file_create *how, struct nt_file **file)
{
	NTSTATUS status;

	status = nt_file_may_open(new) ? hold_devnode(new) : STATUS_ACCESS_DENIED;
	if (!NT_SUCCESS(status))
		goto put_device;
	nt_object_init(&new->ob, &nt_file_type);
	nt_object_open(&new->ob);
	nt_readiness_init(&new->readiness);
	spin_lock_init(&new->lock);
	INIT_LIST_HEAD(&new->pending);
	sema_init(&new->turn, 1);
	init_object(new, how);
	nt_live_inc(NT_LIVE_FILE);
	status = send_create(new, how);
	if (NT_SUCCESS(status))
		*file = new;
	else
		drop(new);
	return status;

put_device:
	nt_device_open_put(new->device);
	module_put(new->owner);
	nt_string_free(&new->object.FileName);
	kfree(new);
	return status;
}

/* Find the device; what the path has behind its name is the file's. */
static NTSTATUS find_device(struct nt_file *new, PCUNICODE_STRING path)
{
	static const UNICODE_STRING nothing;
	unsigned int units, all = path->Length / sizeof(WCHAR);
	NTSTATUS status;

	status = nt_device_open_get(path, &new->device, &new->owner, &units);
	if (!NT_SUCCESS(status) || units == all)
		return status;
	status = nt_string_join(&new->object.FileName, &nothing, path->Buffer + units, all - units);
	if (!NT_SUCCESS(status)) {
		nt_device_open_put(new->device);
		module_put(new->owner);
	}
	return status;
}

static NTSTATUS find_path(struct nt_file *new, PCUNICODE_STRING path)
{
	UNICODE_STRING target;
	NTSTATUS status;

	status = nt_symlink_resolve(path, &target);
	if (!NT_SUCCESS(status))
		return status;
	status = find_device(new, &target);
	nt_string_free(&target);
	return status;
}

/* A program's open(2), as CreateFile() would make it. */
static struct nt_file_create as_program(fmode_t mode)
{
	return (struct nt_file_create){
		.access = nt_file_access(mode),
		.options = FILE_SYNCHRONOUS_IO_NONALERT | FILE_NON_DIRECTORY_FILE,
		.disposition = FILE_OPEN,
		.attributes = FILE_ATTRIBUTE_NORMAL,
		.share = FILE_SHARE_READ | FILE_SHARE_WRITE,
	};
}

/**
 * nt_file_create - open a device, or what one has behind its name
 * @path: a device's name or a link's; a name behind it becomes the file's FileName
 * @how: what the driver's Create routine is asked for; gets its Information
 * @requestor: UserMode for a program, KernelMode for a driver
 * @file: receives the file object
 *
 * PASSIVE_LEVEL. Returns what the driver's Create routine said, or why it was
 * not asked.
 */
NTSTATUS nt_file_create(PCUNICODE_STRING path, struct nt_file_create *how,
			KPROCESSOR_MODE requestor, struct nt_file **file)
{
	struct nt_file *new = kzalloc(sizeof(*new), GFP_KERNEL_ACCOUNT);
	NTSTATUS status;

	if (!new)
		return STATUS_INSUFFICIENT_RESOURCES;
	new->requestor = requestor;
	status = find_path(new, path);
	if (NT_SUCCESS(status))
		return open_device(new, how, file);
	kfree(new);
	return status;
}

/**
 * nt_file_open - open a device, to use it in the ordinary way
 * @path: a device's name or a link's; a name behind it becomes the file's FileName
 * @mode: FMODE_READ and FMODE_WRITE
 * @requestor: UserMode for a program, KernelMode for a driver
 * @file: receives the file object
 *
 * PASSIVE_LEVEL. Returns as nt_file_create().
 */
NTSTATUS nt_file_open(PCUNICODE_STRING path, fmode_t mode, KPROCESSOR_MODE requestor,
		      struct nt_file **file)
{
	struct nt_file_create how = as_program(mode);

	return nt_file_create(path, &how, requestor, file);
}

/**
 * nt_file_create_behind - open a name relative to an open file
 * @base: the file; it is of the same device
 * @name: the name, which is appended to that of @base
 * @how: what the driver's Create routine is asked for; gets its Information
 * @requestor: UserMode for a program, KernelMode for a driver
 * @file: receives the file object
 *
 * PASSIVE_LEVEL. Returns as nt_file_create().
 */
NTSTATUS nt_file_create_behind(struct nt_file *base, PCUNICODE_STRING name,
			       struct nt_file_create *how, KPROCESSOR_MODE requestor,
			       struct nt_file **file)
{
	struct nt_file *new = kzalloc(sizeof(*new), GFP_KERNEL_ACCOUNT);
	NTSTATUS status;

	if (!new)
		return STATUS_INSUFFICIENT_RESOURCES;
	new->requestor = requestor;
	status = nt_string_join(&new->object.FileName, &base->object.FileName, name->Buffer,
				name->Length / sizeof(WCHAR));
	if (!NT_SUCCESS(status))
		goto free;
	status = nt_device_open_again(base->device);
	if (!NT_SUCCESS(status))
		goto free;
	new->device = base->device;
	new->owner = base->owner;
	__module_get(new->owner);
	return open_device(new, how, file);

free:
	nt_string_free(&new->object.FileName);
	kfree(new);
	return status;
}

/**
 * nt_file_open_behind - open a name behind an open file, for a program
 * @base: the file; it is of the same device
 * @name: the name, beginning with a backslash, behind that of @base
 * @mode: FMODE_READ and FMODE_WRITE
 * @file: receives the file object
 *
 * PASSIVE_LEVEL. Returns as nt_file_create().
 */
NTSTATUS nt_file_open_behind(struct nt_file *base, PCUNICODE_STRING name, fmode_t mode,
			     struct nt_file **file)
{
	struct nt_file_create how = as_program(mode);

	return nt_file_create_behind(base, name, &how, UserMode, file);
}

/* The type's close(). A handle that is made after the last one was closed has no second. */
void nt_file_last_handle(void *body)
{
	struct nt_file *file = nt_file(body);

	if (file->object.Flags & FO_CLEANUP_COMPLETE)
		return;
	send_simple(file, IRP_MJ_CLEANUP);
	file->object.Flags |= FO_CLEANUP_COMPLETE;
}

/**
 * nt_file_cleanup - the last descriptor of a file is gone
 * @file: the file; requests on it may be pending
 *
 * The driver is asked to clean up, unless another has a kernel handle still.
 */
void nt_file_cleanup(struct nt_file *file)
{
	if (!xchg(&file->descriptors_gone, true))
		nt_object_close(&file->ob);
}

static void end(struct nt_file *file)
{
	send_simple(file, IRP_MJ_CLOSE);
	drop(file);
}

static void end_later(struct work_struct *work)
{
	end(container_of(work, struct nt_file, closing));
}

void nt_file_release(void *body)
{
	struct nt_file *file = nt_file(body);

	if (nt_at_dispatch_or_above()) {
		INIT_WORK(&file->closing, end_later);
		nt_later(&file->closing);
	} else {
		end(file);
	}
}

void nt_file_get(struct nt_file *file)
{
	nt_object_get(&file->ob);
}

/* Any IRQL up to DISPATCH_LEVEL. */
void nt_file_put(struct nt_file *file)
{
	nt_object_put(&file->ob);
}

/**
 * nt_file_close - the struct file of a file is gone
 * @file: the file, with no request pending; freed, unless a driver refers to it
 */
void nt_file_close(struct nt_file *file)
{
	nt_file_cleanup(file);
	nt_file_put(file);
}
