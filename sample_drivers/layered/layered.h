/* SPDX-License-Identifier: GPL-2.0 */
/*
 * layered.h - what the parts of the layered sample driver share
 *
 * An intermediate driver with a device of its own above the edu sample's: not a
 * filter, as it attaches to nothing, but sends requests that it makes itself.
 */
#ifndef LAYERED_H
#define LAYERED_H

#include <ntddk.h>
#include "layeredioctl.h"

#define LAYERED_TAG 'eyaL'

typedef struct _LAYERED_EXTENSION {
    PDEVICE_OBJECT LowerDevice;
    PFILE_OBJECT LowerFile;         /* keeps LowerDevice and its driver */
    LAYERED_COUNTS Counts;
} LAYERED_EXTENSION, *PLAYERED_EXTENSION;

#define LayeredExtension(DeviceObject) \
    ((PLAYERED_EXTENSION)(DeviceObject)->DeviceExtension)

#define LayeredCount(Extension, Counter) \
    InterlockedIncrement((PLONG)&(Extension)->Counts.Counter)

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD LayeredUnload;
NTSTATUS LayeredComplete(PIRP Irp, NTSTATUS Status, ULONG_PTR Information);

/* split.c */
DRIVER_DISPATCH LayeredDispatchReadWrite;

/* control.c */
DRIVER_DISPATCH LayeredDispatchDeviceControl;

/* fill.c */
NTSTATUS LayeredFill(PLAYERED_EXTENSION Extension, PIRP Irp);

#endif /* LAYERED_H */
