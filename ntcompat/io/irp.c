// SPDX-License-Identifier: GPL-2.0
/* IRPs: allocation, sending, waiting. Completion is in complete.c. */
#include "irp.h"
#include "device.h"
#include "pending.h"
#include "threaded.h"
#include "../gate.h"
#include <linux/sched/signal.h>

static struct kmem_cache *irp_cache;

static struct nt_irp *alloc_memory(CCHAR stack_size, gfp_t gfp)
{
	struct nt_irp *nt;

	if (stack_size <= NT_IRP_STACK) {
		nt = kmem_cache_alloc(irp_cache, gfp);
		stack_size = NT_IRP_STACK;
	} else {
		nt = kmalloc(struct_size(nt, stack, stack_size), gfp);
	}
	if (nt)
		nt->stack_room = stack_size;
	return nt;
}

/*
 * RequestorMode to AllocationFlags are eight bytes and become one store: all
 * are zero but StackCount and CurrentLocation.
 */
static u64 fresh_counts(UCHAR stack_size)
{
	BUILD_BUG_ON(offsetof(IRP, StackCount) != offsetof(IRP, RequestorMode) + 2);
	BUILD_BUG_ON(offsetof(IRP, CurrentLocation) != offsetof(IRP, RequestorMode) + 3);
	BUILD_BUG_ON(offsetof(IRP, AllocationFlags) != offsetof(IRP, RequestorMode) + 7);
	return (u64)stack_size << 16 | (u64)(stack_size + 1) << 24;
}

void nt_irp_shape(struct nt_irp *nt, UCHAR stack_size)
{
	PIRP irp = &nt->irp;

	nt->deepest = 1;
	nt->top = nt->stack + stack_size;
	nt->counts = fresh_counts(stack_size);

	irp->Type = IO_TYPE_IRP;
	irp->Size = sizeof(*irp) + stack_size * sizeof(IO_STACK_LOCATION);
	irp->StackCount = stack_size;
	InitializeListHead(&irp->ThreadListEntry);
	irp->UserIosb = NULL;
	irp->UserEvent = NULL;
	irp->Overlay.AsynchronousParameters.UserApcRoutine = NULL;
	irp->Overlay.AsynchronousParameters.UserApcContext = NULL;
	memset(irp->Tail.Overlay.DriverContext, 0, sizeof(irp->Tail.Overlay.DriverContext));
	irp->Tail.Overlay.AuxiliaryBuffer = NULL;
}

/**
 * nt_irp_alloc - allocate an IRP
 * @stack_size: the StackSize of the device that it will be sent to
 * @gfp: how to allocate it
 *
 * NULL when there is no memory.
 */
struct nt_irp *nt_irp_alloc(CCHAR stack_size, gfp_t gfp)
{
	struct nt_irp *nt = alloc_memory(stack_size, gfp);

	if (!nt)
		return NULL;
	init_completion(&nt->completed);
	INIT_LIST_HEAD(&nt->link);
	atomic_set(&nt->refs, 1);
	nt->end = NULL;
	nt->file = NULL;
	nt->thread = NULL;
	nt->cancelled = false;
	nt->own_mdl = NULL;
	nt->own_buffer = NULL;
	nt_irp_shape(nt, stack_size);
	nt_irp_renew(nt);
	nt_live_inc(NT_LIVE_IRP);
	return nt;
}

void nt_irp_free(struct nt_irp *nt)
{
	nt_live_dec(NT_LIVE_IRP);
	if (nt->stack_room == NT_IRP_STACK)
		kmem_cache_free(irp_cache, nt);
	else
		kfree(nt);
}

/**
 * IoAllocateIrp - allocate an IRP for a driver's own use
 * @StackSize: the StackSize of the device that it will be sent to
 * @ChargeQuota: no quotas are kept
 *
 * IRQL: <= DISPATCH_LEVEL. NULL when there is no memory. The driver's completion
 * routine takes it back with STATUS_MORE_PROCESSING_REQUIRED; IoFreeIrp() frees it.
 */
PIRP IoAllocateIrp(CCHAR StackSize, BOOLEAN ChargeQuota)
{
	struct nt_irp *nt;

	if (StackSize < 1)
		return NULL;
	nt = nt_irp_alloc(StackSize, nt_gfp() | __GFP_NOWARN);
	if (!nt)
		return NULL;
	nt->sender = NULL;
	return &nt->irp;
}
EXPORT_SYMBOL(IoAllocateIrp);

/**
 * IoFreeIrp - free what IoAllocateIrp() gave
 * @Irp: an IRP that is in no driver's hands
 *
 * IRQL: <= DISPATCH_LEVEL.
 */
void IoFreeIrp(PIRP Irp)
{
	struct nt_irp *nt = nt_irp(Irp);

	/* On Windows a threaded one must not be freed; somebody may be cancelling it. */
	nt_threaded_del(nt);
	nt_irp_unref(nt);
}
EXPORT_SYMBOL(IoFreeIrp);

/**
 * IofCallDriver - send an IRP to the next driver
 * @DeviceObject: the device to send it to
 * @Irp: its next stack location is set up for that driver
 *
 * IRQL: <= DISPATCH_LEVEL (PASSIVE_LEVEL for most major functions). Returns what
 * the dispatch routine returned. The caller must not touch the IRP afterwards.
 */
NTSTATUS IofCallDriver(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	PIO_STACK_LOCATION location;

	/* Windows stops here with NO_MORE_IRP_STACK_LOCATIONS. */
	if (WARN_ON(Irp->CurrentLocation <= 1))
		return nt_irp_finish(Irp, STATUS_INVALID_DEVICE_REQUEST, 0);
	IoSetNextIrpStackLocation(Irp);
	location = IoGetCurrentIrpStackLocation(Irp);
	location->DeviceObject = DeviceObject;
	return nt_call_dispatch(DeviceObject->DriverObject->MajorFunction[location->MajorFunction],
				DeviceObject, Irp);
}
EXPORT_SYMBOL(IofCallDriver);

/*
 * Wait for completion or a signal. Work that io_uring has for the task interrupts
 * a sleep, too, but is no reason to cancel: it waits for the return to user mode,
 * and real signals are looked for now and then meanwhile.
 */
static bool sleep_interruptible(struct nt_irp *nt)
{
	/* A suspend freezes the task where it is: that is no reason to cancel either. */
	if (!wait_for_completion_state(&nt->completed, TASK_INTERRUPTIBLE | TASK_FREEZABLE))
		return true;
	while (!task_sigpending(current))
		if (wait_for_completion_killable_timeout(&nt->completed, HZ / 20) > 0)
			return true;
	return false;
}

/*
 * Cancel on a signal, then wait on without a limit: the IRP and its buffers
 * stay the driver's until it completes them.
 */
static void sleep_completed(struct nt_irp *nt, bool interruptible)
{
	if (interruptible) {
		if (sleep_interruptible(nt))
			return;
		IoCancelIrp(&nt->irp);
		if (nt->done)
			return;
	}
	wait_for_completion(&nt->completed);
}

/* Only who sleeps can be found and cancelled by others: the rest is over soon. */
static noinline void wait_completed(struct nt_irp *nt, bool interruptible)
{
	if (nt->file)
		nt_pending_add(nt);
	sleep_completed(nt, interruptible);
	if (!nt->file)
		return;
	nt_pending_del(nt);
	/* Somebody may be on his way out of IoCancelIrp(), which cannot take long. */
	while (atomic_read_acquire(&nt->refs) > 1)
		schedule_timeout_uninterruptible(1);
}

/**
 * nt_irp_send - send an IRP off and wait for its end
 * @nt: new IRP with its first stack location filled in
 * @device: top of a stack
 * @interruptible: a signal cancels it
 *
 * PASSIVE_LEVEL. Returns the IRP's final status.
 */
NTSTATUS nt_irp_send(struct nt_irp *nt, PDEVICE_OBJECT device, bool interruptible)
{
	PIO_STACK_LOCATION first = nt->top - 1;

	/* IofCallDriver() of an IRP that is known to be new. */
	nt->irp.CurrentLocation--;
	nt->irp.Tail.Overlay.CurrentStackLocation = first;
	first->DeviceObject = device;
	nt_call_dispatch(device->DriverObject->MajorFunction[first->MajorFunction], device, &nt->irp);
	if (!nt->done)
		wait_completed(nt, interruptible);
	return nt->irp.IoStatus.Status;
}

/**
 * nt_irp_send_async - send an IRP off whose end() will be called
 * @nt: new IRP with its first stack location, @end and @file set
 * @device: top of a stack
 *
 * PASSIVE_LEVEL. Returns true when it is over already: end() is not called then,
 * and the IRP is the caller's again. Else it belongs to end().
 */
bool nt_irp_send_async(struct nt_irp *nt, PDEVICE_OBJECT device)
{
	bool done;

	nt_irp_ref(nt);
	nt_pending_add(nt);
	IofCallDriver(device, &nt->irp);
	done = nt->done;
	if (done)
		nt_pending_del(nt);
	/* From now on this task is no more special than others. */
	WRITE_ONCE(nt->sender, NULL);
	nt_irp_unref(nt);
	return done;
}

int __init nt_irp_setup(void)
{
	/* Hardened usercopy lets user programs' data into the buffer and nowhere else. */
	irp_cache = kmem_cache_create_usercopy("ntcompat_irp",
			sizeof(struct nt_irp) + NT_IRP_STACK * sizeof(IO_STACK_LOCATION), 16, 0,
			offsetof(struct nt_irp, buffer), NT_IRP_INLINE, NULL);
	return irp_cache ? 0 : -ENOMEM;
}

void nt_irp_teardown(void)
{
	kmem_cache_destroy(irp_cache);
}
