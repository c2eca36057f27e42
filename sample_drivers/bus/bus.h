/* SPDX-License-Identifier: GPL-2.0 */
/*
 * bus.h - what programs and the bus's function drivers know of the virtual bus
 */
#ifndef BUS_H
#define BUS_H

/* Of \DosDevices\NTBUS. Each takes a ULONG, the serial number of a device. */
#define IOCTL_BUS_PLUG      CTL_CODE(0x8000, 0x800, METHOD_BUFFERED, FILE_ANY_ACCESS)
#define IOCTL_BUS_UNPLUG    CTL_CODE(0x8000, 0x801, METHOD_BUFFERED, FILE_ANY_ACCESS)
#define IOCTL_BUS_EJECT     CTL_CODE(0x8000, 0x802, METHOD_BUFFERED, FILE_ANY_ACCESS)

#ifdef IRP_MJ_PNP

/*
 * What a function driver asks its PDO for, with IRP_MN_QUERY_INTERFACE: routines of the
 * bus driver to call directly.
 */
typedef ULONG BUS_GET_SERIAL(PVOID Context);
typedef BUS_GET_SERIAL *PBUS_GET_SERIAL;

typedef struct _BUS_DEVICE_INTERFACE {
    USHORT Size;
    USHORT Version;
    PVOID Context;
    PINTERFACE_REFERENCE InterfaceReference;
    PINTERFACE_DEREFERENCE InterfaceDereference;
    PBUS_GET_SERIAL GetSerial;
} BUS_DEVICE_INTERFACE, *PBUS_DEVICE_INTERFACE;

/* {E9B7A3E2-5C1D-4F0B-9A56-0A4A3C1B7D01} */
DEFINE_GUID(GUID_BUS_DEVICE_INTERFACE,
    0xe9b7a3e2, 0x5c1d, 0x4f0b, 0x9a, 0x56, 0x0a, 0x4a, 0x3c, 0x1b, 0x7d, 0x01);

/* {E9B7A3E2-5C1D-4F0B-9A56-0A4A3C1B7D02}, the type of the bus */
DEFINE_GUID(GUID_BUS_TYPE_NTBUS,
    0xe9b7a3e2, 0x5c1d, 0x4f0b, 0x9a, 0x56, 0x0a, 0x4a, 0x3c, 0x1b, 0x7d, 0x02);

#endif

#endif
