// SPDX-License-Identifier: GPL-2.0
/* The result of an overlapped request. */
#include <time.h>

#include "async.h"
#include "win32.h"

static int64_t now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000000000LL + now.tv_nsec;
}

/* Returns whether the request ended in time. */
static bool wait_for_end(LPOVERLAPPED ov, DWORD milliseconds)
{
	int64_t deadline = now_ns() + milliseconds * 1000000LL, left;
	struct timespec timeout;

	while (!HasOverlappedIoCompleted(ov)) {
		left = deadline - now_ns();
		if (milliseconds != INFINITE && left <= 0)
			return false;
		timeout.tv_sec = left / 1000000000;
		timeout.tv_nsec = left % 1000000000;
		async_wait_word(&ov->Internal, STATUS_PENDING,
				milliseconds == INFINITE ? NULL : &timeout);
	}
	return true;
}

/*
 * Windows waits for the event: one that resets itself is reset afterwards. The
 * lock makes sure that it was signalled before the program can use it again.
 */
static void take_event(const OVERLAPPED *ov)
{
	struct object *object;

	async_lock();
	object = ov->hEvent ? handle_object(ov->hEvent, KIND_EVENT) : NULL;
	if (object && !object->manual)
		signal_reset(object->signal);
	async_unlock();
}

EXPORT BOOL GetOverlappedResultEx(HANDLE file, LPOVERLAPPED ov, LPDWORD done, DWORD milliseconds,
				  BOOL alertable)
{
	(void)file;
	(void)alertable;
	if (!wait_for_end(ov, milliseconds))
		return fail(milliseconds ? WAIT_TIMEOUT : ERROR_IO_INCOMPLETE);
	if (milliseconds) {
		take_event(ov);
	} else {
		async_lock();
		async_unlock();
	}
	if (done)
		*done = ov->InternalHigh;
	return succeed((NTSTATUS)ov->Internal);
}

EXPORT BOOL GetOverlappedResult(HANDLE file, LPOVERLAPPED ov, LPDWORD done, BOOL wait)
{
	return GetOverlappedResultEx(file, ov, done, wait ? INFINITE : 0, FALSE);
}
