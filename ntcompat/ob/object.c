// SPDX-License-Identifier: GPL-2.0
/* References to objects of any type. */
#include "object.h"
#include <linux/fs.h>

/* Every type there is. A new one needs no more than its line here. */
static const struct {
	POBJECT_TYPE type;
} types[] = {
	{ &nt_file_type },
	{ &nt_device_type },
	{ &nt_driver_type },
	{ &nt_event_type },
	{ &nt_thread_type },
	{ &nt_process_type },
	{ &nt_callback_type },
	{ &nt_key_type },
	{ &nt_directory_type },
	{ &nt_link_type },
	{ &nt_wmi_block_type },
	{ &nt_token_type },
	{ &nt_section_type },
};

void nt_object_init(struct nt_object *object, POBJECT_TYPE type)
{
	object->type = type;
	kref_init(&object->ref);
	atomic_set(&object->handles, 0);
}

static void release(struct kref *ref)
{
	struct nt_object *object = container_of(ref, struct nt_object, ref);

	object->type->release(nt_object_body(object));
}

void nt_object_put(struct nt_object *object)
{
	kref_put(&object->ref, release);
}

void nt_object_close(struct nt_object *object)
{
	if (atomic_dec_and_test(&object->handles) && object->type->close)
		object->type->close(nt_object_body(object));
}

/* A driver may pass anything: whatever has no header of ours is found out here. */
static POBJECT_TYPE type_of(const void *body, const char *routine)
{
	POBJECT_TYPE type = nt_object(body)->type;
	int i;

	for (i = 0; i < ARRAY_SIZE(types); i++)
		if (types[i].type == type)
			return type;
	WARN(1, "%s: %p is no object that can be referred to\n", routine, body);
	return NULL;
}

/**
 * nt_object_from_file - the object behind a user program's descriptor
 * @filp: what the descriptor stands for
 * @body: receives the object, referenced on the caller's behalf
 * @granted: receives what the descriptor allows
 *
 * PASSIVE_LEVEL. Returns STATUS_OBJECT_TYPE_MISMATCH for a descriptor that no
 * driver can make use of.
 */
NTSTATUS nt_object_from_file(struct file *filp, void **body, ACCESS_MASK *granted)
{
	NTSTATUS status;
	int i;

	for (i = 0; i < ARRAY_SIZE(types); i++) {
		if (!types[i].type->from_file)
			continue;
		status = types[i].type->from_file(filp, body, granted);
		if (status != STATUS_OBJECT_TYPE_MISMATCH)
			return status;
	}
	return STATUS_OBJECT_TYPE_MISMATCH;
}

/**
 * ObfReferenceObject - refer to an object
 * @Object: a device, file, event or other object that cannot go away during the call
 *
 * IRQL: <= DISPATCH_LEVEL. The object stays until ObDereferenceObject(), and so
 * does the code of the driver that a device, file or driver object belongs to.
 * Returns the count, for debugging only, as Windows does.
 */
LONG_PTR ObfReferenceObject(PVOID Object)
{
	POBJECT_TYPE type = type_of(Object, "ObReferenceObject");

	if (!type)
		return 0;
	if (type->get)
		type->get(Object);
	else
		nt_object_get(nt_object(Object));
	return kref_read(&nt_object(Object)->ref);
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
	POBJECT_TYPE type = type_of(Object, "ObDereferenceObject");

	if (!type)
		return 0;
	if (type->put)
		type->put(Object);
	else
		nt_object_put(nt_object(Object));
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
	if (ObjectType ? ObjectType != nt_object(Object)->type : AccessMode != KernelMode)
		return STATUS_OBJECT_TYPE_MISMATCH;
	ObfReferenceObject(Object);
	return STATUS_SUCCESS;
}
EXPORT_SYMBOL(ObReferenceObjectByPointer);
