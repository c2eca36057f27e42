/* SPDX-License-Identifier: GPL-2.0 */
/* Lists and numbers that several processors change at any IRQL. */
#ifndef _NT_EX_LIST_H
#define _NT_EX_LIST_H

#include "ke_types.h"

EXTERN_C_START

PLIST_ENTRY ExInterlockedInsertHeadList(PLIST_ENTRY ListHead, PLIST_ENTRY ListEntry, PKSPIN_LOCK Lock);
PLIST_ENTRY ExInterlockedInsertTailList(PLIST_ENTRY ListHead, PLIST_ENTRY ListEntry, PKSPIN_LOCK Lock);
PLIST_ENTRY ExInterlockedRemoveHeadList(PLIST_ENTRY ListHead, PKSPIN_LOCK Lock);
PSINGLE_LIST_ENTRY ExInterlockedPushEntryList(PSINGLE_LIST_ENTRY ListHead,
					      PSINGLE_LIST_ENTRY ListEntry, PKSPIN_LOCK Lock);
PSINGLE_LIST_ENTRY ExInterlockedPopEntryList(PSINGLE_LIST_ENTRY ListHead, PKSPIN_LOCK Lock);

ULONG ExInterlockedAddUlong(PULONG Addend, ULONG Increment, PKSPIN_LOCK Lock);
LARGE_INTEGER ExInterlockedAddLargeInteger(PLARGE_INTEGER Addend, LARGE_INTEGER Increment,
					   PKSPIN_LOCK Lock);

/* The lock is not needed: the processor has the instruction. */
NT_INLINE LONGLONG ExInterlockedCompareExchange64(LONGLONG volatile *Destination, PLONGLONG Exchange,
						  PLONGLONG Comparand, PKSPIN_LOCK Lock)
{
	LONGLONG Seen = *Comparand;

	(void)Lock;
	__atomic_compare_exchange_n(Destination, &Seen, *Exchange, 0,
				    __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
	return Seen;
}

NT_INLINE VOID ExInterlockedAddLargeStatistic(PLARGE_INTEGER Addend, ULONG Increment)
{
	__atomic_fetch_add(&Addend->QuadPart, Increment, __ATOMIC_RELAXED);
}

/* Sequenced lists: last in, first out, without a lock. */
typedef struct _SLIST_ENTRY	SLIST_ENTRY, *PSLIST_ENTRY;
struct DECLSPEC_ALIGN(16) _SLIST_ENTRY {
	PSLIST_ENTRY Next;
};

typedef union _SLIST_HEADER {
	struct {
		ULONGLONG DECLSPEC_ALIGN(16) Alignment;
		ULONGLONG Region;
	};
	struct {
		ULONGLONG Depth:16;
		ULONGLONG Sequence:48;
		ULONGLONG HeaderType:1;
		ULONGLONG Reserved:3;
		ULONGLONG NextEntry:60;
	} HeaderX64;
} SLIST_HEADER, *PSLIST_HEADER;

VOID InitializeSListHead(PSLIST_HEADER SListHead);
PSLIST_ENTRY ExpInterlockedPushEntrySList(PSLIST_HEADER ListHead, PSLIST_ENTRY ListEntry);
PSLIST_ENTRY ExpInterlockedPopEntrySList(PSLIST_HEADER ListHead);
PSLIST_ENTRY ExpInterlockedFlushSList(PSLIST_HEADER ListHead);
USHORT ExQueryDepthSList(PSLIST_HEADER SListHead);
PSLIST_ENTRY RtlFirstEntrySList(const SLIST_HEADER *ListHead);

#define ExInitializeSListHead			InitializeSListHead
#define InterlockedPushEntrySList(Head, Entry)	ExpInterlockedPushEntrySList(Head, Entry)
#define InterlockedPopEntrySList(Head)		ExpInterlockedPopEntrySList(Head)
#define InterlockedFlushSList(Head)		ExpInterlockedFlushSList(Head)
#define QueryDepthSList(Head)			ExQueryDepthSList(Head)
#define ExInterlockedFlushSList(Head)		ExpInterlockedFlushSList(Head)
#define ExInterlockedPushEntrySList(Head, Entry, Lock) \
	((void)(Lock), ExpInterlockedPushEntrySList(Head, Entry))
#define ExInterlockedPopEntrySList(Head, Lock) \
	((void)(Lock), ExpInterlockedPopEntrySList(Head))

EXTERN_C_END

#endif /* _NT_EX_LIST_H */
