// SPDX-License-Identifier: GPL-2.0
/* Cancelling IRPs. */
#include "cancel.h"
#include "../gate.h"

/* One lock for the system, as on NT: drivers rely on taking it by these calls. */
KSPIN_LOCK nt_cancel_lock;

/**
 * IoAcquireCancelSpinLock - take the system's cancel spin lock
 * @Irql: receives the level to give to IoReleaseCancelSpinLock()
 *
 * IRQL: <= DISPATCH_LEVEL.
 */
void IoAcquireCancelSpinLock(PKIRQL Irql)
{
	*Irql = nt_spin_lock_raise(&nt_cancel_lock);
}
EXPORT_SYMBOL(IoAcquireCancelSpinLock);

/**
 * IoReleaseCancelSpinLock - release the system's cancel spin lock
 * @Irql: what the acquiring call gave; a Cancel routine uses Irp->CancelIrql
 *
 * IRQL: DISPATCH_LEVEL.
 */
void IoReleaseCancelSpinLock(KIRQL Irql)
{
	nt_spin_unlock_lower(&nt_cancel_lock, Irql);
}
EXPORT_SYMBOL(IoReleaseCancelSpinLock);

/**
 * IoCancelIrp - ask for the end of an IRP
 * @Irp: an IRP that cannot be freed during the call
 *
 * IRQL: <= DISPATCH_LEVEL. Sets Irp->Cancel and calls the Cancel routine if one
 * is set, with the cancel spin lock held, which the routine releases. Returns
 * TRUE when a routine was called; the IRP may be completed and gone then.
 */
BOOLEAN IoCancelIrp(PIRP Irp)
{
	PDRIVER_CANCEL routine;
	KIRQL irql;

	IoAcquireCancelSpinLock(&irql);
	WRITE_ONCE(Irp->Cancel, TRUE);
	routine = IoSetCancelRoutine(Irp, NULL);
	if (!routine) {
		IoReleaseCancelSpinLock(irql);
		return FALSE;
	}
	Irp->CancelIrql = irql;
	nt_call_cancel(routine, IoGetCurrentIrpStackLocation(Irp)->DeviceObject, Irp);
	return TRUE;
}
EXPORT_SYMBOL(IoCancelIrp);
