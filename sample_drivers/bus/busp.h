/* SPDX-License-Identifier: GPL-2.0 */
/*
 * busp.h - the bus driver's own
 *
 * The driver has two kinds of device objects: one that drives the bus (the FDO, on top
 * of a root-enumerated device), and one for each device on the bus (a PDO, at the bottom
 * of that device's stack). Both have an extension that begins alike.
 *
 * Who may delete a PDO ("Removing a Device in a Bus Driver"): while its device is
 * plugged in it stays, whatever happens to the drivers above. Once it is unplugged, and
 * the PnP manager has been told so, IRP_MN_REMOVE_DEVICE deletes it; and if it was never
 * told of it, the unplugging does.
 */
#ifndef BUSP_H
#define BUSP_H

#include <ntddk.h>
#include "bus.h"

#define BUS_TAG 'suBN'
#define BUS_LINK_NAME L"\\DosDevices\\NTBUS"

typedef struct _BUS_COMMON {
    BOOLEAN IsFdo;
    PDEVICE_OBJECT Self;
} BUS_COMMON, *PBUS_COMMON;

typedef struct _BUS_FDO {
    BUS_COMMON Common;
    PDEVICE_OBJECT Pdo;             /* that we were added to */
    PDEVICE_OBJECT Lower;
    IO_REMOVE_LOCK RemoveLock;
    BOOLEAN LinkCreated;
    KEVENT Lock;                    /* set while free; guards the list, PASSIVE_LEVEL */
    LIST_ENTRY Devices;
} BUS_FDO, *PBUS_FDO;

typedef struct _BUS_PDO {
    BUS_COMMON Common;
    PBUS_FDO Bus;
    LIST_ENTRY Link;
    ULONG Serial;
    BOOLEAN Present;                /* plugged in */
    BOOLEAN Reported;               /* the PnP manager has been told of it */
    BOOLEAN Known;                  /* and has a devnode for it: it has asked the PDO */
    LONG InterfaceReferences;
} BUS_PDO, *PBUS_PDO;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD BusUnload;
DRIVER_ADD_DEVICE BusAddDevice;
DRIVER_DISPATCH BusDispatchCreateClose;
DRIVER_DISPATCH BusDispatchDeviceControl;
DRIVER_DISPATCH BusDispatchPnp;
DRIVER_DISPATCH BusDispatchPower;
DRIVER_DISPATCH BusDispatchSystemControl;

NTSTATUS BusComplete(PIRP Irp, NTSTATUS Status, ULONG_PTR Information);

VOID BusLock(PBUS_FDO Fdo);
VOID BusUnlock(PBUS_FDO Fdo);

NTSTATUS BusFdoPnp(PBUS_FDO Fdo, PIRP Irp);
NTSTATUS BusPdoPnp(PBUS_PDO Pdo, PIRP Irp);

NTSTATUS BusPlug(PBUS_FDO Fdo, ULONG Serial);
NTSTATUS BusUnplug(PBUS_FDO Fdo, ULONG Serial);
NTSTATUS BusEject(PBUS_FDO Fdo, ULONG Serial);
VOID BusDeletePdo(PBUS_PDO Pdo);

#endif
