// SPDX-License-Identifier: GPL-2.0
/*
 * Notifications of PnP events: "Using PnP Notification". Interfaces' arrivals and
 * removals, and custom events, are told by one thread in the order in which they
 * happened; a device's removal is told by who removes it, as an answer is wanted.
 *
 * Who may hold a registration: the list, until it is unregistered; who is calling its
 * routine just now. Unregistering waits for the latter, unless it is himself.
 */
#include "notify.h"
#include "devnode.h"
#include "../gate.h"
#include "../io/device.h"
#include "../io/driver.h"
#include "../io/file.h"
#include "../io/interface.h"
#include "../ke/irql.h"
#include "../linux/glue.h"
#define INITGUID
#include "../include/nt/wdmguid.h"
#include <linux/kref.h>
#include <linux/wait.h>

/**
 * struct registration - a callback routine and what it wants to be told of
 * @link: on the list, under registrations_lock
 * @ref: the list's, and one of each caller
 * @category: EventCategoryX
 * @class: of interfaces
 * @devnode: of a target device: which, referenced
 * @file: the file object that the driver gave, for it to know again
 * @driver: whose it is
 * @routine: the callback
 * @context: its second argument
 * @calls: in progress
 * @caller: the last thread that began one
 */
struct registration {
	struct list_head link;
	struct kref ref;
	IO_NOTIFICATION_EVENT_CATEGORY category;
	GUID class;
	struct nt_devnode *devnode;
	PFILE_OBJECT file;
	PDRIVER_OBJECT driver;
	PDRIVER_NOTIFICATION_CALLBACK_ROUTINE routine;
	void *context;
	unsigned int calls;
	struct task_struct *caller;
};

static LIST_HEAD(registrations);
static DEFINE_MUTEX(registrations_lock);
static DECLARE_WAIT_QUEUE_HEAD(quiet);
static struct workqueue_struct *teller;

static void release(struct kref *ref)
{
	struct registration *registration = container_of(ref, struct registration, ref);

	if (registration->devnode)
		nt_devnode_put(registration->devnode);
	kfree(registration);
}

/* With its calls counted. */
static NTSTATUS call(struct registration *registration, void *notification)
{
	NTSTATUS status;

	status = nt_call_notification(registration->routine, notification, registration->context);
	mutex_lock(&registrations_lock);
	registration->calls--;
	registration->caller = NULL;
	mutex_unlock(&registrations_lock);
	wake_up_all(&quiet);
	return status;
}

/* What is wanted of a walk over the registrations. */
struct event {
	IO_NOTIFICATION_EVENT_CATEGORY category;
	const GUID *class;
	const struct nt_devnode *devnode;
	bool may_refuse;
};

static bool wants(const struct registration *registration, const struct event *event)
{
	if (registration->category != event->category)
		return false;
	if (event->category == EventCategoryDeviceInterfaceChange)
		return IsEqualGUID(&registration->class, event->class);
	return registration->devnode == event->devnode;
}

/* Those that want to hear of it now, each with a reference. NULL without memory. */
static struct registration **list_wanting(const struct event *event, unsigned int *count)
{
	struct registration *registration, **list;
	unsigned int n = 0;

	lockdep_assert_held(&registrations_lock);
	list_for_each_entry(registration, &registrations, link)
		n += wants(registration, event);
	list = kcalloc(max(n, 1U), sizeof(*list), GFP_KERNEL);
	*count = 0;
	if (!list)
		return NULL;
	list_for_each_entry(registration, &registrations, link)
		if (wants(registration, event)) {
			kref_get(&registration->ref);
			list[(*count)++] = registration;
		}
	return list;
}

/* False when it has been unregistered since. */
static bool begin_call(struct registration *registration)
{
	bool registered;

	mutex_lock(&registrations_lock);
	registered = !list_empty(&registration->link);
	if (registered) {
		registration->calls++;
		registration->caller = current;
	}
	mutex_unlock(&registrations_lock);
	return registered;
}

/* Call all who want to hear of it; none holds a lock, so they may do what they like. */
static NTSTATUS tell(const struct event *event, void (*address)(void *notification, PFILE_OBJECT file),
		     void *notification)
{
	struct registration **list;
	NTSTATUS status = STATUS_SUCCESS;
	unsigned int count, i;

	mutex_lock(&registrations_lock);
	list = list_wanting(event, &count);
	mutex_unlock(&registrations_lock);
	if (!list)
		return STATUS_INSUFFICIENT_RESOURCES;
	for (i = 0; i < count; i++) {
		if (NT_SUCCESS(status) && begin_call(list[i])) {
			if (address)
				address(notification, list[i]->file);
			status = call(list[i], notification);
			if (!event->may_refuse)
				status = STATUS_SUCCESS;
		}
		kref_put(&list[i]->ref, release);
	}
	kfree(list);
	return status;
}

/* ---- Target devices ---- */

static void address_removal(void *notification, PFILE_OBJECT file)
{
	((PTARGET_DEVICE_REMOVAL_NOTIFICATION)notification)->FileObject = file;
}

/**
 * nt_notify_target - tell who watches a device that it is about to go, stays, or goes
 * @devnode: the device
 * @event: which
 *
 * PASSIVE_LEVEL. Who is asked may be against it.
 */
NTSTATUS nt_notify_target(struct nt_devnode *devnode, enum nt_target_event event)
{
	static const GUID * const events[] = {
		[NT_TARGET_QUERY_REMOVE] = &GUID_TARGET_DEVICE_QUERY_REMOVE,
		[NT_TARGET_REMOVE_CANCELLED] = &GUID_TARGET_DEVICE_REMOVE_CANCELLED,
		[NT_TARGET_REMOVE_COMPLETE] = &GUID_TARGET_DEVICE_REMOVE_COMPLETE,
	};
	TARGET_DEVICE_REMOVAL_NOTIFICATION notification = {
		.Version = 1, .Size = sizeof(notification), .Event = *events[event],
	};

	return tell(&(struct event){ .category = EventCategoryTargetDeviceChange,
				     .devnode = devnode,
				     .may_refuse = event == NT_TARGET_QUERY_REMOVE },
		    address_removal, &notification);
}

/* ---- Interfaces ---- */

struct interface_event {
	struct work_struct work;
	GUID class;
	bool arrival;
	UNICODE_STRING link;
};

static void fill_interface(PDEVICE_INTERFACE_CHANGE_NOTIFICATION notification, const GUID *class,
			   PUNICODE_STRING link, bool arrival)
{
	*notification = (DEVICE_INTERFACE_CHANGE_NOTIFICATION) {
		.Version = 1, .Size = sizeof(*notification),
		.Event = arrival ? GUID_DEVICE_INTERFACE_ARRIVAL : GUID_DEVICE_INTERFACE_REMOVAL,
		.InterfaceClassGuid = *class, .SymbolicLinkName = link,
	};
}

static void tell_interface(struct work_struct *work)
{
	struct interface_event *event = container_of(work, struct interface_event, work);
	DEVICE_INTERFACE_CHANGE_NOTIFICATION notification;

	fill_interface(&notification, &event->class, &event->link, event->arrival);
	tell(&(struct event){ .category = EventCategoryDeviceInterfaceChange,
			      .class = &event->class }, NULL, &notification);
	nt_string_free(&event->link);
	kfree(event);
}

/**
 * nt_notify_interface - an interface was enabled or disabled
 * @class: of what class it is
 * @link: its symbolic link
 * @arrival: enabled
 *
 * PASSIVE_LEVEL, with any locks: drivers are told by another thread. Without memory
 * they are not, and the log says so.
 */
void nt_notify_interface(const GUID *class, PCUNICODE_STRING link, bool arrival)
{
	struct interface_event *event = kzalloc(sizeof(*event), GFP_KERNEL);

	if (!event || !NT_SUCCESS(nt_string_dup(&event->link, link))) {
		kfree(event);
		pr_warn("no memory to tell drivers of an interface\n");
		return;
	}
	event->class = *class;
	event->arrival = arrival;
	INIT_WORK(&event->work, tell_interface);
	queue_work(teller, &event->work);
}

/* ---- Registering ---- */

static NTSTATUS set_target(struct registration *registration, PFILE_OBJECT file)
{
	registration->file = file;
	registration->devnode = nt_device_devnode_get(file->DeviceObject);
	return registration->devnode ? STATUS_SUCCESS : STATUS_INVALID_DEVICE_REQUEST;
}

static NTSTATUS set_category(struct registration *registration, void *data)
{
	switch (registration->category) {
	case EventCategoryDeviceInterfaceChange:
		if (!data)
			return STATUS_INVALID_PARAMETER;
		registration->class = *(const GUID *)data;
		return STATUS_SUCCESS;
	case EventCategoryTargetDeviceChange:
		return data ? set_target(registration, data) : STATUS_INVALID_PARAMETER;
	case EventCategoryHardwareProfileChange:
		return data ? STATUS_INVALID_PARAMETER : STATUS_SUCCESS;
	default:
		return STATUS_INVALID_PARAMETER;
	}
}

/* Interfaces that are there: one that comes just now may be told of twice, as documented. */
static void tell_existing(struct registration *registration)
{
	DEVICE_INTERFACE_CHANGE_NOTIFICATION notification;
	PWSTR list, link;
	UNICODE_STRING name;

	if (!NT_SUCCESS(IoGetDeviceInterfaces(&registration->class, NULL, 0, &list)))
		return;
	for (link = list; *link; link += name.Length / sizeof(WCHAR) + 1) {
		RtlInitUnicodeString(&name, link);
		fill_interface(&notification, &registration->class, &name, true);
		nt_call_notification(registration->routine, &notification, registration->context);
	}
	ExFreePool(list);
}

/**
 * IoRegisterPlugPlayNotification - be told of PnP events
 * @EventCategory: EventCategoryDeviceInterfaceChange, EventCategoryTargetDeviceChange
 *	or EventCategoryHardwareProfileChange, of which there are none
 * @EventCategoryFlags: PNPNOTIFY_DEVICE_INTERFACE_INCLUDE_EXISTING_INTERFACES: those that
 *	are there are told of before this returns
 * @EventCategoryData: a GUID, a file object, or NULL
 * @DriverObject: the caller's
 * @CallbackRoutine: called at PASSIVE_LEVEL
 * @Context: its second argument
 * @NotificationEntry: receives what unregisters it
 *
 * IRQL: PASSIVE_LEVEL. Returns STATUS_SUCCESS, STATUS_INVALID_PARAMETER,
 * STATUS_INVALID_DEVICE_REQUEST for a file of a device that PnP does not know,
 * STATUS_INSUFFICIENT_RESOURCES. On Windows a registration keeps the driver loaded;
 * here one that is left at Unload is cleared away, and the log names it: a module goes
 * before its devices do. WDK: "IoRegisterPlugPlayNotification".
 */
NTSTATUS IoRegisterPlugPlayNotification(IO_NOTIFICATION_EVENT_CATEGORY EventCategory,
					ULONG EventCategoryFlags, PVOID EventCategoryData,
					PDRIVER_OBJECT DriverObject,
					PDRIVER_NOTIFICATION_CALLBACK_ROUTINE CallbackRoutine,
					PVOID Context, PVOID *NotificationEntry)
{
	struct registration *new = kzalloc(sizeof(*new), GFP_KERNEL);
	NTSTATUS status;

	if (!new)
		return STATUS_INSUFFICIENT_RESOURCES;
	kref_init(&new->ref);
	new->category = EventCategory;
	new->driver = DriverObject;
	new->routine = CallbackRoutine;
	new->context = Context;
	status = set_category(new, EventCategoryData);
	if (!NT_SUCCESS(status)) {
		kfree(new);
		return status;
	}
	/* The callback may want to unregister itself. */
	*NotificationEntry = new;
	mutex_lock(&registrations_lock);
	list_add_tail(&new->link, &registrations);
	mutex_unlock(&registrations_lock);
	if (EventCategory == EventCategoryDeviceInterfaceChange &&
	    EventCategoryFlags & PNPNOTIFY_DEVICE_INTERFACE_INCLUDE_EXISTING_INTERFACES)
		tell_existing(new);
	return STATUS_SUCCESS;
}
EXPORT_SYMBOL(IoRegisterPlugPlayNotification);

static bool is_quiet(struct registration *registration)
{
	bool is;

	mutex_lock(&registrations_lock);
	is = registration->calls == (registration->caller == current);
	mutex_unlock(&registrations_lock);
	return is;
}

/**
 * IoUnregisterPlugPlayNotificationEx - do not be told any more
 * @NotificationEntry: from IoRegisterPlugPlayNotification()
 *
 * IRQL: PASSIVE_LEVEL. On return the callback does not run, unless it is the caller.
 * Returns STATUS_SUCCESS. WDK: "IoUnregisterPlugPlayNotificationEx".
 */
NTSTATUS IoUnregisterPlugPlayNotificationEx(PVOID NotificationEntry)
{
	struct registration *registration = NotificationEntry;

	mutex_lock(&registrations_lock);
	list_del_init(&registration->link);
	mutex_unlock(&registrations_lock);
	wait_event(quiet, is_quiet(registration));
	kref_put(&registration->ref, release);
	return STATUS_SUCCESS;
}
EXPORT_SYMBOL(IoUnregisterPlugPlayNotificationEx);

/**
 * IoUnregisterPlugPlayNotification - the same, of older drivers
 * @NotificationEntry: from IoRegisterPlugPlayNotification()
 *
 * IRQL: PASSIVE_LEVEL. Windows does not wait for the callback here; waiting harms
 * nobody. WDK: "IoUnregisterPlugPlayNotification".
 */
NTSTATUS IoUnregisterPlugPlayNotification(PVOID NotificationEntry)
{
	return IoUnregisterPlugPlayNotificationEx(NotificationEntry);
}
EXPORT_SYMBOL(IoUnregisterPlugPlayNotification);

static struct registration *find_of(PDRIVER_OBJECT driver)
{
	struct registration *registration, *found = NULL;

	mutex_lock(&registrations_lock);
	list_for_each_entry(registration, &registrations, link)
		if (registration->driver == driver)
			found = registration;
	mutex_unlock(&registrations_lock);
	return found;
}

/* The driver has been unloaded: what it forgot would call code that is gone. */
void nt_notify_reap(PDRIVER_OBJECT driver)
{
	struct registration *registration;

	flush_workqueue(teller);
	while ((registration = find_of(driver))) {
		pr_err("%s left a PnP notification registered\n", nt_driver(driver)->info->name);
		IoUnregisterPlugPlayNotificationEx(registration);
	}
}

/* ---- Custom events ---- */

static bool is_system_event(const GUID *event)
{
	return IsEqualGUID(event, &GUID_TARGET_DEVICE_QUERY_REMOVE) ||
	       IsEqualGUID(event, &GUID_TARGET_DEVICE_REMOVE_CANCELLED) ||
	       IsEqualGUID(event, &GUID_TARGET_DEVICE_REMOVE_COMPLETE);
}

struct custom_event {
	struct work_struct work;
	struct nt_devnode *devnode;
	PDEVICE_CHANGE_COMPLETE_CALLBACK callback;
	void *context;
	TARGET_DEVICE_CUSTOM_NOTIFICATION notification;
};

static void address_custom(void *notification, PFILE_OBJECT file)
{
	((PTARGET_DEVICE_CUSTOM_NOTIFICATION)notification)->FileObject = file;
}

static void tell_custom(struct work_struct *work)
{
	struct custom_event *event = container_of(work, struct custom_event, work);

	tell(&(struct event){ .category = EventCategoryTargetDeviceChange,
			      .devnode = event->devnode }, address_custom, &event->notification);
	if (event->callback)
		nt_call_change_complete(event->callback, event->context);
	nt_devnode_put(event->devnode);
	kfree(event);
}

static NTSTATUS make_custom(PDEVICE_OBJECT pdo, const TARGET_DEVICE_CUSTOM_NOTIFICATION *from,
			    struct custom_event **made)
{
	struct nt_devnode *devnode;
	struct custom_event *event;

	if (is_system_event(&from->Event) || from->FileObject ||
	    from->Size < offsetof(TARGET_DEVICE_CUSTOM_NOTIFICATION, CustomDataBuffer))
		return STATUS_INVALID_DEVICE_REQUEST;
	devnode = nt_devnode_get_of(pdo);
	if (!devnode)
		return STATUS_INVALID_DEVICE_REQUEST;
	event = kzalloc(offsetof(struct custom_event, notification) +
			max_t(size_t, from->Size, sizeof(event->notification)), nt_gfp());
	if (!event) {
		nt_devnode_put(devnode);
		return STATUS_INSUFFICIENT_RESOURCES;
	}
	event->devnode = devnode;
	/* Beyond the structure's own end, too: that is how its data are appended. */
	memcpy((char *)event + offsetof(struct custom_event, notification), from, from->Size);
	INIT_WORK(&event->work, tell_custom);
	*made = event;
	return STATUS_SUCCESS;
}

/**
 * IoReportTargetDeviceChangeAsynchronous - tell who watches a device of a custom event
 * @PhysicalDeviceObject: the device's PDO
 * @NotificationStructure: a TARGET_DEVICE_CUSTOM_NOTIFICATION, which is copied
 * @Callback: called at PASSIVE_LEVEL when all have been told; or NULL
 * @Context: its argument
 *
 * IRQL: <= DISPATCH_LEVEL. Returns STATUS_PENDING, as they are told by another thread;
 * STATUS_INVALID_DEVICE_REQUEST for an event of the system's;
 * STATUS_INSUFFICIENT_RESOURCES. WDK: "IoReportTargetDeviceChangeAsynchronous".
 */
NTSTATUS IoReportTargetDeviceChangeAsynchronous(PDEVICE_OBJECT PhysicalDeviceObject,
						PVOID NotificationStructure,
						PDEVICE_CHANGE_COMPLETE_CALLBACK Callback,
						PVOID Context)
{
	struct custom_event *event;
	NTSTATUS status = make_custom(PhysicalDeviceObject, NotificationStructure, &event);

	if (!NT_SUCCESS(status))
		return status;
	event->callback = Callback;
	event->context = Context;
	queue_work(teller, &event->work);
	return STATUS_PENDING;
}
EXPORT_SYMBOL(IoReportTargetDeviceChangeAsynchronous);

/**
 * IoReportTargetDeviceChange - the same, and wait until all have been told
 * @PhysicalDeviceObject: the device's PDO
 * @NotificationStructure: a TARGET_DEVICE_CUSTOM_NOTIFICATION
 *
 * IRQL: PASSIVE_LEVEL. WDK: "IoReportTargetDeviceChange".
 */
NTSTATUS IoReportTargetDeviceChange(PDEVICE_OBJECT PhysicalDeviceObject,
				    PVOID NotificationStructure)
{
	struct custom_event *event;
	NTSTATUS status = make_custom(PhysicalDeviceObject, NotificationStructure, &event);

	if (NT_SUCCESS(status))
		tell_custom(&event->work);
	return status;
}
EXPORT_SYMBOL(IoReportTargetDeviceChange);

int __init nt_notify_setup(void)
{
	teller = alloc_ordered_workqueue("ntcompat_notify", 0);
	return teller ? 0 : -ENOMEM;
}

void nt_notify_teardown(void)
{
	destroy_workqueue(teller);
}
