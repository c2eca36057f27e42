/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _NTCOMPAT_IO_INTERRUPT_H
#define _NTCOMPAT_IO_INTERRUPT_H

#include "../nt.h"

struct module;

void nt_interrupts_revoke_irq(unsigned int irq);
void nt_interrupts_revoke_module(struct module *module);

#endif /* _NTCOMPAT_IO_INTERRUPT_H */
