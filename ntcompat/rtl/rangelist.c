// SPDX-License-Identifier: GPL-2.0
/*
 * Range lists: which addresses, ports or the like are taken, and by whom; ordered by
 * their start. Pure code: it is also compiled and tested on the host.
 *
 * They were never documented beyond their declarations; what those leave open is
 * decided here: ranges overlap only when both are shared, or when the caller wants it
 * so, and are never merged.
 */
#include "string.h"

#define NT_RANGE_TAG	0x676e6152	/* 'Rang' */

struct entry {
	LIST_ENTRY link;
	RTL_RANGE range;
};

static struct entry *of_link(PLIST_ENTRY link)
{
	return CONTAINING_RECORD(link, struct entry, link);
}

static void delete(PRTL_RANGE_LIST list, struct entry *entry)
{
	RemoveEntryList(&entry->link);
	ExFreePool(entry);
	list->Count--;
	list->Stamp++;
}

/**
 * RtlInitializeRangeList - make an empty list
 * @RangeList: the list
 *
 * IRQL: <= DISPATCH_LEVEL, as for all here; who shares a list locks it.
 */
void RtlInitializeRangeList(PRTL_RANGE_LIST RangeList)
{
	InitializeListHead(&RangeList->ListHead);
	RangeList->Flags = 0;
	RangeList->Count = 0;
	RangeList->Stamp = 0;
}
EXPORT_SYMBOL(RtlInitializeRangeList);

/**
 * RtlFreeRangeList - remove all ranges
 * @RangeList: the list, empty afterwards
 */
void RtlFreeRangeList(PRTL_RANGE_LIST RangeList)
{
	while (!IsListEmpty(&RangeList->ListHead))
		delete(RangeList, of_link(RangeList->ListHead.Flink));
}
EXPORT_SYMBOL(RtlFreeRangeList);

/* Is there an overlap that is not allowed? *@place is where a new range belongs. */
static bool conflicts(PRTL_RANGE_LIST list, ULONGLONG start, ULONGLONG end, ULONG flags,
		      PLIST_ENTRY *place)
{
	PLIST_ENTRY link;
	bool found = false;

	*place = &list->ListHead;
	for (link = list->ListHead.Flink; link != &list->ListHead; link = link->Flink) {
		const RTL_RANGE *range = &of_link(link)->range;
		bool shared = flags & RTL_RANGE_LIST_ADD_SHARED && range->Flags & RTL_RANGE_SHARED;

		if (range->Start > start && *place == &list->ListHead)
			*place = link;
		if (range->Start <= end && range->End >= start && !shared)
			found = true;
	}
	return found;
}

/**
 * RtlAddRange - add a range
 * @RangeList: the list
 * @Start: its first unit
 * @End: its last
 * @Attributes: the driver's
 * @Flags: RTL_RANGE_LIST_ADD_SHARED: it may overlap others that may;
 *	RTL_RANGE_LIST_ADD_IF_CONFLICT: it may overlap any, and is marked so
 * @UserData: the driver's
 * @Owner: whose it is
 *
 * Returns STATUS_SUCCESS, STATUS_RANGE_LIST_CONFLICT, STATUS_INVALID_PARAMETER when
 * @End is before @Start, or STATUS_INSUFFICIENT_RESOURCES.
 */
NTSTATUS RtlAddRange(PRTL_RANGE_LIST RangeList, ULONGLONG Start, ULONGLONG End, UCHAR Attributes,
		     ULONG Flags, PVOID UserData, PVOID Owner)
{
	struct entry *entry;
	PLIST_ENTRY place;
	bool conflict;

	if (End < Start)
		return STATUS_INVALID_PARAMETER;
	conflict = conflicts(RangeList, Start, End, Flags, &place);
	if (conflict && !(Flags & RTL_RANGE_LIST_ADD_IF_CONFLICT))
		return STATUS_RANGE_LIST_CONFLICT;
	entry = ExAllocatePoolWithTag(PagedPool, sizeof(*entry), NT_RANGE_TAG);
	if (!entry)
		return STATUS_INSUFFICIENT_RESOURCES;
	entry->range = (RTL_RANGE) {
		.Start = Start,
		.End = End,
		.UserData = UserData,
		.Owner = Owner,
		.Attributes = Attributes,
		.Flags = (Flags & RTL_RANGE_LIST_ADD_SHARED ? RTL_RANGE_SHARED : 0) |
			 (conflict ? RTL_RANGE_CONFLICT : 0),
	};
	InsertTailList(place, &entry->link);	/* that is, before it */
	RangeList->Count++;
	RangeList->Stamp++;
	return STATUS_SUCCESS;
}
EXPORT_SYMBOL(RtlAddRange);

/**
 * RtlDeleteRange - remove a range
 * @RangeList: the list
 * @Start: its first unit
 * @End: its last
 * @Owner: whose it is
 *
 * Returns STATUS_SUCCESS, or STATUS_RANGE_NOT_FOUND when there is no such range.
 */
NTSTATUS RtlDeleteRange(PRTL_RANGE_LIST RangeList, ULONGLONG Start, ULONGLONG End, PVOID Owner)
{
	PLIST_ENTRY link;

	for (link = RangeList->ListHead.Flink; link != &RangeList->ListHead; link = link->Flink) {
		const RTL_RANGE *range = &of_link(link)->range;

		if (range->Start == Start && range->End == End && range->Owner == Owner) {
			delete(RangeList, of_link(link));
			return STATUS_SUCCESS;
		}
	}
	return STATUS_RANGE_NOT_FOUND;
}
EXPORT_SYMBOL(RtlDeleteRange);

/**
 * RtlDeleteOwnersRanges - remove all ranges of an owner
 * @RangeList: the list
 * @Owner: whose they are
 *
 * Returns STATUS_SUCCESS.
 */
NTSTATUS RtlDeleteOwnersRanges(PRTL_RANGE_LIST RangeList, PVOID Owner)
{
	PLIST_ENTRY link, next;

	for (link = RangeList->ListHead.Flink; link != &RangeList->ListHead; link = next) {
		next = link->Flink;
		if (of_link(link)->range.Owner == Owner)
			delete(RangeList, of_link(link));
	}
	return STATUS_SUCCESS;
}
EXPORT_SYMBOL(RtlDeleteOwnersRanges);

static NTSTATUS at(PRTL_RANGE_LIST_ITERATOR iterator, PLIST_ENTRY link, PRTL_RANGE *range)
{
	bool end = link == iterator->RangeListHead;

	iterator->Current = end ? NULL : link;
	*range = end ? NULL : &of_link(link)->range;
	return end ? STATUS_NO_MORE_ENTRIES : STATUS_SUCCESS;
}

/**
 * RtlGetFirstRange - begin with the first range
 * @RangeList: the list
 * @Iterator: receives the place
 * @Range: receives the range, or NULL
 *
 * Returns STATUS_SUCCESS, or STATUS_NO_MORE_ENTRIES for an empty list.
 */
NTSTATUS RtlGetFirstRange(PRTL_RANGE_LIST RangeList, PRTL_RANGE_LIST_ITERATOR Iterator,
			  PRTL_RANGE *Range)
{
	Iterator->RangeListHead = &RangeList->ListHead;
	Iterator->MergedHead = NULL;
	Iterator->Stamp = RangeList->Stamp;
	return at(Iterator, RangeList->ListHead.Flink, Range);
}
EXPORT_SYMBOL(RtlGetFirstRange);

/**
 * RtlGetNextRange - go to the next range, or to the one before
 * @Iterator: the place
 * @Range: receives the range, or NULL
 * @MoveForwards: which of the two
 *
 * Returns STATUS_SUCCESS, STATUS_NO_MORE_ENTRIES, or STATUS_INVALID_PARAMETER when the
 * list was changed meanwhile.
 */
NTSTATUS RtlGetNextRange(PRTL_RANGE_LIST_ITERATOR Iterator, PRTL_RANGE *Range, BOOLEAN MoveForwards)
{
	PRTL_RANGE_LIST list = CONTAINING_RECORD(Iterator->RangeListHead, RTL_RANGE_LIST, ListHead);
	PLIST_ENTRY link = Iterator->Current;

	*Range = NULL;
	if (Iterator->Stamp != list->Stamp)
		return STATUS_INVALID_PARAMETER;
	if (!link)
		return STATUS_NO_MORE_ENTRIES;
	return at(Iterator, MoveForwards ? link->Flink : link->Blink, Range);
}
EXPORT_SYMBOL(RtlGetNextRange);
