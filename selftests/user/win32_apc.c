// SPDX-License-Identifier: GPL-2.0
/*
 * A program for Windows that uses completion routines: ReadFileEx, WriteFileEx and
 * alertable waits. Against the edu driver. Prints TAP.
 */
#include <windows.h>
#include <stdio.h>
#include <string.h>

#define LIMIT	20000	/* milliseconds */

static int count, failures;
static HANDLE device;
static DWORD ran, last_bytes, last_error, ran_in;
static LPOVERLAPPED last_ov;

static void check(int ok, const char *what)
{
	DWORD error = GetLastError();

	if (!ok) {
		printf("# last error %lu\n", (unsigned long)error);
		failures++;
	}
	printf("%s %d %s\n", ok ? "ok" : "not ok", ++count, what);
}

static VOID CALLBACK routine(DWORD error, DWORD bytes, LPOVERLAPPED ov)
{
	ran++;
	ran_in = GetCurrentThreadId();
	last_error = error;
	last_bytes = bytes;
	last_ov = ov;
}

/* "ReadFileEx": the routine runs in an alertable wait of the thread that asked. */
static void transfers(void)
{
	char out[8] = "abcdefg", in[8] = "";
	OVERLAPPED ov;

	memset(&ov, 0, sizeof(ov));
	check(WriteFileEx(device, out, 8, &ov, routine), "WriteFileEx");
	Sleep(100);
	check(!ran, "no routine runs unasked");
	check(!SleepEx(50, FALSE) && !ran, "nor in a sleep that is not alertable");
	check(SleepEx(LIMIT, TRUE) == WAIT_IO_COMPLETION, "an alertable sleep ends");
	check(ran == 1 && last_bytes == 8 && !last_error && last_ov == &ov &&
	      ran_in == GetCurrentThreadId(), "the routine ran");
	memset(&ov, 0, sizeof(ov));
	ov.hEvent = (HANDLE)(ULONG_PTR)0x1234;	/* "is the program's to use" */
	check(ReadFileEx(device, in, 8, &ov, routine), "ReadFileEx");
	check(SleepEx(INFINITE, TRUE) == WAIT_IO_COMPLETION && ran == 2 && last_bytes == 8,
	      "ends likewise");
	check(!memcmp(in, out, 8) && ov.hEvent == (HANDLE)(ULONG_PTR)0x1234, "with the data");
	check(!SleepEx(20, TRUE) && ran == 2, "nothing is left to run");
}

static void waits(void)
{
	HANDLE event = CreateEvent(NULL, TRUE, FALSE, NULL), both[2];
	OVERLAPPED ov[2];
	char in[2][8];
	int i;

	memset(ov, 0, sizeof(ov));
	for (i = 0; i < 2; i++)
		check(ReadFileEx(device, in[i], 8, &ov[i], routine), "ReadFileEx");
	check(WaitForSingleObject(event, 100) == WAIT_TIMEOUT && ran == 2, "a plain wait runs none");
	while (ran < 4)
		if (WaitForSingleObjectEx(event, LIMIT, TRUE) != WAIT_IO_COMPLETION)
			break;
	check(ran == 4, "WaitForSingleObjectEx runs both");
	check(WaitForSingleObjectEx(event, 10, TRUE) == WAIT_TIMEOUT, "and then waits");
	memset(ov, 0, sizeof(ov));
	ReadFileEx(device, in[0], 8, &ov[0], routine);
	both[0] = both[1] = event;
	both[1] = CreateEvent(NULL, TRUE, TRUE, NULL);
	check(WaitForMultipleObjectsEx(2, both, TRUE, LIMIT, TRUE) == WAIT_IO_COMPLETION && ran == 5,
	      "WaitForMultipleObjectsEx for all");
	SetEvent(event);
	check(WaitForMultipleObjectsEx(2, both, TRUE, LIMIT, TRUE) == WAIT_OBJECT_0, "and its end");
	CloseHandle(both[1]);
	CloseHandle(event);
}

/* A request that fails at once is a failure of ReadFileEx(), and nothing more. */
static void refused(void)
{
	static char in[8];
	OVERLAPPED ov;

	memset(&ov, 0, sizeof(ov));
	ov.Offset = 8192;	/* behind the end: the driver says so at once */
	check(!WriteFileEx(device, in, 8, &ov, routine), "a request that is refused");
	check(!SleepEx(50, TRUE) && ran == 5, "has no completion");
}

static DWORD WINAPI leave(LPVOID unused)
{
	static char in[8];
	static OVERLAPPED ov;

	(void)unused;
	return !ReadFileEx(device, in, 8, &ov, routine);
}

static void threads(void)
{
	HANDLE thread = CreateThread(NULL, 0, leave, NULL, 0, NULL);
	DWORD code = 1;

	WaitForSingleObject(thread, LIMIT);
	check(GetExitCodeThread(thread, &code) && !code, "a thread leaves with one to run");
	check(!SleepEx(100, TRUE) && ran == 5, "which is nobody else's");
	CloseHandle(thread);
}

int main(void)
{
	puts("TAP version 13");
	device = CreateFile(TEXT("\\\\.\\EDU0"), GENERIC_READ | GENERIC_WRITE, 0, NULL,
			    OPEN_EXISTING, FILE_FLAG_OVERLAPPED, NULL);
	check(device != INVALID_HANDLE_VALUE, "the device opens");
	transfers();
	waits();
	refused();
	threads();
	CloseHandle(device);
	printf("1..%d\n", count);
	return failures != 0;
}
