// SPDX-License-Identifier: GPL-2.0
/*
 * A program for Windows that drives the edu sample, and checks that Win32 does
 * what its documentation says: with libntcompat on Linux, and, unchanged, with
 * Windows's own headers. Prints TAP.
 */
#include <windows.h>
#include <winioctl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "eduioctl.h"

#define NAME	"\\\\.\\EDU0"
#define LIMIT	20000	/* milliseconds: longer than any request here takes */

static int count, failures;
static HANDLE device;		/* FILE_FLAG_OVERLAPPED */
static HANDLE plain;		/* without */

static void check(int ok, const char *what)
{
	DWORD error = GetLastError();

	count++;
	if (ok) {
		printf("ok %d %s\n", count, what);
	} else {
		printf("# last error %lu\nnot ok %d %s\n", (unsigned long)error, count, what);
		failures++;
	}
	fflush(stdout);
}

/* ---- Helpers ---- */

static BOOL control(HANDLE handle, DWORD code, ULONG *in, ULONG *out, DWORD *returned)
{
	return DeviceIoControl(handle, code, in, in ? sizeof(*in) : 0, out, out ? sizeof(*out) : 0,
			       returned, NULL);
}

static void raise_value(ULONG value)
{
	DWORD returned;

	control(plain, IOCTL_EDU_RAISE, &value, NULL, &returned);
}

static ULONG waiting(void)
{
	EDU_STATISTICS statistics;
	DWORD returned;

	if (!DeviceIoControl(plain, IOCTL_EDU_GET_STATISTICS, NULL, 0, &statistics,
			     sizeof(statistics), &returned, NULL))
		return ~0U;
	return statistics.Waiting;
}

static int becomes_waiting(ULONG wanted)
{
	int i;

	for (i = 0; i < LIMIT / 10 && waiting() != wanted; i++)
		Sleep(10);
	return waiting() == wanted;
}

/* An IOCTL_EDU_WAIT on its way. */
struct wait {
	OVERLAPPED ov;
	ULONG value;
};

static int start_wait(HANDLE handle, struct wait *wait, HANDLE event)
{
	memset(wait, 0, sizeof(*wait));
	wait->ov.hEvent = event;
	return !DeviceIoControl(handle, IOCTL_EDU_WAIT, NULL, 0, &wait->value, sizeof(wait->value),
				NULL, &wait->ov) && GetLastError() == ERROR_IO_PENDING;
}

static int ends_with(HANDLE handle, struct wait *wait, DWORD error)
{
	DWORD returned = 77;
	BOOL ok = GetOverlappedResult(handle, &wait->ov, &returned, TRUE);

	if (error)
		return !ok && GetLastError() == error;
	return ok && returned == sizeof(wait->value);
}

static HANDLE new_event(BOOL manual)
{
	return CreateEvent(NULL, manual, FALSE, NULL);
}

static HANDLE open_device(DWORD access, DWORD flags)
{
	return CreateFile(TEXT(NAME), access, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL,
			  OPEN_EXISTING, flags, NULL);
}

/* ---- Opening ---- */

static void test_open(void)
{
	HANDLE handle;

	handle = CreateFile(TEXT("\\\\.\\NoSuchDevice"), 0, 0, NULL, OPEN_EXISTING, 0, NULL);
	check(handle == INVALID_HANDLE_VALUE && GetLastError() == ERROR_FILE_NOT_FOUND,
	      "a device that is not there");
	handle = CreateFile(TEXT("\\\\.\\edu0"), GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE,
			    NULL, OPEN_EXISTING, 0, NULL);
	check(handle != INVALID_HANDLE_VALUE, "names have no case");
	check(CloseHandle(handle), "a handle is closed");
	check(!CloseHandle(handle) && GetLastError() == ERROR_INVALID_HANDLE, "and only once");
}

static void test_access(void)
{
	HANDLE none = open_device(0, 0), reader = open_device(GENERIC_READ, 0);
	BYTE buffer[16] = { 0 };
	ULONG id = 0;
	DWORD n;

	check(control(none, IOCTL_EDU_GET_ID, NULL, &id, &n) && n == 4 && (id & 0xff) == 0xed,
	      "FILE_ANY_ACCESS needs no access");
	check(!DeviceIoControl(none, IOCTL_EDU_DMA_READ, NULL, 0, buffer, 16, &n, NULL) &&
	      GetLastError() == ERROR_ACCESS_DENIED, "FILE_READ_ACCESS needs GENERIC_READ");
	check(DeviceIoControl(reader, IOCTL_EDU_DMA_READ, NULL, 0, buffer, 16, &n, NULL),
	      "with which it works");
	check(!DeviceIoControl(reader, IOCTL_EDU_DMA_WRITE, NULL, 0, buffer, 16, &n, NULL) &&
	      GetLastError() == ERROR_ACCESS_DENIED, "FILE_WRITE_ACCESS needs GENERIC_WRITE");
	CloseHandle(none);
	CloseHandle(reader);
}

/* ---- Requests that the caller waits for ---- */

static void test_plain(void)
{
	ULONG in = 10, out = 0;
	DWORD n = 0;

	check(control(plain, IOCTL_EDU_FACTORIAL, &in, &out, &n) && n == 4 && out == 3628800,
	      "a factorial");
	in = 0x12345678;
	check(control(plain, IOCTL_EDU_LIVENESS, &in, &out, &n) && out == ~in,
	      "the device lives");
	check(!DeviceIoControl(plain, IOCTL_EDU_FACTORIAL, &in, 2, &out, 4, &n, NULL) &&
	      GetLastError() != ERROR_SUCCESS, "a short input buffer is an error");
	check(!DeviceIoControl(plain, CTL_CODE(0x8000U, 0xfff, METHOD_BUFFERED, FILE_ANY_ACCESS),
			       NULL, 0, NULL, 0, &n, NULL) &&
	      GetLastError() == ERROR_INVALID_FUNCTION, "a code that the driver does not know");
	check(!control(plain, IOCTL_EDU_HANG, NULL, NULL, &n) &&
	      GetLastError() == ERROR_SEM_TIMEOUT, "STATUS_IO_TIMEOUT is ERROR_SEM_TIMEOUT");
}

static void test_position(void)
{
	static const BYTE data[8] = { 1, 2, 3, 4, 5, 6, 7, 8 };
	LARGE_INTEGER distance;
	BYTE back[8] = { 0 };
	DWORD n;

	check(SetFilePointer(plain, 100, NULL, FILE_BEGIN) == 100, "SetFilePointer");
	check(WriteFile(plain, data, sizeof(data), &n, NULL) && n == 8, "WriteFile");
	distance.QuadPart = -8;
	check(SetFilePointerEx(plain, distance, NULL, FILE_CURRENT), "the position follows");
	check(ReadFile(plain, back, sizeof(back), &n, NULL) && n == 8 && !memcmp(data, back, 8),
	      "ReadFile reads what was written");
	check(SetFilePointer(plain, -1, NULL, FILE_BEGIN) == INVALID_SET_FILE_POINTER &&
	      GetLastError() == ERROR_NEGATIVE_SEEK, "no position before the start");
}

/* ---- Overlapped requests ---- */

static void test_overlapped(void)
{
	HANDLE event = new_event(TRUE);
	ULONG in = 5, out = 0;
	OVERLAPPED ov;
	DWORD n = 0;
	BOOL ok;

	memset(&ov, 0, sizeof(ov));
	ov.hEvent = event;
	ok = DeviceIoControl(device, IOCTL_EDU_FACTORIAL, &in, 4, &out, 4, NULL, &ov);
	check(ok || GetLastError() == ERROR_IO_PENDING, "an overlapped request is sent");
	check(WaitForSingleObject(event, LIMIT) == WAIT_OBJECT_0, "its event is signalled");
	check(HasOverlappedIoCompleted(&ov), "it has completed");
	check(GetOverlappedResult(device, &ov, &n, FALSE) && n == 4 && out == 120,
	      "with the result");
	CloseHandle(event);

	memset(&ov, 0, sizeof(ov));
	in = 6;
	ok = DeviceIoControl(device, IOCTL_EDU_FACTORIAL, &in, 4, &out, 4, NULL, &ov);
	check((ok || GetLastError() == ERROR_IO_PENDING) &&
	      GetOverlappedResult(device, &ov, &n, TRUE) && out == 720, "without an event");

	memset(&ov, 0, sizeof(ov));
	ok = DeviceIoControl(device, CTL_CODE(0x8000U, 0xfff, METHOD_BUFFERED, FILE_ANY_ACCESS),
			     NULL, 0, NULL, 0, &n, &ov);
	check(!ok && (GetLastError() == ERROR_INVALID_FUNCTION ||
		      (GetLastError() == ERROR_IO_PENDING &&
		       !GetOverlappedResult(device, &ov, &n, TRUE) &&
		       GetLastError() == ERROR_INVALID_FUNCTION)), "one that the driver refuses");
	check(!ReadFile(device, &in, 4, &n, NULL) && GetLastError() == ERROR_INVALID_PARAMETER,
	      "an overlapped file has no position to read at");
}

static BOOL finish_transfer(BOOL started, OVERLAPPED *ov, DWORD *n)
{
	if (!started && GetLastError() != ERROR_IO_PENDING)
		return FALSE;
	return GetOverlappedResult(device, ov, n, TRUE);
}

static BOOL transfer(DWORD code, BYTE *data, DWORD length, DWORD *n)
{
	OVERLAPPED ov;

	memset(&ov, 0, sizeof(ov));
	return finish_transfer(DeviceIoControl(device, code, NULL, 0, data, length, NULL, &ov),
			       &ov, n);
}

static void test_dma(void)
{
	static BYTE data[EDU_BUFFER_SIZE], back[EDU_BUFFER_SIZE];
	OVERLAPPED ov;
	DWORD n = 0;
	size_t i;

	for (i = 0; i < sizeof(data); i++)
		data[i] = (BYTE)(i * 7 + (i >> 8));
	check(transfer(IOCTL_EDU_DMA_WRITE, data, sizeof(data), &n) && n == sizeof(data),
	      "DMA to the device");
	check(transfer(IOCTL_EDU_DMA_READ, back, sizeof(back), &n) && n == sizeof(back),
	      "DMA from the device");
	check(!memcmp(data, back, sizeof(data)), "the bytes are the same");

	memset(back, 0, sizeof(back));
	memset(&ov, 0, sizeof(ov));
	ov.Offset = 1000;
	check(finish_transfer(ReadFile(device, back, 100, NULL, &ov), &ov, &n) && n == 100 &&
	      !memcmp(back, data + 1000, 100), "ReadFile at an offset");
	memset(&ov, 0, sizeof(ov));
	ov.Offset = 2000;
	check(finish_transfer(WriteFile(device, data, 50, NULL, &ov), &ov, &n) && n == 50,
	      "WriteFile at an offset");
	check(transfer(IOCTL_EDU_DMA_READ, back, sizeof(back), &n) &&
	      !memcmp(back + 2000, data, 50) && !memcmp(back, data, 2000),
	      "arrives there");
}

static void test_pending(void)
{
	HANDLE event = new_event(TRUE);
	struct wait wait;
	DWORD n;

	check(start_wait(device, &wait, event), "a request that pends");
	check(!HasOverlappedIoCompleted(&wait.ov), "has not completed");
	check(!GetOverlappedResult(device, &wait.ov, &n, FALSE) &&
	      GetLastError() == ERROR_IO_INCOMPLETE, "has no result yet");
	check(WaitForSingleObject(event, 100) == WAIT_TIMEOUT, "does not signal its event");
	check(becomes_waiting(1), "has reached the driver");
	raise_value(0x1234);
	check(WaitForSingleObject(event, LIMIT) == WAIT_OBJECT_0, "is ended by the interrupt");
	check(ends_with(device, &wait, 0) && wait.value == 0x1234, "with its value");
	check(start_wait(device, &wait, event) && WaitForSingleObject(event, 0) == WAIT_TIMEOUT,
	      "the next one resets the event");
	raise_value(7);
	check(ends_with(device, &wait, 0) && wait.value == 7, "and ends");
	CloseHandle(event);
}

/* What a thread has pending does not disturb what it waits for meanwhile. */
static void test_both_kinds(void)
{
	struct wait wait;
	ULONG in, out;
	int i, good = 0;
	DWORD n;

	for (i = 0; i < 50; i++) {
		if (!start_wait(device, &wait, NULL))
			break;
		raise_value(i + 1);
		in = 3;
		if (control(plain, IOCTL_EDU_FACTORIAL, &in, &out, &n) && out == 6 &&
		    ends_with(device, &wait, 0) && wait.value == (ULONG)i + 1)
			good++;
	}
	check(good == 50, "plain requests while overlapped ones end");
}

/* ---- Cancelling ---- */

static void test_cancel(void)
{
	HANDLE event = new_event(FALSE);
	struct wait one, two;

	check(start_wait(device, &one, event) && start_wait(device, &two, NULL),
	      "two requests pend");
	check(CancelIoEx(device, &one.ov), "CancelIoEx of one");
	check(WaitForSingleObject(event, LIMIT) == WAIT_OBJECT_0, "signals its event");
	check(ends_with(device, &one, ERROR_OPERATION_ABORTED), "it ends with ERROR_OPERATION_ABORTED");
	check(!CancelIoEx(device, &one.ov) && GetLastError() == ERROR_NOT_FOUND,
	      "there is nothing left to cancel of it");
	check(!HasOverlappedIoCompleted(&two.ov), "the other one pends");
	check(CancelIo(device) && ends_with(device, &two, ERROR_OPERATION_ABORTED), "CancelIo");
	check(start_wait(device, &one, NULL) && start_wait(device, &two, NULL) &&
	      CancelIoEx(device, NULL) && ends_with(device, &one, ERROR_OPERATION_ABORTED) &&
	      ends_with(device, &two, ERROR_OPERATION_ABORTED), "CancelIoEx of all");
	check(becomes_waiting(0), "nothing waits in the driver");
	CloseHandle(event);
}

static void test_close(void)
{
	HANDLE other = open_device(GENERIC_READ | GENERIC_WRITE, FILE_FLAG_OVERLAPPED);
	HANDLE event = new_event(TRUE);
	struct wait wait;
	DWORD n;

	check(start_wait(other, &wait, event), "a request on a second handle");
	check(CloseHandle(other), "which is closed");
	check(WaitForSingleObject(event, LIMIT / 4) == WAIT_OBJECT_0 &&
	      ends_with(device, &wait, ERROR_OPERATION_ABORTED), "that ends the request");
	if (!HasOverlappedIoCompleted(&wait.ov)) {
		raise_value(1);
		GetOverlappedResult(device, &wait.ov, &n, TRUE);
	}
	CloseHandle(event);
}

static struct wait thread_wait;

static DWORD WINAPI wait_and_leave(LPVOID argument)
{
	(void)argument;
	return start_wait(device, &thread_wait, NULL) ? 42 : 1;
}

static DWORD WINAPI wait_here(LPVOID argument)
{
	ULONG value;
	DWORD n;

	(void)argument;
	if (control(plain, IOCTL_EDU_WAIT, NULL, &value, &n))
		return 1;
	return GetLastError();
}

static void test_threads(void)
{
	HANDLE thread = CreateThread(NULL, 0, wait_and_leave, NULL, 0, NULL);
	DWORD code = 0;
	int i;

	check(WaitForSingleObject(thread, LIMIT) == WAIT_OBJECT_0, "a thread's end signals it");
	check(GetExitCodeThread(thread, &code) && code == 42, "its exit code");
	CloseHandle(thread);
	for (i = 0; i < LIMIT / 10 && !HasOverlappedIoCompleted(&thread_wait.ov); i++)
		Sleep(10);
	check(ends_with(device, &thread_wait, ERROR_OPERATION_ABORTED),
	      "its requests are cancelled");

	thread = CreateThread(NULL, 0, wait_here, NULL, 0, NULL);
	check(becomes_waiting(1), "a thread waits for its request");
	check(CancelSynchronousIo(thread), "CancelSynchronousIo");
	check(WaitForSingleObject(thread, LIMIT) == WAIT_OBJECT_0 &&
	      GetExitCodeThread(thread, &code) && code == ERROR_OPERATION_ABORTED,
	      "ends the request");
	CloseHandle(thread);
}

/* ---- Events ---- */

static void test_events(void)
{
	HANDLE manual = new_event(TRUE), automatic = new_event(FALSE);
	HANDLE both[2] = { automatic, manual };

	check(WaitForMultipleObjects(2, both, FALSE, 0) == WAIT_TIMEOUT, "no event is signalled");
	SetEvent(manual);
	check(WaitForMultipleObjects(2, both, FALSE, LIMIT) == WAIT_OBJECT_0 + 1 &&
	      WaitForSingleObject(manual, 0) == WAIT_OBJECT_0, "a manual event stays signalled");
	check(WaitForMultipleObjects(2, both, TRUE, 50) == WAIT_TIMEOUT, "not all are");
	SetEvent(automatic);
	SetEvent(automatic);
	check(WaitForMultipleObjects(2, both, TRUE, LIMIT) == WAIT_OBJECT_0, "all are");
	check(WaitForSingleObject(automatic, 0) == WAIT_TIMEOUT, "an automatic one is reset, once");
	ResetEvent(manual);
	check(WaitForSingleObject(manual, 0) == WAIT_TIMEOUT, "ResetEvent");
	CloseHandle(manual);
	check(WaitForSingleObject(manual, 0) == WAIT_FAILED &&
	      GetLastError() == ERROR_INVALID_HANDLE, "a closed event cannot be waited for");
	check(!SetEvent(plain) && GetLastError() == ERROR_INVALID_HANDLE, "a file is no event");
	CloseHandle(automatic);
}

#define MANY 8

static void test_many(void)
{
	HANDLE event[MANY];
	struct wait wait[MANY];
	int i, good = 1;

	for (i = 0; i < MANY; i++) {
		event[i] = new_event(FALSE);
		good &= start_wait(device, &wait[i], event[i]);
	}
	check(good && becomes_waiting(MANY), "many requests pend");
	CancelIoEx(device, &wait[3].ov);
	check(WaitForMultipleObjects(MANY, event, FALSE, LIMIT) == WAIT_OBJECT_0 + 3,
	      "the event of the cancelled one");
	SetEvent(event[3]);
	raise_value(99);
	check(WaitForMultipleObjects(MANY, event, TRUE, LIMIT) == WAIT_OBJECT_0,
	      "the events of all others");
	for (i = 0; i < MANY; i++) {
		good &= ends_with(device, &wait[i], i == 3 ? ERROR_OPERATION_ABORTED : 0);
		good &= i == 3 || wait[i].value == 99;
		CloseHandle(event[i]);
	}
	check(good, "their results");
}

int main(void)
{
	puts("TAP version 13");
	device = open_device(GENERIC_READ | GENERIC_WRITE, FILE_FLAG_OVERLAPPED);
	plain = open_device(GENERIC_READ | GENERIC_WRITE, 0);
	if (device == INVALID_HANDLE_VALUE || plain == INVALID_HANDLE_VALUE) {
		puts("1..0 # SKIP no " NAME);
		return 4;
	}
	test_open();
	test_access();
	test_plain();
	test_position();
	test_events();
	test_overlapped();
	test_dma();
	test_pending();
	test_both_kinds();
	test_cancel();
	test_close();
	test_threads();
	test_many();
	CloseHandle(device);
	CloseHandle(plain);
	printf("1..%d\n", count);
	return failures != 0;
}
