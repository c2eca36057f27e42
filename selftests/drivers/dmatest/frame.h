/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The frame of the DMA tests: it answers the conformance program's requests
 * (selftests/user/conform.c), whose structures are repeated here.
 */
#ifndef FRAME_H
#define FRAME_H

#include <ntddk.h>

#define IOCTL_CONFORM_RUN	CTL_CODE(0x8001U, 0x800, METHOD_BUFFERED, FILE_ANY_ACCESS)
#define CONFORM_NONE		0xffffffffU
#define CONFORM_NAME_ONLY	0x40000000U

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

typedef struct _EXTENSION {
	PDEVICE_OBJECT Pdo, Lower;
	PHYSICAL_ADDRESS Bar;		/* as the bus sees it */
	ULONG BarLength;
} EXTENSION, *PEXTENSION;

typedef struct _TEST {
	PDEVICE_OBJECT Device;
	PEXTENSION Extension;
	PTEST_RESULT Result;
	ULONG Processors;
} TEST, *PTEST;

typedef struct _TEST_ENTRY {
	PCSTR Name;
	VOID (*Run)(PTEST T);
} TEST_ENTRY;

extern const TEST_ENTRY Tests[];
extern const ULONG TestCount;

VOID TestCheck(PTEST T, BOOLEAN Passed, PCSTR Text, ULONG Line, LONGLONG Expected, LONGLONG Seen);

#define CHECK(condition) \
	TestCheck(T, (condition) ? TRUE : FALSE, #condition, __LINE__, 1, 0)
#define CHECK_EQ(expected, seen)						\
	do {									\
		LONGLONG Expected_ = (LONGLONG)(expected);			\
		LONGLONG Seen_ = (LONGLONG)(seen);				\
										\
		TestCheck(T, Expected_ == Seen_, #expected " == " #seen, __LINE__, \
			  Expected_, Seen_);					\
	} while (0)

/* The environment's header declares it only to those who include <stdio.h>. */
#ifndef _snprintf
int __cdecl _snprintf(char *Buffer, size_t Count, const char *Format, ...);
#endif

#endif /* FRAME_H */
