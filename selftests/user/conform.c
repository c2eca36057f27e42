// SPDX-License-Identifier: GPL-2.0
/*
 * conform - runs the tests of the conformance driver, a TAP line for each; or those
 *	of another driver that answers the same requests, at $CONFORM_NODE
 *
 * usage: conform [NAME]...	those whose names contain one of the words
 */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
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

/* Names are only known once a test has run: those not wanted are not reported. */
int main(int argc, char **argv)
{
	static CONFORM_RESULT result;
	unsigned int number, tests, count = 0, checks = 0;
	int fd = open(NODE, O_RDWR | O_CLOEXEC);
	bool failed = false;

	setvbuf(stdout, NULL, _IOLBF, 0);
	printf("TAP version 13\n");
	if (fd < 0 || run(fd, CONFORM_NONE, &result)) {
		printf("Bail out! %s: %s\n", NODE, strerror(errno));
		return 1;
	}
	tests = result.Count;
	if (argc == 1)
		printf("1..%u\n", tests);
	for (number = 0; number < tests; number++) {
		memset(&result, 0, sizeof(result));
		if (run(fd, number, &result)) {
			printf("not ok %u request %u # %s\n", ++count, number, strerror(errno));
			failed = true;
			continue;
		}
		if (!chosen(result.Name, argv + 1, argc - 1))
			continue;
		print_text(result.Text);
		/* One that checks nothing proves nothing. */
		if (result.Failures || !result.Checks)
			failed = true;
		checks += result.Checks;
		printf("%s %u %s\n", result.Failures || !result.Checks ? "not ok" : "ok",
		       ++count, result.Name);
	}
	if (argc > 1)
		printf("1..%u\n", count);
	printf("# %u checks\n", checks);
	return failed;
}
