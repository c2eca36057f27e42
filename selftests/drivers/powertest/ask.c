// SPDX-License-Identifier: GPL-2.0
/* What a test program asks of the driver. */
#include "powertest.h"

static REQUEST_POWER_COMPLETE WakeDone, ArmDone, InOrder;

static NTSTATUS Read(PEXTENSION Extension, ULONG Offset, PULONG Value)
{
	POWER_STATE State = { .DeviceState = PowerDeviceD0 };
	NTSTATUS Status = STATUS_SUCCESS;

	if (!Extension->Registers || Offset > Extension->Length - sizeof(ULONG))
		return STATUS_INVALID_PARAMETER;
	/* "The driver must verify that the device is in the D0 state". */
	if (Extension->State != PowerDeviceD0)
		Status = RequestAndWait(Extension, IRP_MN_SET_POWER, State);
	if (Extension->Idle)
		PoSetDeviceBusy(Extension->Idle);
	if (NT_SUCCESS(Status))
		*Value = READ_REGISTER_ULONG((PULONG)(Extension->Registers + Offset));
	return Status;
}

/* ---- Wait/wake ---- */

typedef struct _WAKE_WAITER {
	KEVENT Done;
	NTSTATUS Status;
} WAKE_WAITER, *PWAKE_WAITER;

static VOID WakeDone(PDEVICE_OBJECT DeviceObject, UCHAR MinorFunction, POWER_STATE PowerState,
		     PVOID Context, PIO_STATUS_BLOCK IoStatus)
{
	PWAKE_WAITER Waiter = Context;

	UNREFERENCED_PARAMETER(DeviceObject);
	UNREFERENCED_PARAMETER(MinorFunction);
	UNREFERENCED_PARAMETER(PowerState);
	Waiter->Status = IoStatus->Status;
	KeSetEvent(&Waiter->Done, IO_NO_INCREMENT, FALSE);
}

/* The status it ended with, or STATUS_PENDING; WaitNow: within a moment. */
static NTSTATUS Ended(PWAKE_WAITER Waiter)
{
	LARGE_INTEGER Moment = { .QuadPart = -1000000 };

	return KeWaitForSingleObject(&Waiter->Done, Executive, KernelMode, FALSE, &Moment) ==
	       STATUS_TIMEOUT ? STATUS_PENDING : Waiter->Status;
}

static NTSTATUS AskToWake(PEXTENSION Extension, SYSTEM_POWER_STATE From, PWAKE_WAITER Waiter,
			  PIRP *Irp)
{
	POWER_STATE State = { .SystemState = From };
	NTSTATUS Status;

	KeInitializeEvent(&Waiter->Done, NotificationEvent, FALSE);
	Status = PoRequestPowerIrp(Extension->Pdo, IRP_MN_WAIT_WAKE, State, WakeDone, Waiter, Irp);
	return Status == STATUS_PENDING ? Ended(Waiter) : Status;
}

static VOID Wake(PEXTENSION Extension, PPOWERTEST_WAKE Result)
{
	WAKE_WAITER First, Other;
	PIRP Irp, OtherIrp;

	Result->TooDeep = AskToWake(Extension, PowerSystemShutdown, &Other, &OtherIrp);
	Result->First = AskToWake(Extension, PowerSystemSleeping3, &First, &Irp);
	Result->Second = AskToWake(Extension, PowerSystemSleeping3, &Other, &OtherIrp);
	if (Result->First == STATUS_PENDING) {
		IoCancelIrp(Irp);
		Result->Cancelled = Ended(&First);
	}
}

static VOID ArmDone(PDEVICE_OBJECT DeviceObject, UCHAR MinorFunction, POWER_STATE PowerState,
		    PVOID Context, PIO_STATUS_BLOCK IoStatus)
{
	PEXTENSION Extension = Context;

	UNREFERENCED_PARAMETER(DeviceObject);
	UNREFERENCED_PARAMETER(MinorFunction);
	UNREFERENCED_PARAMETER(PowerState);
	if (IoStatus->Status == STATUS_SUCCESS)
		Extension->Seen.Woken++;
}

static NTSTATUS Arm(PEXTENSION Extension)
{
	POWER_STATE State = { .SystemState = PowerSystemWorking };

	return PoRequestPowerIrp(Extension->Pdo, IRP_MN_WAIT_WAKE, State, ArmDone, Extension, NULL);
}

/* ---- Many requests at a time ---- */

#define REQUESTS	10

typedef struct _SERIAL {
	KEVENT Done;
	LONG Ended;
	ULONG Ordered;
} SERIAL, *PSERIAL;

static VOID InOrder(PDEVICE_OBJECT DeviceObject, UCHAR MinorFunction, POWER_STATE PowerState,
		    PVOID Context, PIO_STATUS_BLOCK IoStatus)
{
	PSERIAL Serial = Context;
	LONG Number = InterlockedIncrement(&Serial->Ended) - 1;

	UNREFERENCED_PARAMETER(DeviceObject);
	UNREFERENCED_PARAMETER(MinorFunction);
	if (NT_SUCCESS(IoStatus->Status) &&
	    PowerState.DeviceState == (Number % 2 ? PowerDeviceD0 : PowerDeviceD3))
		Serial->Ordered++;
	if (Number == REQUESTS - 1)
		KeSetEvent(&Serial->Done, IO_NO_INCREMENT, FALSE);
}

static ULONG SerialRequests(PEXTENSION Extension)
{
	POWER_STATE State;
	SERIAL Serial;
	KIRQL Irql;
	ULONG i;

	RtlZeroMemory(&Serial, sizeof(Serial));
	KeInitializeEvent(&Serial.Done, NotificationEvent, FALSE);
	KeRaiseIrql(DISPATCH_LEVEL, &Irql);
	for (i = 0; i < REQUESTS; i++) {
		State.DeviceState = i % 2 ? PowerDeviceD0 : PowerDeviceD3;
		PoRequestPowerIrp(Extension->Self, IRP_MN_SET_POWER, State, InOrder, &Serial, NULL);
	}
	KeLowerIrql(Irql);
	KeWaitForSingleObject(&Serial.Done, Executive, KernelMode, FALSE, NULL);
	return Serial.Ordered;
}

/* ---- Capabilities ---- */

static NTSTATUS Capabilities(PEXTENSION Extension, PPOWERTEST_CAPS Result)
{
	DEVICE_CAPABILITIES Caps;
	PIO_STACK_LOCATION Location;
	IO_STATUS_BLOCK Iosb;
	NTSTATUS Status;
	KEVENT Event;
	PIRP Irp;

	RtlZeroMemory(&Caps, sizeof(Caps));
	Caps.Size = sizeof(Caps);
	Caps.Version = 1;
	Caps.Address = Caps.UINumber = (ULONG)-1;
	KeInitializeEvent(&Event, NotificationEvent, FALSE);
	Irp = IoBuildSynchronousFsdRequest(IRP_MJ_PNP, Extension->Self, NULL, 0, NULL, &Event,
					   &Iosb);
	if (!Irp)
		return STATUS_INSUFFICIENT_RESOURCES;
	Irp->IoStatus.Status = STATUS_NOT_SUPPORTED;
	Location = IoGetNextIrpStackLocation(Irp);
	Location->MinorFunction = IRP_MN_QUERY_CAPABILITIES;
	Location->Parameters.DeviceCapabilities.Capabilities = &Caps;
	Status = IoCallDriver(Extension->Self, Irp);
	if (Status == STATUS_PENDING) {
		KeWaitForSingleObject(&Event, Executive, KernelMode, FALSE, NULL);
		Status = Iosb.Status;
	}
	Result->Sleeping3 = Caps.DeviceState[PowerSystemSleeping3];
	Result->DeviceWake = Caps.DeviceWake;
	Result->SystemWake = Caps.SystemWake;
	Result->D1 = Caps.DeviceD1;
	Result->D2 = Caps.DeviceD2;
	Result->WakeFromD3 = Caps.WakeFromD3;
	return Status;
}

static VOID DetectIdle(PEXTENSION Extension, ULONG Seconds)
{
	Extension->Idle = PoRegisterDeviceForIdleDetection(Extension->Self, Seconds, Seconds,
							   PowerDeviceD3);
}

static NTSTATUS SetBusy(PEXTENSION Extension, ULONG Busy)
{
	if (!Extension->Idle)
		return STATUS_INVALID_DEVICE_STATE;
	if (Busy)
		PoStartDeviceBusy(Extension->Idle);
	else
		PoEndDeviceBusy(Extension->Idle);
	return STATUS_SUCCESS;
}

/* Buffer is the system buffer: in and out. */
NTSTATUS Ask(PEXTENSION Extension, ULONG Code, PULONG Buffer, ULONG InLength, ULONG OutLength,
	     PULONG_PTR Information)
{
	ULONG In = InLength >= sizeof(ULONG) ? *Buffer : 0;
	POWER_STATE State;
	ULONG Needed = Code == IOCTL_POWERTEST_SEEN ? sizeof(POWERTEST_SEEN) :
		       Code == IOCTL_POWERTEST_WAKE ? sizeof(POWERTEST_WAKE) :
		       Code == IOCTL_POWERTEST_CAPS ? sizeof(POWERTEST_CAPS) :
		       Code == IOCTL_POWERTEST_READ || Code == IOCTL_POWERTEST_SERIAL ?
		       sizeof(ULONG) : 0;

	if (OutLength < Needed)
		return STATUS_BUFFER_TOO_SMALL;
	*Information = Needed;
	switch (Code) {
	case IOCTL_POWERTEST_VETO:
		Extension->Vetoes = In;
		return STATUS_SUCCESS;
	case IOCTL_POWERTEST_SEEN:
		*(PPOWERTEST_SEEN)Buffer = Extension->Seen;
		RtlZeroMemory(&Extension->Seen, sizeof(Extension->Seen));
		return STATUS_SUCCESS;
	case IOCTL_POWERTEST_IDLE:
		DetectIdle(Extension, In);
		return STATUS_SUCCESS;
	case IOCTL_POWERTEST_SET:
		State.DeviceState = (DEVICE_POWER_STATE)In;
		return RequestAndWait(Extension, IRP_MN_SET_POWER, State);
	case IOCTL_POWERTEST_READ:
		return Read(Extension, In, Buffer);
	case IOCTL_POWERTEST_WAKE:
		RtlZeroMemory(Buffer, sizeof(POWERTEST_WAKE));
		Wake(Extension, (PPOWERTEST_WAKE)Buffer);
		return STATUS_SUCCESS;
	case IOCTL_POWERTEST_SERIAL:
		*Buffer = SerialRequests(Extension);
		return STATUS_SUCCESS;
	case IOCTL_POWERTEST_CAPS:
		return Capabilities(Extension, (PPOWERTEST_CAPS)Buffer);
	case IOCTL_POWERTEST_STUCK:
		Extension->StuckSeconds = In;
		return STATUS_SUCCESS;
	case IOCTL_POWERTEST_BUSY:
		return SetBusy(Extension, In);
	case IOCTL_POWERTEST_ARM:
		return Arm(Extension) == STATUS_PENDING ? STATUS_SUCCESS : STATUS_UNSUCCESSFUL;
	}
	return STATUS_INVALID_DEVICE_REQUEST;
}
