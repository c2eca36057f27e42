// SPDX-License-Identifier: GPL-2.0
/* Clocks. */
#include "time.h"
#include <linux/delay.h>
#include <linux/smp.h>

/**
 * KeQuerySystemTime - the time of day
 * @CurrentTime: receives 100 ns units since 1601, UTC
 *
 * IRQL: any.
 */
void KeQuerySystemTime(PLARGE_INTEGER CurrentTime)
{
	CurrentTime->QuadPart = nt_system_time();
}
EXPORT_SYMBOL(KeQuerySystemTime);

/**
 * KeQueryInterruptTime - 100 ns units since the system started
 *
 * IRQL: any. Time spent asleep counts, as on Windows.
 */
ULONGLONG KeQueryInterruptTime(void)
{
	return div_u64(ktime_get_boottime_ns(), 100);
}
EXPORT_SYMBOL(KeQueryInterruptTime);

/**
 * KeQueryTimeIncrement - 100 ns units in a tick
 *
 * IRQL: any.
 */
ULONG KeQueryTimeIncrement(void)
{
	return NT_TICK_NS / 100;
}
EXPORT_SYMBOL(KeQueryTimeIncrement);

/**
 * KeQueryTickCount - ticks of KeQueryTimeIncrement() since the system started
 * @TickCount: receives the count
 *
 * IRQL: any.
 */
void KeQueryTickCount(PLARGE_INTEGER TickCount)
{
	TickCount->QuadPart = div_u64(ktime_get_boottime_ns(), NT_TICK_NS);
}
EXPORT_SYMBOL(KeQueryTickCount);

/**
 * KeQueryPerformanceCounter - a fine clock
 * @PerformanceFrequency: receives its ticks a second (10^9); may be NULL
 *
 * IRQL: any.
 */
LARGE_INTEGER KeQueryPerformanceCounter(PLARGE_INTEGER PerformanceFrequency)
{
	LARGE_INTEGER now = { .QuadPart = ktime_get_ns() };

	if (PerformanceFrequency)
		PerformanceFrequency->QuadPart = NSEC_PER_SEC;
	return now;
}
EXPORT_SYMBOL(KeQueryPerformanceCounter);

/**
 * KeStallExecutionProcessor - busy-wait
 * @MicroSeconds: how long; more than 50 is bad manners
 *
 * IRQL: any.
 */
void KeStallExecutionProcessor(ULONG MicroSeconds)
{
	while (MicroSeconds > 1000) {
		udelay(1000);
		MicroSeconds -= 1000;
	}
	udelay(MicroSeconds);
}
EXPORT_SYMBOL(KeStallExecutionProcessor);

/**
 * KeGetCurrentProcessorNumber - the CPU that the caller runs on
 *
 * IRQL: any; below DISPATCH_LEVEL the answer may be stale at once.
 */
ULONG KeGetCurrentProcessorNumber(void)
{
	return raw_smp_processor_id();
}
EXPORT_SYMBOL(KeGetCurrentProcessorNumber);
