/* SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note */
/*
 * ntcompat: what a user program and the kernel agree on.
 *
 * A node /dev/nt/NAME stands for the NT symbolic link \DosDevices\NAME. Plain
 * read(2), write(2), lseek(2) and fsync(2) reach the driver as IRPs; what has
 * no Linux system call of its own is an ioctl(2) of this file.
 */
#ifndef _UAPI_NTCOMPAT_H
#define _UAPI_NTCOMPAT_H

#include <linux/ioctl.h>
#include <linux/types.h>

/**
 * struct ntcompat_ioctl - one DeviceIoControl request
 * @code: the driver's CTL_CODE; its two low bits choose the transfer method
 * @in_len: bytes at @in, the Windows nInBufferSize
 * @out_len: bytes at @out, the Windows nOutBufferSize
 * @status: out: the NTSTATUS that the request ended with. Written whenever
 *	the request reached an end, in the driver or in the I/O manager, be it a
 *	success or an error; set it to NTCOMPAT_STATUS_NONE beforehand to tell
 *	a refused system call from a failed request
 * @in: address of the input buffer, 0 for none
 * @out: address of the output buffer, 0 for none
 * @information: out: IoStatus.Information, the bytes returned
 */
struct ntcompat_ioctl {
	__u32 code;
	__u32 in_len;
	__u32 out_len;
	__u32 status;
	__u64 in;
	__u64 out;
	__u64 information;
};

/* Never an NTSTATUS: severity "warning" with the customer bit and no code. */
#define NTCOMPAT_STATUS_NONE		0xa0000000U

#define NTCOMPAT_IOC_MAGIC		0xde

/*
 * NTCOMPAT_IOC_DEVICE_CONTROL: send IRP_MJ_DEVICE_CONTROL and wait for its end.
 *
 * Returns 0 when the final status is a success, an informational or a warning
 * status; else -1 with the errno that belongs to the status. EFAULT means that
 * an address was bad, EINTR that a signal cancelled the request.
 */
#define NTCOMPAT_IOC_DEVICE_CONTROL	_IOWR(NTCOMPAT_IOC_MAGIC, 1, struct ntcompat_ioctl)

#endif /* _UAPI_NTCOMPAT_H */
