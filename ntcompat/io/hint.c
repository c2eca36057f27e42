// SPDX-License-Identifier: GPL-2.0
/* What IRPs say of their importance, and how the status of several becomes one. */
#include "../nt.h"

/* Three bits of Irp->Flags: 0 for what was never set, else the hint and one. */
#define HINT_SHIFT	17
#define HINT_MASK	(7U << HINT_SHIFT)

#define PAGING_IO		0x00000002	/* IRP_PAGING_IO */
#define HIGH_PRIORITY_PAGING_IO	0x00008000	/* IRP_HIGH_PRIORITY_PAGING_IO */

/**
 * IoGetIoPriorityHint - how important an IRP is
 * @Irp: the IRP
 *
 * IRQL: any. IoPriorityNormal unless somebody has said otherwise.
 */
IO_PRIORITY_HINT IoGetIoPriorityHint(PIRP Irp)
{
	unsigned int bits = (Irp->Flags & HINT_MASK) >> HINT_SHIFT;

	return bits ? bits - 1 : IoPriorityNormal;
}
EXPORT_SYMBOL(IoGetIoPriorityHint);

/**
 * IoSetIoPriorityHint - say how important an IRP is
 * @Irp: the IRP
 * @PriorityHint: IoPriorityVeryLow up to IoPriorityCritical
 *
 * IRQL: any. Nothing but the drivers looks at it. Returns STATUS_SUCCESS or
 * STATUS_INVALID_PARAMETER.
 */
NTSTATUS IoSetIoPriorityHint(PIRP Irp, IO_PRIORITY_HINT PriorityHint)
{
	if (PriorityHint < IoPriorityVeryLow || PriorityHint >= MaxIoPriorityTypes)
		return STATUS_INVALID_PARAMETER;
	Irp->Flags = (Irp->Flags & ~HINT_MASK) | (PriorityHint + 1) << HINT_SHIFT;
	return STATUS_SUCCESS;
}
EXPORT_SYMBOL(IoSetIoPriorityHint);

/**
 * IoGetPagingIoPriority - is an IRP one for paging, and how important?
 * @Irp: the IRP
 *
 * IRQL: any. IoPagingPriorityInvalid for all but those that a driver has marked itself.
 */
IO_PAGING_PRIORITY IoGetPagingIoPriority(PIRP Irp)
{
	if (!(Irp->Flags & PAGING_IO))
		return IoPagingPriorityInvalid;
	return Irp->Flags & HIGH_PRIORITY_PAGING_IO ? IoPagingPriorityHigh : IoPagingPriorityNormal;
}
EXPORT_SYMBOL(IoGetPagingIoPriority);

static u32 severity(NTSTATUS status)
{
	return (__force u32)status >> 30;
}

static bool replaces(NTSTATUS new, NTSTATUS old)
{
	if (new == STATUS_FT_READ_FROM_COPY)
		return false;
	if (new == STATUS_VERIFY_REQUIRED)
		return true;
	if (old == STATUS_VERIFY_REQUIRED)
		return false;
	return severity(new) > severity(old) || old == STATUS_FT_READ_FROM_COPY;
}

/**
 * IoSetMasterIrpStatus - let the status of a part count for the whole
 * @MasterIrp: the request, whose IoStatus.Status was STATUS_SUCCESS at first
 * @Status: how an associated IRP ended
 *
 * IRQL: any; the driver sees to it that one does so at a time. The more severe status
 * stays; STATUS_VERIFY_REQUIRED always wins, STATUS_FT_READ_FROM_COPY never.
 */
void IoSetMasterIrpStatus(PIRP MasterIrp, NTSTATUS Status)
{
	if (replaces(Status, MasterIrp->IoStatus.Status))
		MasterIrp->IoStatus.Status = Status;
}
EXPORT_SYMBOL(IoSetMasterIrpStatus);
