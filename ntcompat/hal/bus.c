// SPDX-License-Identifier: GPL-2.0
/* Buses as NT 4 drivers see them: by numbers of buses and slots. */
#include "../io/driver.h"
#include "../ke/irql.h"
#include "../pnp/devnode.h"
#include "../pnp/legacy.h"
#include <linux/cpumask.h>

/* A PCI_SLOT_NUMBER: device in the low five bits, function above. */
static unsigned int devfn_of(ULONG slot)
{
	return PCI_DEVFN(slot & 0x1f, slot >> 5 & 0x07);
}

struct place {
	unsigned int bus;
	unsigned int devfn;
};

static bool is_at(struct pci_dev *pci, const void *data)
{
	const struct place *place = data;

	return pci->bus->number == place->bus && pci->devfn == place->devfn;
}

/* Referenced. Where nothing may sleep, of those that drivers have claimed. */
static struct pci_dev *find_pci(ULONG bus, ULONG slot)
{
	struct place place = { bus, devfn_of(slot) };

	if (nt_at_dispatch_or_above())
		return nt_legacy_find(NULL, is_at, &place);
	return pci_get_domain_bus_and_slot(0, place.bus, place.devfn);
}

/* Whom the driver looked at last: that is whose interrupt it is going to ask for. */
static atomic_t last_looked = ATOMIC_INIT(-1);

static ULONG empty_slot(void *buffer, ULONG offset, ULONG length)
{
	USHORT vendor = PCI_INVALID_VENDORID;

	if (offset || length < sizeof(vendor))
		return 0;
	memcpy(buffer, &vendor, sizeof(vendor));
	return sizeof(vendor);
}

/**
 * HalGetBusDataByOffset - read the configuration of what sits in a slot
 * @BusDataType: PCIConfiguration; others have none here
 * @BusNumber: of the bus
 * @SlotNumber: a PCI_SLOT_NUMBER
 * @Buffer: receives the bytes
 * @Offset: where in the PCI_COMMON_CONFIG
 * @Length: how many
 *
 * IRQL: PASSIVE_LEVEL; at DISPATCH_LEVEL for functions that a driver has claimed.
 * Returns how many bytes were read; 0 when there is no such bus; 2 for an empty slot,
 * with PCI_INVALID_VENDORID.
 */
ULONG HalGetBusDataByOffset(BUS_DATA_TYPE BusDataType, ULONG BusNumber, ULONG SlotNumber,
			    PVOID Buffer, ULONG Offset, ULONG Length)
{
	struct pci_dev *pci;
	ULONG done;

	if (BusDataType != PCIConfiguration || BusNumber > 255)
		return 0;
	pci = find_pci(BusNumber, SlotNumber);
	if (!pci) {
		if (nt_at_dispatch_or_above() || !pci_find_bus(0, BusNumber))
			return 0;
		return empty_slot(Buffer, Offset, Length);
	}
	/* Drivers ask for a PCI_COMMON_CONFIG of 256 bytes, whatever they need. */
	Length = Offset < pci->cfg_size ? min_t(ULONG, Length, pci->cfg_size - Offset) : 0;
	done = nt_pci_config_of(pci, Buffer, Offset, Length, false);
	atomic_set(&last_looked, BusNumber << 8 | pci->devfn);
	pci_dev_put(pci);
	return done;
}
EXPORT_SYMBOL(HalGetBusDataByOffset);

/**
 * HalGetBusData - the same, from the start
 * @BusDataType: PCIConfiguration
 * @BusNumber: of the bus
 * @SlotNumber: a PCI_SLOT_NUMBER
 * @Buffer: receives the bytes
 * @Length: how many
 *
 * IRQL: PASSIVE_LEVEL. See HalGetBusDataByOffset().
 */
ULONG HalGetBusData(BUS_DATA_TYPE BusDataType, ULONG BusNumber, ULONG SlotNumber, PVOID Buffer,
		    ULONG Length)
{
	return HalGetBusDataByOffset(BusDataType, BusNumber, SlotNumber, Buffer, 0, Length);
}
EXPORT_SYMBOL(HalGetBusData);

/* Who writes to a function that a Linux driver has would pull it from under that. */
static bool may_write(struct pci_dev *pci)
{
	struct place place = { pci->bus->number, pci->devfn };
	struct pci_dev *claimed = nt_legacy_find(NULL, is_at, &place);

	pci_dev_put(claimed);
	return claimed || !pci->dev.driver;
}

/**
 * HalSetBusDataByOffset - write to the configuration of what sits in a slot
 * @BusDataType: PCIConfiguration
 * @BusNumber: of the bus
 * @SlotNumber: a PCI_SLOT_NUMBER
 * @Buffer: the bytes
 * @Offset: where in the PCI_COMMON_CONFIG
 * @Length: how many
 *
 * IRQL: PASSIVE_LEVEL; at DISPATCH_LEVEL for functions that a driver has claimed.
 * Returns how many bytes were written: none to a function that another driver has.
 */
ULONG HalSetBusDataByOffset(BUS_DATA_TYPE BusDataType, ULONG BusNumber, ULONG SlotNumber,
			    PVOID Buffer, ULONG Offset, ULONG Length)
{
	struct pci_dev *pci;
	ULONG done = 0;

	if (BusDataType != PCIConfiguration || BusNumber > 255)
		return 0;
	pci = find_pci(BusNumber, SlotNumber);
	if (!pci)
		return 0;
	if (may_write(pci))
		done = nt_pci_config_of(pci, Buffer, Offset, Length, true);
	else
		pci_warn(pci, "HalSetBusData: it has a driver, %s\n", pci->dev.driver->name);
	pci_dev_put(pci);
	return done;
}
EXPORT_SYMBOL(HalSetBusDataByOffset);

/**
 * HalSetBusData - the same, from the start
 * @BusDataType: PCIConfiguration
 * @BusNumber: of the bus
 * @SlotNumber: a PCI_SLOT_NUMBER
 * @Buffer: the bytes
 * @Length: how many
 *
 * IRQL: PASSIVE_LEVEL. See HalSetBusDataByOffset().
 */
ULONG HalSetBusData(BUS_DATA_TYPE BusDataType, ULONG BusNumber, ULONG SlotNumber, PVOID Buffer,
		    ULONG Length)
{
	return HalSetBusDataByOffset(BusDataType, BusNumber, SlotNumber, Buffer, 0, Length);
}
EXPORT_SYMBOL(HalSetBusData);

static BOOLEAN translate_pci(ULONG bus_number, PHYSICAL_ADDRESS address, bool is_port,
			     PPHYSICAL_ADDRESS translated)
{
	struct pci_bus_region region = { address.QuadPart, address.QuadPart };
	struct resource resource = { .flags = is_port ? IORESOURCE_IO : IORESOURCE_MEM };
	struct pci_bus *bus = pci_find_bus(0, bus_number);

	if (!bus)
		return FALSE;
	pcibios_bus_to_resource(bus, &resource, &region);
	translated->QuadPart = resource.start;
	return TRUE;
}

/**
 * HalTranslateBusAddress - a processor's address for a bus's
 * @InterfaceType: PCIBus, Isa or Eisa; Internal
 * @BusNumber: of the bus
 * @BusAddress: a raw resource
 * @AddressSpace: 1 for ports, 0 for memory; receives the same: ports stay ports
 * @TranslatedAddress: receives it: for MmMapIoSpace() or as a port
 *
 * IRQL: PASSIVE_LEVEL. FALSE when there is no such bus.
 */
BOOLEAN HalTranslateBusAddress(INTERFACE_TYPE InterfaceType, ULONG BusNumber,
			       PHYSICAL_ADDRESS BusAddress, PULONG AddressSpace,
			       PPHYSICAL_ADDRESS TranslatedAddress)
{
	switch (InterfaceType) {
	case PCIBus:
		return translate_pci(BusNumber, BusAddress, *AddressSpace, TranslatedAddress);
	case Internal:
	case Isa:
	case Eisa:
		*TranslatedAddress = BusAddress;
		return !BusNumber;
	default:
		return FALSE;
	}
}
EXPORT_SYMBOL(HalTranslateBusAddress);

/* ---- Interrupts ---- */

struct line {
	unsigned int bus;
	unsigned int level;
};

static bool has_line(struct pci_dev *pci, const void *data)
{
	const struct line *line = data;
	u8 level;

	return pci->bus->number == line->bus && pci->pin &&
	       !pci_read_config_byte(pci, PCI_INTERRUPT_LINE, &level) && level == line->level;
}

/*
 * A driver that asks for the interrupt of a function before it has claimed it is going
 * to drive it: the one that it looked at last, else the first that has no driver.
 * Before the claim nobody knows the number, as the line is not routed.
 */
static struct pci_dev *claim_by_line(struct nt_driver *driver, const struct line *line)
{
	int looked = atomic_read(&last_looked);
	struct pci_dev *pci = NULL, *found = NULL;

	for_each_pci_dev(pci) {
		bool is_last = looked == (pci->bus->number << 8 | pci->devfn);

		if (pci_domain_nr(pci->bus) || pci->dev.driver || !has_line(pci, line))
			continue;
		if (found && !is_last)
			continue;
		pci_dev_put(found);
		found = pci_dev_get(pci);
	}
	if (found && !NT_SUCCESS(nt_legacy_claim(driver, NULL, found))) {
		pci_dev_put(found);
		found = NULL;
	}
	return found;
}

/* A claimed function that it looked at last comes before others on the same line. */
static bool has_line_and_looked(struct pci_dev *pci, const void *data)
{
	return atomic_read(&last_looked) == (pci->bus->number << 8 | pci->devfn) &&
	       has_line(pci, data);
}

static unsigned int pci_vector(unsigned long caller, const struct line *line)
{
	struct nt_driver *driver = nt_driver_of_code(caller);
	struct pci_dev *pci;
	unsigned int irq;

	if (!driver)
		return 0;
	pci = nt_legacy_find(driver, has_line_and_looked, line);
	if (!pci)
		pci = nt_legacy_find(driver, has_line, line);
	if (!pci)
		pci = claim_by_line(driver, line);
	irq = pci ? pci->irq : 0;
	pci_dev_put(pci);
	return irq;
}

/**
 * HalGetInterruptVector - what to give IoConnectInterrupt() for a bus's interrupt
 * @InterfaceType: PCIBus, Isa or Eisa
 * @BusNumber: of the bus
 * @BusInterruptLevel: for PCI the InterruptLine of the configuration; for ISA the IRQ
 * @BusInterruptVector: the same
 * @Irql: receives the level of the ISR
 * @Affinity: receives the processors that it may run on
 *
 * IRQL: PASSIVE_LEVEL. Returns the vector; 0 when there is no such interrupt. A PCI
 * function that the driver has not claimed before is claimed now.
 */
ULONG HalGetInterruptVector(INTERFACE_TYPE InterfaceType, ULONG BusNumber, ULONG BusInterruptLevel,
			    ULONG BusInterruptVector, PKIRQL Irql, PKAFFINITY Affinity)
{
	struct line line = { BusNumber, BusInterruptLevel };
	unsigned int irq = 0;

	if (InterfaceType == PCIBus)
		irq = pci_vector(_RET_IP_, &line);
	else if ((InterfaceType == Isa || InterfaceType == Eisa) && BusInterruptLevel < 16)
		irq = BusInterruptLevel;
	*Irql = NT_DIRQL;
	*Affinity = cpumask_bits(cpu_online_mask)[0];
	return irq;
}
EXPORT_SYMBOL(HalGetInterruptVector);

/**
 * HalDisplayString - show a text on the screen that a system has when it starts
 * @String: the text
 *
 * IRQL: any. Goes to the console, and the kernel's log.
 */
void HalDisplayString(PUCHAR String)
{
	pr_alert("%s", String);
}
EXPORT_SYMBOL(HalDisplayString);
