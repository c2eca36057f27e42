// SPDX-License-Identifier: GPL-2.0
/* Remove locks: "Using Remove Locks". */
#include "conform.h"

#define TAG	'mloc'

typedef struct _RELEASER {
	IO_REMOVE_LOCK Lock;
	KTIMER Timer;
	KDPC Dpc;
	LONG Left;
} RELEASER, *PRELEASER;

static VOID ReleaseDpc(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
	PRELEASER Releaser = Context;

	UNREFERENCED_PARAMETER(Argument1);
	UNREFERENCED_PARAMETER(Argument2);
	if (--Releaser->Left)
		KeSetTimer(&Releaser->Timer, Milliseconds(10), Dpc);
	IoReleaseRemoveLock(&Releaser->Lock, Releaser);
}

/* "IoAcquireRemoveLock": STATUS_SUCCESS; STATUS_DELETE_PENDING once removal has begun. */
VOID RemoveLockCounts(PCONFORM_TEST_CONTEXT T)
{
	IO_REMOVE_LOCK Lock;
	LONG i;

	IoInitializeRemoveLock(&Lock, TAG, 0, 0);
	for (i = 0; i < 5; i++)
		CHECK_EQ(STATUS_SUCCESS, IoAcquireRemoveLock(&Lock, &Lock));
	for (i = 0; i < 5; i++)
		IoReleaseRemoveLock(&Lock, &Lock);
	CHECK_EQ(STATUS_SUCCESS, IoAcquireRemoveLock(&Lock, T));
	IoReleaseRemoveLockAndWait(&Lock, T);
	CHECK_EQ(STATUS_DELETE_PENDING, IoAcquireRemoveLock(&Lock, T));
	CHECK_EQ(STATUS_DELETE_PENDING, IoAcquireRemoveLock(&Lock, T));
}

/* "IoReleaseRemoveLockAndWait": waits until all other acquisitions are released. */
VOID RemoveLockWaits(PCONFORM_TEST_CONTEXT T)
{
	RELEASER Releaser;
	LONGLONG Start;
	LONG i;

	Releaser.Left = 3;
	IoInitializeRemoveLock(&Releaser.Lock, TAG, 0, 0);
	KeInitializeTimer(&Releaser.Timer);
	KeInitializeDpc(&Releaser.Dpc, ReleaseDpc, &Releaser);
	for (i = 0; i < 4; i++)
		CHECK_EQ(STATUS_SUCCESS, IoAcquireRemoveLock(&Releaser.Lock, &Releaser));
	Start = Elapsed();
	KeSetTimer(&Releaser.Timer, Milliseconds(10), &Releaser.Dpc);
	IoReleaseRemoveLockAndWait(&Releaser.Lock, &Releaser);
	CHECK_EQ(0, Releaser.Left);
	CHECK(Elapsed() - Start >= 30 * UNITS_PER_MS);
	KeFlushQueuedDpcs();
}
