/* SPDX-License-Identifier: GPL-2.0 */
/* Adapter objects and their map registers. */
#ifndef _NTCOMPAT_HAL_DMA_H
#define _NTCOMPAT_HAL_DMA_H

#include "../nt.h"
#include <linux/dma-mapping.h>
#include <linux/pci.h>

/* Bytes @from to @to of an MDL; none when both are the same. */
struct nt_mdl_range {
	u32 from;
	u32 to;
};

/**
 * struct nt_map_register - one page of a transfer, mapped or bounced
 * @mdl: the buffer, while there is a range in use
 * @write: towards the device
 * @logical: of a mapping that begins in this page: what the device was told
 * @offset: where in the MDL that mapping begins
 * @length: its bytes, which may go on through the pages that follow
 * @mapped: what of it was not flushed yet
 * @bounced: what of the MDL lies in this register's bounce page
 *
 * The first register of an allocation also says:
 * @owned: how many belong to it
 * @holder: whose they are: the wait context block that they were allocated with
 * @cancelled: CancelMappedTransfer was called for the holder
 * @cursor: registers from here on were not used since all were flushed
 * @window: the register of the page at which the present run of pages begins
 * @window_mdl: the run's buffer
 * @window_page: number of that page, counted from the start of the MDL
 */
struct nt_map_register {
	const MDL *mdl;
	bool write;
	dma_addr_t logical;
	u32 offset;
	u32 length;
	struct nt_mdl_range mapped;
	struct nt_mdl_range bounced;
	u32 owned;
	const WAIT_CONTEXT_BLOCK *holder;
	bool cancelled;
	u32 cursor;
	u32 window;
	const MDL *window_mdl;
	u32 window_page;
};

/**
 * struct nt_adapter - an adapter object
 * @object: what the driver sees; first
 * @pci: the device, referenced
 * @link: on the list of all adapters
 * @legacy: the driver that HalGetAdapter() gave it to, or NULL
 * @mask: highest address that this adapter's description allows
 * @scatter_gather: the device can be told several runs
 * @lock: guards all below
 * @channel_busy: an AdapterControl routine runs or has kept the channel
 * @waiting: WAIT_CONTEXT_BLOCKs, first come first served
 * @in_control: an AdapterControl routine runs
 * @freed_early: what FreeAdapterChannel or FreeAdapterObject was to do meanwhile
 * @kept: registers of the routine that runs, or has kept the channel
 * @count: map registers
 * @owned: bitmap of the registers that are allocated
 * @taken: how many these are
 * @registers: the registers, and one more, which stands for none at all
 * @bounce: a page for each, reachable for the device and contiguous
 * @bounce_logical: their address for the device
 */
struct nt_adapter {
	DMA_ADAPTER object;
	struct pci_dev *pci;
	struct list_head link;
	struct nt_driver *legacy;
	u64 mask;
	bool scatter_gather;
	raw_spinlock_t lock;
	bool channel_busy;
	LIST_ENTRY waiting;
	bool in_control;
	IO_ALLOCATION_ACTION freed_early;
	struct nt_map_register *kept;
	unsigned int count;
	unsigned long *owned;
	unsigned int taken;
	struct nt_map_register *registers;
	void *bounce;
	dma_addr_t bounce_logical;
};

static inline struct nt_adapter *nt_adapter(PDMA_ADAPTER object)
{
	return container_of(object, struct nt_adapter, object);
}

/**
 * struct nt_dma_context - what a driver's DMA transfer context holds
 * @adapter: for which it was initialized
 * @wcb: the request's place in the line for the channel
 * @list: the scatter/gather list that waits with it, or NULL
 * @used: a request was made with it
 * @cancelled: no request is to be granted any more
 *
 * Guarded by the adapter's lock, and the driver's again as soon as the request has
 * left the line: it is not touched after that.
 */
struct nt_dma_context {
	struct nt_adapter *adapter;
	WAIT_CONTEXT_BLOCK wcb;
	struct nt_sg_request *list;
	bool used;
	bool cancelled;
};

/**
 * struct nt_chain - a place in a transfer that may go through several MDLs
 * @mdl: where it is
 * @offset: bytes from the start of that MDL's buffer
 * @left: bytes from here to the end of the transfer
 */
struct nt_chain {
	PMDL mdl;
	u32 offset;
	u32 left;
};

static inline u32 nt_mdl_registers(const MDL *mdl, u32 offset, u32 length)
{
	return ADDRESS_AND_SIZE_TO_SPAN_PAGES((ULONG_PTR)mdl->ByteOffset + offset, length);
}

bool nt_chain_begin(struct nt_chain *at, PMDL mdl, u64 offset, u32 length);
u32 nt_chain_part(const struct nt_chain *at);
void nt_chain_advance(struct nt_chain *at, u32 bytes);
u32 nt_chain_registers(struct nt_chain at);

struct nt_driver;
void nt_adapters_reap(struct nt_driver *driver);
void *nt_adapter_alloc_coherent(struct nt_adapter *adapter, size_t length, u64 highest,
				dma_addr_t *address);

/* channel.c */
NTSTATUS nt_adapter_allocate_channel(PDMA_ADAPTER object, PDEVICE_OBJECT device, ULONG registers,
				     PDRIVER_CONTROL routine, PVOID context);
NTSTATUS nt_adapter_queue(struct nt_adapter *adapter, PWAIT_CONTEXT_BLOCK wcb);
NTSTATUS nt_adapter_queue_context(struct nt_adapter *adapter, struct nt_dma_context *context,
				  const WAIT_CONTEXT_BLOCK *wcb, struct nt_sg_request *list);
NTSTATUS nt_adapter_take_now(struct nt_adapter *adapter, struct nt_dma_context *context,
			     const WAIT_CONTEXT_BLOCK *wcb, PVOID *base);
bool nt_adapter_leave_line(struct nt_adapter *adapter, struct nt_dma_context *context,
			   struct nt_sg_request **list);
void nt_adapter_free_channel(PDMA_ADAPTER object);
void nt_adapter_free_object(PDMA_ADAPTER object, IO_ALLOCATION_ACTION action);
void nt_adapter_free_registers(PDMA_ADAPTER object, PVOID base, ULONG registers);

/* context.c */
struct nt_dma_context *nt_dma_context(PDMA_ADAPTER object, PVOID memory);
NTSTATUS nt_dma_context_request(struct nt_adapter *adapter, struct nt_dma_context *context,
				const WAIT_CONTEXT_BLOCK *wcb, struct nt_sg_request *list,
				ULONG flags, PVOID *base);
NTSTATUS nt_initialize_dma_context(PDMA_ADAPTER object, PVOID memory);
NTSTATUS nt_allocate_channel_ex(PDMA_ADAPTER object, PDEVICE_OBJECT device, PVOID memory,
				ULONG registers, ULONG flags, PDRIVER_CONTROL routine,
				PVOID argument, PVOID *base);
BOOLEAN nt_cancel_channel(PDMA_ADAPTER object, PDEVICE_OBJECT device, PVOID memory);
NTSTATUS nt_cancel_mapped_transfer(PDMA_ADAPTER object, PVOID memory);
void nt_free_adapter_object(PDMA_ADAPTER object, IO_ALLOCATION_ACTION action);

/* mapreg.c */
PHYSICAL_ADDRESS nt_map_transfer(PDMA_ADAPTER object, PMDL mdl, PVOID base, PVOID va, PULONG length,
				 BOOLEAN write);
BOOLEAN nt_flush_buffers(PDMA_ADAPTER object, PMDL mdl, PVOID base, PVOID va, ULONG length,
			 BOOLEAN write);
u32 nt_map_part(struct nt_adapter *adapter, struct nt_map_register *base, const MDL *mdl, u32 offset,
		u32 length, bool write, PHYSICAL_ADDRESS *logical);
void nt_flush_part(struct nt_adapter *adapter, struct nt_map_register *base, const MDL *mdl,
		   u32 offset, u32 length);
void nt_map_registers_reset(struct nt_adapter *adapter, struct nt_map_register *base);

/* transfer.c */
u32 nt_map_chain(struct nt_adapter *adapter, struct nt_map_register *base, struct nt_chain at,
		 bool write, PSCATTER_GATHER_LIST list, u32 room);
void nt_flush_chain(struct nt_adapter *adapter, struct nt_map_register *base, struct nt_chain at);
NTSTATUS nt_map_transfer_ex(PDMA_ADAPTER object, PMDL mdl, PVOID base, ULONGLONG offset,
			    ULONG device_offset, PULONG length, BOOLEAN write,
			    PSCATTER_GATHER_LIST list, ULONG list_bytes,
			    PDMA_COMPLETION_ROUTINE routine, PVOID context);
NTSTATUS nt_flush_buffers_ex(PDMA_ADAPTER object, PMDL mdl, PVOID base, ULONGLONG offset,
			     ULONG length, BOOLEAN write);

/* sglist.c */
NTSTATUS nt_get_sg_list(PDMA_ADAPTER object, PDEVICE_OBJECT device, PMDL mdl, PVOID va, ULONG length,
			PDRIVER_LIST_CONTROL routine, PVOID context, BOOLEAN write);
NTSTATUS nt_calculate_sg_list(PDMA_ADAPTER object, PMDL mdl, PVOID va, ULONG length, PULONG bytes,
			      PULONG registers);
NTSTATUS nt_build_sg_list(PDMA_ADAPTER object, PDEVICE_OBJECT device, PMDL mdl, PVOID va, ULONG length,
			  PDRIVER_LIST_CONTROL routine, PVOID context, BOOLEAN write, PVOID buffer,
			  ULONG bytes);
NTSTATUS nt_build_mdl_from_sg_list(PDMA_ADAPTER object, PSCATTER_GATHER_LIST list, PMDL original,
				   PMDL *target);
void nt_put_sg_list(PDMA_ADAPTER object, PSCATTER_GATHER_LIST list, BOOLEAN write);
void nt_sg_request_free(struct nt_sg_request *request);

/* sglist3.c: the same for version 3 */
NTSTATUS nt_get_transfer_info(PDMA_ADAPTER object, PMDL mdl, ULONGLONG offset, ULONG length,
			      BOOLEAN write_only, PDMA_TRANSFER_INFO info);
NTSTATUS nt_get_sg_list_ex(PDMA_ADAPTER object, PDEVICE_OBJECT device, PVOID memory, PMDL mdl,
			   ULONGLONG offset, ULONG length, ULONG flags,
			   PDRIVER_LIST_CONTROL routine, PVOID argument, BOOLEAN write,
			   PDMA_COMPLETION_ROUTINE completion, PVOID completion_context,
			   PSCATTER_GATHER_LIST *list);
NTSTATUS nt_build_sg_list_ex(PDMA_ADAPTER object, PDEVICE_OBJECT device, PVOID memory, PMDL mdl,
			     ULONGLONG offset, ULONG length, ULONG flags,
			     PDRIVER_LIST_CONTROL routine, PVOID argument, BOOLEAN write,
			     PVOID buffer, ULONG size, PDMA_COMPLETION_ROUTINE completion,
			     PVOID completion_context, PVOID list);

/* common.c, whose file says more */
PVOID nt_allocate_common_buffer(PDMA_ADAPTER object, ULONG length, PPHYSICAL_ADDRESS logical,
				BOOLEAN cached);
PVOID nt_allocate_common_buffer_ex(PDMA_ADAPTER object, PPHYSICAL_ADDRESS maximum, ULONG length,
				   PPHYSICAL_ADDRESS logical, BOOLEAN cached, NODE_REQUIREMENT node);
PVOID nt_allocate_common_buffer_with_bounds(PDMA_ADAPTER object, PPHYSICAL_ADDRESS minimum,
					    PPHYSICAL_ADDRESS maximum, ULONG length, ULONG flags,
					    MEMORY_CACHING_TYPE *type, NODE_REQUIREMENT node,
					    PPHYSICAL_ADDRESS logical);
void nt_free_common_buffer(PDMA_ADAPTER object, ULONG length, PHYSICAL_ADDRESS logical, PVOID va,
			   BOOLEAN cached);
NTSTATUS nt_allocate_common_buffer_vector(PDMA_ADAPTER object, PHYSICAL_ADDRESS low,
					  PHYSICAL_ADDRESS high, MEMORY_CACHING_TYPE type,
					  ULONG node, ULONG flags, ULONG count, ULONGLONG size,
					  PDMA_COMMON_BUFFER_VECTOR *result);
void nt_get_common_buffer_from_vector(PDMA_ADAPTER object, PDMA_COMMON_BUFFER_VECTOR vector,
				      ULONG index, PVOID *va, PPHYSICAL_ADDRESS logical);
void nt_free_common_buffer_from_vector(PDMA_ADAPTER object, PDMA_COMMON_BUFFER_VECTOR vector,
				       ULONG index);
void nt_free_common_buffer_vector(PDMA_ADAPTER object, PDMA_COMMON_BUFFER_VECTOR vector);

#endif /* _NTCOMPAT_HAL_DMA_H */
