// SPDX-License-Identifier: GPL-2.0
/* IRP_MJ_POWER: a device power policy owner that notes all it sees. */
#include "powertest.h"

static IO_COMPLETION_ROUTINE SystemDone, DeviceDone;
static REQUEST_POWER_COMPLETE DevicePowerDone, Requested;

/* "Handling a System Set-Power IRP in a Device Power Policy Owner". */
static VOID DevicePowerDone(PDEVICE_OBJECT DeviceObject, UCHAR MinorFunction,
			    POWER_STATE PowerState, PVOID Context, PIO_STATUS_BLOCK IoStatus)
{
	PIRP Irp = Context;
	PEXTENSION Extension =
		IoGetCurrentIrpStackLocation(Irp)->DeviceObject->DeviceExtension;

	UNREFERENCED_PARAMETER(DeviceObject);
	UNREFERENCED_PARAMETER(MinorFunction);
	UNREFERENCED_PARAMETER(PowerState);
	Irp->IoStatus.Status = IoStatus->Status;
	IoReleaseRemoveLock(&Extension->Lock, Irp);
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
}

static NTSTATUS SystemDone(PDEVICE_OBJECT DeviceObject, PIRP Irp, PVOID Context)
{
	PIO_STACK_LOCATION Location = IoGetCurrentIrpStackLocation(Irp);
	PEXTENSION Extension = Context;
	POWER_STATE State;

	UNREFERENCED_PARAMETER(DeviceObject);
	State.DeviceState = Location->Parameters.Power.State.SystemState == PowerSystemWorking ?
			    PowerDeviceD0 : PowerDeviceD3;
	if (NT_SUCCESS(Irp->IoStatus.Status) &&
	    PoRequestPowerIrp(Extension->Pdo, Location->MinorFunction, State, DevicePowerDone, Irp,
			      NULL) == STATUS_PENDING)
		return STATUS_MORE_PROCESSING_REQUIRED;
	IoReleaseRemoveLock(&Extension->Lock, Irp);
	return STATUS_CONTINUE_COMPLETION;
}

static NTSTATUS Forward(PEXTENSION Extension, PIRP Irp, PIO_COMPLETION_ROUTINE Routine)
{
	IoMarkIrpPending(Irp);
	IoCopyCurrentIrpStackLocationToNext(Irp);
	IoSetCompletionRoutine(Irp, Routine, Extension, TRUE, TRUE, TRUE);
	PoCallDriver(Extension->Lower, Irp);
	return STATUS_PENDING;
}

static NTSTATUS System(PEXTENSION Extension, PIRP Irp)
{
	PIO_STACK_LOCATION Location = IoGetCurrentIrpStackLocation(Irp);
	SYSTEM_POWER_STATE State = Location->Parameters.Power.State.SystemState;

	if (Location->MinorFunction == IRP_MN_QUERY_POWER) {
		Extension->Seen.SystemQueries++;
		if (Extension->Vetoes) {
			Extension->Vetoes--;
			IoReleaseRemoveLock(&Extension->Lock, Irp);
			Irp->IoStatus.Status = STATUS_DEVICE_BUSY;
			IoCompleteRequest(Irp, IO_NO_INCREMENT);
			return STATUS_DEVICE_BUSY;
		}
	} else {
		Extension->Seen.SystemSets++;
		Extension->Seen.System = State;
		if (State != PowerSystemWorking) {
			Extension->Seen.Action = Location->Parameters.Power.ShutdownType;
			Extension->Seen.Target = Location->Parameters.Power.SystemPowerStateContext
						 .TargetSystemState;
			Extension->Seen.Current = Location->Parameters.Power.SystemPowerStateContext
						  .CurrentSystemState;
		}
		if (State == PowerSystemShutdown)
			DbgPrint("powertest: system state %u, action %u\n", State,
				 Location->Parameters.Power.ShutdownType);
	}
	return Forward(Extension, Irp, SystemDone);
}

static NTSTATUS DeviceDone(PDEVICE_OBJECT DeviceObject, PIRP Irp, PVOID Context)
{
	PIO_STACK_LOCATION Location = IoGetCurrentIrpStackLocation(Irp);
	PEXTENSION Extension = Context;

	UNREFERENCED_PARAMETER(DeviceObject);
	if (Location->MinorFunction == IRP_MN_SET_POWER && NT_SUCCESS(Irp->IoStatus.Status) &&
	    Location->Parameters.Power.State.DeviceState == PowerDeviceD0) {
		Extension->State = PowerDeviceD0;
		PoSetPowerState(Extension->Self, DevicePowerState,
				Location->Parameters.Power.State);
	}
	InterlockedDecrement(&Extension->Active);
	IoReleaseRemoveLock(&Extension->Lock, Irp);
	return STATUS_CONTINUE_COMPLETION;
}

/* A driver that takes too long: the log names it. */
static VOID Dawdle(PEXTENSION Extension)
{
	LARGE_INTEGER Second = { .QuadPart = -10000000 };
	ULONG Left = 0;

	while (Extension->StuckSeconds) {
		Extension->StuckSeconds--;
		KeDelayExecutionThread(KernelMode, FALSE, &Second);
	}
	if (PoQueryWatchdogTime(Extension->Pdo, &Left) && Left)
		Extension->Seen.Watchdog++;
}

static NTSTATUS Device(PEXTENSION Extension, PIRP Irp)
{
	PIO_STACK_LOCATION Location = IoGetCurrentIrpStackLocation(Irp);

	if (InterlockedIncrement(&Extension->Active) > 1)
		Extension->Seen.Overlaps++;
	if (Location->MinorFunction == IRP_MN_QUERY_POWER) {
		Extension->Seen.DeviceQueries++;
		return Forward(Extension, Irp, DeviceDone);
	}
	Extension->Seen.DeviceSets++;
	Extension->Seen.Device = Location->Parameters.Power.State.DeviceState;
	if (Extension->Seen.Device != PowerDeviceD0) {
		Extension->Seen.DeviceAction = Location->Parameters.Power.ShutdownType;
		Dawdle(Extension);
		PoSetPowerState(Extension->Self, DevicePowerState, Location->Parameters.Power.State);
		Extension->State = Location->Parameters.Power.State.DeviceState;
	}
	return Forward(Extension, Irp, DeviceDone);
}

NTSTATUS DispatchPower(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	PIO_STACK_LOCATION Location = IoGetCurrentIrpStackLocation(Irp);
	PEXTENSION Extension = DeviceObject->DeviceExtension;
	NTSTATUS Status = IoAcquireRemoveLock(&Extension->Lock, Irp);

	PoStartNextPowerIrp(Irp);
	if (!NT_SUCCESS(Status)) {
		Irp->IoStatus.Status = Status;
		IoCompleteRequest(Irp, IO_NO_INCREMENT);
		return Status;
	}
	if (KeGetCurrentIrql() != PASSIVE_LEVEL)
		Extension->Seen.WrongLevel++;
	if (Location->MinorFunction == IRP_MN_SET_POWER ||
	    Location->MinorFunction == IRP_MN_QUERY_POWER)
		return Location->Parameters.Power.Type == SystemPowerState ?
		       System(Extension, Irp) : Device(Extension, Irp);
	IoSkipCurrentIrpStackLocation(Irp);
	Status = PoCallDriver(Extension->Lower, Irp);
	IoReleaseRemoveLock(&Extension->Lock, Irp);
	return Status;
}

typedef struct _WAITER {
	KEVENT Done;
	NTSTATUS Status;
} WAITER, *PWAITER;

static VOID Requested(PDEVICE_OBJECT DeviceObject, UCHAR MinorFunction, POWER_STATE PowerState,
		      PVOID Context, PIO_STATUS_BLOCK IoStatus)
{
	PWAITER Waiter = Context;

	UNREFERENCED_PARAMETER(DeviceObject);
	UNREFERENCED_PARAMETER(MinorFunction);
	UNREFERENCED_PARAMETER(PowerState);
	Waiter->Status = IoStatus->Status;
	KeSetEvent(&Waiter->Done, IO_NO_INCREMENT, FALSE);
}

NTSTATUS RequestAndWait(PEXTENSION Extension, UCHAR Minor, POWER_STATE State)
{
	WAITER Waiter;
	NTSTATUS Status;

	KeInitializeEvent(&Waiter.Done, NotificationEvent, FALSE);
	Status = PoRequestPowerIrp(Extension->Pdo, Minor, State, Requested, &Waiter, NULL);
	if (Status != STATUS_PENDING)
		return Status;
	KeWaitForSingleObject(&Waiter.Done, Executive, KernelMode, FALSE, NULL);
	return Waiter.Status;
}
