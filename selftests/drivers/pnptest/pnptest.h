/* SPDX-License-Identifier: GPL-2.0 */
/* pnptest.h - a driver that does with PnP requests as it is told, and counts them */
#ifndef PNPTEST_H
#define PNPTEST_H

#include <ntddk.h>

#define IOCTL_PNPTEST_COUNTS		CTL_CODE(0x8000, 0x800, METHOD_BUFFERED, FILE_ANY_ACCESS)
#define IOCTL_PNPTEST_BEHAVE		CTL_CODE(0x8000, 0x801, METHOD_BUFFERED, FILE_ANY_ACCESS)
#define IOCTL_PNPTEST_INVALIDATE	CTL_CODE(0x8000, 0x802, METHOD_BUFFERED, FILE_ANY_ACCESS)
#define IOCTL_PNPTEST_WATCH		CTL_CODE(0x8000, 0x803, METHOD_BUFFERED, FILE_ANY_ACCESS)
#define IOCTL_PNPTEST_UNWATCH		CTL_CODE(0x8000, 0x804, METHOD_BUFFERED, FILE_ANY_ACCESS)
#define IOCTL_PNPTEST_EVENTS		CTL_CODE(0x8000, 0x805, METHOD_BUFFERED, FILE_ANY_ACCESS)
#define IOCTL_PNPTEST_REPORT		CTL_CODE(0x8000, 0x806, METHOD_BUFFERED, FILE_ANY_ACCESS)
#define IOCTL_PNPTEST_REFUSALS		CTL_CODE(0x8000, 0x807, METHOD_BUFFERED, FILE_ANY_ACCESS)

/* How to behave: bits. */
#define VETO_STOP	0x01
#define VETO_REMOVE	0x02
#define FAIL_START	0x04
#define SAY_FAILED	0x08	/* IRP_MN_QUERY_PNP_DEVICE_STATE */
#define SAY_CHANGED	0x10	/* other requirements, once */
#define WATCH_VETO	0x20	/* refuse GUID_TARGET_DEVICE_QUERY_REMOVE */
#define WATCH_KEEP	0x40	/* do not let the file go when that comes */

#define MINORS		0x20

/* What the callbacks were told, and how often. */
typedef struct _PNPTEST_EVENTS {
	ULONG Arrivals, Removals;		/* of edu's interface */
	ULONG QueryRemoves, Cancels, Completes;	/* of the device that is watched */
	ULONG Customs, CustomSize;
	ULONG ChangeCompletes;
	ULONG Wrong;				/* version, size or file object */
} PNPTEST_EVENTS, *PPNPTEST_EVENTS;

typedef struct _PNPTEST_EXTENSION {
	PDEVICE_OBJECT Self, Pdo, Lower;
} PNPTEST_EXTENSION, *PPNPTEST_EXTENSION;

extern ULONG Behaviour;
extern ULONG Counts[MINORS];
extern PNPTEST_EVENTS Events;

NTSTATUS WatchBegin(PDRIVER_OBJECT Driver);
VOID WatchEnd(VOID);
NTSTATUS ReportChange(PDEVICE_OBJECT Pdo, PDRIVER_OBJECT Driver);
NTSTATUS RefusedReports(PDEVICE_OBJECT Pdo, PDRIVER_OBJECT Driver, PULONG Failures);

#endif
