// SPDX-License-Identifier: GPL-2.0
/* Time in fields, versions, and what the compiler of Windows knows by itself. */
#include "conform.h"

static LONGLONG TimeOf(CSHORT Year, CSHORT Month, CSHORT Day)
{
	TIME_FIELDS Fields = { .Year = Year, .Month = Month, .Day = Day };
	LARGE_INTEGER Time;

	return RtlTimeFieldsToTime(&Fields, &Time) ? Time.QuadPart : -1;
}

/* "RtlTimeToTimeFields", "RtlTimeFieldsToTime": years from 1601; Weekday 0 is Sunday. */
VOID TimeFields(PCONFORM_TEST_CONTEXT T)
{
	LARGE_INTEGER Time;
	TIME_FIELDS Fields;

	CHECK_EQ(0, TimeOf(1601, 1, 1));
	CHECK_EQ(116444736000000000LL, TimeOf(1970, 1, 1));
	CHECK_EQ(24 * 3600 * 10000000LL, TimeOf(2000, 3, 1) - TimeOf(2000, 2, 29));
	CHECK_EQ(-1, TimeOf(1900, 2, 29));
	CHECK_EQ(-1, TimeOf(1600, 12, 31));
	CHECK_EQ(-1, TimeOf(2000, 13, 1));
	CHECK(TimeOf(30827, 12, 31) > 0);
	Time.QuadPart = TimeOf(2038, 1, 19) + (3 * 3600 + 14 * 60 + 7) * 10000000LL + 1234567;
	RtlTimeToTimeFields(&Time, &Fields);
	CHECK_EQ(2038, Fields.Year);
	CHECK_EQ(1, Fields.Month);
	CHECK_EQ(19, Fields.Day);
	CHECK_EQ(3, Fields.Hour);
	CHECK_EQ(14, Fields.Minute);
	CHECK_EQ(7, Fields.Second);
	CHECK_EQ(123, Fields.Milliseconds);
	CHECK_EQ(2, Fields.Weekday);
}

/* "ExSystemTimeToLocalTime", "ExLocalTimeToSystemTime": inverses, whole minutes apart. */
VOID TimeLocal(PCONFORM_TEST_CONTEXT T)
{
	LARGE_INTEGER System, Local, Back;

	KeQuerySystemTime(&System);
	ExSystemTimeToLocalTime(&System, &Local);
	ExLocalTimeToSystemTime(&Local, &Back);
	CHECK_EQ(System.QuadPart, Back.QuadPart);
	CHECK_EQ(0, (Local.QuadPart - System.QuadPart) % (60 * 10000000LL));
}

/* "RtlGetVersion", "RtlVerifyVersionInfo", "RtlIsNtDdiVersionAvailable". */
VOID VersionInfo(PCONFORM_TEST_CONTEXT T)
{
	RTL_OSVERSIONINFOEXW Info;
	ULONGLONG Mask = 0;

	RtlZeroMemory(&Info, sizeof(Info));
	Info.dwOSVersionInfoSize = sizeof(Info);
	CHECK_EQ(STATUS_SUCCESS, RtlGetVersion((PRTL_OSVERSIONINFOW)&Info));
	CHECK(Info.dwMajorVersion >= 5);
	VER_SET_CONDITION(Mask, VER_MAJORVERSION, VER_EQUAL);
	VER_SET_CONDITION(Mask, VER_MINORVERSION, VER_EQUAL);
	CHECK_EQ(STATUS_SUCCESS,
		 RtlVerifyVersionInfo(&Info, VER_MAJORVERSION | VER_MINORVERSION, Mask));
	Info.dwMajorVersion++;
	CHECK_EQ(STATUS_REVISION_MISMATCH,
		 RtlVerifyVersionInfo(&Info, VER_MAJORVERSION | VER_MINORVERSION, Mask));
	Mask = 0;
	VER_SET_CONDITION(Mask, VER_MAJORVERSION, VER_LESS);
	CHECK_EQ(STATUS_SUCCESS, RtlVerifyVersionInfo(&Info, VER_MAJORVERSION, Mask));
#ifndef __MINGW32__	/* whose library lacks it */
	CHECK(RtlIsNtDdiVersionAvailable(0x05010000));
#endif
	/* "IoIsWdmVersionAvailable": 1.10 is that of Windows 2000, 1.20 that of XP. */
	CHECK(IoIsWdmVersionAvailable(1, 0x10));
	CHECK(IoIsWdmVersionAvailable(1, 0x20));
	CHECK(!IoIsWdmVersionAvailable(99, 0));
}

/* "InterlockedAdd", "_BitScanForward", "_byteswap_ulong", "RtlConvertLongToLargeInteger". */
VOID CompilerIntrinsics(PCONFORM_TEST_CONTEXT T)
{
	LONG Bits[2] = { 1, 0 };
#ifndef __MINGW32__
	ULONG volatile Word = 0x12345678;
	USHORT volatile Bits16 = 0x1234;
#endif

	CHECK(InterlockedBitTestAndSet(Bits, 0));
	CHECK(!InterlockedBitTestAndSet(Bits, 31));
	CHECK_EQ((LONG)0x80000001, Bits[0]);
	CHECK(InterlockedBitTestAndReset(Bits, 0));
	CHECK(!InterlockedBitTestAndReset(Bits, 0));
#ifndef __MINGW32__	/* which takes these for functions */
	CHECK_EQ(0x78563412, RtlUlongByteSwap(Word));
	CHECK_EQ(0x3412, RtlUshortByteSwap(Bits16));
#endif
	CHECK_EQ(-5, RtlConvertLongToLargeInteger(-5).QuadPart);
	YieldProcessor();
#ifndef __MINGW32__	/* which lacks it */
	KeMemoryBarrier();
#endif
}

/* "DbgBreakPoint". Here, without a debugger, the driver goes on; the group reads the log. */
VOID BreakPoint(PCONFORM_TEST_CONTEXT T)
{
	ULONG Count = 0;

#ifndef __MINGW32__
	for (; Count < 2; Count++)
		DbgBreakPoint();
	DbgBreakPointWithStatus(0xbad);
	CHECK_EQ(2, Count);
#else
	CHECK_EQ(0, Count);
#endif
}
