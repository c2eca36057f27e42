// SPDX-License-Identifier: GPL-2.0
/*
 * The bus drivers that we are: of PCI, and of the root, whose devices nobody has to
 * find. The physical device object is at the bottom of the stack, where PnP and power
 * IRPs end.
 */
#include "devnode.h"
#include "resources.h"
#include "../io/device.h"
#include "../io/driver.h"
#include "../linux/glue.h"
#define INITGUID
#include "../include/nt/wdmguid.h"

#define POOL_TAG	0x4f44504e	/* NPDO */

/* \Driver\PCI and \Driver\PnpManager: driver objects of our own, started by nobody. */
static struct nt_driver *pci_driver, *root_driver;

/* A pointer back, which lives as long as the device object. */
struct pdo_extension {
	struct nt_devnode *devnode;
};

static struct nt_devnode *devnode_of(PDEVICE_OBJECT pdo)
{
	return ((struct pdo_extension *)pdo->DeviceExtension)->devnode;
}

static NTSTATUS query_capabilities(struct nt_devnode *devnode, PIO_STACK_LOCATION location)
{
	PDEVICE_CAPABILITIES caps = location->Parameters.DeviceCapabilities.Capabilities;

	if (caps->Version != 1 || caps->Size < sizeof(*caps))
		return STATUS_INVALID_PARAMETER;
	caps->SurpriseRemovalOK = 0;
	caps->UniqueID = 1;
	if (devnode->pci)
		caps->Address = PCI_SLOT(devnode->pci->devfn) << 16 | PCI_FUNC(devnode->pci->devfn);
	nt_power_pdo_capabilities(devnode, caps);
	return STATUS_SUCCESS;
}

/* ---- Names ---- */

/* For the PnP manager, which frees it. */
static NTSTATUS give_text(PIRP irp, const char *text, size_t bytes)
{
	PWCHAR wide = ExAllocatePoolWithTag(PagedPool, bytes * sizeof(WCHAR), POOL_TAG);
	size_t i;

	if (!wide)
		return STATUS_INSUFFICIENT_RESOURCES;
	for (i = 0; i < bytes; i++)
		wide[i] = text[i];
	irp->IoStatus.Information = (ULONG_PTR)wide;
	return STATUS_SUCCESS;
}

static NTSTATUS query_id(const struct nt_identity *identity, PIRP irp, BUS_QUERY_ID_TYPE type)
{
	switch (type) {
	case BusQueryDeviceID:
		return give_text(irp, identity->device_id, strlen(identity->device_id) + 1);
	case BusQueryInstanceID:
		return give_text(irp, identity->instance_id, strlen(identity->instance_id) + 1);
	case BusQueryHardwareIDs:
		return give_text(irp, identity->hardware_ids, nt_ids_size(identity->hardware_ids));
	case BusQueryCompatibleIDs:
		return give_text(irp, identity->compatible_ids, nt_ids_size(identity->compatible_ids));
	default:
		return irp->IoStatus.Status;
	}
}

static NTSTATUS query_text(const struct nt_identity *identity, PIRP irp, DEVICE_TEXT_TYPE type)
{
	const char *text = type == DeviceTextDescription ? identity->description :
							   identity->location;

	return text ? give_text(irp, text, strlen(text) + 1) : irp->IoStatus.Status;
}

/* ---- The tree ---- */

static NTSTATUS query_bus_information(struct nt_devnode *devnode, PIRP irp)
{
	PPNP_BUS_INFORMATION bus;

	if (!devnode->pci)
		return irp->IoStatus.Status;
	bus = ExAllocatePoolWithTag(PagedPool, sizeof(*bus), POOL_TAG);
	if (!bus)
		return STATUS_INSUFFICIENT_RESOURCES;
	bus->BusTypeGuid = GUID_BUS_TYPE_PCI;
	bus->LegacyBusType = PCIBus;
	bus->BusNumber = devnode->pci->bus->number;
	irp->IoStatus.Information = (ULONG_PTR)bus;
	return STATUS_SUCCESS;
}

/* "A driver must reference the PDO of any device that it reports in this IRP." */
static NTSTATUS query_relations(PDEVICE_OBJECT pdo, PIRP irp, DEVICE_RELATION_TYPE type)
{
	PDEVICE_RELATIONS relations;

	if (type != TargetDeviceRelation)
		return irp->IoStatus.Status;
	relations = ExAllocatePoolWithTag(PagedPool, sizeof(*relations), POOL_TAG);
	if (!relations)
		return STATUS_INSUFFICIENT_RESOURCES;
	relations->Count = 1;
	relations->Objects[0] = pdo;
	ObReferenceObject(pdo);
	irp->IoStatus.Information = (ULONG_PTR)relations;
	return STATUS_SUCCESS;
}

static NTSTATUS query_requirements(struct nt_devnode *devnode, PIRP irp)
{
	PIO_RESOURCE_REQUIREMENTS_LIST list;

	if (!devnode->pci)
		return irp->IoStatus.Status;
	list = nt_pci_requirements(devnode);
	if (!list)
		return STATUS_INSUFFICIENT_RESOURCES;
	irp->IoStatus.Information = (ULONG_PTR)list;
	return STATUS_SUCCESS;
}

/* WhichSpace 0 is the configuration space; the bytes moved are the Information. */
static NTSTATUS access_config(struct nt_devnode *devnode, PIRP irp, PIO_STACK_LOCATION location)
{
	bool write = location->MinorFunction == IRP_MN_WRITE_CONFIG;
	ULONG moved;

	if (!devnode->pci)
		return irp->IoStatus.Status;
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
	struct nt_devnode *devnode = devnode_of(pdo);
	PIO_STACK_LOCATION location = IoGetCurrentIrpStackLocation(irp);
	NTSTATUS status = irp->IoStatus.Status;

	switch (location->MinorFunction) {
	case IRP_MN_START_DEVICE:
		if (devnode->pci)
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
	case IRP_MN_DEVICE_USAGE_NOTIFICATION:
		status = STATUS_SUCCESS;
		break;
	case IRP_MN_QUERY_CAPABILITIES:
		status = query_capabilities(devnode, location);
		break;
	case IRP_MN_QUERY_ID:
		status = query_id(&devnode->identity, irp, location->Parameters.QueryId.IdType);
		break;
	case IRP_MN_QUERY_DEVICE_TEXT:
		status = query_text(&devnode->identity, irp,
				    location->Parameters.QueryDeviceText.DeviceTextType);
		break;
	case IRP_MN_QUERY_BUS_INFORMATION:
		status = query_bus_information(devnode, irp);
		break;
	case IRP_MN_QUERY_DEVICE_RELATIONS:
		status = query_relations(pdo, irp, location->Parameters.QueryDeviceRelations.Type);
		break;
	case IRP_MN_QUERY_RESOURCE_REQUIREMENTS:
		status = query_requirements(devnode, irp);
		break;
	case IRP_MN_QUERY_INTERFACE:
		if (devnode->pci)
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
	return nt_power_pdo_dispatch(devnode_of(pdo), irp);
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
 * nt_pdo_create - make the physical device object of a device of ours
 * @devnode: the device; its pdo is set
 */
NTSTATUS nt_pdo_create(struct nt_devnode *devnode)
{
	struct nt_driver *driver = devnode->pci ? pci_driver : root_driver;
	PDEVICE_OBJECT pdo;
	NTSTATUS status;

	status = IoCreateDevice(&driver->object, sizeof(struct pdo_extension), NULL,
				devnode->pci ? FILE_DEVICE_BUS_EXTENDER : FILE_DEVICE_CONTROLLER,
				FILE_AUTOGENERATED_DEVICE_NAME, FALSE, &pdo);
	if (!NT_SUCCESS(status))
		return status;
	((struct pdo_extension *)pdo->DeviceExtension)->devnode = devnode;
	nt_devnode_set_pdo(devnode, pdo, true);
	pdo->Flags |= DO_POWER_PAGABLE;
	pdo->Flags &= ~DO_DEVICE_INITIALIZING;
	return STATUS_SUCCESS;
}

static const struct nt_driver_info pci_info = {
	.name = "PCI",
	.owner = THIS_MODULE,
};

static const struct nt_driver_info root_info = {
	.name = "PnpManager",
	.owner = THIS_MODULE,
};

static struct nt_driver *make_driver(const struct nt_driver_info *info, NTSTATUS *status)
{
	struct nt_driver *driver = nt_driver_create(info, status);

	if (!driver)
		return NULL;
	/* A filter may pass these down; to open a bare PDO makes no sense but does no harm. */
	driver->object.MajorFunction[IRP_MJ_CREATE] = ok_dispatch;
	driver->object.MajorFunction[IRP_MJ_CLEANUP] = ok_dispatch;
	driver->object.MajorFunction[IRP_MJ_CLOSE] = ok_dispatch;
	driver->object.MajorFunction[IRP_MJ_PNP] = pnp_dispatch;
	driver->object.MajorFunction[IRP_MJ_POWER] = power_dispatch;
	driver->object.MajorFunction[IRP_MJ_SYSTEM_CONTROL] = system_control_dispatch;
	return driver;
}

int __init nt_pdo_setup(void)
{
	NTSTATUS status;

	pci_driver = make_driver(&pci_info, &status);
	if (!pci_driver)
		return nt_status_to_errno(status);
	root_driver = make_driver(&root_info, &status);
	if (root_driver)
		return 0;
	nt_driver_destroy(pci_driver);
	return nt_status_to_errno(status);
}

void nt_pdo_teardown(void)
{
	nt_driver_destroy(root_driver);
	nt_driver_destroy(pci_driver);
}
