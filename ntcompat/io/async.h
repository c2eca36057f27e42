/* SPDX-License-Identifier: GPL-2.0 */
/* Asynchronous requests: reads and writes of AIO and io_uring, io_uring commands. */
#ifndef _NTCOMPAT_IO_ASYNC_H
#define _NTCOMPAT_IO_ASYNC_H

#include "file.h"

struct io_uring_cmd;
struct kiocb;

ssize_t nt_async_transfer(struct nt_file *file, struct kiocb *iocb, void __user *user, u32 length,
			  bool read);
int nt_async_command(struct nt_file *file, struct io_uring_cmd *cmd, void __user *arg,
		     unsigned int issue_flags);
void nt_async_command_cancel(struct io_uring_cmd *cmd);

void nt_async_flush(void);

int nt_async_setup(void);
void nt_async_teardown(void);

#endif /* _NTCOMPAT_IO_ASYNC_H */
