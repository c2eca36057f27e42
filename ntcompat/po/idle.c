// SPDX-License-Identifier: GPL-2.0
/* Idle detection: devices that nobody has used for a while lose their power. */
#include "power.h"
#include "../io/device.h"
#include "../ke/irql.h"
#include "../pnp/devnode.h"

#define STANDARD_TIME	(20 * 60)	/* of disks, in seconds, as nobody has set it otherwise */

/**
 * struct nt_idle - what there is for a device with idle detection
 * @counter: seconds since it was used; the driver has a pointer to it
 * @busy: how often PoStartDeviceBusy() was called without PoEndDeviceBusy()
 * @link: on @registered while it is enabled
 * @device: the driver's device
 * @conservation: after how many seconds it is idle, on battery; 0 for never
 * @performance: the same on mains
 * @state: the state to ask for then
 *
 * Lives as long as the device object: a driver may use the counter until then.
 */
struct nt_idle {
	ULONG counter;
	atomic_t busy;
	struct list_head link;
	PDEVICE_OBJECT device;
	ULONG conservation;
	ULONG performance;
	DEVICE_POWER_STATE state;
};

static DEFINE_SPINLOCK(idle_lock);	/* the list, and what is set in its members */
static LIST_HEAD(registered);

static void scan(struct work_struct *work);
static DECLARE_DELAYED_WORK(scan_work, scan);

static struct nt_idle *idle_of(PULONG counter)
{
	return container_of(counter, struct nt_idle, counter);
}

/* The devnode cannot go away under that lock. PowerDeviceUnspecified for a stack without one. */
static DEVICE_POWER_STATE state_of(PDEVICE_OBJECT device)
{
	DEVICE_POWER_STATE state = PowerDeviceUnspecified;

	spin_lock(&nt_stack_lock);
	while (nt_device(device)->lower)
		device = nt_device(device)->lower;
	if (nt_device(device)->devnode)
		state = READ_ONCE(nt_device(device)->devnode->power.state);
	spin_unlock(&nt_stack_lock);
	return state;
}

/* Only a device that is up and has been left alone gets older. */
static void tick(struct nt_idle *idle, bool battery)
{
	ULONG limit = battery ? idle->conservation : idle->performance;
	POWER_STATE state = { .DeviceState = idle->state };
	ULONG age = READ_ONCE(idle->counter) + 1;

	if (nt_device(idle->device)->deleted || !limit || atomic_read(&idle->busy) ||
	    state_of(idle->device) != PowerDeviceD0) {
		age = 0;
	} else if (age > limit) {
		age = 0;
		/* At DISPATCH_LEVEL: another thread sends it. */
		PoRequestPowerIrp(idle->device, IRP_MN_SET_POWER, state, NULL, NULL, NULL);
	}
	WRITE_ONCE(idle->counter, age);
}

static void scan(struct work_struct *work)
{
	bool battery = nt_on_battery();
	struct nt_idle *idle;
	bool any;

	spin_lock_bh(&idle_lock);
	list_for_each_entry(idle, &registered, link)
		tick(idle, battery);
	any = !list_empty(&registered);
	spin_unlock_bh(&idle_lock);
	if (any)
		queue_delayed_work(system_freezable_wq, &scan_work, HZ);
}

static struct nt_idle *idle_for(PDEVICE_OBJECT device)
{
	struct nt_idle *idle = nt_device(device)->idle;

	if (idle)
		return idle;
	idle = kzalloc(sizeof(*idle), nt_gfp());
	if (!idle)
		return NULL;
	INIT_LIST_HEAD(&idle->link);
	idle->device = device;
	nt_device(device)->idle = idle;
	return idle;
}

static void disable(struct nt_idle *idle)
{
	spin_lock_bh(&idle_lock);
	list_del_init(&idle->link);
	spin_unlock_bh(&idle_lock);
}

static void enable(struct nt_idle *idle, ULONG conservation, ULONG performance,
		   DEVICE_POWER_STATE state)
{
	spin_lock_bh(&idle_lock);
	idle->conservation = conservation;
	idle->performance = performance;
	idle->state = state;
	WRITE_ONCE(idle->counter, 0);
	if (list_empty(&idle->link))
		list_add_tail(&idle->link, &registered);
	spin_unlock_bh(&idle_lock);
	queue_delayed_work(system_freezable_wq, &scan_work, HZ);
}

/* -1 stands for what is usual for such devices, where something is. False where not. */
static bool resolve(DEVICE_TYPE type, ULONG *seconds)
{
	if (*seconds != (ULONG)-1)
		return true;
	*seconds = STANDARD_TIME;
	return type == FILE_DEVICE_DISK || type == FILE_DEVICE_MASS_STORAGE;
}

/**
 * PoRegisterDeviceForIdleDetection - have an idle device put to sleep
 * @DeviceObject: the driver's device, in the stack of a PnP device
 * @ConservationIdleTime: after how many seconds on battery; 0 for never
 * @PerformanceIdleTime: the same on mains
 * @State: the device state that is then requested
 *
 * IRQL: <= DISPATCH_LEVEL, one call at a time for a device. Returns the idle counter, or
 * NULL: both times are 0, which ends the detection, or one is invalid, or there is no
 * memory. The device is in use when the driver says so (PoSetDeviceBusy), or is not in D0.
 * Whether the system is on battery Linux's power supplies tell.
 */
PULONG PoRegisterDeviceForIdleDetection(PDEVICE_OBJECT DeviceObject, ULONG ConservationIdleTime,
					ULONG PerformanceIdleTime, DEVICE_POWER_STATE State)
{
	struct nt_idle *idle;

	if (!resolve(DeviceObject->DeviceType, &ConservationIdleTime) ||
	    !resolve(DeviceObject->DeviceType, &PerformanceIdleTime))
		return NULL;
	if (!ConservationIdleTime && !PerformanceIdleTime) {
		if (nt_device(DeviceObject)->idle)
			disable(nt_device(DeviceObject)->idle);
		return NULL;
	}
	idle = idle_for(DeviceObject);
	if (!idle)
		return NULL;
	enable(idle, ConservationIdleTime, PerformanceIdleTime, State);
	return &idle->counter;
}
EXPORT_SYMBOL(PoRegisterDeviceForIdleDetection);

/**
 * PoSetDeviceBusyEx - a device is in use: begin to count anew
 * @IdlePointer: from PoRegisterDeviceForIdleDetection()
 *
 * IRQL: any.
 */
void PoSetDeviceBusyEx(PULONG IdlePointer)
{
	WRITE_ONCE(*IdlePointer, 0);
}
EXPORT_SYMBOL(PoSetDeviceBusyEx);

/**
 * PoStartDeviceBusy - a device is in use until PoEndDeviceBusy() is called as often
 * @IdlePointer: from PoRegisterDeviceForIdleDetection()
 *
 * IRQL: any.
 */
void PoStartDeviceBusy(PULONG IdlePointer)
{
	atomic_inc(&idle_of(IdlePointer)->busy);
	WRITE_ONCE(*IdlePointer, 0);
}
EXPORT_SYMBOL(PoStartDeviceBusy);

/**
 * PoEndDeviceBusy - take back one PoStartDeviceBusy()
 * @IdlePointer: from PoRegisterDeviceForIdleDetection()
 *
 * IRQL: any.
 */
void PoEndDeviceBusy(PULONG IdlePointer)
{
	WRITE_ONCE(*IdlePointer, 0);
	WARN_ONCE(atomic_dec_return(&idle_of(IdlePointer)->busy) < 0,
		  "PoEndDeviceBusy without PoStartDeviceBusy\n");
}
EXPORT_SYMBOL(PoEndDeviceBusy);

/* The device object is being freed. */
void nt_idle_free(PDEVICE_OBJECT device)
{
	struct nt_idle *idle = nt_device(device)->idle;

	if (!idle)
		return;
	disable(idle);
	kfree(idle);
}

void nt_idle_teardown(void)
{
	cancel_delayed_work_sync(&scan_work);
}
