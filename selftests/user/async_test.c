// SPDX-License-Identifier: GPL-2.0
/*
 * Asynchronous requests to the edu driver: io_uring commands, reads and writes
 * of io_uring and AIO, and every way to cancel them. Win32's CancelIoEx is the
 * reference for NTCOMPAT_IOC_CANCEL: a request that is found pending is marked
 * for cancellation, it ends with STATUS_CANCELLED or whatever came first, and
 * nothing found is an error of its own (ERROR_NOT_FOUND).
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/uio.h>
#include <unistd.h>

#include "async_util.h"
#include "edu_util.h"

FIXTURE(async)
{
	int fd;
	struct io_uring ring;
};

FIXTURE_SETUP(async)
{
	self->fd = edu_open(O_RDWR);
	ring_open(&self->ring, 64);
}

FIXTURE_TEARDOWN(async)
{
	io_uring_queue_exit(&self->ring);
	wait_for_waiters(self->fd, 0);
	close(self->fd);
}

static int cancel(int fd, uint32_t flags, uint64_t tag, uint32_t *count)
{
	struct ntcompat_cancel request = { .flags = flags, .tag = tag };
	int error = ioctl(fd, NTCOMPAT_IOC_CANCEL, &request) ? errno : 0;

	if (count)
		*count = request.cancelled;
	return error;
}

/* ---- Commands ---- */

TEST_F(async, factorial)
{
	uint32_t n = 7, answer = 0;
	struct ntcompat_io io = edu_io(IOCTL_EDU_FACTORIAL, &n, 4, &answer, 4, 0);

	ring_command(&self->ring, self->fd, &io, 1);
	ring_submit(&self->ring, 1);
	EXPECT_EQ(0, ring_wait(&self->ring, NULL));
	EXPECT_EQ(5040, answer);
	EXPECT_EQ(STATUS_SUCCESS, io.status);
	EXPECT_EQ(4, io.information);
}

TEST_F(async, a_request_that_ends_at_once)
{
	uint32_t id = 0;
	struct ntcompat_io io = edu_io(IOCTL_EDU_GET_ID, NULL, 0, &id, 4, 0);

	ring_command(&self->ring, self->fd, &io, 1);
	ring_submit(&self->ring, 1);
	EXPECT_EQ(0, ring_wait(&self->ring, NULL));
	EXPECT_EQ(EDU_ID, id);
}

TEST_F(async, thirty_two_waits_one_raise)
{
	struct ntcompat_io io[32];
	uint32_t value[32] = {};
	int i;

	for (i = 0; i < 32; i++) {
		io[i] = edu_io(IOCTL_EDU_WAIT, NULL, 0, &value[i], 4, i);
		ring_command(&self->ring, self->fd, &io[i], i);
	}
	ring_submit(&self->ring, 32);
	wait_for_waiters(self->fd, 32);
	edu_raise(self->fd, 0x77);
	for (i = 0; i < 32; i++)
		EXPECT_EQ(0, ring_wait(&self->ring, NULL));
	for (i = 0; i < 32; i++)
		EXPECT_EQ(0x77, value[i]);
}

TEST_F(async, direct_io)
{
	static unsigned char sent[EDU_BUFFER_SIZE], back[EDU_BUFFER_SIZE];
	struct ntcompat_io out = edu_io(IOCTL_EDU_DMA_WRITE, NULL, 0, sent, sizeof(sent), 0);
	struct ntcompat_io in = edu_io(IOCTL_EDU_DMA_READ, NULL, 0, back, sizeof(back), 0);

	fill_pattern(sent, sizeof(sent), 4);
	ring_command(&self->ring, self->fd, &out, 1);
	ring_submit(&self->ring, 1);
	EXPECT_EQ(0, ring_wait(&self->ring, NULL));
	ring_command(&self->ring, self->fd, &in, 2);
	ring_submit(&self->ring, 1);
	EXPECT_EQ(0, ring_wait(&self->ring, NULL));
	EXPECT_EQ(0, memcmp(sent, back, sizeof(sent)));
}

TEST_F(async, read_and_write_commands)
{
	char sent[] = "by command", back[sizeof(sent)] = "";
	struct ntcompat_io io = { .op = NTCOMPAT_IO_WRITE, .in = (uintptr_t)sent,
				  .in_len = sizeof(sent), .offset = 100 };

	ring_command(&self->ring, self->fd, &io, 1);
	ring_submit(&self->ring, 1);
	EXPECT_EQ(0, ring_wait(&self->ring, NULL));
	EXPECT_EQ(sizeof(sent), io.information);

	io = (struct ntcompat_io) { .op = NTCOMPAT_IO_READ, .out = (uintptr_t)back,
				    .out_len = sizeof(back), .offset = 100 };
	ring_command(&self->ring, self->fd, &io, 2);
	ring_submit(&self->ring, 1);
	EXPECT_EQ(0, ring_wait(&self->ring, NULL));
	EXPECT_EQ(sizeof(sent), io.information);
	EXPECT_EQ(0, memcmp(sent, back, sizeof(sent)));
}

TEST_F(async, refused_requests)
{
	static const struct {
		struct ntcompat_io io;
		int result;
	} refused[] = {
		{ { .op = 3 }, -EINVAL },
		{ { .reserved = 1 }, -EINVAL },
		{ { .code = 0x80003ffc }, -ENOTTY },
		{ { .code = IOCTL_EDU_LIVENESS, .in = 8, .in_len = 4, .out_len = 4 }, -EFAULT },
		{ { .code = IOCTL_EDU_DMA_READ, .out = 4096, .out_len = 4 }, -EFAULT },
		{ { .code = IOCTL_EDU_LIVENESS }, -EINVAL },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(refused); i++) {
		struct ntcompat_io io = refused[i].io;

		ring_command(&self->ring, self->fd, &io, i);
		ring_submit(&self->ring, 1);
		EXPECT_EQ(refused[i].result, ring_wait(&self->ring, NULL));
	}
	ring_command(&self->ring, self->fd, (void *)16, 0);
	ring_submit(&self->ring, 1);
	EXPECT_EQ(-EFAULT, ring_wait(&self->ring, NULL));
}

TEST_F(async, access_bits)
{
	char data[4] = "";
	struct ntcompat_io io = edu_io(IOCTL_EDU_DMA_WRITE, NULL, 0, data, 4, 0);
	int fd = edu_open(O_RDONLY);

	ring_command(&self->ring, fd, &io, 1);
	ring_submit(&self->ring, 1);
	EXPECT_EQ(-EACCES, ring_wait(&self->ring, NULL));
	io = (struct ntcompat_io) { .op = NTCOMPAT_IO_WRITE, .in = (uintptr_t)data, .in_len = 4 };
	ring_command(&self->ring, fd, &io, 1);
	ring_submit(&self->ring, 1);
	EXPECT_EQ(-EBADF, ring_wait(&self->ring, NULL));
	close(fd);
}

/* ---- Cancellation ---- */

TEST_F(async, cancel_by_tag)
{
	struct ntcompat_io io[3];
	uint32_t value, count;
	uint64_t id;
	int i;

	for (i = 0; i < 3; i++) {
		io[i] = edu_io(IOCTL_EDU_WAIT, NULL, 0, &value, 4, 10 + i);
		ring_command(&self->ring, self->fd, &io[i], i);
	}
	ring_submit(&self->ring, 3);
	wait_for_waiters(self->fd, 3);
	EXPECT_EQ(ENOENT, cancel(self->fd, NTCOMPAT_CANCEL_TAG, 99, NULL));
	EXPECT_EQ(0, cancel(self->fd, NTCOMPAT_CANCEL_TAG, 11, &count));
	EXPECT_EQ(1, count);
	EXPECT_EQ(-ECANCELED, ring_wait(&self->ring, &id));
	EXPECT_EQ(1, id);
	EXPECT_EQ((uint32_t)STATUS_CANCELLED, io[1].status);
	EXPECT_EQ(2, edu_statistics(self->fd).Waiting);

	EXPECT_EQ(0, cancel(self->fd, 0, 0, &count));
	EXPECT_EQ(2, count);
	EXPECT_EQ(-ECANCELED, ring_wait(&self->ring, NULL));
	EXPECT_EQ(-ECANCELED, ring_wait(&self->ring, NULL));
	EXPECT_EQ(ENOENT, cancel(self->fd, 0, 0, NULL));
	EXPECT_EQ(EINVAL, cancel(self->fd, 2, 0, NULL));
}

static void *wait_in_thread(void *data)
{
	uint32_t value;

	EXPECT_END(ECANCELED, STATUS_CANCELLED, 0,
		   edu_request(*(int *)data, IOCTL_EDU_WAIT, NULL, 0, &value, 4));
	return NULL;
}

/* CancelIoEx reaches the synchronous request of another thread. */
TEST_F(async, cancel_another_threads_call)
{
	pthread_t thread;
	uint32_t count;

	ASSERT_EQ(0, pthread_create(&thread, NULL, wait_in_thread, &self->fd));
	wait_for_waiters(self->fd, 1);
	/* It is in the driver a moment before it sleeps, where it can be found. */
	while (cancel(self->fd, 0, 0, &count) == ENOENT)
		sleep_ms(10);
	EXPECT_EQ(1, count);
	ASSERT_EQ(0, pthread_join(thread, NULL));
}

static void wait_in_ring(void *data)
{
	int fd = edu_open(O_RDWR);
	static struct ntcompat_io io[8];
	static uint32_t value;
	struct io_uring ring;
	int i;

	ring_open(&ring, 8);
	for (i = 0; i < 8; i++) {
		io[i] = edu_io(IOCTL_EDU_WAIT, NULL, 0, &value, 4, i);
		ring_command(&ring, fd, &io[i], i);
	}
	ring_submit(&ring, 8);
	if (data)
		return;
	for (;;)
		pause();
}

TEST_F(async, process_killed)
{
	int pid = harness_fork(wait_in_ring, NULL);

	wait_for_waiters(self->fd, 8);
	kill(pid, SIGKILL);
	EXPECT_EQ(128 + SIGKILL, harness_join(pid));
	wait_for_waiters(self->fd, 0);
}

TEST_F(async, process_exits)
{
	EXPECT_EQ(0, harness_join(harness_fork(wait_in_ring, self)));
	wait_for_waiters(self->fd, 0);
}

/* ---- Reads and writes ---- */

TEST_F(async, ring_reads_and_writes)
{
	static unsigned char sent[1000], back[1000];
	struct io_uring_sqe *sqe;

	fill_pattern(sent, sizeof(sent), 8);
	sqe = io_uring_get_sqe(&self->ring);
	io_uring_prep_write(sqe, self->fd, sent, sizeof(sent), 500);
	ring_submit(&self->ring, 1);
	EXPECT_EQ(1000, ring_wait(&self->ring, NULL));
	sqe = io_uring_get_sqe(&self->ring);
	io_uring_prep_read(sqe, self->fd, back, sizeof(back), 500);
	ring_submit(&self->ring, 1);
	EXPECT_EQ(1000, ring_wait(&self->ring, NULL));
	EXPECT_EQ(0, memcmp(sent, back, sizeof(sent)));

	sqe = io_uring_get_sqe(&self->ring);
	io_uring_prep_read(sqe, self->fd, back, sizeof(back), EDU_BUFFER_SIZE);
	ring_submit(&self->ring, 1);
	EXPECT_EQ(0, ring_wait(&self->ring, NULL));
	sqe = io_uring_get_sqe(&self->ring);
	io_uring_prep_read(sqe, self->fd, (void *)16, 8, 0);
	ring_submit(&self->ring, 1);
	EXPECT_EQ(-EFAULT, ring_wait(&self->ring, NULL));
}

TEST_F(async, aio_reads_and_writes)
{
	static unsigned char sent[1000], back[1000];
	aio_context_t context = aio_open(8);
	struct iocb iocb;

	fill_pattern(sent, sizeof(sent), 9);
	aio_transfer(context, &iocb, self->fd, IOCB_CMD_PWRITE, sent, sizeof(sent), 600);
	EXPECT_EQ(1000, aio_wait(context));
	aio_transfer(context, &iocb, self->fd, IOCB_CMD_PREAD, back, sizeof(back), 600);
	EXPECT_EQ(1000, aio_wait(context));
	EXPECT_EQ(0, memcmp(sent, back, sizeof(sent)));
	aio_close(context);
}

/* A read that waits behind a stuck request is cancelled in the driver's queue. */
TEST_F(async, aio_cancel)
{
	struct ntcompat_io hang = edu_io(IOCTL_EDU_HANG, NULL, 0, NULL, 0, 5);
	aio_context_t context = aio_open(8);
	unsigned char data[8];
	struct iocb iocb;
	int error;

	ring_command(&self->ring, self->fd, &hang, 1);
	ring_submit(&self->ring, 1);
	aio_transfer(context, &iocb, self->fd, IOCB_CMD_PREAD, data, sizeof(data), 0);
	error = aio_cancel(context, &iocb);
	/* Kernels differ in what they answer; the event comes in any case. */
	EXPECT_EQ(true, error == EINPROGRESS || error == 0);
	EXPECT_EQ(-ECANCELED, aio_wait(context));
	EXPECT_EQ(0, cancel(self->fd, NTCOMPAT_CANCEL_TAG, 5, NULL));
	EXPECT_EQ(-ECANCELED, ring_wait(&self->ring, NULL));
	aio_close(context);
}

/* io_destroy(2) cancels what is pending, too. */
TEST_F(async, aio_destroy_while_pending)
{
	struct ntcompat_io hang = edu_io(IOCTL_EDU_HANG, NULL, 0, NULL, 0, 5);
	aio_context_t context = aio_open(8);
	unsigned char data[4][8];
	struct iocb iocb[4];
	int i;

	ring_command(&self->ring, self->fd, &hang, 1);
	ring_submit(&self->ring, 1);
	for (i = 0; i < 4; i++)
		aio_transfer(context, &iocb[i], self->fd, IOCB_CMD_PREAD, data[i], 8, 0);
	aio_close(context);
	EXPECT_EQ(0, cancel(self->fd, NTCOMPAT_CANCEL_TAG, 5, NULL));
	EXPECT_EQ(-ECANCELED, ring_wait(&self->ring, NULL));
	EXPECT_EQ(720, edu_factorial(self->fd, 6));
}

TEST_F(async, vectors)
{
	char a[] = "first", b[] = "second", x[sizeof(a)], y[sizeof(b)];
	struct iovec out[] = { { a, sizeof(a) }, { b, sizeof(b) } };
	struct iovec in[] = { { x, sizeof(x) }, { y, sizeof(y) } };

	EXPECT_EQ(sizeof(a) + sizeof(b), pwritev(self->fd, out, 2, 40));
	EXPECT_EQ(sizeof(a) + sizeof(b), preadv(self->fd, in, 2, 40));
	EXPECT_EQ(0, strcmp(a, x));
	EXPECT_EQ(0, strcmp(b, y));
}

int main(int argc, char **argv)
{
	return harness_run(argc, argv,
			   access(edu_path(), R_OK | W_OK) ? "there is no edu device" : NULL);
}
