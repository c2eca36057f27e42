/* SPDX-License-Identifier: GPL-2.0 */
/* Small macros around structures, bits, unaligned numbers and assertions. */
#ifndef _NT_RTL_MISC_H
#define _NT_RTL_MISC_H

#include "ex.h"
#include "rtl.h"

#define UNREFERENCED_LOCAL_VARIABLE(v)	((void)(v))
#define FIELD_SIZE(type, field)		sizeof(((type *)0)->field)
#define RTL_NUMBER_OF_FIELD(type, field) RTL_NUMBER_OF(((type *)0)->field)
#define RTL_BITS_OF(what)		(sizeof(what) * 8)
#define RTL_BITS_OF_FIELD(type, field)	(FIELD_SIZE(type, field) * 8)
/* Whether the first size bytes of a structure have the whole of a field. */
#define RTL_CONTAINS_FIELD(s, size, field) \
	((PCHAR)(&(s)->field) + sizeof((s)->field) <= (PCHAR)(s) + (size))
#define RTL_STATIC_LIST_HEAD(name)	LIST_ENTRY name = { &name, &name }
#define RTL_INIT_OBJECT_ATTRIBUTES(name, attributes) \
	{ sizeof(OBJECT_ATTRIBUTES), NULL, (name), (attributes), NULL, NULL }
#define RTL_CONSTANT_OBJECT_ATTRIBUTES(name, attributes) \
	RTL_INIT_OBJECT_ATTRIBUTES(name, attributes)

/* At any address. */
#define NT_STORE(to, type, value)						\
do {										\
	type nt_value = (type)(value);						\
	__builtin_memcpy((PVOID)(to), &nt_value, sizeof(nt_value));		\
} while (0)
#define RtlStoreUshort(to, value)	NT_STORE(to, USHORT, value)
#define RtlStoreUlong(to, value)	NT_STORE(to, ULONG, value)
#define RtlStoreUlonglong(to, value)	NT_STORE(to, ULONGLONG, value)
#define RtlStoreUlongPtr(to, value)	NT_STORE(to, ULONG_PTR, value)
#define RtlRetrieveUshort(to, from)	__builtin_memcpy((PVOID)(to), (from), sizeof(USHORT))
#define RtlRetrieveUlong(to, from)	__builtin_memcpy((PVOID)(to), (from), sizeof(ULONG))

/* These return the flags as they were. */
#define RtlInterlockedSetBits(flags, bits)	InterlockedOr((PLONG)(flags), (LONG)(bits))
#define RtlInterlockedAndBits(flags, bits)	InterlockedAnd((PLONG)(flags), (LONG)(bits))
#define RtlInterlockedClearBits(flags, bits)	RtlInterlockedAndBits(flags, ~(bits))
#define RtlInterlockedXorBits(flags, bits)	InterlockedXor((PLONG)(flags), (LONG)(bits))
#define RtlInterlockedSetBitsDiscardReturn(flags, bits) \
	((VOID)RtlInterlockedSetBits(flags, bits))
#define RtlInterlockedAndBitsDiscardReturn(flags, bits) \
	((VOID)RtlInterlockedAndBits(flags, bits))
#define RtlInterlockedClearBitsDiscardReturn(flags, bits) \
	((VOID)RtlInterlockedClearBits(flags, bits))

/* The expression is evaluated in free builds, too. */
#define RTL_VERIFY(e)			((e) ? TRUE : FALSE)
#define RTL_VERIFYMSG(m, e)		((e) ? TRUE : FALSE)
#define NT_VERIFYMSG(m, e)		((e) ? TRUE : FALSE)
#define RTL_SOFT_VERIFY(e)		((e) ? TRUE : FALSE)
#define RTL_SOFT_VERIFYMSG(m, e)	((e) ? TRUE : FALSE)
/* And here not. */
#define RTL_SOFT_ASSERT(e)		((VOID)0)
#define RTL_SOFT_ASSERTMSG(m, e)	((VOID)0)
#define NT_ASSERTMSG(m, e)		ASSERTMSG(m, e)

#endif /* _NT_RTL_MISC_H */
