// SPDX-License-Identifier: GPL-2.0
/* Driver object extensions, Reinitialize routines, and the count of devices. */
#include "driverext.h"
#include "../gate.h"
#include "../linux/glue.h"

static DEFINE_SPINLOCK(lock);		/* BH; guards the lists of all drivers */

/* The driver's part follows, aligned to 16 bytes. */
struct client_extension {
	struct list_head link;
	void *id;
	u8 data[] __aligned(16);
};

/* With the lock held. */
static struct client_extension *find(struct nt_driver *driver, const void *id)
{
	struct client_extension *extension;

	list_for_each_entry(extension, &driver->client_extensions, link)
		if (extension->id == id)
			return extension;
	return NULL;
}

/**
 * IoAllocateDriverObjectExtension - hang memory on a driver object
 * @DriverObject: the driver
 * @ClientIdentificationAddress: what it is found by; no two have the same
 * @DriverObjectExtensionSize: bytes
 * @DriverObjectExtension: receives it, zeroed
 *
 * IRQL: <= DISPATCH_LEVEL. Freed with the driver object. Returns STATUS_SUCCESS,
 * STATUS_INSUFFICIENT_RESOURCES or STATUS_OBJECT_NAME_COLLISION.
 */
NTSTATUS IoAllocateDriverObjectExtension(PDRIVER_OBJECT DriverObject, PVOID ClientIdentificationAddress,
					 ULONG DriverObjectExtensionSize, PVOID *DriverObjectExtension)
{
	struct nt_driver *driver = nt_driver(DriverObject);
	struct client_extension *new;
	bool taken;

	*DriverObjectExtension = NULL;
	new = kzalloc(sizeof(*new) + (size_t)DriverObjectExtensionSize, nt_gfp() | __GFP_NOWARN);
	if (!new)
		return STATUS_INSUFFICIENT_RESOURCES;
	new->id = ClientIdentificationAddress;
	spin_lock_bh(&lock);
	taken = find(driver, new->id);
	if (!taken)
		list_add(&new->link, &driver->client_extensions);
	spin_unlock_bh(&lock);
	if (taken) {
		kfree(new);
		return STATUS_OBJECT_NAME_COLLISION;
	}
	*DriverObjectExtension = new->data;
	return STATUS_SUCCESS;
}
EXPORT_SYMBOL(IoAllocateDriverObjectExtension);

/**
 * IoGetDriverObjectExtension - the memory that hangs on a driver object
 * @DriverObject: the driver
 * @ClientIdentificationAddress: what it was allocated with
 *
 * IRQL: <= DISPATCH_LEVEL. NULL when there is none.
 */
PVOID IoGetDriverObjectExtension(PDRIVER_OBJECT DriverObject, PVOID ClientIdentificationAddress)
{
	struct client_extension *extension;

	spin_lock_bh(&lock);
	extension = find(nt_driver(DriverObject), ClientIdentificationAddress);
	spin_unlock_bh(&lock);
	return extension ? extension->data : NULL;
}
EXPORT_SYMBOL(IoGetDriverObjectExtension);

struct reinitialization {
	struct list_head link;
	PDRIVER_REINITIALIZE routine;
	void *context;
};

/**
 * IoRegisterDriverReinitialization - have a routine called when DriverEntry is over
 * @DriverObject: the driver
 * @DriverReinitializationRoutine: its Reinitialize routine, which may register itself
 *	again and is called once more then
 * @Context: its second argument; the third says how often it was called
 *
 * IRQL: PASSIVE_LEVEL. Called when DriverEntry has succeeded and the devices that are
 * there have been started.
 */
void IoRegisterDriverReinitialization(PDRIVER_OBJECT DriverObject,
				      PDRIVER_REINITIALIZE DriverReinitializationRoutine,
				      PVOID Context)
{
	struct reinitialization *new = kmalloc(sizeof(*new), GFP_KERNEL | __GFP_NOFAIL);

	new->routine = DriverReinitializationRoutine;
	new->context = Context;
	spin_lock_bh(&lock);
	list_add_tail(&new->link, &nt_driver(DriverObject)->reinitializations);
	spin_unlock_bh(&lock);
}
EXPORT_SYMBOL(IoRegisterDriverReinitialization);

/**
 * IoRegisterBootDriverReinitialization - have a routine called when devices are started
 * @DriverObject: the driver
 * @DriverReinitializationRoutine: its Reinitialize routine
 * @Context: its second argument
 *
 * IRQL: PASSIVE_LEVEL. There are no boot drivers: the same as
 * IoRegisterDriverReinitialization().
 */
void IoRegisterBootDriverReinitialization(PDRIVER_OBJECT DriverObject,
					  PDRIVER_REINITIALIZE DriverReinitializationRoutine,
					  PVOID Context)
{
	IoRegisterDriverReinitialization(DriverObject, DriverReinitializationRoutine, Context);
}
EXPORT_SYMBOL(IoRegisterBootDriverReinitialization);

static struct reinitialization *take_first(struct nt_driver *driver)
{
	struct reinitialization *first;

	spin_lock_bh(&lock);
	first = list_first_entry_or_null(&driver->reinitializations, struct reinitialization, link);
	if (first)
		list_del(&first->link);
	spin_unlock_bh(&lock);
	return first;
}

void nt_driver_reinitialize(struct nt_driver *driver)
{
	struct reinitialization *now;

	while ((now = take_first(driver))) {
		struct reinitialization copy = *now;

		kfree(now);
		driver->extension.Count++;
		nt_call_reinitialize(copy.routine, &driver->object, copy.context,
				     driver->extension.Count);
	}
}

void nt_driver_free_extensions(struct nt_driver *driver)
{
	struct client_extension *extension, *next;
	struct reinitialization *left;

	list_for_each_entry_safe(extension, next, &driver->client_extensions, link)
		kfree(extension);
	while ((left = take_first(driver)))
		kfree(left);
}

static CONFIGURATION_INFORMATION configuration = {
	.Version = sizeof(CONFIGURATION_INFORMATION),
};

/**
 * IoGetConfigurationInformation - how many devices of each kind drivers have made
 *
 * IRQL: PASSIVE_LEVEL. Drivers read the numbers and add their own. Of NT drivers'
 * devices only: Linux's disks and the like are not among them.
 */
PCONFIGURATION_INFORMATION IoGetConfigurationInformation(void)
{
	return &configuration;
}
EXPORT_SYMBOL(IoGetConfigurationInformation);
