/* SPDX-License-Identifier: GPL-2.0 */
/* Devices that provide WMI data blocks, and the requests that reach them. */
#ifndef _NTCOMPAT_WMI_PROVIDER_H
#define _NTCOMPAT_WMI_PROVIDER_H

#include "../nt.h"
#include "../include/nt/wmistr.h"

/* The most that a block may have, and the names of a registration. */
#define NT_WMI_MAX	(64 * 1024)

/**
 * struct nt_wmi_block - a data block of a provider
 * @guid: which
 * @flags: WMIREG_FLAG_x
 * @instances: how many
 */
struct nt_wmi_block {
	GUID guid;
	ULONG flags;
	ULONG instances;
};

struct nt_wmi_provider;

struct nt_wmi_provider *nt_wmi_find(const GUID *guid, unsigned int number);
struct nt_wmi_provider *nt_wmi_find_nth(unsigned int n, struct nt_wmi_block *block);
void nt_wmi_put(struct nt_wmi_provider *provider);
u32 nt_wmi_number(const struct nt_wmi_provider *provider);
PDEVICE_OBJECT nt_wmi_device(const struct nt_wmi_provider *provider);
NTSTATUS nt_wmi_send(struct nt_wmi_provider *provider, UCHAR minor, void *path, void *buffer,
		     ULONG size, ULONG_PTR *information);
void nt_wmi_settle(void);
void nt_wmi_device_gone(PDEVICE_OBJECT device);
int nt_wmi_setup(void);
void nt_wmi_teardown(void);

#endif /* _NTCOMPAT_WMI_PROVIDER_H */
