/* SPDX-License-Identifier: GPL-2.0 */
/* NT 4 style: controllers, hardware that a driver finds by itself, the old DMA names. */
#ifndef _NT_IO_LEGACY_H
#define _NT_IO_LEGACY_H

#include "hal_dma.h"
#include "pci.h"

EXTERN_C_START

/* ---- Controllers: what several devices of a driver take turns at ---- */

typedef struct _CONTROLLER_OBJECT {
	CSHORT Type;
	CSHORT Size;
	PVOID ControllerExtension;
	KDEVICE_QUEUE DeviceWaitQueue;
	ULONG Spare1;
	LARGE_INTEGER Spare2;
} CONTROLLER_OBJECT;

PCONTROLLER_OBJECT IoCreateController(ULONG Size);
VOID IoDeleteController(PCONTROLLER_OBJECT ControllerObject);
VOID IoAllocateController(PCONTROLLER_OBJECT ControllerObject, PDEVICE_OBJECT DeviceObject,
			  PDRIVER_CONTROL ExecutionRoutine, PVOID Context);
VOID IoFreeController(PCONTROLLER_OBJECT ControllerObject);

/* ---- Buses ---- */

typedef enum _BUS_DATA_TYPE {
	ConfigurationSpaceUndefined = -1,
	Cmos,
	EisaConfiguration,
	Pos,
	CbusConfiguration,
	PCIConfiguration,
	VMEConfiguration,
	NuBusConfiguration,
	PCMCIAConfiguration,
	MPIConfiguration,
	MPSAConfiguration,
	PNPISAConfiguration,
	SgiInternalConfiguration,
	MaximumBusDataType,
} BUS_DATA_TYPE, *PBUS_DATA_TYPE;

ULONG HalGetBusData(BUS_DATA_TYPE BusDataType, ULONG BusNumber, ULONG SlotNumber, PVOID Buffer,
		    ULONG Length);
ULONG HalGetBusDataByOffset(BUS_DATA_TYPE BusDataType, ULONG BusNumber, ULONG SlotNumber,
			    PVOID Buffer, ULONG Offset, ULONG Length);
ULONG HalSetBusData(BUS_DATA_TYPE BusDataType, ULONG BusNumber, ULONG SlotNumber, PVOID Buffer,
		    ULONG Length);
ULONG HalSetBusDataByOffset(BUS_DATA_TYPE BusDataType, ULONG BusNumber, ULONG SlotNumber,
			    PVOID Buffer, ULONG Offset, ULONG Length);
BOOLEAN HalTranslateBusAddress(INTERFACE_TYPE InterfaceType, ULONG BusNumber,
			       PHYSICAL_ADDRESS BusAddress, PULONG AddressSpace,
			       PPHYSICAL_ADDRESS TranslatedAddress);
ULONG HalGetInterruptVector(INTERFACE_TYPE InterfaceType, ULONG BusNumber, ULONG BusInterruptLevel,
			    ULONG BusInterruptVector, PKIRQL Irql, PKAFFINITY Affinity);

/* ---- Resources ---- */

NTSTATUS HalAssignSlotResources(PUNICODE_STRING RegistryPath, PUNICODE_STRING DriverClassName,
				PDRIVER_OBJECT DriverObject, PDEVICE_OBJECT DeviceObject,
				INTERFACE_TYPE BusType, ULONG BusNumber, ULONG SlotNumber,
				PCM_RESOURCE_LIST *AllocatedResources);
NTSTATUS IoAssignResources(PUNICODE_STRING RegistryPath, PUNICODE_STRING DriverClassName,
			   PDRIVER_OBJECT DriverObject, PDEVICE_OBJECT DeviceObject,
			   PIO_RESOURCE_REQUIREMENTS_LIST RequestedResources,
			   PCM_RESOURCE_LIST *AllocatedResources);
NTSTATUS IoReportResourceUsage(PUNICODE_STRING DriverClassName, PDRIVER_OBJECT DriverObject,
			       PCM_RESOURCE_LIST DriverList, ULONG DriverListSize,
			       PDEVICE_OBJECT DeviceObject, PCM_RESOURCE_LIST DeviceList,
			       ULONG DeviceListSize, BOOLEAN OverrideConflict,
			       PBOOLEAN ConflictDetected);
NTSTATUS IoReportResourceForDetection(PDRIVER_OBJECT DriverObject, PCM_RESOURCE_LIST DriverList,
				      ULONG DriverListSize, PDEVICE_OBJECT DeviceObject,
				      PCM_RESOURCE_LIST DeviceList, ULONG DeviceListSize,
				      PBOOLEAN ConflictDetected);

/* ---- DMA, by the old names ---- */

PADAPTER_OBJECT HalGetAdapter(PDEVICE_DESCRIPTION DeviceDescription, PULONG NumberOfMapRegisters);

NT_INLINE VOID HalPutDmaAdapter(PADAPTER_OBJECT DmaAdapter)
{
	DmaAdapter->DmaOperations->PutDmaAdapter(DmaAdapter);
}

NT_INLINE NTSTATUS IoAllocateAdapterChannel(PADAPTER_OBJECT AdapterObject, PDEVICE_OBJECT DeviceObject,
					    ULONG NumberOfMapRegisters,
					    PDRIVER_CONTROL ExecutionRoutine, PVOID Context)
{
	return AdapterObject->DmaOperations->AllocateAdapterChannel(AdapterObject, DeviceObject,
			NumberOfMapRegisters, ExecutionRoutine, Context);
}

NT_INLINE PHYSICAL_ADDRESS IoMapTransfer(PADAPTER_OBJECT AdapterObject, PMDL Mdl, PVOID MapRegisterBase,
					 PVOID CurrentVa, PULONG Length, BOOLEAN WriteToDevice)
{
	return AdapterObject->DmaOperations->MapTransfer(AdapterObject, Mdl, MapRegisterBase, CurrentVa,
							 Length, WriteToDevice);
}

NT_INLINE BOOLEAN IoFlushAdapterBuffers(PADAPTER_OBJECT AdapterObject, PMDL Mdl, PVOID MapRegisterBase,
					PVOID CurrentVa, ULONG Length, BOOLEAN WriteToDevice)
{
	return AdapterObject->DmaOperations->FlushAdapterBuffers(AdapterObject, Mdl, MapRegisterBase,
								 CurrentVa, Length, WriteToDevice);
}

NT_INLINE VOID IoFreeAdapterChannel(PADAPTER_OBJECT AdapterObject)
{
	AdapterObject->DmaOperations->FreeAdapterChannel(AdapterObject);
}

NT_INLINE VOID IoFreeMapRegisters(PADAPTER_OBJECT AdapterObject, PVOID MapRegisterBase,
				  ULONG NumberOfMapRegisters)
{
	AdapterObject->DmaOperations->FreeMapRegisters(AdapterObject, MapRegisterBase,
						       NumberOfMapRegisters);
}

NT_INLINE PVOID HalAllocateCommonBuffer(PADAPTER_OBJECT AdapterObject, ULONG Length,
					PPHYSICAL_ADDRESS LogicalAddress, BOOLEAN CacheEnabled)
{
	return AdapterObject->DmaOperations->AllocateCommonBuffer(AdapterObject, Length, LogicalAddress,
								  CacheEnabled);
}

NT_INLINE VOID HalFreeCommonBuffer(PADAPTER_OBJECT AdapterObject, ULONG Length,
				   PHYSICAL_ADDRESS LogicalAddress, PVOID VirtualAddress,
				   BOOLEAN CacheEnabled)
{
	AdapterObject->DmaOperations->FreeCommonBuffer(AdapterObject, Length, LogicalAddress,
						       VirtualAddress, CacheEnabled);
}

NT_INLINE ULONG HalReadDmaCounter(PADAPTER_OBJECT AdapterObject)
{
	return AdapterObject->DmaOperations->ReadDmaCounter(AdapterObject);
}

/* ---- The console and the debugger ---- */

VOID HalDisplayString(PUCHAR String);

EXTERN_C_END

#endif /* _NT_IO_LEGACY_H */
