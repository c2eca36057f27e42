/* SPDX-License-Identifier: GPL-2.0 */
/* Requests for data blocks, as those who ask make them. */
#ifndef _NTCOMPAT_WMI_REQUEST_H
#define _NTCOMPAT_WMI_REQUEST_H

#include "provider.h"

/**
 * struct nt_wmi_request - what is asked of one instance
 * @minor: IRP_MN_x
 * @guid: the block
 * @instance: its number
 * @id: the method or item
 * @in: data for the driver
 * @in_len: their bytes
 * @out_len: room for an answer
 * @wnode: receives what came back, for kfree()
 * @data: receives where in it the data are
 * @returned: receives their bytes, or what is needed with STATUS_BUFFER_TOO_SMALL
 */
struct nt_wmi_request {
	UCHAR minor;
	GUID guid;
	ULONG instance;
	ULONG id;
	const void *in;
	ULONG in_len;
	ULONG out_len;
	void *wnode;
	void *data;
	ULONG returned;
};

NTSTATUS nt_wmi_request(struct nt_wmi_provider *provider, struct nt_wmi_request *request);
NTSTATUS nt_wmi_query_all(struct nt_wmi_provider *provider, const GUID *guid, void *buffer,
			  ULONG size, ULONG_PTR *information);

#endif /* _NTCOMPAT_WMI_REQUEST_H */
