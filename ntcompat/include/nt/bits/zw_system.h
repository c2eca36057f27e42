/* SPDX-License-Identifier: GPL-2.0 */
/* Questions about the system, and to it. */
#ifndef _NT_ZW_SYSTEM_H
#define _NT_ZW_SYSTEM_H

#include "ob.h"
#include "cm.h"

typedef enum _SYSTEM_INFORMATION_CLASS {
	SystemBasicInformation = 0,
	SystemProcessorInformation = 1,
	SystemTimeOfDayInformation = 3,
} SYSTEM_INFORMATION_CLASS;

typedef struct _SYSTEM_BASIC_INFORMATION {
	ULONG Reserved;
	ULONG TimerResolution;
	ULONG PageSize;
	ULONG NumberOfPhysicalPages;
	ULONG LowestPhysicalPageNumber;
	ULONG HighestPhysicalPageNumber;
	ULONG AllocationGranularity;
	ULONG_PTR MinimumUserModeAddress;
	ULONG_PTR MaximumUserModeAddress;
	ULONG_PTR ActiveProcessorsAffinityMask;
	CCHAR NumberOfProcessors;
} SYSTEM_BASIC_INFORMATION, *PSYSTEM_BASIC_INFORMATION;

typedef struct _SYSTEM_TIMEOFDAY_INFORMATION {
	LARGE_INTEGER BootTime;
	LARGE_INTEGER CurrentTime;
	LARGE_INTEGER TimeZoneBias;
	ULONG TimeZoneId;
	ULONG Reserved;
} SYSTEM_TIMEOFDAY_INFORMATION, *PSYSTEM_TIMEOFDAY_INFORMATION;

typedef ULONG LCID;

EXTERN_C_START

NTSTATUS ZwQuerySystemInformation(SYSTEM_INFORMATION_CLASS SystemInformationClass,
				  PVOID SystemInformation, ULONG SystemInformationLength,
				  PULONG ReturnLength);
NTSTATUS ZwDisplayString(PUNICODE_STRING String);
NTSTATUS ZwQueryDefaultLocale(BOOLEAN UserProfile, LCID *DefaultLocaleId);
NTSTATUS ZwLoadDriver(PUNICODE_STRING DriverServiceName);

EXTERN_C_END

#endif /* _NT_ZW_SYSTEM_H */
