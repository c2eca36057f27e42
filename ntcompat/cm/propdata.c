// SPDX-License-Identifier: GPL-2.0
/*
 * The unified device property model: properties of devices and of their interfaces by
 * DEVPROPKEY, in Properties\{FMTID}\PID below the key of what they are of. A value's
 * name is the locale, its type 0xffff in the high word and the DEVPROPTYPE in the low.
 */
#include "inf.h"
#include "interfacekey.h"
#include "key.h"
#include "../ob/name.h"
#include "../pnp/devnode.h"
#include <linux/uuid.h>

#define PROPERTY_TYPE	0xffff0000U

/* FMTID of DEVPKEY_Device_DeviceDesc and the like, which the registry has anyway. */
static const GUID device_fmtid = { 0xa45c254e, 0xdf1c, 0x4efd,
				   { 0x80, 0x20, 0x67, 0xd1, 0x46, 0xa8, 0x50, 0xe0 } };

static const struct {
	ULONG pid;
	const WCHAR *name;
	DEVPROPTYPE type;
} device_values[] = {
	{ 2, L"DeviceDesc", DEVPROP_TYPE_STRING },
	{ 3, L"HardwareID", DEVPROP_TYPE_STRING_LIST },
	{ 4, L"CompatibleIDs", DEVPROP_TYPE_STRING_LIST },
	{ 6, L"Service", DEVPROP_TYPE_STRING },
	{ 9, L"Class", DEVPROP_TYPE_STRING },
	{ 11, L"Driver", DEVPROP_TYPE_STRING },
	{ 13, L"Mfg", DEVPROP_TYPE_STRING },
	{ 14, L"FriendlyName", DEVPROP_TYPE_STRING },
	{ 15, L"LocationInformation", DEVPROP_TYPE_STRING },
};

static NTSTATUS from_ascii(PUNICODE_STRING to, char *text)
{
	NTSTATUS status;

	if (!text)
		return STATUS_INSUFFICIENT_RESOURCES;
	status = nt_string_from_ascii(to, "", text);
	kfree(text);
	return status;
}

/* The key of a property below that of what it is of. */
static NTSTATUS property_key(struct nt_key *of, const DEVPROPKEY *property, bool create,
			     struct nt_key **key)
{
	UNICODE_STRING path;
	NTSTATUS status;

	status = from_ascii(&path, kasprintf(GFP_KERNEL, "Properties\\{%pUl}\\%08x",
					     &property->fmtid, property->pid));
	if (!NT_SUCCESS(status))
		return status;
	if (create)
		status = nt_key_make(of, path.Buffer, of->is_volatile ? REG_OPTION_VOLATILE : 0, key);
	else
		*key = nt_key_walk(of, &path, 0, &status);
	nt_string_free(&path);
	return status;
}

static NTSTATUS locale_name(LCID lcid, PUNICODE_STRING name)
{
	return from_ascii(name, kasprintf(GFP_KERNEL, "%08x", lcid));
}

static NTSTATUS set_property(struct nt_key *of, const DEVPROPKEY *property, LCID lcid,
			     DEVPROPTYPE type, const void *data, ULONG size)
{
	UNICODE_STRING name;
	struct nt_key *key;
	NTSTATUS status;

	status = property_key(of, property, data, &key);
	if (!NT_SUCCESS(status))
		return status;
	status = locale_name(lcid, &name);
	if (!NT_SUCCESS(status))
		return status;
	status = data ? nt_value_set(key, &name, PROPERTY_TYPE | type, data, size) :
			nt_value_delete(key, &name);
	nt_string_free(&name);
	return status;
}

/* ---- Queries ---- */

struct out {
	void *data;
	ULONG size;
	PULONG required;
	PDEVPROPTYPE type;
};

static NTSTATUS give(const struct out *out, const struct nt_value *value, DEVPROPTYPE type)
{
	*out->required = value->length;
	*out->type = type;
	if (out->size < value->length)
		return STATUS_BUFFER_TOO_SMALL;
	if (value->length)
		memcpy(out->data, value->data, value->length);
	return STATUS_SUCCESS;
}

static NTSTATUS get_property(struct nt_key *of, const DEVPROPKEY *property, LCID lcid,
			     const struct out *out)
{
	const struct nt_value *value;
	UNICODE_STRING name;
	struct nt_key *key;
	NTSTATUS status;

	status = property_key(of, property, false, &key);
	if (!NT_SUCCESS(status))
		return status;
	status = locale_name(lcid, &name);
	if (!NT_SUCCESS(status))
		return status;
	value = nt_value_find(key, &name);
	nt_string_free(&name);
	return value ? give(out, value, value->type & ~PROPERTY_TYPE) : STATUS_OBJECT_NAME_NOT_FOUND;
}

/* One that the instance's key has as a value of its own. */
static NTSTATUS get_device_value(struct nt_key *instance, const DEVPROPKEY *property,
				 const struct out *out)
{
	const struct nt_value *value;
	UNICODE_STRING name;
	int i;

	for (i = 0; i < ARRAY_SIZE(device_values); i++) {
		if (!IsEqualGUID(&property->fmtid, &device_fmtid) ||
		    device_values[i].pid != property->pid)
			continue;
		name = nt_text(device_values[i].name);
		value = nt_value_find(instance, &name);
		return value ? give(out, value, device_values[i].type) :
			       STATUS_OBJECT_NAME_NOT_FOUND;
	}
	return STATUS_OBJECT_NAME_NOT_FOUND;
}

/**
 * IoGetDevicePropertyData - a property of a device
 * @Pdo: the device's PDO
 * @PropertyKey: which
 * @Lcid: the language, or LOCALE_NEUTRAL
 * @Flags: 0
 * @Size: bytes at @Data
 * @Data: receives it
 * @RequiredSize: receives its bytes
 * @Type: receives its DEVPROP_TYPE_x
 *
 * IRQL: <= APC_LEVEL. What IoSetDevicePropertyData() has set, and of the system's own the
 * texts that the registry has. Returns STATUS_SUCCESS; STATUS_BUFFER_TOO_SMALL;
 * STATUS_OBJECT_NAME_NOT_FOUND; STATUS_INVALID_DEVICE_REQUEST when that is no PDO.
 * WDK: "IoGetDevicePropertyData".
 */
NTSTATUS IoGetDevicePropertyData(PDEVICE_OBJECT Pdo, const DEVPROPKEY *PropertyKey, LCID Lcid,
				 ULONG Flags, ULONG Size, PVOID Data, PULONG RequiredSize,
				 PDEVPROPTYPE Type)
{
	struct nt_devnode *devnode = Pdo ? nt_devnode_of(Pdo) : NULL;
	struct out out = { Data, Size, RequiredSize, Type };
	struct nt_key *key;
	NTSTATUS status;

	if (!devnode)
		return STATUS_INVALID_DEVICE_REQUEST;
	mutex_lock(&nt_registry_lock);
	key = nt_device_instance_key(devnode, &status);
	if (key) {
		status = get_property(key, PropertyKey, Lcid, &out);
		if (status == STATUS_OBJECT_NAME_NOT_FOUND)
			status = get_device_value(key, PropertyKey, &out);
	}
	mutex_unlock(&nt_registry_lock);
	return status;
}
EXPORT_SYMBOL(IoGetDevicePropertyData);

/**
 * IoSetDevicePropertyData - set or delete a property of a device
 * @Pdo: the device's PDO
 * @PropertyKey: which
 * @Lcid: the language, or LOCALE_NEUTRAL, which is one of them
 * @Flags: PLUGPLAY_PROPERTY_PERSISTENT or 0, which mean the same, as since Windows 8
 * @Type: DEVPROP_TYPE_x
 * @Size: bytes at @Data
 * @Data: copied; NULL deletes the property
 *
 * IRQL: <= APC_LEVEL. Returns STATUS_SUCCESS; STATUS_OBJECT_NAME_NOT_FOUND when there is
 * none to delete; STATUS_INVALID_DEVICE_REQUEST when that is no PDO;
 * STATUS_INSUFFICIENT_RESOURCES. WDK: "IoSetDevicePropertyData".
 */
NTSTATUS IoSetDevicePropertyData(PDEVICE_OBJECT Pdo, const DEVPROPKEY *PropertyKey, LCID Lcid,
				 ULONG Flags, DEVPROPTYPE Type, ULONG Size, PVOID Data)
{
	struct nt_devnode *devnode = Pdo ? nt_devnode_of(Pdo) : NULL;
	struct nt_key *key;
	NTSTATUS status;

	if (!devnode)
		return STATUS_INVALID_DEVICE_REQUEST;
	mutex_lock(&nt_registry_lock);
	key = nt_device_instance_key(devnode, &status);
	if (key)
		status = set_property(key, PropertyKey, Lcid, Type, Data, Size);
	mutex_unlock(&nt_registry_lock);
	return status;
}
EXPORT_SYMBOL(IoSetDevicePropertyData);

/**
 * IoSetDeviceInterfacePropertyData - set or delete a property of a device interface
 * @SymbolicLinkName: the interface's name
 * @PropertyKey: which
 * @Lcid: the language, or LOCALE_NEUTRAL
 * @Flags: PLUGPLAY_PROPERTY_PERSISTENT or 0, which mean the same
 * @Type: DEVPROP_TYPE_x
 * @Size: bytes at @Data
 * @Data: copied; NULL deletes the property
 *
 * IRQL: <= APC_LEVEL. Returns STATUS_SUCCESS; STATUS_OBJECT_NAME_NOT_FOUND when there is
 * no such interface, or no property to delete; STATUS_INSUFFICIENT_RESOURCES.
 * WDK: "IoSetDeviceInterfacePropertyData".
 */
NTSTATUS IoSetDeviceInterfacePropertyData(PUNICODE_STRING SymbolicLinkName,
					  const DEVPROPKEY *PropertyKey, LCID Lcid, ULONG Flags,
					  DEVPROPTYPE Type, ULONG Size, PVOID Data)
{
	struct nt_key *key;
	NTSTATUS status = nt_interface_key_lock(SymbolicLinkName, &key);

	if (!NT_SUCCESS(status))
		return status;
	status = set_property(key, PropertyKey, Lcid, Type, Data, Size);
	mutex_unlock(&nt_registry_lock);
	return status;
}
EXPORT_SYMBOL(IoSetDeviceInterfacePropertyData);

/**
 * IoGetDeviceInterfacePropertyData - a property of a device interface
 * @SymbolicLinkName: the interface's name
 * @PropertyKey: which
 * @Lcid: the language, or LOCALE_NEUTRAL
 * @Flags: 0
 * @Size: bytes at @Data
 * @Data: receives it
 * @RequiredSize: receives its bytes
 * @Type: receives its DEVPROP_TYPE_x
 *
 * IRQL: PASSIVE_LEVEL. Returns STATUS_SUCCESS; STATUS_BUFFER_TOO_SMALL;
 * STATUS_OBJECT_NAME_NOT_FOUND. WDK: "IoGetDeviceInterfacePropertyData".
 */
NTSTATUS IoGetDeviceInterfacePropertyData(PUNICODE_STRING SymbolicLinkName,
					  const DEVPROPKEY *PropertyKey, LCID Lcid, ULONG Flags,
					  ULONG Size, PVOID Data, PULONG RequiredSize,
					  PDEVPROPTYPE Type)
{
	struct out out = { Data, Size, RequiredSize, Type };
	struct nt_key *key;
	NTSTATUS status = nt_interface_key_lock(SymbolicLinkName, &key);

	if (!NT_SUCCESS(status))
		return status;
	status = get_property(key, PropertyKey, Lcid, &out);
	mutex_unlock(&nt_registry_lock);
	return status;
}
EXPORT_SYMBOL(IoGetDeviceInterfacePropertyData);
