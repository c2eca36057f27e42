/* SPDX-License-Identifier: GPL-2.0 */
/* ctype.h - of the C run-time, what the kernel has */
#ifndef _NT_CTYPE_H
#define _NT_CTYPE_H

#include "ntdef.h"
#include "bits/rtl.h"

#endif /* _NT_CTYPE_H */
