/* SPDX-License-Identifier: GPL-2.0 */
/* HAL: device registers. */
#ifndef _NT_HAL_H
#define _NT_HAL_H

#include "io_types.h"

EXTERN_C_START

/*
 * Device registers in memory. A volatile access of the register's width and a
 * compiler barrier, which is what the processor needs for uncached memory.
 */
#define NT_REGISTER_ACCESSORS(suffix, type)					\
NT_INLINE type READ_REGISTER_##suffix(volatile type *Register)			\
{										\
	type value = *Register;							\
	__asm__ __volatile__("" : : : "memory");				\
	return value;								\
}										\
NT_INLINE VOID WRITE_REGISTER_##suffix(volatile type *Register, type Value)	\
{										\
	__asm__ __volatile__("" : : : "memory");				\
	*Register = Value;							\
}
NT_REGISTER_ACCESSORS(UCHAR, UCHAR)
NT_REGISTER_ACCESSORS(USHORT, USHORT)
NT_REGISTER_ACCESSORS(ULONG, ULONG)
NT_REGISTER_ACCESSORS(ULONG64, ULONG64)
#undef NT_REGISTER_ACCESSORS

EXTERN_C_END

#endif /* _NT_HAL_H */
