/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _NTCOMPAT_KE_TIMER_H
#define _NTCOMPAT_KE_TIMER_H

#include "../nt.h"

/* May there be one in this memory that is set? Rarely when there is none. */
bool nt_timers_near(const void *memory, size_t bytes);

/* Cancel those that @match says; how many there were. Any IRQL. */
unsigned int nt_timers_cancel(bool (*match)(const KTIMER *timer, const void *data), const void *data);

void nt_timer_setup(void);
void nt_timer_teardown(void);

#endif /* _NTCOMPAT_KE_TIMER_H */
