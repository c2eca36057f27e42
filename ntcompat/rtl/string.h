/* SPDX-License-Identifier: GPL-2.0 */
/* The seam that lets rtl/ be compiled into the module and into host tests. */
#ifndef _NTCOMPAT_RTL_STRING_H
#define _NTCOMPAT_RTL_STRING_H

#ifdef __KERNEL__
#include "../nt.h"
#else
#include <limits.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#define NTCOMPAT_CORE
#include "../include/nt/ntddk.h"
#define EXPORT_SYMBOL(name)
#define ARRAY_SIZE(a)	(sizeof(a) / sizeof((a)[0]))
typedef uint8_t u8;
typedef uint32_t u32;
typedef uint64_t u64;
typedef int64_t s64;
#endif

#endif /* _NTCOMPAT_RTL_STRING_H */
