/* SPDX-License-Identifier: GPL-2.0 */
/* Executive resources. Their documentation stands at their definitions in ex/resource.c. */
#ifndef _NT_EX_RESOURCE_H
#define _NT_EX_RESOURCE_H

#include "ke_types.h"
#include "ps.h"

typedef ULONG_PTR		ERESOURCE_THREAD, *PERESOURCE_THREAD;

typedef struct _OWNER_ENTRY {
	ERESOURCE_THREAD OwnerThread;
	union {
		struct {
			ULONG IoPriorityBoosted : 1;
			ULONG OwnerReferenced : 1;
			ULONG OwnerCount : 30;
		};
		ULONG TableSize;
	};
} OWNER_ENTRY, *POWNER_ENTRY;

/* The caller's memory; its inside is ours. */
typedef struct _ERESOURCE {
	LIST_ENTRY SystemResourcesList;
	POWNER_ENTRY OwnerTable;
	SHORT ActiveCount;
	USHORT Flag;
	PVOID volatile SharedWaiters;
	PVOID volatile ExclusiveWaiters;
	OWNER_ENTRY OwnerEntry;
	ULONG ActiveEntries;
	ULONG ContentionCount;
	ULONG NumberOfSharedWaiters;
	ULONG NumberOfExclusiveWaiters;
	PVOID Reserved2;
	union {
		PVOID Address;
		ULONG_PTR CreatorBackTraceIndex;
	};
	KSPIN_LOCK SpinLock;
} ERESOURCE, *PERESOURCE;

#define FLAG_OWNER_POINTER_IS_THREAD	0x1

EXTERN_C_START

NTSTATUS ExInitializeResourceLite(PERESOURCE Resource);
NTSTATUS ExReinitializeResourceLite(PERESOURCE Resource);
NTSTATUS ExDeleteResourceLite(PERESOURCE Resource);
BOOLEAN ExAcquireResourceExclusiveLite(PERESOURCE Resource, BOOLEAN Wait);
BOOLEAN ExAcquireResourceSharedLite(PERESOURCE Resource, BOOLEAN Wait);
BOOLEAN ExAcquireSharedStarveExclusive(PERESOURCE Resource, BOOLEAN Wait);
BOOLEAN ExAcquireSharedWaitForExclusive(PERESOURCE Resource, BOOLEAN Wait);
VOID ExReleaseResourceLite(PERESOURCE Resource);
VOID ExReleaseResourceForThreadLite(PERESOURCE Resource, ERESOURCE_THREAD ResourceThreadId);
VOID ExSetResourceOwnerPointer(PERESOURCE Resource, PVOID OwnerPointer);
VOID ExSetResourceOwnerPointerEx(PERESOURCE Resource, PVOID OwnerPointer, ULONG Flags);
VOID ExConvertExclusiveToSharedLite(PERESOURCE Resource);
PVOID ExEnterCriticalRegionAndAcquireResourceExclusive(PERESOURCE Resource);
PVOID ExEnterCriticalRegionAndAcquireResourceShared(PERESOURCE Resource);
PVOID ExEnterCriticalRegionAndAcquireSharedWaitForExclusive(PERESOURCE Resource);
VOID ExReleaseResourceAndLeaveCriticalRegion(PERESOURCE Resource);
BOOLEAN ExIsResourceAcquiredExclusiveLite(PERESOURCE Resource);
ULONG ExIsResourceAcquiredSharedLite(PERESOURCE Resource);
ULONG ExGetExclusiveWaiterCount(PERESOURCE Resource);
ULONG ExGetSharedWaiterCount(PERESOURCE Resource);

EXTERN_C_END

#define ExGetCurrentResourceThread()	((ULONG_PTR)PsGetCurrentThread())
#define ExIsResourceAcquiredLite	ExIsResourceAcquiredSharedLite
#define ExReleaseResource(Resource)	ExReleaseResourceLite(Resource)

/* NT 4's names. */
#define ExAcquireResourceExclusive	ExAcquireResourceExclusiveLite
#define ExAcquireResourceShared		ExAcquireResourceSharedLite
#define ExConvertExclusiveToShared	ExConvertExclusiveToSharedLite
#define ExDeleteResource		ExDeleteResourceLite
#define ExInitializeResource		ExInitializeResourceLite
#define ExIsResourceAcquiredExclusive	ExIsResourceAcquiredExclusiveLite
#define ExIsResourceAcquiredShared	ExIsResourceAcquiredSharedLite
#define ExIsResourceAcquired		ExIsResourceAcquiredSharedLite
#define ExReleaseResourceForThread	ExReleaseResourceForThreadLite

#endif /* _NT_EX_RESOURCE_H */
