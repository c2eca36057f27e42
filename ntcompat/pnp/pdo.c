// SPDX-License-Identifier: GPL-2.0
/*
 * The bus driver's side of a PCI device: the physical device object, at the
 * bottom of the stack, where PnP and power IRPs end.
 */
#include "devnode.h"
#include "../io/device.h"
#include "../io/driver.h"
#include "../linux/glue.h"

/* \Driver\PCI: a driver object of our own, never started by anybody. */
static struct nt_driver *bus_driver;

/* A pointer back, so that a PDO can be told from any other device. */
struct pdo_extension {
	struct nt_devnode *devnode;
};

struct nt_devnode *nt_devnode_of(PDEVICE_OBJECT pdo)
{
	struct pdo_extension *extension = pdo->DeviceExtension;

	return pdo->DriverObject == &bus_driver->object ? extension->devnode : NULL;
}

static NTSTATUS query_capabilities(PIO_STACK_LOCATION location)
{
	PDEVICE_CAPABILITIES caps = location->Parameters.DeviceCapabilities.Capabilities;
	int state;

	if (caps->Version != 1 || caps->Size < sizeof(*caps))
		return STATUS_INVALID_PARAMETER;
	caps->SurpriseRemovalOK = 0;
	caps->UniqueID = 0;
	caps->DeviceState[PowerSystemWorking] = PowerDeviceD0;
	for (state = PowerSystemSleeping1; state < POWER_SYSTEM_MAXIMUM; state++)
		caps->DeviceState[state] = PowerDeviceD3;
	caps->SystemWake = PowerSystemUnspecified;
	caps->DeviceWake = PowerDeviceUnspecified;
	return STATUS_SUCCESS;
}

/* WhichSpace 0 is the configuration space; the bytes moved are the Information. */
static NTSTATUS access_config(struct nt_devnode *devnode, PIRP irp, PIO_STACK_LOCATION location)
{
	bool write = location->MinorFunction == IRP_MN_WRITE_CONFIG;
	ULONG moved;

	if (location->Parameters.ReadWriteConfig.WhichSpace != PCI_WHICHSPACE_CONFIG)
		return STATUS_INVALID_PARAMETER;
	moved = nt_pci_config(devnode, location->Parameters.ReadWriteConfig.Buffer,
			      location->Parameters.ReadWriteConfig.Offset,
			      location->Parameters.ReadWriteConfig.Length, write);
	irp->IoStatus.Information = moved;
	return moved ? STATUS_SUCCESS : STATUS_INVALID_PARAMETER;
}

/*
 * The rules for a bus driver: it completes what it handles, and what it does not
 * handle with the status that the IRP came with.
 */
static NTSTATUS pnp_dispatch(PDEVICE_OBJECT pdo, PIRP irp)
{
	struct nt_devnode *devnode = nt_devnode_of(pdo);
	PIO_STACK_LOCATION location = IoGetCurrentIrpStackLocation(irp);
	NTSTATUS status = irp->IoStatus.Status;

	switch (location->MinorFunction) {
	case IRP_MN_START_DEVICE:
		pci_set_master(devnode->pci);
		status = STATUS_SUCCESS;
		break;
	case IRP_MN_QUERY_REMOVE_DEVICE:
	case IRP_MN_CANCEL_REMOVE_DEVICE:
	case IRP_MN_SURPRISE_REMOVAL:
	case IRP_MN_REMOVE_DEVICE:
	case IRP_MN_QUERY_STOP_DEVICE:
	case IRP_MN_CANCEL_STOP_DEVICE:
	case IRP_MN_STOP_DEVICE:
		status = STATUS_SUCCESS;
		break;
	case IRP_MN_QUERY_CAPABILITIES:
		status = query_capabilities(location);
		break;
	case IRP_MN_QUERY_INTERFACE:
		status = nt_pdo_query_interface(devnode, location, status);
		break;
	case IRP_MN_READ_CONFIG:
	case IRP_MN_WRITE_CONFIG:
		status = access_config(devnode, irp, location);
		break;
	}
	return nt_irp_finish(irp, status, irp->IoStatus.Information);
}

static NTSTATUS power_dispatch(PDEVICE_OBJECT pdo, PIRP irp)
{
	PIO_STACK_LOCATION location = IoGetCurrentIrpStackLocation(irp);
	NTSTATUS status = irp->IoStatus.Status;

	if (location->MinorFunction == IRP_MN_SET_POWER ||
	    location->MinorFunction == IRP_MN_QUERY_POWER)
		status = STATUS_SUCCESS;
	return nt_irp_finish(irp, status, 0);
}

static NTSTATUS system_control_dispatch(PDEVICE_OBJECT pdo, PIRP irp)
{
	return nt_irp_finish(irp, irp->IoStatus.Status, irp->IoStatus.Information);
}

static NTSTATUS ok_dispatch(PDEVICE_OBJECT pdo, PIRP irp)
{
	return nt_irp_finish(irp, STATUS_SUCCESS, 0);
}

/**
 * nt_pdo_create - make the physical device object of a device
 * @devnode: the device; its pdo is set
 */
NTSTATUS nt_pdo_create(struct nt_devnode *devnode)
{
	NTSTATUS status;

	status = IoCreateDevice(&bus_driver->object, sizeof(struct pdo_extension), NULL,
				FILE_DEVICE_BUS_EXTENDER, 0, FALSE, &devnode->pdo);
	if (!NT_SUCCESS(status))
		return status;
	((struct pdo_extension *)devnode->pdo->DeviceExtension)->devnode = devnode;
	nt_device(devnode->pdo)->devnode = devnode;
	devnode->pdo->Flags |= DO_BUS_ENUMERATED_DEVICE | DO_POWER_PAGABLE;
	devnode->pdo->Flags &= ~DO_DEVICE_INITIALIZING;
	return STATUS_SUCCESS;
}

static const struct nt_driver_info bus_info = {
	.name = "PCI",
	.owner = THIS_MODULE,
};

int __init nt_pdo_setup(void)
{
	NTSTATUS status;

	bus_driver = nt_driver_create(&bus_info, &status);
	if (!bus_driver)
		return nt_status_to_errno(status);
	/* A filter may pass these down; to open a bare PDO makes no sense but does no harm. */
	bus_driver->object.MajorFunction[IRP_MJ_CREATE] = ok_dispatch;
	bus_driver->object.MajorFunction[IRP_MJ_CLEANUP] = ok_dispatch;
	bus_driver->object.MajorFunction[IRP_MJ_CLOSE] = ok_dispatch;
	bus_driver->object.MajorFunction[IRP_MJ_PNP] = pnp_dispatch;
	bus_driver->object.MajorFunction[IRP_MJ_POWER] = power_dispatch;
	bus_driver->object.MajorFunction[IRP_MJ_SYSTEM_CONTROL] = system_control_dispatch;
	return 0;
}

void nt_pdo_teardown(void)
{
	nt_driver_destroy(bus_driver);
}
