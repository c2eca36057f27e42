// SPDX-License-Identifier: GPL-2.0
/*
 * The door of power management. Linux says when the system sleeps, wakes and ends; NT's
 * drivers say when a device need not have power. That is a reference of Linux's runtime
 * PM, which Linux's PCI code turns into the device's state: it saves and restores the
 * configuration space, with BARs, bus mastering and messages.
 */
#include "pm.h"
#include "../io/status.h"
#include "../pnp/devnode.h"
#include "../po/power.h"
#include <linux/pm_runtime.h>
#include <linux/suspend.h>

static struct nt_devnode *devnode_of(struct device *dev)
{
	return dev_get_drvdata(dev);
}

/* Hibernation has no target state. Suspend-to-idle is the sleep from which waking is quickest. */
static SYSTEM_POWER_STATE target(void)
{
	switch (pm_suspend_target_state) {
	case PM_SUSPEND_ON:
		return PowerSystemHibernate;
	case PM_SUSPEND_MEM:
		return PowerSystemSleeping3;
	default:
		return PowerSystemSleeping1;
	}
}

static POWER_ACTION action_for(SYSTEM_POWER_STATE state)
{
	return state == PowerSystemHibernate ? PowerActionHibernate : PowerActionSleep;
}

/*
 * All devices are asked before any is told. Programs are frozen by now. A veto ends the
 * suspend; pm_complete() then tells those that had agreed.
 */
static int prepare(struct device *dev)
{
	struct nt_devnode *devnode = devnode_of(dev);
	SYSTEM_POWER_STATE state = target();
	NTSTATUS status;

	if (!devnode)
		return 0;
	status = nt_power_query_system(devnode, state, action_for(state));
	if (NT_SUCCESS(status))
		return 0;
	dev_err(dev, "the driver does not let the system sleep: %s\n", nt_status_text(status));
	return -EBUSY;
}

/* Children come before their parents. */
static int suspend(struct device *dev)
{
	struct nt_devnode *devnode = devnode_of(dev);
	SYSTEM_POWER_STATE state = target();

	if (!devnode)
		return 0;
	devnode->power.woke = false;
	nt_power_set_system(devnode, state, action_for(state));
	flush_work(&devnode->power.wake_work);
	return 0;
}

/* The device is in D0 again. Whether it is what woke the system, is written in it. */
static int resume_noirq(struct device *dev)
{
	struct nt_devnode *devnode = devnode_of(dev);
	u16 control;

	if (!devnode || !devnode->pci || !devnode->pci->pm_cap)
		return 0;
	pci_read_config_word(devnode->pci, devnode->pci->pm_cap + PCI_PM_CTRL, &control);
	devnode->power.woke = !PCI_POSSIBLE_ERROR(control) && control & PCI_PM_CTRL_PME_STATUS;
	return 0;
}

static int resume(struct device *dev)
{
	struct nt_devnode *devnode = devnode_of(dev);

	if (!devnode)
		return 0;
	nt_power_set_system(devnode, PowerSystemWorking, PowerActionSleep);
	if (devnode->power.woke)
		nt_power_wake(devnode, STATUS_SUCCESS);
	return 0;
}

/* "Reaffirm the current system state": of a suspend that somebody has vetoed. */
static void pm_complete(struct device *dev)
{
	struct nt_devnode *devnode = devnode_of(dev);

	if (devnode && devnode->power.told != PowerSystemWorking)
		nt_power_set_system(devnode, PowerSystemWorking, PowerActionSleep);
}

static int runtime_suspend(struct device *dev)
{
	return 0;
}

static void wake_later(struct work_struct *work)
{
	struct nt_devnode *devnode = container_of(work, struct nt_devnode, power.woke_work);

	nt_power_wake(devnode, STATUS_SUCCESS);
	nt_devnode_put(devnode);
}

/*
 * When neither we nor the system's suspend asked for it, the device has signalled: then
 * the driver, which waits for that, asks for D0. It does so in another thread, for here
 * that would wait for itself.
 */
static int runtime_resume(struct device *dev)
{
	struct nt_devnode *devnode = devnode_of(dev);

	if (devnode && !devnode->power.raising && devnode->power.told == PowerSystemWorking)
		nt_power_queue_work(devnode, &devnode->power.woke_work);
	return 0;
}

const struct dev_pm_ops nt_pm_ops = {
	.prepare = prepare,
	.complete = pm_complete,
	.resume_noirq = resume_noirq,
	SET_SYSTEM_SLEEP_PM_OPS(suspend, resume)
	SET_RUNTIME_PM_OPS(runtime_suspend, runtime_resume, NULL)
};

static void set_attached(struct nt_power *power, bool attached)
{
	spin_lock_irq(&power->lock);
	power->attached = attached;
	spin_unlock_irq(&power->lock);
}

/**
 * nt_pm_attach - Linux is binding a driver to a device
 * @devnode: the device
 *
 * Its power is the NT driver's to decide on, unless the user says otherwise in sysfs
 * (power/control). A PCI device comes with a reference to its power.
 */
void nt_pm_attach(struct nt_devnode *devnode)
{
	struct nt_power *power = &devnode->power;
	struct device *dev = devnode->dev;

	INIT_WORK(&power->woke_work, wake_later);
	if (!devnode->pci) {
		pm_runtime_get_noresume(dev);
		pm_runtime_set_active(dev);
		pm_runtime_enable(dev);
	}
	mutex_lock(&power->usage);
	power->state = PowerDeviceD0;
	power->may_wakeup = device_may_wakeup(dev);
	power->was_forbidden = !dev->power.runtime_auto;
	power->released = false;
	set_attached(power, true);
	mutex_unlock(&power->usage);
	pm_runtime_allow(dev);
}

/**
 * nt_pm_detach - Linux has taken the driver from a device
 * @devnode: the device
 *
 * What its stack says of power from now on concerns nobody.
 */
void nt_pm_detach(struct nt_devnode *devnode)
{
	struct nt_power *power = &devnode->power;
	struct device *dev = devnode->dev;

	mutex_lock(&power->usage);
	set_attached(power, false);
	if (power->released)
		pm_runtime_get_noresume(dev);
	mutex_unlock(&power->usage);
	nt_power_wake(devnode, STATUS_NO_SUCH_DEVICE);
	if (device_may_wakeup(dev) != power->may_wakeup)
		device_set_wakeup_enable(dev, power->may_wakeup);
	if (power->was_forbidden)
		pm_runtime_forbid(dev);
	if (devnode->pci)
		return;
	pm_runtime_disable(dev);
	pm_runtime_set_suspended(dev);
	pm_runtime_put_noidle(dev);
}

/**
 * nt_pm_power_up - a device is to be in D0
 * @devnode: the device
 *
 * PASSIVE_LEVEL. Returns 0 or a negative errno.
 */
int nt_pm_power_up(struct nt_devnode *devnode)
{
	struct nt_power *power = &devnode->power;
	int error = 0;

	mutex_lock(&power->usage);
	if (power->attached && power->released) {
		power->raising = true;
		error = pm_runtime_resume_and_get(devnode->dev);
		power->raising = false;
		power->released = error;
	}
	mutex_unlock(&power->usage);
	return error;
}

/**
 * nt_pm_power_down - a device need not be in D0
 * @devnode: the device
 *
 * PASSIVE_LEVEL. Linux may have reasons to leave it there: the user's wish, or children.
 * While the system goes to sleep, Linux's PCI code takes the power away a little later,
 * when interrupts are off: masking a message needs a device that listens.
 */
void nt_pm_power_down(struct nt_devnode *devnode)
{
	struct nt_power *power = &devnode->power;

	mutex_lock(&power->usage);
	if (power->attached && !power->released) {
		power->released = true;
		pm_runtime_put_sync_suspend(devnode->dev);
	}
	mutex_unlock(&power->usage);
}

static POWER_ACTION ending(void)
{
	switch (system_state) {
	case SYSTEM_RESTART:
		return PowerActionShutdownReset;
	case SYSTEM_POWER_OFF:
		return PowerActionShutdownOff;
	default:
		return PowerActionShutdown;
	}
}

/**
 * nt_pm_shutdown - the system ends, or another kernel takes over
 * @dev: Linux's device
 *
 * After IRP_MJ_SHUTDOWN.
 */
void nt_pm_shutdown(struct device *dev)
{
	struct nt_devnode *devnode = devnode_of(dev);

	if (devnode)
		nt_power_set_system(devnode, PowerSystemShutdown, ending());
}
