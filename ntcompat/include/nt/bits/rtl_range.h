/* SPDX-License-Identifier: GPL-2.0 */
/* Range lists, declared by the DDKs up to Windows XP's and still exported. */
#ifndef _NT_RTL_RANGE_H
#define _NT_RTL_RANGE_H

#include "../ntdef.h"

EXTERN_C_START

typedef struct _RTL_RANGE {
	ULONGLONG Start;
	ULONGLONG End;		/* the last, not the one behind */
	PVOID UserData;
	PVOID Owner;
	UCHAR Attributes;
	UCHAR Flags;
} RTL_RANGE, *PRTL_RANGE;

#define RTL_RANGE_SHARED		0x01
#define RTL_RANGE_CONFLICT		0x02

typedef struct _RTL_RANGE_LIST {
	LIST_ENTRY ListHead;
	ULONG Flags;
	ULONG Count;
	ULONG Stamp;
} RTL_RANGE_LIST, *PRTL_RANGE_LIST;

typedef struct _RANGE_LIST_ITERATOR {
	PLIST_ENTRY RangeListHead;
	PLIST_ENTRY MergedHead;
	PVOID Current;
	ULONG Stamp;
} RTL_RANGE_LIST_ITERATOR, *PRTL_RANGE_LIST_ITERATOR;

#define RTL_RANGE_LIST_ADD_IF_CONFLICT	0x00000001
#define RTL_RANGE_LIST_ADD_SHARED	0x00000002

VOID RtlInitializeRangeList(PRTL_RANGE_LIST RangeList);
VOID RtlFreeRangeList(PRTL_RANGE_LIST RangeList);
NTSTATUS RtlAddRange(PRTL_RANGE_LIST RangeList, ULONGLONG Start, ULONGLONG End, UCHAR Attributes,
		     ULONG Flags, PVOID UserData, PVOID Owner);
NTSTATUS RtlDeleteRange(PRTL_RANGE_LIST RangeList, ULONGLONG Start, ULONGLONG End, PVOID Owner);
NTSTATUS RtlDeleteOwnersRanges(PRTL_RANGE_LIST RangeList, PVOID Owner);
NTSTATUS RtlGetFirstRange(PRTL_RANGE_LIST RangeList, PRTL_RANGE_LIST_ITERATOR Iterator,
			  PRTL_RANGE *Range);
NTSTATUS RtlGetNextRange(PRTL_RANGE_LIST_ITERATOR Iterator, PRTL_RANGE *Range, BOOLEAN MoveForwards);

EXTERN_C_END

#endif /* _NT_RTL_RANGE_H */
