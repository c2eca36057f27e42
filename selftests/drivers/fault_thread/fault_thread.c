// SPDX-License-Identifier: GPL-2.0
/*
 * A system thread that its driver's Unload tells to end, and does not wait for. It
 * takes 7 seconds: the driver's code must stay until then.
 */
#include <ntddk.h>

DRIVER_INITIALIZE DriverEntry;
static DRIVER_UNLOAD Unload;
static KSTART_ROUTINE Thread;

static KEVENT Stop;

static VOID NTAPI Thread(PVOID Context)
{
	LARGE_INTEGER Interval;
	ULONG i;

	UNREFERENCED_PARAMETER(Context);
	KeWaitForSingleObject(&Stop, Executive, KernelMode, FALSE, NULL);
	Interval.QuadPart = -1000000;
	for (i = 0; i < 70; i++)
		KeDelayExecutionThread(KernelMode, FALSE, &Interval);
	DbgPrint("fault_thread: the thread ends\n");
	PsTerminateSystemThread(STATUS_SUCCESS);
}

static VOID Unload(PDRIVER_OBJECT DriverObject)
{
	UNREFERENCED_PARAMETER(DriverObject);
	KeSetEvent(&Stop, IO_NO_INCREMENT, FALSE);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
	NTSTATUS Status;
	HANDLE Handle;

	UNREFERENCED_PARAMETER(RegistryPath);
	KeInitializeEvent(&Stop, NotificationEvent, FALSE);
	Status = PsCreateSystemThread(&Handle, THREAD_ALL_ACCESS, NULL, NULL, NULL, Thread, NULL);
	if (!NT_SUCCESS(Status))
		return Status;
	ZwClose(Handle);
	DriverObject->DriverUnload = Unload;
	return STATUS_SUCCESS;
}
