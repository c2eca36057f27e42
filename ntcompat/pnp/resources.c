// SPDX-License-Identifier: GPL-2.0
/*
 * Hardware resources: what a device wants (IO_RESOURCE_REQUIREMENTS_LIST, shown to its
 * drivers by FILTER_RESOURCE_REQUIREMENTS), and the two lists that START_DEVICE tells.
 */
#include "resources.h"
#include "request.h"
#include "../ke/irql.h"
#include <linux/cpumask.h>

PCM_RESOURCE_LIST nt_resources_list(INTERFACE_TYPE type, ULONG bus)
{
	PCM_RESOURCE_LIST list;

	list = kzalloc(sizeof(*list) + NT_RESOURCES_MAX * sizeof(CM_PARTIAL_RESOURCE_DESCRIPTOR),
		       GFP_KERNEL);
	if (!list)
		return NULL;
	list->Count = 1;
	list->List[0].InterfaceType = type;
	list->List[0].BusNumber = bus;
	list->List[0].PartialResourceList.Version = 1;
	list->List[0].PartialResourceList.Revision = 1;
	return list;
}

PCM_PARTIAL_RESOURCE_DESCRIPTOR nt_resources_next(PCM_RESOURCE_LIST list)
{
	PCM_PARTIAL_RESOURCE_LIST partial = &list->List[0].PartialResourceList;

	return &partial->PartialDescriptors[partial->Count++];
}

/* ---- Of a device that another driver enumerated ---- */

/*
 * Its ranges lie in what its bus driver has been given and has claimed: nobody else is
 * asked. Bus addresses are processor addresses, as the bus driver has said them.
 */
static void give_range(struct nt_devnode *devnode, const IO_RESOURCE_DESCRIPTOR *want)
{
	PCM_PARTIAL_RESOURCE_DESCRIPTOR raw = nt_resources_next(devnode->raw);
	ULONG alignment = want->u.Generic.Alignment ?: 1;

	raw->Type = want->Type;
	raw->ShareDisposition = want->ShareDisposition;
	raw->Flags = want->Flags;
	raw->u.Generic.Start.QuadPart =
		roundup(want->u.Generic.MinimumAddress.QuadPart, (s64)alignment);
	raw->u.Generic.Length = want->u.Generic.Length;
	*nt_resources_next(devnode->translated) = *raw;
}

static void give_vector(struct nt_devnode *devnode, const IO_RESOURCE_DESCRIPTOR *want)
{
	PCM_PARTIAL_RESOURCE_DESCRIPTOR raw = nt_resources_next(devnode->raw);
	PCM_PARTIAL_RESOURCE_DESCRIPTOR translated = nt_resources_next(devnode->translated);

	devnode->irq = want->u.Interrupt.MinimumVector;
	devnode->vectors = 1;
	raw->Type = CmResourceTypeInterrupt;
	raw->ShareDisposition = want->ShareDisposition;
	raw->Flags = want->Flags;
	raw->u.Interrupt.Level = devnode->irq;
	raw->u.Interrupt.Vector = devnode->irq;
	raw->u.Interrupt.Affinity = cpumask_bits(cpu_online_mask)[0];
	*translated = *raw;
	translated->u.Interrupt.Level = NT_DIRQL;
}

static void give_private(struct nt_devnode *devnode, const IO_RESOURCE_DESCRIPTOR *want)
{
	PCM_PARTIAL_RESOURCE_DESCRIPTOR raw = nt_resources_next(devnode->raw);

	raw->Type = want->Type;
	raw->ShareDisposition = want->ShareDisposition;
	raw->Flags = want->Flags;
	memcpy(&raw->u, &want->u, min(sizeof(raw->u), sizeof(want->u)));
	*nt_resources_next(devnode->translated) = *raw;
}

static NTSTATUS assign_child(struct nt_devnode *devnode, PIO_RESOURCE_REQUIREMENTS_LIST list)
{
	PIO_RESOURCE_LIST wants = &list->List[0];
	ULONG i;

	if (wants->Count > NT_RESOURCES_MAX)
		return STATUS_DEVICE_CONFIGURATION_ERROR;
	for (i = 0; i < wants->Count; i++) {
		PIO_RESOURCE_DESCRIPTOR want = &wants->Descriptors[i];

		/* The other possibilities for what was given already. */
		if (want->Option & IO_RESOURCE_ALTERNATIVE)
			continue;
		switch (want->Type) {
		case CmResourceTypeMemory:
		case CmResourceTypePort:
			give_range(devnode, want);
			break;
		case CmResourceTypeInterrupt:
			give_vector(devnode, want);
			break;
		case CmResourceTypeDevicePrivate:
			give_private(devnode, want);
			break;
		}
	}
	return STATUS_SUCCESS;
}

/* ---- Both kinds ---- */

static NTSTATUS assign(struct nt_devnode *devnode, PIO_RESOURCE_REQUIREMENTS_LIST list)
{
	devnode->raw = nt_resources_list(list->InterfaceType, list->BusNumber);
	devnode->translated = nt_resources_list(list->InterfaceType, list->BusNumber);
	if (!devnode->raw || !devnode->translated)
		return STATUS_INSUFFICIENT_RESOURCES;
	return devnode->pci ? nt_pci_assign(devnode, list) : assign_child(devnode, list);
}

/**
 * nt_resources_assign - find a device's resources and have its drivers look at them
 * @devnode: device with its stack built
 *
 * PASSIVE_LEVEL. A PCI device is enabled, without bus mastering: that comes with
 * START_DEVICE. A device that wants nothing gets no lists. On failure call
 * nt_resources_release(), as after success.
 */
NTSTATUS nt_resources_assign(struct nt_devnode *devnode)
{
	PIO_RESOURCE_REQUIREMENTS_LIST list = NULL;
	NTSTATUS status;

	if (devnode->pci) {
		status = nt_pci_enable(devnode);
		if (!NT_SUCCESS(status))
			return status;
	}
	nt_pnp_query_requirements(devnode, &list);
	status = nt_pnp_filter_requirements(devnode, &list);
	if (NT_SUCCESS(status) && list && list->AlternativeLists)
		status = assign(devnode, list);
	if (list)
		ExFreePool(list);
	return status;
}

/**
 * nt_resources_release - give back what nt_resources_assign() took
 * @devnode: device whose driver has stopped using it, or had its chance to
 */
void nt_resources_release(struct nt_devnode *devnode)
{
	if (devnode->pci)
		nt_pci_release(devnode);
	devnode->vectors = 0;
	kfree(devnode->raw);
	kfree(devnode->translated);
	devnode->raw = NULL;
	devnode->translated = NULL;
}
