// SPDX-License-Identifier: GPL-2.0
/*
 * The adapter channel: an AdapterControl routine is called when nobody else has
 * the channel and as many map registers as it needs are free. Who comes too
 * early waits in line, in a wait context block: his device object's, that of his
 * scatter/gather list or of his DMA transfer context.
 */
#include "dma.h"
#include "../gate.h"
#include <linux/bitmap.h>

/* No registers are a base, too, but one that owns nothing. */
static __always_inline struct nt_map_register *take_registers(struct nt_adapter *adapter,
							      const WAIT_CONTEXT_BLOCK *holder,
							      u32 count)
{
	unsigned long at = 0;

	if (!count)
		return &adapter->registers[adapter->count];
	/* With one transfer at a time there is nothing to look for. */
	if (adapter->taken)
		at = bitmap_find_next_zero_area(adapter->owned, adapter->count, 0, count, 0);
	if (at >= adapter->count)
		return NULL;
	if (count == 1)
		__set_bit(at, adapter->owned);
	else
		bitmap_set(adapter->owned, at, count);
	adapter->taken += count;
	adapter->registers[at].owned = count;
	adapter->registers[at].holder = holder;
	adapter->registers[at].cancelled = false;
	adapter->registers[at].cursor = 0;
	return &adapter->registers[at];
}

static void give_registers(struct nt_adapter *adapter, struct nt_map_register *base)
{
	if (!base || !base->owned)
		return;
	if (base->cursor)
		nt_map_registers_reset(adapter, base);
	if (base->owned == 1)
		__clear_bit(base - adapter->registers, adapter->owned);
	else
		bitmap_clear(adapter->owned, base - adapter->registers, base->owned);
	adapter->taken -= base->owned;
	base->owned = 0;
}

/* The first in line, with its registers, when its time has come. */
static PWAIT_CONTEXT_BLOCK next_ready(struct nt_adapter *adapter, struct nt_map_register **base)
{
	PWAIT_CONTEXT_BLOCK wcb;

	if (adapter->channel_busy || IsListEmpty(&adapter->waiting))
		return NULL;
	wcb = CONTAINING_RECORD(adapter->waiting.Flink, WAIT_CONTEXT_BLOCK, DmaWaitEntry);
	*base = take_registers(adapter, wcb, wcb->NumberOfMapRegisters);
	if (!*base)
		return NULL;
	RemoveEntryList(&wcb->DmaWaitEntry);
	adapter->channel_busy = true;
	return wcb;
}

/*
 * The device may be done, and FreeAdapterChannel called for what the routine is
 * about to keep, before the routine has returned.
 */
static void before_control(struct nt_adapter *adapter, struct nt_map_register *base)
{
	adapter->in_control = true;
	adapter->freed_early = KeepObject;
	adapter->kept = base;
}

static void after_control(struct nt_adapter *adapter, struct nt_map_register *base,
			  IO_ALLOCATION_ACTION action)
{
	adapter->in_control = false;
	if (action == KeepObject || adapter->freed_early == DeallocateObject)
		action = adapter->freed_early;
	if (action == KeepObject)
		return;
	if (action == DeallocateObject)
		give_registers(adapter, base);
	adapter->kept = NULL;
	adapter->channel_busy = false;
}

/* The routine may queue itself again or free its registers, and @wcb with them. */
static __always_inline void run_control(struct nt_adapter *adapter, const WAIT_CONTEXT_BLOCK *wcb,
					struct nt_map_register *base, unsigned long *flags)
	__must_hold(&adapter->lock)
{
	WAIT_CONTEXT_BLOCK copy = *wcb;
	IO_ALLOCATION_ACTION action;

	before_control(adapter, base);
	raw_spin_unlock_irqrestore(&adapter->lock, *flags);
	action = nt_call_adapter_control(copy.DeviceRoutine, copy.DeviceObject, copy.CurrentIrp, base,
					 copy.DeviceContext);
	raw_spin_lock_irqsave(&adapter->lock, *flags);
	after_control(adapter, base, action);
}

/* Serve the line, and unlock. */
static void serve_and_unlock(struct nt_adapter *adapter, unsigned long flags)
	__releases(&adapter->lock)
{
	struct nt_map_register *base;
	PWAIT_CONTEXT_BLOCK wcb;

	while ((wcb = next_ready(adapter, &base)))
		run_control(adapter, wcb, base, &flags);
	raw_spin_unlock_irqrestore(&adapter->lock, flags);
}

/**
 * nt_adapter_queue - join the line for the channel
 * @adapter: the adapter
 * @wcb: who waits, all filled in; free again when its routine is called
 *
 * DISPATCH_LEVEL. As nt_adapter_allocate_channel().
 */
NTSTATUS nt_adapter_queue(struct nt_adapter *adapter, PWAIT_CONTEXT_BLOCK wcb)
{
	unsigned long flags;

	if (wcb->NumberOfMapRegisters > adapter->count)
		return STATUS_INSUFFICIENT_RESOURCES;
	raw_spin_lock_irqsave(&adapter->lock, flags);
	InsertTailList(&adapter->waiting, &wcb->DmaWaitEntry);
	serve_and_unlock(adapter, flags);
	return STATUS_SUCCESS;
}

static bool is_waiting(const struct nt_adapter *adapter, const WAIT_CONTEXT_BLOCK *wcb)
{
	PLIST_ENTRY entry;

	for (entry = adapter->waiting.Flink; entry != &adapter->waiting; entry = entry->Flink)
		if (entry == &wcb->DmaWaitEntry)
			return true;
	return false;
}

/**
 * nt_adapter_queue_context - join the line with a DMA transfer context
 * @adapter: the adapter
 * @context: who waits
 * @wcb: what for
 * @list: the scatter/gather list that waits with it, or NULL
 *
 * DISPATCH_LEVEL. As nt_adapter_queue(); STATUS_CANCELLED when CancelAdapterChannel came
 * first, STATUS_INVALID_PARAMETER for a context that waits already.
 */
NTSTATUS nt_adapter_queue_context(struct nt_adapter *adapter, struct nt_dma_context *context,
				  const WAIT_CONTEXT_BLOCK *wcb, struct nt_sg_request *list)
{
	NTSTATUS status = STATUS_SUCCESS;
	unsigned long flags;

	if (wcb->NumberOfMapRegisters > adapter->count)
		return STATUS_INSUFFICIENT_RESOURCES;
	raw_spin_lock_irqsave(&adapter->lock, flags);
	if (context->cancelled) {
		status = STATUS_CANCELLED;
	} else if (is_waiting(adapter, &context->wcb)) {
		status = STATUS_INVALID_PARAMETER;
	} else {
		context->used = true;
		context->list = list;
		context->wcb = *wcb;
		InsertTailList(&adapter->waiting, &context->wcb.DmaWaitEntry);
	}
	serve_and_unlock(adapter, flags);
	return status;
}

/* The registers, if the channel and they are free at once. */
static NTSTATUS take_channel(struct nt_adapter *adapter, struct nt_dma_context *context,
			     u32 registers, struct nt_map_register **base)
{
	lockdep_assert_held(&adapter->lock);
	if (context->cancelled)
		return STATUS_CANCELLED;
	if (adapter->channel_busy || !IsListEmpty(&adapter->waiting))
		return STATUS_INSUFFICIENT_RESOURCES;
	*base = take_registers(adapter, &context->wcb, registers);
	if (!*base)
		return STATUS_INSUFFICIENT_RESOURCES;
	context->used = true;
	adapter->channel_busy = true;
	return STATUS_SUCCESS;
}

/**
 * nt_adapter_take_now - the channel without waiting for it
 * @adapter: the adapter
 * @context: the request
 * @wcb: what for; may be without a routine
 * @base: receives the map registers; or NULL when there is a routine
 *
 * DISPATCH_LEVEL. The routine is called here. Without one the channel is kept, as it is
 * by a routine that returns KeepObject. STATUS_INSUFFICIENT_RESOURCES when there is
 * somebody who has the channel or waits for it, or when registers are missing.
 */
NTSTATUS nt_adapter_take_now(struct nt_adapter *adapter, struct nt_dma_context *context,
			     const WAIT_CONTEXT_BLOCK *wcb, PVOID *base)
{
	struct nt_map_register *taken;
	unsigned long flags;
	NTSTATUS status;

	if (wcb->NumberOfMapRegisters > adapter->count)
		return STATUS_INSUFFICIENT_RESOURCES;
	raw_spin_lock_irqsave(&adapter->lock, flags);
	status = take_channel(adapter, context, wcb->NumberOfMapRegisters, &taken);
	if (!NT_SUCCESS(status)) {
		raw_spin_unlock_irqrestore(&adapter->lock, flags);
		return status;
	}
	if (base)
		*base = taken;
	if (wcb->DeviceRoutine)
		run_control(adapter, wcb, taken, &flags);
	else
		adapter->kept = taken;
	serve_and_unlock(adapter, flags);
	return STATUS_SUCCESS;
}

/**
 * nt_adapter_leave_line - give up waiting for the channel
 * @adapter: the adapter
 * @context: who waits, or is going to
 * @list: receives the scatter/gather list that waited with it, or NULL
 *
 * DISPATCH_LEVEL. False when it is too late. Who stood behind may have been waiting for the
 * registers that the first in line needed.
 */
bool nt_adapter_leave_line(struct nt_adapter *adapter, struct nt_dma_context *context,
			   struct nt_sg_request **list)
{
	unsigned long flags;
	bool left;

	*list = NULL;
	raw_spin_lock_irqsave(&adapter->lock, flags);
	if (is_waiting(adapter, &context->wcb)) {
		RemoveEntryList(&context->wcb.DmaWaitEntry);
		*list = context->list;
		context->cancelled = true;
	} else if (!context->used) {
		context->cancelled = true;
	}
	left = context->cancelled;
	serve_and_unlock(adapter, flags);
	return left;
}

/**
 * nt_adapter_allocate_channel - AllocateAdapterChannel
 * @object: the adapter
 * @device: the driver's device; has one such request at a time
 * @registers: map registers that it needs
 * @routine: its AdapterControl routine
 * @context: the routine's last argument
 *
 * IRQL: DISPATCH_LEVEL. Returns STATUS_SUCCESS; the routine was called or will
 * be. STATUS_INSUFFICIENT_RESOURCES when the adapter has not so many registers.
 */
NTSTATUS nt_adapter_allocate_channel(PDMA_ADAPTER object, PDEVICE_OBJECT device, ULONG registers,
				     PDRIVER_CONTROL routine, PVOID context)
{
	PWAIT_CONTEXT_BLOCK wcb = &device->Queue.Wcb;

	wcb->DeviceRoutine = routine;
	wcb->DeviceContext = context;
	wcb->NumberOfMapRegisters = registers;
	wcb->DeviceObject = device;
	wcb->CurrentIrp = device->CurrentIrp;
	return nt_adapter_queue(nt_adapter(object), wcb);
}

/**
 * nt_adapter_free_object - FreeAdapterObject, after KeepObject or a synchronous request
 * @object: the adapter
 * @action: DeallocateObject: the map registers, too; DeallocateObjectKeepRegisters:
 *	the channel only; KeepObject: nothing
 *
 * IRQL: DISPATCH_LEVEL. While the routine that is going to keep them has not returned
 * yet, that happens when it does.
 */
void nt_adapter_free_object(PDMA_ADAPTER object, IO_ALLOCATION_ACTION action)
{
	struct nt_adapter *adapter = nt_adapter(object);
	unsigned long flags;

	if (action == KeepObject)
		return;
	raw_spin_lock_irqsave(&adapter->lock, flags);
	if (adapter->in_control) {
		adapter->freed_early = action;
	} else {
		if (action == DeallocateObject)
			give_registers(adapter, adapter->kept);
		adapter->kept = NULL;
		adapter->channel_busy = false;
	}
	serve_and_unlock(adapter, flags);
}

/**
 * nt_adapter_free_channel - FreeAdapterChannel, after KeepObject
 * @object: the adapter
 *
 * IRQL: DISPATCH_LEVEL. Frees the map registers, too.
 */
void nt_adapter_free_channel(PDMA_ADAPTER object)
{
	nt_adapter_free_object(object, DeallocateObject);
}

/**
 * nt_adapter_free_registers - FreeMapRegisters
 * @object: the adapter
 * @base: what the AdapterControl routine got
 * @registers: how many it asked for
 *
 * IRQL: DISPATCH_LEVEL.
 */
void nt_adapter_free_registers(PDMA_ADAPTER object, PVOID base, ULONG registers)
{
	struct nt_adapter *adapter = nt_adapter(object);
	unsigned long flags;

	raw_spin_lock_irqsave(&adapter->lock, flags);
	give_registers(adapter, base);
	if (IsListEmpty(&adapter->waiting))
		raw_spin_unlock_irqrestore(&adapter->lock, flags);
	else
		serve_and_unlock(adapter, flags);
}
