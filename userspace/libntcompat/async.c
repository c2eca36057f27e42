// SPDX-License-Identifier: GPL-2.0
/*
 * Overlapped requests. Workers, threads of ours with an io_uring each, send them
 * off and take their completions.
 *
 * Why not the caller's thread: its completions would interrupt whatever system
 * call it is in, and a request that it waits for just then would be cancelled.
 *
 * A caller hands its request to a worker that sends nothing else at the moment
 * and waits until it is sent: so it learns, as on Windows, whether the request
 * has ended at once, and a driver that takes its time in its dispatch routine
 * delays only who asked for it. A new worker is started when all are busy.
 *
 * The lock guards the list of requests in flight and the end of each: who takes
 * it after he has seen a request end knows that its event was signalled, too.
 */
#include <liburing.h>
#include <linux/futex.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "apc.h"
#include "async.h"
#include "win32.h"

#define WORKERS_MAX	64
#define RING_ENTRIES	64

/**
 * struct worker - a thread that sends requests
 * @ring: its own; only this thread touches it
 * @wake: an eventfd that tells of @next; the ring always reads it
 * @count: what was read from @wake
 * @next: the request to send; NULL when it may be given one
 */
struct worker {
	struct io_uring ring;
	int wake;
	uint64_t count;
	struct async_request *_Atomic next;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t worker_free = PTHREAD_COND_INITIALIZER;
static struct async_request in_flight = { .link = { &in_flight.link, &in_flight.link } };
static struct worker *workers[WORKERS_MAX];
static unsigned int worker_count;

void async_lock(void)
{
	pthread_mutex_lock(&lock);
}

void async_unlock(void)
{
	pthread_mutex_unlock(&lock);
}

/* ---- Waiting for a word ---- */

static void futex_wake(void *word)
{
	syscall(SYS_futex, word, FUTEX_WAKE_PRIVATE, INT_MAX, NULL, NULL, 0);
}

/* The low half of OVERLAPPED.Internal, which is where STATUS_PENDING stands. */
void async_wait_word(void *word, uint32_t while_equal, const struct timespec *timeout)
{
	syscall(SYS_futex, word, FUTEX_WAIT_PRIVATE, while_equal, timeout, NULL, 0);
}

/* ---- The list of requests in flight; under the lock ---- */

static void list_add(struct async_request *request)
{
	request->link.next = &in_flight.link;
	request->link.prev = in_flight.link.prev;
	request->link.prev->next = &request->link;
	in_flight.link.prev = &request->link;
}

static void list_del(struct async_request *request)
{
	request->link.prev->next = request->link.next;
	request->link.next->prev = request->link.prev;
}

#define for_each_in_flight(request)						\
	for (request = (struct async_request *)in_flight.link.next;		\
	     request != &in_flight;						\
	     request = (struct async_request *)request->link.next)

/* ---- The end of a request ---- */

static NTSTATUS end_status(const struct async_request *request, int res)
{
	if (request->io.status != NTCOMPAT_STATUS_NONE)
		return (NTSTATUS)request->io.status;
	/* Refused before it was one: say so as a Win32 error in a status. */
	return (NTSTATUS)(0xc0070000 | error_of_errno(-res));
}

static void finish(struct async_request *request, NTSTATUS status)
{
	LPOVERLAPPED ov = request->ov;

	ov->InternalHigh = request->io.information;
	__atomic_store_n(&ov->Internal, (uint32_t)status, __ATOMIC_RELEASE);
	/* From here on the OVERLAPPED may be gone. */
	if (request->event >= 0)
		signal_set(request->event);
	futex_wake(&ov->Internal);
}

/* What failed before its sender was told that it pends has told him so. */
static void finish_apc(struct async_request *request, NTSTATUS status)
{
	if (!request->apc)
		return;
	if (request->ended && !is_success(status))
		apc_drop(request->apc);
	else
		apc_push(request->apc, is_success(status) ? 0 : RtlNtStatusToDosError(status),
			 request->io.information);
}

static void complete(struct async_request *request, int res)
{
	NTSTATUS status = end_status(request, res);

	async_lock();
	list_del(request);
	finish(request, status);
	finish_apc(request, status);
	if (request->ended)
		*request->ended = status;
	async_unlock();
	free(request);
}

/* ---- The worker ---- */

static void arm_wake(struct worker *worker)
{
	struct io_uring_sqe *sqe = io_uring_get_sqe(&worker->ring);

	io_uring_prep_read(sqe, worker->wake, &worker->count, sizeof(worker->count), 0);
	io_uring_sqe_set_data(sqe, NULL);
}

/* Returns whether it was told of a request to send. */
static bool take_completions(struct worker *worker)
{
	struct io_uring_cqe *cqe;
	bool woken = false;

	while (!io_uring_peek_cqe(&worker->ring, &cqe)) {
		struct async_request *request = io_uring_cqe_get_data(cqe);
		int res = cqe->res;

		io_uring_cqe_seen(&worker->ring, cqe);
		if (request)
			complete(request, res);
		else
			woken = true;
	}
	return woken;
}

static void prepare(struct worker *worker, struct async_request *request)
{
	struct io_uring_sqe *sqe = io_uring_get_sqe(&worker->ring);
	uint64_t address = (uintptr_t)&request->io;

	io_uring_prep_rw(IORING_OP_URING_CMD, sqe, request->fd, NULL, 0, 0);
	sqe->cmd_op = NTCOMPAT_URING_IO;
	memcpy(sqe->cmd, &address, sizeof(address));
	io_uring_sqe_set_data(sqe, request);
}

static void submit(struct worker *worker)
{
	int n;

	for (;;) {
		n = io_uring_submit(&worker->ring);
		/* Too many completions that nobody took. */
		if (n == -EBUSY)
			take_completions(worker);
		else if (n != -EINTR && n != -EAGAIN)
			break;
	}
}

/* Sends the request that it was given; those that end at once are completed before it is free. */
static void send_next(struct worker *worker)
{
	struct async_request *request = worker->next;
	atomic_int *sent = request->sent;

	prepare(worker, request);
	submit(worker);
	take_completions(worker);

	async_lock();
	worker->next = NULL;
	pthread_cond_signal(&worker_free);
	async_unlock();
	*sent = 1;
	futex_wake(sent);
}

static void *work(void *data)
{
	struct worker *worker = data;
	struct io_uring_cqe *cqe;

	for (;;) {
		arm_wake(worker);
		submit(worker);
		do {
			while (io_uring_wait_cqe(&worker->ring, &cqe))
				;
		} while (!take_completions(worker));
		send_next(worker);
	}
	return NULL;
}

/*
 * take_completions() in send_next() swallows no wake: it is armed again only
 * after it, and until then the eventfd keeps the count.
 */
static bool start_worker(struct worker *worker)
{
	pthread_attr_t attributes;
	sigset_t all, before;
	pthread_t id;
	int error;

	worker->wake = eventfd(0, EFD_CLOEXEC);
	if (worker->wake < 0)
		return false;
	if (io_uring_queue_init(RING_ENTRIES, &worker->ring, 0))
		goto close_wake;
	/* The program's signals are its own threads' business. */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	pthread_attr_init(&attributes);
	pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
	error = pthread_create(&id, &attributes, work, worker);
	pthread_attr_destroy(&attributes);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (!error)
		return true;
	io_uring_queue_exit(&worker->ring);
close_wake:
	close(worker->wake);
	return false;
}

/* The process ends: ask for the end of what is in flight, as Windows does. */
static void cancel_all_at_exit(void)
{
	async_cancel_thread(NULL, 0);
}

static struct worker *new_worker(void)
{
	struct worker *worker;

	if (worker_count == WORKERS_MAX)
		return NULL;
	worker = calloc(1, sizeof(*worker));
	if (!worker || !start_worker(worker)) {
		free(worker);
		return NULL;
	}
	if (!worker_count)
		atexit(cancel_all_at_exit);
	workers[worker_count++] = worker;
	return worker;
}

static struct worker *idle_worker(void)
{
	unsigned int i;

	for (i = 0; i < worker_count; i++)
		if (!workers[i]->next)
			return workers[i];
	return NULL;
}

/* Under the lock. NULL when there can be no worker at all. */
static struct worker *get_worker(void)
{
	struct worker *worker;

	while (!(worker = idle_worker()) && !(worker = new_worker())) {
		if (!worker_count)
			return NULL;
		pthread_cond_wait(&worker_free, &lock);
	}
	return worker;
}

/* ---- Starting one ---- */

static struct async_request *new_request(HANDLE file, const struct request_args *args,
					 LPOVERLAPPED ov)
{
	struct async_request *request = calloc(1, sizeof(*request));

	if (!request)
		return NULL;
	request->io = (struct ntcompat_io){
		.op = args->op,
		.code = args->code,
		.in_len = args->in_len,
		.out_len = args->out_len,
		.in = (uintptr_t)args->in,
		.out = (uintptr_t)args->out,
		.offset = (uint64_t)ov->OffsetHigh << 32 | ov->Offset,
		.tag = (uintptr_t)ov,
		.status = NTCOMPAT_STATUS_NONE,
	};
	request->ov = ov;
	request->apc = args->apc;
	request->fd = handle_fd(file);
	request->tid = thread_id();
	return request;
}

/* The event to signal; starting a request resets it. False if it is no event. */
static bool choose_event(HANDLE file, const OVERLAPPED *ov, bool routine, int *event)
{
	/* "ReadFileEx": hEvent is the program's to use. */
	struct object *object = ov->hEvent && !routine ? handle_object(ov->hEvent, KIND_EVENT) :
					     handle_object(file, KIND_FILE);

	if (!object)
		return false;
	*event = object->signal;
	signal_reset(*event);
	return true;
}

/* Under the lock; gives it back for the time of the sending. */
static bool send_and_wait(struct async_request *request, atomic_int *sent)
{
	struct worker *worker = get_worker();

	if (!worker)
		return false;
	list_add(request);
	worker->next = request;
	async_unlock();
	signal_set(worker->wake);
	while (!*sent)
		async_wait_word(sent, 0, NULL);
	async_lock();
	return true;
}

/* The request was sent; its end may have come meanwhile, or comes later. */
static BOOL report(NTSTATUS ended, ULONG_PTR information, LPDWORD done)
{
	if (ended == STATUS_PENDING)
		return fail(ERROR_IO_PENDING);
	if (done)
		*done = information;
	return succeed(ended);
}

static void drop_apc(struct apc *apc)
{
	if (!apc)
		return;
	async_lock();
	apc_drop(apc);
	async_unlock();
}

BOOL async_start(HANDLE file, const struct request_args *args, LPOVERLAPPED ov, LPDWORD done)
{
	struct async_request *request = new_request(file, args, ov);
	NTSTATUS ended = STATUS_PENDING;
	ULONG_PTR information;
	atomic_int sent = 0;

	if (!request) {
		drop_apc(args->apc);
		return fail(ERROR_NOT_ENOUGH_MEMORY);
	}
	thread_watch_exit();
	async_lock();
	if (!choose_event(file, ov, args->apc, &request->event)) {
		async_unlock();
		drop_apc(args->apc);
		free(request);
		return FALSE;
	}
	request->sent = &sent;
	request->ended = &ended;
	ov->InternalHigh = 0;
	ov->Internal = STATUS_PENDING;
	if (!send_and_wait(request, &sent)) {
		async_unlock();
		drop_apc(args->apc);
		free(request);
		return fail(ERROR_NO_SYSTEM_RESOURCES);
	}
	/* Not over, so it is still there; it shall tell us of its end no longer. */
	if (ended == STATUS_PENDING)
		request->ended = NULL;
	information = ended == STATUS_PENDING ? 0 : ov->InternalHigh;
	async_unlock();
	return report(ended, information, done);
}

/* ---- Closing and cancelling ---- */

/* The descriptor is closed, under the lock: no request may signal it any longer. */
void async_forget(int fd)
{
	struct async_request *request;

	for_each_in_flight(request)
		if (request->event == fd)
			request->event = -1;
}

static bool cancel_one(int fd, LPOVERLAPPED ov)
{
	struct ntcompat_cancel cancel = {
		.tag = (uintptr_t)ov,
		.flags = NTCOMPAT_CANCEL_TAG,
	};

	return !ioctl(fd, NTCOMPAT_IOC_CANCEL, &cancel);
}

/*
 * Cancels a thread's requests on a file; no file means all files, no thread all
 * threads. Returns whether there were any. A file that was closed meanwhile has
 * had its requests cancelled by that.
 */
bool async_cancel_thread(HANDLE file, pid_t tid)
{
	struct async_request *request;
	bool any = false;

	async_lock();
	for_each_in_flight(request)
		if ((!file || request->fd == handle_fd(file)) && (!tid || request->tid == tid))
			any |= cancel_one(request->fd, request->ov);
	async_unlock();
	return any;
}

EXPORT BOOL CancelIo(HANDLE file)
{
	if (!handle_object(file, KIND_FILE))
		return FALSE;
	async_cancel_thread(file, thread_id());
	return TRUE;
}

EXPORT BOOL CancelIoEx(HANDLE file, LPOVERLAPPED ov)
{
	struct ntcompat_cancel all = { .flags = 0 };

	if (!handle_object(file, KIND_FILE))
		return FALSE;
	/* Without an OVERLAPPED: all that this process has pending, however sent. */
	if (ov ? cancel_one(handle_fd(file), ov) :
		 !ioctl(handle_fd(file), NTCOMPAT_IOC_CANCEL, &all))
		return TRUE;
	return errno == ENOENT ? fail(ERROR_NOT_FOUND) : fail_errno();
}
