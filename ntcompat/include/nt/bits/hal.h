/* SPDX-License-Identifier: GPL-2.0 */
/* HAL: registers, ports and bus-master DMA. */
#ifndef _NT_HAL_H
#define _NT_HAL_H

#include "io_types.h"

EXTERN_C_START

/*
 * Device registers in memory. A volatile access of the register's width and a
 * compiler barrier, which is what the processor needs for uncached memory.
 */
#define NT_REGISTER_ACCESSORS(suffix, type)					\
NT_INLINE type READ_REGISTER_##suffix(volatile type *Register)			\
{										\
	type value = *Register;							\
	__asm__ __volatile__("" : : : "memory");				\
	return value;								\
}										\
NT_INLINE VOID WRITE_REGISTER_##suffix(volatile type *Register, type Value)	\
{										\
	__asm__ __volatile__("" : : : "memory");				\
	*Register = Value;							\
}
NT_REGISTER_ACCESSORS(UCHAR, UCHAR)
NT_REGISTER_ACCESSORS(USHORT, USHORT)
NT_REGISTER_ACCESSORS(ULONG, ULONG)
NT_REGISTER_ACCESSORS(ULONG64, ULONG64)
#undef NT_REGISTER_ACCESSORS

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

#endif /* _NT_HAL_H */
