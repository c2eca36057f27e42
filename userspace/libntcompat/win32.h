/* SPDX-License-Identifier: GPL-2.0 */
/* What the files of the library know of each other. */
#ifndef WIN32_H
#define WIN32_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <windows.h>

#include "ntcompat.h"
#include "nt_status.h"

#define EXPORT __attribute__((visibility("default")))

/* ---- Handles (handle.c) ---- */

enum kind {
	KIND_NONE,
	KIND_FILE,
	KIND_EVENT,
	KIND_THREAD,
};

struct thread;

/**
 * struct object - what a handle stands for
 * @kind: KIND_NONE when there is no such handle
 * @overlapped: a file opened with FILE_FLAG_OVERLAPPED
 * @is_node: a file that is a node of ntcompat
 * @manual: an event that stays signalled until it is reset
 * @signal: what waiting for it waits for: its own descriptor, or, of an
 *	overlapped file, an eventfd that is signalled when a request has ended
 * @thread: of a thread
 */
struct object {
	_Atomic enum kind kind;
	bool overlapped;
	bool is_node;
	bool manual;
	int signal;
	struct thread *thread;
};

/* Makes a handle of a descriptor; closes it, sets the error and returns NULL if it cannot. */
HANDLE handle_new(int fd, struct object **object);

/* NULL, and ERROR_INVALID_HANDLE, unless the handle is of that kind. */
struct object *handle_object(HANDLE handle, enum kind kind);
struct object *handle_any(HANDLE handle);

/* -1 for what can be no handle. The two low bits are the program's. */
static inline int handle_fd(HANDLE handle)
{
	uint64_t value = (uintptr_t)handle;

	return value < 4 || value > NTCOMPAT_HANDLE_MAX ? -1 : NTCOMPAT_HANDLE_TO_FD(value);
}

/* ---- Names (name.c) ---- */

bool name_is_device(const char *name);
int name_open_device(const char *name, int flags);
int name_open_file(const char *name, int flags);

/* ---- Errors (error.c) ---- */

DWORD error_of_errno(int error);

/* Sets the error and returns FALSE, for `return fail(ERROR_x)`. */
BOOL fail(DWORD error);
BOOL fail_errno(void);

/* TRUE for a success status, else the error is set. */
BOOL succeed(NTSTATUS status);

static inline bool is_success(NTSTATUS status)
{
	return status >= 0;
}

/* ---- Events (event.c) ---- */

void signal_set(int fd);

/* Returns whether it was signalled. */
bool signal_reset(int fd);

/* ---- Overlapped requests (async.c) ---- */

struct apc;

struct request_args {
	DWORD op;			/* NTCOMPAT_IO_x */
	DWORD code;
	LPCVOID in;
	DWORD in_len;
	LPVOID out;
	DWORD out_len;
	struct apc *apc;		/* or NULL; async_start() takes it */
};

/*
 * Sends a request off. Returns as DeviceIoControl() does: TRUE when it has
 * succeeded already, else FALSE with an error that may be ERROR_IO_PENDING.
 */
BOOL async_start(HANDLE file, const struct request_args *args, LPOVERLAPPED ov, LPDWORD done);


/* What a process's requests and threads must not meet halfway: see async.c. */
void async_lock(void);
void async_unlock(void);
void async_forget(int fd);
bool async_cancel_thread(HANDLE file, pid_t tid);

/* ---- Threads (thread.c) ---- */

/* Around a system call that CancelSynchronousIo() may interrupt. */
void synchronous_begin(void);
void synchronous_end(void);

/* Runs async_cancel_thread() when the calling thread ends. */
void thread_watch_exit(void);
void thread_put(struct thread *thread);
pid_t thread_id(void);

#endif /* WIN32_H */
