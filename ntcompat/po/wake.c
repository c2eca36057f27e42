// SPDX-License-Identifier: GPL-2.0
/* IRP_MN_WAIT_WAKE, which our PDOs keep until the device wakes or the driver cancels it. */
#include "power.h"
#include "../io/device.h"
#include "../io/irp.h"
#include "../pnp/devnode.h"
#include <linux/device.h>

/* Linux's setting, which may sleep: so it follows in a thread of its own. */
void nt_power_wake_work(struct work_struct *work)
{
	struct nt_devnode *devnode = container_of(work, struct nt_devnode, power.wake_work);
	struct nt_power *power = &devnode->power;

	mutex_lock(&power->usage);
	if (power->attached)
		device_set_wakeup_enable(devnode->dev, power->may_wakeup || power->wait_wake);
	mutex_unlock(&power->usage);
	nt_devnode_put(devnode);
}

static void cancel(PDEVICE_OBJECT pdo, PIRP irp)
{
	struct nt_devnode *devnode = nt_devnode_of(pdo);
	struct nt_power *power = &devnode->power;
	unsigned long flags;

	IoReleaseCancelSpinLock(irp->CancelIrql);
	spin_lock_irqsave(&power->lock, flags);
	if (power->wait_wake == irp)
		power->wait_wake = NULL;
	spin_unlock_irqrestore(&power->lock, flags);
	nt_power_queue_work(devnode, &power->wake_work);
	nt_irp_finish(irp, STATUS_CANCELLED, 0);
}

/* "Synchronizing IRP Cancellation". False when it was cancelled before that. */
static bool keep(struct nt_power *power, PIRP irp)
{
	lockdep_assert_held(&power->lock);
	IoSetCancelRoutine(irp, cancel);
	if (irp->Cancel && IoSetCancelRoutine(irp, NULL))
		return false;
	power->wait_wake = irp;
	return true;
}

/* Whether the device can do what is asked: "IRP_MN_WAIT_WAKE". */
static NTSTATUS check(const struct nt_devnode *devnode, SYSTEM_POWER_STATE deepest)
{
	DEVICE_CAPABILITIES caps = { };

	nt_power_pdo_capabilities((struct nt_devnode *)devnode, &caps);
	if (!caps.DeviceWake)
		return STATUS_NOT_SUPPORTED;
	if (devnode->power.state > caps.DeviceWake)
		return STATUS_INVALID_DEVICE_STATE;
	/* PowerSystemWorking: only the device is to wake, not the system. */
	if (deepest > PowerSystemWorking && deepest > caps.SystemWake)
		return STATUS_INVALID_DEVICE_STATE;
	return STATUS_SUCCESS;
}

/**
 * nt_power_wait_wake - IRP_MN_WAIT_WAKE has come to a PDO of ours
 * @devnode: the device
 * @irp: the IRP
 *
 * PASSIVE_LEVEL. Returns STATUS_PENDING, or completes the IRP with what it returns.
 */
NTSTATUS nt_power_wait_wake(struct nt_devnode *devnode, PIRP irp)
{
	PIO_STACK_LOCATION location = IoGetCurrentIrpStackLocation(irp);
	struct nt_power *power = &devnode->power;
	NTSTATUS status = check(devnode, location->Parameters.WaitWake.PowerState);
	unsigned long flags;

	if (!NT_SUCCESS(status))
		return nt_irp_finish(irp, status, 0);
	spin_lock_irqsave(&power->lock, flags);
	if (!power->attached) {
		status = STATUS_NO_SUCH_DEVICE;
	} else if (power->wait_wake) {
		status = STATUS_DEVICE_BUSY;
	} else {
		IoMarkIrpPending(irp);
		status = keep(power, irp) ? STATUS_PENDING : STATUS_CANCELLED;
	}
	spin_unlock_irqrestore(&power->lock, flags);
	if (status == STATUS_PENDING)
		nt_power_queue_work(devnode, &power->wake_work);
	else
		nt_irp_finish(irp, status, 0);
	return status == STATUS_CANCELLED ? STATUS_PENDING : status;
}

/**
 * nt_power_wake - end the IRP_MN_WAIT_WAKE that is pending, if one is
 * @devnode: the device
 * @status: STATUS_SUCCESS when it woke
 *
 * IRQL: <= DISPATCH_LEVEL, but not within a runtime PM callback, as the driver will ask
 * for D0.
 */
void nt_power_wake(struct nt_devnode *devnode, NTSTATUS status)
{
	struct nt_power *power = &devnode->power;
	unsigned long flags;
	PIRP irp;

	spin_lock_irqsave(&power->lock, flags);
	irp = power->wait_wake;
	/* Else its Cancel routine is about to complete it. */
	if (irp && IoSetCancelRoutine(irp, NULL))
		power->wait_wake = NULL;
	else
		irp = NULL;
	spin_unlock_irqrestore(&power->lock, flags);
	if (!irp)
		return;
	nt_power_queue_work(devnode, &power->wake_work);
	nt_irp_finish(irp, status, 0);
}
