/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _NTCOMPAT_KE_TIMER_H
#define _NTCOMPAT_KE_TIMER_H

#include "../nt.h"

void nt_timer_setup(void);
void nt_timer_teardown(void);

#endif /* _NTCOMPAT_KE_TIMER_H */
