/* SPDX-License-Identifier: GPL-2.0 */
/*
 * regtest.h - tests of what a driver and its device find in the registry
 *
 * It answers the conformance program's requests (selftests/user/conform.c), whose
 * structures are repeated here.
 */
#ifndef REGTEST_H
#define REGTEST_H

#include <ntddk.h>

#define IOCTL_CONFORM_RUN	CTL_CODE(0x8001U, 0x800, METHOD_BUFFERED, FILE_ANY_ACCESS)
/* A number, which is set as Parameters' value Flushed; then ZwFlushKey. */
#define IOCTL_REGTEST_FLUSH	CTL_CODE(0x8001U, 0x801, METHOD_BUFFERED, FILE_ANY_ACCESS)
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
	PTEST_RESULT Result;
	PUNICODE_STRING RegistryPath;	/* what DriverEntry got */
	PDEVICE_OBJECT Pdo, Fdo;
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

/* A value's bytes, or 0 of them. */
ULONG GetValue(HANDLE Key, PCWSTR Name, PULONG Type, PVOID Data, ULONG Size);
NTSTATUS SetAndFlush(PUNICODE_STRING RegistryPath, ULONG Number);
NTSTATUS OpenBelow(HANDLE Root, PCWSTR Path, PHANDLE Key);
BOOLEAN IsText(HANDLE Key, PCWSTR Name, ULONG Type, const VOID *Data, ULONG Length);
BOOLEAN IsNumber(HANDLE Key, PCWSTR Name, ULONG Number);

#define IS_TEXT(Key, Name, Type, Text)	IsText(Key, Name, Type, Text, sizeof(Text))

#define REG_TESTS(TEST)		\
	TEST(ServiceKey)	\
	TEST(ServiceParameters)	\
	TEST(DriverKey)		\
	TEST(HardwareKey)	\
	TEST(ProfileKey)	\
	TEST(KeyOfNoPdo)	\
	TEST(InstanceKey)	\
	TEST(AbsoluteKey)	\
	TEST(PropertyTexts)	\
	TEST(PropertyIds)	\
	TEST(PropertyBus)	\
	TEST(PropertyNumbers)	\
	TEST(PropertyFriendly)	\
	TEST(PropertyRefused)	\
	TEST(PropertyData)	\
	TEST(PropertyDataKnown)	\
	TEST(InterfaceKey)	\
	TEST(InterfaceData)

#define DECLARE_TEST(name) VOID name(PTEST T);
REG_TESTS(DECLARE_TEST)

#endif /* REGTEST_H */
