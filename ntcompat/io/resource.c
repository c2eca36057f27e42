// SPDX-License-Identifier: GPL-2.0
/* Resources that NT 4 style drivers report, or have assigned. */
#include "driver.h"
#include "../linux/glue.h"
#include "../pnp/legacy.h"

#define NT_TAG_RESOURCE		0x73655250	/* "PRes" */

/* ---- What a driver has found by itself ---- */

/* Whose BAR has these bytes; referenced. */
static struct pci_dev *pci_with(u64 start, u64 bytes, unsigned long type)
{
	struct resource range = { .start = start, .end = start + bytes - 1, .flags = type };
	struct pci_dev *pci = NULL;
	int bar;

	for_each_pci_dev(pci)
		for (bar = 0; bar < PCI_STD_NUM_BARS; bar++)
			if (pci_resource_len(pci, bar) &&
			    resource_contains(&pci->resource[bar], &range))
				return pci;
	return NULL;
}

static NTSTATUS claim_range(struct nt_driver *driver, PDEVICE_OBJECT device,
			    const CM_PARTIAL_RESOURCE_DESCRIPTOR *partial)
{
	unsigned long type = partial->Type == CmResourceTypePort ? IORESOURCE_IO : IORESOURCE_MEM;
	u64 start = partial->u.Generic.Start.QuadPart, bytes = partial->u.Generic.Length;
	struct pci_dev *pci;
	NTSTATUS status;

	if (!bytes)
		return STATUS_SUCCESS;
	pci = pci_with(start, bytes, type);
	if (!pci)
		return nt_legacy_claim_region(driver, device, start, bytes, type);
	status = nt_legacy_claim(driver, device, pci);
	pci_dev_put(pci);
	return status;
}

/* Interrupts and DMA channels are Linux's to give when they are connected to. */
static NTSTATUS claim_partial(struct nt_driver *driver, PDEVICE_OBJECT device,
			      const CM_PARTIAL_RESOURCE_LIST *list)
{
	NTSTATUS status = STATUS_SUCCESS;
	ULONG i;

	for (i = 0; i < list->Count && NT_SUCCESS(status); i++)
		if (list->PartialDescriptors[i].Type == CmResourceTypePort ||
		    list->PartialDescriptors[i].Type == CmResourceTypeMemory)
			status = claim_range(driver, device, &list->PartialDescriptors[i]);
	return status;
}

static const CM_FULL_RESOURCE_DESCRIPTOR *next_full(const CM_FULL_RESOURCE_DESCRIPTOR *full)
{
	return (void *)&full->PartialResourceList.PartialDescriptors[full->PartialResourceList.Count];
}

static NTSTATUS claim_list(struct nt_driver *driver, PDEVICE_OBJECT device,
			   const CM_RESOURCE_LIST *list)
{
	const CM_FULL_RESOURCE_DESCRIPTOR *full = &list->List[0];
	NTSTATUS status = STATUS_SUCCESS;
	ULONG i;

	for (i = 0; i < list->Count && NT_SUCCESS(status); i++, full = next_full(full))
		status = claim_partial(driver, device, &full->PartialResourceList);
	return status;
}

static bool is_empty(const CM_RESOURCE_LIST *list, ULONG bytes)
{
	return !list || !bytes || !list->Count;
}

/**
 * IoReportResourceUsage - say what hardware a driver uses
 * @DriverClassName: ignored
 * @DriverObject: the driver
 * @DriverList: what it uses for all its devices; or NULL
 * @DriverListSize: its bytes
 * @DeviceObject: a device of the driver's; or NULL
 * @DeviceList: what it uses for that; or NULL
 * @DeviceListSize: its bytes
 * @OverrideConflict: go on when somebody else has it
 * @ConflictDetected: receives whether somebody has
 *
 * IRQL: PASSIVE_LEVEL. A range within a BAR claims the whole PCI function, which no
 * other driver gets then. Without lists what was claimed before is given back.
 * Returns STATUS_SUCCESS or STATUS_CONFLICTING_ADDRESSES; what a conflict was not about
 * stays claimed until then.
 */
NTSTATUS IoReportResourceUsage(PUNICODE_STRING DriverClassName, PDRIVER_OBJECT DriverObject,
			       PCM_RESOURCE_LIST DriverList, ULONG DriverListSize,
			       PDEVICE_OBJECT DeviceObject, PCM_RESOURCE_LIST DeviceList,
			       ULONG DeviceListSize, BOOLEAN OverrideConflict,
			       PBOOLEAN ConflictDetected)
{
	struct nt_driver *driver = nt_driver(DriverObject);
	NTSTATUS status = STATUS_SUCCESS;

	*ConflictDetected = FALSE;
	if (is_empty(DriverList, DriverListSize) && is_empty(DeviceList, DeviceListSize)) {
		nt_legacy_release(driver, DeviceObject);
		return STATUS_SUCCESS;
	}
	if (!is_empty(DriverList, DriverListSize))
		status = claim_list(driver, NULL, DriverList);
	if (NT_SUCCESS(status) && !is_empty(DeviceList, DeviceListSize))
		status = claim_list(driver, DeviceObject, DeviceList);
	*ConflictDetected = status == STATUS_CONFLICTING_ADDRESSES;
	return *ConflictDetected && OverrideConflict ? STATUS_SUCCESS : status;
}
EXPORT_SYMBOL(IoReportResourceUsage);

/**
 * IoReportResourceForDetection - say what hardware a driver is going to look for
 * @DriverObject: the driver
 * @DriverList: what it uses for all its devices; or NULL
 * @DriverListSize: its bytes
 * @DeviceObject: a device of the driver's; or NULL
 * @DeviceList: what it uses for that; or NULL
 * @DeviceListSize: its bytes
 * @ConflictDetected: receives whether somebody else has it
 *
 * IRQL: PASSIVE_LEVEL. As IoReportResourceUsage(), without overriding.
 */
NTSTATUS IoReportResourceForDetection(PDRIVER_OBJECT DriverObject, PCM_RESOURCE_LIST DriverList,
				      ULONG DriverListSize, PDEVICE_OBJECT DeviceObject,
				      PCM_RESOURCE_LIST DeviceList, ULONG DeviceListSize,
				      PBOOLEAN ConflictDetected)
{
	return IoReportResourceUsage(NULL, DriverObject, DriverList, DriverListSize, DeviceObject,
				     DeviceList, DeviceListSize, FALSE, ConflictDetected);
}
EXPORT_SYMBOL(IoReportResourceForDetection);

/* ---- What sits in a PCI slot ---- */

static void describe_bar(PCM_PARTIAL_RESOURCE_DESCRIPTOR partial, struct pci_dev *pci, int bar)
{
	bool is_port = pci_resource_flags(pci, bar) & IORESOURCE_IO;

	partial->Type = is_port ? CmResourceTypePort : CmResourceTypeMemory;
	partial->ShareDisposition = CmResourceShareDeviceExclusive;
	partial->Flags = is_port ? CM_RESOURCE_PORT_IO : CM_RESOURCE_MEMORY_READ_WRITE;
	partial->u.Generic.Start.QuadPart = pci_bus_address(pci, bar);
	partial->u.Generic.Length = pci_resource_len(pci, bar);
}

/* As the bus knows it, for HalGetInterruptVector(). */
static void describe_interrupt(PCM_PARTIAL_RESOURCE_DESCRIPTOR partial, struct pci_dev *pci)
{
	u8 line = 0;

	pci_read_config_byte(pci, PCI_INTERRUPT_LINE, &line);
	partial->Type = CmResourceTypeInterrupt;
	partial->ShareDisposition = CmResourceShareShared;
	partial->Flags = CM_RESOURCE_INTERRUPT_LEVEL_SENSITIVE;
	partial->u.Interrupt.Level = line;
	partial->u.Interrupt.Vector = line;
	partial->u.Interrupt.Affinity = ~0ULL;
}

static PCM_RESOURCE_LIST describe(struct pci_dev *pci)
{
	size_t bytes = sizeof(CM_RESOURCE_LIST) +
		       (PCI_STD_NUM_BARS + 1) * sizeof(CM_PARTIAL_RESOURCE_DESCRIPTOR);
	PCM_RESOURCE_LIST list = ExAllocatePoolWithTag(PagedPool, bytes, NT_TAG_RESOURCE);
	PCM_PARTIAL_RESOURCE_LIST partial;
	int bar;

	if (!list)
		return NULL;
	memset(list, 0, bytes);
	list->Count = 1;
	list->List[0].InterfaceType = PCIBus;
	list->List[0].BusNumber = pci->bus->number;
	partial = &list->List[0].PartialResourceList;
	partial->Version = 1;
	partial->Revision = 1;
	for (bar = 0; bar < PCI_STD_NUM_BARS; bar++)
		if (pci_resource_len(pci, bar))
			describe_bar(&partial->PartialDescriptors[partial->Count++], pci, bar);
	if (pci->pin)
		describe_interrupt(&partial->PartialDescriptors[partial->Count++], pci);
	return list;
}

/**
 * HalAssignSlotResources - have a PCI function for a driver, and its resources
 * @RegistryPath: ignored
 * @DriverClassName: ignored
 * @DriverObject: the driver
 * @DeviceObject: its device object that it is for, or NULL
 * @BusType: PCIBus
 * @BusNumber: of the bus
 * @SlotNumber: a PCI_SLOT_NUMBER
 * @AllocatedResources: receives the list, in the bus's terms, for ExFreePool()
 *
 * IRQL: PASSIVE_LEVEL. The function is enabled, and the driver's until it gives it back
 * (IoAssignResources() without a request, IoReportResourceUsage() without lists) or is
 * unloaded. Returns STATUS_SUCCESS, STATUS_NO_SUCH_DEVICE,
 * STATUS_CONFLICTING_ADDRESSES when it has another driver, or
 * STATUS_INSUFFICIENT_RESOURCES.
 */
NTSTATUS HalAssignSlotResources(PUNICODE_STRING RegistryPath, PUNICODE_STRING DriverClassName,
				PDRIVER_OBJECT DriverObject, PDEVICE_OBJECT DeviceObject,
				INTERFACE_TYPE BusType, ULONG BusNumber, ULONG SlotNumber,
				PCM_RESOURCE_LIST *AllocatedResources)
{
	unsigned int devfn = PCI_DEVFN(SlotNumber & 0x1f, SlotNumber >> 5 & 0x07);
	struct pci_dev *pci;
	NTSTATUS status;

	*AllocatedResources = NULL;
	if (BusType != PCIBus || BusNumber > 255)
		return STATUS_NO_SUCH_DEVICE;
	pci = pci_get_domain_bus_and_slot(0, BusNumber, devfn);
	if (!pci)
		return STATUS_NO_SUCH_DEVICE;
	status = nt_legacy_claim(nt_driver(DriverObject), DeviceObject, pci);
	if (NT_SUCCESS(status)) {
		*AllocatedResources = describe(pci);
		if (!*AllocatedResources)
			status = STATUS_INSUFFICIENT_RESOURCES;
	}
	pci_dev_put(pci);
	return status;
}
EXPORT_SYMBOL(HalAssignSlotResources);

/**
 * IoAssignResources - have resources assigned, or give them back
 * @RegistryPath: ignored
 * @DriverClassName: ignored
 * @DriverObject: the driver
 * @DeviceObject: its device object that they are for, or NULL
 * @RequestedResources: a PCI function's, by bus and slot: what it decodes is what it
 *	gets. NULL gives back what @DeviceObject has. Other buses have nothing to assign
 * @AllocatedResources: receives the list, for ExFreePool(); NULL with no request
 *
 * IRQL: PASSIVE_LEVEL. As HalAssignSlotResources(); STATUS_NOT_SUPPORTED for others.
 */
NTSTATUS IoAssignResources(PUNICODE_STRING RegistryPath, PUNICODE_STRING DriverClassName,
			   PDRIVER_OBJECT DriverObject, PDEVICE_OBJECT DeviceObject,
			   PIO_RESOURCE_REQUIREMENTS_LIST RequestedResources,
			   PCM_RESOURCE_LIST *AllocatedResources)
{
	if (!RequestedResources) {
		nt_legacy_release(nt_driver(DriverObject), DeviceObject);
		if (AllocatedResources)
			*AllocatedResources = NULL;
		return STATUS_SUCCESS;
	}
	if (RequestedResources->InterfaceType != PCIBus)
		return STATUS_NOT_SUPPORTED;
	return HalAssignSlotResources(RegistryPath, DriverClassName, DriverObject, DeviceObject,
				      PCIBus, RequestedResources->BusNumber,
				      RequestedResources->SlotNumber, AllocatedResources);
}
EXPORT_SYMBOL(IoAssignResources);
