// SPDX-License-Identifier: GPL-2.0
/*
 * Controller objects: what several devices of a driver take turns at. The device
 * queue inside has those that wait, each in its device's wait context block, which
 * is free again when its routine is called: the routine may ask for an adapter.
 */
#include "device.h"
#include "../gate.h"

#define IO_TYPE_CONTROLLER	2

/**
 * IoCreateController - make a controller object
 * @Size: bytes of its extension, zeroed
 *
 * IRQL: PASSIVE_LEVEL. NULL when there is no memory.
 */
PCONTROLLER_OBJECT IoCreateController(ULONG Size)
{
	size_t extension = ALIGN(sizeof(CONTROLLER_OBJECT), 16);
	PCONTROLLER_OBJECT controller = kzalloc(extension + Size, GFP_KERNEL | __GFP_NOWARN);

	if (!controller)
		return NULL;
	controller->Type = IO_TYPE_CONTROLLER;
	controller->Size = sizeof(*controller) + Size;
	controller->ControllerExtension = (u8 *)controller + extension;
	KeInitializeDeviceQueue(&controller->DeviceWaitQueue);
	nt_live_inc(NT_LIVE_CONTROLLER);
	return controller;
}
EXPORT_SYMBOL(IoCreateController);

/**
 * IoDeleteController - delete a controller object
 * @ControllerObject: nobody's turn, nobody waits
 *
 * IRQL: PASSIVE_LEVEL.
 */
void IoDeleteController(PCONTROLLER_OBJECT ControllerObject)
{
	WARN(ControllerObject->DeviceWaitQueue.Busy, "IoDeleteController: it is in use\n");
	nt_live_dec(NT_LIVE_CONTROLLER);
	kfree(ControllerObject);
}
EXPORT_SYMBOL(IoDeleteController);

static IO_ALLOCATION_ACTION call(const WAIT_CONTEXT_BLOCK *wcb)
{
	return nt_call_controller_control(wcb->DeviceRoutine, wcb->DeviceObject, wcb->CurrentIrp,
					  NULL, wcb->DeviceContext);
}

/* A turn is over: that of the next, and of all that end theirs at once. */
static void next_turn(PCONTROLLER_OBJECT controller)
{
	PKDEVICE_QUEUE_ENTRY entry;

	while ((entry = KeRemoveDeviceQueue(&controller->DeviceWaitQueue))) {
		WAIT_CONTEXT_BLOCK copy = *CONTAINING_RECORD(entry, WAIT_CONTEXT_BLOCK,
							     WaitQueueEntry);

		if (call(&copy) == KeepObject)
			return;
	}
}

/**
 * IoAllocateController - call a routine when it is a device's turn
 * @ControllerObject: the controller
 * @DeviceObject: the device; has one such request at a time
 * @ExecutionRoutine: its ControllerControl routine: KeepObject keeps the controller
 *	until IoFreeController(), DeallocateObject gives it back.
 *	DeallocateObjectKeepRegisters, which is for adapters, gives it back, too
 * @Context: the routine's last argument; the second is DeviceObject->CurrentIrp
 *
 * IRQL: DISPATCH_LEVEL.
 */
void IoAllocateController(PCONTROLLER_OBJECT ControllerObject, PDEVICE_OBJECT DeviceObject,
			  PDRIVER_CONTROL ExecutionRoutine, PVOID Context)
{
	PWAIT_CONTEXT_BLOCK wcb = &DeviceObject->Queue.Wcb;
	WAIT_CONTEXT_BLOCK copy;

	wcb->DeviceRoutine = ExecutionRoutine;
	wcb->DeviceContext = Context;
	wcb->DeviceObject = DeviceObject;
	wcb->CurrentIrp = DeviceObject->CurrentIrp;
	copy = *wcb;
	if (KeInsertDeviceQueue(&ControllerObject->DeviceWaitQueue, &wcb->WaitQueueEntry))
		return;
	if (call(&copy) != KeepObject)
		next_turn(ControllerObject);
}
EXPORT_SYMBOL(IoAllocateController);

/**
 * IoFreeController - a turn that was kept is over
 * @ControllerObject: the controller
 *
 * IRQL: DISPATCH_LEVEL. The next device's routine runs before this returns.
 */
void IoFreeController(PCONTROLLER_OBJECT ControllerObject)
{
	next_turn(ControllerObject);
}
EXPORT_SYMBOL(IoFreeController);
