// SPDX-License-Identifier: GPL-2.0
/*
 * edu.c - DriverEntry, AddDevice and Unload
 */
#include <ntddk.h>
#include <initguid.h>           /* GUID_DEVINTERFACE_EDU is defined here */
#include "edu.h"

#ifdef ALLOC_PRAGMA
#pragma alloc_text(INIT, DriverEntry)
#pragma alloc_text(PAGE, EduAddDevice)
#pragma alloc_text(PAGE, EduUnload)
#endif

/*
 * WDK, "Writing a DriverEntry Routine": set the entry points of the other
 * standard routines and return. A WDM driver touches no device here; the PnP
 * manager calls AddDevice for each one that it finds.
 */
NTSTATUS
DriverEntry(
    PDRIVER_OBJECT DriverObject,
    PUNICODE_STRING RegistryPath
    )
{
    UNREFERENCED_PARAMETER(RegistryPath);

    DriverObject->MajorFunction[IRP_MJ_CREATE] = EduDispatchCreate;
    DriverObject->MajorFunction[IRP_MJ_CLEANUP] = EduDispatchCleanup;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = EduDispatchClose;
    DriverObject->MajorFunction[IRP_MJ_READ] = EduDispatchRead;
    DriverObject->MajorFunction[IRP_MJ_WRITE] = EduDispatchWrite;
    DriverObject->MajorFunction[IRP_MJ_FLUSH_BUFFERS] = EduDispatchFlushBuffers;
    DriverObject->MajorFunction[IRP_MJ_QUERY_INFORMATION] = EduDispatchQueryInformation;
    DriverObject->MajorFunction[IRP_MJ_SET_INFORMATION] = EduDispatchSetInformation;
    DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = EduDispatchDeviceControl;
    DriverObject->MajorFunction[IRP_MJ_PNP] = EduDispatchPnp;
    DriverObject->MajorFunction[IRP_MJ_POWER] = EduDispatchPower;
    DriverObject->MajorFunction[IRP_MJ_SYSTEM_CONTROL] = EduDispatchSystemControl;

    DriverObject->DriverStartIo = EduStartIo;
    DriverObject->DriverExtension->AddDevice = EduAddDevice;
    DriverObject->DriverUnload = EduUnload;
    return STATUS_SUCCESS;
}

/*
 * Create \Device\Edu0, or the first one after it that is still free.
 */
static NTSTATUS
EduCreateDevice(
    PDRIVER_OBJECT DriverObject,
    PDEVICE_OBJECT *DeviceObject,
    PULONG Index
    )
{
    WCHAR nameBuffer[32];
    WCHAR numberBuffer[12];
    UNICODE_STRING name;
    UNICODE_STRING number;
    NTSTATUS status;

    for (*Index = 0; ; (*Index)++) {
        RtlInitEmptyUnicodeString(&name, nameBuffer, sizeof(nameBuffer));
        RtlInitEmptyUnicodeString(&number, numberBuffer, sizeof(numberBuffer));

        RtlAppendUnicodeToString(&name, L"\\Device\\Edu");
        RtlIntegerToUnicodeString(*Index, 10, &number);
        RtlAppendUnicodeStringToString(&name, &number);

        status = IoCreateDevice(DriverObject,
                                sizeof(EDU_EXTENSION),
                                &name,
                                FILE_DEVICE_EDU,
                                FILE_DEVICE_SECURE_OPEN,
                                FALSE,
                                DeviceObject);

        if (status != STATUS_OBJECT_NAME_COLLISION) {
            return status;
        }
    }
}

/*
 * IoCreateDevice zeroed the extension; what zero does not initialize follows.
 * The queue starts held: there is no hardware before IRP_MN_START_DEVICE.
 */
static VOID
EduInitializeExtension(
    PEDU_EXTENSION Extension
    )
{
    IoInitializeRemoveLock(&Extension->RemoveLock, EDU_TAG, 0, 0);

    KeInitializeSpinLock(&Extension->Lock);
    Extension->Hold = EDU_HOLD_STOPPED;
    KeInitializeEvent(&Extension->Quiet, NotificationEvent, TRUE);
    KeInitializeDpc(&Extension->EndDpc, EduEndDpc, Extension);

    KeInitializeTimer(&Extension->RetryTimer);
    KeInitializeDpc(&Extension->RetryDpc, EduRetryTimerDpc, Extension);

    KeInitializeSpinLock(&Extension->WaitLock);
    InitializeListHead(&Extension->WaitList);
}

/*
 * WDK, "Writing an AddDevice Routine": create the device object, attach it to
 * the stack, register its interface, set its flags, and clear
 * DO_DEVICE_INITIALIZING last.
 */
NTSTATUS
EduAddDevice(
    PDRIVER_OBJECT DriverObject,
    PDEVICE_OBJECT PhysicalDeviceObject
    )
{
    PDEVICE_OBJECT deviceObject;
    PEDU_EXTENSION extension;
    ULONG index;
    NTSTATUS status;

    PAGED_CODE();

    status = EduCreateDevice(DriverObject, &deviceObject, &index);

    if (!NT_SUCCESS(status)) {
        return status;
    }

    extension = EduExtension(deviceObject);
    extension->Self = deviceObject;
    extension->Pdo = PhysicalDeviceObject;
    extension->Index = index;
    EduInitializeExtension(extension);

    IoInitializeDpcRequest(deviceObject, EduDpcForIsr);
    status = IoInitializeTimer(deviceObject, EduIoTimer, extension);

    if (!NT_SUCCESS(status)) {
        IoDeleteDevice(deviceObject);
        return status;
    }

    extension->LowerDevice = IoAttachDeviceToDeviceStack(deviceObject, PhysicalDeviceObject);

    if (extension->LowerDevice == NULL) {
        IoDeleteDevice(deviceObject);
        return STATUS_NO_SUCH_DEVICE;
    }

    /* A name that was registered before (STATUS_OBJECT_NAME_EXISTS) is as good. */
    status = IoRegisterDeviceInterface(PhysicalDeviceObject,
                                       &GUID_DEVINTERFACE_EDU,
                                       NULL,
                                       &extension->InterfaceName);

    if (!NT_SUCCESS(status)) {
        IoDetachDevice(extension->LowerDevice);
        IoDeleteDevice(deviceObject);
        return status;
    }

    deviceObject->Flags |= DO_DIRECT_IO | DO_POWER_PAGABLE;
    deviceObject->Flags &= ~DO_DEVICE_INITIALIZING;
    return STATUS_SUCCESS;
}

/*
 * WDK, "Writing an Unload Routine": undo DriverEntry. The PnP manager has
 * removed every device before, and DriverEntry allocated nothing.
 */
VOID
EduUnload(
    PDRIVER_OBJECT DriverObject
    )
{
    UNREFERENCED_PARAMETER(DriverObject);

    PAGED_CODE();

    ASSERT(DriverObject->DeviceObject == NULL);
}
