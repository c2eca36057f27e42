// SPDX-License-Identifier: GPL-2.0
/*
 * scaling: do two processes on two devices get twice one's throughput?
 *
 *	scaling nt|native NODE NODE
 *
 * Each process makes no-op requests on a node of its own. Rounds with one
 * process and with two take turns, so that what else the host does hits both
 * alike. Prints the medians, in requests a second, and their ratio:
 *
 *	one<TAB>two<TAB>ratio
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <stdnoreturn.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "edu_native.h"
#include "eduioctl.h"
#include "ntcompat.h"

#define ROUNDS		9
#define ROUND_NS	400000000LL

/* What a process has done; each in a cache line of its own. */
struct work {
	_Alignas(64) volatile unsigned long requests;
	volatile bool go;
};

static struct work *work;
static bool is_nt;

static noreturn void die(const char *what)
{
	fprintf(stderr, "scaling: %s: %s\n", what, strerror(errno));
	exit(1);
}

static bool request(int fd)
{
	__u32 in = 1, out = 0;
	struct ntcompat_ioctl nt = {
		.code = IOCTL_EDU_NOP,
		.in = (unsigned long)&in,
		.in_len = sizeof(in),
		.out = (unsigned long)&out,
		.out_len = sizeof(out),
	};

	return is_nt ? !ioctl(fd, NTCOMPAT_IOC_DEVICE_CONTROL, &nt) : !ioctl(fd, EDU_NATIVE_NOP, &in);
}

static noreturn void run(const char *node, int cpu)
{
	struct work *own = &work[cpu];
	cpu_set_t set;
	int fd = open(node, O_RDWR | O_CLOEXEC);

	if (fd < 0)
		die(node);
	CPU_ZERO(&set);
	CPU_SET(cpu, &set);
	if (sched_setaffinity(0, sizeof(set), &set))
		die("sched_setaffinity");
	for (;;) {
		while (!own->go)
			usleep(1000);
		if (!request(fd))
			die(node);
		own->requests++;
	}
}

static long long now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static double round_with(int processes)
{
	unsigned long before = work[0].requests + work[1].requests;
	long long start = now(), time;

	for (int i = 0; i < processes; i++)
		work[i].go = true;
	while (now() - start < ROUND_NS)
		usleep(10000);
	for (int i = 0; i < processes; i++)
		work[i].go = false;
	time = now() - start;
	usleep(5000);
	return (work[0].requests + work[1].requests - before) * 1e9 / time;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double median(double *values)
{
	qsort(values, ROUNDS, sizeof(*values), compare);
	return values[ROUNDS / 2];
}

int main(int argc, char **argv)
{
	double one[ROUNDS], two[ROUNDS];
	pid_t pids[2];

	if (argc != 4) {
		fprintf(stderr, "Usage: scaling nt|native NODE NODE\n");
		return 1;
	}
	is_nt = !strcmp(argv[1], "nt");
	work = mmap(NULL, 2 * sizeof(*work), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (work == MAP_FAILED)
		die("mmap");
	for (int i = 0; i < 2; i++) {
		pids[i] = fork();
		if (!pids[i])
			run(argv[2 + i], i);
	}
	round_with(2);
	for (int i = 0; i < ROUNDS; i++) {
		one[i] = round_with(1);
		two[i] = round_with(2);
	}
	for (int i = 0; i < 2; i++) {
		/* Nobody but us ends it. */
		if (waitpid(pids[i], NULL, WNOHANG))
			die("a process ended");
		kill(pids[i], SIGKILL);
		waitpid(pids[i], NULL, 0);
	}
	printf("%.0f\t%.0f\t%.2f\n", median(one), median(two), median(two) / median(one));
	return 0;
}
