/* SPDX-License-Identifier: GPL-2.0 */
/* PCI configuration space and the bus driver's direct-call interface. */
#ifndef _NT_PCI_H
#define _NT_PCI_H

#include "hal_dma.h"

#define PCI_TYPE0_ADDRESSES	6
#define PCI_TYPE1_ADDRESSES	2
#define PCI_WHICHSPACE_CONFIG	0x0
#define PCI_WHICHSPACE_ROM	0x52696350
#define PCI_ENABLE_IO_SPACE	0x0001
#define PCI_ENABLE_MEMORY_SPACE	0x0002
#define PCI_ENABLE_BUS_MASTER	0x0004
#define PCI_INVALID_VENDORID	0xffff

#define NT_PCI_HEADER						\
	USHORT VendorID;					\
	USHORT DeviceID;					\
	USHORT Command;						\
	USHORT Status;						\
	UCHAR RevisionID;					\
	UCHAR ProgIf;						\
	UCHAR SubClass;						\
	UCHAR BaseClass;					\
	UCHAR CacheLineSize;					\
	UCHAR LatencyTimer;					\
	UCHAR HeaderType;					\
	UCHAR BIST;						\
	union {							\
		struct {					\
			ULONG BaseAddresses[PCI_TYPE0_ADDRESSES]; \
			ULONG CIS;				\
			USHORT SubVendorID;			\
			USHORT SubSystemID;			\
			ULONG ROMBaseAddress;			\
			UCHAR CapabilitiesPtr;			\
			UCHAR Reserved1[3];			\
			ULONG Reserved2;			\
			UCHAR InterruptLine;			\
			UCHAR InterruptPin;			\
			UCHAR MinimumGrant;			\
			UCHAR MaximumLatency;			\
		} type0;					\
		struct {					\
			ULONG BaseAddresses[PCI_TYPE1_ADDRESSES]; \
			UCHAR PrimaryBus;			\
			UCHAR SecondaryBus;			\
			UCHAR SubordinateBus;			\
			UCHAR SecondaryLatency;			\
			UCHAR IOBase;				\
			UCHAR IOLimit;				\
			USHORT SecondaryStatus;			\
			USHORT MemoryBase;			\
			USHORT MemoryLimit;			\
			USHORT PrefetchBase;			\
			USHORT PrefetchLimit;			\
			ULONG PrefetchBaseUpper32;		\
			ULONG PrefetchLimitUpper32;		\
			USHORT IOBaseUpper16;			\
			USHORT IOLimitUpper16;			\
			UCHAR CapabilitiesPtr;			\
			UCHAR Reserved1[3];			\
			ULONG ROMBaseAddress;			\
			UCHAR InterruptLine;			\
			UCHAR InterruptPin;			\
			USHORT BridgeControl;			\
		} type1;					\
	} u;

typedef struct _PCI_COMMON_HEADER {
	NT_PCI_HEADER
} PCI_COMMON_HEADER, *PPCI_COMMON_HEADER;

typedef struct _PCI_COMMON_CONFIG {
	NT_PCI_HEADER
	UCHAR DeviceSpecific[192];
} PCI_COMMON_CONFIG, *PPCI_COMMON_CONFIG;

#define PCI_COMMON_HDR_LENGTH	(FIELD_OFFSET(PCI_COMMON_CONFIG, DeviceSpecific))

typedef struct _PCI_SLOT_NUMBER {
	union {
		struct {
			ULONG DeviceNumber:5;
			ULONG FunctionNumber:3;
			ULONG Reserved:24;
		} bits;
		ULONG AsULONG;
	} u;
} PCI_SLOT_NUMBER, *PPCI_SLOT_NUMBER;

#define PCI_MAX_DEVICES		32
#define PCI_MAX_FUNCTION	8
#define PCI_MULTIFUNCTION	0x80
#define PCI_ADDRESS_IO_SPACE	0x00000001
#define PCI_ADDRESS_MEMORY_ADDRESS_MASK	0xfffffff0
#define PCI_ADDRESS_IO_ADDRESS_MASK	0xfffffffc

typedef VOID (*PINTERFACE_REFERENCE)(PVOID Context);
typedef VOID (*PINTERFACE_DEREFERENCE)(PVOID Context);
typedef BOOLEAN (*PTRANSLATE_BUS_ADDRESS)(PVOID Context, PHYSICAL_ADDRESS BusAddress, ULONG Length,
					  PULONG AddressSpace, PPHYSICAL_ADDRESS TranslatedAddress);
typedef PDMA_ADAPTER (*PGET_DMA_ADAPTER)(PVOID Context, PDEVICE_DESCRIPTION DeviceDescriptor,
					 PULONG NumberOfMapRegisters);
typedef ULONG (*PGET_SET_DEVICE_DATA)(PVOID Context, ULONG DataType, PVOID Buffer, ULONG Offset,
				      ULONG Length);

typedef struct _INTERFACE {
	USHORT Size;
	USHORT Version;
	PVOID Context;
	PINTERFACE_REFERENCE InterfaceReference;
	PINTERFACE_DEREFERENCE InterfaceDereference;
} INTERFACE;

typedef struct _BUS_INTERFACE_STANDARD {
	USHORT Size;
	USHORT Version;
	PVOID Context;
	PINTERFACE_REFERENCE InterfaceReference;
	PINTERFACE_DEREFERENCE InterfaceDereference;
	PTRANSLATE_BUS_ADDRESS TranslateBusAddress;
	PGET_DMA_ADAPTER GetDmaAdapter;
	PGET_SET_DEVICE_DATA SetBusData;
	PGET_SET_DEVICE_DATA GetBusData;
} BUS_INTERFACE_STANDARD, *PBUS_INTERFACE_STANDARD;

#endif /* _NT_PCI_H */
