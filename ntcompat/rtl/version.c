// SPDX-License-Identifier: GPL-2.0
/*
 * Which Windows this is: 10, the one whose headers these are. Pure code: it is also
 * compiled and tested on the host.
 */
#include "string.h"

#define MAJOR		10
#define MINOR		0
#define BUILD		19045
#define WDM_MAJOR	6	/* WDM's versions ended with Vista's, 6.0 */
#define WDM_MINOR	0

/**
 * RtlGetVersion - the version of Windows that drivers see
 * @VersionInformation: an RTL_OSVERSIONINFOW, or an RTL_OSVERSIONINFOEXW when its
 *	dwOSVersionInfoSize says so
 *
 * IRQL: PASSIVE_LEVEL (here any). Returns STATUS_SUCCESS.
 */
NTSTATUS RtlGetVersion(PRTL_OSVERSIONINFOW VersionInformation)
{
	PRTL_OSVERSIONINFOEXW more = (PRTL_OSVERSIONINFOEXW)VersionInformation;

	VersionInformation->dwMajorVersion = MAJOR;
	VersionInformation->dwMinorVersion = MINOR;
	VersionInformation->dwBuildNumber = BUILD;
	VersionInformation->dwPlatformId = VER_PLATFORM_WIN32_NT;
	memset(VersionInformation->szCSDVersion, 0, sizeof(VersionInformation->szCSDVersion));
	if (VersionInformation->dwOSVersionInfoSize == sizeof(RTL_OSVERSIONINFOEXW)) {
		more->wServicePackMajor = 0;
		more->wServicePackMinor = 0;
		more->wSuiteMask = 0;
		more->wProductType = VER_NT_WORKSTATION;
		more->wReserved = 0;
	}
	return STATUS_SUCCESS;
}
EXPORT_SYMBOL(RtlGetVersion);

/* Where a type's condition stands in a mask: its bit's number times three. */
static unsigned int shift_of(ULONG type)
{
	return __builtin_ctz(type) * VER_NUM_BITS_PER_CONDITION_MASK;
}

/**
 * VerSetConditionMask - note how RtlVerifyVersionInfo() compares a member
 * @ConditionMask: what was noted before, 0 at first
 * @TypeMask: VER_MAJORVERSION ...
 * @Condition: VER_EQUAL ...
 *
 * IRQL: any. Returns the new mask.
 */
ULONGLONG VerSetConditionMask(ULONGLONG ConditionMask, ULONG TypeMask, UCHAR Condition)
{
	ULONG type;

	for (type = VER_MINORVERSION; type <= VER_PRODUCT_TYPE; type <<= 1)
		if (TypeMask & type)
			ConditionMask |= (ULONGLONG)(Condition & VER_CONDITION_MASK) <<
					 shift_of(type);
	return ConditionMask;
}
EXPORT_SYMBOL(VerSetConditionMask);

static ULONG condition_of(ULONGLONG mask, ULONG type)
{
	return mask >> shift_of(type) & VER_CONDITION_MASK;
}

static bool holds(ULONG ours, ULONG condition, ULONG theirs)
{
	switch (condition) {
	case VER_EQUAL:
		return ours == theirs;
	case VER_GREATER:
		return ours > theirs;
	case VER_GREATER_EQUAL:
		return ours >= theirs;
	case VER_LESS:
		return ours < theirs;
	case VER_LESS_EQUAL:
		return ours <= theirs;
	}
	return false;
}

static bool suite_holds(ULONG ours, ULONG condition, ULONG theirs)
{
	return condition == VER_AND ? (ours & theirs) == theirs : (ours & theirs) != 0;
}

static bool conditions_are_valid(ULONG types, ULONGLONG mask)
{
	ULONG type;

	if (!types || types & ~0xff)
		return false;
	for (type = VER_MINORVERSION; type <= VER_PRODUCT_TYPE; type <<= 1) {
		ULONG condition = condition_of(mask, type);
		bool suite = type == VER_SUITENAME;

		if (types & type && (suite ? condition < VER_AND :
					     !condition || condition > VER_LESS_EQUAL))
			return false;
	}
	return true;
}

/*
 * Major, minor and service pack are one number of several places, compared as the
 * first of them that is asked for says: where a place differs, it decides.
 */
static bool version_holds(const RTL_OSVERSIONINFOEXW *asked, ULONG types, ULONGLONG mask)
{
	const struct {
		ULONG type, ours, theirs;
	} places[] = {
		{ VER_MAJORVERSION, MAJOR, asked->dwMajorVersion },
		{ VER_MINORVERSION, MINOR, asked->dwMinorVersion },
		{ VER_SERVICEPACKMAJOR, 0, asked->wServicePackMajor },
		{ VER_SERVICEPACKMINOR, 0, asked->wServicePackMinor },
	};
	ULONG condition = 0;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(places); i++) {
		if (!(types & places[i].type))
			continue;
		condition = condition ?: condition_of(mask, places[i].type);
		if (places[i].ours != places[i].theirs)
			return holds(places[i].ours, condition, places[i].theirs);
	}
	return !condition || holds(0, condition, 0);
}

/**
 * RtlVerifyVersionInfo - is this such a version of Windows?
 * @VersionInfo: what is asked for
 * @TypeMask: which of its members count
 * @ConditionMask: how they compare: see VerSetConditionMask()
 *
 * IRQL: PASSIVE_LEVEL (here any). Returns STATUS_SUCCESS, STATUS_REVISION_MISMATCH,
 * or STATUS_INVALID_PARAMETER when a member has no condition, or none that it can
 * have.
 */
NTSTATUS RtlVerifyVersionInfo(PRTL_OSVERSIONINFOEXW VersionInfo, ULONG TypeMask,
			      ULONGLONG ConditionMask)
{
	bool fits;

	if (!conditions_are_valid(TypeMask, ConditionMask))
		return STATUS_INVALID_PARAMETER;
	fits = version_holds(VersionInfo, TypeMask, ConditionMask);
	if (TypeMask & VER_BUILDNUMBER)
		fits &= holds(BUILD, condition_of(ConditionMask, VER_BUILDNUMBER),
			      VersionInfo->dwBuildNumber);
	if (TypeMask & VER_PLATFORMID)
		fits &= holds(VER_PLATFORM_WIN32_NT, condition_of(ConditionMask, VER_PLATFORMID),
			      VersionInfo->dwPlatformId);
	if (TypeMask & VER_PRODUCT_TYPE)
		fits &= holds(VER_NT_WORKSTATION, condition_of(ConditionMask, VER_PRODUCT_TYPE),
			      VersionInfo->wProductType);
	if (TypeMask & VER_SUITENAME)
		fits &= suite_holds(0, condition_of(ConditionMask, VER_SUITENAME),
				    VersionInfo->wSuiteMask);
	return fits ? STATUS_SUCCESS : STATUS_REVISION_MISMATCH;
}
EXPORT_SYMBOL(RtlVerifyVersionInfo);

/**
 * RtlIsNtDdiVersionAvailable - is this Windows as new as that?
 * @Version: NTDDI_WINXP ..., without a service pack
 *
 * IRQL: PASSIVE_LEVEL (here any). Returns FALSE for a version with a service pack,
 * for which RtlIsServicePackVersionInstalled() asks.
 */
BOOLEAN RtlIsNtDdiVersionAvailable(ULONG Version)
{
	return !(Version & ~OSVERSION_MASK) && Version <= NTDDI_WIN10;
}
EXPORT_SYMBOL(RtlIsNtDdiVersionAvailable);

/**
 * RtlIsServicePackVersionInstalled - is this that Windows with that service pack?
 * @Version: NTDDI_WINXPSP1 ...
 *
 * IRQL: PASSIVE_LEVEL (here any). Returns FALSE for another release, newer ones too.
 */
BOOLEAN RtlIsServicePackVersionInstalled(ULONG Version)
{
	return OSVER(Version) == NTDDI_WIN10 && !SPVER(Version);
}
EXPORT_SYMBOL(RtlIsServicePackVersionInstalled);

/**
 * IoIsWdmVersionAvailable - is there this version of WDM?
 * @MajorVersion: 1, or 6
 * @MinorVersion: up to 0x30 with 1; 0 with 6
 *
 * IRQL: PASSIVE_LEVEL (here any).
 */
BOOLEAN IoIsWdmVersionAvailable(UCHAR MajorVersion, UCHAR MinorVersion)
{
	return MajorVersion < WDM_MAJOR ||
	       (MajorVersion == WDM_MAJOR && MinorVersion <= WDM_MINOR);
}
EXPORT_SYMBOL(IoIsWdmVersionAvailable);
