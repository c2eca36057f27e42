// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "async_util.h"
#include "edu_util.h"

struct ntcompat_io edu_io(uint32_t code, const void *in, uint32_t in_len, void *out,
			  uint32_t out_len, uint64_t tag)
{
	return (struct ntcompat_io) {
		.op = NTCOMPAT_IO_DEVICE_CONTROL,
		.code = code,
		.in_len = in_len,
		.out_len = out_len,
		.in = (uintptr_t)in,
		.out = (uintptr_t)out,
		.tag = tag,
		.status = NTCOMPAT_STATUS_NONE,
	};
}

void ring_open(struct io_uring *ring, unsigned int entries)
{
	ASSERT_EQ(0, io_uring_queue_init(entries, ring, 0));
}

void ring_command(struct io_uring *ring, int fd, struct ntcompat_io *io, uint64_t id)
{
	struct io_uring_sqe *sqe = io_uring_get_sqe(ring);
	uint64_t address = (uintptr_t)io;

	if (!sqe) {
		ASSERT_EQ(true, sqe != NULL);
		return;
	}
	memset(sqe, 0, sizeof(*sqe));
	sqe->opcode = IORING_OP_URING_CMD;
	sqe->fd = fd;
	sqe->cmd_op = NTCOMPAT_URING_IO;
	sqe->user_data = id;
	memcpy(sqe->cmd, &address, sizeof(address));
}

void ring_submit(struct io_uring *ring, int count)
{
	ASSERT_EQ(count, io_uring_submit(ring));
}

int ring_wait(struct io_uring *ring, uint64_t *id)
{
	struct __kernel_timespec limit = { .tv_sec = 10 };
	struct io_uring_cqe *cqe;
	int result;

	ASSERT_EQ(0, io_uring_wait_cqe_timeout(ring, &cqe, &limit));
	result = cqe->res;
	if (id)
		*id = cqe->user_data;
	io_uring_cqe_seen(ring, cqe);
	return result;
}

aio_context_t aio_open(unsigned int entries)
{
	aio_context_t context = 0;

	ASSERT_EQ(0, syscall(SYS_io_setup, entries, &context));
	return context;
}

void aio_close(aio_context_t context)
{
	ASSERT_EQ(0, syscall(SYS_io_destroy, context));
}

void aio_transfer(aio_context_t context, struct iocb *iocb, int fd, int opcode, void *buffer,
		  size_t length, long long offset)
{
	memset(iocb, 0, sizeof(*iocb));
	iocb->aio_lio_opcode = opcode;
	iocb->aio_fildes = fd;
	iocb->aio_buf = (uintptr_t)buffer;
	iocb->aio_nbytes = length;
	iocb->aio_offset = offset;
	ASSERT_EQ(1, syscall(SYS_io_submit, context, 1, &iocb));
}

int aio_cancel(aio_context_t context, struct iocb *iocb)
{
	struct io_event event;

	return syscall(SYS_io_cancel, context, iocb, &event) ? errno : 0;
}

long long aio_wait(aio_context_t context)
{
	struct timespec limit = { .tv_sec = 10 };
	struct io_event event;
	long count;

	/* io_uring's completions interrupt it. */
	do {
		count = syscall(SYS_io_getevents, context, 1, 1, &event, &limit);
	} while (count < 0 && errno == EINTR);
	ASSERT_EQ(1, count);
	return event.res;
}
