/* SPDX-License-Identifier: GPL-2.0 */
/* io_uring and AIO, as the tests of asynchronous requests use them. */
#ifndef ASYNC_UTIL_H
#define ASYNC_UTIL_H

#include <linux/aio_abi.h>
#include <liburing.h>
#include <stdint.h>

#include "ntcompat.h"

struct ntcompat_io edu_io(uint32_t code, const void *in, uint32_t in_len, void *out,
			  uint32_t out_len, uint64_t tag);

void ring_open(struct io_uring *ring, unsigned int entries);
void ring_command(struct io_uring *ring, int fd, struct ntcompat_io *io, uint64_t id);
void ring_submit(struct io_uring *ring, int count);

/* The result of the next completion; *id, unless NULL, receives whose it is. */
int ring_wait(struct io_uring *ring, uint64_t *id);

aio_context_t aio_open(unsigned int entries);
void aio_close(aio_context_t context);
void aio_transfer(aio_context_t context, struct iocb *iocb, int fd, int opcode, void *buffer,
		  size_t length, long long offset);
int aio_cancel(aio_context_t context, struct iocb *iocb);
long long aio_wait(aio_context_t context);

#endif /* ASYNC_UTIL_H */
