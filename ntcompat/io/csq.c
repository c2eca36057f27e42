// SPDX-License-Identifier: GPL-2.0
/*
 * Cancel-safe queues. The driver keeps the queue and its lock; we keep the race
 * with cancellation away from it.
 *
 * Who takes an IRP out of the queue: whoever took its Cancel routine out of the
 * IRP, IoCancelIrp() or one of the routines here. That is decided by one
 * exchange, and the queue is touched under the driver's lock only. An IRP whose
 * Cancel routine is gone already is passed over: csq_cancel() is on its way.
 */
#include "../gate.h"

static PIO_CSQ queue_of(PIRP irp)
{
	PIO_CSQ csq = irp->Tail.Overlay.DriverContext[3];

	if (csq->Type == IO_TYPE_CSQ_IRP_CONTEXT)
		return ((PIO_CSQ_IRP_CONTEXT)csq)->Csq;
	return csq;
}

/* The driver's lock is held. */
static void forget(PIRP irp)
{
	PIO_CSQ_IRP_CONTEXT context = irp->Tail.Overlay.DriverContext[3];

	if (context->Type == IO_TYPE_CSQ_IRP_CONTEXT)
		context->Irp = NULL;
	irp->Tail.Overlay.DriverContext[3] = NULL;
}

static void csq_cancel(PDEVICE_OBJECT device, PIRP irp)
{
	PIO_CSQ csq = queue_of(irp);
	KIRQL irql;

	IoReleaseCancelSpinLock(irp->CancelIrql);
	csq->CsqAcquireLock(csq, &irql);
	csq->CsqRemoveIrp(csq, irp);
	forget(irp);
	csq->CsqReleaseLock(csq, irql);
	csq->CsqCompleteCanceledIrp(csq, irp);
}

static NTSTATUS initialize(PIO_CSQ csq, ULONG type, PIO_CSQ_INSERT_IRP insert,
			   PIO_CSQ_REMOVE_IRP remove, PIO_CSQ_PEEK_NEXT_IRP peek,
			   PIO_CSQ_ACQUIRE_LOCK acquire, PIO_CSQ_RELEASE_LOCK release,
			   PIO_CSQ_COMPLETE_CANCELED_IRP complete)
{
	memset(csq, 0, sizeof(*csq));
	csq->Type = type;
	csq->CsqInsertIrp = insert;
	csq->CsqRemoveIrp = remove;
	csq->CsqPeekNextIrp = peek;
	csq->CsqAcquireLock = acquire;
	csq->CsqReleaseLock = release;
	csq->CsqCompleteCanceledIrp = complete;
	return STATUS_SUCCESS;
}

/**
 * IoCsqInitialize - make a queue
 * @Csq: the queue, nonpaged
 * @CsqInsertIrp: puts an IRP into it
 * @CsqRemoveIrp: takes one out
 * @CsqPeekNextIrp: finds the next one after a given one that fits a context
 * @CsqAcquireLock: takes the driver's lock
 * @CsqReleaseLock: releases it
 * @CsqCompleteCanceledIrp: completes an IRP that was cancelled in the queue
 *
 * IRQL: any. Always STATUS_SUCCESS.
 */
NTSTATUS IoCsqInitialize(PIO_CSQ Csq, PIO_CSQ_INSERT_IRP CsqInsertIrp,
			 PIO_CSQ_REMOVE_IRP CsqRemoveIrp, PIO_CSQ_PEEK_NEXT_IRP CsqPeekNextIrp,
			 PIO_CSQ_ACQUIRE_LOCK CsqAcquireLock, PIO_CSQ_RELEASE_LOCK CsqReleaseLock,
			 PIO_CSQ_COMPLETE_CANCELED_IRP CsqCompleteCanceledIrp)
{
	return initialize(Csq, IO_TYPE_CSQ, CsqInsertIrp, CsqRemoveIrp, CsqPeekNextIrp,
			  CsqAcquireLock, CsqReleaseLock, CsqCompleteCanceledIrp);
}
EXPORT_SYMBOL(IoCsqInitialize);

/**
 * IoCsqInitializeEx - make a queue that may refuse an IRP
 * @Csq: the queue, nonpaged
 * @CsqInsertIrp: puts an IRP into it, or returns why not
 * @CsqRemoveIrp: as in IoCsqInitialize()
 * @CsqPeekNextIrp: likewise
 * @CsqAcquireLock: likewise
 * @CsqReleaseLock: likewise
 * @CsqCompleteCanceledIrp: likewise
 *
 * IRQL: any. Always STATUS_SUCCESS.
 */
NTSTATUS IoCsqInitializeEx(PIO_CSQ Csq, PIO_CSQ_INSERT_IRP_EX CsqInsertIrp,
			   PIO_CSQ_REMOVE_IRP CsqRemoveIrp, PIO_CSQ_PEEK_NEXT_IRP CsqPeekNextIrp,
			   PIO_CSQ_ACQUIRE_LOCK CsqAcquireLock, PIO_CSQ_RELEASE_LOCK CsqReleaseLock,
			   PIO_CSQ_COMPLETE_CANCELED_IRP CsqCompleteCanceledIrp)
{
	return initialize(Csq, IO_TYPE_CSQ_EX, (PIO_CSQ_INSERT_IRP)(PVOID)CsqInsertIrp,
			  CsqRemoveIrp, CsqPeekNextIrp, CsqAcquireLock, CsqReleaseLock,
			  CsqCompleteCanceledIrp);
}
EXPORT_SYMBOL(IoCsqInitializeEx);

static NTSTATUS call_insert(PIO_CSQ csq, PIRP irp, PVOID insert_context)
{
	if (csq->Type == IO_TYPE_CSQ_EX)
		return ((PIO_CSQ_INSERT_IRP_EX)(PVOID)csq->CsqInsertIrp)(csq, irp, insert_context);
	csq->CsqInsertIrp(csq, irp);
	return STATUS_SUCCESS;
}

/* The driver's lock is held. Sets @cancelled when the IRP is not in the queue for that. */
static NTSTATUS insert(PIO_CSQ csq, PIRP irp, PVOID insert_context, bool *cancelled)
{
	NTSTATUS status;

	if (READ_ONCE(irp->Cancel)) {
		*cancelled = true;
		return STATUS_SUCCESS;
	}
	status = call_insert(csq, irp, insert_context);
	if (!NT_SUCCESS(status))
		return status;
	IoSetCancelRoutine(irp, csq_cancel);
	/* Cancelled meanwhile: by IoCancelIrp() that found the routine, or by us. */
	if (READ_ONCE(irp->Cancel) && IoSetCancelRoutine(irp, NULL)) {
		csq->CsqRemoveIrp(csq, irp);
		*cancelled = true;
	}
	return status;
}

/**
 * IoCsqInsertIrpEx - put an IRP into a queue
 * @Csq: the queue
 * @Irp: the IRP; marked pending, unless the queue refuses it
 * @Context: for IoCsqRemoveIrp(), or NULL; the queue's until the IRP left it
 * @InsertContext: for the driver's CsqInsertIrpEx
 *
 * IRQL: <= DISPATCH_LEVEL. Returns what CsqInsertIrpEx did: after a failure
 * the IRP is still the caller's. One that was cancelled before is not inserted
 * but completed by CsqCompleteCanceledIrp. DriverContext[3] is ours.
 */
NTSTATUS IoCsqInsertIrpEx(PIO_CSQ Csq, PIRP Irp, PIO_CSQ_IRP_CONTEXT Context, PVOID InsertContext)
{
	bool cancelled = false;
	NTSTATUS status;
	KIRQL irql;

	Csq->CsqAcquireLock(Csq, &irql);
	if (Context) {
		Context->Type = IO_TYPE_CSQ_IRP_CONTEXT;
		Context->Irp = Irp;
		Context->Csq = Csq;
	}
	Irp->Tail.Overlay.DriverContext[3] = Context ? (PVOID)Context : Csq;
	/* Set it before anybody can complete the IRP, take it back when nobody will. */
	IoMarkIrpPending(Irp);
	status = insert(Csq, Irp, InsertContext, &cancelled);
	if (!NT_SUCCESS(status))
		IoGetCurrentIrpStackLocation(Irp)->Control &= ~SL_PENDING_RETURNED;
	if (!NT_SUCCESS(status) || cancelled)
		forget(Irp);
	Csq->CsqReleaseLock(Csq, irql);
	if (cancelled)
		Csq->CsqCompleteCanceledIrp(Csq, Irp);
	return status;
}
EXPORT_SYMBOL(IoCsqInsertIrpEx);

/**
 * IoCsqInsertIrp - put an IRP into a queue
 * @Csq: the queue
 * @Irp: the IRP; marked pending
 * @Context: for IoCsqRemoveIrp(), or NULL
 *
 * IRQL: <= DISPATCH_LEVEL. The caller returns STATUS_PENDING.
 */
void IoCsqInsertIrp(PIO_CSQ Csq, PIRP Irp, PIO_CSQ_IRP_CONTEXT Context)
{
	IoCsqInsertIrpEx(Csq, Irp, Context, NULL);
}
EXPORT_SYMBOL(IoCsqInsertIrp);

/* The driver's lock is held. False when cancellation was faster. */
static bool take(PIO_CSQ csq, PIRP irp)
{
	if (!IoSetCancelRoutine(irp, NULL))
		return false;
	csq->CsqRemoveIrp(csq, irp);
	forget(irp);
	return true;
}

/**
 * IoCsqRemoveIrp - take a certain IRP out of a queue
 * @Csq: the queue
 * @Context: as at its insertion
 *
 * IRQL: <= DISPATCH_LEVEL. NULL when it is not there any more.
 */
PIRP IoCsqRemoveIrp(PIO_CSQ Csq, PIO_CSQ_IRP_CONTEXT Context)
{
	KIRQL irql;
	PIRP irp;

	Csq->CsqAcquireLock(Csq, &irql);
	irp = Context->Irp;
	if (irp && !take(Csq, irp))
		irp = NULL;
	Csq->CsqReleaseLock(Csq, irql);
	return irp;
}
EXPORT_SYMBOL(IoCsqRemoveIrp);

/**
 * IoCsqRemoveNextIrp - take the first IRP out of a queue that fits
 * @Csq: the queue
 * @PeekContext: for the driver's CsqPeekNextIrp
 *
 * IRQL: <= DISPATCH_LEVEL. NULL when there is none.
 */
PIRP IoCsqRemoveNextIrp(PIO_CSQ Csq, PVOID PeekContext)
{
	PIRP irp = NULL;
	KIRQL irql;

	Csq->CsqAcquireLock(Csq, &irql);
	do {
		irp = Csq->CsqPeekNextIrp(Csq, irp, PeekContext);
	} while (irp && !take(Csq, irp));
	Csq->CsqReleaseLock(Csq, irql);
	return irp;
}
EXPORT_SYMBOL(IoCsqRemoveNextIrp);
