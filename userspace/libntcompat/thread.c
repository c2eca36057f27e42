// SPDX-License-Identifier: GPL-2.0
/*
 * Threads. A thread's handle is an eventfd that is signalled at the thread's
 * end. A thread that was not made here is known once it calls us.
 */
#include <fcntl.h>
#include <process.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "apc.h"
#include "win32.h"

#define CREATE_SUSPENDED 4

/**
 * struct thread - a thread that has a handle
 * @refs: the handle and the thread itself
 * @tid: 0 until it runs
 * @in_call: in a system call that may be interrupted
 * @code: exit code, or STILL_ACTIVE
 * @signal: a descriptor of its own, since the program may close the handle first
 */
struct thread {
	atomic_int refs;
	pthread_t id;
	atomic_int tid;
	atomic_bool in_call;
	atomic_uint code;
	int signal;
	LPTHREAD_START_ROUTINE start;
	unsigned int (*start_crt)(void *argument);
	void *argument;
};

static _Thread_local struct thread *self;
static pthread_key_t exit_key;
static pthread_once_t exit_once = PTHREAD_ONCE_INIT;

pid_t thread_id(void)
{
	static _Thread_local pid_t id;

	if (!id)
		id = syscall(SYS_gettid);
	return id;
}

/* ---- A thread's requests end with it, as on Windows ---- */

static void at_thread_exit(void *unused)
{
	(void)unused;
	async_cancel_thread(NULL, thread_id());
	apc_thread_exit();
}

static void make_key(void)
{
	pthread_key_create(&exit_key, at_thread_exit);
}

void thread_watch_exit(void)
{
	pthread_once(&exit_once, make_key);
	pthread_setspecific(exit_key, &exit_key);
}

/* ---- CancelSynchronousIo ---- */

/* A signal that programs seldom use; its only effect is EINTR. */
static int interrupt_signal(void)
{
	return SIGRTMIN + 5;
}

static void on_interrupt(int number)
{
	(void)number;
}

static void install_interrupt(void)
{
	struct sigaction action = { .sa_handler = on_interrupt };

	sigaction(interrupt_signal(), &action, NULL);
}

void synchronous_begin(void)
{
	if (self)
		atomic_store(&self->in_call, true);
}

void synchronous_end(void)
{
	if (self)
		atomic_store(&self->in_call, false);
}

/*
 * The thread may be just about to enter the system call, where the signal would
 * be lost: so it is sent again for a while.
 */
EXPORT BOOL CancelSynchronousIo(HANDLE handle)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	struct object *object = handle_object(handle, KIND_THREAD);
	struct thread *thread;
	int i;

	if (!object)
		return FALSE;
	thread = object->thread;
	pthread_once(&once, install_interrupt);
	if (!atomic_load(&thread->in_call))
		return fail(ERROR_NOT_FOUND);
	for (i = 0; i < 100 && atomic_load(&thread->in_call); i++) {
		syscall(SYS_tgkill, getpid(), thread->tid, interrupt_signal());
		usleep(1000);
	}
	return TRUE;
}

/* ---- Life ---- */

void thread_put(struct thread *thread)
{
	if (atomic_fetch_sub(&thread->refs, 1) > 1)
		return;
	close(thread->signal);
	free(thread);
}

static void end(DWORD code)
{
	struct thread *thread = self;

	self = NULL;
	atomic_store(&thread->code, code);
	signal_set(thread->signal);
	thread_put(thread);
}

static void *run(void *data)
{
	self = data;
	self->tid = thread_id();
	end(self->start_crt ? self->start_crt(self->argument) : self->start(self->argument));
	return NULL;
}

static int run_detached(struct thread *thread, SIZE_T stack_size)
{
	pthread_attr_t attributes;
	int error;

	pthread_attr_init(&attributes);
	pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
	/* What Windows programs ask for may be too little for the C library. */
	if (stack_size > 65536)
		pthread_attr_setstacksize(&attributes, (stack_size + 4095) & ~(SIZE_T)4095);
	error = pthread_create(&thread->id, &attributes, run, thread);
	pthread_attr_destroy(&attributes);
	return error;
}

/* The handle takes over the caller's reference, also when this fails. */
static HANDLE make_handle(struct thread *thread)
{
	struct object *object;
	HANDLE handle = handle_new(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK), &object);

	if (!handle) {
		thread_put(thread);
		return NULL;
	}
	object->thread = thread;
	atomic_store(&object->kind, KIND_THREAD);
	thread->signal = fcntl(handle_fd(handle), F_DUPFD_CLOEXEC, 0);
	if (thread->signal >= 0)
		return handle;
	fail_errno();
	CloseHandle(handle);
	return NULL;
}

static HANDLE start(const struct thread *what, SIZE_T stack_size, DWORD flags, DWORD *id)
{
	struct thread *thread;
	HANDLE handle;
	int error;

	if (flags & CREATE_SUSPENDED) {
		SetLastError(ERROR_NOT_SUPPORTED);
		return NULL;
	}
	thread = malloc(sizeof(*thread));
	if (!thread) {
		SetLastError(ERROR_NOT_ENOUGH_MEMORY);
		return NULL;
	}
	*thread = *what;
	thread->refs = 1;
	thread->signal = -1;
	thread->code = STILL_ACTIVE;
	handle = make_handle(thread);
	if (!handle)
		return NULL;
	atomic_store(&thread->refs, 2);
	error = run_detached(thread, stack_size);
	if (error) {
		thread_put(thread);
		CloseHandle(handle);
		SetLastError(error_of_errno(error));
		return NULL;
	}
	while (id && !thread->tid)
		usleep(100);
	if (id)
		*id = thread->tid;
	return handle;
}

EXPORT HANDLE CreateThread(LPSECURITY_ATTRIBUTES security, SIZE_T stack_size,
			   LPTHREAD_START_ROUTINE routine, LPVOID argument, DWORD flags, LPDWORD id)
{
	const struct thread what = { .start = routine, .argument = argument };

	(void)security;
	return start(&what, stack_size, flags, id);
}

EXPORT uintptr_t _beginthreadex(void *security, unsigned int stack_size,
				unsigned int (*routine)(void *), void *argument,
				unsigned int flags, unsigned int *id)
{
	const struct thread what = { .start_crt = routine, .argument = argument };

	(void)security;
	return (uintptr_t)start(&what, stack_size, flags, id);
}

EXPORT void ExitThread(DWORD code)
{
	if (self)
		end(code);
	pthread_exit(NULL);
}

EXPORT void _endthreadex(unsigned int code)
{
	ExitThread(code);
}

EXPORT void ExitProcess(UINT code)
{
	exit((int)code);
}

EXPORT BOOL GetExitCodeThread(HANDLE handle, LPDWORD code)
{
	struct object *object = handle_object(handle, KIND_THREAD);

	if (!object)
		return FALSE;
	*code = object->thread->code;
	return TRUE;
}

EXPORT DWORD GetCurrentThreadId(void)
{
	return thread_id();
}

EXPORT DWORD GetCurrentProcessId(void)
{
	return getpid();
}

/* ---- Critical sections ---- */

_Static_assert(sizeof(pthread_mutex_t) <= sizeof(CRITICAL_SECTION), "room for a mutex");

static pthread_mutex_t *mutex_of(LPCRITICAL_SECTION section)
{
	return (pthread_mutex_t *)section;
}

EXPORT void InitializeCriticalSection(LPCRITICAL_SECTION section)
{
	pthread_mutexattr_t attributes;

	pthread_mutexattr_init(&attributes);
	pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_RECURSIVE);
	pthread_mutex_init(mutex_of(section), &attributes);
	pthread_mutexattr_destroy(&attributes);
}

EXPORT void EnterCriticalSection(LPCRITICAL_SECTION section)
{
	pthread_mutex_lock(mutex_of(section));
}

EXPORT BOOL TryEnterCriticalSection(LPCRITICAL_SECTION section)
{
	return !pthread_mutex_trylock(mutex_of(section));
}

EXPORT void LeaveCriticalSection(LPCRITICAL_SECTION section)
{
	pthread_mutex_unlock(mutex_of(section));
}

EXPORT void DeleteCriticalSection(LPCRITICAL_SECTION section)
{
	pthread_mutex_destroy(mutex_of(section));
}
