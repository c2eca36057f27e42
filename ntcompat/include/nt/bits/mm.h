/* SPDX-License-Identifier: GPL-2.0 */
/* Memory-manager routines: MDLs and device memory. */
#ifndef _NT_MM_H
#define _NT_MM_H

#include "io_types.h"

EXTERN_C_START

PMDL IoAllocateMdl(PVOID VirtualAddress, ULONG Length, BOOLEAN SecondaryBuffer,
		   BOOLEAN ChargeQuota, PIRP Irp);
VOID IoFreeMdl(PMDL Mdl);
VOID MmBuildMdlForNonPagedPool(PMDL Mdl);
VOID MmProbeAndLockPages(PMDL MemoryDescriptorList, KPROCESSOR_MODE AccessMode,
			 LOCK_OPERATION Operation);
VOID MmUnlockPages(PMDL MemoryDescriptorList);
VOID IoBuildPartialMdl(PMDL SourceMdl, PMDL TargetMdl, PVOID VirtualAddress, ULONG Length);
PVOID MmMapLockedPagesSpecifyCache(PMDL Mdl, KPROCESSOR_MODE AccessMode, MEMORY_CACHING_TYPE CacheType,
				   PVOID BaseAddress, ULONG BugCheckOnFailure, ULONG Priority);
VOID MmUnmapLockedPages(PVOID BaseAddress, PMDL Mdl);
PVOID MmMapIoSpace(PHYSICAL_ADDRESS PhysicalAddress, SIZE_T NumberOfBytes, MEMORY_CACHING_TYPE CacheType);
VOID MmUnmapIoSpace(PVOID BaseAddress, SIZE_T NumberOfBytes);
PHYSICAL_ADDRESS MmGetPhysicalAddress(PVOID BaseAddress);
SIZE_T MmSizeOfMdl(PVOID Base, SIZE_T Length);

EXTERN_C_END

#define BYTE_OFFSET(va)		((ULONG)((LONG_PTR)(va) & (PAGE_SIZE - 1)))
#define PAGE_ALIGN_NT(va)	((PVOID)((ULONG_PTR)(va) & ~(ULONG_PTR)(PAGE_SIZE - 1)))
#ifndef NTCOMPAT_CORE
#define PAGE_ALIGN(va)		PAGE_ALIGN_NT(va)
#define ROUND_TO_PAGES(size)	(((ULONG_PTR)(size) + PAGE_SIZE - 1) & ~(ULONG_PTR)(PAGE_SIZE - 1))
#define BYTES_TO_PAGES(size)	(((size) >> PAGE_SHIFT) + (((size) & (PAGE_SIZE - 1)) != 0))
#endif
#define ADDRESS_AND_SIZE_TO_SPAN_PAGES(va, size) \
	((ULONG)((((ULONG_PTR)(va) & (PAGE_SIZE - 1)) + (size) + (PAGE_SIZE - 1)) >> PAGE_SHIFT))
#define COMPUTE_PAGES_SPANNED(va, size)	ADDRESS_AND_SIZE_TO_SPAN_PAGES(va, size)

#define MmGetMdlByteCount(mdl)		((mdl)->ByteCount)
#define MmGetMdlByteOffset(mdl)		((mdl)->ByteOffset)
#define MmGetMdlBaseVa(mdl)		((mdl)->StartVa)
#define MmGetMdlVirtualAddress(mdl)	((PVOID)((PCHAR)((mdl)->StartVa) + (mdl)->ByteOffset))
#define MmGetMdlPfnArray(mdl)		((PPFN_NUMBER)((mdl) + 1))
#define MmInitializeMdl(mdl, va, length) do {						\
	(mdl)->Next = NULL;								\
	(mdl)->Size = (CSHORT)(sizeof(MDL) + sizeof(PFN_NUMBER) *			\
			       ADDRESS_AND_SIZE_TO_SPAN_PAGES(va, length));		\
	(mdl)->MdlFlags = 0;								\
	(mdl)->MappedSystemVa = NULL;							\
	(mdl)->StartVa = PAGE_ALIGN_NT(va);						\
	(mdl)->ByteOffset = BYTE_OFFSET(va);						\
	(mdl)->ByteCount = (ULONG)(length);						\
} while (0)
#define MmPrepareMdlForReuse(mdl) do {							\
	if ((mdl)->MdlFlags & MDL_PARTIAL_HAS_BEEN_MAPPED)				\
		MmUnmapLockedPages((mdl)->MappedSystemVa, (mdl));			\
} while (0)

/**
 * MmGetSystemAddressForMdlSafe - the kernel address of an MDL's buffer
 * @Mdl: locked, partial or nonpaged-pool MDL
 * @Priority: LowPagePriority … HighPagePriority, plus MdlMappingNo* flags
 *
 * IRQL: <= DISPATCH_LEVEL. Returns NULL when the pages could not be mapped.
 */
NT_INLINE PVOID MmGetSystemAddressForMdlSafe(PMDL Mdl, ULONG Priority)
{
	if (Mdl->MdlFlags & (MDL_MAPPED_TO_SYSTEM_VA | MDL_SOURCE_IS_NONPAGED_POOL))
		return Mdl->MappedSystemVa;
	return MmMapLockedPagesSpecifyCache(Mdl, KernelMode, MmCached, NULL, FALSE, Priority);
}

#endif /* _NT_MM_H */
