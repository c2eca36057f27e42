/* SPDX-License-Identifier: GPL-2.0 */
/* MDLs that drivers lock themselves. */
#ifndef _NTCOMPAT_MM_LOCK_H
#define _NTCOMPAT_MM_LOCK_H

#include "../nt.h"

/* As MmProbeAndLockPages(), but returns what that raises. */
NTSTATUS nt_mdl_lock(PMDL mdl, KPROCESSOR_MODE mode, LOCK_OPERATION operation);

#endif /* _NTCOMPAT_MM_LOCK_H */
