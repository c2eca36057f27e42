// SPDX-License-Identifier: GPL-2.0
/* ETW providers: their events are those of the tracepoint nt_etw. */
#include "../trace.h"
#include "../ke/irql.h"
#include <linux/xarray.h>

/* By registration handle. */
static DEFINE_XARRAY_FLAGS(providers, XA_FLAGS_ALLOC1 | XA_FLAGS_LOCK_IRQ);

/* What an event carries at most, as on Windows. */
#define DATA_MAX	(64 * 1024)

/**
 * EtwRegister - become a provider of events
 * @ProviderId: its GUID
 * @EnableCallback: would be told of sessions; there are none, only listeners to the
 *	tracepoint, so it is not called
 * @CallbackContext: for it
 * @RegHandle: receives the registration
 *
 * IRQL: PASSIVE_LEVEL. Returns STATUS_SUCCESS or STATUS_NO_MEMORY.
 */
NTSTATUS EtwRegister(LPCGUID ProviderId, PETWENABLECALLBACK EnableCallback, PVOID CallbackContext,
		     PREGHANDLE RegHandle)
{
	GUID *guid = kmemdup(ProviderId, sizeof(*ProviderId), GFP_KERNEL);
	u32 id;

	*RegHandle = 0;
	if (!guid)
		return STATUS_NO_MEMORY;
	if (xa_alloc_irq(&providers, &id, guid, xa_limit_31b, GFP_KERNEL)) {
		kfree(guid);
		return STATUS_NO_MEMORY;
	}
	*RegHandle = id;
	return STATUS_SUCCESS;
}
EXPORT_SYMBOL(EtwRegister);

/**
 * EtwUnregister - cease to be a provider
 * @RegHandle: the registration
 *
 * IRQL: PASSIVE_LEVEL. Returns STATUS_SUCCESS or STATUS_INVALID_HANDLE.
 */
NTSTATUS EtwUnregister(REGHANDLE RegHandle)
{
	GUID *guid = RegHandle <= U32_MAX ? xa_erase_irq(&providers, RegHandle) : NULL;

	kfree(guid);
	return guid ? STATUS_SUCCESS : STATUS_INVALID_HANDLE;
}
EXPORT_SYMBOL(EtwUnregister);

static bool get_guid(REGHANDLE handle, GUID *guid)
{
	unsigned long flags;
	GUID *found;

	xa_lock_irqsave(&providers, flags);
	found = handle <= U32_MAX ? xa_load(&providers, handle) : NULL;
	if (found)
		*guid = *found;
	xa_unlock_irqrestore(&providers, flags);
	return found;
}

/**
 * EtwProviderEnabled - does anybody listen?
 * @RegHandle: the registration
 * @Level: of the events that the caller has in mind; all are listened to
 * @Keyword: likewise
 *
 * IRQL: any.
 */
BOOLEAN EtwProviderEnabled(REGHANDLE RegHandle, UCHAR Level, ULONGLONG Keyword)
{
	GUID guid;

	return trace_nt_etw_enabled() && get_guid(RegHandle, &guid);
}
EXPORT_SYMBOL(EtwProviderEnabled);

/**
 * EtwEventEnabled - does anybody listen to an event?
 * @RegHandle: the registration
 * @EventDescriptor: the event
 *
 * IRQL: any.
 */
BOOLEAN EtwEventEnabled(REGHANDLE RegHandle, PCEVENT_DESCRIPTOR EventDescriptor)
{
	return EtwProviderEnabled(RegHandle, EventDescriptor->Level, EventDescriptor->Keyword);
}
EXPORT_SYMBOL(EtwEventEnabled);

static NTSTATUS total_of(const EVENT_DATA_DESCRIPTOR *data, ULONG count, u32 *total)
{
	ULONG i;

	*total = 0;
	for (i = 0; i < count; i++) {
		if (data[i].Size > DATA_MAX - *total)
			return STATUS_INTEGER_OVERFLOW;
		*total += data[i].Size;
	}
	return STATUS_SUCCESS;
}

static NTSTATUS trace(const GUID *guid, PCEVENT_DESCRIPTOR event, const EVENT_DATA_DESCRIPTOR *data,
		      ULONG count, u32 total)
{
	void *all = kmalloc(total, GFP_ATOMIC | __GFP_NOWARN);
	u32 at = 0;
	ULONG i;

	if (!all)
		return STATUS_NO_MEMORY;
	for (i = 0; i < count; at += data[i++].Size)
		memcpy(all + at, (const void *)(ULONG_PTR)data[i].Ptr, data[i].Size);
	trace_nt_etw(guid, event->Id, event->Level, event->Keyword, all, total);
	kfree(all);
	return STATUS_SUCCESS;
}

/**
 * EtwWrite - tell of an event
 * @RegHandle: the registration
 * @EventDescriptor: which event
 * @ActivityId: not kept
 * @UserDataCount: pieces of data
 * @UserData: where they are
 *
 * IRQL: any. Returns STATUS_SUCCESS, also when nobody listens, STATUS_INVALID_HANDLE,
 * STATUS_INTEGER_OVERFLOW for more than 64 KiB, or STATUS_NO_MEMORY. The tracepoint
 * keeps the first kilobyte.
 */
NTSTATUS EtwWrite(REGHANDLE RegHandle, PCEVENT_DESCRIPTOR EventDescriptor, LPCGUID ActivityId,
		  ULONG UserDataCount, PEVENT_DATA_DESCRIPTOR UserData)
{
	NTSTATUS status;
	GUID guid;
	u32 total;

	if (!get_guid(RegHandle, &guid))
		return STATUS_INVALID_HANDLE;
	status = total_of(UserData, UserDataCount, &total);
	if (!NT_SUCCESS(status) || !trace_nt_etw_enabled())
		return status;
	return trace(&guid, EventDescriptor, UserData, UserDataCount, total);
}
EXPORT_SYMBOL(EtwWrite);

/**
 * EtwWriteEx - tell of an event, with more about it
 * @RegHandle: the registration
 * @EventDescriptor: which event
 * @Filter: of sessions, which there are none of: not used
 * @Flags: 0
 * @ActivityId: not kept
 * @RelatedActivityId: not kept
 * @UserDataCount: pieces of data
 * @UserData: where they are
 *
 * IRQL: any. Returns as EtwWrite(), or STATUS_INVALID_PARAMETER.
 */
NTSTATUS EtwWriteEx(REGHANDLE RegHandle, PCEVENT_DESCRIPTOR EventDescriptor, ULONG64 Filter,
		    ULONG Flags, LPCGUID ActivityId, LPCGUID RelatedActivityId,
		    ULONG UserDataCount, PEVENT_DATA_DESCRIPTOR UserData)
{
	if (Flags)
		return STATUS_INVALID_PARAMETER;
	return EtwWrite(RegHandle, EventDescriptor, ActivityId, UserDataCount, UserData);
}
EXPORT_SYMBOL(EtwWriteEx);
