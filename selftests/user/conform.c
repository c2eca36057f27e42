// SPDX-License-Identifier: GPL-2.0
/*
 * conform - runs the tests of the conformance driver, a TAP line for each; or those
 *	of another driver that answers the same requests, at $CONFORM_NODE
 *
 * usage: conform [-j PROCESSES] [NAME]...
 *
 * NAMEs choose those whose names contain one of the words. With -j as many
 * processes run them at the same time, and there is a result for each process.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ntcompat.h"
#include "../drivers/conform/conformio.h"

#define NODE	(getenv("CONFORM_NODE") ?: "/dev/nt/NTCONFORM")

static int run(int fd, unsigned int number, CONFORM_RESULT *result)
{
	CONFORM_REQUEST request = {
		.Number = number,
		.Processors = sysconf(_SC_NPROCESSORS_ONLN),
	};
	struct ntcompat_ioctl control = {
		.code = IOCTL_CONFORM_RUN,
		.in_len = sizeof(request),
		.out_len = sizeof(*result),
		.in = (uintptr_t)&request,
		.out = (uintptr_t)result,
	};

	memset(result, 0, sizeof(*result));
	if (ioctl(fd, NTCOMPAT_IOC_DEVICE_CONTROL, &control))
		return -1;
	if (control.information == sizeof(*result))
		return 0;
	errno = EPROTO;
	return -1;
}

static bool chosen(const char *name, char **words, int count)
{
	int i;

	for (i = 0; i < count; i++)
		if (strstr(name, words[i]))
			return true;
	return !count;
}

/* What failed becomes comments, so that it cannot pass for a result. */
static void print_text(const char *text)
{
	const char *end;

	for (; *text; text = *end ? end + 1 : end) {
		end = strchrnul(text, '\n');
		printf("# %.*s\n", (int)(end - text), text);
	}
}

/* Returns how many tests there are, or -1. */
static int open_node(int *fd)
{
	static CONFORM_RESULT result;

	*fd = open(NODE, O_RDWR | O_CLOEXEC);
	if (*fd >= 0 && !run(*fd, CONFORM_NONE, &result))
		return result.Count;
	printf("Bail out! %s: %s\n", NODE, strerror(errno));
	return -1;
}

/* The numbers of those tests that are wanted; returns how many. */
static int choose(int fd, int tests, char **words, int words_count, int *numbers)
{
	static CONFORM_RESULT result;
	int number, count = 0;

	for (number = 0; number < tests; number++)
		if (run(fd, number | CONFORM_NAME_ONLY, &result) ||
		    chosen(result.Name, words, words_count))
			numbers[count++] = number;
	return count;
}

/* One that checks nothing proves nothing. */
static bool run_one(int fd, int number, CONFORM_RESULT *result)
{
	if (run(fd, number, result)) {
		printf("# request %d: %s\n", number, strerror(errno));
		return false;
	}
	print_text(result->Text);
	return !result->Failures && result->Checks;
}

static bool run_all(int fd, const int *numbers, int count)
{
	static CONFORM_RESULT result;
	unsigned int checks = 0;
	bool failed = false;
	int i;

	printf("1..%d\n", count);
	for (i = 0; i < count; i++) {
		bool passed = run_one(fd, numbers[i], &result);

		checks += result.Checks;
		failed |= !passed;
		printf("%s %d %s\n", passed ? "ok" : "not ok", i + 1, result.Name);
	}
	printf("# %u checks\n", checks);
	return failed;
}

/* The same tests in several processes at once: a result for each process. */
static bool run_many(int fd, const int *numbers, int count, int processes)
{
	static CONFORM_RESULT result;
	bool failed = false;
	int i, status;

	printf("1..%d\n", processes);
	fflush(stdout);
	for (i = 0; i < processes; i++) {
		int j;

		if (fork())
			continue;
		for (j = 0; j < count; j++)
			failed |= !run_one(fd, numbers[j], &result);
		exit(failed || !count);
	}
	for (i = 0; i < processes; i++) {
		bool passed = wait(&status) > 0 && !status;

		failed |= !passed;
		printf("%s %d a process of %d\n", passed ? "ok" : "not ok", i + 1, processes);
	}
	return failed;
}

int main(int argc, char **argv)
{
	int fd, option, tests, count, processes = 0;
	int numbers[1024];

	while ((option = getopt(argc, argv, "j:")) != -1) {
		if (option == 'j')
			processes = atoi(optarg);
		else
			return 2;
	}
	setvbuf(stdout, NULL, _IOLBF, 0);
	printf("TAP version 13\n");
	tests = open_node(&fd);
	if (tests < 0 || tests > 1024)
		return 1;
	count = choose(fd, tests, argv + optind, argc - optind, numbers);
	return processes ? run_many(fd, numbers, count, processes) : run_all(fd, numbers, count);
}
