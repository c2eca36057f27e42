/* SPDX-License-Identifier: GPL-2.0 */
/* IRPs that drivers make and send themselves. */
#ifndef _NTCOMPAT_IO_BUILD_H
#define _NTCOMPAT_IO_BUILD_H

#include "irp.h"

/*
 * In IRP.AllocationFlags: IoInitializeIrp() made this IRP in a driver's memory,
 * so that no struct nt_irp is around it.
 */
#define NT_IRP_BARE	0x80

static inline bool nt_irp_is_bare(const IRP *irp)
{
	return irp->AllocationFlags & NT_IRP_BARE;
}

bool nt_irp_wants_call(const IRP *irp, UCHAR control);
void nt_irp_finish_driver_built(struct nt_irp *nt);
struct nt_irp *nt_irp_build_control(UCHAR major, PDEVICE_OBJECT device, ULONG code, void *in,
				    ULONG in_len, void *out, ULONG out_len);
struct nt_irp *nt_irp_build_fsd(ULONG major, PDEVICE_OBJECT device, void *buffer, ULONG length,
				PLARGE_INTEGER offset, PIO_STATUS_BLOCK iosb);

#endif /* _NTCOMPAT_IO_BUILD_H */
