// SPDX-License-Identifier: GPL-2.0
/* Adapter objects: a device's way to DMA, with a limited number of map registers. */
#include "dma.h"
#include "../pnp/devnode.h"
#include "../pnp/legacy.h"
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

/**
 * nt_adapter_alloc_coherent - memory that the processor and the device share
 * @adapter: the adapter
 * @length: bytes
 * @highest: the last logical address that it may have
 * @address: receives where it begins for the device
 *
 * The mask is Linux's only way to say how high; so it is narrowed for the time being.
 */
void *nt_adapter_alloc_coherent(struct nt_adapter *adapter, size_t length, u64 highest,
				dma_addr_t *address)
{
	struct device *dev = &adapter->pci->dev;
	void *va = NULL;
	u64 mask;

	mutex_lock(&adapters_lock);
	mask = dev->coherent_dma_mask;
	if (highest >= mask || !dma_set_coherent_mask(dev, highest))
		va = dma_alloc_coherent(dev, length, address, GFP_KERNEL | __GFP_NOWARN);
	dev->coherent_dma_mask = mask;
	mutex_unlock(&adapters_lock);
	return va;
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

/**
 * get_adapter_info - GetDmaAdapterInfo
 * @object: the adapter
 * @info: of which version; receives what is known of the device
 *
 * IRQL: <= DISPATCH_LEVEL. Returns STATUS_SUCCESS or STATUS_NOT_SUPPORTED.
 */
static NTSTATUS get_adapter_info(PDMA_ADAPTER object, PDMA_ADAPTER_INFO info)
{
	const struct nt_adapter *adapter = nt_adapter(object);

	if (info->Version != DMA_ADAPTER_INFO_VERSION1)
		return STATUS_NOT_SUPPORTED;
	info->V1 = (DMA_ADAPTER_INFO_V1){
		.ReadDmaCounterAvailable = FALSE,
		.ScatterGatherLimit = adapter->scatter_gather ? adapter->count : 1,
		.DmaAddressWidth = fls64(adapter->mask),
		.MinimumTransferUnit = 1,
	};
	return STATUS_SUCCESS;
}

/* Custom functions are those of a system DMA controller's driver. */
static NTSTATUS configure_channel(PDMA_ADAPTER object, ULONG function, PVOID context)
{
	return STATUS_NOT_IMPLEMENTED;
}

/* Domains are remapped by Linux's IOMMU drivers, a device each, and not by a driver. */
static NTSTATUS allocate_domain_buffer(PDMA_ADAPTER object, HANDLE domain, PPHYSICAL_ADDRESS maximum,
				       ULONG length, ULONG flags, MEMORY_CACHING_TYPE *type,
				       NODE_REQUIREMENT node, PPHYSICAL_ADDRESS logical, PVOID *va)
{
	return STATUS_NOT_SUPPORTED;
}

static NTSTATUS join_domain(PDMA_ADAPTER object, HANDLE domain)
{
	return STATUS_NOT_SUPPORTED;
}

static NTSTATUS leave_domain(PDMA_ADAPTER object)
{
	return STATUS_NOT_SUPPORTED;
}

static HANDLE get_domain(PDMA_ADAPTER object)
{
	return NULL;
}

/* What was bounced is flushed by its map registers, which this routine is not told. */
static NTSTATUS flush_dma_buffer(PDMA_ADAPTER object, PMDL mdl, BOOLEAN read)
{
	return STATUS_NOT_SUPPORTED;
}

/* Version 2 is version 1 with a larger Size. */
#define OPERATIONS_2								\
	.PutDmaAdapter = put_adapter,						\
	.AllocateCommonBuffer = nt_allocate_common_buffer,			\
	.FreeCommonBuffer = nt_free_common_buffer,				\
	.AllocateAdapterChannel = nt_adapter_allocate_channel,			\
	.FlushAdapterBuffers = nt_flush_buffers,				\
	.FreeAdapterChannel = nt_adapter_free_channel,				\
	.FreeMapRegisters = nt_adapter_free_registers,				\
	.MapTransfer = nt_map_transfer,						\
	.GetDmaAlignment = get_alignment,					\
	.ReadDmaCounter = read_counter,						\
	.GetScatterGatherList = nt_get_sg_list,					\
	.PutScatterGatherList = nt_put_sg_list,					\
	.CalculateScatterGatherList = nt_calculate_sg_list,			\
	.BuildScatterGatherList = nt_build_sg_list,				\
	.BuildMdlFromScatterGatherList = nt_build_mdl_from_sg_list

static DMA_OPERATIONS operations_1 = {
	.Size = offsetof(DMA_OPERATIONS, CalculateScatterGatherList),
	OPERATIONS_2,
};

static DMA_OPERATIONS operations_2 = {
	.Size = offsetof(DMA_OPERATIONS, GetDmaAdapterInfo),
	OPERATIONS_2,
};

static DMA_OPERATIONS operations_3 = {
	.Size = sizeof(DMA_OPERATIONS),
	OPERATIONS_2,
	.GetDmaAdapterInfo = get_adapter_info,
	.GetDmaTransferInfo = nt_get_transfer_info,
	.InitializeDmaTransferContext = nt_initialize_dma_context,
	.AllocateCommonBufferEx = nt_allocate_common_buffer_ex,
	.AllocateAdapterChannelEx = nt_allocate_channel_ex,
	.ConfigureAdapterChannel = configure_channel,
	.CancelAdapterChannel = nt_cancel_channel,
	.MapTransferEx = nt_map_transfer_ex,
	.GetScatterGatherListEx = nt_get_sg_list_ex,
	.BuildScatterGatherListEx = nt_build_sg_list_ex,
	.FlushAdapterBuffersEx = nt_flush_buffers_ex,
	.FreeAdapterObject = nt_free_adapter_object,
	.CancelMappedTransfer = nt_cancel_mapped_transfer,
	.AllocateDomainCommonBuffer = allocate_domain_buffer,
	.FlushDmaBuffer = flush_dma_buffer,
	.JoinDmaDomain = join_domain,
	.LeaveDmaDomain = leave_domain,
	.GetDmaDomain = get_domain,
	.AllocateCommonBufferWithBounds = nt_allocate_common_buffer_with_bounds,
	.AllocateCommonBufferVector = nt_allocate_common_buffer_vector,
	.GetCommonBufferFromVectorByIndex = nt_get_common_buffer_from_vector,
	.FreeCommonBufferFromVector = nt_free_common_buffer_from_vector,
	.FreeCommonBufferVector = nt_free_common_buffer_vector,
};

static DMA_OPERATIONS *const operations[] = {
	[DEVICE_DESCRIPTION_VERSION] = &operations_1,
	[DEVICE_DESCRIPTION_VERSION1] = &operations_1,
	[DEVICE_DESCRIPTION_VERSION2] = &operations_2,
	[DEVICE_DESCRIPTION_VERSION3] = &operations_3,
};

/*
 * "DEVICE_DESCRIPTION": version 3 says it in bits; a PCI device that does scatter/gather
 * reaches 32; and 24 is what an ISA master has.
 */
static unsigned int address_bits(const DEVICE_DESCRIPTION *description)
{
	if (description->Version == DEVICE_DESCRIPTION_VERSION3)
		return description->DmaAddressWidth;
	if (description->Dma64BitAddresses)
		return 64;
	if (description->ScatterGather && description->InterfaceType == PCIBus)
		return 32;
	return description->Dma32BitAddresses ? 32 : 24;
}

static bool is_valid(const DEVICE_DESCRIPTION *description)
{
	unsigned int bits = address_bits(description);

	return description->Version < ARRAY_SIZE(operations) && description->Master &&
	       bits >= 1 && bits <= 64;
}

/* A transfer of the maximum length may start anywhere in a page. */
static unsigned int register_count(const DEVICE_DESCRIPTION *description)
{
	u64 pages = DIV_ROUND_UP_ULL((u64)description->MaximumLength, PAGE_SIZE) + 1;

	return min_t(u64, pages, REGISTERS_MAX);
}

/* Takes no reference that it keeps on failure. */
static PDMA_ADAPTER make_adapter(struct pci_dev *pci, PDEVICE_DESCRIPTION description,
				 PULONG registers)
{
	struct nt_adapter *adapter = kzalloc(sizeof(*adapter), GFP_KERNEL);
	struct device *dev = &pci->dev;

	if (!adapter)
		return NULL;
	adapter->pci = pci_dev_get(pci);
	adapter->mask = DMA_BIT_MASK(address_bits(description));
	adapter->scatter_gather = description->ScatterGather;
	adapter->count = register_count(description);
	raw_spin_lock_init(&adapter->lock);
	InitializeListHead(&adapter->waiting);
	adapter->object.Version = 1;
	adapter->object.Size = sizeof(adapter->object);
	adapter->object.DmaOperations = operations[description->Version];

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
	*registers = adapter->count;
	return &adapter->object;

free:
	free_adapter(adapter);
	return NULL;
}

/**
 * IoGetDmaAdapter - a device's adapter object
 * @PhysicalDeviceObject: the device
 * @DeviceDescription: a bus master (Master is TRUE); system DMA is not supported
 * @NumberOfMapRegisters: receives how many pages a transfer can have
 *
 * IRQL: PASSIVE_LEVEL. NULL on failure, and for a version later than 3. The DMA operations
 * are of the description's version; the adapter object's own Version is 1 always. Release
 * with PutDmaAdapter.
 */
PDMA_ADAPTER IoGetDmaAdapter(PDEVICE_OBJECT PhysicalDeviceObject, PDEVICE_DESCRIPTION DeviceDescription,
			     PULONG NumberOfMapRegisters)
{
	struct nt_devnode *devnode = nt_devnode_of(PhysicalDeviceObject);

	/* A child's transfers are those of the PCI device that it is a part of. */
	while (devnode && !devnode->pci)
		devnode = devnode->parent;
	if (!devnode || !is_valid(DeviceDescription))
		return NULL;
	return make_adapter(devnode->pci, DeviceDescription, NumberOfMapRegisters);
}
EXPORT_SYMBOL(IoGetDmaAdapter);

static bool has_adapter(struct pci_dev *pci)
{
	struct nt_adapter *adapter;
	bool found = false;

	mutex_lock(&adapters_lock);
	list_for_each_entry(adapter, &adapters, link)
		found |= adapter->pci == pci;
	mutex_unlock(&adapters_lock);
	return found;
}

static bool is_on_bus(struct pci_dev *pci, const void *bus)
{
	return pci->bus->number == *(const ULONG *)bus;
}

/* With adapters_lock held inside a spin lock it would be: so by two walks. */
struct new_on_bus {
	ULONG bus;
	struct pci_dev *with[32];
	unsigned int count;
};

static bool is_new_on_bus(struct pci_dev *pci, const void *data)
{
	const struct new_on_bus *new = data;
	unsigned int i;

	for (i = 0; i < new->count; i++)
		if (new->with[i] == pci)
			return false;
	return pci->bus->number == new->bus;
}

/* The function that the driver claimed last, if possible one that has no adapter yet. */
static struct pci_dev *function_for(struct nt_driver *driver, ULONG bus)
{
	struct new_on_bus new = { .bus = bus };
	struct pci_dev *pci;

	while ((pci = nt_legacy_find(driver, is_new_on_bus, &new)) && has_adapter(pci) &&
	       new.count < ARRAY_SIZE(new.with)) {
		new.with[new.count++] = pci;
		pci_dev_put(pci);
	}
	return pci ?: nt_legacy_find(driver, is_on_bus, &bus);
}

/**
 * HalGetAdapter - an adapter object, for a driver that has claimed its device itself
 * @DeviceDescription: a bus master (Master is TRUE) on a PCI bus
 * @NumberOfMapRegisters: receives how many pages a transfer can have
 *
 * IRQL: PASSIVE_LEVEL. NULL on failure. The description has a bus but no slot: it is
 * taken for the PCI function that the driver claimed last (HalAssignSlotResources(),
 * IoReportResourceUsage() ...) and has no adapter for; bus mastering is switched on.
 * NT 4 has no way to release it: that is done when the driver has been unloaded.
 */
PADAPTER_OBJECT HalGetAdapter(PDEVICE_DESCRIPTION DeviceDescription, PULONG NumberOfMapRegisters)
{
	struct nt_driver *driver = nt_driver_of_code(_RET_IP_);
	PDMA_ADAPTER adapter;
	struct pci_dev *pci;

	if (!driver || !is_valid(DeviceDescription) || DeviceDescription->InterfaceType != PCIBus)
		return NULL;
	pci = function_for(driver, DeviceDescription->BusNumber);
	if (!pci)
		return NULL;
	adapter = make_adapter(pci, DeviceDescription, NumberOfMapRegisters);
	if (adapter) {
		nt_adapter(adapter)->legacy = driver;
		nt_legacy_keep(pci);
		pci_set_master(pci);
	}
	pci_dev_put(pci);
	return adapter;
}
EXPORT_SYMBOL(HalGetAdapter);

static struct nt_adapter *adapter_of(struct nt_driver *driver)
{
	struct nt_adapter *adapter, *found = NULL;

	mutex_lock(&adapters_lock);
	list_for_each_entry(adapter, &adapters, link)
		if (adapter->legacy == driver)
			found = adapter;
	mutex_unlock(&adapters_lock);
	return found;
}

/* Release what HalGetAdapter() gave to a driver that has been unloaded. */
void nt_adapters_reap(struct nt_driver *driver)
{
	struct nt_adapter *adapter;

	while ((adapter = adapter_of(driver)))
		put_adapter(&adapter->object);
}
