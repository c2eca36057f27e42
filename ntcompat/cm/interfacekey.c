// SPDX-License-Identifier: GPL-2.0
/*
 * The keys of device interfaces: Control\DeviceClasses\{GUID}\##?#DEVICE#{GUID}\#REFERENCE,
 * where \??\DEVICE#{GUID}\REFERENCE is the interface's name.
 */
#include "interfacekey.h"
#include "../io/interface.h"
#include "../ob/name.h"

#define CLASSES		"\\Registry\\Machine\\System\\CurrentControlSet\\Control\\DeviceClasses\\"
#define PREFIX_UNITS	4		/* \??\ */
#define GUID_UNITS	38

/* The parts of a name: what is before the reference string, and that. */
static bool split(PCUNICODE_STRING link, PUNICODE_STRING device, PUNICODE_STRING reference)
{
	unsigned int units = link->Length / sizeof(WCHAR), end = PREFIX_UNITS;

	if (units < PREFIX_UNITS + GUID_UNITS)
		return false;
	while (end < units && link->Buffer[end] != '\\')
		end++;
	device->Buffer = link->Buffer + PREFIX_UNITS;
	device->Length = (end - PREFIX_UNITS) * sizeof(WCHAR);
	reference->Buffer = link->Buffer + end + 1;
	reference->Length = end < units ? (units - end - 1) * sizeof(WCHAR) : 0;
	return device->Length >= GUID_UNITS * sizeof(WCHAR);
}

static NTSTATUS make(PUNICODE_STRING device, PUNICODE_STRING reference, struct nt_key **key)
{
	WCHAR *guid = device->Buffer + device->Length / sizeof(WCHAR) - GUID_UNITS;
	size_t units = strlen(CLASSES) + GUID_UNITS + 5 + device->Length / sizeof(WCHAR) + 2 +
		       reference->Length / sizeof(WCHAR) + 1, i;
	const char *classes = CLASSES;
	WCHAR *path = kcalloc(units, sizeof(WCHAR), GFP_KERNEL), *to = path;
	NTSTATUS status;

	if (!path)
		return STATUS_INSUFFICIENT_RESOURCES;
	for (i = 0; classes[i]; i++)
		*to++ = classes[i];
	memcpy(to, guid, GUID_UNITS * sizeof(WCHAR));
	to += GUID_UNITS;
	memcpy(to, L"\\##?#", 5 * sizeof(WCHAR));
	to += 5;
	memcpy(to, device->Buffer, device->Length);
	to += device->Length / sizeof(WCHAR);
	memcpy(to, L"\\#", 2 * sizeof(WCHAR));
	to += 2;
	memcpy(to, reference->Buffer, reference->Length);
	status = nt_key_make(NULL, path, 0, key);
	kfree(path);
	return status;
}

NTSTATUS nt_interface_key_lock(PCUNICODE_STRING link, struct nt_key **key)
{
	UNICODE_STRING device, reference;
	NTSTATUS status;

	if (!nt_interface_exists(link))
		return STATUS_OBJECT_NAME_NOT_FOUND;
	if (!split(link, &device, &reference))
		return STATUS_INVALID_PARAMETER;
	mutex_lock(&nt_registry_lock);
	status = make(&device, &reference, key);
	if (!NT_SUCCESS(status))
		mutex_unlock(&nt_registry_lock);
	return status;
}

/**
 * IoOpenDeviceInterfaceRegistryKey - open the key of a device interface
 * @SymbolicLinkName: the interface's name
 * @DesiredAccess: KEY_x
 * @DeviceInterfaceRegKey: receives a kernel handle, for ZwClose()
 *
 * IRQL: PASSIVE_LEVEL. Returns STATUS_SUCCESS; STATUS_OBJECT_NAME_NOT_FOUND when no such
 * interface is registered; STATUS_INSUFFICIENT_RESOURCES.
 * WDK: "IoOpenDeviceInterfaceRegistryKey".
 */
NTSTATUS IoOpenDeviceInterfaceRegistryKey(PUNICODE_STRING SymbolicLinkName,
					  ACCESS_MASK DesiredAccess,
					  PHANDLE DeviceInterfaceRegKey)
{
	struct nt_key *key;
	NTSTATUS status;

	*DeviceInterfaceRegKey = NULL;
	status = nt_interface_key_lock(SymbolicLinkName, &key);
	if (!NT_SUCCESS(status))
		return status;
	status = nt_key_make(key, L"Device Parameters", 0, &key);
	if (NT_SUCCESS(status))
		status = nt_key_handle(key, DesiredAccess, OBJ_KERNEL_HANDLE,
				       DeviceInterfaceRegKey);
	mutex_unlock(&nt_registry_lock);
	return status;
}
EXPORT_SYMBOL(IoOpenDeviceInterfaceRegistryKey);
