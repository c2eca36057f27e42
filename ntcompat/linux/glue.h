/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a driver's module tells us about itself. `make driver` generates one
 * source file that fills this in and calls nt_driver_register() at its init.
 */
#ifndef _NTCOMPAT_LINUX_GLUE_H
#define _NTCOMPAT_LINUX_GLUE_H

#include "../nt.h"
#include "../cm/inf.h"
#include <linux/pci.h>

struct module;
struct nt_driver;

/* A hardware or compatible id of an INF, and the number of its model there. */
struct nt_hardware_id {
	const char *text;
	int model;
};

/**
 * struct nt_driver_info - an NT driver as a Linux module
 * @name: the service name, which is the module's name
 * @description: its first device's, from the INF; or NULL
 * @security: the security descriptor that the INF gives its devices, or NULL
 * @owner: the module
 * @entry: its DriverEntry
 * @inf: what its INF says of the registry; NULL without one
 * @ids: PCI devices of its INF, NULL for a legacy driver
 * @hardware_ids: other devices of its INF, up to one without a text, or NULL
 * @msi: 1 when the INF allows message-signalled interrupts, else 0; the
 *	module parameter "msi" of the driver overrides it
 * @msi_limit: how many messages at most, 0 for as many as the device has; the
 *	module parameter "msi_limit"
 */
struct nt_driver_info {
	const char *name;
	const char *description;
	const char *security;
	struct module *owner;
	PDRIVER_INITIALIZE entry;
	const struct nt_inf *inf;
	const struct pci_device_id *ids;
	const struct nt_hardware_id *hardware_ids;
	int msi;
	int msi_limit;
};

int nt_driver_register(const struct nt_driver_info *info, struct nt_driver **driver);
void nt_driver_unregister(struct nt_driver *driver);

#endif /* _NTCOMPAT_LINUX_GLUE_H */
