/* SPDX-License-Identifier: GPL-2.0 */
/* Executive support: pool and interlocked arithmetic. */
#ifndef _NT_EX_H
#define _NT_EX_H

#include "ke_types.h"
#include "mm_types.h"

EXTERN_C_START

PVOID ExAllocatePool(POOL_TYPE PoolType, SIZE_T NumberOfBytes);
PVOID ExAllocatePoolWithTag(POOL_TYPE PoolType, SIZE_T NumberOfBytes, ULONG Tag);
PVOID ExAllocatePoolWithQuotaTag(POOL_TYPE PoolType, SIZE_T NumberOfBytes, ULONG Tag);
VOID ExFreePool(PVOID P);
VOID ExFreePoolWithTag(PVOID P, ULONG Tag);

VOID ExRaiseStatus(NTSTATUS Status);
VOID ExRaiseAccessViolation(VOID);
VOID ExRaiseDatatypeMisalignment(VOID);
/* None returns. A trap says so in the code, too, for Linux's tools that read it. */
#define ExRaiseStatus(Status)		(ExRaiseStatus(Status), __builtin_trap())
#define RtlRaiseStatus(Status)		ExRaiseStatus(Status)
#define ExRaiseAccessViolation()	(ExRaiseAccessViolation(), __builtin_trap())
#define ExRaiseDatatypeMisalignment()	(ExRaiseDatatypeMisalignment(), __builtin_trap())
VOID ProbeForRead(const volatile VOID *Address, SIZE_T Length, ULONG Alignment);
VOID ProbeForWrite(volatile VOID *Address, SIZE_T Length, ULONG Alignment);

#ifndef NTCOMPAT_CORE
NT_INLINE PVOID ExAllocatePoolUninitialized(POOL_TYPE PoolType, SIZE_T NumberOfBytes, ULONG Tag)
{
	return ExAllocatePoolWithTag(PoolType, NumberOfBytes, Tag);
}

NT_INLINE PVOID ExAllocatePoolZero(POOL_TYPE PoolType, SIZE_T NumberOfBytes, ULONG Tag)
{
	PVOID Block = ExAllocatePoolWithTag(PoolType, NumberOfBytes, Tag);

	return Block ? __builtin_memset(Block, 0, NumberOfBytes) : Block;
}

NT_INLINE PVOID ExAllocatePoolQuotaUninitialized(POOL_TYPE PoolType, SIZE_T NumberOfBytes, ULONG Tag)
{
	return ExAllocatePoolWithQuotaTag(PoolType, NumberOfBytes, Tag);
}

NT_INLINE PVOID ExAllocatePoolQuotaZero(POOL_TYPE PoolType, SIZE_T NumberOfBytes, ULONG Tag)
{
	PVOID Block = ExAllocatePoolWithQuotaTag(PoolType, NumberOfBytes, Tag);

	return Block ? __builtin_memset(Block, 0, NumberOfBytes) : Block;
}

/* Makes NonPagedPool the kind that cannot be executed, which it always is here. */
#define DrvRtPoolNxOptIn	0x00000001
NT_INLINE VOID ExInitializeDriverRuntime(ULONG RuntimeFlags)
{
	(void)RuntimeFlags;
}

/*
 * All are full barriers, as the WDK says of the forms without a suffix. The
 * result is the new value for Increment, Decrement, and the old for the rest.
 */
NT_INLINE LONG InterlockedIncrement(LONG volatile *Addend)
{
	return __atomic_add_fetch(Addend, 1, __ATOMIC_SEQ_CST);
}

NT_INLINE LONG InterlockedDecrement(LONG volatile *Addend)
{
	return __atomic_sub_fetch(Addend, 1, __ATOMIC_SEQ_CST);
}

NT_INLINE LONG InterlockedExchange(LONG volatile *Target, LONG Value)
{
	return __atomic_exchange_n(Target, Value, __ATOMIC_SEQ_CST);
}

NT_INLINE LONG InterlockedExchangeAdd(LONG volatile *Addend, LONG Value)
{
	return __atomic_fetch_add(Addend, Value, __ATOMIC_SEQ_CST);
}

NT_INLINE LONG InterlockedCompareExchange(LONG volatile *Destination, LONG Exchange, LONG Comperand)
{
	__atomic_compare_exchange_n(Destination, &Comperand, Exchange, 0,
				    __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
	return Comperand;
}

NT_INLINE LONG InterlockedAnd(LONG volatile *Destination, LONG Value)
{
	return __atomic_fetch_and(Destination, Value, __ATOMIC_SEQ_CST);
}

NT_INLINE LONG InterlockedOr(LONG volatile *Destination, LONG Value)
{
	return __atomic_fetch_or(Destination, Value, __ATOMIC_SEQ_CST);
}

NT_INLINE LONG InterlockedXor(LONG volatile *Destination, LONG Value)
{
	return __atomic_fetch_xor(Destination, Value, __ATOMIC_SEQ_CST);
}

NT_INLINE LONGLONG InterlockedIncrement64(LONGLONG volatile *Addend)
{
	return __atomic_add_fetch(Addend, 1, __ATOMIC_SEQ_CST);
}

NT_INLINE LONGLONG InterlockedDecrement64(LONGLONG volatile *Addend)
{
	return __atomic_sub_fetch(Addend, 1, __ATOMIC_SEQ_CST);
}

NT_INLINE LONGLONG InterlockedExchange64(LONGLONG volatile *Target, LONGLONG Value)
{
	return __atomic_exchange_n(Target, Value, __ATOMIC_SEQ_CST);
}

NT_INLINE LONGLONG InterlockedExchangeAdd64(LONGLONG volatile *Addend, LONGLONG Value)
{
	return __atomic_fetch_add(Addend, Value, __ATOMIC_SEQ_CST);
}

NT_INLINE LONGLONG InterlockedCompareExchange64(LONGLONG volatile *Destination, LONGLONG Exchange,
						LONGLONG Comperand)
{
	__atomic_compare_exchange_n(Destination, &Comperand, Exchange, 0,
				    __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
	return Comperand;
}

NT_INLINE PVOID InterlockedExchangePointer(PVOID volatile *Target, PVOID Value)
{
	return __atomic_exchange_n(Target, Value, __ATOMIC_SEQ_CST);
}

NT_INLINE PVOID InterlockedCompareExchangePointer(PVOID volatile *Destination, PVOID Exchange,
						  PVOID Comperand)
{
	__atomic_compare_exchange_n(Destination, &Comperand, Exchange, 0,
				    __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
	return Comperand;
}

#define InterlockedExchangePointer(t, v) \
	InterlockedExchangePointer((PVOID volatile *)(t), (PVOID)(v))
#define InterlockedCompareExchangePointer(d, e, c) \
	InterlockedCompareExchangePointer((PVOID volatile *)(d), (PVOID)(e), (PVOID)(c))
#endif /* !NTCOMPAT_CORE */

EXTERN_C_END

#endif /* _NT_EX_H */
