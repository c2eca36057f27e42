/* SPDX-License-Identifier: GPL-2.0 */
/*
 * conform.h - the frame of the conformance tests
 *
 * A test is a routine that is called at PASSIVE_LEVEL in the thread of the
 * program that asked for it. It may raise the IRQL, but only that thread uses
 * the CHECK macros: DPCs and completion routines note what they see, and the
 * test looks at it afterwards.
 */
#ifndef CONFORM_H
#define CONFORM_H

#include <ntddk.h>
#include "conformio.h"

typedef struct _CONFORM_TEST_CONTEXT {
	PCONFORM_RESULT Result;
	PDRIVER_OBJECT Driver;
	ULONG Processors;
	ULONG Used;			/* of Result->Text */
} CONFORM_TEST_CONTEXT, *PCONFORM_TEST_CONTEXT;

typedef VOID CONFORM_TEST(PCONFORM_TEST_CONTEXT T);

/* The environment's header declares it only to those who include <stdio.h>. */
#ifndef _snprintf
int __cdecl _snprintf(char *Buffer, size_t Count, const char *Format, ...);
int __cdecl sprintf(char *Buffer, const char *Format, ...);
#endif
#ifndef _snwprintf
int __cdecl _snwprintf(WCHAR *Buffer, size_t Count, const WCHAR *Format, ...);
#endif

VOID ConformCheck(PCONFORM_TEST_CONTEXT T, BOOLEAN Passed, PCSTR Text, PCSTR File, ULONG Line,
		  LONGLONG Expected, LONGLONG Seen);

#define CHECK(condition) \
	ConformCheck(T, (condition) ? TRUE : FALSE, #condition, __FILE__, __LINE__, 1, 0)
#define CHECK_EQ(expected, seen)						\
	do {									\
		LONGLONG Expected_ = (LONGLONG)(expected);			\
		LONGLONG Seen_ = (LONGLONG)(seen);				\
										\
		ConformCheck(T, Expected_ == Seen_, #expected " == " #seen,	\
			     __FILE__, __LINE__, Expected_, Seen_);		\
	} while (0)

/* Time that has passed, in units of 100 ns, finer than a clock tick. */
LONGLONG Elapsed(VOID);
LARGE_INTEGER Milliseconds(LONG Count);		/* as a relative time */
VOID SleepFor(LONG Count);			/* milliseconds */

/* thread.c */
PETHREAD StartThread(PKSTART_ROUTINE Routine, PVOID Context);
NTSTATUS JoinThread(PETHREAD Thread);	/* the wait's; at most SOON_MS */

#define UNITS_PER_MS	10000LL

/* Long enough for anything that should come at all, on a slow machine, too. */
#define SOON_MS		20000

DRIVER_DISPATCH ConformInternal;	/* irp.c: IRP_MJ_INTERNAL_DEVICE_CONTROL */
/* How often conform.c's Reinitialize routine was called, and whether with the right count. */
extern ULONG ReinitializeCalls;
extern BOOLEAN ReinitializeOrder;

/* zwfile.c: all requests to devices of this type. */
#define FILE_DEVICE_CONFORM	0x8e01
DRIVER_DISPATCH ConformFile;

DRIVER_STARTIO ConformStartIo;		/* startio.c */

#define CONFORM_PO_TESTS(TEST)		\
	TEST(PowerStateNoted) \
	TEST(PowerCallDriver) \
	TEST(PowerRequest) \
	TEST(PowerIdleCounter) \
	TEST(PowerWatchdog) \
	TEST(PowerSetting) \
	TEST(PowerSystemBusy)

#define CONFORM_KE_TESTS(TEST)		\
	TEST(ThreadRuns) \
	TEST(ThreadReturns) \
	TEST(ThreadOutlivesHandle) \
	TEST(ThreadHandle) \
	TEST(ThreadRefused) \
	TEST(ThreadOfProgram) \
	TEST(ThreadPriorities) \
	TEST(ThreadInDpc) \
	TEST(ThreadOfIrp) \
	TEST(ThreadRegions) \
	TEST(MutexStates) \
	TEST(MutexRecursion) \
	TEST(MutexWaits) \
	TEST(MutexExcludes) \
	TEST(MutexDisablesApcs) \
	TEST(MutexAbandoned) \
	TEST(SemaphoreCounts) \
	TEST(SemaphoreReleasesWaiters) \
	TEST(SemaphoreAtDispatch) \
	TEST(MultiWaitAny) \
	TEST(MultiWaitAll) \
	TEST(MultiWaitTimeout) \
	TEST(MultiWaitAllReleased) \
	TEST(MultiWaitLeavesOthers) \
	TEST(MultiWaitMany) \
	TEST(MultiWaitKinds) \
	TEST(MultiWaitAbandoned) \
	TEST(MultiWaitAllContended) \
	TEST(MultiWaitAtDispatch) \
	TEST(FastMutexLevel) \
	TEST(GuardedMutexRegion) \
	TEST(FastMutexTry) \
	TEST(FastMutexExcludes) \
	TEST(RwSpinLockLevel) \
	TEST(RwSpinLockConvert) \
	TEST(RwSpinLockExcludes) \
	TEST(QueuedSpinLock) \
	TEST(IrqlSynchLevel) \
	TEST(RundownWaits) \
	TEST(RundownCacheAware) \
	TEST(ExTimerCallback) \
	TEST(ExTimerPeriodic) \
	TEST(ExTimerWait) \
	TEST(ExTimerDeleteAtDispatch) \
	TEST(TimerCoalescable) \
	TEST(DpcThreaded) \
	TEST(ProcessorCounts) \
	TEST(ProcessorNumbers) \
	TEST(ThreadAffinity) \
	TEST(IpiEverywhere) \
	TEST(FloatingPoint) \
	TEST(StackLimits) \
	TEST(PreviousMode) \
	TEST(SystemVersion) \
	TEST(BugCheckCallbacks) \
	TEST(ResourceExclusive) \
	TEST(ResourceShared) \
	TEST(ResourceWriterWaits) \
	TEST(ResourceTurns) \
	TEST(ResourceConvert) \
	TEST(ResourceOwnerPointer) \
	TEST(ResourceRegion) \
	TEST(ResourceExcludes)

/* Files and objects by handle, and what else drivers ask the system for. */
#define CONFORM_ZW_TESTS(TEST)		\
	TEST(ZwOpenSeen)		\
	TEST(ZwOpenRefused)		\
	TEST(ZwOpenRelative)		\
	TEST(ZwCreateInformation)	\
	TEST(IoCreateFileArguments)	\
	TEST(ZwReadPosition)		\
	TEST(ZwReadDirect)		\
	TEST(ZwReadPending)		\
	TEST(ZwReadRefused)		\
	TEST(ZwWriteData)		\
	TEST(ZwSynchronousTurns)	\
	TEST(ZwControlMethods)		\
	TEST(ZwFsControl)		\
	TEST(ZwFlush)			\
	TEST(ZwInformation)		\
	TEST(ZwWaitHandle)		\
	TEST(FileRead)			\
	TEST(FileCase)			\
	TEST(FileRefused)		\
	TEST(FileEscape)		\
	TEST(FileWrite)			\
	TEST(FileDispositions)		\
	TEST(FileInformation)		\
	TEST(SectionSystemView)		\
	TEST(SectionRefused)		\
	TEST(SectionNames)		\
	TEST(SectionUserView)		\
	TEST(SectionNeighbours)		\
	TEST(SectionViewRefused)	\
	TEST(SectionFile)		\
	TEST(SectionPhysical)		\
	TEST(DirectoryObjects)		\
	TEST(DirectoryPermanent)	\
	TEST(LinkObjects)		\
	TEST(ObjectByName)		\
	TEST(ObjectNames)		\
	TEST(EtwHandles)		\
	TEST(EtwAnyLevel)		\
	TEST(WmiRegistration)		\
	TEST(WmiEventArguments)		\
	TEST(WmiBlocks)			\
	TEST(TokenOfProcess)		\
	TEST(PrivilegeCheck)		\
	TEST(SystemBasic)		\
	TEST(SystemTimes)		\
	TEST(DisplayText)		\
	TEST(DefaultLocale)		\
	TEST(LoadDriver)		\
	TEST(HardwareBuses)		\
	TEST(HardwareMissing)		\
	TEST(HardwareRoutineFails)	\
	TEST(HardwareControllers)	\
	TEST(HardwareProcessors)

/* Services of ex/, hal/, mm/ and io/ that drivers of all ages call. */
#define CONFORM_SVC_TESTS(TEST)		\
	TEST(WorkItemRuns)		\
	TEST(WorkItemAtDispatch)	\
	TEST(WorkItemFreesItself)	\
	TEST(WorkItemQueuesItself)	\
	TEST(WorkItemInOwnMemory)	\
	TEST(WorkItemKeepsDevice)	\
	TEST(WorkItemsWaitForOthers)	\
	TEST(WorkQueueItems)		\
	TEST(WorkQueueItemFreed)	\
	TEST(InterlockedDoubleList)	\
	TEST(InterlockedSingleList)	\
	TEST(InterlockedNumbers)	\
	TEST(SListOrder)		\
	TEST(SListFirst)		\
	TEST(SListManyProcessors)	\
	TEST(LookasideReuses)		\
	TEST(LookasideOwnRoutines)	\
	TEST(LookasidePaged)		\
	TEST(LookasideEx)		\
	TEST(LookasideFails)		\
	TEST(CallbackCalls)		\
	TEST(CallbackSingle)		\
	TEST(CallbackNames)		\
	TEST(CallbackUnregisterWaits)	\
	TEST(ExecutiveQuestions)	\
	TEST(Pool2Zeroed)		\
	TEST(Pool2Refused)		\
	TEST(Pool3Parameters)		\
	TEST(PoolZeroed)		\
	TEST(PoolPriority)		\
	TEST(PoolCacheAligned)		\
	TEST(ContiguousMemory)		\
	TEST(ContiguousCache)		\
	TEST(NonCachedMemory)		\
	TEST(PagesForMdl)		\
	TEST(PagesForMdlEx)		\
	TEST(MdlLargePool)		\
	TEST(MdlOldMapping)		\
	TEST(MdlUserMapping)		\
	TEST(MdlAdvance)		\
	TEST(SystemRoutineAddress)	\
	TEST(PagingOfDriver)		\
	TEST(PhysicalMemory)		\
	TEST(MemoryQuestions)		\
	TEST(IoSpaceEx)			\
	TEST(DriverExtension)		\
	TEST(Reinitialized)		\
	TEST(ConfigurationInformation)	\
	TEST(ErrorLog)			\
	TEST(SmallMacros)		\
	TEST(HardError)			\
	TEST(LinkKinds)			\
	TEST(StackBase)			\
	TEST(PriorityHints)		\
	TEST(MasterStatus)		\
	TEST(StartIoDeferred)		\
	TEST(StartIoNonCancelable)	\
	TEST(ControllerTurns)		\
	TEST(ControllerDeallocate)	\
	TEST(PortBytes)			\
	TEST(PortWords)			\
	TEST(RegisterRuns)		\
	TEST(BusData)			\
	TEST(BusAddress)		\
	TEST(ReportResources)		\
	TEST(AssignResources)		\
	TEST(NoDebugger)
#define CONFORM_CM_TESTS(TEST)		\
	TEST(KeyCreate) \
	TEST(KeyNames) \
	TEST(KeyRefused) \
	TEST(KeyNameLimit) \
	TEST(KeyVolatile) \
	TEST(KeyAccess) \
	TEST(KeyGenericAccess) \
	TEST(KeyDelete) \
	TEST(KeyDeletedWhileOpen) \
	TEST(KeyEnumerate) \
	TEST(KeyEnumerateWhileDeleting) \
	TEST(KeyBuffers) \
	TEST(KeyQueryFull) \
	TEST(KeyClass) \
	TEST(KeyFullName) \
	TEST(KeyCurrentControlSet) \
	TEST(KeyLinkInCircles) \
	TEST(KeyWriteTime) \
	TEST(KeyFrame) \
	TEST(ValueSet) \
	TEST(ValueTypes) \
	TEST(ValueWithoutName) \
	TEST(ValueEmpty) \
	TEST(ValueBasic) \
	TEST(ValueFull) \
	TEST(ValuePartial) \
	TEST(ValueMissing) \
	TEST(ValueEnumerate) \
	TEST(ValueLarge) \
	TEST(ValueNameLimit) \
	TEST(QueryNamed) \
	TEST(QueryRoots) \
	TEST(QueryCreates) \
	TEST(QueryEnumerates) \
	TEST(QueryDeletes) \
	TEST(QueryDefaults) \
	TEST(QueryRequired) \
	TEST(QuerySubkeys) \
	TEST(QueryMultiSz) \
	TEST(QueryExpandSz) \
	TEST(QueryUnterminated) \
	TEST(QueryDirectString) \
	TEST(QueryDirectBinary) \
	TEST(QueryDirectTooSmall) \
	TEST(QueryTypeCheck) \
	TEST(QueryBadEntries)

#define CONFORM_PNP_TESTS(TEST)		\
	TEST(DetectedDevice)		\
	TEST(DetectedRefused)
/* Routines that few drivers call, and no other test. */
#define CONFORM_COV_TESTS(TEST)		\
	TEST(StartPacketByKey)		\
	TEST(MiscCounted)		\
	TEST(MiscMultiByte)		\
	TEST(MiscUnicode)		\
	TEST(MiscCharToInteger)		\
	TEST(MiscSplay)			\
	TEST(MiscBits)			\
	TEST(MiscSeconds)		\
	TEST(MiscNumbers)		\
	TEST(MiscRanges)		\
	TEST(MiscTables)		\
	TEST(MiscCharacters)		\
	TEST(MiscConversions)		\
	TEST(MiscNarrow)		\
	TEST(MiscWide)			\
	TEST(MiscSortAndPrint)		\
	TEST(MiscDebugging)		\
	TEST(MiscObjectTypes)		\
	TEST(MiscFileObject)		\
	TEST(MiscInterruptFlag)	\
	TEST(MiscMacros)

#define CONFORM_TESTS(TEST)		\
	TEST(EventStates)		\
	TEST(EventPreviousState)	\
	TEST(EventNotificationStays)	\
	TEST(EventSynchronizationResets) \
	TEST(WaitZeroTimeout)		\
	TEST(WaitZeroAtDispatch)	\
	TEST(WaitRelativeNeverEarly)	\
	TEST(WaitAbsolute)		\
	TEST(WaitForever)		\
	TEST(WaitEndsWhenSignalled)	\
	TEST(DelayNeverEarly)		\
	TEST(ClocksAgree)		\
	TEST(TimerOneShot)		\
	TEST(TimerAbsolute)		\
	TEST(TimerSynchronization)	\
	TEST(TimerPeriodic)		\
	TEST(TimerCancel)		\
	TEST(TimerSetAgain)		\
	TEST(TimerFromItsDpc)		\
	TEST(TimerMany)			\
	TEST(TimerDpcArguments)		\
	TEST(TimerShared)		\
	TEST(TimerLate)			\
	TEST(TimerInFreedPool)		\
	TEST(DpcQueuedOnce)		\
	TEST(DpcArguments)		\
	TEST(DpcRequeuesItself)		\
	TEST(DpcImportance)		\
	TEST(DpcTarget)			\
	TEST(DpcRemove)			\
	TEST(DpcFlush)			\
	TEST(DpcFreedByItself)		\
	TEST(IrqlLevels)		\
	TEST(IrqlInDpc)			\
	TEST(IrqlSpinLock)		\
	TEST(IrqlHoldsDpcs)		\
	TEST(SpinLockExcludes)		\
	TEST(InterlockedResults)	\
	TEST(DeviceQueueBusy)		\
	TEST(DeviceQueueOrder)		\
	TEST(DeviceQueueByKey)		\
	TEST(DeviceQueueEntry)		\
	TEST(StartPacketOrder)		\
	TEST(StartPacketCancel)		\
	TEST(PoolAlignment)		\
	TEST(PoolContents)		\
	TEST(PoolAtDispatch)		\
	TEST(PoolRefused)		\
	TEST(PoolQuota)			\
	TEST(PoolEmpty)			\
	TEST(ListsDouble)		\
	TEST(ListsAppend)		\
	TEST(ListsSingle)		\
	TEST(StringInit)		\
	TEST(StringInitLong)		\
	TEST(StringCopy)		\
	TEST(StringCompare)		\
	TEST(StringAppend)		\
	TEST(StringInteger)		\
	TEST(StringUpcase)		\
	TEST(StringFree)		\
	TEST(MemoryRoutines)		\
	TEST(TableSplay)		\
	TEST(TableAvl)			\
	TEST(BitmapSearch)		\
	TEST(BitmapRuns)		\
	TEST(TimeFields)		\
	TEST(TimeLocal)			\
	TEST(VersionInfo)		\
	TEST(CompilerIntrinsics)	\
	TEST(BreakPoint)		\
	TEST(StrsafeCuts)		\
	TEST(StrsafeLength)		\
	TEST(StrsafeEx)			\
	TEST(IntsafeOverflows)		\
	TEST(StringFromAnsi)		\
	TEST(StringToAnsi)		\
	TEST(StringUtf8)		\
	TEST(StringToInteger)		\
	TEST(StringInt64)		\
	TEST(StringCase)		\
	TEST(StringGuid)		\
	TEST(RunTimeRoutines)		\
	TEST(FormatIntegers)		\
	TEST(FormatWidths)		\
	TEST(FormatStrings)		\
	TEST(FormatCounted)		\
	TEST(FormatBuffer)		\
	TEST(FormatPadding)		\
	TEST(FormatWide)		\
	TEST(DebugPrint)		\
	TEST(RemoveLockCounts)		\
	TEST(RemoveLockWaits)		\
	TEST(MdlSpans)			\
	TEST(MdlPool)			\
	TEST(MdlUnmapAtDispatch)	\
	TEST(IrpNew)			\
	TEST(IrpCompletionOrder)	\
	TEST(IrpInvokeConditions)	\
	TEST(IrpMoreProcessing)		\
	TEST(IrpPending)		\
	TEST(IrpSkip)			\
	TEST(IrpCancelRoutine)		\
	TEST(IrpCancelWithoutRoutine)	\
	TEST(DeviceCreated)		\
	TEST(DeviceAttach)		\
	TEST(DeviceName)		\
	TEST(LinkNames)			\
	TEST(LinkInvalid)		\
	TEST(LinkShared)		\
	TEST(IoTimerTicks)		\
	TEST(IoTimerRefused)		\
	TEST(HandleEvent)		\
	TEST(HandleSynchronizationEvent) \
	TEST(HandleRefused)		\
	TEST(HandleByPointer)		\
	TEST(HandleNamedEvent)		\
	TEST(ResourceLists)		\
	CONFORM_KE_TESTS(TEST)		\
	CONFORM_SVC_TESTS(TEST)		\
	CONFORM_CM_TESTS(TEST)		\
	CONFORM_PNP_TESTS(TEST)		\
	CONFORM_PO_TESTS(TEST)		\
	CONFORM_ZW_TESTS(TEST)		\
	CONFORM_COV_TESTS(TEST)

#define DECLARE_TEST(name) CONFORM_TEST name;
CONFORM_TESTS(DECLARE_TEST)

#endif /* CONFORM_H */
