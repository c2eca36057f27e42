/* SPDX-License-Identifier: GPL-2.0 */
/* Callback objects. */
#ifndef _NTCOMPAT_EX_CALLBACK_H
#define _NTCOMPAT_EX_CALLBACK_H

#include "../nt.h"

struct module;

/* Take back what a driver that goes away has registered. PASSIVE_LEVEL. */
void nt_callbacks_reap(const struct module *owner);

/* Permanent objects go with ntcompat. */
void nt_callback_teardown(void);

#endif /* _NTCOMPAT_EX_CALLBACK_H */
