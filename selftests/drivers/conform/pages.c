// SPDX-License-Identifier: GPL-2.0
/* Memory by pages: contiguous, uncached, of MDLs; and questions about memory. */
#include "conform.h"

#define TAG	'egaP'

static PHYSICAL_ADDRESS Physical(LONGLONG Value)
{
	PHYSICAL_ADDRESS Address;

	Address.QuadPart = Value;
	return Address;
}

static BOOLEAN IsContiguous(PUCHAR Block, SIZE_T Bytes)
{
	LONGLONG First = MmGetPhysicalAddress(Block).QuadPart;
	SIZE_T At;

	for (At = 0; At < Bytes; At += PAGE_SIZE)
		if (MmGetPhysicalAddress(Block + At).QuadPart != First + (LONGLONG)At)
			return FALSE;
	return TRUE;
}

/* "MmAllocateContiguousMemory": adjacent pages below an address, page-aligned. */
VOID ContiguousMemory(PCONFORM_TEST_CONTEXT T)
{
	static const LONGLONG Highest[] = { -1, 0xffffffff, 0x00ffffff };
	enum { BYTES = 5 * PAGE_SIZE + 100 };
	PUCHAR Block;
	KIRQL Irql;
	ULONG i;

	for (i = 0; i < RTL_NUMBER_OF(Highest); i++) {
		Block = MmAllocateContiguousMemory(BYTES, Physical(Highest[i]));
		CHECK(Block != NULL);
		if (!Block)
			continue;
		CHECK_EQ(0, (ULONG_PTR)Block % PAGE_SIZE);
		CHECK(IsContiguous(Block, BYTES));
		CHECK((ULONGLONG)MmGetPhysicalAddress(Block).QuadPart + BYTES - 1 <= (ULONGLONG)Highest[i]);
		RtlFillMemory(Block, BYTES, 0x5a);
		MmFreeContiguousMemory(Block);
	}
	KeRaiseIrql(DISPATCH_LEVEL, &Irql);
	Block = MmAllocateContiguousMemory(PAGE_SIZE, Physical(-1));
	if (Block)
		MmFreeContiguousMemory(Block);
	KeLowerIrql(Irql);
	CHECK(Block != NULL);
	CHECK(MmAllocateContiguousMemory((SIZE_T)1 << 46, Physical(-1)) == NULL);
}

/* "MmAllocateContiguousMemorySpecifyCache": boundaries and cache types. */
VOID ContiguousCache(PCONFORM_TEST_CONTEXT T)
{
	static const MEMORY_CACHING_TYPE Types[] = { MmCached, MmNonCached, MmWriteCombined };
	enum { BYTES = 3 * PAGE_SIZE, BOUNDARY = 0x10000 };
	LONGLONG First;
	PUCHAR Block;
	ULONG i;

	for (i = 0; i < RTL_NUMBER_OF(Types); i++) {
		Block = MmAllocateContiguousMemorySpecifyCache(BYTES, Physical(0), Physical(0xffffffff),
							       Physical(BOUNDARY), Types[i]);
		CHECK(Block != NULL);
		if (!Block)
			continue;
		First = MmGetPhysicalAddress(Block).QuadPart;
		CHECK_EQ(First / BOUNDARY, (First + BYTES - 1) / BOUNDARY);
		RtlFillMemory(Block, BYTES, 0x77);
		CHECK_EQ(0x77, Block[BYTES - 1]);
		MmFreeContiguousMemorySpecifyCache(Block, BYTES, Types[i]);
	}
	/* Nothing lies there. */
	Block = MmAllocateContiguousMemorySpecifyCache(BYTES, Physical(0x7f0000000000),
						       Physical(0x7fffffffffff), Physical(0), MmCached);
	CHECK(Block == NULL);
	Block = MmAllocateContiguousMemorySpecifyCacheNode(BYTES, Physical(0), Physical(-1),
							   Physical(0), MmCached, MM_ANY_NODE_OK);
	CHECK(Block != NULL);
	if (Block)
		MmFreeContiguousMemory(Block);
}

/* "MmAllocateNonCachedMemory": whole pages. */
VOID NonCachedMemory(PCONFORM_TEST_CONTEXT T)
{
	PUCHAR Block = MmAllocateNonCachedMemory(5000);

	CHECK(Block != NULL);
	if (!Block)
		return;
	CHECK_EQ(0, (ULONG_PTR)Block % PAGE_SIZE);
	RtlFillMemory(Block, 2 * PAGE_SIZE, 0x12);
	CHECK_EQ(0x12, Block[2 * PAGE_SIZE - 1]);
	MmFreeNonCachedMemory(Block, 5000);
}

/* "MmAllocatePagesForMdl": zeroed, in the range, mapped like any locked MDL. */
VOID PagesForMdl(PCONFORM_TEST_CONTEXT T)
{
	enum { BYTES = 9 * PAGE_SIZE };
	PMDL Mdl = MmAllocatePagesForMdl(Physical(0), Physical(0xffffffff), Physical(0), BYTES);
	ULONG i, Wrong = 0;
	PUCHAR Va;

	CHECK(Mdl != NULL);
	if (!Mdl)
		return;
	CHECK_EQ(BYTES, MmGetMdlByteCount(Mdl));
	for (i = 0; i < BYTES / PAGE_SIZE; i++)
		CHECK(MmGetMdlPfnArray(Mdl)[i] < 0x100000);
	Va = MmMapLockedPagesSpecifyCache(Mdl, KernelMode, MmCached, NULL, FALSE, NormalPagePriority);
	CHECK(Va != NULL);
	if (Va) {
		for (i = 0; i < BYTES; i++)
			Wrong += Va[i] != 0;
		CHECK_EQ(0, Wrong);
		for (i = 0; i < BYTES; i += PAGE_SIZE) {
			Va[i] = (UCHAR)i;
			CHECK_EQ(MmGetMdlPfnArray(Mdl)[i / PAGE_SIZE],
				 MmGetPhysicalAddress(Va + i).QuadPart >> PAGE_SHIFT);
		}
		MmUnmapLockedPages(Va, Mdl);
	}
	MmFreePagesFromMdl(Mdl);
	ExFreePool(Mdl);
}

/* "MmAllocatePagesForMdlEx": all or nothing; the low 16 MiB; nothing where nothing is. */
VOID PagesForMdlEx(PCONFORM_TEST_CONTEXT T)
{
	PMDL Mdl;
	ULONG i;

	Mdl = MmAllocatePagesForMdlEx(Physical(0), Physical(0x00ffffff), Physical(0), 2 * PAGE_SIZE,
				      MmCached, MM_ALLOCATE_FULLY_REQUIRED | MM_DONT_ZERO_ALLOCATION);
	CHECK(Mdl != NULL);
	if (Mdl) {
		for (i = 0; i < 2; i++)
			CHECK(MmGetMdlPfnArray(Mdl)[i] < 0x1000);
		MmFreePagesFromMdl(Mdl);
		ExFreePool(Mdl);
	}
	Mdl = MmAllocatePagesForMdlEx(Physical(0x7f0000000000), Physical(0x7fffffffffff), Physical(0),
				      PAGE_SIZE, MmCached, 0);
	CHECK(Mdl == NULL);
}

/* "MmMapLockedPages", "MmGetSystemAddressForMdl": the NT 4 forms. */
VOID MdlOldMapping(PCONFORM_TEST_CONTEXT T)
{
	PUCHAR Block = ExAllocatePoolWithTag(NonPagedPool, 3 * PAGE_SIZE, TAG);
	PMDL Mdl, Partial;

	CHECK(Block != NULL);
	if (!Block)
		return;
	Mdl = IoAllocateMdl(Block, 3 * PAGE_SIZE, FALSE, FALSE, NULL);
	Partial = IoAllocateMdl(Block, 3 * PAGE_SIZE, FALSE, FALSE, NULL);
	CHECK(Mdl && Partial);
	if (Mdl && Partial) {
		MmBuildMdlForNonPagedPool(Mdl);
		CHECK_EQ(Block, MmGetSystemAddressForMdl(Mdl));
		IoBuildPartialMdl(Mdl, Partial, Block + 100, 200);
		Partial->MdlFlags &= ~(MDL_SOURCE_IS_NONPAGED_POOL | MDL_MAPPED_TO_SYSTEM_VA);
		Partial->MappedSystemVa = NULL;
		Block[100] = 0x42;
		CHECK_EQ(0x42, *(PUCHAR)MmMapLockedPages(Partial, KernelMode));
		MmUnmapLockedPages(Partial->MappedSystemVa, Partial);
	}
	if (Partial)
		IoFreeMdl(Partial);
	if (Mdl)
		IoFreeMdl(Mdl);
	ExFreePoolWithTag(Block, TAG);
}

/*
 * "MmMapLockedPagesSpecifyCache" with UserMode: into the process that asks, at an address
 * of its own, until it is unmapped. Pages that go first are not to be seen any more.
 */
VOID MdlUserMapping(PCONFORM_TEST_CONTEXT T)
{
	PUCHAR Block = ExAllocatePoolWithTag(NonPagedPool, 3 * PAGE_SIZE, TAG);
	PMDL Mdl = Block ? IoAllocateMdl(Block + 8, 2 * PAGE_SIZE, FALSE, FALSE, NULL) : NULL;
	PUCHAR First, Second;

	CHECK(Mdl != NULL);
	if (!Mdl)
		return;
	MmBuildMdlForNonPagedPool(Mdl);
	First = MmMapLockedPagesSpecifyCache(Mdl, UserMode, MmCached, NULL, FALSE, NormalPagePriority);
	Second = MmMapLockedPages(Mdl, UserMode);
	CHECK(First != NULL && First != Second);
	CHECK((ULONG_PTR)First < 0x800000000000ULL);
	CHECK_EQ(8, (ULONG_PTR)First % PAGE_SIZE);
	CHECK(MmIsAddressValid(First));
	CHECK(MmIsAddressValid(First + 2 * PAGE_SIZE - 1));
	CHECK(!MmIsNonPagedSystemAddressValid(First));
	MmUnmapLockedPages(First, Mdl);
	CHECK(!MmIsAddressValid(First));
	CHECK(MmIsAddressValid(Second));
	MmUnmapLockedPages(Second, Mdl);
	CHECK(!MmIsAddressValid(Second));
	IoFreeMdl(Mdl);
	ExFreePoolWithTag(Block, TAG);
	Mdl = MmAllocatePagesForMdl(Physical(0), Physical(-1), Physical(0), PAGE_SIZE);
	CHECK(Mdl != NULL);
	if (!Mdl)
		return;
	First = MmMapLockedPages(Mdl, UserMode);
	CHECK(MmIsAddressValid(First));
	MmFreePagesFromMdl(Mdl);
	CHECK(!MmIsAddressValid(First));
	MmUnmapLockedPages(First, Mdl);
	ExFreePool(Mdl);
}

/* "MmAdvanceMdl": less is described. */
VOID MdlAdvance(PCONFORM_TEST_CONTEXT T)
{
	PUCHAR Block = ExAllocatePoolWithTag(NonPagedPool, 4 * PAGE_SIZE, TAG);
	PFN_NUMBER Last;
	PMDL Mdl;

	CHECK(Block != NULL);
	if (!Block)
		return;
	Mdl = IoAllocateMdl(Block + 10, 3 * PAGE_SIZE, FALSE, FALSE, NULL);
	CHECK(Mdl != NULL);
	if (Mdl) {
		MmBuildMdlForNonPagedPool(Mdl);
		Last = MmGetMdlPfnArray(Mdl)[2];
		CHECK_EQ(STATUS_INVALID_PARAMETER_2, MmAdvanceMdl(Mdl, 3 * PAGE_SIZE + 1));
		CHECK_EQ(STATUS_SUCCESS, MmAdvanceMdl(Mdl, 2 * PAGE_SIZE + 5));
		CHECK_EQ(PAGE_SIZE - 5, MmGetMdlByteCount(Mdl));
		CHECK_EQ(15, MmGetMdlByteOffset(Mdl));
		CHECK_EQ(Block + 2 * PAGE_SIZE + 15, MmGetMdlVirtualAddress(Mdl));
		CHECK_EQ(Last, MmGetMdlPfnArray(Mdl)[0]);
		CHECK_EQ(Block + 2 * PAGE_SIZE + 15,
			 MmGetSystemAddressForMdlSafe(Mdl, NormalPagePriority));
		IoFreeMdl(Mdl);
	}
	ExFreePoolWithTag(Block, TAG);
}

/* "MmGetSystemRoutineAddress": NULL for what there is not. */
VOID SystemRoutineAddress(PCONFORM_TEST_CONTEXT T)
{
	typedef KIRQL NTAPI GET_IRQL(VOID);
	UNICODE_STRING Name;
	GET_IRQL *GetIrql;

	RtlInitUnicodeString(&Name, L"KeGetCurrentIrql");
	GetIrql = (GET_IRQL *)(ULONG_PTR)MmGetSystemRoutineAddress(&Name);
	CHECK(GetIrql != NULL);
	if (GetIrql)
		CHECK_EQ(PASSIVE_LEVEL, GetIrql());
	RtlInitUnicodeString(&Name, L"KeGetCurrentIrq");
	CHECK(MmGetSystemRoutineAddress(&Name) == NULL);
	RtlInitUnicodeString(&Name, L"KeGetCurrentIrqlX");
	CHECK(MmGetSystemRoutineAddress(&Name) == NULL);
	RtlInitUnicodeString(&Name, L"nt_try_next");
	CHECK(MmGetSystemRoutineAddress(&Name) == NULL);
}

static LONG Pageable = 5;

/* "MmPageEntireDriver", "MmLockPagableCodeSection": the code and data stay usable. */
VOID PagingOfDriver(PCONFORM_TEST_CONTEXT T)
{
	PUCHAR Start = MmPageEntireDriver((PVOID)(ULONG_PTR)PagingOfDriver);
	PVOID Code, Data;

	CHECK(Start != NULL);
	CHECK(Start <= (PUCHAR)(ULONG_PTR)PagingOfDriver);
	MmResetDriverPaging((PVOID)(ULONG_PTR)PagingOfDriver);
	Code = MmLockPagableCodeSection((PVOID)(ULONG_PTR)PagingOfDriver);
	Data = MmLockPagableDataSection(&Pageable);
	CHECK(Code != NULL);
	CHECK(Data != NULL);
	MmUnlockPagableImageSection(Data);
	MmLockPagableSectionByHandle(Data);
	CHECK_EQ(5, Pageable);
	MmUnlockPagableImageSection(Data);
	MmUnlockPagableImageSection(Code);
}

/* "MmGetPhysicalMemoryRanges": a block of ours lies in one of them. "MmGetVirtualForPhysical". */
VOID PhysicalMemory(PCONFORM_TEST_CONTEXT T)
{
	PPHYSICAL_MEMORY_RANGE Range = MmGetPhysicalMemoryRanges();
	PULONG Block = MmAllocateContiguousMemory(PAGE_SIZE, Physical(-1));
	PHYSICAL_ADDRESS Address;
	BOOLEAN Found = FALSE;
	PULONG Other;
	ULONG i;

	CHECK(Range && Block);
	if (!Range || !Block)
		return;
	Address = MmGetPhysicalAddress(Block);
	for (i = 0; Range[i].NumberOfBytes.QuadPart; i++)
		if (Address.QuadPart >= Range[i].BaseAddress.QuadPart &&
		    Address.QuadPart < Range[i].BaseAddress.QuadPart + Range[i].NumberOfBytes.QuadPart)
			Found = TRUE;
	CHECK(i > 0);
	CHECK(Found);
	*Block = 0x12345678;
	Other = MmGetVirtualForPhysical(Address);
	CHECK(Other && *Other == 0x12345678);
	MmFreeContiguousMemory(Block);
	ExFreePool(Range);
}

/* "MmIsAddressValid", "MmQuerySystemSize", "MmMapIoSpaceEx". */
VOID MemoryQuestions(PCONFORM_TEST_CONTEXT T)
{
	LONG Local = 0;
	PVOID Block = ExAllocatePoolWithTag(NonPagedPool, 2 * PAGE_SIZE, TAG);

	CHECK(MmIsAddressValid(&Local));
	CHECK(MmIsAddressValid(&Pageable));
	CHECK(MmIsAddressValid(Block));
	CHECK(!MmIsAddressValid(NULL));
	CHECK(!MmIsAddressValid((PVOID)0xdeadbeefdeadbeefULL));
	CHECK(MmIsNonPagedSystemAddressValid(Block));
	CHECK(!MmIsNonPagedSystemAddressValid(NULL));
	CHECK(MmQuerySystemSize() >= MmSmallSystem && MmQuerySystemSize() <= MmLargeSystem);
	if (Block)
		ExFreePoolWithTag(Block, TAG);
}

#ifndef __MINGW32__
/* "MmMapIoSpaceEx": the video memory, which is device memory on every PC. */
VOID IoSpaceEx(PCONFORM_TEST_CONTEXT T)
{
	PUCHAR Va = MmMapIoSpaceEx(Physical(0xa0000), PAGE_SIZE, PAGE_READWRITE | PAGE_NOCACHE);
	UCHAR Text[4] = { 1, 2, 3, 4 };

	CHECK(Va != NULL);
	if (!Va)
		return;
	/* Whatever it holds, the runs read what the single ones do. */
	READ_REGISTER_BUFFER_UCHAR(Va, Text, 4);
	CHECK_EQ(READ_REGISTER_UCHAR(Va), Text[0]);
	MmUnmapIoSpace(Va, PAGE_SIZE);
}
#else
VOID IoSpaceEx(PCONFORM_TEST_CONTEXT T) { CHECK(TRUE); }
#endif
