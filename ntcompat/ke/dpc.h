/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _NTCOMPAT_KE_DPC_H
#define _NTCOMPAT_KE_DPC_H

#include "../nt.h"

void nt_dpc_setup(void);
void nt_dpc_teardown(void);

#endif /* _NTCOMPAT_KE_DPC_H */
