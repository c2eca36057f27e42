/* SPDX-License-Identifier: GPL-2.0 */
/* What the Rtl routines for the registry have in common. */
#ifndef _NTCOMPAT_CM_RTLREG_H
#define _NTCOMPAT_CM_RTLREG_H

#include "key.h"

NTSTATUS nt_rtl_key(ULONG relative_to, PCWSTR path, ACCESS_MASK access, bool create,
		    struct nt_key **key);

#endif /* _NTCOMPAT_CM_RTLREG_H */
