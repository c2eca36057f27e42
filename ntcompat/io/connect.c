// SPDX-License-Identifier: GPL-2.0
/*
 * Connecting ISRs: the routine of old, which is told the vector, and the one of
 * Windows Vista, which finds a device's vectors by its PDO.
 */
#include "interrupt.h"
#include "../ke/irql.h"
#include "../pnp/devnode.h"
#include <linux/msi.h>

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
 * @ProcessorEnableMask: processors that it may interrupt; a line that is shared
 *	stays where Linux has it
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
	if (FloatingSave)
		return STATUS_INVALID_PARAMETER;
	return nt_interrupt_connect(&(struct nt_interrupt_setup){
		.service = ServiceRoutine, .context = ServiceContext, .lock = SpinLock,
		.irql = max(SynchronizeIrql, Irql) ?: NT_DIRQL, .irq = Vector,
		.shared = ShareVector, .cpus = ProcessorEnableMask, .caller = _RET_IP_,
	}, InterruptObject);
}
EXPORT_SYMBOL(IoConnectInterrupt);

/**
 * IoDisconnectInterrupt - unregister an ISR
 * @InterruptObject: from IoConnectInterrupt()
 *
 * IRQL: PASSIVE_LEVEL. On return the ISR does not run any more.
 */
void IoDisconnectInterrupt(PKINTERRUPT InterruptObject)
{
	nt_interrupt_disconnect(InterruptObject);
}
EXPORT_SYMBOL(IoDisconnectInterrupt);

/* ---- By PDO ---- */

static NTSTATUS find_devnode(PDEVICE_OBJECT pdo, struct nt_devnode **devnode)
{
	if (!pdo)
		return STATUS_INVALID_PARAMETER;
	*devnode = nt_devnode_of(pdo);
	if (!*devnode)
		return STATUS_INVALID_PARAMETER;
	return (*devnode)->vectors ? STATUS_SUCCESS : STATUS_NOT_FOUND;
}

static KAFFINITY all_cpus(void)
{
	return cpumask_bits(cpu_online_mask)[0];
}

static bool has_vector(const struct nt_devnode *devnode, ULONG vector)
{
	int i;

	for (i = 0; i < devnode->vectors; i++)
		if (nt_devnode_irq(devnode, i) == vector)
			return true;
	return false;
}

static NTSTATUS connect_specified(const IO_CONNECT_INTERRUPT_FULLY_SPECIFIED_PARAMETERS *how,
				  unsigned long caller)
{
	struct nt_devnode *devnode;
	NTSTATUS status = find_devnode(how->PhysicalDeviceObject, &devnode);

	if (!NT_SUCCESS(status))
		return status;
	if (!how->ProcessorEnableMask)
		return STATUS_INVALID_PARAMETER_10;
	if (how->FloatingSave || how->Irql > how->SynchronizeIrql ||
	    (how->Irql == PASSIVE_LEVEL && how->SpinLock))
		return STATUS_INVALID_PARAMETER;
	if (!has_vector(devnode, how->Vector))
		return STATUS_NOT_FOUND;
	return nt_interrupt_connect(&(struct nt_interrupt_setup){
		.service = how->ServiceRoutine, .context = how->ServiceContext,
		.lock = how->SpinLock, .irql = how->SynchronizeIrql, .irq = how->Vector,
		.shared = how->ShareVector, .cpus = how->ProcessorEnableMask, .caller = caller,
	}, how->InterruptObject);
}

static NTSTATUS connect_service(const struct nt_devnode *devnode, PKSERVICE_ROUTINE service,
				void *context, PKSPIN_LOCK lock, KIRQL irql, unsigned long caller,
				PKINTERRUPT *interrupt)
{
	return nt_interrupt_connect(&(struct nt_interrupt_setup){
		.service = service, .context = context, .lock = lock,
		.irql = max_t(KIRQL, irql, NT_DIRQL), .irq = nt_devnode_irq(devnode, 0),
		.shared = !devnode->msi, .cpus = all_cpus(), .caller = caller,
	}, interrupt);
}

/* A device with one message may be served like one with a line. */
static NTSTATUS connect_line(const IO_CONNECT_INTERRUPT_LINE_BASED_PARAMETERS *how,
			     unsigned long caller)
{
	struct nt_devnode *devnode;
	NTSTATUS status = find_devnode(how->PhysicalDeviceObject, &devnode);

	if (!NT_SUCCESS(status))
		return status;
	if (how->FloatingSave)
		return STATUS_INVALID_PARAMETER;
	if (devnode->vectors > 1)
		return STATUS_INVALID_DEVICE_REQUEST;
	return connect_service(devnode, how->ServiceRoutine, how->ServiceContext, how->SpinLock,
			       how->SynchronizeIrql, caller, how->InterruptObject);
}

static void describe_message(const struct nt_devnode *devnode, int number, KIRQL irql,
			     PIO_INTERRUPT_MESSAGE_INFO_ENTRY entry)
{
	unsigned int irq = nt_devnode_irq(devnode, number);
	struct msi_msg msg;

	get_cached_msi_msg(irq, &msg);
	entry->MessageAddress.HighPart = msg.address_hi;
	entry->MessageAddress.LowPart = msg.address_lo;
	entry->MessageData = msg.data;
	entry->TargetProcessorSet = all_cpus();
	entry->Vector = irq;
	entry->Irql = irql;
	entry->Mode = Latched;
	entry->Polarity = InterruptActiveHigh;
}

static void disconnect_messages(PIO_INTERRUPT_MESSAGE_INFO table)
{
	ULONG i;

	for (i = 0; i < table->MessageCount; i++)
		nt_interrupt_disconnect(table->MessageInfo[i].InterruptObject);
	kfree(table);
}

static NTSTATUS connect_messages(const struct nt_devnode *devnode,
				 const IO_CONNECT_INTERRUPT_MESSAGE_BASED_PARAMETERS *how,
				 unsigned long caller)
{
	KIRQL irql = max_t(KIRQL, how->SynchronizeIrql, NT_DIRQL);
	PIO_INTERRUPT_MESSAGE_INFO table;
	NTSTATUS status;
	int i;

	table = kzalloc(offsetof(IO_INTERRUPT_MESSAGE_INFO, MessageInfo) +
			devnode->vectors * sizeof(table->MessageInfo[0]), GFP_KERNEL);
	if (!table)
		return STATUS_INSUFFICIENT_RESOURCES;
	table->UnifiedIrql = irql;
	/* An ISR may look for it, and may run before we return. */
	*how->ConnectionContext.InterruptMessageTable = table;
	for (i = 0; i < devnode->vectors; i++)
		describe_message(devnode, i, irql, &table->MessageInfo[i]);
	for (i = 0; i < devnode->vectors; i++) {
		status = nt_interrupt_connect(&(struct nt_interrupt_setup){
			.message = how->MessageServiceRoutine, .message_id = i,
			.context = how->ServiceContext, .lock = how->SpinLock, .irql = irql,
			.irq = nt_devnode_irq(devnode, i), .cpus = all_cpus(), .caller = caller,
		}, &table->MessageInfo[i].InterruptObject);
		if (!NT_SUCCESS(status)) {
			*how->ConnectionContext.InterruptMessageTable = NULL;
			disconnect_messages(table);
			return status;
		}
		table->MessageCount++;
	}
	return STATUS_SUCCESS;
}

static NTSTATUS connect_message(PIO_CONNECT_INTERRUPT_PARAMETERS parameters, unsigned long caller)
{
	const IO_CONNECT_INTERRUPT_MESSAGE_BASED_PARAMETERS *how = &parameters->MessageBased;
	struct nt_devnode *devnode;
	NTSTATUS status = find_devnode(how->PhysicalDeviceObject, &devnode);

	if (!NT_SUCCESS(status))
		return status;
	if (how->FloatingSave)
		return STATUS_INVALID_PARAMETER;
	if (devnode->msi)
		return connect_messages(devnode, how, caller);
	if (!how->FallBackServiceRoutine)
		return STATUS_NOT_FOUND;
	status = connect_service(devnode, how->FallBackServiceRoutine, how->ServiceContext,
				 how->SpinLock, how->SynchronizeIrql, caller,
				 how->ConnectionContext.InterruptObject);
	if (NT_SUCCESS(status))
		parameters->Version = CONNECT_LINE_BASED;
	return status;
}

/**
 * IoConnectInterruptEx - register an ISR for a device's interrupts
 * @Parameters: the version that is wanted and its parameters; on return Version
 *	says which it became: CONNECT_LINE_BASED when the fallback of
 *	CONNECT_MESSAGE_BASED was registered
 *
 * IRQL: PASSIVE_LEVEL. Follows "WdmlibIoConnectInterruptEx function". Returns
 * STATUS_INVALID_PARAMETER_1 for an unknown version, STATUS_INVALID_DEVICE_REQUEST
 * for CONNECT_LINE_BASED of a device with several messages, STATUS_NOT_FOUND
 * when the device has no interrupt or not this one. With CONNECT_FULLY_SPECIFIED
 * and PASSIVE_LEVEL the ISR runs in a thread, where it may sleep. Messages without
 * a spin lock of the driver's have one each.
 */
NTSTATUS IoConnectInterruptEx(PIO_CONNECT_INTERRUPT_PARAMETERS Parameters)
{
	switch (Parameters->Version) {
	case CONNECT_FULLY_SPECIFIED:
	case CONNECT_FULLY_SPECIFIED_GROUP:
		return connect_specified(&Parameters->FullySpecified, _RET_IP_);
	case CONNECT_LINE_BASED:
		return connect_line(&Parameters->LineBased, _RET_IP_);
	case CONNECT_MESSAGE_BASED:
		return connect_message(Parameters, _RET_IP_);
	}
	return STATUS_INVALID_PARAMETER_1;
}
EXPORT_SYMBOL(IoConnectInterruptEx);

/**
 * IoDisconnectInterruptEx - unregister what IoConnectInterruptEx() registered
 * @Parameters: Version as that returned it, and the connection context
 *
 * IRQL: PASSIVE_LEVEL. On return no ISR of it runs any more.
 */
void IoDisconnectInterruptEx(PIO_DISCONNECT_INTERRUPT_PARAMETERS Parameters)
{
	if (Parameters->Version == CONNECT_MESSAGE_BASED)
		disconnect_messages(Parameters->ConnectionContext.InterruptMessageTable);
	else
		nt_interrupt_disconnect(Parameters->ConnectionContext.InterruptObject);
}
EXPORT_SYMBOL(IoDisconnectInterruptEx);
