// SPDX-License-Identifier: GPL-2.0
/*
 * The edu driver's pending requests: IOCTL_EDU_WAIT and how it ends. The
 * rules, by WDK page:
 *   - "Canceling IRPs": a pending IRP is cancelled when its thread exits or
 *     gives up; the driver completes it with STATUS_CANCELLED and
 *     Information 0.
 *   - "DispatchCleanup Routines": the last handle's close cancels what is left.
 *   - "Completing IRPs": each IRP is completed once.
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include "edu_util.h"

#define WAITERS	8

FIXTURE(waits) {
	int fd;
	uint32_t value;			/* that a waiter shall get */
};

FIXTURE_SETUP(waits)
{
	self->fd = edu_open(O_RDWR);
	wait_for_waiters(self->fd, 0);
	catch_sigusr1();
}

FIXTURE_TEARDOWN(waits)
{
	wait_for_waiters(self->fd, 0);
	close(self->fd);
}

static void wait_for_value(void *data)
{
	struct waits *self = data;
	uint32_t value = 0;

	EXPECT_END(0, STATUS_SUCCESS, 4,
		   edu_request(self->fd, IOCTL_EDU_WAIT, NULL, 0, &value, 4));
	EXPECT_EQ(self->value, value);
}

static void wait_until_cancelled(void *data)
{
	struct waits *self = data;
	uint32_t value = 0x5a5a5a5a;

	EXPECT_END(EINTR, STATUS_CANCELLED, 0,
		   edu_request(self->fd, IOCTL_EDU_WAIT, NULL, 0, &value, 4));
	EXPECT_EQ(0x5a5a5a5a, value);
}

/*
 * Values with the bits of the device's own interrupts (1 and 0x100), and the
 * one that looks like a device that is not there.
 */
TEST_F(waits, raise)
{
	static const uint32_t values[] = {
		2, 1, 0x100, 0x101, 0x80000000, 0x7fffffff, 0xffffffff,
	};
	size_t i;
	int pid;

	for (i = 0; i < ARRAY_SIZE(values); i++) {
		self->value = values[i];
		pid = harness_fork(wait_for_value, self);
		wait_for_waiters(self->fd, 1);
		edu_raise(self->fd, values[i]);
		EXPECT_EQ(0, harness_join(pid));
	}
}

TEST_F(waits, raise_wakes_all)
{
	int pid[WAITERS], i;

	self->value = 0xabc;
	for (i = 0; i < WAITERS; i++)
		pid[i] = harness_fork(wait_for_value, self);
	wait_for_waiters(self->fd, WAITERS);
	edu_raise(self->fd, 0xabc);
	for (i = 0; i < WAITERS; i++)
		EXPECT_EQ(0, harness_join(pid[i]));
}

/* Waiting does not occupy the device. */
TEST_F(waits, device_works_meanwhile)
{
	int pid;

	self->value = 4;
	pid = harness_fork(wait_for_value, self);
	wait_for_waiters(self->fd, 1);
	EXPECT_EQ(120, edu_factorial(self->fd, 5));
	EXPECT_EQ(1, edu_statistics(self->fd).Waiting);
	edu_raise(self->fd, 4);
	EXPECT_EQ(0, harness_join(pid));
}

/* A value nobody waits for is not kept. */
TEST_F(waits, raise_without_waiter)
{
	int pid;

	edu_raise(self->fd, 0x10);
	sleep_ms(100);
	self->value = 0x20;
	pid = harness_fork(wait_for_value, self);
	wait_for_waiters(self->fd, 1);
	sleep_ms(100);
	EXPECT_EQ(1, edu_statistics(self->fd).Waiting);
	edu_raise(self->fd, 0x20);
	EXPECT_EQ(0, harness_join(pid));
}

TEST_F(waits, signal_cancels)
{
	unsigned int cancelled = edu_statistics(self->fd).Cancelled;
	int pid = harness_fork(wait_until_cancelled, self);

	wait_for_waiters(self->fd, 1);
	EXPECT_EQ(0, interrupt_until_end(pid));
	EXPECT_EQ(cancelled + 1, edu_statistics(self->fd).Cancelled);
	EXPECT_EQ(0, edu_statistics(self->fd).Waiting);
}

/* A signal without a handler, by a timer. */
static void wait_with_alarm(void *data)
{
	alarm(1);
	wait_until_cancelled(data);
}

TEST_F(waits, fatal_signal_ends_process)
{
	EXPECT_EQ(128 + SIGALRM,
		  harness_join(harness_fork(wait_with_alarm, self)));
	EXPECT_EQ(0, edu_statistics(self->fd).Waiting);
}

TEST_F(waits, kill_cancels)
{
	unsigned int cancelled = edu_statistics(self->fd).Cancelled;
	int pid = harness_fork(wait_until_cancelled, self);

	wait_for_waiters(self->fd, 1);
	kill(pid, SIGKILL);
	EXPECT_EQ(128 + SIGKILL, harness_join(pid));
	wait_for_waiters(self->fd, 0);
	EXPECT_EQ(cancelled + 1, edu_statistics(self->fd).Cancelled);
}

/* Some are cancelled, the others get the value. */
TEST_F(waits, cancel_some)
{
	int pid[WAITERS], i;

	self->value = 0x77;
	for (i = 0; i < WAITERS; i++)
		pid[i] = harness_fork(i % 2 ? wait_for_value :
					      wait_until_cancelled, self);
	wait_for_waiters(self->fd, WAITERS);
	for (i = 0; i < WAITERS; i += 2)
		EXPECT_EQ(0, interrupt_until_end(pid[i]));
	EXPECT_EQ(WAITERS / 2, edu_statistics(self->fd).Waiting);
	edu_raise(self->fd, 0x77);
	for (i = 1; i < WAITERS; i += 2)
		EXPECT_EQ(0, harness_join(pid[i]));
}

/* Cancel and raise at the same time: one of them ends each request. */
static void wait_for_either(void *data)
{
	struct waits *self = data;
	struct edu_result result;
	uint32_t value;

	result = edu_request(self->fd, IOCTL_EDU_WAIT, NULL, 0, &value, 4);
	if (result.error)
		EXPECT_END(EINTR, STATUS_CANCELLED, 0, result);
	else
		EXPECT_END(0, STATUS_SUCCESS, 4, result);
}

TEST_F_TIMEOUT(waits, cancel_races_with_raise, 60)
{
	unsigned int dpcs = edu_statistics(self->fd).Dpcs;
	int round, pid;

	for (round = 0; round < 100; round++) {
		pid = harness_fork(wait_for_either, self);
		wait_for_waiters(self->fd, 1);
		kill(pid, SIGUSR1);
		edu_raise(self->fd, 8);
		EXPECT_EQ(0, interrupt_until_end(pid));
		/* A late DPC would end the wait of the next round. */
		dpcs++;
		while (edu_statistics(self->fd).Dpcs < dpcs)
			sleep_ms(1);
	}
	EXPECT_EQ(0, edu_statistics(self->fd).Waiting);
}

/* ---- Threads ---- */

static void *wait_thread(void *data)
{
	wait_for_value(data);
	return NULL;
}

static void *wait_closed_thread(void *data)
{
	struct waits *self = data;
	uint32_t value;

	EXPECT_END(ECANCELED, STATUS_CANCELLED, 0,
		   edu_request(self->fd, IOCTL_EDU_WAIT, NULL, 0, &value, 4));
	return NULL;
}

/*
 * WDK, IRP_MJ_CLEANUP: sent when the last handle is closed, though requests
 * may be pending; the driver cancels those of that file object.
 */
TEST_F(waits, close_while_waiting)
{
	struct waits other = { .fd = edu_open(O_RDWR) };
	pthread_t thread;

	ASSERT_EQ(0, pthread_create(&thread, NULL, wait_closed_thread, &other));
	wait_for_waiters(self->fd, 1);
	close(other.fd);
	ASSERT_EQ(0, pthread_join(thread, NULL));
	EXPECT_EQ(0, edu_statistics(self->fd).Waiting);
}

/* As long as a duplicate is open, IRP_MJ_CLEANUP is not due. */
TEST_F(waits, close_duplicate_while_waiting)
{
	int duplicate = dup(self->fd);
	pthread_t thread;

	self->value = 0x44;
	ASSERT_EQ(0, pthread_create(&thread, NULL, wait_thread, self));
	wait_for_waiters(self->fd, 1);
	close(duplicate);
	sleep_ms(100);
	EXPECT_EQ(1, edu_statistics(self->fd).Waiting);
	edu_raise(self->fd, 0x44);
	ASSERT_EQ(0, pthread_join(thread, NULL));
}

/* The process ends while a thread of it waits. */
static void leave_a_thread_waiting(void *data)
{
	struct waits *self = data;
	pthread_t thread;

	ASSERT_EQ(0, pthread_create(&thread, NULL, wait_thread, self));
	wait_for_waiters(self->fd, 1);
}

TEST_F(waits, exit_while_waiting)
{
	EXPECT_EQ(0, harness_join(harness_fork(leave_a_thread_waiting, self)));
	wait_for_waiters(self->fd, 0);
}

/* A child's exit closes its descriptor, not the parent's request. */
static void only_exit(void *data)
{
	(void)data;
}

TEST_F(waits, fork_does_not_cancel)
{
	pthread_t thread;

	self->value = 0x55;
	ASSERT_EQ(0, pthread_create(&thread, NULL, wait_thread, self));
	wait_for_waiters(self->fd, 1);
	EXPECT_EQ(0, harness_join(harness_fork(only_exit, NULL)));
	EXPECT_EQ(1, edu_statistics(self->fd).Waiting);
	edu_raise(self->fd, 0x55);
	ASSERT_EQ(0, pthread_join(thread, NULL));
}
