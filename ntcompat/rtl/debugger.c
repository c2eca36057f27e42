// SPDX-License-Identifier: GPL-2.0
/*
 * Breakpoints that a driver has compiled in. Windows stops in its debugger, or
 * crashes when there is none. Here kgdb is entered when somebody is connected to it;
 * else the log says so, with a stack the first time that a place is passed, and
 * the driver goes on: a forgotten breakpoint is no reason to lose a machine. The
 * parameter breakpoint_traps=1 asks for the crash.
 */
#include "../nt.h"
#include <linux/hash.h>
#include <linux/kgdb.h>
#include <linux/module.h>
#include <linux/ratelimit.h>
#include <linux/stacktrace.h>

static bool breakpoint_traps;
module_param(breakpoint_traps, bool, 0644);
MODULE_PARM_DESC(breakpoint_traps, "a driver's breakpoint is a trap, fatal without a debugger");

#define SEEN_BITS	6

/* Places that have been reported, by a hash of their address: one for several is fine. */
static DECLARE_BITMAP(seen, 1 << SEEN_BITS);

static void print_stack(void)
{
	unsigned long entries[16];
	unsigned int i, count = stack_trace_save(entries, ARRAY_SIZE(entries), 3);

	for (i = 0; i < count; i++)
		pr_warn("  %pS\n", (void *)entries[i]);
}

static noinline void breakpoint(void *where, const char *what, ULONG status)
{
#ifdef CONFIG_KGDB
	if (kgdb_connected) {
		kgdb_breakpoint();
		return;
	}
#endif
	if (!test_and_set_bit(hash_ptr(where, SEEN_BITS), seen)) {
		pr_warn("%s (status 0x%08x) at %pS, and no debugger:\n", what, status, where);
		print_stack();
	} else {
		pr_warn_ratelimited("%s (status 0x%08x) at %pS again\n", what, status, where);
	}
	if (READ_ONCE(breakpoint_traps))
		asm volatile("int3");
}

/**
 * DbgBreakPoint - stop in the debugger
 *
 * IRQL: any. Differs: without a debugger there is a message and the driver goes on,
 * unless the module parameter breakpoint_traps is set.
 */
void DbgBreakPoint(void)
{
	breakpoint(__builtin_return_address(0), "breakpoint", 0);
}
EXPORT_SYMBOL(DbgBreakPoint);

/**
 * DbgBreakPointWithStatus - stop in the debugger and tell it why
 * @Status: a number for the debugger, and for the message
 *
 * IRQL: any. See DbgBreakPoint().
 */
void DbgBreakPointWithStatus(ULONG Status)
{
	breakpoint(__builtin_return_address(0), "breakpoint", Status);
}
EXPORT_SYMBOL(DbgBreakPointWithStatus);

/**
 * DbgRaiseAssertionFailure - stop in the debugger for an assertion
 *
 * IRQL: any. See DbgBreakPoint().
 */
void DbgRaiseAssertionFailure(void)
{
	breakpoint(__builtin_return_address(0), "assertion failed", 0);
}
EXPORT_SYMBOL(DbgRaiseAssertionFailure);

/**
 * KdDisableDebugger - switch the kernel's debugger off
 *
 * IRQL: any. Returns STATUS_DEBUGGER_INACTIVE when there is none, which
 * is the rule here; kgdb, when somebody is connected to it, is not switched off:
 * STATUS_ACCESS_DENIED.
 */
NTSTATUS KdDisableDebugger(void)
{
#ifdef CONFIG_KGDB
	if (kgdb_connected)
		return STATUS_ACCESS_DENIED;
#endif
	return STATUS_DEBUGGER_INACTIVE;
}
EXPORT_SYMBOL(KdDisableDebugger);

/**
 * KdEnableDebugger - switch the kernel's debugger on again
 *
 * IRQL: any. As KdDisableDebugger().
 */
NTSTATUS KdEnableDebugger(void)
{
	return KdDisableDebugger();
}
EXPORT_SYMBOL(KdEnableDebugger);

/**
 * KdChangeOption - change how the kernel's debugger works
 * @Option: KD_OPTION_SET_BLOCK_ENABLE
 * @InBufferBytes: size of @InBuffer
 * @InBuffer: the new value
 * @OutBufferBytes: 0
 * @OutBuffer: NULL
 * @OutBufferNeeded: receives 0; or NULL
 *
 * IRQL: any. There is nothing to change: STATUS_DEBUGGER_INACTIVE.
 */
NTSTATUS KdChangeOption(KD_OPTION Option, ULONG InBufferBytes, PVOID InBuffer, ULONG OutBufferBytes,
			PVOID OutBuffer, PULONG OutBufferNeeded)
{
	if (OutBufferNeeded)
		*OutBufferNeeded = 0;
	return STATUS_DEBUGGER_INACTIVE;
}
EXPORT_SYMBOL(KdChangeOption);

/* Where the debugger's serial port is: none of ours, so that drivers leave none out. */
static PUCHAR debugger_port;
PUCHAR *KdComPortInUse = &debugger_port;
EXPORT_SYMBOL(KdComPortInUse);
