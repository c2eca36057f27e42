// SPDX-License-Identifier: GPL-2.0
/* Drivers that drivers load. */
#include "../nt.h"
#include <linux/ctype.h>
#include <linux/kmod.h>

/* A module's name: the last component of the service's key. */
static bool module_name(PCUNICODE_STRING path, char *name, size_t room)
{
	ULONG units = path->Length / sizeof(WCHAR), start = units, i;

	while (start && path->Buffer[start - 1] != '\\')
		start--;
	if (start == units || units - start >= room)
		return false;
	for (i = start; i < units; i++) {
		WCHAR c = path->Buffer[i];

		if (c > 'z' || !(isalnum(c) || c == '_' || c == '-'))
			return false;
		*name++ = c;
	}
	*name = 0;
	return true;
}

/**
 * ZwLoadDriver - load a driver
 * @DriverServiceName: its key, \Registry\Machine\System\CurrentControlSet\Services\NAME
 *
 * IRQL: PASSIVE_LEVEL. Has modprobe load the module NAME, and waits for that. Returns
 * STATUS_SUCCESS, also when it was loaded, STATUS_OBJECT_NAME_INVALID,
 * STATUS_OBJECT_NAME_NOT_FOUND when modprobe failed, or STATUS_NOT_SUPPORTED when the
 * system cannot run it.
 */
NTSTATUS ZwLoadDriver(PUNICODE_STRING DriverServiceName)
{
	char name[64];
	int result;

	if (!module_name(DriverServiceName, name, sizeof(name)))
		return STATUS_OBJECT_NAME_INVALID;
	result = request_module("%s", name);
	if (result == -ENOSYS || result == -ENOENT)
		return STATUS_NOT_SUPPORTED;
	return result ? STATUS_OBJECT_NAME_NOT_FOUND : STATUS_SUCCESS;
}
EXPORT_SYMBOL(ZwLoadDriver);
