// SPDX-License-Identifier: GPL-2.0
/* Events with handles, named or not. Those of user programs are in linux/eventfd.c. */
#include "event.h"
#include "../linux/eventfd.h"
#include "../ob/named.h"

struct nt_event *nt_event_alloc(EVENT_TYPE type, bool state)
{
	struct nt_event *e = kzalloc(sizeof(*e), GFP_KERNEL_ACCOUNT);

	if (!e)
		return NULL;
	nt_object_init(&e->ob, &nt_event_type);
	KeInitializeEvent(&e->event, type, state);
	nt_live_inc(NT_LIVE_EVENT);
	return e;
}

static void release(void *body)
{
	struct nt_event *e = nt_event(body);

	if (e->eventfd)
		nt_eventfd_forget(e);
	nt_live_dec(NT_LIVE_EVENT);
	kfree(e);
}

/* The last handle is closed: nobody finds it any more, as with any temporary object. */
static void close_event(void *body)
{
	nt_name_remove(&nt_event(body)->name);
}

static NTSTATUS path_of(void *body, PUNICODE_STRING path)
{
	return nt_name_of(&nt_event(body)->name, path);
}

struct _OBJECT_TYPE nt_event_type = {
	.name = "Event",
	.mapping = {
		.GenericRead = STANDARD_RIGHTS_READ | EVENT_QUERY_STATE,
		.GenericWrite = STANDARD_RIGHTS_WRITE | EVENT_MODIFY_STATE,
		.GenericExecute = READ_CONTROL | SYNCHRONIZE,
		.GenericAll = EVENT_ALL_ACCESS,
	},
	.release = release,
	.close = close_event,
	.from_file = nt_eventfd_from_file,
	.path_of = path_of,
};

static POBJECT_TYPE event_type_pointer = &nt_event_type;

POBJECT_TYPE *ExEventObjectType = &event_type_pointer;
EXPORT_SYMBOL(ExEventObjectType);

/* ---- Making and finding them ---- */

struct request {
	PUNICODE_STRING name;
	ACCESS_MASK access;
	ULONG attributes;
	EVENT_TYPE type;
	bool state;
};

static NTSTATUS open(const struct request *r, PHANDLE handle, PKEVENT *event)
{
	void *body = NULL;
	NTSTATUS status = nt_named_open(r->name, NT_NAME_EVENT, r->access, r->attributes, handle,
					&body);

	*event = body;
	return status;
}

static NTSTATUS create_new(const struct request *r, PHANDLE handle, PKEVENT *event)
{
	struct nt_event *e = nt_event_alloc(r->type, r->state);
	NTSTATUS status;

	if (!e)
		return STATUS_INSUFFICIENT_RESOURCES;
	status = nt_named_create(&e->ob, &e->name, NT_NAME_EVENT, r->name, r->access, r->attributes,
				 handle);
	*event = &e->event;
	nt_object_put(&e->ob);
	return status;
}

/* STATUS_OBJECT_NAME_EXISTS when there was one, which is opened. */
static NTSTATUS create_or_open(const struct request *r, PHANDLE handle, PKEVENT *event)
{
	NTSTATUS status;

	for (;;) {
		status = create_new(r, handle, event);
		if (status != STATUS_OBJECT_NAME_COLLISION)
			return status;
		status = open(r, handle, event);
		if (NT_SUCCESS(status))
			return STATUS_OBJECT_NAME_EXISTS;
		/* It may have gone away in between. */
		if (status != STATUS_OBJECT_NAME_NOT_FOUND)
			return status;
	}
}

static PKEVENT create_for_io(PUNICODE_STRING name, EVENT_TYPE type, PHANDLE handle)
{
	struct request r = {
		.name = name,
		.access = EVENT_ALL_ACCESS,
		.attributes = OBJ_KERNEL_HANDLE | OBJ_OPENIF,
		.type = type,
		.state = true,
	};
	PKEVENT event;

	*handle = NULL;
	return NT_SUCCESS(create_or_open(&r, handle, &event)) ? event : NULL;
}

/**
 * IoCreateNotificationEvent - make or open a named notification event
 * @EventName: its full name, such as \BaseNamedObjects\Ready
 * @EventHandle: receives a kernel handle, for ZwClose()
 *
 * IRQL: PASSIVE_LEVEL. A new one is signalled. The event lives as long as the
 * handle is open. Returns it, or NULL.
 */
PKEVENT IoCreateNotificationEvent(PUNICODE_STRING EventName, PHANDLE EventHandle)
{
	return create_for_io(EventName, NotificationEvent, EventHandle);
}
EXPORT_SYMBOL(IoCreateNotificationEvent);

/**
 * IoCreateSynchronizationEvent - make or open a named synchronization event
 * @EventName: its full name
 * @EventHandle: receives a kernel handle, for ZwClose()
 *
 * IRQL: PASSIVE_LEVEL. As IoCreateNotificationEvent().
 */
PKEVENT IoCreateSynchronizationEvent(PUNICODE_STRING EventName, PHANDLE EventHandle)
{
	return create_for_io(EventName, SynchronizationEvent, EventHandle);
}
EXPORT_SYMBOL(IoCreateSynchronizationEvent);

/**
 * ZwCreateEvent - make an event, or open the one of that name
 * @EventHandle: receives a kernel handle, for ZwClose()
 * @DesiredAccess: EVENT_ALL_ACCESS and the like
 * @ObjectAttributes: name and OBJ_x; or NULL. No root directory, no security
 *	descriptor
 * @EventType: NotificationEvent or SynchronizationEvent
 * @InitialState: of a new one
 *
 * IRQL: PASSIVE_LEVEL. Returns STATUS_SUCCESS; with OBJ_OPENIF also
 * STATUS_OBJECT_NAME_EXISTS, without it STATUS_OBJECT_NAME_COLLISION;
 * STATUS_INVALID_PARAMETER, STATUS_OBJECT_TYPE_MISMATCH and what a bad name gives.
 */
NTSTATUS ZwCreateEvent(PHANDLE EventHandle, ACCESS_MASK DesiredAccess,
		       POBJECT_ATTRIBUTES ObjectAttributes, EVENT_TYPE EventType,
		       BOOLEAN InitialState)
{
	struct request r = {
		.access = DesiredAccess,
		.type = EventType,
		.state = InitialState,
	};
	PKEVENT event;

	*EventHandle = NULL;
	if (EventType != NotificationEvent && EventType != SynchronizationEvent)
		return STATUS_INVALID_PARAMETER;
	if (ObjectAttributes) {
		if (ObjectAttributes->RootDirectory || ObjectAttributes->SecurityDescriptor)
			return STATUS_INVALID_PARAMETER;
		r.name = ObjectAttributes->ObjectName;
		r.attributes = ObjectAttributes->Attributes;
	}
	return r.attributes & OBJ_OPENIF && r.name ? create_or_open(&r, EventHandle, &event) :
						     create_new(&r, EventHandle, &event);
}
EXPORT_SYMBOL(ZwCreateEvent);

/**
 * ZwOpenEvent - open a named event
 * @EventHandle: receives a kernel handle, for ZwClose()
 * @DesiredAccess: EVENT_ALL_ACCESS and the like
 * @ObjectAttributes: its name
 *
 * IRQL: PASSIVE_LEVEL. Returns STATUS_SUCCESS, STATUS_INVALID_PARAMETER,
 * STATUS_OBJECT_NAME_NOT_FOUND or STATUS_OBJECT_TYPE_MISMATCH.
 */
NTSTATUS ZwOpenEvent(PHANDLE EventHandle, ACCESS_MASK DesiredAccess,
		     POBJECT_ATTRIBUTES ObjectAttributes)
{
	struct request r = { .access = DesiredAccess };
	PKEVENT event;

	*EventHandle = NULL;
	if (!ObjectAttributes || !ObjectAttributes->ObjectName || ObjectAttributes->RootDirectory)
		return STATUS_INVALID_PARAMETER;
	r.name = ObjectAttributes->ObjectName;
	r.attributes = ObjectAttributes->Attributes;
	return open(&r, EventHandle, &event);
}
EXPORT_SYMBOL(ZwOpenEvent);

/* ---- By handle ---- */

/* Zw routines are the kernel's own calls: access is the caller's business. */
static NTSTATUS reference(HANDLE handle, PKEVENT *event)
{
	void *body;
	NTSTATUS status = ObReferenceObjectByHandle(handle, EVENT_MODIFY_STATE, &nt_event_type,
						    KernelMode, &body, NULL);

	*event = body;
	return status;
}

/**
 * ZwSetEvent - signal the event that a handle stands for
 * @EventHandle: its handle
 * @PreviousState: receives what KeSetEvent() returns; or NULL
 *
 * IRQL: PASSIVE_LEVEL. Returns what ObReferenceObjectByHandle() does.
 */
NTSTATUS ZwSetEvent(HANDLE EventHandle, PLONG PreviousState)
{
	PKEVENT event;
	NTSTATUS status = reference(EventHandle, &event);
	LONG previous;

	if (!NT_SUCCESS(status))
		return status;
	previous = KeSetEvent(event, IO_NO_INCREMENT, FALSE);
	if (PreviousState)
		*PreviousState = previous;
	ObfDereferenceObject(event);
	return status;
}
EXPORT_SYMBOL(ZwSetEvent);

/**
 * ZwClearEvent - make the event that a handle stands for not signalled
 * @EventHandle: its handle
 *
 * IRQL: PASSIVE_LEVEL. Returns what ObReferenceObjectByHandle() does.
 */
NTSTATUS ZwClearEvent(HANDLE EventHandle)
{
	PKEVENT event;
	NTSTATUS status = reference(EventHandle, &event);

	if (!NT_SUCCESS(status))
		return status;
	KeClearEvent(event);
	ObfDereferenceObject(event);
	return status;
}
EXPORT_SYMBOL(ZwClearEvent);
