// SPDX-License-Identifier: GPL-2.0
/*
 * stress - many processes, random requests, random kills
 *
 *	stress [-p PROCESSES] [-n REQUESTS] [-s SECONDS] [-k KILLS] [-r SEED]
 *
 * Each process makes up to REQUESTS requests (0: no limit) to the edu device;
 * KILLS times a second one of them is killed and replaced. When all have made
 * their requests, or after SECONDS, everything is ended, and the driver must
 * have nothing left: no waiter, and a device that works. Prints TAP, and how
 * often each operation ended how. Checks the Device Fundamentals of the WDK's
 * "process kill during I/O" and "random I/O control codes" kind: every request
 * ends once, with a status that it may end with.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "edu_util.h"

#define MAX_PROCESSES	256

static unsigned int processes = 8, requests, seconds = 10, kills = 5;
static unsigned int seed = 1;

static unsigned int random_below(unsigned int limit)
{
	seed = seed * 1664525 + 1013904223;
	return (seed >> 8) % limit;
}

/* ---- Operations ---- */

enum outcome { SUCCEEDED, CANCELLED, TIMED_OUT, REFUSED, WRONG, OUTCOMES };

static const char *const outcome_names[OUTCOMES] = {
	"succeeded", "cancelled", "timed out", "refused", "WRONG",
};

static enum outcome outcome_of(struct edu_result result)
{
	switch (result.status) {
	case STATUS_SUCCESS:
		return result.error ? WRONG : SUCCEEDED;
	case (uint32_t)STATUS_CANCELLED:
		return result.error == EINTR && !result.information ?
		       CANCELLED : WRONG;
	case (uint32_t)STATUS_IO_TIMEOUT:
		return result.error == ETIMEDOUT && !result.information ?
		       TIMED_OUT : WRONG;
	}
	return result.error && !result.information ? REFUSED : WRONG;
}

/* REFUSED is what must not happen to a good request. */
static enum outcome good(enum outcome outcome, bool correct)
{
	if (outcome == REFUSED || (outcome == SUCCEEDED && !correct))
		return WRONG;
	return outcome;
}

static enum outcome do_factorial(int fd)
{
	uint32_t n = random_below(40), answer = 1;
	struct edu_result result;

	result = edu_request(fd, IOCTL_EDU_FACTORIAL, &n, 4, &answer, 4);
	return good(outcome_of(result), answer == factorial_mod_2_32(n));
}

static enum outcome do_liveness(int fd)
{
	uint32_t in = random_below(1 << 24), out = 0;
	struct edu_result result;

	result = edu_request(fd, IOCTL_EDU_LIVENESS, &in, 4, &out, 4);
	return good(outcome_of(result), out == ~in);
}

static enum outcome do_nop(int fd)
{
	unsigned char in[2000], out[2000];
	unsigned int length = 4 + random_below(sizeof(in) - 3);
	struct edu_result result;

	fill_pattern(in, length, seed);
	result = edu_request(fd, IOCTL_EDU_NOP, in, length, out, length);
	return good(outcome_of(result), result.information == length &&
					!memcmp(in, out, length));
}

static enum outcome do_random_code(int fd)
{
	unsigned char in[16] = { }, out[64];
	uint32_t code = 0x80000000U | (random_below(0x40) + 0x7f0) << 2 |
			random_below(4) | random_below(4) << 14;

	/* Not those that would wait for somebody, or hang. */
	if (code == IOCTL_EDU_WAIT || code == IOCTL_EDU_HANG)
		return SUCCEEDED;
	return outcome_of(edu_request(fd, code, in, random_below(17), out,
				      random_below(65)));
}

static enum outcome do_bad_address(int fd)
{
	struct edu_result result;

	result = edu_request(fd, random_below(2) ? IOCTL_EDU_NOP :
						   IOCTL_EDU_DMA_READ,
			     (void *)64, 8, (void *)64, 8);
	return result.error == EFAULT ? REFUSED : WRONG;
}

static enum outcome do_dma(int fd)
{
	unsigned char data[EDU_BUFFER_SIZE];
	uint32_t code = random_below(2) ? IOCTL_EDU_DMA_READ :
					  IOCTL_EDU_DMA_WRITE;
	uint32_t length = 1 + random_below(sizeof(data));
	struct edu_result result;

	result = edu_request(fd, code, NULL, 0, data, length);
	return good(outcome_of(result), result.information == length);
}

static enum outcome do_read_write(int fd)
{
	unsigned int offset = random_below(EDU_BUFFER_SIZE);
	unsigned char data[64] = { };
	ssize_t done;

	if (random_below(2))
		done = pread(fd, data, sizeof(data), offset);
	else
		done = pwrite(fd, data, sizeof(data), offset);
	if (done > 0)
		return SUCCEEDED;
	return done < 0 && errno == EINTR ? CANCELLED :
	       done < 0 && errno == ETIMEDOUT ? TIMED_OUT : WRONG;
}

static enum outcome do_raise(int fd)
{
	uint32_t value = 1U << random_below(32);

	return good(outcome_of(edu_request(fd, IOCTL_EDU_RAISE, &value, 4, NULL,
					   0)), true);
}

static void set_timer(unsigned int microseconds)
{
	struct itimerval timer = {
		.it_value.tv_usec = microseconds,
		.it_interval.tv_usec = microseconds ? 20000 : 0,
	};

	setitimer(ITIMER_REAL, &timer, NULL);
}

/* Until somebody raises a value, or the timer goes off. */
static enum outcome do_wait(int fd)
{
	struct edu_result result;
	uint32_t value = 0;

	set_timer(1 + random_below(30000));
	result = edu_request(fd, IOCTL_EDU_WAIT, NULL, 0, &value, 4);
	set_timer(0);
	return good(outcome_of(result), value != 0);
}

static enum outcome do_hang(int fd)
{
	struct edu_result result;

	set_timer(1 + random_below(50000));
	result = edu_request(fd, IOCTL_EDU_HANG, NULL, 0, NULL, 0);
	set_timer(0);
	return outcome_of(result) == SUCCEEDED ? WRONG : outcome_of(result);
}

static enum outcome do_reopen(int fd)
{
	int other = open(edu_path(), O_RDWR | O_CLOEXEC);

	(void)fd;
	if (other < 0)
		return WRONG;
	close(other);
	return SUCCEEDED;
}

/* The share: transfers take the device a tenth of a second, hangs more. */
static const struct operation {
	const char *name;
	enum outcome (*run)(int fd);
	unsigned int share;
} operations[] = {
	{ "factorial", do_factorial, 100 },
	{ "liveness", do_liveness, 100 },
	{ "nop", do_nop, 100 },
	{ "random code", do_random_code, 50 },
	{ "bad address", do_bad_address, 50 },
	{ "dma", do_dma, 3 },
	{ "read, write", do_read_write, 3 },
	{ "raise", do_raise, 60 },
	{ "wait", do_wait, 60 },
	{ "hang", do_hang, 3 },
	{ "reopen", do_reopen, 30 },
};

#define OPERATIONS ARRAY_SIZE(operations)

/* Shared by all processes. */
static unsigned int (*counts)[OUTCOMES];

/* ---- Processes ---- */

static const struct operation *choose(void)
{
	unsigned int total = 0, number;
	size_t i;

	for (i = 0; i < OPERATIONS; i++)
		total += operations[i].share;
	number = random_below(total);
	for (i = 0; number >= operations[i].share; i++)
		number -= operations[i].share;
	return &operations[i];
}

static void on_alarm(int signal_number)
{
	(void)signal_number;
}

__attribute__((noreturn))
static void work(unsigned int number)
{
	struct sigaction action = { .sa_handler = on_alarm };
	const struct operation *operation;
	enum outcome outcome;
	unsigned int i;
	int fd;

	seed = seed * 31 + number;
	sigaction(SIGALRM, &action, NULL);
	fd = open(edu_path(), O_RDWR | O_CLOEXEC);
	if (fd < 0)
		_exit(1);
	for (i = 0; !requests || i < requests; i++) {
		operation = choose();
		outcome = operation->run(fd);
		__atomic_add_fetch(&counts[operation - operations][outcome], 1,
				   __ATOMIC_RELAXED);
	}
	_exit(0);
}

static int start(unsigned int number)
{
	int pid = fork();

	if (!pid)
		work(number);
	return pid;
}

/* Returns the number of processes that still run. */
static unsigned int reap(int *pid, unsigned int *failures)
{
	unsigned int running = 0, i;
	int status;

	for (i = 0; i < processes; i++) {
		if (pid[i] > 0 && waitpid(pid[i], &status, WNOHANG) == pid[i]) {
			*failures += WIFEXITED(status) && WEXITSTATUS(status);
			pid[i] = 0;
		}
		running += pid[i] > 0;
	}
	return running;
}

static void replace_one(int *pid, unsigned int *number)
{
	unsigned int victim = random_below(processes);

	if (pid[victim] <= 0)
		return;
	kill(pid[victim], SIGKILL);
	waitpid(pid[victim], NULL, 0);
	pid[victim] = start((*number)++);
}

static void end_all(int *pid)
{
	unsigned int i;

	for (i = 0; i < processes; i++)
		if (pid[i] > 0)
			kill(pid[i], SIGKILL);
	for (i = 0; i < processes; i++)
		if (pid[i] > 0)
			waitpid(pid[i], NULL, 0);
}

/* Returns how many processes could not work. */
static unsigned int run_all(unsigned int *killed)
{
	unsigned int number = 0, failures = 0, i;
	int pid[MAX_PROCESSES];
	double end = now() + seconds, next_kill = now();

	for (i = 0; i < processes; i++)
		pid[i] = start(number++);
	while (now() < end && reap(pid, &failures)) {
		if (kills && now() >= next_kill) {
			replace_one(pid, &number);
			next_kill += 1.0 / kills;
			++*killed;
		}
		sleep_ms(5);
	}
	end_all(pid);
	return failures;
}

/* ---- The verdict ---- */

static void report(bool ok, const char *what)
{
	static unsigned int number;

	printf("%s %u %s\n", ok ? "ok" : "not ok", ++number, what);
}

static unsigned int print_counts(void)
{
	unsigned int total = 0, wrong = 0, i, j;

	for (i = 0; i < OPERATIONS; i++) {
		printf("# %-12s", operations[i].name);
		for (j = 0; j < OUTCOMES; j++) {
			if (counts[i][j])
				printf(" %u %s", counts[i][j], outcome_names[j]);
			total += counts[i][j];
		}
		wrong += counts[i][WRONG];
		putchar('\n');
	}
	printf("# %u requests\n", total);
	return wrong;
}

/* After a kill the last close, and with it the cleanup, may take a moment. */
static bool nothing_waits(int fd)
{
	EDU_STATISTICS statistics = { .Waiting = 1 };
	double end = now() + 10;

	do {
		edu_request(fd, IOCTL_EDU_GET_STATISTICS, NULL, 0, &statistics,
			    sizeof(statistics));
		if (!statistics.Waiting)
			return true;
		sleep_ms(10);
	} while (now() < end);
	return false;
}

static bool device_works(int fd)
{
	uint32_t n = 10, answer = 0;

	return !edu_request(fd, IOCTL_EDU_FACTORIAL, &n, 4, &answer, 4).error &&
	       answer == 3628800;
}

static unsigned int number_argument(const char *text, unsigned int max)
{
	unsigned long value;
	char *end;

	errno = 0;
	value = strtoul(text, &end, 0);
	if (*text < '0' || *text > '9' || *end || errno || value > max) {
		fprintf(stderr, "stress: '%s' is no number up to %u\n", text,
			max);
		exit(2);
	}
	return value;
}

static void parse(int argc, char **argv)
{
	int option;

	while ((option = getopt(argc, argv, "p:n:s:k:r:")) != -1) {
		switch (option) {
		case 'p':
			processes = number_argument(optarg, MAX_PROCESSES);
			break;
		case 'n':
			requests = number_argument(optarg, -1U);
			break;
		case 's':
			seconds = number_argument(optarg, 1000000);
			break;
		case 'k':
			kills = number_argument(optarg, 1000);
			break;
		case 'r':
			seed = number_argument(optarg, -1U);
			break;
		default:
			fputs("usage: stress [-p PROCESSES] [-n REQUESTS] [-s SECONDS] [-k KILLS] [-r SEED]\n",
			      stderr);
			exit(2);
		}
	}
}

int main(int argc, char **argv)
{
	unsigned int killed = 0, failures, wrong;
	bool idle, works;
	int fd;

	parse(argc, argv);
	setvbuf(stdout, NULL, _IOLBF, 0);
	puts("TAP version 13");
	fd = open(edu_path(), O_RDWR | O_CLOEXEC);
	if (fd < 0) {
		printf("1..0 # SKIP no edu device: %s\n", strerror(errno));
		return HARNESS_SKIP;
	}
	counts = mmap(NULL, OPERATIONS * sizeof(*counts), PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (counts == MAP_FAILED) {
		printf("Bail out! mmap: %s\n", strerror(errno));
		return HARNESS_FAIL;
	}
	puts("1..4");
	failures = run_all(&killed);
	wrong = print_counts();
	printf("# %u processes killed\n", killed);
	idle = nothing_waits(fd);
	works = device_works(fd);
	report(!failures, "every process could open the device");
	report(!wrong, "every request ended as it may");
	report(idle, "nothing waits any more");
	report(works, "the device works");
	return !failures && !wrong && idle && works ? HARNESS_PASS :
						      HARNESS_FAIL;
}
