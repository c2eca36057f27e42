// SPDX-License-Identifier: GPL-2.0
/* Power settings: values of the system's that drivers are called back for. */
#include "power.h"
#include "../gate.h"
#include <linux/module.h>
#include <linux/power_supply.h>

/* Of wdm.h: whether the system is on mains or on battery. */
static const GUID acdc_power_source = {
	0x5d3e9a59, 0xe9d5, 0x4b00, { 0xa6, 0xbd, 0xff, 0x34, 0xff, 0x51, 0x65, 0x48 }
};

/**
 * struct registration - what PoRegisterPowerSettingCallback() makes
 * @link: on @registrations
 * @setting: which setting
 * @routine: the driver's
 * @context: its argument
 * @told: the value that it was called with last
 */
struct registration {
	struct list_head link;
	GUID setting;
	PPOWER_SETTING_CALLBACK routine;
	PVOID context;
	ULONG told;
};

/* Held in a driver's routine, too, so that the end of its registration waits for it. */
static DEFINE_MUTEX(lock);
static LIST_HEAD(registrations);

/* What has no supplies runs on mains. */
bool nt_on_battery(void)
{
	return power_supply_is_system_supplied() == 0;
}

static ULONG power_source(void)
{
	return nt_on_battery() ? PoDc : PoAc;
}

static void tell(struct registration *registration, ULONG value)
{
	registration->told = value;
	nt_call_power_setting(registration->routine, &registration->setting, &registration->told,
			      sizeof(registration->told), registration->context);
}

static void tell_all(struct work_struct *work)
{
	struct registration *registration, *next;
	ULONG value = power_source();

	mutex_lock(&lock);
	list_for_each_entry_safe(registration, next, &registrations, link)
		if (registration->told != value)
			tell(registration, value);
	mutex_unlock(&lock);
}
static DECLARE_WORK(tell_work, tell_all);

/**
 * PoRegisterPowerSettingCallback - be called when a power setting changes
 * @DeviceObject: not used
 * @SettingGuid: GUID_ACDC_POWER_SOURCE
 * @Callback: is called at PASSIVE_LEVEL, once before this returns
 * @Context: its argument
 * @Handle: receives what PoUnregisterPowerSettingCallback() takes
 *
 * IRQL: PASSIVE_LEVEL, and not in such a routine. Linux has a value for the one setting
 * only, the power source; another is STATUS_NOT_FOUND here, where Windows takes any.
 */
NTSTATUS PoRegisterPowerSettingCallback(PDEVICE_OBJECT DeviceObject, LPCGUID SettingGuid,
					PPOWER_SETTING_CALLBACK Callback, PVOID Context,
					PVOID *Handle)
{
	struct registration *registration;

	if (memcmp(SettingGuid, &acdc_power_source, sizeof(GUID)))
		return STATUS_NOT_FOUND;
	registration = kzalloc(sizeof(*registration), GFP_KERNEL);
	if (!registration)
		return STATUS_INSUFFICIENT_RESOURCES;
	registration->setting = *SettingGuid;
	registration->routine = Callback;
	registration->context = Context;
	if (Handle)
		*Handle = registration;
	mutex_lock(&lock);
	list_add_tail(&registration->link, &registrations);
	tell(registration, power_source());
	mutex_unlock(&lock);
	return STATUS_SUCCESS;
}
EXPORT_SYMBOL(PoRegisterPowerSettingCallback);

static NTSTATUS remove(PVOID handle)
{
	struct registration *registration;

	list_for_each_entry(registration, &registrations, link)
		if (registration == handle) {
			list_del(&registration->link);
			kfree(registration);
			return STATUS_SUCCESS;
		}
	return STATUS_INVALID_PARAMETER;
}

/**
 * PoUnregisterPowerSettingCallback - not be called any more
 * @Handle: from PoRegisterPowerSettingCallback()
 *
 * IRQL: PASSIVE_LEVEL, not in such a routine. Waits for one that is running. Returns
 * STATUS_INVALID_PARAMETER for what is no such handle.
 */
NTSTATUS PoUnregisterPowerSettingCallback(PVOID Handle)
{
	NTSTATUS status;

	mutex_lock(&lock);
	status = remove(Handle);
	mutex_unlock(&lock);
	return status;
}
EXPORT_SYMBOL(PoUnregisterPowerSettingCallback);

/* What a driver that is being unloaded forgot. */
void nt_settings_reap(const struct module *owner)
{
	struct registration *registration, *next;

	mutex_lock(&lock);
	list_for_each_entry_safe(registration, next, &registrations, link)
		if (within_module((unsigned long)registration->routine, owner)) {
			pr_warn("%s has left a power setting callback behind\n", owner->name);
			list_del(&registration->link);
			kfree(registration);
		}
	mutex_unlock(&lock);
}

#if IS_ENABLED(CONFIG_POWER_SUPPLY)
static int supply_changed(struct notifier_block *block, unsigned long event, void *supply)
{
	schedule_work(&tell_work);
	return NOTIFY_OK;
}

static struct notifier_block notifier = { .notifier_call = supply_changed };

int __init nt_settings_setup(void)
{
	return power_supply_reg_notifier(&notifier);
}

void nt_settings_teardown(void)
{
	power_supply_unreg_notifier(&notifier);
	cancel_work_sync(&tell_work);
}
#else
int __init nt_settings_setup(void)
{
	return 0;
}

void nt_settings_teardown(void)
{
	cancel_work_sync(&tell_work);
}
#endif
