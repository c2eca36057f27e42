// SPDX-License-Identifier: GPL-2.0
/*
 * References to the I/O manager's objects. An object tells its type in its first
 * two bytes. A driver object needs no count of its own: its module has one.
 */
#include "object.h"
#include "driver.h"
#include "file.h"
#include "../linux/glue.h"
#include <linux/module.h>

struct _OBJECT_TYPE {
	CSHORT type;
};

static struct _OBJECT_TYPE file_type = { IO_TYPE_FILE };
static struct _OBJECT_TYPE device_type = { IO_TYPE_DEVICE };
static struct _OBJECT_TYPE driver_type = { IO_TYPE_DRIVER };
static POBJECT_TYPE file_type_pointer = &file_type;
static POBJECT_TYPE device_type_pointer = &device_type;
static POBJECT_TYPE driver_type_pointer = &driver_type;

POBJECT_TYPE *IoFileObjectType = &file_type_pointer;
EXPORT_SYMBOL(IoFileObjectType);
POBJECT_TYPE *IoDeviceObjectType = &device_type_pointer;
EXPORT_SYMBOL(IoDeviceObjectType);
POBJECT_TYPE *IoDriverObjectType = &driver_type_pointer;
EXPORT_SYMBOL(IoDriverObjectType);

static CSHORT type_of(const void *object)
{
	return *(const CSHORT *)object;
}

static struct module *module_of(PDRIVER_OBJECT driver)
{
	return nt_driver(driver)->info->owner;
}

/**
 * ObfReferenceObject - refer to an object
 * @Object: a device, driver or file object that cannot go away during the call
 *
 * IRQL: <= DISPATCH_LEVEL. The object stays until ObDereferenceObject(), and so
 * does the code of the driver that it belongs to. Windows returns the count; so
 * do we where there is one.
 */
LONG_PTR ObfReferenceObject(PVOID Object)
{
	switch (type_of(Object)) {
	case IO_TYPE_DEVICE:
		nt_device_reference(Object);
		return kref_read(&nt_device(Object)->ref);
	case IO_TYPE_FILE:
		nt_file_get(nt_file(Object));
		return kref_read(&nt_file(Object)->ref);
	case IO_TYPE_DRIVER:
		__module_get(module_of(Object));
		return 1;
	}
	WARN(1, "ObReferenceObject: %p is no object that can be referred to\n", Object);
	return 0;
}
EXPORT_SYMBOL(ObfReferenceObject);

/**
 * ObfDereferenceObject - end a reference to an object
 * @Object: the object
 *
 * IRQL: <= DISPATCH_LEVEL. The last reference to a file sends IRP_MJ_CLOSE: at
 * once at PASSIVE_LEVEL, by another thread else. Always returns 0: the object may
 * be gone.
 */
LONG_PTR ObfDereferenceObject(PVOID Object)
{
	switch (type_of(Object)) {
	case IO_TYPE_DEVICE:
		nt_device_dereference(Object);
		break;
	case IO_TYPE_FILE:
		nt_file_put(nt_file(Object));
		break;
	case IO_TYPE_DRIVER:
		module_put(module_of(Object));
		break;
	default:
		WARN(1, "ObDereferenceObject: %p is no object that can be referred to\n", Object);
	}
	return 0;
}
EXPORT_SYMBOL(ObfDereferenceObject);

/**
 * ObReferenceObjectByPointer - refer to an object of a known type
 * @Object: the object
 * @DesiredAccess: not checked: the caller has the object already
 * @ObjectType: *IoFileObjectType and the like; NULL, with KernelMode: any
 * @AccessMode: KernelMode or UserMode
 *
 * IRQL: <= DISPATCH_LEVEL. Returns STATUS_SUCCESS or STATUS_OBJECT_TYPE_MISMATCH.
 */
NTSTATUS ObReferenceObjectByPointer(PVOID Object, ACCESS_MASK DesiredAccess,
				    POBJECT_TYPE ObjectType, KPROCESSOR_MODE AccessMode)
{
	if (ObjectType ? ObjectType->type != type_of(Object) : AccessMode != KernelMode)
		return STATUS_OBJECT_TYPE_MISMATCH;
	ObfReferenceObject(Object);
	return STATUS_SUCCESS;
}
EXPORT_SYMBOL(ObReferenceObjectByPointer);
