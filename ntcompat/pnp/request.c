// SPDX-License-Identifier: GPL-2.0
/* Sending PnP requests to the top of a device's stack. */
#include "request.h"
#include "../io/device.h"

/**
 * nt_pnp_irp - an IRP for a PnP request
 * @devnode: the device it is for
 *
 * Status is STATUS_NOT_SUPPORTED, as the rules for PnP IRPs want it. Removal
 * cannot fail for want of memory, so this waits for it.
 */
struct nt_irp *nt_pnp_irp(struct nt_devnode *devnode)
{
	CCHAR size = nt_device_top(devnode->pdo)->StackSize;
	struct nt_irp *nt;

	while (!(nt = nt_irp_alloc(size, GFP_KERNEL)))
		schedule_timeout_uninterruptible(1);
	nt->irp.IoStatus.Status = STATUS_NOT_SUPPORTED;
	return nt;
}

/**
 * nt_pnp_send_irp - send a PnP request to the top of the stack, wait, free it
 * @devnode: the device
 * @nt: from nt_pnp_irp(), with its parameters filled in
 * @minor: IRP_MN_x
 * @information: receives IoStatus.Information; may be NULL
 */
NTSTATUS nt_pnp_send_irp(struct nt_devnode *devnode, struct nt_irp *nt, UCHAR minor,
			 ULONG_PTR *information)
{
	PIO_STACK_LOCATION first = nt_irp_first(nt);
	PDEVICE_OBJECT held[NT_STACK_HELD];
	unsigned int count;
	NTSTATUS status;

	first->MajorFunction = IRP_MJ_PNP;
	first->MinorFunction = minor;
	/* A filter that detaches must not be unloaded before it has returned from that. */
	count = nt_stack_hold(devnode->pdo, held);
	status = nt_irp_send(nt, nt_device_top(devnode->pdo), false);
	nt_stack_release(held, count);
	if (information)
		*information = nt->irp.IoStatus.Information;
	nt_irp_free(nt);
	return status;
}

/* A request without parameters and answer. */
NTSTATUS nt_pnp_send(struct nt_devnode *devnode, UCHAR minor)
{
	return nt_pnp_send_irp(devnode, nt_pnp_irp(devnode), minor, NULL);
}

/* One whose answer is memory from the pool, the caller's to free; NULL when it has none. */
static NTSTATUS ask(struct nt_devnode *devnode, struct nt_irp *nt, UCHAR minor, void *answer)
{
	ULONG_PTR information;
	NTSTATUS status = nt_pnp_send_irp(devnode, nt, minor, &information);

	*(void **)answer = NT_SUCCESS(status) ? (void *)information : NULL;
	return status;
}

NTSTATUS nt_pnp_query_id(struct nt_devnode *devnode, BUS_QUERY_ID_TYPE type, PWCHAR *id)
{
	struct nt_irp *nt = nt_pnp_irp(devnode);

	nt_irp_first(nt)->Parameters.QueryId.IdType = type;
	return ask(devnode, nt, IRP_MN_QUERY_ID, id);
}

NTSTATUS nt_pnp_query_text(struct nt_devnode *devnode, DEVICE_TEXT_TYPE type, PWCHAR *text)
{
	const LCID english = 0x0409;
	struct nt_irp *nt = nt_pnp_irp(devnode);

	nt_irp_first(nt)->Parameters.QueryDeviceText.DeviceTextType = type;
	nt_irp_first(nt)->Parameters.QueryDeviceText.LocaleId = english;
	return ask(devnode, nt, IRP_MN_QUERY_DEVICE_TEXT, text);
}

NTSTATUS nt_pnp_query_relations(struct nt_devnode *devnode, DEVICE_RELATION_TYPE type,
				PDEVICE_RELATIONS *relations)
{
	struct nt_irp *nt = nt_pnp_irp(devnode);

	nt_irp_first(nt)->Parameters.QueryDeviceRelations.Type = type;
	return ask(devnode, nt, IRP_MN_QUERY_DEVICE_RELATIONS, relations);
}

NTSTATUS nt_pnp_query_bus(struct nt_devnode *devnode, PPNP_BUS_INFORMATION *bus)
{
	return ask(devnode, nt_pnp_irp(devnode), IRP_MN_QUERY_BUS_INFORMATION, bus);
}

NTSTATUS nt_pnp_query_requirements(struct nt_devnode *devnode,
				   PIO_RESOURCE_REQUIREMENTS_LIST *requirements)
{
	return ask(devnode, nt_pnp_irp(devnode), IRP_MN_QUERY_RESOURCE_REQUIREMENTS, requirements);
}

NTSTATUS nt_pnp_query_resources(struct nt_devnode *devnode, PCM_RESOURCE_LIST *resources)
{
	return ask(devnode, nt_pnp_irp(devnode), IRP_MN_QUERY_RESOURCES, resources);
}

/* "IRP_MN_QUERY_CAPABILITIES": how the sender initialises the structure. */
NTSTATUS nt_pnp_query_capabilities(struct nt_devnode *devnode)
{
	struct nt_irp *nt = nt_pnp_irp(devnode);
	DEVICE_CAPABILITIES caps = {
		.Size = sizeof(caps), .Version = 1, .Address = -1, .UINumber = -1,
	};
	NTSTATUS status;

	nt_irp_first(nt)->Parameters.DeviceCapabilities.Capabilities = &caps;
	status = nt_pnp_send_irp(devnode, nt, IRP_MN_QUERY_CAPABILITIES, NULL);
	if (NT_SUCCESS(status))
		devnode->capabilities = caps;
	return status;
}

NTSTATUS nt_pnp_query_state(struct nt_devnode *devnode, PNP_DEVICE_STATE *state)
{
	ULONG_PTR information;
	NTSTATUS status = nt_pnp_send_irp(devnode, nt_pnp_irp(devnode),
					  IRP_MN_QUERY_PNP_DEVICE_STATE, &information);

	*state = NT_SUCCESS(status) ? information : 0;
	return status;
}

/**
 * nt_pnp_filter_requirements - let the drivers look at a list of requirements
 * @devnode: the device
 * @requirements: the list; what comes back in Information takes its place
 *
 * A driver that replaces the list frees the former one.
 */
NTSTATUS nt_pnp_filter_requirements(struct nt_devnode *devnode,
				    PIO_RESOURCE_REQUIREMENTS_LIST *requirements)
{
	struct nt_irp *nt = nt_pnp_irp(devnode);
	ULONG_PTR information;
	NTSTATUS status;

	nt_irp_first(nt)->Parameters.FilterResourceRequirements.IoResourceRequirementList =
		*requirements;
	nt->irp.IoStatus.Information = (ULONG_PTR)*requirements;
	status = nt_pnp_send_irp(devnode, nt, IRP_MN_FILTER_RESOURCE_REQUIREMENTS, &information);
	if (NT_SUCCESS(status) && information)
		*requirements = (PIO_RESOURCE_REQUIREMENTS_LIST)information;
	/* A driver that has no opinion leaves the status as it was. */
	return status == STATUS_NOT_SUPPORTED ? STATUS_SUCCESS : status;
}
