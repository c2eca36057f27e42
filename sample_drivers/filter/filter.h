/* SPDX-License-Identifier: GPL-2.0 */
/*
 * filter.h - what the parts of the filter sample driver share
 *
 * An upper filter above the edu sample's device. It is a legacy driver: it finds
 * the device by name in its DriverEntry and attaches to the top of its stack.
 */
#ifndef FILTER_H
#define FILTER_H

#include <ntddk.h>
#include "filterioctl.h"

#define FILTER_TAG 'tliF'

/* Both kinds of device object have this at the head of their extension. */
typedef struct _FILTER_EXTENSION {
    BOOLEAN IsControl;
    PDEVICE_OBJECT Self;
    PDEVICE_OBJECT LowerDevice;     /* a filter device's only */
    IO_REMOVE_LOCK RemoveLock;      /* likewise */
} FILTER_EXTENSION, *PFILTER_EXTENSION;

#define FilterExtension(DeviceObject) \
    ((PFILTER_EXTENSION)(DeviceObject)->DeviceExtension)

/* The driver has one filter device; its counts outlive it. */
extern FILTER_COUNTS FilterCounts;

#define FilterCount(Counter) InterlockedIncrement((PLONG)&FilterCounts.Counter)

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD FilterUnload;

/* dispatch.c */
DRIVER_DISPATCH FilterDispatch;
DRIVER_DISPATCH FilterDispatchPnp;
DRIVER_DISPATCH FilterDispatchPower;
NTSTATUS FilterComplete(PIRP Irp, NTSTATUS Status, ULONG_PTR Information);

/* control.c */
NTSTATUS FilterCreateControl(PDRIVER_OBJECT DriverObject);
VOID FilterDeleteControl(VOID);
NTSTATUS FilterDispatchControl(PIRP Irp);

#endif /* FILTER_H */
