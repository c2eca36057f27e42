// SPDX-License-Identifier: GPL-2.0
/* Processors, affinity, and other things that a thread asks of the system. */
#include "conform.h"

#ifdef __MINGW32__	/* which declares them for other machines only */
NTKERNELAPI NTSTATUS NTAPI KeSaveFloatingPointState(PKFLOATING_SAVE FloatSave);
NTKERNELAPI NTSTATUS NTAPI KeRestoreFloatingPointState(PKFLOATING_SAVE FloatSave);
#endif

/* "KeQueryActiveProcessorCount" and its kin agree with each other, and with the machine. */
VOID ProcessorCounts(PCONFORM_TEST_CONTEXT T)
{
	KAFFINITY Active = KeQueryActiveProcessors(), Mask = 0;
	ULONG Count = KeQueryActiveProcessorCount(&Mask);

	CHECK_EQ(T->Processors, Count);
	CHECK_EQ(Active, Mask);
	CHECK_EQ(Count, KeQueryActiveProcessorCount(NULL));
	CHECK_EQ((1ULL << Count) - 1, Mask);
	CHECK_EQ(Count, KeQueryActiveProcessorCountEx(0));
	CHECK_EQ(Count, KeQueryActiveProcessorCountEx(ALL_PROCESSOR_GROUPS));
	/* "If GroupNumber is not a valid group number ... it returns zero". */
	CHECK_EQ(0, KeQueryActiveProcessorCountEx(1000));
	CHECK_EQ(0, KeQueryMaximumProcessorCountEx(1000));
	CHECK(KeQueryMaximumProcessorCount() >= Count);
	CHECK(KeQueryMaximumProcessorCountEx(ALL_PROCESSOR_GROUPS) >= Count);
	CHECK(KeQueryMaximumProcessorCountEx(0) >= Count);
	CHECK_EQ(Mask, KeQueryGroupAffinity(0));
	CHECK_EQ(1, KeQueryActiveGroupCount());
	CHECK(KeQueryMaximumGroupCount() >= 1);
	CHECK(KeGetCurrentNodeNumber() <= KeQueryHighestNodeNumber());
#ifndef __MINGW32__	/* which takes it for a pointer, or not, by version */
	CHECK_EQ(Count, KeNumberProcessors);
#endif
}

/* "KeGetProcessorNumberFromIndex" and back. */
VOID ProcessorNumbers(PCONFORM_TEST_CONTEXT T)
{
	PROCESSOR_NUMBER Number;
	ULONG i, Index, Seen;
	KIRQL Irql;

	for (i = 0; i < T->Processors; i++) {
		CHECK_EQ(STATUS_SUCCESS, KeGetProcessorNumberFromIndex(i, &Number));
		CHECK_EQ(0, Number.Group);
		CHECK_EQ(i, Number.Number);
		CHECK_EQ(i, KeGetProcessorIndexFromNumber(&Number));
	}
	CHECK_EQ(STATUS_INVALID_PARAMETER, KeGetProcessorNumberFromIndex(100000, &Number));
	Number.Group = 99;
	Number.Number = 1;
	Number.Reserved = 0;
	CHECK_EQ(INVALID_PROCESSOR_INDEX, KeGetProcessorIndexFromNumber(&Number));
	KeRaiseIrql(DISPATCH_LEVEL, &Irql);
	Index = KeGetCurrentProcessorNumberEx(&Number);
	Seen = KeGetCurrentProcessorNumberEx(NULL);
	KeLowerIrql(Irql);
	CHECK_EQ(Index, Seen);
	CHECK_EQ(Index, KeGetProcessorIndexFromNumber(&Number));
}

/* "KeSetSystemAffinityThreadEx": 0 when it replaces the user affinity, else the last one. */
VOID ThreadAffinity(PCONFORM_TEST_CONTEXT T)
{
	GROUP_AFFINITY Group = { 0 }, Previous;
	KAFFINITY First, Second;
	ULONG i;

	if (T->Processors < 2)
		return;
	First = KeSetSystemAffinityThreadEx(1);
	CHECK_EQ(0, First);
	CHECK_EQ(0, KeGetCurrentProcessorNumberEx(NULL));
	Second = KeSetSystemAffinityThreadEx(2);
	CHECK_EQ(1, Second);
	CHECK_EQ(1, KeGetCurrentProcessorNumberEx(NULL));
	KeRevertToUserAffinityThreadEx(Second);
	CHECK_EQ(0, KeGetCurrentProcessorNumberEx(NULL));
	KeRevertToUserAffinityThreadEx(First);
	/* A mask without any processor changes nothing. */
	CHECK_EQ(0, KeSetSystemAffinityThreadEx(0));
	CHECK_EQ(0, KeSetSystemAffinityThreadEx(1));
	KeRevertToUserAffinityThread();

	for (i = 0; i < T->Processors; i++) {
		Group.Mask = 1ULL << i;
		KeSetSystemGroupAffinityThread(&Group, &Previous);
		CHECK_EQ(0, Previous.Mask);
		CHECK_EQ(i, KeGetCurrentProcessorNumber());
		KeRevertToUserGroupAffinityThread(&Previous);
	}
	KeSetSystemAffinityThread(2);
	CHECK_EQ(1, KeGetCurrentProcessorNumber());
	KeRevertToUserAffinityThread();
}

typedef struct _EVERYWHERE {
	LONG Calls, WrongLevel;
	volatile LONG Together, Most;
	KAFFINITY Seen;
} EVERYWHERE, *PEVERYWHERE;

static KIPI_BROADCAST_WORKER Everywhere;

static ULONG_PTR NTAPI Everywhere(ULONG_PTR Argument)
{
	PEVERYWHERE E = (PEVERYWHERE)Argument;
	ULONG Processor = KeGetCurrentProcessorNumber();

	InterlockedIncrement(&E->Calls);
	if (KeGetCurrentIrql() != IPI_LEVEL)
		InterlockedIncrement(&E->WrongLevel);
	InterlockedOr((PLONG)&E->Seen, 1 << Processor);
	return Processor + 100;
}

/* "KeIpiGenericCall": on every processor, at IPI_LEVEL; the result of the caller's. */
VOID IpiEverywhere(PCONFORM_TEST_CONTEXT T)
{
	EVERYWHERE E;
	ULONG_PTR Result;

	RtlZeroMemory(&E, sizeof(E));
	KeSetSystemAffinityThread(1);
	Result = KeIpiGenericCall(Everywhere, (ULONG_PTR)&E);
	KeRevertToUserAffinityThread();
	CHECK_EQ(T->Processors, E.Calls);
	CHECK_EQ(KeQueryActiveProcessors(), E.Seen);
	CHECK_EQ(0, E.WrongLevel);
	CHECK_EQ(100, Result);
}

/* "KeSaveFloatingPointState": the registers are the driver's until they are restored. */
VOID FloatingPoint(PCONFORM_TEST_CONTEXT T)
{
	ULONGLONG Number = 0x123456789abcdefULL, Back = 0;
	KFLOATING_SAVE Save;
	NTSTATUS First, Restored;

	First = KeSaveFloatingPointState(&Save);
	if (NT_SUCCESS(First))
		__asm__ __volatile__("movq %1, %%xmm3\n\tpaddq %%xmm3, %%xmm3\n\tmovq %%xmm3, %0"
				     : "=m" (Back) : "m" (Number) : "memory");
	Restored = NT_SUCCESS(First) ? KeRestoreFloatingPointState(&Save) : First;
	CHECK_EQ(STATUS_SUCCESS, First);
	CHECK_EQ(STATUS_SUCCESS, Restored);
	CHECK_EQ(Number * 2, Back);
}

/* "IoGetStackLimits", "IoGetInitialStack", "IoGetRemainingStackSize" */
VOID StackLimits(PCONFORM_TEST_CONTEXT T)
{
	ULONG_PTR Low, High, Left = IoGetRemainingStackSize();
	ULONG_PTR Here = (ULONG_PTR)&Low;

	IoGetStackLimits(&Low, &High);
	CHECK(Low < Here && Here < High);
	CHECK_EQ(High, IoGetInitialStack());
	CHECK(Left > 0 && Left < High - Low);
	CHECK(Left + 2048 > Here - Low && Left < Here - Low + 2048);
}

static KSTART_ROUTINE NoteMode;

static VOID NTAPI NoteMode(PVOID Context)
{
	*(KPROCESSOR_MODE *)Context = ExGetPreviousMode();
}

/* "ExGetPreviousMode": UserMode for a program's request, KernelMode for a system thread. */
VOID PreviousMode(PCONFORM_TEST_CONTEXT T)
{
	KPROCESSOR_MODE Mode = UserMode;
	PETHREAD Thread;
	ULONG UserTime = ~0U;

	CHECK_EQ(UserMode, ExGetPreviousMode());
	Thread = StartThread(NoteMode, &Mode);
	CHECK(Thread && JoinThread(Thread) == STATUS_SUCCESS);
	CHECK_EQ(KernelMode, Mode);
	CHECK(!IoIs32bitProcess(NULL));
	CHECK(KeQueryRuntimeThread(KeGetCurrentThread(), &UserTime) < 1000000);
	CHECK(UserTime < 1000000);
}

/* "PsGetVersion" says what RtlGetVersion says. */
VOID SystemVersion(PCONFORM_TEST_CONTEXT T)
{
	ULONG Alignment = KeGetRecommendedSharedDataAlignment();
	ULONG Major = 0, Minor = 99, Build = 0;
	RTL_OSVERSIONINFOW Info;
	UNICODE_STRING Pack;

	Info.dwOSVersionInfoSize = sizeof(Info);
	CHECK_EQ(STATUS_SUCCESS, RtlGetVersion(&Info));
	CHECK(!PsGetVersion(&Major, &Minor, &Build, &Pack));
	CHECK_EQ(Info.dwMajorVersion, Major);
	CHECK_EQ(Info.dwMinorVersion, Minor);
	CHECK_EQ(Info.dwBuildNumber, Build);
	CHECK_EQ(0, Pack.Length);
	PsGetVersion(NULL, NULL, NULL, NULL);
	CHECK(Alignment >= 16 && !(Alignment & (Alignment - 1)));
	CHECK(KeInvalidateAllCaches());
}

static KBUGCHECK_CALLBACK_ROUTINE BugCheckCallback;
static KBUGCHECK_REASON_CALLBACK_ROUTINE BugCheckReason;

static VOID NTAPI BugCheckCallback(PVOID Buffer, ULONG Length)
{
	RtlFillMemory(Buffer, Length, 0x5a);
}

static VOID NTAPI BugCheckReason(KBUGCHECK_CALLBACK_REASON Reason,
				 PKBUGCHECK_REASON_CALLBACK_RECORD Record, PVOID Data, ULONG Length)
{
	UNREFERENCED_PARAMETER(Reason);
	UNREFERENCED_PARAMETER(Record);
	UNREFERENCED_PARAMETER(Data);
	UNREFERENCED_PARAMETER(Length);
}

/* "KeRegisterBugCheckCallback": FALSE when it is registered. They are called by broken-*.vm. */
VOID BugCheckCallbacks(PCONFORM_TEST_CONTEXT T)
{
	static KBUGCHECK_REASON_CALLBACK_RECORD Reason;
	static KBUGCHECK_CALLBACK_RECORD Record;
	static UCHAR Buffer[8];
	PKBUGCHECK_CALLBACK_RECORD R = &Record;
	PKBUGCHECK_REASON_CALLBACK_RECORD RR = &Reason;

	KeInitializeCallbackRecord(R);
	CHECK(!KeDeregisterBugCheckCallback(R));
	CHECK(KeRegisterBugCheckCallback(R, BugCheckCallback, Buffer, sizeof(Buffer),
					 (PUCHAR)"conform"));
	CHECK(!KeRegisterBugCheckCallback(R, BugCheckCallback, Buffer, sizeof(Buffer),
					  (PUCHAR)"conform"));
	CHECK(KeDeregisterBugCheckCallback(R));
	CHECK(!KeDeregisterBugCheckCallback(R));

	KeInitializeCallbackRecord(RR);
	CHECK(KeRegisterBugCheckReasonCallback(RR, BugCheckReason, KbCallbackSecondaryDumpData,
					       (PUCHAR)"conform"));
	CHECK(!KeRegisterBugCheckReasonCallback(RR, BugCheckReason, KbCallbackSecondaryDumpData,
						(PUCHAR)"conform"));
	CHECK(KeDeregisterBugCheckReasonCallback(RR));
	CHECK(!KeDeregisterBugCheckReasonCallback(RR));
	CHECK_EQ(0, Buffer[0]);
}
