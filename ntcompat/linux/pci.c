// SPDX-License-Identifier: GPL-2.0
/* The door for PCI devices: probe and remove. */
#include "pci.h"
#include "glue.h"
#include "../io/driver.h"
#include "../io/status.h"
#include "../pnp/devnode.h"
#include <linux/module.h>

static struct nt_driver *driver_of(struct pci_dev *pci)
{
	return container_of(pci->driver, struct nt_driver, pci);
}

static int probe(struct pci_dev *pci, const struct pci_device_id *id)
{
	struct nt_driver *driver = driver_of(pci);
	NTSTATUS status = nt_devnode_add(driver, pci);

	if (NT_SUCCESS(status))
		return 0;
	dev_err(&pci->dev, "%s did not start it: %s\n", driver->info->name, nt_status_text(status));
	return nt_status_to_errno(status) ?: -EIO;
}

static void remove(struct pci_dev *pci)
{
	nt_devnode_remove(pci_get_drvdata(pci));
}

/**
 * nt_pci_register - have Linux offer a driver its PCI devices
 * @driver: a started driver; one without AddDevice or ids is left alone
 */
int nt_pci_register(struct nt_driver *driver)
{
	int error;

	if (!driver->info->ids || !driver->extension.AddDevice)
		return 0;
	driver->pci.name = driver->info->name;
	driver->pci.id_table = driver->info->ids;
	driver->pci.probe = probe;
	driver->pci.remove = remove;
	error = __pci_register_driver(&driver->pci, driver->info->owner, driver->info->name);
	driver->pci_registered = !error;
	return error;
}

void nt_pci_unregister(struct nt_driver *driver)
{
	if (driver->pci_registered)
		pci_unregister_driver(&driver->pci);
}
