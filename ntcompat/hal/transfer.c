// SPDX-License-Identifier: GPL-2.0
/* Whole transfers, through chains of MDLs: MapTransferEx and FlushAdapterBuffersEx. */
#include "dma.h"

/**
 * nt_map_chain - map as much of a transfer as goes
 * @adapter: the adapter
 * @base: the registers that belong to the transfer
 * @at: the transfer
 * @write: towards the device
 * @list: receives an element for each run
 * @room: for how many it has room
 *
 * IRQL: <= DISPATCH_LEVEL. Returns how many bytes were mapped: fewer than all when the
 * registers or the list are at their end, or for a device without scatter/gather, which
 * can be told one run only, where a buffer ends.
 */
u32 nt_map_chain(struct nt_adapter *adapter, struct nt_map_register *base, struct nt_chain at,
		 bool write, PSCATTER_GATHER_LIST list, u32 room)
{
	u32 all = at.left;

	list->NumberOfElements = 0;
	if (!adapter->scatter_gather)
		room = min(room, 1U);
	while (at.left && list->NumberOfElements < room) {
		PSCATTER_GATHER_ELEMENT element = &list->Elements[list->NumberOfElements];

		element->Length = nt_map_part(adapter, base, at.mdl, at.offset, nt_chain_part(&at),
					      write, &element->Address);
		if (!element->Length)
			break;
		element->Reserved = 0;
		list->NumberOfElements++;
		nt_chain_advance(&at, element->Length);
	}
	return all - at.left;
}

/* The device is done with a transfer, or a part of it. IRQL: <= DISPATCH_LEVEL. */
void nt_flush_chain(struct nt_adapter *adapter, struct nt_map_register *base, struct nt_chain at)
{
	while (at.left) {
		u32 bytes = nt_chain_part(&at);

		nt_flush_part(adapter, base, at.mdl, at.offset, bytes);
		nt_chain_advance(&at, bytes);
	}
}

/**
 * nt_map_transfer_ex - MapTransferEx
 * @object: the adapter
 * @mdl: the first buffer of the chain
 * @map_registers: what the AdapterControl routine got
 * @offset: bytes from the start of the chain
 * @device_offset: system DMA's
 * @length: bytes; receives how many were mapped
 * @write: towards the device
 * @list: receives the runs for the device
 * @list_bytes: its size
 * @routine: system DMA's; a bus master tells its end by an interrupt
 * @context: the same
 *
 * IRQL: <= DISPATCH_LEVEL. Returns STATUS_SUCCESS also when a part only was mapped,
 * STATUS_INVALID_PARAMETER, STATUS_CANCELLED after CancelMappedTransfer, or
 * STATUS_INSUFFICIENT_RESOURCES when no register was left.
 */
NTSTATUS nt_map_transfer_ex(PDMA_ADAPTER object, PMDL mdl, PVOID map_registers, ULONGLONG offset,
			    ULONG device_offset, PULONG length, BOOLEAN write,
			    PSCATTER_GATHER_LIST list, ULONG list_bytes,
			    PDMA_COMPLETION_ROUTINE routine, PVOID context)
{
	struct nt_map_register *base = map_registers;
	struct nt_chain at;
	ULONG mapped;

	if (!list || list_bytes < struct_size(list, Elements, 1) || routine ||
	    !nt_chain_begin(&at, mdl, offset, *length))
		return STATUS_INVALID_PARAMETER;
	if (READ_ONCE(base->cancelled))
		return STATUS_CANCELLED;
	list->Reserved = 0;
	mapped = nt_map_chain(nt_adapter(object), base, at, write, list,
			      (list_bytes - sizeof(*list)) / sizeof(list->Elements[0]));
	if (*length && !mapped)
		return STATUS_INSUFFICIENT_RESOURCES;
	*length = mapped;
	return STATUS_SUCCESS;
}

/**
 * nt_flush_buffers_ex - FlushAdapterBuffersEx
 * @object: the adapter
 * @mdl: the first buffer of the chain
 * @map_registers: what the AdapterControl routine got
 * @offset: bytes from the start of the chain
 * @length: bytes
 * @write: towards the device
 *
 * IRQL: <= DISPATCH_LEVEL. Returns STATUS_SUCCESS or STATUS_INVALID_PARAMETER.
 */
NTSTATUS nt_flush_buffers_ex(PDMA_ADAPTER object, PMDL mdl, PVOID map_registers, ULONGLONG offset,
			     ULONG length, BOOLEAN write)
{
	struct nt_chain at;

	if (!nt_chain_begin(&at, mdl, offset, length))
		return STATUS_INVALID_PARAMETER;
	nt_flush_chain(nt_adapter(object), map_registers, at);
	return STATUS_SUCCESS;
}
