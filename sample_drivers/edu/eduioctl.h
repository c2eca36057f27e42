/* SPDX-License-Identifier: GPL-2.0 */
/*
 * eduioctl.h - the control codes of the edu sample driver
 *
 * Included by the driver (after wdm.h) and by user programs (after winioctl.h,
 * or with CTL_CODE defined below when there is none).
 */
#ifndef EDUIOCTL_H
#define EDUIOCTL_H

#ifndef CTL_CODE
#define CTL_CODE(DeviceType, Function, Method, Access) \
	(((DeviceType) << 16) | ((Access) << 14) | ((Function) << 2) | (Method))
#define METHOD_BUFFERED		0
#define METHOD_IN_DIRECT	1
#define METHOD_OUT_DIRECT	2
#define METHOD_NEITHER		3
#define FILE_ANY_ACCESS		0
#define FILE_READ_ACCESS	1
#define FILE_WRITE_ACCESS	2
#endif

#define FILE_DEVICE_EDU		0x8000U

/*
 * By which interface class a program finds the device. As with all GUIDs, one
 * source file of each program includes <initguid.h> first.
 */
#ifdef DEFINE_GUID
DEFINE_GUID(GUID_DEVINTERFACE_EDU,
	    0x6bc01f5f, 0x97a0, 0x4e3c, 0x8f, 0x1d, 0x52, 0x0e, 0x9a, 0xd3, 0x41, 0x7b);
#endif

/* Bytes of the device's own memory that DMA reaches; read and write see it. */
#define EDU_BUFFER_SIZE		4096

/* Out: ULONG, the identification register (0x010000ed on QEMU). */
#define IOCTL_EDU_GET_ID \
	CTL_CODE(FILE_DEVICE_EDU, 0x800, METHOD_BUFFERED, FILE_ANY_ACCESS)

/* In and out: ULONG. The device answers with the complement of the input. */
#define IOCTL_EDU_LIVENESS \
	CTL_CODE(FILE_DEVICE_EDU, 0x801, METHOD_BUFFERED, FILE_ANY_ACCESS)

/* In and out: ULONG. n! modulo 2^32, computed by the device, told by interrupt. */
#define IOCTL_EDU_FACTORIAL \
	CTL_CODE(FILE_DEVICE_EDU, 0x802, METHOD_BUFFERED, FILE_ANY_ACCESS)

/*
 * The whole device buffer in one DMA transfer. The "in" and "out" of the
 * method names are seen from the caller: WRITE sends the second buffer of the
 * request to the device (METHOD_IN_DIRECT), READ fills it (METHOD_OUT_DIRECT).
 * The length is 1 to EDU_BUFFER_SIZE bytes.
 */
#define IOCTL_EDU_DMA_WRITE \
	CTL_CODE(FILE_DEVICE_EDU, 0x803, METHOD_IN_DIRECT, FILE_WRITE_ACCESS)
#define IOCTL_EDU_DMA_READ \
	CTL_CODE(FILE_DEVICE_EDU, 0x804, METHOD_OUT_DIRECT, FILE_READ_ACCESS)

/*
 * Pends until somebody sends IOCTL_EDU_RAISE (or the caller gives up, which
 * runs the driver's Cancel routine). Out: ULONG, the value that was raised.
 */
#define IOCTL_EDU_WAIT \
	CTL_CODE(FILE_DEVICE_EDU, 0x805, METHOD_BUFFERED, FILE_ANY_ACCESS)

/* In: ULONG, non-zero: written to the device's interrupt raise register. */
#define IOCTL_EDU_RAISE \
	CTL_CODE(FILE_DEVICE_EDU, 0x806, METHOD_BUFFERED, FILE_ANY_ACCESS)

/* Does nothing at all; in and out buffers may be anything. For measurements. */
#define IOCTL_EDU_NOP \
	CTL_CODE(FILE_DEVICE_EDU, 0x807, METHOD_BUFFERED, FILE_ANY_ACCESS)

/* Out: EDU_STATISTICS. */
#define IOCTL_EDU_GET_STATISTICS \
	CTL_CODE(FILE_DEVICE_EDU, 0x808, METHOD_BUFFERED, FILE_ANY_ACCESS)

/*
 * Occupies the device like a request whose completion interrupt got lost: only
 * the watchdog (STATUS_IO_TIMEOUT after one to two seconds) or a cancel ends it.
 */
#define IOCTL_EDU_HANG \
	CTL_CODE(FILE_DEVICE_EDU, 0x809, METHOD_BUFFERED, FILE_ANY_ACCESS)

typedef struct _EDU_STATISTICS {
	unsigned int Interrupts;	/* ISR calls that found this device raised */
	unsigned int NotOurs;		/* ISR calls on a shared line for another device */
	unsigned int Dpcs;		/* DpcForIsr calls */
	unsigned int Started;		/* StartIo calls */
	unsigned int Completed;		/* requests completed by the device */
	unsigned int Cancelled;		/* requests ended by a Cancel routine */
	unsigned int TimedOut;		/* requests failed by the watchdog */
	unsigned int TimerTicks;	/* IoTimer calls */
	unsigned int Waiting;		/* IOCTL_EDU_WAIT requests pending now */
} EDU_STATISTICS, *PEDU_STATISTICS;

#endif /* EDUIOCTL_H */
