// SPDX-License-Identifier: GPL-2.0
/* DMA version 3: what an adapter tells of itself, and whole transfers. */
#include "v3.h"

#ifdef DMA_SYNCHRONOUS_CALLBACK

static PDMA_ADAPTER AnyAdapter(PTEST T, ULONG Version, ULONG Bits)
{
	DEVICE_DESCRIPTION Description;
	ULONG Registers;

	RtlZeroMemory(&Description, sizeof(Description));
	Description.Version = Version;
	Description.Master = TRUE;
	Description.ScatterGather = TRUE;
	Description.DmaAddressWidth = Bits;
	Description.InterfaceType = PCIBus;
	Description.MaximumLength = PAGE_SIZE;
	return IoGetDmaAdapter(T->Extension->Pdo, &Description, &Registers);
}

/*
 * "DEVICE_DESCRIPTION": "If the ScatterGather member is set to TRUE and the InterfaceType
 * member is set to PCIBus, ... the device supports 32-bit DMA addresses": what lies above
 * 16 MiB needs no copy.
 */
static VOID ReachesFarPage(PTEST T, PDMA_ADAPTER Adapter)
{
	PUCHAR Page = ExAllocatePoolWithTag(NonPagedPool, PAGE_SIZE, TAG);
	PMDL Mdl = Page ? PageMdl(Page, PAGE_SIZE) : NULL;
	PHYSICAL_ADDRESS Address, Seen;
	ULONG Length = PAGE_SIZE;
	PVOID Base = NULL;
	REQUEST R;

	RtlZeroMemory(&R, sizeof(R));
	R.Action = DeallocateObjectKeepRegisters;
	CHECK(Mdl != NULL);
	if (Mdl) {
		KIRQL Irql;

		Address = MmGetPhysicalAddress(Page);
		CHECK(Address.QuadPart >= 1 << 24 && Address.QuadPart < 1LL << 32);
		KeRaiseIrql(DISPATCH_LEVEL, &Irql);
		CHECK_EQ(STATUS_SUCCESS, Adapter->DmaOperations->AllocateAdapterChannel(Adapter,
			T->Device, 1, RequestControl, &R));
		Base = R.Base;
		if (Base) {
			Seen = Adapter->DmaOperations->MapTransfer(Adapter, Mdl, Base, Page, &Length,
								   TRUE);
			CHECK_EQ(Address.QuadPart, Seen.QuadPart);
			Adapter->DmaOperations->FlushAdapterBuffers(Adapter, Mdl, Base, Page,
								    PAGE_SIZE, TRUE);
			Adapter->DmaOperations->FreeMapRegisters(Adapter, Base, 1);
		}
		KeLowerIrql(Irql);
		IoFreeMdl(Mdl);
	}
	if (Page)
		ExFreePoolWithTag(Page, TAG);
}

/*
 * "IoGetDmaAdapter": the operations are of the description's version, or there is no
 * adapter; the adapter's own Version is 1 always. "DEVICE_DESCRIPTION": DmaAddressWidth
 * "must be nonzero and must not exceed 64". "GetDmaAdapterInfo".
 */
VOID DmaVersions(PTEST T)
{
	static const struct {
		ULONG Version, Size;
	} Versions[] = {
		{ DEVICE_DESCRIPTION_VERSION, FIELD_OFFSET(DMA_OPERATIONS, CalculateScatterGatherList) },
		{ DEVICE_DESCRIPTION_VERSION1, FIELD_OFFSET(DMA_OPERATIONS, CalculateScatterGatherList) },
		{ DEVICE_DESCRIPTION_VERSION2, FIELD_OFFSET(DMA_OPERATIONS, GetDmaAdapterInfo) },
		{ DEVICE_DESCRIPTION_VERSION3, sizeof(DMA_OPERATIONS) },
	};
	DMA_ADAPTER_INFO Info;
	PDMA_ADAPTER Adapter;
	ULONG i;

	for (i = 0; i < RTL_NUMBER_OF(Versions); i++) {
		Adapter = AnyAdapter(T, Versions[i].Version, 28);
		CHECK(Adapter != NULL);
		if (!Adapter)
			continue;
		CHECK_EQ(1, Adapter->Version);
		CHECK_EQ(Versions[i].Size, Adapter->DmaOperations->Size);
		if (Versions[i].Version == DEVICE_DESCRIPTION_VERSION)
			ReachesFarPage(T, Adapter);
		if (Versions[i].Version == DEVICE_DESCRIPTION_VERSION3) {
			RtlFillMemory(&Info, sizeof(Info), 0xff);
			Info.Version = DMA_ADAPTER_INFO_VERSION1;
			CHECK_EQ(STATUS_SUCCESS,
				 Adapter->DmaOperations->GetDmaAdapterInfo(Adapter, &Info));
			CHECK_EQ(28, Info.V1.DmaAddressWidth);
			CHECK_EQ(FALSE, Info.V1.ReadDmaCounterAvailable);
			CHECK(Info.V1.ScatterGatherLimit >= 2);
			CHECK_EQ(0, Info.V1.Flags);
			CHECK_EQ(1, Info.V1.MinimumTransferUnit);
			Info.Version = DMA_ADAPTER_INFO_VERSION1 + 1;
			CHECK_EQ(STATUS_NOT_SUPPORTED,
				 Adapter->DmaOperations->GetDmaAdapterInfo(Adapter, &Info));
		}
		PutAdapter3(Adapter);
	}
	CHECK(!AnyAdapter(T, DEVICE_DESCRIPTION_VERSION3 + 1, 32));
	CHECK(!AnyAdapter(T, DEVICE_DESCRIPTION_VERSION3, 0));
	CHECK(!AnyAdapter(T, DEVICE_DESCRIPTION_VERSION3, 65));
}

/* "GetDmaTransferInfo": of a part of a chain of MDLs. */
VOID DmaTransferInfo(PTEST T)
{
	static const struct {
		ULONG Offset, Length, Registers;
	} Parts[] = {
		{ 0, CHAIN, CHAIN_REGISTERS }, { 0, FIRST, 2 }, { 0, FIRST + 1, 3 },
		{ PAGE_SIZE - 1, 2, 2 }, { FIRST, SECOND, 2 }, { FIRST, PAGE_SIZE - SECOND_AT, 1 },
		{ CHAIN - 1, 1, 1 },
	};
	DMA_TRANSFER_INFO Info;
	PDMA_ADAPTER Adapter;
	CHAINED Chain;
	ULONG Count, i;

	Adapter = GetAdapter3(T, TRUE, 64, CHAIN, &Count);
	CHECK(MakeChain(&Chain));
	for (i = 0; Chain.Mdl && Adapter && i < RTL_NUMBER_OF(Parts); i++) {
		Info.Version = DMA_TRANSFER_INFO_VERSION1;
		CHECK_EQ(STATUS_SUCCESS,
			 Adapter->DmaOperations->GetDmaTransferInfo(Adapter, Chain.Mdl,
				Parts[i].Offset, Parts[i].Length, TRUE, &Info));
		CHECK_EQ(Parts[i].Registers, Info.V1.MapRegisterCount);
		CHECK(Info.V1.ScatterGatherElementCount >= 1);
		CHECK(Info.V1.ScatterGatherElementCount <= Parts[i].Registers);
		CHECK(Info.V1.ScatterGatherListSize >= sizeof(SCATTER_GATHER_LIST) +
		      Info.V1.ScatterGatherElementCount * sizeof(SCATTER_GATHER_ELEMENT));
	}
	if (Chain.Mdl && Adapter) {
		Info.Version = DMA_TRANSFER_INFO_VERSION2;
		CHECK_EQ(STATUS_SUCCESS, Adapter->DmaOperations->GetDmaTransferInfo(Adapter,
			Chain.Mdl, 0, CHAIN, FALSE, &Info));
		CHECK_EQ(CHAIN_REGISTERS, Info.V2.MapRegisterCount);
		CHECK_EQ(CHAIN_REGISTERS, Info.V2.LogicalPageCount);
		Info.Version = DMA_TRANSFER_INFO_VERSION2 + 1;
		CHECK_EQ(STATUS_NOT_SUPPORTED, Adapter->DmaOperations->GetDmaTransferInfo(Adapter,
			Chain.Mdl, 0, CHAIN, FALSE, &Info));
		/* "valid values of Length are in the range 1 to N-Offset". */
		Info.Version = DMA_TRANSFER_INFO_VERSION1;
		CHECK_EQ(STATUS_INVALID_PARAMETER, Adapter->DmaOperations->GetDmaTransferInfo(
			Adapter, Chain.Mdl, 0, 0, FALSE, &Info));
		CHECK_EQ(STATUS_INVALID_PARAMETER, Adapter->DmaOperations->GetDmaTransferInfo(
			Adapter, Chain.Mdl, 1, CHAIN, FALSE, &Info));
		CHECK_EQ(STATUS_INVALID_PARAMETER, Adapter->DmaOperations->GetDmaTransferInfo(
			Adapter, Chain.Mdl, 1ULL << 32, 1, FALSE, &Info));
	}
	FreeChain(&Chain);
	PutAdapter3(Adapter);
}

#define ELEMENTS	8
#define LIST_BYTES	(sizeof(SCATTER_GATHER_LIST) + ELEMENTS * sizeof(SCATTER_GATHER_ELEMENT))

static VOID MapAndFlush(PTEST T, PDMA_ADAPTER Adapter, PVOID Base, PCHAINED Chain,
			PSCATTER_GATHER_LIST List, ULONG Offset, ULONG Bytes, BOOLEAN Write)
{
	ULONG Length = Bytes;

	CHECK_EQ(STATUS_SUCCESS, Adapter->DmaOperations->MapTransferEx(Adapter, Chain->Mdl, Base,
		Offset, 0, &Length, Write, List, LIST_BYTES, NULL, NULL));
	CHECK_EQ(Bytes, Length);
	CHECK_EQ(Bytes, ListBytes(List));
	CHECK_EQ(STATUS_SUCCESS, Adapter->DmaOperations->FlushAdapterBuffersEx(Adapter, Chain->Mdl,
		Base, Offset, Bytes, Write));
}

/*
 * "MapTransferEx": "can process all of the buffer fragments in an MDL chain in one call",
 * from Offset on. For a device that reaches 16 MiB the data goes by copies: what such a
 * transfer to the device has left there comes back by the next one from it.
 */
VOID DmaMapEx(PTEST T)
{
	enum { OFFSET = 700, BYTES = CHAIN - 1000 };
	PSCATTER_GATHER_LIST List = ExAllocatePoolWithTag(NonPagedPool, LIST_BYTES, TAG);
	PDMA_ADAPTER Adapter;
	CHAINED Chain;
	ULONG Count, Wide;
	REQUEST R;

	CHECK(List != NULL);
	CHECK(MakeChain(&Chain));
	for (Wide = 0; List && Chain.Mdl && Wide < 2; Wide++) {
		Adapter = GetAdapter3(T, TRUE, Wide ? 64 : 24, CHAIN, &Count);
		if (!Adapter)
			break;
		RtlZeroMemory(&R, sizeof(R));
		CHECK_EQ(STATUS_SUCCESS, Adapter->DmaOperations->InitializeDmaTransferContext(Adapter,
			R.Context));
		CHECK_EQ(STATUS_SUCCESS, Request(T, Adapter, CHAIN_REGISTERS, &R,
						 DeallocateObjectKeepRegisters));
		CHECK_EQ(1, R.Calls);
		FillChain(&Chain, 0x11);
		MapAndFlush(T, Adapter, R.Base, &Chain, List, OFFSET, BYTES, TRUE);
		if (!Wide)
			FillChain(&Chain, 0x22);
		MapAndFlush(T, Adapter, R.Base, &Chain, List, OFFSET, BYTES, FALSE);
		CHECK_EQ(BYTES, CountChain(&Chain, OFFSET, OFFSET + BYTES, 0x11));
		if (!Wide) {
			CHECK_EQ(OFFSET, CountChain(&Chain, 0, OFFSET, 0x22));
			CHECK_EQ(CHAIN - OFFSET - BYTES,
				 CountChain(&Chain, OFFSET + BYTES, CHAIN, 0x22));
		} else if (List->NumberOfElements) {
			CHECK_EQ(MmGetPhysicalAddress(Chain.First + OFFSET).QuadPart,
				 List->Elements[0].Address.QuadPart);
		}
		FreeRegisters3(Adapter, R.Base, CHAIN_REGISTERS);
		PutAdapter3(Adapter);
	}
	FreeChain(&Chain);
	if (List)
		ExFreePoolWithTag(List, TAG);
}

/* Map as much as goes, flush it, go on. */
static ULONG Steps(PTEST T, PDMA_ADAPTER Adapter, PVOID Base, PCHAINED Chain,
		   PSCATTER_GATHER_LIST List, ULONG ListSize)
{
	ULONG Done, Length, Count = 0;

	for (Done = 0; Done < CHAIN && Count < 100; Done += Length, Count++) {
		Length = CHAIN - Done;
		CHECK_EQ(STATUS_SUCCESS, Adapter->DmaOperations->MapTransferEx(Adapter, Chain->Mdl,
			Base, Done, 0, &Length, TRUE, List, ListSize, NULL, NULL));
		CHECK(Length > 0 && Length <= CHAIN - Done);
		CHECK_EQ(Length, ListBytes(List));
		CHECK_EQ(STATUS_SUCCESS, Adapter->DmaOperations->FlushAdapterBuffersEx(Adapter,
			Chain->Mdl, Base, Done, Length, TRUE));
	}
	CHECK_EQ(CHAIN, Done);
	return Count;
}

/*
 * "Multiple calls to MapTransferEx": few map registers, a small list, or a device that can
 * be told of one run only: "the output value of *Length is less than its input value".
 */
VOID DmaMapExInSteps(PTEST T)
{
	enum { ONE = sizeof(SCATTER_GATHER_LIST) + sizeof(SCATTER_GATHER_ELEMENT) };
	static const struct {
		BOOLEAN ScatterGather;
		ULONG Registers, ListSize, Steps;
	} Cases[] = {
		{ TRUE, CHAIN_REGISTERS, LIST_BYTES, 1 },
		{ TRUE, 1, LIST_BYTES, CHAIN_REGISTERS },
		{ TRUE, CHAIN_REGISTERS, ONE, 2 },
		{ FALSE, CHAIN_REGISTERS, LIST_BYTES, 2 },
	};
	PSCATTER_GATHER_LIST List = ExAllocatePoolWithTag(NonPagedPool, LIST_BYTES, TAG);
	PDMA_ADAPTER Adapter;
	CHAINED Chain;
	ULONG Count, i;
	REQUEST R;

	CHECK(List != NULL);
	CHECK(MakeChain(&Chain));
	for (i = 0; List && Chain.Mdl && i < RTL_NUMBER_OF(Cases); i++) {
		/* 24 bits: by copies, so that a page takes a register. */
		Adapter = GetAdapter3(T, Cases[i].ScatterGather, 24, CHAIN, &Count);
		if (!Adapter)
			break;
		RtlZeroMemory(&R, sizeof(R));
		Adapter->DmaOperations->InitializeDmaTransferContext(Adapter, R.Context);
		CHECK_EQ(STATUS_SUCCESS, Request(T, Adapter, Cases[i].Registers, &R,
						 DeallocateObjectKeepRegisters));
		CHECK_EQ(Cases[i].Steps, Steps(T, Adapter, R.Base, &Chain, List, Cases[i].ListSize));
		FreeRegisters3(Adapter, R.Base, Cases[i].Registers);
		PutAdapter3(Adapter);
	}
	FreeChain(&Chain);
	if (List)
		ExFreePoolWithTag(List, TAG);
}

static VOID NeverCalled(PDMA_ADAPTER Adapter, PDEVICE_OBJECT DeviceObject, PVOID Context,
			DMA_COMPLETION_STATUS Status)
{
	UNREFERENCED_PARAMETER(Adapter);
	UNREFERENCED_PARAMETER(DeviceObject);
	UNREFERENCED_PARAMETER(Context);
	UNREFERENCED_PARAMETER(Status);
}

/*
 * "MapTransferEx": the list is required for a bus master and has room for one element;
 * DmaCompletionRoutine is NULL; the bytes are those of the chain. "FlushAdapterBuffersEx".
 */
VOID DmaMapExRefused(PTEST T)
{
	PSCATTER_GATHER_LIST List = ExAllocatePoolWithTag(NonPagedPool, LIST_BYTES, TAG);
	PDMA_ADAPTER Adapter;
	CHAINED Chain;
	ULONG Count, Length;
	REQUEST R;

	Adapter = GetAdapter3(T, TRUE, 64, CHAIN, &Count);
	CHECK(List != NULL);
	CHECK(MakeChain(&Chain));
	if (List && Chain.Mdl && Adapter) {
		PDMA_OPERATIONS Dma = Adapter->DmaOperations;

		RtlZeroMemory(&R, sizeof(R));
		Dma->InitializeDmaTransferContext(Adapter, R.Context);
		CHECK_EQ(STATUS_SUCCESS, Request(T, Adapter, 1, &R, DeallocateObjectKeepRegisters));
		Length = 1;
		CHECK_EQ(STATUS_INVALID_PARAMETER, Dma->MapTransferEx(Adapter, Chain.Mdl, R.Base, 0,
			0, &Length, TRUE, NULL, 0, NULL, NULL));
		CHECK_EQ(STATUS_INVALID_PARAMETER, Dma->MapTransferEx(Adapter, Chain.Mdl, R.Base, 0,
			0, &Length, TRUE, List, sizeof(SCATTER_GATHER_LIST), NULL, NULL));
		CHECK_EQ(STATUS_INVALID_PARAMETER, Dma->MapTransferEx(Adapter, Chain.Mdl, R.Base, 0,
			0, &Length, TRUE, List, LIST_BYTES, NeverCalled, NULL));
		CHECK_EQ(STATUS_INVALID_PARAMETER, Dma->MapTransferEx(Adapter, Chain.Mdl, R.Base,
			CHAIN, 0, &Length, TRUE, List, LIST_BYTES, NULL, NULL));
		Length = CHAIN + 1;
		CHECK_EQ(STATUS_INVALID_PARAMETER, Dma->MapTransferEx(Adapter, Chain.Mdl, R.Base, 0,
			0, &Length, TRUE, List, LIST_BYTES, NULL, NULL));
		CHECK_EQ(CHAIN + 1, Length);
		/* "valid values of *Length are in the range 0 to N-Offset". */
		Length = 0;
		CHECK_EQ(STATUS_SUCCESS, Dma->MapTransferEx(Adapter, Chain.Mdl, R.Base, 0, 0,
			&Length, TRUE, List, LIST_BYTES, NULL, NULL));
		CHECK_EQ(0, List->NumberOfElements);
		CHECK_EQ(STATUS_INVALID_PARAMETER, Dma->FlushAdapterBuffersEx(Adapter, Chain.Mdl,
			R.Base, 1, CHAIN, TRUE));
		FreeRegisters3(Adapter, R.Base, 1);
	}
	FreeChain(&Chain);
	if (List)
		ExFreePoolWithTag(List, TAG);
	PutAdapter3(Adapter);
}

#endif
