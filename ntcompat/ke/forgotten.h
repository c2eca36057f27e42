/* SPDX-License-Identifier: GPL-2.0 */
/* Timers that are set when their memory or their driver goes. */
#ifndef _NTCOMPAT_KE_FORGOTTEN_H
#define _NTCOMPAT_KE_FORGOTTEN_H

#include "../nt.h"
#include "timer.h"

struct module;

void nt_timers_end(const void *memory, size_t bytes, const void *who);

/* Before memory of a driver's is freed or overwritten by @who. Any IRQL. */
static inline void nt_timers_forget(const void *memory, size_t bytes, const void *who)
{
	if (unlikely(nt_timers_near(memory, bytes)))
		nt_timers_end(memory, bytes, who);
}

/* Does its driver go, so that it must not be set? */
bool nt_timer_is_refused(const KTIMER *timer, PKDPC dpc);

/* Cancel a module's timers; none of them is set on return. PASSIVE_LEVEL. */
void nt_timers_reap(const struct module *owner);

#endif /* _NTCOMPAT_KE_FORGOTTEN_H */
