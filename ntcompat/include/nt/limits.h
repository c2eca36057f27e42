/* SPDX-License-Identifier: GPL-2.0 */
/* limits.h - of the C types as Visual C has them: a long has 32 bits */
#ifndef _NT_LIMITS_H
#define _NT_LIMITS_H

#define CHAR_BIT	8
#define SCHAR_MIN	(-128)
#define SCHAR_MAX	127
#define UCHAR_MAX	0xff
#define CHAR_MIN	SCHAR_MIN
#define CHAR_MAX	SCHAR_MAX
#define SHRT_MIN	(-32768)
#define SHRT_MAX	32767
#define USHRT_MAX	0xffff
#define INT_MIN		(-2147483647 - 1)
#define INT_MAX		2147483647
#define UINT_MAX	0xffffffff
#define LONG_MIN	INT_MIN
#define LONG_MAX	INT_MAX
#define ULONG_MAX	UINT_MAX
#define LLONG_MIN	(-9223372036854775807LL - 1)
#define LLONG_MAX	9223372036854775807LL
#define ULLONG_MAX	0xffffffffffffffffULL
#define _I64_MIN	LLONG_MIN
#define _I64_MAX	LLONG_MAX
#define _UI64_MAX	ULLONG_MAX

#endif /* _NT_LIMITS_H */
