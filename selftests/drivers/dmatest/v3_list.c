// SPDX-License-Identifier: GPL-2.0
/* DMA version 3: scatter/gather lists; and chains of MDLs in those of version 2. */
#include "v3.h"

#ifdef DMA_SYNCHRONOUS_CALLBACK

static VOID Put(PDMA_ADAPTER Adapter, PSCATTER_GATHER_LIST List, BOOLEAN Write)
{
	KIRQL Irql;

	KeRaiseIrql(DISPATCH_LEVEL, &Irql);
	Adapter->DmaOperations->PutScatterGatherList(Adapter, List, Write);
	KeLowerIrql(Irql);
}

static NTSTATUS GetList(PTEST T, PDMA_ADAPTER Adapter, PVOID Context, PMDL Mdl, ULONGLONG Offset,
			ULONG Length, ULONG Flags, PDRIVER_LIST_CONTROL Routine, PLIST List,
			PSCATTER_GATHER_LIST *Result)
{
	return Adapter->DmaOperations->GetScatterGatherListEx(Adapter, T->Device, Context, Mdl,
		Offset, Length, Flags, Routine, List, TRUE, NULL, NULL, Result);
}

/*
 * "GetScatterGatherListEx": called with the list when there are registers, at any IRQL up
 * to DISPATCH_LEVEL; cancelled while it waits; "PutScatterGatherList" frees it.
 */
VOID DmaListEx(PTEST T)
{
	UCHAR Contexts[3][DMA_TRANSFER_CONTEXT_SIZE_V1];
	LIST Lists[3] = { { NULL, 0 } };
	PSCATTER_GATHER_LIST Result;
	PDMA_ADAPTER Adapter;
	CHAINED Chain;
	ULONG Count, i;

	/* Registers for one list at a time. */
	Adapter = GetAdapter3(T, TRUE, 24, CHAIN, &Count);
	CHECK(MakeChain(&Chain));
	CHECK(Count < 2 * CHAIN_REGISTERS - 1);
	if (Adapter && Chain.Mdl) {
		for (i = 0; i < 3; i++) {
			Adapter->DmaOperations->InitializeDmaTransferContext(Adapter, Contexts[i]);
			Result = NULL;
			CHECK_EQ(STATUS_SUCCESS, GetList(T, Adapter, Contexts[i], Chain.Mdl, 1,
							 CHAIN - 1, 0, ListControl, &Lists[i],
							 i ? NULL : &Result));
			CHECK_EQ(i ? 0 : 1, Lists[i].Calls);
			if (!i)
				CHECK(Result == Lists[i].List);
		}
		CHECK(Lists[0].List && ListBytes(Lists[0].List) == CHAIN - 1);
		CHECK(Adapter->DmaOperations->CancelAdapterChannel(Adapter, T->Device, Contexts[1]));
		CHECK(!Adapter->DmaOperations->CancelAdapterChannel(Adapter, T->Device, Contexts[0]));
		if (Lists[0].Calls)
			Put(Adapter, Lists[0].List, TRUE);
		CHECK_EQ(0, Lists[1].Calls);
		CHECK_EQ(1, Lists[2].Calls);
		if (Lists[2].Calls)
			Put(Adapter, Lists[2].List, TRUE);
	}
	FreeChain(&Chain);
	PutAdapter3(Adapter);
}

/*
 * "GetScatterGatherListEx", "BuildScatterGatherListEx" without a routine: the list is
 * there on return; "FreeAdapterObject" ends the request, before or after the list is put.
 * The list that is built "always matches the ScatterGatherBuffer parameter value".
 */
VOID DmaListExNow(PTEST T)
{
	UCHAR Context[DMA_TRANSFER_CONTEXT_SIZE_V1], Other[DMA_TRANSFER_CONTEXT_SIZE_V1];
	PSCATTER_GATHER_LIST List = NULL, None;
	DMA_TRANSFER_INFO Info;
	PDMA_ADAPTER Adapter;
	PVOID Buffer = NULL;
	CHAINED Chain;
	ULONG Count;
	REQUEST R;

	Adapter = GetAdapter3(T, TRUE, 24, CHAIN, &Count);
	CHECK(MakeChain(&Chain));
	Info.Version = DMA_TRANSFER_INFO_VERSION1;
	if (Adapter && Chain.Mdl) {
		PDMA_OPERATIONS Dma = Adapter->DmaOperations;

		CHECK_EQ(STATUS_SUCCESS, Dma->GetDmaTransferInfo(Adapter, Chain.Mdl, 0, CHAIN, TRUE,
			&Info));
		Buffer = ExAllocatePoolWithTag(NonPagedPool, Info.V1.ScatterGatherListSize, TAG);
		CHECK(Buffer != NULL);
		Dma->InitializeDmaTransferContext(Adapter, Context);
		Dma->InitializeDmaTransferContext(Adapter, Other);
		FillChain(&Chain, 0x41);
		CHECK_EQ(STATUS_SUCCESS, GetList(T, Adapter, Context, Chain.Mdl, 0, CHAIN,
						 DMA_SYNCHRONOUS_CALLBACK, NULL, NULL, &List));
		CHECK(List && ListBytes(List) == CHAIN);
		None = (PVOID)1;
		CHECK_EQ(STATUS_INSUFFICIENT_RESOURCES,
			 GetList(T, Adapter, Other, Chain.Mdl, 0, 1, DMA_SYNCHRONOUS_CALLBACK, NULL,
				 NULL, &None));
		CHECK(!None);
		FreeObject(Adapter, DeallocateObjectKeepRegisters);
		if (List)
			Put(Adapter, List, TRUE);
	}
	if (Buffer) {
		PDMA_OPERATIONS Dma = Adapter->DmaOperations;
		KIRQL Irql;

		KeRaiseIrql(DISPATCH_LEVEL, &Irql);
		CHECK_EQ(STATUS_BUFFER_TOO_SMALL, Dma->BuildScatterGatherListEx(Adapter, T->Device,
			Context, Chain.Mdl, 0, CHAIN, DMA_SYNCHRONOUS_CALLBACK, NULL, NULL, TRUE,
			Buffer, Info.V1.ScatterGatherListSize - 1, NULL, NULL, &List));
		CHECK_EQ(STATUS_SUCCESS, Dma->BuildScatterGatherListEx(Adapter, T->Device, Context,
			Chain.Mdl, 0, CHAIN, DMA_SYNCHRONOUS_CALLBACK, NULL, NULL, TRUE, Buffer,
			Info.V1.ScatterGatherListSize, NULL, NULL, &List));
		KeLowerIrql(Irql);
		CHECK(List == Buffer);
		CHECK_EQ(CHAIN, ListBytes(List));
		/* All at once: the registers may be another's by the time that the list is put. */
		FreeObject(Adapter, DeallocateObject);
		RtlZeroMemory(&R, sizeof(R));
		Dma->InitializeDmaTransferContext(Adapter, R.Context);
		CHECK_EQ(STATUS_SUCCESS, RequestNow(T, Adapter, Count, &R));
		Put(Adapter, List, TRUE);
		CHECK_EQ(STATUS_INSUFFICIENT_RESOURCES, RequestNow(T, Adapter, 1, &R));
		FreeObject(Adapter, DeallocateObject);
		/* The list first: the object has nothing left but the channel. */
		CHECK_EQ(STATUS_SUCCESS, GetList(T, Adapter, Context, Chain.Mdl, 0, CHAIN,
						 DMA_SYNCHRONOUS_CALLBACK, NULL, NULL, &List));
		Put(Adapter, List, TRUE);
		FreeObject(Adapter, DeallocateObject);
		CHECK_EQ(STATUS_SUCCESS, RequestNow(T, Adapter, Count, &R));
		FreeObject(Adapter, DeallocateObject);
		ExFreePoolWithTag(Buffer, TAG);
	}
	FreeChain(&Chain);
	PutAdapter3(Adapter);
}

/*
 * "GetScatterGatherListEx" "fails if the DMA_SYNCHRONOUS_CALLBACK flag is set and
 * ScatterGatherList and ExecutionRoutine are both NULL, or if the DMA_SYNCHRONOUS_CALLBACK
 * flag is not set and ExecutionRoutine is NULL"; and for bytes that the chain has not.
 */
VOID DmaListExRefused(PTEST T)
{
	UCHAR Context[DMA_TRANSFER_CONTEXT_SIZE_V1];
	PSCATTER_GATHER_LIST Result = NULL;
	LIST List = { NULL, 0 };
	PDMA_ADAPTER Adapter, Plain;
	CHAINED Chain;
	ULONG Count;

	Adapter = GetAdapter3(T, TRUE, 64, PAGE_SIZE, &Count);
	Plain = GetAdapter3(T, FALSE, 64, CHAIN, &Count);
	CHECK(MakeChain(&Chain));
	if (Adapter && Plain && Chain.Mdl) {
		Adapter->DmaOperations->InitializeDmaTransferContext(Adapter, Context);
		CHECK_EQ(STATUS_INVALID_PARAMETER,
			 GetList(T, Adapter, Context, Chain.Mdl, 0, 1, DMA_SYNCHRONOUS_CALLBACK, NULL,
				 NULL, NULL));
		CHECK_EQ(STATUS_INVALID_PARAMETER,
			 GetList(T, Adapter, Context, Chain.Mdl, 0, 1, 0, NULL, NULL, &Result));
		CHECK_EQ(STATUS_INVALID_PARAMETER,
			 GetList(T, Adapter, NULL, Chain.Mdl, 0, 1, 0, ListControl, &List, NULL));
		CHECK_EQ(STATUS_INVALID_PARAMETER,
			 GetList(T, Adapter, Context, Chain.Mdl, 0, 0, 0, ListControl, &List, NULL));
		CHECK_EQ(STATUS_INVALID_PARAMETER,
			 GetList(T, Adapter, Context, Chain.Mdl, CHAIN, 1, 0, ListControl, &List,
				 NULL));
		/* More registers than the adapter has. */
		CHECK_EQ(STATUS_INSUFFICIENT_RESOURCES,
			 GetList(T, Adapter, Context, Chain.Mdl, 0, CHAIN, 0, ListControl, &List,
				 NULL));
		/* A device that can be told of one run, and a transfer that has two at least. */
		Plain->DmaOperations->InitializeDmaTransferContext(Plain, Context);
		CHECK_EQ(STATUS_INSUFFICIENT_RESOURCES,
			 GetList(T, Plain, Context, Chain.Mdl, 0, CHAIN, 0, ListControl, &List,
				 NULL));
		CHECK_EQ(0, List.Calls);
		CHECK_EQ(STATUS_SUCCESS,
			 GetList(T, Plain, Context, Chain.Mdl, FIRST, SECOND, 0, ListControl, &List,
				 NULL));
		CHECK_EQ(1, List.Calls);
		if (List.Calls) {
			CHECK_EQ(1, List.List->NumberOfElements);
			Put(Plain, List.List, TRUE);
		}
	}
	FreeChain(&Chain);
	PutAdapter3(Plain);
	PutAdapter3(Adapter);
}

/*
 * "GetScatterGatherList": "This routine can handle chained MDLs". And
 * "BuildMdlFromScatterGatherList" of such.
 */
VOID DmaListChain(PTEST T)
{
	LIST List = { NULL, 0 };
	ULONG Count, Size, Registers, Bytes = 0;
	PDMA_ADAPTER Adapter;
	PMDL Seen = NULL, Mdl;
	CHAINED Chain;
	PUCHAR Va;
	KIRQL Irql;

	Adapter = GetAdapter3(T, TRUE, 24, CHAIN, &Count);
	CHECK(MakeChain(&Chain));
	if (Adapter && Chain.Mdl) {
		FillChain(&Chain, 0x51);
		CHECK_EQ(STATUS_SUCCESS, Adapter->DmaOperations->CalculateScatterGatherList(Adapter,
			Chain.Mdl, Chain.First + 100, CHAIN - 200, &Size, &Registers));
		CHECK_EQ(CHAIN_REGISTERS, Registers);
		CHECK_EQ(STATUS_BUFFER_TOO_SMALL, Adapter->DmaOperations->CalculateScatterGatherList(
			Adapter, Chain.Mdl, Chain.First + 100, CHAIN, &Size, &Registers));
		KeRaiseIrql(DISPATCH_LEVEL, &Irql);
		CHECK_EQ(STATUS_SUCCESS, Adapter->DmaOperations->GetScatterGatherList(Adapter,
			T->Device, Chain.Mdl, Chain.First + 100, CHAIN - 200, ListControl, &List,
			TRUE));
		KeLowerIrql(Irql);
		CHECK_EQ(1, List.Calls);
	}
	if (List.Calls) {
		CHECK_EQ(CHAIN - 200, ListBytes(List.List));
		CHECK_EQ(STATUS_SUCCESS, Adapter->DmaOperations->BuildMdlFromScatterGatherList(
			Adapter, List.List, Chain.Mdl, &Seen));
		for (Mdl = Seen; Mdl; Mdl = Mdl->Next) {
			Bytes += MmGetMdlByteCount(Mdl);
			Va = MmGetSystemAddressForMdlSafe(Mdl, NormalPagePriority);
			CHECK(Va != NULL);
			if (Va)
				CHECK_EQ(MmGetMdlByteCount(Mdl),
					 CountBytes(Va, 0, MmGetMdlByteCount(Mdl), 0x51));
		}
		CHECK_EQ(CHAIN - 200, Bytes);
		Put(Adapter, List.List, TRUE);
	}
	FreeChain(&Chain);
	PutAdapter3(Adapter);
}

#endif
