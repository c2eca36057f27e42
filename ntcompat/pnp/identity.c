// SPDX-License-Identifier: GPL-2.0
/*
 * The names of a device: of a PCI device from its configuration space
 * ("Identifiers for PCI Devices"), of others from their bus driver.
 */
#include "request.h"
#include <linux/crc32.h>
#include <linux/ctype.h>

/* Bytes of a list of strings, with the NUL at its end. */
size_t nt_ids_size(const char *ids)
{
	const char *id;

	for (id = ids; *id; id += strlen(id) + 1)
		;
	return id - ids + 1;
}

/* The two names that are made of others. */
static int finish(struct nt_identity *identity)
{
	char *c;

	if (!identity->device_id || !identity->instance_id || !identity->hardware_ids ||
	    !identity->compatible_ids)
		return -ENOMEM;
	identity->path = kasprintf(GFP_KERNEL, "%s#%s", identity->device_id, identity->instance_id);
	if (!identity->path)
		return -ENOMEM;
	for (c = identity->path; *c; c++)
		if (*c == '\\')
			*c = '#';
	return 0;
}

/* Lists are written with '|' between the strings, which no id has. */
static char *make_list(const char *format, ...) __printf(1, 2);
static char *make_list(const char *format, ...)
{
	va_list args;
	char *text, *list, *c;

	va_start(args, format);
	text = kvasprintf(GFP_KERNEL, format, args);
	va_end(args);
	if (!text)
		return NULL;
	list = krealloc(text, strlen(text) + 2, GFP_KERNEL);
	if (!list) {
		kfree(text);
		return NULL;
	}
	list[strlen(list) + 1] = 0;
	for (c = list; *c; c++)
		if (*c == '|')
			*c = 0;
	return list;
}

/* As Windows 10 has them: ids without the subsystem are compatible ones. */
int nt_identity_of_pci(struct nt_devnode *devnode)
{
	struct nt_identity *identity = &devnode->identity;
	struct pci_dev *pci = devnode->pci;
	unsigned int base = pci->class >> 16, sub = pci->class >> 8 & 0xff, prog = pci->class & 0xff;
	char vendor[16], device[32], subsystem[48], revision[8], class[20], interface[32];

	snprintf(vendor, sizeof(vendor), "PCI\\VEN_%04X", pci->vendor);
	snprintf(device, sizeof(device), "%s&DEV_%04X", vendor, pci->device);
	snprintf(subsystem, sizeof(subsystem), "%s&SUBSYS_%04X%04X", device, pci->subsystem_device,
		 pci->subsystem_vendor);
	snprintf(revision, sizeof(revision), "&REV_%02X", pci->revision);
	identity->device_id = kasprintf(GFP_KERNEL, "%s%s", subsystem, revision);
	identity->instance_id = kasprintf(GFP_KERNEL, "%x&%02x&%02x", pci_domain_nr(pci->bus),
					  pci->bus->number, pci->devfn);
	snprintf(class, sizeof(class), "CC_%02X%02X", base, sub);
	snprintf(interface, sizeof(interface), "%s%02X", class, prog);
	identity->hardware_ids = make_list("%s%s|%s|%s&%s|%s&%s", subsystem, revision, subsystem,
					   device, interface, device, class);
	identity->compatible_ids = make_list("%s%s|%s|%s&%s|%s&%s|%s|PCI\\%s|PCI\\%s", device,
					     revision, device, vendor, interface, vendor, class,
					     vendor, interface, class);
	identity->location = kasprintf(GFP_KERNEL, "PCI bus %u, device %u, function %u",
				       pci->bus->number, PCI_SLOT(pci->devfn),
				       PCI_FUNC(pci->devfn));
	return finish(identity);
}

int nt_identity_of_root(struct nt_devnode *devnode, const char *hardware_id, unsigned int number)
{
	struct nt_identity *identity = &devnode->identity;

	identity->device_id = kstrdup(hardware_id, GFP_KERNEL);
	identity->instance_id = kasprintf(GFP_KERNEL, "%04u", number);
	identity->hardware_ids = make_list("%s", hardware_id);
	identity->compatible_ids = kzalloc(1, GFP_KERNEL);
	return finish(identity);
}

/* "IoReportDetectedDevice": which compatible ids such a device has. */
int nt_identity_of_detected(struct nt_devnode *devnode, const char *service, const char *bus,
			    unsigned int number)
{
	struct nt_identity *identity = &devnode->identity;

	identity->device_id = kasprintf(GFP_KERNEL, "ROOT\\%s", service);
	identity->instance_id = kasprintf(GFP_KERNEL, "%04u", number);
	identity->hardware_ids = kzalloc(1, GFP_KERNEL);
	identity->compatible_ids = make_list("DETECTED%s\\%s|DETECTED\\%s", bus, service, service);
	return finish(identity);
}

/* ---- What a bus driver says ---- */

/* "IRP_MN_QUERY_ID": which characters ids may have. */
static bool is_id_character(WCHAR c)
{
	return c > 0x20 && c <= 0x7f && c != ',';
}

/* One id as ASCII, or NULL. Takes the string from the pool. */
static char *take_id(PWCHAR wide)
{
	char *id = NULL;
	size_t i, length;

	if (!wide)
		return NULL;
	for (length = 0; wide[length]; length++)
		if (!is_id_character(wide[length]) || length >= NT_ID_LENGTH_MAX)
			goto out;
	id = kmalloc(length + 1, GFP_KERNEL);
	for (i = 0; id && i <= length; i++)
		id[i] = wide[i];
out:
	ExFreePool(wide);
	return id;
}

/* Up to 32 ids, which is more than any bus has. */
static char *take_ids(PWCHAR wide)
{
	const size_t limit = 32 * NT_ID_LENGTH_MAX;
	char *ids = NULL;
	size_t i, length;

	if (!wide)
		return kzalloc(1, GFP_KERNEL);
	for (length = 0; wide[length] || (length && wide[length - 1]); length++)
		if ((wide[length] && !is_id_character(wide[length])) || length >= limit)
			goto out;
	ids = kmalloc(length + 1, GFP_KERNEL);
	for (i = 0; ids && i <= length; i++)
		ids[i] = wide[i];
out:
	ExFreePool(wide);
	return ids;
}

static char *take_text(PWCHAR wide)
{
	char *text;
	size_t i, length;

	if (!wide)
		return NULL;
	for (length = 0; wide[length] && length < 256; length++)
		;
	text = kmalloc(length + 1, GFP_KERNEL);
	for (i = 0; text && i < length; i++)
		text[i] = wide[i] >= 0x20 && wide[i] < 0x7f ? wide[i] : '?';
	if (text)
		text[length] = 0;
	ExFreePool(wide);
	return text;
}

/*
 * "If UniqueID is FALSE, the PnP manager enhances the instance ID by adding
 * information about the device's parent."
 */
static char *make_unique(struct nt_devnode *devnode, char *instance)
{
	const char *parent = devnode->parent->identity.path;
	char *unique;

	if (devnode->capabilities.UniqueID)
		return instance;
	unique = kasprintf(GFP_KERNEL, "%x&%08x&%s", devnode->depth,
			   crc32(0, parent, strlen(parent)), instance ?: "0");
	kfree(instance);
	return unique;
}

/**
 * nt_identity_query - ask a bus driver for its child's names
 * @devnode: the child, with its PDO
 *
 * PASSIVE_LEVEL. A child that has no valid device id, or none of the others that
 * it has is valid, is none.
 */
NTSTATUS nt_identity_query(struct nt_devnode *devnode)
{
	struct nt_identity *identity = &devnode->identity;
	PWCHAR wide;

	nt_pnp_query_capabilities(devnode);
	nt_pnp_query_id(devnode, BusQueryDeviceID, &wide);
	identity->device_id = take_id(wide);
	if (!identity->device_id)
		return STATUS_INVALID_PARAMETER;
	nt_pnp_query_id(devnode, BusQueryInstanceID, &wide);
	identity->instance_id = make_unique(devnode, take_id(wide));
	nt_pnp_query_id(devnode, BusQueryHardwareIDs, &wide);
	identity->hardware_ids = take_ids(wide);
	nt_pnp_query_id(devnode, BusQueryCompatibleIDs, &wide);
	identity->compatible_ids = take_ids(wide);
	nt_pnp_query_text(devnode, DeviceTextDescription, &wide);
	identity->description = take_text(wide);
	nt_pnp_query_text(devnode, DeviceTextLocationInformation, &wide);
	identity->location = take_text(wide);
	return finish(identity) ? STATUS_INVALID_PARAMETER : STATUS_SUCCESS;
}

void nt_identity_free(struct nt_identity *identity)
{
	kfree(identity->device_id);
	kfree(identity->instance_id);
	kfree(identity->hardware_ids);
	kfree(identity->compatible_ids);
	kfree(identity->path);
	kfree(identity->description);
	kfree(identity->location);
}

/* ---- Matching ---- */

static bool has(const char *ids, const char *wanted)
{
	const char *id;

	for (id = ids; *id; id += strlen(id) + 1)
		if (!strcasecmp(id, wanted))
			return true;
	return false;
}

/* Is @id, from an INF, one of the device's? */
bool nt_identity_matches(const struct nt_identity *identity, const char *id)
{
	return has(identity->hardware_ids, id) || has(identity->compatible_ids, id);
}

static int append(const char *ids, char *buffer, size_t size, int used)
{
	const char *id, *c;

	for (id = ids; *id; id += strlen(id) + 1) {
		for (c = id; *c; c++)
			if (used + 2 < size)
				buffer[used++] = isalnum(*c) ? toupper(*c) : '_';
		if (used + 2 < size)
			buffer[used++] = ':';
	}
	return used;
}

/**
 * nt_identity_alias - what modprobe finds the driver by
 * @identity: the device's names
 * @buffer: receives "nt:ID:ID:…", in capitals, with '_' for what is no letter or digit
 * @size: its bytes; ids that do not fit are left out
 *
 * Drivers' modules have the alias "nt*:ID:*".
 */
int nt_identity_alias(const struct nt_identity *identity, char *buffer, size_t size)
{
	int used = scnprintf(buffer, size, "nt:");

	used = append(identity->hardware_ids, buffer, size, used);
	used = append(identity->compatible_ids, buffer, size, used);
	buffer[used] = 0;
	return used;
}
