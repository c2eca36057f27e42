// SPDX-License-Identifier: GPL-2.0
/*
 * Hardware that NT 4 style drivers find by themselves.
 *
 * Linux's driver core knows who has a PCI function, so a claim is a binding: each
 * such driver gets a struct pci_driver that matches nothing, and a function that it
 * claims is bound to that by driver_override, which an administrator can see. A
 * function that has another driver, ours included, cannot be claimed; one that is
 * claimed is offered to nobody.
 *
 * A claim lasts until the driver gives the resources back or is unloaded; with an
 * adapter, whose memory is the device's, only the latter ends it. When the
 * hardware goes away first, its interrupt is disconnected and its claim stays,
 * empty: an NT 4 driver has no way to be told.
 */
#include "legacy.h"
#include "devnode.h"
#include "../io/driver.h"
#include "../io/interrupt.h"
#include "../linux/compat.h"
#include "../linux/glue.h"
#include <linux/ioport.h>
#include <linux/module.h>

/**
 * struct legacy - a driver with claims, as Linux's driver core sees it
 * @link: on the list of all; guarded by claiming
 * @driver: the driver
 * @pci: matches only by driver_override
 * @name: the override
 */
struct legacy {
	struct list_head link;
	struct nt_driver *driver;
	struct pci_driver pci;
	char name[64];
};

/**
 * struct claim - what a driver has claimed
 * @link: on the list of all; guarded by claims_lock
 * @driver: the driver
 * @device: its device object that it is for, or NULL
 * @pci: a PCI function, referenced; or NULL
 * @keep: it has an adapter, which NT 4 has no way to release: stays until the unload
 * @gone: the function was unbound: its hardware is not there any more
 * @region: else ports or memory
 * @type: IORESOURCE_IO or IORESOURCE_MEM
 */
struct claim {
	struct list_head link;
	struct nt_driver *driver;
	PDEVICE_OBJECT device;
	struct pci_dev *pci;
	bool keep;
	bool gone;
	struct resource *region;
	unsigned long type;
};

static LIST_HEAD(legacies);
static LIST_HEAD(claims);
static DEFINE_MUTEX(claiming);		/* taken before device locks */
static DEFINE_SPINLOCK(claims_lock);	/* BH; innermost */

/* ---- What the driver core calls, with the device's lock held ---- */

static int probe(struct pci_dev *pci, const struct pci_device_id *id)
{
	int error = pci_enable_device(pci);

	if (error)
		return error;
	error = pci_request_regions(pci, pci->dev.driver->name);
	if (error)
		pci_disable_device(pci);
	return error;
}

bool nt_legacy_uses_irq(unsigned int irq)
{
	struct claim *claim;
	bool used = false;

	spin_lock_bh(&claims_lock);
	list_for_each_entry(claim, &claims, link)
		used |= claim->pci && !claim->gone && claim->pci->irq == irq;
	spin_unlock_bh(&claims_lock);
	return used;
}

void nt_legacy_keep(const struct pci_dev *pci)
{
	struct claim *claim;

	spin_lock_bh(&claims_lock);
	list_for_each_entry(claim, &claims, link)
		if (claim->pci == pci)
			claim->keep = true;
	spin_unlock_bh(&claims_lock);
}

static void mark_gone(struct pci_dev *pci)
{
	struct claim *claim;

	spin_lock_bh(&claims_lock);
	list_for_each_entry(claim, &claims, link)
		if (claim->pci == pci)
			claim->gone = true;
	spin_unlock_bh(&claims_lock);
}

static void remove(struct pci_dev *pci)
{
	pci_clear_master(pci);
	mark_gone(pci);
	/* On a shared line nothing tells whose handler is whose. */
	if (!nt_devnode_irq_is_shared(NULL, pci->irq))
		nt_interrupts_revoke_irq(pci->irq);
	pci_release_regions(pci);
	pci_disable_device(pci);
}

/* ---- Drivers ---- */

struct search {
	unsigned long address;
	struct nt_driver *found;
};

static void match(struct nt_driver *driver, void *data)
{
	struct search *search = data;

	if (within_module(search->address, driver->info->owner))
		search->found = driver;
}

struct nt_driver *nt_driver_of_code(unsigned long address)
{
	struct search search = { .address = address };

	nt_drivers_walk(match, &search);
	return search.found;
}

static struct legacy *legacy_of(struct nt_driver *driver)
{
	struct legacy *legacy;

	lockdep_assert_held(&claiming);
	list_for_each_entry(legacy, &legacies, link)
		if (legacy->driver == driver)
			return legacy;
	legacy = kzalloc(sizeof(*legacy), GFP_KERNEL);
	if (!legacy)
		return NULL;
	/* The other name is that of the driver's PnP devices. */
	snprintf(legacy->name, sizeof(legacy->name), "%s%s", driver->info->name,
		 driver->info->ids ? "-legacy" : "");
	legacy->driver = driver;
	legacy->pci.name = legacy->name;
	legacy->pci.probe = probe;
	legacy->pci.remove = remove;
	legacy->pci.driver.suppress_bind_attrs = true;
	if (__pci_register_driver(&legacy->pci, driver->info->owner, driver->info->name)) {
		kfree(legacy);
		return NULL;
	}
	list_add(&legacy->link, &legacies);
	return legacy;
}

static void forget_legacy(struct nt_driver *driver)
{
	struct legacy *legacy, *next;

	mutex_lock(&claiming);
	list_for_each_entry_safe(legacy, next, &legacies, link) {
		if (legacy->driver != driver)
			continue;
		list_del(&legacy->link);
		pci_unregister_driver(&legacy->pci);
		kfree(legacy);
	}
	mutex_unlock(&claiming);
}

/* ---- Claims ---- */

static void add(struct claim *claim, struct nt_driver *driver, PDEVICE_OBJECT device)
{
	claim->driver = driver;
	claim->device = device;
	spin_lock_bh(&claims_lock);
	list_add(&claim->link, &claims);
	spin_unlock_bh(&claims_lock);
	nt_live_inc(NT_LIVE_CLAIM);
}

static struct claim *claim_of(const struct pci_dev *pci)
{
	struct claim *claim, *found = NULL;

	spin_lock_bh(&claims_lock);
	list_for_each_entry(claim, &claims, link)
		if (claim->pci == pci && !claim->gone)
			found = claim;
	spin_unlock_bh(&claims_lock);
	return found;
}

static void set_override(struct pci_dev *pci, const char *name)
{
	/* Fails for want of memory only, and then the device does not match. */
	if (nt_set_driver_override(pci, name))
		pci_warn(pci, "driver_override could not be set\n");
}

static NTSTATUS bind(struct nt_driver *driver, struct pci_dev *pci)
{
	struct legacy *legacy = legacy_of(driver);

	if (!legacy)
		return STATUS_INSUFFICIENT_RESOURCES;
	/* Another driver has it, or an administrator wants it for another. */
	if (pci->dev.driver || nt_has_driver_override(pci))
		return STATUS_CONFLICTING_ADDRESSES;
	set_override(pci, legacy->name);
	if (!device_driver_attach(&legacy->pci.driver, &pci->dev))
		return STATUS_SUCCESS;
	set_override(pci, "");
	return STATUS_CONFLICTING_ADDRESSES;
}

/**
 * nt_legacy_claim - bind a PCI function to a driver that has found it
 * @driver: the driver
 * @device: its device object that it is for, or NULL
 * @pci: the function
 *
 * PASSIVE_LEVEL. Returns STATUS_SUCCESS, also when it is the driver's already;
 * STATUS_CONFLICTING_ADDRESSES when somebody else has it.
 */
NTSTATUS nt_legacy_claim(struct nt_driver *driver, PDEVICE_OBJECT device, struct pci_dev *pci)
{
	NTSTATUS status = STATUS_SUCCESS;
	struct claim *claim, *new;

	new = kzalloc(sizeof(*new), GFP_KERNEL);
	if (!new)
		return STATUS_INSUFFICIENT_RESOURCES;
	mutex_lock(&claiming);
	claim = claim_of(pci);
	if (claim && claim->driver != driver) {
		status = STATUS_CONFLICTING_ADDRESSES;
	} else if (claim) {
		claim->device = device ?: claim->device;
	} else {
		status = bind(driver, pci);
		if (NT_SUCCESS(status)) {
			new->pci = pci_dev_get(pci);
			add(new, driver, device);
			new = NULL;
		}
	}
	mutex_unlock(&claiming);
	kfree(new);
	return status;
}

static struct resource *request(u64 start, u64 bytes, unsigned long type, const char *name)
{
	return type == IORESOURCE_IO ? request_region(start, bytes, name) :
				       request_mem_region(start, bytes, name);
}

NTSTATUS nt_legacy_claim_region(struct nt_driver *driver, PDEVICE_OBJECT device, u64 start, u64 bytes,
				unsigned long type)
{
	struct claim *new = kzalloc(sizeof(*new), GFP_KERNEL);

	if (!new)
		return STATUS_INSUFFICIENT_RESOURCES;
	new->type = type;
	new->region = request(start, bytes, type, driver->info->name);
	if (!new->region) {
		kfree(new);
		return STATUS_CONFLICTING_ADDRESSES;
	}
	add(new, driver, device);
	return STATUS_SUCCESS;
}

static void undo(struct claim *claim)
{
	if (claim->pci) {
		if (!claim->gone)
			device_release_driver(&claim->pci->dev);
		set_override(claim->pci, "");
		pci_dev_put(claim->pci);
	} else if (claim->type == IORESOURCE_IO) {
		release_region(claim->region->start, resource_size(claim->region));
	} else {
		release_mem_region(claim->region->start, resource_size(claim->region));
	}
	nt_live_dec(NT_LIVE_CLAIM);
	kfree(claim);
}

static struct claim *take(struct nt_driver *driver, PDEVICE_OBJECT device, bool all)
{
	struct claim *claim, *found = NULL;

	spin_lock_bh(&claims_lock);
	list_for_each_entry(claim, &claims, link)
		if (claim->driver == driver &&
		    (all || (claim->device == device && !claim->keep))) {
			found = claim;
			list_del(&claim->link);
			break;
		}
	spin_unlock_bh(&claims_lock);
	return found;
}

static void release(struct nt_driver *driver, PDEVICE_OBJECT device, bool all)
{
	struct claim *claim;

	mutex_lock(&claiming);
	while ((claim = take(driver, device, all)))
		undo(claim);
	mutex_unlock(&claiming);
}

void nt_legacy_release(struct nt_driver *driver, PDEVICE_OBJECT device)
{
	release(driver, device, false);
}

void nt_legacy_reap(struct nt_driver *driver)
{
	release(driver, NULL, true);
	forget_legacy(driver);
}

struct pci_dev *nt_legacy_find(const struct nt_driver *driver,
			       bool (*fits)(struct pci_dev *pci, const void *data), const void *data)
{
	struct pci_dev *found = NULL;
	struct claim *claim;

	spin_lock_bh(&claims_lock);
	list_for_each_entry(claim, &claims, link)
		if ((!driver || claim->driver == driver) && claim->pci && !claim->gone &&
		    fits(claim->pci, data)) {
			found = pci_dev_get(claim->pci);
			break;
		}
	spin_unlock_bh(&claims_lock);
	return found;
}
