// SPDX-License-Identifier: GPL-2.0
/* The power manager, as far as it can be seen without a device that has power. */
#include <initguid.h>
#include "conform.h"

#define ROUNDS	3

static IO_COMPLETION_ROUTINE PowerTaken;

/* "PoSetPowerState": returns the previous state. */
VOID PowerStateNoted(PCONFORM_TEST_CONTEXT T)
{
	PDEVICE_OBJECT Device = T->Driver->DeviceObject;
	POWER_STATE D0 = { .DeviceState = PowerDeviceD0 }, D3 = { .DeviceState = PowerDeviceD3 };
	KIRQL Irql;

	PoSetPowerState(Device, DevicePowerState, D0);
	CHECK_EQ(PowerDeviceD0, PoSetPowerState(Device, DevicePowerState, D3).DeviceState);
	/* "When setting state to D0, callers can be running at IRQL <= DISPATCH_LEVEL." */
	KeRaiseIrql(DISPATCH_LEVEL, &Irql);
	CHECK_EQ(PowerDeviceD3, PoSetPowerState(Device, DevicePowerState, D0).DeviceState);
	KeLowerIrql(Irql);
}

typedef struct _TAKEN {
	LONG Calls;
	UCHAR Major, Minor;
	NTSTATUS Status;
} TAKEN, *PTAKEN;

static NTSTATUS NTAPI PowerTaken(PDEVICE_OBJECT DeviceObject, PIRP Irp, PVOID Context)
{
	PTAKEN Taken = Context;

	UNREFERENCED_PARAMETER(DeviceObject);
	Taken->Calls++;
	Taken->Status = Irp->IoStatus.Status;
	return STATUS_MORE_PROCESSING_REQUIRED;
}

/*
 * "PoCallDriver": passes the IRP on. "DRIVER_OBJECT": what a driver does not handle is
 * STATUS_INVALID_DEVICE_REQUEST.
 */
VOID PowerCallDriver(PCONFORM_TEST_CONTEXT T)
{
	PDEVICE_OBJECT Device = T->Driver->DeviceObject;
	PIRP Irp = IoAllocateIrp(Device->StackSize, FALSE);
	TAKEN Taken = { 0 };

	CHECK(Irp != NULL);
	if (!Irp)
		return;
	Irp->IoStatus.Status = STATUS_NOT_SUPPORTED;
	IoGetNextIrpStackLocation(Irp)->MajorFunction = IRP_MJ_POWER;
	IoGetNextIrpStackLocation(Irp)->MinorFunction = IRP_MN_SET_POWER;
	IoSetCompletionRoutine(Irp, PowerTaken, &Taken, TRUE, TRUE, TRUE);
	PoStartNextPowerIrp(Irp);
	CHECK_EQ(STATUS_INVALID_DEVICE_REQUEST, PoCallDriver(Device, Irp));
	CHECK_EQ(1, Taken.Calls);
	CHECK_EQ(STATUS_INVALID_DEVICE_REQUEST, Taken.Status);
	IoFreeIrp(Irp);
}

typedef struct _ENDED {
	KEVENT Event;
	LONG Calls;
	UCHAR Minor;
	POWER_STATE State;
	NTSTATUS Status;
	PDEVICE_OBJECT Device;
} ENDED, *PENDED;

static VOID NTAPI PowerEnded(PDEVICE_OBJECT DeviceObject, UCHAR MinorFunction,
			     POWER_STATE PowerState, PVOID Context, PIO_STATUS_BLOCK IoStatus)
{
	PENDED Ended = Context;

	Ended->Calls++;
	Ended->Minor = MinorFunction;
	Ended->State = PowerState;
	Ended->Status = IoStatus->Status;
	Ended->Device = DeviceObject;
	KeSetEvent(&Ended->Event, IO_NO_INCREMENT, FALSE);
}

static VOID RequestOne(PCONFORM_TEST_CONTEXT T, UCHAR Minor, POWER_STATE State, KIRQL Level)
{
	PDEVICE_OBJECT Device = T->Driver->DeviceObject;
	LARGE_INTEGER Soon = Milliseconds(SOON_MS);
	ENDED Ended;
	KIRQL Irql;

	RtlZeroMemory(&Ended, sizeof(Ended));
	KeInitializeEvent(&Ended.Event, NotificationEvent, FALSE);
	KeRaiseIrql(Level, &Irql);
	CHECK_EQ(STATUS_PENDING, PoRequestPowerIrp(Device, Minor, State, PowerEnded, &Ended, NULL));
	KeLowerIrql(Irql);
	CHECK_EQ(STATUS_SUCCESS, KeWaitForSingleObject(&Ended.Event, Executive, KernelMode, FALSE,
						       &Soon));
	CHECK_EQ(1, Ended.Calls);
	CHECK_EQ(Minor, Ended.Minor);
	CHECK_EQ(State.DeviceState, Ended.State.DeviceState);
	CHECK(Ended.Device == Device);
	CHECK_EQ(STATUS_INVALID_DEVICE_REQUEST, Ended.Status);
}

/* "PoRequestPowerIrp": STATUS_PENDING and one call of the callback, or neither. */
VOID PowerRequest(PCONFORM_TEST_CONTEXT T)
{
	POWER_STATE D3 = { .DeviceState = PowerDeviceD3 };
	POWER_STATE Working = { .SystemState = PowerSystemWorking };

	CHECK_EQ(STATUS_INVALID_PARAMETER_2,
		 PoRequestPowerIrp(T->Driver->DeviceObject, IRP_MN_POWER_SEQUENCE, D3, NULL, NULL,
				   NULL));
	RequestOne(T, IRP_MN_SET_POWER, D3, PASSIVE_LEVEL);
	RequestOne(T, IRP_MN_QUERY_POWER, D3, PASSIVE_LEVEL);
	RequestOne(T, IRP_MN_WAIT_WAKE, Working, PASSIVE_LEVEL);
	RequestOne(T, IRP_MN_SET_POWER, D3, DISPATCH_LEVEL);
}

/* "PoRegisterDeviceForIdleDetection": when it returns NULL; one detection per device. */
VOID PowerIdleCounter(PCONFORM_TEST_CONTEXT T)
{
	PDEVICE_OBJECT Device = T->Driver->DeviceObject;
	ULONG Standard = (ULONG)-1;
	PULONG Counter, Again;

	CHECK(PoRegisterDeviceForIdleDetection(Device, 0, 0, PowerDeviceD3) == NULL);
	/* "returns NULL if -1 is specified for a device of an unsupported type" */
	CHECK(PoRegisterDeviceForIdleDetection(Device, Standard, 5, PowerDeviceD3) == NULL);
	CHECK(PoRegisterDeviceForIdleDetection(Device, 5, Standard, PowerDeviceD3) == NULL);
	Counter = PoRegisterDeviceForIdleDetection(Device, 100, 100, PowerDeviceD3);
	CHECK(Counter != NULL);
	if (!Counter)
		return;
	Again = PoRegisterDeviceForIdleDetection(Device, 0, 200, PowerDeviceD3);
	CHECK(Again == Counter);
	*Counter = 7;
	PoSetDeviceBusy(Counter);
	CHECK_EQ(0, *Counter);
	*Counter = 7;
	PoSetDeviceBusyEx(Counter);
	CHECK_EQ(0, *Counter);
	*Counter = 7;
	PoStartDeviceBusy(Counter);
	CHECK_EQ(0, *Counter);
	/* "After the busy count reaches zero, the power manager resets the idle counter" */
	*Counter = 7;
	PoEndDeviceBusy(Counter);
	CHECK_EQ(0, *Counter);
	CHECK(PoRegisterDeviceForIdleDetection(Device, 0, 0, PowerDeviceD3) == NULL);
}

/* "PoQueryWatchdogTime": FALSE when no power IRP is assigned to the stack. */
VOID PowerWatchdog(PCONFORM_TEST_CONTEXT T)
{
	ULONG Seconds = 0;

	CHECK_EQ(FALSE, PoQueryWatchdogTime(T->Driver->DeviceObject, &Seconds));
}

typedef struct _SETTING {
	LONG Calls;
	ULONG Length;
	ULONG Value;
	KIRQL Irql;
	BOOLEAN RightGuid;
} SETTING, *PSETTING;

static NTSTATUS NTAPI SettingCalled(LPCGUID SettingGuid, PVOID Value, ULONG ValueLength,
				    PVOID Context)
{
	PSETTING Setting = Context;

	Setting->Calls++;
	Setting->Length = ValueLength;
	if (ValueLength == sizeof(ULONG))
		Setting->Value = *(PULONG)Value;
	Setting->Irql = KeGetCurrentIrql();
	Setting->RightGuid = IsEqualGUID(SettingGuid, &GUID_ACDC_POWER_SOURCE);
	return STATUS_SUCCESS;
}

/*
 * "PoRegisterPowerSettingCallback": "immediately calling the callback routine and passing
 * the current value", at PASSIVE_LEVEL. The call may come a little later on Windows.
 */
VOID PowerSetting(PCONFORM_TEST_CONTEXT T)
{
	SETTING Setting = { .Value = 99 };
	PVOID Handle = NULL;
	LONG Waits;

	CHECK_EQ(STATUS_SUCCESS,
		 PoRegisterPowerSettingCallback(NULL, &GUID_ACDC_POWER_SOURCE, SettingCalled,
						&Setting, &Handle));
	CHECK(Handle != NULL);
	for (Waits = 0; !Setting.Calls && Waits < SOON_MS / 10; Waits++)
		SleepFor(10);
	CHECK_EQ(1, Setting.Calls);
	CHECK_EQ(sizeof(ULONG), Setting.Length);
	/* A virtual machine has no battery. */
	CHECK_EQ(PoAc, Setting.Value);
	CHECK_EQ(PASSIVE_LEVEL, Setting.Irql);
	CHECK(Setting.RightGuid);
	CHECK_EQ(STATUS_SUCCESS, PoUnregisterPowerSettingCallback(Handle));
	CHECK_EQ(STATUS_INVALID_PARAMETER, PoUnregisterPowerSettingCallback(Handle));
}

/* "PoRegisterSystemState": the handle stays the same when it is changed. */
VOID PowerSystemBusy(PCONFORM_TEST_CONTEXT T)
{
	PVOID Handle;
	KIRQL Irql;
	LONG i;

	Handle = PoRegisterSystemState(NULL, ES_SYSTEM_REQUIRED | ES_CONTINUOUS);
	CHECK(Handle != NULL);
	if (!Handle)
		return;
	for (i = 0; i < ROUNDS; i++) {
		CHECK(PoRegisterSystemState(Handle, ES_CONTINUOUS) == Handle);
		CHECK(PoRegisterSystemState(Handle, ES_SYSTEM_REQUIRED | ES_CONTINUOUS) == Handle);
	}
	PoUnregisterSystemState(Handle);
	PoSetSystemState(ES_SYSTEM_REQUIRED);
	KeRaiseIrql(DISPATCH_LEVEL, &Irql);
	PoSetSystemState(ES_SYSTEM_REQUIRED | ES_USER_PRESENT | ES_DISPLAY_REQUIRED);
	KeLowerIrql(Irql);
}
