// SPDX-License-Identifier: GPL-2.0
/* Buses and ports as NT 4 drivers see them; the debugger's routines. */
#include "conform.h"

#ifdef NO_LEGACY_DRIVERS
/* The WDK hides these from drivers for 64 bits. */
NTHALAPI ULONG NTAPI HalGetBusData(BUS_DATA_TYPE BusDataType, ULONG BusNumber, ULONG SlotNumber,
				   PVOID Buffer, ULONG Length);
NTHALAPI ULONG NTAPI HalSetBusData(BUS_DATA_TYPE BusDataType, ULONG BusNumber, ULONG SlotNumber,
				   PVOID Buffer, ULONG Length);
NTHALAPI ULONG NTAPI HalGetInterruptVector(INTERFACE_TYPE InterfaceType, ULONG BusNumber,
					   ULONG BusInterruptLevel, ULONG BusInterruptVector,
					   PKIRQL Irql, PKAFFINITY Affinity);
NTHALAPI NTSTATUS NTAPI HalAssignSlotResources(PUNICODE_STRING RegistryPath,
					       PUNICODE_STRING DriverClassName,
					       PDRIVER_OBJECT DriverObject,
					       PDEVICE_OBJECT DeviceObject, INTERFACE_TYPE BusType,
					       ULONG BusNumber, ULONG SlotNumber,
					       PCM_RESOURCE_LIST *AllocatedResources);
#endif

/* Port 0x70 chooses a byte of the clock's memory, 0x71 is that byte. */
#define CMOS_INDEX	((PUCHAR)0x70)
#define CMOS_DATA	((PUCHAR)0x71)
#define CMOS_STATUS_D	0x0d
#define CMOS_VALID	0x80

/* "READ_PORT_UCHAR", "WRITE_PORT_UCHAR": the clock says that its memory is valid. */
VOID PortBytes(PCONFORM_TEST_CONTEXT T)
{
	UCHAR Value, Run[3];

	WRITE_PORT_UCHAR(CMOS_INDEX, CMOS_STATUS_D);
	Value = READ_PORT_UCHAR(CMOS_DATA);
	CHECK_EQ(CMOS_VALID, Value & CMOS_VALID);
	/* "READ_PORT_BUFFER_UCHAR": the same port again and again. */
	WRITE_PORT_UCHAR(CMOS_INDEX, CMOS_STATUS_D);
	READ_PORT_BUFFER_UCHAR(CMOS_DATA, Run, 3);
	CHECK_EQ(Value, Run[0]);
	Run[0] = Run[1] = CMOS_STATUS_D;
	WRITE_PORT_BUFFER_UCHAR(CMOS_INDEX, Run, 2);
	CHECK_EQ(Value, READ_PORT_UCHAR(CMOS_DATA));
}

/* PCI configuration mechanism 1: an address at 0xcf8, and its data at 0xcfc. */
VOID PortWords(PCONFORM_TEST_CONTEXT T)
{
	PULONG Address = (PULONG)(ULONG_PTR)0xcf8;
	ULONG_PTR Data = 0xcfc;
	PCI_COMMON_CONFIG Config;
	ULONG Long[2], Save = READ_PORT_ULONG(Address), Zero = 0x80000000;
	USHORT Word[2];

	RtlZeroMemory(&Config, sizeof(Config));
	HalGetBusData(PCIConfiguration, 0, 0, &Config, PCI_COMMON_HDR_LENGTH);
	WRITE_PORT_ULONG(Address, 0x80000000);
	CHECK_EQ(0x80000000, READ_PORT_ULONG(Address));
	CHECK_EQ(Config.VendorID, READ_PORT_USHORT((PUSHORT)Data));
	CHECK_EQ(Config.DeviceID, READ_PORT_USHORT((PUSHORT)(Data + 2)));
	CHECK_EQ((ULONG)Config.DeviceID << 16 | Config.VendorID, READ_PORT_ULONG((PULONG)Data));
	READ_PORT_BUFFER_USHORT((PUSHORT)Data, Word, 2);
	CHECK_EQ(Config.VendorID, Word[1]);
	READ_PORT_BUFFER_ULONG((PULONG)Data, Long, 2);
	CHECK_EQ(Long[0], Long[1]);
	WRITE_PORT_BUFFER_ULONG(Address, &Zero, 1);
	CHECK_EQ(0x80000000, READ_PORT_ULONG(Address));
	/* The vendor is read-only: these go to their register and change nothing. */
	WRITE_PORT_USHORT((PUSHORT)Data, Config.VendorID);
	WRITE_PORT_BUFFER_USHORT((PUSHORT)Data, Word, 1);
	CHECK_EQ(Config.VendorID, READ_PORT_USHORT((PUSHORT)Data));
	WRITE_PORT_ULONG(Address, Save);
}

/* "READ_REGISTER_BUFFER_ULONG" and its like: one register after the other. */
VOID RegisterRuns(PCONFORM_TEST_CONTEXT T)
{
	static ULONG Longs[4] = { 1, 2, 3, 4 };
	static USHORT Words[4] = { 5, 6, 7, 8 };
	static UCHAR Bytes[4] = { 9, 10, 11, 12 };
	ULONG Long[4];
	USHORT Word[4];
	UCHAR Byte[4];

	READ_REGISTER_BUFFER_ULONG(Longs, Long, 4);
	CHECK(RtlEqualMemory(Longs, Long, sizeof(Long)));
	READ_REGISTER_BUFFER_USHORT(Words, Word, 4);
	CHECK(RtlEqualMemory(Words, Word, sizeof(Word)));
	READ_REGISTER_BUFFER_UCHAR(Bytes, Byte, 4);
	CHECK(RtlEqualMemory(Bytes, Byte, sizeof(Byte)));
	Long[0] = 100;
	Word[3] = 101;
	Byte[1] = 102;
	WRITE_REGISTER_BUFFER_ULONG(Longs, Long, 4);
	WRITE_REGISTER_BUFFER_USHORT(Words, Word, 4);
	WRITE_REGISTER_BUFFER_UCHAR(Bytes, Byte, 4);
	CHECK_EQ(100, READ_REGISTER_ULONG(Longs));
	CHECK_EQ(101, READ_REGISTER_USHORT(Words + 3));
	CHECK_EQ(102, READ_REGISTER_UCHAR(Bytes + 1));
}

/* "HalGetBusData": 0 for no such bus, 2 for an empty slot. */
VOID BusData(PCONFORM_TEST_CONTEXT T)
{
	PCI_COMMON_CONFIG Config;
	USHORT Vendor = 0;
	ULONG Device, Empty = 0, Found = 0;
	PCI_SLOT_NUMBER Slot;

	CHECK_EQ(4, sizeof(PCI_SLOT_NUMBER));
	for (Device = 0; Device < PCI_MAX_DEVICES; Device++) {
		ULONG Bytes;

		Slot.u.AsULONG = 0;
		Slot.u.bits.DeviceNumber = Device;
		Bytes = HalGetBusData(PCIConfiguration, 0, Slot.u.AsULONG, &Config,
				      PCI_COMMON_HDR_LENGTH);
		if (Bytes == 2 && Config.VendorID == PCI_INVALID_VENDORID)
			Empty++;
		else if (Bytes == PCI_COMMON_HDR_LENGTH && Config.VendorID != PCI_INVALID_VENDORID)
			Found++;
	}
	CHECK(Found > 0);
	CHECK_EQ(PCI_MAX_DEVICES, Found + Empty);
	CHECK_EQ(2, HalGetBusDataByOffset(PCIConfiguration, 0, 0, &Vendor, 0, 2));
	CHECK(Vendor != 0 && Vendor != PCI_INVALID_VENDORID);
	CHECK_EQ(0, HalGetBusData(PCIConfiguration, 0xfe, 0, &Config, sizeof(Config)));
	CHECK_EQ(0, HalGetBusData(PCIConfiguration, 0x12345, 0, &Config, sizeof(Config)));
	CHECK_EQ(0, HalGetBusData(MaximumBusDataType, 0, 0, &Config, sizeof(Config)));
	CHECK_EQ(0, HalSetBusDataByOffset(PCIConfiguration, 0xfe, 0, &Vendor, 0, 2));
	CHECK_EQ(0, HalSetBusData(MaximumBusDataType, 0, 0, &Vendor, 2));
}

/* "HalTranslateBusAddress". */
VOID BusAddress(PCONFORM_TEST_CONTEXT T)
{
	PHYSICAL_ADDRESS Address, Translated;
	ULONG Space = 1;

	Address.QuadPart = 0x3f8;
	CHECK(HalTranslateBusAddress(Isa, 0, Address, &Space, &Translated));
	CHECK_EQ(0x3f8, Translated.QuadPart);
	CHECK_EQ(1, Space);
	Space = 0;
	Address.QuadPart = 0xfe000000;
	CHECK(HalTranslateBusAddress(PCIBus, 0, Address, &Space, &Translated));
	CHECK_EQ(0xfe000000, Translated.QuadPart);
	CHECK(!HalTranslateBusAddress(PCIBus, 0xfe, Address, &Space, &Translated));
	CHECK(!HalTranslateBusAddress(VMEBus, 0, Address, &Space, &Translated));
}

/* "IoReportResourceUsage": what is taken conflicts; without lists it is given back. */
VOID ReportResources(PCONFORM_TEST_CONTEXT T)
{
	CM_RESOURCE_LIST List;
	PCM_PARTIAL_RESOURCE_DESCRIPTOR Port = &List.List[0].PartialResourceList.PartialDescriptors[0];
	BOOLEAN Conflict = TRUE;
	ULONG i;

	RtlZeroMemory(&List, sizeof(List));
	List.Count = 1;
	List.List[0].InterfaceType = Isa;
	List.List[0].PartialResourceList.Count = 1;
	Port->Type = CmResourceTypePort;
	Port->Flags = CM_RESOURCE_PORT_IO;
	Port->u.Port.Start.QuadPart = 0x320;
	Port->u.Port.Length = 8;
	for (i = 0; i < 2; i++) {
		CHECK_EQ(STATUS_SUCCESS, IoReportResourceUsage(NULL, T->Driver, NULL, 0,
			T->Driver->DeviceObject, &List, sizeof(List), FALSE, &Conflict));
		CHECK(!Conflict);
		CHECK_EQ(STATUS_CONFLICTING_ADDRESSES, IoReportResourceForDetection(T->Driver, &List,
			sizeof(List), NULL, NULL, 0, &Conflict));
		CHECK(Conflict);
		CHECK_EQ(STATUS_SUCCESS, IoReportResourceUsage(NULL, T->Driver, &List, sizeof(List),
			NULL, NULL, 0, TRUE, &Conflict));
		CHECK(Conflict);
		CHECK_EQ(STATUS_SUCCESS, IoReportResourceUsage(NULL, T->Driver, NULL, 0,
			T->Driver->DeviceObject, NULL, 0, FALSE, &Conflict));
		CHECK(!Conflict);
	}
}

/* "IoAssignResources", "HalAssignSlotResources": an empty slot; nothing to give back. */
VOID AssignResources(PCONFORM_TEST_CONTEXT T)
{
	PCM_RESOURCE_LIST List = NULL;

	CHECK_EQ(STATUS_NO_SUCH_DEVICE, HalAssignSlotResources(NULL, NULL, T->Driver, NULL, PCIBus,
							       0xfe, 0, &List));
	CHECK(List == NULL);
	CHECK_EQ(STATUS_SUCCESS, IoAssignResources(NULL, NULL, T->Driver, NULL, NULL, NULL));
	/* The host bridge's function has no legacy interrupt line of ours: ISA's are known. */
	{
		KAFFINITY Affinity = 0;
		KIRQL Irql = 0;

		CHECK_EQ(4, HalGetInterruptVector(Isa, 0, 4, 4, &Irql, &Affinity));
		CHECK(Irql > DISPATCH_LEVEL);
		CHECK(Affinity != 0);
		CHECK_EQ(0, HalGetInterruptVector(PCIBus, 0xfe, 11, 11, &Irql, &Affinity));
	}
}

/* "KdDisableDebugger" and its like: there is none. "HalDisplayString". */
VOID NoDebugger(PCONFORM_TEST_CONTEXT T)
{
	CHECK(!NT_SUCCESS(KdDisableDebugger()));
	CHECK(!NT_SUCCESS(KdEnableDebugger()));
	CHECK(!NT_SUCCESS(KdChangeOption(KD_OPTION_SET_BLOCK_ENABLE, 0, NULL, 0, NULL, NULL)));
#ifndef __MINGW32__
	CHECK(*KdComPortInUse == NULL);
	HalDisplayString((PUCHAR)"conform: HalDisplayString\n");
#endif
}
