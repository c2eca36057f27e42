// SPDX-License-Identifier: GPL-2.0
/* The door for a driver's module: its init and exit. */
#include "glue.h"
#include "ntbus.h"
#include "pci.h"
#include "../io/device.h"
#include "../io/driver.h"
#include "../io/driverext.h"
#include "../io/status.h"
#include "../pnp/root.h"
#include <linux/module.h>

/**
 * nt_driver_register - an NT driver's module is loaded
 * @info: its description, valid as long as the module
 * @driver: receives the driver object
 *
 * Calls DriverEntry, then AddDevice for each PCI device that the INF names.
 * Returns 0 or the negative errno of what failed. A device that does not start
 * is no failure of the driver: the log names it, as with any PCI driver.
 */
int nt_driver_register(const struct nt_driver_info *info, struct nt_driver **driver)
{
	struct nt_driver *new;
	NTSTATUS status;
	int error;

	new = nt_driver_create(info, &status);
	if (!new)
		return nt_status_to_errno(status);
	status = nt_driver_start(new);
	if (!NT_SUCCESS(status)) {
		error = nt_status_to_errno(status) ?: -EIO;
		goto destroy;
	}
	/* NT cannot unload a driver without an Unload routine; nor do we. */
	if (!new->object.DriverUnload)
		__module_get(info->owner);
	error = nt_pci_register(new);
	if (error)
		goto unload;
	error = nt_bus_register_driver(new);
	if (error)
		goto unregister_pci;
	nt_roots_add(new);
	/* Not before nothing can go wrong any more: from now on they can be opened. */
	nt_devices_initialized(new);
	nt_driver_reinitialize(new);
	nt_devices_initialized(new);
	WRITE_ONCE(new->ready, true);
	*driver = new;
	return 0;

unregister_pci:
	nt_pci_unregister(new);
unload:
	nt_driver_unload(new);
	if (!new->object.DriverUnload)
		module_put(info->owner);
destroy:
	nt_driver_destroy(new);
	return error;
}
EXPORT_SYMBOL(nt_driver_register);

/**
 * nt_driver_unregister - an NT driver's module is unloaded
 * @driver: from nt_driver_register()
 *
 * No file of it is open: each holds a reference to the module.
 */
void nt_driver_unregister(struct nt_driver *driver)
{
	nt_roots_remove(driver);
	nt_bus_unregister_driver(driver);
	nt_pci_unregister(driver);
	nt_driver_unload(driver);
	nt_driver_destroy(driver);
}
EXPORT_SYMBOL(nt_driver_unregister);
