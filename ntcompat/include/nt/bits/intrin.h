/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What Visual C knows by itself, and the macros over it. All barriers are full ones,
 * but for those whose name says less.
 */
#ifndef _NT_INTRIN_H
#define _NT_INTRIN_H

#include "../ntdef.h"
#include "ex.h"

EXTERN_C_START

VOID nt__disable(VOID);
VOID nt__enable(VOID);

#ifndef NTCOMPAT_CORE
#define _disable()		nt__disable()
#define _enable()		nt__enable()

#define YieldProcessor()	__builtin_ia32_pause()
#define _mm_pause()		__builtin_ia32_pause()
#define __nop()			__asm__ __volatile__("nop")
#define MemoryBarrier()		__atomic_thread_fence(__ATOMIC_SEQ_CST)
#define KeMemoryBarrier()	MemoryBarrier()
#define KeMemoryBarrierWithoutFence()	__asm__ __volatile__("" : : : "memory")
#define _ReadWriteBarrier()	KeMemoryBarrierWithoutFence()
#define _ReadBarrier()		KeMemoryBarrierWithoutFence()
#define _WriteBarrier()		KeMemoryBarrierWithoutFence()
#define __rdtsc()		__builtin_ia32_rdtsc()
#define ReadTimeStampCounter()	__rdtsc()
#define __debugbreak()		DbgBreakPoint()

#define _byteswap_ushort(v)	__builtin_bswap16(v)
#define _byteswap_ulong(v)	__builtin_bswap32(v)
#define _byteswap_uint64(v)	__builtin_bswap64(v)
#define RtlUshortByteSwap(v)	__builtin_bswap16(v)
#define RtlUlongByteSwap(v)	__builtin_bswap32(v)
#define RtlUlonglongByteSwap(v)	__builtin_bswap64(v)

NT_INLINE UINT nt__rotl(UINT value, int shift)
{
	return value << (shift & 31) | value >> (-shift & 31);
}

NT_INLINE UINT nt__rotr(UINT value, int shift)
{
	return value >> (shift & 31) | value << (-shift & 31);
}

#define _rotl			nt__rotl
#define _rotr			nt__rotr

/* The number of the lowest or highest bit; FALSE, and no number, when there is none. */
NT_INLINE UCHAR nt__BitScanForward(ULONG *index, ULONG mask)
{
	if (mask)
		*index = (ULONG)__builtin_ctz(mask);
	return mask != 0;
}

NT_INLINE UCHAR nt__BitScanReverse(ULONG *index, ULONG mask)
{
	if (mask)
		*index = 31 - (ULONG)__builtin_clz(mask);
	return mask != 0;
}

NT_INLINE UCHAR nt__BitScanForward64(ULONG *index, ULONG64 mask)
{
	if (mask)
		*index = (ULONG)__builtin_ctzll(mask);
	return mask != 0;
}

NT_INLINE UCHAR nt__BitScanReverse64(ULONG *index, ULONG64 mask)
{
	if (mask)
		*index = 63 - (ULONG)__builtin_clzll(mask);
	return mask != 0;
}

#define _BitScanForward		nt__BitScanForward
#define _BitScanReverse		nt__BitScanReverse
#define _BitScanForward64	nt__BitScanForward64
#define _BitScanReverse64	nt__BitScanReverse64
#define BitScanForward(index, mask)	nt__BitScanForward(index, mask)
#define BitScanReverse(index, mask)	nt__BitScanReverse(index, mask)
#define BitScanForward64(index, mask)	nt__BitScanForward64(index, mask)
#define BitScanReverse64(index, mask)	nt__BitScanReverse64(index, mask)

/* The new value. */
NT_INLINE LONG InterlockedAdd(LONG volatile *Addend, LONG Value)
{
	return __atomic_add_fetch(Addend, Value, __ATOMIC_SEQ_CST);
}

NT_INLINE LONGLONG InterlockedAdd64(LONGLONG volatile *Addend, LONGLONG Value)
{
	return __atomic_add_fetch(Addend, Value, __ATOMIC_SEQ_CST);
}

NT_INLINE SHORT InterlockedIncrement16(SHORT volatile *Addend)
{
	return __atomic_add_fetch(Addend, 1, __ATOMIC_SEQ_CST);
}

NT_INLINE SHORT InterlockedDecrement16(SHORT volatile *Addend)
{
	return __atomic_sub_fetch(Addend, 1, __ATOMIC_SEQ_CST);
}

/* The old value. */
NT_INLINE SHORT InterlockedCompareExchange16(SHORT volatile *Destination, SHORT Exchange,
					     SHORT Comperand)
{
	__atomic_compare_exchange_n(Destination, &Comperand, Exchange, 0,
				    __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
	return Comperand;
}

NT_INLINE LONGLONG InterlockedAnd64(LONGLONG volatile *Destination, LONGLONG Value)
{
	return __atomic_fetch_and(Destination, Value, __ATOMIC_SEQ_CST);
}

NT_INLINE LONGLONG InterlockedOr64(LONGLONG volatile *Destination, LONGLONG Value)
{
	return __atomic_fetch_or(Destination, Value, __ATOMIC_SEQ_CST);
}

NT_INLINE LONGLONG InterlockedXor64(LONGLONG volatile *Destination, LONGLONG Value)
{
	return __atomic_fetch_xor(Destination, Value, __ATOMIC_SEQ_CST);
}

/* The old bit. @Bit may lie beyond the first word, as for the processor's instruction. */
NT_INLINE BOOLEAN InterlockedBitTestAndSet(LONG volatile *Base, LONG Bit)
{
	ULONG volatile *word = (ULONG volatile *)Base + (Bit >> 5);
	ULONG mask = 1u << (Bit & 31);

	return (__atomic_fetch_or(word, mask, __ATOMIC_SEQ_CST) & mask) != 0;
}

NT_INLINE BOOLEAN InterlockedBitTestAndReset(LONG volatile *Base, LONG Bit)
{
	ULONG volatile *word = (ULONG volatile *)Base + (Bit >> 5);
	ULONG mask = 1u << (Bit & 31);

	return (__atomic_fetch_and(word, ~mask, __ATOMIC_SEQ_CST) & mask) != 0;
}

NT_INLINE BOOLEAN InterlockedBitTestAndComplement(LONG volatile *Base, LONG Bit)
{
	ULONG volatile *word = (ULONG volatile *)Base + (Bit >> 5);
	ULONG mask = 1u << (Bit & 31);

	return (__atomic_fetch_xor(word, mask, __ATOMIC_SEQ_CST) & mask) != 0;
}

/* Weaker forms are allowed to be as strong as these. */
#define InterlockedIncrementAcquire		InterlockedIncrement
#define InterlockedIncrementRelease		InterlockedIncrement
#define InterlockedIncrementNoFence		InterlockedIncrement
#define InterlockedDecrementAcquire		InterlockedDecrement
#define InterlockedDecrementRelease		InterlockedDecrement
#define InterlockedDecrementNoFence		InterlockedDecrement
#define InterlockedExchangeAcquire		InterlockedExchange
#define InterlockedExchangeNoFence		InterlockedExchange
#define InterlockedCompareExchangeAcquire	InterlockedCompareExchange
#define InterlockedCompareExchangeRelease	InterlockedCompareExchange
#define InterlockedCompareExchangeNoFence	InterlockedCompareExchange
#define InterlockedExchangeAddSizeT(a, v) \
	((SIZE_T)InterlockedExchangeAdd64((LONGLONG volatile *)(a), (LONGLONG)(v)))
#define InterlockedIncrementSizeT(a) \
	((SIZE_T)InterlockedIncrement64((LONGLONG volatile *)(a)))
#define InterlockedDecrementSizeT(a) \
	((SIZE_T)InterlockedDecrement64((LONGLONG volatile *)(a)))

#define _InterlockedIncrement			InterlockedIncrement
#define _InterlockedDecrement			InterlockedDecrement
#define _InterlockedIncrement16			InterlockedIncrement16
#define _InterlockedDecrement16			InterlockedDecrement16
#define _InterlockedIncrement64			InterlockedIncrement64
#define _InterlockedDecrement64			InterlockedDecrement64
#define _InterlockedExchange			InterlockedExchange
#define _InterlockedExchange64			InterlockedExchange64
#define _InterlockedExchangeAdd			InterlockedExchangeAdd
#define _InterlockedExchangeAdd64		InterlockedExchangeAdd64
#define _InterlockedExchangePointer		InterlockedExchangePointer
#define _InterlockedCompareExchange		InterlockedCompareExchange
#define _InterlockedCompareExchange16		InterlockedCompareExchange16
#define _InterlockedCompareExchange64		InterlockedCompareExchange64
#define _InterlockedCompareExchangePointer	InterlockedCompareExchangePointer
#define _InterlockedAnd				InterlockedAnd
#define _InterlockedOr				InterlockedOr
#define _InterlockedXor				InterlockedXor
#define _InterlockedAnd64			InterlockedAnd64
#define _InterlockedOr64			InterlockedOr64
#define _InterlockedXor64			InterlockedXor64
#define _interlockedbittestandset		InterlockedBitTestAndSet
#define _interlockedbittestandreset		InterlockedBitTestAndReset

/* Single accesses, of words and pointers of the processor's sizes. */
#define ReadAcquire(p)		__atomic_load_n((p), __ATOMIC_ACQUIRE)
#define ReadNoFence(p)		__atomic_load_n((p), __ATOMIC_RELAXED)
#define WriteRelease(p, v)	__atomic_store_n((p), (v), __ATOMIC_RELEASE)
#define WriteNoFence(p, v)	__atomic_store_n((p), (v), __ATOMIC_RELAXED)
#define ReadULongAcquire	ReadAcquire
#define ReadULongNoFence	ReadNoFence
#define WriteULongRelease	WriteRelease
#define WriteULongNoFence	WriteNoFence
#define ReadPointerAcquire(p)	ReadAcquire((PVOID volatile *)(p))
#define ReadPointerNoFence(p)	ReadNoFence((PVOID volatile *)(p))
#define WritePointerRelease(p, v)	WriteRelease((PVOID volatile *)(p), (PVOID)(v))
#define WritePointerNoFence(p, v)	WriteNoFence((PVOID volatile *)(p), (PVOID)(v))
#endif /* !NTCOMPAT_CORE */

EXTERN_C_END

#endif /* _NT_INTRIN_H */
