// SPDX-License-Identifier: GPL-2.0
/*
 * Handles. A handle is made of its descriptor's number as ntcompat.h says, so that
 * a driver finds the file or eventfd behind a handle that it is given; what else
 * is known of it stands in a table. Entries are never freed: a program that uses a handle after it
 * closed it gets ERROR_INVALID_HANDLE, or, as on Windows, what has that number now.
 */
#include <fcntl.h>
#include <unistd.h>

#include "win32.h"

#define HANDLES_MAX	65536

static struct object objects[HANDLES_MAX];

/* 0 is no handle, and 1 and 2 are worth keeping for the C library. */
static int move_up(int fd)
{
	int moved;

	if (fd > STDERR_FILENO)
		return fd;
	moved = fcntl(fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
	close(fd);
	return moved;
}

HANDLE handle_new(int fd, struct object **object)
{
	fd = move_up(fd);
	if (fd < 0) {
		fail_errno();
		return NULL;
	}
	if (fd >= HANDLES_MAX) {
		close(fd);
		SetLastError(ERROR_TOO_MANY_OPEN_FILES);
		return NULL;
	}
	*object = &objects[fd];
	**object = (struct object){ .signal = fd };
	return (HANDLE)(uintptr_t)NTCOMPAT_HANDLE_FROM_FD(fd);
}

struct object *handle_any(HANDLE handle)
{
	int fd = handle_fd(handle);

	if (fd >= 0 && fd < HANDLES_MAX && atomic_load(&objects[fd].kind) != KIND_NONE)
		return &objects[fd];
	SetLastError(ERROR_INVALID_HANDLE);
	return NULL;
}

struct object *handle_object(HANDLE handle, enum kind kind)
{
	struct object *object = handle_any(handle);

	if (!object || object->kind == kind)
		return object;
	SetLastError(ERROR_INVALID_HANDLE);
	return NULL;
}

/*
 * Under the lock, so that a request that is just ending has signalled its event
 * before the event's number can belong to something else.
 */
EXPORT BOOL CloseHandle(HANDLE handle)
{
	int fd = handle_fd(handle);
	struct thread *thread;
	struct object *object;

	async_lock();
	object = handle_any(handle);
	if (!object) {
		async_unlock();
		return FALSE;
	}
	async_forget(object->signal);
	thread = object->thread;
	atomic_store(&object->kind, KIND_NONE);
	if (object->signal != fd)
		close(object->signal);
	async_unlock();
	/* Of a file: may take long, as the driver is asked to clean up. */
	close(fd);
	if (thread)
		thread_put(thread);
	return TRUE;
}

EXPORT HANDLE GetStdHandle(DWORD which)
{
	static HANDLE handles[3];
	unsigned int fd = STD_INPUT_HANDLE - which;
	struct object *object;

	if (fd > STDERR_FILENO) {
		SetLastError(ERROR_INVALID_HANDLE);
		return INVALID_HANDLE_VALUE;
	}
	async_lock();
	if (!handles[fd]) {
		handles[fd] = handle_new(fcntl(fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1), &object);
		if (handles[fd])
			atomic_store(&object->kind, KIND_FILE);
	}
	async_unlock();
	return handles[fd];
}
