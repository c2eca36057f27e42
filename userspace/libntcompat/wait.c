// SPDX-License-Identifier: GPL-2.0
/* Waiting for handles: poll(2) says what is signalled, then auto-reset events are taken. */
#include <poll.h>
#include <time.h>

#include "apc.h"
#include "win32.h"

struct waiting {
	struct object *object[MAXIMUM_WAIT_OBJECTS];
	DWORD count;
	bool forever;
	int alert;	/* what an alertable wait looks at, too; else -1 */
	int64_t deadline;
};

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

static int remaining(const struct waiting *w)
{
	int64_t left = w->deadline - now_ms();

	if (w->forever)
		return -1;
	return left <= 0 ? 0 : left > INT_MAX ? INT_MAX : (int)left;
}

static bool is_auto_reset(const struct object *object)
{
	return object->kind == KIND_EVENT && !object->manual;
}

/* False when another waiter was quicker. */
static bool take(struct object *object)
{
	return !is_auto_reset(object) || signal_reset(object->signal);
}

/* Takes all or none. */
static bool take_all(const struct waiting *w)
{
	DWORD i;

	for (i = 0; i < w->count; i++) {
		if (take(w->object[i]))
			continue;
		while (i-- > 0)
			if (is_auto_reset(w->object[i]))
				signal_set(w->object[i]->signal);
		return false;
	}
	return true;
}

static bool is_alerted(const struct waiting *w)
{
	return w->alert >= 0 && apc_run();
}

static DWORD wait_any(const struct waiting *w)
{
	struct pollfd fds[MAXIMUM_WAIT_OBJECTS + 1];
	DWORD i;
	int n;

	for (i = 0; i < w->count; i++)
		fds[i] = (struct pollfd){ .fd = w->object[i]->signal, .events = POLLIN };
	fds[w->count] = (struct pollfd){ .fd = w->alert, .events = POLLIN };
	for (;;) {
		if (is_alerted(w))
			return WAIT_IO_COMPLETION;
		n = poll(fds, w->count + 1, remaining(w));
		for (i = 0; n > 0 && i < w->count; i++)
			if (fds[i].revents && take(w->object[i]))
				return WAIT_OBJECT_0 + i;
		if (n <= 0 && !remaining(w))
			return WAIT_TIMEOUT;
	}
}

/*
 * One after the other, then all at once without waiting: those that were
 * signalled first may have been reset meanwhile, and it starts over.
 */
static DWORD wait_all(const struct waiting *w)
{
	struct pollfd fds[MAXIMUM_WAIT_OBJECTS], both[2];
	DWORD i;

	for (i = 0; i < w->count; i++)
		fds[i] = (struct pollfd){ .fd = w->object[i]->signal, .events = POLLIN };
	both[1] = (struct pollfd){ .fd = w->alert, .events = POLLIN };
	for (;;) {
		for (i = 0; i < w->count; i++)
			do {
				if (is_alerted(w))
					return WAIT_IO_COMPLETION;
				both[0] = fds[i];
				if (poll(both, 2, remaining(w)) <= 0 && !remaining(w))
					return WAIT_TIMEOUT;
			} while (!both[0].revents);
		if (poll(fds, w->count, 0) == (int)w->count && take_all(w))
			return WAIT_OBJECT_0;
	}
}

EXPORT DWORD WaitForMultipleObjectsEx(DWORD count, const HANDLE *handles, BOOL all,
				      DWORD milliseconds, BOOL alertable)
{
	struct waiting w = {
		.count = count,
		.forever = milliseconds == INFINITE,
		.deadline = now_ms() + milliseconds,
		.alert = alertable ? apc_signal() : -1,
	};
	DWORD i;

	if (!count || count > MAXIMUM_WAIT_OBJECTS) {
		SetLastError(ERROR_INVALID_PARAMETER);
		return WAIT_FAILED;
	}
	for (i = 0; i < count; i++) {
		w.object[i] = handle_any(handles[i]);
		if (!w.object[i])
			return WAIT_FAILED;
	}
	return all ? wait_all(&w) : wait_any(&w);
}

EXPORT DWORD WaitForMultipleObjects(DWORD count, const HANDLE *handles, BOOL all,
				    DWORD milliseconds)
{
	return WaitForMultipleObjectsEx(count, handles, all, milliseconds, FALSE);
}

EXPORT DWORD WaitForSingleObjectEx(HANDLE handle, DWORD milliseconds, BOOL alertable)
{
	return WaitForMultipleObjectsEx(1, &handle, FALSE, milliseconds, alertable);
}

EXPORT DWORD WaitForSingleObject(HANDLE handle, DWORD milliseconds)
{
	return WaitForMultipleObjects(1, &handle, FALSE, milliseconds);
}
