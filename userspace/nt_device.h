/* SPDX-License-Identifier: GPL-2.0 */
/* Requests to /dev/nt nodes, and how both tools report what came of them. */
#ifndef NT_DEVICE_H
#define NT_DEVICE_H

#include <stddef.h>
#include <stdint.h>

#include "ntcompat.h"

/* The exit codes of ntctl and edu. */
enum {
	EXIT_NT_SUCCESS = 0,
	EXIT_NT_FAILURE = 1,
	EXIT_NO_REQUEST = 2,
	EXIT_SIGNALLED = 130,
};

/* NAME or /dev/nt/NAME; as much access as the node grants. -1 and errno. */
int nt_open(const char *device);

/*
 * Sends a DeviceIoControl request. Returns 0 if it was made, whatever its
 * status is then, else the errno of the system call that refused it.
 */
int nt_ioctl(int fd, struct ntcompat_ioctl *request);

/* "STATUS_SUCCESS (0x00000000)"; the buffer is static. */
const char *nt_status_text(uint32_t status);

/* Hexadecimal digits, spaces and colons allowed between bytes, into new memory. */
unsigned char *nt_parse_hex(const char *text, size_t *length);

/* All of a file, "-" being standard input, into new memory. */
unsigned char *nt_read_file(const char *path, size_t *length);

#endif /* NT_DEVICE_H */
