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
