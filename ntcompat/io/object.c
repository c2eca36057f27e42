// SPDX-License-Identifier: GPL-2.0
/*
 * The I/O manager's types of objects. A driver's reference to one keeps the code
 * of the driver that it belongs to. A driver object needs no count of its own:
 * its module has one.
 */
#include "object.h"
#include "driver.h"
#include "file.h"
#include "../linux/chardev.h"
#include "../linux/glue.h"
#include <linux/fs.h>
#include <linux/module.h>

static struct module *module_of(PDRIVER_OBJECT driver)
{
	return nt_driver(driver)->info->owner;
}

static void refer_driver(void *body)
{
	__module_get(module_of(body));
}

static void release_driver(void *body)
{
	module_put(module_of(body));
}

static void refer_device(void *body)
{
	nt_device_reference(body);
}

static void release_device(void *body)
{
	nt_device_dereference(body);
}

static NTSTATUS file_from_file(struct file *filp, void **body, ACCESS_MASK *granted)
{
	struct nt_file *file = nt_chardev_file(filp);

	if (!file)
		return STATUS_OBJECT_TYPE_MISMATCH;
	nt_file_get(file);
	*body = &file->object;
	*granted = nt_file_access(filp->f_mode);
	return STATUS_SUCCESS;
}

static NTSTATUS path_of_device(void *body, PUNICODE_STRING path)
{
	return nt_name_of(&nt_device(body)->name, path);
}

static NTSTATUS path_of_driver(void *body, PUNICODE_STRING path)
{
	return nt_string_dup(path, &((PDRIVER_OBJECT)body)->DriverName);
}

/* The device's name, and the file's behind it. */
static NTSTATUS path_of_file(void *body, PUNICODE_STRING path)
{
	PFILE_OBJECT file = body;
	UNICODE_STRING device;
	NTSTATUS status = path_of_device(file->DeviceObject, &device);

	if (!NT_SUCCESS(status))
		return status;
	status = nt_string_join(path, &device, file->FileName.Buffer,
				file->FileName.Length / sizeof(WCHAR));
	nt_string_free(&device);
	return status;
}

#define FILE_MAPPING {					\
	.GenericRead = FILE_GENERIC_READ,		\
	.GenericWrite = FILE_GENERIC_WRITE,		\
	.GenericExecute = FILE_GENERIC_EXECUTE,		\
	.GenericAll = FILE_ALL_ACCESS,			\
}

struct _OBJECT_TYPE nt_file_type = {
	.name = "File",
	.mapping = FILE_MAPPING,
	.release = nt_file_release,
	.close = nt_file_last_handle,
	.from_file = file_from_file,
	.path_of = path_of_file,
};

struct _OBJECT_TYPE nt_device_type = {
	.name = "Device",
	.mapping = FILE_MAPPING,
	.get = refer_device,
	.put = release_device,
	.release = nt_device_release,
	.path_of = path_of_device,
};

struct _OBJECT_TYPE nt_driver_type = {
	.name = "Driver",
	.mapping = { 0, 0, 0, STANDARD_RIGHTS_REQUIRED },
	.get = refer_driver,
	.put = release_driver,
	.path_of = path_of_driver,
};

static POBJECT_TYPE file_type_pointer = &nt_file_type;
static POBJECT_TYPE device_type_pointer = &nt_device_type;
static POBJECT_TYPE driver_type_pointer = &nt_driver_type;

POBJECT_TYPE *IoFileObjectType = &file_type_pointer;
EXPORT_SYMBOL(IoFileObjectType);
POBJECT_TYPE *IoDeviceObjectType = &device_type_pointer;
EXPORT_SYMBOL(IoDeviceObjectType);
POBJECT_TYPE *IoDriverObjectType = &driver_type_pointer;
EXPORT_SYMBOL(IoDriverObjectType);
