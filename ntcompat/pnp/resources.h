/* SPDX-License-Identifier: GPL-2.0 */
/* Lists of hardware resources, and where PCI devices' come from. */
#ifndef _NTCOMPAT_PNP_RESOURCES_H
#define _NTCOMPAT_PNP_RESOURCES_H

#include "devnode.h"

/* Descriptors of a list: BARs, and more messages than there are processors to take them. */
#define NT_RESOURCES_MAX	256

PCM_RESOURCE_LIST nt_resources_list(INTERFACE_TYPE type, ULONG bus);
PCM_PARTIAL_RESOURCE_DESCRIPTOR nt_resources_next(PCM_RESOURCE_LIST list);

NTSTATUS nt_pci_enable(struct nt_devnode *devnode);
PIO_RESOURCE_REQUIREMENTS_LIST nt_pci_requirements(const struct nt_devnode *devnode);
NTSTATUS nt_pci_assign(struct nt_devnode *devnode, PIO_RESOURCE_REQUIREMENTS_LIST list);
void nt_pci_release(struct nt_devnode *devnode);

#endif /* _NTCOMPAT_PNP_RESOURCES_H */
