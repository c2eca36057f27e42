// SPDX-License-Identifier: GPL-2.0
/*
 * The edu driver's queue: StartIo, its Cancel routine, and the watchdog. The
 * rules, by WDK page:
 *   - "StartIo Routines in Drivers": one request at a time is the device's.
 *   - "Cancel Routines in Drivers with StartIo Routines": a queued request is
 *     cancelled at once, the current one when the driver allows it.
 *   - "IoTimer Routines": a device that does not answer times out.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "edu_util.h"

FIXTURE(queue) {
	int fd;
	unsigned int started;
};

FIXTURE_SETUP(queue)
{
	self->fd = edu_open(O_RDWR);
	catch_sigusr1();
	self->started = edu_statistics(self->fd).Started;
}

FIXTURE_TEARDOWN(queue)
{
	EXPECT_EQ(3628800, edu_factorial(self->fd, 10));
	close(self->fd);
}

static void hang_until_timeout(void *data)
{
	struct queue *self = data;

	EXPECT_END(ETIMEDOUT, STATUS_IO_TIMEOUT, 0,
		   edu_request(self->fd, IOCTL_EDU_HANG, NULL, 0, NULL, 0));
}

static void hang_until_cancelled(void *data)
{
	struct queue *self = data;

	EXPECT_END(EINTR, STATUS_CANCELLED, 0,
		   edu_request(self->fd, IOCTL_EDU_HANG, NULL, 0, NULL, 0));
}

static void factorial_of_5(void *data)
{
	struct queue *self = data;

	EXPECT_EQ(120, edu_factorial(self->fd, 5));
}

static void factorial_until_cancelled(void *data)
{
	struct queue *self = data;
	uint32_t n = 5;

	EXPECT_END(EINTR, STATUS_CANCELLED, 0,
		   edu_request(self->fd, IOCTL_EDU_FACTORIAL, &n, 4, &n, 4));
}

static void read_until_cancelled(void *data)
{
	struct queue *self = data;
	char bytes[8];

	EXPECT_EQ(-1, pread(self->fd, bytes, sizeof(bytes), 0));
	EXPECT_EQ(EINTR, errno);
}

/* Forks a request that hangs, and returns when StartIo has it. */
static int start_hang(struct queue *self, void (*hang)(void *data))
{
	int pid = harness_fork(hang, self);

	wait_for_started(self->fd, self->started + 1);
	return pid;
}

TEST_F(queue, hang_times_out)
{
	unsigned int timed_out = edu_statistics(self->fd).TimedOut;
	double start = now(), elapsed;

	hang_until_timeout(self);
	elapsed = now() - start;
	EXPECT_TRUE(elapsed >= 0.9);
	EXPECT_TRUE(elapsed <= 3.5);
	EXPECT_EQ(timed_out + 1, edu_statistics(self->fd).TimedOut);
}

TEST_F(queue, hang_is_cancelled)
{
	double start = now();
	int pid = start_hang(self, hang_until_cancelled);

	EXPECT_EQ(0, interrupt_until_end(pid));
	EXPECT_TRUE(now() - start < 0.9);
	EXPECT_EQ(120, edu_factorial(self->fd, 5));
}

TEST_F(queue, hang_is_killed)
{
	int pid = start_hang(self, hang_until_cancelled);

	kill(pid, SIGKILL);
	EXPECT_EQ(128 + SIGKILL, harness_join(pid));
	EXPECT_EQ(120, edu_factorial(self->fd, 5));
}

/* What is queued behind a hanging request starts when that has timed out. */
TEST_F(queue, queued_requests_follow)
{
	int hang = start_hang(self, hang_until_timeout), pid[4], i;

	for (i = 0; i < 4; i++)
		pid[i] = harness_fork(factorial_of_5, self);
	sleep_ms(50);
	EXPECT_EQ(self->started + 1, edu_statistics(self->fd).Started);
	EXPECT_EQ(0, harness_join(hang));
	for (i = 0; i < 4; i++)
		EXPECT_EQ(0, harness_join(pid[i]));
	EXPECT_EQ(self->started + 5, edu_statistics(self->fd).Started);
}

/* A request is cancelled in the queue, and never started. */
static void check_queued_cancel(struct queue *self, void (*queued)(void *data))
{
	int hang = start_hang(self, hang_until_cancelled);
	int pid = harness_fork(queued, self);

	sleep_ms(50);
	EXPECT_EQ(0, interrupt_until_end(pid));
	EXPECT_EQ(self->started + 1, edu_statistics(self->fd).Started);
	EXPECT_EQ(0, interrupt_until_end(hang));
}

TEST_F(queue, queued_ioctl_is_cancelled)
{
	check_queued_cancel(self, factorial_until_cancelled);
}

TEST_F(queue, queued_read_is_cancelled)
{
	check_queued_cancel(self, read_until_cancelled);
}

/* From the middle of the queue, and all others run. */
TEST_F(queue, cancel_in_the_middle)
{
	int hang = start_hang(self, hang_until_timeout), pid[5], i;

	for (i = 0; i < 5; i++)
		pid[i] = harness_fork(i == 2 ? factorial_until_cancelled :
					       factorial_of_5, self);
	sleep_ms(100);
	EXPECT_EQ(0, interrupt_until_end(pid[2]));
	EXPECT_EQ(0, harness_join(hang));
	for (i = 0; i < 5; i++)
		if (i != 2)
			EXPECT_EQ(0, harness_join(pid[i]));
}

/* Requests without the queue are not held up. */
TEST_F(queue, hang_does_not_block_others)
{
	int hang = start_hang(self, hang_until_cancelled);
	uint32_t id = 0;

	EXPECT_END(0, STATUS_SUCCESS, 4,
		   edu_request(self->fd, IOCTL_EDU_GET_ID, NULL, 0, &id, 4));
	EXPECT_EQ(EDU_ID, id);
	edu_raise(self->fd, 2);
	EXPECT_EQ(0, interrupt_until_end(hang));
}

/* ---- A device that is late ---- */

#define LONG_JOB	0xffffffffU

static void long_job(void *data)
{
	struct queue *self = data;
	uint32_t n = LONG_JOB, answer;
	struct edu_result result;

	result = edu_request(self->fd, IOCTL_EDU_FACTORIAL, &n, 4, &answer, 4);
	EXPECT_TRUE(result.status == (uint32_t)STATUS_IO_TIMEOUT ||
		    result.status == (uint32_t)STATUS_CANCELLED ||
		    result.status == (uint32_t)STATUS_SUCCESS);
	if (result.status == (uint32_t)STATUS_SUCCESS)
		EXPECT_EQ(0, answer);
}

/*
 * The device takes seconds for this, and cannot be stopped. The next request
 * must neither get its result nor be lost.
 */
static void expect_recovery(struct queue *self)
{
	uint32_t n = 7, answer = 0;
	struct edu_result result;
	double end = now() + 60;

	do {
		result = edu_request(self->fd, IOCTL_EDU_FACTORIAL, &n, 4,
				     &answer, 4);
	} while (result.status == (uint32_t)STATUS_IO_TIMEOUT && now() < end);
	EXPECT_END(0, STATUS_SUCCESS, 4, result);
	EXPECT_EQ(5040, answer);
}

TEST_F_TIMEOUT(queue, late_device_after_timeout, 90)
{
	long_job(self);
	expect_recovery(self);
}

TEST_F_TIMEOUT(queue, late_device_after_cancel, 90)
{
	int pid = start_hang(self, long_job);

	EXPECT_EQ(0, interrupt_until_end(pid));
	expect_recovery(self);
}

/* ---- Many at once ---- */

#define PROCESSES	8

static void mixed_requests(void *data)
{
	struct queue *self = data;
	unsigned int seed = getpid(), i;
	uint32_t n;

	for (i = 0; i < 40; i++) {
		seed = seed * 1103515245 + 12345;
		n = seed >> 16 & 31;
		EXPECT_EQ(factorial_mod_2_32(n), edu_factorial(self->fd, n));
	}
}

TEST_F_TIMEOUT(queue, eight_processes, 120)
{
	int pid[PROCESSES], i;

	for (i = 0; i < PROCESSES; i++)
		pid[i] = harness_fork(mixed_requests, self);
	for (i = 0; i < PROCESSES; i++)
		EXPECT_EQ(0, harness_join(pid[i]));
}

/* Each its own part of the device's memory. */
struct part {
	struct queue *self;
	int number;
};

static void own_part(void *data)
{
	struct part *part = data;
	unsigned char out[100], in[100];
	int i, fd = edu_open(O_RDWR);

	for (i = 0; i < 3; i++) {
		fill_pattern(out, sizeof(out), part->number * 100 + i);
		EXPECT_EQ(100, pwrite(fd, out, 100, part->number * 512));
		EXPECT_EQ(100, pread(fd, in, 100, part->number * 512));
		EXPECT_EQ(0, memcmp(out, in, 100));
	}
}

TEST_F_TIMEOUT(queue, eight_processes_transfer, 60)
{
	struct part part[PROCESSES];
	int pid[PROCESSES], i;

	for (i = 0; i < PROCESSES; i++) {
		part[i] = (struct part) { self, i };
		pid[i] = harness_fork(own_part, &part[i]);
	}
	for (i = 0; i < PROCESSES; i++)
		EXPECT_EQ(0, harness_join(pid[i]));
}

/*
 * Interrupts with the bits of "transfer done" and "factorial done", raised by a
 * user, must not end a request early.
 */
static void raise_for_ever(void *data)
{
	struct queue *self = data;

	for (;;) {
		edu_raise(self->fd, 0x101);
		sleep_ms(1);
	}
}

TEST_F_TIMEOUT(queue, false_interrupts, 60)
{
	int pid = harness_fork(raise_for_ever, self), i;
	unsigned char out[64], in[64];

	for (i = 0; i < 5; i++) {
		fill_pattern(out, sizeof(out), 500 + i);
		memset(in, 0, sizeof(in));
		edu_dma_write(self->fd, out, sizeof(out));
		edu_dma_read(self->fd, in, sizeof(in));
		EXPECT_EQ(0, memcmp(out, in, sizeof(out)));
		mixed_requests(self);
	}
	kill(pid, SIGKILL);
	harness_join(pid);
}
