// SPDX-License-Identifier: GPL-2.0
/* Interlocked lists and numbers; sequenced lists. */
#include "conform.h"

#define TAG	'tsiL'

/* "ExInterlockedInsertHeadList", "…InsertTailList", "…RemoveHeadList". */
VOID InterlockedDoubleList(PCONFORM_TEST_CONTEXT T)
{
	LIST_ENTRY Head, Entry[3];
	KSPIN_LOCK Lock;
	KIRQL Irql;

	KeInitializeSpinLock(&Lock);
	InitializeListHead(&Head);
	CHECK(ExInterlockedRemoveHeadList(&Head, &Lock) == NULL);
	CHECK(ExInterlockedInsertHeadList(&Head, &Entry[1], &Lock) == NULL);
	CHECK_EQ(&Entry[1], ExInterlockedInsertHeadList(&Head, &Entry[0], &Lock));
	CHECK_EQ(&Entry[1], ExInterlockedInsertTailList(&Head, &Entry[2], &Lock));
	CHECK_EQ(&Entry[0], ExInterlockedRemoveHeadList(&Head, &Lock));
	/* Any IRQL. */
	KeRaiseIrql(HIGH_LEVEL, &Irql);
	Entry[0].Flink = ExInterlockedRemoveHeadList(&Head, &Lock);
	Entry[0].Blink = ExInterlockedRemoveHeadList(&Head, &Lock);
	KeLowerIrql(Irql);
	CHECK_EQ(&Entry[1], Entry[0].Flink);
	CHECK_EQ(&Entry[2], Entry[0].Blink);
	CHECK(IsListEmpty(&Head));
	CHECK(ExInterlockedInsertTailList(&Head, &Entry[2], &Lock) == NULL);
	CHECK_EQ(&Entry[2], ExInterlockedRemoveHeadList(&Head, &Lock));
}

/* "ExInterlockedPushEntryList", "ExInterlockedPopEntryList". */
VOID InterlockedSingleList(PCONFORM_TEST_CONTEXT T)
{
	SINGLE_LIST_ENTRY Head = { NULL }, Entry[2];
	KSPIN_LOCK Lock;

	KeInitializeSpinLock(&Lock);
	CHECK(ExInterlockedPopEntryList(&Head, &Lock) == NULL);
	CHECK(ExInterlockedPushEntryList(&Head, &Entry[0], &Lock) == NULL);
	CHECK_EQ(&Entry[0], ExInterlockedPushEntryList(&Head, &Entry[1], &Lock));
	CHECK_EQ(&Entry[1], ExInterlockedPopEntryList(&Head, &Lock));
	CHECK_EQ(&Entry[0], ExInterlockedPopEntryList(&Head, &Lock));
	CHECK(ExInterlockedPopEntryList(&Head, &Lock) == NULL);
}

/* "ExInterlockedAddUlong", "…AddLargeInteger", "…CompareExchange64", "…AddLargeStatistic". */
VOID InterlockedNumbers(PCONFORM_TEST_CONTEXT T)
{
	LONGLONG volatile Value = 5;
	LONGLONG Exchange = 9, Comparand = 4;
	LARGE_INTEGER Large, Step;
	ULONG Number = 0xfffffffe;
	KSPIN_LOCK Lock;

	KeInitializeSpinLock(&Lock);
	CHECK_EQ(0xfffffffe, ExInterlockedAddUlong(&Number, 3, &Lock));
	CHECK_EQ(1, Number);
	Large.QuadPart = 0xffffffff;
	Step.QuadPart = 2;
	CHECK_EQ(0xffffffff, ExInterlockedAddLargeInteger(&Large, Step, &Lock).QuadPart);
	CHECK_EQ(0x100000001LL, Large.QuadPart);
	ExInterlockedAddLargeStatistic(&Large, 0x10);
	CHECK_EQ(0x100000011LL, Large.QuadPart);
	CHECK_EQ(5, ExInterlockedCompareExchange64(&Value, &Exchange, &Comparand, &Lock));
	CHECK_EQ(5, Value);
	Comparand = 5;
	CHECK_EQ(5, ExInterlockedCompareExchange64(&Value, &Exchange, &Comparand, &Lock));
	CHECK_EQ(9, Value);
}

typedef struct _SLIST_ITEM {
	SLIST_ENTRY Entry;
	LONG Number;
} SLIST_ITEM, *PSLIST_ITEM;

/* "Singly and Doubly Linked Lists": last in, first out; depth; flush takes all. */
VOID SListOrder(PCONFORM_TEST_CONTEXT T)
{
	PSLIST_ITEM Item = ExAllocatePoolWithTag(NonPagedPool, 4 * sizeof(*Item), TAG);
	SLIST_HEADER Head;
	KSPIN_LOCK Lock;
	PSLIST_ENTRY All;

	CHECK_EQ(16, sizeof(SLIST_HEADER));
	CHECK(Item != NULL);
	if (!Item)
		return;
	KeInitializeSpinLock(&Lock);
	ExInitializeSListHead(&Head);
	CHECK_EQ(0, ExQueryDepthSList(&Head));
	CHECK(ExInterlockedPopEntrySList(&Head, &Lock) == NULL);
	CHECK(InterlockedPushEntrySList(&Head, &Item[0].Entry) == NULL);
	CHECK_EQ(&Item[0].Entry, InterlockedPushEntrySList(&Head, &Item[1].Entry));
	CHECK_EQ(&Item[1].Entry, ExInterlockedPushEntrySList(&Head, &Item[2].Entry, &Lock));
	CHECK_EQ(3, QueryDepthSList(&Head));
	CHECK_EQ(&Item[2].Entry, InterlockedPopEntrySList(&Head));
	CHECK_EQ(2, ExQueryDepthSList(&Head));
	All = InterlockedFlushSList(&Head);
	CHECK_EQ(&Item[1].Entry, All);
	if (All) {
		CHECK_EQ(&Item[0].Entry, All->Next);
		CHECK(All->Next && !All->Next->Next);
	}
	CHECK_EQ(0, ExQueryDepthSList(&Head));
	CHECK(InterlockedPopEntrySList(&Head) == NULL);
	CHECK(ExInterlockedFlushSList(&Head) == NULL);
	ExFreePoolWithTag(Item, TAG);
}

#ifndef __MINGW32__
/* "RtlFirstEntrySList": looks and takes nothing. The DDK of mingw-w64 lacks it. */
VOID SListFirst(PCONFORM_TEST_CONTEXT T)
{
	static SLIST_ITEM Item;
	SLIST_HEADER Head;

	InitializeSListHead(&Head);
	CHECK(RtlFirstEntrySList(&Head) == NULL);
	InterlockedPushEntrySList(&Head, &Item.Entry);
	CHECK_EQ(&Item.Entry, RtlFirstEntrySList(&Head));
	CHECK_EQ(1, ExQueryDepthSList(&Head));
}
#else
VOID SListFirst(PCONFORM_TEST_CONTEXT T)
{
	CHECK(TRUE);
}
#endif

enum { HAMMER_ITEMS = 8, HAMMER_ROUNDS = 20000 };

typedef struct _HAMMER {
	SLIST_HEADER Head;
	volatile LONG Running;
	volatile LONG Wrong;
} HAMMER, *PHAMMER;

/* Take one, mark it as ours, put it back: nobody else may have it meanwhile. */
static KDEFERRED_ROUTINE HammerDpc;
static VOID HammerDpc(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
	PHAMMER Hammer = Context;
	ULONG i;

	UNREFERENCED_PARAMETER(Dpc);
	UNREFERENCED_PARAMETER(Argument1);
	UNREFERENCED_PARAMETER(Argument2);
	for (i = 0; i < HAMMER_ROUNDS; i++) {
		PSLIST_ITEM Item = (PSLIST_ITEM)InterlockedPopEntrySList(&Hammer->Head);

		if (!Item)
			continue;
		if (InterlockedIncrement(&Item->Number) != 1)
			InterlockedIncrement(&Hammer->Wrong);
		InterlockedDecrement(&Item->Number);
		InterlockedPushEntrySList(&Hammer->Head, &Item->Entry);
	}
	InterlockedDecrement(&Hammer->Running);
}

/* "ExInterlockedPopEntrySList": several processors at a time. */
VOID SListManyProcessors(PCONFORM_TEST_CONTEXT T)
{
	PHAMMER Hammer = ExAllocatePoolWithTag(NonPagedPool, sizeof(*Hammer), TAG);
	PSLIST_ITEM Item = ExAllocatePoolWithTag(NonPagedPool, HAMMER_ITEMS * sizeof(*Item), TAG);
	PKDPC Dpc = ExAllocatePoolWithTag(NonPagedPool, T->Processors * sizeof(*Dpc), TAG);
	ULONG i;

	CHECK(Hammer && Item && Dpc);
	if (!Hammer || !Item || !Dpc)
		return;
	RtlZeroMemory(Hammer, sizeof(*Hammer));
	RtlZeroMemory(Item, HAMMER_ITEMS * sizeof(*Item));
	InitializeSListHead(&Hammer->Head);
	for (i = 0; i < HAMMER_ITEMS; i++)
		InterlockedPushEntrySList(&Hammer->Head, &Item[i].Entry);
	Hammer->Running = (LONG)T->Processors;
	for (i = 0; i < T->Processors; i++) {
		KeInitializeDpc(&Dpc[i], HammerDpc, Hammer);
		KeSetTargetProcessorDpc(&Dpc[i], (CCHAR)i);
		KeInsertQueueDpc(&Dpc[i], NULL, NULL);
	}
	for (i = 0; i < 2000 && Hammer->Running; i++)
		SleepFor(10);
	KeFlushQueuedDpcs();
	CHECK_EQ(0, Hammer->Running);
	CHECK_EQ(0, Hammer->Wrong);
	CHECK_EQ(HAMMER_ITEMS, ExQueryDepthSList(&Hammer->Head));
	for (i = 0; InterlockedPopEntrySList(&Hammer->Head); i++)
		;
	CHECK_EQ(HAMMER_ITEMS, i);
	ExFreePoolWithTag(Dpc, TAG);
	ExFreePoolWithTag(Item, TAG);
	ExFreePoolWithTag(Hammer, TAG);
}
