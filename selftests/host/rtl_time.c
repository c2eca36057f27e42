// SPDX-License-Identifier: GPL-2.0
/* Time in fields against the C library's, versions, random numbers. */
#include <time.h>

#include "rtl_test.h"

#define UNITS	10000000LL

static LARGE_INTEGER at(long seconds_since_1970)
{
	LARGE_INTEGER time = { .QuadPart = (seconds_since_1970 + 11644473600LL) * UNITS };

	return time;
}

static bool same(const TIME_FIELDS *fields, const struct tm *tm)
{
	return fields->Year == tm->tm_year + 1900 && fields->Month == tm->tm_mon + 1 &&
	       fields->Day == tm->tm_mday && fields->Hour == tm->tm_hour &&
	       fields->Minute == tm->tm_min && fields->Second == tm->tm_sec &&
	       fields->Weekday == tm->tm_wday && !fields->Milliseconds;
}

/* Every day up to 30827 at some second. */
static void all_days(void)
{
	long seconds;

	wrong = 0;
	for (seconds = -11644473600LL; seconds < 910670515199LL; seconds += 86400) {
		long now = seconds + (seconds / 86400 * 7919 % 86400 + 86400) % 86400;
		LARGE_INTEGER time = at(now), back;
		TIME_FIELDS fields;
		struct tm tm;

		RtlTimeToTimeFields(&time, &fields);
		gmtime_r(&now, &tm);
		EXPECT(same(&fields, &tm));
		EXPECT(RtlTimeFieldsToTime(&fields, &back) && back.QuadPart == time.QuadPart);
	}
	result(!wrong, "each day from 1601 to 30827");
}

static void edges(void)
{
	LARGE_INTEGER time = { .QuadPart = 0 }, back;
	TIME_FIELDS f, first = { 1601, 1, 1, 0, 0, 0, 0, 1 };
	TIME_FIELDS last = { 30827, 12, 31, 23, 59, 59, 999, 0 };
	static const TIME_FIELDS bad[] = {
		{ 1600, 1, 1 }, { 30828, 1, 1 }, { 2000, 0, 1 }, { 2000, 13, 1 }, { 2000, 1, 0 },
		{ 2000, 1, 32 }, { 1900, 2, 29 }, { 2001, 2, 29 }, { 2000, 4, 31 },
		{ 2000, 1, 1, -1 }, { 2000, 1, 1, 24 }, { 2000, 1, 1, 0, 60 },
		{ 2000, 1, 1, 0, 0, 60 }, { 2000, 1, 1, 0, 0, 0, 1000 }, { 2000, 1, 1, 0, 0, 0, -1 },
	};
	ULONG seconds = 7, i;

	wrong = 0;
	RtlTimeToTimeFields(&time, &f);
	EXPECT(!memcmp(&f, &first, sizeof(f)));
	EXPECT(RtlTimeFieldsToTime(&last, &time));
	RtlTimeToTimeFields(&time, &f);
	EXPECT(f.Year == 30827 && f.Month == 12 && f.Day == 31 && f.Milliseconds == 999);
	time.QuadPart = 0x7fffffffffffffffLL;
	RtlTimeToTimeFields(&time, &f);
	EXPECT(f.Year == 30828 && f.Month == 9 && f.Day == 14 && f.Hour == 2);
	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		f = bad[i];
		back.QuadPart = 5;
		EXPECT(!RtlTimeFieldsToTime(&f, &back) && back.QuadPart == 5);
	}
	time = at(0x7fffffff);		/* 2038 */
	EXPECT(RtlTimeToSecondsSince1970(&time, &seconds) && seconds == 0x7fffffff);
	RtlTimeToTimeFields(&time, &f);
	EXPECT(f.Year == 2038 && f.Month == 1 && f.Day == 19 && f.Hour == 3 && f.Second == 7);
	time = at(0xffffffffL);
	EXPECT(RtlTimeToSecondsSince1970(&time, &seconds) && seconds == 0xffffffff);
	RtlSecondsSince1970ToTime(seconds, &back);
	EXPECT(back.QuadPart == time.QuadPart);
	time = at(0x100000000L);
	EXPECT(!RtlTimeToSecondsSince1970(&time, &seconds));
	time = at(-1);
	EXPECT(!RtlTimeToSecondsSince1970(&time, &seconds));
	RtlSecondsSince1980ToTime(0, &time);
	RtlTimeToTimeFields(&time, &f);
	EXPECT(f.Year == 1980 && f.Month == 1 && f.Day == 1 && !f.Hour);
	EXPECT(RtlTimeToSecondsSince1980(&time, &seconds) && !seconds);
	result(!wrong, "times at their edges");
}

static NTSTATUS verify(ULONG major, ULONG minor, ULONG pack, UCHAR condition)
{
	RTL_OSVERSIONINFOEXW info = { .dwMajorVersion = major, .dwMinorVersion = minor,
				      .wServicePackMajor = pack };
	ULONG types = VER_MAJORVERSION | VER_MINORVERSION | VER_SERVICEPACKMAJOR;

	return RtlVerifyVersionInfo(&info, types, VerSetConditionMask(0, types, condition));
}

static void versions(void)
{
	RTL_OSVERSIONINFOEXW info = { .dwOSVersionInfoSize = sizeof(info), .wReserved = 9 };
	RTL_OSVERSIONINFOEXW less = { .dwOSVersionInfoSize = sizeof(RTL_OSVERSIONINFOW),
				      .wReserved = 9 };
	ULONGLONG mask = 0;

	wrong = 0;
	EXPECT(RtlGetVersion((PRTL_OSVERSIONINFOW)&info) == STATUS_SUCCESS);
	EXPECT(info.dwMajorVersion == 10 && info.wProductType == VER_NT_WORKSTATION);
	EXPECT(!info.wReserved);
	RtlGetVersion((PRTL_OSVERSIONINFOW)&less);
	EXPECT(less.wReserved == 9 && less.dwPlatformId == VER_PLATFORM_WIN32_NT);
	/* The page's example: 6.0 is at least 5.1 with service pack 1. */
	EXPECT(verify(5, 1, 1, VER_GREATER_EQUAL) == STATUS_SUCCESS);
	EXPECT(verify(10, 0, 0, VER_GREATER_EQUAL) == STATUS_SUCCESS);
	EXPECT(verify(10, 0, 1, VER_GREATER_EQUAL) == STATUS_REVISION_MISMATCH);
	EXPECT(verify(10, 0, 0, VER_GREATER) == STATUS_REVISION_MISMATCH);
	EXPECT(verify(10, 0, 0, VER_EQUAL) == STATUS_SUCCESS);
	EXPECT(verify(10, 1, 0, VER_LESS) == STATUS_SUCCESS);
	EXPECT(verify(11, 0, 0, VER_GREATER_EQUAL) == STATUS_REVISION_MISMATCH);
	EXPECT(RtlVerifyVersionInfo(&info, VER_BUILDNUMBER, 0) == STATUS_INVALID_PARAMETER);
	EXPECT(RtlVerifyVersionInfo(&info, 0, 1) == STATUS_INVALID_PARAMETER);
	VER_SET_CONDITION(mask, VER_PRODUCT_TYPE, VER_EQUAL);
	info.wProductType = VER_NT_SERVER;
	EXPECT(RtlVerifyVersionInfo(&info, VER_PRODUCT_TYPE, mask) == STATUS_REVISION_MISMATCH);
	EXPECT(RtlIsNtDdiVersionAvailable(NTDDI_WINXP) && RtlIsNtDdiVersionAvailable(NTDDI_WIN10));
	EXPECT(!RtlIsNtDdiVersionAvailable(NTDDI_WINXPSP1));
	EXPECT(!RtlIsNtDdiVersionAvailable(0x0B000000));
	EXPECT(!RtlIsServicePackVersionInstalled(NTDDI_WINXPSP2));
	EXPECT(IoIsWdmVersionAvailable(1, 0x10) && IoIsWdmVersionAvailable(1, 0x30) &&
	       IoIsWdmVersionAvailable(6, 0) && !IoIsWdmVersionAvailable(6, 1) &&
	       !IoIsWdmVersionAvailable(7, 0));
	result(!wrong, "versions of Windows");
}

static void random_numbers(void)
{
	ULONG seed = 1, other = 1, buckets[16] = { 0 }, i;

	wrong = 0;
	for (i = 0; i < 160000; i++) {
		ULONG n = RtlRandomEx(&seed);

		EXPECT(n < 0x7fffffff && n == RtlRandom(&other));
		buckets[n >> 27]++;
	}
	for (i = 0; i < 16; i++)
		EXPECT(buckets[i] > 9500 && buckets[i] < 10500);
	seed = 0;
	for (i = 0; i < 1000; i++)
		EXPECT(RtlUniform(&seed) < 0x7fffffff);
	result(!wrong, "random numbers are spread evenly");
}

static void large_integers(void)
{
	LARGE_INTEGER a = { .QuadPart = -10 }, magic = { .QuadPart = 0xcccccccccccccccdULL }, r;

	wrong = 0;
	EXPECT(RtlConvertLongToLargeInteger(-1).QuadPart == -1);
	EXPECT(RtlConvertUlongToLargeInteger(0xffffffff).QuadPart == 0xffffffffLL);
	EXPECT(RtlExtendedIntegerMultiply(a, -7).QuadPart == 70);
	EXPECT(RtlEnlargedIntegerMultiply(-0x7fffffff, 4).QuadPart == -0x1fffffffcLL);
	EXPECT(RtlEnlargedUnsignedMultiply(0xffffffff, 0xffffffff).QuadPart ==
	       (LONGLONG)0xfffffffe00000001ULL);
	EXPECT(RtlLargeIntegerDivide(a, RtlConvertLongToLargeInteger(3), &r).QuadPart == -3);
	EXPECT(r.QuadPart == -1);
	EXPECT(RtlLargeIntegerArithmeticShift(a, 1).QuadPart == -5);
	EXPECT(RtlLargeIntegerShiftRight(a, 60).QuadPart == 15);
	/* "RtlExtendedMagicDivide": by 10 it is a product and a shift by 3. */
	EXPECT(RtlExtendedMagicDivide(RtlConvertLongToLargeInteger(1234), magic, 3).QuadPart == 123);
	EXPECT(RtlExtendedMagicDivide(RtlConvertLongToLargeInteger(-1234), magic, 3).QuadPart == -123);
	result(!wrong, "large integers");
}

void test_time(void)
{
	all_days();
	edges();
	versions();
	random_numbers();
	large_integers();
}
