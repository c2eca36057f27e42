/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Interrupt objects: a Linux interrupt, the driver's ISR, and the lock that
 * KeSynchronizeExecution() shares with it.
 */
#ifndef _NTCOMPAT_IO_INTERRUPT_H
#define _NTCOMPAT_IO_INTERRUPT_H

#include "../nt.h"

struct module;

/**
 * struct nt_interrupt_setup - what an interrupt is to be connected to
 * @service: the ISR; or NULL, and then
 * @message: the ISR of a message
 * @message_id: its third argument
 * @context: the ISR's second argument
 * @lock: the driver's interrupt spin lock, or NULL for one of the object's own
 * @irql: the level of the ISR; PASSIVE_LEVEL for one that may sleep
 * @irq: Linux's number of the interrupt
 * @shared: others may connect to it
 * @cpus: processors that it may interrupt
 * @caller: a line of the driver's source, for lockdep
 */
struct nt_interrupt_setup {
	PKSERVICE_ROUTINE service;
	PKMESSAGE_SERVICE_ROUTINE message;
	ULONG message_id;
	void *context;
	PKSPIN_LOCK lock;
	KIRQL irql;
	unsigned int irq;
	bool shared;
	KAFFINITY cpus;
	unsigned long caller;
};

NTSTATUS nt_interrupt_connect(const struct nt_interrupt_setup *setup, PKINTERRUPT *interrupt);
void nt_interrupt_disconnect(PKINTERRUPT interrupt);
void nt_interrupts_revoke_irq(unsigned int irq);
void nt_interrupts_revoke_module(struct module *module);

#endif /* _NTCOMPAT_IO_INTERRUPT_H */
