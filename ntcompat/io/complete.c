// SPDX-License-Identifier: GPL-2.0
/* Completion: up the stack, through the completion routines, to the sender. */
#include "build.h"

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

/*
 * Whatever way an IRP took, somebody completes it at its deepest point, and may
 * have prepared the location below without using it.
 */
static __always_inline void note_depth(struct nt_irp *nt)
{
	IO_STACK_LOCATION *below = IoGetNextIrpStackLocation(&nt->irp);

	if (below < nt->deepest)
		nt->deepest = max(below, &nt->stack[0]);
}

/* What the driver of this location wants to be told. True if it keeps the IRP. */
static __always_inline bool visit(PIRP irp, PIO_STACK_LOCATION location, UCHAR control,
				  PDEVICE_OBJECT owner)
{
	if (nt_irp_wants_call(irp, control))
		return nt_call_completion(location->CompletionRoutine, owner, irp,
					  location->Context) == STATUS_MORE_PROCESSING_REQUIRED;
	if ((control & SL_PENDING_RETURNED) && owner)
		IoMarkIrpPending(irp);
	return false;
}

/*
 * Up through the drivers above. True if one keeps the IRP. A location whose
 * driver has nothing to be told, and did not pend, is passed in a few steps. What
 * is in the IRP is not kept in registers: they would have to be saved first.
 */
static __always_inline bool climb(PIRP irp)
{
	PIO_STACK_LOCATION location = IoGetCurrentIrpStackLocation(irp);

	while (irp->CurrentLocation <= irp->StackCount) {
		UCHAR control = location->Control;

		location++;
		irp->CurrentLocation++;
		irp->PendingReturned = control & SL_PENDING_RETURNED;
		if (!control)
			continue;
		irp->Tail.Overlay.CurrentStackLocation = location;
		if (visit(irp, location - 1, control, irp->CurrentLocation <= irp->StackCount ?
						      location->DeviceObject : NULL))
			return true;
	}
	irp->Tail.Overlay.CurrentStackLocation = location;
	return false;
}

/* Windows stops with a bug check at each of these. True if nothing can be done. */
static noinline bool complain(PIRP irp)
{
	WARN_ONCE(irp->IoStatus.Status == STATUS_PENDING, "IRP completed with STATUS_PENDING\n");
	WARN_ONCE(irp->CancelRoutine, "IRP completed with a Cancel routine set\n");
	return WARN(irp->CurrentLocation > irp->StackCount + 1, "IRP %p completed twice\n", irp);
}

static noinline void complete_climbing(PIRP irp)
{
	if (unlikely(irp->CurrentLocation > irp->StackCount + 1) && complain(irp))
		return;
	trace_nt_irp_complete(irp);
	if (!nt_irp_is_bare(irp))
		note_depth(nt_irp(irp));
	if (climb(irp))
		return;
	/* Past the stack's end by one more: a further completion must be seen. */
	irp->CurrentLocation++;
	tell_sender(nt_irp(irp));
}

/*
 * The commonest end: the first driver completes what it was just sent, on the
 * stack of the task that sends it, and nobody wants to be called. Bare IRPs have
 * no sender; in_task() keeps out a DPC that interrupted the sender. Of the stack
 * locations no more can have been written to than nt_irp.shallow says.
 */
static __always_inline bool ends_at_sender(PIRP irp)
{
	return irp->CurrentLocation == irp->StackCount && !nt_irp_is_bare(irp) &&
	       !IoGetCurrentIrpStackLocation(irp)->Control &&
	       nt_irp(irp)->sender == current && in_task();
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
	if (unlikely(Irp->CancelRoutine || Irp->IoStatus.Status == STATUS_PENDING) &&
	    complain(Irp))
		return;
	if (!ends_at_sender(Irp)) {
		complete_climbing(Irp);
		return;
	}
	trace_nt_irp_complete(Irp);
	Irp->PendingReturned = FALSE;
	Irp->CurrentLocation = Irp->StackCount + 2;
	nt_irp(Irp)->done = true;
}
EXPORT_SYMBOL(IofCompleteRequest);
