// SPDX-License-Identifier: GPL-2.0
/*
 * broken - every request makes a mistake that a debug kernel must report
 *
 * The proof that the tests which pass there would have failed otherwise. The
 * function number of the control code chooses.
 */
#include <ntddk.h>

/* The environment's header declares it in checked builds only. */
NTSYSAPI VOID NTAPI RtlAssert(PVOID Assertion, PVOID FileName, ULONG LineNumber, PSTR Message);

DRIVER_INITIALIZE DriverEntry;
static DRIVER_UNLOAD BrokenUnload;
static DRIVER_DISPATCH BrokenOpenClose, BrokenControl;

#define CODE(function)	CTL_CODE(0x8002, 0x800 + (function), METHOD_BUFFERED, FILE_ANY_ACCESS)

static UNICODE_STRING BrokenDevice = RTL_CONSTANT_STRING(L"\\Device\\Broken");
static UNICODE_STRING BrokenLink = RTL_CONSTANT_STRING(L"\\DosDevices\\BROKEN");

static KSPIN_LOCK LockA, LockB;
static volatile UCHAR Sink;

static VOID UseAfterFree(VOID)
{
	volatile UCHAR *Block = ExAllocatePoolWithTag(NonPagedPool, 100, 'korB');

	if (!Block)
		return;
	ExFreePoolWithTag((PVOID)Block, 'korB');
	Sink = Block[50];
}

static VOID Overrun(VOID)
{
	volatile UCHAR *Block = ExAllocatePoolWithTag(NonPagedPool, 100, 'korB');

	if (!Block)
		return;
	Block[100 + Sink] = 1;
	ExFreePoolWithTag((PVOID)Block, 'korB');
}

/* "Using Spin Locks": always in the same order. No two threads are needed to tell. */
static VOID LockOrder(VOID)
{
	KIRQL Irql;

	KeAcquireSpinLock(&LockA, &Irql);
	KeAcquireSpinLockAtDpcLevel(&LockB);
	KeReleaseSpinLockFromDpcLevel(&LockB);
	KeReleaseSpinLock(&LockA, Irql);

	KeAcquireSpinLock(&LockB, &Irql);
	KeAcquireSpinLockAtDpcLevel(&LockA);
	KeReleaseSpinLockFromDpcLevel(&LockA);
	KeReleaseSpinLock(&LockB, Irql);
}

/* "KeWaitForSingleObject": not with a spin lock held. */
static VOID SleepAtDispatch(VOID)
{
	LARGE_INTEGER Interval;
	KIRQL Irql;

	Interval.QuadPart = -10000;
	KeAcquireSpinLock(&LockA, &Irql);
	KeDelayExecutionThread(KernelMode, FALSE, &Interval);
	KeReleaseSpinLock(&LockA, Irql);
}

/* "KeLowerIrql": a dispatch routine returns at the IRQL that it was called at. */
static VOID ForgetToLower(VOID)
{
	KIRQL Irql;

	KeRaiseIrql(DISPATCH_LEVEL, &Irql);
}

static VOID FreeTwice(VOID)
{
	PVOID Block = ExAllocatePoolWithTag(NonPagedPool, 100, 'korB');

	if (!Block)
		return;
	ExFreePoolWithTag(Block, 'korB');
	ExFreePoolWithTag(Block, 'korB');
}

static KBUGCHECK_CALLBACK_ROUTINE OnBugCheck;
static KBUGCHECK_REASON_CALLBACK_ROUTINE OnDump;
static UCHAR Left[6];
static KBUGCHECK_CALLBACK_RECORD Record;
static KBUGCHECK_REASON_CALLBACK_RECORD DumpRecord;

static VOID NTAPI OnBugCheck(PVOID Buffer, ULONG Length)
{
	RtlCopyMemory(Buffer, "stoped", Length);
}

static VOID NTAPI OnDump(KBUGCHECK_CALLBACK_REASON Reason, PKBUGCHECK_REASON_CALLBACK_RECORD Which,
			 PVOID ReasonSpecificData, ULONG ReasonSpecificDataLength)
{
	PKBUGCHECK_SECONDARY_DUMP_DATA Data = ReasonSpecificData;

	if (Reason != KbCallbackSecondaryDumpData || Which != &DumpRecord ||
	    ReasonSpecificDataLength < sizeof(*Data) || Data->InBufferLength < 4)
		return;
	RtlCopyMemory(Data->InBuffer, "dump", 4);
	Data->OutBuffer = Data->InBuffer;
	Data->OutBufferLength = 4;
}

/* "KeBugCheckEx"; "Writing a Bug Check Callback Routine" */
static VOID BugCheck(VOID)
{
	PKBUGCHECK_CALLBACK_RECORD R = &Record;
	PKBUGCHECK_REASON_CALLBACK_RECORD D = &DumpRecord;

	KeInitializeCallbackRecord(R);
	KeInitializeCallbackRecord(D);
	KeRegisterBugCheckCallback(R, OnBugCheck, Left, sizeof(Left), (PUCHAR)"broken");
	KeRegisterBugCheckReasonCallback(D, OnDump, KbCallbackSecondaryDumpData, (PUCHAR)"broken");
	KeBugCheckEx(0xdead, 1, 2, 3, 4);
}

static VOID BugCheckShort(VOID)
{
	KeBugCheck(0xbad);
}

static FAST_MUTEX MutexA, MutexB;

/* As LockOrder(), of mutexes. */
static VOID MutexOrder(VOID)
{
	ExAcquireFastMutex(&MutexA);
	ExAcquireFastMutex(&MutexB);
	ExReleaseFastMutex(&MutexB);
	ExReleaseFastMutex(&MutexA);

	ExAcquireFastMutex(&MutexB);
	ExAcquireFastMutex(&MutexA);
	ExReleaseFastMutex(&MutexA);
	ExReleaseFastMutex(&MutexB);
}

static NTSTATUS Finish(PIRP Irp, NTSTATUS Status)
{
	Irp->IoStatus.Status = Status;
	Irp->IoStatus.Information = 0;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return Status;
}

static NTSTATUS BrokenOpenClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	UNREFERENCED_PARAMETER(DeviceObject);
	return Finish(Irp, STATUS_SUCCESS);
}

static NTSTATUS BrokenControl(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	NTSTATUS Status = STATUS_SUCCESS;

	UNREFERENCED_PARAMETER(DeviceObject);
	switch (IoGetCurrentIrpStackLocation(Irp)->Parameters.DeviceIoControl.IoControlCode) {
	case CODE(0):
		UseAfterFree();
		break;
	case CODE(1):
		Overrun();
		break;
	case CODE(2):
		LockOrder();
		break;
	case CODE(3):
		SleepAtDispatch();
		break;
	case CODE(4):
		ForgetToLower();
		break;
	case CODE(5):
		FreeTwice();
		break;
	case CODE(6):
		/* "IoCompleteRequest": once, and not touched again. */
		Finish(Irp, Status);
		break;
	case CODE(7):
		BugCheck();
		break;
	case CODE(8):
		BugCheckShort();
		break;
	case CODE(9):
		MutexOrder();
		break;
	case CODE(10):
		/* What ASSERT() of a checked build calls. */
		RtlAssert("1 == 2", "broken.c", 77, NULL);
		break;
	default:
		Status = STATUS_INVALID_DEVICE_REQUEST;
	}
	return Finish(Irp, Status);
}

static VOID BrokenUnload(PDRIVER_OBJECT DriverObject)
{
	IoDeleteSymbolicLink(&BrokenLink);
	IoDeleteDevice(DriverObject->DeviceObject);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
	PDEVICE_OBJECT DeviceObject;
	NTSTATUS Status;

	UNREFERENCED_PARAMETER(RegistryPath);
	KeInitializeSpinLock(&LockA);
	KeInitializeSpinLock(&LockB);
	ExInitializeFastMutex(&MutexA);
	ExInitializeFastMutex(&MutexB);
	Status = IoCreateDevice(DriverObject, 0, &BrokenDevice, FILE_DEVICE_UNKNOWN, 0, FALSE,
				&DeviceObject);
	if (!NT_SUCCESS(Status))
		return Status;
	Status = IoCreateSymbolicLink(&BrokenLink, &BrokenDevice);
	if (!NT_SUCCESS(Status)) {
		IoDeleteDevice(DeviceObject);
		return Status;
	}
	DriverObject->MajorFunction[IRP_MJ_CREATE] = BrokenOpenClose;
	DriverObject->MajorFunction[IRP_MJ_CLOSE] = BrokenOpenClose;
	DriverObject->MajorFunction[IRP_MJ_CLEANUP] = BrokenOpenClose;
	DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = BrokenControl;
	DriverObject->DriverUnload = BrokenUnload;
	return STATUS_SUCCESS;
}
