// SPDX-License-Identifier: GPL-2.0
/* Scatter/gather lists of version 3: by offset, cancellable, also without a routine. */
#include "sglist.h"

/**
 * nt_get_transfer_info - GetDmaTransferInfo
 * @object: the adapter
 * @mdl: the first buffer of the chain
 * @offset: bytes from the start of the chain
 * @length: bytes
 * @write_only: towards the device
 * @info: of which version; receives the numbers
 *
 * IRQL: <= DISPATCH_LEVEL. The buffer for the list is large enough for every routine that
 * takes one. Returns STATUS_SUCCESS, STATUS_NOT_SUPPORTED for another version than 1 or 2,
 * STATUS_INVALID_PARAMETER for bytes that the chain does not have. What needs more registers
 * than the adapter has is no error: a driver may transfer it in several steps.
 */
NTSTATUS nt_get_transfer_info(PDMA_ADAPTER object, PMDL mdl, ULONGLONG offset, ULONG length,
			      BOOLEAN write_only, PDMA_TRANSFER_INFO info)
{
	struct nt_chain at;
	u32 registers;
	ULONG bytes;

	if (info->Version != DMA_TRANSFER_INFO_VERSION1 && info->Version != DMA_TRANSFER_INFO_VERSION2)
		return STATUS_NOT_SUPPORTED;
	if (!length || !nt_chain_begin(&at, mdl, offset, length))
		return STATUS_INVALID_PARAMETER;
	nt_sg_plan(nt_adapter(object), at, &registers, &bytes);
	info->V1.MapRegisterCount = registers;
	info->V1.ScatterGatherElementCount = nt_adapter(object)->scatter_gather ? registers : 1;
	info->V1.ScatterGatherListSize = bytes;
	if (info->Version == DMA_TRANSFER_INFO_VERSION2)
		info->V2.LogicalPageCount = registers;
	return STATUS_SUCCESS;
}

/* With the flag there may be a routine, or a place for the list, or both. */
static bool is_valid(struct nt_dma_context *context, ULONG flags, PDRIVER_LIST_CONTROL routine,
		     PSCATTER_GATHER_LIST *list)
{
	if (!context || (flags & ~DMA_SYNCHRONOUS_CALLBACK))
		return false;
	return routine || (list && (flags & DMA_SYNCHRONOUS_CALLBACK));
}

/* Nobody is called: the caller has the channel, the registers and the list. */
static NTSTATUS fill_now(PDMA_ADAPTER object, struct nt_sg_request *request, PVOID base)
{
	request->base = base;
	if (nt_sg_fill(request))
		return STATUS_SUCCESS;
	nt_adapter_free_object(object, DeallocateObject);
	return STATUS_INSUFFICIENT_RESOURCES;
}

/*
 * With a routine the request may be over, and its memory gone, on return from
 * nt_dma_context_request().
 */
static NTSTATUS run(PDMA_ADAPTER object, struct nt_dma_context *context,
		    struct nt_sg_request *request, ULONG flags, PSCATTER_GATHER_LIST *list)
{
	bool has_routine = request->routine;
	PVOID base;
	NTSTATUS status;

	request->holder = &context->wcb;
	if (list)
		*list = request->list;
	status = nt_dma_context_request(nt_adapter(object), context, &request->wcb, request, flags,
					&base);
	if (NT_SUCCESS(status) && !has_routine)
		status = fill_now(object, request, base);
	if (!NT_SUCCESS(status) && list)
		*list = NULL;
	return status;
}

/* For both routines. @buffer is the driver's, or NULL. */
static NTSTATUS make(PDMA_ADAPTER object, PDEVICE_OBJECT device, struct nt_dma_context *context,
		     struct nt_chain at, ULONG flags, PDRIVER_LIST_CONTROL routine, PVOID argument,
		     bool write, void *buffer, ULONG size, PSCATTER_GATHER_LIST *list)
{
	struct nt_adapter *adapter = nt_adapter(object);
	struct nt_sg_request *request;
	bool is_theirs = buffer;
	u32 registers;
	ULONG bytes;
	NTSTATUS status = nt_sg_plan(adapter, at, &registers, &bytes);

	if (!NT_SUCCESS(status))
		return status;
	if (is_theirs && size < bytes)
		return STATUS_BUFFER_TOO_SMALL;
	buffer = buffer ?: kmalloc(bytes, GFP_ATOMIC);
	if (!buffer)
		return STATUS_INSUFFICIENT_RESOURCES;
	request = nt_sg_request(buffer, adapter, at, registers, device, routine, argument, write);
	request->is_theirs = is_theirs;
	status = run(object, context, request, flags, list);
	if (!NT_SUCCESS(status))
		nt_sg_request_free(request);
	return status;
}

/**
 * nt_get_sg_list_ex - GetScatterGatherListEx
 * @object: the adapter
 * @device: the driver's device
 * @memory: the DMA transfer context
 * @mdl: the first buffer of the chain
 * @offset: bytes from the start of the chain
 * @length: bytes
 * @flags: DMA_SYNCHRONOUS_CALLBACK or 0
 * @routine: called with the list, at DISPATCH_LEVEL; may be missing with the flag. The
 *	channel is free when it returns, the registers when the list is put back.
 * @argument: its last argument
 * @write: towards the device
 * @completion: not used
 * @completion_context: not used
 * @list: receives the list; optional with a routine
 *
 * IRQL: <= DISPATCH_LEVEL. Returns STATUS_SUCCESS, STATUS_INVALID_PARAMETER,
 * STATUS_INSUFFICIENT_RESOURCES or STATUS_CANCELLED. PutScatterGatherList flushes and
 * frees; without a routine the driver calls FreeAdapterObject, too.
 */
NTSTATUS nt_get_sg_list_ex(PDMA_ADAPTER object, PDEVICE_OBJECT device, PVOID memory, PMDL mdl,
			   ULONGLONG offset, ULONG length, ULONG flags,
			   PDRIVER_LIST_CONTROL routine, PVOID argument, BOOLEAN write,
			   PDMA_COMPLETION_ROUTINE completion, PVOID completion_context,
			   PSCATTER_GATHER_LIST *list)
{
	struct nt_dma_context *context = nt_dma_context(object, memory);
	struct nt_chain at;

	if (!length || !is_valid(context, flags, routine, list) ||
	    !nt_chain_begin(&at, mdl, offset, length))
		return STATUS_INVALID_PARAMETER;
	return make(object, device, context, at, flags, routine, argument, write, NULL, 0, list);
}

/**
 * nt_build_sg_list_ex - BuildScatterGatherListEx
 * @object: the adapter
 * @device: the driver's device
 * @memory: the DMA transfer context
 * @mdl: the first buffer of the chain
 * @offset: bytes from the start of the chain
 * @length: bytes
 * @flags: DMA_SYNCHRONOUS_CALLBACK or 0
 * @routine: called with the list, at DISPATCH_LEVEL; may be missing with the flag
 * @argument: its last argument
 * @write: towards the device
 * @buffer: for the list, until PutScatterGatherList; aligned to 8 bytes
 * @size: of @buffer
 * @completion: not used
 * @completion_context: not used
 * @list: receives a pointer to the list, which is @buffer; optional with a routine
 *
 * IRQL: DISPATCH_LEVEL. As nt_get_sg_list_ex(), and STATUS_BUFFER_TOO_SMALL for @buffer.
 */
NTSTATUS nt_build_sg_list_ex(PDMA_ADAPTER object, PDEVICE_OBJECT device, PVOID memory, PMDL mdl,
			     ULONGLONG offset, ULONG length, ULONG flags,
			     PDRIVER_LIST_CONTROL routine, PVOID argument, BOOLEAN write,
			     PVOID buffer, ULONG size, PDMA_COMPLETION_ROUTINE completion,
			     PVOID completion_context, PVOID list)
{
	struct nt_dma_context *context = nt_dma_context(object, memory);
	struct nt_chain at;

	if (!length || !buffer || !is_valid(context, flags, routine, list) ||
	    !nt_chain_begin(&at, mdl, offset, length))
		return STATUS_INVALID_PARAMETER;
	return make(object, device, context, at, flags, routine, argument, write, buffer, size, list);
}
