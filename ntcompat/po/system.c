// SPDX-License-Identifier: GPL-2.0
/* System power IRPs: the whole system goes to sleep, wakes, or ends. */
#include "power.h"
#include "../io/device.h"
#include "../pnp/request.h"

/* A device that has not started knows nothing of power; one that is gone has none. */
static bool takes_part(const struct nt_devnode *devnode)
{
	return devnode->state == NT_DEVNODE_STARTED || devnode->state == NT_DEVNODE_STOPPED ||
	       devnode->state == NT_DEVNODE_QUERIED;
}

/* The table in "IRP_MN_SET_POWER". */
static void fill_in(PIO_STACK_LOCATION location, const struct nt_power *power,
		    SYSTEM_POWER_STATE state)
{
	SYSTEM_POWER_STATE_CONTEXT *context = &location->Parameters.Power.SystemPowerStateContext;

	context->TargetSystemState = state;
	context->EffectiveSystemState = state;
	context->CurrentSystemState = power->system;
	location->Parameters.Power.Type = SystemPowerState;
	location->Parameters.Power.State.SystemState = state;
	location->Parameters.Power.ShutdownType = power->action;
}

static NTSTATUS send(struct nt_devnode *devnode, UCHAR minor, SYSTEM_POWER_STATE state)
{
	struct nt_irp *nt = nt_pnp_irp(devnode);
	PIO_STACK_LOCATION first = nt_irp_first(nt);
	PDEVICE_OBJECT held[NT_STACK_HELD];
	struct nt_power_watch *watch = &devnode->power.system_watch;
	unsigned int count;
	NTSTATUS status;

	first->MajorFunction = IRP_MJ_POWER;
	first->MinorFunction = minor;
	fill_in(first, &devnode->power, state);
	count = nt_stack_hold(devnode->pdo, held);
	nt_power_watch(watch, devnode, &nt->irp, minor == IRP_MN_SET_POWER ?
		       "IRP_MN_SET_POWER (system)" : "IRP_MN_QUERY_POWER (system)");
	status = nt_irp_send(nt, nt_device_top(devnode->pdo), false);
	nt_power_unwatch(watch);
	nt_stack_release(held, count);
	nt_irp_free(nt);
	return status;
}

/**
 * nt_power_query_system - ask a device's drivers whether the system may go to sleep
 * @devnode: the device
 * @state: where to
 * @action: why
 *
 * PASSIVE_LEVEL. Returns a failure status as a veto: then the present state has been
 * reaffirmed ("IRP_MN_QUERY_POWER"). A stack that has no opinion does not veto.
 */
NTSTATUS nt_power_query_system(struct nt_devnode *devnode, SYSTEM_POWER_STATE state,
			       POWER_ACTION action)
{
	struct nt_power *power = &devnode->power;
	NTSTATUS status = STATUS_SUCCESS;

	nt_devnode_lock(devnode);
	if (takes_part(devnode)) {
		power->action = action;
		status = send(devnode, IRP_MN_QUERY_POWER, state);
		nt_power_drain(devnode);
		power->action = PowerActionNone;
		if (status == STATUS_NOT_SUPPORTED)
			status = STATUS_SUCCESS;
		if (!NT_SUCCESS(status))
			send(devnode, IRP_MN_SET_POWER, PowerSystemWorking);
		else
			power->told = state;
	}
	nt_devnode_unlock(devnode);
	return status;
}

/**
 * nt_power_set_system - tell a device's drivers what the system does
 * @devnode: the device
 * @state: where it goes
 * @action: why
 *
 * PASSIVE_LEVEL. A driver must not fail this; a failure is logged and changes nothing.
 * On the way down the device IRPs that the drivers asked for are over on return; on the
 * way up they may still be under way, as a driver need not hold the system's IRP.
 */
void nt_power_set_system(struct nt_devnode *devnode, SYSTEM_POWER_STATE state, POWER_ACTION action)
{
	struct nt_power *power = &devnode->power;
	NTSTATUS status;

	nt_devnode_lock(devnode);
	if (takes_part(devnode)) {
		power->action = action;
		status = send(devnode, IRP_MN_SET_POWER, state);
		if (!NT_SUCCESS(status) && status != STATUS_NOT_SUPPORTED)
			pr_warn("%s: IRP_MN_SET_POWER for system state %d: %s\n",
				dev_name(devnode->dev), state, nt_status_text(status));
		if (state != PowerSystemWorking)
			nt_power_drain(devnode);
		power->action = PowerActionNone;
	}
	power->told = state;
	power->system = state;
	nt_devnode_unlock(devnode);
}
