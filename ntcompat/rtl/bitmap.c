// SPDX-License-Identifier: GPL-2.0
/*
 * Bitmaps. Bits beyond the map's size in its last ULONG are never looked at and never
 * changed. Pure code: it is also compiled and tested on the host.
 *
 * Linux's own work on words of 64 bits, of which the last need not be there.
 */
#include "string.h"

#define NONE		0xffffffff
#define BITS		32

/* The bits of word @word that lie in [start, end), as a mask. */
static ULONG mask_of(ULONG word, ULONG start, ULONG end)
{
	u64 first = (u64)word * BITS;
	ULONG mask = ~0u;

	if (start > first)
		mask &= ~0u << (start - first);
	if (end < first + BITS)
		mask &= ~0u >> (first + BITS - end);
	return mask;
}

/* The first bit in [from, end) with that value, or @end. */
static ULONG next_bit(const RTL_BITMAP *map, ULONG from, ULONG end, bool value)
{
	ULONG word;

	for (word = from / BITS; (u64)word * BITS < end; word++) {
		ULONG bits = (value ? map->Buffer[word] : ~map->Buffer[word]) &
			     mask_of(word, from, end);

		if (bits)
			return word * BITS + __builtin_ctz(bits);
	}
	return end;
}

/* The last bit in [0, end) with that value, or NONE. */
static ULONG previous_bit(const RTL_BITMAP *map, ULONG end, bool value)
{
	ULONG word;

	for (word = ((u64)end + BITS - 1) / BITS; word-- > 0; ) {
		ULONG bits = (value ? map->Buffer[word] : ~map->Buffer[word]) &
			     mask_of(word, 0, end);

		if (bits)
			return word * BITS + BITS - 1 - __builtin_clz(bits);
	}
	return NONE;
}

/* Does [start, start + count) lie in the map? */
static bool in_map(const RTL_BITMAP *map, ULONG start, ULONG count)
{
	return start <= map->SizeOfBitMap && count <= map->SizeOfBitMap - start;
}

static void change(PRTL_BITMAP map, ULONG start, ULONG count, bool value)
{
	ULONG end = start + count, word;

	for (word = start / BITS; count && (u64)word * BITS < end; word++) {
		ULONG mask = mask_of(word, start, end);

		if (value)
			map->Buffer[word] |= mask;
		else
			map->Buffer[word] &= ~mask;
	}
}

/**
 * RtlInitializeBitMap - describe a bitmap
 * @BitMapHeader: receives the description
 * @BitMapBuffer: the bits, which keep their values
 * @SizeOfBitMap: how many there are
 *
 * IRQL: any, as for all here: who shares a bitmap locks it.
 */
void RtlInitializeBitMap(PRTL_BITMAP BitMapHeader, PULONG BitMapBuffer, ULONG SizeOfBitMap)
{
	BitMapHeader->SizeOfBitMap = SizeOfBitMap;
	BitMapHeader->Buffer = BitMapBuffer;
}
EXPORT_SYMBOL(RtlInitializeBitMap);

/**
 * RtlClearBit - clear a bit
 * @BitMapHeader: the bitmap
 * @BitNumber: which
 */
void RtlClearBit(PRTL_BITMAP BitMapHeader, ULONG BitNumber)
{
	BitMapHeader->Buffer[BitNumber / BITS] &= ~(1u << BitNumber % BITS);
}
EXPORT_SYMBOL(RtlClearBit);

/**
 * RtlSetBit - set a bit
 * @BitMapHeader: the bitmap
 * @BitNumber: which
 */
void RtlSetBit(PRTL_BITMAP BitMapHeader, ULONG BitNumber)
{
	BitMapHeader->Buffer[BitNumber / BITS] |= 1u << BitNumber % BITS;
}
EXPORT_SYMBOL(RtlSetBit);

/**
 * RtlTestBit - is a bit set?
 * @BitMapHeader: the bitmap
 * @BitNumber: which
 */
BOOLEAN RtlTestBit(PRTL_BITMAP BitMapHeader, ULONG BitNumber)
{
	return RtlCheckBit(BitMapHeader, BitNumber);
}
EXPORT_SYMBOL(RtlTestBit);

/**
 * RtlClearBits - clear a range of bits
 * @BitMapHeader: the bitmap
 * @StartingIndex: the first
 * @NumberToClear: how many; beyond the map's end none is touched
 */
void RtlClearBits(PRTL_BITMAP BitMapHeader, ULONG StartingIndex, ULONG NumberToClear)
{
	if (in_map(BitMapHeader, StartingIndex, NumberToClear))
		change(BitMapHeader, StartingIndex, NumberToClear, false);
}
EXPORT_SYMBOL(RtlClearBits);

/**
 * RtlSetBits - set a range of bits
 * @BitMapHeader: the bitmap
 * @StartingIndex: the first
 * @NumberToSet: how many; beyond the map's end none is touched
 */
void RtlSetBits(PRTL_BITMAP BitMapHeader, ULONG StartingIndex, ULONG NumberToSet)
{
	if (in_map(BitMapHeader, StartingIndex, NumberToSet))
		change(BitMapHeader, StartingIndex, NumberToSet, true);
}
EXPORT_SYMBOL(RtlSetBits);

/**
 * RtlClearAllBits - clear all bits
 * @BitMapHeader: the bitmap
 */
void RtlClearAllBits(PRTL_BITMAP BitMapHeader)
{
	change(BitMapHeader, 0, BitMapHeader->SizeOfBitMap, false);
}
EXPORT_SYMBOL(RtlClearAllBits);

/**
 * RtlSetAllBits - set all bits
 * @BitMapHeader: the bitmap
 */
void RtlSetAllBits(PRTL_BITMAP BitMapHeader)
{
	change(BitMapHeader, 0, BitMapHeader->SizeOfBitMap, true);
}
EXPORT_SYMBOL(RtlSetAllBits);

static BOOLEAN are_all(const RTL_BITMAP *map, ULONG start, ULONG count, bool value)
{
	return count && in_map(map, start, count) &&
	       next_bit(map, start, start + count, !value) == start + count;
}

/**
 * RtlAreBitsClear - are all bits of a range clear?
 * @BitMapHeader: the bitmap
 * @StartingIndex: the first
 * @Length: how many
 *
 * Returns FALSE also when @Length is 0 or the range leaves the map.
 */
BOOLEAN RtlAreBitsClear(PRTL_BITMAP BitMapHeader, ULONG StartingIndex, ULONG Length)
{
	return are_all(BitMapHeader, StartingIndex, Length, false);
}
EXPORT_SYMBOL(RtlAreBitsClear);

/**
 * RtlAreBitsSet - are all bits of a range set?
 * @BitMapHeader: the bitmap
 * @StartingIndex: the first
 * @Length: how many
 *
 * Returns FALSE also when @Length is 0 or the range leaves the map.
 */
BOOLEAN RtlAreBitsSet(PRTL_BITMAP BitMapHeader, ULONG StartingIndex, ULONG Length)
{
	return are_all(BitMapHeader, StartingIndex, Length, true);
}
EXPORT_SYMBOL(RtlAreBitsSet);

/* The next run of @value in [from, end): its length, or 0. */
static ULONG next_run(const RTL_BITMAP *map, ULONG from, ULONG end, bool value, ULONG *start)
{
	if (from >= end)
		return 0;
	*start = next_bit(map, from, end, value);
	return next_bit(map, *start, end, !value) - *start;
}

static ULONG find_in(const RTL_BITMAP *map, ULONG count, ULONG from, ULONG end, bool value)
{
	ULONG start, run;

	for (; (run = next_run(map, from, end, value, &start)); from = start + run)
		if (run >= count)
			return start;
	return NONE;
}

/* From the hint to the end, then from the start: the range may reach beyond the hint. */
static ULONG find(const RTL_BITMAP *map, ULONG count, ULONG hint, bool value)
{
	ULONG size = map->SizeOfBitMap, found;

	if (count > size)
		return NONE;
	if (hint >= size)
		hint = 0;
	if (!count)
		return hint;	/* none are found anywhere */
	found = find_in(map, count, hint, size, value);
	if (found == NONE && hint)
		found = find_in(map, count, 0, hint > size - count ? size : hint + count - 1,
				value);
	return found;
}

/**
 * RtlFindClearBits - find clear bits in a row
 * @BitMapHeader: the bitmap
 * @NumberToFind: how many
 * @HintIndex: where to begin; then the start of the map is searched, too
 *
 * Returns the first of them, or 0xFFFFFFFF when there are none.
 */
ULONG RtlFindClearBits(PRTL_BITMAP BitMapHeader, ULONG NumberToFind, ULONG HintIndex)
{
	return find(BitMapHeader, NumberToFind, HintIndex, false);
}
EXPORT_SYMBOL(RtlFindClearBits);

/**
 * RtlFindSetBits - find set bits in a row
 * @BitMapHeader: the bitmap
 * @NumberToFind: how many
 * @HintIndex: where to begin; then the start of the map is searched, too
 *
 * Returns the first of them, or 0xFFFFFFFF when there are none.
 */
ULONG RtlFindSetBits(PRTL_BITMAP BitMapHeader, ULONG NumberToFind, ULONG HintIndex)
{
	return find(BitMapHeader, NumberToFind, HintIndex, true);
}
EXPORT_SYMBOL(RtlFindSetBits);

/**
 * RtlFindClearBitsAndSet - find clear bits in a row and set them
 * @BitMapHeader: the bitmap
 * @NumberToFind: how many
 * @HintIndex: where to begin
 *
 * Returns the first of them, or 0xFFFFFFFF with nothing changed.
 */
ULONG RtlFindClearBitsAndSet(PRTL_BITMAP BitMapHeader, ULONG NumberToFind, ULONG HintIndex)
{
	ULONG found = find(BitMapHeader, NumberToFind, HintIndex, false);

	if (found != NONE)
		change(BitMapHeader, found, NumberToFind, true);
	return found;
}
EXPORT_SYMBOL(RtlFindClearBitsAndSet);

/**
 * RtlFindSetBitsAndClear - find set bits in a row and clear them
 * @BitMapHeader: the bitmap
 * @NumberToFind: how many
 * @HintIndex: where to begin
 *
 * Returns the first of them, or 0xFFFFFFFF with nothing changed.
 */
ULONG RtlFindSetBitsAndClear(PRTL_BITMAP BitMapHeader, ULONG NumberToFind, ULONG HintIndex)
{
	ULONG found = find(BitMapHeader, NumberToFind, HintIndex, true);

	if (found != NONE)
		change(BitMapHeader, found, NumberToFind, false);
	return found;
}
EXPORT_SYMBOL(RtlFindSetBitsAndClear);

/* Keeps the runs ordered by length, longest first; returns how many there are. */
static ULONG keep_longest(PRTL_BITMAP_RUN runs, ULONG count, ULONG room, RTL_BITMAP_RUN run)
{
	ULONG at = count;

	if (count == room && runs[count - 1].NumberOfBits >= run.NumberOfBits)
		return count;
	if (count == room)
		at--;
	else
		count++;
	for (; at && runs[at - 1].NumberOfBits < run.NumberOfBits; at--)
		runs[at] = runs[at - 1];
	runs[at] = run;
	return count;
}

/**
 * RtlFindClearRuns - find runs of clear bits
 * @BitMapHeader: the bitmap
 * @RunArray: receives the runs
 * @SizeOfRunArray: how many it has room for
 * @LocateLongestRuns: TRUE for the longest, in order of their length; FALSE for the
 *	first, in order of their place
 *
 * Returns how many were stored.
 */
ULONG RtlFindClearRuns(PRTL_BITMAP BitMapHeader, PRTL_BITMAP_RUN RunArray, ULONG SizeOfRunArray,
		       BOOLEAN LocateLongestRuns)
{
	ULONG from = 0, count = 0;
	RTL_BITMAP_RUN run;

	while (SizeOfRunArray && (LocateLongestRuns || count < SizeOfRunArray)) {
		run.NumberOfBits = next_run(BitMapHeader, from, BitMapHeader->SizeOfBitMap, false,
					    &run.StartingIndex);
		if (!run.NumberOfBits)
			break;
		if (LocateLongestRuns)
			count = keep_longest(RunArray, count, SizeOfRunArray, run);
		else
			RunArray[count++] = run;
		from = run.StartingIndex + run.NumberOfBits;
	}
	return count;
}
EXPORT_SYMBOL(RtlFindClearRuns);

/**
 * RtlFindLongestRunClear - find the longest run of clear bits
 * @BitMapHeader: the bitmap
 * @StartingIndex: receives its start, when there is one
 *
 * Returns its length, or 0.
 */
ULONG RtlFindLongestRunClear(PRTL_BITMAP BitMapHeader, PULONG StartingIndex)
{
	RTL_BITMAP_RUN run;

	if (!RtlFindClearRuns(BitMapHeader, &run, 1, TRUE))
		return 0;
	*StartingIndex = run.StartingIndex;
	return run.NumberOfBits;
}
EXPORT_SYMBOL(RtlFindLongestRunClear);

/**
 * RtlFindNextForwardRunClear - find the next run of clear bits
 * @BitMapHeader: the bitmap
 * @FromIndex: where to begin
 * @StartingRunIndex: receives its start, when there is one
 *
 * Returns its length, or 0.
 */
ULONG RtlFindNextForwardRunClear(PRTL_BITMAP BitMapHeader, ULONG FromIndex,
				 PULONG StartingRunIndex)
{
	return next_run(BitMapHeader, FromIndex, BitMapHeader->SizeOfBitMap, false,
			StartingRunIndex);
}
EXPORT_SYMBOL(RtlFindNextForwardRunClear);

/**
 * RtlFindFirstRunClear - find the first run of clear bits
 * @BitMapHeader: the bitmap
 * @StartingIndex: receives its start, when there is one
 *
 * Returns its length, or 0.
 */
ULONG RtlFindFirstRunClear(PRTL_BITMAP BitMapHeader, PULONG StartingIndex)
{
	return RtlFindNextForwardRunClear(BitMapHeader, 0, StartingIndex);
}
EXPORT_SYMBOL(RtlFindFirstRunClear);

/**
 * RtlFindLastBackwardRunClear - find the run of clear bits before a place
 * @BitMapHeader: the bitmap
 * @FromIndex: the bit to begin at, going down
 * @StartingRunIndex: receives its start, when there is one
 *
 * Returns its length, or 0.
 */
ULONG RtlFindLastBackwardRunClear(PRTL_BITMAP BitMapHeader, ULONG FromIndex,
				  PULONG StartingRunIndex)
{
	ULONG last, before;

	if (FromIndex >= BitMapHeader->SizeOfBitMap)
		return 0;
	last = previous_bit(BitMapHeader, FromIndex + 1, false);
	if (last == NONE)
		return 0;
	before = previous_bit(BitMapHeader, last, true);
	*StartingRunIndex = before + 1;	/* NONE + 1 is 0 */
	return last - before;
}
EXPORT_SYMBOL(RtlFindLastBackwardRunClear);

/**
 * RtlNumberOfSetBits - how many bits are set
 * @BitMapHeader: the bitmap
 */
ULONG RtlNumberOfSetBits(PRTL_BITMAP BitMapHeader)
{
	ULONG from = 0, start, run, count = 0;

	while ((run = next_run(BitMapHeader, from, BitMapHeader->SizeOfBitMap, true, &start))) {
		count += run;
		from = start + run;
	}
	return count;
}
EXPORT_SYMBOL(RtlNumberOfSetBits);

/**
 * RtlNumberOfClearBits - how many bits are clear
 * @BitMapHeader: the bitmap
 */
ULONG RtlNumberOfClearBits(PRTL_BITMAP BitMapHeader)
{
	return BitMapHeader->SizeOfBitMap - RtlNumberOfSetBits(BitMapHeader);
}
EXPORT_SYMBOL(RtlNumberOfClearBits);

/**
 * RtlNumberOfSetBitsUlongPtr - how many bits of a word are set
 * @Target: the word
 */
ULONG RtlNumberOfSetBitsUlongPtr(ULONG_PTR Target)
{
	ULONG count = 0;

	for (; Target; Target &= Target - 1)
		count++;
	return count;
}
EXPORT_SYMBOL(RtlNumberOfSetBitsUlongPtr);

/**
 * RtlFindLeastSignificantBit - the number of the lowest bit that is set
 * @Set: a word
 *
 * Returns -1 for 0.
 */
CCHAR RtlFindLeastSignificantBit(ULONGLONG Set)
{
	return Set ? __builtin_ctzll(Set) : -1;
}
EXPORT_SYMBOL(RtlFindLeastSignificantBit);

/**
 * RtlFindMostSignificantBit - the number of the highest bit that is set
 * @Set: a word
 *
 * Returns -1 for 0.
 */
CCHAR RtlFindMostSignificantBit(ULONGLONG Set)
{
	return Set ? 63 - __builtin_clzll(Set) : -1;
}
EXPORT_SYMBOL(RtlFindMostSignificantBit);
