// SPDX-License-Identifier: GPL-2.0
/* Generic tables, of both kinds, against a naive model; the trees' form is checked, too. */
#include "rtl_test.h"

#define KEYS	200

static long allocated;

static RTL_GENERIC_COMPARE_RESULTS by_value(PVOID a, PVOID b)
{
	int x = *(int *)a, y = *(int *)b;

	return x < y ? GenericLessThan : x > y ? GenericGreaterThan : GenericEqual;
}

static RTL_GENERIC_COMPARE_RESULTS compare(PRTL_GENERIC_TABLE table, PVOID a, PVOID b)
{
	return by_value(a, b);
}

static RTL_GENERIC_COMPARE_RESULTS compare_avl(PRTL_AVL_TABLE table, PVOID a, PVOID b)
{
	return by_value(a, b);
}

static PVOID allocate(CLONG bytes)
{
	if (!pool_fail)
		return NULL;
	allocated++;
	return malloc(bytes);
}

static PVOID allocate_splay(PRTL_GENERIC_TABLE table, CLONG bytes)
{
	return allocate(bytes);
}

static PVOID allocate_avl(PRTL_AVL_TABLE table, CLONG bytes)
{
	return allocate(bytes);
}

static void free_splay(PRTL_GENERIC_TABLE table, PVOID buffer)
{
	allocated--;
	free(buffer);
}

static void free_avl(PRTL_AVL_TABLE table, PVOID buffer)
{
	allocated--;
	free(buffer);
}

/* Returns the depth; checks links and balances. */
static int depth(PRTL_BALANCED_LINKS links, PRTL_BALANCED_LINKS parent)
{
	int left, right;

	if (!links)
		return 0;
	EXPECT(links->Parent == parent);
	left = depth(links->LeftChild, links);
	right = depth(links->RightChild, links);
	EXPECT(links->Balance == right - left && links->Balance >= -1 && links->Balance <= 1);
	return 1 + (left > right ? left : right);
}

static void links_agree(PRTL_SPLAY_LINKS links)
{
	if (links->LeftChild) {
		EXPECT(links->LeftChild->Parent == links);
		links_agree(links->LeftChild);
	}
	if (links->RightChild) {
		EXPECT(links->RightChild->Parent == links);
		links_agree(links->RightChild);
	}
}

struct model {
	bool there[KEYS];
	int order[KEYS], count;		/* in the order of insertion */
};

static void insert(struct model *m, int key)
{
	m->there[key] = true;
	m->order[m->count++] = key;
}

static void drop(struct model *m, int key)
{
	int i;

	m->there[key] = false;
	for (i = 0; m->order[i] != key; i++)
		;
	memmove(&m->order[i], &m->order[i + 1], (--m->count - i) * sizeof(int));
}

static void splay_step(PRTL_GENERIC_TABLE table, struct model *m)
{
	int key = below(KEYS), *got;
	BOOLEAN added = 7;

	if (below(5) < 3) {
		got = RtlInsertElementGenericTable(table, &key, sizeof(key), &added);
		EXPECT(got && *got == key && added == !m->there[key]);
		if (added)
			insert(m, key);
	} else {
		EXPECT(RtlDeleteElementGenericTable(table, &key) == m->there[key]);
		if (m->there[key])
			drop(m, key);
	}
	key = below(KEYS);
	got = RtlLookupElementGenericTable(table, &key);
	EXPECT(!got == !m->there[key] && (!got || *got == key));
	EXPECT(RtlNumberGenericTableElements(table) == (ULONG)m->count);
	EXPECT(RtlIsGenericTableEmpty(table) == !m->count);
	key = below(m->count + 2);
	got = RtlGetElementGenericTable(table, key);
	EXPECT(key < m->count ? got && *got == m->order[key] : !got);
	if (table->TableRoot) {
		EXPECT(RtlIsRoot(table->TableRoot));
		links_agree(table->TableRoot);
	}
}

static void splay_order(PRTL_GENERIC_TABLE table, const struct model *m)
{
	PVOID key = NULL;
	int i, *got, seen = 0;

	for (i = 0; i < KEYS; i++)
		if (m->there[i]) {
			got = RtlEnumerateGenericTableWithoutSplaying(table, &key);
			EXPECT(got && *got == i);
			got = RtlEnumerateGenericTable(table, !seen++);
			EXPECT(got && *got == i);
		}
	EXPECT(!RtlEnumerateGenericTableWithoutSplaying(table, &key));
	EXPECT(!RtlEnumerateGenericTable(table, !seen));
}

static void splay(void)
{
	RTL_GENERIC_TABLE table;
	struct model m = { 0 };
	int i;

	wrong = 0;
	RtlInitializeGenericTable(&table, compare, allocate_splay, free_splay, NULL);
	EXPECT(!RtlEnumerateGenericTable(&table, TRUE));
	for (i = 0; i < 20000; i++) {
		splay_step(&table, &m);
		if (i % 100 == 0)
			splay_order(&table, &m);
	}
	pool_fail = 0;
	for (i = 0; m.there[i]; i++)
		;
	EXPECT(!RtlInsertElementGenericTable(&table, &i, sizeof(i), NULL));
	pool_fail = -1;
	for (i = 0; i < KEYS; i++)
		RtlDeleteElementGenericTable(&table, &i);
	EXPECT(!allocated && RtlIsGenericTableEmpty(&table));
	result(!wrong, "generic tables over splay trees");
}

static void avl_step(PRTL_AVL_TABLE table, struct model *m)
{
	int key = below(KEYS), *got, i, n;
	BOOLEAN added = 7;

	if (below(5) < 3) {
		got = RtlInsertElementGenericTableAvl(table, &key, sizeof(key), &added);
		EXPECT(got && *got == key && added == !m->there[key]);
		if (added)
			insert(m, key);
	} else {
		EXPECT(RtlDeleteElementGenericTableAvl(table, &key) == m->there[key]);
		if (m->there[key])
			drop(m, key);
	}
	key = below(KEYS);
	got = RtlLookupElementGenericTableAvl(table, &key);
	EXPECT(!got == !m->there[key] && (!got || *got == key));
	EXPECT(RtlNumberGenericTableElementsAvl(table) == (ULONG)m->count);
	EXPECT(depth(table->BalancedRoot.RightChild, &table->BalancedRoot) ==
	       (int)table->DepthOfTree);
	key = below(m->count + 2);
	got = RtlGetElementGenericTableAvl(table, key);
	for (i = n = 0; i < KEYS && n <= key; i++)
		n += m->there[i];
	EXPECT(key < m->count ? got && *got == i - 1 : !got);
}

/* Each element is seen once, also when it is deleted as soon as it is. */
static void avl_order(PRTL_AVL_TABLE table, struct model *m, bool remove)
{
	int i, *got, seen = 0;

	for (i = 0; i < KEYS; i++)
		if (m->there[i]) {
			got = RtlEnumerateGenericTableAvl(table, !seen++);
			EXPECT(got && *got == i);
			if (remove && below(2)) {
				EXPECT(RtlDeleteElementGenericTableAvl(table, &i));
				drop(m, i);
			}
		}
	if (seen && !remove)
		EXPECT(!RtlEnumerateGenericTableAvl(table, FALSE));
}

static void avl(void)
{
	RTL_AVL_TABLE table;
	struct model m = { 0 };
	int i;

	wrong = 0;
	RtlInitializeGenericTableAvl(&table, compare_avl, allocate_avl, free_avl, NULL);
	EXPECT(!RtlEnumerateGenericTableAvl(&table, TRUE));
	for (i = 0; i < 20000; i++) {
		avl_step(&table, &m);
		if (i % 100 == 0)
			avl_order(&table, &m, i % 300 == 0);
	}
	for (i = 0; i < KEYS; i++)
		RtlDeleteElementGenericTableAvl(&table, &i);
	EXPECT(!allocated && RtlIsGenericTableEmptyAvl(&table) && !table.DepthOfTree);
	/* Ordered insertion, the worst case of other trees. */
	for (i = 0; i < 1000; i++)
		RtlInsertElementGenericTableAvl(&table, &i, sizeof(i), NULL);
	EXPECT(table.DepthOfTree == 10);
	for (i = 0; i < 1000; i++)
		EXPECT(RtlDeleteElementGenericTableAvl(&table, &i));
	EXPECT(!allocated);
	result(!wrong, "generic tables over AVL trees");
}

static void ranges(void)
{
	RTL_RANGE_LIST list;
	RTL_RANGE_LIST_ITERATOR at;
	RTL_RANGE *range;
	ULONGLONG last = 0;
	int mine, i;

	wrong = 0;
	RtlInitializeRangeList(&list);
	EXPECT(RtlGetFirstRange(&list, &at, &range) == STATUS_NO_MORE_ENTRIES && !range);
	EXPECT(RtlAddRange(&list, 20, 29, 1, 0, NULL, &mine) == STATUS_SUCCESS);
	EXPECT(RtlAddRange(&list, 30, 39, 1, RTL_RANGE_LIST_ADD_SHARED, NULL, NULL) == STATUS_SUCCESS);
	EXPECT(RtlAddRange(&list, 10, 19, 1, 0, NULL, &mine) == STATUS_SUCCESS);
	EXPECT(RtlAddRange(&list, 5, 10, 1, 0, NULL, NULL) == STATUS_RANGE_LIST_CONFLICT);
	EXPECT(RtlAddRange(&list, 39, 39, 1, 0, NULL, NULL) == STATUS_RANGE_LIST_CONFLICT);
	EXPECT(RtlAddRange(&list, 39, 50, 1, RTL_RANGE_LIST_ADD_SHARED, NULL, NULL) == STATUS_SUCCESS);
	EXPECT(RtlAddRange(&list, 0, ~0ULL, 1, RTL_RANGE_LIST_ADD_IF_CONFLICT, NULL, NULL) ==
	       STATUS_SUCCESS);
	EXPECT(RtlAddRange(&list, 2, 1, 1, 0, NULL, NULL) == STATUS_INVALID_PARAMETER);
	pool_fail = 0;
	EXPECT(RtlAddRange(&list, 3, 4, 1, 1, NULL, NULL) == STATUS_INSUFFICIENT_RESOURCES);
	pool_fail = -1;
	EXPECT(RtlGetFirstRange(&list, &at, &range) == STATUS_SUCCESS);
	EXPECT(range->Flags == RTL_RANGE_CONFLICT);
	for (i = 1; RtlGetNextRange(&at, &range, TRUE) == STATUS_SUCCESS; i++) {
		EXPECT(range->Start >= last && range->Start);
		last = range->Start;
	}
	EXPECT(i == 5 && list.Count == 5);
	EXPECT(RtlGetFirstRange(&list, &at, &range) == STATUS_SUCCESS);
	EXPECT(RtlDeleteRange(&list, 0, ~0ULL, NULL) == STATUS_SUCCESS);
	EXPECT(RtlGetNextRange(&at, &range, TRUE) == STATUS_INVALID_PARAMETER);
	EXPECT(RtlDeleteRange(&list, 20, 29, NULL) == STATUS_RANGE_NOT_FOUND);
	EXPECT(RtlDeleteOwnersRanges(&list, &mine) == STATUS_SUCCESS && list.Count == 2);
	RtlFreeRangeList(&list);
	EXPECT(!list.Count && !pool_blocks());
	result(!wrong, "range lists");
}

void test_tables(void)
{
	ranges();
	splay();
	avl();
}
