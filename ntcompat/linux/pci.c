// SPDX-License-Identifier: GPL-2.0
/* The door for PCI devices: probe and remove. */
#include "pci.h"
#include "commands.h"
#include "glue.h"
#include "pm.h"
#include "../io/driver.h"
#include "../io/status.h"
#include "../pnp/devnode.h"
#include <linux/module.h>

static struct nt_driver *driver_of(struct pci_dev *pci)
{
	return container_of(pci->driver, struct nt_driver, pci);
}

static NTSTATUS start(struct nt_devnode *devnode, struct nt_driver *driver)
{
	NTSTATUS status;

	nt_pm_attach(devnode);
	status = nt_devnode_add(devnode, driver);
	if (!NT_SUCCESS(status))
		nt_pm_detach(devnode);
	return status;
}

/* Each binding is a device of its own to NT: the last one's may have open files still. */
static NTSTATUS add(struct pci_dev *pci, struct nt_driver *driver)
{
	struct nt_devnode *devnode = nt_devnode_alloc(&pci->dev, NULL);
	NTSTATUS status = STATUS_INSUFFICIENT_RESOURCES;

	if (!devnode)
		return status;
	if (!nt_identity_of_pci(devnode))
		status = nt_pdo_create(devnode);
	if (NT_SUCCESS(status))
		status = start(devnode, driver);
	if (NT_SUCCESS(status))
		pci_set_drvdata(pci, devnode);
	else
		nt_devnode_put(devnode);
	return status;
}

static int probe(struct pci_dev *pci, const struct pci_device_id *id)
{
	struct nt_driver *driver = driver_of(pci);
	NTSTATUS status = add(pci, driver);

	if (NT_SUCCESS(status))
		return 0;
	dev_err(&pci->dev, "%s did not start it: %s\n", driver->info->name, nt_status_text(status));
	return nt_status_to_errno(status) ?: -EIO;
}

static void remove(struct pci_dev *pci)
{
	struct nt_devnode *devnode = pci_get_drvdata(pci);

	nt_devnode_remove(devnode);
	nt_pm_detach(devnode);
	nt_devnode_put(devnode);
}

static void shutdown(struct pci_dev *pci)
{
	nt_pm_shutdown(&pci->dev);
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
	driver->pci.groups = nt_command_groups;
	driver->pci.shutdown = shutdown;
	driver->pci.driver.pm = &nt_pm_ops;
	error = __pci_register_driver(&driver->pci, driver->info->owner, driver->info->name);
	driver->pci_registered = !error;
	return error;
}

void nt_pci_unregister(struct nt_driver *driver)
{
	if (driver->pci_registered)
		pci_unregister_driver(&driver->pci);
	driver->pci_registered = false;
}
