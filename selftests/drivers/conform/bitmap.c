// SPDX-License-Identifier: GPL-2.0
/* Bitmaps. */
#include "conform.h"

/* "RtlSetBits", "RtlFindClearBits": an index, or 0xFFFFFFFF; the hint's end wraps. */
VOID BitmapSearch(PCONFORM_TEST_CONTEXT T)
{
	ULONG Buffer[3] = { 0, 0, 0xffffffff };
	RTL_BITMAP Map;

	RtlInitializeBitMap(&Map, Buffer, 80);
	RtlClearAllBits(&Map);
	/* Bits behind the last are not the bitmap's. */
	CHECK_EQ(80, RtlNumberOfClearBits(&Map));
	RtlSetBits(&Map, 10, 40);
	CHECK_EQ(40, RtlNumberOfSetBits(&Map));
	CHECK(RtlAreBitsSet(&Map, 10, 40));
	CHECK(!RtlAreBitsSet(&Map, 9, 2));
	CHECK(RtlAreBitsClear(&Map, 50, 30));
	CHECK(!RtlAreBitsClear(&Map, 50, 31));
	CHECK_EQ(0, RtlFindClearBits(&Map, 5, 0));
	CHECK_EQ(50, RtlFindClearBits(&Map, 20, 0));
	CHECK_EQ(0, RtlFindClearBits(&Map, 8, 75));
	CHECK_EQ(0xffffffff, RtlFindClearBits(&Map, 31, 0));
	CHECK_EQ(10, RtlFindSetBits(&Map, 40, 0));
	CHECK_EQ(50, RtlFindClearBitsAndSet(&Map, 30, 0));
	CHECK_EQ(10, RtlFindSetBitsAndClear(&Map, 70, 0));
	CHECK_EQ(80, RtlNumberOfClearBits(&Map));
}

/* "RtlFindNextForwardRunClear", "RtlFindLongestRunClear", "RtlFindClearRuns". */
VOID BitmapRuns(PCONFORM_TEST_CONTEXT T)
{
	ULONG Buffer[2] = { 0, 0 }, Start = 0;
	RTL_BITMAP_RUN Runs[2];
	RTL_BITMAP Map;

	RtlInitializeBitMap(&Map, Buffer, 64);
	RtlSetAllBits(&Map);
	RtlClearBits(&Map, 3, 2);
	RtlClearBits(&Map, 30, 9);
	RtlClearBits(&Map, 60, 4);
	CHECK_EQ(2, RtlFindNextForwardRunClear(&Map, 0, &Start));
	CHECK_EQ(3, Start);
	CHECK_EQ(8, RtlFindNextForwardRunClear(&Map, 31, &Start));
	CHECK_EQ(31, Start);
	CHECK_EQ(9, RtlFindLongestRunClear(&Map, &Start));
	CHECK_EQ(30, Start);
	CHECK_EQ(2, RtlFindClearRuns(&Map, Runs, 2, TRUE));
	CHECK_EQ(9, Runs[0].NumberOfBits);
	CHECK_EQ(60, Runs[1].StartingIndex);
	CHECK_EQ(2, RtlFindClearRuns(&Map, Runs, 2, FALSE));
	CHECK_EQ(3, Runs[0].StartingIndex);
	CHECK_EQ(2, RtlFindLastBackwardRunClear(&Map, 29, &Start));
	CHECK_EQ(3, Start);
}
