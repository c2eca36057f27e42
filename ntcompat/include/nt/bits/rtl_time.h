/* SPDX-License-Identifier: GPL-2.0 */
/* Time in fields, versions, random numbers, checksums. */
#ifndef _NT_RTL_TIME_H
#define _NT_RTL_TIME_H

#include "../ntdef.h"

EXTERN_C_START

typedef struct _TIME_FIELDS {
	CSHORT Year;
	CSHORT Month;
	CSHORT Day;
	CSHORT Hour;
	CSHORT Minute;
	CSHORT Second;
	CSHORT Milliseconds;
	CSHORT Weekday;
} TIME_FIELDS, *PTIME_FIELDS;

VOID RtlTimeToTimeFields(PLARGE_INTEGER Time, PTIME_FIELDS TimeFields);
BOOLEAN RtlTimeFieldsToTime(PTIME_FIELDS TimeFields, PLARGE_INTEGER Time);
BOOLEAN RtlTimeToSecondsSince1970(PLARGE_INTEGER Time, PULONG ElapsedSeconds);
BOOLEAN RtlTimeToSecondsSince1980(PLARGE_INTEGER Time, PULONG ElapsedSeconds);
VOID RtlSecondsSince1970ToTime(ULONG ElapsedSeconds, PLARGE_INTEGER Time);
VOID RtlSecondsSince1980ToTime(ULONG ElapsedSeconds, PLARGE_INTEGER Time);
VOID ExSystemTimeToLocalTime(PLARGE_INTEGER SystemTime, PLARGE_INTEGER LocalTime);
VOID ExLocalTimeToSystemTime(PLARGE_INTEGER LocalTime, PLARGE_INTEGER SystemTime);

ULONG RtlRandom(PULONG Seed);
ULONG RtlRandomEx(PULONG Seed);
ULONG RtlUniform(PULONG Seed);
ULONG RtlComputeCrc32(ULONG PartialCrc, const VOID *Buffer, ULONG Length);
USHORT RtlCaptureStackBackTrace(ULONG FramesToSkip, ULONG FramesToCapture, PVOID *BackTrace,
				PULONG BackTraceHash);

typedef struct _OSVERSIONINFOW {
	ULONG dwOSVersionInfoSize;
	ULONG dwMajorVersion;
	ULONG dwMinorVersion;
	ULONG dwBuildNumber;
	ULONG dwPlatformId;
	WCHAR szCSDVersion[128];
} OSVERSIONINFOW, *POSVERSIONINFOW, *LPOSVERSIONINFOW, RTL_OSVERSIONINFOW, *PRTL_OSVERSIONINFOW;

typedef struct _OSVERSIONINFOEXW {
	ULONG dwOSVersionInfoSize;
	ULONG dwMajorVersion;
	ULONG dwMinorVersion;
	ULONG dwBuildNumber;
	ULONG dwPlatformId;
	WCHAR szCSDVersion[128];
	USHORT wServicePackMajor;
	USHORT wServicePackMinor;
	USHORT wSuiteMask;
	UCHAR wProductType;
	UCHAR wReserved;
} OSVERSIONINFOEXW, *POSVERSIONINFOEXW, *LPOSVERSIONINFOEXW, RTL_OSVERSIONINFOEXW,
	*PRTL_OSVERSIONINFOEXW;

NTSTATUS RtlGetVersion(PRTL_OSVERSIONINFOW VersionInformation);
NTSTATUS RtlVerifyVersionInfo(PRTL_OSVERSIONINFOEXW VersionInfo, ULONG TypeMask,
			      ULONGLONG ConditionMask);
ULONGLONG VerSetConditionMask(ULONGLONG ConditionMask, ULONG TypeMask, UCHAR Condition);
BOOLEAN RtlIsNtDdiVersionAvailable(ULONG Version);
BOOLEAN RtlIsServicePackVersionInstalled(ULONG Version);
BOOLEAN IoIsWdmVersionAvailable(UCHAR MajorVersion, UCHAR MinorVersion);

EXTERN_C_END

#define VER_EQUAL			1
#define VER_GREATER			2
#define VER_GREATER_EQUAL		3
#define VER_LESS			4
#define VER_LESS_EQUAL			5
#define VER_AND				6
#define VER_OR				7
#define VER_CONDITION_MASK		7
#define VER_NUM_BITS_PER_CONDITION_MASK	3
#define VER_MINORVERSION		0x0000001
#define VER_MAJORVERSION		0x0000002
#define VER_BUILDNUMBER			0x0000004
#define VER_PLATFORMID			0x0000008
#define VER_SERVICEPACKMINOR		0x0000010
#define VER_SERVICEPACKMAJOR		0x0000020
#define VER_SUITENAME			0x0000040
#define VER_PRODUCT_TYPE		0x0000080
#define VER_NT_WORKSTATION		0x0000001
#define VER_NT_DOMAIN_CONTROLLER	0x0000002
#define VER_NT_SERVER			0x0000003
#define VER_PLATFORM_WIN32s		0
#define VER_PLATFORM_WIN32_WINDOWS	1
#define VER_PLATFORM_WIN32_NT		2
#define VER_SET_CONDITION(ConditionMask, TypeBitMask, ComparisonType) \
	((ConditionMask) = VerSetConditionMask((ConditionMask), (TypeBitMask), (ComparisonType)))

#define NTDDI_WIN2K			0x05000000
#define NTDDI_WINXP			0x05010000
#define NTDDI_WINXPSP1			0x05010100
#define NTDDI_WINXPSP2			0x05010200
#define NTDDI_WINXPSP3			0x05010300
#define NTDDI_WS03			0x05020000
#define NTDDI_WS03SP1			0x05020100
#define NTDDI_WIN6			0x06000000
#define NTDDI_VISTA			NTDDI_WIN6
#define NTDDI_LONGHORN			NTDDI_VISTA
#define NTDDI_WIN6SP1			0x06000100
#define NTDDI_VISTASP1			NTDDI_WIN6SP1
#define NTDDI_WS08			NTDDI_WIN6SP1
#define NTDDI_WIN7			0x06010000
#define NTDDI_WIN8			0x06020000
#define NTDDI_WINBLUE			0x06030000
#define NTDDI_WINTHRESHOLD		0x0A000000
#define NTDDI_WIN10			0x0A000000
#define OSVERSION_MASK			0xffff0000
#define SPVERSION_MASK			0x0000ff00
#define SUBVERSION_MASK			0x000000ff
#define OSVER(Version)			((Version) & OSVERSION_MASK)
#define SPVER(Version)			(((Version) & SPVERSION_MASK) >> 8)
#define SUBVER(Version)			((Version) & SUBVERSION_MASK)

#endif /* _NT_RTL_TIME_H */
