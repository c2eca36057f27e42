/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a driver's INF says of the registry, compiled into its module by tools/inf2h,
 * and the keys of drivers and devices that it goes into.
 */
#ifndef _NTCOMPAT_CM_INF_H
#define _NTCOMPAT_CM_INF_H

#include "../nt.h"

struct nt_devnode;
struct nt_driver;
struct nt_key;

/* Where HKR is, or none: an absolute path. */
enum nt_inf_root { NT_INF_SERVICE, NT_INF_DRIVER, NT_INF_HARDWARE, NT_INF_ABSOLUTE };

/* "INF AddReg Directive": FLG_ADDREG_x */
#define NT_INF_DELVAL		0x04
#define NT_INF_APPEND		0x08
#define NT_INF_KEYONLY		0x10
#define NT_INF_OVERWRITEONLY	0x20

/**
 * struct nt_inf_value - a line of an AddReg section
 * @root: what @path is relative to
 * @install: which DDInstall section it is of, or -1: the service's
 * @flags: NT_INF_x
 * @type: REG_x
 * @length: bytes at @data
 * @path: of the key; may be empty
 * @name: of the value; may be empty
 * @data: what it shall be
 */
struct nt_inf_value {
	enum nt_inf_root root;
	int install;
	unsigned int flags;
	unsigned int type;
	unsigned int length;
	const WCHAR *path;
	const WCHAR *name;
	const char *data;
};

/**
 * struct nt_inf_model - a line of a models section
 * @install: its DDInstall section
 * @description: the device's
 * @manufacturer: who made it
 */
struct nt_inf_model {
	int install;
	const WCHAR *description;
	const WCHAR *manufacturer;
};

/**
 * struct nt_inf - an INF; texts are NULL when it does not say
 * @models: a PCI id's driver_data is an index
 * @model_count: of @models
 * @values: in the INF's order
 * @value_count: of @values
 * @type: ServiceType
 * @start: StartType
 * @error_control: ErrorControl
 * @display_name: the service's
 * @image_path: of the driver's file, below \SystemRoot
 * @group: LoadOrderGroup
 * @class_name: the setup class
 * @class_guid: the same, {…}
 * @provider: of the INF
 */
struct nt_inf {
	const struct nt_inf_model *models;
	int model_count;
	const struct nt_inf_value *values;
	int value_count;
	ULONG type;
	ULONG start;
	ULONG error_control;
	const WCHAR *display_name;
	const WCHAR *image_path;
	const WCHAR *group;
	const WCHAR *class_name;
	const WCHAR *class_guid;
	const WCHAR *provider;
};

/*
 * PASSIVE_LEVEL. A key that has been installed before, maybe before a restart, keeps
 * the values that it has: what an administrator changed stays.
 */
NTSTATUS nt_service_install(struct nt_driver *driver);
NTSTATUS nt_device_install(struct nt_devnode *devnode);

NTSTATUS nt_device_filters(struct nt_devnode *devnode, bool of_class, const WCHAR *name,
			   WCHAR **list);

/* device.c, with the lock held: the keys of a device, without a reference. */
struct nt_key *nt_device_instance_key(struct nt_devnode *devnode, NTSTATUS *status);
NTSTATUS nt_device_instance(struct nt_devnode *devnode, PUNICODE_STRING path);

/* install.c, with the lock held */
NTSTATUS nt_inf_apply(const struct nt_inf *inf, enum nt_inf_root root, int install,
		      struct nt_key *key, struct nt_key *device, bool first);
NTSTATUS nt_key_text(struct nt_key *key, const WCHAR *name, const WCHAR *text);
NTSTATUS nt_key_number(struct nt_key *key, const WCHAR *name, ULONG number);
bool nt_key_has(struct nt_key *key, const WCHAR *name);

#endif /* _NTCOMPAT_CM_INF_H */
