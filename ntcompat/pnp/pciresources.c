// SPDX-License-Identifier: GPL-2.0
/* The resources of a PCI device: what it wants, and what Linux gives it. */
#include "resources.h"
#include "../io/driver.h"
#include "../io/interrupt.h"
#include "../ke/irql.h"
#include "../linux/compat.h"
#include "../linux/glue.h"
#include <linux/cpumask.h>

#define NT_TAG_PNP	0x4e506e70	/* "pnPN" */
#define MESSAGES_MAX	(NT_RESOURCES_MAX - PCI_STD_NUM_BARS)

static bool bar_used(struct pci_dev *pci, int bar)
{
	return pci_resource_len(pci, bar) &&
	       pci_resource_flags(pci, bar) & (IORESOURCE_MEM | IORESOURCE_IO);
}

static bool bar_is_port(struct pci_dev *pci, int bar)
{
	return pci_resource_flags(pci, bar) & IORESOURCE_IO;
}

static USHORT bar_flags(struct pci_dev *pci, int bar)
{
	if (bar_is_port(pci, bar))
		return CM_RESOURCE_PORT_IO | CM_RESOURCE_PORT_16_BIT_DECODE |
		       CM_RESOURCE_PORT_POSITIVE_DECODE;
	return pci_resource_flags(pci, bar) & IORESOURCE_PREFETCH ?
	       CM_RESOURCE_MEMORY_READ_WRITE | CM_RESOURCE_MEMORY_PREFETCHABLE :
	       CM_RESOURCE_MEMORY_READ_WRITE;
}

static bool wants_msi(const struct nt_devnode *devnode)
{
	return devnode->driver && devnode->driver->info->msi > 0 && !devnode->line_only &&
	       (devnode->pci->msi_cap || devnode->pci->msix_cap);
}

static void want_bar(PIO_RESOURCE_DESCRIPTOR want, struct pci_dev *pci, int bar)
{
	want->Type = bar_is_port(pci, bar) ? CmResourceTypePort : CmResourceTypeMemory;
	want->ShareDisposition = CmResourceShareDeviceExclusive;
	want->Flags = bar_flags(pci, bar);
	want->u.Generic.Length = pci_resource_len(pci, bar);
	want->u.Generic.Alignment = pci_resource_len(pci, bar);
	want->u.Generic.MinimumAddress.QuadPart = pci_resource_start(pci, bar);
	want->u.Generic.MaximumAddress.QuadPart = pci_resource_end(pci, bar);
}

static void want_line(PIO_RESOURCE_DESCRIPTOR want, const struct pci_dev *pci)
{
	want->Type = CmResourceTypeInterrupt;
	want->ShareDisposition = CmResourceShareShared;
	want->Flags = CM_RESOURCE_INTERRUPT_LEVEL_SENSITIVE;
	want->u.Interrupt.MinimumVector = pci->irq;
	want->u.Interrupt.MaximumVector = pci->irq;
}

static void want_messages(PIO_RESOURCE_DESCRIPTOR want, int count)
{
	want->Type = CmResourceTypeInterrupt;
	want->ShareDisposition = CmResourceShareDeviceExclusive;
	want->Flags = CM_RESOURCE_INTERRUPT_LATCHED | CM_RESOURCE_INTERRUPT_MESSAGE;
	want->u.Interrupt.MinimumVector = CM_RESOURCE_INTERRUPT_MESSAGE_TOKEN - count + 1;
	want->u.Interrupt.MaximumVector = CM_RESOURCE_INTERRUPT_MESSAGE_TOKEN;
}

/*
 * "Using Interrupt Resource Descriptors": one descriptor for each message of MSI-X;
 * one for all of MSI, with the number in its range of vectors. More than there are
 * processors helps nobody, unless the driver asks for them.
 */
static void want_interrupts(PIO_RESOURCE_LIST wants, const struct nt_devnode *devnode)
{
	struct pci_dev *pci = devnode->pci;
	int limit = devnode->driver->info->msi_limit ?: MESSAGES_MAX, count, i;

	if (!wants_msi(devnode)) {
		if (pci->pin)
			want_line(&wants->Descriptors[wants->Count++], pci);
		return;
	}
	if (pci->msix_cap) {
		count = min3(pci_msix_vec_count(pci), limit, MESSAGES_MAX);
		for (i = 0; i < count; i++)
			want_messages(&wants->Descriptors[wants->Count++], 1);
	} else {
		want_messages(&wants->Descriptors[wants->Count++],
			      min(pci_msi_vec_count(pci), limit));
	}
}

/* From pool memory: a driver may replace the list, freeing this one. */
PIO_RESOURCE_REQUIREMENTS_LIST nt_pci_requirements(const struct nt_devnode *devnode)
{
	struct pci_dev *pci = devnode->pci;
	size_t size = sizeof(IO_RESOURCE_REQUIREMENTS_LIST) +
		      NT_RESOURCES_MAX * sizeof(IO_RESOURCE_DESCRIPTOR);
	PIO_RESOURCE_REQUIREMENTS_LIST list = ExAllocatePoolWithTag(PagedPool, size, NT_TAG_PNP);
	PIO_RESOURCE_LIST wants;
	int bar;

	if (!list)
		return NULL;
	memset(list, 0, size);
	list->ListSize = size;
	list->InterfaceType = PCIBus;
	list->BusNumber = pci->bus->number;
	list->SlotNumber = PCI_SLOT(pci->devfn) | PCI_FUNC(pci->devfn) << 5;
	list->AlternativeLists = 1;
	wants = &list->List[0];
	wants->Version = 1;
	wants->Revision = 1;
	for (bar = 0; bar < PCI_STD_NUM_BARS; bar++)
		if (bar_used(pci, bar))
			want_bar(&wants->Descriptors[wants->Count++], pci, bar);
	want_interrupts(wants, devnode);
	return list;
}

/* Bus and processor addresses are different spaces on some machines. */
static void give_bar(struct nt_devnode *devnode, const IO_RESOURCE_DESCRIPTOR *want, int bar)
{
	PCM_PARTIAL_RESOURCE_DESCRIPTOR raw = nt_resources_next(devnode->raw);
	PCM_PARTIAL_RESOURCE_DESCRIPTOR translated = nt_resources_next(devnode->translated);

	raw->Type = want->Type;
	raw->ShareDisposition = want->ShareDisposition;
	raw->Flags = want->Flags;
	raw->u.Generic.Start.QuadPart = pci_bus_address(devnode->pci, bar);
	raw->u.Generic.Length = want->u.Generic.Length;
	*translated = *raw;
	translated->u.Generic.Start.QuadPart = pci_resource_start(devnode->pci, bar);
}

static int find_bar(struct nt_devnode *devnode, const IO_RESOURCE_DESCRIPTOR *want)
{
	int bar;

	for (bar = 0; bar < PCI_STD_NUM_BARS; bar++)
		if (bar_used(devnode->pci, bar) && !(devnode->regions & BIT(bar)) &&
		    pci_resource_start(devnode->pci, bar) ==
		    want->u.Generic.MinimumAddress.QuadPart)
			return bar;
	return -ENOENT;
}

static NTSTATUS assign_bar(struct nt_devnode *devnode, const IO_RESOURCE_DESCRIPTOR *want)
{
	int bar = find_bar(devnode, want);
	int error;

	if (bar < 0)
		return STATUS_DEVICE_CONFIGURATION_ERROR;
	error = pci_request_region(devnode->pci, bar, devnode->driver->info->name);
	if (error)
		return nt_status_from_errno(error);
	devnode->regions |= BIT(bar);
	give_bar(devnode, want, bar);
	return STATUS_SUCCESS;
}

/* What a driver is told of the interrupt or, with MSI, of all its messages. */
static void give_interrupt(struct nt_devnode *devnode, const IO_RESOURCE_DESCRIPTOR *want,
			   int number, int messages)
{
	PCM_PARTIAL_RESOURCE_DESCRIPTOR raw = nt_resources_next(devnode->raw);
	PCM_PARTIAL_RESOURCE_DESCRIPTOR translated = nt_resources_next(devnode->translated);
	KAFFINITY cpus = cpumask_bits(cpu_online_mask)[0];
	int irq = nt_devnode_irq(devnode, number);

	translated->Type = CmResourceTypeInterrupt;
	translated->ShareDisposition = want->ShareDisposition;
	translated->Flags = want->Flags;
	translated->u.Interrupt.Level = NT_DIRQL;
	translated->u.Interrupt.Vector = irq;
	translated->u.Interrupt.Affinity = cpus;
	*raw = *translated;
	if (devnode->msi) {
		raw->u.MessageInterrupt.Raw.Reserved = 0;
		raw->u.MessageInterrupt.Raw.MessageCount = messages;
	} else {
		raw->u.Interrupt.Level = irq;
	}
}

/* How many messages the driver wants, having seen the list: 0 for the line. */
static int count_messages(const IO_RESOURCE_LIST *wants)
{
	int count = 0;
	ULONG i;

	for (i = 0; i < wants->Count; i++) {
		const IO_RESOURCE_DESCRIPTOR *want = &wants->Descriptors[i];

		if (want->Type == CmResourceTypeInterrupt &&
		    want->Flags & CM_RESOURCE_INTERRUPT_MESSAGE)
			count += want->u.Interrupt.MaximumVector -
				 want->u.Interrupt.MinimumVector + 1;
	}
	return clamp(count, 0, MESSAGES_MAX);
}

static NTSTATUS take_vectors(struct nt_devnode *devnode, int messages)
{
	struct pci_dev *pci = devnode->pci;
	int count = 0;

	if (messages)
		count = pci_alloc_irq_vectors(pci, 1, messages, PCI_IRQ_MSI | PCI_IRQ_MSIX);
	devnode->msi = count > 0;
	if (!devnode->msi)
		count = pci_alloc_irq_vectors(pci, 1, 1, PCI_IRQ_INTX);
	if (count < 0)
		return nt_status_from_errno(count);
	devnode->vectors = count;
	return STATUS_SUCCESS;
}

static bool wants_interrupt(const IO_RESOURCE_LIST *wants)
{
	ULONG i;

	for (i = 0; i < wants->Count; i++)
		if (wants->Descriptors[i].Type == CmResourceTypeInterrupt)
			return true;
	return false;
}

/* Fewer messages than the driver would like, or the line, it must put up with. */
static NTSTATUS assign_interrupts(struct nt_devnode *devnode, const IO_RESOURCE_LIST *wants)
{
	IO_RESOURCE_DESCRIPTOR got;
	NTSTATUS status;
	int i;

	if (!wants_interrupt(wants))
		return STATUS_SUCCESS;
	status = take_vectors(devnode, count_messages(wants));
	if (!NT_SUCCESS(status))
		return status;
	if (!devnode->msi) {
		want_line(&got, devnode->pci);
		give_interrupt(devnode, &got, 0, 0);
	} else if (devnode->pci->msix_enabled) {
		want_messages(&got, 1);
		for (i = 0; i < devnode->vectors; i++)
			give_interrupt(devnode, &got, i, 1);
	} else {
		want_messages(&got, devnode->vectors);
		give_interrupt(devnode, &got, 0, devnode->vectors);
	}
	return STATUS_SUCCESS;
}

/**
 * nt_pci_assign - take the BARs and vectors that are on the list
 * @devnode: an enabled PCI device
 * @list: what its drivers have left of its requirements
 */
NTSTATUS nt_pci_assign(struct nt_devnode *devnode, PIO_RESOURCE_REQUIREMENTS_LIST list)
{
	PIO_RESOURCE_LIST wants = &list->List[0];
	NTSTATUS status = STATUS_SUCCESS;
	ULONG i;

	if (wants->Count > NT_RESOURCES_MAX)
		return STATUS_DEVICE_CONFIGURATION_ERROR;
	for (i = 0; i < wants->Count && NT_SUCCESS(status); i++) {
		PIO_RESOURCE_DESCRIPTOR want = &wants->Descriptors[i];

		if (want->Type == CmResourceTypeMemory || want->Type == CmResourceTypePort)
			status = assign_bar(devnode, want);
	}
	return NT_SUCCESS(status) ? assign_interrupts(devnode, wants) : status;
}

/*
 * A driver that has not disconnected must not be called any more. On a line that
 * another of our devices uses, too, nothing tells whose handler is whose.
 */
static void revoke_interrupts(struct nt_devnode *devnode)
{
	int i;

	for (i = 0; i < devnode->vectors; i++)
		if (devnode->msi || !nt_devnode_irq_is_shared(devnode, nt_devnode_irq(devnode, i)))
			nt_interrupts_revoke_irq(nt_devnode_irq(devnode, i));
}

NTSTATUS nt_pci_enable(struct nt_devnode *devnode)
{
	int error = pci_enable_device(devnode->pci);

	devnode->enabled = !error;
	return error ? nt_status_from_errno(error) : STATUS_SUCCESS;
}

/* Whatever of it was taken. */
void nt_pci_release(struct nt_devnode *devnode)
{
	struct pci_dev *pci = devnode->pci;
	int bar;

	/* First of all, so that nothing is written to memory that is given back. */
	if (devnode->enabled)
		pci_clear_master(pci);
	revoke_interrupts(devnode);
	if (devnode->vectors)
		pci_free_irq_vectors(pci);
	devnode->msi = false;
	for (bar = 0; bar < PCI_STD_NUM_BARS; bar++)
		if (devnode->regions & BIT(bar))
			pci_release_region(pci, bar);
	devnode->regions = 0;
	if (devnode->enabled)
		pci_disable_device(pci);
	devnode->enabled = false;
}
