/* SPDX-License-Identifier: GPL-2.0 */
/*
 * ntcompat.h - what a driver can say to ntcompat and not to Windows
 *
 * Drivers that never include it lose nothing. One that shall also be built for
 * Windows includes it under #ifdef NTCOMPAT.
 *
 * Readiness. Windows has no poll(2), so a driver has no way to tell when a read
 * or write would not wait. By default a node counts as always ready: poll(2) and
 * select(2) say so at once, epoll_ctl(2) fails with EPERM, both as with a regular
 * file. A driver that calls NtcSetReadiness() for a device object, or for a file
 * object in its Create routine, makes files that are opened from then on pollable:
 *
 *	poll, select, epoll	wait for what it said last, about the file if it ever
 *				did, else about the device
 *	read(2) and write(2)	of a descriptor with O_NONBLOCK fail with EAGAIN
 *				while it says no
 *	io_uring		sends a read or write when it says yes, in the context
 *				of the thread that called io_uring; else a worker does
 *	removal of the device	is EPOLLHUP | EPOLLERR
 *
 * It is a hint: a driver gets requests when it said no, too, and pends them.
 */
#ifndef _NTCOMPAT_H_
#define _NTCOMPAT_H_

#include "wdm.h"

#define NTC_READABLE	0x1	/* a read would not wait */
#define NTC_WRITABLE	0x2	/* a write would not wait */

EXTERN_C_START

VOID NtcSetReadiness(PVOID FileOrDeviceObject, ULONG Readiness);

EXTERN_C_END

#endif /* _NTCOMPAT_H_ */
