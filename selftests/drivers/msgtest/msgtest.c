// SPDX-License-Identifier: GPL-2.0
/*
 * msgtest - an NVMe controller, whose queues each have an interrupt message
 *
 * IOCTL_MSGTEST_CONNECT disconnects the ISR and connects it in another way;
 * IOCTL_MSGTEST_RUN has each queue complete a command and tells what the ISRs saw.
 */
#include "nvme.h"

#define IOCTL_MSGTEST_CONNECT	CTL_CODE(0x8000, 0x800, METHOD_BUFFERED, FILE_ANY_ACCESS)
#define IOCTL_MSGTEST_RUN	CTL_CODE(0x8000, 0x801, METHOD_BUFFERED, FILE_ANY_ACCESS)

#define MODE_FULLY_SPECIFIED	1
#define MODE_LINE		2
#define MODE_MESSAGE		3
#define MODE_PASSIVE		4       /* fully specified, at PASSIVE_LEVEL */
#define MODE_WRONG_VECTOR	5
#define MODE_NO_PROCESSOR	6
#define MODE_WRONG_VERSION	7

typedef struct _MSGTEST_CONNECTED {
    NTSTATUS Status;
    ULONG Version;
    ULONG Messages;             /* in the table, or 0 */
    ULONG Assigned;             /* message descriptors among the resources */
} MSGTEST_CONNECTED, *PMSGTEST_CONNECTED;

typedef struct _MSGTEST_SEEN {
    ULONG Calls[NVME_QUEUES];   /* of the ISR, by message; a line's all in the first */
    ULONG Completions[NVME_QUEUES];
    ULONG Wrong;                /* calls with the object or context of another */
    ULONG Irql;                 /* in the ISR */
    ULONG Synchronized;         /* level of a SynchCritSection routine */
} MSGTEST_SEEN, *PMSGTEST_SEEN;

typedef struct _EXTENSION {
    PDEVICE_OBJECT Self, Pdo, Lower;
    NVME Nvme;
    ULONG RegistersLength;
    ULONG Vector;
    KAFFINITY Affinity;
    KIRQL Irql;
    ULONG Assigned;
    ULONG Version;              /* of the connection; 0 when there is none */
    union {
        PVOID Generic;
        PKINTERRUPT Interrupt;
        PIO_INTERRUPT_MESSAGE_INFO Table;
    } Connection;
    KDPC Dpc;
    KEVENT Progress;
    MSGTEST_SEEN Seen;
} EXTENSION, *PEXTENSION;

/* The ISR's work, whoever was called: look for completions, message by message. */
static BOOLEAN Serve(PEXTENSION Extension, ULONG First, ULONG Last)
{
    BOOLEAN ours = FALSE;
    ULONG number, status;

    Extension->Seen.Irql = KeGetCurrentIrql();
    for (number = First; number <= Last; number++) {
        while (NvmeTakeCompletion(&Extension->Nvme, number, &status)) {
            ours = TRUE;
            if (!status) {
                Extension->Seen.Completions[number]++;
            }
        }
    }
    if (ours) {
        KeInsertQueueDpc(&Extension->Dpc, NULL, NULL);
    }
    return ours;
}

static BOOLEAN MessageService(PKINTERRUPT Interrupt, PVOID Context, ULONG MessageID)
{
    PEXTENSION extension = Context;
    PIO_INTERRUPT_MESSAGE_INFO table = extension->Connection.Table;

    if (MessageID >= NVME_QUEUES) {
        extension->Seen.Wrong++;
        return FALSE;
    }
    if (table->MessageInfo[MessageID].InterruptObject != Interrupt) {
        extension->Seen.Wrong++;
    }
    InterlockedIncrement((PLONG)&extension->Seen.Calls[MessageID]);
    return Serve(extension, MessageID, MessageID);
}

static BOOLEAN Service(PKINTERRUPT Interrupt, PVOID Context)
{
    PEXTENSION extension = Context;

    if (extension->Connection.Interrupt && extension->Connection.Interrupt != Interrupt) {
        extension->Seen.Wrong++;
    }
    extension->Seen.Calls[0]++;
    return Serve(extension, 0, NVME_QUEUES - 1);
}

static VOID Dpc(PKDPC Self, PVOID Context, PVOID Argument1, PVOID Argument2)
{
    PEXTENSION extension = Context;

    UNREFERENCED_PARAMETER(Self);
    UNREFERENCED_PARAMETER(Argument1);
    UNREFERENCED_PARAMETER(Argument2);
    KeSetEvent(&extension->Progress, IO_NO_INCREMENT, FALSE);
}

static BOOLEAN Synchronized(PVOID Context)
{
    PEXTENSION extension = Context;

    extension->Seen.Synchronized = KeGetCurrentIrql();
    return TRUE;
}

static VOID Disconnect(PEXTENSION Extension)
{
    IO_DISCONNECT_INTERRUPT_PARAMETERS parameters;

    if (!Extension->Version) {
        return;
    }
    parameters.Version = Extension->Version;
    parameters.ConnectionContext.Generic = Extension->Connection.Generic;
    IoDisconnectInterruptEx(&parameters);
    Extension->Version = 0;
    Extension->Connection.Generic = NULL;
}

static VOID Specify(PEXTENSION Extension, ULONG Mode, PIO_CONNECT_INTERRUPT_PARAMETERS Parameters)
{
    KIRQL irql = Mode == MODE_PASSIVE ? PASSIVE_LEVEL : Extension->Irql;

    Parameters->Version = CONNECT_FULLY_SPECIFIED;
    Parameters->FullySpecified.PhysicalDeviceObject = Extension->Pdo;
    Parameters->FullySpecified.InterruptObject = &Extension->Connection.Interrupt;
    Parameters->FullySpecified.ServiceRoutine = Service;
    Parameters->FullySpecified.ServiceContext = Extension;
    Parameters->FullySpecified.SynchronizeIrql = irql;
    Parameters->FullySpecified.Irql = irql;
    Parameters->FullySpecified.ShareVector = Extension->Assigned == 0;
    Parameters->FullySpecified.Vector = Mode == MODE_WRONG_VECTOR ? 99999 : Extension->Vector;
    Parameters->FullySpecified.InterruptMode = Extension->Assigned ? Latched : LevelSensitive;
    Parameters->FullySpecified.ProcessorEnableMask =
        Mode == MODE_NO_PROCESSOR ? 0 : Extension->Affinity;
}

static NTSTATUS Connect(PEXTENSION Extension, ULONG Mode, PULONG Version)
{
    IO_CONNECT_INTERRUPT_PARAMETERS parameters;
    NTSTATUS status;

    RtlZeroMemory(&parameters, sizeof(parameters));
    if (Mode == MODE_MESSAGE) {
        parameters.Version = CONNECT_MESSAGE_BASED;
        parameters.MessageBased.PhysicalDeviceObject = Extension->Pdo;
        parameters.MessageBased.ConnectionContext.Generic = &Extension->Connection.Generic;
        parameters.MessageBased.MessageServiceRoutine = MessageService;
        parameters.MessageBased.ServiceContext = Extension;
        parameters.MessageBased.FallBackServiceRoutine = Service;
    } else if (Mode == MODE_LINE) {
        parameters.Version = CONNECT_LINE_BASED;
        parameters.LineBased.PhysicalDeviceObject = Extension->Pdo;
        parameters.LineBased.InterruptObject = &Extension->Connection.Interrupt;
        parameters.LineBased.ServiceRoutine = Service;
        parameters.LineBased.ServiceContext = Extension;
    } else {
        Specify(Extension, Mode, &parameters);
        if (Mode == MODE_WRONG_VERSION) {
            parameters.Version = 77;
        }
    }
    status = IoConnectInterruptEx(&parameters);
    *Version = parameters.Version;
    if (NT_SUCCESS(status)) {
        Extension->Version = parameters.Version;
    }
    return status;
}

static NTSTATUS Await(PEXTENSION Extension, ULONG Number, ULONG Completions)
{
    LARGE_INTEGER limit;
    NTSTATUS status;

    limit.QuadPart = -20 * 10000000LL;
    while (*(volatile ULONG *)&Extension->Seen.Completions[Number] < Completions) {
        status = KeWaitForSingleObject(&Extension->Progress, Executive, KernelMode, FALSE, &limit);
        if (status == STATUS_TIMEOUT) {
            return STATUS_IO_TIMEOUT;
        }
    }
    return STATUS_SUCCESS;
}

/* With one message or a line for all queues, the queues share what there is. */
static NTSTATUS CreateQueues(PEXTENSION Extension)
{
    ULONG number, admin = 0;
    NTSTATUS status = STATUS_SUCCESS;

    for (number = 1; number < NVME_QUEUES && NT_SUCCESS(status); number++) {
        NvmeCreateCompletionQueue(&Extension->Nvme, number,
                                  Extension->Version == CONNECT_MESSAGE_BASED ? number : 0);
        status = Await(Extension, 0, ++admin);
        if (NT_SUCCESS(status)) {
            NvmeCreateSubmissionQueue(&Extension->Nvme, number);
            status = Await(Extension, 0, ++admin);
        }
    }
    return status;
}

/* Not for an ISR in a thread. "KeAcquireInterruptSpinLock": raises to the interrupt's level; the release goes back. */
static BOOLEAN HoldsInterruptSpinLock(PKINTERRUPT Interrupt)
{
    KIRQL old = KeAcquireInterruptSpinLock(Interrupt);
    KIRQL inside = KeGetCurrentIrql();

    KeReleaseInterruptSpinLock(Interrupt, old);
    return old == PASSIVE_LEVEL && inside > DISPATCH_LEVEL && KeGetCurrentIrql() == PASSIVE_LEVEL;
}

static NTSTATUS Run(PEXTENSION Extension)
{
    PNVME nvme = &Extension->Nvme;
    NTSTATUS status;
    ULONG number;

    RtlZeroMemory(&Extension->Seen, sizeof(Extension->Seen));
    NvmeDisable(nvme);
    NvmeEmptyQueues(nvme);
    status = NvmeEnable(nvme);
    if (NT_SUCCESS(status)) {
        status = CreateQueues(Extension);
    }
    for (number = 1; number < NVME_QUEUES && NT_SUCCESS(status); number++) {
        NvmeFlush(nvme, number);
        status = Await(Extension, number, 1);
    }
    if (Extension->Version != CONNECT_MESSAGE_BASED) {
        KeSynchronizeExecution(Extension->Connection.Interrupt, Synchronized, Extension);
        if (Extension->Seen.Irql != PASSIVE_LEVEL &&
            !HoldsInterruptSpinLock(Extension->Connection.Interrupt)) {
            status = STATUS_UNSUCCESSFUL;
        }
    }
    NvmeDisable(nvme);
    return status;
}

static NTSTATUS Complete(PIRP Irp, NTSTATUS Status, ULONG_PTR Information)
{
    Irp->IoStatus.Status = Status;
    Irp->IoStatus.Information = Information;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return Status;
}

static NTSTATUS Reconnect(PEXTENSION Extension, PIRP Irp)
{
    ULONG mode = *(PULONG)Irp->AssociatedIrp.SystemBuffer;
    PMSGTEST_CONNECTED connected = Irp->AssociatedIrp.SystemBuffer;

    Disconnect(Extension);
    connected->Version = 0;
    connected->Status = Connect(Extension, mode, &connected->Version);
    connected->Messages = Extension->Version == CONNECT_MESSAGE_BASED ?
                          Extension->Connection.Table->MessageCount : 0;
    connected->Assigned = Extension->Assigned;
    return Complete(Irp, STATUS_SUCCESS, sizeof(*connected));
}

static NTSTATUS DeviceControl(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PEXTENSION extension = DeviceObject->DeviceExtension;
    PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
    ULONG in = stack->Parameters.DeviceIoControl.InputBufferLength;
    ULONG out = stack->Parameters.DeviceIoControl.OutputBufferLength;
    NTSTATUS status;

    switch (stack->Parameters.DeviceIoControl.IoControlCode) {
    case IOCTL_MSGTEST_CONNECT:
        if (in < sizeof(ULONG) || out < sizeof(MSGTEST_CONNECTED)) {
            return Complete(Irp, STATUS_BUFFER_TOO_SMALL, 0);
        }
        return Reconnect(extension, Irp);
    case IOCTL_MSGTEST_RUN:
        if (out < sizeof(MSGTEST_SEEN)) {
            return Complete(Irp, STATUS_BUFFER_TOO_SMALL, 0);
        }
        if (!extension->Version) {
            return Complete(Irp, STATUS_DEVICE_NOT_READY, 0);
        }
        status = Run(extension);
        RtlCopyMemory(Irp->AssociatedIrp.SystemBuffer, &extension->Seen, sizeof(MSGTEST_SEEN));
        return Complete(Irp, status, sizeof(MSGTEST_SEEN));
    }
    return Complete(Irp, STATUS_INVALID_DEVICE_REQUEST, 0);
}

static NTSTATUS CreateClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    return Complete(Irp, STATUS_SUCCESS, 0);
}

static VOID TakeInterrupt(PEXTENSION Extension, PCM_PARTIAL_RESOURCE_DESCRIPTOR Descriptor)
{
    if (!Extension->Vector) {
        Extension->Vector = Descriptor->u.Interrupt.Vector;
        Extension->Irql = (KIRQL)Descriptor->u.Interrupt.Level;
        Extension->Affinity = Descriptor->u.Interrupt.Affinity;
    }
    if (Descriptor->Flags & CM_RESOURCE_INTERRUPT_MESSAGE) {
        Extension->Assigned++;
    }
}

static NTSTATUS Start(PEXTENSION Extension, PCM_RESOURCE_LIST List)
{
    PCM_PARTIAL_RESOURCE_LIST partial = &List->List[0].PartialResourceList;
    ULONG i;

    for (i = 0; i < partial->Count; i++) {
        PCM_PARTIAL_RESOURCE_DESCRIPTOR descriptor = &partial->PartialDescriptors[i];

        if (descriptor->Type == CmResourceTypeInterrupt) {
            TakeInterrupt(Extension, descriptor);
        } else if (descriptor->Type == CmResourceTypeMemory && !Extension->Nvme.Registers) {
            Extension->RegistersLength = descriptor->u.Memory.Length;
            Extension->Nvme.Registers = MmMapIoSpace(descriptor->u.Memory.Start,
                                                     descriptor->u.Memory.Length, MmNonCached);
        }
    }
    if (!Extension->Nvme.Registers || !Extension->Vector) {
        return STATUS_DEVICE_CONFIGURATION_ERROR;
    }
    return NvmeAllocate(&Extension->Nvme, Extension->Pdo);
}

static VOID Stop(PEXTENSION Extension)
{
    Disconnect(Extension);
    KeFlushQueuedDpcs();
    /* Not before the ISR is gone: on a line it is called for others' interrupts, too. */
    NvmeFree(&Extension->Nvme);
    if (Extension->Nvme.Registers) {
        MmUnmapIoSpace(Extension->Nvme.Registers, Extension->RegistersLength);
        Extension->Nvme.Registers = NULL;
    }
}

static NTSTATUS Forwarded(PDEVICE_OBJECT DeviceObject, PIRP Irp, PVOID Context)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    UNREFERENCED_PARAMETER(Irp);
    KeSetEvent((PKEVENT)Context, IO_NO_INCREMENT, FALSE);
    return STATUS_MORE_PROCESSING_REQUIRED;
}

static NTSTATUS ForwardAndWait(PEXTENSION Extension, PIRP Irp)
{
    KEVENT event;

    KeInitializeEvent(&event, NotificationEvent, FALSE);
    IoCopyCurrentIrpStackLocationToNext(Irp);
    IoSetCompletionRoutine(Irp, Forwarded, &event, TRUE, TRUE, TRUE);
    if (IoCallDriver(Extension->Lower, Irp) == STATUS_PENDING) {
        KeWaitForSingleObject(&event, Executive, KernelMode, FALSE, NULL);
    }
    return Irp->IoStatus.Status;
}

static NTSTATUS Pnp(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PEXTENSION extension = DeviceObject->DeviceExtension;
    PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
    UNICODE_STRING link;
    NTSTATUS status;

    switch (stack->MinorFunction) {
    case IRP_MN_START_DEVICE:
        status = ForwardAndWait(extension, Irp);
        if (NT_SUCCESS(status)) {
            status = Start(extension, stack->Parameters.StartDevice.AllocatedResourcesTranslated);
        }
        return Complete(Irp, status, 0);
    case IRP_MN_REMOVE_DEVICE:
        Stop(extension);
        RtlInitUnicodeString(&link, L"\\DosDevices\\MSGTEST");
        IoDeleteSymbolicLink(&link);
        Irp->IoStatus.Status = STATUS_SUCCESS;
        IoSkipCurrentIrpStackLocation(Irp);
        status = IoCallDriver(extension->Lower, Irp);
        IoDetachDevice(extension->Lower);
        IoDeleteDevice(DeviceObject);
        return status;
    case IRP_MN_SURPRISE_REMOVAL:
        Stop(extension);
        break;
    }
    if (stack->MinorFunction == IRP_MN_SURPRISE_REMOVAL ||
        stack->MinorFunction == IRP_MN_QUERY_REMOVE_DEVICE) {
        Irp->IoStatus.Status = STATUS_SUCCESS;
    }
    IoSkipCurrentIrpStackLocation(Irp);
    return IoCallDriver(extension->Lower, Irp);
}

static NTSTATUS PassDown(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PEXTENSION extension = DeviceObject->DeviceExtension;

    IoSkipCurrentIrpStackLocation(Irp);
    return IoCallDriver(extension->Lower, Irp);
}

static NTSTATUS AddDevice(PDRIVER_OBJECT DriverObject, PDEVICE_OBJECT Pdo)
{
    UNICODE_STRING name, link;
    PDEVICE_OBJECT device;
    PEXTENSION extension;
    NTSTATUS status;

    RtlInitUnicodeString(&name, L"\\Device\\MsgTest");
    RtlInitUnicodeString(&link, L"\\DosDevices\\MSGTEST");
    status = IoCreateDevice(DriverObject, sizeof(EXTENSION), &name, FILE_DEVICE_UNKNOWN,
                            FILE_DEVICE_SECURE_OPEN, FALSE, &device);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    status = IoCreateSymbolicLink(&link, &name);
    if (!NT_SUCCESS(status)) {
        IoDeleteDevice(device);
        return status;
    }
    extension = device->DeviceExtension;
    RtlZeroMemory(extension, sizeof(*extension));
    extension->Self = device;
    extension->Pdo = Pdo;
    KeInitializeEvent(&extension->Progress, SynchronizationEvent, FALSE);
    KeInitializeDpc(&extension->Dpc, Dpc, extension);
    extension->Lower = IoAttachDeviceToDeviceStack(device, Pdo);
    device->Flags &= ~DO_DEVICE_INITIALIZING;
    return STATUS_SUCCESS;
}

static VOID Unload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->MajorFunction[IRP_MJ_CREATE] = CreateClose;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = CreateClose;
    DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = DeviceControl;
    DriverObject->MajorFunction[IRP_MJ_PNP] = Pnp;
    DriverObject->MajorFunction[IRP_MJ_POWER] = PassDown;
    DriverObject->MajorFunction[IRP_MJ_SYSTEM_CONTROL] = PassDown;
    DriverObject->DriverExtension->AddDevice = AddDevice;
    DriverObject->DriverUnload = Unload;
    return STATUS_SUCCESS;
}
