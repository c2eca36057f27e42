// SPDX-License-Identifier: GPL-2.0
/*
 * entry.c - DriverEntry, Reinitialize and Unload
 */
#include "edu_nt4.h"

static DRIVER_UNLOAD EduUnload;

PEDU_DRIVER EduDriver;

/*
 * WDK, "IoRegisterDriverReinitialization": called when DriverEntry is over. Another
 * driver's devices may be there by now that were not before; this driver asks for a
 * second call, and takes requests from then on.
 */
static VOID NTAPI
EduReinitialize(
    PDRIVER_OBJECT DriverObject,
    PVOID Context,
    ULONG Count
    )
{
    PDEVICE_OBJECT device;

    DbgPrint("edu_nt4: Reinitialize, call %lu\n", Count);
    if (Count < 2) {
        IoRegisterDriverReinitialization(DriverObject, EduReinitialize, Context);
        return;
    }
    for (device = DriverObject->DeviceObject; device != NULL; device = device->NextDevice) {
        EduExtension(device)->Ready = TRUE;
    }
}

static VOID
EduUnload(
    PDRIVER_OBJECT DriverObject
    )
{
    while (DriverObject->DeviceObject != NULL) {
        EduRemove(DriverObject->DeviceObject);
    }
    IoDeleteController(EduDriver->Controller);
}

NTSTATUS
DriverEntry(
    PDRIVER_OBJECT DriverObject,
    PUNICODE_STRING RegistryPath
    )
{
    PVOID extension;
    NTSTATUS status;

    status = IoAllocateDriverObjectExtension(DriverObject, (PVOID)DriverEntry,
                                             sizeof(EDU_DRIVER), &extension);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    EduDriver = extension;
    EduDriver->Controller = IoCreateController(0);
    if (EduDriver->Controller == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }

    DriverObject->MajorFunction[IRP_MJ_CREATE] = EduOpenClose;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = EduOpenClose;
    DriverObject->MajorFunction[IRP_MJ_READ] = EduReadWrite;
    DriverObject->MajorFunction[IRP_MJ_WRITE] = EduReadWrite;
    DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = EduControl;
    DriverObject->DriverStartIo = EduStartIo;
    DriverObject->DriverUnload = EduUnload;

    if (EduFindAll(DriverObject, RegistryPath) == 0) {
        IoDeleteController(EduDriver->Controller);
        return STATUS_NO_SUCH_DEVICE;
    }
    IoRegisterDriverReinitialization(DriverObject, EduReinitialize, NULL);
    return STATUS_SUCCESS;
}
