// SPDX-License-Identifier: GPL-2.0
/* The end of a stack whose physical device object is ours: where the power is switched. */
#include "power.h"
#include "../io/irp.h"
#include "../linux/pm.h"
#include "../pnp/devnode.h"

static pci_power_t pci_state(DEVICE_POWER_STATE state)
{
	switch (state) {
	case PowerDeviceD1:
		return PCI_D1;
	case PowerDeviceD2:
		return PCI_D2;
	case PowerDeviceD3:
		return PCI_D3hot;
	default:
		return PCI_D0;
	}
}

static bool wakes_from(const struct nt_devnode *devnode, DEVICE_POWER_STATE state)
{
	return devnode->pci && pci_pme_capable(devnode->pci, pci_state(state));
}

/**
 * nt_power_pdo_capabilities - what QUERY_CAPABILITIES is told about power
 * @devnode: a device of ours
 * @caps: the rest is filled in
 *
 * While the system sleeps the device is in D3, as Linux's PCI code has it. It can wake
 * the system if it can signal that from D3.
 */
void nt_power_pdo_capabilities(struct nt_devnode *devnode, PDEVICE_CAPABILITIES caps)
{
	int state;

	caps->DeviceState[PowerSystemWorking] = PowerDeviceD0;
	for (state = PowerSystemSleeping1; state < POWER_SYSTEM_MAXIMUM; state++)
		caps->DeviceState[state] = PowerDeviceD3;
	caps->DeviceD1 = devnode->pci && devnode->pci->d1_support;
	caps->DeviceD2 = devnode->pci && devnode->pci->d2_support;
	caps->WakeFromD0 = wakes_from(devnode, PowerDeviceD0);
	caps->WakeFromD1 = wakes_from(devnode, PowerDeviceD1);
	caps->WakeFromD2 = wakes_from(devnode, PowerDeviceD2);
	caps->WakeFromD3 = wakes_from(devnode, PowerDeviceD3);
	caps->DeviceWake = PowerDeviceUnspecified;
	for (state = PowerDeviceD3; state >= PowerDeviceD0 && !caps->DeviceWake; state--)
		if (wakes_from(devnode, state))
			caps->DeviceWake = state;
	caps->SystemWake = caps->WakeFromD3 && device_can_wakeup(devnode->dev) ?
			   PowerSystemSleeping3 : PowerSystemUnspecified;
}

/* D1 and D2 are as good as D3 for Linux, which takes the state that suits it. */
static NTSTATUS switch_power(struct nt_devnode *devnode, DEVICE_POWER_STATE state)
{
	if (state != PowerDeviceD0) {
		nt_pm_power_down(devnode);
		return STATUS_SUCCESS;
	}
	return nt_pm_power_up(devnode) ? STATUS_NO_SUCH_DEVICE : STATUS_SUCCESS;
}

static NTSTATUS set_power(struct nt_devnode *devnode, PIRP irp)
{
	PIO_STACK_LOCATION location = IoGetCurrentIrpStackLocation(irp);

	return nt_irp_finish(irp, switch_power(devnode, location->Parameters.Power.State.DeviceState),
			     0);
}

static void set_power_work(struct work_struct *work)
{
	struct nt_devnode *devnode = container_of(work, struct nt_devnode, power.pdo_work);

	set_power(devnode, devnode->power.pdo_irp);
	nt_devnode_put(devnode);
}

/* A driver above may have come here from the DPC that ended its last request. */
static NTSTATUS set_power_later(struct nt_devnode *devnode, PIRP irp)
{
	IoMarkIrpPending(irp);
	devnode->power.pdo_irp = irp;
	INIT_WORK(&devnode->power.pdo_work, set_power_work);
	nt_power_queue_work(devnode, &devnode->power.pdo_work);
	return STATUS_PENDING;
}

/**
 * nt_power_pdo_dispatch - IRP_MJ_POWER at a PDO of ours
 * @devnode: the device
 * @irp: the IRP
 *
 * IRQL: <= DISPATCH_LEVEL. "Rules for Handling Power IRPs in Bus Drivers".
 */
NTSTATUS nt_power_pdo_dispatch(struct nt_devnode *devnode, PIRP irp)
{
	PIO_STACK_LOCATION location = IoGetCurrentIrpStackLocation(irp);

	switch (location->MinorFunction) {
	case IRP_MN_SET_POWER:
		if (location->Parameters.Power.Type == SystemPowerState)
			return nt_irp_finish(irp, STATUS_SUCCESS, 0);
		if (KeGetCurrentIrql() != PASSIVE_LEVEL)
			return set_power_later(devnode, irp);
		return set_power(devnode, irp);
	case IRP_MN_QUERY_POWER:
		return nt_irp_finish(irp, STATUS_SUCCESS, 0);
	case IRP_MN_WAIT_WAKE:
		return nt_power_wait_wake(devnode, irp);
	default:
		return nt_irp_finish(irp, irp->IoStatus.Status, 0);
	}
}
