// SPDX-License-Identifier: GPL-2.0
/* Memory descriptor lists: "Using MDLs". */
#include "conform.h"

/* "ADDRESS_AND_SIZE_TO_SPAN_PAGES", "BYTE_OFFSET", "BYTES_TO_PAGES", "ROUND_TO_PAGES". */
VOID MdlSpans(PCONFORM_TEST_CONTEXT T)
{
	static const struct {
		ULONG Offset, Length, Pages;
	} Cases[] = {
		{ 0, 0, 0 }, { 0, 1, 1 }, { 0, 4096, 1 }, { 0, 4097, 2 }, { 1, 4096, 2 },
		{ 4095, 1, 1 }, { 4095, 2, 2 }, { 4095, 4098, 3 }, { 100, 65536, 17 },
	};
	PUCHAR Base = (PUCHAR)(ULONG_PTR)0x10000;
	ULONG i;

	for (i = 0; i < RTL_NUMBER_OF(Cases); i++)
		CHECK_EQ(Cases[i].Pages,
			 ADDRESS_AND_SIZE_TO_SPAN_PAGES(Base + Cases[i].Offset, Cases[i].Length));
	CHECK_EQ(0x123, BYTE_OFFSET((PVOID)(ULONG_PTR)0x5123));
	CHECK_EQ(2, BYTES_TO_PAGES(4097));
	CHECK_EQ(8192, ROUND_TO_PAGES(4097));
	CHECK(PAGE_ALIGN((PVOID)(ULONG_PTR)0x5123) == (PVOID)(ULONG_PTR)0x5000);
	CHECK_EQ(sizeof(MDL) + 2 * sizeof(PFN_NUMBER), MmSizeOfMdl(Base + 4095, 2));
}

/*
 * "IoAllocateMdl", "MmBuildMdlForNonPagedPool", "MmGetSystemAddressForMdlSafe":
 * the MDL of a pool block has the block's own address, and its pages in order.
 */
VOID MdlPool(PCONFORM_TEST_CONTEXT T)
{
	static const struct {
		ULONG Offset, Length;
	} Cases[] = { { 0, 1 }, { 0, 4096 }, { 5, 4096 }, { 4095, 2 }, { 100, 12000 } };
	PUCHAR Block = ExAllocatePoolWithTag(NonPagedPool, 16384, 'ldmT');
	PMDL Mdl;
	ULONG i, Page;

	CHECK(Block != NULL);
	if (!Block)
		return;
	for (i = 0; i < RTL_NUMBER_OF(Cases); i++) {
		PUCHAR Start = Block + Cases[i].Offset;

		Mdl = IoAllocateMdl(Start, Cases[i].Length, FALSE, FALSE, NULL);
		CHECK(Mdl != NULL);
		if (!Mdl)
			break;
		MmBuildMdlForNonPagedPool(Mdl);
		CHECK_EQ(Cases[i].Length, MmGetMdlByteCount(Mdl));
		CHECK_EQ(Cases[i].Offset % PAGE_SIZE, MmGetMdlByteOffset(Mdl));
		CHECK(MmGetMdlVirtualAddress(Mdl) == Start);
		CHECK(MmGetSystemAddressForMdlSafe(Mdl, NormalPagePriority) == Start);
		for (Page = 0; Page < ADDRESS_AND_SIZE_TO_SPAN_PAGES(Start, Cases[i].Length); Page++) {
			PHYSICAL_ADDRESS Address = MmGetPhysicalAddress(
				(PUCHAR)PAGE_ALIGN(Start) + Page * PAGE_SIZE);

			CHECK_EQ(Address.QuadPart >> PAGE_SHIFT, MmGetMdlPfnArray(Mdl)[Page]);
		}
		IoFreeMdl(Mdl);
	}
	ExFreePoolWithTag(Block, 'ldmT');
}

/*
 * "MmBuildMdlForNonPagedPool", "IoBuildPartialMdl": of a block that is too large to be of
 * pages that lie together. Each page is the right one, above 4 GiB, too.
 */
VOID MdlLargePool(PCONFORM_TEST_CONTEXT T)
{
	enum { BYTES = 6 * 1024 * 1024, AT = BYTES / 2 + 5, PART = 3 * PAGE_SIZE };
	PUCHAR Block = ExAllocatePoolWithTag(NonPagedPool, BYTES, 'ldmT'), Part;
	PMDL Mdl, Partial = NULL;
	ULONG i, Wrong = 0;

	CHECK(Block != NULL);
	if (!Block)
		return;
	Mdl = IoAllocateMdl(Block, BYTES, FALSE, FALSE, NULL);
	CHECK(Mdl != NULL);
	if (Mdl) {
		MmBuildMdlForNonPagedPool(Mdl);
		for (i = 0; i < BYTES / PAGE_SIZE; i++)
			Wrong += MmGetMdlPfnArray(Mdl)[i] != (PFN_NUMBER)
				(MmGetPhysicalAddress(Block + i * PAGE_SIZE).QuadPart >> PAGE_SHIFT);
		CHECK_EQ(0, Wrong);
		CHECK(MmGetSystemAddressForMdlSafe(Mdl, NormalPagePriority) == Block);
		Partial = IoAllocateMdl(Block + AT, PART, FALSE, FALSE, NULL);
		CHECK(Partial != NULL);
	}
	if (Partial) {
		IoBuildPartialMdl(Mdl, Partial, Block + AT, PART);
		CHECK_EQ(PART, MmGetMdlByteCount(Partial));
		RtlFillMemory(Block + AT, PART, 0x5e);
		Part = MmGetSystemAddressForMdlSafe(Partial, NormalPagePriority);
		CHECK(Part && Part[0] == 0x5e && Part[PART - 1] == 0x5e);
		IoFreeMdl(Partial);
	}
	if (Mdl)
		IoFreeMdl(Mdl);
	ExFreePoolWithTag(Block, 'ldmT');
}

/* An MDL over pages of several blocks, in the wrong order, as if they were locked. */
static PMDL ScatteredMdl(PUCHAR Blocks[], ULONG Count)
{
	PMDL Mdl = IoAllocateMdl((PVOID)(ULONG_PTR)0x10000, Count * PAGE_SIZE, FALSE, FALSE, NULL);
	ULONG i;

	if (!Mdl)
		return NULL;
	for (i = 0; i < Count; i++)
		MmGetMdlPfnArray(Mdl)[i] = (PFN_NUMBER)
			(MmGetPhysicalAddress(Blocks[Count - 1 - i]).QuadPart >> PAGE_SHIFT);
	Mdl->MdlFlags |= MDL_PAGES_LOCKED;
	return Mdl;
}

/*
 * "MmUnmapLockedPages", "IoFreeMdl": IRQL <= DISPATCH_LEVEL, whatever the pages
 * are. IoFreeMdl of a partial MDL that was mapped unmaps it.
 */
VOID MdlUnmapAtDispatch(PCONFORM_TEST_CONTEXT T)
{
	enum { COUNT = 4 };
	PUCHAR Blocks[COUNT] = { NULL }, Address;
	PMDL Mdl = NULL;
	ULONG i, Round;
	KIRQL Irql;

	for (i = 0; i < COUNT; i++) {
		Blocks[i] = ExAllocatePoolWithTag(NonPagedPool, PAGE_SIZE, 'ldmT');
		CHECK(Blocks[i] != NULL);
		if (!Blocks[i])
			goto Free;
		Blocks[i][0] = (UCHAR)i;
	}
	for (Round = 0; Round < 2; Round++) {
		Mdl = ScatteredMdl(Blocks, COUNT);
		CHECK(Mdl != NULL);
		if (!Mdl)
			goto Free;
		if (Round)
			Mdl->MdlFlags |= MDL_PARTIAL;
		Address = MmGetSystemAddressForMdlSafe(Mdl, NormalPagePriority);
		CHECK(Address != NULL);
		for (i = 0; Address && i < COUNT; i++)
			CHECK_EQ(COUNT - 1 - i, Address[i * PAGE_SIZE]);
		KeRaiseIrql(DISPATCH_LEVEL, &Irql);
		if (!Round && Address)
			MmUnmapLockedPages(Address, Mdl);
		IoFreeMdl(Mdl);
		KeLowerIrql(Irql);
	}
	/* A thread may be undoing it still. */
	SleepFor(20);
Free:
	for (i = 0; i < COUNT; i++)
		if (Blocks[i])
			ExFreePoolWithTag(Blocks[i], 'ldmT');
}
