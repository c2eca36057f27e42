// SPDX-License-Identifier: GPL-2.0
/* From a question about an instance to a WNODE for the driver, and back. */
#include "request.h"

/* Behind either header, on eight bytes. */
#define DATA_OFFSET	ALIGN(offsetof(WNODE_METHOD_ITEM, VariableData), 8)

static void fill_header(PWNODE_HEADER header, const GUID *guid, ULONG flags, ULONG size,
			struct nt_wmi_provider *provider)
{
	header->BufferSize = size;
	header->ProviderId = nt_wmi_number(provider);
	header->Guid = *guid;
	header->Flags = flags | WNODE_FLAG_STATIC_INSTANCE_NAMES;
}

static void fill(void *wnode, const struct nt_wmi_request *r, ULONG size,
		 struct nt_wmi_provider *provider)
{
	PWNODE_SINGLE_INSTANCE single = wnode;
	PWNODE_METHOD_ITEM item = wnode;

	if (r->minor == IRP_MN_EXECUTE_METHOD || r->minor == IRP_MN_CHANGE_SINGLE_ITEM) {
		fill_header(wnode, &r->guid, r->minor == IRP_MN_EXECUTE_METHOD ?
			    WNODE_FLAG_METHOD_ITEM : WNODE_FLAG_SINGLE_ITEM, size, provider);
		item->InstanceIndex = r->instance;
		item->MethodId = r->id;
		item->DataBlockOffset = DATA_OFFSET;
		item->SizeDataBlock = r->in_len;
	} else {
		fill_header(wnode, &r->guid, WNODE_FLAG_SINGLE_INSTANCE, size, provider);
		single->InstanceIndex = r->instance;
		single->DataBlockOffset = DATA_OFFSET;
		single->SizeDataBlock = r->in_len;
	}
	if (r->in_len)
		memcpy(wnode + DATA_OFFSET, r->in, r->in_len);
}

/* What a driver says of its answer may be anything. */
static NTSTATUS take_answer(struct nt_wmi_request *r, ULONG size, ULONG_PTR information)
{
	PWNODE_HEADER header = r->wnode;
	PWNODE_TOO_SMALL small = r->wnode;
	ULONG offset, length;

	if (header->Flags & WNODE_FLAG_TOO_SMALL) {
		r->returned = small->SizeNeeded > DATA_OFFSET ? small->SizeNeeded - DATA_OFFSET : 0;
		return STATUS_BUFFER_TOO_SMALL;
	}
	if (r->minor == IRP_MN_EXECUTE_METHOD) {
		offset = ((PWNODE_METHOD_ITEM)r->wnode)->DataBlockOffset;
		length = ((PWNODE_METHOD_ITEM)r->wnode)->SizeDataBlock;
	} else {
		offset = ((PWNODE_SINGLE_INSTANCE)r->wnode)->DataBlockOffset;
		length = ((PWNODE_SINGLE_INSTANCE)r->wnode)->SizeDataBlock;
	}
	if (offset > size || length > size - offset || information > size)
		return STATUS_INVALID_PARAMETER;
	r->data = r->wnode + offset;
	r->returned = length;
	return STATUS_SUCCESS;
}

/**
 * nt_wmi_request - ask a provider about an instance
 * @provider: held by the caller
 * @r: the question, and the answer
 *
 * PASSIVE_LEVEL. Returns the driver's status; STATUS_BUFFER_TOO_SMALL also when it answers
 * that with a WNODE_TOO_SMALL. The caller frees @wnode.
 */
NTSTATUS nt_wmi_request(struct nt_wmi_provider *provider, struct nt_wmi_request *r)
{
	ULONG_PTR information;
	NTSTATUS status;
	ULONG size;

	r->returned = 0;
	r->wnode = NULL;
	r->data = NULL;
	if (r->in_len > NT_WMI_MAX || r->out_len > NT_WMI_MAX)
		return STATUS_INVALID_PARAMETER;
	size = DATA_OFFSET + max(r->in_len, r->out_len);
	r->wnode = kzalloc(size, GFP_KERNEL);
	if (!r->wnode)
		return STATUS_INSUFFICIENT_RESOURCES;
	fill(r->wnode, r, size, provider);
	status = nt_wmi_send(provider, r->minor, &r->guid, r->wnode, size, &information);
	if (NT_SUCCESS(status) && (r->minor == IRP_MN_QUERY_SINGLE_INSTANCE ||
				   r->minor == IRP_MN_EXECUTE_METHOD))
		status = take_answer(r, size, information);
	return status;
}

/**
 * nt_wmi_query_all - ask a provider for all instances of a block
 * @provider: held by the caller
 * @guid: the block
 * @buffer: receives a WNODE_ALL_DATA or a WNODE_TOO_SMALL
 * @size: its bytes, at least those of the latter
 * @information: receives the bytes of the answer
 *
 * PASSIVE_LEVEL. Returns the driver's status.
 */
NTSTATUS nt_wmi_query_all(struct nt_wmi_provider *provider, const GUID *guid, void *buffer,
			  ULONG size, ULONG_PTR *information)
{
	GUID copy = *guid;

	memset(buffer, 0, size);
	fill_header(buffer, guid, WNODE_FLAG_ALL_DATA, size, provider);
	return nt_wmi_send(provider, IRP_MN_QUERY_ALL_DATA, &copy, buffer, size, information);
}
