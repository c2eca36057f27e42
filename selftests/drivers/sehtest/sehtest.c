// SPDX-License-Identifier: GPL-2.0
/*
 * Structured exceptions, from inside a driver. What is expected is what the
 * Visual C documentation says of try-except, try-finally and __leave, and the
 * WDK of the routines that raise. Not for mingw-w64's GCC, whose C has no __try.
 *
 * Also: IOCTL_SEH_PROBE and IOCTL_SEH_LOCK, METHOD_NEITHER, do to the caller's
 * addresses what drivers do.
 */
#include "frame.h"

#define IOCTL_SEH_PROBE_READ	CTL_CODE(0x8001U, 0x810, METHOD_NEITHER, FILE_ANY_ACCESS)
#define IOCTL_SEH_PROBE_WRITE	CTL_CODE(0x8001U, 0x811, METHOD_NEITHER, FILE_ANY_ACCESS)
#define IOCTL_SEH_FILL		CTL_CODE(0x8001U, 0x812, METHOD_NEITHER, FILE_ANY_ACCESS)
#define IOCTL_SEH_TOUCH		CTL_CODE(0x8001U, 0x813, METHOD_NEITHER, FILE_ANY_ACCESS)

DRIVER_INITIALIZE DriverEntry;
static DRIVER_DISPATCH SehControl;

PCWSTR TestDeviceName = L"\\Device\\SehTest";
PCWSTR TestLinkName = L"\\DosDevices\\SEHTEST";
DRIVER_DISPATCH *TestOtherControl = SehControl;

/* What the blocks leave behind, in order. */
static ULONG Trail;

static __declspec(noinline) VOID Step(ULONG Digit)
{
	Trail = Trail * 10 + Digit;
}

static __declspec(noinline) VOID RaiseIf(BOOLEAN Raise, NTSTATUS Status)
{
	if (Raise)
		ExRaiseStatus(Status);
}

static VOID Except(PTEST T)
{
	volatile ULONG Runs;

	for (Runs = 0; Runs < 2; Runs++) {
		Trail = 0;
		__try {
			Step(1);
			RaiseIf(Runs == 1, STATUS_DISK_FULL);
			Step(2);
		} __except (EXCEPTION_EXECUTE_HANDLER) {
			CHECK_EQ(STATUS_DISK_FULL, GetExceptionCode());
			CHECK_EQ(STATUS_DISK_FULL, _exception_code());
			Step(3);
		}
		Step(4);
		CHECK_EQ(Runs ? 134 : 124, Trail);
	}
}

/* Locals keep what the body gave them; the handler sees all, volatile or not. */
static __declspec(noinline) ULONG LocalsOf(ULONG Start, BOOLEAN Raise)
{
	ULONG A = Start, B = 0, C, i;

	for (i = 0, C = 0; i < 3; i++) {
		__try {
			A++;
			B = A * 2;
			RaiseIf(Raise && i == 1, STATUS_UNSUCCESSFUL);
			C += B;
		} __except (EXCEPTION_EXECUTE_HANDLER) {
			C += 1000 + A + B;
		}
	}
	return A * 1000000 + C;
}

/* The other spelling, and "ExAllocatePoolWithQuotaTag": raises when there is none. */
static VOID ShortNames(PTEST T)
{
	ULONG Steps = 0;
	NTSTATUS Status = STATUS_SUCCESS;
	PVOID Block = NULL;

	try {
		try {
			Steps++;
			Block = ExAllocatePoolQuotaZero(NonPagedPool, (SIZE_T)1 << 46, 'tseT');
			Steps += 100;
		} finally {
			Steps += 10;
		}
	} except (EXCEPTION_EXECUTE_HANDLER) {
		Status = GetExceptionCode();
	}
	CHECK_EQ(11, Steps);
	CHECK_EQ(STATUS_INSUFFICIENT_RESOURCES, Status);
	CHECK(Block == NULL);

	Block = ExAllocatePoolQuotaZero(NonPagedPool | POOL_QUOTA_FAIL_INSTEAD_OF_RAISE, 8, 'tseT');
	CHECK(Block != NULL);
	if (Block) {
		CHECK_EQ(0, *(PULONGLONG)Block);
		ExFreePoolWithTag(Block, 'tseT');
	}
}

/*
 * "ExAllocatePoolWithTag": POOL_RAISE_IF_ALLOCATION_FAILURE. "ExAllocatePool2":
 * POOL_FLAG_RAISE_ON_FAILURE, for arguments that make no sense, too.
 */
static VOID PoolRaises(PTEST T)
{
	NTSTATUS Status[3] = { STATUS_SUCCESS, STATUS_SUCCESS, STATUS_SUCCESS };
	ULONG i;

	for (i = 0; i < 3; i++) {
		__try {
			if (i == 0)
				ExAllocatePoolWithTag(NonPagedPool | POOL_RAISE_IF_ALLOCATION_FAILURE,
						      (SIZE_T)1 << 46, 'tseT');
			if (i == 1)
				ExAllocatePool2(POOL_FLAG_PAGED | POOL_FLAG_RAISE_ON_FAILURE,
						(SIZE_T)1 << 46, 'tseT');
			if (i == 2)
				ExAllocatePool2(POOL_FLAG_RAISE_ON_FAILURE, 8, 'tseT');
		} __except (EXCEPTION_EXECUTE_HANDLER) {
			Status[i] = GetExceptionCode();
		}
	}
	CHECK_EQ(STATUS_INSUFFICIENT_RESOURCES, Status[0]);
	CHECK_EQ(STATUS_INSUFFICIENT_RESOURCES, Status[1]);
	CHECK_EQ(STATUS_INVALID_PARAMETER, Status[2]);
}

static VOID Locals(PTEST T)
{
	CHECK_EQ(13000000 + 22 + 24 + 26, LocalsOf(10, FALSE));
	CHECK_EQ(13000000 + 22 + 1000 + 12 + 24 + 26, LocalsOf(10, TRUE));
}

static __declspec(noinline) LONG Filter(NTSTATUS Status, PEXCEPTION_POINTERS Pointers, PTEST T)
{
	CHECK_EQ(Status, Pointers->ExceptionRecord->ExceptionCode);
	CHECK(Pointers->ExceptionRecord->ExceptionAddress != NULL);
	Step(5);
	return Status == STATUS_DISK_FULL ? EXCEPTION_EXECUTE_HANDLER : EXCEPTION_CONTINUE_SEARCH;
}

/* An inner filter that does not want it leaves it to the outer one. */
static VOID Nested(PTEST T)
{
	static const NTSTATUS Codes[] = { STATUS_DISK_FULL, STATUS_NO_MEDIA_IN_DEVICE };
	ULONG i;

	for (i = 0; i < 2; i++) {
		Trail = 0;
		__try {
			__try {
				ExRaiseStatus(Codes[i]);
				Step(9);
			} __except (Filter(GetExceptionCode(), GetExceptionInformation(), T)) {
				Step(1);
			}
			Step(2);
		} __except (GetExceptionCode() == STATUS_NO_MEDIA_IN_DEVICE) {
			Step(3);
		}
		CHECK_EQ(i ? 53 : 512, Trail);
	}
}

/* A handler may raise, the same or another. */
static VOID Rethrown(PTEST T)
{
	Trail = 0;
	__try {
		__try {
			ExRaiseStatus(STATUS_DISK_FULL);
		} __except (EXCEPTION_EXECUTE_HANDLER) {
			Step(1);
			__try {
				ExRaiseAccessViolation();
			} __except (EXCEPTION_EXECUTE_HANDLER) {
				CHECK_EQ(STATUS_ACCESS_VIOLATION, GetExceptionCode());
				Step(2);
			}
			CHECK_EQ(STATUS_DISK_FULL, GetExceptionCode());
			ExRaiseStatus(GetExceptionCode());
		}
		Step(9);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		CHECK_EQ(STATUS_DISK_FULL, GetExceptionCode());
		Step(3);
	}
	CHECK_EQ(123, Trail);
}

static __declspec(noinline) ULONG ReturnsFrom(ULONG Where)
{
	__try {
		Step(1);
		if (Where == 0)
			return 100;
		RaiseIf(Where == 1, STATUS_DISK_FULL);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		Step(2);
		return 200;
	}
	Step(3);
	return 300;
}

/* No exception of later finds a frame whose function has returned. */
static VOID Return(PTEST T)
{
	static const ULONG Trails[] = { 1, 12, 13 };
	ULONG i;

	for (i = 0; i < 3; i++) {
		Trail = 0;
		CHECK_EQ((i + 1) * 100, ReturnsFrom(i));
		CHECK_EQ(Trails[i], Trail);
	}
	Trail = 0;
	__try {
		ReturnsFrom(0);
		ExRaiseDatatypeMisalignment();
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		CHECK_EQ(STATUS_DATATYPE_MISALIGNMENT, GetExceptionCode());
		Step(7);
	}
	CHECK_EQ(17, Trail);
}

static __declspec(noinline) ULONG FinallyOf(ULONG Where, PBOOLEAN Abnormal)
{
	ULONG Value = 5;

	__try {
		Step(1);
		if (Where == 1)
			return Value * 20;
		if (Where == 2)
			__leave;
		if (Where == 3)
			goto Out;
		RaiseIf(Where == 4, STATUS_DISK_FULL);
		Step(2);
	} __finally {
		*Abnormal = AbnormalTermination();
		Value = 6;
		Step(3);
	}
	Step(4);
	return Value;
Out:
	Step(5);
	return Value + 1;
}

/* "try-finally": the block runs however the body is left; a value that is returned stays. */
static VOID Finally(PTEST T)
{
	static const struct {
		ULONG Trail, Value;
		BOOLEAN Abnormal;
	} Cases[] = {
		{ 1234, 6, FALSE }, { 13, 100, TRUE }, { 134, 6, FALSE }, { 135, 7, TRUE },
		{ 138, 0, TRUE },
	};
	BOOLEAN Abnormal;
	ULONG i, Value;

	for (i = 0; i < RTL_NUMBER_OF(Cases); i++) {
		Trail = 0;
		Value = 0;
		Abnormal = 2;
		__try {
			Value = FinallyOf(i, &Abnormal);
		} __except (EXCEPTION_EXECUTE_HANDLER) {
			CHECK_EQ(STATUS_DISK_FULL, GetExceptionCode());
			Step(8);
		}
		CHECK_EQ(Cases[i].Trail, Trail);
		CHECK_EQ(Cases[i].Value, Value);
		CHECK_EQ(Cases[i].Abnormal, Abnormal);
	}
}

static __declspec(noinline) ULONG TwoFinally(VOID)
{
	__try {
		__try {
			__try {
				return 42;
			} __finally {
				Step(1);
			}
		} __except (EXCEPTION_EXECUTE_HANDLER) {
			Step(9);
		}
	} __finally {
		Step(2);
	}
	return 0;
}

static VOID FinallyNested(PTEST T)
{
	Trail = 0;
	CHECK_EQ(42, TwoFinally());
	CHECK_EQ(12, Trail);
	Trail = 0;
	__try {
		__try {
			__try {
				ExRaiseStatus(STATUS_DISK_FULL);
			} __finally {
				Step(1);
			}
		} __finally {
			Step(2);
		}
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		Step(3);
	}
	CHECK_EQ(123, Trail);
}

/* "try-finally": one raised in the block takes the place of the first. */
static VOID FinallyRaises(PTEST T)
{
	Trail = 0;
	__try {
		__try {
			ExRaiseStatus(STATUS_DISK_FULL);
		} __finally {
			Step(1);
			ExRaiseStatus(STATUS_NO_MEDIA_IN_DEVICE);
		}
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		CHECK_EQ(STATUS_NO_MEDIA_IN_DEVICE, GetExceptionCode());
		Step(2);
	}
	CHECK_EQ(12, Trail);
}

/* __leave goes to the end of the innermost body, out of loops and switches in it. */
static VOID Leave(PTEST T)
{
	volatile ULONG i;

	Trail = 0;
	__try {
		for (i = 0; i < 5; i++) {
			switch (i) {
			case 2:
				while (TRUE)
					__leave;
			default:
				Step(1);
			}
		}
		Step(9);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		Step(8);
	}
	Step(2);
	CHECK_EQ(112, Trail);
	CHECK_EQ(2, i);
	Trail = 0;
	__try {
		__try {
			__leave;
		} __finally {
			Step(1);
		}
		Step(2);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		Step(9);
	}
	CHECK_EQ(12, Trail);
}

static __declspec(noinline) ULONG Deep(volatile ULONG Depth)
{
	volatile CHAR Room[64];
	ULONG Result;

	Room[Depth % sizeof(Room)] = 1;
	RaiseIf(!Depth, STATUS_STACK_OVERFLOW);
	if (!Depth)
		return 0;
	Result = Deep(Depth - 1) + Room[Depth % sizeof(Room)];
	return Result;
}

/* Over many frames, and the stack below is good to use again. */
static VOID FromDeep(PTEST T)
{
	ULONG i, Caught = 0;

	for (i = 0; i < 50; i++) {
		__try {
			Deep(20);
		} __except (EXCEPTION_EXECUTE_HANDLER) {
			Caught++;
		}
	}
	CHECK_EQ(50, Caught);
}

static VOID NotContinuable(PTEST T)
{
	Trail = 0;
	__try {
		__try {
			ExRaiseStatus(STATUS_DISK_FULL);
		} __except (EXCEPTION_CONTINUE_EXECUTION) {
			Step(9);
		}
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		CHECK_EQ(STATUS_NONCONTINUABLE_EXCEPTION, GetExceptionCode());
		Step(1);
	}
	CHECK_EQ(1, Trail);
}

static volatile LONG DpcResult;

static VOID SehDpc(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
	UNREFERENCED_PARAMETER(Dpc);
	UNREFERENCED_PARAMETER(Context);
	UNREFERENCED_PARAMETER(Argument1);
	UNREFERENCED_PARAMETER(Argument2);
	__try {
		ExRaiseStatus(STATUS_DISK_FULL);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		InterlockedIncrement(&DpcResult);
	}
}

/* A DPC has its own frames, not those of the thread that it interrupts. */
static VOID InDpc(PTEST T)
{
	KDPC Dpc;
	KIRQL Irql;

	KeInitializeDpc(&Dpc, SehDpc, NULL);
	DpcResult = 0;
	__try {
		KeRaiseIrql(DISPATCH_LEVEL, &Irql);
		KeInsertQueueDpc(&Dpc, NULL, NULL);
		KeLowerIrql(Irql);
		KeFlushQueuedDpcs();
		ExRaiseStatus(STATUS_UNSUCCESSFUL);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		CHECK_EQ(STATUS_UNSUCCESSFUL, GetExceptionCode());
	}
	CHECK_EQ(1, DpcResult);
}

static NTSTATUS ProbeOf(PVOID Address, SIZE_T Length, ULONG Alignment)
{
	__try {
		ProbeForRead(Address, Length, Alignment);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		return GetExceptionCode();
	}
	return STATUS_SUCCESS;
}

/* "ProbeForRead": nothing is checked for a length of 0. */
static VOID Probe(PTEST T)
{
	CHECK_EQ(STATUS_ACCESS_VIOLATION, ProbeOf(T, 4, 1));
	CHECK_EQ(STATUS_SUCCESS, ProbeOf(T, 0, 1));
	CHECK_EQ(STATUS_DATATYPE_MISALIGNMENT, ProbeOf((PVOID)0x10001, 4, 4));
	CHECK_EQ(STATUS_SUCCESS, ProbeOf((PVOID)0x10001, 4, 1));
	CHECK_EQ(STATUS_ACCESS_VIOLATION, ProbeOf((PVOID)0x10000, ~(SIZE_T)0, 1));
}

static NTSTATUS LockOf(PVOID Address, ULONG Length, KPROCESSOR_MODE Mode, PTEST T)
{
	PMDL Mdl = IoAllocateMdl(Address, Length, FALSE, FALSE, NULL);
	NTSTATUS Status = STATUS_SUCCESS;

	if (!Mdl)
		return STATUS_INSUFFICIENT_RESOURCES;
	__try {
		MmProbeAndLockPages(Mdl, Mode, IoWriteAccess);
		CHECK(MmGetSystemAddressForMdlSafe(Mdl, NormalPagePriority) == Address);
		MmUnlockPages(Mdl);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		Status = GetExceptionCode();
	}
	IoFreeMdl(Mdl);
	return Status;
}

/* "MmProbeAndLockPages": kernel memory is for KernelMode only. */
static VOID LockKernel(PTEST T)
{
	PVOID Pool = ExAllocatePoolWithTag(NonPagedPool, 3 * PAGE_SIZE, 'tseT');

	CHECK_EQ(STATUS_SUCCESS, LockOf(&Trail, sizeof(Trail), KernelMode, T));
	CHECK_EQ(STATUS_SUCCESS, LockOf(Pool, 3 * PAGE_SIZE, KernelMode, T));
	CHECK_EQ(STATUS_ACCESS_VIOLATION, LockOf(Pool, PAGE_SIZE, UserMode, T));
	CHECK_EQ(STATUS_ACCESS_VIOLATION, LockOf((PVOID)8, PAGE_SIZE, UserMode, T));
	ExFreePool(Pool);
}

static NTSTATUS ReleaseMutexOf(PKMUTEX Mutex)
{
	__try {
		KeReleaseMutex(Mutex, FALSE);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		return GetExceptionCode();
	}
	return STATUS_SUCCESS;
}

/* "KeReleaseMutex": "can be released only by the thread that currently holds the mutex". */
static VOID ReleaseMutex(PTEST T)
{
	KMUTEX Mutex;

	KeInitializeMutex(&Mutex, 0);
	CHECK_EQ(STATUS_MUTANT_NOT_OWNED, ReleaseMutexOf(&Mutex));
	CHECK_EQ(STATUS_SUCCESS, KeWaitForMutexObject(&Mutex, Executive, KernelMode, FALSE, NULL));
	CHECK_EQ(STATUS_SUCCESS, ReleaseMutexOf(&Mutex));
	CHECK_EQ(STATUS_MUTANT_NOT_OWNED, ReleaseMutexOf(&Mutex));
	CHECK_EQ(1, KeReadStateMutex(&Mutex));
}

static NTSTATUS ReleaseSemaphoreBy(PKSEMAPHORE Semaphore, LONG Adjustment)
{
	__try {
		KeReleaseSemaphore(Semaphore, IO_NO_INCREMENT, Adjustment, FALSE);
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		return GetExceptionCode();
	}
	return STATUS_SUCCESS;
}

/* "KeReleaseSemaphore": beyond the limit it raises, and the count is not adjusted. */
static VOID ReleaseSemaphore(PTEST T)
{
	KSEMAPHORE Semaphore;

	KeInitializeSemaphore(&Semaphore, 1, 3);
	CHECK_EQ(STATUS_SEMAPHORE_LIMIT_EXCEEDED, ReleaseSemaphoreBy(&Semaphore, 3));
	CHECK_EQ(1, KeReadStateSemaphore(&Semaphore));
	CHECK_EQ(STATUS_SUCCESS, ReleaseSemaphoreBy(&Semaphore, 2));
	CHECK_EQ(STATUS_SEMAPHORE_LIMIT_EXCEEDED, ReleaseSemaphoreBy(&Semaphore, 0x7fffffff));
	CHECK_EQ(3, KeReadStateSemaphore(&Semaphore));
}

const TEST_ENTRY Tests[] = {
	{ "ReleaseMutex", ReleaseMutex }, { "ReleaseSemaphore", ReleaseSemaphore },
	{ "ShortNames", ShortNames },
	{ "PoolRaises", PoolRaises },
	{ "Except", Except }, { "Locals", Locals }, { "Nested", Nested },
	{ "Rethrown", Rethrown }, { "Return", Return }, { "Finally", Finally },
	{ "FinallyNested", FinallyNested }, { "FinallyRaises", FinallyRaises },
	{ "Leave", Leave }, { "FromDeep", FromDeep }, { "NotContinuable", NotContinuable },
	{ "InDpc", InDpc }, { "Probe", Probe }, { "LockKernel", LockKernel },
};
const ULONG TestCount = RTL_NUMBER_OF(Tests);

/* As a METHOD_NEITHER driver does: lock the caller's pages, use the kernel's address. */
static VOID Fill(PVOID Address, ULONG Length)
{
	PMDL Mdl = IoAllocateMdl(Address, Length, FALSE, FALSE, NULL);
	BOOLEAN Locked = FALSE;
	PVOID System;

	if (!Mdl)
		ExRaiseStatus(STATUS_INSUFFICIENT_RESOURCES);
	__try {
		MmProbeAndLockPages(Mdl, UserMode, IoWriteAccess);
		Locked = TRUE;
		System = MmGetSystemAddressForMdlSafe(Mdl, NormalPagePriority);
		if (!System)
			ExRaiseStatus(STATUS_INSUFFICIENT_RESOURCES);
		RtlFillMemory(System, Length, 0x5a);
	} __finally {
		if (Locked)
			MmUnlockPages(Mdl);
		IoFreeMdl(Mdl);
	}
}

static NTSTATUS SehControl(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	PIO_STACK_LOCATION Location = IoGetCurrentIrpStackLocation(Irp);
	ULONG Length = Location->Parameters.DeviceIoControl.OutputBufferLength;
	NTSTATUS Status = STATUS_SUCCESS;

	UNREFERENCED_PARAMETER(DeviceObject);
	__try {
		switch (Location->Parameters.DeviceIoControl.IoControlCode) {
		case IOCTL_SEH_PROBE_READ:
			ProbeForRead(Irp->UserBuffer, Length, 4);
			__leave;
		case IOCTL_SEH_PROBE_WRITE:
			ProbeForWrite(Irp->UserBuffer, Length, 4);
			__leave;
		case IOCTL_SEH_FILL:
			Fill(Irp->UserBuffer, Length);
			__leave;
		case IOCTL_SEH_TOUCH:
			*(volatile ULONG *)Irp->UserBuffer = 1;
			__leave;
		}
		Status = STATUS_INVALID_DEVICE_REQUEST;
	} __except (EXCEPTION_EXECUTE_HANDLER) {
		Status = GetExceptionCode();
	}
	return TestFinish(Irp, Status, NT_SUCCESS(Status) ? Length : 0);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
	UNREFERENCED_PARAMETER(RegistryPath);
	return TestStart(DriverObject);
}
