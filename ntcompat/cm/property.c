// SPDX-License-Identifier: GPL-2.0
/* What a device is: "IoGetDeviceProperty". */
#include "inf.h"
#include "key.h"
#include "../io/device.h"
#include "../pnp/request.h"

/* Those that are values of the instance's key. */
static const struct {
	DEVICE_REGISTRY_PROPERTY property;
	const WCHAR *name;
} values[] = {
	{ DevicePropertyDeviceDescription, L"DeviceDesc" },
	{ DevicePropertyHardwareID, L"HardwareID" },
	{ DevicePropertyCompatibleIDs, L"CompatibleIDs" },
	{ DevicePropertyClassName, L"Class" },
	{ DevicePropertyClassGuid, L"ClassGUID" },
	{ DevicePropertyDriverKeyName, L"Driver" },
	{ DevicePropertyManufacturer, L"Mfg" },
	{ DevicePropertyFriendlyName, L"FriendlyName" },
	{ DevicePropertyLocationInformation, L"LocationInformation" },
};

/* A caller's buffer. */
struct out {
	void *buffer;
	ULONG length;
	PULONG needed;
};

static NTSTATUS give(const struct out *out, const void *from, ULONG bytes)
{
	*out->needed = bytes;
	if (out->length < bytes)
		return STATUS_BUFFER_TOO_SMALL;
	memcpy(out->buffer, from, bytes);
	return STATUS_SUCCESS;
}

static NTSTATUS give_number(const struct out *out, ULONG number)
{
	return give(out, &number, sizeof(number));
}

static NTSTATUS give_text(const struct out *out, const WCHAR *text)
{
	return give(out, text, nt_text(text).Length + sizeof(WCHAR));
}

static NTSTATUS give_value(struct nt_devnode *devnode, const WCHAR *name, const struct out *out)
{
	UNICODE_STRING value_name = nt_text(name);
	const struct nt_value *value;
	struct nt_key *key;
	NTSTATUS status;

	mutex_lock(&nt_registry_lock);
	key = nt_device_instance_key(devnode, &status);
	if (key) {
		value = nt_value_find(key, &value_name);
		status = value ? give(out, value->data, value->length) :
				 STATUS_OBJECT_NAME_NOT_FOUND;
	}
	mutex_unlock(&nt_registry_lock);
	return status;
}

/* Hot plug happens without asking; a slot that cannot do that is none for removal. */
static ULONG removal_policy(const struct nt_devnode *devnode)
{
	const struct pci_dev *bridge = devnode->pci ? devnode->pci->bus->self : NULL;

	if (devnode->pci)
		return bridge && bridge->is_hotplug_bridge ? RemovalPolicyExpectSurpriseRemoval :
							     RemovalPolicyExpectNoRemoval;
	if (!devnode->capabilities.Removable)
		return RemovalPolicyExpectNoRemoval;
	return devnode->capabilities.SurpriseRemovalOK ? RemovalPolicyExpectSurpriseRemoval :
							 RemovalPolicyExpectOrderlyRemoval;
}

/* The number printed beside the slot, when the firmware or the bus driver knows. */
static ULONG ui_number(const struct nt_devnode *devnode)
{
	const struct pci_dev *pci = devnode->pci;
	const char *name = pci && pci->slot ? kobject_name(&pci->slot->kobj) : NULL;
	unsigned int number;

	if (!pci)
		return devnode->capabilities.UINumber;
	return name && !kstrtouint(name, 10, &number) ? number : 0xffffffff;
}

/* What is before the first backslash of the device id. */
static NTSTATUS give_enumerator(const struct nt_devnode *devnode, const struct out *out)
{
	const char *id = devnode->identity.device_id;
	WCHAR name[32];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(name) - 1 && id[i] && id[i] != '\\'; i++)
		name[i] = id[i];
	name[i] = 0;
	return give_text(out, name);
}

/* What the bus driver says of its bus: a root device's none says anything. */
static NTSTATUS give_bus(struct nt_devnode *devnode, DEVICE_REGISTRY_PROPERTY property,
			 const struct out *out)
{
	PPNP_BUS_INFORMATION bus;
	NTSTATUS status = nt_pnp_query_bus(devnode, &bus);

	if (!NT_SUCCESS(status) || !bus)
		return STATUS_OBJECT_NAME_NOT_FOUND;
	if (property == DevicePropertyBusTypeGuid)
		status = give(out, &bus->BusTypeGuid, sizeof(bus->BusTypeGuid));
	else
		status = give_number(out, property == DevicePropertyBusNumber ? bus->BusNumber :
								bus->LegacyBusType);
	ExFreePool(bus);
	return status;
}

static NTSTATUS give_known(struct nt_devnode *devnode, DEVICE_REGISTRY_PROPERTY property,
			   const struct out *out)
{
	const struct pci_dev *pci = devnode->pci;

	switch (property) {
	case DevicePropertyPhysicalDeviceObjectName:
		return give_text(out, nt_device(devnode->pdo)->name.path.Buffer);
	case DevicePropertyBusTypeGuid:
	case DevicePropertyLegacyBusType:
	case DevicePropertyBusNumber:
		return give_bus(devnode, property, out);
	case DevicePropertyEnumeratorName:
		return give_enumerator(devnode, out);
	case DevicePropertyAddress:
		return give_number(out, pci ? PCI_SLOT(pci->devfn) << 16 | PCI_FUNC(pci->devfn) :
					      devnode->capabilities.Address);
	case DevicePropertyUINumber:
		return give_number(out, ui_number(devnode));
	case DevicePropertyInstallState:
		return give_number(out, InstallStateInstalled);
	case DevicePropertyRemovalPolicy:
		return give_number(out, removal_policy(devnode));
	default:
		return STATUS_INVALID_PARAMETER_2;
	}
}

/**
 * IoGetDeviceProperty - what a device is
 * @DeviceObject: the device's PDO
 * @DeviceProperty: DevicePropertyX; those about resources and containers are not known
 * @BufferLength: bytes at @PropertyBuffer
 * @PropertyBuffer: receives it: strings with their NUL
 * @ResultLength: receives its bytes
 *
 * IRQL: PASSIVE_LEVEL, from AddDevice on. Texts come from the registry, so an
 * administrator's DeviceDesc or FriendlyName counts. Returns STATUS_SUCCESS;
 * STATUS_BUFFER_TOO_SMALL; STATUS_INVALID_PARAMETER_2; STATUS_INVALID_DEVICE_REQUEST when
 * that is no PDO; STATUS_OBJECT_NAME_NOT_FOUND when the device has no such property.
 * WDK: "IoGetDeviceProperty".
 */
NTSTATUS IoGetDeviceProperty(PDEVICE_OBJECT DeviceObject, DEVICE_REGISTRY_PROPERTY DeviceProperty,
			     ULONG BufferLength, PVOID PropertyBuffer, PULONG ResultLength)
{
	struct nt_devnode *devnode = DeviceObject ? nt_devnode_of(DeviceObject) : NULL;
	struct out out = { PropertyBuffer, BufferLength, ResultLength };
	int i;

	*ResultLength = 0;
	if (!devnode)
		return STATUS_INVALID_DEVICE_REQUEST;
	for (i = 0; i < ARRAY_SIZE(values); i++)
		if (values[i].property == DeviceProperty)
			return give_value(devnode, values[i].name, &out);
	return give_known(devnode, DeviceProperty, &out);
}
EXPORT_SYMBOL(IoGetDeviceProperty);
