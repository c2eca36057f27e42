/* SPDX-License-Identifier: GPL-2.0 */
/* HAL: adapter objects, their DMA operations in versions 1 to 3. */
#ifndef _NT_HAL_DMA_H
#define _NT_HAL_DMA_H

#include "io_types.h"
#include "mm_pages.h"

EXTERN_C_START

typedef enum _DMA_WIDTH {
	Width8Bits,
	Width16Bits,
	Width32Bits,
	Width64Bits,
	WidthNoWrap,
	MaximumDmaWidth,
} DMA_WIDTH, *PDMA_WIDTH;

typedef enum _DMA_SPEED {
	Compatible,
	TypeA,
	TypeB,
	TypeC,
	TypeF,
	MaximumDmaSpeed,
} DMA_SPEED, *PDMA_SPEED;

#define DEVICE_DESCRIPTION_VERSION	0
#define DEVICE_DESCRIPTION_VERSION1	1
#define DEVICE_DESCRIPTION_VERSION2	2
#define DEVICE_DESCRIPTION_VERSION3	3

typedef struct _DEVICE_DESCRIPTION {
	ULONG Version;
	BOOLEAN Master;
	BOOLEAN ScatterGather;
	BOOLEAN DemandMode;
	BOOLEAN AutoInitialize;
	BOOLEAN Dma32BitAddresses;
	BOOLEAN IgnoreCount;
	BOOLEAN Reserved1;
	BOOLEAN Dma64BitAddresses;
	ULONG BusNumber;
	ULONG DmaChannel;
	INTERFACE_TYPE InterfaceType;
	DMA_WIDTH DmaWidth;
	DMA_SPEED DmaSpeed;
	ULONG MaximumLength;
	ULONG DmaPort;
	/* DEVICE_DESCRIPTION_VERSION3 from here on. */
	ULONG DmaAddressWidth;
	ULONG DmaControllerInstance;
	ULONG DmaRequestLine;
	PHYSICAL_ADDRESS DeviceAddress;
} DEVICE_DESCRIPTION, *PDEVICE_DESCRIPTION;

typedef struct _SCATTER_GATHER_ELEMENT {
	PHYSICAL_ADDRESS Address;
	ULONG Length;
	ULONG_PTR Reserved;
} SCATTER_GATHER_ELEMENT, *PSCATTER_GATHER_ELEMENT;

typedef struct _SCATTER_GATHER_LIST {
	ULONG NumberOfElements;
	ULONG_PTR Reserved;
	SCATTER_GATHER_ELEMENT Elements[];
} SCATTER_GATHER_LIST, *PSCATTER_GATHER_LIST;

typedef VOID DRIVER_LIST_CONTROL(struct _DEVICE_OBJECT *DeviceObject, struct _IRP *Irp,
				 PSCATTER_GATHER_LIST ScatterGather, PVOID Context);
typedef DRIVER_LIST_CONTROL	*PDRIVER_LIST_CONTROL;

/* ---- Version 3, from DEVICE_DESCRIPTION_VERSION3 on ---- */

#define DMA_SYNCHRONOUS_CALLBACK	0x01

/* The driver's memory for one request's state, which it hands to each routine. */
#define DMA_TRANSFER_CONTEXT_VERSION1	1
#define DMA_TRANSFER_CONTEXT_SIZE_V1	128

#define DMA_ADAPTER_INFO_VERSION1	1
#define DMA_TRANSFER_INFO_VERSION1	1
#define DMA_TRANSFER_INFO_VERSION2	2

typedef enum {
	DmaComplete,
	DmaAborted,
	DmaError,
	DmaCancelled,
} DMA_COMPLETION_STATUS;

typedef VOID DMA_COMPLETION_ROUTINE(PDMA_ADAPTER DmaAdapter, PDEVICE_OBJECT DeviceObject,
				    PVOID CompletionContext, DMA_COMPLETION_STATUS Status);
typedef DMA_COMPLETION_ROUTINE	*PDMA_COMPLETION_ROUTINE;

typedef struct _DMA_ADAPTER_INFO_V1 {
	ULONG ReadDmaCounterAvailable;
	ULONG ScatterGatherLimit;
	ULONG DmaAddressWidth;
	ULONG Flags;
	ULONG MinimumTransferUnit;
} DMA_ADAPTER_INFO_V1, *PDMA_ADAPTER_INFO_V1;

typedef struct _DMA_ADAPTER_INFO {
	ULONG Version;
	union {
		DMA_ADAPTER_INFO_V1 V1;
	};
} DMA_ADAPTER_INFO, *PDMA_ADAPTER_INFO;

typedef struct _DMA_TRANSFER_INFO_V1 {
	ULONG MapRegisterCount;
	ULONG ScatterGatherElementCount;
	ULONG ScatterGatherListSize;
} DMA_TRANSFER_INFO_V1, *PDMA_TRANSFER_INFO_V1;

typedef struct _DMA_TRANSFER_INFO_V2 {
	ULONG MapRegisterCount;
	ULONG ScatterGatherElementCount;
	ULONG ScatterGatherListSize;
	ULONG LogicalPageCount;
} DMA_TRANSFER_INFO_V2, *PDMA_TRANSFER_INFO_V2;

typedef struct _DMA_TRANSFER_INFO {
	ULONG Version;
	union {
		DMA_TRANSFER_INFO_V1 V1;
		DMA_TRANSFER_INFO_V2 V2;
	};
} DMA_TRANSFER_INFO, *PDMA_TRANSFER_INFO;

typedef struct _DMA_COMMON_BUFFER_VECTOR DMA_COMMON_BUFFER_VECTOR, *PDMA_COMMON_BUFFER_VECTOR;

/* Only ever seen by pointer: CreateCommonBufferFromMdl is not there. */
typedef struct _DMA_COMMON_BUFFER_EXTENDED_CONFIGURATION
	DMA_COMMON_BUFFER_EXTENDED_CONFIGURATION, *PDMA_COMMON_BUFFER_EXTENDED_CONFIGURATION;

typedef struct _DMA_OPERATIONS {
	ULONG Size;
	VOID (*PutDmaAdapter)(PDMA_ADAPTER DmaAdapter);
	PVOID (*AllocateCommonBuffer)(PDMA_ADAPTER DmaAdapter, ULONG Length,
				      PPHYSICAL_ADDRESS LogicalAddress, BOOLEAN CacheEnabled);
	VOID (*FreeCommonBuffer)(PDMA_ADAPTER DmaAdapter, ULONG Length, PHYSICAL_ADDRESS LogicalAddress,
				 PVOID VirtualAddress, BOOLEAN CacheEnabled);
	NTSTATUS (*AllocateAdapterChannel)(PDMA_ADAPTER DmaAdapter, PDEVICE_OBJECT DeviceObject,
					   ULONG NumberOfMapRegisters, PDRIVER_CONTROL ExecutionRoutine,
					   PVOID Context);
	BOOLEAN (*FlushAdapterBuffers)(PDMA_ADAPTER DmaAdapter, PMDL Mdl, PVOID MapRegisterBase,
				       PVOID CurrentVa, ULONG Length, BOOLEAN WriteToDevice);
	VOID (*FreeAdapterChannel)(PDMA_ADAPTER DmaAdapter);
	VOID (*FreeMapRegisters)(PDMA_ADAPTER DmaAdapter, PVOID MapRegisterBase,
				 ULONG NumberOfMapRegisters);
	PHYSICAL_ADDRESS (*MapTransfer)(PDMA_ADAPTER DmaAdapter, PMDL Mdl, PVOID MapRegisterBase,
					PVOID CurrentVa, PULONG Length, BOOLEAN WriteToDevice);
	ULONG (*GetDmaAlignment)(PDMA_ADAPTER DmaAdapter);
	ULONG (*ReadDmaCounter)(PDMA_ADAPTER DmaAdapter);
	NTSTATUS (*GetScatterGatherList)(PDMA_ADAPTER DmaAdapter, PDEVICE_OBJECT DeviceObject, PMDL Mdl,
					 PVOID CurrentVa, ULONG Length,
					 PDRIVER_LIST_CONTROL ExecutionRoutine, PVOID Context,
					 BOOLEAN WriteToDevice);
	VOID (*PutScatterGatherList)(PDMA_ADAPTER DmaAdapter, PSCATTER_GATHER_LIST ScatterGather,
				     BOOLEAN WriteToDevice);
	/* DEVICE_DESCRIPTION_VERSION2 from here on. */
	NTSTATUS (*CalculateScatterGatherList)(PDMA_ADAPTER DmaAdapter, PMDL Mdl, PVOID CurrentVa,
					       ULONG Length, PULONG ScatterGatherListSize,
					       PULONG NumberOfMapRegisters);
	NTSTATUS (*BuildScatterGatherList)(PDMA_ADAPTER DmaAdapter, PDEVICE_OBJECT DeviceObject,
					   PMDL Mdl, PVOID CurrentVa, ULONG Length,
					   PDRIVER_LIST_CONTROL ExecutionRoutine, PVOID Context,
					   BOOLEAN WriteToDevice, PVOID ScatterGatherBuffer,
					   ULONG ScatterGatherLength);
	NTSTATUS (*BuildMdlFromScatterGatherList)(PDMA_ADAPTER DmaAdapter,
						  PSCATTER_GATHER_LIST ScatterGather,
						  PMDL OriginalMdl, PMDL *TargetMdl);
	/* DEVICE_DESCRIPTION_VERSION3 from here on. */
	NTSTATUS (*GetDmaAdapterInfo)(PDMA_ADAPTER DmaAdapter, PDMA_ADAPTER_INFO AdapterInfo);
	NTSTATUS (*GetDmaTransferInfo)(PDMA_ADAPTER DmaAdapter, PMDL Mdl, ULONGLONG Offset,
				       ULONG Length, BOOLEAN WriteOnly,
				       PDMA_TRANSFER_INFO TransferInfo);
	NTSTATUS (*InitializeDmaTransferContext)(PDMA_ADAPTER DmaAdapter, PVOID DmaTransferContext);
	PVOID (*AllocateCommonBufferEx)(PDMA_ADAPTER DmaAdapter, PPHYSICAL_ADDRESS MaximumAddress,
					ULONG Length, PPHYSICAL_ADDRESS LogicalAddress,
					BOOLEAN CacheEnabled, NODE_REQUIREMENT PreferredNode);
	NTSTATUS (*AllocateAdapterChannelEx)(PDMA_ADAPTER DmaAdapter, PDEVICE_OBJECT DeviceObject,
					     PVOID DmaTransferContext, ULONG NumberOfMapRegisters,
					     ULONG Flags, PDRIVER_CONTROL ExecutionRoutine,
					     PVOID ExecutionContext, PVOID *MapRegisterBase);
	NTSTATUS (*ConfigureAdapterChannel)(PDMA_ADAPTER DmaAdapter, ULONG FunctionNumber,
					    PVOID Context);
	BOOLEAN (*CancelAdapterChannel)(PDMA_ADAPTER DmaAdapter, PDEVICE_OBJECT DeviceObject,
					PVOID DmaTransferContext);
	NTSTATUS (*MapTransferEx)(PDMA_ADAPTER DmaAdapter, PMDL Mdl, PVOID MapRegisterBase,
				  ULONGLONG Offset, ULONG DeviceOffset, PULONG Length,
				  BOOLEAN WriteToDevice, PSCATTER_GATHER_LIST ScatterGatherBuffer,
				  ULONG ScatterGatherBufferLength,
				  PDMA_COMPLETION_ROUTINE DmaCompletionRoutine,
				  PVOID CompletionContext);
	NTSTATUS (*GetScatterGatherListEx)(PDMA_ADAPTER DmaAdapter, PDEVICE_OBJECT DeviceObject,
					   PVOID DmaTransferContext, PMDL Mdl, ULONGLONG Offset,
					   ULONG Length, ULONG Flags,
					   PDRIVER_LIST_CONTROL ExecutionRoutine, PVOID Context,
					   BOOLEAN WriteToDevice,
					   PDMA_COMPLETION_ROUTINE DmaCompletionRoutine,
					   PVOID CompletionContext,
					   PSCATTER_GATHER_LIST *ScatterGatherList);
	NTSTATUS (*BuildScatterGatherListEx)(PDMA_ADAPTER DmaAdapter, PDEVICE_OBJECT DeviceObject,
					     PVOID DmaTransferContext, PMDL Mdl, ULONGLONG Offset,
					     ULONG Length, ULONG Flags,
					     PDRIVER_LIST_CONTROL ExecutionRoutine, PVOID Context,
					     BOOLEAN WriteToDevice, PVOID ScatterGatherBuffer,
					     ULONG ScatterGatherLength,
					     PDMA_COMPLETION_ROUTINE DmaCompletionRoutine,
					     PVOID CompletionContext, PVOID ScatterGatherList);
	NTSTATUS (*FlushAdapterBuffersEx)(PDMA_ADAPTER DmaAdapter, PMDL Mdl, PVOID MapRegisterBase,
					  ULONGLONG Offset, ULONG Length, BOOLEAN WriteToDevice);
	VOID (*FreeAdapterObject)(PDMA_ADAPTER DmaAdapter, IO_ALLOCATION_ACTION AllocationAction);
	NTSTATUS (*CancelMappedTransfer)(PDMA_ADAPTER DmaAdapter, PVOID DmaTransferContext);
	/* Windows 10 from here on. */
	NTSTATUS (*AllocateDomainCommonBuffer)(PDMA_ADAPTER DmaAdapter, HANDLE DomainHandle,
					       PPHYSICAL_ADDRESS MaximumAddress, ULONG Length,
					       ULONG Flags, MEMORY_CACHING_TYPE *CacheType,
					       NODE_REQUIREMENT PreferredNode,
					       PPHYSICAL_ADDRESS LogicalAddress,
					       PVOID *VirtualAddress);
	NTSTATUS (*FlushDmaBuffer)(PDMA_ADAPTER DmaAdapter, PMDL Mdl, BOOLEAN ReadOperation);
	NTSTATUS (*JoinDmaDomain)(PDMA_ADAPTER DmaAdapter, HANDLE DomainHandle);
	NTSTATUS (*LeaveDmaDomain)(PDMA_ADAPTER DmaAdapter);
	HANDLE (*GetDmaDomain)(PDMA_ADAPTER DmaAdapter);
	PVOID (*AllocateCommonBufferWithBounds)(PDMA_ADAPTER DmaAdapter,
						PPHYSICAL_ADDRESS MinimumAddress,
						PPHYSICAL_ADDRESS MaximumAddress, ULONG Length,
						ULONG Flags, MEMORY_CACHING_TYPE *CacheType,
						NODE_REQUIREMENT PreferredNode,
						PPHYSICAL_ADDRESS LogicalAddress);
	NTSTATUS (*AllocateCommonBufferVector)(PDMA_ADAPTER DmaAdapter, PHYSICAL_ADDRESS LowAddress,
					       PHYSICAL_ADDRESS HighAddress,
					       MEMORY_CACHING_TYPE CacheType, ULONG IdealNode,
					       ULONG Flags, ULONG NumberOfElements,
					       ULONGLONG SizeOfElements,
					       PDMA_COMMON_BUFFER_VECTOR *VectorOut);
	VOID (*GetCommonBufferFromVectorByIndex)(PDMA_ADAPTER DmaAdapter,
						 PDMA_COMMON_BUFFER_VECTOR Vector, ULONG Index,
						 PVOID *VirtualAddressOut,
						 PPHYSICAL_ADDRESS LogicalAddressOut);
	VOID (*FreeCommonBufferFromVector)(PDMA_ADAPTER DmaAdapter,
					   PDMA_COMMON_BUFFER_VECTOR Vector, ULONG Index);
	VOID (*FreeCommonBufferVector)(PDMA_ADAPTER DmaAdapter, PDMA_COMMON_BUFFER_VECTOR Vector);
	/* Optional, Windows Server 2022: NULL. */
	NTSTATUS (*CreateCommonBufferFromMdl)(PDMA_ADAPTER DmaAdapter, PMDL Mdl,
					      PDMA_COMMON_BUFFER_EXTENDED_CONFIGURATION ExtendedConfigs,
					      ULONG ExtendedConfigsCount,
					      PPHYSICAL_ADDRESS LogicalAddress);
} DMA_OPERATIONS, *PDMA_OPERATIONS;

typedef struct _DMA_ADAPTER {
	USHORT Version;
	USHORT Size;
	PDMA_OPERATIONS DmaOperations;
} DMA_ADAPTER;

PDMA_ADAPTER IoGetDmaAdapter(PDEVICE_OBJECT PhysicalDeviceObject, PDEVICE_DESCRIPTION DeviceDescription,
			     PULONG NumberOfMapRegisters);

EXTERN_C_END

#define KeFlushIoBuffers(mdl, read, dma) ((VOID)(mdl), (VOID)(read), (VOID)(dma))

#endif /* _NT_HAL_DMA_H */
