/* SPDX-License-Identifier: GPL-2.0 */
/* powertest - a driver that notes the power IRPs of its device */
#ifndef POWERTEST_H
#define POWERTEST_H

#include <ntddk.h>

#define CODE(number)	((ULONG)CTL_CODE(0x8000, number, METHOD_BUFFERED, FILE_ANY_ACCESS))

#define IOCTL_POWERTEST_VETO	CODE(0x800)	/* how many system queries to refuse */
#define IOCTL_POWERTEST_SEEN	CODE(0x801)	/* POWERTEST_SEEN, which then begins anew */
#define IOCTL_POWERTEST_IDLE	CODE(0x802)	/* seconds for the idle detection */
#define IOCTL_POWERTEST_SET	CODE(0x803)	/* a device state; the request's status */
#define IOCTL_POWERTEST_READ	CODE(0x804)	/* offset; the register, in D0 */
#define IOCTL_POWERTEST_WAKE	CODE(0x805)	/* POWERTEST_WAKE */
#define IOCTL_POWERTEST_SERIAL	CODE(0x806)	/* requests at DISPATCH_LEVEL; how many were in order */
#define IOCTL_POWERTEST_CAPS	CODE(0x807)	/* POWERTEST_CAPS */
#define IOCTL_POWERTEST_STUCK	CODE(0x808)	/* seconds that the next power-down takes */
#define IOCTL_POWERTEST_BUSY	CODE(0x809)	/* 1: PoStartDeviceBusy, 0: PoEndDeviceBusy */
#define IOCTL_POWERTEST_ARM	CODE(0x80a)	/* WAIT_WAKE pending until it ends by itself */

/* All ULONGs, for a shell script that reads them. */
typedef struct _POWERTEST_SEEN {
	ULONG SystemQueries, SystemSets;
	ULONG DeviceQueries, DeviceSets;
	ULONG System, Device;		/* the last states that were set */
	ULONG Action;			/* ShutdownType of the last descent of the system */
	ULONG DeviceAction;		/* the same of the device */
	ULONG Target, Current;		/* of that one's context */
	ULONG WrongLevel;		/* IRPs not at PASSIVE_LEVEL */
	ULONG Overlaps;			/* device IRPs at the same time */
	ULONG Watchdog;			/* PoQueryWatchdogTime's answer meanwhile */
	ULONG Woken;			/* WAIT_WAKEs that ended with success */
} POWERTEST_SEEN, *PPOWERTEST_SEEN;

typedef struct _POWERTEST_WAKE {
	NTSTATUS First;			/* STATUS_PENDING while it waits */
	NTSTATUS Second;		/* one more meanwhile */
	NTSTATUS Cancelled;		/* the first, after that */
	NTSTATUS TooDeep;		/* from a state that it cannot wake from */
} POWERTEST_WAKE, *PPOWERTEST_WAKE;

typedef struct _POWERTEST_CAPS {
	ULONG Sleeping3, DeviceWake, SystemWake, D1, D2, WakeFromD3;
} POWERTEST_CAPS, *PPOWERTEST_CAPS;

typedef struct _EXTENSION {
	PDEVICE_OBJECT Self, Pdo, Lower;
	IO_REMOVE_LOCK Lock;
	UNICODE_STRING Link;
	PUCHAR Registers;
	ULONG Length;
	ULONG Vetoes;
	ULONG StuckSeconds;
	DEVICE_POWER_STATE State;
	LONG Active;			/* device IRPs */
	PULONG Idle;
	POWERTEST_SEEN Seen;
} EXTENSION, *PEXTENSION;

/* power.c */
DRIVER_DISPATCH DispatchPower;
NTSTATUS RequestAndWait(PEXTENSION Extension, UCHAR Minor, POWER_STATE State);

/* ask.c */
NTSTATUS Ask(PEXTENSION Extension, ULONG Code, PULONG Buffer, ULONG InLength, ULONG OutLength,
	     PULONG_PTR Information);

#endif /* POWERTEST_H */
