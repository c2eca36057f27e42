// SPDX-License-Identifier: GPL-2.0
/* Events of WMI providers: the tracepoint nt_wmi_event. */
#include "../trace.h"
#include "provider.h"

/**
 * IoWMIWriteEvent - tell of an event
 * @WnodeEventItem: nonpaged pool with a WNODE_HEADER, of BufferSize bytes; freed by us
 *	when the routine succeeds
 *
 * IRQL: <= DISPATCH_LEVEL. The event goes to the tracepoint, whoever listens. One with
 * WNODE_FLAG_TRACED_GUID stays the caller's. Returns STATUS_SUCCESS,
 * STATUS_INVALID_PARAMETER for a size that cannot be, or STATUS_BUFFER_OVERFLOW for
 * more than 64 KiB.
 */
NTSTATUS IoWMIWriteEvent(PVOID WnodeEventItem)
{
	PWNODE_HEADER header = WnodeEventItem;

	if (header->BufferSize < sizeof(*header))
		return STATUS_INVALID_PARAMETER;
	if (header->BufferSize > NT_WMI_MAX)
		return STATUS_BUFFER_OVERFLOW;
	trace_nt_wmi_event(&header->Guid, header->ProviderId, header + 1,
			   header->BufferSize - sizeof(*header));
	if (!(header->Flags & WNODE_FLAG_TRACED_GUID))
		ExFreePool(WnodeEventItem);
	return STATUS_SUCCESS;
}
EXPORT_SYMBOL(IoWMIWriteEvent);
