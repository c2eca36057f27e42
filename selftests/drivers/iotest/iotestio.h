/* SPDX-License-Identifier: GPL-2.0 */
/* iotestio.h - control codes of the iotest driver, for the driver and its programs */
#ifndef IOTESTIO_H
#define IOTESTIO_H

#define IOTEST_CODE(n)	CTL_CODE(0x8001U, n, METHOD_BUFFERED, FILE_ANY_ACCESS)

/* Gets an IOTEST_RECORD. */
#define IOCTL_IOTEST_RECORD		IOTEST_CODE(0x910)

/* Gets a kind: makes such an IRP, sends it to the device itself, where it pends, and returns. */
#define IOCTL_IOTEST_BUILD		IOTEST_CODE(0x920)
/* Gets an IOTEST_BUILT. */
#define IOCTL_IOTEST_BUILT		IOTEST_CODE(0x921)
/* Ends it with STATUS_SUCCESS. */
#define IOCTL_IOTEST_END		IOTEST_CODE(0x922)

#define IOTEST_CONTROL		0	/* IoBuildDeviceIoControlRequest */
#define IOTEST_READ		1	/* IoBuildSynchronousFsdRequest */
#define IOTEST_ASYNC		2	/* IoBuildAsynchronousFsdRequest */
#define IOTEST_STUBBORN		0x100	/* without a Cancel routine */

/* The last IRP_MJ_QUERY_INFORMATION or IRP_MJ_SET_INFORMATION, and how many came. */
typedef struct _IOTEST_RECORD {
	unsigned int Calls;
	unsigned int Major;
	unsigned int Class;
	unsigned int Length;
	unsigned int IrpFlags;
	unsigned int RightFile;
	unsigned int Flushes;
	unsigned int Attributes;
	long long EndOfFile;
	long long Position;
} IOTEST_RECORD;

typedef struct _IOTEST_BUILT {
	unsigned int Pending;
	unsigned int Ended;
	unsigned int Status;
	unsigned int Cancels;
	unsigned int CancelLevel;	/* Irp->CancelIrql */
	unsigned int CancelSeen;	/* Irp->Cancel of one that pends */
} IOTEST_BUILT;

#endif /* IOTESTIO_H */
