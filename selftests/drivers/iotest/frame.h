/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The frame of a test driver: it answers the conformance program's requests
 * (selftests/user/conform.c), whose structures are repeated here.
 */
#ifndef FRAME_H
#define FRAME_H

#include <ntddk.h>

#define IOCTL_CONFORM_RUN	CTL_CODE(0x8001U, 0x800, METHOD_BUFFERED, FILE_ANY_ACCESS)
#define CONFORM_NONE		0xffffffffU

typedef struct _TEST_REQUEST {
	ULONG Number;
	ULONG Processors;
} TEST_REQUEST, *PTEST_REQUEST;

typedef struct _TEST_RESULT {
	ULONG Count;
	ULONG Checks;
	ULONG Failures;
	CHAR Name[52];
	CHAR Text[2048];
} TEST_RESULT, *PTEST_RESULT;

typedef struct _TEST {
	PDRIVER_OBJECT Driver;
	PDEVICE_OBJECT Device;
	PTEST_RESULT Result;
	ULONG Processors;
} TEST, *PTEST;

typedef VOID TEST_ROUTINE(PTEST T);

typedef struct _TEST_ENTRY {
	PCSTR Name;
	TEST_ROUTINE *Run;
} TEST_ENTRY;

/* What the driver's own file provides; a routine may be NULL there. */
extern const TEST_ENTRY Tests[];
extern const ULONG TestCount;
extern PCWSTR TestDeviceName, TestLinkName;
extern DRIVER_DISPATCH *TestOtherControl;

VOID TestCheck(PTEST T, BOOLEAN Passed, PCSTR Text, PCSTR File, ULONG Line,
	       LONGLONG Expected, LONGLONG Seen);
NTSTATUS TestFinish(PIRP Irp, NTSTATUS Status, ULONG_PTR Information);
VOID TestSleep(LONG Milliseconds);
NTSTATUS TestStart(PDRIVER_OBJECT DriverObject);
VOID TestStop(PDRIVER_OBJECT DriverObject);

#define CHECK(condition) \
	TestCheck(T, (condition) ? TRUE : FALSE, #condition, __FILE__, __LINE__, 1, 0)
#define CHECK_EQ(expected, seen)						\
	do {									\
		LONGLONG Expected_ = (LONGLONG)(expected);			\
		LONGLONG Seen_ = (LONGLONG)(seen);				\
										\
		TestCheck(T, Expected_ == Seen_, #expected " == " #seen,	\
			  __FILE__, __LINE__, Expected_, Seen_);		\
	} while (0)

/* The environment's header declares it only to those who include <stdio.h>. */
#ifndef _snprintf
int __cdecl _snprintf(char *Buffer, size_t Count, const char *Format, ...);
#endif

#endif /* FRAME_H */
