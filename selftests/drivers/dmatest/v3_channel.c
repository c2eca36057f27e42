// SPDX-License-Identifier: GPL-2.0
/* DMA version 3: requests for the channel, at once, in line and cancelled. */
#include "v3.h"

#ifdef DMA_SYNCHRONOUS_CALLBACK

static VOID Prepare(PTEST T, PDMA_ADAPTER Adapter, PREQUEST R)
{
	RtlZeroMemory(R, sizeof(*R));
	CHECK_EQ(STATUS_SUCCESS,
		 Adapter->DmaOperations->InitializeDmaTransferContext(Adapter, R->Context));
}

static BOOLEAN Cancel(PTEST T, PDMA_ADAPTER Adapter, PREQUEST R)
{
	return Adapter->DmaOperations->CancelAdapterChannel(Adapter, T->Device, R->Context);
}

/*
 * "AllocateAdapterChannelEx": with DMA_SYNCHRONOUS_CALLBACK "the call fails and returns
 * STATUS_INSUFFICIENT_RESOURCES" when it would have to wait; without a routine the caller
 * has the registers until "FreeAdapterObject", whose action says what is freed.
 */
VOID DmaChannelEx(PTEST T)
{
	REQUEST Now, Late, Wait;
	PDMA_ADAPTER Adapter;
	NTSTATUS Status;
	ULONG Count;
	KIRQL Irql;

	Adapter = GetAdapter3(T, TRUE, 64, 2 * PAGE_SIZE, &Count);
	if (!Adapter)
		return;
	Prepare(T, Adapter, &Now);
	Prepare(T, Adapter, &Late);
	Prepare(T, Adapter, &Wait);
	CHECK_EQ(STATUS_SUCCESS, RequestNow(T, Adapter, Count, &Now));
	CHECK(Now.Base != NULL);
	CHECK_EQ(STATUS_INSUFFICIENT_RESOURCES, RequestNow(T, Adapter, 1, &Late));
	CHECK_EQ(STATUS_SUCCESS, Request(T, Adapter, 1, &Wait, DeallocateObject));
	CHECK_EQ(0, Wait.Calls);
	FreeObject(Adapter, KeepObject);
	CHECK_EQ(0, Wait.Calls);
	/* The channel is free, the registers are not: somebody waits for them. */
	FreeObject(Adapter, DeallocateObjectKeepRegisters);
	CHECK_EQ(0, Wait.Calls);
	CHECK_EQ(STATUS_INSUFFICIENT_RESOURCES, RequestNow(T, Adapter, 0, &Late));
	FreeRegisters3(Adapter, Now.Base, Count);
	CHECK_EQ(1, Wait.Calls);
	/* Once more, with all freed in one. */
	CHECK_EQ(STATUS_SUCCESS, RequestNow(T, Adapter, Count, &Now));
	CHECK_EQ(STATUS_SUCCESS, Request(T, Adapter, Count, &Wait, DeallocateObject));
	FreeObject(Adapter, DeallocateObject);
	CHECK_EQ(2, Wait.Calls);
	/* "FreeAdapterChannel ... is similar to ... DeallocateObject". */
	CHECK_EQ(STATUS_SUCCESS, RequestNow(T, Adapter, Count, &Now));
	KeRaiseIrql(DISPATCH_LEVEL, &Irql);
	Adapter->DmaOperations->FreeAdapterChannel(Adapter);
	/* "this routine is to be called in the context of the calling thread, before ...". */
	Now.Action = DeallocateObject;
	Status = Adapter->DmaOperations->AllocateAdapterChannelEx(Adapter, T->Device, Now.Context,
		Count, DMA_SYNCHRONOUS_CALLBACK, RequestControl, &Now, NULL);
	KeLowerIrql(Irql);
	CHECK_EQ(STATUS_SUCCESS, Status);
	CHECK_EQ(1, Now.Calls);
	CHECK_EQ(STATUS_INSUFFICIENT_RESOURCES, RequestNow(T, Adapter, Count + 1, &Late));
	CHECK_EQ(STATUS_INSUFFICIENT_RESOURCES,
		 Request(T, Adapter, Count + 1, &Late, DeallocateObject));
	PutAdapter3(Adapter);
}

/*
 * "AllocateAdapterChannelEx": "fails if MapRegisterBase is non-NULL and the
 * DMA_SYNCHRONOUS_CALLBACK flag is not set, or if MapRegisterBase and ExecutionRoutine are
 * both NULL"; the context is an initialized one, of this adapter.
 */
VOID DmaChannelExRefused(PTEST T)
{
	PDMA_ADAPTER Adapter, Other;
	PDMA_OPERATIONS Dma;
	REQUEST R, Foreign;
	PVOID Base = NULL;
	ULONG Count;
	KIRQL Irql;

	Adapter = GetAdapter3(T, TRUE, 64, PAGE_SIZE, &Count);
	Other = GetAdapter3(T, TRUE, 64, PAGE_SIZE, &Count);
	if (Adapter && Other) {
		Dma = Adapter->DmaOperations;
		CHECK_EQ(STATUS_INVALID_PARAMETER, Dma->InitializeDmaTransferContext(Adapter, NULL));
		Prepare(T, Adapter, &R);
		Prepare(T, Other, &Foreign);
		KeRaiseIrql(DISPATCH_LEVEL, &Irql);
		CHECK_EQ(STATUS_INVALID_PARAMETER, Dma->AllocateAdapterChannelEx(Adapter, T->Device,
			R.Context, 1, 0, RequestControl, &R, &Base));
		CHECK_EQ(STATUS_INVALID_PARAMETER, Dma->AllocateAdapterChannelEx(Adapter, T->Device,
			R.Context, 1, DMA_SYNCHRONOUS_CALLBACK, NULL, NULL, NULL));
		CHECK_EQ(STATUS_INVALID_PARAMETER, Dma->AllocateAdapterChannelEx(Adapter, T->Device,
			R.Context, 1, 0, NULL, NULL, NULL));
		CHECK_EQ(STATUS_INVALID_PARAMETER, Dma->AllocateAdapterChannelEx(Adapter, T->Device,
			R.Context, 1, 0x80000000, RequestControl, &R, NULL));
		CHECK_EQ(STATUS_INVALID_PARAMETER, Dma->AllocateAdapterChannelEx(Adapter, T->Device,
			NULL, 1, 0, RequestControl, &R, NULL));
		CHECK_EQ(STATUS_INVALID_PARAMETER, Dma->AllocateAdapterChannelEx(Adapter, T->Device,
			Foreign.Context, 1, 0, RequestControl, &R, NULL));
		KeLowerIrql(Irql);
		CHECK_EQ(0, R.Calls);
	}
	PutAdapter3(Other);
	PutAdapter3(Adapter);
}

/*
 * "CancelAdapterChannel": TRUE "if the adapter object is waiting for the requested
 * allocation", and the routine is not called; FALSE if it was. Who stood behind goes on.
 */
VOID DmaCancel(PTEST T)
{
	REQUEST Has, Large, Small;
	PDMA_ADAPTER Adapter;
	ULONG Count;

	Adapter = GetAdapter3(T, TRUE, 64, 3 * PAGE_SIZE, &Count);
	if (!Adapter)
		return;
	CHECK(Count >= 3);
	Prepare(T, Adapter, &Has);
	Prepare(T, Adapter, &Large);
	Prepare(T, Adapter, &Small);
	CHECK_EQ(STATUS_SUCCESS, Request(T, Adapter, 1, &Has, DeallocateObjectKeepRegisters));
	CHECK_EQ(1, Has.Calls);
	CHECK(!Cancel(T, Adapter, &Has));
	CHECK_EQ(STATUS_SUCCESS, Request(T, Adapter, Count, &Large, DeallocateObject));
	CHECK_EQ(STATUS_SUCCESS, Request(T, Adapter, 1, &Small, DeallocateObject));
	CHECK_EQ(0, Large.Calls);
	CHECK_EQ(0, Small.Calls);
	/* One that waits cannot wait again: "must be unique across all ... requests". */
	CHECK_EQ(STATUS_INVALID_PARAMETER, Request(T, Adapter, 1, &Large, DeallocateObject));
	CHECK(Cancel(T, Adapter, &Large));
	CHECK_EQ(0, Large.Calls);
	CHECK_EQ(1, Small.Calls);
	CHECK(!Cancel(T, Adapter, &Small));
	FreeRegisters3(Adapter, Has.Base, 1);
	CHECK_EQ(0, Large.Calls);
	PutAdapter3(Adapter);
}

/*
 * "CancelAdapterChannel can preemptively cancel future channel allocation requests that
 * use the specified DMA transfer context".
 */
VOID DmaCancelAhead(PTEST T)
{
	PDMA_ADAPTER Adapter;
	ULONG Count;
	REQUEST R;

	Adapter = GetAdapter3(T, TRUE, 64, PAGE_SIZE, &Count);
	if (!Adapter)
		return;
	Prepare(T, Adapter, &R);
	CHECK(Cancel(T, Adapter, &R));
	CHECK_EQ(STATUS_CANCELLED, Request(T, Adapter, 1, &R, DeallocateObject));
	CHECK_EQ(STATUS_CANCELLED, RequestNow(T, Adapter, 1, &R));
	CHECK_EQ(0, R.Calls);
	Prepare(T, Adapter, &R);
	CHECK_EQ(STATUS_SUCCESS, Request(T, Adapter, 1, &R, DeallocateObject));
	CHECK_EQ(1, R.Calls);
	PutAdapter3(Adapter);
}

/*
 * "CancelMappedTransfer": "marks the associated transfer context as canceled, which
 * prevents any further transfers under this context"; "FlushAdapterBuffersEx ... must
 * always be called".
 */
VOID DmaCancelMapped(PTEST T)
{
	enum { BYTES = sizeof(SCATTER_GATHER_LIST) + 4 * sizeof(SCATTER_GATHER_ELEMENT) };
	PSCATTER_GATHER_LIST List = ExAllocatePoolWithTag(NonPagedPool, BYTES, TAG);
	PUCHAR Page = ExAllocatePoolWithTag(NonPagedPool, PAGE_SIZE, TAG);
	PMDL Mdl = Page ? PageMdl(Page, PAGE_SIZE) : NULL;
	ULONG Count, Length = PAGE_SIZE / 2;
	PDMA_ADAPTER Adapter;
	REQUEST R, Next;

	Adapter = GetAdapter3(T, TRUE, 64, PAGE_SIZE, &Count);
	CHECK(List != NULL);
	CHECK(Mdl != NULL);
	if (Adapter && List && Mdl) {
		PDMA_OPERATIONS Dma = Adapter->DmaOperations;

		Prepare(T, Adapter, &R);
		Prepare(T, Adapter, &Next);
		CHECK_EQ(STATUS_UNSUCCESSFUL, Dma->CancelMappedTransfer(Adapter, R.Context));
		CHECK_EQ(STATUS_SUCCESS, Request(T, Adapter, 1, &R, DeallocateObjectKeepRegisters));
		CHECK_EQ(STATUS_SUCCESS, Dma->MapTransferEx(Adapter, Mdl, R.Base, 0, 0, &Length, TRUE,
			List, BYTES, NULL, NULL));
		CHECK_EQ(STATUS_SUCCESS, Dma->CancelMappedTransfer(Adapter, R.Context));
		CHECK_EQ(STATUS_SUCCESS, Dma->FlushAdapterBuffersEx(Adapter, Mdl, R.Base, 0, Length,
			TRUE));
		CHECK_EQ(STATUS_CANCELLED, Dma->MapTransferEx(Adapter, Mdl, R.Base, Length, 0,
			&Length, TRUE, List, BYTES, NULL, NULL));
		FreeRegisters3(Adapter, R.Base, 1);
		CHECK_EQ(STATUS_UNSUCCESSFUL, Dma->CancelMappedTransfer(Adapter, R.Context));
		/* The registers are no worse for it. */
		CHECK_EQ(STATUS_SUCCESS, Request(T, Adapter, 1, &Next, DeallocateObjectKeepRegisters));
		CHECK_EQ(STATUS_SUCCESS, Dma->MapTransferEx(Adapter, Mdl, Next.Base, 0, 0, &Length,
			TRUE, List, BYTES, NULL, NULL));
		CHECK_EQ(STATUS_SUCCESS, Dma->FlushAdapterBuffersEx(Adapter, Mdl, Next.Base, 0,
			Length, TRUE));
		FreeRegisters3(Adapter, Next.Base, 1);
	}
	PutAdapter3(Adapter);
	if (Mdl)
		IoFreeMdl(Mdl);
	if (Page)
		ExFreePoolWithTag(Page, TAG);
	if (List)
		ExFreePoolWithTag(List, TAG);
}

typedef struct _RACE {
	PDMA_ADAPTER Adapter;
	PVOID Base;
	volatile LONG Ready, Go, Done;
	KDPC Dpc;
} RACE, *PRACE;

static VOID FreeDpc(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
	PRACE Race = Context;

	UNREFERENCED_PARAMETER(Dpc);
	UNREFERENCED_PARAMETER(Argument1);
	UNREFERENCED_PARAMETER(Argument2);
	InterlockedExchange(&Race->Ready, 1);
	while (!Race->Go)
		YieldProcessor();
	Race->Adapter->DmaOperations->FreeMapRegisters(Race->Adapter, Race->Base, 1);
	InterlockedExchange(&Race->Done, 1);
}

/* One processor frees the registers that a request waits for, another cancels it. */
static VOID RaceOnce(PTEST T, PRACE Race, ULONG Delay, PULONG Granted)
{
	PDMA_ADAPTER Adapter = Race->Adapter;
	BOOLEAN Cancelled;
	REQUEST Has, Wait;
	KIRQL Irql;

	Prepare(T, Adapter, &Has);
	Prepare(T, Adapter, &Wait);
	Race->Ready = Race->Go = Race->Done = 0;
	KeInitializeDpc(&Race->Dpc, FreeDpc, Race);
	CHECK_EQ(STATUS_SUCCESS, Request(T, Adapter, 1, &Has, DeallocateObjectKeepRegisters));
	Race->Base = Has.Base;
	/* There are two at least: so that the other one is not enough. */
	CHECK_EQ(STATUS_SUCCESS, Request(T, Adapter, 2, &Wait, DeallocateObject));
	CHECK_EQ(0, Wait.Calls);
	KeRaiseIrql(DISPATCH_LEVEL, &Irql);
	KeSetTargetProcessorDpc(&Race->Dpc,
				(CCHAR)((KeGetCurrentProcessorNumber() + 1) % T->Processors));
	KeInsertQueueDpc(&Race->Dpc, NULL, NULL);
	while (!Race->Ready)
		YieldProcessor();
	InterlockedExchange(&Race->Go, 1);
	while (Delay--)
		YieldProcessor();
	Cancelled = Cancel(T, Adapter, &Wait);
	KeLowerIrql(Irql);
	KeFlushQueuedDpcs();
	CHECK_EQ(1, Race->Done);
	CHECK_EQ(Cancelled ? 0 : 1, Wait.Calls);
	*Granted += Wait.Calls;
}

/* "CancelAdapterChannel": either it is TRUE or the routine is called; never both. */
VOID DmaCancelRace(PTEST T)
{
	ULONG Count, Round, Granted = 0;
	RACE Race;

	if (T->Processors < 2)
		return;
	Race.Adapter = GetAdapter3(T, TRUE, 64, PAGE_SIZE, &Count);
	if (!Race.Adapter)
		return;
	CHECK_EQ(2, Count);
	for (Round = 0; Round < 600; Round++)
		RaceOnce(T, &Race, Round, &Granted);
	CHECK(Granted > 0);
	PutAdapter3(Race.Adapter);
}

#endif
