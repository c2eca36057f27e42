/* SPDX-License-Identifier: GPL-2.0 */
/* What belongs to a driver, the error log, and small questions about IRPs and stacks. */
#ifndef _NT_IO_DRIVER_H
#define _NT_IO_DRIVER_H

#include "io.h"
#include "ex.h"

EXTERN_C_START

NTSTATUS IoAllocateDriverObjectExtension(PDRIVER_OBJECT DriverObject, PVOID ClientIdentificationAddress,
					 ULONG DriverObjectExtensionSize, PVOID *DriverObjectExtension);
PVOID IoGetDriverObjectExtension(PDRIVER_OBJECT DriverObject, PVOID ClientIdentificationAddress);
VOID IoRegisterDriverReinitialization(PDRIVER_OBJECT DriverObject,
				      PDRIVER_REINITIALIZE DriverReinitializationRoutine,
				      PVOID Context);
VOID IoRegisterBootDriverReinitialization(PDRIVER_OBJECT DriverObject,
					  PDRIVER_REINITIALIZE DriverReinitializationRoutine,
					  PVOID Context);

typedef struct _CONFIGURATION_INFORMATION {
	ULONG DiskCount;
	ULONG FloppyCount;
	ULONG CdRomCount;
	ULONG TapeCount;
	ULONG ScsiPortCount;
	ULONG SerialCount;
	ULONG ParallelCount;
	BOOLEAN AtDiskPrimaryAddressClaimed;
	BOOLEAN AtDiskSecondaryAddressClaimed;
	ULONG Version;
	ULONG MediumChangerCount;
} CONFIGURATION_INFORMATION, *PCONFIGURATION_INFORMATION;

PCONFIGURATION_INFORMATION IoGetConfigurationInformation(VOID);

/* ---- The error log ---- */

typedef struct _IO_ERROR_LOG_PACKET {
	UCHAR MajorFunctionCode;
	UCHAR RetryCount;
	USHORT DumpDataSize;
	USHORT NumberOfStrings;
	USHORT StringOffset;
	USHORT EventCategory;
	NTSTATUS ErrorCode;
	ULONG UniqueErrorValue;
	NTSTATUS FinalStatus;
	ULONG SequenceNumber;
	ULONG IoControlCode;
	LARGE_INTEGER DeviceOffset;
	ULONG DumpData[1];
} IO_ERROR_LOG_PACKET, *PIO_ERROR_LOG_PACKET;

#define ERROR_LOG_LIMIT_SIZE		240
#define ERROR_LOG_MAXIMUM_SIZE		240
#define PORT_MAXIMUM_MESSAGE_LENGTH	512

PVOID IoAllocateErrorLogEntry(PVOID IoObject, UCHAR EntrySize);
VOID IoFreeErrorLogEntry(PVOID ElEntry);
VOID IoWriteErrorLogEntry(PVOID ElEntry);

VOID IoSetHardErrorOrVerifyDevice(PIRP Irp, PDEVICE_OBJECT DeviceObject);
#define IoIsErrorUserInduced(Status)					\
	((BOOLEAN)((Status) == STATUS_DEVICE_NOT_READY ||		\
		   (Status) == STATUS_IO_TIMEOUT ||			\
		   (Status) == STATUS_MEDIA_WRITE_PROTECTED ||		\
		   (Status) == STATUS_NO_MEDIA_IN_DEVICE ||		\
		   (Status) == STATUS_VERIFY_REQUIRED ||		\
		   (Status) == STATUS_UNRECOGNIZED_MEDIA ||		\
		   (Status) == STATUS_WRONG_VOLUME))

/* ---- Names ---- */

NTSTATUS IoCreateUnprotectedSymbolicLink(PUNICODE_STRING SymbolicLinkName, PUNICODE_STRING DeviceName);
#define IoAssignArcName(ArcName, DeviceName)	IoCreateSymbolicLink(ArcName, DeviceName)
#define IoDeassignArcName(ArcName)		IoDeleteSymbolicLink(ArcName)

/* ---- Stacks and IRPs ---- */

#define IoAdjustPagingPathCount(Count, Increment) do {		\
	if (Increment)						\
		InterlockedIncrement(Count);			\
	else							\
		InterlockedDecrement(Count);			\
} while (0)

#define IoCallDriverStackSafeDefault(DeviceObject, Irp)	IoCallDriver(DeviceObject, Irp)

VOID IoSetStartIoAttributes(PDEVICE_OBJECT DeviceObject, BOOLEAN DeferredStartIo,
			    BOOLEAN NonCancelable);
PDEVICE_OBJECT IoGetDeviceAttachmentBaseRef(PDEVICE_OBJECT DeviceObject);
PDEVICE_OBJECT IoGetBaseFileSystemDeviceObject(PFILE_OBJECT FileObject);
VOID IoSetMasterIrpStatus(PIRP MasterIrp, NTSTATUS Status);

typedef enum _IO_PRIORITY_HINT {
	IoPriorityVeryLow,
	IoPriorityLow,
	IoPriorityNormal,
	IoPriorityHigh,
	IoPriorityCritical,
	MaxIoPriorityTypes,
} IO_PRIORITY_HINT;

typedef enum _IO_PAGING_PRIORITY {
	IoPagingPriorityInvalid,
	IoPagingPriorityNormal,
	IoPagingPriorityHigh,
	IoPagingPriorityReserved1,
	IoPagingPriorityReserved2,
} IO_PAGING_PRIORITY;

IO_PRIORITY_HINT IoGetIoPriorityHint(PIRP Irp);
NTSTATUS IoSetIoPriorityHint(PIRP Irp, IO_PRIORITY_HINT PriorityHint);
IO_PAGING_PRIORITY IoGetPagingIoPriority(PIRP Irp);

EXTERN_C_END

#endif /* _NT_IO_DRIVER_H */
