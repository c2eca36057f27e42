/* SPDX-License-Identifier: GPL-2.0 */
/*
 * ntintsafe.h - arithmetic and conversions that tell of an overflow
 *
 * Each returns STATUS_SUCCESS, or STATUS_INTEGER_OVERFLOW with all bits of the result
 * set, the documented error value of each type.
 */
#ifndef _NTINTSAFE_H_INCLUDED_
#define _NTINTSAFE_H_INCLUDED_

#include "ntdef.h"
#include "ntstatus.h"

#define NT_INTSAFE			static inline __attribute__((__unused__))

#define NT_INTSAFE_OPERATION(name, type, operation)					\
NT_INTSAFE NTSTATUS name(type a, type b, type *result)					\
{											\
	if (!__builtin_##operation##_overflow(a, b, result))				\
		return STATUS_SUCCESS;							\
	*result = (type)~(type)0;							\
	return STATUS_INTEGER_OVERFLOW;							\
}

#define NT_INTSAFE_CONVERSION(name, from, to)						\
NT_INTSAFE NTSTATUS name(from operand, to *result)					\
{											\
	if (!__builtin_add_overflow(operand, 0, result))				\
		return STATUS_SUCCESS;							\
	*result = (to)~(to)0;								\
	return STATUS_INTEGER_OVERFLOW;							\
}

/* DO(argument, name, type) for each type, by the names that the WDK gives them. */
#define NT_INTSAFE_TYPES(DO, argument)		\
	DO(argument, Int8, signed char)		\
	DO(argument, UInt8, UCHAR)		\
	DO(argument, UChar, UCHAR)		\
	DO(argument, Byte, UCHAR)		\
	DO(argument, Short, SHORT)		\
	DO(argument, Int16, SHORT)		\
	DO(argument, UShort, USHORT)		\
	DO(argument, UInt16, USHORT)		\
	DO(argument, Word, USHORT)		\
	DO(argument, Int, INT)			\
	DO(argument, Int32, INT)		\
	DO(argument, UInt, UINT)		\
	DO(argument, UInt32, UINT)		\
	DO(argument, Long, LONG)		\
	DO(argument, ULong, ULONG)		\
	DO(argument, DWord, ULONG)		\
	DO(argument, IntPtr, LONG_PTR)		\
	DO(argument, UIntPtr, ULONG_PTR)	\
	DO(argument, LongPtr, LONG_PTR)		\
	DO(argument, ULongPtr, ULONG_PTR)	\
	DO(argument, DWordPtr, ULONG_PTR)	\
	DO(argument, LongLong, LONGLONG)	\
	DO(argument, Int64, LONGLONG)		\
	DO(argument, ULongLong, ULONGLONG)	\
	DO(argument, UInt64, ULONGLONG)		\
	DO(argument, DWordLong, ULONGLONG)	\
	DO(argument, PtrdiffT, LONG_PTR)	\
	DO(argument, SizeT, SIZE_T)		\
	DO(argument, SIZET, SIZE_T)		\
	DO(argument, SSIZET, SSIZE_T)

#define NT_INTSAFE_ARITHMETIC(unused, name, type)		\
	NT_INTSAFE_OPERATION(Rtl##name##Add, type, add)		\
	NT_INTSAFE_OPERATION(Rtl##name##Sub, type, sub)		\
	NT_INTSAFE_OPERATION(Rtl##name##Mult, type, mul)

NT_INTSAFE_TYPES(NT_INTSAFE_ARITHMETIC, )

/* The same types, and char: a macro does not expand within itself. */
#define NT_INTSAFE_TARGETS(DO, source, from)	\
	DO(source, from, Char, CHAR)		\
	DO(source, from, Int8, signed char)	\
	DO(source, from, UInt8, UCHAR)		\
	DO(source, from, UChar, UCHAR)		\
	DO(source, from, Byte, UCHAR)		\
	DO(source, from, Short, SHORT)		\
	DO(source, from, Int16, SHORT)		\
	DO(source, from, UShort, USHORT)	\
	DO(source, from, UInt16, USHORT)	\
	DO(source, from, Word, USHORT)		\
	DO(source, from, Int, INT)		\
	DO(source, from, Int32, INT)		\
	DO(source, from, UInt, UINT)		\
	DO(source, from, UInt32, UINT)		\
	DO(source, from, Long, LONG)		\
	DO(source, from, ULong, ULONG)		\
	DO(source, from, DWord, ULONG)		\
	DO(source, from, IntPtr, LONG_PTR)	\
	DO(source, from, UIntPtr, ULONG_PTR)	\
	DO(source, from, LongPtr, LONG_PTR)	\
	DO(source, from, ULongPtr, ULONG_PTR)	\
	DO(source, from, DWordPtr, ULONG_PTR)	\
	DO(source, from, LongLong, LONGLONG)	\
	DO(source, from, Int64, LONGLONG)	\
	DO(source, from, ULongLong, ULONGLONG)	\
	DO(source, from, UInt64, ULONGLONG)	\
	DO(source, from, DWordLong, ULONGLONG)	\
	DO(source, from, PtrdiffT, LONG_PTR)	\
	DO(source, from, SizeT, SIZE_T)		\
	DO(source, from, SIZET, SIZE_T)		\
	DO(source, from, SSIZET, SSIZE_T)

#define NT_INTSAFE_TO(source, from, name, type) \
	NT_INTSAFE_CONVERSION(Rtl##source##To##name, from, type)
#define NT_INTSAFE_FROM(unused, name, type)	NT_INTSAFE_TARGETS(NT_INTSAFE_TO, name, type)

NT_INTSAFE_TYPES(NT_INTSAFE_FROM, )

#endif /* _NTINTSAFE_H_INCLUDED_ */
