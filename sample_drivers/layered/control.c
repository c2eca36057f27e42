// SPDX-License-Identifier: GPL-2.0
/*
 * control.c - IRP_MJ_DEVICE_CONTROL
 */
#include "layered.h"

#ifdef ALLOC_PRAGMA
#pragma alloc_text(PAGE, LayeredDispatchDeviceControl)
#endif

/*
 * WDK, "IoBuildDeviceIoControlRequest": wait for the event only when the request
 * is pending. The I/O manager frees the IRP.
 */
static NTSTATUS
LayeredAsk(
    PLAYERED_EXTENSION Extension,
    PIRP Irp
    )
{
    PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
    ULONG outputLength = stack->Parameters.DeviceIoControl.OutputBufferLength;
    PVOID buffer = Irp->AssociatedIrp.SystemBuffer;
    IO_STATUS_BLOCK ioStatus;
    KEVENT event;
    NTSTATUS status;
    ULONG code;
    PIRP irp;

    if (stack->Parameters.DeviceIoControl.InputBufferLength < sizeof(code)) {
        return LayeredComplete(Irp, STATUS_BUFFER_TOO_SMALL, 0);
    }

    code = *(PULONG)buffer;

    /* The other methods would need the caller's own buffers. */
    if ((code & 3) != METHOD_BUFFERED) {
        return LayeredComplete(Irp, STATUS_INVALID_PARAMETER, 0);
    }

    KeInitializeEvent(&event, NotificationEvent, FALSE);
    irp = IoBuildDeviceIoControlRequest(code,
                                        Extension->LowerDevice,
                                        NULL,
                                        0,
                                        buffer,
                                        outputLength,
                                        FALSE,
                                        &event,
                                        &ioStatus);

    if (irp == NULL) {
        return LayeredComplete(Irp, STATUS_INSUFFICIENT_RESOURCES, 0);
    }

    IoGetNextIrpStackLocation(irp)->FileObject = Extension->LowerFile;
    status = IoCallDriver(Extension->LowerDevice, irp);

    if (status == STATUS_PENDING) {
        KeWaitForSingleObject(&event, Executive, KernelMode, FALSE, NULL);
        status = ioStatus.Status;
    }
    return LayeredComplete(Irp, status, NT_SUCCESS(status) ? ioStatus.Information : 0);
}

NTSTATUS
LayeredDispatchDeviceControl(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp
    )
{
    PLAYERED_EXTENSION extension = LayeredExtension(DeviceObject);
    PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);

    PAGED_CODE();

    switch (stack->Parameters.DeviceIoControl.IoControlCode) {
    case IOCTL_LAYERED_FILL:
        return LayeredFill(extension, Irp);

    case IOCTL_LAYERED_ASK:
        return LayeredAsk(extension, Irp);

    case IOCTL_LAYERED_GET_COUNTS:
        if (stack->Parameters.DeviceIoControl.OutputBufferLength < sizeof(LAYERED_COUNTS)) {
            return LayeredComplete(Irp, STATUS_BUFFER_TOO_SMALL, 0);
        }
        RtlCopyMemory(Irp->AssociatedIrp.SystemBuffer, &extension->Counts,
                      sizeof(LAYERED_COUNTS));
        return LayeredComplete(Irp, STATUS_SUCCESS, sizeof(LAYERED_COUNTS));

    default:
        return LayeredComplete(Irp, STATUS_INVALID_DEVICE_REQUEST, 0);
    }
}
