// SPDX-License-Identifier: GPL-2.0
/*
 * Device power IRPs, which drivers ask for: one at a time for each device, others wait
 * for their turn. IRP_MN_WAIT_WAKE stays pending and is not counted.
 */
#include "power.h"
#include "../gate.h"
#include "../io/device.h"
#include "../io/irp.h"
#include "../pnp/devnode.h"

/**
 * struct power_request - a power IRP of our own, from PoRequestPowerIrp()
 * @link: on nt_power.waiting
 * @work: sends it, when that cannot be done at once; then frees it
 * @devnode: the device, referenced; NULL for a stack without one
 * @device: the device object that asked
 * @irp: the IRP
 * @minor: IRP_MN_SET_POWER, QUERY_POWER or WAIT_WAKE
 * @state: the state asked for
 * @routine: called when it is over, or NULL
 * @context: its argument
 * @watch: looks after it
 */
struct power_request {
	struct list_head link;
	struct work_struct work;
	struct nt_devnode *devnode;
	PDEVICE_OBJECT device;
	PIRP irp;
	UCHAR minor;
	POWER_STATE state;
	PREQUEST_POWER_COMPLETE routine;
	PVOID context;
	struct nt_power_watch watch;
};

static bool takes_turns(const struct power_request *request)
{
	return request->devnode && request->minor != IRP_MN_WAIT_WAKE;
}

static void dispose(struct power_request *request)
{
	if (request->devnode)
		nt_devnode_put(request->devnode);
	kfree(request);
}

static void dispose_work(struct work_struct *work)
{
	dispose(container_of(work, struct power_request, work));
}

/* A devnode's last reference can only be dropped at PASSIVE_LEVEL. */
static void dispose_anywhere(struct power_request *request)
{
	if (KeGetCurrentIrql() == PASSIVE_LEVEL) {
		dispose(request);
		return;
	}
	INIT_WORK(&request->work, dispose_work);
	queue_work(nt_power_queue, &request->work);
}

static void next_turn(struct nt_power *power)
{
	struct power_request *next;
	unsigned long flags;

	spin_lock_irqsave(&power->lock, flags);
	next = list_first_entry_or_null(&power->waiting, struct power_request, link);
	if (next)
		list_del(&next->link);
	power->current_request = next;
	if (!next)
		wake_up_all(&power->idle);
	spin_unlock_irqrestore(&power->lock, flags);
	if (next)
		queue_work(nt_power_queue, &next->work);
}

/* What the device's state is now. */
static void note_state(struct power_request *request, NTSTATUS status)
{
	struct nt_devnode *devnode = request->devnode;

	if (request->minor != IRP_MN_SET_POWER || !NT_SUCCESS(status))
		return;
	WRITE_ONCE(devnode->power.state, request->state.DeviceState);
	if (!devnode->own_pdo)
		nt_power_queue_work(devnode, &devnode->power.follow_work);
}

static NTSTATUS power_done(PDEVICE_OBJECT unused, PIRP irp, PVOID context)
{
	struct power_request *request = context;
	IO_STATUS_BLOCK status = irp->IoStatus;

	if (takes_turns(request)) {
		nt_power_unwatch(&request->watch);
		note_state(request, status.Status);
	}
	if (request->routine)
		nt_call_power_complete(request->routine, request->device, request->minor,
				       request->state, request->context, &status);
	if (takes_turns(request))
		next_turn(&request->devnode->power);
	IoFreeIrp(irp);
	dispose_anywhere(request);
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
	if (request->devnode)
		location->Parameters.Power.ShutdownType = request->devnode->power.action;
}

/* PASSIVE_LEVEL. */
static void send(struct power_request *request)
{
	PDEVICE_OBJECT bottom = request->devnode ? request->devnode->pdo : request->device;

	fill_in(IoGetNextIrpStackLocation(request->irp), request);
	if (takes_turns(request))
		nt_power_watch(&request->watch, request->devnode, request->irp,
			       request->minor == IRP_MN_SET_POWER ?
			       "IRP_MN_SET_POWER (device)" : "IRP_MN_QUERY_POWER (device)");
	IofCallDriver(nt_device_top(bottom), request->irp);
}

static void send_work(struct work_struct *work)
{
	send(container_of(work, struct power_request, work));
}

/* True when it is the request's turn at once. */
static bool take_turn(struct power_request *request)
{
	struct nt_power *power;
	unsigned long flags;
	bool now;

	if (!takes_turns(request))
		return true;
	power = &request->devnode->power;
	spin_lock_irqsave(&power->lock, flags);
	now = !power->current_request;
	if (now)
		power->current_request = request;
	else
		list_add_tail(&request->link, &power->waiting);
	spin_unlock_irqrestore(&power->lock, flags);
	return now;
}

static struct power_request *make(PDEVICE_OBJECT device, UCHAR minor, POWER_STATE state,
				  PREQUEST_POWER_COMPLETE routine, PVOID context)
{
	struct power_request *request = kmalloc(sizeof(*request), nt_gfp());
	PIRP irp = IoAllocateIrp(nt_device_top(device)->StackSize, FALSE);

	if (!request || !irp) {
		kfree(request);
		if (irp)
			IoFreeIrp(irp);
		return NULL;
	}
	*request = (struct power_request){
		.devnode = nt_device_devnode_get(device), .device = device, .irp = irp,
		.minor = minor, .state = state, .routine = routine, .context = context,
	};
	INIT_WORK(&request->work, send_work);
	irp->IoStatus.Status = STATUS_NOT_SUPPORTED;
	IoSetCompletionRoutine(irp, power_done, request, TRUE, TRUE, TRUE);
	return request;
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
 * IRQL: <= DISPATCH_LEVEL. The drivers get it at PASSIVE_LEVEL: at once when the caller
 * is there and no other device power IRP of this device is under way, else in another
 * thread. Returns STATUS_PENDING, STATUS_INSUFFICIENT_RESOURCES or
 * STATUS_INVALID_PARAMETER_2.
 */
NTSTATUS PoRequestPowerIrp(PDEVICE_OBJECT DeviceObject, UCHAR MinorFunction, POWER_STATE PowerState,
			   PREQUEST_POWER_COMPLETE CompletionFunction, PVOID Context, PIRP *Irp)
{
	struct power_request *request;

	if (MinorFunction != IRP_MN_SET_POWER && MinorFunction != IRP_MN_QUERY_POWER &&
	    MinorFunction != IRP_MN_WAIT_WAKE)
		return STATUS_INVALID_PARAMETER_2;
	request = make(DeviceObject, MinorFunction, PowerState, CompletionFunction, Context);
	if (!request)
		return STATUS_INSUFFICIENT_RESOURCES;
	if (Irp)
		*Irp = request->irp;
	if (!take_turn(request))
		return STATUS_PENDING;
	if (KeGetCurrentIrql() == PASSIVE_LEVEL)
		send(request);
	else
		queue_work(nt_power_queue, &request->work);
	return STATUS_PENDING;
}
EXPORT_SYMBOL(PoRequestPowerIrp);

/* Wait until no device power IRP is under way. PASSIVE_LEVEL. */
void nt_power_drain(struct nt_devnode *devnode)
{
	wait_event(devnode->power.idle, !READ_ONCE(devnode->power.current_request));
}
