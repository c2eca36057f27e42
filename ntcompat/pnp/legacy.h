/* SPDX-License-Identifier: GPL-2.0 */
/* Hardware that NT 4 style drivers find by themselves, and claim. */
#ifndef _NTCOMPAT_PNP_LEGACY_H
#define _NTCOMPAT_PNP_LEGACY_H

#include "../nt.h"
#include <linux/pci.h>

struct nt_driver;

/* The driver that an address of code is in; valid while that code runs. PASSIVE_LEVEL. */
struct nt_driver *nt_driver_of_code(unsigned long address);

/* Bind a PCI function to a driver, enabled, its BARs reserved. PASSIVE_LEVEL. */
NTSTATUS nt_legacy_claim(struct nt_driver *driver, PDEVICE_OBJECT device, struct pci_dev *pci);

/* Ports (IORESOURCE_IO) or memory that are no PCI function's. */
NTSTATUS nt_legacy_claim_region(struct nt_driver *driver, PDEVICE_OBJECT device, u64 start, u64 bytes,
				unsigned long type);

/* Give back what was claimed for a device, NULL included; or all. */
void nt_legacy_release(struct nt_driver *driver, PDEVICE_OBJECT device);
void nt_legacy_reap(struct nt_driver *driver);

/* A function that the driver has claimed, referenced: the last one that satisfies @fits. */
struct pci_dev *nt_legacy_find(const struct nt_driver *driver,
			       bool (*fits)(struct pci_dev *pci, const void *data), const void *data);

/* From now on only the unload gives it back. */
void nt_legacy_keep(const struct pci_dev *pci);

bool nt_legacy_uses_irq(unsigned int irq);

#endif /* _NTCOMPAT_PNP_LEGACY_H */
