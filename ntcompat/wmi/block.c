// SPDX-License-Identifier: GPL-2.0
/* Data blocks that drivers ask others for. */
#include "request.h"
#include "../ob/object.h"

/**
 * struct block - an open data block
 * @ob: its count
 * @guid: which; what drivers have the address of
 */
struct block {
	struct nt_object ob;
	GUID guid;
};
NT_ASSERT_BODY(struct block, ob, guid);

static void release(void *body)
{
	kfree(container_of(body, struct block, guid));
}

struct _OBJECT_TYPE nt_wmi_block_type = {
	.name = "WmiGuid",
	.mapping = {
		.GenericRead = WMIGUID_QUERY,
		.GenericWrite = WMIGUID_SET,
		.GenericExecute = WMIGUID_EXECUTE,
		.GenericAll = STANDARD_RIGHTS_REQUIRED | 0xfff,
	},
	.release = release,
};

/**
 * IoWMIOpenBlock - open a data block
 * @DataBlockGuid: which; nobody need provide it yet
 * @DesiredAccess: WMIGUID_QUERY and the like; not checked
 * @DataBlockObject: receives the object, for ObDereferenceObject()
 *
 * IRQL: PASSIVE_LEVEL. Returns STATUS_SUCCESS, or STATUS_INSUFFICIENT_RESOURCES. Notification
 * of events is not offered: STATUS_NOT_SUPPORTED for WMIGUID_NOTIFICATION.
 */
NTSTATUS IoWMIOpenBlock(LPCGUID DataBlockGuid, ULONG DesiredAccess, PVOID *DataBlockObject)
{
	struct block *block;

	*DataBlockObject = NULL;
	if (DesiredAccess & WMIGUID_NOTIFICATION)
		return STATUS_NOT_SUPPORTED;
	block = kzalloc(sizeof(*block), GFP_KERNEL);
	if (!block)
		return STATUS_INSUFFICIENT_RESOURCES;
	nt_object_init(&block->ob, &nt_wmi_block_type);
	block->guid = *DataBlockGuid;
	*DataBlockObject = &block->guid;
	return STATUS_SUCCESS;
}
EXPORT_SYMBOL(IoWMIOpenBlock);

/**
 * IoWMIQueryAllData - all instances of a data block
 * @DataBlockObject: from IoWMIOpenBlock()
 * @InOutBufferSize: bytes of @OutBuffer; receives how many the answer has, or needs
 * @OutBuffer: nonpaged; receives a WNODE_ALL_DATA; NULL asks for the size only
 *
 * IRQL: PASSIVE_LEVEL. Of the first provider that has the block; Windows links those of
 * all. Returns STATUS_SUCCESS, STATUS_BUFFER_TOO_SMALL, STATUS_WMI_GUID_NOT_FOUND when
 * nobody has it, or the driver's status.
 */
NTSTATUS IoWMIQueryAllData(PVOID DataBlockObject, PULONG InOutBufferSize, PVOID OutBuffer)
{
	ULONG room = OutBuffer ? *InOutBufferSize : 0, size = clamp_t(ULONG, room, 256, NT_WMI_MAX);
	struct nt_wmi_provider *provider;
	PWNODE_TOO_SMALL answer;
	ULONG_PTR information;
	NTSTATUS status;

	nt_wmi_settle();
	provider = nt_wmi_find(DataBlockObject, 0);
	if (!provider)
		return STATUS_WMI_GUID_NOT_FOUND;
	status = STATUS_INSUFFICIENT_RESOURCES;
	/* Room for the driver to say how much it needs, however little the caller has. */
	answer = kmalloc(size, GFP_KERNEL);
	if (answer)
		status = nt_wmi_query_all(provider, DataBlockObject, answer, size, &information);
	nt_wmi_put(provider);
	if (NT_SUCCESS(status)) {
		if (answer->WnodeHeader.Flags & WNODE_FLAG_TOO_SMALL)
			information = answer->SizeNeeded;
		*InOutBufferSize = information;
		if (information > room)
			status = STATUS_BUFFER_TOO_SMALL;
		else
			memcpy(OutBuffer, answer, information);
	}
	kfree(answer);
	return status;
}
EXPORT_SYMBOL(IoWMIQueryAllData);
