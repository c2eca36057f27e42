// SPDX-License-Identifier: GPL-2.0
/* Pool memory by flags and priorities. */
#include "../ke/irql.h"
#include <linux/nodemask.h>

/* What must be obeyed, and is known here. The upper half is wishes. */
#define KNOWN_FLAGS	(POOL_FLAG_USE_QUOTA | POOL_FLAG_UNINITIALIZED | POOL_FLAG_CACHE_ALIGNED | \
			 POOL_FLAG_RAISE_ON_FAILURE | KINDS)
#define KINDS		(POOL_FLAG_NON_PAGED | POOL_FLAG_NON_PAGED_EXECUTE | POOL_FLAG_PAGED)
#define REQUIRED	0xffffffffULL
#define NODE_IS_A_WISH	0x80000000U	/* MM_ANY_NODE_OK */

static PVOID fail(POOL_FLAGS flags, NTSTATUS status)
{
	if (flags & POOL_FLAG_RAISE_ON_FAILURE)
		ExRaiseStatus(status);
	return NULL;
}

/* Executable memory is not to be had. */
static bool are_valid(POOL_FLAGS flags)
{
	POOL_FLAGS kind = flags & KINDS;

	return !(flags & REQUIRED & ~KNOWN_FLAGS) &&
	       (kind == POOL_FLAG_NON_PAGED || kind == POOL_FLAG_PAGED);
}

/**
 * ExAllocatePool2 - allocate pool memory, zeroed
 * @Flags: POOL_FLAG_NON_PAGED or POOL_FLAG_PAGED, and more. Executable memory and
 *	that of a session are refused
 * @NumberOfBytes: size, not 0
 * @Tag: four characters that tell whose it is; not 0
 *
 * IRQL: <= DISPATCH_LEVEL; paged: <= APC_LEVEL. NULL when there is no memory or the
 * arguments make no sense; with POOL_FLAG_RAISE_ON_FAILURE this raises
 * STATUS_INSUFFICIENT_RESOURCES or STATUS_INVALID_PARAMETER. No quota is kept.
 */
PVOID ExAllocatePool2(POOL_FLAGS Flags, SIZE_T NumberOfBytes, ULONG Tag)
{
	POOL_TYPE type = Flags & POOL_FLAG_PAGED ? PagedPool : NonPagedPoolNx;
	void *p;

	if (!are_valid(Flags) || !Tag || !NumberOfBytes)
		return fail(Flags, STATUS_INVALID_PARAMETER);
	if (Flags & POOL_FLAG_CACHE_ALIGNED)
		type |= NonPagedPoolCacheAligned;
	p = ExAllocatePoolWithTag(type, NumberOfBytes, Tag);
	if (!p)
		return fail(Flags, STATUS_INSUFFICIENT_RESOURCES);
	if (!(Flags & POOL_FLAG_UNINITIALIZED))
		memset(p, 0, NumberOfBytes);
	return p;
}
EXPORT_SYMBOL(ExAllocatePool2);

/* Priorities: how hard to try is for Linux to say. A node is taken for a wish. */
static bool is_acceptable(const POOL_EXTENDED_PARAMETER *parameter)
{
	u32 node;

	switch (parameter->Type) {
	case PoolExtendedParameterPriority:
		return true;
	case PoolExtendedParameterNumaNode:
		node = parameter->PreferredNode & ~NODE_IS_A_WISH;
		return parameter->Optional || parameter->PreferredNode & NODE_IS_A_WISH ||
		       (num_online_nodes() == 1 && node == 0);
	default:
		return parameter->Optional;
	}
}

/**
 * ExAllocatePool3 - allocate pool memory, with more to say about it
 * @Flags: as for ExAllocatePool2()
 * @NumberOfBytes: size, not 0
 * @Tag: four characters that tell whose it is; not 0
 * @ExtendedParameters: priority, node; secure pool is refused unless it is optional
 * @ExtendedParametersCount: how many they are
 *
 * IRQL: <= DISPATCH_LEVEL. As ExAllocatePool2(). A priority changes nothing.
 */
PVOID ExAllocatePool3(POOL_FLAGS Flags, SIZE_T NumberOfBytes, ULONG Tag,
		      PCPOOL_EXTENDED_PARAMETER ExtendedParameters, ULONG ExtendedParametersCount)
{
	ULONG i;

	for (i = 0; i < ExtendedParametersCount; i++)
		if (!is_acceptable(&ExtendedParameters[i]))
			return fail(Flags, STATUS_INVALID_PARAMETER);
	return ExAllocatePool2(Flags, NumberOfBytes, Tag);
}
EXPORT_SYMBOL(ExAllocatePool3);

/**
 * ExFreePool2 - free pool memory
 * @P: what an allocation returned
 * @Tag: its tag
 * @ExtendedParameters: for secure pool only
 * @ExtendedParametersCount: how many they are
 *
 * IRQL: <= DISPATCH_LEVEL.
 */
void ExFreePool2(PVOID P, ULONG Tag, PCPOOL_EXTENDED_PARAMETER ExtendedParameters,
		 ULONG ExtendedParametersCount)
{
	ExFreePoolWithTag(P, Tag);
}
EXPORT_SYMBOL(ExFreePool2);

/**
 * ExAllocatePoolWithTagPriority - allocate pool memory
 * @PoolType: see ExAllocatePoolWithTag()
 * @NumberOfBytes: size
 * @Tag: four characters that tell whose it is
 * @Priority: how hard to try; Linux tries equally hard for all
 *
 * IRQL: <= DISPATCH_LEVEL. As ExAllocatePoolWithTag().
 */
PVOID ExAllocatePoolWithTagPriority(POOL_TYPE PoolType, SIZE_T NumberOfBytes, ULONG Tag,
				    EX_POOL_PRIORITY Priority)
{
	return ExAllocatePoolWithTag(PoolType, NumberOfBytes, Tag);
}
EXPORT_SYMBOL(ExAllocatePoolWithTagPriority);
