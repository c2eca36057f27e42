// SPDX-License-Identifier: GPL-2.0
/*
 * The adapter channel: an AdapterControl routine is called when nobody else has
 * the channel and as many map registers as it needs are free. Who comes too
 * early waits in line, in his device object's wait context block.
 */
#include "dma.h"
#include "../gate.h"
#include <linux/bitmap.h>

static struct nt_map_register *take_registers(struct nt_adapter *adapter, unsigned int count)
{
	unsigned long at;

	if (!count)
		return adapter->registers;
	at = bitmap_find_next_zero_area(adapter->owned, adapter->count, 0, count, 0);
	if (at >= adapter->count)
		return NULL;
	bitmap_set(adapter->owned, at, count);
	adapter->registers[at].owned = count;
	adapter->registers[at].cursor = 0;
	return &adapter->registers[at];
}

static void give_registers(struct nt_adapter *adapter, struct nt_map_register *base)
{
	if (!base->owned)
		return;
	nt_map_registers_reset(adapter, base);
	bitmap_clear(adapter->owned, base - adapter->registers, base->owned);
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

static void after_control(struct nt_adapter *adapter, struct nt_map_register *base,
			  IO_ALLOCATION_ACTION action)
{
	if (action == KeepObject) {
		adapter->kept = base;
		return;
	}
	if (action == DeallocateObject)
		give_registers(adapter, base);
	adapter->channel_busy = false;
}

/* Serve the line. The routine may queue itself again or free its registers. */
static void serve(struct nt_adapter *adapter)
{
	struct nt_map_register *base;
	PWAIT_CONTEXT_BLOCK wcb;
	unsigned long flags;

	raw_spin_lock_irqsave(&adapter->lock, flags);
	while ((wcb = next_ready(adapter, &base))) {
		WAIT_CONTEXT_BLOCK copy = *wcb;
		IO_ALLOCATION_ACTION action;

		raw_spin_unlock_irqrestore(&adapter->lock, flags);
		action = nt_call_adapter_control(copy.DeviceRoutine, copy.DeviceObject,
						 copy.CurrentIrp, base, copy.DeviceContext);
		raw_spin_lock_irqsave(&adapter->lock, flags);
		after_control(adapter, base, action);
	}
	raw_spin_unlock_irqrestore(&adapter->lock, flags);
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
	struct nt_adapter *adapter = nt_adapter(object);
	PWAIT_CONTEXT_BLOCK wcb = &device->Queue.Wcb;
	unsigned long flags;

	if (registers > adapter->count)
		return STATUS_INSUFFICIENT_RESOURCES;
	wcb->DeviceRoutine = routine;
	wcb->DeviceContext = context;
	wcb->NumberOfMapRegisters = registers;
	wcb->DeviceObject = device;
	wcb->CurrentIrp = device->CurrentIrp;
	raw_spin_lock_irqsave(&adapter->lock, flags);
	InsertTailList(&adapter->waiting, &wcb->DmaWaitEntry);
	raw_spin_unlock_irqrestore(&adapter->lock, flags);
	serve(adapter);
	return STATUS_SUCCESS;
}

/**
 * nt_adapter_free_channel - FreeAdapterChannel, after KeepObject
 * @object: the adapter
 *
 * IRQL: DISPATCH_LEVEL. Frees the map registers, too.
 */
void nt_adapter_free_channel(PDMA_ADAPTER object)
{
	struct nt_adapter *adapter = nt_adapter(object);
	unsigned long flags;

	raw_spin_lock_irqsave(&adapter->lock, flags);
	if (adapter->kept)
		give_registers(adapter, adapter->kept);
	adapter->kept = NULL;
	adapter->channel_busy = false;
	raw_spin_unlock_irqrestore(&adapter->lock, flags);
	serve(adapter);
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
	raw_spin_unlock_irqrestore(&adapter->lock, flags);
	serve(adapter);
}
