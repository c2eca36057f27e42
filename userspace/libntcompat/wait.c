// SPDX-License-Identifier: GPL-2.0
/* Waiting for handles: poll(2) says what is signalled, then auto-reset events are taken. */
#include <poll.h>
#include <time.h>

#include "win32.h"

struct waiting {
	struct object *object[MAXIMUM_WAIT_OBJECTS];
	DWORD count;
	bool forever;
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

static DWORD wait_any(const struct waiting *w)
{
	struct pollfd fds[MAXIMUM_WAIT_OBJECTS];
	DWORD i;
	int n;

	for (i = 0; i < w->count; i++)
		fds[i] = (struct pollfd){ .fd = w->object[i]->signal, .events = POLLIN };
	for (;;) {
		n = poll(fds, w->count, remaining(w));
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
	struct pollfd fds[MAXIMUM_WAIT_OBJECTS];
	DWORD i;

	for (i = 0; i < w->count; i++)
		fds[i] = (struct pollfd){ .fd = w->object[i]->signal, .events = POLLIN };
	for (;;) {
		for (i = 0; i < w->count; i++)
			while (poll(&fds[i], 1, remaining(w)) <= 0)
				if (!remaining(w))
					return WAIT_TIMEOUT;
		if (poll(fds, w->count, 0) == (int)w->count && take_all(w))
			return WAIT_OBJECT_0;
	}
}

EXPORT DWORD WaitForMultipleObjects(DWORD count, const HANDLE *handles, BOOL all,
				    DWORD milliseconds)
{
	struct waiting w = {
		.count = count,
		.forever = milliseconds == INFINITE,
		.deadline = now_ms() + milliseconds,
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

EXPORT DWORD WaitForSingleObject(HANDLE handle, DWORD milliseconds)
{
	return WaitForMultipleObjects(1, &handle, FALSE, milliseconds);
}
