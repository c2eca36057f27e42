/* SPDX-License-Identifier: GPL-2.0 */
/* Scatter/gather lists, as both generations of routines make them. */
#ifndef _NTCOMPAT_HAL_SGLIST_H
#define _NTCOMPAT_HAL_SGLIST_H

#include "dma.h"

/**
 * struct nt_sg_request - from GetScatterGatherList to PutScatterGatherList
 * @adapter: the adapter
 * @at: the transfer
 * @write: towards the device
 * @wcb: its place in the line for the channel: a device may have several lists
 * @holder: the place in line by which its registers are known: @wcb, or that of the DMA
 *	transfer context
 * @base: the registers
 * @routine: the driver's AdapterListControl routine
 * @context: its last argument
 * @copy: MDLs over what the device sees, for the driver
 * @is_theirs: lies in the driver's memory
 * @list: what the driver gets, which lies before the request. Its Reserved leads back.
 */
struct nt_sg_request {
	struct nt_adapter *adapter;
	struct nt_chain at;
	bool write;
	WAIT_CONTEXT_BLOCK wcb;
	const WAIT_CONTEXT_BLOCK *holder;
	struct nt_map_register *base;
	PDRIVER_LIST_CONTROL routine;
	PVOID context;
	PMDL copy;
	bool is_theirs;
	PSCATTER_GATHER_LIST list;
};

NTSTATUS nt_sg_plan(struct nt_adapter *adapter, struct nt_chain at, u32 *registers, ULONG *bytes);
struct nt_sg_request *nt_sg_request(void *buffer, struct nt_adapter *adapter, struct nt_chain at,
				    u32 registers, PDEVICE_OBJECT device,
				    PDRIVER_LIST_CONTROL routine, PVOID context, bool write);
bool nt_sg_fill(struct nt_sg_request *request);

#endif /* _NTCOMPAT_HAL_SGLIST_H */
