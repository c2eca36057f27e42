/* SPDX-License-Identifier: GPL-2.0 */
/* wchar.h - of the C run-time, what the kernel has */
#ifndef _NT_WCHAR_H
#define _NT_WCHAR_H

#include "ntdef.h"
#include "stdarg.h"
#include "bits/rtl.h"

#endif /* _NT_WCHAR_H */
