/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _NTCOMPAT_KE_BUGCHECK_H
#define _NTCOMPAT_KE_BUGCHECK_H

#include "../nt.h"

struct module;

int nt_bugcheck_setup(void);
void nt_bugcheck_teardown(void);
void nt_bugcheck_reap(struct module *module);

#endif /* _NTCOMPAT_KE_BUGCHECK_H */
