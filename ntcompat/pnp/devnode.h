/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Device nodes: a device, its physical device object, where it hangs in the tree
 * of devices, and where it stands between arrival and removal.
 */
#ifndef _NTCOMPAT_PNP_DEVNODE_H
#define _NTCOMPAT_PNP_DEVNODE_H

#include "../nt.h"
#include "../io/irp.h"
#include "filters.h"
#include "../po/power.h"
#include "identity.h"
#include <linux/kref.h>
#include <linux/mutex.h>
#include <linux/pci.h>

struct nt_driver;

/*
 *	state		comes next		by
 *	ADDED		STARTED			START_DEVICE succeeded
 *			REMOVED			START_DEVICE failed: REMOVE_DEVICE
 *	STARTED		STOPPED			QUERY_STOP and STOP_DEVICE
 *			QUERIED			QUERY_REMOVE_DEVICE
 *			REMOVED			no file open: SURPRISE_REMOVAL, REMOVE_DEVICE
 *			GONE			files open: SURPRISE_REMOVAL
 *	STOPPED		STARTED			START_DEVICE, with what resources there are
 *			as STARTED		START_DEVICE failed, or the device goes
 *	QUERIED		STARTED			CANCEL_REMOVE_DEVICE
 *			REMOVED			REMOVE_DEVICE
 *	GONE		REMOVED			last file closed: REMOVE_DEVICE
 *
 * REMOVED is where a device starts that no driver has been found for, and where
 * the next driver begins.
 */
enum nt_devnode_state {
	NT_DEVNODE_REMOVED,
	NT_DEVNODE_ADDED,
	NT_DEVNODE_STARTED,
	NT_DEVNODE_STOPPED,
	NT_DEVNODE_QUERIED,
	NT_DEVNODE_GONE,
};

/**
 * struct nt_devnode - a device
 * @link: on the list of all, under devnodes_lock
 * @ref: one for Linux's device, one per open file, one per child, and passing ones
 * @operation: one PnP operation at a time: start, stop, enumeration, removal. Inside
 *	Linux's lock of the device, outside those of the children
 * @lock: guards @state and @open_files
 * @state: see above; changes with @operation held
 * @open_files: files open on any device of the stack
 * @driver: the function driver; NULL while there is none; changes under nt_stack_lock
 * @dev: Linux's device, referenced
 * @pci: the same as a PCI device, or NULL
 * @parent: the device whose driver enumerated this one, referenced; or NULL
 * @depth: how many of them there are above
 * @children: what this one's driver enumerated, under @operation
 * @sibling: on the parent's @children
 * @detected: its driver has found it by itself: no other is to be matched
 * @missing: the bus driver does not report it any more
 * @deleted: it is off Linux's bus, and its PDO may be deleted, under @operation
 * @reported: mark of an enumeration under way
 * @pdo: the physical device object, referenced
 * @own_pdo: it is ours, and not another driver's
 * @identity: its names
 * @capabilities: what the stack said last
 * @filters: filter drivers of the stack, their modules held
 * @filter_count: how many
 * @power: what the power manager knows of it
 * @builder: who is building the stack: what attaches now, this devnode keeps loaded
 * @relations: to look for children
 * @reconsider: to ask for its state
 * @eject: to eject it
 * @raw: what START_DEVICE tells, in bus terms; NULL for a device without resources
 * @translated: the same in processor terms
 * @vectors: interrupt vectors allocated; with @msi they are the device's own
 * @irq: without @pci, the interrupt that the bus driver gave it
 * @msi: messages, no line
 * @line_only: the next start is to be with the line
 * @regions: BARs that were requested, as a mask
 * @enabled: pci_enable_device() was called
 */
struct nt_devnode {
	struct list_head link;
	struct kref ref;
	struct mutex operation;
	struct mutex lock;
	enum nt_devnode_state state;
	unsigned int open_files;
	struct nt_driver *driver;
	struct device *dev;
	struct pci_dev *pci;
	struct nt_devnode *parent;
	unsigned int depth;
	struct list_head children;
	struct list_head sibling;
	bool detected;
	bool missing;
	bool deleted;
	bool reported;
	PDEVICE_OBJECT pdo;
	bool own_pdo;
	struct nt_identity identity;
	DEVICE_CAPABILITIES capabilities;
	struct nt_driver *filters[NT_FILTERS_MAX];
	unsigned int filter_count;
	struct nt_power power;
	struct task_struct *builder;
	struct work_struct relations;
	struct work_struct reconsider;
	struct work_struct eject;
	PCM_RESOURCE_LIST raw;
	PCM_RESOURCE_LIST translated;
	int vectors;
	int irq;
	bool msi;
	bool line_only;
	int regions;
	bool enabled;
};

/* Linux's number of one of the device's interrupts. */
static inline unsigned int nt_devnode_irq(const struct nt_devnode *devnode, int number)
{
	return devnode->pci ? pci_irq_vector(devnode->pci, number) : devnode->irq;
}

/* devnode.c: what there is of a device whether or not it has a driver */
struct nt_devnode *nt_devnode_alloc(struct device *dev, struct nt_devnode *parent);
void nt_devnode_get(struct nt_devnode *devnode);
void nt_devnode_put(struct nt_devnode *devnode);
struct nt_devnode *nt_devnode_of(PDEVICE_OBJECT pdo);
struct nt_devnode *nt_devnode_get_of(PDEVICE_OBJECT pdo);
void nt_devnode_set_pdo(struct nt_devnode *devnode, PDEVICE_OBJECT pdo, bool own);
void nt_devnode_set_state(struct nt_devnode *devnode, enum nt_devnode_state state);
void nt_devnode_set_driver(struct nt_devnode *devnode, struct nt_driver *driver);
bool nt_devnode_is_building(PDEVICE_OBJECT device);
bool nt_devnode_irq_is_shared(const struct nt_devnode *devnode, unsigned int irq);
void nt_devnode_lock(struct nt_devnode *devnode);
void nt_devnode_unlock(struct nt_devnode *devnode);
bool nt_devnode_is_settled(struct nt_devnode *devnode);

/* files.c: open files hold a device */
#define NT_DEVNODE_MODULES	2

NTSTATUS nt_devnode_open(struct nt_devnode *devnode, struct module *held[NT_DEVNODE_MODULES]);
void nt_devnode_close(struct nt_devnode *devnode);

/* start.c, stop.c, remove.c: a driver's time with a device */
NTSTATUS nt_devnode_add(struct nt_devnode *devnode, struct nt_driver *driver);
NTSTATUS nt_devnode_start(struct nt_devnode *devnode);
NTSTATUS nt_devnode_stop(struct nt_devnode *devnode);
NTSTATUS nt_devnode_rebalance(struct nt_devnode *devnode, bool line_only);
void nt_devnode_remove(struct nt_devnode *devnode);
void nt_devnode_remove_stack(struct nt_devnode *devnode);
NTSTATUS nt_devnode_query_remove(struct nt_devnode *devnode);
NTSTATUS nt_devnode_disable(struct nt_devnode *devnode);

/* relations.c: the tree */
void nt_relations_enumerate(struct nt_devnode *devnode);
void nt_relations_remove_children(struct nt_devnode *devnode);

/* state.c, eject.c: what drivers ask for */
void nt_state_work(struct work_struct *work);
void nt_state_ask(struct nt_devnode *devnode);
void nt_eject_work(struct work_struct *work);
void nt_relations_work(struct work_struct *work);
void nt_pnp_queue(struct nt_devnode *devnode, struct work_struct *work);

/* pdo.c: the bus drivers that we are */
NTSTATUS nt_pdo_create(struct nt_devnode *devnode);
NTSTATUS nt_pdo_query_interface(struct nt_devnode *devnode, PIO_STACK_LOCATION location,
				NTSTATUS status);
ULONG nt_pci_config_of(struct pci_dev *pci, void *buffer, ULONG offset, ULONG length, bool write);
ULONG nt_pci_config(struct nt_devnode *devnode, void *buffer, ULONG offset, ULONG length, bool write);

/* resources.c for PCI, assign.c for others */
NTSTATUS nt_resources_assign(struct nt_devnode *devnode);
void nt_resources_release(struct nt_devnode *devnode);

int nt_pdo_setup(void);
void nt_pdo_teardown(void);
int nt_pnp_setup(void);
void nt_pnp_teardown(void);

#endif /* _NTCOMPAT_PNP_DEVNODE_H */
