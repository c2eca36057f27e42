// SPDX-License-Identifier: GPL-2.0
/* Time, memory, where the program is. */
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "win32.h"

#define NS_PER_S	1000000000LL

static int64_t now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * NS_PER_S + now.tv_nsec;
}

EXPORT void Sleep(DWORD milliseconds)
{
	struct timespec left = {
		.tv_sec = milliseconds / 1000,
		.tv_nsec = milliseconds % 1000 * 1000000L,
	};

	if (!milliseconds)
		left.tv_nsec = 1;
	do {
		while (nanosleep(&left, &left))
			;
	} while (milliseconds == INFINITE);
}

EXPORT DWORD GetTickCount(void)
{
	return GetTickCount64();
}

EXPORT ULONGLONG GetTickCount64(void)
{
	return now_ns() / 1000000;
}

EXPORT BOOL QueryPerformanceCounter(PLARGE_INTEGER count)
{
	count->QuadPart = now_ns();
	return TRUE;
}

EXPORT BOOL QueryPerformanceFrequency(PLARGE_INTEGER frequency)
{
	frequency->QuadPart = NS_PER_S;
	return TRUE;
}

/* A page in front keeps the size, for VirtualFree(). */
#define PAGE 4096UL

EXPORT LPVOID VirtualAlloc(LPVOID address, SIZE_T size, DWORD type, DWORD protection)
{
	size_t whole = (size + 2 * PAGE - 1) & ~(PAGE - 1);
	char *base;

	if (address || protection != PAGE_READWRITE || !(type & MEM_COMMIT) || whole < size) {
		SetLastError(ERROR_INVALID_PARAMETER);
		return NULL;
	}
	base = mmap(NULL, whole, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (base == MAP_FAILED) {
		SetLastError(ERROR_NOT_ENOUGH_MEMORY);
		return NULL;
	}
	*(size_t *)base = whole;
	return base + PAGE;
}

EXPORT BOOL VirtualFree(LPVOID address, SIZE_T size, DWORD type)
{
	char *base = (char *)address - PAGE;

	if (!address || size || type != MEM_RELEASE)
		return fail(ERROR_INVALID_PARAMETER);
	munmap(base, *(size_t *)base);
	return TRUE;
}

/* With Linux's slashes: what opens files takes both kinds. */
EXPORT DWORD GetCurrentDirectoryA(DWORD length, LPSTR buffer)
{
	char path[PATH_MAX];
	size_t needed;

	if (!getcwd(path, sizeof(path))) {
		fail_errno();
		return 0;
	}
	needed = strlen(path);
	if (length <= needed)
		return needed + 1;
	strcpy(buffer, path);
	return needed;
}
