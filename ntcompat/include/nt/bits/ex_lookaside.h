/* SPDX-License-Identifier: GPL-2.0 */
/* Lookaside lists: blocks of one size that wait to be used again. */
#ifndef _NT_EX_LOOKASIDE_H
#define _NT_EX_LOOKASIDE_H

#include "ex_list.h"
#include "mm_types.h"

EXTERN_C_START

typedef struct _LOOKASIDE_LIST_EX *PLOOKASIDE_LIST_EX;

typedef PVOID ALLOCATE_FUNCTION(POOL_TYPE PoolType, SIZE_T NumberOfBytes, ULONG Tag);
typedef ALLOCATE_FUNCTION	*PALLOCATE_FUNCTION;
typedef PVOID ALLOCATE_FUNCTION_EX(POOL_TYPE PoolType, SIZE_T NumberOfBytes, ULONG Tag,
				   PLOOKASIDE_LIST_EX Lookaside);
typedef ALLOCATE_FUNCTION_EX	*PALLOCATE_FUNCTION_EX;
typedef VOID FREE_FUNCTION(PVOID Buffer);
typedef FREE_FUNCTION		*PFREE_FUNCTION;
typedef VOID FREE_FUNCTION_EX(PVOID Buffer, PLOOKASIDE_LIST_EX Lookaside);
typedef FREE_FUNCTION_EX	*PFREE_FUNCTION_EX;

#define NT_LOOKASIDE_LAYOUT		\
	union {				\
		SLIST_HEADER ListHead;	\
		SINGLE_LIST_ENTRY SingleListHead; \
	};				\
	USHORT Depth;			\
	USHORT MaximumDepth;		\
	ULONG TotalAllocates;		\
	union {				\
		ULONG AllocateMisses;	\
		ULONG AllocateHits;	\
	};				\
	ULONG TotalFrees;		\
	union {				\
		ULONG FreeMisses;	\
		ULONG FreeHits;		\
	};				\
	POOL_TYPE Type;			\
	ULONG Tag;			\
	ULONG Size;			\
	union {				\
		PALLOCATE_FUNCTION_EX AllocateEx; \
		PALLOCATE_FUNCTION Allocate; \
	};				\
	union {				\
		PFREE_FUNCTION_EX FreeEx; \
		PFREE_FUNCTION Free;	\
	};				\
	LIST_ENTRY ListEntry;		\
	ULONG LastTotalAllocates;	\
	union {				\
		ULONG LastAllocateMisses; \
		ULONG LastAllocateHits;	\
	};				\
	ULONG Future[2];

typedef struct DECLSPEC_CACHEALIGN _GENERAL_LOOKASIDE {
	NT_LOOKASIDE_LAYOUT
} GENERAL_LOOKASIDE, *PGENERAL_LOOKASIDE;

typedef struct _GENERAL_LOOKASIDE_POOL {
	NT_LOOKASIDE_LAYOUT
} GENERAL_LOOKASIDE_POOL, *PGENERAL_LOOKASIDE_POOL;

typedef struct DECLSPEC_CACHEALIGN _NPAGED_LOOKASIDE_LIST {
	GENERAL_LOOKASIDE L;
} NPAGED_LOOKASIDE_LIST, *PNPAGED_LOOKASIDE_LIST;

typedef struct _PAGED_LOOKASIDE_LIST {
	GENERAL_LOOKASIDE L;
} PAGED_LOOKASIDE_LIST, *PPAGED_LOOKASIDE_LIST;

typedef struct _LOOKASIDE_LIST_EX {
	GENERAL_LOOKASIDE_POOL L;
} LOOKASIDE_LIST_EX;

#define LOOKASIDE_MINIMUM_BLOCK_SIZE	((ULONG)sizeof(PSLIST_ENTRY))
#define EX_LOOKASIDE_LIST_EX_FLAGS_RAISE_ON_FAIL 0x00000001
#define EX_LOOKASIDE_LIST_EX_FLAGS_FAIL_NO_RAISE 0x00000002

VOID ExInitializeNPagedLookasideList(PNPAGED_LOOKASIDE_LIST Lookaside, PALLOCATE_FUNCTION Allocate,
				     PFREE_FUNCTION Free, ULONG Flags, SIZE_T Size, ULONG Tag,
				     USHORT Depth);
VOID ExDeleteNPagedLookasideList(PNPAGED_LOOKASIDE_LIST Lookaside);
VOID ExInitializePagedLookasideList(PPAGED_LOOKASIDE_LIST Lookaside, PALLOCATE_FUNCTION Allocate,
				    PFREE_FUNCTION Free, ULONG Flags, SIZE_T Size, ULONG Tag,
				    USHORT Depth);
VOID ExDeletePagedLookasideList(PPAGED_LOOKASIDE_LIST Lookaside);
NTSTATUS ExInitializeLookasideListEx(PLOOKASIDE_LIST_EX Lookaside, PALLOCATE_FUNCTION_EX Allocate,
				     PFREE_FUNCTION_EX Free, POOL_TYPE PoolType, ULONG Flags,
				     SIZE_T Size, ULONG Tag, USHORT Depth);
VOID ExDeleteLookasideListEx(PLOOKASIDE_LIST_EX Lookaside);
VOID ExFlushLookasideListEx(PLOOKASIDE_LIST_EX Lookaside);

/* A driver's own routines are called as on Windows: from its own code. */
NT_INLINE PVOID nt_lookaside_pop(PGENERAL_LOOKASIDE_POOL L)
{
	PVOID Entry = ExpInterlockedPopEntrySList(&L->ListHead);

	L->TotalAllocates++;
	if (!Entry)
		L->AllocateMisses++;
	return Entry;
}

/* FALSE when the list is full. */
NT_INLINE BOOLEAN nt_lookaside_push(PGENERAL_LOOKASIDE_POOL L, PVOID Entry)
{
	L->TotalFrees++;
	if (ExQueryDepthSList(&L->ListHead) >= L->Depth) {
		L->FreeMisses++;
		return FALSE;
	}
	ExpInterlockedPushEntrySList(&L->ListHead, (PSLIST_ENTRY)Entry);
	return TRUE;
}

NT_INLINE PVOID nt_lookaside_allocate(PGENERAL_LOOKASIDE_POOL L)
{
	PVOID Entry = nt_lookaside_pop(L);

	return Entry ? Entry : L->Allocate(L->Type, L->Size, L->Tag);
}

NT_INLINE VOID nt_lookaside_free(PGENERAL_LOOKASIDE_POOL L, PVOID Entry)
{
	if (!nt_lookaside_push(L, Entry))
		L->Free(Entry);
}

NT_INLINE PVOID ExAllocateFromNPagedLookasideList(PNPAGED_LOOKASIDE_LIST Lookaside)
{
	return nt_lookaside_allocate((PGENERAL_LOOKASIDE_POOL)&Lookaside->L);
}

NT_INLINE VOID ExFreeToNPagedLookasideList(PNPAGED_LOOKASIDE_LIST Lookaside, PVOID Entry)
{
	nt_lookaside_free((PGENERAL_LOOKASIDE_POOL)&Lookaside->L, Entry);
}

NT_INLINE PVOID ExAllocateFromPagedLookasideList(PPAGED_LOOKASIDE_LIST Lookaside)
{
	return nt_lookaside_allocate((PGENERAL_LOOKASIDE_POOL)&Lookaside->L);
}

NT_INLINE VOID ExFreeToPagedLookasideList(PPAGED_LOOKASIDE_LIST Lookaside, PVOID Entry)
{
	nt_lookaside_free((PGENERAL_LOOKASIDE_POOL)&Lookaside->L, Entry);
}

NT_INLINE PVOID ExAllocateFromLookasideListEx(PLOOKASIDE_LIST_EX Lookaside)
{
	PGENERAL_LOOKASIDE_POOL L = &Lookaside->L;
	PVOID Entry = nt_lookaside_pop(L);

	return Entry ? Entry : L->AllocateEx(L->Type, L->Size, L->Tag, Lookaside);
}

NT_INLINE VOID ExFreeToLookasideListEx(PLOOKASIDE_LIST_EX Lookaside, PVOID Entry)
{
	if (!nt_lookaside_push(&Lookaside->L, Entry))
		Lookaside->L.FreeEx(Entry, Lookaside);
}

EXTERN_C_END

#endif /* _NT_EX_LOOKASIDE_H */
