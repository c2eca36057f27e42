/* SPDX-License-Identifier: GPL-2.0 */
/* \Registry\Machine\Hardware\Description: what hardware there is, for NT 4 drivers. */
#ifndef _NT_IO_HARDWARE_H
#define _NT_IO_HARDWARE_H

#include "cm.h"
#include "hal_dma.h"

EXTERN_C_START

typedef enum _CONFIGURATION_TYPE {
	ArcSystem,
	CentralProcessor,
	FloatingPointProcessor,
	PrimaryIcache,
	PrimaryDcache,
	SecondaryIcache,
	SecondaryDcache,
	SecondaryCache,
	EisaAdapter,
	TcAdapter,
	ScsiAdapter,
	DtiAdapter,
	MultiFunctionAdapter,
	DiskController,
	TapeController,
	CdromController,
	WormController,
	SerialController,
	NetworkController,
	DisplayController,
	ParallelController,
	PointerController,
	KeyboardController,
	AudioController,
	OtherController,
	DiskPeripheral,
	FloppyDiskPeripheral,
	TapePeripheral,
	ModemPeripheral,
	MonitorPeripheral,
	PrinterPeripheral,
	PointerPeripheral,
	KeyboardPeripheral,
	TerminalPeripheral,
	OtherPeripheral,
	LinePeripheral,
	NetworkPeripheral,
	SystemMemory,
	DockingInformation,
	RealModeIrqRoutingTable,
	RealModePCIEnumeration,
	MaximumType,
} CONFIGURATION_TYPE, *PCONFIGURATION_TYPE;

/* What the arrays that a callout gets are indexed by. */
typedef enum _IO_QUERY_DEVICE_DATA_FORMAT {
	IoQueryDeviceIdentifier,
	IoQueryDeviceConfigurationData,
	IoQueryDeviceComponentInformation,
	IoQueryDeviceMaxData,
} IO_QUERY_DEVICE_DATA_FORMAT, *PIO_QUERY_DEVICE_DATA_FORMAT;

typedef NTSTATUS (*PIO_QUERY_DEVICE_ROUTINE)(PVOID Context, PUNICODE_STRING PathName,
		INTERFACE_TYPE BusType, ULONG BusNumber, PKEY_VALUE_FULL_INFORMATION *BusInformation,
		CONFIGURATION_TYPE ControllerType, ULONG ControllerNumber,
		PKEY_VALUE_FULL_INFORMATION *ControllerInformation,
		CONFIGURATION_TYPE PeripheralType, ULONG PeripheralNumber,
		PKEY_VALUE_FULL_INFORMATION *PeripheralInformation);

NTSTATUS IoQueryDeviceDescription(PINTERFACE_TYPE BusType, PULONG BusNumber,
				  PCONFIGURATION_TYPE ControllerType, PULONG ControllerNumber,
				  PCONFIGURATION_TYPE PeripheralType, PULONG PeripheralNumber,
				  PIO_QUERY_DEVICE_ROUTINE CalloutRoutine, PVOID Context);

EXTERN_C_END

#endif /* _NT_IO_HARDWARE_H */
