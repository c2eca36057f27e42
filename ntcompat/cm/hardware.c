// SPDX-License-Identifier: GPL-2.0
/*
 * What ntcompat says of the machine in \Registry\Machine\Hardware\Description\System:
 * the processors, and an adapter for each bus. It is made when the module is loaded.
 *
 * What Linux does not know, such as a card on an ISA bus, an administrator may add, as
 * a controller below its bus.
 */
#include "hardware.h"
#include "tree.h"
#include "../rtl/format.h"
#include <linux/cpumask.h>
#include <linux/pci.h>
#include <linux/slab.h>
#include <asm/processor.h>
#include <asm/tsc.h>

static NTSTATUS set_text(struct nt_key *key, const WCHAR *name, const char *text)
{
	UNICODE_STRING name_string = nt_text(name), value;
	ANSI_STRING ansi;
	NTSTATUS status;

	RtlInitAnsiString(&ansi, text);
	status = RtlAnsiStringToUnicodeString(&value, &ansi, TRUE);
	if (!NT_SUCCESS(status))
		return status;
	status = nt_value_set(key, &name_string, REG_SZ, value.Buffer,
			      value.Length + sizeof(WCHAR));
	RtlFreeUnicodeString(&value);
	return status;
}

static NTSTATUS set_bytes(struct nt_key *key, const WCHAR *name, ULONG type, const void *data,
			  ULONG length)
{
	UNICODE_STRING name_string = nt_text(name);

	return nt_value_set(key, &name_string, type, data, length);
}

/* \Registry\Machine\Hardware\Description\System\@adapter\@number */
static NTSTATUS make_key(const char *adapter, unsigned int number, struct nt_key **key)
{
	WCHAR path[80];

	nt__snwprintf(path, ARRAY_SIZE(path), NT_HARDWARE_SYSTEM L"\\%hs\\%u", adapter, number);
	return nt_key_make(NULL, path, REG_OPTION_VOLATILE, key);
}

static NTSTATUS add_bus(unsigned int *count, const char *identifier, INTERFACE_TYPE type, ULONG bus)
{
	static const ULONG component[4] = { 0, 0, 0, 0xffffffff };
	const ULONG length = FIELD_OFFSET(CM_FULL_RESOURCE_DESCRIPTOR,
					  PartialResourceList.PartialDescriptors);
	CM_FULL_RESOURCE_DESCRIPTOR descriptor = { .InterfaceType = type, .BusNumber = bus };
	struct nt_key *key;
	NTSTATUS status = make_key("MultifunctionAdapter", *count, &key);

	if (NT_SUCCESS(status))
		status = set_text(key, NT_HARDWARE_IDENTIFIER, identifier);
	if (NT_SUCCESS(status))
		status = set_bytes(key, NT_HARDWARE_CONFIGURATION, REG_FULL_RESOURCE_DESCRIPTOR,
				   &descriptor, length);
	if (NT_SUCCESS(status))
		status = set_bytes(key, NT_HARDWARE_COMPONENT, REG_BINARY, component,
				   sizeof(component));
	++*count;
	return status;
}

/* A bus of this kind is behind a bridge that says so. */
static bool has_bridge(unsigned int class)
{
	struct pci_dev *bridge = pci_get_class(class << 8, NULL);
	bool found = bridge;

	pci_dev_put(bridge);
	return found;
}

static NTSTATUS add_buses(void)
{
	NTSTATUS status = STATUS_SUCCESS;
	unsigned int count = 0, bus;

	for (bus = 0; bus < 256 && NT_SUCCESS(status); bus++)
		if (pci_find_bus(0, bus))
			status = add_bus(&count, "PCI", PCIBus, bus);
	if (NT_SUCCESS(status) && has_bridge(PCI_CLASS_BRIDGE_ISA))
		status = add_bus(&count, "ISA", Isa, 0);
	return status;
}

static NTSTATUS add_processor(unsigned int cpu)
{
	const struct cpuinfo_x86 *info = &cpu_data(cpu);
	ULONG mhz = cpu_khz / 1000;
	struct nt_key *key;
	char text[64];
	NTSTATUS status = make_key("CentralProcessor", cpu, &key);

	snprintf(text, sizeof(text), "x86 Family %u Model %u Stepping %u", info->x86,
		 info->x86_model, info->x86_stepping);
	if (NT_SUCCESS(status))
		status = set_text(key, NT_HARDWARE_IDENTIFIER, text);
	if (NT_SUCCESS(status))
		status = set_text(key, L"VendorIdentifier", info->x86_vendor_id);
	if (NT_SUCCESS(status))
		status = set_text(key, L"ProcessorNameString", strim(strcpy(text, info->x86_model_id)));
	if (NT_SUCCESS(status))
		status = set_bytes(key, L"~MHz", REG_DWORD, &mhz, sizeof(mhz));
	return status;
}

static NTSTATUS add_system(void)
{
	struct nt_key *key;
	NTSTATUS status = nt_key_make(NULL, NT_HARDWARE_SYSTEM, REG_OPTION_VOLATILE, &key);
	unsigned int cpu;

	/* Windows's word for what is no particular machine. */
	if (NT_SUCCESS(status))
		status = set_text(key, NT_HARDWARE_IDENTIFIER, "AT/AT COMPATIBLE");
	for_each_online_cpu(cpu)
		if (NT_SUCCESS(status))
			status = add_processor(cpu);
	return status;
}

int __init nt_hardware_setup(void)
{
	NTSTATUS status;

	mutex_lock(&nt_registry_lock);
	status = add_system();
	if (NT_SUCCESS(status))
		status = add_buses();
	mutex_unlock(&nt_registry_lock);
	return NT_SUCCESS(status) ? 0 : -ENOMEM;
}
