// SPDX-License-Identifier: GPL-2.0
/*
 * Bug checks. One is a panic of Linux, or, with the module parameter bugcheck=oops, the
 * end of the thread that asked for it, so that the machine lives on for a look around.
 *
 * The callbacks that drivers registered are called at each panic, whoever caused it.
 */
#include "bugcheck.h"
#include "irql.h"
#include "../gate.h"
#include <linux/module.h>
#include <linux/panic_notifier.h>

static char *bugcheck = "panic";
module_param(bugcheck, charp, 0644);
MODULE_PARM_DESC(bugcheck, "what a bug check is: panic, or oops, which ends only the thread");

/* KBUGCHECK_CALLBACK_RECORD and KBUGCHECK_REASON_CALLBACK_RECORD. */
static LIST_ENTRY callbacks = { &callbacks, &callbacks };
static LIST_ENTRY reason_callbacks = { &reason_callbacks, &reason_callbacks };
static DEFINE_RAW_SPINLOCK(callbacks_lock);

ULONG_PTR KiBugCheckData[5];
EXPORT_SYMBOL(KiBugCheckData);

static void __noreturn stop(const ULONG_PTR *data, void *caller)
{
	memcpy(KiBugCheckData, data, sizeof(KiBugCheckData));
	pr_emerg("*** STOP: 0x%08llx (0x%016llx, 0x%016llx, 0x%016llx, 0x%016llx) by %pS\n",
		 data[0], data[1], data[2], data[3], data[4], caller);
	if (!strcmp(bugcheck, "oops") && in_task())
		BUG();
	panic("ntcompat: bug check 0x%08llx", data[0]);
}

/**
 * KeBugCheckEx - stop the system
 * @BugCheckCode: why
 * @BugCheckParameter1: what that means depends on the code
 * @BugCheckParameter2: likewise
 * @BugCheckParameter3: likewise
 * @BugCheckParameter4: likewise
 *
 * IRQL: any. Does not return.
 */
void __noreturn KeBugCheckEx(ULONG BugCheckCode, ULONG_PTR BugCheckParameter1,
			     ULONG_PTR BugCheckParameter2, ULONG_PTR BugCheckParameter3,
			     ULONG_PTR BugCheckParameter4)
{
	const ULONG_PTR data[] = { BugCheckCode, BugCheckParameter1, BugCheckParameter2,
				   BugCheckParameter3, BugCheckParameter4 };

	stop(data, __builtin_return_address(0));
}
EXPORT_SYMBOL(KeBugCheckEx);

/**
 * KeBugCheck - stop the system
 * @BugCheckCode: why
 *
 * IRQL: any. Does not return.
 */
void __noreturn KeBugCheck(ULONG BugCheckCode)
{
	const ULONG_PTR data[] = { BugCheckCode, 0, 0, 0, 0 };

	stop(data, __builtin_return_address(0));
}
EXPORT_SYMBOL(KeBugCheck);

static BOOLEAN insert(PLIST_ENTRY head, PLIST_ENTRY entry, UCHAR *state)
{
	unsigned long flags;
	bool inserted;

	raw_spin_lock_irqsave(&callbacks_lock, flags);
	inserted = *state == BufferEmpty;
	if (inserted) {
		*state = BufferInserted;
		InsertTailList(head, entry);
	}
	raw_spin_unlock_irqrestore(&callbacks_lock, flags);
	return inserted;
}

static BOOLEAN remove(PLIST_ENTRY entry, UCHAR *state)
{
	unsigned long flags;
	bool removed;

	raw_spin_lock_irqsave(&callbacks_lock, flags);
	removed = *state == BufferInserted;
	if (removed) {
		*state = BufferEmpty;
		RemoveEntryList(entry);
	}
	raw_spin_unlock_irqrestore(&callbacks_lock, flags);
	return removed;
}

/**
 * KeRegisterBugCheckCallback - call a routine when the system stops
 * @CallbackRecord: resident storage, prepared by KeInitializeCallbackRecord()
 * @CallbackRoutine: called with interrupts off and other processors stopped
 * @Buffer: its argument, for what it wants to leave behind
 * @Length: of @Buffer
 * @Component: whose it is
 *
 * IRQL: any. Returns FALSE when the record is registered already.
 */
BOOLEAN KeRegisterBugCheckCallback(PKBUGCHECK_CALLBACK_RECORD CallbackRecord,
				   PKBUGCHECK_CALLBACK_ROUTINE CallbackRoutine, PVOID Buffer,
				   ULONG Length, PUCHAR Component)
{
	if (CallbackRecord->State != BufferEmpty)
		return FALSE;
	CallbackRecord->CallbackRoutine = CallbackRoutine;
	CallbackRecord->Buffer = Buffer;
	CallbackRecord->Length = Length;
	CallbackRecord->Component = Component;
	return insert(&callbacks, &CallbackRecord->Entry, &CallbackRecord->State);
}
EXPORT_SYMBOL(KeRegisterBugCheckCallback);

/**
 * KeDeregisterBugCheckCallback - take that back
 * @CallbackRecord: a registered record
 *
 * IRQL: any. Returns FALSE when it is not registered.
 */
BOOLEAN KeDeregisterBugCheckCallback(PKBUGCHECK_CALLBACK_RECORD CallbackRecord)
{
	return remove(&CallbackRecord->Entry, &CallbackRecord->State);
}
EXPORT_SYMBOL(KeDeregisterBugCheckCallback);

/**
 * KeRegisterBugCheckReasonCallback - call a routine when a crash dump is written
 * @CallbackRecord: resident storage, prepared by KeInitializeCallbackRecord()
 * @CallbackRoutine: called like a KeRegisterBugCheckCallback() one
 * @Reason: KbCallbackSecondaryDumpData: what it gives is logged in hexadecimal, since no
 *	dump is written. Others are refused
 * @Component: whose it is
 *
 * IRQL: any. Returns FALSE when it was refused, or the record is registered already.
 */
BOOLEAN KeRegisterBugCheckReasonCallback(PKBUGCHECK_REASON_CALLBACK_RECORD CallbackRecord,
					 PKBUGCHECK_REASON_CALLBACK_ROUTINE CallbackRoutine,
					 KBUGCHECK_CALLBACK_REASON Reason, PUCHAR Component)
{
	if (Reason != KbCallbackSecondaryDumpData || CallbackRecord->State != BufferEmpty)
		return FALSE;
	CallbackRecord->CallbackRoutine = CallbackRoutine;
	CallbackRecord->Component = Component;
	CallbackRecord->Reason = Reason;
	return insert(&reason_callbacks, &CallbackRecord->Entry, &CallbackRecord->State);
}
EXPORT_SYMBOL(KeRegisterBugCheckReasonCallback);

/**
 * KeDeregisterBugCheckReasonCallback - take that back
 * @CallbackRecord: a registered record
 *
 * IRQL: any. Returns FALSE when it is not registered.
 */
BOOLEAN KeDeregisterBugCheckReasonCallback(PKBUGCHECK_REASON_CALLBACK_RECORD CallbackRecord)
{
	return remove(&CallbackRecord->Entry, &CallbackRecord->State);
}
EXPORT_SYMBOL(KeDeregisterBugCheckReasonCallback);

static void show(const char *component, const void *data, size_t length)
{
	pr_emerg("bug check callback of %s:\n", component ?: "a driver");
	print_hex_dump(KERN_EMERG, "ntcompat: ", DUMP_PREFIX_OFFSET, 16, 1, data, length, true);
}

static void call_plain(PKBUGCHECK_CALLBACK_RECORD record)
{
	record->State = BufferStarted;
	nt_call_bugcheck(record->CallbackRoutine, record->Buffer, record->Length);
	record->State = BufferFinished;
	if (record->Buffer)
		show(record->Component, record->Buffer, record->Length);
}

static void call_reason(PKBUGCHECK_REASON_CALLBACK_RECORD record)
{
	static u8 buffer[PAGE_SIZE];
	KBUGCHECK_SECONDARY_DUMP_DATA data = {
		.InBuffer = buffer,
		.InBufferLength = sizeof(buffer),
		.MaximumAllowed = sizeof(buffer),
	};

	record->State = BufferStarted;
	nt_call_bugcheck_reason(record->CallbackRoutine, record->Reason, record, &data,
				sizeof(data));
	record->State = BufferFinished;
	if (data.OutBuffer && data.OutBufferLength <= sizeof(buffer))
		show(record->Component, data.OutBuffer, data.OutBufferLength);
}

/* Nothing else runs any more: no lock, which its holder could not release. */
static int on_panic(struct notifier_block *block, unsigned long event, void *text)
{
	u8 old = nt_irql_enter_isr(HIGH_LEVEL);
	PLIST_ENTRY entry;

	for (entry = callbacks.Flink; entry != &callbacks; entry = entry->Flink)
		call_plain(CONTAINING_RECORD(entry, KBUGCHECK_CALLBACK_RECORD, Entry));
	for (entry = reason_callbacks.Flink; entry != &reason_callbacks; entry = entry->Flink)
		call_reason(CONTAINING_RECORD(entry, KBUGCHECK_REASON_CALLBACK_RECORD, Entry));
	nt_irql_leave_isr(old);
	return NOTIFY_DONE;
}

static struct notifier_block block = {
	.notifier_call = on_panic,
};

int __init nt_bugcheck_setup(void)
{
	return atomic_notifier_chain_register(&panic_notifier_list, &block);
}

void nt_bugcheck_teardown(void)
{
	atomic_notifier_chain_unregister(&panic_notifier_list, &block);
}

static bool is_of(const void *routine, const struct module *module)
{
	return within_module((unsigned long)routine, module);
}

/**
 * nt_bugcheck_reap - take back what a driver forgot
 * @module: the driver, whose code is going
 */
void nt_bugcheck_reap(struct module *module)
{
	PLIST_ENTRY entry, next;

	for (entry = callbacks.Flink; entry != &callbacks; entry = next) {
		PKBUGCHECK_CALLBACK_RECORD record = CONTAINING_RECORD(entry,
								      KBUGCHECK_CALLBACK_RECORD,
								      Entry);

		next = entry->Flink;
		if (is_of(record->CallbackRoutine, module)) {
			pr_err("%s left a bug check callback behind\n", module_name(module));
			KeDeregisterBugCheckCallback(record);
		}
	}
	for (entry = reason_callbacks.Flink; entry != &reason_callbacks; entry = next) {
		PKBUGCHECK_REASON_CALLBACK_RECORD record =
			CONTAINING_RECORD(entry, KBUGCHECK_REASON_CALLBACK_RECORD, Entry);

		next = entry->Flink;
		if (is_of(record->CallbackRoutine, module)) {
			pr_err("%s left a bug check callback behind\n", module_name(module));
			KeDeregisterBugCheckReasonCallback(record);
		}
	}
}
