// SPDX-License-Identifier: GPL-2.0
/* Local time, checksums, stack traces, interrupts: what Linux has of its own. */
#include "string.h"
#include <linux/crc32.h>
#include <linux/irqflags.h>
#include <linux/stacktrace.h>
#include <linux/time.h>

/* The kernel's time zone is set by whoever boots: hwclock, systemd; else it is UTC. */
static LONGLONG bias(void)
{
	return sys_tz.tz_minuteswest * 60LL * 10000000;
}

/**
 * ExSystemTimeToLocalTime - UTC to the kernel's time zone
 * @SystemTime: 100 ns units since 1601, UTC
 * @LocalTime: receives local time
 *
 * IRQL: any. The kernel knows one offset from UTC, no rules for daylight saving.
 */
void ExSystemTimeToLocalTime(PLARGE_INTEGER SystemTime, PLARGE_INTEGER LocalTime)
{
	LocalTime->QuadPart = SystemTime->QuadPart - bias();
}
EXPORT_SYMBOL(ExSystemTimeToLocalTime);

/**
 * ExLocalTimeToSystemTime - the kernel's time zone to UTC
 * @LocalTime: local time
 * @SystemTime: receives 100 ns units since 1601, UTC
 *
 * IRQL: any.
 */
void ExLocalTimeToSystemTime(PLARGE_INTEGER LocalTime, PLARGE_INTEGER SystemTime)
{
	SystemTime->QuadPart = LocalTime->QuadPart + bias();
}
EXPORT_SYMBOL(ExLocalTimeToSystemTime);

/**
 * RtlComputeCrc32 - go on with a CRC-32 (IEEE 802.3)
 * @PartialCrc: of what came before, 0 at first
 * @Buffer: more bytes
 * @Length: how many
 *
 * IRQL: any.
 */
ULONG RtlComputeCrc32(ULONG PartialCrc, const VOID *Buffer, ULONG Length)
{
	return ~crc32_le(~PartialCrc, Buffer, Length);
}
EXPORT_SYMBOL(RtlComputeCrc32);

/**
 * RtlCaptureStackBackTrace - who called
 * @FramesToSkip: callers not to mention; with 0 the first is the caller of this
 * @FramesToCapture: room of @BackTrace
 * @BackTrace: receives return addresses
 * @BackTraceHash: receives their sum; may be NULL
 *
 * IRQL: any. Returns how many addresses there are.
 */
USHORT RtlCaptureStackBackTrace(ULONG FramesToSkip, ULONG FramesToCapture, PVOID *BackTrace,
				PULONG BackTraceHash)
{
	unsigned int count, i;
	ULONG hash = 0;

	BUILD_BUG_ON(sizeof(PVOID) != sizeof(unsigned long));
	count = stack_trace_save((unsigned long *)BackTrace, min_t(ULONG, FramesToCapture, 0xffff),
				 FramesToSkip + 1);
	for (i = 0; i < count; i++)
		hash += (ULONG)(unsigned long)BackTrace[i];
	if (BackTraceHash)
		*BackTraceHash = hash;
	return count;
}
EXPORT_SYMBOL(RtlCaptureStackBackTrace);

/**
 * nt__disable - Visual C's _disable(): lockdep is to hear of it
 *
 * IRQL: any.
 */
void nt__disable(void)
{
	local_irq_disable();
}
EXPORT_SYMBOL(nt__disable);

/**
 * nt__enable - Visual C's _enable()
 *
 * IRQL: any.
 */
void nt__enable(void)
{
	local_irq_enable();
}
EXPORT_SYMBOL(nt__enable);
