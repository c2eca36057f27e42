/* SPDX-License-Identifier: GPL-2.0 */
/* Requests of user programs, made into IRPs and back. */
#ifndef _NTCOMPAT_IO_REQUEST_H
#define _NTCOMPAT_IO_REQUEST_H

#include "file.h"

struct ntcompat_ioctl;

/*
 * The status is the request's, or the I/O manager's own when it refuses one:
 * STATUS_ACCESS_VIOLATION, STATUS_INSUFFICIENT_RESOURCES, STATUS_ACCESS_DENIED.
 */
NTSTATUS nt_request_ioctl(struct nt_file *file, struct ntcompat_ioctl __user *arg);

/* How a transfer ended; small enough to be returned in registers. */
struct nt_transferred {
	u64 information;
	NTSTATUS status;
};

struct nt_transferred nt_request_read(struct nt_file *file, void __user *buffer, u32 length,
				      s64 offset);
struct nt_transferred nt_request_write(struct nt_file *file, const void __user *buffer, u32 length,
				       s64 offset);
NTSTATUS nt_request_flush(struct nt_file *file);

#endif /* _NTCOMPAT_IO_REQUEST_H */
