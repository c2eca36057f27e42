/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Ports, and runs of ports or registers.
 *
 * As on Windows x64 all of this is inline. The processor finishes an access to a
 * port before it begins the next instruction, so a compiler barrier orders it.
 */
#ifndef _NT_HAL_PORT_H
#define _NT_HAL_PORT_H

#include "../ntdef.h"
#include "hal.h"

EXTERN_C_START

/* The port's number travels as a pointer. */
#define NT_PORT_ACCESSORS(suffix, type, letter, reg)				\
NT_INLINE type READ_PORT_##suffix(volatile type *Port)				\
{										\
	type value;								\
	__asm__ __volatile__("in" letter " %w1, %" reg "0"			\
			     : "=a" (value) : "Nd" ((USHORT)(ULONG_PTR)Port) : "memory"); \
	return value;								\
}										\
NT_INLINE VOID WRITE_PORT_##suffix(volatile type *Port, type Value)		\
{										\
	__asm__ __volatile__("out" letter " %" reg "0, %w1"			\
			     : : "a" (Value), "Nd" ((USHORT)(ULONG_PTR)Port) : "memory"); \
}										\
NT_INLINE VOID READ_PORT_BUFFER_##suffix(volatile type *Port, type *Buffer, ULONG Count) \
{										\
	ULONG_PTR count = Count;						\
	__asm__ __volatile__("rep; ins" letter				\
			     : "+D" (Buffer), "+c" (count)			\
			     : "d" ((USHORT)(ULONG_PTR)Port) : "memory");	\
}										\
NT_INLINE VOID WRITE_PORT_BUFFER_##suffix(volatile type *Port, type *Buffer, ULONG Count) \
{										\
	ULONG_PTR count = Count;						\
	__asm__ __volatile__("rep; outs" letter				\
			     : "+S" (Buffer), "+c" (count)			\
			     : "d" ((USHORT)(ULONG_PTR)Port) : "memory");	\
}
NT_PORT_ACCESSORS(UCHAR, UCHAR, "b", "b")
NT_PORT_ACCESSORS(USHORT, USHORT, "w", "w")
NT_PORT_ACCESSORS(ULONG, ULONG, "l", "k")
#undef NT_PORT_ACCESSORS

/* One register after the other, each with an access of its own width. */
#define NT_REGISTER_BUFFERS(suffix, type)					\
NT_INLINE VOID READ_REGISTER_BUFFER_##suffix(volatile type *Register, type *Buffer, ULONG Count) \
{										\
	while (Count--)								\
		*Buffer++ = READ_REGISTER_##suffix(Register++);			\
}										\
NT_INLINE VOID WRITE_REGISTER_BUFFER_##suffix(volatile type *Register, type *Buffer, ULONG Count) \
{										\
	while (Count--)								\
		WRITE_REGISTER_##suffix(Register++, *Buffer++);			\
}
NT_REGISTER_BUFFERS(UCHAR, UCHAR)
NT_REGISTER_BUFFERS(USHORT, USHORT)
NT_REGISTER_BUFFERS(ULONG, ULONG)
NT_REGISTER_BUFFERS(ULONG64, ULONG64)
#undef NT_REGISTER_BUFFERS

EXTERN_C_END

#endif /* _NT_HAL_PORT_H */
