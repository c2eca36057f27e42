/* SPDX-License-Identifier: GPL-2.0 */
/* iotest.h - what the parts of the iotest driver share */
#ifndef IOTEST_H
#define IOTEST_H

#include "frame.h"

/* The lower device: how it answers, and what it saw. */
typedef struct _LOWER_DEVICE {
	PDEVICE_OBJECT Device;
	KDPC Dpc;
	NTSTATUS Status;
	ULONG_PTR Information;
	BOOLEAN Pend, LeaveData;
	UCHAR Major, Minor, Byte;
	ULONG Calls, Code, InLength, OutLength, MdlBytes, Length;
	LONGLONG Offset;
	PVOID Type3, UserBuffer, SystemBuffer, Mdl, Thread;
} LOWER_DEVICE;

extern LOWER_DEVICE Lower;

BOOLEAN LowerCreate(PTEST T, ULONG Flags);
VOID LowerDelete(VOID);
DRIVER_DISPATCH LowerDispatch, QueryInformation, SetInformation, FlushBuffers, KeepIrp, BuildIrp;
NTSTATUS GetRecord(PIRP Irp);
NTSTATUS GetBuilt(PIRP Irp);
NTSTATUS EndBuilt(PIRP Irp);
NTSTATUS CallAndWait(PIRP Irp, PKEVENT Event, PIO_STATUS_BLOCK IoStatus);

#define IO_TESTS(TEST)			\
	TEST(IrpInOwnMemory)		\
	TEST(IrpReused)			\
	TEST(ControlBuffered)		\
	TEST(ControlDirect)		\
	TEST(ControlNeither)		\
	TEST(ControlFails)		\
	TEST(SynchronousFsd)		\
	TEST(SynchronousBuffered)	\
	TEST(AsynchronousFsd)		\
	TEST(Associated)		\
	TEST(ForwardSynchronously)	\
	TEST(CompletionRoutineEx)	\
	TEST(PartialMdl)		\
	TEST(AttachSafe)		\
	TEST(AttachOrder)		\
	TEST(AttachByName)		\
	TEST(DevicePointer)		\
	TEST(References)		\
	TEST(CsqOrder)			\
	TEST(CsqContext)		\
	TEST(CsqCancel)			\
	TEST(CsqRefuses)		\
	TEST(CsqCancelledBefore)

#define DECLARE_TEST(name) TEST_ROUTINE name;
IO_TESTS(DECLARE_TEST)

#endif /* IOTEST_H */
