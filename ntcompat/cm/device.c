// SPDX-License-Identifier: GPL-2.0
/*
 * The keys of a device: Enum\ENUMERATOR\ID\INSTANCE, which is the devnode's, with Device
 * Parameters below it, the hardware key; and Control\Class\{GUID}\nnnn, the driver's,
 * or software, key. They stay when the device goes.
 */
#include "inf.h"
#include "key.h"
#include "../io/driver.h"
#include "../linux/glue.h"
#include "../ob/handle.h"
#include "../ob/name.h"
#include "../pnp/devnode.h"

#define CONTROL_SET	"\\Registry\\Machine\\System\\CurrentControlSet\\"
#define PROFILE		"\\Registry\\Machine\\System\\CurrentControlSet\\Hardware Profiles\\" \
			"Current\\System\\CurrentControlSet\\"

/* "System-Defined Device Setup Classes": what an INF without a class is of. */
#define UNKNOWN_CLASS	L"{4d36e97e-e325-11ce-bfc1-08002be10318}"

/* ---- Names ---- */

static NTSTATUS from_ascii(PUNICODE_STRING to, const char *prefix, char *text)
{
	NTSTATUS status;

	if (!text)
		return STATUS_INSUFFICIENT_RESOURCES;
	status = nt_string_from_ascii(to, prefix, text);
	kfree(text);
	return status;
}

/* ENUMERATOR\DEVICE\INSTANCE */
NTSTATUS nt_device_instance(struct nt_devnode *devnode, PUNICODE_STRING path)
{
	return from_ascii(path, "", kasprintf(GFP_KERNEL, "%s\\%s", devnode->identity.device_id,
					      devnode->identity.instance_id));
}

/* ASCII strings, each with its NUL, and one NUL more, as a REG_MULTI_SZ. */
static NTSTATUS set_ids(struct nt_key *key, const WCHAR *name, const char *ids)
{
	UNICODE_STRING value = nt_text(name);
	size_t i, size = nt_ids_size(ids);
	WCHAR *list = kmalloc_array(size, sizeof(WCHAR), GFP_KERNEL);
	NTSTATUS status;

	if (!list)
		return STATUS_INSUFFICIENT_RESOURCES;
	for (i = 0; i < size; i++)
		list[i] = ids[i];
	status = nt_value_set(key, &value, REG_MULTI_SZ, list, size * sizeof(WCHAR));
	kfree(list);
	return status;
}

/* Nothing when the bus says nothing. */
static NTSTATUS set_text(struct nt_key *key, const WCHAR *name, const char *text)
{
	UNICODE_STRING string;
	NTSTATUS status;

	if (!text)
		return STATUS_SUCCESS;
	status = nt_string_from_ascii(&string, text, "");
	if (!NT_SUCCESS(status))
		return status;
	status = nt_key_text(key, name, string.Buffer);
	nt_string_free(&string);
	return status;
}

/* ---- Keys ---- */

static NTSTATUS make_below(struct nt_key *from, const char *prefix, PCUNICODE_STRING path,
			   const WCHAR *behind, struct nt_key **key)
{
	UNICODE_STRING head, full;
	NTSTATUS status;

	status = nt_string_from_ascii(&head, prefix, "");
	if (!NT_SUCCESS(status))
		return status;
	status = nt_string_join(&full, &head, path->Buffer, path->Length / sizeof(WCHAR));
	nt_string_free(&head);
	if (!NT_SUCCESS(status))
		return status;
	status = nt_key_make(from, full.Buffer, 0, key);
	nt_string_free(&full);
	if (NT_SUCCESS(status) && behind)
		status = nt_key_make(*key, behind, 0, key);
	return status;
}

/* The devnode's key, made when it is not there. */
struct nt_key *nt_device_instance_key(struct nt_devnode *devnode, NTSTATUS *status)
{
	struct nt_key *key = NULL;
	UNICODE_STRING path;

	*status = nt_device_instance(devnode, &path);
	if (!NT_SUCCESS(*status))
		return NULL;
	*status = make_below(NULL, CONTROL_SET "Enum\\", &path, NULL, &key);
	nt_string_free(&path);
	return NT_SUCCESS(*status) ? key : NULL;
}

static NTSTATUS value_text(struct nt_key *key, const WCHAR *name, PUNICODE_STRING text)
{
	UNICODE_STRING value_name = nt_text(name);
	const struct nt_value *value = nt_value_find(key, &value_name);
	UNICODE_STRING string;

	if (!value || value->type != REG_SZ || value->length > UNICODE_STRING_MAX_BYTES)
		return STATUS_OBJECT_NAME_NOT_FOUND;
	string = (UNICODE_STRING){ value->length & ~1, value->length & ~1, value->data };
	while (string.Length && !string.Buffer[string.Length / sizeof(WCHAR) - 1])
		string.Length -= sizeof(WCHAR);
	return nt_string_dup(text, &string);
}

/* The driver key: what the instance's value Driver names. */
static NTSTATUS driver_key(struct nt_key *instance, const char *prefix, struct nt_key **key)
{
	UNICODE_STRING path;
	NTSTATUS status = value_text(instance, L"Driver", &path);

	if (!NT_SUCCESS(status))
		return status;
	status = make_below(NULL, prefix, &path, NULL, key);
	nt_string_free(&path);
	return status;
}

/* The instance's value Driver: {GUID}\nnnn. */
static NTSTATUS set_driver(struct nt_key *instance, PCUNICODE_STRING class, PCUNICODE_STRING number)
{
	UNICODE_STRING head, path;
	NTSTATUS status;

	status = nt_string_join(&head, class, L"\\", 1);
	if (!NT_SUCCESS(status))
		return status;
	status = nt_string_join(&path, &head, number->Buffer, number->Length / sizeof(WCHAR));
	nt_string_free(&head);
	if (!NT_SUCCESS(status))
		return status;
	status = nt_key_text(instance, L"Driver", path.Buffer);
	nt_string_free(&path);
	return status;
}

/* The first of 0000, 0001, … that the class has not got. */
static NTSTATUS new_driver_key(struct nt_key *instance, const WCHAR *class)
{
	UNICODE_STRING guid = nt_text(class), name;
	struct nt_key *class_key;
	unsigned int number;
	NTSTATUS status;
	bool taken;

	status = make_below(NULL, CONTROL_SET "Control\\Class\\", &guid, NULL, &class_key);
	for (number = 0; NT_SUCCESS(status) && number < 10000; number++) {
		status = from_ascii(&name, "", kasprintf(GFP_KERNEL, "%04u", number));
		if (!NT_SUCCESS(status))
			return status;
		taken = nt_key_child(class_key, &name);
		if (!taken)
			status = set_driver(instance, &guid, &name);
		nt_string_free(&name);
		if (!taken)
			return status;
	}
	return NT_SUCCESS(status) ? STATUS_INSUFFICIENT_RESOURCES : status;
}

/* ---- Filters ---- */

/* A copy of a REG_MULTI_SZ, with NULs to be sure of; NULL when there is none. */
static NTSTATUS copy_list(struct nt_key *key, const WCHAR *name, WCHAR **list)
{
	UNICODE_STRING value_name = nt_text(name);
	const struct nt_value *value = nt_value_find(key, &value_name);

	*list = NULL;
	if (!value || value->type != REG_MULTI_SZ || !value->length)
		return STATUS_SUCCESS;
	*list = kzalloc((value->length & ~1) + 2 * sizeof(WCHAR), GFP_KERNEL);
	if (!*list)
		return STATUS_INSUFFICIENT_RESOURCES;
	memcpy(*list, value->data, value->length & ~1);
	return STATUS_SUCCESS;
}

/**
 * nt_device_filters - the services that a device, or its class, names as filters
 * @devnode: the device
 * @of_class: those of its class
 * @name: UpperFilters or LowerFilters
 * @list: receives strings, each with its NUL, and one NUL more; for kfree(). NULL for none
 *
 * PASSIVE_LEVEL.
 */
NTSTATUS nt_device_filters(struct nt_devnode *devnode, bool of_class, const WCHAR *name, WCHAR **list)
{
	struct nt_key *key;
	NTSTATUS status;

	*list = NULL;
	mutex_lock(&nt_registry_lock);
	key = nt_device_instance_key(devnode, &status);
	if (key && of_class) {
		status = driver_key(key, CONTROL_SET "Control\\Class\\", &key);
		if (NT_SUCCESS(status))
			key = key->parent;
	}
	if (NT_SUCCESS(status))
		status = copy_list(key, name, list);
	mutex_unlock(&nt_registry_lock);
	return status;
}

/* ---- Arrival ---- */

static unsigned long model_number(const struct nt_devnode *devnode)
{
	const struct nt_driver_info *info = devnode->driver->info;
	const struct nt_hardware_id *id;
	const struct pci_device_id *found;

	if (devnode->pci) {
		found = info->ids ? pci_match_id(info->ids, devnode->pci) : NULL;
		return found ? found->driver_data : ULONG_MAX;
	}
	for (id = info->hardware_ids; id && id->text; id++)
		if (nt_identity_matches(&devnode->identity, id->text))
			return id->model;
	return ULONG_MAX;
}

static const struct nt_inf_model *model_of(const struct nt_devnode *devnode)
{
	const struct nt_inf *inf = devnode->driver->info->inf;
	unsigned long number;

	if (!inf)
		return NULL;
	number = model_number(devnode);
	return number < inf->model_count ? &inf->models[number] : NULL;
}

static NTSTATUS fill_driver_key(const struct nt_inf *inf, const struct nt_inf_model *model,
				struct nt_key *instance, bool first)
{
	struct nt_key *key;
	NTSTATUS status = driver_key(instance, CONTROL_SET "Control\\Class\\", &key);

	if (NT_SUCCESS(status))
		status = nt_key_text(key, L"DriverDesc", model ? model->description : NULL);
	if (NT_SUCCESS(status))
		status = nt_key_text(key, L"ProviderName", inf->provider);
	if (NT_SUCCESS(status))
		status = nt_key_text(key->parent, L"Class", inf->class_name);
	if (NT_SUCCESS(status) && model)
		status = nt_inf_apply(inf, NT_INF_DRIVER, model->install, key, NULL, first);
	if (NT_SUCCESS(status) && model)
		status = nt_inf_apply(inf, NT_INF_ABSOLUTE, model->install, NULL, NULL, first);
	return status;
}

static NTSTATUS fill_instance(struct nt_devnode *devnode, const struct nt_inf *inf,
			      const struct nt_inf_model *model, struct nt_key *key)
{
	const struct nt_identity *identity = &devnode->identity;
	NTSTATUS status = set_ids(key, L"HardwareID", identity->hardware_ids);

	if (NT_SUCCESS(status))
		status = set_ids(key, L"CompatibleIDs", identity->compatible_ids);
	if (NT_SUCCESS(status))
		status = set_text(key, L"LocationInformation", identity->location);
	if (NT_SUCCESS(status))
		status = nt_key_text(key, L"Service", devnode->driver->extension.ServiceKeyName.Buffer);
	if (NT_SUCCESS(status))
		status = nt_key_text(key, L"ClassGUID", inf->class_guid ?: UNKNOWN_CLASS);
	if (NT_SUCCESS(status))
		status = nt_key_text(key, L"Class", inf->class_name ?: L"Unknown");
	if (NT_SUCCESS(status))
		status = set_text(key, L"DeviceDesc", identity->description);
	if (NT_SUCCESS(status))
		status = nt_key_text(key, L"DeviceDesc", model ? model->description : NULL);
	if (NT_SUCCESS(status))
		status = nt_key_text(key, L"Mfg", model ? model->manufacturer : NULL);
	if (NT_SUCCESS(status))
		status = nt_key_number(key, L"ConfigFlags", 0);
	return status;
}

static NTSTATUS install(struct nt_devnode *devnode, const struct nt_inf *inf)
{
	const struct nt_inf_model *model = model_of(devnode);
	struct nt_key *instance, *parameters;
	NTSTATUS status;
	bool first;

	instance = nt_device_instance_key(devnode, &status);
	if (!instance)
		return status;
	first = !nt_key_has(instance, L"Driver");
	status = fill_instance(devnode, inf, model, instance);
	if (NT_SUCCESS(status) && first)
		status = new_driver_key(instance, inf->class_guid ?: UNKNOWN_CLASS);
	if (NT_SUCCESS(status))
		status = fill_driver_key(inf, model, instance, first);
	if (NT_SUCCESS(status))
		status = nt_key_make(instance, L"Device Parameters", 0, &parameters);
	if (NT_SUCCESS(status) && model)
		status = nt_inf_apply(inf, NT_INF_HARDWARE, model->install, parameters, instance,
				      first);
	return status;
}

/**
 * nt_device_install - make the keys of a device that has come
 * @devnode: the device, before AddDevice
 */
NTSTATUS nt_device_install(struct nt_devnode *devnode)
{
	static const struct nt_inf none;
	NTSTATUS status;

	mutex_lock(&nt_registry_lock);
	status = install(devnode, devnode->driver->info->inf ?: &none);
	mutex_unlock(&nt_registry_lock);
	return status;
}

/* ---- What drivers call ---- */

static NTSTATUS find_key(struct nt_devnode *devnode, ULONG type, struct nt_key **key)
{
	struct nt_key *instance;
	UNICODE_STRING path;
	NTSTATUS status;

	instance = nt_device_instance_key(devnode, &status);
	if (!instance)
		return status;
	switch (type) {
	case PLUGPLAY_REGKEY_DEVICE:
		return nt_key_make(instance, L"Device Parameters", 0, key);
	case PLUGPLAY_REGKEY_DRIVER:
		return driver_key(instance, CONTROL_SET "Control\\Class\\", key);
	case PLUGPLAY_REGKEY_DRIVER | PLUGPLAY_REGKEY_CURRENT_HWPROFILE:
		return driver_key(instance, PROFILE "Control\\Class\\", key);
	default:
		status = nt_device_instance(devnode, &path);
		if (NT_SUCCESS(status)) {
			status = make_below(NULL, PROFILE "Enum\\", &path, L"Device Parameters", key);
			nt_string_free(&path);
		}
		return status;
	}
}

/**
 * IoOpenDeviceRegistryKey - open a device's hardware or software key
 * @DeviceObject: the device's PDO
 * @DevInstKeyType: PLUGPLAY_REGKEY_DEVICE or PLUGPLAY_REGKEY_DRIVER, with
 *	PLUGPLAY_REGKEY_CURRENT_HWPROFILE or without
 * @DesiredAccess: KEY_x
 * @DeviceRegKey: receives a kernel handle, for ZwClose()
 *
 * IRQL: PASSIVE_LEVEL, from AddDevice on. Returns STATUS_SUCCESS;
 * STATUS_INVALID_PARAMETER for other flags; STATUS_INVALID_DEVICE_REQUEST when that is
 * no PDO; STATUS_INSUFFICIENT_RESOURCES. WDK: "IoOpenDeviceRegistryKey".
 */
NTSTATUS IoOpenDeviceRegistryKey(PDEVICE_OBJECT DeviceObject, ULONG DevInstKeyType,
				 ACCESS_MASK DesiredAccess, PHANDLE DeviceRegKey)
{
	ULONG type = DevInstKeyType & ~PLUGPLAY_REGKEY_CURRENT_HWPROFILE;
	struct nt_devnode *devnode = DeviceObject ? nt_devnode_of(DeviceObject) : NULL;
	struct nt_key *key;
	NTSTATUS status;

	*DeviceRegKey = NULL;
	if (type != PLUGPLAY_REGKEY_DEVICE && type != PLUGPLAY_REGKEY_DRIVER)
		return STATUS_INVALID_PARAMETER;
	if (!devnode)
		return STATUS_INVALID_DEVICE_REQUEST;
	mutex_lock(&nt_registry_lock);
	status = find_key(devnode, DevInstKeyType, &key);
	if (NT_SUCCESS(status))
		status = nt_key_handle(key, DesiredAccess, OBJ_KERNEL_HANDLE, DeviceRegKey);
	mutex_unlock(&nt_registry_lock);
	return status;
}
EXPORT_SYMBOL(IoOpenDeviceRegistryKey);
