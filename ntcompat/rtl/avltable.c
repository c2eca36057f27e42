// SPDX-License-Identifier: GPL-2.0
/*
 * Generic tables over AVL trees. An element's memory, from the driver's allocation
 * routine, begins with the links; the driver's data follow. The tree hangs to the right
 * of the links in the table. Balance is the right subtree's depth less the left's.
 *
 * Linux has red-black trees only, with other links. Pure code: it is also compiled and
 * tested on the host.
 */
#include "string.h"

enum side { LEFT = -1, RIGHT = 1 };

struct element {
	RTL_BALANCED_LINKS links;
	u64 data[];		/* the driver's; aligned as on Windows */
};

static struct element *of_links(PRTL_BALANCED_LINKS links)
{
	return CONTAINING_RECORD(links, struct element, links);
}

static PRTL_BALANCED_LINKS *child(PRTL_BALANCED_LINKS links, enum side side)
{
	return side == LEFT ? &links->LeftChild : &links->RightChild;
}

static enum side side_of(PRTL_BALANCED_LINKS links)
{
	return links->Parent->LeftChild == links ? LEFT : RIGHT;
}

static void set_child(PRTL_BALANCED_LINKS parent, enum side side, PRTL_BALANCED_LINKS links)
{
	*child(parent, side) = links;
	if (links)
		links->Parent = parent;
}

/* @links goes up, its parent down; the order of all nodes stays. */
static void rotate(PRTL_BALANCED_LINKS links)
{
	PRTL_BALANCED_LINKS parent = links->Parent;
	enum side side = side_of(links);

	set_child(parent->Parent, side_of(parent), links);
	set_child(parent, side, *child(links, -side));
	set_child(links, -side, parent);
}

/*
 * @links is two deeper on @side. Returns what takes its place; @shorter: is it less
 * deep than @links was?
 */
static PRTL_BALANCED_LINKS rebalance(PRTL_BALANCED_LINKS links, enum side side, bool *shorter)
{
	PRTL_BALANCED_LINKS deep = *child(links, side), inner;

	*shorter = true;
	if (deep->Balance != -side) {
		rotate(deep);
		*shorter = deep->Balance;
		links->Balance = deep->Balance ? 0 : side;
		deep->Balance = deep->Balance ? 0 : -side;
		return deep;
	}
	inner = *child(deep, -side);
	rotate(inner);
	rotate(inner);
	links->Balance = inner->Balance == side ? -side : 0;
	deep->Balance = inner->Balance == -side ? side : 0;
	inner->Balance = 0;
	return inner;
}

/* @links has become one deeper. */
static void grown(PRTL_AVL_TABLE table, PRTL_BALANCED_LINKS links)
{
	bool shorter;

	for (; links->Parent != &table->BalancedRoot; links = links->Parent) {
		PRTL_BALANCED_LINKS parent = links->Parent;
		enum side side = side_of(links);

		if (parent->Balance == side) {
			rebalance(parent, side, &shorter);
			return;
		}
		parent->Balance += side;
		if (!parent->Balance)
			return;
	}
	table->DepthOfTree++;
}

/* What is on @side of @links has become one less deep. */
static void shrunk(PRTL_AVL_TABLE table, PRTL_BALANCED_LINKS links, enum side side)
{
	while (links != &table->BalancedRoot) {
		bool shorter = true;

		if (links->Balance == -side) {
			links = rebalance(links, -side, &shorter);
		} else {
			links->Balance -= side;
			shorter = !links->Balance;
		}
		if (!shorter)
			return;
		side = side_of(links);
		links = links->Parent;
	}
	table->DepthOfTree--;
}

/* Takes over place, links and balance. */
static void take_place(PRTL_BALANCED_LINKS heir, PRTL_BALANCED_LINKS links)
{
	set_child(links->Parent, side_of(links), heir);
	set_child(heir, LEFT, links->LeftChild);
	set_child(heir, RIGHT, links->RightChild);
	heir->Balance = links->Balance;
}

static void unlink(PRTL_AVL_TABLE table, PRTL_BALANCED_LINKS links)
{
	PRTL_BALANCED_LINKS out = links, parent;
	enum side side;

	if (links->LeftChild && links->RightChild)
		for (out = links->LeftChild; out->RightChild; out = out->RightChild)
			;
	parent = out->Parent;
	side = side_of(out);
	set_child(parent, side, out->LeftChild ?: out->RightChild);
	if (out != links) {
		take_place(out, links);
		if (parent == links)
			parent = out;
	}
	shrunk(table, parent, side);
}

static PRTL_BALANCED_LINKS outermost(PRTL_BALANCED_LINKS links, enum side side)
{
	while (links && *child(links, side))
		links = *child(links, side);
	return links;
}

/* The neighbour on @side in the order of elements, or NULL. */
static PRTL_BALANCED_LINKS neighbour(PRTL_AVL_TABLE table, PRTL_BALANCED_LINKS links, enum side side)
{
	if (*child(links, side))
		return outermost(*child(links, side), -side);
	while (links->Parent != &table->BalancedRoot && side_of(links) == side)
		links = links->Parent;
	return links->Parent == &table->BalancedRoot ? NULL : links->Parent;
}

/* Goes down to where @buffer's element is, or would be. */
static TABLE_SEARCH_RESULT search(PRTL_AVL_TABLE table, PVOID buffer, PRTL_BALANCED_LINKS *found)
{
	PRTL_BALANCED_LINKS links = table->BalancedRoot.RightChild;

	*found = NULL;
	if (!links)
		return TableEmptyTree;
	for (;;) {
		RTL_GENERIC_COMPARE_RESULTS order =
			table->CompareRoutine(table, buffer, of_links(links)->data);
		PRTL_BALANCED_LINKS next;

		*found = links;
		if (order == GenericEqual)
			return TableFoundNode;
		next = order == GenericLessThan ? links->LeftChild : links->RightChild;
		if (!next)
			return order == GenericLessThan ? TableInsertAsLeft : TableInsertAsRight;
		links = next;
	}
}

static void forget_order(PRTL_AVL_TABLE table)
{
	table->OrderedPointer = NULL;
	table->WhichOrderedElement = 0;
}

/**
 * RtlInitializeGenericTableAvl - make an empty table
 * @Table: the table
 * @CompareRoutine: the order of two elements
 * @AllocateRoutine: memory for an element and its links
 * @FreeRoutine: frees it
 * @TableContext: the driver's
 *
 * IRQL: <= DISPATCH_LEVEL, as for all here: that of the driver's routines. Who shares a
 * table locks it.
 */
void RtlInitializeGenericTableAvl(PRTL_AVL_TABLE Table, PRTL_AVL_COMPARE_ROUTINE CompareRoutine,
				  PRTL_AVL_ALLOCATE_ROUTINE AllocateRoutine,
				  PRTL_AVL_FREE_ROUTINE FreeRoutine, PVOID TableContext)
{
	*Table = (RTL_AVL_TABLE) {
		.BalancedRoot.Parent = &Table->BalancedRoot,
		.CompareRoutine = CompareRoutine,
		.AllocateRoutine = AllocateRoutine,
		.FreeRoutine = FreeRoutine,
		.TableContext = TableContext,
	};
}
EXPORT_SYMBOL(RtlInitializeGenericTableAvl);

static void link_element(PRTL_AVL_TABLE table, struct element *element, TABLE_SEARCH_RESULT where,
			 PRTL_BALANCED_LINKS near)
{
	element->links = (RTL_BALANCED_LINKS){ 0 };
	if (where == TableEmptyTree)
		near = &table->BalancedRoot;
	set_child(near, where == TableInsertAsLeft ? LEFT : RIGHT, &element->links);
	table->NumberGenericTableElements++;
	forget_order(table);
	grown(table, &element->links);
}

/**
 * RtlInsertElementGenericTableAvl - add an element
 * @Table: the table
 * @Buffer: the driver's data, which are copied
 * @BufferSize: their size
 * @NewElement: receives whether it was added; may be NULL
 *
 * Returns the table's copy, of this or of an equal element that was there; NULL when
 * there is no memory.
 */
PVOID RtlInsertElementGenericTableAvl(PRTL_AVL_TABLE Table, PVOID Buffer, CLONG BufferSize,
				      PBOOLEAN NewElement)
{
	PRTL_BALANCED_LINKS near;
	TABLE_SEARCH_RESULT where = search(Table, Buffer, &near);
	struct element *element;

	if (NewElement)
		*NewElement = FALSE;
	if (where == TableFoundNode)
		return of_links(near)->data;
	if (BufferSize > ~0u - sizeof(*element))
		return NULL;
	element = Table->AllocateRoutine(Table, sizeof(*element) + BufferSize);
	if (!element)
		return NULL;
	memcpy(element->data, Buffer, BufferSize);
	link_element(Table, element, where, near);
	if (NewElement)
		*NewElement = TRUE;
	return element->data;
}
EXPORT_SYMBOL(RtlInsertElementGenericTableAvl);

/**
 * RtlDeleteElementGenericTableAvl - remove an element
 * @Table: the table
 * @Buffer: data that are equal to the element's
 *
 * Returns FALSE when there is none.
 */
BOOLEAN RtlDeleteElementGenericTableAvl(PRTL_AVL_TABLE Table, PVOID Buffer)
{
	PRTL_BALANCED_LINKS links;

	if (search(Table, Buffer, &links) != TableFoundNode)
		return FALSE;
	/* An enumeration that is there goes on behind. */
	if (Table->RestartKey == links)
		Table->RestartKey = neighbour(Table, links, LEFT);
	unlink(Table, links);
	Table->NumberGenericTableElements--;
	Table->DeleteCount++;
	forget_order(Table);
	Table->FreeRoutine(Table, of_links(links));
	return TRUE;
}
EXPORT_SYMBOL(RtlDeleteElementGenericTableAvl);

/**
 * RtlLookupElementGenericTableAvl - find an element
 * @Table: the table
 * @Buffer: data that are equal to the element's
 *
 * Returns the table's copy, or NULL.
 */
PVOID RtlLookupElementGenericTableAvl(PRTL_AVL_TABLE Table, PVOID Buffer)
{
	PRTL_BALANCED_LINKS links;

	return search(Table, Buffer, &links) == TableFoundNode ? of_links(links)->data : NULL;
}
EXPORT_SYMBOL(RtlLookupElementGenericTableAvl);

/**
 * RtlEnumerateGenericTableWithoutSplayingAvl - the elements in order
 * @Table: the table
 * @RestartKey: where the last call was, NULL at first
 *
 * Returns the next, or NULL after the last.
 */
PVOID RtlEnumerateGenericTableWithoutSplayingAvl(PRTL_AVL_TABLE Table, PVOID *RestartKey)
{
	PRTL_BALANCED_LINKS links = *RestartKey;

	links = links ? neighbour(Table, links, RIGHT) :
			outermost(Table->BalancedRoot.RightChild, LEFT);
	if (!links)
		return NULL;
	*RestartKey = links;
	return of_links(links)->data;
}
EXPORT_SYMBOL(RtlEnumerateGenericTableWithoutSplayingAvl);

/**
 * RtlEnumerateGenericTableAvl - the elements in order
 * @Table: the table
 * @Restart: TRUE for the first, FALSE for the next
 *
 * Returns the element, or NULL after the last. Elements may be deleted meanwhile.
 */
PVOID RtlEnumerateGenericTableAvl(PRTL_AVL_TABLE Table, BOOLEAN Restart)
{
	PVOID key = Restart ? NULL : Table->RestartKey;
	PVOID data = RtlEnumerateGenericTableWithoutSplayingAvl(Table, &key);

	Table->RestartKey = key;
	return data;
}
EXPORT_SYMBOL(RtlEnumerateGenericTableAvl);

/**
 * RtlGetElementGenericTableAvl - an element by its number
 * @Table: the table
 * @I: 0 for the first in the order of elements
 *
 * Returns the element, or NULL.
 */
PVOID RtlGetElementGenericTableAvl(PRTL_AVL_TABLE Table, ULONG I)
{
	PRTL_BALANCED_LINKS links = Table->OrderedPointer;
	ULONG at = Table->WhichOrderedElement;

	if (I >= Table->NumberGenericTableElements)
		return NULL;
	if (!links || at > I) {
		links = outermost(Table->BalancedRoot.RightChild, LEFT);
		at = 0;
	}
	for (; at < I; at++)
		links = neighbour(Table, links, RIGHT);
	Table->OrderedPointer = links;
	Table->WhichOrderedElement = at;
	return of_links(links)->data;
}
EXPORT_SYMBOL(RtlGetElementGenericTableAvl);

/**
 * RtlNumberGenericTableElementsAvl - how many elements there are
 * @Table: the table
 */
ULONG RtlNumberGenericTableElementsAvl(PRTL_AVL_TABLE Table)
{
	return Table->NumberGenericTableElements;
}
EXPORT_SYMBOL(RtlNumberGenericTableElementsAvl);

/**
 * RtlIsGenericTableEmptyAvl - are there none?
 * @Table: the table
 */
BOOLEAN RtlIsGenericTableEmptyAvl(PRTL_AVL_TABLE Table)
{
	return !Table->NumberGenericTableElements;
}
EXPORT_SYMBOL(RtlIsGenericTableEmptyAvl);
