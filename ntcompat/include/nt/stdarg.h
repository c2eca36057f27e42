/* SPDX-License-Identifier: GPL-2.0 */
/* stdarg.h - the arguments of routines like DbgPrint */
#ifndef _NT_STDARG_H
#define _NT_STDARG_H

#ifndef va_start
typedef __builtin_va_list va_list;
#define va_start(args, last)	__builtin_va_start(args, last)
#define va_arg(args, type)	__builtin_va_arg(args, type)
#define va_end(args)		__builtin_va_end(args)
#define va_copy(to, from)	__builtin_va_copy(to, from)
#endif

#endif /* _NT_STDARG_H */
