/* SPDX-License-Identifier: GPL-2.0 */
/* The power manager's routines. Their documentation stands at their definitions in po/. */
#ifndef _NT_PO_H
#define _NT_PO_H

#include "io_types.h"
#include "../guiddef.h"

EXTERN_C_START

typedef VOID REQUEST_POWER_COMPLETE(struct _DEVICE_OBJECT *DeviceObject, UCHAR MinorFunction,
				    POWER_STATE PowerState, PVOID Context,
				    struct _IO_STATUS_BLOCK *IoStatus);
typedef REQUEST_POWER_COMPLETE	*PREQUEST_POWER_COMPLETE;

NTSTATUS PoCallDriver(PDEVICE_OBJECT DeviceObject, PIRP Irp);
VOID PoStartNextPowerIrp(PIRP Irp);
POWER_STATE PoSetPowerState(PDEVICE_OBJECT DeviceObject, POWER_STATE_TYPE Type, POWER_STATE State);
NTSTATUS PoRequestPowerIrp(PDEVICE_OBJECT DeviceObject, UCHAR MinorFunction, POWER_STATE PowerState,
			   PREQUEST_POWER_COMPLETE CompletionFunction, PVOID Context, PIRP *Irp);

/* Idle detection. */
#define PoSetDeviceBusy(IdlePointer) ((void)(*(IdlePointer) = 0))

PULONG PoRegisterDeviceForIdleDetection(PDEVICE_OBJECT DeviceObject, ULONG ConservationIdleTime,
					ULONG PerformanceIdleTime, DEVICE_POWER_STATE State);
VOID PoSetDeviceBusyEx(PULONG IdlePointer);
VOID PoStartDeviceBusy(PULONG IdlePointer);
VOID PoEndDeviceBusy(PULONG IdlePointer);
BOOLEAN PoQueryWatchdogTime(PDEVICE_OBJECT Pdo, PULONG SecondsRemaining);

/* Keeping the system awake. */
#define ES_SYSTEM_REQUIRED	((ULONG)0x00000001)
#define ES_DISPLAY_REQUIRED	((ULONG)0x00000002)
#define ES_USER_PRESENT		((ULONG)0x00000004)
#define ES_CONTINUOUS		((ULONG)0x80000000)

typedef ULONG EXECUTION_STATE, *PEXECUTION_STATE;

VOID PoSetSystemState(EXECUTION_STATE Flags);
PVOID PoRegisterSystemState(PVOID StateHandle, EXECUTION_STATE Flags);
VOID PoUnregisterSystemState(PVOID StateHandle);

/* Power settings. */
DEFINE_GUID(GUID_ACDC_POWER_SOURCE,
	    0x5d3e9a59, 0xe9d5, 0x4b00, 0xa6, 0xbd, 0xff, 0x34, 0xff, 0x51, 0x65, 0x48);
DEFINE_GUID(GUID_MONITOR_POWER_ON,
	    0x02731015, 0x4510, 0x4526, 0x99, 0xe6, 0xe5, 0xa1, 0x7e, 0xbd, 0x1a, 0xea);
DEFINE_GUID(GUID_CONSOLE_DISPLAY_STATE,
	    0x6fe69556, 0x704a, 0x47a0, 0x8f, 0x24, 0xc2, 0x8d, 0x93, 0x6f, 0xda, 0x47);
DEFINE_GUID(GUID_LIDSWITCH_STATE_CHANGE,
	    0xba3e0f4d, 0xb817, 0x4094, 0xa2, 0xd1, 0xd5, 0x63, 0x79, 0xe6, 0xa0, 0xf3);

typedef enum _SYSTEM_POWER_CONDITION {
	PoAc,
	PoDc,
	PoHot,
	PoConditionMaximum,
} SYSTEM_POWER_CONDITION;

typedef NTSTATUS POWER_SETTING_CALLBACK(LPCGUID SettingGuid, PVOID Value, ULONG ValueLength,
					PVOID Context);
typedef POWER_SETTING_CALLBACK *PPOWER_SETTING_CALLBACK;

NTSTATUS PoRegisterPowerSettingCallback(PDEVICE_OBJECT DeviceObject, LPCGUID SettingGuid,
					PPOWER_SETTING_CALLBACK Callback, PVOID Context,
					PVOID *Handle);
NTSTATUS PoUnregisterPowerSettingCallback(PVOID Handle);

EXTERN_C_END

#endif /* _NT_PO_H */
