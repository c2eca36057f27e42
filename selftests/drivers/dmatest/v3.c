// SPDX-License-Identifier: GPL-2.0
/* Adapters of version 3, their requests and chained buffers, for the tests. */
#include "v3.h"

#ifdef DMA_SYNCHRONOUS_CALLBACK

PDMA_ADAPTER GetAdapter3(PTEST T, BOOLEAN ScatterGather, ULONG Bits, ULONG Length,
			 PULONG Registers)
{
	DEVICE_DESCRIPTION Description;
	PDMA_ADAPTER Adapter;

	RtlZeroMemory(&Description, sizeof(Description));
	Description.Version = DEVICE_DESCRIPTION_VERSION3;
	Description.Master = TRUE;
	Description.ScatterGather = ScatterGather;
	Description.DmaAddressWidth = Bits;
	Description.InterfaceType = PCIBus;
	Description.MaximumLength = Length;
	Adapter = IoGetDmaAdapter(T->Extension->Pdo, &Description, Registers);
	CHECK(Adapter != NULL);
	return Adapter;
}

VOID PutAdapter3(PDMA_ADAPTER Adapter)
{
	if (Adapter)
		Adapter->DmaOperations->PutDmaAdapter(Adapter);
}

BOOLEAN MakeChain(PCHAINED Chain)
{
	PMDL Second = NULL;

	RtlZeroMemory(Chain, sizeof(*Chain));
	Chain->First = ExAllocatePoolWithTag(NonPagedPool, FIRST, TAG);
	Chain->Second = ExAllocatePoolWithTag(NonPagedPool, 2 * PAGE_SIZE, TAG);
	if (Chain->First && Chain->Second) {
		Chain->Mdl = PageMdl(Chain->First, FIRST);
		Second = PageMdl(Chain->Second + SECOND_AT, SECOND);
	}
	if (Chain->Mdl && Second) {
		Chain->Mdl->Next = Second;
		return TRUE;
	}
	if (Second)
		IoFreeMdl(Second);
	FreeChain(Chain);
	return FALSE;
}

VOID FreeChain(PCHAINED Chain)
{
	PMDL Mdl, Next;

	for (Mdl = Chain->Mdl; Mdl; Mdl = Next) {
		Next = Mdl->Next;
		IoFreeMdl(Mdl);
	}
	if (Chain->First)
		ExFreePoolWithTag(Chain->First, TAG);
	if (Chain->Second)
		ExFreePoolWithTag(Chain->Second, TAG);
}

VOID FillChain(PCHAINED Chain, UCHAR Value)
{
	RtlFillMemory(Chain->First, FIRST, Value);
	RtlFillMemory(Chain->Second + SECOND_AT, SECOND, Value);
}

ULONG CountChain(PCHAINED Chain, ULONG From, ULONG To, UCHAR Value)
{
	ULONG Count = 0;

	if (From < FIRST)
		Count += CountBytes(Chain->First, From, min(To, FIRST), Value);
	if (To > FIRST)
		Count += CountBytes(Chain->Second + SECOND_AT, From > FIRST ? From - FIRST : 0,
				    To - FIRST, Value);
	return Count;
}

IO_ALLOCATION_ACTION RequestControl(PDEVICE_OBJECT DeviceObject, PIRP Irp, PVOID Base, PVOID Context)
{
	PREQUEST R = Context;

	UNREFERENCED_PARAMETER(DeviceObject);
	UNREFERENCED_PARAMETER(Irp);
	R->Base = Base;
	InterlockedIncrement(&R->Calls);
	return R->Action;
}

/* With a context that has been initialized. */
NTSTATUS Request(PTEST T, PDMA_ADAPTER Adapter, ULONG Registers, PREQUEST R,
		 IO_ALLOCATION_ACTION Action)
{
	NTSTATUS Status;
	KIRQL Irql;

	R->Action = Action;
	KeRaiseIrql(DISPATCH_LEVEL, &Irql);
	Status = Adapter->DmaOperations->AllocateAdapterChannelEx(Adapter, T->Device, R->Context,
		Registers, 0, RequestControl, R, NULL);
	KeLowerIrql(Irql);
	return Status;
}

NTSTATUS RequestNow(PTEST T, PDMA_ADAPTER Adapter, ULONG Registers, PREQUEST R)
{
	NTSTATUS Status;
	KIRQL Irql;

	KeRaiseIrql(DISPATCH_LEVEL, &Irql);
	Status = Adapter->DmaOperations->AllocateAdapterChannelEx(Adapter, T->Device, R->Context,
		Registers, DMA_SYNCHRONOUS_CALLBACK, NULL, NULL, &R->Base);
	KeLowerIrql(Irql);
	return Status;
}

VOID FreeObject(PDMA_ADAPTER Adapter, IO_ALLOCATION_ACTION Action)
{
	Adapter->DmaOperations->FreeAdapterObject(Adapter, Action);
}

VOID FreeRegisters3(PDMA_ADAPTER Adapter, PVOID Base, ULONG Registers)
{
	KIRQL Irql;

	KeRaiseIrql(DISPATCH_LEVEL, &Irql);
	Adapter->DmaOperations->FreeMapRegisters(Adapter, Base, Registers);
	KeLowerIrql(Irql);
}

#endif
