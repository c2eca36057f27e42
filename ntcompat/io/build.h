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

#endif /* _NTCOMPAT_IO_BUILD_H */
