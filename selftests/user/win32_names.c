// SPDX-License-Identifier: GPL-2.0
/*
 * A program for Windows that opens devices by the names that Windows has for them:
 * interfaces, and names behind a device. Prints TAP.
 *
 * Windows finds interfaces with SetupDi…(); here the program looks into the folder.
 */
#include <windows.h>
#include <winioctl.h>
#include <dirent.h>
#include <stdio.h>
#include <string.h>

#include "eduioctl.h"
#include "../drivers/nametest/nametestio.h"

#define EDU_CLASS	"{6bc01f5f-97a0-4e3c-8f1d-520e9ad3417b}"
#define NONE		INVALID_HANDLE_VALUE

static int count, failures;

static void check(int ok, const char *what)
{
	DWORD error = GetLastError();

	if (!ok) {
		printf("# last error %lu\n", (unsigned long)error);
		failures++;
	}
	printf("%s %d %s\n", ok ? "ok" : "not ok", ++count, what);
}

static HANDLE open_for(const char *name, DWORD access)
{
	return CreateFileA(name, access, 0, NULL, OPEN_EXISTING, 0, NULL);
}

static HANDLE open_both(const char *name)
{
	return open_for(name, GENERIC_READ | GENERIC_WRITE);
}

static void find_interface(char *name, size_t size)
{
	DIR *folder = opendir("/dev/nt/by-interface/" EDU_CLASS);
	struct dirent *entry;

	*name = 0;
	while (folder && (entry = readdir(folder)))
		if (*entry->d_name != '.')
			snprintf(name, size, "\\\\?\\%s#" EDU_CLASS, entry->d_name);
	if (folder)
		closedir(folder);
}

static int factorial(HANDLE device, ULONG n, ULONG expected)
{
	ULONG result = 0;
	DWORD returned;

	return DeviceIoControl(device, IOCTL_EDU_FACTORIAL, &n, sizeof(n), &result, sizeof(result),
			       &returned, NULL) && result == expected;
}

/* "CreateFile": an overlapped request on such a file, too. */
static int overlapped(const char *name)
{
	HANDLE device = CreateFileA(name, GENERIC_READ | GENERIC_WRITE, 0, NULL, OPEN_EXISTING,
				    FILE_FLAG_OVERLAPPED, NULL);
	OVERLAPPED ov = { 0 };
	ULONG n = 6, result = 0;
	DWORD returned;

	if (device == NONE)
		return 0;
	if (!DeviceIoControl(device, IOCTL_EDU_FACTORIAL, &n, sizeof(n), &result, sizeof(result),
			     NULL, &ov) && GetLastError() != ERROR_IO_PENDING)
		return 0;
	return GetOverlappedResult(device, &ov, &returned, TRUE) && result == 720 &&
	       CloseHandle(device);
}

static int has_name(HANDLE file, const char *expected)
{
	NAMETEST_FILE seen;
	DWORD returned;
	size_t i;

	if (!DeviceIoControl(file, IOCTL_NAMETEST_FILE, NULL, 0, &seen, sizeof(seen), &returned,
			     NULL) || seen.NameLength != strlen(expected) * 2)
		return 0;
	for (i = 0; expected[i]; i++)
		if (seen.Name[i] != (unsigned char)expected[i])
			return 0;
	return 1;
}

static void interfaces(void)
{
	char name[512], upper[512], *c;
	HANDLE device;

	find_interface(name, sizeof(name));
	device = open_both(name);
	check(device != NONE, "an interface opens");
	check(factorial(device, 5, 120), "and takes requests");
	CloseHandle(device);
	for (c = strcpy(upper, name); *c; c++)
		if (*c >= 'a' && *c <= 'z')
			*c -= 'a' - 'A';
	device = open_both(upper);
	check(device != NONE, "in any case of letters");
	CloseHandle(device);
	check(overlapped(name), "overlapped, too");
	name[strlen(name) - 3] ^= 1;
	check(open_both(name) == NONE && (GetLastError() == ERROR_FILE_NOT_FOUND ||
					  GetLastError() == ERROR_PATH_NOT_FOUND),
	      "an interface of another class does not");
}

static void behind(void)
{
	HANDLE file = open_both("\\\\.\\NAMETEST\\Folder\\file");
	HANDLE device = open_both("\\\\.\\NAMETEST");

	check(file != NONE && has_name(file, "\\Folder\\file"), "a name behind a device");
	check(device != NONE && has_name(device, ""), "the device itself has none");
	CloseHandle(file);
	CloseHandle(device);
	file = open_both("\\\\.\\nametest\\x/y");
	check(file != NONE && has_name(file, "\\x/y"), "in any case of letters, as it stands");
	CloseHandle(file);
	check(overlapped("\\\\.\\EDU0\\rest"), "overlapped requests on such a file");
	check(open_both("\\\\.\\NoSuchDevice\\rest") == NONE, "not behind what is not there");
	check(open_both("\\\\.\\") == NONE && GetLastError() == ERROR_INVALID_NAME,
	      "nothing is no name");
	check(open_both("\\\\.\\NAME_KERNEL\\x") == NONE && GetLastError() == ERROR_ACCESS_DENIED,
	      "not behind a device that lets nobody in");
}

int main(void)
{
	puts("TAP version 13");
	interfaces();
	behind();
	printf("1..%d\n", count);
	return failures != 0;
}
