/* SPDX-License-Identifier: GPL-2.0 */
/* stdio.h - of the C run-time, what the kernel has: formatting into buffers */
#ifndef _NT_STDIO_H
#define _NT_STDIO_H

#include "ntdef.h"
#include "stdarg.h"
#include "bits/rtl.h"

#endif /* _NT_STDIO_H */
