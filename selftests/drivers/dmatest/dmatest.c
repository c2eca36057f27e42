// SPDX-License-Identifier: GPL-2.0
/*
 * Adapter objects, as a driver sees them without starting its device: who gets
 * the channel and which map registers, what is mapped and what is flushed.
 */
#include "dmatest.h"
#include <initguid.h>
#include <wdmguid.h>

static PDMA_ADAPTER GetAdapter(PTEST T, BOOLEAN ScatterGather, BOOLEAN Wide, ULONG Length,
			       PULONG Registers)
{
	DEVICE_DESCRIPTION Description;

	RtlZeroMemory(&Description, sizeof(Description));
	Description.Version = DEVICE_DESCRIPTION_VERSION;
	Description.Master = TRUE;
	Description.ScatterGather = ScatterGather;
	Description.Dma64BitAddresses = Wide;
	/* A PCI device that does scatter/gather reaches 32 bits without a word. */
	Description.InterfaceType = Wide ? PCIBus : Isa;
	Description.MaximumLength = Length;
	return IoGetDmaAdapter(T->Extension->Pdo, &Description, Registers);
}

/* An AdapterControl routine that notes its call and does as it was told. */
typedef struct _CHANNEL {
	PDMA_ADAPTER Adapter;
	IO_ALLOCATION_ACTION Action;
	PVOID Base;
	LONG Calls;
	BOOLEAN FreeEarly;		/* by a DPC on another processor */
	KDPC Dpc;
	volatile LONG Freed;
} CHANNEL, *PCHANNEL;

static VOID FreeChannelDpc(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
	PCHANNEL Channel = Context;

	UNREFERENCED_PARAMETER(Dpc);
	UNREFERENCED_PARAMETER(Argument1);
	UNREFERENCED_PARAMETER(Argument2);
	Channel->Adapter->DmaOperations->FreeAdapterChannel(Channel->Adapter);
	InterlockedExchange(&Channel->Freed, 1);
}

static IO_ALLOCATION_ACTION ChannelControl(PDEVICE_OBJECT DeviceObject, PIRP Irp, PVOID Base,
					   PVOID Context)
{
	PCHANNEL Channel = Context;

	UNREFERENCED_PARAMETER(DeviceObject);
	UNREFERENCED_PARAMETER(Irp);
	Channel->Base = Base;
	Channel->Calls++;
	if (Channel->FreeEarly) {
		KeInsertQueueDpc(&Channel->Dpc, NULL, NULL);
		while (!Channel->Freed)
			;
	}
	return Channel->Action;
}

static NTSTATUS Allocate(PTEST T, PDMA_ADAPTER Adapter, ULONG Registers, PCHANNEL Channel,
			 IO_ALLOCATION_ACTION Action)
{
	NTSTATUS Status;
	KIRQL Irql;

	Channel->Adapter = Adapter;
	Channel->Action = Action;
	KeRaiseIrql(DISPATCH_LEVEL, &Irql);
	Status = Adapter->DmaOperations->AllocateAdapterChannel(Adapter, T->Device, Registers,
								ChannelControl, Channel);
	KeLowerIrql(Irql);
	return Status;
}

static VOID FreeRegisters(PDMA_ADAPTER Adapter, PCHANNEL Channel, ULONG Registers)
{
	KIRQL Irql;

	KeRaiseIrql(DISPATCH_LEVEL, &Irql);
	Adapter->DmaOperations->FreeMapRegisters(Adapter, Channel->Base, Registers);
	KeLowerIrql(Irql);
}

/*
 * "AllocateAdapterChannel": who asks for no map registers has none to give back;
 * least of all somebody else's.
 */
static VOID DmaNoRegisters(PTEST T)
{
	CHANNEL All = { 0 }, None = { 0 }, Next = { 0 };
	PDMA_ADAPTER Adapter;
	ULONG Count;

	Adapter = GetAdapter(T, TRUE, TRUE, 2 * PAGE_SIZE, &Count);
	CHECK(Adapter != NULL);
	if (!Adapter)
		return;
	CHECK(Count >= 2);
	CHECK_EQ(STATUS_SUCCESS, Allocate(T, Adapter, Count, &All, DeallocateObjectKeepRegisters));
	CHECK_EQ(1, All.Calls);
	CHECK_EQ(STATUS_SUCCESS, Allocate(T, Adapter, 0, &None, DeallocateObject));
	CHECK_EQ(1, None.Calls);
	CHECK_EQ(STATUS_SUCCESS, Allocate(T, Adapter, 1, &Next, DeallocateObjectKeepRegisters));
	CHECK_EQ(0, Next.Calls);
	FreeRegisters(Adapter, &All, Count);
	CHECK_EQ(1, Next.Calls);
	FreeRegisters(Adapter, &Next, 1);
	CHECK_EQ(STATUS_INSUFFICIENT_RESOURCES,
		 Allocate(T, Adapter, Count + 1, &Next, DeallocateObject));
	Adapter->DmaOperations->PutDmaAdapter(Adapter);
}

/*
 * "FreeAdapterChannel": frees what the AdapterControl routine kept, also when the
 * device is so fast that its DPC runs before the routine has returned.
 */
static VOID DmaKeepObject(PTEST T)
{
	CHANNEL Kept = { 0 }, Next = { 0 };
	PDMA_ADAPTER Adapter;
	ULONG Count, Round;
	KIRQL Irql;

	Adapter = GetAdapter(T, TRUE, TRUE, PAGE_SIZE, &Count);
	CHECK(Adapter != NULL);
	if (!Adapter)
		return;
	for (Round = 0; Round < 20; Round++) {
		RtlZeroMemory(&Kept, sizeof(Kept));
		RtlZeroMemory(&Next, sizeof(Next));
		KeRaiseIrql(DISPATCH_LEVEL, &Irql);
		Kept.FreeEarly = Round && T->Processors > 1;
		KeInitializeDpc(&Kept.Dpc, FreeChannelDpc, &Kept);
		KeSetTargetProcessorDpc(&Kept.Dpc,
					(CCHAR)((KeGetCurrentProcessorNumber() + 1) % T->Processors));
		CHECK_EQ(STATUS_SUCCESS, Allocate(T, Adapter, Count, &Kept, KeepObject));
		CHECK_EQ(1, Kept.Calls);
		if (!Kept.FreeEarly) {
			CHECK_EQ(STATUS_SUCCESS, Allocate(T, Adapter, 0, &Next, DeallocateObject));
			CHECK_EQ(0, Next.Calls);
			Adapter->DmaOperations->FreeAdapterChannel(Adapter);
			CHECK_EQ(1, Next.Calls);
			Next.Calls = 0;
		}
		CHECK_EQ(STATUS_SUCCESS,
			 Allocate(T, Adapter, Count, &Next, DeallocateObjectKeepRegisters));
		CHECK_EQ(1, Next.Calls);
		KeLowerIrql(Irql);
		KeFlushQueuedDpcs();
		if (!Next.Calls)
			break;
		FreeRegisters(Adapter, &Next, Count);
	}
	Adapter->DmaOperations->PutDmaAdapter(Adapter);
}

PMDL PageMdl(PUCHAR Page, ULONG Length)
{
	PMDL Mdl = IoAllocateMdl(Page, Length, FALSE, FALSE, NULL);

	if (Mdl)
		MmBuildMdlForNonPagedPool(Mdl);
	return Mdl;
}

ULONG CountBytes(PUCHAR Page, ULONG From, ULONG To, UCHAR Value)
{
	ULONG i, Count = 0;

	for (i = From; i < To; i++)
		Count += Page[i] == Value;
	return Count;
}

#define STEP	512

/*
 * "MapTransfer": a map register for each page, however many calls it takes to
 * get through the page.
 */
static VOID SmallSteps(PTEST T, BOOLEAN ScatterGather, BOOLEAN Wide, PUCHAR Page, PMDL Mdl)
{
	PHYSICAL_ADDRESS Address, First = { .QuadPart = 0 };
	CHANNEL Channel = { 0 };
	PDMA_ADAPTER Adapter;
	ULONG Count, Length, At;

	Adapter = GetAdapter(T, ScatterGather, Wide, PAGE_SIZE, &Count);
	CHECK(Adapter != NULL);
	if (!Adapter)
		return;
	CHECK_EQ(STATUS_SUCCESS, Allocate(T, Adapter, 1, &Channel, DeallocateObjectKeepRegisters));
	for (At = 0; At < PAGE_SIZE; At += STEP) {
		Length = STEP;
		Address = Adapter->DmaOperations->MapTransfer(Adapter, Mdl, Channel.Base, Page + At,
							      &Length, TRUE);
		CHECK_EQ(STEP, Length);
		CHECK_EQ(At, Address.QuadPart % PAGE_SIZE);
		if (!At)
			First = Address;
		CHECK(First.QuadPart != 0);
	}
	for (At = 0; At < PAGE_SIZE; At += STEP)
		CHECK(Adapter->DmaOperations->FlushAdapterBuffers(Adapter, Mdl, Channel.Base,
								  Page + At, STEP, TRUE));
	/* All flushed: the register is free for another page. */
	Length = PAGE_SIZE;
	Address = Adapter->DmaOperations->MapTransfer(Adapter, Mdl, Channel.Base, Page + PAGE_SIZE,
						      &Length, TRUE);
	CHECK_EQ(PAGE_SIZE, Length);
	Adapter->DmaOperations->FlushAdapterBuffers(Adapter, Mdl, Channel.Base, Page + PAGE_SIZE,
						    PAGE_SIZE, TRUE);
	FreeRegisters(Adapter, &Channel, 1);
	Adapter->DmaOperations->PutDmaAdapter(Adapter);
}

static VOID DmaSmallSteps(PTEST T)
{
	PUCHAR Page = ExAllocatePoolWithTag(NonPagedPool, 2 * PAGE_SIZE, TAG);
	PMDL Mdl = Page ? PageMdl(Page, 2 * PAGE_SIZE) : NULL;

	CHECK(Mdl != NULL);
	if (Mdl) {
		SmallSteps(T, TRUE, TRUE, Page, Mdl);
		SmallSteps(T, TRUE, FALSE, Page, Mdl);
		SmallSteps(T, FALSE, FALSE, Page, Mdl);
		IoFreeMdl(Mdl);
	}
	if (Page)
		ExFreePoolWithTag(Page, TAG);
}

/* What the bounce page holds from a transfer to the device comes back by flushes. */
static VOID FlushInPieces(PTEST T, PDMA_ADAPTER Adapter, PVOID Base, PUCHAR Page, PMDL Mdl,
			  ULONG Map)
{
	ULONG At, Length = PAGE_SIZE;

	RtlFillMemory(Page, PAGE_SIZE, 0x11);
	Adapter->DmaOperations->MapTransfer(Adapter, Mdl, Base, Page, &Length, TRUE);
	CHECK_EQ(PAGE_SIZE, Length);
	Adapter->DmaOperations->FlushAdapterBuffers(Adapter, Mdl, Base, Page, PAGE_SIZE, TRUE);

	RtlFillMemory(Page, PAGE_SIZE, 0x22);
	for (At = 0; At < PAGE_SIZE; At += Map) {
		Length = Map;
		Adapter->DmaOperations->MapTransfer(Adapter, Mdl, Base, Page + At, &Length, FALSE);
		CHECK_EQ(Map, Length);
	}
	CHECK_EQ(PAGE_SIZE, CountBytes(Page, 0, PAGE_SIZE, 0x22));
	for (At = 0; At < PAGE_SIZE; At += STEP) {
		Adapter->DmaOperations->FlushAdapterBuffers(Adapter, Mdl, Base, Page + At, STEP,
							    FALSE);
		CHECK_EQ(At + STEP, CountBytes(Page, 0, At + STEP, 0x11));
		CHECK_EQ(PAGE_SIZE - At - STEP, CountBytes(Page, At + STEP, PAGE_SIZE, 0x22));
	}
}

/*
 * "FlushAdapterBuffers": CurrentVa and Length say what is flushed; the rest of
 * what is mapped is still in flight. For a device that reaches 16 MiB, so that
 * the data is bounced.
 */
static VOID DmaFlushPieces(PTEST T)
{
	PUCHAR Page = ExAllocatePoolWithTag(NonPagedPool, PAGE_SIZE, TAG);
	PMDL Mdl = Page ? PageMdl(Page, PAGE_SIZE) : NULL;
	CHANNEL Channel = { 0 };
	PDMA_ADAPTER Adapter;
	ULONG Count;

	Adapter = GetAdapter(T, TRUE, FALSE, PAGE_SIZE, &Count);
	CHECK(Mdl != NULL);
	CHECK(Adapter != NULL);
	if (Mdl && Adapter && MmGetPhysicalAddress(Page).QuadPart >= 1 << 24) {
		CHECK_EQ(STATUS_SUCCESS,
			 Allocate(T, Adapter, 1, &Channel, DeallocateObjectKeepRegisters));
		FlushInPieces(T, Adapter, Channel.Base, Page, Mdl, PAGE_SIZE);
		FlushInPieces(T, Adapter, Channel.Base, Page, Mdl, STEP);
		FlushInPieces(T, Adapter, Channel.Base, Page, Mdl, 4 * STEP);
		FreeRegisters(Adapter, &Channel, 1);
	}
	if (Adapter)
		Adapter->DmaOperations->PutDmaAdapter(Adapter);
	if (Mdl)
		IoFreeMdl(Mdl);
	if (Page)
		ExFreePoolWithTag(Page, TAG);
}

/* A mapping in pieces that needs no bouncing, flushed in other pieces. */
static VOID DmaFlushMapped(PTEST T)
{
	PUCHAR Block = ExAllocatePoolWithTag(NonPagedPool, 4 * PAGE_SIZE, TAG);
	PMDL Mdl = Block ? PageMdl(Block, 4 * PAGE_SIZE) : NULL;
	CHANNEL Channel = { 0 };
	ULONG Count, At, Length;
	PDMA_ADAPTER Adapter;

	Adapter = GetAdapter(T, TRUE, TRUE, 4 * PAGE_SIZE, &Count);
	CHECK(Mdl != NULL);
	CHECK(Adapter != NULL);
	if (Mdl && Adapter) {
		CHECK_EQ(STATUS_SUCCESS,
			 Allocate(T, Adapter, 4, &Channel, DeallocateObjectKeepRegisters));
		RtlFillMemory(Block, 4 * PAGE_SIZE, 0x33);
		for (At = 0; At < 4 * PAGE_SIZE; At += Length) {
			Length = 4 * PAGE_SIZE - At;
			Adapter->DmaOperations->MapTransfer(Adapter, Mdl, Channel.Base, Block + At,
							    &Length, FALSE);
			CHECK(Length >= PAGE_SIZE);
			if (!Length)
				break;
		}
		for (At = 0; At < 4 * PAGE_SIZE; At += 3 * STEP)
			Adapter->DmaOperations->FlushAdapterBuffers(Adapter, Mdl, Channel.Base,
								    Block + At, 3 * STEP, FALSE);
		CHECK_EQ(4 * PAGE_SIZE, CountBytes(Block, 0, 4 * PAGE_SIZE, 0x33));
		FreeRegisters(Adapter, &Channel, 4);
	}
	if (Adapter)
		Adapter->DmaOperations->PutDmaAdapter(Adapter);
	if (Mdl)
		IoFreeMdl(Mdl);
	if (Block)
		ExFreePoolWithTag(Block, TAG);
}

VOID ListControl(PDEVICE_OBJECT DeviceObject, PIRP Irp, PSCATTER_GATHER_LIST List, PVOID Context)
{
	PLIST Seen = Context;

	UNREFERENCED_PARAMETER(DeviceObject);
	UNREFERENCED_PARAMETER(Irp);
	Seen->List = List;
	Seen->Calls++;
}

ULONG ListBytes(PSCATTER_GATHER_LIST List)
{
	ULONG i, Bytes = 0;

	for (i = 0; i < List->NumberOfElements; i++)
		Bytes += List->Elements[i].Length;
	return Bytes;
}

/* "GetScatterGatherList": a driver may have several requests for one device. */
static VOID DmaLists(PTEST T)
{
	enum { LISTS = 4, BYTES = 2 * PAGE_SIZE };
	PUCHAR Block = ExAllocatePoolWithTag(NonPagedPool, BYTES, TAG);
	PMDL Mdl = Block ? PageMdl(Block, BYTES) : NULL;
	LIST Lists[LISTS] = { { NULL, 0 } };
	PDMA_ADAPTER Adapter;
	ULONG Count, i;
	KIRQL Irql;

	Adapter = GetAdapter(T, TRUE, TRUE, BYTES, &Count);
	CHECK(Mdl != NULL);
	CHECK(Adapter != NULL);
	if (Mdl && Adapter) {
		/* The adapter has registers for one of them at a time. */
		CHECK(Count < 4);
		KeRaiseIrql(DISPATCH_LEVEL, &Irql);
		for (i = 0; i < LISTS; i++)
			CHECK_EQ(STATUS_SUCCESS,
				 Adapter->DmaOperations->GetScatterGatherList(Adapter, T->Device, Mdl,
									      Block, BYTES,
									      ListControl,
									      &Lists[i], TRUE));
		for (i = 0; i < LISTS; i++) {
			CHECK_EQ(1, Lists[i].Calls);
			CHECK(i + 1 == LISTS || !Lists[i + 1].Calls);
			if (!Lists[i].Calls)
				break;
			CHECK_EQ(BYTES, ListBytes(Lists[i].List));
			Adapter->DmaOperations->PutScatterGatherList(Adapter, Lists[i].List, TRUE);
		}
		KeLowerIrql(Irql);
	}
	if (Adapter)
		Adapter->DmaOperations->PutDmaAdapter(Adapter);
	if (Mdl)
		IoFreeMdl(Mdl);
	if (Block)
		ExFreePoolWithTag(Block, TAG);
}

/*
 * "CalculateScatterGatherList", "BuildScatterGatherList": a list in the driver's own
 * memory. "BuildMdlFromScatterGatherList": an MDL over what the device sees, once.
 */
static VOID DmaOwnList(PTEST T)
{
	enum { BYTES = 2 * PAGE_SIZE };
	PUCHAR Block = ExAllocatePoolWithTag(NonPagedPool, BYTES, TAG);
	PMDL Mdl = Block ? PageMdl(Block, BYTES) : NULL, Seen = NULL, Again;
	ULONG Count, Size = 0, Registers = 0, Wide;
	PDMA_ADAPTER Adapter;
	PVOID Buffer;
	KIRQL Irql;

	CHECK(Mdl != NULL);
	/* One that reaches all memory, and one whose pages are copied. */
	for (Wide = 0; Mdl && Wide < 2; Wide++) {
		LIST List = { NULL, 0 };
		PUCHAR Va;

		Adapter = GetAdapter(T, TRUE, (BOOLEAN)Wide, BYTES, &Count);
		CHECK(Adapter != NULL);
		if (!Adapter)
			break;
		RtlFillMemory(Block, BYTES, (UCHAR)(0x61 + Wide));
		CHECK_EQ(STATUS_SUCCESS, Adapter->DmaOperations->CalculateScatterGatherList(Adapter,
			Mdl, Block, BYTES, &Size, &Registers));
		CHECK_EQ(2, Registers);
		CHECK_EQ(STATUS_BUFFER_TOO_SMALL, Adapter->DmaOperations->CalculateScatterGatherList(
			Adapter, Mdl, Block, BYTES + 1, &Size, NULL));
		CHECK_EQ(STATUS_INSUFFICIENT_RESOURCES,
			 Adapter->DmaOperations->CalculateScatterGatherList(Adapter, NULL, Block,
				1000 * PAGE_SIZE, &Size, NULL));
		CHECK_EQ(STATUS_SUCCESS, Adapter->DmaOperations->CalculateScatterGatherList(Adapter,
			NULL, Block, BYTES, &Size, NULL));
		Buffer = ExAllocatePoolWithTag(NonPagedPool, Size, TAG);
		CHECK(Buffer != NULL);
		if (!Buffer)
			break;
		KeRaiseIrql(DISPATCH_LEVEL, &Irql);
		CHECK_EQ(STATUS_BUFFER_TOO_SMALL, Adapter->DmaOperations->BuildScatterGatherList(
			Adapter, T->Device, Mdl, Block, BYTES, ListControl, &List, TRUE, Buffer,
			Size - 1));
		CHECK_EQ(0, List.Calls);
		CHECK_EQ(STATUS_SUCCESS, Adapter->DmaOperations->BuildScatterGatherList(Adapter,
			T->Device, Mdl, Block, BYTES, ListControl, &List, TRUE, Buffer, Size));
		CHECK_EQ(1, List.Calls);
		if (List.Calls) {
			CHECK((PUCHAR)List.List >= (PUCHAR)Buffer &&
			      (PUCHAR)List.List < (PUCHAR)Buffer + Size);
			CHECK_EQ(BYTES, ListBytes(List.List));
			CHECK_EQ(STATUS_INVALID_PARAMETER,
				 Adapter->DmaOperations->BuildMdlFromScatterGatherList(Adapter,
					List.List, NULL, &Seen));
			CHECK_EQ(STATUS_SUCCESS,
				 Adapter->DmaOperations->BuildMdlFromScatterGatherList(Adapter,
					List.List, Mdl, &Seen));
			CHECK_EQ(STATUS_NONE_MAPPED,
				 Adapter->DmaOperations->BuildMdlFromScatterGatherList(Adapter,
					List.List, Mdl, &Again));
			CHECK_EQ(BYTES, MmGetMdlByteCount(Seen));
			Va = MmGetSystemAddressForMdlSafe(Seen, NormalPagePriority);
			if (Va) {
				CHECK_EQ(0x61 + Wide, Va[0]);
				CHECK_EQ(0x61 + Wide, Va[BYTES - 1]);
			}
			Adapter->DmaOperations->PutScatterGatherList(Adapter, List.List, TRUE);
		}
		KeLowerIrql(Irql);
		ExFreePoolWithTag(Buffer, TAG);
		Adapter->DmaOperations->PutDmaAdapter(Adapter);
	}
	if (Mdl)
		IoFreeMdl(Mdl);
	if (Block)
		ExFreePoolWithTag(Block, TAG);
}

/*
 * A device may have several adapters ("IoGetDmaAdapter"), for engines that reach
 * more or less: each gets what it can reach.
 */
static VOID DmaMasks(PTEST T)
{
	PDMA_ADAPTER Narrow, Wide;
	PHYSICAL_ADDRESS Address;
	ULONG Count, Round;
	PVOID Buffer;

	for (Round = 0; Round < 2; Round++) {
		Narrow = Wide = NULL;
		if (Round)
			Wide = GetAdapter(T, TRUE, TRUE, PAGE_SIZE, &Count);
		Narrow = GetAdapter(T, TRUE, FALSE, PAGE_SIZE, &Count);
		if (!Round)
			Wide = GetAdapter(T, TRUE, TRUE, PAGE_SIZE, &Count);
		CHECK(Wide != NULL);
		CHECK(Narrow != NULL);
		if (!Wide || !Narrow)
			return;
		Buffer = Narrow->DmaOperations->AllocateCommonBuffer(Narrow, PAGE_SIZE, &Address,
								     FALSE);
		CHECK(Buffer != NULL);
		CHECK(Buffer && Address.QuadPart + PAGE_SIZE <= 1 << 24);
		if (Buffer)
			Narrow->DmaOperations->FreeCommonBuffer(Narrow, PAGE_SIZE, Address, Buffer,
								FALSE);
		Wide->DmaOperations->PutDmaAdapter(Wide);
		Buffer = Narrow->DmaOperations->AllocateCommonBuffer(Narrow, PAGE_SIZE, &Address,
								     FALSE);
		CHECK(Buffer && Address.QuadPart + PAGE_SIZE <= 1 << 24);
		if (Buffer)
			Narrow->DmaOperations->FreeCommonBuffer(Narrow, PAGE_SIZE, Address, Buffer,
								FALSE);
		Narrow->DmaOperations->PutDmaAdapter(Narrow);
	}
}

static BOOLEAN GetBus(PTEST T, PBUS_INTERFACE_STANDARD Bus)
{
	PIO_STACK_LOCATION Location;
	IO_STATUS_BLOCK IoStatus;
	KEVENT Event;
	PIRP Irp;

	RtlZeroMemory(Bus, sizeof(*Bus));
	KeInitializeEvent(&Event, NotificationEvent, FALSE);
	Irp = IoBuildSynchronousFsdRequest(IRP_MJ_PNP, T->Extension->Lower, NULL, 0, NULL, &Event,
					   &IoStatus);
	if (!Irp)
		return FALSE;
	Irp->IoStatus.Status = STATUS_NOT_SUPPORTED;
	Location = IoGetNextIrpStackLocation(Irp);
	Location->MinorFunction = IRP_MN_QUERY_INTERFACE;
	Location->Parameters.QueryInterface.InterfaceType = &GUID_BUS_INTERFACE_STANDARD;
	Location->Parameters.QueryInterface.Size = sizeof(*Bus);
	Location->Parameters.QueryInterface.Version = 1;
	Location->Parameters.QueryInterface.Interface = (PINTERFACE)Bus;
	if (IoCallDriver(T->Extension->Lower, Irp) == STATUS_PENDING)
		KeWaitForSingleObject(&Event, Executive, KernelMode, FALSE, NULL);
	return NT_SUCCESS(IoStatus.Status);
}

/*
 * "TranslateBusAddress": "TRUE if the bus driver can translate the address".
 * Neither memory nor what wraps around is a device's.
 */
static VOID BusTranslate(PTEST T)
{
	static const struct {
		ULONGLONG Address;
		ULONG Length;
	} Refused[] = { { 1 << 20, 4096 }, { ~0ULL, 2 }, { ~0ULL, 1 }, { 1 << 20, 0 } };
	PHYSICAL_ADDRESS Address, Translated;
	BUS_INTERFACE_STANDARD Bus;
	ULONG i, Space;

	CHECK(GetBus(T, &Bus));
	CHECK(T->Extension->BarLength != 0);
	if (!Bus.TranslateBusAddress)
		return;
	for (i = 0; i < 2; i++) {
		Space = 0;
		Translated.QuadPart = 0;
		CHECK(Bus.TranslateBusAddress(Bus.Context, T->Extension->Bar,
					      i ? T->Extension->BarLength : 0, &Space, &Translated));
		CHECK_EQ(T->Extension->Bar.QuadPart, Translated.QuadPart);
		CHECK_EQ(0, Space);
	}
	for (i = 0; i < RTL_NUMBER_OF(Refused); i++) {
		Space = 0;
		Address.QuadPart = (LONGLONG)Refused[i].Address;
		CHECK(!Bus.TranslateBusAddress(Bus.Context, Address, Refused[i].Length, &Space,
					       &Translated));
	}
	Bus.InterfaceDereference(Bus.Context);
}

const TEST_ENTRY Tests[] = {
	{ "DmaNoRegisters", DmaNoRegisters },
	{ "DmaKeepObject", DmaKeepObject },
	{ "DmaSmallSteps", DmaSmallSteps },
	{ "DmaFlushPieces", DmaFlushPieces },
	{ "DmaFlushMapped", DmaFlushMapped },
	{ "DmaLists", DmaLists },
	{ "DmaOwnList", DmaOwnList },
	{ "DmaMasks", DmaMasks },
	{ "BusTranslate", BusTranslate },
#ifdef DMA_SYNCHRONOUS_CALLBACK
	{ "DmaVersions", DmaVersions },
	{ "DmaTransferInfo", DmaTransferInfo },
	{ "DmaMapEx", DmaMapEx },
	{ "DmaMapExInSteps", DmaMapExInSteps },
	{ "DmaMapExRefused", DmaMapExRefused },
	{ "DmaChannelEx", DmaChannelEx },
	{ "DmaChannelExRefused", DmaChannelExRefused },
	{ "DmaCancel", DmaCancel },
	{ "DmaCancelAhead", DmaCancelAhead },
	{ "DmaCancelMapped", DmaCancelMapped },
	{ "DmaCancelRace", DmaCancelRace },
	{ "DmaListEx", DmaListEx },
	{ "DmaListExNow", DmaListExNow },
	{ "DmaListExRefused", DmaListExRefused },
	{ "DmaListChain", DmaListChain },
	{ "DmaCommonEx", DmaCommonEx },
	{ "DmaCommonVector", DmaCommonVector },
	{ "DmaNoDomains", DmaNoDomains },
	{ "DmaDevice", DmaDevice },
#endif
};

const ULONG TestCount = RTL_NUMBER_OF(Tests);
