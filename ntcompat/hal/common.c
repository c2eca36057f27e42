// SPDX-License-Identifier: GPL-2.0
/*
 * Common buffers, which the processor and the device share. On this processor they are
 * cached and coherent, whatever was asked for.
 */
#include "dma.h"

/* Logical addresses that a buffer may have: from @low on, and below @high. */
struct bounds {
	u64 low;
	u64 high;
};

static PVOID allocate(PDMA_ADAPTER object, ULONG length, struct bounds bounds,
		      PPHYSICAL_ADDRESS logical)
{
	struct nt_adapter *adapter = nt_adapter(object);
	dma_addr_t address;
	void *va;

	if (!length || bounds.high < bounds.low || bounds.high - bounds.low < length)
		return NULL;
	va = nt_adapter_alloc_coherent(adapter, length, bounds.high - 1, &address);
	if (!va)
		return NULL;
	if (address < bounds.low || address > bounds.high - length) {
		dma_free_coherent(&adapter->pci->dev, length, va, address);
		return NULL;
	}
	nt_live_inc(NT_LIVE_COMMON_BUFFER);
	logical->QuadPart = address;
	return va;
}

static struct bounds bounds_of(PPHYSICAL_ADDRESS minimum, PPHYSICAL_ADDRESS maximum)
{
	return (struct bounds){ .low = minimum ? minimum->QuadPart : 0,
				.high = maximum ? maximum->QuadPart : U64_MAX };
}

/* Anything else than these a common buffer cannot be. */
static bool is_possible(MEMORY_CACHING_TYPE type)
{
	return type == MmNonCached || type == MmCached;
}

/**
 * nt_allocate_common_buffer - AllocateCommonBuffer
 * @object: the adapter
 * @length: bytes
 * @logical: receives the address for the device
 * @cached: a hint
 *
 * IRQL: PASSIVE_LEVEL. NULL when there is no memory.
 */
PVOID nt_allocate_common_buffer(PDMA_ADAPTER object, ULONG length, PPHYSICAL_ADDRESS logical,
				BOOLEAN cached)
{
	return allocate(object, length, bounds_of(NULL, NULL), logical);
}

/**
 * nt_allocate_common_buffer_ex - AllocateCommonBufferEx
 * @object: the adapter
 * @maximum: the buffer lies below this logical address; or NULL
 * @length: bytes
 * @logical: receives the address for the device
 * @cached: a hint
 * @node: a hint: Linux takes memory that is near to the device
 *
 * IRQL: PASSIVE_LEVEL. NULL when there is no such memory.
 */
PVOID nt_allocate_common_buffer_ex(PDMA_ADAPTER object, PPHYSICAL_ADDRESS maximum, ULONG length,
				   PPHYSICAL_ADDRESS logical, BOOLEAN cached, NODE_REQUIREMENT node)
{
	return allocate(object, length, bounds_of(NULL, maximum), logical);
}

/**
 * nt_allocate_common_buffer_with_bounds - AllocateCommonBufferWithBounds
 * @object: the adapter
 * @minimum: the buffer lies at or above this logical address; or NULL
 * @maximum: and below this one; or NULL
 * @length: bytes
 * @flags: 0; large pages are not supported
 * @type: MmCached, MmNonCached, or NULL
 * @node: a hint
 * @logical: receives the address for the device
 *
 * IRQL: PASSIVE_LEVEL. NULL when there is no such memory where Linux looks first.
 */
PVOID nt_allocate_common_buffer_with_bounds(PDMA_ADAPTER object, PPHYSICAL_ADDRESS minimum,
					    PPHYSICAL_ADDRESS maximum, ULONG length, ULONG flags,
					    MEMORY_CACHING_TYPE *type, NODE_REQUIREMENT node,
					    PPHYSICAL_ADDRESS logical)
{
	if (flags || (type && !is_possible(*type)))
		return NULL;
	return allocate(object, length, bounds_of(minimum, maximum), logical);
}

/* FreeCommonBuffer, for buffers of all kinds but those in vectors. IRQL: PASSIVE_LEVEL. */
void nt_free_common_buffer(PDMA_ADAPTER object, ULONG length, PHYSICAL_ADDRESS logical, PVOID va,
			   BOOLEAN cached)
{
	nt_live_dec(NT_LIVE_COMMON_BUFFER);
	dma_free_coherent(&nt_adapter(object)->pci->dev, length, va, logical.QuadPart);
}

struct _DMA_COMMON_BUFFER_VECTOR {
	ULONG count;
	ULONG length;
	struct {
		PVOID va;
		PHYSICAL_ADDRESS logical;
	} buffers[];
};

/**
 * nt_allocate_common_buffer_vector - AllocateCommonBufferVector: several of one size
 * @object: the adapter
 * @low: the buffers lie at or above this logical address
 * @high: and below this one
 * @type: MmCached or MmNonCached
 * @node: a hint
 * @flags: 0
 * @count: how many buffers
 * @size: bytes of each
 * @result: receives the vector, for FreeCommonBufferVector
 *
 * IRQL: PASSIVE_LEVEL. Returns STATUS_SUCCESS, STATUS_INVALID_PARAMETER, or
 * STATUS_INSUFFICIENT_RESOURCES when not all of them could be had.
 */
NTSTATUS nt_allocate_common_buffer_vector(PDMA_ADAPTER object, PHYSICAL_ADDRESS low,
					  PHYSICAL_ADDRESS high, MEMORY_CACHING_TYPE type,
					  ULONG node, ULONG flags, ULONG count, ULONGLONG size,
					  PDMA_COMMON_BUFFER_VECTOR *result)
{
	struct bounds bounds = bounds_of(&low, &high);
	PDMA_COMMON_BUFFER_VECTOR vector;

	if (!count || !size || size > U32_MAX || flags || !is_possible(type))
		return STATUS_INVALID_PARAMETER;
	vector = kvzalloc(struct_size(vector, buffers, count), GFP_KERNEL | __GFP_NOWARN);
	if (!vector)
		return STATUS_INSUFFICIENT_RESOURCES;
	for (vector->length = size; vector->count < count; vector->count++) {
		ULONG i = vector->count;

		vector->buffers[i].va = allocate(object, size, bounds, &vector->buffers[i].logical);
		if (!vector->buffers[i].va) {
			nt_free_common_buffer_vector(object, vector);
			return STATUS_INSUFFICIENT_RESOURCES;
		}
	}
	*result = vector;
	return STATUS_SUCCESS;
}

/* GetCommonBufferFromVectorByIndex: NULL for one that is not there. Any IRQL. */
void nt_get_common_buffer_from_vector(PDMA_ADAPTER object, PDMA_COMMON_BUFFER_VECTOR vector,
				      ULONG index, PVOID *va, PPHYSICAL_ADDRESS logical)
{
	bool is_there = index < vector->count;

	*va = is_there ? vector->buffers[index].va : NULL;
	logical->QuadPart = is_there ? vector->buffers[index].logical.QuadPart : 0;
}

/* FreeCommonBufferFromVector: one of them, ahead of the others. IRQL: PASSIVE_LEVEL. */
void nt_free_common_buffer_from_vector(PDMA_ADAPTER object, PDMA_COMMON_BUFFER_VECTOR vector,
				       ULONG index)
{
	if (index >= vector->count || !vector->buffers[index].va)
		return;
	nt_free_common_buffer(object, vector->length, vector->buffers[index].logical,
			      vector->buffers[index].va, TRUE);
	vector->buffers[index].va = NULL;
	vector->buffers[index].logical.QuadPart = 0;
}

/* FreeCommonBufferVector: the vector and what is left in it. IRQL: PASSIVE_LEVEL. */
void nt_free_common_buffer_vector(PDMA_ADAPTER object, PDMA_COMMON_BUFFER_VECTOR vector)
{
	ULONG i;

	for (i = 0; i < vector->count; i++)
		nt_free_common_buffer_from_vector(object, vector, i);
	kvfree(vector);
}
