// SPDX-License-Identifier: GPL-2.0
/*
 * Devices that a driver of old has found by itself and reports: "IoReportDetectedDevice".
 * Each is a root-enumerated device that counts as started, with who reported it as its
 * function driver.
 */
#include "root.h"
#include "devnode.h"
#include "../cm/inf.h"
#include "../io/driver.h"
#include "../linux/glue.h"
#include "../linux/ntbus.h"

static const char *bus_name(const CM_RESOURCE_LIST *list)
{
	static const char * const names[] = {
		[Internal] = "Internal", [Isa] = "Isa", [Eisa] = "Eisa",
		[MicroChannel] = "MicroChannel", [TurboChannel] = "TurboChannel",
		[PCIBus] = "PCIBus", [VMEBus] = "VMEBus", [NuBus] = "NuBus",
		[PCMCIABus] = "PCMCIABus", [CBus] = "CBus", [MPIBus] = "MPIBus",
		[MPSABus] = "MPSABus",
	};
	INTERFACE_TYPE type;

	if (!list || !list->Count)
		return names[Internal];
	type = list->List[0].InterfaceType;
	return type >= 0 && type < ARRAY_SIZE(names) ? names[type] : names[Internal];
}

/* As long as the driver's own do not collide: one number for each. */
static struct nt_devnode *make(struct nt_driver *driver, const CM_RESOURCE_LIST *resources,
			       NTSTATUS *status)
{
	static atomic_t next;
	struct nt_devnode *devnode = nt_devnode_alloc(NULL, NULL);

	*status = STATUS_INSUFFICIENT_RESOURCES;
	if (!devnode)
		return NULL;
	devnode->detected = true;
	nt_devnode_set_driver(devnode, driver);
	if (!nt_identity_of_detected(devnode, driver->info->name, bus_name(resources),
				     atomic_inc_return(&next) - 1))
		*status = nt_pdo_create(devnode);
	if (NT_SUCCESS(*status))
		*status = nt_bus_add(devnode);
	if (NT_SUCCESS(*status))
		*status = nt_device_install(devnode);
	if (NT_SUCCESS(*status))
		return devnode;
	if (devnode->dev && device_is_registered(devnode->dev))
		nt_bus_delete(devnode);
	nt_devnode_put(devnode);
	return NULL;
}

static NTSTATUS claim(PDRIVER_OBJECT driver, PCM_RESOURCE_LIST list)
{
	ULONG size = offsetof(CM_RESOURCE_LIST, List[0].PartialResourceList.PartialDescriptors) +
		     list->List[0].PartialResourceList.Count *
		     sizeof(CM_PARTIAL_RESOURCE_DESCRIPTOR);
	BOOLEAN conflict = FALSE;
	NTSTATUS status;

	status = IoReportResourceForDetection(driver, list, size, NULL, NULL, 0, &conflict);
	return NT_SUCCESS(status) && conflict ? STATUS_CONFLICTING_ADDRESSES : status;
}

/**
 * IoReportDetectedDevice - a driver has found a device that no bus reports
 * @DriverObject: the driver
 * @LegacyBusType: where it was found; there is no PnP device to match it with
 * @BusNumber: likewise
 * @SlotNumber: likewise
 * @ResourceList: what it was found with; its first bus gives the device its id
 * @ResourceRequirements: not kept, as the device is not started again
 * @ResourceAssigned: TRUE when the driver has reported @ResourceList already; else it is
 *	claimed here
 * @DeviceObject: a PDO that there is already, or NULL in it: then it receives one, to
 *	which the driver attaches
 *
 * IRQL: PASSIVE_LEVEL. The device counts as started. When the driver is unloaded its stack
 * gets IRP_MN_QUERY_REMOVE_DEVICE and IRP_MN_REMOVE_DEVICE before Unload. It is not kept
 * across loads, as on Windows it is across boots: who loads the driver has it look again.
 * Returns STATUS_SUCCESS, STATUS_CONFLICTING_ADDRESSES, STATUS_INVALID_PARAMETER for a
 * device object that is no PDO, STATUS_INSUFFICIENT_RESOURCES.
 * WDK: "IoReportDetectedDevice".
 */
NTSTATUS IoReportDetectedDevice(PDRIVER_OBJECT DriverObject, INTERFACE_TYPE LegacyBusType,
				ULONG BusNumber, ULONG SlotNumber, PCM_RESOURCE_LIST ResourceList,
				PIO_RESOURCE_REQUIREMENTS_LIST ResourceRequirements,
				BOOLEAN ResourceAssigned, PDEVICE_OBJECT *DeviceObject)
{
	struct nt_driver *driver = nt_driver(DriverObject);
	struct nt_devnode *devnode;
	NTSTATUS status;

	if (*DeviceObject)
		return nt_devnode_of(*DeviceObject) ? STATUS_SUCCESS : STATUS_INVALID_PARAMETER;
	if (ResourceList && ResourceList->Count && !ResourceAssigned) {
		status = claim(DriverObject, ResourceList);
		if (!NT_SUCCESS(status))
			return status;
	}
	devnode = make(driver, ResourceList, &status);
	if (!devnode)
		return status;
	nt_devnode_set_state(devnode, NT_DEVNODE_STARTED);
	list_add_tail(&devnode->sibling, &driver->detected);
	*DeviceObject = devnode->pdo;
	return STATUS_SUCCESS;
}
EXPORT_SYMBOL(IoReportDetectedDevice);

static void remove(struct nt_devnode *devnode)
{
	device_lock(devnode->dev);
	nt_devnode_remove(devnode);
	device_unlock(devnode->dev);
	nt_bus_delete(devnode);
	nt_devnode_put(devnode);
}

/* The driver's module is being unloaded, or its DriverEntry has failed. */
void nt_detected_remove(struct nt_driver *driver)
{
	struct nt_devnode *devnode, *next;

	list_for_each_entry_safe(devnode, next, &driver->detected, sibling) {
		list_del_init(&devnode->sibling);
		remove(devnode);
	}
}
