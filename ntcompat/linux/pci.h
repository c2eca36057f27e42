/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _NTCOMPAT_LINUX_PCI_H
#define _NTCOMPAT_LINUX_PCI_H

struct nt_driver;

int nt_pci_register(struct nt_driver *driver);
void nt_pci_unregister(struct nt_driver *driver);

#endif /* _NTCOMPAT_LINUX_PCI_H */
