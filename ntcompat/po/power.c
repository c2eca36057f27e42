// SPDX-License-Identifier: GPL-2.0
/* Passing power IRPs on. */
#include "../gate.h"
#include "../io/device.h"
#include "../io/irp.h"

/**
 * PoCallDriver - send a power IRP to the next driver
 * @DeviceObject: the device below
 * @Irp: the IRP
 *
 * IRQL: <= DISPATCH_LEVEL. Since Windows Vista the same as IoCallDriver().
 */
NTSTATUS PoCallDriver(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	return IofCallDriver(DeviceObject, Irp);
}
EXPORT_SYMBOL(PoCallDriver);

/**
 * PoStartNextPowerIrp - ready for the next power IRP
 * @Irp: the present one
 *
 * IRQL: <= DISPATCH_LEVEL. Since Windows Vista there is nothing to do: a device
 * gets its next power IRP when the present one is completed.
 */
void PoStartNextPowerIrp(PIRP Irp)
{
}
EXPORT_SYMBOL(PoStartNextPowerIrp);

/**
 * PoSetPowerState - note a device's power state
 * @DeviceObject: the driver's device
 * @Type: SystemPowerState or DevicePowerState
 * @State: the new state
 *
 * IRQL: <= DISPATCH_LEVEL. Returns the previous state.
 */
POWER_STATE PoSetPowerState(PDEVICE_OBJECT DeviceObject, POWER_STATE_TYPE Type, POWER_STATE State)
{
	POWER_STATE *noted = &nt_device(DeviceObject)->power[Type];
	POWER_STATE previous = *noted;

	*noted = State;
	return previous;
}
EXPORT_SYMBOL(PoSetPowerState);

/**
 * struct power_request - a power IRP of our own, from PoRequestPowerIrp()
 * @device: the device that asked
 * @minor: IRP_MN_SET_POWER, QUERY_POWER or WAIT_WAKE
 * @state: the state asked for
 * @routine: called when it is over, or NULL
 * @context: its argument
 */
struct power_request {
	PDEVICE_OBJECT device;
	UCHAR minor;
	POWER_STATE state;
	PREQUEST_POWER_COMPLETE routine;
	PVOID context;
};

static NTSTATUS power_done(PDEVICE_OBJECT unused, PIRP irp, PVOID context)
{
	struct power_request *request = context;
	IO_STATUS_BLOCK status = irp->IoStatus;

	if (request->routine)
		nt_call_power_complete(request->routine, request->device, request->minor,
				       request->state, request->context, &status);
	kfree(request);
	IoFreeIrp(irp);
	return STATUS_MORE_PROCESSING_REQUIRED;
}

static void fill_in(PIO_STACK_LOCATION location, const struct power_request *request)
{
	location->MajorFunction = IRP_MJ_POWER;
	location->MinorFunction = request->minor;
	if (request->minor == IRP_MN_WAIT_WAKE) {
		location->Parameters.WaitWake.PowerState = request->state.SystemState;
		return;
	}
	location->Parameters.Power.Type = DevicePowerState;
	location->Parameters.Power.State = request->state;
}

/**
 * PoRequestPowerIrp - send a power IRP to the top of a device's stack
 * @DeviceObject: any device of the stack
 * @MinorFunction: IRP_MN_SET_POWER, IRP_MN_QUERY_POWER or IRP_MN_WAIT_WAKE
 * @PowerState: the device state, or for WAIT_WAKE the system state
 * @CompletionFunction: called when all drivers are through; may be NULL
 * @Context: its argument
 * @Irp: receives the IRP, which matters for WAIT_WAKE; may be NULL
 *
 * IRQL: <= DISPATCH_LEVEL (PASSIVE_LEVEL to power a device up). Returns
 * STATUS_PENDING, STATUS_INSUFFICIENT_RESOURCES or STATUS_INVALID_PARAMETER_2.
 */
NTSTATUS PoRequestPowerIrp(PDEVICE_OBJECT DeviceObject, UCHAR MinorFunction, POWER_STATE PowerState,
			   PREQUEST_POWER_COMPLETE CompletionFunction, PVOID Context, PIRP *Irp)
{
	PDEVICE_OBJECT top = nt_device_top(DeviceObject);
	struct power_request *request;
	PIRP irp;

	if (MinorFunction != IRP_MN_SET_POWER && MinorFunction != IRP_MN_QUERY_POWER &&
	    MinorFunction != IRP_MN_WAIT_WAKE)
		return STATUS_INVALID_PARAMETER_2;
	request = kmalloc(sizeof(*request), nt_gfp());
	irp = IoAllocateIrp(top->StackSize, FALSE);
	if (!request || !irp) {
		kfree(request);
		if (irp)
			IoFreeIrp(irp);
		return STATUS_INSUFFICIENT_RESOURCES;
	}
	*request = (struct power_request){ DeviceObject, MinorFunction, PowerState,
					   CompletionFunction, Context };
	irp->IoStatus.Status = STATUS_NOT_SUPPORTED;
	fill_in(IoGetNextIrpStackLocation(irp), request);
	IoSetCompletionRoutine(irp, power_done, request, TRUE, TRUE, TRUE);
	if (Irp)
		*Irp = irp;
	IofCallDriver(top, irp);
	return STATUS_PENDING;
}
EXPORT_SYMBOL(PoRequestPowerIrp);
