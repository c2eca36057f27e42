// SPDX-License-Identifier: GPL-2.0
/*
 * The adapter channel: an AdapterControl routine is called when nobody else has
 * the channel and as many map registers as it needs are free. Who comes too
 * early waits in line, in a wait context block: his device object's, or that of
 * his scatter/gather list.
 */
#include "dma.h"
#include "../gate.h"
#include <linux/bitmap.h>

/* No registers are a base, too, but one that owns nothing. */
static struct nt_map_register *take_registers(struct nt_adapter *adapter, unsigned int count)
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
	*base = take_registers(adapter, wcb->NumberOfMapRegisters);
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
	adapter->freed_early = false;
	adapter->kept = base;
}

static void after_control(struct nt_adapter *adapter, struct nt_map_register *base,
			  IO_ALLOCATION_ACTION action)
{
	adapter->in_control = false;
	if (action == KeepObject && !adapter->freed_early)
		return;
	if (action == DeallocateObject || adapter->freed_early)
		give_registers(adapter, base);
	adapter->kept = NULL;
	adapter->channel_busy = false;
}

/*
 * Serve the line, and unlock. The routine may queue itself again or free its
 * registers.
 */
static void serve_and_unlock(struct nt_adapter *adapter, unsigned long flags)
	__releases(&adapter->lock)
{
	struct nt_map_register *base;
	PWAIT_CONTEXT_BLOCK wcb;

	while ((wcb = next_ready(adapter, &base))) {
		WAIT_CONTEXT_BLOCK copy = *wcb;
		IO_ALLOCATION_ACTION action;

		before_control(adapter, base);
		raw_spin_unlock_irqrestore(&adapter->lock, flags);
		action = nt_call_adapter_control(copy.DeviceRoutine, copy.DeviceObject,
						 copy.CurrentIrp, base, copy.DeviceContext);
		raw_spin_lock_irqsave(&adapter->lock, flags);
		after_control(adapter, base, action);
	}
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
 * nt_adapter_free_channel - FreeAdapterChannel, after KeepObject
 * @object: the adapter
 *
 * IRQL: DISPATCH_LEVEL. Frees the map registers, too. While the routine that is
 * going to keep them has not returned yet, that happens when it does.
 */
void nt_adapter_free_channel(PDMA_ADAPTER object)
{
	struct nt_adapter *adapter = nt_adapter(object);
	unsigned long flags;

	raw_spin_lock_irqsave(&adapter->lock, flags);
	if (adapter->in_control) {
		adapter->freed_early = true;
	} else {
		give_registers(adapter, adapter->kept);
		adapter->kept = NULL;
		adapter->channel_busy = false;
	}
	serve_and_unlock(adapter, flags);
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
