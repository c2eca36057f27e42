// SPDX-License-Identifier: GPL-2.0
/*
 * Events. An event is an eventfd that is readable while it is signalled; taking
 * an auto-reset event is reading it, which only one of several waiters achieves.
 */
#include <fcntl.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "win32.h"

/* Never blocks: a counter that is full is signalled enough. */
void signal_set(int fd)
{
	static const uint64_t one = 1;
	ssize_t ignored = write(fd, &one, sizeof(one));

	(void)ignored;
}

bool signal_reset(int fd)
{
	uint64_t count;

	return read(fd, &count, sizeof(count)) == sizeof(count);
}

/* For drivers that wait for the event: the kernel's mark of one that stays signalled. */
static int event_new(bool manual, bool initial)
{
	int fd = eventfd(initial, EFD_CLOEXEC | EFD_NONBLOCK);

	if (fd >= 0 && manual)
		fcntl(fd, F_SETFL, O_NONBLOCK | NTCOMPAT_EVENT_MANUAL_RESET);
	return fd;
}

EXPORT HANDLE CreateEventA(LPSECURITY_ATTRIBUTES security, BOOL manual_reset, BOOL initial,
			   LPCSTR name)
{
	struct object *object;
	HANDLE handle;

	(void)security;
	if (name) {
		SetLastError(ERROR_NOT_SUPPORTED);
		return NULL;
	}
	handle = handle_new(event_new(manual_reset, initial), &object);
	if (!handle)
		return NULL;
	object->manual = manual_reset;
	atomic_store(&object->kind, KIND_EVENT);
	/* Success, where ERROR_ALREADY_EXISTS would tell of another's event. */
	SetLastError(ERROR_SUCCESS);
	return handle;
}

EXPORT BOOL SetEvent(HANDLE event)
{
	struct object *object = handle_object(event, KIND_EVENT);

	if (!object)
		return FALSE;
	signal_set(object->signal);
	return TRUE;
}

EXPORT BOOL ResetEvent(HANDLE event)
{
	struct object *object = handle_object(event, KIND_EVENT);

	if (!object)
		return FALSE;
	signal_reset(object->signal);
	return TRUE;
}
