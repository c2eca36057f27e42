// SPDX-License-Identifier: GPL-2.0
/* Driver objects: from DriverEntry to Unload. */
#include "driver.h"
#include "async.h"
#include "device.h"
#include "driverext.h"
#include "interrupt.h"
#include "irp.h"
#include "symlink.h"
#include "../ex/callback.h"
#include "../ex/work.h"
#include "../gate.h"
#include "../hal/dma.h"
#include "../ex/later.h"
#include "../ex/timer.h"
#include "../ke/bugcheck.h"
#include "../ke/forgotten.h"
#include "../ke/lockclass.h"
#include "../linux/glue.h"
#include "../ob/name.h"
#include "../ps/thread.h"
#include "../pnp/legacy.h"
#include "../pnp/notify.h"
#include "../pnp/root.h"
#include "../po/power.h"
#include <linux/module.h>
#include <linux/mutex.h>

/* For whoever looks at the system from outside. */
static LIST_HEAD(drivers);
static DEFINE_MUTEX(drivers_lock);

#define SERVICES_KEY	"\\Registry\\Machine\\System\\CurrentControlSet\\Services\\"

/* What every entry of MajorFunction points to before DriverEntry fills it in. */
NTSTATUS nt_invalid_device_request(PDEVICE_OBJECT device, PIRP irp)
{
	return nt_irp_finish(irp, STATUS_INVALID_DEVICE_REQUEST, 0);
}

static NTSTATUS make_names(struct nt_driver *driver)
{
	NTSTATUS status;

	status = nt_string_from_ascii(&driver->object.DriverName, "\\Driver\\", driver->info->name);
	if (NT_SUCCESS(status))
		status = nt_string_from_ascii(&driver->registry_path, SERVICES_KEY,
					      driver->info->name);
	if (NT_SUCCESS(status))
		status = nt_string_from_ascii(&driver->extension.ServiceKeyName, "",
					      driver->info->name);
	if (NT_SUCCESS(status))
		status = nt_string_from_ascii(&driver->hardware_database,
					      "\\Registry\\Machine\\Hardware\\Description\\System", "");
	return status;
}

/**
 * nt_driver_create - make a driver object
 * @info: the driver module's description of itself
 * @status: receives why it failed
 *
 * PASSIVE_LEVEL. Returns NULL on failure.
 */
struct nt_driver *nt_driver_create(const struct nt_driver_info *info, NTSTATUS *status)
{
	struct nt_driver *driver = kzalloc(sizeof(*driver), GFP_KERNEL);
	PDRIVER_OBJECT object;
	int i;

	*status = STATUS_INSUFFICIENT_RESOURCES;
	if (!driver)
		return NULL;
	INIT_LIST_HEAD(&driver->link);
	INIT_LIST_HEAD(&driver->client_extensions);
	INIT_LIST_HEAD(&driver->reinitializations);
	INIT_LIST_HEAD(&driver->roots);
	INIT_LIST_HEAD(&driver->detected);
	driver->info = info;
	nt_object_init(&driver->ob, &nt_driver_type);
	object = &driver->object;
	object->Type = IO_TYPE_DRIVER;
	object->Size = sizeof(*object);
	object->DriverExtension = &driver->extension;
	object->HardwareDatabase = &driver->hardware_database;
	object->DriverInit = info->entry;
	driver->extension.DriverObject = object;
	for (i = 0; i <= IRP_MJ_MAXIMUM_FUNCTION; i++)
		object->MajorFunction[i] = nt_invalid_device_request;
	if (info->owner != THIS_MODULE)
		nt_live_inc(NT_LIVE_DRIVER);

	*status = make_names(driver);
	if (NT_SUCCESS(*status))
		*status = nt_service_install(driver);
	if (!NT_SUCCESS(*status)) {
		nt_driver_destroy(driver);
		return NULL;
	}
	mutex_lock(&drivers_lock);
	list_add_tail(&driver->link, &drivers);
	mutex_unlock(&drivers_lock);
	return driver;
}

/* After this no code of the driver runs, whatever it forgot. */
static void reap(struct nt_driver *driver)
{
	nt_threads_reap(driver->info->owner);
	nt_notify_reap(&driver->object);
	nt_interrupts_revoke_module(driver->info->owner);
	nt_callbacks_reap(driver->info->owner);
	nt_settings_reap(driver->info->owner);
	nt_ex_timers_reap(driver->info->owner);
	nt_timers_reap(driver->info->owner);
	KeFlushQueuedDpcs();
	/* What DPCs have queued for a thread, and what those queue as DPCs. */
	nt_work_flush(driver->info->owner);
	KeFlushQueuedDpcs();
	nt_later_flush();
	nt_bugcheck_reap(driver->info->owner);
	nt_driver_reap(driver);
	nt_adapters_reap(driver);
	nt_legacy_reap(driver);
}

/**
 * nt_driver_start - call DriverEntry
 * @driver: a new driver object
 *
 * PASSIVE_LEVEL. When it fails, what the driver left behind is cleared away.
 */
NTSTATUS nt_driver_start(struct nt_driver *driver)
{
	NTSTATUS status;

	status = nt_call_driver_entry(driver->info->entry, &driver->object, &driver->registry_path);
	if (!NT_SUCCESS(status)) {
		pr_err("%s: DriverEntry failed with %s\n", driver->info->name, nt_status_text(status));
		nt_detected_remove(driver);
		reap(driver);
		return status;
	}
	return status;
}

/**
 * nt_driver_unload - call Unload and clear away what it forgot
 * @driver: a started driver without PnP devices and open files
 *
 * PASSIVE_LEVEL.
 */
void nt_driver_unload(struct nt_driver *driver)
{
	nt_detected_remove(driver);
	if (driver->object.DriverUnload)
		nt_call_unload(driver->object.DriverUnload, &driver->object);
	reap(driver);
}

/**
 * nt_driver_destroy - free a driver object
 * @driver: not started, or unloaded
 */
void nt_driver_destroy(struct nt_driver *driver)
{
	mutex_lock(&drivers_lock);
	list_del(&driver->link);
	mutex_unlock(&drivers_lock);
	/* A DPC or Cancel routine of the driver may be on its last line on another CPU. */
	KeFlushQueuedDpcs();
	nt_async_flush();
	nt_driver_free_extensions(driver);
	nt_lock_classes_release(driver->info->owner);
	nt_string_free(&driver->object.DriverName);
	nt_string_free(&driver->registry_path);
	nt_string_free(&driver->extension.ServiceKeyName);
	nt_string_free(&driver->hardware_database);
	if (driver->info->owner != THIS_MODULE)
		nt_live_dec(NT_LIVE_DRIVER);
	kfree(driver);
}

/**
 * nt_driver_get - a driver by its service's name
 * @name: without regard to case
 *
 * PASSIVE_LEVEL. NULL when it is not loaded. It stays loaded until nt_driver_put().
 */
struct nt_driver *nt_driver_get(const char *name)
{
	struct nt_driver *driver, *found = NULL;

	mutex_lock(&drivers_lock);
	list_for_each_entry(driver, &drivers, link)
		if (READ_ONCE(driver->ready) && !strcasecmp(driver->info->name, name)) {
			found = try_module_get(driver->info->owner) ? driver : NULL;
			break;
		}
	mutex_unlock(&drivers_lock);
	return found;
}

void nt_driver_put(struct nt_driver *driver)
{
	module_put(driver->info->owner);
}

/**
 * nt_drivers_walk - call a function for each driver
 * @visit: the function; no driver goes away meanwhile
 * @data: its second argument
 */
void nt_drivers_walk(void (*visit)(struct nt_driver *driver, void *data), void *data)
{
	struct nt_driver *driver;

	mutex_lock(&drivers_lock);
	list_for_each_entry(driver, &drivers, link)
		visit(driver, data);
	mutex_unlock(&drivers_lock);
}
