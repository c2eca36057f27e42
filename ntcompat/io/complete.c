// SPDX-License-Identifier: GPL-2.0
/* Completion: up the stack, through the completion routines, to the sender. */
#include "build.h"
#include "../gate.h"

/* Does the stack location's owner want to be called for this outcome? */
bool nt_irp_wants_call(const IRP *irp, UCHAR control)
{
	if (NT_SUCCESS(irp->IoStatus.Status) ? control & SL_INVOKE_ON_SUCCESS :
					       control & SL_INVOKE_ON_ERROR)
		return true;
	return irp->Cancel && (control & SL_INVOKE_ON_CANCEL);
}

/*
 * The sender may be on its way through the driver, further down on this very
 * stack: then a flag will do, as it looks before it sleeps or returns. Whatever
 * is called otherwise is the last touch: the IRP may be freed at once.
 */
static void tell_sender(struct nt_irp *nt)
{
	if (WARN_ONCE(nt_irp_is_bare(&nt->irp), "a driver's own IRP came back to nobody\n"))
		return;
	if (in_task() && nt->sender == current)
		nt->done = true;
	else if (nt->end)
		nt->end(nt);
	else if (nt->sender)
		complete(&nt->completed);
	else
		nt_irp_finish_driver_built(nt);
}

/**
 * IofCompleteRequest - an IRP is done
 * @Irp: IoStatus is set, no Cancel routine is
 * @PriorityBoost: for the thread that waits; Linux's scheduler decides on its own
 *
 * IRQL: <= DISPATCH_LEVEL. Calls the completion routines of the drivers above,
 * nearest first; one that returns STATUS_MORE_PROCESSING_REQUIRED keeps the IRP
 * and stops that. Each gets the device object of the driver that set it, NULL
 * when that was no driver of the stack.
 */
void IofCompleteRequest(PIRP Irp, CHAR PriorityBoost)
{
	/* Windows stops with MULTIPLE_IRP_COMPLETE_REQUESTS. */
	if (WARN(Irp->CurrentLocation > Irp->StackCount + 1, "IRP %p completed twice\n", Irp))
		return;
	WARN_ONCE(Irp->IoStatus.Status == STATUS_PENDING, "IRP completed with STATUS_PENDING\n");
	WARN_ONCE(Irp->CancelRoutine, "IRP completed with a Cancel routine set\n");
	trace_nt_irp_complete(Irp);
	/*
	 * Whatever way an IRP took, somebody completes it at its deepest point, and
	 * may have prepared the location below without using it.
	 */
	if (!nt_irp_is_bare(Irp) && Irp->CurrentLocation - 1 < nt_irp(Irp)->deepest)
		nt_irp(Irp)->deepest = max(Irp->CurrentLocation - 1, 1);

	while (Irp->CurrentLocation <= Irp->StackCount) {
		PIO_STACK_LOCATION location = IoGetCurrentIrpStackLocation(Irp);
		PDEVICE_OBJECT owner = NULL;

		Irp->PendingReturned = !!(location->Control & SL_PENDING_RETURNED);
		IoSkipCurrentIrpStackLocation(Irp);
		if (Irp->CurrentLocation <= Irp->StackCount)
			owner = IoGetCurrentIrpStackLocation(Irp)->DeviceObject;

		if (nt_irp_wants_call(Irp, location->Control)) {
			if (nt_call_completion(location->CompletionRoutine, owner, Irp,
					       location->Context) ==
			    STATUS_MORE_PROCESSING_REQUIRED)
				return;
		} else if (Irp->PendingReturned && owner) {
			IoMarkIrpPending(Irp);
		}
	}
	/* A further completion must be seen: the location is now past the stack's end. */
	Irp->CurrentLocation = Irp->StackCount + 2;
	tell_sender(nt_irp(Irp));
}
EXPORT_SYMBOL(IofCompleteRequest);
