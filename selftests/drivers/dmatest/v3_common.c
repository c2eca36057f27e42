// SPDX-License-Identifier: GPL-2.0
/* DMA version 3: common buffers, what is refused, and a transfer by the device itself. */
#include "v3.h"

#ifdef DMA_SYNCHRONOUS_CALLBACK

static PHYSICAL_ADDRESS Logical(LONGLONG Value)
{
	PHYSICAL_ADDRESS Address;

	Address.QuadPart = Value;
	return Address;
}

/*
 * "AllocateCommonBufferEx": "the buffer should be allocated from memory below this
 * address". "AllocateCommonBufferWithBounds": "at and above" the other one; "Only values
 * of MmNonCached and MmCached are supported".
 */
VOID DmaCommonEx(PTEST T)
{
	static const LONGLONG Limits[] = { 1 << 24, 1 << 30, 1LL << 32, 0 };
	MEMORY_CACHING_TYPE Cached = MmCached, Combined = MmWriteCombined;
	PHYSICAL_ADDRESS Address, Low, High;
	PDMA_ADAPTER Adapter;
	PDMA_OPERATIONS Dma;
	ULONG Count, i;
	PVOID Buffer;

	Adapter = GetAdapter3(T, TRUE, 64, PAGE_SIZE, &Count);
	if (!Adapter)
		return;
	Dma = Adapter->DmaOperations;
	for (i = 0; i < RTL_NUMBER_OF(Limits); i++) {
		High = Logical(Limits[i]);
		Buffer = Dma->AllocateCommonBufferEx(Adapter, Limits[i] ? &High : NULL, 3 * PAGE_SIZE,
						     &Address, TRUE, 0);
		CHECK(Buffer != NULL);
		if (!Buffer)
			continue;
		CHECK(!Limits[i] || Address.QuadPart + 3 * PAGE_SIZE <= Limits[i]);
		RtlFillMemory(Buffer, 3 * PAGE_SIZE, 0x77);
		Dma->FreeCommonBuffer(Adapter, 3 * PAGE_SIZE, Address, Buffer, TRUE);
	}
	High = Logical(PAGE_SIZE);
	CHECK(!Dma->AllocateCommonBufferEx(Adapter, &High, 2 * PAGE_SIZE, &Address, TRUE, 0));
	CHECK(!Dma->AllocateCommonBufferEx(Adapter, NULL, 0, &Address, TRUE, 0));
	Low = Logical(1 << 12);
	High = Logical(1LL << 32);
	Buffer = Dma->AllocateCommonBufferWithBounds(Adapter, &Low, &High, PAGE_SIZE, 0, &Cached, 0,
						     &Address);
	CHECK(Buffer != NULL);
	if (Buffer) {
		CHECK(Address.QuadPart >= Low.QuadPart &&
		      Address.QuadPart + PAGE_SIZE <= High.QuadPart);
		Dma->FreeCommonBuffer(Adapter, PAGE_SIZE, Address, Buffer, TRUE);
	}
	CHECK(!Dma->AllocateCommonBufferWithBounds(Adapter, &High, &Low, PAGE_SIZE, 0, NULL, 0,
						   &Address));
	/* There is no memory up there. */
	Low = Logical(1LL << 60);
	CHECK(!Dma->AllocateCommonBufferWithBounds(Adapter, &Low, NULL, PAGE_SIZE, 0, NULL, 0,
						   &Address));
	CHECK(!Dma->AllocateCommonBufferWithBounds(Adapter, NULL, NULL, PAGE_SIZE, 1, NULL, 0,
						   &Address));
	CHECK(!Dma->AllocateCommonBufferWithBounds(Adapter, NULL, NULL, PAGE_SIZE, 0, &Combined, 0,
						   &Address));
	/* The limits were those of a call, not the adapter's. */
	Buffer = Dma->AllocateCommonBuffer(Adapter, PAGE_SIZE, &Address, TRUE);
	CHECK(Buffer && Address.QuadPart >= 1 << 24);
	if (Buffer)
		Dma->FreeCommonBuffer(Adapter, PAGE_SIZE, Address, Buffer, TRUE);
	PutAdapter3(Adapter);
}

/* "AllocateCommonBufferVector" and what goes with it: several buffers of one size. */
VOID DmaCommonVector(PTEST T)
{
	enum { BUFFERS = 5 };
	PDMA_COMMON_BUFFER_VECTOR Vector;
	PHYSICAL_ADDRESS Address;
	PDMA_ADAPTER Adapter;
	PDMA_OPERATIONS Dma;
	PVOID Buffer;
	NTSTATUS Status;
	ULONG Count, i;

	Adapter = GetAdapter3(T, TRUE, 64, PAGE_SIZE, &Count);
	if (!Adapter)
		return;
	Dma = Adapter->DmaOperations;
	Status = Dma->AllocateCommonBufferVector(Adapter, Logical(0), Logical(1LL << 32), MmCached, 0,
						 0, BUFFERS, PAGE_SIZE, &Vector);
	CHECK_EQ(STATUS_SUCCESS, Status);
	if (NT_SUCCESS(Status)) {
		for (i = 0; i < BUFFERS; i++) {
			Dma->GetCommonBufferFromVectorByIndex(Adapter, Vector, i, &Buffer, &Address);
			CHECK(Buffer && Address.QuadPart + PAGE_SIZE <= 1LL << 32);
			if (Buffer)
				RtlFillMemory(Buffer, PAGE_SIZE, (UCHAR)i);
		}
		Dma->FreeCommonBufferFromVector(Adapter, Vector, 1);
		Dma->FreeCommonBufferFromVector(Adapter, Vector, 1);
		Dma->GetCommonBufferFromVectorByIndex(Adapter, Vector, 1, &Buffer, &Address);
		CHECK(!Buffer);
		Dma->GetCommonBufferFromVectorByIndex(Adapter, Vector, BUFFERS, &Buffer, &Address);
		CHECK(!Buffer);
		Dma->GetCommonBufferFromVectorByIndex(Adapter, Vector, 2, &Buffer, &Address);
		if (Buffer)
			CHECK_EQ(PAGE_SIZE, CountBytes(Buffer, 0, PAGE_SIZE, 2));
		Dma->FreeCommonBufferVector(Adapter, Vector);
	}
	CHECK_EQ(STATUS_INSUFFICIENT_RESOURCES,
		 Dma->AllocateCommonBufferVector(Adapter, Logical(0), Logical(PAGE_SIZE), MmCached, 0,
						 0, BUFFERS, PAGE_SIZE, &Vector));
	CHECK_EQ(STATUS_INVALID_PARAMETER,
		 Dma->AllocateCommonBufferVector(Adapter, Logical(0), Logical(-1), MmCached, 0, 0, 0,
						 PAGE_SIZE, &Vector));
	CHECK_EQ(STATUS_INVALID_PARAMETER,
		 Dma->AllocateCommonBufferVector(Adapter, Logical(0), Logical(-1), MmCached, 0, 0, 1,
						 1ULL << 32, &Vector));
	PutAdapter3(Adapter);
}

/* What a bus master's driver cannot have says so. */
VOID DmaNoDomains(PTEST T)
{
	PHYSICAL_ADDRESS Address;
	PDMA_ADAPTER Adapter;
	PDMA_OPERATIONS Dma;
	PVOID Buffer;
	ULONG Count;

	Adapter = GetAdapter3(T, TRUE, 64, PAGE_SIZE, &Count);
	if (!Adapter)
		return;
	Dma = Adapter->DmaOperations;
	/* "STATUS_NOT_IMPLEMENTED: The DMA extension does not implement the function". */
	CHECK_EQ(STATUS_NOT_IMPLEMENTED, Dma->ConfigureAdapterChannel(Adapter, 1, NULL));
	CHECK(!Dma->GetDmaDomain(Adapter));
	CHECK_EQ(STATUS_NOT_SUPPORTED, Dma->JoinDmaDomain(Adapter, NULL));
	CHECK_EQ(STATUS_NOT_SUPPORTED, Dma->LeaveDmaDomain(Adapter));
	CHECK_EQ(STATUS_NOT_SUPPORTED, Dma->AllocateDomainCommonBuffer(Adapter, NULL, NULL,
		PAGE_SIZE, 0, NULL, 0, &Address, &Buffer));
	CHECK_EQ(STATUS_NOT_SUPPORTED, Dma->FlushDmaBuffer(Adapter, NULL, TRUE));
	/* "This optional callback". */
	CHECK(!Dma->CreateCommonBufferFromMdl);
	PutAdapter3(Adapter);
}

/* The device's registers for its DMA engine; it has a memory of its own. */
enum { EDU_SOURCE = 0x80, EDU_DESTINATION = 0x88, EDU_COUNT = 0x90, EDU_COMMAND = 0x98,
       EDU_MEMORY = 0x40000, EDU_START = 1, EDU_TO_HOST = 2 };

static VOID EduCopy(PTEST T, PUCHAR Bar, PSCATTER_GATHER_LIST List, BOOLEAN Write)
{
	ULONG i, Wait, At = EDU_MEMORY;
	LARGE_INTEGER Tick;

	Tick.QuadPart = -10 * 1000 * 10;
	for (i = 0; i < List->NumberOfElements; i++) {
		ULONG64 Address = (ULONG64)List->Elements[i].Address.QuadPart;

		CHECK(Address + List->Elements[i].Length <= 1 << 28);
		WRITE_REGISTER_ULONG64((PULONG64)(Bar + EDU_SOURCE), Write ? Address : At);
		WRITE_REGISTER_ULONG64((PULONG64)(Bar + EDU_DESTINATION), Write ? At : Address);
		WRITE_REGISTER_ULONG64((PULONG64)(Bar + EDU_COUNT), List->Elements[i].Length);
		WRITE_REGISTER_ULONG64((PULONG64)(Bar + EDU_COMMAND),
				       Write ? EDU_START : EDU_START | EDU_TO_HOST);
		for (Wait = 0; Wait < 1000; Wait++) {
			if (!(READ_REGISTER_ULONG64((PULONG64)(Bar + EDU_COMMAND)) & EDU_START))
				break;
			KeDelayExecutionThread(KernelMode, FALSE, &Tick);
		}
		CHECK(Wait < 1000);
		At += List->Elements[i].Length;
	}
}

static VOID Transfer(PTEST T, PDMA_ADAPTER Adapter, PUCHAR Bar, PMDL Mdl, ULONG Offset, ULONG Bytes,
		     BOOLEAN Write)
{
	enum { SIZE = sizeof(SCATTER_GATHER_LIST) + 4 * sizeof(SCATTER_GATHER_ELEMENT) };
	PSCATTER_GATHER_LIST List = ExAllocatePoolWithTag(NonPagedPool, SIZE, TAG);
	ULONG Length = Bytes;
	REQUEST R;

	CHECK(List != NULL);
	if (!List)
		return;
	RtlZeroMemory(&R, sizeof(R));
	Adapter->DmaOperations->InitializeDmaTransferContext(Adapter, R.Context);
	CHECK_EQ(STATUS_SUCCESS, RequestNow(T, Adapter, CHAIN_REGISTERS, &R));
	if (R.Base) {
		CHECK_EQ(STATUS_SUCCESS, Adapter->DmaOperations->MapTransferEx(Adapter, Mdl, R.Base,
			Offset, 0, &Length, Write, List, SIZE, NULL, NULL));
		CHECK_EQ(Bytes, Length);
		EduCopy(T, Bar, List, Write);
		CHECK_EQ(STATUS_SUCCESS, Adapter->DmaOperations->FlushAdapterBuffersEx(Adapter, Mdl,
			R.Base, Offset, Bytes, Write));
		FreeObject(Adapter, DeallocateObject);
	}
	ExFreePoolWithTag(List, TAG);
}

/*
 * The device itself, which reaches 28 bits, from a chain of buffers into its memory and
 * from there into another place of the chain: "Version 3 of the DMA Operations Interface".
 */
VOID DmaDevice(PTEST T)
{
	enum { BYTES = 3 * 1024, FROM = FIRST - 1024, TO = 100 };
	PDMA_ADAPTER Adapter;
	CHAINED Chain;
	ULONG Count, i;
	PUCHAR Bar;

	Adapter = GetAdapter3(T, TRUE, 28, CHAIN, &Count);
	Bar = MmMapIoSpace(T->Extension->Bar, T->Extension->BarLength, MmNonCached);
	CHECK(Bar != NULL);
	CHECK(MakeChain(&Chain));
	if (Adapter && Bar && Chain.Mdl) {
		FillChain(&Chain, 0);
		for (i = 0; i < 1024; i++)
			Chain.First[FROM + i] = (UCHAR)(i * 7);
		for (; i < BYTES; i++)
			Chain.Second[SECOND_AT + i - 1024] = (UCHAR)(i * 7);
		Transfer(T, Adapter, Bar, Chain.Mdl, FROM, BYTES, TRUE);
		Transfer(T, Adapter, Bar, Chain.Mdl, TO, BYTES, FALSE);
		for (i = 0; i < BYTES; i++)
			if (Chain.First[TO + i] != (UCHAR)(i * 7))
				break;
		CHECK_EQ(BYTES, i);
		CHECK_EQ(0, Chain.First[TO - 1] | Chain.First[TO + BYTES]);
	}
	FreeChain(&Chain);
	if (Bar)
		MmUnmapIoSpace(Bar, T->Extension->BarLength);
	PutAdapter3(Adapter);
}

#endif
