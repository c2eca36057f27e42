/* SPDX-License-Identifier: GPL-2.0 */
/*
 * nametest.h - tests of names and of who may open them, from inside a driver
 *
 * It answers the conformance program's requests (selftests/user/conform.c), whose
 * structures are repeated here, and tells programs what it was opened as.
 */
#ifndef NAMETEST_H
#define NAMETEST_H

#include <ntddk.h>
#include <wdmsec.h>
#include "nametestio.h"

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

typedef struct _TEST {
	PDRIVER_OBJECT Driver;
	PTEST_RESULT Result;
} TEST, *PTEST;

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

/* RequestorMode of the last IRP of each kind, or -1. */
extern LONG CreateMode, CleanupMode, CloseMode;

#define NAME_TESTS(TEST)	\
	TEST(InterfaceRefused)	\
	TEST(InterfaceRegister)	\
	TEST(InterfaceState)	\
	TEST(InterfaceList)	\
	TEST(InterfaceAlias)	\
	TEST(InterfaceReference) \
	TEST(SecureRefused)	\
	TEST(SecureNames)	\
	TEST(PointerMode)	\
	TEST(PointerBehind)	\
	TEST(LinkToLink)	\
	TEST(LinkReserved)

#define DECLARE_TEST(name) VOID name(PTEST T);
NAME_TESTS(DECLARE_TEST)

#endif /* NAMETEST_H */
