// SPDX-License-Identifier: GPL-2.0
/* What libntcompat does without a device: errors, files, events, threads. Prints TAP. */
#include <process.h>
#include <tchar.h>
#include <unistd.h>
#include <windows.h>

#include "nt_status.h"

static int count, failures;

static void check(bool ok, const char *what)
{
	printf("%s %d %s\n", ok ? "ok" : "not ok", ++count, what);
	failures += !ok;
}

/* ---- Errors ---- */

/*
 * What Microsoft's pages say that a function's caller sees of a status, by way
 * of errors.h's numbers.
 */
static const struct {
	uint32_t status;
	DWORD error;
} documented[] = {
	{ 0x00000000, 0 },	/* STATUS_SUCCESS: ERROR_SUCCESS */
	{ 0x00000103, 997 },	/* STATUS_PENDING: ERROR_IO_PENDING */
	{ 0x80000005, 234 },	/* STATUS_BUFFER_OVERFLOW: ERROR_MORE_DATA */
	{ 0xc0000001, 31 },	/* STATUS_UNSUCCESSFUL: ERROR_GEN_FAILURE */
	{ 0xc0000002, 1 },	/* STATUS_NOT_IMPLEMENTED: ERROR_INVALID_FUNCTION */
	{ 0xc0000005, 998 },	/* STATUS_ACCESS_VIOLATION: ERROR_NOACCESS */
	{ 0xc0000008, 6 },	/* STATUS_INVALID_HANDLE: ERROR_INVALID_HANDLE */
	{ 0xc000000d, 87 },	/* STATUS_INVALID_PARAMETER: ERROR_INVALID_PARAMETER */
	{ 0xc000000e, 2 },	/* STATUS_NO_SUCH_DEVICE: ERROR_FILE_NOT_FOUND */
	{ 0xc0000010, 1 },	/* STATUS_INVALID_DEVICE_REQUEST: ERROR_INVALID_FUNCTION */
	{ 0xc0000011, 38 },	/* STATUS_END_OF_FILE: ERROR_HANDLE_EOF */
	{ 0xc0000022, 5 },	/* STATUS_ACCESS_DENIED: ERROR_ACCESS_DENIED */
	{ 0xc0000023, 122 },	/* STATUS_BUFFER_TOO_SMALL: ERROR_INSUFFICIENT_BUFFER */
	{ 0xc0000034, 2 },	/* STATUS_OBJECT_NAME_NOT_FOUND: ERROR_FILE_NOT_FOUND */
	{ 0xc0000043, 32 },	/* STATUS_SHARING_VIOLATION: ERROR_SHARING_VIOLATION */
	{ 0xc000009a, 1450 },	/* STATUS_INSUFFICIENT_RESOURCES: ERROR_NO_SYSTEM_RESOURCES */
	{ 0xc00000b5, 121 },	/* STATUS_IO_TIMEOUT: ERROR_SEM_TIMEOUT */
	{ 0xc00000bb, 50 },	/* STATUS_NOT_SUPPORTED: ERROR_NOT_SUPPORTED */
	{ 0xc0000120, 995 },	/* STATUS_CANCELLED: ERROR_OPERATION_ABORTED */
	{ 0xc0000185, 1117 },	/* STATUS_IO_DEVICE_ERROR: ERROR_IO_DEVICE */
	{ 0xc0000206, 1784 },	/* STATUS_INVALID_BUFFER_SIZE: ERROR_INVALID_USER_BUFFER */
	{ 0xc0000225, 1168 },	/* STATUS_NOT_FOUND: ERROR_NOT_FOUND */
	{ 0xc0070057, 87 },	/* FACILITY_NTWIN32 */
	{ 0xe0001234, 0xe0001234 },	/* a driver's own */
	{ 0xc0ffffff, 317 },	/* unknown: ERROR_MR_MID_NOT_FOUND */
};

static void test_errors(void)
{
	bool good = true;
	char text[64];
	size_t i;

	for (i = 0; i < ARRAYSIZE(documented); i++)
		if (RtlNtStatusToDosError((NTSTATUS)documented[i].status) != documented[i].error) {
			printf("# 0x%08x\n", documented[i].status);
			good = false;
		}
	check(good, "statuses become the documented errors");
	check(FormatMessageA(FORMAT_MESSAGE_FROM_SYSTEM, NULL, ERROR_OPERATION_ABORTED, 0, text,
			     sizeof(text), NULL) &&
	      !strcmp(text, "ERROR_OPERATION_ABORTED (995)\r\n"), "FormatMessage names them");
	check(!FormatMessageA(FORMAT_MESSAGE_FROM_SYSTEM, NULL, ERROR_OPERATION_ABORTED, 0, text, 8,
			      NULL) && GetLastError() == ERROR_INSUFFICIENT_BUFFER,
	      "into a buffer that is large enough");
}

/* ---- Files ---- */

static HANDLE open_file(const char *path, DWORD disposition)
{
	return CreateFile(path, GENERIC_READ | GENERIC_WRITE, 0, NULL, disposition, 0, NULL);
}

static void test_creation(const char *path)
{
	HANDLE file;

	file = open_file(path, OPEN_EXISTING);
	check(file == INVALID_HANDLE_VALUE && GetLastError() == ERROR_FILE_NOT_FOUND,
	      "OPEN_EXISTING of nothing");
	file = open_file(path, CREATE_NEW);
	check(file != INVALID_HANDLE_VALUE && CloseHandle(file), "CREATE_NEW");
	check(open_file(path, CREATE_NEW) == INVALID_HANDLE_VALUE &&
	      GetLastError() == ERROR_ALREADY_EXISTS, "CREATE_NEW of something");
	file = open_file("/dev/nt-no-such-device", CREATE_ALWAYS);
	check(file == INVALID_HANDLE_VALUE && access("/dev/nt-no-such-device", F_OK),
	      "nothing is created in /dev");
}

static void test_reading(const char *path)
{
	HANDLE file = open_file(path, OPEN_ALWAYS);
	OVERLAPPED ov = { .Offset = 2 };
	LONG high = 1;
	char text[8];
	DWORD n;

	check(WriteFile(file, "abcdef", 6, &n, NULL) && n == 6, "WriteFile");
	check(GetFileSize(file, NULL) == 6, "GetFileSize");
	check(SetFilePointer(file, -4, NULL, FILE_END) == 2 &&
	      ReadFile(file, text, 8, &n, NULL) && n == 4 && !memcmp(text, "cdef", 4), "ReadFile");
	check(ReadFile(file, text, 8, &n, NULL) && n == 0, "at the end: nothing");
	check(ReadFile(file, text, 2, &n, &ov) && n == 2 && !memcmp(text, "cd", 2) &&
	      ov.InternalHigh == 2, "with an OVERLAPPED: from its offset");
	check(SetFilePointer(file, 0, NULL, FILE_CURRENT) == 4, "the position follows");
	ov.Offset = 6;
	check(!ReadFile(file, text, 2, &n, &ov) && GetLastError() == ERROR_HANDLE_EOF,
	      "with an OVERLAPPED, the end is an error");
	check(SetFilePointer(file, 5, &high, FILE_BEGIN) == 5 && high == 1 &&
	      GetLastError() == NO_ERROR, "a position beyond 4 GiB");
	check(!DeviceIoControl(file, 0x80002000, NULL, 0, NULL, 0, &n, NULL) &&
	      GetLastError() == ERROR_INVALID_FUNCTION, "a file is no device");
	check(!CancelIoEx(file, NULL) && GetLastError() == ERROR_INVALID_FUNCTION,
	      "with nothing to cancel");
	CloseHandle(file);
	check(!ReadFile(file, text, 2, &n, NULL) && GetLastError() == ERROR_INVALID_HANDLE,
	      "a closed file");
}

static void test_wide(const char *path)
{
	wchar_t wide[200];
	char narrow[16];
	HANDLE file;
	size_t i;

	for (i = 0; path[i]; i++)
		wide[i] = path[i];
	wide[i] = 0;
	file = CreateFileW(wide, GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL);
	check(file != INVALID_HANDLE_VALUE && CloseHandle(file), "CreateFileW");
	check(ntcompat_narrow_(L"\xe4\x20ac", narrow, sizeof(narrow)) &&
	      !strcmp(narrow, "\xc3\xa4\xe2\x82\xac"), "wide names become UTF-8");
	check(!ntcompat_narrow_(L"0123456789abcdef", narrow, sizeof(narrow)),
	      "a name that is too long is none");
}

/* ---- Threads ---- */

static CRITICAL_SECTION section;
static HANDLE turn;
static int shared;

static DWORD WINAPI add(LPVOID rounds)
{
	int i;

	for (i = 0; i < *(int *)rounds; i++) {
		EnterCriticalSection(&section);
		shared++;
		LeaveCriticalSection(&section);
	}
	return 3;
}

static unsigned int take_turn(void *taken)
{
	WaitForSingleObject(turn, INFINITE);
	InterlockedIncrement((int *)taken);
	_endthreadex(9);
	return 1;
}

#define THREADS 4

static void test_threads(void)
{
	HANDLE thread[THREADS];
	int rounds = 10000, i;
	DWORD code, id = 0;

	InitializeCriticalSection(&section);
	for (i = 0; i < THREADS; i++)
		thread[i] = CreateThread(NULL, 0, add, &rounds, 0, &id);
	check(id && id != GetCurrentThreadId(), "threads have ids");
	check(WaitForMultipleObjects(THREADS, thread, TRUE, INFINITE) == WAIT_OBJECT_0 &&
	      shared == THREADS * rounds, "a critical section lets one in");
	check(GetExitCodeThread(thread[0], &code) && code == 3, "the exit code");
	for (i = 0; i < THREADS; i++)
		CloseHandle(thread[i]);
	DeleteCriticalSection(&section);
	check(!CreateThread(NULL, 0, add, NULL, 4, NULL) && GetLastError() == ERROR_NOT_SUPPORTED,
	      "CREATE_SUSPENDED is refused");
}

/* An event that resets itself lets one of many through. */
static void test_turns(void)
{
	HANDLE thread[THREADS];
	int taken = 0, i;
	bool good = true;
	DWORD code = 0;

	turn = CreateEvent(NULL, FALSE, FALSE, NULL);
	for (i = 0; i < THREADS; i++)
		thread[i] = (HANDLE)_beginthreadex(NULL, 0, take_turn, &taken, 0, NULL);
	check(WaitForMultipleObjects(THREADS, thread, FALSE, 50) == WAIT_TIMEOUT, "all wait");
	for (i = 0; i < THREADS; i++) {
		SetEvent(turn);
		while (__atomic_load_n(&taken, __ATOMIC_SEQ_CST) == i)
			Sleep(1);
		Sleep(20);
		good &= __atomic_load_n(&taken, __ATOMIC_SEQ_CST) == i + 1;
	}
	check(good, "each SetEvent lets one go on");
	check(WaitForMultipleObjects(THREADS, thread, TRUE, INFINITE) == WAIT_OBJECT_0 &&
	      GetExitCodeThread(thread[2], &code) && code == 9, "_endthreadex");
	check(!CancelSynchronousIo(thread[0]) && GetLastError() == ERROR_NOT_FOUND,
	      "nothing to cancel");
	for (i = 0; i < THREADS; i++)
		CloseHandle(thread[i]);
	CloseHandle(turn);
}

/* ---- The rest ---- */

static void test_waits(void)
{
	HANDLE event = CreateEvent(NULL, TRUE, TRUE, NULL);
	ULONGLONG before = GetTickCount64();

	check(WaitForSingleObject(event, INFINITE) == WAIT_OBJECT_0, "an event that begins signalled");
	ResetEvent(event);
	check(WaitForSingleObject(event, 100) == WAIT_TIMEOUT && GetTickCount64() - before >= 99,
	      "a time-out takes its time");
	check(WaitForMultipleObjects(0, &event, FALSE, 0) == WAIT_FAILED &&
	      GetLastError() == ERROR_INVALID_PARAMETER, "waiting for nothing");
	check(!CreateEvent(NULL, FALSE, FALSE, "Global\\name") &&
	      GetLastError() == ERROR_NOT_SUPPORTED, "events have no names");
	CloseHandle(event);
	check(!CloseHandle(NULL) && GetLastError() == ERROR_INVALID_HANDLE &&
	      !CloseHandle(INVALID_HANDLE_VALUE), "what was never a handle");
}

static void test_memory(void)
{
	LARGE_INTEGER before, after;
	char *pages = VirtualAlloc(NULL, 10000, MEM_COMMIT | MEM_RESERVE, PAGE_READWRITE);

	check(pages && !((uintptr_t)pages & 4095) && !pages[9999], "VirtualAlloc gives pages");
	check(VirtualFree(pages, 0, MEM_RELEASE), "VirtualFree");
	QueryPerformanceCounter(&before);
	Sleep(2);
	QueryPerformanceCounter(&after);
	check(after.QuadPart > before.QuadPart, "time goes on");
}

static void test_types(void)
{
	LARGE_INTEGER number = { .QuadPart = -2 };

	check(sizeof(DWORD) == 4 && sizeof(LONG) == 4 && sizeof(ULONG) == 4 &&
	      sizeof(HANDLE) == 8 && sizeof(OVERLAPPED) == 32, "types have their sizes");
	check(number.HighPart == -1 && number.u.LowPart == 0xfffffffe, "LARGE_INTEGER");
}

int _tmain(int argc, _TCHAR **argv)
{
	char path[128];

	if (argc != 2)
		return 2;
	puts("TAP version 13");
	snprintf(path, sizeof(path), "%s/file", argv[1]);
	test_types();
	test_errors();
	test_creation(path);
	test_reading(path);
	test_wide(path);
	test_threads();
	test_turns();
	test_waits();
	test_memory();
	printf("1..%d\n", count);
	return failures != 0;
}
