/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Device nodes: a PCI device, its physical device object and where it stands
 * between arrival and removal.
 */
#ifndef _NTCOMPAT_PNP_DEVNODE_H
#define _NTCOMPAT_PNP_DEVNODE_H

#include "../nt.h"
#include "../io/irp.h"
#include <linux/kref.h>
#include <linux/mutex.h>
#include <linux/pci.h>

struct nt_driver;

/*
 *	state		comes next		by
 *	ADDED		STARTED			START_DEVICE succeeded
 *			REMOVED			START_DEVICE failed: REMOVE_DEVICE
 *	STARTED		REMOVED			no file open: QUERY_REMOVE, or for a device
 *						that is not there any more
 *						SURPRISE_REMOVAL; then REMOVE_DEVICE
 *			GONE			files open: SURPRISE_REMOVAL
 *	GONE		REMOVED			last file closed: REMOVE_DEVICE
 */
enum nt_devnode_state {
	NT_DEVNODE_ADDED,
	NT_DEVNODE_STARTED,
	NT_DEVNODE_GONE,
	NT_DEVNODE_REMOVED,
};

/**
 * struct nt_devnode - a device
 * @link: on the list of all
 * @ref: one for the PCI binding, one per open file
 * @lock: guards @state and @open_files
 * @state: see above
 * @open_files: files open on any device of the stack
 * @driver: the function driver
 * @pci: referenced
 * @pdo: the physical device object
 * @raw: what START_DEVICE tells, in bus terms
 * @translated: the same in processor terms
 * @vectors: interrupt vectors allocated; with @msi they are the device's own
 * @msi: messages, no line
 * @regions: BARs that were requested, as a mask
 * @enabled: pci_enable_device() was called
 */
struct nt_devnode {
	struct list_head link;
	struct kref ref;
	struct mutex lock;
	enum nt_devnode_state state;
	unsigned int open_files;
	struct nt_driver *driver;
	struct pci_dev *pci;
	PDEVICE_OBJECT pdo;
	PCM_RESOURCE_LIST raw;
	PCM_RESOURCE_LIST translated;
	int vectors;
	bool msi;
	int regions;
	bool enabled;
};

/* Linux's number of one of the device's interrupts. */
static inline unsigned int nt_devnode_irq(const struct nt_devnode *devnode, int number)
{
	return pci_irq_vector(devnode->pci, number);
}

NTSTATUS nt_devnode_add(struct nt_driver *driver, struct pci_dev *pci);
void nt_devnode_remove(struct nt_devnode *devnode);
NTSTATUS nt_devnode_open(struct nt_devnode *devnode, struct module **function);
void nt_devnode_close(struct nt_devnode *devnode);
void nt_devnode_put(struct nt_devnode *devnode);
struct nt_devnode *nt_devnode_of(PDEVICE_OBJECT pdo);

NTSTATUS nt_pdo_query_interface(struct nt_devnode *devnode, PIO_STACK_LOCATION location,
				NTSTATUS status);
ULONG nt_pci_config(struct nt_devnode *devnode, void *buffer, ULONG offset, ULONG length, bool write);
NTSTATUS nt_pdo_create(struct nt_devnode *devnode);
bool nt_devnode_irq_is_shared(const struct nt_devnode *devnode, unsigned int irq);
NTSTATUS nt_resources_assign(struct nt_devnode *devnode);
void nt_resources_release(struct nt_devnode *devnode);

NTSTATUS nt_pnp_send(struct nt_devnode *devnode, UCHAR minor);
NTSTATUS nt_pnp_send_irp(struct nt_devnode *devnode, struct nt_irp *nt, UCHAR minor);
struct nt_irp *nt_pnp_irp(struct nt_devnode *devnode);

int nt_pdo_setup(void);
void nt_pdo_teardown(void);

#endif /* _NTCOMPAT_PNP_DEVNODE_H */
