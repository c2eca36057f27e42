// SPDX-License-Identifier: GPL-2.0
/*
 * IRP_MJ_SHUTDOWN: for devices whose drivers asked to be told of the system's end.
 *
 * An entry holds its device object, not the driver's module: that may be unloaded,
 * and reap() takes away what it forgot. While the IRP is on its way its module stays.
 */
#include "shutdown.h"
#include "device.h"
#include "driver.h"
#include "irp.h"
#include "../linux/glue.h"
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/reboot.h>

struct entry {
	struct list_head link;
	PDEVICE_OBJECT device;
};

static DEFINE_MUTEX(lock);	/* guards both lists and DO_SHUTDOWN_REGISTERED */
static LIST_HEAD(first);	/* the youngest at the head, for both */
static LIST_HEAD(last_chance);

static NTSTATUS add(PDEVICE_OBJECT device, struct list_head *list)
{
	struct entry *entry = kmalloc(sizeof(*entry), GFP_KERNEL);

	if (!entry)
		return STATUS_INSUFFICIENT_RESOURCES;
	entry->device = device;
	nt_object_get(&nt_device(device)->ob);
	mutex_lock(&lock);
	list_add(&entry->link, list);
	device->Flags |= DO_SHUTDOWN_REGISTERED;
	mutex_unlock(&lock);
	return STATUS_SUCCESS;
}

static void drop(struct entry *entry)
{
	nt_device_put(nt_device(entry->device));
	kfree(entry);
}

static void take_away(PDEVICE_OBJECT device, struct list_head *list)
{
	struct entry *entry, *next;

	list_for_each_entry_safe(entry, next, list, link)
		if (entry->device == device) {
			list_del(&entry->link);
			drop(entry);
		}
}

/**
 * IoRegisterShutdownNotification - ask for IRP_MJ_SHUTDOWN before the system ends
 * @DeviceObject: whose stack gets it
 *
 * IRQL: PASSIVE_LEVEL. Those who asked last are told first. Returns STATUS_SUCCESS
 * or STATUS_INSUFFICIENT_RESOURCES.
 */
NTSTATUS IoRegisterShutdownNotification(PDEVICE_OBJECT DeviceObject)
{
	return add(DeviceObject, &first);
}
EXPORT_SYMBOL(IoRegisterShutdownNotification);

/**
 * IoRegisterLastChanceShutdownNotification - the same, after all others
 * @DeviceObject: whose stack gets IRP_MJ_SHUTDOWN
 *
 * IRQL: PASSIVE_LEVEL. On Windows file systems are flushed by then. Here they
 * are when the program that ends the system saw to that.
 */
NTSTATUS IoRegisterLastChanceShutdownNotification(PDEVICE_OBJECT DeviceObject)
{
	return add(DeviceObject, &last_chance);
}
EXPORT_SYMBOL(IoRegisterLastChanceShutdownNotification);

/**
 * IoUnregisterShutdownNotification - take back both of the above
 * @DeviceObject: the device
 *
 * IRQL: PASSIVE_LEVEL.
 */
void IoUnregisterShutdownNotification(PDEVICE_OBJECT DeviceObject)
{
	mutex_lock(&lock);
	take_away(DeviceObject, &first);
	take_away(DeviceObject, &last_chance);
	DeviceObject->Flags &= ~DO_SHUTDOWN_REGISTERED;
	mutex_unlock(&lock);
}
EXPORT_SYMBOL(IoUnregisterShutdownNotification);

static void tell(PDEVICE_OBJECT device)
{
	PDEVICE_OBJECT target = IoGetAttachedDeviceReference(device);
	struct nt_irp *nt = nt_irp_alloc(target->StackSize, GFP_KERNEL);

	if (nt) {
		nt_irp_first(nt)->MajorFunction = IRP_MJ_SHUTDOWN;
		nt_irp_send(nt, target, false);
		nt_irp_free(nt);
	}
	ObfDereferenceObject(target);
}

/* Without the lock: a driver may take its registration back when it is told. */
static void tell_all(struct list_head *list)
{
	struct module *owner;
	struct entry *entry;

	mutex_lock(&lock);
	while ((entry = list_first_entry_or_null(list, struct entry, link))) {
		list_del(&entry->link);
		owner = nt_driver(entry->device->DriverObject)->info->owner;
		/* A driver that is being unloaded has no more to say. */
		if (!nt_device(entry->device)->deleted && try_module_get(owner)) {
			mutex_unlock(&lock);
			tell(entry->device);
			mutex_lock(&lock);
			drop(entry);
			module_put(owner);
		} else {
			drop(entry);
		}
	}
	mutex_unlock(&lock);
}

/* Programs are stopped or soon will be; devices still work. */
static int system_ends(struct notifier_block *block, unsigned long event, void *command)
{
	tell_all(&first);
	tell_all(&last_chance);
	return NOTIFY_DONE;
}

static struct notifier_block notifier = { .notifier_call = system_ends };

int __init nt_shutdown_setup(void)
{
	return register_reboot_notifier(&notifier);
}

void nt_shutdown_teardown(void)
{
	unregister_reboot_notifier(&notifier);
}
