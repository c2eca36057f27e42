// SPDX-License-Identifier: GPL-2.0
/* Questions about the system. */
#include "../nt.h"
#include <linux/cpumask.h>
#include <linux/mm.h>
#include <linux/timekeeping.h>

static void fill_basic(PSYSTEM_BASIC_INFORMATION info)
{
	memset(info, 0, sizeof(*info));
	info->TimerResolution = KeQueryTimeIncrement();
	info->PageSize = PAGE_SIZE;
	info->NumberOfPhysicalPages = min_t(unsigned long, totalram_pages(), U32_MAX);
	info->HighestPhysicalPageNumber = min_t(unsigned long, PFN_DOWN(__pa(high_memory)) - 1,
						U32_MAX);
	info->AllocationGranularity = PAGE_SIZE;
	info->MinimumUserModeAddress = PAGE_SIZE;
	info->MaximumUserModeAddress = TASK_SIZE_MAX - 1;
	info->ActiveProcessorsAffinityMask = KeQueryActiveProcessors();
	info->NumberOfProcessors = num_online_cpus();
}

static void fill_time(PSYSTEM_TIMEOFDAY_INFORMATION info)
{
	memset(info, 0, sizeof(*info));
	KeQuerySystemTime(&info->CurrentTime);
	info->BootTime.QuadPart = info->CurrentTime.QuadPart - ktime_get_boottime_ns() / 100;
	/* What ExSystemTimeToLocalTime() takes away. */
	info->TimeZoneBias.QuadPart = sys_tz.tz_minuteswest * 60 * 10000000LL;
}

/**
 * ZwQuerySystemInformation - ask about the system
 * @SystemInformationClass: SystemBasicInformation or SystemTimeOfDayInformation
 * @SystemInformation: receives the answer
 * @SystemInformationLength: its bytes
 * @ReturnLength: receives the bytes of the answer; or NULL
 *
 * IRQL: PASSIVE_LEVEL. Not documented for drivers; the classes that have no meaning here
 * give STATUS_INVALID_INFO_CLASS. Returns STATUS_INFO_LENGTH_MISMATCH for too short a buffer.
 */
NTSTATUS ZwQuerySystemInformation(SYSTEM_INFORMATION_CLASS SystemInformationClass,
				  PVOID SystemInformation, ULONG SystemInformationLength,
				  PULONG ReturnLength)
{
	ULONG size = SystemInformationClass == SystemBasicInformation ?
		     sizeof(SYSTEM_BASIC_INFORMATION) :
		     SystemInformationClass == SystemTimeOfDayInformation ?
		     sizeof(SYSTEM_TIMEOFDAY_INFORMATION) : 0;

	if (ReturnLength)
		*ReturnLength = size;
	if (!size)
		return STATUS_INVALID_INFO_CLASS;
	if (SystemInformationLength < size)
		return STATUS_INFO_LENGTH_MISMATCH;
	if (SystemInformationClass == SystemBasicInformation)
		fill_basic(SystemInformation);
	else
		fill_time(SystemInformation);
	return STATUS_SUCCESS;
}
EXPORT_SYMBOL(ZwQuerySystemInformation);

/**
 * ZwDisplayString - show a text on the boot screen
 * @String: the text
 *
 * IRQL: PASSIVE_LEVEL. It goes to the kernel log, as HalDisplayString()'s does.
 */
NTSTATUS ZwDisplayString(PUNICODE_STRING String)
{
	DbgPrint("%wZ\n", String);
	return STATUS_SUCCESS;
}
EXPORT_SYMBOL(ZwDisplayString);

/**
 * ZwQueryDefaultLocale - the language of the system
 * @UserProfile: that of the user, or of the system
 * @DefaultLocaleId: receives 0x409, English: the kernel has no other
 *
 * IRQL: PASSIVE_LEVEL.
 */
NTSTATUS ZwQueryDefaultLocale(BOOLEAN UserProfile, LCID *DefaultLocaleId)
{
	*DefaultLocaleId = 0x409;
	return STATUS_SUCCESS;
}
EXPORT_SYMBOL(ZwQueryDefaultLocale);
