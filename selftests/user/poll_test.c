// SPDX-License-Identifier: GPL-2.0
/*
 * poll_test - readiness of nodes, as ntcompat.h of the drivers says: of one whose
 * driver speaks of it (OBJPOLL), and of one whose driver does not (OBJTEST)
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "async_util.h"
#include "edu_util.h"
#include "../drivers/objtest/objtestio.h"

#define SOON_MS		20000

FIXTURE(poll) { int fd; };

static int open_node(const char *path, int flags)
{
	int fd = open(path, flags | O_CLOEXEC);

	ASSERT_LE(0, fd);
	return fd;
}

FIXTURE_SETUP(poll)
{
	char drain[OBJPOLL_ROOM];
	ssize_t n;

	self->fd = open_node("/dev/nt/OBJPOLL", O_RDWR | O_NONBLOCK);
	n = read(self->fd, drain, sizeof(drain));
	ASSERT_EQ(true, n > 0 || errno == EAGAIN);
}

FIXTURE_TEARDOWN(poll)
{
	close(self->fd);
}

static int events_of(int fd, int ms)
{
	struct pollfd poll_fd = { .fd = fd, .events = POLLIN | POLLOUT };

	return poll(&poll_fd, 1, ms) < 0 ? -errno : poll_fd.revents;
}

static ssize_t put(int fd, size_t bytes)
{
	static const char data[16];

	return write(fd, data, bytes) < 0 ? -errno : (ssize_t)bytes;
}

static ssize_t take(int fd)
{
	char data[16];
	ssize_t n = read(fd, data, sizeof(data));

	return n < 0 ? -errno : n;
}

TEST_F(poll, what_the_driver_says)
{
	EXPECT_EQ(POLLOUT, events_of(self->fd, 0));
	EXPECT_EQ(1, put(self->fd, 1));
	EXPECT_EQ(POLLIN | POLLOUT, events_of(self->fd, 0));
	EXPECT_EQ(OBJPOLL_ROOM - 1, put(self->fd, OBJPOLL_ROOM - 1));
	EXPECT_EQ(POLLIN, events_of(self->fd, 0));
	EXPECT_EQ(OBJPOLL_ROOM, take(self->fd));
	EXPECT_EQ(POLLOUT, events_of(self->fd, 0));
}

TEST_F(poll, nonblocking)
{
	int blocking = open_node("/dev/nt/OBJPOLL", O_RDWR);

	EXPECT_EQ(-EAGAIN, take(self->fd));
	EXPECT_EQ(OBJPOLL_ROOM, put(self->fd, OBJPOLL_ROOM));
	EXPECT_EQ(-EAGAIN, put(self->fd, 1));
	EXPECT_EQ(OBJPOLL_ROOM, take(self->fd));
	/* Without O_NONBLOCK it is the driver's business. */
	EXPECT_NE(-EAGAIN, take(blocking));
	EXPECT_LT(take(blocking), 0);
	close(blocking);
}

TEST_F(poll, by_open_mode)
{
	int reader = open_node("/dev/nt/OBJPOLL", O_RDONLY);
	int writer = open_node("/dev/nt/OBJPOLL", O_WRONLY);

	EXPECT_EQ(1, put(self->fd, 1));
	EXPECT_EQ(POLLIN, events_of(reader, 0));
	EXPECT_EQ(POLLOUT, events_of(writer, 0));
	close(reader);
	close(writer);
}

static void *put_soon(void *data)
{
	sleep_ms(50);
	put(*(int *)data, 2);
	return NULL;
}

TEST_F(poll, epoll_wakes)
{
	struct epoll_event event = { .events = EPOLLIN };
	int epoll = epoll_create1(EPOLL_CLOEXEC);
	pthread_t thread;

	ASSERT_EQ(0, epoll_ctl(epoll, EPOLL_CTL_ADD, self->fd, &event));
	EXPECT_EQ(0, epoll_wait(epoll, &event, 1, 0));
	ASSERT_EQ(0, pthread_create(&thread, NULL, put_soon, &self->fd));
	EXPECT_EQ(1, epoll_wait(epoll, &event, 1, SOON_MS));
	EXPECT_EQ(EPOLLIN, event.events);
	pthread_join(thread, NULL);
	EXPECT_EQ(2, take(self->fd));
	close(epoll);
}

/* The driver would fail a read that comes too early. */
TEST_F(poll, io_uring_waits_until_ready)
{
	int fd = open_node("/dev/nt/OBJPOLL", O_RDWR);
	struct io_uring_sqe *sqe;
	struct io_uring ring;
	char data[16];
	int i;

	ring_open(&ring, 8);
	for (i = 0; i < 3; i++) {
		sqe = io_uring_get_sqe(&ring);
		io_uring_prep_read(sqe, fd, data, sizeof(data), 0);
		ring_submit(&ring, 1);
		EXPECT_EQ(-EAGAIN, take(self->fd));
		EXPECT_EQ(2, put(self->fd, 2));
		EXPECT_EQ(2, ring_wait(&ring, NULL));
	}
	io_uring_queue_exit(&ring);
	close(fd);
}

/* A driver that waits in its dispatch routine keeps a worker busy, not the ring. */
TEST(poll_async_command_of_a_driver_that_waits)
{
	int event = eventfd(0, EFD_CLOEXEC), fd = open_node("/dev/nt/OBJTEST", O_RDWR);
	OBJTEST_REQUEST request = { }, wait = { .Slot = 3, .Argument = SOON_MS };
	struct edu_result result;
	OBJTEST_ANSWER answer;
	struct io_uring_sqe *sqe;
	struct ntcompat_io io;
	struct io_uring ring;
	uint64_t one = 1, id;

	request.Handle = NTCOMPAT_HANDLE_FROM_FD(event);
	request.Slot = 3;
	result = edu_request(fd, IOCTL_OBJTEST_OPEN, &request, sizeof(request), &answer,
			     sizeof(answer));
	ASSERT_EQ(0, result.error);
	io = edu_io(IOCTL_OBJTEST_WAIT, &wait, sizeof(wait), &answer, sizeof(answer), 0);

	ring_open(&ring, 8);
	ring_command(&ring, fd, &io, 1);
	/* It is the one that was just made. */
	ring.sq.sqes[(ring.sq.sqe_tail - 1) & (ring.sq.ring_entries - 1)].flags |= IOSQE_ASYNC;
	ring_submit(&ring, 1);
	sqe = io_uring_get_sqe(&ring);
	io_uring_prep_nop(sqe);
	io_uring_sqe_set_data64(sqe, 2);
	ring_submit(&ring, 1);
	EXPECT_EQ(0, ring_wait(&ring, &id));
	EXPECT_EQ(2, id);
	ASSERT_EQ((ssize_t)sizeof(one), write(event, &one, sizeof(one)));
	EXPECT_EQ(0, ring_wait(&ring, &id));
	EXPECT_EQ(1, id);
	EXPECT_EQ((uint32_t)STATUS_SUCCESS, io.status);
	io_uring_queue_exit(&ring);
	edu_request(fd, IOCTL_OBJTEST_CLOSE, &request, sizeof(request), &answer, sizeof(answer));
	close(fd);
	close(event);
}

/* As a regular file: always ready, and nothing for epoll. */
TEST(poll_silent_driver)
{
	struct epoll_event event = { .events = EPOLLIN };
	int epoll = epoll_create1(EPOLL_CLOEXEC), fd = open_node("/dev/nt/OBJTEST", O_RDWR);

	EXPECT_EQ(POLLIN | POLLOUT, events_of(fd, 0));
	EXPECT_EQ(-1, epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event));
	EXPECT_EQ(EPERM, errno);
	close(fd);
	close(epoll);
}

static void *remove_soon(void *data)
{
	OBJTEST_REQUEST request = { };
	OBJTEST_ANSWER answer;

	sleep_ms(50);
	edu_request(*(int *)data, IOCTL_OBJTEST_REMOVE, &request, sizeof(request), &answer,
		    sizeof(answer));
	return NULL;
}

/* The last test of the group: the device does not come back. */
TEST_F(poll, removal)
{
	struct pollfd poll_fd = { .fd = self->fd, .events = POLLIN };
	int control = open_node("/dev/nt/OBJTEST", O_RDWR);
	pthread_t thread;

	ASSERT_EQ(0, pthread_create(&thread, NULL, remove_soon, &control));
	EXPECT_EQ(1, poll(&poll_fd, 1, SOON_MS));
	EXPECT_EQ(POLLHUP | POLLERR, poll_fd.revents);
	pthread_join(thread, NULL);
	close(control);
}

int main(int argc, char **argv)
{
	return harness_run(argc, argv, NULL);
}
