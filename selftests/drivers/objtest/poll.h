/* SPDX-License-Identifier: GPL-2.0 */
/* The device OBJPOLL. Windows has nothing like it: there, nobody hears what it says. */
#ifndef POLL_H
#define POLL_H

#include <ntddk.h>
#ifdef NTCOMPAT
#include <ntcompat.h>
#else
#define NTC_READABLE	1
#define NTC_WRITABLE	2
#define NtcSetReadiness(Object, Readiness)	((void)(Object), (void)(Readiness))
#endif

NTSTATUS PollCreateDevice(PDRIVER_OBJECT DriverObject);
VOID PollDeleteDevice(VOID);

/* How many bytes a read or write may move, and moved. */
ULONG_PTR PollTransfer(PDEVICE_OBJECT DeviceObject, PIO_STACK_LOCATION Location);

#endif /* POLL_H */
