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
typedef uint16_t u16;
typedef uint32_t u32;
typedef uint64_t u64;
typedef int64_t s64;
#endif

/* What the buffers that Rtl routines allocate are tagged with: 'Strg'. */
#define NT_STRING_TAG	0x67727453

void nt_terminate_if_room(PUNICODE_STRING string);

/* The ANSI code page, a character at a time. */
WCHAR nt_ansi_to_unicode(CHAR character);
int nt_unicode_to_ansi(WCHAR unit);

#endif /* _NTCOMPAT_RTL_STRING_H */
