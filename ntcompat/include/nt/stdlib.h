/* SPDX-License-Identifier: GPL-2.0 */
/* stdlib.h - of the C run-time, what the kernel has */
#ifndef _NT_STDLIB_H
#define _NT_STDLIB_H

#include "ntdef.h"
#include "bits/rtl.h"

#endif /* _NT_STDLIB_H */
