/* SPDX-License-Identifier: GPL-2.0 */
/* A request in flight, for async.c and overlapped.c. */
#ifndef ASYNC_H
#define ASYNC_H

#include <time.h>

#include "win32.h"

struct async_link {
	struct async_link *next, *prev;
};

/**
 * struct async_request - an overlapped request
 * @link: on the list of those in flight; first
 * @io: the kernel's until the completion
 * @ov: the program's
 * @fd: the file
 * @event: what to signal, -1 when that was closed
 * @apc: what to run then, or NULL
 * @tid: the thread that started it
 * @sent: the starting thread waits for it; valid until it is set
 * @ended: where the starting thread wants the status, as long as it is there
 */
struct async_request {
	struct async_link link;
	struct ntcompat_io io;
	LPOVERLAPPED ov;
	int fd;
	int event;
	struct apc *apc;
	pid_t tid;
	atomic_int *sent;
	NTSTATUS *ended;
};

void async_wait_word(void *word, uint32_t while_equal, const struct timespec *timeout);

#endif /* ASYNC_H */
