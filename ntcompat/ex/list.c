// SPDX-License-Identifier: GPL-2.0
/*
 * Interlocked lists and numbers: a spin lock, with interrupts off, since such a
 * list may be shared with an ISR. The lock must not be used for anything else.
 */
#include "../ke/irql.h"

static unsigned long acquire(PKSPIN_LOCK lock)
{
	unsigned long flags;

	local_irq_save(flags);
	KeAcquireSpinLockAtDpcLevel(lock);
	return flags;
}

static void release(PKSPIN_LOCK lock, unsigned long flags)
{
	KeReleaseSpinLockFromDpcLevel(lock);
	local_irq_restore(flags);
}

/**
 * ExInterlockedInsertHeadList - put an entry at the head of a list
 * @ListHead: the list
 * @ListEntry: the entry
 * @Lock: the list's own
 *
 * IRQL: any. Returns the entry that was first; NULL when the list was empty.
 */
PLIST_ENTRY ExInterlockedInsertHeadList(PLIST_ENTRY ListHead, PLIST_ENTRY ListEntry, PKSPIN_LOCK Lock)
{
	unsigned long flags = acquire(Lock);
	PLIST_ENTRY first = IsListEmpty(ListHead) ? NULL : ListHead->Flink;

	InsertHeadList(ListHead, ListEntry);
	release(Lock, flags);
	return first;
}
EXPORT_SYMBOL(ExInterlockedInsertHeadList);

/**
 * ExInterlockedInsertTailList - put an entry at the tail of a list
 * @ListHead: the list
 * @ListEntry: the entry
 * @Lock: the list's own
 *
 * IRQL: any. Returns the entry that was last; NULL when the list was empty.
 */
PLIST_ENTRY ExInterlockedInsertTailList(PLIST_ENTRY ListHead, PLIST_ENTRY ListEntry, PKSPIN_LOCK Lock)
{
	unsigned long flags = acquire(Lock);
	PLIST_ENTRY last = IsListEmpty(ListHead) ? NULL : ListHead->Blink;

	InsertTailList(ListHead, ListEntry);
	release(Lock, flags);
	return last;
}
EXPORT_SYMBOL(ExInterlockedInsertTailList);

/**
 * ExInterlockedRemoveHeadList - take the first entry off a list
 * @ListHead: the list
 * @Lock: the list's own
 *
 * IRQL: any. Returns the entry; NULL when the list is empty.
 */
PLIST_ENTRY ExInterlockedRemoveHeadList(PLIST_ENTRY ListHead, PKSPIN_LOCK Lock)
{
	unsigned long flags = acquire(Lock);
	PLIST_ENTRY entry = IsListEmpty(ListHead) ? NULL : RemoveHeadList(ListHead);

	release(Lock, flags);
	return entry;
}
EXPORT_SYMBOL(ExInterlockedRemoveHeadList);

/**
 * ExInterlockedPushEntryList - put an entry at the head of a singly linked list
 * @ListHead: the list
 * @ListEntry: the entry
 * @Lock: the list's own
 *
 * IRQL: any. Returns the entry that was first; NULL when the list was empty.
 */
PSINGLE_LIST_ENTRY ExInterlockedPushEntryList(PSINGLE_LIST_ENTRY ListHead,
					      PSINGLE_LIST_ENTRY ListEntry, PKSPIN_LOCK Lock)
{
	unsigned long flags = acquire(Lock);
	PSINGLE_LIST_ENTRY first = ListHead->Next;

	PushEntryList(ListHead, ListEntry);
	release(Lock, flags);
	return first;
}
EXPORT_SYMBOL(ExInterlockedPushEntryList);

/**
 * ExInterlockedPopEntryList - take the first entry off a singly linked list
 * @ListHead: the list
 * @Lock: the list's own
 *
 * IRQL: any. Returns the entry; NULL when the list is empty.
 */
PSINGLE_LIST_ENTRY ExInterlockedPopEntryList(PSINGLE_LIST_ENTRY ListHead, PKSPIN_LOCK Lock)
{
	unsigned long flags = acquire(Lock);
	PSINGLE_LIST_ENTRY entry = PopEntryList(ListHead);

	release(Lock, flags);
	return entry;
}
EXPORT_SYMBOL(ExInterlockedPopEntryList);

/**
 * ExInterlockedAddUlong - add to a number
 * @Addend: the number
 * @Increment: what to add
 * @Lock: the number's own
 *
 * IRQL: any. Returns the number as it was before.
 */
ULONG ExInterlockedAddUlong(PULONG Addend, ULONG Increment, PKSPIN_LOCK Lock)
{
	unsigned long flags = acquire(Lock);
	ULONG before = *Addend;

	*Addend += Increment;
	release(Lock, flags);
	return before;
}
EXPORT_SYMBOL(ExInterlockedAddUlong);

/**
 * ExInterlockedAddLargeInteger - add to a number of 64 bits
 * @Addend: the number
 * @Increment: what to add
 * @Lock: the number's own
 *
 * IRQL: any. Returns the number as it was before.
 */
LARGE_INTEGER ExInterlockedAddLargeInteger(PLARGE_INTEGER Addend, LARGE_INTEGER Increment,
					   PKSPIN_LOCK Lock)
{
	unsigned long flags = acquire(Lock);
	LARGE_INTEGER before = *Addend;

	Addend->QuadPart = (u64)before.QuadPart + (u64)Increment.QuadPart;
	release(Lock, flags);
	return before;
}
EXPORT_SYMBOL(ExInterlockedAddLargeInteger);
