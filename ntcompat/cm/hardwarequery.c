// SPDX-License-Identifier: GPL-2.0
/*
 * IoQueryDeviceDescription: a walk through the description of the hardware. Adapters of a
 * bus lie in System\MultifunctionAdapter\0 and so on, their controllers below these in
 * SerialController\0, and peripherals below those.
 *
 * The routine of a driver is called without the registry's lock, with what the keys had
 * when they were met.
 */
#include "hardware.h"
#include "tree.h"
#include "../gate.h"
#include <linux/slab.h>

/* The names of keys for CONFIGURATION_TYPE. */
static const WCHAR * const type_names[] = {
	[EisaAdapter] = L"EisaAdapter",
	[TcAdapter] = L"TcAdapter",
	[MultiFunctionAdapter] = L"MultifunctionAdapter",
	[DiskController] = L"DiskController",
	[TapeController] = L"TapeController",
	[CdromController] = L"CdRomController",
	[WormController] = L"WormController",
	[SerialController] = L"SerialController",
	[NetworkController] = L"NetworkController",
	[DisplayController] = L"DisplayController",
	[ParallelController] = L"ParallelController",
	[PointerController] = L"PointerController",
	[KeyboardController] = L"KeyboardController",
	[AudioController] = L"AudioController",
	[OtherController] = L"OtherController",
	[DiskPeripheral] = L"DiskPeripheral",
	[FloppyDiskPeripheral] = L"FloppyDiskPeripheral",
	[TapePeripheral] = L"TapePeripheral",
	[ModemPeripheral] = L"ModemPeripheral",
	[MonitorPeripheral] = L"MonitorPeripheral",
	[PrinterPeripheral] = L"PrinterPeripheral",
	[PointerPeripheral] = L"PointerPeripheral",
	[KeyboardPeripheral] = L"KeyboardPeripheral",
	[TerminalPeripheral] = L"TerminalPeripheral",
	[OtherPeripheral] = L"OtherPeripheral",
	[LinePeripheral] = L"LinePeripheral",
	[NetworkPeripheral] = L"NetworkPeripheral",
};

static const WCHAR * const value_names[] = {
	[IoQueryDeviceIdentifier] = NT_HARDWARE_IDENTIFIER,
	[IoQueryDeviceConfigurationData] = NT_HARDWARE_CONFIGURATION,
	[IoQueryDeviceComponentInformation] = NT_HARDWARE_COMPONENT,
};

/**
 * struct item - a bus, controller or peripheral
 * @key: referenced
 * @path: of the key
 * @type: of a controller or peripheral
 * @number: of the bus, or the key's name
 * @information: the values, NULL for those that it has not
 */
struct item {
	struct nt_key *key;
	UNICODE_STRING path;
	CONFIGURATION_TYPE type;
	ULONG number;
	PKEY_VALUE_FULL_INFORMATION information[IoQueryDeviceMaxData];
};

/**
 * struct query - what is looked for
 * @bus_type: NULL for any; so are all up to the last number
 * @bus_number: of the bus
 * @controller_type: NULL, too, when no controllers are wanted
 * @controller_number: of the controller
 * @peripheral_type: NULL, too, when no peripherals are wanted
 * @peripheral_number: of the peripheral
 * @routine: the driver's
 * @context: its argument
 * @bus: the bus that is looked at
 * @bus_interface: its type
 * @controller: the controller that is looked at, or NULL
 * @called: was the routine called at all?
 */
struct query {
	const INTERFACE_TYPE *bus_type;
	const ULONG *bus_number;
	const CONFIGURATION_TYPE *controller_type;
	const ULONG *controller_number;
	const CONFIGURATION_TYPE *peripheral_type;
	const ULONG *peripheral_number;
	PIO_QUERY_DEVICE_ROUTINE routine;
	void *context;
	struct item *bus;
	INTERFACE_TYPE bus_interface;
	struct item *controller;
	bool called;
};

typedef NTSTATUS visit_fn(struct query *query, struct item *item);

/* ---- Items ---- */

static void item_put(struct item *item)
{
	int i;

	for (i = 0; i < IoQueryDeviceMaxData; i++)
		kfree(item->information[i]);
	kfree(item->path.Buffer);
	nt_key_put(item->key);
}

/* With the lock. */
static NTSTATUS read_path(struct item *item)
{
	ULONG bytes = nt_key_path(item->key, NULL);

	if (bytes > U16_MAX - sizeof(WCHAR))
		return STATUS_NAME_TOO_LONG;
	item->path.Buffer = kzalloc(bytes + sizeof(WCHAR), GFP_KERNEL);
	if (!item->path.Buffer)
		return STATUS_INSUFFICIENT_RESOURCES;
	item->path.Length = nt_key_path(item->key, item->path.Buffer);
	item->path.MaximumLength = bytes + sizeof(WCHAR);
	return STATUS_SUCCESS;
}

static NTSTATUS read_values(struct item *item)
{
	NTSTATUS status = STATUS_SUCCESS;
	int i;

	for (i = 0; i < IoQueryDeviceMaxData && NT_SUCCESS(status); i++) {
		UNICODE_STRING name = nt_text(value_names[i]);
		struct nt_value *value = nt_value_find(item->key, &name);

		if (value)
			status = nt_value_copy(value, &item->information[i]);
	}
	return status;
}

static bool read_number(PCUNICODE_STRING name, ULONG *number)
{
	return NT_SUCCESS(RtlUnicodeStringToInteger(name, 10, number));
}

/* The child of @folder with this index: STATUS_NO_MORE_ENTRIES when there is none. */
static NTSTATUS item_get(struct nt_key *folder, ULONG index, CONFIGURATION_TYPE type,
			 struct item *item)
{
	NTSTATUS status = STATUS_NO_MORE_ENTRIES;
	struct nt_key *key;

	memset(item, 0, sizeof(*item));
	mutex_lock(&nt_registry_lock);
	key = nt_key_child_at(folder, index);
	if (key) {
		item->key = nt_key_get(key);
		item->type = type;
		status = read_path(item);
		if (NT_SUCCESS(status))
			status = read_values(item);
		if (NT_SUCCESS(status) && !read_number(&key->name, &item->number))
			item->number = index;
	}
	mutex_unlock(&nt_registry_lock);
	if (key && !NT_SUCCESS(status))
		item_put(item);
	return status;
}

/* Each of the items in @folder: until one fails. */
static NTSTATUS visit_folder(struct query *query, struct nt_key *folder, CONFIGURATION_TYPE type,
			     visit_fn *visit)
{
	NTSTATUS status = STATUS_SUCCESS;
	struct item item;
	ULONG i;

	for (i = 0; NT_SUCCESS(status); i++) {
		status = item_get(folder, i, type, &item);
		if (!NT_SUCCESS(status))
			return status == STATUS_NO_MORE_ENTRIES ? STATUS_SUCCESS : status;
		status = visit(query, &item);
		item_put(&item);
	}
	return status;
}

/* Those of the types @first to @last below @parent, or of the one that is wanted. */
static NTSTATUS visit_types(struct query *query, struct nt_key *parent,
			    const CONFIGURATION_TYPE *wanted, CONFIGURATION_TYPE first,
			    CONFIGURATION_TYPE last, visit_fn *visit)
{
	NTSTATUS status = STATUS_SUCCESS;
	CONFIGURATION_TYPE type;

	for (type = first; type <= last && NT_SUCCESS(status); type++) {
		UNICODE_STRING name = nt_text(type_names[type]);
		struct nt_key *folder;

		if (wanted && *wanted != type)
			continue;
		mutex_lock(&nt_registry_lock);
		folder = nt_key_child(parent, &name);
		if (folder)
			nt_key_get(folder);
		mutex_unlock(&nt_registry_lock);
		if (!folder)
			continue;
		status = visit_folder(query, folder, type, visit);
		nt_key_put(folder);
	}
	return status;
}

/* ---- What is done with each ---- */

static NTSTATUS call(struct query *query, struct item *deepest, struct item *peripheral)
{
	struct item *controller = query->controller;

	query->called = true;
	return nt_call_config_callback(query->routine, query->context, &deepest->path,
			query->bus_interface, query->bus->number, query->bus->information,
			controller ? controller->type : 0, controller ? controller->number : 0,
			controller ? controller->information : NULL,
			peripheral ? peripheral->type : 0, peripheral ? peripheral->number : 0,
			peripheral ? peripheral->information : NULL);
}

static NTSTATUS visit_peripheral(struct query *query, struct item *item)
{
	if (query->peripheral_number && *query->peripheral_number != item->number)
		return STATUS_SUCCESS;
	return call(query, item, item);
}

static NTSTATUS visit_controller(struct query *query, struct item *item)
{
	if (query->controller_number && *query->controller_number != item->number)
		return STATUS_SUCCESS;
	query->controller = item;
	if (!query->peripheral_type)
		return call(query, item, NULL);
	return visit_types(query, item->key, query->peripheral_type, DiskPeripheral,
			   NetworkPeripheral, visit_peripheral);
}

/* What bus it is stands in its configuration data. */
static bool is_wanted_bus(struct query *query, struct item *item)
{
	PKEY_VALUE_FULL_INFORMATION info = item->information[IoQueryDeviceConfigurationData];
	PCM_FULL_RESOURCE_DESCRIPTOR descriptor;

	if (!info || info->DataLength < FIELD_OFFSET(CM_FULL_RESOURCE_DESCRIPTOR,
						     PartialResourceList))
		return false;
	descriptor = (void *)((u8 *)info + info->DataOffset);
	query->bus_interface = descriptor->InterfaceType;
	item->number = descriptor->BusNumber;
	return (!query->bus_type || *query->bus_type == query->bus_interface) &&
	       (!query->bus_number || *query->bus_number == item->number);
}

static NTSTATUS visit_bus(struct query *query, struct item *item)
{
	if (!is_wanted_bus(query, item))
		return STATUS_SUCCESS;
	query->bus = item;
	query->controller = NULL;
	if (!query->controller_type && !query->peripheral_type)
		return call(query, item, NULL);
	return visit_types(query, item->key, query->controller_type, DiskController,
			   OtherController, visit_controller);
}

static NTSTATUS visit_buses(struct query *query)
{
	static const CONFIGURATION_TYPE adapters[] = {
		EisaAdapter, TcAdapter, MultiFunctionAdapter
	};
	UNICODE_STRING path = nt_text(NT_HARDWARE_SYSTEM);
	struct nt_key *system;
	NTSTATUS status;
	int i;

	mutex_lock(&nt_registry_lock);
	system = nt_key_walk(NULL, &path, 0, &status);
	if (system)
		nt_key_get(system);
	mutex_unlock(&nt_registry_lock);
	if (!system)
		return status;
	for (i = 0; i < ARRAY_SIZE(adapters) && NT_SUCCESS(status); i++)
		status = visit_types(query, system, NULL, adapters[i], adapters[i], visit_bus);
	nt_key_put(system);
	return status;
}

/**
 * IoQueryDeviceDescription - look for hardware in the registry's description
 * @BusType: buses of this type only; or NULL
 * @BusNumber: this one only; or NULL
 * @ControllerType: controllers of this type on these buses, rather than the buses; or NULL
 * @ControllerNumber: this one only; or NULL
 * @PeripheralType: peripherals of this type at these controllers, rather than these; or NULL
 * @PeripheralNumber: this one only; or NULL
 * @CalloutRoutine: called for each that is found, with what is known of it and of
 *	what it is attached to; valid until it returns
 * @Context: its argument
 *
 * IRQL: PASSIVE_LEVEL. Returns what the routine returned, which is called no more once
 * it has failed; STATUS_OBJECT_NAME_NOT_FOUND when there is nothing to call it for;
 * STATUS_INVALID_PARAMETER when no type is given. PCI buses are those of the module's
 * load; controllers are those that an administrator or a driver has described.
 */
NTSTATUS IoQueryDeviceDescription(PINTERFACE_TYPE BusType, PULONG BusNumber,
				  PCONFIGURATION_TYPE ControllerType, PULONG ControllerNumber,
				  PCONFIGURATION_TYPE PeripheralType, PULONG PeripheralNumber,
				  PIO_QUERY_DEVICE_ROUTINE CalloutRoutine, PVOID Context)
{
	struct query query = {
		.bus_type = BusType,
		.bus_number = BusNumber,
		.controller_type = ControllerType,
		.controller_number = ControllerNumber,
		.peripheral_type = PeripheralType,
		.peripheral_number = PeripheralNumber,
		.routine = CalloutRoutine,
		.context = Context,
	};
	NTSTATUS status;

	if (!BusType && !ControllerType && !PeripheralType)
		return STATUS_INVALID_PARAMETER;
	status = visit_buses(&query);
	return query.called || !NT_SUCCESS(status) ? status : STATUS_OBJECT_NAME_NOT_FOUND;
}
EXPORT_SYMBOL(IoQueryDeviceDescription);
