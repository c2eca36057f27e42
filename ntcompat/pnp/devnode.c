// SPDX-License-Identifier: GPL-2.0
/* Device nodes: what there is of a device whether or not it has a driver. */
#include "devnode.h"
#include "legacy.h"
#include "../io/device.h"
#include "../io/driver.h"
#include "../io/interface.h"

static LIST_HEAD(devnodes);
static DEFINE_MUTEX(devnodes_lock);

/* Requests of drivers that need a thread of their own; drained before a driver goes. */
static struct workqueue_struct *queue;

static void put_pdo(struct nt_devnode *devnode)
{
	if (!devnode->pdo)
		return;
	nt_device_forget_devnode(devnode->pdo);
	if (devnode->own_pdo)
		IoDeleteDevice(devnode->pdo);
	nt_device_put(nt_device(devnode->pdo));
}

static void release(struct kref *ref)
{
	struct nt_devnode *devnode = container_of(ref, struct nt_devnode, ref);

	mutex_lock(&devnodes_lock);
	list_del(&devnode->link);
	mutex_unlock(&devnodes_lock);

	nt_interfaces_forget(devnode);
	put_pdo(devnode);
	nt_identity_free(&devnode->identity);
	put_device(devnode->dev);
	if (devnode->parent)
		nt_devnode_put(devnode->parent);
	nt_live_dec(NT_LIVE_DEVNODE);
	kfree(devnode);
}

void nt_devnode_get(struct nt_devnode *devnode)
{
	kref_get(&devnode->ref);
}

void nt_devnode_put(struct nt_devnode *devnode)
{
	kref_put(&devnode->ref, release);
}

/**
 * nt_devnode_alloc - a new device
 * @dev: Linux's device, or NULL for one that is to be made
 * @parent: the device whose driver found it, or NULL
 *
 * NULL when there is no memory.
 */
struct nt_devnode *nt_devnode_alloc(struct device *dev, struct nt_devnode *parent)
{
	struct nt_devnode *devnode = kzalloc(sizeof(*devnode), GFP_KERNEL);

	if (!devnode)
		return NULL;
	kref_init(&devnode->ref);
	mutex_init(&devnode->operation);
	mutex_init(&devnode->lock);
	INIT_LIST_HEAD(&devnode->children);
	INIT_LIST_HEAD(&devnode->sibling);
	INIT_WORK(&devnode->relations, nt_relations_work);
	INIT_WORK(&devnode->reconsider, nt_state_work);
	INIT_WORK(&devnode->eject, nt_eject_work);
	nt_power_init(devnode);
	devnode->dev = get_device(dev);
	devnode->pci = dev && dev_is_pci(dev) ? to_pci_dev(dev) : NULL;
	devnode->parent = parent;
	if (parent) {
		nt_devnode_get(parent);
		devnode->depth = parent->depth + 1;
	}
	mutex_lock(&devnodes_lock);
	list_add(&devnode->link, &devnodes);
	mutex_unlock(&devnodes_lock);
	nt_live_inc(NT_LIVE_DEVNODE);
	return devnode;
}

/* The PDO's: @pdo is NULL-safe for the sake of drivers that ask with any device. */
struct nt_devnode *nt_devnode_of(PDEVICE_OBJECT pdo)
{
	return pdo ? nt_device(pdo)->devnode : NULL;
}

/* The same for who cannot know that the device stays: with a reference. */
struct nt_devnode *nt_devnode_get_of(PDEVICE_OBJECT pdo)
{
	struct nt_devnode *devnode;

	spin_lock_bh(&nt_stack_lock);
	devnode = nt_devnode_of(pdo);
	if (devnode && !kref_get_unless_zero(&devnode->ref))
		devnode = NULL;
	spin_unlock_bh(&nt_stack_lock);
	return devnode;
}

/**
 * nt_devnode_set_pdo - give a device its PDO
 * @devnode: the device
 * @pdo: device object; its memory is referenced, its driver is not held
 * @own: it is deleted with the devnode
 */
void nt_devnode_set_pdo(struct nt_devnode *devnode, PDEVICE_OBJECT pdo, bool own)
{
	nt_object_get(&nt_device(pdo)->ob);
	devnode->pdo = pdo;
	devnode->own_pdo = own;
	spin_lock_bh(&nt_stack_lock);
	nt_device(pdo)->devnode = devnode;
	pdo->Flags |= DO_BUS_ENUMERATED_DEVICE;
	spin_unlock_bh(&nt_stack_lock);
}

void nt_devnode_set_state(struct nt_devnode *devnode, enum nt_devnode_state state)
{
	mutex_lock(&devnode->lock);
	devnode->state = state;
	mutex_unlock(&devnode->lock);
}

/* Under the lock that lookers-on hold: the driver may be freed afterwards. */
void nt_devnode_set_driver(struct nt_devnode *devnode, struct nt_driver *driver)
{
	spin_lock_bh(&nt_stack_lock);
	devnode->driver = driver;
	spin_unlock_bh(&nt_stack_lock);
}

/* Is this thread in an AddDevice routine for the stack that the device belongs to? */
bool nt_devnode_is_building(PDEVICE_OBJECT device)
{
	lockdep_assert_held(&nt_stack_lock);
	while (nt_device(device)->lower)
		device = nt_device(device)->lower;
	return nt_device(device)->devnode && nt_device(device)->devnode->builder == current;
}

/* Does another device of ours have its interrupt on the same line? */
bool nt_devnode_irq_is_shared(const struct nt_devnode *devnode, unsigned int irq)
{
	const struct nt_devnode *other;
	bool shared = nt_legacy_uses_irq(irq);

	mutex_lock(&devnodes_lock);
	list_for_each_entry(other, &devnodes, link)
		if (other != devnode && other->vectors && nt_devnode_irq(other, 0) == irq)
			shared = true;
	mutex_unlock(&devnodes_lock);
	return shared;
}

/* Parents before children, which is what the depth tells lockdep. */
void nt_devnode_lock(struct nt_devnode *devnode)
{
	mutex_lock_nested(&devnode->operation, min(devnode->depth, MAX_LOCKDEP_SUBCLASSES - 1UL));
}

void nt_devnode_unlock(struct nt_devnode *devnode)
{
	mutex_unlock(&devnode->operation);
}

/*
 * A driver may ask for something for a child that is just being enumerated: wait for
 * that. False when no device has become of it. Without locks.
 */
bool nt_devnode_is_settled(struct nt_devnode *devnode)
{
	if (devnode->parent) {
		nt_devnode_lock(devnode->parent);
		nt_devnode_unlock(devnode->parent);
	}
	return devnode->dev;
}

/* @work is one of the devnode's, which it keeps until it has run. */
void nt_pnp_queue(struct nt_devnode *devnode, struct work_struct *work)
{
	nt_devnode_get(devnode);
	if (!queue_work(queue, work))
		nt_devnode_put(devnode);
}

int __init nt_pnp_setup(void)
{
	queue = alloc_workqueue("ntcompat_pnp", WQ_UNBOUND, 0);
	return queue ? 0 : -ENOMEM;
}

void nt_pnp_teardown(void)
{
	destroy_workqueue(queue);
}
