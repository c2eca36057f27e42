// SPDX-License-Identifier: GPL-2.0
/*
 * wmitest - a WMI provider with wmilib, an ETW provider, and trace messages of WPP
 *
 * A block with two instances that can be read and written, a method, and an event that
 * the method fires.
 */
#include <ntddk.h>
#include <wmistr.h>
#include <wmilib.h>
#include <evntrace.h>
#include <evntprov.h>

// begin_wpp config
// FUNC WmiTrace(LEVEL, FLAGS, MSG, ...);
// end_wpp
#define WPP_CONTROL_GUIDS \
	WPP_DEFINE_CONTROL_GUID(WmiTest, (b0f1e2d3,0001,4000,8000,000000000001), \
				WPP_DEFINE_BIT(TEST_INIT) WPP_DEFINE_BIT(TEST_WMI))
#include "wmitest.tmh"

static const GUID BlockGuid = { 0x9a3a5f10, 0x1c1d, 0x4a6e,
				{ 0x80, 1, 2, 3, 4, 5, 6, 7 } };
static const GUID EventGuid = { 0x9a3a5f11, 0x1c1d, 0x4a6e,
				{ 0x80, 1, 2, 3, 4, 5, 6, 7 } };
static const GUID EtwGuid = { 0x9a3a5f12, 0x1c1d, 0x4a6e,
			      { 0x80, 1, 2, 3, 4, 5, 6, 7 } };

#define INSTANCES	2

static WMIGUIDREGINFO Blocks[] = {
	{ &BlockGuid, INSTANCES, 0 },
	{ &EventGuid, 1, WMIREG_FLAG_EVENT_ONLY_GUID },
};

static ULONG Values[INSTANCES] = { 0x11111111, 0x22222222 };
static BOOLEAN EventsOn;
static REGHANDLE Etw;

static NTSTATUS NTAPI QueryRegInfo(PDEVICE_OBJECT DeviceObject, PULONG RegFlags,
				   PUNICODE_STRING InstanceName, PUNICODE_STRING *RegistryPath,
				   PUNICODE_STRING MofResourceName, PDEVICE_OBJECT *Pdo)
{
	static const WCHAR Base[] = L"WmiTest";

	UNREFERENCED_PARAMETER(DeviceObject);
	UNREFERENCED_PARAMETER(RegistryPath);
	UNREFERENCED_PARAMETER(MofResourceName);
	UNREFERENCED_PARAMETER(Pdo);
	*RegFlags = WMIREG_FLAG_INSTANCE_BASENAME;
	InstanceName->Buffer = ExAllocatePoolWithTag(PagedPool, sizeof(Base), 'tseT');
	if (!InstanceName->Buffer)
		return STATUS_INSUFFICIENT_RESOURCES;
	RtlCopyMemory(InstanceName->Buffer, Base, sizeof(Base));
	InstanceName->Length = sizeof(Base) - sizeof(WCHAR);
	InstanceName->MaximumLength = sizeof(Base);
	return STATUS_SUCCESS;
}

static NTSTATUS NTAPI QueryDataBlock(PDEVICE_OBJECT DeviceObject, PIRP Irp, ULONG GuidIndex,
				     ULONG InstanceIndex, ULONG InstanceCount,
				     PULONG InstanceLengthArray, ULONG BufferAvail, PUCHAR Buffer)
{
	/* Each instance begins on eight bytes; the last need not fill them. */
	ULONG Need = (InstanceCount - 1) * 8 + sizeof(ULONG), i;

	WmiTrace(TRACE_LEVEL_INFORMATION, TEST_WMI, "query of %d, %!STATUS!", InstanceIndex,
		 STATUS_SUCCESS);
	if (GuidIndex != 0)
		return WmiCompleteRequest(DeviceObject, Irp, STATUS_WMI_GUID_NOT_FOUND, 0,
					  IO_NO_INCREMENT);
	if (BufferAvail < Need)
		return WmiCompleteRequest(DeviceObject, Irp, STATUS_BUFFER_TOO_SMALL, Need,
					  IO_NO_INCREMENT);
	for (i = 0; i < InstanceCount; i++) {
		*(PULONG)(Buffer + 8 * i) = Values[InstanceIndex + i];
		InstanceLengthArray[i] = sizeof(ULONG);
	}
	return WmiCompleteRequest(DeviceObject, Irp, STATUS_SUCCESS, Need, IO_NO_INCREMENT);
}

static NTSTATUS NTAPI SetDataBlock(PDEVICE_OBJECT DeviceObject, PIRP Irp, ULONG GuidIndex,
				   ULONG InstanceIndex, ULONG BufferSize, PUCHAR Buffer)
{
	NTSTATUS Status = STATUS_SUCCESS;

	if (GuidIndex != 0 || BufferSize != sizeof(ULONG))
		Status = STATUS_INVALID_BUFFER_SIZE;
	else
		Values[InstanceIndex] = *(PULONG)Buffer;
	return WmiCompleteRequest(DeviceObject, Irp, Status, 0, IO_NO_INCREMENT);
}

static NTSTATUS NTAPI SetDataItem(PDEVICE_OBJECT DeviceObject, PIRP Irp, ULONG GuidIndex,
				  ULONG InstanceIndex, ULONG DataItemId, ULONG BufferSize,
				  PUCHAR Buffer)
{
	NTSTATUS Status = STATUS_SUCCESS;

	if (GuidIndex != 0 || DataItemId != 1 || BufferSize != sizeof(USHORT))
		Status = STATUS_WMI_ITEMID_NOT_FOUND;
	else
		*(PUSHORT)&Values[InstanceIndex] = *(PUSHORT)Buffer;
	return WmiCompleteRequest(DeviceObject, Irp, Status, 0, IO_NO_INCREMENT);
}

static VOID Tell(PDEVICE_OBJECT DeviceObject, ULONG InstanceIndex)
{
	EVENT_DESCRIPTOR Event = { 0 };
	EVENT_DATA_DESCRIPTOR Data[2];
	PULONG EventData = ExAllocatePoolWithTag(NonPagedPool, sizeof(ULONG), 'tseT');

	Event.Id = 77;
	Event.Level = TRACE_LEVEL_WARNING;
	Event.Keyword = 0x10;
	EventDataDescCreate(&Data[0], "ab", 2);
	EventDataDescCreate(&Data[1], "cd", 2);
	EtwWrite(Etw, &Event, NULL, 2, Data);
	if (!EventData)
		return;
	*EventData = Values[InstanceIndex];
	if (EventsOn)
		WmiFireEvent(DeviceObject, &EventGuid, InstanceIndex, sizeof(ULONG), EventData);
	else
		ExFreePoolWithTag(EventData, 'tseT');
}

/* Method 1 adds its input to the value, and gives the sum. */
static NTSTATUS NTAPI ExecuteMethod(PDEVICE_OBJECT DeviceObject, PIRP Irp, ULONG GuidIndex,
				    ULONG InstanceIndex, ULONG MethodId, ULONG InBufferSize,
				    ULONG OutBufferSize, PUCHAR Buffer)
{
	if (GuidIndex != 0 || MethodId != 1)
		return WmiCompleteRequest(DeviceObject, Irp, STATUS_WMI_ITEMID_NOT_FOUND, 0,
					  IO_NO_INCREMENT);
	if (InBufferSize != sizeof(ULONG))
		return WmiCompleteRequest(DeviceObject, Irp, STATUS_INVALID_PARAMETER, 0,
					  IO_NO_INCREMENT);
	if (OutBufferSize < sizeof(ULONG))
		return WmiCompleteRequest(DeviceObject, Irp, STATUS_BUFFER_TOO_SMALL, sizeof(ULONG),
					  IO_NO_INCREMENT);
	Values[InstanceIndex] += *(PULONG)Buffer;
	*(PULONG)Buffer = Values[InstanceIndex];
	Tell(DeviceObject, InstanceIndex);
	return WmiCompleteRequest(DeviceObject, Irp, STATUS_SUCCESS, sizeof(ULONG),
				  IO_NO_INCREMENT);
}

static NTSTATUS NTAPI FunctionControl(PDEVICE_OBJECT DeviceObject, PIRP Irp, ULONG GuidIndex,
				      WMIENABLEDISABLECONTROL Function, BOOLEAN Enable)
{
	if (GuidIndex == 1 && Function == WmiEventControl)
		EventsOn = Enable;
	return WmiCompleteRequest(DeviceObject, Irp, STATUS_SUCCESS, 0, IO_NO_INCREMENT);
}

static WMILIB_CONTEXT Library = {
	RTL_NUMBER_OF(Blocks), Blocks, QueryRegInfo, QueryDataBlock, SetDataBlock, SetDataItem,
	ExecuteMethod, FunctionControl,
};

static NTSTATUS NTAPI SystemControl(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	SYSCTL_IRP_DISPOSITION Disposition;
	NTSTATUS Status = WmiSystemControl(&Library, DeviceObject, Irp, &Disposition);

	if (Disposition != IrpProcessed)
		IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return Status;
}

/* What another driver would ask: "IoWMIQueryAllData". Logged, for the group to see. */
static VOID AskOurselves(PDEVICE_OBJECT DeviceObject)
{
	union {
		WNODE_ALL_DATA All;
		UCHAR Room[256];
	} Answer;
	POFFSETINSTANCEDATAANDLENGTH Part;
	ULONG Size = 0;
	NTSTATUS Status;
	PVOID Block;

	if (!NT_SUCCESS(IoWMIOpenBlock((GUID *)&BlockGuid, WMIGUID_QUERY, &Block)))
		return;
	Status = IoWMIQueryAllData(Block, &Size, NULL);
	DbgPrint("wmitest: size %lu, status %08x\n", Size, Status);
	Size = sizeof(Answer);
	Status = IoWMIQueryAllData(Block, &Size, &Answer);
	Part = Answer.All.OffsetInstanceDataAndLength;
	if (NT_SUCCESS(Status) && Answer.All.InstanceCount == INSTANCES)
		DbgPrint("wmitest: instances of %lu and %lu bytes: %08x %08x\n",
			 Part[0].LengthInstanceData, Part[1].LengthInstanceData,
			 *(PULONG)(Answer.Room + Part[0].OffsetInstanceData),
			 *(PULONG)(Answer.Room + Part[1].OffsetInstanceData));
	DbgPrint("wmitest: provider %s\n",
		 IoWMIDeviceObjectToProviderId(DeviceObject) ? "known" : "unknown");
	ObDereferenceObject(Block);
}

static VOID NTAPI Unload(PDRIVER_OBJECT DriverObject)
{
	WPP_CLEANUP(DriverObject);
	EtwUnregister(Etw);
	IoWMIRegistrationControl(DriverObject->DeviceObject, WMIREG_ACTION_DEREGISTER);
	IoDeleteDevice(DriverObject->DeviceObject);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
	PDEVICE_OBJECT DeviceObject;
	NTSTATUS Status;

	WPP_INIT_TRACING(DriverObject, RegistryPath);
	UNREFERENCED_PARAMETER(RegistryPath);
	DriverObject->MajorFunction[IRP_MJ_SYSTEM_CONTROL] = SystemControl;
	DriverObject->DriverUnload = Unload;
	Status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &DeviceObject);
	if (!NT_SUCCESS(Status))
		return Status;
	EtwRegister(&EtwGuid, NULL, NULL, &Etw);
	Status = IoWMIRegistrationControl(DeviceObject, WMIREG_ACTION_REGISTER);
	if (!NT_SUCCESS(Status)) {
		IoDeleteDevice(DeviceObject);
		return Status;
	}
	DoTraceMessage(TEST_INIT, "registered: %!STATUS! in %!FUNC!", Status);
	AskOurselves(DeviceObject);
	return STATUS_SUCCESS;
}
