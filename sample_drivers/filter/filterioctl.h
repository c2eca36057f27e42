/* SPDX-License-Identifier: GPL-2.0 */
/*
 * filterioctl.h - the control code of the filter sample driver
 *
 * Included by the driver (after wdm.h) and by user programs (after winioctl.h,
 * or with CTL_CODE defined below when there is none). The node is FILTER0.
 */
#ifndef FILTERIOCTL_H
#define FILTERIOCTL_H

#ifndef CTL_CODE
#define CTL_CODE(DeviceType, Function, Method, Access) \
	(((DeviceType) << 16) | ((Access) << 14) | ((Function) << 2) | (Method))
#define METHOD_BUFFERED		0
#define FILE_ANY_ACCESS		0
#endif

#define FILE_DEVICE_FILTER	0x8002U

/* Out: FILTER_COUNTS. */
#define IOCTL_FILTER_GET_COUNTS \
	CTL_CODE(FILE_DEVICE_FILTER, 0x800, METHOD_BUFFERED, FILE_ANY_ACCESS)

typedef struct _FILTER_COUNTS {
	unsigned int Attached;		/* 1 while above a device */
	unsigned int Forwarded;		/* requests passed down with a completion routine */
	unsigned int Succeeded;		/* of them, completed with a success status */
	unsigned int Failed;		/* with another status */
	unsigned int Cancelled;		/* of these, with STATUS_CANCELLED */
	unsigned int Pended;		/* of Forwarded, not completed at once */
	unsigned int BytesLow;		/* sum of IoStatus.Information of reads and writes */
	unsigned int Power;		/* power requests passed down */
	unsigned int Pnp;		/* PnP requests passed down */
} FILTER_COUNTS, *PFILTER_COUNTS;

#endif /* FILTERIOCTL_H */
