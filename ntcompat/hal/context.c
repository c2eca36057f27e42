// SPDX-License-Identifier: GPL-2.0
/*
 * DMA transfer contexts: the driver's memory for a request for the channel, by which
 * the request can be cancelled. After a cancellation, which may come before the request,
 * the context grants nothing until it is initialized again.
 */
#include "dma.h"

/**
 * nt_initialize_dma_context - InitializeDmaTransferContext
 * @object: the adapter
 * @memory: DMA_TRANSFER_CONTEXT_SIZE_V1 bytes
 *
 * IRQL: <= DISPATCH_LEVEL. Returns STATUS_SUCCESS or STATUS_INVALID_PARAMETER.
 */
NTSTATUS nt_initialize_dma_context(PDMA_ADAPTER object, PVOID memory)
{
	struct nt_dma_context *context = memory;

	BUILD_BUG_ON(sizeof(*context) > DMA_TRANSFER_CONTEXT_SIZE_V1);
	if (!context)
		return STATUS_INVALID_PARAMETER;
	*context = (struct nt_dma_context){ .adapter = nt_adapter(object) };
	return STATUS_SUCCESS;
}

/* NULL for what was not initialized for this adapter. */
struct nt_dma_context *nt_dma_context(PDMA_ADAPTER object, PVOID memory)
{
	struct nt_dma_context *context = memory;

	return context && context->adapter == nt_adapter(object) ? context : NULL;
}

/**
 * nt_dma_context_request - ask for the channel, now or in line
 * @adapter: the adapter
 * @context: by what the request is known
 * @wcb: the request
 * @list: the scatter/gather list that waits with it, or NULL
 * @flags: DMA_SYNCHRONOUS_CALLBACK or 0
 * @base: receives the registers of a request without a routine
 *
 * IRQL: <= DISPATCH_LEVEL. Returns as nt_adapter_take_now() or nt_adapter_queue_context().
 */
NTSTATUS nt_dma_context_request(struct nt_adapter *adapter, struct nt_dma_context *context,
				const WAIT_CONTEXT_BLOCK *wcb, struct nt_sg_request *list,
				ULONG flags, PVOID *base)
{
	KIRQL irql = KeRaiseIrqlToDpcLevel();
	NTSTATUS status;

	if (flags & DMA_SYNCHRONOUS_CALLBACK)
		status = nt_adapter_take_now(adapter, context, wcb, base);
	else
		status = nt_adapter_queue_context(adapter, context, wcb, list);
	KeLowerIrql(irql);
	return status;
}

/**
 * nt_allocate_channel_ex - AllocateAdapterChannelEx
 * @object: the adapter
 * @device: the driver's device
 * @memory: the DMA transfer context
 * @registers: map registers that it needs
 * @flags: DMA_SYNCHRONOUS_CALLBACK or 0
 * @routine: its AdapterControl routine; may be missing with the flag
 * @argument: the routine's last argument
 * @base: receives the registers; only with the flag
 *
 * IRQL: DISPATCH_LEVEL. Returns STATUS_SUCCESS, STATUS_INVALID_PARAMETER,
 * STATUS_INSUFFICIENT_RESOURCES or STATUS_CANCELLED.
 */
NTSTATUS nt_allocate_channel_ex(PDMA_ADAPTER object, PDEVICE_OBJECT device, PVOID memory,
				ULONG registers, ULONG flags, PDRIVER_CONTROL routine,
				PVOID argument, PVOID *base)
{
	struct nt_dma_context *context = nt_dma_context(object, memory);
	WAIT_CONTEXT_BLOCK wcb = {
		.DeviceRoutine = routine,
		.DeviceContext = argument,
		.NumberOfMapRegisters = registers,
		.DeviceObject = device,
		.CurrentIrp = device->CurrentIrp,
	};

	if (!context || (flags & ~DMA_SYNCHRONOUS_CALLBACK) || (!routine && !base) ||
	    (base && !(flags & DMA_SYNCHRONOUS_CALLBACK)))
		return STATUS_INVALID_PARAMETER;
	return nt_dma_context_request(nt_adapter(object), context, &wcb, NULL, flags, base);
}

/**
 * nt_cancel_channel - CancelAdapterChannel
 * @object: the adapter
 * @device: the driver's device
 * @memory: the DMA transfer context of the request, which may be still to come
 *
 * IRQL: <= DISPATCH_LEVEL. Returns TRUE when the routine is not going to be called for it.
 */
BOOLEAN nt_cancel_channel(PDMA_ADAPTER object, PDEVICE_OBJECT device, PVOID memory)
{
	struct nt_dma_context *context = nt_dma_context(object, memory);
	struct nt_sg_request *list = NULL;
	bool left;
	KIRQL irql;

	if (!context)
		return FALSE;
	irql = KeRaiseIrqlToDpcLevel();
	left = nt_adapter_leave_line(nt_adapter(object), context, &list);
	KeLowerIrql(irql);
	nt_sg_request_free(list);
	return left;
}

/**
 * nt_cancel_mapped_transfer - CancelMappedTransfer
 * @object: the adapter
 * @memory: the DMA transfer context of a request that was granted
 *
 * IRQL: <= DISPATCH_LEVEL. Nothing more is mapped with its registers. A bus master cannot
 * be stopped from here: what it has been told it goes on with. STATUS_UNSUCCESSFUL when
 * the request has no registers.
 */
NTSTATUS nt_cancel_mapped_transfer(PDMA_ADAPTER object, PVOID memory)
{
	struct nt_adapter *adapter = nt_adapter(object);
	struct nt_dma_context *context = memory;
	NTSTATUS status = STATUS_UNSUCCESSFUL;
	struct nt_map_register *reg;
	unsigned long flags;

	raw_spin_lock_irqsave(&adapter->lock, flags);
	for (reg = adapter->registers; reg < adapter->registers + adapter->count; reg++)
		if (reg->owned && reg->holder == &context->wcb) {
			WRITE_ONCE(reg->cancelled, true);
			status = STATUS_SUCCESS;
		}
	raw_spin_unlock_irqrestore(&adapter->lock, flags);
	return status;
}

/* FreeAdapterObject, which is nt_adapter_free_object() at any IRQL <= DISPATCH_LEVEL. */
void nt_free_adapter_object(PDMA_ADAPTER object, IO_ALLOCATION_ACTION action)
{
	KIRQL irql = KeRaiseIrqlToDpcLevel();

	nt_adapter_free_object(object, action);
	KeLowerIrql(irql);
}
