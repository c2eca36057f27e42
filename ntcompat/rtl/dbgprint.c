// SPDX-License-Identifier: GPL-2.0
/* The kernel debugger's output goes to the kernel log. */
#include "format.h"

#define LINE_SIZE	512	/* what DbgPrint passes on at most, as on Windows */

static const char *level_prefix(ULONG level)
{
	switch (level & ~DPFLTR_MASK) {
	case DPFLTR_ERROR_LEVEL:
		return KERN_ERR;
	case DPFLTR_WARNING_LEVEL:
		return KERN_WARNING;
	case DPFLTR_TRACE_LEVEL:
		return KERN_DEBUG;
	}
	return KERN_INFO;
}

static ULONG print(ULONG level, PCSTR format, va_list args)
{
	char line[LINE_SIZE];
	struct nt_text text = { .narrow = line, .size = sizeof(line) - 1 };
	size_t length;

	nt_format(&text, format, false, args);
	length = min(text.length, text.size);
	while (length && (line[length - 1] == '\n' || line[length - 1] == '\r'))
		length--;
	line[length] = 0;
	/* The level is the caller's, not known before. */
	_printk("%s%s\n", level_prefix(level), line);
	return 0;	/* STATUS_SUCCESS */
}

/**
 * vDbgPrintEx - print to the kernel log
 * @ComponentId: whose message it is; not filtered on
 * @Level: DPFLTR_ERROR_LEVEL … DPFLTR_INFO_LEVEL: the log level
 * @Format: NT format: long is 32 bits, %wZ, %ws, %I64x are there
 * @Args: arguments
 *
 * IRQL: any here (Windows: <= DIRQL; %wZ and %ws only at PASSIVE_LEVEL there).
 */
ULONG vDbgPrintEx(ULONG ComponentId, ULONG Level, PCSTR Format, va_list Args)
{
	return print(Level, Format, Args);
}
EXPORT_SYMBOL(vDbgPrintEx);

/**
 * DbgPrintEx - vDbgPrintEx() with its arguments in line
 * @ComponentId: whose message it is
 * @Level: log level
 * @Format: NT format
 *
 * IRQL: any here (Windows: <= DIRQL).
 */
ULONG DbgPrintEx(ULONG ComponentId, ULONG Level, PCSTR Format, ...)
{
	va_list args;
	ULONG status;

	va_start(args, Format);
	status = print(Level, Format, args);
	va_end(args);
	return status;
}
EXPORT_SYMBOL(DbgPrintEx);

/**
 * DbgPrint - print to the kernel log
 * @Format: NT format
 *
 * IRQL: any here (Windows: <= DIRQL).
 */
ULONG DbgPrint(PCSTR Format, ...)
{
	va_list args;
	ULONG status;

	va_start(args, Format);
	status = print(DPFLTR_INFO_LEVEL, Format, args);
	va_end(args);
	return status;
}
EXPORT_SYMBOL(DbgPrint);

/**
 * RtlAssert - report a failed ASSERT() of a checked build
 * @VoidFailedAssertion: its text
 * @VoidFileName: where
 * @LineNumber: where
 * @Message: more text, or NULL
 *
 * IRQL: any.
 */
void RtlAssert(PVOID VoidFailedAssertion, PVOID VoidFileName, ULONG LineNumber, PSTR Message)
{
	WARN(1, "assertion failed: %s, %s:%u%s%s\n", (char *)VoidFailedAssertion,
	     (char *)VoidFileName, LineNumber, Message ? ": " : "", Message ?: "");
}
EXPORT_SYMBOL(RtlAssert);
