// SPDX-License-Identifier: GPL-2.0
/*
 * Sequenced lists: a stack that changes by one compare-and-exchange of its head,
 * 16 bytes. The sequence number in the head makes sure that an entry which left
 * and came back meanwhile is not taken for the old one.
 *
 * Pop reads the entry's link before it owns the entry: another processor may pop
 * and free it first. The value is thrown away then, but to read it must do no harm.
 */
#include "../nt.h"
#include <linux/uaccess.h>

#ifndef CONFIG_X86_64
#error "a 16-byte compare-and-exchange is written for x86-64 only"
#endif

/* The head's two words: depth and sequence number, then the address. */
struct head {
	u64 count;
	u64 next;
};

#define DEPTH_MASK	0xffffULL
#define SEQUENCE_ONE	(DEPTH_MASK + 1)
#define NEXT_FLAGS	0xfULL
#define NEXT_IS_16	0x1ULL

static struct head read_head(const SLIST_HEADER *list)
{
	return (struct head){ READ_ONCE(list->Alignment), READ_ONCE(list->Region) };
}

/* When it fails @old becomes what is there. */
static bool replace(PSLIST_HEADER list, struct head *old, const struct head *new)
{
	bool done;

	asm volatile("lock; cmpxchg16b %1"
		     : "=@ccz" (done), "+m" (*list), "+a" (old->count), "+d" (old->next)
		     : "b" (new->count), "c" (new->next)
		     : "memory");
	return done;
}

static PSLIST_ENTRY entry_of(struct head head)
{
	return (PSLIST_ENTRY)(head.next & ~NEXT_FLAGS);
}

/* Of an entry that may be gone already; then whatever it yields is of no use. */
static PSLIST_ENTRY next_of(PSLIST_ENTRY entry)
{
	PSLIST_ENTRY next;

	return copy_from_kernel_nofault(&next, &entry->Next, sizeof(next)) ? NULL : next;
}

/**
 * InitializeSListHead - make an empty sequenced list
 * @SListHead: aligned to 16 bytes, resident
 *
 * IRQL: any.
 */
void InitializeSListHead(PSLIST_HEADER SListHead)
{
	WARN_ONCE((unsigned long)SListHead & NEXT_FLAGS, "a sequenced list at an odd address\n");
	SListHead->Alignment = 0;
	SListHead->Region = NEXT_IS_16;
}
EXPORT_SYMBOL(InitializeSListHead);

/**
 * ExpInterlockedPushEntrySList - InterlockedPushEntrySList: put an entry on a list
 * @ListHead: the list
 * @ListEntry: aligned to 16 bytes, resident
 *
 * IRQL: any. Returns the entry that was first; NULL when the list was empty.
 */
PSLIST_ENTRY ExpInterlockedPushEntrySList(PSLIST_HEADER ListHead, PSLIST_ENTRY ListEntry)
{
	struct head old = read_head(ListHead), new;

	if (WARN_ONCE((unsigned long)ListEntry & NEXT_FLAGS, "a list entry at an odd address\n"))
		return entry_of(old);
	do {
		WRITE_ONCE(ListEntry->Next, entry_of(old));
		new.count = ((old.count & ~DEPTH_MASK) + SEQUENCE_ONE) |
			    ((old.count + 1) & DEPTH_MASK);
		new.next = (u64)ListEntry | NEXT_IS_16;
	} while (!replace(ListHead, &old, &new));
	return entry_of(old);
}
EXPORT_SYMBOL(ExpInterlockedPushEntrySList);

/**
 * ExpInterlockedPopEntrySList - InterlockedPopEntrySList: take the first entry off a list
 * @ListHead: the list
 *
 * IRQL: any. Returns the entry; NULL when the list is empty.
 */
PSLIST_ENTRY ExpInterlockedPopEntrySList(PSLIST_HEADER ListHead)
{
	struct head old = read_head(ListHead), new;

	do {
		if (!entry_of(old))
			return NULL;
		new.count = ((old.count & ~DEPTH_MASK) + SEQUENCE_ONE) |
			    ((old.count - 1) & DEPTH_MASK);
		new.next = (u64)next_of(entry_of(old)) | NEXT_IS_16;
	} while (!replace(ListHead, &old, &new));
	return entry_of(old);
}
EXPORT_SYMBOL(ExpInterlockedPopEntrySList);

/**
 * ExpInterlockedFlushSList - InterlockedFlushSList: take all entries off a list
 * @ListHead: the list
 *
 * IRQL: any. Returns the first, with the others behind it; NULL when the list is
 * empty.
 */
PSLIST_ENTRY ExpInterlockedFlushSList(PSLIST_HEADER ListHead)
{
	struct head old = read_head(ListHead), new;

	do {
		if (!entry_of(old))
			return NULL;
		new.count = (old.count & ~DEPTH_MASK) + SEQUENCE_ONE;
		new.next = NEXT_IS_16;
	} while (!replace(ListHead, &old, &new));
	return entry_of(old);
}
EXPORT_SYMBOL(ExpInterlockedFlushSList);

/**
 * ExQueryDepthSList - how many entries a sequenced list has
 * @SListHead: the list
 *
 * IRQL: any. Modulo 65536, as the field has 16 bits.
 */
USHORT ExQueryDepthSList(PSLIST_HEADER SListHead)
{
	return READ_ONCE(SListHead->Alignment) & DEPTH_MASK;
}
EXPORT_SYMBOL(ExQueryDepthSList);

/**
 * RtlFirstEntrySList - look at the first entry of a sequenced list
 * @ListHead: the list, which nobody changes meanwhile
 *
 * IRQL: any. NULL when the list is empty.
 */
PSLIST_ENTRY RtlFirstEntrySList(const SLIST_HEADER *ListHead)
{
	return entry_of(read_head(ListHead));
}
EXPORT_SYMBOL(RtlFirstEntrySList);
