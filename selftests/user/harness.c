// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "harness.h"

/* How long a killed test may take to die before the next one starts. */
#define GRACE	5

static struct harness_test *first_test, **last_test = &first_test;

/* Shared with the processes of a test. */
static struct shared {
	volatile bool failed;
	char reason[160];
} *shared;

void harness_register(struct harness_test *test)
{
	*last_test = test;
	last_test = &test->next;
}

void harness_failed(const char *file, int line, bool fatal,
		    const char *format, ...)
{
	char text[400];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	printf("# %s:%d: %s\n", file, line, text);
	fflush(stdout);
	shared->failed = true;
	if (fatal)
		_exit(HARNESS_FAIL);
}

void harness_skip(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(shared->reason, sizeof(shared->reason), format, arguments);
	va_end(arguments);
	_exit(HARNESS_SKIP);
}

int harness_fork(void (*run)(void *data), void *data)
{
	int pid;

	fflush(stdout);
	pid = fork();
	if (pid < 0)
		harness_failed(__FILE__, __LINE__, true, "fork: %s",
			       strerror(errno));
	if (!pid) {
		run(data);
		fflush(stdout);
		_exit(HARNESS_PASS);
	}
	return pid;
}

int harness_join(int pid)
{
	int status;

	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return -1;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* ---- One test ---- */

static struct timespec deadline_in(unsigned int seconds)
{
	struct timespec deadline;

	clock_gettime(CLOCK_MONOTONIC, &deadline);
	deadline.tv_sec += seconds;
	return deadline;
}

static bool time_left(const struct timespec *deadline, struct timespec *left)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	left->tv_sec = deadline->tv_sec - now.tv_sec;
	left->tv_nsec = deadline->tv_nsec - now.tv_nsec;
	if (left->tv_nsec < 0) {
		left->tv_nsec += 1000000000;
		left->tv_sec--;
	}
	return left->tv_sec >= 0;
}

/* SIGCHLD is blocked, so that none gets lost between waitpid and the wait. */
static bool wait_for(int pid, int *status, unsigned int seconds)
{
	struct timespec deadline = deadline_in(seconds), left;
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGCHLD);
	while (waitpid(pid, status, WNOHANG) == 0) {
		if (!time_left(&deadline, &left))
			return false;
		sigtimedwait(&set, NULL, &left);
	}
	return true;
}

static void unblock_signals(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigprocmask(SIG_SETMASK, &set, NULL);
}

/* The group of the test's processes is killed when the test is over. */
static int run_test(const struct harness_test *test)
{
	int pid, status = 0;
	bool ended;

	memset(shared, 0, sizeof(*shared));
	fflush(stdout);
	pid = fork();
	if (pid < 0) {
		printf("# fork: %s\n", strerror(errno));
		return HARNESS_FAIL;
	}
	if (!pid) {
		setpgid(0, 0);
		unblock_signals();
		test->run();
		fflush(stdout);
		_exit(HARNESS_PASS);
	}
	setpgid(pid, pid);
	ended = wait_for(pid, &status, test->timeout);
	kill(-pid, SIGKILL);
	if (!ended) {
		printf("# not finished after %u s%s\n", test->timeout,
		       wait_for(pid, &status, GRACE) ? "" :
		       ", and cannot be killed");
		return HARNESS_FAIL;
	}
	if (WIFSIGNALED(status)) {
		printf("# killed by signal %d\n", WTERMSIG(status));
		return HARNESS_FAIL;
	}
	if (shared->failed)
		return HARNESS_FAIL;
	return WEXITSTATUS(status);
}

/* ---- The program ---- */

static bool is_chosen(const struct harness_test *test, int argc, char **argv)
{
	int i;

	for (i = 1; i < argc; i++)
		if (strstr(test->name, argv[i]))
			return true;
	return argc < 2;
}

static unsigned int count_chosen(int argc, char **argv)
{
	struct harness_test *test;
	unsigned int count = 0;

	for (test = first_test; test; test = test->next)
		count += is_chosen(test, argc, argv);
	return count;
}

static void prepare(void)
{
	sigset_t set;

	setvbuf(stdout, NULL, _IOLBF, 0);
	sigemptyset(&set);
	sigaddset(&set, SIGCHLD);
	sigprocmask(SIG_BLOCK, &set, NULL);
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (shared == MAP_FAILED) {
		printf("Bail out! mmap: %s\n", strerror(errno));
		exit(HARNESS_FAIL);
	}
}

int harness_run(int argc, char **argv, const char *unavailable)
{
	unsigned int number = 0, failed = 0, skipped = 0, count;
	struct harness_test *test;
	int result;

	prepare();
	puts("TAP version 13");
	if (unavailable) {
		printf("1..0 # SKIP %s\n", unavailable);
		return HARNESS_SKIP;
	}
	count = count_chosen(argc, argv);
	printf("1..%u\n", count);
	for (test = first_test; test; test = test->next) {
		if (!is_chosen(test, argc, argv))
			continue;
		result = run_test(test);
		number++;
		failed += result != HARNESS_PASS && result != HARNESS_SKIP;
		skipped += result == HARNESS_SKIP;
		if (result == HARNESS_SKIP)
			printf("ok %u %s # SKIP %s\n", number, test->name,
			       shared->reason);
		else
			printf("%s %u %s\n", result ? "not ok" : "ok", number,
			       test->name);
	}
	printf("# %u passed, %u failed, %u skipped\n",
	       number - failed - skipped, failed, skipped);
	if (failed)
		return HARNESS_FAIL;
	return count && skipped == count ? HARNESS_SKIP : HARNESS_PASS;
}
