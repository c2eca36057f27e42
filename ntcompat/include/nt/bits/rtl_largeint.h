/* SPDX-License-Identifier: GPL-2.0 */
/* 64-bit arithmetic from the time before compilers had it, all inline as in the WDK. */
#ifndef _NT_RTL_LARGEINT_H
#define _NT_RTL_LARGEINT_H

#include "../ntdef.h"

EXTERN_C_START

NT_INLINE LARGE_INTEGER nt_large(LONGLONG value)
{
	LARGE_INTEGER large;

	large.QuadPart = value;
	return large;
}

NT_INLINE LARGE_INTEGER RtlConvertLongToLargeInteger(LONG SignedInteger)
{
	return nt_large(SignedInteger);
}

NT_INLINE LARGE_INTEGER RtlConvertUlongToLargeInteger(ULONG UnsignedInteger)
{
	return nt_large(UnsignedInteger);
}

NT_INLINE LARGE_INTEGER RtlLargeIntegerAdd(LARGE_INTEGER Addend1, LARGE_INTEGER Addend2)
{
	return nt_large((LONGLONG)((ULONGLONG)Addend1.QuadPart + (ULONGLONG)Addend2.QuadPart));
}

NT_INLINE LARGE_INTEGER RtlLargeIntegerSubtract(LARGE_INTEGER Minuend, LARGE_INTEGER Subtrahend)
{
	return nt_large((LONGLONG)((ULONGLONG)Minuend.QuadPart - (ULONGLONG)Subtrahend.QuadPart));
}

NT_INLINE LARGE_INTEGER RtlLargeIntegerNegate(LARGE_INTEGER Subtrahend)
{
	return nt_large((LONGLONG)(0 - (ULONGLONG)Subtrahend.QuadPart));
}

/* The processor shifts by the count modulo 64. */
NT_INLINE LARGE_INTEGER RtlLargeIntegerShiftLeft(LARGE_INTEGER LargeInteger, CCHAR ShiftCount)
{
	return nt_large((LONGLONG)((ULONGLONG)LargeInteger.QuadPart << (ShiftCount & 63)));
}

NT_INLINE LARGE_INTEGER RtlLargeIntegerShiftRight(LARGE_INTEGER LargeInteger, CCHAR ShiftCount)
{
	return nt_large((LONGLONG)((ULONGLONG)LargeInteger.QuadPart >> (ShiftCount & 63)));
}

NT_INLINE LARGE_INTEGER RtlLargeIntegerArithmeticShift(LARGE_INTEGER LargeInteger, CCHAR ShiftCount)
{
	return nt_large(LargeInteger.QuadPart >> (ShiftCount & 63));
}

NT_INLINE LARGE_INTEGER RtlEnlargedIntegerMultiply(LONG Multiplicand, LONG Multiplier)
{
	return nt_large((LONGLONG)Multiplicand * Multiplier);
}

NT_INLINE LARGE_INTEGER RtlEnlargedUnsignedMultiply(ULONG Multiplicand, ULONG Multiplier)
{
	return nt_large((LONGLONG)((ULONGLONG)Multiplicand * Multiplier));
}

NT_INLINE ULONG RtlEnlargedUnsignedDivide(ULARGE_INTEGER Dividend, ULONG Divisor, PULONG Remainder)
{
	if (Remainder)
		*Remainder = (ULONG)(Dividend.QuadPart % Divisor);
	return (ULONG)(Dividend.QuadPart / Divisor);
}

NT_INLINE LARGE_INTEGER RtlExtendedIntegerMultiply(LARGE_INTEGER Multiplicand, LONG Multiplier)
{
	return nt_large((LONGLONG)((ULONGLONG)Multiplicand.QuadPart * (ULONGLONG)(LONGLONG)Multiplier));
}

NT_INLINE LARGE_INTEGER RtlExtendedLargeIntegerDivide(LARGE_INTEGER Dividend, ULONG Divisor,
						      PULONG Remainder)
{
	if (Remainder)
		*Remainder = (ULONG)((ULONGLONG)Dividend.QuadPart % Divisor);
	return nt_large((LONGLONG)((ULONGLONG)Dividend.QuadPart / Divisor));
}

NT_INLINE LARGE_INTEGER RtlLargeIntegerDivide(LARGE_INTEGER Dividend, LARGE_INTEGER Divisor,
					      PLARGE_INTEGER Remainder)
{
	if (Remainder)
		*Remainder = nt_large(Dividend.QuadPart % Divisor.QuadPart);
	return nt_large(Dividend.QuadPart / Divisor.QuadPart);
}

/*
 * Division by multiplication with the fraction's first 64 bits: the high half of the
 * product, shifted on; the sign is the dividend's.
 */
NT_INLINE LARGE_INTEGER RtlExtendedMagicDivide(LARGE_INTEGER Dividend, LARGE_INTEGER MagicDivisor,
					       CCHAR ShiftCount)
{
	ULONGLONG size = (ULONGLONG)Dividend.QuadPart;

	if (Dividend.QuadPart < 0)
		size = 0 - size;
	size = (ULONGLONG)(((unsigned __int128)size * (ULONGLONG)MagicDivisor.QuadPart) >> 64);
	size >>= ShiftCount & 63;
	return nt_large((LONGLONG)(Dividend.QuadPart < 0 ? 0 - size : size));
}

#define RtlLargeIntegerAnd(Result, Source, Mask) \
	((Result).QuadPart = (Source).QuadPart & (Mask).QuadPart)
#define RtlLargeIntegerGreaterThan(X, Y)		((X).QuadPart > (Y).QuadPart)
#define RtlLargeIntegerGreaterThanOrEqualTo(X, Y)	((X).QuadPart >= (Y).QuadPart)
#define RtlLargeIntegerLessThan(X, Y)			((X).QuadPart < (Y).QuadPart)
#define RtlLargeIntegerLessThanOrEqualTo(X, Y)		((X).QuadPart <= (Y).QuadPart)
#define RtlLargeIntegerEqualTo(X, Y)			((X).QuadPart == (Y).QuadPart)
#define RtlLargeIntegerNotEqualTo(X, Y)			((X).QuadPart != (Y).QuadPart)
#define RtlLargeIntegerEqualToZero(X)			((X).QuadPart == 0)
#define RtlLargeIntegerNotEqualToZero(X)		((X).QuadPart != 0)
#define RtlLargeIntegerGreaterThanZero(X)		((X).QuadPart > 0)
#define RtlLargeIntegerGreaterOrEqualToZero(X)		((X).QuadPart >= 0)
#define RtlLargeIntegerLessThanZero(X)			((X).QuadPart < 0)
#define RtlLargeIntegerLessOrEqualToZero(X)		((X).QuadPart <= 0)

#define RtlOffsetToPointer(Base, Offset)	((PCHAR)(((PCHAR)(Base)) + ((ULONG_PTR)(Offset))))
#define RtlPointerToOffset(Base, Pointer)	((ULONG)(((PCHAR)(Pointer)) - ((PCHAR)(Base))))

EXTERN_C_END

#endif /* _NT_RTL_LARGEINT_H */
