// SPDX-License-Identifier: GPL-2.0
/*
 * Completion routines: ReadFileEx(), WriteFileEx(), and the alertable waits in which
 * they run. Each thread has a queue of its own, whose eventfd such a wait looks at.
 */
#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "apc.h"
#include "win32.h"

/**
 * struct apc_queue - what a thread has to run
 * @refs: the thread, and each apc that may be put here; under async_lock()
 * @signal: readable while there is something
 * @first, @last: in the order of their ends
 */
struct apc_queue {
	int refs;
	int signal;
	struct apc *first, **last;
};

static _Thread_local struct apc_queue *mine;

static struct apc_queue *queue_of_thread(void)
{
	struct apc_queue *queue = mine;

	if (queue)
		return queue;
	queue = calloc(1, sizeof(*queue));
	if (!queue)
		return NULL;
	queue->signal = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (queue->signal < 0) {
		free(queue);
		return NULL;
	}
	queue->refs = 1;
	queue->last = &queue->first;
	mine = queue;
	thread_watch_exit();
	return queue;
}

/* Under the lock. */
static void put(struct apc_queue *queue)
{
	struct apc *apc;

	if (--queue->refs)
		return;
	while ((apc = queue->first)) {
		queue->first = apc->next;
		free(apc);
	}
	close(queue->signal);
	free(queue);
}

struct apc *apc_new(LPOVERLAPPED_COMPLETION_ROUTINE routine, LPOVERLAPPED ov)
{
	struct apc_queue *queue = queue_of_thread();
	struct apc *apc = queue ? calloc(1, sizeof(*apc)) : NULL;

	if (!apc)
		return NULL;
	apc->routine = routine;
	apc->ov = ov;
	apc->queue = queue;
	async_lock();
	queue->refs++;
	async_unlock();
	return apc;
}

/* Under the lock: it is not to run. */
void apc_drop(struct apc *apc)
{
	put(apc->queue);
	free(apc);
}

/* Under the lock. The thread may be gone: then it goes with its queue. */
void apc_push(struct apc *apc, DWORD error, DWORD bytes)
{
	struct apc_queue *queue = apc->queue;

	apc->error = error;
	apc->bytes = bytes;
	apc->next = NULL;
	*queue->last = apc;
	queue->last = &apc->next;
	signal_set(queue->signal);
	put(queue);
}

static struct apc *pop(struct apc_queue *queue)
{
	struct apc *apc;

	async_lock();
	apc = queue->first;
	if (apc)
		queue->first = apc->next;
	if (!queue->first) {
		queue->last = &queue->first;
		signal_reset(queue->signal);
	}
	async_unlock();
	return apc;
}

bool apc_run(void)
{
	bool any = false;
	struct apc *apc;

	while (mine && (apc = pop(mine))) {
		struct apc copy = *apc;

		free(apc);
		copy.routine(copy.error, copy.bytes, copy.ov);
		any = true;
	}
	return any;
}

int apc_signal(void)
{
	return mine ? mine->signal : -1;
}

void apc_thread_exit(void)
{
	if (!mine)
		return;
	async_lock();
	put(mine);
	async_unlock();
	mine = NULL;
}

/* ---- What programs call ---- */

EXPORT DWORD SleepEx(DWORD milliseconds, BOOL alertable)
{
	struct pollfd fd = { .fd = apc_signal(), .events = POLLIN };
	ULONGLONG until = GetTickCount64() + milliseconds, now;
	int left = -1;

	if (!alertable || fd.fd < 0) {
		Sleep(milliseconds);
		return 0;
	}
	for (;;) {
		if (apc_run())
			return WAIT_IO_COMPLETION;
		now = GetTickCount64();
		if (milliseconds != INFINITE) {
			if (now >= until)
				return 0;
			left = until - now > INT_MAX ? INT_MAX : (int)(until - now);
		}
		poll(&fd, 1, left);
	}
}

/* A request that fails at once has no completion. */
static BOOL start(HANDLE file, struct request_args *args, LPOVERLAPPED ov,
		  LPOVERLAPPED_COMPLETION_ROUTINE routine)
{
	struct object *object = handle_object(file, KIND_FILE);

	if (!object)
		return FALSE;
	if (!ov || !routine || !object->overlapped || !object->is_node)
		return fail(ERROR_INVALID_PARAMETER);
	args->apc = apc_new(routine, ov);
	if (!args->apc)
		return fail(ERROR_NOT_ENOUGH_MEMORY);
	if (!async_start(file, args, ov, NULL) && GetLastError() != ERROR_IO_PENDING)
		return FALSE;
	SetLastError(ERROR_SUCCESS);
	return TRUE;
}

EXPORT BOOL ReadFileEx(HANDLE file, LPVOID buffer, DWORD length, LPOVERLAPPED ov,
		       LPOVERLAPPED_COMPLETION_ROUTINE routine)
{
	struct request_args args = {
		.op = NTCOMPAT_IO_READ, .out = buffer, .out_len = length,
	};

	return start(file, &args, ov, routine);
}

EXPORT BOOL WriteFileEx(HANDLE file, LPCVOID buffer, DWORD length, LPOVERLAPPED ov,
			LPOVERLAPPED_COMPLETION_ROUTINE routine)
{
	struct request_args args = {
		.op = NTCOMPAT_IO_WRITE, .in = buffer, .in_len = length,
	};

	return start(file, &args, ov, routine);
}
