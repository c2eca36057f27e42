// SPDX-License-Identifier: GPL-2.0
/* powertest - the frame: a PnP driver for a PCI device with registers in memory */
#include "powertest.h"

DRIVER_INITIALIZE DriverEntry;
static DRIVER_ADD_DEVICE AddDevice;
static DRIVER_DISPATCH OpenClose, Control, Pnp, SystemControl, Shutdown;
static DRIVER_UNLOAD Unload;

static UNICODE_STRING Names[2][2] = {
	{ RTL_CONSTANT_STRING(L"\\Device\\PowerTest0"),
	  RTL_CONSTANT_STRING(L"\\DosDevices\\POWERTEST0") },
	{ RTL_CONSTANT_STRING(L"\\Device\\PowerTest1"),
	  RTL_CONSTANT_STRING(L"\\DosDevices\\POWERTEST1") },
};

static NTSTATUS Finish(PIRP Irp, NTSTATUS Status, ULONG_PTR Information)
{
	Irp->IoStatus.Status = Status;
	Irp->IoStatus.Information = Information;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return Status;
}

static NTSTATUS OpenClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	UNREFERENCED_PARAMETER(DeviceObject);
	return Finish(Irp, STATUS_SUCCESS, 0);
}

static NTSTATUS Control(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	PIO_STACK_LOCATION Location = IoGetCurrentIrpStackLocation(Irp);
	PEXTENSION Extension = DeviceObject->DeviceExtension;
	ULONG_PTR Information = 0;
	NTSTATUS Status;

	Status = IoAcquireRemoveLock(&Extension->Lock, Irp);
	if (!NT_SUCCESS(Status))
		return Finish(Irp, Status, 0);
	Status = Ask(Extension, Location->Parameters.DeviceIoControl.IoControlCode,
		     Irp->AssociatedIrp.SystemBuffer,
		     Location->Parameters.DeviceIoControl.InputBufferLength,
		     Location->Parameters.DeviceIoControl.OutputBufferLength, &Information);
	IoReleaseRemoveLock(&Extension->Lock, Irp);
	return Finish(Irp, Status, Information);
}

/* The order of the system's last words. */
static NTSTATUS Shutdown(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	UNREFERENCED_PARAMETER(DeviceObject);
	DbgPrint("powertest: IRP_MJ_SHUTDOWN\n");
	return Finish(Irp, STATUS_SUCCESS, 0);
}

/* ---- The device ---- */

static NTSTATUS AddDevice(PDRIVER_OBJECT DriverObject, PDEVICE_OBJECT PhysicalDeviceObject)
{
	PDEVICE_OBJECT DeviceObject;
	PEXTENSION Extension;
	NTSTATUS Status;
	ULONG i;

	/* The first name that is free. */
	for (i = 0; i < 2; i++) {
		Status = IoCreateDevice(DriverObject, sizeof(EXTENSION), &Names[i][0],
					FILE_DEVICE_UNKNOWN, 0, FALSE, &DeviceObject);
		if (Status != STATUS_OBJECT_NAME_COLLISION)
			break;
	}
	if (!NT_SUCCESS(Status))
		return Status;
	Extension = DeviceObject->DeviceExtension;
	RtlZeroMemory(Extension, sizeof(*Extension));
	Extension->Self = DeviceObject;
	Extension->Pdo = PhysicalDeviceObject;
	Extension->Link = Names[i][1];
	Extension->State = PowerDeviceD0;
	IoInitializeRemoveLock(&Extension->Lock, 'wopT', 0, 0);
	Status = IoCreateSymbolicLink(&Names[i][1], &Names[i][0]);
	if (!NT_SUCCESS(Status)) {
		IoDeleteDevice(DeviceObject);
		return Status;
	}
	Extension->Lower = IoAttachDeviceToDeviceStack(DeviceObject, PhysicalDeviceObject);
	IoRegisterShutdownNotification(DeviceObject);
	DeviceObject->Flags |= DO_POWER_PAGABLE;
	DeviceObject->Flags &= ~DO_DEVICE_INITIALIZING;
	return STATUS_SUCCESS;
}

static VOID Map(PEXTENSION Extension, PCM_RESOURCE_LIST List)
{
	PCM_PARTIAL_RESOURCE_DESCRIPTOR Descriptor;
	ULONG i;

	for (i = 0; List && i < List->List[0].PartialResourceList.Count; i++) {
		Descriptor = &List->List[0].PartialResourceList.PartialDescriptors[i];
		if (Descriptor->Type != CmResourceTypeMemory || Extension->Registers)
			continue;
		Extension->Length = Descriptor->u.Memory.Length;
		Extension->Registers = MmMapIoSpace(Descriptor->u.Memory.Start, Extension->Length,
						    MmNonCached);
	}
}

static NTSTATUS Start(PEXTENSION Extension, PIRP Irp)
{
	PIO_STACK_LOCATION Location = IoGetCurrentIrpStackLocation(Irp);
	PCM_RESOURCE_LIST List = Location->Parameters.StartDevice.AllocatedResourcesTranslated;
	POWER_STATE State = { .DeviceState = PowerDeviceD0 };

	if (!IoForwardIrpSynchronously(Extension->Lower, Irp))
		return Finish(Irp, STATUS_UNSUCCESSFUL, 0);
	if (NT_SUCCESS(Irp->IoStatus.Status)) {
		Map(Extension, List);
		PoSetPowerState(Extension->Self, DevicePowerState, State);
	}
	IoReleaseRemoveLock(&Extension->Lock, Irp);
	return Finish(Irp, Irp->IoStatus.Status, 0);
}

static NTSTATUS Remove(PEXTENSION Extension, PIRP Irp)
{
	NTSTATUS Status;

	IoReleaseRemoveLockAndWait(&Extension->Lock, Irp);
	PoRegisterDeviceForIdleDetection(Extension->Self, 0, 0, PowerDeviceD3);
	Irp->IoStatus.Status = STATUS_SUCCESS;
	IoSkipCurrentIrpStackLocation(Irp);
	Status = IoCallDriver(Extension->Lower, Irp);
	if (Extension->Registers)
		MmUnmapIoSpace(Extension->Registers, Extension->Length);
	IoDeleteSymbolicLink(&Extension->Link);
	IoDetachDevice(Extension->Lower);
	IoDeleteDevice(Extension->Self);
	return Status;
}

static NTSTATUS Pnp(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	PEXTENSION Extension = DeviceObject->DeviceExtension;
	NTSTATUS Status = IoAcquireRemoveLock(&Extension->Lock, Irp);

	if (!NT_SUCCESS(Status))
		return Finish(Irp, Status, 0);
	switch (IoGetCurrentIrpStackLocation(Irp)->MinorFunction) {
	case IRP_MN_START_DEVICE:
		return Start(Extension, Irp);
	case IRP_MN_REMOVE_DEVICE:
		return Remove(Extension, Irp);
	case IRP_MN_QUERY_REMOVE_DEVICE:
	case IRP_MN_CANCEL_REMOVE_DEVICE:
	case IRP_MN_SURPRISE_REMOVAL:
		Irp->IoStatus.Status = STATUS_SUCCESS;
		break;
	}
	IoSkipCurrentIrpStackLocation(Irp);
	Status = IoCallDriver(Extension->Lower, Irp);
	IoReleaseRemoveLock(&Extension->Lock, Irp);
	return Status;
}

static NTSTATUS SystemControl(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	IoSkipCurrentIrpStackLocation(Irp);
	return IoCallDriver(((PEXTENSION)DeviceObject->DeviceExtension)->Lower, Irp);
}

static VOID Unload(PDRIVER_OBJECT DriverObject)
{
	UNREFERENCED_PARAMETER(DriverObject);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
	UNREFERENCED_PARAMETER(RegistryPath);
	DriverObject->MajorFunction[IRP_MJ_CREATE] = OpenClose;
	DriverObject->MajorFunction[IRP_MJ_CLEANUP] = OpenClose;
	DriverObject->MajorFunction[IRP_MJ_CLOSE] = OpenClose;
	DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = Control;
	DriverObject->MajorFunction[IRP_MJ_SHUTDOWN] = Shutdown;
	DriverObject->MajorFunction[IRP_MJ_PNP] = Pnp;
	DriverObject->MajorFunction[IRP_MJ_POWER] = DispatchPower;
	DriverObject->MajorFunction[IRP_MJ_SYSTEM_CONTROL] = SystemControl;
	DriverObject->DriverExtension->AddDevice = AddDevice;
	DriverObject->DriverUnload = Unload;
	return STATUS_SUCCESS;
}
