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
 * @freed_early: FreeAdapterChannel was called meanwhile
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
	bool freed_early;
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

struct nt_driver;
void nt_adapters_reap(struct nt_driver *driver);

NTSTATUS nt_adapter_allocate_channel(PDMA_ADAPTER object, PDEVICE_OBJECT device, ULONG registers,
				     PDRIVER_CONTROL routine, PVOID context);
NTSTATUS nt_adapter_queue(struct nt_adapter *adapter, PWAIT_CONTEXT_BLOCK wcb);
void nt_adapter_free_channel(PDMA_ADAPTER object);
void nt_adapter_free_registers(PDMA_ADAPTER object, PVOID base, ULONG registers);

PHYSICAL_ADDRESS nt_map_transfer(PDMA_ADAPTER object, PMDL mdl, PVOID base, PVOID va, PULONG length,
				 BOOLEAN write);
BOOLEAN nt_flush_buffers(PDMA_ADAPTER object, PMDL mdl, PVOID base, PVOID va, ULONG length,
			 BOOLEAN write);
void nt_map_registers_reset(struct nt_adapter *adapter, struct nt_map_register *base);

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

#endif /* _NTCOMPAT_HAL_DMA_H */
