// SPDX-License-Identifier: GPL-2.0
/* Completion routines of ours, on behalf of a driver's. */
#include "build.h"
#include "device.h"
#include "object.h"
#include "../gate.h"
#include <linux/completion.h>

static NTSTATUS wake_forwarder(PDEVICE_OBJECT device, PIRP irp, PVOID context)
{
	complete(context);
	return STATUS_MORE_PROCESSING_REQUIRED;
}

/**
 * IoForwardIrpSynchronously - send an IRP to the next driver and get it back
 * @DeviceObject: the device below
 * @Irp: a request that the caller's dispatch routine got
 *
 * IRQL: <= APC_LEVEL. Returns TRUE when the drivers below have ended it: the
 * result is in IoStatus, and the caller completes it. FALSE when the IRP has no
 * stack location left.
 */
BOOLEAN IoForwardIrpSynchronously(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	DECLARE_COMPLETION_ONSTACK(done);

	if (Irp->CurrentLocation <= 1)
		return FALSE;
	IoCopyCurrentIrpStackLocationToNext(Irp);
	IoSetCompletionRoutine(Irp, wake_forwarder, &done, TRUE, TRUE, TRUE);
	IofCallDriver(DeviceObject, Irp);
	wait_for_completion(&done);
	return TRUE;
}
EXPORT_SYMBOL(IoForwardIrpSynchronously);

/**
 * struct guarded - a completion routine whose driver must not be unloaded
 * @device: the driver's device, referenced
 * @routine: what the driver wants to be called
 * @context: with what
 * @control: SL_INVOKE_ON_x, when
 */
struct guarded {
	PDEVICE_OBJECT device;
	PIO_COMPLETION_ROUTINE routine;
	PVOID context;
	UCHAR control;
};

static NTSTATUS call_guarded(PDEVICE_OBJECT device, PIRP irp, PVOID context)
{
	struct guarded guarded = *(struct guarded *)context;
	NTSTATUS status = STATUS_CONTINUE_COMPLETION;

	kfree(context);
	if (nt_irp_wants_call(irp, guarded.control))
		status = nt_call_completion(guarded.routine, device, irp, guarded.context);
	else if (irp->PendingReturned && device)
		IoMarkIrpPending(irp);
	nt_device_dereference(guarded.device);
	return status;
}

/**
 * IoSetCompletionRoutineEx - IoSetCompletionRoutine() for drivers that may be unloaded
 * @DeviceObject: a device of the driver: it, and the driver, stay until the routine returned
 * @Irp: its next stack location is set up
 * @CompletionRoutine: what to call
 * @Context: with what
 * @InvokeOnSuccess: when the IRP succeeded
 * @InvokeOnError: when it failed
 * @InvokeOnCancel: when it was cancelled
 *
 * IRQL: <= DISPATCH_LEVEL. Returns STATUS_SUCCESS or
 * STATUS_INSUFFICIENT_RESOURCES. The IRP must then be sent.
 */
NTSTATUS IoSetCompletionRoutineEx(PDEVICE_OBJECT DeviceObject, PIRP Irp,
				  PIO_COMPLETION_ROUTINE CompletionRoutine, PVOID Context,
				  BOOLEAN InvokeOnSuccess, BOOLEAN InvokeOnError,
				  BOOLEAN InvokeOnCancel)
{
	struct guarded *guarded = kmalloc(sizeof(*guarded), nt_gfp() | __GFP_NOWARN);

	if (!guarded)
		return STATUS_INSUFFICIENT_RESOURCES;
	nt_device_reference(DeviceObject);
	guarded->device = DeviceObject;
	guarded->routine = CompletionRoutine;
	guarded->context = Context;
	guarded->control = (InvokeOnSuccess ? SL_INVOKE_ON_SUCCESS : 0) |
			   (InvokeOnError ? SL_INVOKE_ON_ERROR : 0) |
			   (InvokeOnCancel ? SL_INVOKE_ON_CANCEL : 0);
	IoSetCompletionRoutine(Irp, call_guarded, guarded, TRUE, TRUE, TRUE);
	return STATUS_SUCCESS;
}
EXPORT_SYMBOL(IoSetCompletionRoutineEx);
