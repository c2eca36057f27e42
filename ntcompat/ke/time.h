/* SPDX-License-Identifier: GPL-2.0 */
/* NT time: units of 100 ns, absolute ones counted from 1 January 1601 UTC. */
#ifndef _NTCOMPAT_KE_TIME_H
#define _NTCOMPAT_KE_TIME_H

#include "../nt.h"
#include <linux/ktime.h>
#include <linux/timekeeping.h>

#define NT_UNIX_EPOCH	116444736000000000LL	/* 1 January 1970 */
#define NT_TICK_NS	1000000			/* the timer resolution that we report: 1 ms */

static inline s64 nt_system_time(void)
{
	return div_s64(ktime_get_real_ns(), 100) + NT_UNIX_EPOCH;
}

/**
 * nt_due_time - when a DueTime or Timeout is over, on the monotonic clock
 * @due: negative: from now on; else an absolute system time, translated with
 *	the clock's offset of this moment
 */
static inline ktime_t nt_due_time(LARGE_INTEGER due)
{
	s64 relative = due.QuadPart < 0 ? -max_t(s64, due.QuadPart, -S64_MAX) :
					  due.QuadPart - nt_system_time();

	if (relative <= 0)
		return ktime_get();
	if (relative > KTIME_MAX / 100 / 2)
		return KTIME_MAX / 2;
	return ktime_add_ns(ktime_get(), relative * 100);
}

#endif /* _NTCOMPAT_KE_TIME_H */
