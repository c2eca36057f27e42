// SPDX-License-Identifier: GPL-2.0
/*
 * Devices that provide WMI data blocks. A registration makes a provider, whose
 * blocks a worker asks the driver for (IRP_MN_REGINFO_EX): not at once, since
 * drivers register from the midst of AddDevice or START_DEVICE.
 *
 * Who holds a provider: the list, until the driver takes the registration back or
 * deletes the device; and each request, which the end of the registration waits for.
 * So no request reaches a driver after that.
 */
#include "provider.h"
#include "../io/device.h"
#include "../io/irp.h"
#include "../io/object.h"
#include <linux/completion.h>
#include <linux/refcount.h>
#include <linux/workqueue.h>

/**
 * struct nt_wmi_provider - a device that was registered
 * @link: on the list; guarded by providers_lock, as are the blocks
 * @device: the device, which stays at least as long as the registration
 * @number: what IoWMIDeviceObjectToProviderId() says
 * @users: the list and each request
 * @unused: the last user is gone
 * @work: asks for the blocks
 * @update: ask with WMIUPDATE
 * @blocks: what it provides
 * @count: how many
 */
struct nt_wmi_provider {
	struct list_head link;
	PDEVICE_OBJECT device;
	u32 number;
	refcount_t users;
	struct completion unused;
	struct work_struct work;
	bool update;
	struct nt_wmi_block *blocks;
	unsigned int count;
};

static LIST_HEAD(providers);
static DEFINE_SPINLOCK(providers_lock);
static u32 last_number;
static struct workqueue_struct *queue;

u32 nt_wmi_number(const struct nt_wmi_provider *provider)
{
	return provider->number;
}

PDEVICE_OBJECT nt_wmi_device(const struct nt_wmi_provider *provider)
{
	return provider->device;
}

void nt_wmi_put(struct nt_wmi_provider *provider)
{
	if (refcount_dec_and_test(&provider->users))
		complete(&provider->unused);
}

/**
 * nt_wmi_send - send a WMI request to a provider
 * @provider: held by the caller
 * @minor: IRP_MN_x
 * @path: DataPath: a GUID, or WMIREGISTER and the like
 * @buffer: in and out, nonpaged
 * @size: its bytes
 * @information: receives IoStatus.Information
 *
 * PASSIVE_LEVEL. Goes to the top of the device's stack, as any of IRP_MJ_SYSTEM_CONTROL
 * does; ProviderId says whose it is.
 */
NTSTATUS nt_wmi_send(struct nt_wmi_provider *provider, UCHAR minor, void *path, void *buffer,
		     ULONG size, ULONG_PTR *information)
{
	PDEVICE_OBJECT top = IoGetAttachedDeviceReference(provider->device);
	struct nt_irp *nt = nt_irp_alloc(top->StackSize, GFP_KERNEL);
	NTSTATUS status = STATUS_INSUFFICIENT_RESOURCES;
	PIO_STACK_LOCATION first;

	*information = 0;
	if (nt) {
		first = nt_irp_first(nt);
		first->MajorFunction = IRP_MJ_SYSTEM_CONTROL;
		first->MinorFunction = minor;
		first->Parameters.WMI.ProviderId = (ULONG_PTR)provider->device;
		first->Parameters.WMI.DataPath = path;
		first->Parameters.WMI.BufferSize = size;
		first->Parameters.WMI.Buffer = buffer;
		nt->irp.IoStatus.Status = STATUS_NOT_SUPPORTED;
		status = nt_irp_send(nt, top, false);
		*information = nt->irp.IoStatus.Information;
		nt_irp_free(nt);
	}
	ObfDereferenceObject(top);
	return status;
}

/* ---- What a provider has ---- */

/* "IRP_MN_REGINFO": the references to PDOs that name instances are ours to drop. */
static void drop_pdos(const WMIREGINFOW *info)
{
	ULONG i;

	for (i = 0; i < info->GuidCount; i++)
		if (info->WmiRegGuid[i].Flags & WMIREG_FLAG_INSTANCE_PDO &&
		    info->WmiRegGuid[i].Pdo)
			ObfDereferenceObject((PVOID)info->WmiRegGuid[i].Pdo);
}

static bool is_whole(const WMIREGINFOW *info, ULONG_PTR bytes)
{
	return bytes >= offsetof(WMIREGINFOW, WmiRegGuid) &&
	       info->GuidCount <= (bytes - offsetof(WMIREGINFOW, WmiRegGuid)) / sizeof(WMIREGGUIDW);
}

static void take_blocks(struct nt_wmi_provider *provider, const WMIREGINFOW *info)
{
	struct nt_wmi_block *blocks = kcalloc(info->GuidCount, sizeof(*blocks), GFP_KERNEL), *old;
	unsigned int count = 0;
	ULONG i;

	if (!blocks)
		return;
	for (i = 0; i < info->GuidCount; i++) {
		if (info->WmiRegGuid[i].Flags & WMIREG_FLAG_REMOVE_GUID)
			continue;
		blocks[count].guid = info->WmiRegGuid[i].Guid;
		blocks[count].flags = info->WmiRegGuid[i].Flags;
		blocks[count++].instances = info->WmiRegGuid[i].InstanceCount;
	}
	spin_lock_bh(&providers_lock);
	old = provider->blocks;
	provider->blocks = blocks;
	provider->count = count;
	spin_unlock_bh(&providers_lock);
	kfree(old);
}

/* One more byte than what was too little, at least: the driver may not know better. */
static NTSTATUS ask(struct nt_wmi_provider *provider, UCHAR minor, void **buffer,
		    ULONG_PTR *information)
{
	void *path = (void *)(ULONG_PTR)(provider->update ? WMIUPDATE : WMIREGISTER);
	ULONG size = PAGE_SIZE;
	NTSTATUS status;

	for (;;) {
		*buffer = kzalloc(size, GFP_KERNEL);
		if (!*buffer)
			return STATUS_INSUFFICIENT_RESOURCES;
		status = nt_wmi_send(provider, minor, path, *buffer, size, information);
		if (*information != sizeof(ULONG) || *(ULONG *)*buffer <= size ||
		    *(ULONG *)*buffer > NT_WMI_MAX)
			return status;
		size = *(ULONG *)*buffer;
		kfree(*buffer);
	}
}

static void ask_for_blocks(struct work_struct *work)
{
	struct nt_wmi_provider *provider = container_of(work, struct nt_wmi_provider, work);
	ULONG_PTR information;
	void *buffer = NULL;
	NTSTATUS status = ask(provider, IRP_MN_REGINFO_EX, &buffer, &information);

	/* "IRP_MN_REGINFO_EX": a driver may know the older one only. */
	if (!NT_SUCCESS(status)) {
		kfree(buffer);
		status = ask(provider, IRP_MN_REGINFO, &buffer, &information);
	}
	if (NT_SUCCESS(status) && is_whole(buffer, information)) {
		take_blocks(provider, buffer);
		drop_pdos(buffer);
	} else if (NT_SUCCESS(status)) {
		pr_warn("a WMI provider answers with %lu bytes that are no registration\n",
			(unsigned long)information);
	}
	kfree(buffer);
}

/* ---- Registration ---- */

static struct nt_wmi_provider *find_device(PDEVICE_OBJECT device)
{
	struct nt_wmi_provider *provider;

	lockdep_assert_held(&providers_lock);
	list_for_each_entry(provider, &providers, link)
		if (provider->device == device)
			return provider;
	return NULL;
}

static NTSTATUS enroll(PDEVICE_OBJECT device)
{
	struct nt_wmi_provider *new = kzalloc(sizeof(*new), GFP_KERNEL);
	NTSTATUS status = STATUS_SUCCESS;

	if (!new)
		return STATUS_INSUFFICIENT_RESOURCES;
	new->device = device;
	refcount_set(&new->users, 1);
	init_completion(&new->unused);
	INIT_WORK(&new->work, ask_for_blocks);
	spin_lock_bh(&providers_lock);
	if (find_device(device)) {
		status = STATUS_OBJECT_NAME_COLLISION;
	} else {
		new->number = ++last_number;
		list_add_tail(&new->link, &providers);
		queue_work(queue, &new->work);
	}
	spin_unlock_bh(&providers_lock);
	if (!NT_SUCCESS(status))
		kfree(new);
	return status;
}

static bool dismiss(PDEVICE_OBJECT device)
{
	struct nt_wmi_provider *provider;

	spin_lock_bh(&providers_lock);
	provider = find_device(device);
	if (provider)
		list_del(&provider->link);
	spin_unlock_bh(&providers_lock);
	if (!provider)
		return false;
	cancel_work_sync(&provider->work);
	nt_wmi_put(provider);
	wait_for_completion(&provider->unused);
	kfree(provider->blocks);
	kfree(provider);
	return true;
}

static NTSTATUS ask_again(PDEVICE_OBJECT device)
{
	struct nt_wmi_provider *provider;

	spin_lock_bh(&providers_lock);
	provider = find_device(device);
	if (provider) {
		provider->update = true;
		queue_work(queue, &provider->work);
	}
	spin_unlock_bh(&providers_lock);
	return provider ? STATUS_SUCCESS : STATUS_INVALID_PARAMETER;
}

/**
 * IoWMIRegistrationControl - become a WMI provider, or cease to be one
 * @DeviceObject: the driver's device; its stack gets IRP_MJ_SYSTEM_CONTROL
 * @Action: WMIREG_ACTION_x
 *
 * IRQL: PASSIVE_LEVEL. A worker asks for the data blocks a moment later. When
 * WMIREG_ACTION_DEREGISTER returns, no request is on its way: so it must not come from
 * within one. IoDeleteDevice() deregisters, too. Returns STATUS_SUCCESS,
 * STATUS_OBJECT_NAME_COLLISION for a device that is registered, or
 * STATUS_INVALID_PARAMETER for one that is not, or another action.
 */
NTSTATUS IoWMIRegistrationControl(PDEVICE_OBJECT DeviceObject, ULONG Action)
{
	switch (Action) {
	case WMIREG_ACTION_REGISTER:
		return enroll(DeviceObject);
	case WMIREG_ACTION_DEREGISTER:
		return dismiss(DeviceObject) ? STATUS_SUCCESS : STATUS_INVALID_PARAMETER;
	case WMIREG_ACTION_REREGISTER:
		if (!dismiss(DeviceObject))
			return STATUS_INVALID_PARAMETER;
		return enroll(DeviceObject);
	case WMIREG_ACTION_UPDATE_GUIDS:
		return ask_again(DeviceObject);
	default:
		return STATUS_INVALID_PARAMETER;
	}
}
EXPORT_SYMBOL(IoWMIRegistrationControl);

/**
 * IoWMIDeviceObjectToProviderId - a provider's number, for WNODE_HEADER.ProviderId
 * @DeviceObject: its device
 *
 * IRQL: <= DISPATCH_LEVEL. 0 when it is not registered.
 */
ULONG IoWMIDeviceObjectToProviderId(PDEVICE_OBJECT DeviceObject)
{
	struct nt_wmi_provider *provider;
	ULONG number;

	spin_lock_bh(&providers_lock);
	provider = find_device(DeviceObject);
	number = provider ? provider->number : 0;
	spin_unlock_bh(&providers_lock);
	return number;
}
EXPORT_SYMBOL(IoWMIDeviceObjectToProviderId);

/* The device is being deleted; it is nobody's mistake that it is registered still. */
void nt_wmi_device_gone(PDEVICE_OBJECT device)
{
	if (!list_empty_careful(&providers))
		dismiss(device);
}

/* ---- Finding them ---- */

/* Registrations that were made before the call have been carried out. */
void nt_wmi_settle(void)
{
	flush_workqueue(queue);
}

/**
 * nt_wmi_find - who provides a block
 * @guid: the block
 * @number: the provider's number; 0: the first
 *
 * PASSIVE_LEVEL. Returns it, for nt_wmi_put(); or NULL.
 */
struct nt_wmi_provider *nt_wmi_find(const GUID *guid, unsigned int number)
{
	struct nt_wmi_provider *provider, *found = NULL;
	unsigned int i;

	spin_lock_bh(&providers_lock);
	list_for_each_entry(provider, &providers, link)
		for (i = 0; i < provider->count && !found; i++)
			if (!memcmp(&provider->blocks[i].guid, guid, sizeof(*guid)) &&
			    (!number || provider->number == number))
				found = provider;
	if (found)
		refcount_inc(&found->users);
	spin_unlock_bh(&providers_lock);
	return found;
}

/* The @n-th of all blocks, with its provider, for nt_wmi_put(); or NULL. */
struct nt_wmi_provider *nt_wmi_find_nth(unsigned int n, struct nt_wmi_block *block)
{
	struct nt_wmi_provider *provider, *found = NULL;

	spin_lock_bh(&providers_lock);
	list_for_each_entry(provider, &providers, link) {
		if (n < provider->count) {
			found = provider;
			*block = provider->blocks[n];
			refcount_inc(&found->users);
			break;
		}
		n -= provider->count;
	}
	spin_unlock_bh(&providers_lock);
	return found;
}

int __init nt_wmi_setup(void)
{
	queue = alloc_workqueue("ntcompat_wmi", WQ_UNBOUND, 0);
	return queue ? 0 : -ENOMEM;
}

void nt_wmi_teardown(void)
{
	destroy_workqueue(queue);
}
