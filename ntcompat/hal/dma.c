// SPDX-License-Identifier: GPL-2.0
/* Adapter objects: a device's way to DMA, with a limited number of map registers. */
#include "dma.h"
#include "../pnp/devnode.h"
#include <linux/bitmap.h>
#include <linux/mutex.h>

#define REGISTERS_MAX	256	/* 1 MiB of bounce pages an adapter */

static LIST_HEAD(adapters);
static DEFINE_MUTEX(adapters_lock);	/* guards the list and the masks of their devices */

/*
 * Linux knows one mask a device, so it is that of the narrowest adapter: what
 * only a wider one can reach is bounced.
 */
static int update_mask(struct pci_dev *pci)
{
	struct nt_adapter *adapter;
	u64 mask = DMA_BIT_MASK(64);

	lockdep_assert_held(&adapters_lock);
	list_for_each_entry(adapter, &adapters, link)
		if (adapter->pci == pci)
			mask = min(mask, adapter->mask);
	return dma_set_mask_and_coherent(&pci->dev, mask);
}

static int join_device(struct nt_adapter *adapter)
{
	int error;

	mutex_lock(&adapters_lock);
	list_add(&adapter->link, &adapters);
	error = update_mask(adapter->pci);
	mutex_unlock(&adapters_lock);
	return error;
}

static void leave_device(struct nt_adapter *adapter)
{
	struct nt_adapter *other;

	mutex_lock(&adapters_lock);
	list_del(&adapter->link);
	/* The last one leaves its mask behind: what DMA there is still goes by that. */
	list_for_each_entry(other, &adapters, link)
		if (other->pci == adapter->pci) {
			update_mask(adapter->pci);
			break;
		}
	mutex_unlock(&adapters_lock);
}

static void free_adapter(struct nt_adapter *adapter)
{
	if (adapter->bounce)
		dma_free_coherent(&adapter->pci->dev, adapter->count * PAGE_SIZE, adapter->bounce,
				  adapter->bounce_logical);
	kfree(adapter->registers);
	bitmap_free(adapter->owned);
	leave_device(adapter);
	pci_dev_put(adapter->pci);
	kfree(adapter);
}

/* The IOMMU would go on letting the device at what is still mapped. */
static void reset_all(struct nt_adapter *adapter)
{
	struct nt_map_register *reg;

	for (reg = adapter->registers; reg < adapter->registers + adapter->count; reg++)
		if (reg->owned)
			nt_map_registers_reset(adapter, reg);
}

static void put_adapter(PDMA_ADAPTER object)
{
	struct nt_adapter *adapter = nt_adapter(object);

	if (WARN(!bitmap_empty(adapter->owned, adapter->count),
		 "PutDmaAdapter with map registers in use\n"))
		reset_all(adapter);
	nt_live_add(NT_LIVE_MAP_REGISTER, -(long)adapter->count);
	nt_live_dec(NT_LIVE_ADAPTER);
	free_adapter(adapter);
}

static PVOID allocate_common_buffer(PDMA_ADAPTER object, ULONG length, PPHYSICAL_ADDRESS logical,
				    BOOLEAN cached)
{
	dma_addr_t address;
	void *va = dma_alloc_coherent(&nt_adapter(object)->pci->dev, length, &address,
				      GFP_KERNEL | __GFP_NOWARN);

	if (!va)
		return NULL;
	nt_live_inc(NT_LIVE_COMMON_BUFFER);
	logical->QuadPart = address;
	return va;
}

static void free_common_buffer(PDMA_ADAPTER object, ULONG length, PHYSICAL_ADDRESS logical, PVOID va,
			       BOOLEAN cached)
{
	nt_live_dec(NT_LIVE_COMMON_BUFFER);
	dma_free_coherent(&nt_adapter(object)->pci->dev, length, va, logical.QuadPart);
}

static ULONG get_alignment(PDMA_ADAPTER object)
{
	return dma_get_cache_alignment();
}

/* What is left of a slave DMA transfer; a bus master keeps its own count. */
static ULONG read_counter(PDMA_ADAPTER object)
{
	return 0;
}

static DMA_OPERATIONS operations = {
	.Size = sizeof(DMA_OPERATIONS),
	.PutDmaAdapter = put_adapter,
	.AllocateCommonBuffer = allocate_common_buffer,
	.FreeCommonBuffer = free_common_buffer,
	.AllocateAdapterChannel = nt_adapter_allocate_channel,
	.FlushAdapterBuffers = nt_flush_buffers,
	.FreeAdapterChannel = nt_adapter_free_channel,
	.FreeMapRegisters = nt_adapter_free_registers,
	.MapTransfer = nt_map_transfer,
	.GetDmaAlignment = get_alignment,
	.ReadDmaCounter = read_counter,
	.GetScatterGatherList = nt_get_sg_list,
	.PutScatterGatherList = nt_put_sg_list,
};

/* 24 bits is what an ISA master has, and what a description that says nothing means. */
static unsigned int address_bits(const DEVICE_DESCRIPTION *description)
{
	if (description->Version >= DEVICE_DESCRIPTION_VERSION3 && description->DmaAddressWidth)
		return min_t(unsigned int, description->DmaAddressWidth, 64);
	if (description->Dma64BitAddresses)
		return 64;
	return description->Dma32BitAddresses ? 32 : 24;
}

/* A transfer of the maximum length may start anywhere in a page. */
static unsigned int register_count(const DEVICE_DESCRIPTION *description)
{
	u64 pages = DIV_ROUND_UP_ULL((u64)description->MaximumLength, PAGE_SIZE) + 1;

	return min_t(u64, pages, REGISTERS_MAX);
}

/**
 * IoGetDmaAdapter - a device's adapter object
 * @PhysicalDeviceObject: the device
 * @DeviceDescription: a bus master (Master is TRUE); system DMA is not supported
 * @NumberOfMapRegisters: receives how many pages a transfer can have
 *
 * IRQL: PASSIVE_LEVEL. NULL on failure. Release with PutDmaAdapter.
 */
PDMA_ADAPTER IoGetDmaAdapter(PDEVICE_OBJECT PhysicalDeviceObject, PDEVICE_DESCRIPTION DeviceDescription,
			     PULONG NumberOfMapRegisters)
{
	struct nt_devnode *devnode = nt_devnode_of(PhysicalDeviceObject);
	struct nt_adapter *adapter;
	struct device *dev;

	/* A child's transfers are those of the PCI device that it is a part of. */
	while (devnode && !devnode->pci)
		devnode = devnode->parent;
	if (!devnode || !DeviceDescription->Master)
		return NULL;
	adapter = kzalloc(sizeof(*adapter), GFP_KERNEL);
	if (!adapter)
		return NULL;
	adapter->pci = pci_dev_get(devnode->pci);
	dev = &adapter->pci->dev;
	adapter->mask = DMA_BIT_MASK(address_bits(DeviceDescription));
	adapter->scatter_gather = DeviceDescription->ScatterGather;
	adapter->count = register_count(DeviceDescription);
	raw_spin_lock_init(&adapter->lock);
	InitializeListHead(&adapter->waiting);
	adapter->object.Version = 1;
	adapter->object.Size = sizeof(adapter->object);
	adapter->object.DmaOperations = &operations;

	if (join_device(adapter))
		goto free;
	dma_set_max_seg_size(dev, UINT_MAX);
	adapter->owned = bitmap_zalloc(adapter->count, GFP_KERNEL);
	adapter->registers = kcalloc(adapter->count + 1, sizeof(*adapter->registers), GFP_KERNEL);
	adapter->bounce = dma_alloc_coherent(dev, adapter->count * PAGE_SIZE,
					     &adapter->bounce_logical, GFP_KERNEL | __GFP_NOWARN);
	if (!adapter->owned || !adapter->registers || !adapter->bounce)
		goto free;
	nt_live_inc(NT_LIVE_ADAPTER);
	nt_live_add(NT_LIVE_MAP_REGISTER, adapter->count);
	*NumberOfMapRegisters = adapter->count;
	return &adapter->object;

free:
	free_adapter(adapter);
	return NULL;
}
EXPORT_SYMBOL(IoGetDmaAdapter);
