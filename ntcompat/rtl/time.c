// SPDX-License-Identifier: GPL-2.0
/*
 * Time in fields: 100 ns units since 1601 to the Gregorian calendar and back.
 * Pure code: it is also compiled and tested on the host.
 */
#include "string.h"

#define UNITS_PER_MS		10000LL
#define UNITS_PER_SECOND	10000000LL
#define SECONDS_PER_DAY		86400
#define DAYS_PER_400_YEARS	146097
#define SECONDS_1601_TO_1970	11644473600LL
#define SECONDS_1601_TO_1980	11960006400LL

static bool is_leap(int year)
{
	return year % 4 == 0 && (year % 100 || year % 400 == 0);
}

static int days_of_month(int year, int month)
{
	static const u8 days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	return days[month - 1] + (month == 2 && is_leap(year));
}

/* From 1 January 1601, the first day of 400 years, to 1 January of @year. */
static int days_before_year(int year)
{
	int y = year - 1601;

	return y * 365 + y / 4 - y / 100 + y / 400;
}

static int year_of_day(int day)
{
	int year = 1601 + (int)((long)day * 400 / DAYS_PER_400_YEARS);

	/* The guess is at most a year off. */
	if (days_before_year(year) > day)
		year--;
	else if (days_before_year(year + 1) <= day)
		year++;
	return year;
}

/**
 * RtlTimeToTimeFields - a time as year, month, day ...
 * @Time: 100 ns units since 1601; negative ones are taken for 1601's first
 * @TimeFields: receives the fields; Weekday is 0 on Sundays
 *
 * IRQL: any.
 */
void RtlTimeToTimeFields(PLARGE_INTEGER Time, PTIME_FIELDS TimeFields)
{
	u64 ms = (Time->QuadPart < 0 ? 0 : (u64)Time->QuadPart) / UNITS_PER_MS;
	int day = ms / 1000 / SECONDS_PER_DAY;
	int second = ms / 1000 % SECONDS_PER_DAY;
	int year = year_of_day(day), month = 1;

	/* 1 January 1601 was a Monday. */
	TimeFields->Weekday = (day + 1) % 7;
	day -= days_before_year(year);
	while (day >= days_of_month(year, month))
		day -= days_of_month(year, month++);
	TimeFields->Year = year;
	TimeFields->Month = month;
	TimeFields->Day = day + 1;
	TimeFields->Hour = second / 3600;
	TimeFields->Minute = second / 60 % 60;
	TimeFields->Second = second % 60;
	TimeFields->Milliseconds = ms % 1000;
}
EXPORT_SYMBOL(RtlTimeToTimeFields);

/* The year 30828 fits into 63 bits no more than by a half. */
static bool fields_are_valid(const TIME_FIELDS *f)
{
	return f->Year >= 1601 && f->Year <= 30827 && f->Month >= 1 && f->Month <= 12 &&
	       f->Day >= 1 && f->Day <= days_of_month(f->Year, f->Month) &&
	       f->Hour >= 0 && f->Hour <= 23 && f->Minute >= 0 && f->Minute <= 59 &&
	       f->Second >= 0 && f->Second <= 59 &&
	       f->Milliseconds >= 0 && f->Milliseconds <= 999;
}

/**
 * RtlTimeFieldsToTime - a time from year, month, day ...
 * @TimeFields: the fields, 1601 to 30827; Weekday is ignored
 * @Time: receives 100 ns units since 1601
 *
 * IRQL: any. Returns FALSE, with nothing written, when there is no such time.
 */
BOOLEAN RtlTimeFieldsToTime(PTIME_FIELDS TimeFields, PLARGE_INTEGER Time)
{
	int day, month;
	u64 second;

	if (!fields_are_valid(TimeFields))
		return FALSE;
	day = days_before_year(TimeFields->Year) + TimeFields->Day - 1;
	for (month = 1; month < TimeFields->Month; month++)
		day += days_of_month(TimeFields->Year, month);
	second = ((u64)day * 24 + TimeFields->Hour) * 3600 + TimeFields->Minute * 60 +
		 TimeFields->Second;
	Time->QuadPart = second * UNITS_PER_SECOND + TimeFields->Milliseconds * UNITS_PER_MS;
	return TRUE;
}
EXPORT_SYMBOL(RtlTimeFieldsToTime);

static BOOLEAN seconds_since(const LARGE_INTEGER *time, LONGLONG start, PULONG seconds)
{
	LONGLONG since = time->QuadPart / UNITS_PER_SECOND - start;

	if (time->QuadPart < 0 || since < 0 || since > 0xffffffffLL)
		return FALSE;
	*seconds = since;
	return TRUE;
}

/**
 * RtlTimeToSecondsSince1970 - a time as Unix has it
 * @Time: 100 ns units since 1601
 * @ElapsedSeconds: receives seconds since 1970
 *
 * IRQL: any. Returns FALSE for a time before 1970 or after 2106.
 */
BOOLEAN RtlTimeToSecondsSince1970(PLARGE_INTEGER Time, PULONG ElapsedSeconds)
{
	return seconds_since(Time, SECONDS_1601_TO_1970, ElapsedSeconds);
}
EXPORT_SYMBOL(RtlTimeToSecondsSince1970);

/**
 * RtlTimeToSecondsSince1980 - a time in seconds since 1980
 * @Time: 100 ns units since 1601
 * @ElapsedSeconds: receives seconds since 1980
 *
 * IRQL: any. Returns FALSE for a time before 1980 or after 2116.
 */
BOOLEAN RtlTimeToSecondsSince1980(PLARGE_INTEGER Time, PULONG ElapsedSeconds)
{
	return seconds_since(Time, SECONDS_1601_TO_1980, ElapsedSeconds);
}
EXPORT_SYMBOL(RtlTimeToSecondsSince1980);

/**
 * RtlSecondsSince1970ToTime - a time from Unix's
 * @ElapsedSeconds: seconds since 1970
 * @Time: receives 100 ns units since 1601
 *
 * IRQL: any.
 */
void RtlSecondsSince1970ToTime(ULONG ElapsedSeconds, PLARGE_INTEGER Time)
{
	Time->QuadPart = (ElapsedSeconds + SECONDS_1601_TO_1970) * UNITS_PER_SECOND;
}
EXPORT_SYMBOL(RtlSecondsSince1970ToTime);

/**
 * RtlSecondsSince1980ToTime - a time from seconds since 1980
 * @ElapsedSeconds: seconds since 1980
 * @Time: receives 100 ns units since 1601
 *
 * IRQL: any.
 */
void RtlSecondsSince1980ToTime(ULONG ElapsedSeconds, PLARGE_INTEGER Time)
{
	Time->QuadPart = (ElapsedSeconds + SECONDS_1601_TO_1980) * UNITS_PER_SECOND;
}
EXPORT_SYMBOL(RtlSecondsSince1980ToTime);
