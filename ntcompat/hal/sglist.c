// SPDX-License-Identifier: GPL-2.0
/* Scatter/gather lists: an adapter channel and all its MapTransfers in one call. */
#include "sglist.h"
#include "../gate.h"
#include "../mm/mdl.h"

static ULONG list_bytes(u32 elements)
{
	return struct_size_t(SCATTER_GATHER_LIST, Elements, elements);
}

/**
 * nt_sg_plan - what a list takes
 * @adapter: the adapter
 * @at: the transfer
 * @registers: receives the number of map registers, and of elements at most
 * @bytes: receives the size of a buffer for it
 *
 * Returns STATUS_SUCCESS, or STATUS_INSUFFICIENT_RESOURCES when the adapter has not so many
 * registers, or is for a device that cannot be told of more than one buffer.
 */
NTSTATUS nt_sg_plan(struct nt_adapter *adapter, struct nt_chain at, u32 *registers, ULONG *bytes)
{
	*registers = nt_chain_registers(at);
	*bytes = list_bytes(*registers) + sizeof(struct nt_sg_request);
	if (*registers > adapter->count || (!adapter->scatter_gather && nt_chain_part(&at) < at.left))
		return STATUS_INSUFFICIENT_RESOURCES;
	return STATUS_SUCCESS;
}

/* False when a part could not be mapped, which no list of the driver's can tell. */
bool nt_sg_fill(struct nt_sg_request *request)
{
	return nt_map_chain(request->adapter, request->base, request->at, request->write,
			    request->list, request->wcb.NumberOfMapRegisters) == request->at.left;
}

/* The driver may be done with the request before its routine has returned. */
static IO_ALLOCATION_ACTION control(PDEVICE_OBJECT device, PIRP irp, PVOID base, PVOID context)
{
	struct nt_sg_request *request = context;

	request->base = base;
	/* Registers were allocated for every page, so this is a bug of ours or a wild MDL. */
	if (WARN(!nt_sg_fill(request), "a scatter/gather list is left empty: nothing to map with\n"))
		request->list->NumberOfElements = 0;
	nt_call_list_control(request->routine, device, irp, request->list, request->context);
	return DeallocateObjectKeepRegisters;
}

/**
 * nt_sg_request - a list that is to be made
 * @buffer: as large as nt_sg_plan() told
 * @adapter: the adapter
 * @at: the transfer
 * @registers: as nt_sg_plan() told
 * @device: the driver's device
 * @routine: the driver's routine, or NULL
 * @context: its last argument
 * @write: towards the device
 */
struct nt_sg_request *nt_sg_request(void *buffer, struct nt_adapter *adapter, struct nt_chain at,
				    u32 registers, PDEVICE_OBJECT device,
				    PDRIVER_LIST_CONTROL routine, PVOID context, bool write)
{
	struct nt_sg_request *request = buffer + list_bytes(registers);

	*request = (struct nt_sg_request){
		.adapter = adapter,
		.at = at,
		.write = write,
		.routine = routine,
		.context = context,
		.list = buffer,
		.holder = &request->wcb,
		.wcb = {
			.DeviceRoutine = routine ? control : NULL,
			.DeviceContext = request,
			.NumberOfMapRegisters = registers,
			.DeviceObject = device,
			.CurrentIrp = device->CurrentIrp,
		},
	};
	request->list->Reserved = (ULONG_PTR)request;
	return request;
}

/* @va is an address in the first of the buffers, as its MDL knows it, or behind it. */
static NTSTATUS plan(struct nt_adapter *adapter, PMDL mdl, PVOID va, ULONG length,
		     struct nt_chain *at, u32 *registers, ULONG *bytes)
{
	if (!nt_chain_begin(at, mdl, (u8 *)va - (u8 *)MmGetMdlVirtualAddress(mdl), length))
		return STATUS_BUFFER_TOO_SMALL;
	return nt_sg_plan(adapter, *at, registers, bytes);
}

/**
 * nt_get_sg_list - GetScatterGatherList
 * @object: the adapter
 * @device: the driver's device
 * @mdl: the first buffer of the chain
 * @va: where in it the transfer starts
 * @length: its bytes
 * @routine: called with the list, at DISPATCH_LEVEL
 * @context: its last argument
 * @write: towards the device
 *
 * IRQL: DISPATCH_LEVEL. Returns STATUS_SUCCESS, STATUS_BUFFER_TOO_SMALL for
 * MDLs shorter than the transfer, or STATUS_INSUFFICIENT_RESOURCES.
 */
NTSTATUS nt_get_sg_list(PDMA_ADAPTER object, PDEVICE_OBJECT device, PMDL mdl, PVOID va, ULONG length,
			PDRIVER_LIST_CONTROL routine, PVOID context, BOOLEAN write)
{
	struct nt_adapter *adapter = nt_adapter(object);
	struct nt_sg_request *request;
	struct nt_chain at;
	u32 registers;
	void *buffer;
	ULONG bytes;
	NTSTATUS status = plan(adapter, mdl, va, length, &at, &registers, &bytes);

	if (!NT_SUCCESS(status))
		return status;
	buffer = kmalloc(bytes, GFP_ATOMIC);
	if (!buffer)
		return STATUS_INSUFFICIENT_RESOURCES;
	request = nt_sg_request(buffer, adapter, at, registers, device, routine, context, write);
	return nt_adapter_queue(adapter, &request->wcb);
}

/**
 * nt_calculate_sg_list - CalculateScatterGatherList: how large a buffer for a list must be
 * @object: the adapter
 * @mdl: the first buffer of the chain that is going to be transferred; or NULL
 * @va: where in it the transfer starts
 * @length: its bytes
 * @bytes: receives the size for BuildScatterGatherList, which has room for a page each
 * @registers: receives how many map registers it takes; or NULL
 *
 * IRQL: <= DISPATCH_LEVEL. Returns STATUS_SUCCESS, STATUS_BUFFER_TOO_SMALL for
 * MDLs shorter than the transfer, or STATUS_INSUFFICIENT_RESOURCES.
 */
NTSTATUS nt_calculate_sg_list(PDMA_ADAPTER object, PMDL mdl, PVOID va, ULONG length, PULONG bytes,
			      PULONG registers)
{
	struct nt_chain at;
	NTSTATUS status;
	u32 needed;
	MDL any;

	/* Without an MDL it is about any buffer at that address. */
	if (!mdl) {
		MmInitializeMdl(&any, va, length);
		mdl = &any;
	}
	status = plan(nt_adapter(object), mdl, va, length, &at, &needed, bytes);
	if (NT_SUCCESS(status) && registers)
		*registers = needed;
	return status;
}

/**
 * nt_build_sg_list - BuildScatterGatherList: GetScatterGatherList in the driver's memory
 * @object: the adapter
 * @device: the driver's device
 * @mdl: the first buffer of the chain
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
	struct nt_adapter *adapter = nt_adapter(object);
	struct nt_sg_request *request;
	struct nt_chain at;
	u32 registers;
	ULONG needed;
	NTSTATUS status = plan(adapter, mdl, va, length, &at, &registers, &needed);

	if (!NT_SUCCESS(status))
		return status;
	if (bytes < needed)
		return STATUS_BUFFER_TOO_SMALL;
	request = nt_sg_request(buffer, adapter, at, registers, device, routine, context, write);
	request->is_theirs = true;
	return nt_adapter_queue(adapter, &request->wcb);
}

/* The page that the device sees: its own, or that of its register. */
static PFN_NUMBER seen_page(struct nt_sg_request *request, unsigned int index, PFN_NUMBER own)
{
	struct nt_map_register *reg = request->base + index;
	u8 *bounce = request->adapter->bounce + (reg - request->adapter->registers) * PAGE_SIZE;

	if (reg->bounced.from == reg->bounced.to)
		return own;
	return MmGetPhysicalAddress(bounce).QuadPart >> PAGE_SHIFT;
}

/* An MDL over what the device sees of one buffer, whose registers begin at @index. */
static PMDL copy_part(struct nt_sg_request *request, const struct nt_chain *at, unsigned int index)
{
	u8 *va = (u8 *)MmGetMdlVirtualAddress(at->mdl) + at->offset;
	PMDL mdl = IoAllocateMdl(va, nt_chain_part(at), FALSE, FALSE, NULL);
	unsigned int i, first = (va - (u8 *)at->mdl->StartVa) >> PAGE_SHIFT;

	if (!mdl)
		return NULL;
	for (i = 0; i < nt_mdl_pages(mdl); i++)
		MmGetMdlPfnArray(mdl)[i] = seen_page(request, index + i,
						     MmGetMdlPfnArray(at->mdl)[first + i]);
	mdl->MdlFlags |= MDL_PARTIAL;
	return mdl;
}

static void free_copy(struct nt_sg_request *request)
{
	PMDL mdl;

	while ((mdl = request->copy)) {
		request->copy = mdl->Next;
		IoFreeMdl(mdl);
	}
}

/**
 * nt_build_mdl_from_sg_list - BuildMdlFromScatterGatherList: what the device sees
 * @object: the adapter
 * @list: what the routine got
 * @original: the buffer
 * @target: receives an MDL, or a chain of such, over the pages of the list, which may be
 *	copies; freed with the list
 *
 * IRQL: <= DISPATCH_LEVEL. Returns STATUS_SUCCESS, STATUS_INVALID_PARAMETER without
 * @original, STATUS_NONE_MAPPED the second time, or STATUS_INSUFFICIENT_RESOURCES.
 */
NTSTATUS nt_build_mdl_from_sg_list(PDMA_ADAPTER object, PSCATTER_GATHER_LIST list, PMDL original,
				   PMDL *target)
{
	struct nt_sg_request *request = (void *)list->Reserved;
	struct nt_chain at = request->at;
	PMDL *link = &request->copy;
	unsigned int index = 0;

	if (!original)
		return STATUS_INVALID_PARAMETER;
	if (request->copy)
		return STATUS_NONE_MAPPED;
	while (at.left) {
		*link = copy_part(request, &at, index);
		if (!*link) {
			free_copy(request);
			return STATUS_INSUFFICIENT_RESOURCES;
		}
		index += nt_mdl_pages(*link);
		nt_chain_advance(&at, (*link)->ByteCount);
		link = &(*link)->Next;
	}
	*target = request->copy;
	return STATUS_SUCCESS;
}

/* Drop a list that nothing was mapped for, or no more is. */
void nt_sg_request_free(struct nt_sg_request *request)
{
	if (request && !request->is_theirs)
		kfree(request->list);
}

/**
 * nt_put_sg_list - PutScatterGatherList: the device is done
 * @object: the adapter
 * @list: what the routine got
 * @write: towards the device
 *
 * IRQL: DISPATCH_LEVEL. What FreeAdapterObject has taken away already is left alone.
 */
void nt_put_sg_list(PDMA_ADAPTER object, PSCATTER_GATHER_LIST list, BOOLEAN write)
{
	struct nt_sg_request *request = (void *)list->Reserved;

	if (WARN(!request->base, "PutScatterGatherList of a list that still waits for registers\n"))
		return;
	free_copy(request);
	if (request->base->owned && request->base->holder == request->holder) {
		nt_flush_chain(request->adapter, request->base, request->at);
		nt_adapter_free_registers(object, request->base, request->wcb.NumberOfMapRegisters);
	}
	nt_sg_request_free(request);
}
