// SPDX-License-Identifier: GPL-2.0
/* Bitmaps against a naive model: an array of truth values. */
#include "rtl_test.h"

#define MAX	100

struct model {
	RTL_BITMAP map;
	bool bit[MAX];
	ULONG size;
};

/* In as many ULONGs as it takes; what is beyond the size is anything. */
static struct model make_model(void)
{
	struct model m = { .size = below(MAX) + 1 };
	ULONG words = (m.size + 31) / 32, i, density = below(4) + 1;

	RtlInitializeBitMap(&m.map, malloc(words * sizeof(ULONG)), m.size);
	for (i = 0; i < words; i++)
		m.map.Buffer[i] = below(0x10000) << 16 ^ below(0x10000);
	for (i = 0; i < m.size; i++) {
		m.bit[i] = below(density * 2) == 0;
		if (m.bit[i])
			RtlSetBit(&m.map, i);
		else
			RtlClearBit(&m.map, i);
	}
	return m;
}

static bool agrees(const struct model *m)
{
	ULONG i;

	for (i = 0; i < m->size; i++)
		if (m->bit[i] != RtlTestBit((PRTL_BITMAP)&m->map, i) ||
		    m->bit[i] != RtlCheckBit(&m->map, i))
			return false;
	return true;
}

static bool all(const struct model *m, ULONG start, ULONG count, bool value)
{
	ULONG i;

	for (i = start; i < start + count; i++)
		if (i >= m->size || m->bit[i] != value)
			return false;
	return true;
}

static ULONG search(const struct model *m, ULONG count, ULONG hint, bool value)
{
	ULONG i;

	for (i = hint; i + count <= m->size; i++)
		if (all(m, i, count, value))
			return i;
	for (i = 0; i + count <= m->size; i++)
		if (all(m, i, count, value))
			return i;
	return 0xffffffff;
}

static void searches(struct model *m)
{
	ULONG count = below(8) + 1, hint = below(m->size), start = below(m->size), i, at = 0, run;
	ULONG set = 0, longest = 0;

	EXPECT(RtlFindClearBits(&m->map, count, hint) == search(m, count, hint, false));
	EXPECT(RtlFindSetBits(&m->map, count, hint) == search(m, count, hint, true));
	EXPECT(RtlAreBitsClear(&m->map, start, count) == all(m, start, count, false));
	EXPECT(RtlAreBitsSet(&m->map, start, count) == all(m, start, count, true));
	for (i = 0; i < m->size; i++) {
		set += m->bit[i];
		for (run = 0; i + run < m->size && !m->bit[i + run]; run++)
			;
		if (run > longest)
			longest = run;
	}
	EXPECT(RtlNumberOfSetBits(&m->map) == set);
	EXPECT(RtlNumberOfClearBits(&m->map) == m->size - set);
	run = RtlFindLongestRunClear(&m->map, &at);
	EXPECT(run == longest && (!run || all(m, at, run, false)));
	run = RtlFindNextForwardRunClear(&m->map, start, &at);
	for (i = start; i < m->size && m->bit[i]; i++)
		;
	EXPECT(i == m->size ? !run : run && at == i && all(m, at, run, false) &&
	       (at + run == m->size || m->bit[at + run]));
	run = RtlFindLastBackwardRunClear(&m->map, start, &at);
	for (i = start + 1; i > 0 && m->bit[i - 1]; i--)
		;
	EXPECT(!i ? !run : run && at + run == i && all(m, at, run, false) &&
	       (!at || m->bit[at - 1]));
}

static void runs(struct model *m)
{
	RTL_BITMAP_RUN array[5];
	ULONG room = below(5) + 1, i, n, end = 0;
	BOOLEAN longest = below(2);

	n = RtlFindClearRuns(&m->map, array, room, longest);
	EXPECT(n <= room);
	for (i = 0; i < n; i++) {
		RTL_BITMAP_RUN r = array[i];

		EXPECT(r.NumberOfBits && all(m, r.StartingIndex, r.NumberOfBits, false));
		EXPECT(!r.StartingIndex || m->bit[r.StartingIndex - 1]);
		EXPECT(r.StartingIndex + r.NumberOfBits == m->size ||
		       m->bit[r.StartingIndex + r.NumberOfBits]);
		if (longest && i)
			EXPECT(r.NumberOfBits <= array[i - 1].NumberOfBits);
		if (!longest) {
			EXPECT(r.StartingIndex >= end && all(m, end, r.StartingIndex - end, true));
			end = r.StartingIndex + r.NumberOfBits;
		}
	}
}

static void changes(struct model *m)
{
	ULONG start = below(m->size), count = below(m->size - start + 1), i, found;

	RtlSetBits(&m->map, start, count);
	for (i = 0; i < count; i++)
		m->bit[start + i] = true;
	EXPECT(agrees(m));
	count /= 2;
	RtlClearBits(&m->map, start, count);
	for (i = 0; i < count; i++)
		m->bit[start + i] = false;
	EXPECT(agrees(m));
	count = below(6) + 1;
	found = search(m, count, start, false);
	EXPECT(RtlFindClearBitsAndSet(&m->map, count, start) == found);
	for (i = 0; found != 0xffffffff && i < count; i++)
		m->bit[found + i] = true;
	EXPECT(agrees(m));
	found = search(m, count, start, true);
	EXPECT(RtlFindSetBitsAndClear(&m->map, count, start) == found);
	for (i = 0; found != 0xffffffff && i < count; i++)
		m->bit[found + i] = false;
	EXPECT(agrees(m));
}

/* What lies behind the last bit stays as it was. */
static void whole(struct model *m)
{
	ULONG last = (m->size - 1) / 32, rest = m->size % 32;
	ULONG beyond = rest ? ~0u << rest : 0, before = m->map.Buffer[last] & beyond;

	RtlSetAllBits(&m->map);
	EXPECT(RtlAreBitsSet(&m->map, 0, m->size) && (m->map.Buffer[last] & beyond) == before);
	EXPECT(RtlFindClearBits(&m->map, 1, 0) == 0xffffffff);
	RtlClearAllBits(&m->map);
	EXPECT(RtlAreBitsClear(&m->map, 0, m->size) && (m->map.Buffer[last] & beyond) == before);
	EXPECT(RtlFindSetBits(&m->map, 1, 0) == 0xffffffff);
	EXPECT(RtlFindClearBits(&m->map, m->size, m->size - 1) == 0);
	EXPECT(RtlFindClearBits(&m->map, m->size + 1, 0) == 0xffffffff);
	EXPECT(!RtlAreBitsClear(&m->map, 0, m->size + 1) && !RtlAreBitsClear(&m->map, 0, 0));
	EXPECT(!RtlAreBitsClear(&m->map, 1, 0xffffffff));
	RtlSetBits(&m->map, 1, 0xffffffff);
	EXPECT(!RtlNumberOfSetBits(&m->map));
}

void test_bitmap(void)
{
	unsigned int rounds;

	wrong = 0;
	for (rounds = 0; rounds < 20000; rounds++) {
		struct model m = make_model();

		EXPECT(agrees(&m));
		searches(&m);
		runs(&m);
		changes(&m);
		whole(&m);
		free(m.map.Buffer);
	}
	EXPECT(RtlNumberOfSetBitsUlongPtr(0xf00000000000000fULL) == 8);
	EXPECT(RtlFindLeastSignificantBit(0) == -1 && RtlFindLeastSignificantBit(1ULL << 63) == 63);
	EXPECT(RtlFindMostSignificantBit(0) == -1 && RtlFindMostSignificantBit(5) == 2);
	result(!wrong, "bitmaps do as a naive model does");
}
