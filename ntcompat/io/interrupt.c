// SPDX-License-Identifier: GPL-2.0
/*
 * Interrupt objects. The ISR runs with the object's spin lock held and
 * interrupts off; KeSynchronizeExecution() takes the same lock, so that a
 * SynchCritSection routine and the ISR exclude each other on all CPUs. That of a
 * passive-level interrupt is a mutex: both may sleep.
 */
#include "interrupt.h"
#include "status.h"
#include "../gate.h"
#include "../ke/spinlock.h"
#include <linux/interrupt.h>
#include <linux/module.h>
#include <linux/mutex.h>

/**
 * struct _KINTERRUPT - a connected interrupt
 * @link: on the list of all, guarded by interrupts_lock
 * @service: the ISR; NULL when it is that of a message:
 * @message: then this, and
 * @message_id: its third argument
 * @context: the ISR's second argument
 * @lock: the spin lock to hold: the driver's, or @own_lock
 * @own_lock: for drivers that bring none
 * @passive_lock: instead of @lock when @irql is PASSIVE_LEVEL
 * @irql: the level that the ISR and synchronised code run at
 * @irq: Linux's number of the interrupt
 * @cpus: where it may interrupt; kept, since Linux keeps its address
 * @pinned: @cpus was told to Linux
 * @connected: the handler is registered; false after a revocation
 */
struct _KINTERRUPT {
	struct list_head link;
	PKSERVICE_ROUTINE service;
	PKMESSAGE_SERVICE_ROUTINE message;
	ULONG message_id;
	void *context;
	PKSPIN_LOCK lock;
	KSPIN_LOCK own_lock;
	struct mutex passive_lock;
	KIRQL irql;
	unsigned int irq;
	struct cpumask cpus;
	bool pinned;
	bool connected;
};

static LIST_HEAD(interrupts);
static DEFINE_MUTEX(interrupts_lock);

static __always_inline BOOLEAN call_isr(PKINTERRUPT interrupt)
{
	if (interrupt->service)
		return nt_call_isr(interrupt->service, interrupt, interrupt->context);
	return nt_call_message_isr(interrupt->message, interrupt, interrupt->context,
				   interrupt->message_id);
}

static irqreturn_t handle(int irq, void *arg)
{
	PKINTERRUPT interrupt = arg;
	u8 old = nt_irql_enter_isr(interrupt->irql);
	BOOLEAN ours;

	nt_spin_lock(interrupt->lock);
	ours = call_isr(interrupt);
	nt_spin_unlock(interrupt->lock);
	nt_irql_leave_isr(old);
	return ours ? IRQ_HANDLED : IRQ_NONE;
}

/* In a thread of Linux's. The line stays masked until we return. */
static irqreturn_t handle_passive(int irq, void *arg)
{
	PKINTERRUPT interrupt = arg;
	BOOLEAN ours;

	mutex_lock(&interrupt->passive_lock);
	ours = call_isr(interrupt);
	mutex_unlock(&interrupt->passive_lock);
	return ours ? IRQ_HANDLED : IRQ_NONE;
}

static PKINTERRUPT make(const struct nt_interrupt_setup *setup)
{
	PKINTERRUPT interrupt = kzalloc(sizeof(*interrupt), GFP_KERNEL);

	if (!interrupt)
		return NULL;
	interrupt->service = setup->service;
	interrupt->message = setup->message;
	interrupt->message_id = setup->message_id;
	interrupt->context = setup->context;
	interrupt->own_lock = (KSPIN_LOCK)nt_lock_class(setup->caller) << 32;
	interrupt->lock = setup->lock ?: &interrupt->own_lock;
	mutex_init(&interrupt->passive_lock);
	interrupt->irql = setup->irql;
	interrupt->irq = setup->irq;
	interrupt->connected = true;
	cpumask_bits(&interrupt->cpus)[0] = setup->cpus;
	return interrupt;
}

static int request(PKINTERRUPT interrupt, bool shared)
{
	unsigned long flags = shared ? IRQF_SHARED : 0;

	if (interrupt->irql == PASSIVE_LEVEL)
		return request_threaded_irq(interrupt->irq, NULL, handle_passive,
					    flags | IRQF_ONESHOT, "ntcompat", interrupt);
	return request_irq(interrupt->irq, handle, flags, "ntcompat", interrupt);
}

/*
 * The driver's choice of processors is Linux's, too, for an interrupt that nobody
 * shares. All of them is no choice.
 */
static void pin(PKINTERRUPT interrupt, bool shared)
{
	if (shared || cpumask_subset(cpu_online_mask, &interrupt->cpus) ||
	    !cpumask_intersects(cpu_online_mask, &interrupt->cpus))
		return;
	interrupt->pinned = !irq_set_affinity_and_hint(interrupt->irq, &interrupt->cpus);
}

/**
 * nt_interrupt_connect - make an interrupt object and register its ISR
 * @setup: what to connect
 * @interrupt: receives the object, before the ISR can run
 *
 * PASSIVE_LEVEL. Returns STATUS_SUCCESS, STATUS_INVALID_PARAMETER when the line is
 * taken and not shared, STATUS_INSUFFICIENT_RESOURCES.
 */
NTSTATUS nt_interrupt_connect(const struct nt_interrupt_setup *setup, PKINTERRUPT *interrupt)
{
	PKINTERRUPT new = make(setup);
	int error;

	if (!new)
		return STATUS_INSUFFICIENT_RESOURCES;
	/* Drivers may use it in the ISR, which may run before we return. */
	*interrupt = new;
	mutex_lock(&interrupts_lock);
	error = request(new, setup->shared);
	if (!error) {
		pin(new, setup->shared);
		list_add(&new->link, &interrupts);
	}
	mutex_unlock(&interrupts_lock);
	if (error) {
		*interrupt = NULL;
		kfree(new);
		return error == -ENOMEM ? STATUS_INSUFFICIENT_RESOURCES : STATUS_INVALID_PARAMETER;
	}
	nt_live_inc(NT_LIVE_INTERRUPT);
	return STATUS_SUCCESS;
}

/* With interrupts_lock held. */
static void disconnect(PKINTERRUPT interrupt)
{
	lockdep_assert_held(&interrupts_lock);
	if (!interrupt->connected)
		return;
	interrupt->connected = false;
	if (interrupt->pinned)
		irq_update_affinity_hint(interrupt->irq, NULL);
	free_irq(interrupt->irq, interrupt);
}

/**
 * nt_interrupt_disconnect - unregister an ISR and free its object
 * @interrupt: from nt_interrupt_connect()
 *
 * PASSIVE_LEVEL. On return the ISR does not run any more.
 */
void nt_interrupt_disconnect(PKINTERRUPT interrupt)
{
	mutex_lock(&interrupts_lock);
	disconnect(interrupt);
	list_del(&interrupt->link);
	mutex_unlock(&interrupts_lock);
	nt_live_dec(NT_LIVE_INTERRUPT);
	kfree(interrupt);
}

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
		if (!within_module((unsigned long)(interrupt->service ?: (void *)interrupt->message),
				   module))
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
 * @Interrupt: interrupt object, not a passive-level one
 *
 * IRQL: <= DIRQL, the interrupt's. Returns the level for the releasing call.
 */
KIRQL KeAcquireInterruptSpinLock(PKINTERRUPT Interrupt)
{
	KIRQL old = KfRaiseIrql(Interrupt->irql ?: DISPATCH_LEVEL);

	KeAcquireSpinLockAtDpcLevel(Interrupt->lock);
	return old;
}
EXPORT_SYMBOL(KeAcquireInterruptSpinLock);

/**
 * KeReleaseInterruptSpinLock - let the ISR run again
 * @Interrupt: interrupt object
 * @OldIrql: what the acquiring call returned
 *
 * IRQL: DIRQL, the interrupt's.
 */
void KeReleaseInterruptSpinLock(PKINTERRUPT Interrupt, KIRQL OldIrql)
{
	KeReleaseSpinLockFromDpcLevel(Interrupt->lock);
	KeLowerIrql(OldIrql);
}
EXPORT_SYMBOL(KeReleaseInterruptSpinLock);

static noinline BOOLEAN synchronize_passive(PKINTERRUPT interrupt, PKSYNCHRONIZE_ROUTINE routine,
					    void *context)
{
	BOOLEAN result;

	mutex_lock(&interrupt->passive_lock);
	result = nt_call_synchronize(routine, context);
	mutex_unlock(&interrupt->passive_lock);
	return result;
}

/**
 * KeSynchronizeExecution - run a routine while the ISR cannot
 * @Interrupt: interrupt object
 * @SynchronizeRoutine: the SynchCritSection routine
 * @SynchronizeContext: its argument
 *
 * IRQL: <= DIRQL, the interrupt's. Returns what the routine returned. Raising and
 * lowering happen here and not by KeAcquireInterruptSpinLock(), which has to
 * leave bottom halves off, too, for a caller who comes back at its own pace.
 */
BOOLEAN KeSynchronizeExecution(PKINTERRUPT Interrupt, PKSYNCHRONIZE_ROUTINE SynchronizeRoutine,
			       PVOID SynchronizeContext)
{
	unsigned long flags;
	BOOLEAN result;
	u8 old;

	if (unlikely(Interrupt->irql == PASSIVE_LEVEL))
		return synchronize_passive(Interrupt, SynchronizeRoutine, SynchronizeContext);
	local_irq_save(flags);
	old = nt_irql_enter_isr(Interrupt->irql);
	nt_spin_lock(Interrupt->lock);
	result = nt_call_synchronize(SynchronizeRoutine, SynchronizeContext);
	nt_spin_unlock(Interrupt->lock);
	nt_irql_leave_isr(old);
	local_irq_restore(flags);
	return result;
}
EXPORT_SYMBOL(KeSynchronizeExecution);
