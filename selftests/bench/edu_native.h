/* SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note */
/*
 * edu_native: what a user program and the native edu driver agree on.
 *
 * read(2) and write(2), at a file position in the device's own memory, move its
 * bytes by DMA. What is not a transfer is an ioctl(2) of this file.
 */
#ifndef EDU_NATIVE_H
#define EDU_NATIVE_H

#include <linux/ioctl.h>
#include <linux/types.h>

/*
 * Bytes of the device's own memory that DMA reaches. The specification says
 * 4096, but QEMU before version 9 aborts when a transfer touches the last one.
 */
#define EDU_NATIVE_BUFFER_SIZE	4095

/* Takes 4 bytes in and gives them back; the device is not touched. */
#define EDU_NATIVE_NOP		_IOWR('E', 0, __u32)

/* In: n; out: n! modulo 2^32, computed by the device, told by interrupt. */
#define EDU_NATIVE_FACTORIAL	_IOWR('E', 1, __u32)

#endif /* EDU_NATIVE_H */
