// SPDX-License-Identifier: GPL-2.0
/*
 * GUID_BUS_INTERFACE_STANDARD: a PCI device's configuration space and adapter,
 * by direct call, so that they are at hand at DISPATCH_LEVEL.
 */
#include "devnode.h"
#define INITGUID
#include "../include/nt/wdmguid.h"

/**
 * nt_pci_config_of - read or write a PCI function's configuration space
 * @pci: the function
 * @buffer: bytes
 * @offset: where
 * @length: how many
 * @write: buffer to device
 *
 * Any IRQL. Returns the bytes moved: all or 0. An aligned word is accessed as
 * one: some registers want that.
 */
ULONG nt_pci_config_of(struct pci_dev *pci, void *buffer, ULONG offset, ULONG length, bool write)
{
	u8 *byte = buffer;
	ULONG at;

	if (!length || length > pci->cfg_size || offset > pci->cfg_size - length)
		return 0;
	if (length == 4 && IS_ALIGNED(offset, 4))
		return (write ? pci_write_config_dword(pci, offset, *(u32 *)buffer) :
				pci_read_config_dword(pci, offset, buffer)) ? 0 : length;
	if (length == 2 && IS_ALIGNED(offset, 2))
		return (write ? pci_write_config_word(pci, offset, *(u16 *)buffer) :
				pci_read_config_word(pci, offset, buffer)) ? 0 : length;
	for (at = 0; at < length; at++)
		if (write ? pci_write_config_byte(pci, offset + at, byte[at]) :
			    pci_read_config_byte(pci, offset + at, &byte[at]))
			return 0;
	return length;
}

ULONG nt_pci_config(struct nt_devnode *devnode, void *buffer, ULONG offset, ULONG length, bool write)
{
	return nt_pci_config_of(devnode->pci, buffer, offset, length, write);
}

static void reference(PVOID context)
{
	struct nt_devnode *devnode = context;

	nt_devnode_get(devnode);
}

static void dereference(PVOID context)
{
	nt_devnode_put(context);
}

/* Does the bus pass these addresses on to its devices? */
static bool bus_decodes(struct pci_bus *bus, struct resource *range)
{
	struct resource *window;
	int i;

	pci_bus_for_each_resource(bus, window, i)
		if (window && resource_contains(window, range))
			return true;
	return false;
}

/*
 * Bus and processor addresses of a PCI device differ by its bridge's offset. An
 * address that no device on the bus can have is not translated.
 */
static BOOLEAN translate(PVOID context, PHYSICAL_ADDRESS address, ULONG length, PULONG space,
			 PPHYSICAL_ADDRESS translated)
{
	struct nt_devnode *devnode = context;
	struct pci_bus_region region = {
		.start = address.QuadPart,
		.end = address.QuadPart + max(length, 1U) - 1,
	};
	struct resource resource = { .flags = *space ? IORESOURCE_IO : IORESOURCE_MEM };

	if (region.end < region.start)
		return FALSE;
	pcibios_bus_to_resource(devnode->pci->bus, &resource, &region);
	if (!bus_decodes(devnode->pci->bus, &resource))
		return FALSE;
	translated->QuadPart = resource.start;
	return TRUE;
}

static PDMA_ADAPTER get_adapter(PVOID context, PDEVICE_DESCRIPTION description, PULONG registers)
{
	struct nt_devnode *devnode = context;

	return IoGetDmaAdapter(devnode->pdo, description, registers);
}

static ULONG set_data(PVOID context, ULONG space, PVOID buffer, ULONG offset, ULONG length)
{
	return space == PCI_WHICHSPACE_CONFIG ?
	       nt_pci_config(context, buffer, offset, length, true) : 0;
}

static ULONG get_data(PVOID context, ULONG space, PVOID buffer, ULONG offset, ULONG length)
{
	return space == PCI_WHICHSPACE_CONFIG ?
	       nt_pci_config(context, buffer, offset, length, false) : 0;
}

/**
 * nt_pdo_query_interface - answer IRP_MN_QUERY_INTERFACE
 * @devnode: the device
 * @location: the request
 * @status: what it came with, the answer for interfaces that we do not have
 *
 * The interface comes with a reference, which the driver drops.
 */
NTSTATUS nt_pdo_query_interface(struct nt_devnode *devnode, PIO_STACK_LOCATION location,
				NTSTATUS status)
{
	PBUS_INTERFACE_STANDARD bus =
		(PBUS_INTERFACE_STANDARD)location->Parameters.QueryInterface.Interface;

	if (memcmp(location->Parameters.QueryInterface.InterfaceType, &GUID_BUS_INTERFACE_STANDARD,
		   sizeof(GUID)))
		return status;
	if (location->Parameters.QueryInterface.Size < sizeof(*bus))
		return STATUS_INVALID_PARAMETER;
	*bus = (BUS_INTERFACE_STANDARD){
		.Size = sizeof(*bus),
		.Version = 1,
		.Context = devnode,
		.InterfaceReference = reference,
		.InterfaceDereference = dereference,
		.TranslateBusAddress = translate,
		.GetDmaAdapter = get_adapter,
		.SetBusData = set_data,
		.GetBusData = get_data,
	};
	reference(devnode);
	return STATUS_SUCCESS;
}
