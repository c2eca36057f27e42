// SPDX-License-Identifier: GPL-2.0
/* Executive resources. */
#include "conform.h"

typedef struct _RESOURCE_TEST {
	ERESOURCE Resource;
	KEVENT Has, Go;
	LONG Order, Got;
	LONG Readers, Writers, Wrong;
} RESOURCE_TEST, *PRESOURCE_TEST;

/* What a thread of a test does. */
typedef struct _ACTOR {
	PRESOURCE_TEST R;
	BOOLEAN Exclusive, Wait, Starve, WaitForExclusive, Got;
	LONG Order;		/* when it got it */
	KEVENT Release;
	PETHREAD Thread;
} ACTOR, *PACTOR;

static KSTART_ROUTINE Act, Mix;

static BOOLEAN Take(PACTOR A)
{
	if (A->Exclusive)
		return ExAcquireResourceExclusiveLite(&A->R->Resource, A->Wait);
	if (A->Starve)
		return ExAcquireSharedStarveExclusive(&A->R->Resource, A->Wait);
	if (A->WaitForExclusive)
		return ExAcquireSharedWaitForExclusive(&A->R->Resource, A->Wait);
	return ExAcquireResourceSharedLite(&A->R->Resource, A->Wait);
}

static VOID NTAPI Act(PVOID Context)
{
	PACTOR A = Context;

	A->Got = Take(A);
	if (!A->Got)
		return;
	A->Order = InterlockedIncrement(&A->R->Order);
	KeWaitForSingleObject(&A->Release, Executive, KernelMode, FALSE, NULL);
	ExReleaseResourceLite(&A->R->Resource);
}

static BOOLEAN StartActor(PACTOR A, PRESOURCE_TEST R, BOOLEAN Exclusive)
{
	RtlZeroMemory(A, sizeof(*A));
	A->R = R;
	A->Exclusive = Exclusive;
	A->Wait = TRUE;
	KeInitializeEvent(&A->Release, NotificationEvent, FALSE);
	A->Thread = StartThread(Act, A);
	return A->Thread != NULL;
}

static NTSTATUS EndActor(PACTOR A)
{
	KeSetEvent(&A->Release, IO_NO_INCREMENT, FALSE);
	return JoinThread(A->Thread);
}

static VOID InitResource(PRESOURCE_TEST R)
{
	RtlZeroMemory(R, sizeof(*R));
	ExInitializeResourceLite(&R->Resource);
}

static VOID WaitForWaiters(PRESOURCE_TEST R, ULONG Exclusive, ULONG Shared)
{
	ULONG i;

	for (i = 0; i < SOON_MS; i++) {
		if (ExGetExclusiveWaiterCount(&R->Resource) == Exclusive &&
		    ExGetSharedWaiterCount(&R->Resource) == Shared)
			return;
		SleepFor(1);
	}
}

/* "ExAcquireResourceExclusiveLite": recursive. "ExIsResourceAcquired...": how often. */
VOID ResourceExclusive(PCONFORM_TEST_CONTEXT T)
{
	RESOURCE_TEST R;
	PERESOURCE Resource = &R.Resource;

	InitResource(&R);
	KeEnterCriticalRegion();
	CHECK(!ExIsResourceAcquiredExclusiveLite(Resource));
	CHECK_EQ(0, ExIsResourceAcquiredSharedLite(Resource));
	CHECK(ExAcquireResourceExclusiveLite(Resource, FALSE));
	CHECK(ExAcquireResourceExclusiveLite(Resource, TRUE));
	CHECK(ExIsResourceAcquiredExclusiveLite(Resource));
	CHECK_EQ(2, ExIsResourceAcquiredSharedLite(Resource));
	/* "this call does not convert a caller's exclusive access" */
	CHECK(ExAcquireResourceSharedLite(Resource, FALSE));
	CHECK(ExIsResourceAcquiredExclusiveLite(Resource));
	CHECK_EQ(3, ExIsResourceAcquiredLite(Resource));
	ExReleaseResourceLite(Resource);
	ExReleaseResourceLite(Resource);
	CHECK(ExIsResourceAcquiredExclusiveLite(Resource));
	ExReleaseResourceForThreadLite(Resource, ExGetCurrentResourceThread());
	CHECK(!ExIsResourceAcquiredExclusiveLite(Resource));
	KeLeaveCriticalRegion();
	CHECK_EQ(STATUS_SUCCESS, ExReinitializeResourceLite(Resource));
	CHECK_EQ(STATUS_SUCCESS, ExDeleteResourceLite(Resource));
}

/* Many readers; a writer only without them: "Wait is FALSE" tells at once. */
VOID ResourceShared(PCONFORM_TEST_CONTEXT T)
{
	ACTOR Readers[12];
	RESOURCE_TEST R;
	ULONG i;

	InitResource(&R);
	KeEnterCriticalRegion();
	for (i = 0; i < RTL_NUMBER_OF(Readers); i++)
		CHECK(StartActor(&Readers[i], &R, FALSE));
	while (R.Order < (LONG)RTL_NUMBER_OF(Readers))
		SleepFor(1);
	CHECK(!ExAcquireResourceExclusiveLite(&R.Resource, FALSE));
	CHECK_EQ(0, ExIsResourceAcquiredSharedLite(&R.Resource));
	CHECK(ExAcquireResourceSharedLite(&R.Resource, FALSE));
	CHECK(ExAcquireResourceSharedLite(&R.Resource, FALSE));
	CHECK_EQ(2, ExIsResourceAcquiredSharedLite(&R.Resource));
	CHECK(!ExIsResourceAcquiredExclusiveLite(&R.Resource));
	ExReleaseResourceLite(&R.Resource);
	ExReleaseResourceLite(&R.Resource);
	for (i = 0; i < RTL_NUMBER_OF(Readers); i++)
		CHECK_EQ(STATUS_SUCCESS, EndActor(&Readers[i]));
	CHECK(ExAcquireResourceExclusiveLite(&R.Resource, FALSE));
	ExReleaseResourceLite(&R.Resource);
	KeLeaveCriticalRegion();
	ExDeleteResourceLite(&R.Resource);
}

/* The four pages: who has to wait when a writer waits. */
VOID ResourceWriterWaits(PCONFORM_TEST_CONTEXT T)
{
	ACTOR Reader, Writer;
	RESOURCE_TEST R;

	InitResource(&R);
	KeEnterCriticalRegion();
	CHECK(StartActor(&Reader, &R, FALSE));
	while (!R.Order)
		SleepFor(1);
	CHECK(ExAcquireResourceSharedLite(&R.Resource, FALSE));
	CHECK(StartActor(&Writer, &R, TRUE));
	WaitForWaiters(&R, 1, 0);
	CHECK_EQ(1, ExGetExclusiveWaiterCount(&R.Resource));
	CHECK_EQ(0, ExGetSharedWaiterCount(&R.Resource));
	/* "If the caller already has acquired the resource ... recursively". */
	CHECK(ExAcquireResourceSharedLite(&R.Resource, FALSE));
	ExReleaseResourceLite(&R.Resource);
	/* "...WaitForExclusive" waits for the writer also then. */
	CHECK(!ExAcquireSharedWaitForExclusive(&R.Resource, FALSE));
	ExReleaseResourceLite(&R.Resource);
	/* Not an owner any more. */
	CHECK(!ExAcquireResourceSharedLite(&R.Resource, FALSE));
	CHECK(!ExAcquireSharedWaitForExclusive(&R.Resource, FALSE));
	CHECK(ExAcquireSharedStarveExclusive(&R.Resource, FALSE));
	ExReleaseResourceLite(&R.Resource);
	CHECK_EQ(STATUS_SUCCESS, EndActor(&Reader));
	CHECK_EQ(STATUS_SUCCESS, EndActor(&Writer));
	CHECK(Writer.Got);
	CHECK(ExAcquireSharedWaitForExclusive(&R.Resource, FALSE));
	ExReleaseResourceLite(&R.Resource);
	KeLeaveCriticalRegion();
	ExDeleteResourceLite(&R.Resource);
}

/* Readers and writers take turns: a writer that leaves lets in those readers that wait. */
VOID ResourceTurns(PCONFORM_TEST_CONTEXT T)
{
	ACTOR Writers[2], Readers[3];
	RESOURCE_TEST R;
	ULONG i;

	InitResource(&R);
	KeEnterCriticalRegion();
	CHECK(ExAcquireResourceExclusiveLite(&R.Resource, TRUE));
	for (i = 0; i < RTL_NUMBER_OF(Writers); i++) {
		CHECK(StartActor(&Writers[i], &R, TRUE));
		WaitForWaiters(&R, i + 1, 0);
	}
	for (i = 0; i < RTL_NUMBER_OF(Readers); i++)
		CHECK(StartActor(&Readers[i], &R, FALSE));
	WaitForWaiters(&R, 2, 3);
	CHECK_EQ(3, ExGetSharedWaiterCount(&R.Resource));
	ExReleaseResourceLite(&R.Resource);
	while (R.Order < 3)
		SleepFor(1);
	CHECK(Readers[0].Got && Readers[1].Got && Readers[2].Got);
	for (i = 0; i < RTL_NUMBER_OF(Readers); i++)
		CHECK_EQ(STATUS_SUCCESS, EndActor(&Readers[i]));
	for (i = 0; i < RTL_NUMBER_OF(Writers); i++)
		CHECK_EQ(STATUS_SUCCESS, EndActor(&Writers[i]));
	/* In order of arrival. */
	CHECK_EQ(4, Writers[0].Order);
	CHECK_EQ(5, Writers[1].Order);
	KeLeaveCriticalRegion();
	ExDeleteResourceLite(&R.Resource);
}

/* "ExConvertExclusiveToSharedLite": all who wait to share it are let in, writers are not. */
VOID ResourceConvert(PCONFORM_TEST_CONTEXT T)
{
	ACTOR Reader, Writer;
	RESOURCE_TEST R;

	InitResource(&R);
	KeEnterCriticalRegion();
	CHECK(ExAcquireResourceExclusiveLite(&R.Resource, TRUE));
	CHECK(StartActor(&Writer, &R, TRUE));
	CHECK(StartActor(&Reader, &R, FALSE));
	WaitForWaiters(&R, 1, 1);
	ExConvertExclusiveToSharedLite(&R.Resource);
	CHECK(!ExIsResourceAcquiredExclusiveLite(&R.Resource));
	CHECK_EQ(1, ExIsResourceAcquiredSharedLite(&R.Resource));
	while (!R.Order)
		SleepFor(1);
	CHECK_EQ(1, ExGetExclusiveWaiterCount(&R.Resource));
	CHECK_EQ(STATUS_SUCCESS, EndActor(&Reader));
	CHECK_EQ(1, Reader.Order);
	CHECK_EQ(1, R.Order);
	ExReleaseResourceLite(&R.Resource);
	CHECK_EQ(STATUS_SUCCESS, EndActor(&Writer));
	KeLeaveCriticalRegion();
	ExDeleteResourceLite(&R.Resource);
}

/* "ExSetResourceOwnerPointer": released by "ExReleaseResourceForThreadLite" with the pointer. */
VOID ResourceOwnerPointer(PCONFORM_TEST_CONTEXT T)
{
	PVOID Block = ExAllocatePoolWithTag(NonPagedPool, 16, 'fnoC');
	ERESOURCE_THREAD Owner = (ERESOURCE_THREAD)Block | 3;
	RESOURCE_TEST R;

	CHECK(Block != NULL);
	InitResource(&R);
	KeEnterCriticalRegion();
	CHECK(ExAcquireResourceExclusiveLite(&R.Resource, TRUE));
	ExSetResourceOwnerPointer(&R.Resource, (PVOID)Owner);
	CHECK(!ExIsResourceAcquiredExclusiveLite(&R.Resource));
	CHECK(!ExAcquireResourceSharedLite(&R.Resource, FALSE));
	ExReleaseResourceForThreadLite(&R.Resource, Owner);
	CHECK(ExAcquireResourceSharedLite(&R.Resource, FALSE));
	ExSetResourceOwnerPointerEx(&R.Resource, (PVOID)Owner, 0);
	CHECK(!ExAcquireResourceExclusiveLite(&R.Resource, FALSE));
	ExReleaseResourceForThreadLite(&R.Resource, Owner);
	KeLeaveCriticalRegion();
	ExDeleteResourceLite(&R.Resource);
	ExFreePoolWithTag(Block, 'fnoC');
}

/* "ExEnterCriticalRegionAndAcquireResourceExclusive" and its kin. */
VOID ResourceRegion(PCONFORM_TEST_CONTEXT T)
{
	RESOURCE_TEST R;

	InitResource(&R);
	ExEnterCriticalRegionAndAcquireResourceExclusive(&R.Resource);
	CHECK(KeAreApcsDisabled());
	CHECK(ExIsResourceAcquiredExclusiveLite(&R.Resource));
	ExReleaseResourceAndLeaveCriticalRegion(&R.Resource);
	CHECK(!KeAreApcsDisabled());
	ExEnterCriticalRegionAndAcquireResourceShared(&R.Resource);
	CHECK_EQ(1, ExIsResourceAcquiredSharedLite(&R.Resource));
	ExReleaseResourceAndLeaveCriticalRegion(&R.Resource);
	ExEnterCriticalRegionAndAcquireSharedWaitForExclusive(&R.Resource);
	CHECK(!ExIsResourceAcquiredExclusiveLite(&R.Resource));
	ExReleaseResourceAndLeaveCriticalRegion(&R.Resource);
	CHECK(!KeAreApcsDisabled());
	ExDeleteResourceLite(&R.Resource);
}

static VOID NTAPI Mix(PVOID Context)
{
	PRESOURCE_TEST R = Context;
	BOOLEAN Write;
	ULONG i;

	for (i = 0; i < 400; i++) {
		Write = i % 3 == 0;
		KeEnterCriticalRegion();
		if (Write) {
			ExAcquireResourceExclusiveLite(&R->Resource, TRUE);
			if (InterlockedIncrement(&R->Writers) != 1 || R->Readers)
				InterlockedIncrement(&R->Wrong);
			InterlockedDecrement(&R->Writers);
		} else {
			ExAcquireResourceSharedLite(&R->Resource, TRUE);
			InterlockedIncrement(&R->Readers);
			if (R->Writers)
				InterlockedIncrement(&R->Wrong);
			InterlockedDecrement(&R->Readers);
		}
		ExReleaseResourceLite(&R->Resource);
		KeLeaveCriticalRegion();
	}
}

/* Under load nobody is in who must not be, and nobody waits for ever. */
VOID ResourceExcludes(PCONFORM_TEST_CONTEXT T)
{
	PETHREAD Threads[8];
	RESOURCE_TEST R;
	ULONG i;

	InitResource(&R);
	for (i = 0; i < RTL_NUMBER_OF(Threads); i++)
		Threads[i] = StartThread(Mix, &R);
	for (i = 0; i < RTL_NUMBER_OF(Threads); i++)
		CHECK(Threads[i] && JoinThread(Threads[i]) == STATUS_SUCCESS);
	CHECK_EQ(0, R.Wrong);
	CHECK_EQ(0, ExGetExclusiveWaiterCount(&R.Resource));
	CHECK_EQ(0, ExGetSharedWaiterCount(&R.Resource));
	ExDeleteResourceLite(&R.Resource);
}
