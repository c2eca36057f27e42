// SPDX-License-Identifier: GPL-2.0
/* Scatter/gather lists: an adapter channel and all its MapTransfers in one call. */
#include "dma.h"
#include "../gate.h"
#include "../mm/mdl.h"

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
 * @copy: an MDL over what the device sees, for the driver
 * @is_theirs: lies in the driver's memory
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
	PMDL copy;
	bool is_theirs;
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

static NTSTATUS start(struct sg_request *request, PDMA_ADAPTER object, PDEVICE_OBJECT device, PMDL mdl,
		      PVOID va, ULONG length, PDRIVER_LIST_CONTROL routine, PVOID context,
		      BOOLEAN write, bool is_theirs)
{
	*request = (struct sg_request){
		.object = object,
		.mdl = mdl,
		.va = va,
		.length = length,
		.write = write,
		.routine = routine,
		.context = context,
		.is_theirs = is_theirs,
		.wcb = {
			.DeviceRoutine = control,
			.DeviceContext = request,
			.NumberOfMapRegisters = ADDRESS_AND_SIZE_TO_SPAN_PAGES(va, length),
			.DeviceObject = device,
			.CurrentIrp = device->CurrentIrp,
		},
	};
	return nt_adapter_queue(nt_adapter(object), &request->wcb);
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
	ULONG bytes;
	void *buffer;
	NTSTATUS status = nt_calculate_sg_list(object, mdl, va, length, &bytes, NULL);

	if (!NT_SUCCESS(status))
		return status;
	buffer = kmalloc(bytes, GFP_ATOMIC);
	if (!buffer)
		return STATUS_INSUFFICIENT_RESOURCES;
	status = start(buffer, object, device, mdl, va, length, routine, context, write, false);
	if (!NT_SUCCESS(status))
		kfree(buffer);
	return status;
}

/**
 * nt_calculate_sg_list - CalculateScatterGatherList: how large a buffer for a list must be
 * @object: the adapter
 * @mdl: the buffer that is going to be transferred; or NULL
 * @va: where in it the transfer starts
 * @length: its bytes
 * @bytes: receives the size for BuildScatterGatherList, which has room for a page each
 * @registers: receives how many map registers it takes; or NULL
 *
 * IRQL: <= DISPATCH_LEVEL. Returns STATUS_SUCCESS, STATUS_BUFFER_TOO_SMALL for an MDL
 * shorter than the transfer, or STATUS_INSUFFICIENT_RESOURCES.
 */
NTSTATUS nt_calculate_sg_list(PDMA_ADAPTER object, PMDL mdl, PVOID va, ULONG length, PULONG bytes,
			      PULONG registers)
{
	ULONG pages = ADDRESS_AND_SIZE_TO_SPAN_PAGES(va, length);
	ULONG offset = mdl ? (u8 *)va - (u8 *)MmGetMdlVirtualAddress(mdl) : 0;

	if (mdl && (offset > mdl->ByteCount || length > mdl->ByteCount - offset))
		return STATUS_BUFFER_TOO_SMALL;
	if (pages > nt_adapter(object)->count)
		return STATUS_INSUFFICIENT_RESOURCES;
	*bytes = struct_size((struct sg_request *)NULL, list.Elements, pages);
	if (registers)
		*registers = pages;
	return STATUS_SUCCESS;
}

/**
 * nt_build_sg_list - BuildScatterGatherList: GetScatterGatherList in the driver's memory
 * @object: the adapter
 * @device: the driver's device
 * @mdl: the buffer
 * @va: where in it the transfer starts
 * @length: its bytes
 * @routine: called with the list, at DISPATCH_LEVEL
 * @context: its last argument
 * @write: towards the device
 * @buffer: for the list, until PutScatterGatherList; aligned to 8 bytes
 * @bytes: its size
 *
 * IRQL: DISPATCH_LEVEL. As nt_get_sg_list(); STATUS_BUFFER_TOO_SMALL for @buffer, too.
 */
NTSTATUS nt_build_sg_list(PDMA_ADAPTER object, PDEVICE_OBJECT device, PMDL mdl, PVOID va, ULONG length,
			  PDRIVER_LIST_CONTROL routine, PVOID context, BOOLEAN write, PVOID buffer,
			  ULONG bytes)
{
	ULONG needed;
	NTSTATUS status = nt_calculate_sg_list(object, mdl, va, length, &needed, NULL);

	if (!NT_SUCCESS(status))
		return status;
	if (bytes < needed)
		return STATUS_BUFFER_TOO_SMALL;
	return start(buffer, object, device, mdl, va, length, routine, context, write, true);
}

/* The page that the device sees: its own, or that of its register. */
static PFN_NUMBER seen_page(struct sg_request *request, unsigned int index, unsigned int first)
{
	struct nt_adapter *adapter = nt_adapter(request->object);
	struct nt_map_register *reg = (struct nt_map_register *)request->base + index;
	u8 *bounce = adapter->bounce + (reg - adapter->registers) * PAGE_SIZE;

	if (reg->bounced.from == reg->bounced.to)
		return MmGetMdlPfnArray(request->mdl)[first + index];
	return MmGetPhysicalAddress(bounce).QuadPart >> PAGE_SHIFT;
}

/**
 * nt_build_mdl_from_sg_list - BuildMdlFromScatterGatherList: what the device sees
 * @object: the adapter
 * @list: what the routine got
 * @original: the buffer
 * @target: receives an MDL over the pages of the list, which may be copies; it is
 *	freed with the list
 *
 * IRQL: <= DISPATCH_LEVEL. Returns STATUS_SUCCESS, STATUS_INVALID_PARAMETER without
 * @original, STATUS_NONE_MAPPED the second time, or STATUS_INSUFFICIENT_RESOURCES.
 */
NTSTATUS nt_build_mdl_from_sg_list(PDMA_ADAPTER object, PSCATTER_GATHER_LIST list, PMDL original,
				   PMDL *target)
{
	struct sg_request *request = container_of(list, struct sg_request, list);
	unsigned int i, first;
	PMDL mdl;

	if (!original)
		return STATUS_INVALID_PARAMETER;
	if (request->copy)
		return STATUS_NONE_MAPPED;
	mdl = IoAllocateMdl(request->va, request->length, FALSE, FALSE, NULL);
	if (!mdl)
		return STATUS_INSUFFICIENT_RESOURCES;
	first = ((u8 *)request->va - (u8 *)request->mdl->StartVa) >> PAGE_SHIFT;
	for (i = 0; i < nt_mdl_pages(mdl); i++)
		MmGetMdlPfnArray(mdl)[i] = seen_page(request, i, first);
	mdl->MdlFlags |= MDL_PARTIAL;
	request->copy = mdl;
	*target = mdl;
	return STATUS_SUCCESS;
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

	if (request->copy)
		IoFreeMdl(request->copy);
	nt_flush_buffers(object, request->mdl, request->base, request->va, request->length, write);
	nt_adapter_free_registers(object, request->base,
				  request->wcb.NumberOfMapRegisters);
	if (!request->is_theirs)
		kfree(request);
}
