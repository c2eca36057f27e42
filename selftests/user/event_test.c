// SPDX-License-Identifier: GPL-2.0
/*
 * event_test - handles that a program gives a driver: eventfds as events, nodes as
 * files. What is expected stands in ntcompat.h and eventfd(2); of the driver's
 * side, in "ObReferenceObjectByHandle", "KeSetEvent", "KeWaitForSingleObject".
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "edu_util.h"
#include "../drivers/objtest/objtestio.h"

#define SOON_MS		20000

FIXTURE(event) { int fd; };

FIXTURE_SETUP(event)
{
	self->fd = open("/dev/nt/OBJTEST", O_RDWR | O_CLOEXEC);
	ASSERT_LE(0, self->fd);
}

FIXTURE_TEARDOWN(event)
{
	close(self->fd);
}

static uint32_t ask(int fd, uint32_t code, uint64_t handle, uint32_t slot, uint32_t argument,
		    uint64_t *value)
{
	OBJTEST_REQUEST request = { handle, slot, argument };
	OBJTEST_ANSWER answer = { };
	struct edu_result result = edu_request(fd, code, &request, sizeof(request), &answer,
					       sizeof(answer));

	if (value)
		*value = answer.Value;
	return result.status;
}

static uint64_t handle_of(int fd)
{
	return NTCOMPAT_HANDLE_FROM_FD(fd);
}

static uint64_t refer(int fd, uint32_t slot, int eventfd)
{
	uint64_t name = 0;

	ASSERT_EQ((uint32_t)STATUS_SUCCESS,
		  ask(fd, IOCTL_OBJTEST_OPEN, handle_of(eventfd), slot, 0, &name));
	EXPECT_NE(0, name);
	return name;
}

static void let_go(int fd, uint32_t slot)
{
	EXPECT_EQ((uint32_t)STATUS_SUCCESS, ask(fd, IOCTL_OBJTEST_CLOSE, 0, slot, 0, NULL));
}

static uint64_t value_of(int fd, uint32_t code, uint32_t slot, uint32_t argument)
{
	uint64_t value = 99;

	EXPECT_EQ((uint32_t)STATUS_SUCCESS, ask(fd, code, 0, slot, argument, &value));
	return value;
}

static uint32_t wait_status(int fd, uint32_t slot, uint32_t ms)
{
	return ask(fd, IOCTL_OBJTEST_WAIT, 0, slot, ms, NULL);
}

/* An eventfd of 0 that does not block. */
static int new_event(int flags, bool manual)
{
	int fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC | flags);

	ASSERT_LE(0, fd);
	if (manual)
		ASSERT_EQ(0, fcntl(fd, F_SETFL, O_NONBLOCK | NTCOMPAT_EVENT_MANUAL_RESET));
	return fd;
}

static void count_up(int fd, uint64_t count)
{
	ASSERT_EQ((ssize_t)sizeof(count), write(fd, &count, sizeof(count)));
}

/* The count, which is 0 afterwards; 0 when it would block. */
static uint64_t count_of(int fd)
{
	uint64_t count;

	return read(fd, &count, sizeof(count)) == sizeof(count) ? count : 0;
}

static bool is_readable(int fd, int ms)
{
	struct pollfd poll_fd = { .fd = fd, .events = POLLIN };

	return poll(&poll_fd, 1, ms) == 1 && poll_fd.revents == POLLIN;
}

TEST_F(event, driver_signals)
{
	int event = new_event(0, true);

	refer(self->fd, 0, event);
	EXPECT_EQ(false, is_readable(event, 0));
	EXPECT_EQ(0, value_of(self->fd, IOCTL_OBJTEST_SET, 0, 0));
	EXPECT_EQ(true, is_readable(event, 0));
	/* Signalled is signalled: an event does not count. */
	EXPECT_EQ(1, value_of(self->fd, IOCTL_OBJTEST_SET, 0, 0));
	EXPECT_EQ(1, count_of(event));
	let_go(self->fd, 0);
	close(event);
}

TEST_F(event, driver_signals_in_a_dpc)
{
	int event = new_event(0, false);

	refer(self->fd, 0, event);
	EXPECT_EQ(0, value_of(self->fd, IOCTL_OBJTEST_SET, 0, 1));
	EXPECT_EQ(1, value_of(self->fd, IOCTL_OBJTEST_SET, 0, 1));
	EXPECT_EQ(1, count_of(event));
	let_go(self->fd, 0);
	close(event);
}

TEST_F(event, driver_resets)
{
	int event = new_event(0, true);

	count_up(event, 5);
	refer(self->fd, 0, event);
	EXPECT_EQ(1, value_of(self->fd, IOCTL_OBJTEST_STATE, 0, 0));
	EXPECT_EQ(1, value_of(self->fd, IOCTL_OBJTEST_RESET, 0, 0));
	EXPECT_EQ(0, count_of(event));
	EXPECT_EQ(0, value_of(self->fd, IOCTL_OBJTEST_RESET, 0, 0));
	let_go(self->fd, 0);
	close(event);
}

TEST_F(event, driver_sees_what_the_program_does)
{
	int event = new_event(0, true);

	refer(self->fd, 0, event);
	EXPECT_EQ(0, value_of(self->fd, IOCTL_OBJTEST_STATE, 0, 0));
	count_up(event, 1);
	EXPECT_EQ(1, value_of(self->fd, IOCTL_OBJTEST_STATE, 0, 0));
	EXPECT_EQ(1, count_of(event));
	EXPECT_EQ(0, value_of(self->fd, IOCTL_OBJTEST_STATE, 0, 0));
	let_go(self->fd, 0);
	close(event);
}

/* A wait leaves a notification event as it is, and takes a synchronization event. */
TEST_F(event, wait_by_type)
{
	int manual = new_event(0, true), automatic = new_event(0, false);

	refer(self->fd, 0, manual);
	refer(self->fd, 1, automatic);
	EXPECT_EQ((uint32_t)STATUS_TIMEOUT, wait_status(self->fd, 0, 0));
	EXPECT_EQ((uint32_t)STATUS_TIMEOUT, wait_status(self->fd, 1, 10));
	count_up(manual, 3);
	count_up(automatic, 3);
	EXPECT_EQ((uint32_t)STATUS_SUCCESS, wait_status(self->fd, 0, 0));
	EXPECT_EQ((uint32_t)STATUS_SUCCESS, wait_status(self->fd, 0, SOON_MS));
	EXPECT_EQ(3, count_of(manual));
	EXPECT_EQ((uint32_t)STATUS_SUCCESS, wait_status(self->fd, 1, 0));
	EXPECT_EQ((uint32_t)STATUS_TIMEOUT, wait_status(self->fd, 1, 0));
	EXPECT_EQ(0, count_of(automatic));
	let_go(self->fd, 0);
	let_go(self->fd, 1);
	close(manual);
	close(automatic);
}

/* eventfd(2): with EFD_SEMAPHORE a read takes one. */
TEST_F(event, semaphore)
{
	int event = new_event(EFD_SEMAPHORE, false);

	refer(self->fd, 0, event);
	count_up(event, 3);
	EXPECT_EQ((uint32_t)STATUS_SUCCESS, wait_status(self->fd, 0, 0));
	EXPECT_EQ((uint32_t)STATUS_SUCCESS, wait_status(self->fd, 0, 0));
	EXPECT_EQ(1, value_of(self->fd, IOCTL_OBJTEST_RESET, 0, 0));
	EXPECT_EQ((uint32_t)STATUS_TIMEOUT, wait_status(self->fd, 0, 0));
	/* However high it stands, to reset it ends. */
	count_up(event, 0xfffffffffffffffeULL);
	EXPECT_EQ(1, value_of(self->fd, IOCTL_OBJTEST_RESET, 0, 0));
	EXPECT_EQ(1, value_of(self->fd, IOCTL_OBJTEST_STATE, 0, 0));
	let_go(self->fd, 0);
	close(event);
}

struct waiter {
	pthread_t thread;
	int fd;
	uint32_t slot;
	uint32_t status;
};

static void *wait_soon(void *data)
{
	struct waiter *waiter = data;

	waiter->status = wait_status(waiter->fd, waiter->slot, SOON_MS);
	return NULL;
}

TEST_F(event, program_ends_a_wait)
{
	struct waiter waiters[4];
	int event = new_event(0, false), i;

	refer(self->fd, 2, event);
	for (i = 0; i < 4; i++) {
		waiters[i] = (struct waiter){ .fd = self->fd, .slot = 2, .status = 1 };
		ASSERT_EQ(0, pthread_create(&waiters[i].thread, NULL, wait_soon, &waiters[i]));
	}
	/* Each write ends one wait, whether that has begun or not: the others go on. */
	for (i = 0; i < 4; i++) {
		count_up(event, 1);
		while (value_of(self->fd, IOCTL_OBJTEST_STATE, 2, 0))
			sched_yield();
	}
	for (i = 0; i < 4; i++) {
		pthread_join(waiters[i].thread, NULL);
		EXPECT_EQ((uint32_t)STATUS_SUCCESS, waiters[i].status);
	}
	EXPECT_EQ(0, count_of(event));
	let_go(self->fd, 2);
	close(event);
}

TEST_F(event, program_ends_all_waits)
{
	struct waiter waiters[4];
	int event = new_event(0, true), i;

	refer(self->fd, 2, event);
	for (i = 0; i < 4; i++) {
		waiters[i] = (struct waiter){ .fd = self->fd, .slot = 2, .status = 1 };
		ASSERT_EQ(0, pthread_create(&waiters[i].thread, NULL, wait_soon, &waiters[i]));
	}
	sleep_ms(20);
	count_up(event, 1);
	for (i = 0; i < 4; i++) {
		pthread_join(waiters[i].thread, NULL);
		EXPECT_EQ((uint32_t)STATUS_SUCCESS, waiters[i].status);
	}
	EXPECT_EQ(1, count_of(event));
	let_go(self->fd, 2);
	close(event);
}

/* The same object, the same KEVENT: by a duplicate, and after the descriptor is closed. */
TEST_F(event, one_event_one_object)
{
	int event = new_event(0, true), other = new_event(0, true);
	int copy = fcntl(event, F_DUPFD_CLOEXEC, 100);
	uint64_t name = refer(self->fd, 0, event);

	EXPECT_EQ(name, refer(self->fd, 1, copy));
	EXPECT_NE(name, refer(self->fd, 2, other));
	close(event);
	let_go(self->fd, 0);
	EXPECT_EQ(0, value_of(self->fd, IOCTL_OBJTEST_SET, 1, 1));
	EXPECT_EQ(1, count_of(copy));
	close(copy);
	/* Nobody hears it any more, but the driver may say it. */
	EXPECT_EQ(0, value_of(self->fd, IOCTL_OBJTEST_SET, 1, 1));
	EXPECT_EQ(1, value_of(self->fd, IOCTL_OBJTEST_STATE, 1, 0));
	let_go(self->fd, 1);
	let_go(self->fd, 2);
	close(other);
}

/* "Object Handles": the two low bits are the application's. */
TEST_F(event, tagged_handle)
{
	int event = new_event(0, true);

	EXPECT_EQ((uint32_t)STATUS_SUCCESS,
		  ask(self->fd, IOCTL_OBJTEST_LOOK, handle_of(event) | 1, OBJTEST_EVENT, 0, NULL));
	EXPECT_EQ((uint32_t)STATUS_SUCCESS,
		  ask(self->fd, IOCTL_OBJTEST_LOOK, handle_of(event) | 3, OBJTEST_EVENT, 0, NULL));
	close(event);
}

static uint32_t look(int fd, uint64_t handle, uint32_t type, uint32_t access)
{
	return ask(fd, IOCTL_OBJTEST_LOOK, handle, type, access, NULL);
}

TEST_F(event, refused)
{
	int event = new_event(0, true), null = open("/dev/null", O_RDWR), closed = dup(null);
	static const uint64_t nothing[] = {
		0, 1, 3, (uint64_t)-1, (uint64_t)-2, (uint64_t)-3, (uint64_t)-4, 0x7ffffffc,
		0x80000000, 0x80000004, 0xffffffff80000000, 0xffffffff80000004, 0xfffffffffffffffc,
		0x100000004, 0x7ffffffffffffffc, 0x8000000000000004,
	};
	unsigned int i, type;

	close(closed);
	for (type = OBJTEST_EVENT; type <= OBJTEST_ANY; type++) {
		for (i = 0; i < ARRAY_SIZE(nothing); i++)
			EXPECT_EQ((uint32_t)STATUS_INVALID_HANDLE,
				  look(self->fd, nothing[i], type, 0));
		EXPECT_EQ((uint32_t)STATUS_INVALID_HANDLE,
			  look(self->fd, handle_of(closed), type, 0));
	}
	/* Something, but nothing of NT. */
	EXPECT_EQ((uint32_t)STATUS_OBJECT_TYPE_MISMATCH,
		  look(self->fd, handle_of(null), OBJTEST_EVENT, 0));
	EXPECT_EQ((uint32_t)STATUS_OBJECT_TYPE_MISMATCH,
		  look(self->fd, handle_of(null), OBJTEST_ANY_KERNEL, 0));
	EXPECT_EQ((uint32_t)STATUS_OBJECT_TYPE_MISMATCH,
		  look(self->fd, handle_of(event), OBJTEST_FILE, 0));
	EXPECT_EQ((uint32_t)STATUS_OBJECT_TYPE_MISMATCH,
		  look(self->fd, handle_of(event), OBJTEST_THREAD, 0));
	/* "ObReferenceObjectByHandle": without a type in kernel mode only. */
	EXPECT_EQ((uint32_t)STATUS_OBJECT_TYPE_MISMATCH,
		  look(self->fd, handle_of(event), OBJTEST_ANY, 0));
	EXPECT_EQ((uint32_t)STATUS_SUCCESS,
		  look(self->fd, handle_of(event), OBJTEST_ANY_KERNEL, 0));
	close(event);
	close(null);
}

/* A guess at a kernel handle brings nothing, nor does one that exists. */
TEST_F(event, kernel_handles_are_the_kernels)
{
	uint64_t handle = 0;
	uint32_t status = ask(self->fd, IOCTL_OBJTEST_KERNEL, 0, 0, 0, &handle);

	EXPECT_EQ((uint32_t)STATUS_INVALID_HANDLE, status);
}

#define FILE_READ_DATA	1
#define FILE_WRITE_DATA	2
#define GENERIC_READ	0x80000000U
#define GENERIC_WRITE	0x40000000U
#define MAXIMUM_ALLOWED	0x02000000U

TEST_F(event, files)
{
	int reader = open("/dev/nt/OBJTEST", O_RDONLY | O_CLOEXEC);
	uint64_t same = 99;

	EXPECT_EQ((uint32_t)STATUS_SUCCESS,
		  ask(self->fd, IOCTL_OBJTEST_LOOK, handle_of(self->fd), OBJTEST_FILE,
		      FILE_READ_DATA | FILE_WRITE_DATA, &same));
	EXPECT_EQ(1, same);
	EXPECT_EQ((uint32_t)STATUS_SUCCESS,
		  ask(self->fd, IOCTL_OBJTEST_LOOK, handle_of(reader), OBJTEST_FILE, FILE_READ_DATA,
		      &same));
	EXPECT_EQ(0, same);
	EXPECT_EQ((uint32_t)STATUS_ACCESS_DENIED,
		  look(self->fd, handle_of(reader), OBJTEST_FILE, FILE_WRITE_DATA));
	EXPECT_EQ((uint32_t)STATUS_SUCCESS,
		  look(self->fd, handle_of(reader), OBJTEST_FILE, GENERIC_READ));
	EXPECT_EQ((uint32_t)STATUS_ACCESS_DENIED,
		  look(self->fd, handle_of(reader), OBJTEST_FILE, GENERIC_WRITE));
	EXPECT_EQ((uint32_t)STATUS_SUCCESS,
		  look(self->fd, handle_of(reader), OBJTEST_FILE, MAXIMUM_ALLOWED));
	EXPECT_EQ((uint32_t)STATUS_OBJECT_TYPE_MISMATCH,
		  look(self->fd, handle_of(reader), OBJTEST_EVENT, 0));
	close(reader);
}

/* Threads that find, signal, take and lose the same event all the time. */
struct crowd {
	pthread_t thread;
	int fd, event;
	unsigned int number;
};

static void *bustle(void *data)
{
	struct crowd *c = data;
	double end = now() + 3;
	unsigned int i;

	for (i = 0; now() < end; i++) {
		ask(c->fd, IOCTL_OBJTEST_OPEN, handle_of(c->event), c->number, 0, NULL);
		ask(c->fd, IOCTL_OBJTEST_SET, 0, c->number, i & 1, NULL);
		ask(c->fd, IOCTL_OBJTEST_WAIT, 0, c->number, 0, NULL);
		if (i & 2)
			count_up(c->event, 1);
		else
			count_of(c->event);
		ask(c->fd, IOCTL_OBJTEST_RESET, 0, c->number, 0, NULL);
		ask(c->fd, IOCTL_OBJTEST_CLOSE, 0, c->number, 0, NULL);
	}
	return NULL;
}

TEST_F(event, crowd)
{
	struct crowd crowd[OBJTEST_SLOTS];
	int event = new_event(0, false);
	unsigned int i;

	for (i = 0; i < OBJTEST_SLOTS; i++) {
		crowd[i] = (struct crowd){ .fd = self->fd, .event = event, .number = i };
		ASSERT_EQ(0, pthread_create(&crowd[i].thread, NULL, bustle, &crowd[i]));
	}
	for (i = 0; i < OBJTEST_SLOTS; i++)
		pthread_join(crowd[i].thread, NULL);
	/* What was signalled by then is gone or not; what comes now is seen. */
	count_of(event);
	refer(self->fd, 0, event);
	EXPECT_EQ(0, value_of(self->fd, IOCTL_OBJTEST_STATE, 0, 0));
	count_up(event, 1);
	EXPECT_EQ((uint32_t)STATUS_SUCCESS, wait_status(self->fd, 0, 0));
	EXPECT_EQ((uint32_t)STATUS_TIMEOUT, wait_status(self->fd, 0, 0));
	let_go(self->fd, 0);
	close(event);
}

int main(int argc, char **argv)
{
	return harness_run(argc, argv, NULL);
}
