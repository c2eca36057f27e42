// SPDX-License-Identifier: GPL-2.0
/*
 * Stacks of devices.
 *
 * What keeps a driver's code while others may call it: an open file holds the
 * driver of the device that was opened; an attachment to another driver's device
 * holds both drivers, so that neither rmmod succeeds before the upper driver has
 * detached; ObReferenceObject() and its like hold the device's driver. A PDO's
 * driver is we: to hold the function driver for it would keep that from ever
 * being unloaded.
 *
 * Windows calls Unload of a legacy driver that is attached. Requests may be on
 * their way to its code then, which is why here such a driver stays until the
 * device below goes away (IRP_MN_REMOVE_DEVICE) or it detaches by itself.
 */
#include "object.h"
#include "driver.h"
#include "file.h"
#include "../linux/glue.h"
#include "../pnp/devnode.h"
#include <linux/fs.h>
#include <linux/module.h>

static struct module *owner_of(PDEVICE_OBJECT device)
{
	return nt_driver(device->DriverObject)->info->owner;
}

void nt_device_reference(PDEVICE_OBJECT device)
{
	__module_get(owner_of(device));
	nt_object_get(&nt_device(device)->ob);
}

void nt_device_dereference(PDEVICE_OBJECT device)
{
	struct module *owner = owner_of(device);

	nt_device_put(nt_device(device));
	module_put(owner);
}

/* False when the driver below is being unloaded. */
static bool pin(PDEVICE_OBJECT upper, PDEVICE_OBJECT lower)
{
	struct module *below = owner_of(lower), *self = owner_of(upper);

	/* In a stack that is being built the PnP manager sees to it. */
	if (below == self || nt_device(lower)->devnode || nt_devnode_is_building(lower))
		return true;
	if (!try_module_get(below))
		return false;
	__module_get(self);
	nt_device(upper)->pins = true;
	return true;
}

static void unpin(PDEVICE_OBJECT upper, PDEVICE_OBJECT lower)
{
	if (!nt_device(upper)->pins)
		return;
	nt_device(upper)->pins = false;
	module_put(owner_of(lower));
	module_put(owner_of(upper));
}

/**
 * IoAttachDeviceToDeviceStackSafe - put a device on top of another's stack
 * @SourceDevice: the caller's device
 * @TargetDevice: any device of the stack
 * @AttachedToDeviceObject: where the caller keeps the device directly below;
 *	set before the first request can come
 *
 * IRQL: <= DISPATCH_LEVEL. Sets StackSize, AlignmentRequirement and SectorSize;
 * how buffers are passed (DO_BUFFERED_IO, DO_DIRECT_IO) the caller copies itself.
 * Returns STATUS_SUCCESS, or STATUS_NO_SUCH_DEVICE when the stack is going away.
 */
NTSTATUS IoAttachDeviceToDeviceStackSafe(PDEVICE_OBJECT SourceDevice, PDEVICE_OBJECT TargetDevice,
					 PDEVICE_OBJECT *AttachedToDeviceObject)
{
	PDEVICE_OBJECT top;

	spin_lock_bh(&nt_stack_lock);
	top = nt_device_top(TargetDevice);
	if (nt_device(top)->deleted || !pin(SourceDevice, top)) {
		spin_unlock_bh(&nt_stack_lock);
		return STATUS_NO_SUCH_DEVICE;
	}
	SourceDevice->StackSize = top->StackSize + 1;
	SourceDevice->AlignmentRequirement = top->AlignmentRequirement;
	SourceDevice->SectorSize = top->SectorSize;
	nt_object_get(&nt_device(top)->ob);
	nt_device(SourceDevice)->lower = top;
	*AttachedToDeviceObject = top;
	/* Pairs with the dependency in nt_device_top(). */
	smp_store_release(&top->AttachedDevice, SourceDevice);
	spin_unlock_bh(&nt_stack_lock);
	return STATUS_SUCCESS;
}
EXPORT_SYMBOL(IoAttachDeviceToDeviceStackSafe);

/**
 * IoAttachDeviceToDeviceStack - put a device on top of another's stack
 * @SourceDevice: the caller's device
 * @TargetDevice: any device of the stack
 *
 * IRQL: <= DISPATCH_LEVEL. Returns the device directly below, to which the
 * caller passes its IRPs on; NULL when the stack is going away.
 */
PDEVICE_OBJECT IoAttachDeviceToDeviceStack(PDEVICE_OBJECT SourceDevice, PDEVICE_OBJECT TargetDevice)
{
	PDEVICE_OBJECT lower = NULL;

	IoAttachDeviceToDeviceStackSafe(SourceDevice, TargetDevice, &lower);
	return lower;
}
EXPORT_SYMBOL(IoAttachDeviceToDeviceStack);

/* What an attachment holds, after it was undone under the lock. */
static void let_go(PDEVICE_OBJECT upper, PDEVICE_OBJECT lower)
{
	unpin(upper, lower);
	nt_device_put(nt_device(lower));
}

/**
 * IoDetachDevice - take the caller's device off a stack
 * @TargetDevice: the device below, as the attaching call returned it
 *
 * IRQL: PASSIVE_LEVEL. The device below may have been deleted already, as it has
 * when IRP_MN_REMOVE_DEVICE was passed down first.
 */
void IoDetachDevice(PDEVICE_OBJECT TargetDevice)
{
	PDEVICE_OBJECT upper;

	spin_lock_bh(&nt_stack_lock);
	upper = TargetDevice->AttachedDevice;
	if (upper)
		nt_device(upper)->lower = NULL;
	WRITE_ONCE(TargetDevice->AttachedDevice, NULL);
	spin_unlock_bh(&nt_stack_lock);
	if (upper)
		let_go(upper, TargetDevice);
}
EXPORT_SYMBOL(IoDetachDevice);

/**
 * nt_device_leave_stack - a device is being deleted
 * @device: detached, unless its driver forgot that
 *
 * One that is attached to it stays so, and keeps the memory until it detaches.
 */
void nt_device_leave_stack(PDEVICE_OBJECT device)
{
	PDEVICE_OBJECT lower;

	spin_lock_bh(&nt_stack_lock);
	lower = nt_device(device)->lower;
	if (lower)
		WRITE_ONCE(lower->AttachedDevice, NULL);
	nt_device(device)->lower = NULL;
	spin_unlock_bh(&nt_stack_lock);
	if (lower)
		let_go(device, lower);
}

/**
 * nt_device_devnode_get - the PnP device at the bottom of a stack
 * @device: any device of the stack
 *
 * Returns it with a reference, or NULL for a legacy device and for one that is
 * just being freed.
 */
struct nt_devnode *nt_device_devnode_get(PDEVICE_OBJECT device)
{
	struct nt_devnode *devnode;

	spin_lock_bh(&nt_stack_lock);
	while (nt_device(device)->lower)
		device = nt_device(device)->lower;
	devnode = nt_device(device)->devnode;
	if (devnode && !kref_get_unless_zero(&devnode->ref))
		devnode = NULL;
	spin_unlock_bh(&nt_stack_lock);
	return devnode;
}

/* The devnode is being freed: its PDO lives on only as long as others hold it. */
void nt_device_forget_devnode(PDEVICE_OBJECT pdo)
{
	spin_lock_bh(&nt_stack_lock);
	nt_device(pdo)->devnode = NULL;
	spin_unlock_bh(&nt_stack_lock);
}

/**
 * nt_stack_hold - refer to all devices of a stack, and with them their drivers
 * @bottom: the lowest device
 * @held: receives the devices
 *
 * Returns how many they are. nt_stack_release() undoes it, whatever became of the
 * stack meanwhile.
 */
unsigned int nt_stack_hold(PDEVICE_OBJECT bottom, PDEVICE_OBJECT held[NT_STACK_HELD])
{
	unsigned int count = 0;
	PDEVICE_OBJECT device;

	spin_lock_bh(&nt_stack_lock);
	for (device = bottom; device && count < NT_STACK_HELD; device = device->AttachedDevice) {
		nt_device_reference(device);
		held[count++] = device;
	}
	spin_unlock_bh(&nt_stack_lock);
	return count;
}

void nt_stack_release(PDEVICE_OBJECT held[NT_STACK_HELD], unsigned int count)
{
	while (count)
		nt_device_dereference(held[--count]);
}

/**
 * IoGetAttachedDevice - the top of a stack
 * @DeviceObject: any device of it
 *
 * IRQL: <= DISPATCH_LEVEL. Not referenced: for callers who know that it stays.
 */
PDEVICE_OBJECT IoGetAttachedDevice(PDEVICE_OBJECT DeviceObject)
{
	return nt_device_top(DeviceObject);
}
EXPORT_SYMBOL(IoGetAttachedDevice);

/**
 * IoGetAttachedDeviceReference - the top of a stack, referenced
 * @DeviceObject: any device of it
 *
 * IRQL: <= DISPATCH_LEVEL. ObDereferenceObject() gives it back.
 */
PDEVICE_OBJECT IoGetAttachedDeviceReference(PDEVICE_OBJECT DeviceObject)
{
	PDEVICE_OBJECT top;

	spin_lock_bh(&nt_stack_lock);
	top = nt_device_top(DeviceObject);
	nt_device_reference(top);
	spin_unlock_bh(&nt_stack_lock);
	return top;
}
EXPORT_SYMBOL(IoGetAttachedDeviceReference);

/**
 * IoGetLowerDeviceObject - the device below, referenced
 * @DeviceObject: a device
 *
 * IRQL: <= DISPATCH_LEVEL. NULL for the lowest. ObDereferenceObject() gives it back.
 */
PDEVICE_OBJECT IoGetLowerDeviceObject(PDEVICE_OBJECT DeviceObject)
{
	PDEVICE_OBJECT lower;

	spin_lock_bh(&nt_stack_lock);
	lower = nt_device(DeviceObject)->lower;
	if (lower)
		nt_device_reference(lower);
	spin_unlock_bh(&nt_stack_lock);
	return lower;
}
EXPORT_SYMBOL(IoGetLowerDeviceObject);

/**
 * IoGetRelatedDeviceObject - where requests on a file go
 * @FileObject: an open file
 *
 * IRQL: <= DISPATCH_LEVEL. The top of the opened device's stack, not referenced.
 */
PDEVICE_OBJECT IoGetRelatedDeviceObject(PFILE_OBJECT FileObject)
{
	return nt_file_target(nt_file(FileObject));
}
EXPORT_SYMBOL(IoGetRelatedDeviceObject);

static fmode_t access_mode(ACCESS_MASK access)
{
	fmode_t mode = 0;

	if (access & (FILE_READ_DATA | GENERIC_READ | GENERIC_ALL))
		mode |= FMODE_READ;
	if (access & (FILE_WRITE_DATA | FILE_APPEND_DATA | GENERIC_WRITE | GENERIC_ALL))
		mode |= FMODE_WRITE;
	return mode;
}

/**
 * IoGetDeviceObjectPointer - find a device by name and open it
 * @ObjectName: \Device\Name, or a symbolic link to it; a name behind it is for the driver
 * @DesiredAccess: FILE_READ_DATA and the like, as the Create routine will see it
 * @FileObject: receives the open file, referenced
 * @DeviceObject: receives the top of the device's stack
 *
 * IRQL: PASSIVE_LEVEL. The driver gets IRP_MJ_CREATE, IRP_MJ_CLEANUP at once (no
 * handle is left), and IRP_MJ_CLOSE at ObDereferenceObject() of the file, all with
 * RequestorMode KernelMode; the device's security is not asked. Until then its code
 * stays. Returns the Create routine's status or
 * STATUS_OBJECT_NAME_NOT_FOUND, STATUS_NO_SUCH_DEVICE, STATUS_INSUFFICIENT_RESOURCES.
 */
NTSTATUS IoGetDeviceObjectPointer(PUNICODE_STRING ObjectName, ACCESS_MASK DesiredAccess,
				  PFILE_OBJECT *FileObject, PDEVICE_OBJECT *DeviceObject)
{
	struct nt_file *file;
	NTSTATUS status;

	status = nt_file_open(ObjectName, access_mode(DesiredAccess), KernelMode, &file);
	if (!NT_SUCCESS(status))
		return status;
	nt_file_cleanup(file);
	*FileObject = &file->object;
	*DeviceObject = nt_file_target(file);
	return status;
}
EXPORT_SYMBOL(IoGetDeviceObjectPointer);

/**
 * IoAttachDevice - put a device on top of the stack of a named device
 * @SourceDevice: the caller's device
 * @TargetDevice: the name
 * @AttachedDevice: where the caller keeps the device directly below
 *
 * IRQL: PASSIVE_LEVEL. Opens the device for FILE_READ_ATTRIBUTES and closes it
 * again. Returns what that brought, or STATUS_NO_SUCH_DEVICE.
 */
NTSTATUS IoAttachDevice(PDEVICE_OBJECT SourceDevice, PUNICODE_STRING TargetDevice,
			PDEVICE_OBJECT *AttachedDevice)
{
	PDEVICE_OBJECT target;
	PFILE_OBJECT file;
	NTSTATUS status;

	status = IoGetDeviceObjectPointer(TargetDevice, FILE_READ_ATTRIBUTES, &file, &target);
	if (!NT_SUCCESS(status))
		return status;
	status = IoAttachDeviceToDeviceStackSafe(SourceDevice, target, AttachedDevice);
	nt_file_put(nt_file(file));
	return status;
}
EXPORT_SYMBOL(IoAttachDevice);

/**
 * IoGetDeviceAttachmentBaseRef - the bottom of a stack, referenced
 * @DeviceObject: any device of it
 *
 * IRQL: <= DISPATCH_LEVEL. ObDereferenceObject() gives it back.
 */
PDEVICE_OBJECT IoGetDeviceAttachmentBaseRef(PDEVICE_OBJECT DeviceObject)
{
	spin_lock_bh(&nt_stack_lock);
	while (nt_device(DeviceObject)->lower)
		DeviceObject = nt_device(DeviceObject)->lower;
	nt_device_reference(DeviceObject);
	spin_unlock_bh(&nt_stack_lock);
	return DeviceObject;
}
EXPORT_SYMBOL(IoGetDeviceAttachmentBaseRef);

/**
 * IoGetBaseFileSystemDeviceObject - the device that a file belongs to, without filters
 * @FileObject: the file
 *
 * IRQL: <= DISPATCH_LEVEL. Not referenced. There are no volumes: the device that was
 * opened.
 */
PDEVICE_OBJECT IoGetBaseFileSystemDeviceObject(PFILE_OBJECT FileObject)
{
	return FileObject->DeviceObject;
}
EXPORT_SYMBOL(IoGetBaseFileSystemDeviceObject);
