/* SPDX-License-Identifier: GPL-2.0 */
/* The executive's timers. */
#ifndef _NTCOMPAT_EX_TIMER_H
#define _NTCOMPAT_EX_TIMER_H

#include "../nt.h"

struct module;

void nt_ex_timers_reap(const struct module *owner);

#endif /* _NTCOMPAT_EX_TIMER_H */
