// SPDX-License-Identifier: GPL-2.0
/* Waiting for what a handle stands for. */
#include "object.h"

/* What of it can be waited for; NULL when nothing can. */
static void *dispatcher_object(void *body)
{
	POBJECT_TYPE type = nt_object(body)->type;

	if (type == &nt_file_type)
		return &((PFILE_OBJECT)body)->Event;
	if (type == &nt_event_type || type == &nt_thread_type || type == &nt_process_type)
		return body;
	return NULL;
}

/**
 * ZwWaitForSingleObject - wait for the object of a handle
 * @Handle: of an event, a thread or process, or a file: that is signalled at the end
 *	of a request on it
 * @Alertable: end the wait for an alert or an APC
 * @Timeout: in 100 ns, relative when negative; NULL: no limit
 *
 * IRQL: PASSIVE_LEVEL. Returns what KeWaitForSingleObject() does, or STATUS_INVALID_HANDLE,
 * or STATUS_OBJECT_TYPE_MISMATCH for an object that is never signalled.
 */
NTSTATUS ZwWaitForSingleObject(HANDLE Handle, BOOLEAN Alertable, PLARGE_INTEGER Timeout)
{
	NTSTATUS status;
	void *body, *object;

	status = ObReferenceObjectByHandle(Handle, SYNCHRONIZE, NULL, KernelMode, &body, NULL);
	if (!NT_SUCCESS(status))
		return status;
	object = dispatcher_object(body);
	status = object ? KeWaitForSingleObject(object, UserRequest, KernelMode, Alertable, Timeout) :
			  STATUS_OBJECT_TYPE_MISMATCH;
	ObfDereferenceObject(body);
	return status;
}
EXPORT_SYMBOL(ZwWaitForSingleObject);
