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
 * @wcb: its place in the line for the channel: a device may have several lists
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
	WAIT_CONTEXT_BLOCK wcb;
	PVOID base;
	PDRIVER_LIST_CONTROL routine;
	PVOID context;
	SCATTER_GATHER_LIST list;
};

/* False when a part could not be mapped, which no list of the driver's can tell. */
static bool fill_list(struct sg_request *request)
{
	u8 *va = request->va;
	u32 left = request->length;

	while (left) {
		PSCATTER_GATHER_ELEMENT element =
			&request->list.Elements[request->list.NumberOfElements];
		ULONG length = left;

		element->Address = nt_map_transfer(request->object, request->mdl, request->base, va,
						   &length, request->write);
		if (!length)
			return false;
		element->Length = length;
		request->list.NumberOfElements++;
		va += length;
		left -= length;
	}
	return true;
}

/* The driver may be done with the request before its routine has returned. */
static IO_ALLOCATION_ACTION control(PDEVICE_OBJECT device, PIRP irp, PVOID base, PVOID context)
{
	struct sg_request *request = context;

	request->base = base;
	/* Registers were allocated for every page, so this is a bug of ours or a wild MDL. */
	if (WARN(!fill_list(request), "a scatter/gather list is left empty: nothing to map with\n"))
		request->list.NumberOfElements = 0;
	nt_call_list_control(request->routine, device, irp, &request->list, request->context);
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
	request->routine = routine;
	request->context = context;
	request->wcb = (WAIT_CONTEXT_BLOCK){
		.DeviceRoutine = control,
		.DeviceContext = request,
		.NumberOfMapRegisters = pages,
		.DeviceObject = device,
		.CurrentIrp = device->CurrentIrp,
	};
	status = nt_adapter_queue(nt_adapter(object), &request->wcb);
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
	nt_adapter_free_registers(object, request->base,
				  request->wcb.NumberOfMapRegisters);
	kfree(request);
}
