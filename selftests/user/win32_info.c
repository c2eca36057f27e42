// SPDX-License-Identifier: GPL-2.0
/*
 * A program for Windows that asks what a file says of itself: sizes, the position, the
 * end of the data. Against the iotest driver. Prints TAP.
 */
#ifndef _WIN32_WINNT
#define _WIN32_WINNT 0x0600
#endif
#include <windows.h>
#include <winioctl.h>
#include <stdio.h>
#include <string.h>

#include "../drivers/iotest/iotestio.h"

static int count, failures;
static HANDLE device;

static void check(int ok, const char *what)
{
	DWORD error = GetLastError();

	if (!ok) {
		printf("# last error %lu\n", (unsigned long)error);
		failures++;
	}
	printf("%s %d %s\n", ok ? "ok" : "not ok", ++count, what);
}

static HANDLE open_for(DWORD access)
{
	return CreateFile(TEXT("\\\\.\\IOTEST"), access, 0, NULL, OPEN_EXISTING, 0, NULL);
}

static IOTEST_RECORD record(void)
{
	IOTEST_RECORD seen;
	DWORD returned;

	memset(&seen, 0, sizeof(seen));
	DeviceIoControl(device, IOCTL_IOTEST_RECORD, NULL, 0, &seen, sizeof(seen), &returned, NULL);
	return seen;
}

static int move_to(LONGLONG where)
{
	LARGE_INTEGER distance, position;

	distance.QuadPart = where;
	return SetFilePointerEx(device, distance, &position, FILE_BEGIN) &&
	       position.QuadPart == where;
}

/* "SetEndOfFile": the end is where the file pointer is. */
static void sizes(void)
{
	LARGE_INTEGER size;
	DWORD high = 99;
	LONG low;

	check(move_to(1500) && SetEndOfFile(device), "SetEndOfFile");
	check(GetFileSizeEx(device, &size) && size.QuadPart == 1500, "GetFileSizeEx");
	check(GetFileSize(device, &high) == 1500 && !high && GetLastError() == NO_ERROR,
	      "GetFileSize");
	check(SetFilePointer(device, 0, NULL, FILE_CURRENT) == 1500, "the position stays");
	low = (LONG)SetFilePointer(device, -100, NULL, FILE_END);
	check(low == 1400, "SetFilePointer from the end");
	check(record().Position == 1400, "the driver sees the position");
	check(move_to(5000) && !SetEndOfFile(device) && GetLastError() == ERROR_DISK_FULL,
	      "SetEndOfFile fails as the driver says");
	check(GetFileSize(device, NULL) == 1500, "and nothing is changed");
}

static void classes(void)
{
	FILE_STANDARD_INFO standard;
	FILE_BASIC_INFO basic;
	FILE_END_OF_FILE_INFO end;

	memset(&standard, 0xff, sizeof(standard));
	check(GetFileInformationByHandleEx(device, FileStandardInfo, &standard, sizeof(standard)) &&
	      standard.EndOfFile.QuadPart == 1500 && standard.AllocationSize.QuadPart == 4096 &&
	      standard.NumberOfLinks == 1 && !standard.DeletePending && !standard.Directory,
	      "GetFileInformationByHandleEx(FileStandardInfo)");
	memset(&basic, 0, sizeof(basic));
	basic.FileAttributes = FILE_ATTRIBUTE_HIDDEN;
	check(SetFileInformationByHandle(device, FileBasicInfo, &basic, sizeof(basic)) &&
	      record().Attributes == FILE_ATTRIBUTE_HIDDEN,
	      "SetFileInformationByHandle(FileBasicInfo)");
	check(GetFileInformationByHandleEx(device, FileBasicInfo, &basic, sizeof(basic)) &&
	      basic.FileAttributes == FILE_ATTRIBUTE_HIDDEN, "and back");
	end.EndOfFile.QuadPart = 1600;
	check(SetFileInformationByHandle(device, FileEndOfFileInfo, &end, sizeof(end)) &&
	      GetFileSize(device, NULL) == 1600, "SetFileInformationByHandle(FileEndOfFileInfo)");
	check(!GetFileInformationByHandleEx(device, FileStandardInfo, &standard, 8) &&
	      GetLastError() == ERROR_BAD_LENGTH, "a buffer that is too short");
}

static void access(void)
{
	HANDLE reader = open_for(GENERIC_READ);

	check(!SetEndOfFile(reader) && GetLastError() == ERROR_ACCESS_DENIED,
	      "SetEndOfFile needs GENERIC_WRITE");
	check(GetFileSize(reader, NULL) == 1600, "GetFileSize does not");
	CloseHandle(reader);
}

int main(void)
{
	unsigned int flushes;

	puts("TAP version 13");
	device = open_for(GENERIC_READ | GENERIC_WRITE);
	check(device != INVALID_HANDLE_VALUE, "the device opens");
	sizes();
	classes();
	access();
	flushes = record().Flushes;
	check(FlushFileBuffers(device) && record().Flushes == flushes + 1,
	      "FlushFileBuffers reaches the driver");
	CloseHandle(device);
	printf("1..%d\n", count);
	return failures != 0;
}
