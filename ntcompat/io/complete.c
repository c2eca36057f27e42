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

/*
 * Whatever way an IRP took, somebody completes it at its deepest point, and may
 * have prepared the location below without using it.
 */
static __always_inline void note_depth(struct nt_irp *nt)
{
	if (nt->irp.CurrentLocation - 1 < nt->deepest)
		nt->deepest = max(nt->irp.CurrentLocation - 1, 1);
}

/* A further completion must be seen: the location is now past the stack's end. */
static __always_inline void mark_completed(PIRP irp)
{
	irp->CurrentLocation = irp->StackCount + 2;
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
 * driver has nothing to be told, and did not pend, is passed in a few steps.
 */
static __always_inline bool climb(PIRP irp)
{
	PIO_STACK_LOCATION location = IoGetCurrentIrpStackLocation(irp);
	int number, top = irp->StackCount;

	for (number = irp->CurrentLocation; number <= top; number++, location++) {
		UCHAR control = location->Control;

		irp->PendingReturned = control & SL_PENDING_RETURNED;
		if (!control)
			continue;
		irp->CurrentLocation = number + 1;
		irp->Tail.Overlay.CurrentStackLocation = location + 1;
		if (visit(irp, location, control, number < top ? location[1].DeviceObject : NULL))
			return true;
	}
	irp->Tail.Overlay.CurrentStackLocation = location;
	return false;
}

static noinline void complete_climbing(PIRP irp)
{
	if (!nt_irp_is_bare(irp))
		note_depth(nt_irp(irp));
	if (climb(irp))
		return;
	mark_completed(irp);
	tell_sender(nt_irp(irp));
}

/* Windows stops with a bug check at each of these. True if nothing can be done. */
static noinline bool complain(PIRP irp)
{
	WARN_ONCE(irp->IoStatus.Status == STATUS_PENDING, "IRP completed with STATUS_PENDING\n");
	WARN_ONCE(irp->CancelRoutine, "IRP completed with a Cancel routine set\n");
	return WARN(irp->CurrentLocation > irp->StackCount + 1, "IRP %p completed twice\n", irp);
}

/*
 * The commonest end: the first driver completes what it was just sent, on the
 * stack of the task that sends it, and nobody wants to be called. Bare IRPs have
 * no sender; in_task() keeps out a DPC that interrupted the sender.
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
	if (unlikely(Irp->CurrentLocation > Irp->StackCount + 1 || Irp->CancelRoutine ||
		     Irp->IoStatus.Status == STATUS_PENDING) && complain(Irp))
		return;
	trace_nt_irp_complete(Irp);
	if (!ends_at_sender(Irp)) {
		complete_climbing(Irp);
		return;
	}
	note_depth(nt_irp(Irp));
	Irp->PendingReturned = FALSE;
	mark_completed(Irp);
	nt_irp(Irp)->done = true;
}
EXPORT_SYMBOL(IofCompleteRequest);
