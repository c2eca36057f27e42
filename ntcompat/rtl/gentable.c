// SPDX-License-Identifier: GPL-2.0
/*
 * Generic tables over splay trees. An element's memory, from the driver's allocation
 * routine, begins with the links; the driver's data follow. Pure code: it is also
 * compiled and tested on the host.
 */
#include "string.h"

struct element {
	RTL_SPLAY_LINKS links;
	LIST_ENTRY inserted;	/* in Table->InsertOrderList */
	u64 data[];		/* the driver's; aligned as on Windows */
};

static struct element *of_links(PRTL_SPLAY_LINKS links)
{
	return CONTAINING_RECORD(links, struct element, links);
}

/* Goes down to where @buffer's element is, or would be. */
static TABLE_SEARCH_RESULT search(PRTL_GENERIC_TABLE table, PVOID buffer, PRTL_SPLAY_LINKS *found)
{
	PRTL_SPLAY_LINKS links = table->TableRoot;

	*found = NULL;
	if (!links)
		return TableEmptyTree;
	for (;;) {
		RTL_GENERIC_COMPARE_RESULTS order =
			table->CompareRoutine(table, buffer, of_links(links)->data);
		PRTL_SPLAY_LINKS next;

		*found = links;
		if (order == GenericEqual)
			return TableFoundNode;
		next = order == GenericLessThan ? links->LeftChild : links->RightChild;
		if (!next)
			return order == GenericLessThan ? TableInsertAsLeft : TableInsertAsRight;
		links = next;
	}
}

/**
 * RtlInitializeGenericTable - make an empty table
 * @Table: the table
 * @CompareRoutine: the order of two elements
 * @AllocateRoutine: memory for an element and its links
 * @FreeRoutine: frees it
 * @TableContext: the driver's
 *
 * IRQL: <= DISPATCH_LEVEL, as for all here: that of the driver's routines. Who shares a
 * table locks it.
 */
void RtlInitializeGenericTable(PRTL_GENERIC_TABLE Table, PRTL_GENERIC_COMPARE_ROUTINE CompareRoutine,
			       PRTL_GENERIC_ALLOCATE_ROUTINE AllocateRoutine,
			       PRTL_GENERIC_FREE_ROUTINE FreeRoutine, PVOID TableContext)
{
	*Table = (RTL_GENERIC_TABLE) {
		.CompareRoutine = CompareRoutine,
		.AllocateRoutine = AllocateRoutine,
		.FreeRoutine = FreeRoutine,
		.TableContext = TableContext,
	};
	InitializeListHead(&Table->InsertOrderList);
	Table->OrderedPointer = &Table->InsertOrderList;
}
EXPORT_SYMBOL(RtlInitializeGenericTable);

static void link_element(PRTL_GENERIC_TABLE table, struct element *element,
			 TABLE_SEARCH_RESULT where, PRTL_SPLAY_LINKS parent)
{
	RtlInitializeSplayLinks(&element->links);
	if (where == TableInsertAsLeft)
		RtlInsertAsLeftChild(parent, &element->links);
	else if (where == TableInsertAsRight)
		RtlInsertAsRightChild(parent, &element->links);
	InsertTailList(&table->InsertOrderList, &element->inserted);
	table->NumberGenericTableElements++;
}

/**
 * RtlInsertElementGenericTable - add an element
 * @Table: the table
 * @Buffer: the driver's data, which are copied
 * @BufferSize: their size
 * @NewElement: receives whether it was added; may be NULL
 *
 * Returns the table's copy, of this or of an equal element that was there; NULL when
 * there is no memory.
 */
PVOID RtlInsertElementGenericTable(PRTL_GENERIC_TABLE Table, PVOID Buffer, CLONG BufferSize,
				   PBOOLEAN NewElement)
{
	PRTL_SPLAY_LINKS near;
	TABLE_SEARCH_RESULT where = search(Table, Buffer, &near);
	struct element *element = near ? of_links(near) : NULL;

	if (NewElement)
		*NewElement = FALSE;
	if (where != TableFoundNode) {
		if (BufferSize > ~0u - sizeof(*element))
			return NULL;
		element = Table->AllocateRoutine(Table, sizeof(*element) + BufferSize);
		if (!element)
			return NULL;
		memcpy(element->data, Buffer, BufferSize);
		link_element(Table, element, where, near);
		if (NewElement)
			*NewElement = TRUE;
	}
	Table->TableRoot = RtlSplay(&element->links);
	return element->data;
}
EXPORT_SYMBOL(RtlInsertElementGenericTable);

/**
 * RtlDeleteElementGenericTable - remove an element
 * @Table: the table
 * @Buffer: data that are equal to the element's
 *
 * Returns FALSE when there is none.
 */
BOOLEAN RtlDeleteElementGenericTable(PRTL_GENERIC_TABLE Table, PVOID Buffer)
{
	PRTL_SPLAY_LINKS links;
	struct element *element;

	if (search(Table, Buffer, &links) != TableFoundNode)
		return FALSE;
	element = of_links(links);
	Table->TableRoot = RtlDelete(links);
	RemoveEntryList(&element->inserted);
	Table->NumberGenericTableElements--;
	Table->WhichOrderedElement = 0;
	Table->OrderedPointer = &Table->InsertOrderList;
	Table->FreeRoutine(Table, element);
	return TRUE;
}
EXPORT_SYMBOL(RtlDeleteElementGenericTable);

/**
 * RtlLookupElementGenericTable - find an element
 * @Table: the table
 * @Buffer: data that are equal to the element's
 *
 * Returns the table's copy, or NULL.
 */
PVOID RtlLookupElementGenericTable(PRTL_GENERIC_TABLE Table, PVOID Buffer)
{
	PRTL_SPLAY_LINKS links;

	if (search(Table, Buffer, &links) != TableFoundNode)
		return NULL;
	Table->TableRoot = RtlSplay(links);
	return of_links(links)->data;
}
EXPORT_SYMBOL(RtlLookupElementGenericTable);

/**
 * RtlEnumerateGenericTableWithoutSplaying - the elements in order
 * @Table: the table
 * @RestartKey: where the last call was, NULL at first
 *
 * Returns the next, or NULL after the last.
 */
PVOID RtlEnumerateGenericTableWithoutSplaying(PRTL_GENERIC_TABLE Table, PVOID *RestartKey)
{
	PRTL_SPLAY_LINKS links = *RestartKey;

	if (links) {
		links = RtlRealSuccessor(links);
	} else {
		links = Table->TableRoot;
		while (links && links->LeftChild)
			links = links->LeftChild;
	}
	if (!links)
		return NULL;
	*RestartKey = links;
	return of_links(links)->data;
}
EXPORT_SYMBOL(RtlEnumerateGenericTableWithoutSplaying);

/**
 * RtlEnumerateGenericTable - the elements in order
 * @Table: the table
 * @Restart: TRUE for the first, FALSE for the next
 *
 * Returns the element, which becomes the tree's root, or NULL after the last. Another
 * routine that makes a node the root disturbs an enumeration, as on Windows.
 */
PVOID RtlEnumerateGenericTable(PRTL_GENERIC_TABLE Table, BOOLEAN Restart)
{
	PVOID key = Restart ? NULL : Table->TableRoot;
	PVOID data = RtlEnumerateGenericTableWithoutSplaying(Table, &key);

	if (data)
		Table->TableRoot = RtlSplay(key);
	return data;
}
EXPORT_SYMBOL(RtlEnumerateGenericTable);

/**
 * RtlGetElementGenericTable - an element by its number
 * @Table: the table
 * @I: 0 for the one that was inserted first
 *
 * Returns the element, or NULL.
 */
PVOID RtlGetElementGenericTable(PRTL_GENERIC_TABLE Table, ULONG I)
{
	PLIST_ENTRY entry = Table->OrderedPointer;
	ULONG at = Table->WhichOrderedElement;	/* counts from 1; 0 is the list's head */

	if (I >= Table->NumberGenericTableElements)
		return NULL;
	if (at > I + 1) {
		at = 0;
		entry = &Table->InsertOrderList;
	}
	for (; at < I + 1; at++)
		entry = entry->Flink;
	Table->OrderedPointer = entry;
	Table->WhichOrderedElement = at;
	return CONTAINING_RECORD(entry, struct element, inserted)->data;
}
EXPORT_SYMBOL(RtlGetElementGenericTable);

/**
 * RtlNumberGenericTableElements - how many elements there are
 * @Table: the table
 */
ULONG RtlNumberGenericTableElements(PRTL_GENERIC_TABLE Table)
{
	return Table->NumberGenericTableElements;
}
EXPORT_SYMBOL(RtlNumberGenericTableElements);

/**
 * RtlIsGenericTableEmpty - are there none?
 * @Table: the table
 */
BOOLEAN RtlIsGenericTableEmpty(PRTL_GENERIC_TABLE Table)
{
	return !Table->TableRoot;
}
EXPORT_SYMBOL(RtlIsGenericTableEmpty);
