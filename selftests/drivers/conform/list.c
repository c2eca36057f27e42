// SPDX-License-Identifier: GPL-2.0
/* Linked lists: "Singly and Doubly Linked Lists". */
#include "conform.h"

VOID ListsDouble(PCONFORM_TEST_CONTEXT T)
{
	LIST_ENTRY Head, A, B, C;

	InitializeListHead(&Head);
	CHECK(IsListEmpty(&Head));
	InsertTailList(&Head, &B);
	InsertTailList(&Head, &C);
	InsertHeadList(&Head, &A);
	CHECK(!IsListEmpty(&Head));
	CHECK(Head.Flink == &A && A.Flink == &B && B.Flink == &C && C.Flink == &Head);
	CHECK(Head.Blink == &C && C.Blink == &B && B.Blink == &A && A.Blink == &Head);
	/* "RemoveEntryList": TRUE when the list is empty afterwards. */
	CHECK(!RemoveEntryList(&B));
	CHECK(A.Flink == &C && C.Blink == &A);
	CHECK(RemoveHeadList(&Head) == &A);
	InsertHeadList(&Head, &B);
	CHECK(RemoveTailList(&Head) == &C);
	CHECK(RemoveEntryList(&B));
	CHECK(IsListEmpty(&Head));
	/* "RemoveHeadList": the head itself when the list is empty. */
	CHECK(RemoveHeadList(&Head) == &Head);
	CHECK(RemoveTailList(&Head) == &Head);
}

/* "AppendTailList": the appended list's head is not among the entries. */
VOID ListsAppend(PCONFORM_TEST_CONTEXT T)
{
	LIST_ENTRY First, Second, A, B, C;

	InitializeListHead(&First);
	InitializeListHead(&Second);
	InsertTailList(&First, &A);
	InsertTailList(&Second, &B);
	InsertTailList(&Second, &C);
	RemoveEntryList(&Second);
	AppendTailList(&First, &B);
	CHECK(A.Flink == &B && B.Flink == &C && C.Flink == &First);
	CHECK(First.Blink == &C && C.Blink == &B && B.Blink == &A);
}

/* "PushEntryList", "PopEntryList": last in, first out; NULL when empty. */
VOID ListsSingle(PCONFORM_TEST_CONTEXT T)
{
	SINGLE_LIST_ENTRY Head = { NULL }, A, B;

	CHECK(PopEntryList(&Head) == NULL);
	PushEntryList(&Head, &A);
	PushEntryList(&Head, &B);
	CHECK(PopEntryList(&Head) == &B);
	CHECK(PopEntryList(&Head) == &A);
	CHECK(PopEntryList(&Head) == NULL);
	CHECK(Head.Next == NULL);
}
