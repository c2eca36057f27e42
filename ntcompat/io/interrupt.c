// SPDX-License-Identifier: GPL-2.0
/*
 * Interrupt objects. The ISR runs with the object's spin lock held and
 * interrupts off; KeSynchronizeExecution() takes the same lock, so that a
 * SynchCritSection routine and the ISR exclude each other on all CPUs.
 */
#include "interrupt.h"
#include "status.h"
#include "../gate.h"
#include "../ke/lockclass.h"
#include <linux/interrupt.h>
#include <linux/module.h>
#include <linux/mutex.h>

/**
 * struct _KINTERRUPT - a connected interrupt
 * @link: on the list of all, guarded by interrupts_lock
 * @routine: the ISR
 * @context: its second argument
 * @lock: the spin lock to hold: the driver's, or @own_lock
 * @own_lock: for drivers that bring none
 * @irql: the level that the ISR and synchronised code run at
 * @irq: Linux's number of the interrupt
 * @connected: the handler is registered; false after a revocation
 */
struct _KINTERRUPT {
	struct list_head link;
	PKSERVICE_ROUTINE routine;
	void *context;
	PKSPIN_LOCK lock;
	KSPIN_LOCK own_lock;
	KIRQL irql;
	unsigned int irq;
	bool connected;
};

static LIST_HEAD(interrupts);
static DEFINE_MUTEX(interrupts_lock);

static irqreturn_t handle(int irq, void *arg)
{
	PKINTERRUPT interrupt = arg;
	u8 old = nt_irql_enter_isr(interrupt->irql);
	BOOLEAN ours;

	KeAcquireSpinLockAtDpcLevel(interrupt->lock);
	ours = nt_call_isr(interrupt->routine, interrupt, interrupt->context);
	KeReleaseSpinLockFromDpcLevel(interrupt->lock);
	nt_irql_leave_isr(old);
	return ours ? IRQ_HANDLED : IRQ_NONE;
}

/**
 * IoConnectInterrupt - register an ISR
 * @InterruptObject: receives the interrupt object
 * @ServiceRoutine: the ISR: returns TRUE when its device interrupted
 * @ServiceContext: its second argument
 * @SpinLock: to hold while the ISR runs, for drivers with several interrupts;
 *	NULL for one of its own
 * @Vector: u.Interrupt.Vector of the translated resource
 * @Irql: u.Interrupt.Level
 * @SynchronizeIrql: the highest Irql of all that share @SpinLock
 * @InterruptMode: as the resource says; Linux knows it already
 * @ShareVector: other drivers may connect to the same line
 * @ProcessorEnableMask: CPUs; the line's affinity stays Linux's business
 * @FloatingSave: must be FALSE
 *
 * IRQL: PASSIVE_LEVEL. Returns STATUS_SUCCESS, STATUS_INVALID_PARAMETER when the
 * line is taken and not shared, STATUS_INSUFFICIENT_RESOURCES. The ISR may run
 * before this returns.
 */
NTSTATUS IoConnectInterrupt(PKINTERRUPT *InterruptObject, PKSERVICE_ROUTINE ServiceRoutine,
			    PVOID ServiceContext, PKSPIN_LOCK SpinLock, ULONG Vector, KIRQL Irql,
			    KIRQL SynchronizeIrql, KINTERRUPT_MODE InterruptMode, BOOLEAN ShareVector,
			    KAFFINITY ProcessorEnableMask, BOOLEAN FloatingSave)
{
	PKINTERRUPT interrupt;
	int error;

	if (FloatingSave)
		return STATUS_INVALID_PARAMETER;
	interrupt = kzalloc(sizeof(*interrupt), GFP_KERNEL);
	if (!interrupt)
		return STATUS_INSUFFICIENT_RESOURCES;
	interrupt->routine = ServiceRoutine;
	interrupt->context = ServiceContext;
	interrupt->own_lock = (KSPIN_LOCK)nt_lock_class(_RET_IP_) << 32;
	interrupt->lock = SpinLock ?: &interrupt->own_lock;
	interrupt->irql = max(SynchronizeIrql, Irql);
	interrupt->irq = Vector;
	interrupt->connected = true;
	/* Drivers may use it in the ISR, which may run before we return. */
	*InterruptObject = interrupt;

	mutex_lock(&interrupts_lock);
	error = request_irq(Vector, handle, ShareVector ? IRQF_SHARED : 0, "ntcompat", interrupt);
	if (!error)
		list_add(&interrupt->link, &interrupts);
	mutex_unlock(&interrupts_lock);
	if (error) {
		*InterruptObject = NULL;
		kfree(interrupt);
		return error == -ENOMEM ? STATUS_INSUFFICIENT_RESOURCES : STATUS_INVALID_PARAMETER;
	}
	nt_live_inc(NT_LIVE_INTERRUPT);
	return STATUS_SUCCESS;
}
EXPORT_SYMBOL(IoConnectInterrupt);

/* With interrupts_lock held. */
static void disconnect(PKINTERRUPT interrupt)
{
	if (!interrupt->connected)
		return;
	interrupt->connected = false;
	free_irq(interrupt->irq, interrupt);
}

/**
 * IoDisconnectInterrupt - unregister an ISR
 * @InterruptObject: from IoConnectInterrupt()
 *
 * IRQL: PASSIVE_LEVEL. On return the ISR does not run any more.
 */
void IoDisconnectInterrupt(PKINTERRUPT InterruptObject)
{
	mutex_lock(&interrupts_lock);
	disconnect(InterruptObject);
	list_del(&InterruptObject->link);
	mutex_unlock(&interrupts_lock);
	nt_live_dec(NT_LIVE_INTERRUPT);
	kfree(InterruptObject);
}
EXPORT_SYMBOL(IoDisconnectInterrupt);

/**
 * nt_interrupts_revoke_irq - disconnect whoever is connected to an interrupt
 * @irq: Linux's number of an interrupt that is about to be given back
 *
 * The objects stay valid until the driver disconnects them.
 */
void nt_interrupts_revoke_irq(unsigned int irq)
{
	PKINTERRUPT interrupt;

	mutex_lock(&interrupts_lock);
	list_for_each_entry(interrupt, &interrupts, link)
		if (interrupt->irq == irq)
			disconnect(interrupt);
	mutex_unlock(&interrupts_lock);
}

/**
 * nt_interrupts_revoke_module - free the interrupts that a driver forgot
 * @module: the driver's code, about to go away
 */
void nt_interrupts_revoke_module(struct module *module)
{
	PKINTERRUPT interrupt, next;

	mutex_lock(&interrupts_lock);
	list_for_each_entry_safe(interrupt, next, &interrupts, link) {
		if (!within_module((unsigned long)interrupt->routine, module))
			continue;
		pr_err("%s left interrupt %u connected\n", module->name, interrupt->irq);
		disconnect(interrupt);
		list_del(&interrupt->link);
		nt_live_dec(NT_LIVE_INTERRUPT);
		kfree(interrupt);
	}
	mutex_unlock(&interrupts_lock);
}

/**
 * KeAcquireInterruptSpinLock - exclude an ISR
 * @Interrupt: interrupt object
 *
 * IRQL: <= the interrupt's. Returns the level for the releasing call.
 */
KIRQL KeAcquireInterruptSpinLock(PKINTERRUPT Interrupt)
{
	KIRQL old = KfRaiseIrql(Interrupt->irql);

	KeAcquireSpinLockAtDpcLevel(Interrupt->lock);
	return old;
}
EXPORT_SYMBOL(KeAcquireInterruptSpinLock);

/**
 * KeReleaseInterruptSpinLock - let the ISR run again
 * @Interrupt: interrupt object
 * @OldIrql: what the acquiring call returned
 */
void KeReleaseInterruptSpinLock(PKINTERRUPT Interrupt, KIRQL OldIrql)
{
	KeReleaseSpinLockFromDpcLevel(Interrupt->lock);
	KeLowerIrql(OldIrql);
}
EXPORT_SYMBOL(KeReleaseInterruptSpinLock);

/**
 * KeSynchronizeExecution - run a routine while the ISR cannot
 * @Interrupt: interrupt object
 * @SynchronizeRoutine: the SynchCritSection routine
 * @SynchronizeContext: its argument
 *
 * IRQL: <= the interrupt's. Returns what the routine returned. Raising and
 * lowering happen here and not by KeAcquireInterruptSpinLock(), which has to
 * leave bottom halves off, too, for a caller who comes back at its own pace.
 */
BOOLEAN KeSynchronizeExecution(PKINTERRUPT Interrupt, PKSYNCHRONIZE_ROUTINE SynchronizeRoutine,
			       PVOID SynchronizeContext)
{
	unsigned long flags;
	BOOLEAN result;
	u8 old;

	local_irq_save(flags);
	old = nt_irql_enter_isr(Interrupt->irql);
	KeAcquireSpinLockAtDpcLevel(Interrupt->lock);
	result = nt_call_synchronize(SynchronizeRoutine, SynchronizeContext);
	KeReleaseSpinLockFromDpcLevel(Interrupt->lock);
	nt_irql_leave_isr(old);
	local_irq_restore(flags);
	return result;
}
EXPORT_SYMBOL(KeSynchronizeExecution);
