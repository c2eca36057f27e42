// SPDX-License-Identifier: GPL-2.0
/*
 * power.c - IRP_MJ_POWER
 *
 * The driver is the power policy owner of its device: a system power IRP makes
 * it request the device power IRP that goes with it, D0 while the system works
 * and D3 else.
 */
#include "edu.h"

static IO_COMPLETION_ROUTINE EduSystemPowerCompletion;
static IO_COMPLETION_ROUTINE EduPowerUpCompletion;
static REQUEST_POWER_COMPLETE EduDevicePowerDone;

/*
 * WDK, "Calling PoStartNextPowerIrp": once for each power IRP, while the stack
 * location is still the driver's own.
 */
static NTSTATUS
EduPassPowerDown(
    PEDU_EXTENSION Extension,
    PIRP Irp
    )
{
    NTSTATUS status;

    PoStartNextPowerIrp(Irp);
    IoSkipCurrentIrpStackLocation(Irp);
    status = PoCallDriver(Extension->LowerDevice, Irp);
    IoReleaseRemoveLock(&Extension->RemoveLock, Irp);
    return status;
}

/*
 * PoRequestPowerIrp's callback: the device IRP is over, and with it the system
 * IRP that waited for it.
 */
static VOID
EduDevicePowerDone(
    PDEVICE_OBJECT DeviceObject,
    UCHAR MinorFunction,
    POWER_STATE PowerState,
    PVOID Context,
    PIO_STATUS_BLOCK IoStatus
    )
{
    PIRP systemIrp = Context;
    PEDU_EXTENSION extension;

    UNREFERENCED_PARAMETER(DeviceObject);
    UNREFERENCED_PARAMETER(MinorFunction);
    UNREFERENCED_PARAMETER(PowerState);

    extension = EduExtension(IoGetCurrentIrpStackLocation(systemIrp)->DeviceObject);
    PoStartNextPowerIrp(systemIrp);
    EduComplete(extension, systemIrp, IoStatus->Status, 0);
}

/*
 * WDK, "Handling a System Set-Power IRP in a Device Power Policy Owner": when
 * the drivers below have handled the system IRP, request the device IRP and
 * hold the system IRP until that one is over.
 */
static NTSTATUS
EduSystemPowerCompletion(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp,
    PVOID Context
    )
{
    PEDU_EXTENSION extension = Context;
    PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
    POWER_STATE state;
    NTSTATUS status = Irp->IoStatus.Status;

    UNREFERENCED_PARAMETER(DeviceObject);

    if (NT_SUCCESS(status)) {
        state.DeviceState =
            (stack->Parameters.Power.State.SystemState == PowerSystemWorking) ?
            PowerDeviceD0 : PowerDeviceD3;
        status = PoRequestPowerIrp(extension->Pdo, stack->MinorFunction, state,
                                   EduDevicePowerDone, Irp, NULL);

        if (NT_SUCCESS(status)) {
            return STATUS_MORE_PROCESSING_REQUIRED;
        }
        Irp->IoStatus.Status = status;
    }

    PoStartNextPowerIrp(Irp);
    IoReleaseRemoveLock(&extension->RemoveLock, Irp);
    return STATUS_SUCCESS;
}

/*
 * WDK, "Handling Device Power-Up IRPs": the drivers below power the device
 * first; then what was held back starts. The device needs no other setup, as
 * each request programs all the registers that it uses.
 */
static NTSTATUS
EduPowerUpCompletion(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp,
    PVOID Context
    )
{
    PEDU_EXTENSION extension = Context;
    PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);

    UNREFERENCED_PARAMETER(DeviceObject);

    if (NT_SUCCESS(Irp->IoStatus.Status)) {
        PoSetPowerState(extension->Self, DevicePowerState, stack->Parameters.Power.State);
        EduReleaseQueue(extension, EDU_HOLD_POWER);
    }

    PoStartNextPowerIrp(Irp);
    IoReleaseRemoveLock(&extension->RemoveLock, Irp);
    return STATUS_SUCCESS;
}

static NTSTATUS
EduForwardPower(
    PEDU_EXTENSION Extension,
    PIRP Irp,
    PIO_COMPLETION_ROUTINE Completion
    )
{
    IoMarkIrpPending(Irp);
    IoCopyCurrentIrpStackLocationToNext(Irp);
    IoSetCompletionRoutine(Irp, Completion, Extension, TRUE, TRUE, TRUE);
    PoCallDriver(Extension->LowerDevice, Irp);
    return STATUS_PENDING;
}

/*
 * WDK, "Handling Device Power-Down IRPs": finish or hold requests, tell the
 * power manager, then let the drivers below take the power away. DO_POWER_PAGABLE
 * makes this PASSIVE_LEVEL, where waiting for the current request is allowed.
 */
static NTSTATUS
EduSetDevicePower(
    PEDU_EXTENSION Extension,
    PIRP Irp
    )
{
    PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);

    if (stack->Parameters.Power.State.DeviceState == PowerDeviceD0) {
        return EduForwardPower(Extension, Irp, EduPowerUpCompletion);
    }

    EduHoldQueue(Extension, EDU_HOLD_POWER);
    PoSetPowerState(Extension->Self, DevicePowerState, stack->Parameters.Power.State);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    return EduPassPowerDown(Extension, Irp);
}

/*
 * WDK, "DispatchPower Routines".
 */
NTSTATUS
EduDispatchPower(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp
    )
{
    PEDU_EXTENSION extension = EduExtension(DeviceObject);
    PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
    NTSTATUS status;

    status = IoAcquireRemoveLock(&extension->RemoveLock, Irp);

    if (!NT_SUCCESS(status)) {
        PoStartNextPowerIrp(Irp);
        return EduRefuse(Irp, status);
    }

    if (stack->MinorFunction != IRP_MN_SET_POWER &&
        stack->MinorFunction != IRP_MN_QUERY_POWER) {
        return EduPassPowerDown(extension, Irp);
    }

    if (stack->Parameters.Power.Type == SystemPowerState) {
        return EduForwardPower(extension, Irp, EduSystemPowerCompletion);
    }

    if (stack->MinorFunction == IRP_MN_SET_POWER) {
        return EduSetDevicePower(extension, Irp);
    }

    /* A query of a device state: every one of them can be entered. */
    Irp->IoStatus.Status = STATUS_SUCCESS;
    return EduPassPowerDown(extension, Irp);
}
