// SPDX-License-Identifier: GPL-2.0
/*
 * Timers that are set when their driver goes: two static ones, one of which has been
 * initialised while it was set, one that its DPC sets again at once, one in a device's extension, and one of ExAllocateTimer.
 */
#include <ntddk.h>

DRIVER_INITIALIZE DriverEntry;
static DRIVER_UNLOAD Unload;
static KDEFERRED_ROUTINE Expired, SetAgain;

typedef struct _CLOCK {
	KTIMER Timer;
	KDPC Dpc;
} CLOCK, *PCLOCK;

static CLOCK First, Second, Again;
static PDEVICE_OBJECT Device;

static VOID NTAPI Expired(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
	UNREFERENCED_PARAMETER(Dpc);
	UNREFERENCED_PARAMETER(Context);
	UNREFERENCED_PARAMETER(Argument1);
	UNREFERENCED_PARAMETER(Argument2);
}

/* The headers of mingw-w64 have no such timers. */
#ifndef __MINGW32__
static EXT_CALLBACK ExExpired;

static VOID ExExpired(PEX_TIMER Timer, PVOID Context)
{
	UNREFERENCED_PARAMETER(Timer);
	UNREFERENCED_PARAMETER(Context);
}

static NTSTATUS StartExecutive(VOID)
{
	PEX_TIMER Timer = ExAllocateTimer(ExExpired, NULL, 0);

	if (!Timer)
		return STATUS_INSUFFICIENT_RESOURCES;
	ExSetTimer(Timer, -300000, 300000, NULL);
	return STATUS_SUCCESS;
}
#else
static NTSTATUS StartExecutive(VOID)
{
	return STATUS_SUCCESS;
}
#endif

/* Either it is set, or its DPC, which sets it, is queued or runs. */
static VOID NTAPI SetAgain(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
	LARGE_INTEGER Now;

	UNREFERENCED_PARAMETER(Context);
	UNREFERENCED_PARAMETER(Argument1);
	UNREFERENCED_PARAMETER(Argument2);
	Now.QuadPart = -1000;
	KeSetTimer(&Again.Timer, Now, Dpc);
}

static VOID Start(PCLOCK Clock)
{
	LARGE_INTEGER Soon;

	Soon.QuadPart = -300000;
	KeInitializeTimer(&Clock->Timer);
	KeInitializeDpc(&Clock->Dpc, Expired, NULL);
	KeSetTimerEx(&Clock->Timer, Soon, 30, &Clock->Dpc);
}

/* As a driver that ran for a while, and forgets what it has. */
static VOID Unload(PDRIVER_OBJECT DriverObject)
{
	UNREFERENCED_PARAMETER(DriverObject);
	IoDeleteDevice(Device);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
	NTSTATUS Status;

	UNREFERENCED_PARAMETER(RegistryPath);
	Status = IoCreateDevice(DriverObject, sizeof(CLOCK), NULL, FILE_DEVICE_UNKNOWN, 0, FALSE,
				&Device);
	if (!NT_SUCCESS(Status))
		return Status;
	Status = StartExecutive();
	if (!NT_SUCCESS(Status)) {
		IoDeleteDevice(Device);
		return Status;
	}
	Start(&First);
	Start(&First);
	Start(&Second);
	Start(Device->DeviceExtension);
	KeInitializeTimer(&Again.Timer);
	KeInitializeDpc(&Again.Dpc, SetAgain, NULL);
	SetAgain(&Again.Dpc, NULL, NULL, NULL);
	DriverObject->DriverUnload = Unload;
	return STATUS_SUCCESS;
}
