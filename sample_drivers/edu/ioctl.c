// SPDX-License-Identifier: GPL-2.0
/*
 * ioctl.c - IRP_MJ_DEVICE_CONTROL
 */
#include "edu.h"

/* The least that each buffer of a control code must hold. */
typedef struct _EDU_IOCTL {
    ULONG Code;
    ULONG InputLength;
    ULONG OutputLength;
} EDU_IOCTL;

static const EDU_IOCTL EduIoctls[] = {
    { IOCTL_EDU_NOP,            0,              0 },
    { IOCTL_EDU_GET_ID,         0,              sizeof(ULONG) },
    { IOCTL_EDU_LIVENESS,       sizeof(ULONG),  sizeof(ULONG) },
    { IOCTL_EDU_FACTORIAL,      sizeof(ULONG),  sizeof(ULONG) },
    { IOCTL_EDU_DMA_WRITE,      0,              1 },
    { IOCTL_EDU_DMA_READ,       0,              1 },
    { IOCTL_EDU_WAIT,           0,              sizeof(ULONG) },
    { IOCTL_EDU_RAISE,          sizeof(ULONG),  0 },
    { IOCTL_EDU_GET_STATISTICS, 0,              sizeof(EDU_STATISTICS) },
    { IOCTL_EDU_HANG,           0,              0 },
};

/*
 * WDK, "Security Issues for I/O Control Codes": check the code and both buffer
 * lengths before anything is read or written.
 */
static NTSTATUS
EduCheckIoctl(
    PIO_STACK_LOCATION Stack
    )
{
    ULONG i;

    for (i = 0; i < sizeof(EduIoctls) / sizeof(EduIoctls[0]); i++) {
        if (EduIoctls[i].Code != Stack->Parameters.DeviceIoControl.IoControlCode) {
            continue;
        }

        if (Stack->Parameters.DeviceIoControl.InputBufferLength < EduIoctls[i].InputLength ||
            Stack->Parameters.DeviceIoControl.OutputBufferLength < EduIoctls[i].OutputLength) {
            return STATUS_BUFFER_TOO_SMALL;
        }
        return STATUS_SUCCESS;
    }
    return STATUS_INVALID_DEVICE_REQUEST;
}

/*
 * The requests that end with a few register accesses. Called with Lock held
 * and the hardware ready, by the dispatch routine or, when the queue was held,
 * by way of StartIo. Returns with the device done: never STATUS_PENDING.
 */
NTSTATUS
EduRegisterIo(
    PEDU_EXTENSION Extension,
    PIRP Irp,
    PULONG_PTR Information
    )
{
    PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
    PULONG buffer = Irp->AssociatedIrp.SystemBuffer;
    EDU_SYNCH synch;

    *Information = sizeof(ULONG);

    switch (stack->Parameters.DeviceIoControl.IoControlCode) {
    case IOCTL_EDU_GET_ID:
        *buffer = EduRead(Extension, EDU_REG_ID);
        return STATUS_SUCCESS;

    case IOCTL_EDU_LIVENESS:
        EduWrite(Extension, EDU_REG_LIVENESS, *buffer);
        *buffer = EduRead(Extension, EDU_REG_LIVENESS);
        return STATUS_SUCCESS;

    case IOCTL_EDU_RAISE:
        synch.Extension = Extension;
        synch.Value = *buffer;
        KeSynchronizeExecution(Extension->Interrupt, EduSynchRaise, &synch);
        *Information = 0;
        return STATUS_SUCCESS;
    }

    *Information = 0;
    return STATUS_INVALID_DEVICE_REQUEST;
}

/*
 * Touch the registers at once if the device is there, in full power and not
 * about to be stopped; else let the request wait in the queue.
 */
static NTSTATUS
EduRegisterRequest(
    PEDU_EXTENSION Extension,
    PIRP Irp
    )
{
    ULONG_PTR information = 0;
    NTSTATUS status;
    KIRQL irql;

    KeAcquireSpinLock(&Extension->Lock, &irql);

    if (Extension->Gone) {
        status = STATUS_DEVICE_NOT_CONNECTED;
    } else if (Extension->Hold != 0 || !Extension->HardwareReady) {
        status = STATUS_PENDING;
    } else {
        status = EduRegisterIo(Extension, Irp, &information);
    }

    KeReleaseSpinLock(&Extension->Lock, irql);

    if (status == STATUS_PENDING) {
        return EduQueue(Extension, Irp);
    }
    return EduComplete(Extension, Irp, status, information);
}

static NTSTATUS
EduRaise(
    PEDU_EXTENSION Extension,
    PIRP Irp
    )
{
    if (*(PULONG)Irp->AssociatedIrp.SystemBuffer == 0) {
        return EduComplete(Extension, Irp, STATUS_INVALID_PARAMETER, 0);
    }
    return EduRegisterRequest(Extension, Irp);
}

/*
 * WDK, "Using Direct I/O": for both direct methods the MDL describes the
 * second buffer of the request, whichever way the data goes.
 */
static NTSTATUS
EduDmaRequest(
    PEDU_EXTENSION Extension,
    PIRP Irp
    )
{
    PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
    ULONG length = stack->Parameters.DeviceIoControl.OutputBufferLength;
    NTSTATUS status;

    if (length > EDU_BUFFER_SIZE) {
        return EduComplete(Extension, Irp, STATUS_INVALID_PARAMETER, 0);
    }

    status = EduPrepareTransfer(Irp, 0, length);

    if (!NT_SUCCESS(status)) {
        return EduComplete(Extension, Irp, status, 0);
    }
    return EduQueue(Extension, Irp);
}

/*
 * With METHOD_BUFFERED both buffers are the system buffer, so the input is its
 * own echo.
 */
static NTSTATUS
EduNop(
    PEDU_EXTENSION Extension,
    PIRP Irp
    )
{
    PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
    ULONG length = stack->Parameters.DeviceIoControl.InputBufferLength;

    if (length > stack->Parameters.DeviceIoControl.OutputBufferLength) {
        length = stack->Parameters.DeviceIoControl.OutputBufferLength;
    }

    if (length < sizeof(ULONG)) {
        length = 0;
    }
    return EduComplete(Extension, Irp, STATUS_SUCCESS, length);
}

static NTSTATUS
EduGetStatistics(
    PEDU_EXTENSION Extension,
    PIRP Irp
    )
{
    RtlCopyMemory(Irp->AssociatedIrp.SystemBuffer,
                  &Extension->Statistics,
                  sizeof(EDU_STATISTICS));
    return EduComplete(Extension, Irp, STATUS_SUCCESS, sizeof(EDU_STATISTICS));
}

/*
 * WDK, "DispatchDeviceControl Routines".
 */
NTSTATUS
EduDispatchDeviceControl(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp
    )
{
    PEDU_EXTENSION extension = EduExtension(DeviceObject);
    PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
    NTSTATUS status;

    status = IoAcquireRemoveLock(&extension->RemoveLock, Irp);

    if (!NT_SUCCESS(status)) {
        return EduRefuse(Irp, status);
    }

    status = EduCheckIoctl(stack);

    if (!NT_SUCCESS(status)) {
        return EduComplete(extension, Irp, status, 0);
    }

    switch (stack->Parameters.DeviceIoControl.IoControlCode) {
    case IOCTL_EDU_GET_ID:
    case IOCTL_EDU_LIVENESS:
        return EduRegisterRequest(extension, Irp);

    case IOCTL_EDU_RAISE:
        return EduRaise(extension, Irp);

    case IOCTL_EDU_DMA_WRITE:
    case IOCTL_EDU_DMA_READ:
        return EduDmaRequest(extension, Irp);

    case IOCTL_EDU_WAIT:
        return EduWait(extension, Irp);

    case IOCTL_EDU_GET_STATISTICS:
        return EduGetStatistics(extension, Irp);

    case IOCTL_EDU_FACTORIAL:
    case IOCTL_EDU_HANG:
        return EduQueue(extension, Irp);

    default:
        return EduNop(extension, Irp);
    }
}
