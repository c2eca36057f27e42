/* SPDX-License-Identifier: GPL-2.0 */
/*
 * layeredioctl.h - the control codes of the layered sample driver
 *
 * Included by the driver (after wdm.h) and by user programs (after winioctl.h,
 * or with CTL_CODE defined below when there is none). The node is LAYERED0.
 */
#ifndef LAYEREDIOCTL_H
#define LAYEREDIOCTL_H

#ifndef CTL_CODE
#define CTL_CODE(DeviceType, Function, Method, Access) \
	(((DeviceType) << 16) | ((Access) << 14) | ((Function) << 2) | (Method))
#define METHOD_BUFFERED		0
#define METHOD_OUT_DIRECT	2
#define FILE_ANY_ACCESS		0
#define FILE_READ_ACCESS	1
#endif

#define FILE_DEVICE_LAYERED	0x8003U

/* Bytes of the device below; reads and writes see them. */
#define LAYERED_SIZE		4096

/* Larger reads and writes are split into associated IRPs of this size. */
#define LAYERED_PIECE		512

/*
 * Out: up to LAYERED_FILL_MAX bytes: the device's memory, over and over. Each
 * LAYERED_SIZE bytes are a read request to the device below, all sent at once.
 */
#define IOCTL_LAYERED_FILL \
	CTL_CODE(FILE_DEVICE_LAYERED, 0x800, METHOD_OUT_DIRECT, FILE_READ_ACCESS)
#define LAYERED_FILL_MAX	(64 * LAYERED_SIZE)

/* Passed to the device below as they are: its answer is the answer. In: the code. */
#define IOCTL_LAYERED_ASK \
	CTL_CODE(FILE_DEVICE_LAYERED, 0x801, METHOD_BUFFERED, FILE_ANY_ACCESS)

/* Out: LAYERED_COUNTS. */
#define IOCTL_LAYERED_GET_COUNTS \
	CTL_CODE(FILE_DEVICE_LAYERED, 0x802, METHOD_BUFFERED, FILE_ANY_ACCESS)

typedef struct _LAYERED_COUNTS {
	unsigned int Whole;		/* reads and writes passed down as they came */
	unsigned int Split;		/* those that were split */
	unsigned int Associated;	/* into so many associated IRPs */
	unsigned int Filled;		/* IOCTL_LAYERED_FILL requests */
	unsigned int Reads;		/* and the reads they were made into */
} LAYERED_COUNTS, *PLAYERED_COUNTS;

#endif /* LAYEREDIOCTL_H */
