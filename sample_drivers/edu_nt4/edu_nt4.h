/* SPDX-License-Identifier: GPL-2.0 */
/*
 * edu_nt4.h - what the parts of the NT 4 style edu driver share
 *
 * The same device as the edu sample's, driven as drivers for Windows NT 4 did: no
 * AddDevice and no power management. DriverEntry looks for the hardware in the
 * PCI configuration itself; Unload gives everything back.
 *
 * All devices do DMA through one controller object, one at a time, as two drives
 * on one floppy controller do.
 */
#ifndef EDU_NT4_H
#define EDU_NT4_H

#include <ntddk.h>
#include "edu_nt4ioctl.h"

#ifdef NO_LEGACY_DRIVERS
/* The WDK hides these from drivers for 64 bits. */
NTHALAPI ULONG NTAPI HalGetBusData(BUS_DATA_TYPE BusDataType, ULONG BusNumber, ULONG SlotNumber,
                                   PVOID Buffer, ULONG Length);
NTHALAPI ULONG NTAPI HalSetBusData(BUS_DATA_TYPE BusDataType, ULONG BusNumber, ULONG SlotNumber,
                                   PVOID Buffer, ULONG Length);
NTHALAPI ULONG NTAPI HalGetInterruptVector(INTERFACE_TYPE InterfaceType, ULONG BusNumber,
                                           ULONG BusInterruptLevel, ULONG BusInterruptVector,
                                           PKIRQL Irql, PKAFFINITY Affinity);
NTHALAPI NTSTATUS NTAPI HalAssignSlotResources(PUNICODE_STRING RegistryPath,
                                               PUNICODE_STRING DriverClassName,
                                               PDRIVER_OBJECT DriverObject,
                                               PDEVICE_OBJECT DeviceObject, INTERFACE_TYPE BusType,
                                               ULONG BusNumber, ULONG SlotNumber,
                                               PCM_RESOURCE_LIST *AllocatedResources);
#endif

#define EDU_VENDOR_ID           0x1234
#define EDU_DEVICE_ID           0x11e8

/* The registers in BAR 0. */
#define EDU_REG_ID              0x00
#define EDU_REG_LIVENESS        0x04
#define EDU_REG_FACTORIAL       0x08
#define EDU_REG_STATUS          0x20
#define EDU_REG_IRQ_STATUS      0x24
#define EDU_REG_IRQ_ACK         0x64
#define EDU_REG_DMA_SOURCE      0x80
#define EDU_REG_DMA_DESTINATION 0x88
#define EDU_REG_DMA_COUNT       0x90
#define EDU_REG_DMA_COMMAND     0x98
#define EDU_REGISTERS_LENGTH    0xa0

#define EDU_STATUS_IRQ_ENABLE   0x00000080
#define EDU_IRQ_FACTORIAL       0x00000001
#define EDU_IRQ_DMA             0x00000100
#define EDU_DMA_RUN             0x00000001
#define EDU_DMA_TO_MEMORY       0x00000002
#define EDU_DMA_IRQ_ENABLE      0x00000004

/* Where the device's own memory lies for its DMA, and how much a transfer can have:
   QEMU 7.2 stops at one that includes the last byte. */
#define EDU_DEVICE_MEMORY       0x00040000
#define EDU_DMA_LIMIT           (EDU_BUFFER_SIZE - 1)

#define EDU_ERROR_TRANSFER      ((NTSTATUS)0xC0040001)
#define EDU_ERROR_CONTROLLER    ((NTSTATUS)0xC0040002)

typedef struct _EDU_EXTENSION {
    PDEVICE_OBJECT Self;
    ULONG Number;
    BOOLEAN LinkCreated;
    BOOLEAN Ready;              /* the Reinitialize routine has been here */

    PUCHAR Registers;
    ULONG RegistersLength;
    PKINTERRUPT Interrupt;
    PADAPTER_OBJECT Adapter;
    ULONG MapRegisters;         /* of a whole transfer */

    ULONG InterruptStatus;      /* from the ISR; KeSynchronizeExecution */

    /* The current request's, which StartIo got. */
    PVOID MapRegisterBase;
    PUCHAR CurrentVa;
    ULONG Length;
    ULONG LogicalAddress;
    ULONG Started;              /* EDU_IRQ_x that ends it */
} EDU_EXTENSION, *PEDU_EXTENSION;

#define EduExtension(DeviceObject) \
    ((PEDU_EXTENSION)(DeviceObject)->DeviceExtension)
#define EduRead(Extension, Register) \
    READ_REGISTER_ULONG((PULONG)((Extension)->Registers + (Register)))
#define EduWrite(Extension, Register, Value) \
    WRITE_REGISTER_ULONG((PULONG)((Extension)->Registers + (Register)), (Value))

/* What all devices share hangs on the driver object. */
typedef struct _EDU_DRIVER {
    PCONTROLLER_OBJECT Controller;
    LONG Transfers;             /* under way: never more than one */
} EDU_DRIVER, *PEDU_DRIVER;

extern PEDU_DRIVER EduDriver;

/* entry.c */
DRIVER_INITIALIZE DriverEntry;

/* find.c */
ULONG EduFindAll(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath);
VOID EduRemove(PDEVICE_OBJECT DeviceObject);

/* request.c */
DRIVER_DISPATCH EduOpenClose;
DRIVER_DISPATCH EduReadWrite;
DRIVER_DISPATCH EduControl;
DRIVER_STARTIO EduStartIo;
VOID EduEnd(PDEVICE_OBJECT DeviceObject, NTSTATUS Status, ULONG_PTR Information);
VOID EduLogError(PDEVICE_OBJECT DeviceObject, PIRP Irp, NTSTATUS Code, NTSTATUS Status, ULONG Value);

/* transfer.c */
VOID EduStartTransfer(PDEVICE_OBJECT DeviceObject);
VOID EduTransferDone(PDEVICE_OBJECT DeviceObject);

/* isr.c */
KSERVICE_ROUTINE EduInterrupt;
IO_DPC_ROUTINE EduDpcForIsr;

#endif /* EDU_NT4_H */
