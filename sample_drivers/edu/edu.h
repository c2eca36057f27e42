/* SPDX-License-Identifier: GPL-2.0 */
/*
 * edu.h - what the parts of the edu sample driver share
 *
 * A WDM function driver for QEMU's educational PCI device, split as the WDK
 * samples are: one file for each kind of standard driver routine.
 */
#ifndef EDU_H
#define EDU_H

#include <ntddk.h>
#include "eduioctl.h"

#define EDU_TAG 'udEe'

/*
 * The registers in BAR 0. Below 0x80 the device takes 32-bit accesses only.
 */
#define EDU_REG_ID              0x00
#define EDU_REG_LIVENESS        0x04
#define EDU_REG_FACTORIAL       0x08
#define EDU_REG_STATUS          0x20
#define EDU_REG_IRQ_STATUS      0x24
#define EDU_REG_IRQ_RAISE       0x60
#define EDU_REG_IRQ_ACK         0x64
#define EDU_REG_DMA_SOURCE      0x80
#define EDU_REG_DMA_DESTINATION 0x88
#define EDU_REG_DMA_COUNT       0x90
#define EDU_REG_DMA_COMMAND     0x98
#define EDU_REGISTERS_LENGTH    0xa0

#define EDU_STATUS_COMPUTING    0x00000001
#define EDU_STATUS_IRQ_ENABLE   0x00000080

#define EDU_IRQ_FACTORIAL       0x00000001
#define EDU_IRQ_DMA             0x00000100

#define EDU_DMA_RUN             0x00000001
#define EDU_DMA_TO_MEMORY       0x00000002
#define EDU_DMA_IRQ_ENABLE      0x00000004

/* Where the device's own memory lies in its DMA address space. */
#define EDU_DEVICE_MEMORY       0x00040000

/*
 * Erratum: the bounds check of older QEMU versions (7.2 is one) is one byte too
 * strict. A transfer that includes the last byte of the device's memory aborts
 * the whole virtual machine, and nothing tells a guest which version it runs
 * on. So the driver never transfers that byte but keeps it itself (LastByte in
 * the extension).
 */
#define EDU_DMA_LIMIT           (EDU_BUFFER_SIZE - 1)

/* The device drives 28 address lines. */
#define EDU_DMA_ADDRESS_WIDTH   28

/* What a register that nobody drives any more reads as. */
#define EDU_ALL_ONES            0xffffffff

/* The watchdog gives up on its second tick: after one to two seconds. */
#define EDU_WATCHDOG_TICKS      2

/* How long to leave a device alone that still works on an abandoned request. */
#define EDU_RETRY_MILLISECONDS  10

/* Why the queue is held: a request that StartIo gets waits while any is set. */
#define EDU_HOLD_STOPPED        0x00000001    /* no hardware resources */
#define EDU_HOLD_REMOVING       0x00000002    /* IRP_MN_QUERY_REMOVE_DEVICE */
#define EDU_HOLD_POWER          0x00000004    /* not in D0 */

/*
 * EDU_STAGE - where the current request (the one StartIo got) is
 *
 * Extension->Lock protects it. The stages marked "cancelable" have
 * EduCancelCurrent as the IRP's Cancel routine. EduClaim() alone moves a
 * waiting request to EduStageEnding, and who did that ends the request.
 *
 *      Idle -> Starting -> Held        (cancelable) -> Starting
 *                       -> Retry       (cancelable) -> Starting
 *                       -> Factorial   (cancelable) -> Ending
 *                       -> Hang        (cancelable) -> Ending
 *                       -> Mapping -> Dma -> Mapping ... -> Ending
 *      Ending -> Idle, then IoStartNextPacket
 */
typedef enum _EDU_STAGE {
    EduStageIdle,           /* there is none */
    EduStageStarting,       /* EduBegin is about to choose the next stage */
    EduStageHeld,           /* the queue is held */
    EduStageRetry,          /* the retry timer will begin it again */
    EduStageFactorial,      /* the device computes */
    EduStageHang,           /* nothing will ever come */
    EduStageMapping,        /* map registers are being set up or flushed */
    EduStageDma,            /* the device transfers */
    EduStageEnding          /* one routine owns it and ends it */
} EDU_STAGE;

typedef enum _EDU_JOB {
    EduJobTransfer,
    EduJobFactorial,
    EduJobHang,
    EduJobRegister          /* over as soon as the registers were touched */
} EDU_JOB;

/* A transfer between an MDL and the device's memory. */
typedef struct _EDU_TRANSFER {
    PMDL Mdl;
    PUCHAR CurrentVa;           /* of the piece, as MapTransfer wants it */
    ULONG DeviceOffset;         /* of the piece in the device's memory */
    ULONG Remaining;            /* bytes from CurrentVa on, by DMA */
    ULONG PieceLength;          /* bytes mapped now, 0 for none */
    ULONG Length;               /* of the whole request */
    PUCHAR LastByte;            /* see EDU_DMA_LIMIT; NULL if not touched */
    BOOLEAN ToDevice;
    BOOLEAN HaveMapRegisters;   /* the base may be NULL, so it cannot tell */
    ULONG MapRegisters;
    PVOID MapRegisterBase;
} EDU_TRANSFER, *PEDU_TRANSFER;

/* What the ISR leaves for the DPC; the interrupt spin lock protects it. */
typedef struct _EDU_INTERRUPT_STATE {
    ULONG Status;               /* bits seen and acknowledged */
    ULONG Raised;               /* those of them that IOCTL_EDU_RAISE asked for */
} EDU_INTERRUPT_STATE, *PEDU_INTERRUPT_STATE;

typedef struct _EDU_EXTENSION {
    PDEVICE_OBJECT Self;
    PDEVICE_OBJECT Pdo;
    PDEVICE_OBJECT LowerDevice;
    IO_REMOVE_LOCK RemoveLock;

    ULONG Index;
    BOOLEAN LinkCreated;

    /* The device interface's, from AddDevice to IRP_MN_REMOVE_DEVICE. */
    UNICODE_STRING InterfaceName;
    BOOLEAN InterfaceEnabled;

    /*
     * Hardware. Valid while HardwareReady is set; who touches registers or the
     * interrupt object holds Lock or is the ISR.
     */
    BOOLEAN HardwareReady;
    PUCHAR Registers;
    ULONG RegistersLength;
    PKINTERRUPT Interrupt;
    PDMA_ADAPTER Adapter;
    ULONG MapRegisters;
    BUS_INTERFACE_STANDARD Bus;     /* SetBusData is NULL without one */
    BOOLEAN BusMasterStopped;

    /* Under the interrupt spin lock. */
    EDU_INTERRUPT_STATE InterruptState;
    ULONG RaiseRequested;

    /* The current request; under Lock. */
    KSPIN_LOCK Lock;
    BOOLEAN Gone;                   /* removed: every request fails */
    ULONG Hold;                     /* EDU_HOLD_xxx */
    EDU_STAGE Stage;
    PIRP Irp;
    EDU_JOB Job;
    ULONG TicksLeft;
    KEVENT Quiet;                   /* set: no request uses the hardware */

    /* Owned by whoever the stage says owns the current request. */
    EDU_TRANSFER Transfer;
    UCHAR LastByte;
    NTSTATUS FinalStatus;
    ULONG_PTR FinalInformation;
    KDPC EndDpc;

    KTIMER RetryTimer;
    KDPC RetryDpc;

    /* Pending IOCTL_EDU_WAIT requests; under WaitLock. */
    KSPIN_LOCK WaitLock;
    LIST_ENTRY WaitList;
    BOOLEAN WaitClosed;

    EDU_STATISTICS Statistics;
} EDU_EXTENSION, *PEDU_EXTENSION;

#define EduExtension(DeviceObject) \
    ((PEDU_EXTENSION)(DeviceObject)->DeviceExtension)

#define EduRead(Extension, Register) \
    READ_REGISTER_ULONG((PULONG)((Extension)->Registers + (Register)))

#define EduWrite(Extension, Register, Value) \
    WRITE_REGISTER_ULONG((PULONG)((Extension)->Registers + (Register)), (Value))

#define EduCount(Extension, Counter) \
    InterlockedIncrement((PLONG)&(Extension)->Statistics.Counter)

/* edu.c */
DRIVER_INITIALIZE DriverEntry;
DRIVER_ADD_DEVICE EduAddDevice;
DRIVER_UNLOAD EduUnload;

/* pnp.c */
DRIVER_DISPATCH EduDispatchPnp;
DRIVER_DISPATCH EduDispatchSystemControl;
NTSTATUS EduForwardAndWait(PEDU_EXTENSION Extension, PIRP Irp);

/* hardware.c */
NTSTATUS EduAcquireHardware(PEDU_EXTENSION Extension, PCM_RESOURCE_LIST Translated);
VOID EduReleaseHardware(PEDU_EXTENSION Extension);

/* bus.c */
VOID EduQueryBusInterface(PEDU_EXTENSION Extension);
VOID EduReleaseBusInterface(PEDU_EXTENSION Extension);
BOOLEAN EduStopBusMaster(PEDU_EXTENSION Extension);
VOID EduResumeBusMaster(PEDU_EXTENSION Extension);

/* power.c */
DRIVER_DISPATCH EduDispatchPower;

/* dispatch.c */
DRIVER_DISPATCH EduDispatchCreate;
DRIVER_DISPATCH EduDispatchCleanup;
DRIVER_DISPATCH EduDispatchClose;
DRIVER_DISPATCH EduDispatchFlushBuffers;
NTSTATUS EduRefuse(PIRP Irp, NTSTATUS Status);
NTSTATUS EduComplete(PEDU_EXTENSION Extension, PIRP Irp, NTSTATUS Status, ULONG_PTR Information);

/* ioctl.c */
DRIVER_DISPATCH EduDispatchDeviceControl;
NTSTATUS EduRegisterIo(PEDU_EXTENSION Extension, PIRP Irp, PULONG_PTR Information);

/* readwrite.c */
DRIVER_DISPATCH EduDispatchRead;
DRIVER_DISPATCH EduDispatchWrite;
DRIVER_DISPATCH EduDispatchQueryInformation;
DRIVER_DISPATCH EduDispatchSetInformation;
NTSTATUS EduPrepareTransfer(PIRP Irp, ULONG Offset, ULONG Length);
VOID EduDescribeTransfer(PIRP Irp, PEDU_TRANSFER Transfer);

/* startio.c */
DRIVER_STARTIO EduStartIo;
KDEFERRED_ROUTINE EduEndDpc;
NTSTATUS EduQueue(PEDU_EXTENSION Extension, PIRP Irp);
BOOLEAN EduClaim(PEDU_EXTENSION Extension);
VOID EduBegin(PEDU_EXTENSION Extension);
VOID EduEnd(PEDU_EXTENSION Extension, NTSTATUS Status, ULONG_PTR Information);
VOID EduEndLater(PEDU_EXTENSION Extension, NTSTATUS Status, ULONG_PTR Information);

/* queue.c */
VOID EduHoldQueue(PEDU_EXTENSION Extension, ULONG Reason);
VOID EduReleaseQueue(PEDU_EXTENSION Extension, ULONG Reason);
VOID EduCancelFile(PEDU_EXTENSION Extension, PFILE_OBJECT FileObject);
VOID EduFailAll(PEDU_EXTENSION Extension, BOOLEAN Surprise);

/* isr.c */
KSERVICE_ROUTINE EduInterrupt;
IO_DPC_ROUTINE EduDpcForIsr;
KSYNCHRONIZE_ROUTINE EduSynchTakeState;
KSYNCHRONIZE_ROUTINE EduSynchRaise;
KSYNCHRONIZE_ROUTINE EduSynchStartFactorial;
KSYNCHRONIZE_ROUTINE EduSynchStartDma;

/* What the SynchCritSection routines get. */
typedef struct _EDU_SYNCH {
    PEDU_EXTENSION Extension;
    ULONG Value;                    /* to raise, or to compute from */
    EDU_INTERRUPT_STATE State;      /* taken */
    ULONG Source;                   /* of a DMA transfer */
    ULONG Destination;
    ULONG Count;
    ULONG Command;
} EDU_SYNCH, *PEDU_SYNCH;

/* dma.c */
DRIVER_CONTROL EduAdapterControl;
NTSTATUS EduAllocateChannel(PEDU_EXTENSION Extension);
VOID EduDmaPieceDone(PEDU_EXTENSION Extension);
VOID EduDmaRelease(PEDU_EXTENSION Extension);
VOID EduCopyLastByte(PEDU_EXTENSION Extension);

/* wait.c */
NTSTATUS EduWait(PEDU_EXTENSION Extension, PIRP Irp);
VOID EduCompleteWaiters(PEDU_EXTENSION Extension, PFILE_OBJECT FileObject, NTSTATUS Status, ULONG Value);
VOID EduCloseWaitList(PEDU_EXTENSION Extension);

/* timer.c */
IO_TIMER_ROUTINE EduIoTimer;
KDEFERRED_ROUTINE EduRetryTimerDpc;
VOID EduStartRetryTimer(PEDU_EXTENSION Extension);

#endif /* EDU_H */
