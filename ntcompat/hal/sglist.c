// SPDX-License-Identifier: GPL-2.0
/* Scatter/gather lists: an adapter channel and all its MapTransfers in one call. */
#include "dma.h"
#include "../gate.h"

/**
 * struct sg_request - from GetScatterGatherList to PutScatterGatherList
 * @object: the adapter
 * @mdl: the buffer
 * @va: where in it the transfer starts
 * @length: its bytes
 * @write: towards the device
 * @registers: how many were allocated
 * @base: the registers
 * @routine: the driver's AdapterListControl routine
 * @context: its last argument
 * @list: what the driver gets; its elements follow
 */
struct sg_request {
	PDMA_ADAPTER object;
	PMDL mdl;
	PVOID va;
	ULONG length;
	BOOLEAN write;
	ULONG registers;
	PVOID base;
	PDRIVER_LIST_CONTROL routine;
	PVOID context;
	SCATTER_GATHER_LIST list;
};

static void fill_list(struct sg_request *request)
{
	u8 *va = request->va;
	u32 left = request->length;

	while (left) {
		PSCATTER_GATHER_ELEMENT element =
			&request->list.Elements[request->list.NumberOfElements++];
		ULONG length = left;

		element->Address = nt_map_transfer(request->object, request->mdl, request->base, va,
						   &length, request->write);
		element->Length = length;
		if (!length)
			break;
		va += length;
		left -= length;
	}
}

static IO_ALLOCATION_ACTION control(PDEVICE_OBJECT device, PIRP irp, PVOID base, PVOID context)
{
	struct sg_request *request = context;

	request->base = base;
	fill_list(request);
	request->routine(device, irp, &request->list, request->context);
	return DeallocateObjectKeepRegisters;
}

/**
 * nt_get_sg_list - GetScatterGatherList
 * @object: the adapter
 * @device: the driver's device
 * @mdl: the buffer
 * @va: where in it the transfer starts
 * @length: its bytes
 * @routine: called with the list, at DISPATCH_LEVEL
 * @context: its last argument
 * @write: towards the device
 *
 * IRQL: DISPATCH_LEVEL. Returns STATUS_SUCCESS, STATUS_BUFFER_TOO_SMALL for an
 * MDL shorter than the transfer, or STATUS_INSUFFICIENT_RESOURCES.
 */
NTSTATUS nt_get_sg_list(PDMA_ADAPTER object, PDEVICE_OBJECT device, PMDL mdl, PVOID va, ULONG length,
			PDRIVER_LIST_CONTROL routine, PVOID context, BOOLEAN write)
{
	ULONG pages = ADDRESS_AND_SIZE_TO_SPAN_PAGES(va, length);
	ULONG offset = (u8 *)va - (u8 *)MmGetMdlVirtualAddress(mdl);
	struct sg_request *request;
	NTSTATUS status;

	if (offset > mdl->ByteCount || length > mdl->ByteCount - offset)
		return STATUS_BUFFER_TOO_SMALL;
	request = kzalloc(struct_size(request, list.Elements, pages), GFP_ATOMIC);
	if (!request)
		return STATUS_INSUFFICIENT_RESOURCES;
	request->object = object;
	request->mdl = mdl;
	request->va = va;
	request->length = length;
	request->write = write;
	request->registers = pages;
	request->routine = routine;
	request->context = context;
	status = nt_adapter_allocate_channel(object, device, pages, control, request);
	if (!NT_SUCCESS(status))
		kfree(request);
	return status;
}

/**
 * nt_put_sg_list - PutScatterGatherList: the device is done
 * @object: the adapter
 * @list: what the routine got
 * @write: towards the device
 *
 * IRQL: DISPATCH_LEVEL.
 */
void nt_put_sg_list(PDMA_ADAPTER object, PSCATTER_GATHER_LIST list, BOOLEAN write)
{
	struct sg_request *request = container_of(list, struct sg_request, list);

	nt_flush_buffers(object, request->mdl, request->base, request->va, request->length, write);
	nt_adapter_free_registers(object, request->base, request->registers);
	kfree(request);
}
