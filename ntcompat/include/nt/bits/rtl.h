/* SPDX-License-Identifier: GPL-2.0 */
/* Run-time library: memory, linked lists; strings are in rtl_string.h. */
#ifndef _NT_RTL_H
#define _NT_RTL_H

#include "../ntdef.h"
#include "crt.h"
#include "rtl_string.h"

EXTERN_C_START

SIZE_T RtlCompareMemory(const VOID *Source1, const VOID *Source2, SIZE_T Length);
SIZE_T RtlCompareMemoryUlong(PVOID Source, SIZE_T Length, ULONG Pattern);
VOID RtlFillMemoryUlong(PVOID Destination, SIZE_T Length, ULONG Pattern);
VOID RtlFillMemoryUlonglong(PVOID Destination, SIZE_T Length, ULONGLONG Pattern);

#ifndef NTCOMPAT_CORE
#define RtlCopyMemory(to, from, len)	memcpy((to), (from), (len))
#define RtlMoveMemory(to, from, len)	memmove((to), (from), (len))
#define RtlZeroMemory(to, len)		memset((to), 0, (len))
#define RtlFillMemory(to, len, byte)	memset((to), (byte), (len))
#define RtlEqualMemory(a, b, len)	(!memcmp((a), (b), (len)))
#define RtlCopyBytes			RtlCopyMemory
#define RtlZeroBytes			RtlZeroMemory
#define RtlFillBytes			RtlFillMemory
#define RtlCopyMemoryNonTemporal	RtlCopyMemory
#define RtlPrefetchMemoryNonTemporal(at, len)	__builtin_prefetch((at), 0, 0)

/* Not left out for memory that nobody reads any more. */
NT_INLINE PVOID RtlSecureZeroMemory(PVOID Pointer, SIZE_T Size)
{
	memset(Pointer, 0, Size);
	__asm__ __volatile__("" : : "r" (Pointer) : "memory");
	return Pointer;
}
#endif

NT_INLINE VOID InitializeListHead(PLIST_ENTRY Head)
{
	Head->Flink = Head->Blink = Head;
}

NT_INLINE BOOLEAN IsListEmpty(const LIST_ENTRY *Head)
{
	return (BOOLEAN)(Head->Flink == Head);
}

NT_INLINE BOOLEAN RemoveEntryList(PLIST_ENTRY Entry)
{
	PLIST_ENTRY next = Entry->Flink;
	PLIST_ENTRY prev = Entry->Blink;

	prev->Flink = next;
	next->Blink = prev;
	return (BOOLEAN)(next == prev);
}

NT_INLINE PLIST_ENTRY RemoveHeadList(PLIST_ENTRY Head)
{
	PLIST_ENTRY entry = Head->Flink;

	RemoveEntryList(entry);
	return entry;
}

NT_INLINE PLIST_ENTRY RemoveTailList(PLIST_ENTRY Head)
{
	PLIST_ENTRY entry = Head->Blink;

	RemoveEntryList(entry);
	return entry;
}

NT_INLINE VOID InsertTailList(PLIST_ENTRY Head, PLIST_ENTRY Entry)
{
	PLIST_ENTRY last = Head->Blink;

	Entry->Flink = Head;
	Entry->Blink = last;
	last->Flink = Entry;
	Head->Blink = Entry;
}

NT_INLINE VOID InsertHeadList(PLIST_ENTRY Head, PLIST_ENTRY Entry)
{
	PLIST_ENTRY first = Head->Flink;

	Entry->Flink = first;
	Entry->Blink = Head;
	first->Blink = Entry;
	Head->Flink = Entry;
}

NT_INLINE VOID AppendTailList(PLIST_ENTRY Head, PLIST_ENTRY Appended)
{
	PLIST_ENTRY last = Head->Blink;

	Head->Blink->Flink = Appended;
	Head->Blink = Appended->Blink;
	Appended->Blink->Flink = Head;
	Appended->Blink = last;
}

NT_INLINE PSINGLE_LIST_ENTRY PopEntryList(PSINGLE_LIST_ENTRY Head)
{
	PSINGLE_LIST_ENTRY entry = Head->Next;

	if (entry)
		Head->Next = entry->Next;
	return entry;
}

NT_INLINE VOID PushEntryList(PSINGLE_LIST_ENTRY Head, PSINGLE_LIST_ENTRY Entry)
{
	Entry->Next = Head->Next;
	Head->Next = Entry;
}

EXTERN_C_END

#endif /* _NT_RTL_H */
