/* SPDX-License-Identifier: GPL-2.0 */
/* Driver objects. */
#ifndef _NTCOMPAT_IO_DRIVER_H
#define _NTCOMPAT_IO_DRIVER_H

#include "../nt.h"
#include "../ob/object.h"
#include <linux/pci.h>

struct nt_driver_info;

/**
 * struct nt_driver - a DRIVER_OBJECT and what belongs to it
 * @ob: without a count of its own: the module has one
 * @object: what the driver sees
 * @link: on the list of all drivers
 * @extension: holds AddDevice and the service name
 * @info: from the driver's module
 * @registry_path: second argument of DriverEntry, valid while the driver is loaded
 * @hardware_database: the constant DRIVER_OBJECT.HardwareDatabase points to
 * @client_extensions: see driverext.c
 * @reinitializations: Reinitialize routines that are still to be called
 * @pci: how Linux finds the driver's PCI devices; registered when @pci_registered
 * @nt_bus: likewise those of Linux's bus "nt", with @nt_bus_registered
 * @roots: root-enumerated devices that came with the driver
 * @detected: devices that the driver reported
 * @ready: its module's init is over
 */
struct nt_driver {
	struct nt_object ob;
	DRIVER_OBJECT object;
	struct list_head link;
	DRIVER_EXTENSION extension;
	const struct nt_driver_info *info;
	UNICODE_STRING registry_path;
	UNICODE_STRING hardware_database;
	struct list_head client_extensions;
	struct list_head reinitializations;
	struct pci_driver pci;
	bool pci_registered;
	struct device_driver nt_bus;
	bool nt_bus_registered;
	struct list_head roots;
	struct list_head detected;
	bool ready;
};
NT_ASSERT_BODY(struct nt_driver, ob, object);

static inline struct nt_driver *nt_driver(PDRIVER_OBJECT object)
{
	return container_of(object, struct nt_driver, object);
}

struct nt_driver *nt_driver_create(const struct nt_driver_info *info, NTSTATUS *status);
NTSTATUS nt_driver_start(struct nt_driver *driver);
void nt_driver_unload(struct nt_driver *driver);
void nt_driver_destroy(struct nt_driver *driver);
struct nt_driver *nt_driver_get(const char *name);
void nt_driver_put(struct nt_driver *driver);
void nt_drivers_walk(void (*visit)(struct nt_driver *driver, void *data), void *data);

NTSTATUS nt_invalid_device_request(PDEVICE_OBJECT device, PIRP irp);

#endif /* _NTCOMPAT_IO_DRIVER_H */
