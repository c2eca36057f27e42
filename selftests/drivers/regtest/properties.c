// SPDX-License-Identifier: GPL-2.0
/* What a device says of itself: "IoGetDeviceProperty" and its younger relatives. */
#include "regtest.h"

static const DEVPROPKEY Ours = {
	{ 0x9b1c2d3e, 0x4f50, 0x6172, { 0x83, 0x94, 0xa5, 0xb6, 0xc7, 0xd8, 0xe9, 0xfa } }, 5 };
static const GUID Class = { 0x5a1c2d3e, 0x4f50, 0x6172,
			    { 0x83, 0x94, 0xa5, 0xb6, 0xc7, 0xd8, 0xe9, 0x01 } };

static BOOLEAN IsProperty(PDEVICE_OBJECT Pdo, DEVICE_REGISTRY_PROPERTY Property, const VOID *Data,
			  ULONG Length)
{
	UCHAR Buffer[512];
	ULONG Seen = 0;

	return IoGetDeviceProperty(Pdo, Property, sizeof(Buffer), Buffer, &Seen) == STATUS_SUCCESS &&
	       Seen == Length && RtlEqualMemory(Buffer, Data, Length);
}

static ULONG NumberOf(PDEVICE_OBJECT Pdo, DEVICE_REGISTRY_PROPERTY Property)
{
	ULONG Number = 0xdeadbeef, Length = 0;

	if (IoGetDeviceProperty(Pdo, Property, sizeof(Number), &Number, &Length) != STATUS_SUCCESS ||
	    Length != sizeof(Number))
		return 0xdeadbeef;
	return Number;
}

#define IS_PROPERTY(Property, Text)	IsProperty(T->Pdo, Property, Text, sizeof(Text))

VOID PropertyTexts(PTEST T)
{
	WCHAR Buffer[64];
	ULONG Length = 0;

	CHECK(IS_PROPERTY(DevicePropertyDeviceDescription, L"Registry test device"));
	CHECK(IS_PROPERTY(DevicePropertyManufacturer, L"Maker of Tests"));
	CHECK(IS_PROPERTY(DevicePropertyClassName, L"RegTest"));
	CHECK(IS_PROPERTY(DevicePropertyClassGuid, L"{0D6C7A3E-8D54-4F1B-9A41-5E2B7C1D9F10}"));
	CHECK(IS_PROPERTY(DevicePropertyDriverKeyName, L"{0D6C7A3E-8D54-4F1B-9A41-5E2B7C1D9F10}\\0000"));
	CHECK(IS_PROPERTY(DevicePropertyEnumeratorName, L"PCI"));
	/* Generated: \Device\NTPNP_PCInnnn on Windows. */
	CHECK_EQ(STATUS_SUCCESS, IoGetDeviceProperty(T->Pdo, DevicePropertyPhysicalDeviceObjectName,
						     sizeof(Buffer), Buffer, &Length));
	CHECK(!wcsncmp(Buffer, L"\\Device\\", 8));
	CHECK_EQ(0, Buffer[Length / sizeof(WCHAR) - 1]);
	CHECK_EQ(STATUS_SUCCESS, IoGetDeviceProperty(T->Pdo, DevicePropertyLocationInformation,
						     sizeof(Buffer), Buffer, &Length));
	CHECK(!wcsncmp(Buffer, L"PCI bus ", 8));
}

/* "Identifiers for PCI Devices": the most specific one first; a REG_MULTI_SZ. */
VOID PropertyIds(PTEST T)
{
	CHECK(IS_PROPERTY(DevicePropertyHardwareID, L"PCI\\VEN_1234&DEV_11E8&SUBSYS_11001AF4&REV_10\0"
			  L"PCI\\VEN_1234&DEV_11E8&SUBSYS_11001AF4\0PCI\\VEN_1234&DEV_11E8&CC_00FF00\0"
			  L"PCI\\VEN_1234&DEV_11E8&CC_00FF\0"));
	CHECK(IS_PROPERTY(DevicePropertyCompatibleIDs, L"PCI\\VEN_1234&DEV_11E8&REV_10\0"
			  L"PCI\\VEN_1234&DEV_11E8\0PCI\\VEN_1234&CC_00FF00\0PCI\\VEN_1234&CC_00FF\0"
			  L"PCI\\VEN_1234\0PCI\\CC_00FF00\0PCI\\CC_00FF\0"));
}

VOID PropertyBus(PTEST T)
{
	static const GUID Pci = { 0xc8ebdfb0, 0xb510, 0x11d0,
				  { 0x80, 0xe5, 0x00, 0xa0, 0xc9, 0x25, 0x42, 0xe3 } };

	CHECK(IsProperty(T->Pdo, DevicePropertyBusTypeGuid, &Pci, sizeof(Pci)));
	CHECK_EQ(PCIBus, NumberOf(T->Pdo, DevicePropertyLegacyBusType));
	CHECK_EQ(0, NumberOf(T->Pdo, DevicePropertyBusNumber));
}

VOID PropertyNumbers(PTEST T)
{
	ULONG Address = NumberOf(T->Pdo, DevicePropertyAddress), Policy;

	/* The device number in the high word, the function in the low; the guest's choice. */
	CHECK(Address >> 16 > 0 && Address >> 16 < 32);
	CHECK_EQ(0, Address & 0xffff);
	CHECK_EQ(InstallStateInstalled, NumberOf(T->Pdo, DevicePropertyInstallState));
	Policy = NumberOf(T->Pdo, DevicePropertyRemovalPolicy);
	CHECK(Policy >= RemovalPolicyExpectNoRemoval && Policy <= RemovalPolicyExpectSurpriseRemoval);
	CHECK(NumberOf(T->Pdo, DevicePropertyUINumber) != 0xdeadbeef);
}

/* Set by an installer, or by nobody. */
VOID PropertyFriendly(PTEST T)
{
	WCHAR Driver[96] = L"\\Registry\\Machine\\System\\CurrentControlSet\\Enum\\PCI\\"
			   L"VEN_1234&DEV_11E8&SUBSYS_11001AF4&REV_10";
	UNICODE_STRING Name = RTL_CONSTANT_STRING(L"FriendlyName");
	union {
		KEY_BASIC_INFORMATION Info;
		UCHAR Room[256];
	} Buffer;
	HANDLE Id = NULL, Key = NULL;
	ULONG Length;

	CHECK_EQ(STATUS_OBJECT_NAME_NOT_FOUND,
		 IoGetDeviceProperty(T->Pdo, DevicePropertyFriendlyName, sizeof(Buffer), &Buffer, &Length));
	CHECK_EQ(STATUS_SUCCESS, OpenBelow(NULL, Driver, &Id));
	CHECK_EQ(STATUS_SUCCESS, ZwEnumerateKey(Id, 0, KeyBasicInformation, &Buffer, sizeof(Buffer) - 2,
						&Length));
	Buffer.Info.Name[Buffer.Info.NameLength / sizeof(WCHAR)] = 0;
	CHECK_EQ(STATUS_SUCCESS, OpenBelow(Id, Buffer.Info.Name, &Key));
	CHECK_EQ(STATUS_SUCCESS, ZwSetValueKey(Key, &Name, 0, REG_SZ, L"My card", 16));
	CHECK(IS_PROPERTY(DevicePropertyFriendlyName, L"My card"));
	CHECK_EQ(STATUS_SUCCESS, ZwDeleteValueKey(Key, &Name));
	ZwClose(Key);
	ZwClose(Id);
}

VOID PropertyRefused(PTEST T)
{
	WCHAR Buffer[64];
	ULONG Length = 99;

	CHECK_EQ(STATUS_BUFFER_TOO_SMALL, IoGetDeviceProperty(T->Pdo, DevicePropertyClassName, 14, Buffer,
							      &Length));
	CHECK_EQ(16, Length);
	CHECK_EQ(STATUS_BUFFER_TOO_SMALL, IoGetDeviceProperty(T->Pdo, DevicePropertyBusNumber, 0, NULL,
							      &Length));
	CHECK_EQ(4, Length);
	CHECK_EQ(STATUS_INVALID_PARAMETER_2, IoGetDeviceProperty(T->Pdo, (DEVICE_REGISTRY_PROPERTY)999,
								 sizeof(Buffer), Buffer, &Length));
	CHECK_EQ(STATUS_INVALID_DEVICE_REQUEST, IoGetDeviceProperty(T->Fdo, DevicePropertyClassName,
								    sizeof(Buffer), Buffer, &Length));
}

VOID PropertyData(PTEST T)
{
	ULONG Value = 0x11223344, Seen = 0, Size = 0;
	DEVPROPTYPE Type = 0;

	CHECK_EQ(STATUS_OBJECT_NAME_NOT_FOUND,
		 IoGetDevicePropertyData(T->Pdo, &Ours, 0, 0, sizeof(Seen), &Seen, &Size, &Type));
	CHECK_EQ(STATUS_SUCCESS, IoSetDevicePropertyData(T->Pdo, &Ours, 0, PLUGPLAY_PROPERTY_PERSISTENT,
							 DEVPROP_TYPE_UINT32, sizeof(Value), &Value));
	CHECK_EQ(STATUS_BUFFER_TOO_SMALL,
		 IoGetDevicePropertyData(T->Pdo, &Ours, 0, 0, 0, NULL, &Size, &Type));
	CHECK_EQ(4, Size);
	CHECK_EQ(STATUS_SUCCESS,
		 IoGetDevicePropertyData(T->Pdo, &Ours, 0, 0, sizeof(Seen), &Seen, &Size, &Type));
	CHECK_EQ(Value, Seen);
	CHECK_EQ(DEVPROP_TYPE_UINT32, Type);
	/* Since Windows 8 LOCALE_NEUTRAL is a locale like any other. */
	CHECK_EQ(STATUS_OBJECT_NAME_NOT_FOUND,
		 IoGetDevicePropertyData(T->Pdo, &Ours, 0x409, 0, sizeof(Seen), &Seen, &Size, &Type));
	/* NULL deletes it. */
	CHECK_EQ(STATUS_SUCCESS, IoSetDevicePropertyData(T->Pdo, &Ours, 0, 0, DEVPROP_TYPE_UINT32, 0, NULL));
	CHECK_EQ(STATUS_OBJECT_NAME_NOT_FOUND,
		 IoGetDevicePropertyData(T->Pdo, &Ours, 0, 0, sizeof(Seen), &Seen, &Size, &Type));
	CHECK_EQ(STATUS_INVALID_DEVICE_REQUEST,
		 IoSetDevicePropertyData(T->Fdo, &Ours, 0, 0, DEVPROP_TYPE_UINT32, 4, &Value));
	CHECK_EQ(STATUS_INVALID_DEVICE_REQUEST,
		 IoGetDevicePropertyData(T->Fdo, &Ours, 0, 0, sizeof(Seen), &Seen, &Size, &Type));
}

/* DEVPKEY_Device_DeviceDesc and the like are the same as the old properties. */
VOID PropertyDataKnown(PTEST T)
{
	DEVPROPKEY Key = { { 0xa45c254e, 0xdf1c, 0x4efd,
			     { 0x80, 0x20, 0x67, 0xd1, 0x46, 0xa8, 0x50, 0xe0 } }, 2 };
	WCHAR Buffer[256];
	DEVPROPTYPE Type = 0;
	ULONG Size = 0;

	CHECK_EQ(STATUS_SUCCESS, IoGetDevicePropertyData(T->Pdo, &Key, 0, 0, sizeof(Buffer), Buffer, &Size,
							 &Type));
	CHECK_EQ(DEVPROP_TYPE_STRING, Type);
	CHECK(!wcscmp(Buffer, L"Registry test device"));
	Key.pid = 3;
	CHECK_EQ(STATUS_SUCCESS, IoGetDevicePropertyData(T->Pdo, &Key, 0, 0, sizeof(Buffer), Buffer, &Size,
							 &Type));
	CHECK_EQ(DEVPROP_TYPE_STRING_LIST, Type);
	Key.pid = 998;
	CHECK_EQ(STATUS_OBJECT_NAME_NOT_FOUND,
		 IoGetDevicePropertyData(T->Pdo, &Key, 0, 0, sizeof(Buffer), Buffer, &Size, &Type));
}

VOID InterfaceKey(PTEST T)
{
	UNICODE_STRING Name = { 0 }, Value = RTL_CONSTANT_STRING(L"Resolution");
	UNICODE_STRING None = RTL_CONSTANT_STRING(L"\\??\\PCI#none#{5a1c2d3e-4f50-6172-8394-a5b6c7d8e901}");
	UNICODE_STRING Reference = RTL_CONSTANT_STRING(L"Left");
	HANDLE Key = NULL, Again = NULL;
	NTSTATUS Status;
	ULONG Number = 640;

	Status = IoRegisterDeviceInterface(T->Pdo, &Class, &Reference, &Name);
	CHECK(NT_SUCCESS(Status));
	if (!NT_SUCCESS(Status))
		return;
	CHECK_EQ(STATUS_SUCCESS, IoOpenDeviceInterfaceRegistryKey(&Name, KEY_ALL_ACCESS, &Key));
	CHECK_EQ(STATUS_SUCCESS, ZwSetValueKey(Key, &Value, 0, REG_DWORD, &Number, sizeof(Number)));
	CHECK_EQ(STATUS_SUCCESS, IoOpenDeviceInterfaceRegistryKey(&Name, KEY_READ, &Again));
	CHECK(IsNumber(Again, L"Resolution", 640));
	CHECK_EQ(STATUS_SUCCESS, ZwDeleteValueKey(Key, &Value));
	ZwClose(Again);
	ZwClose(Key);
	CHECK_EQ(STATUS_OBJECT_NAME_NOT_FOUND, IoOpenDeviceInterfaceRegistryKey(&None, KEY_READ, &Key));
	RtlFreeUnicodeString(&Name);
}

/* Younger than what mingw-w64 knows of the kernel. */
VOID InterfaceData(PTEST T)
{
#ifdef __MINGW32__
	UNREFERENCED_PARAMETER(T);
#else
	UNICODE_STRING Name = { 0 }, None = RTL_CONSTANT_STRING(L"\\??\\none");
	ULONG Value = 77, Seen = 0, Size = 0;
	DEVPROPTYPE Type = 0;
	NTSTATUS Status;

	Status = IoRegisterDeviceInterface(T->Pdo, &Class, NULL, &Name);
	CHECK(NT_SUCCESS(Status));
	if (!NT_SUCCESS(Status))
		return;
	CHECK_EQ(STATUS_SUCCESS, IoSetDeviceInterfacePropertyData(&Name, &Ours, 0, 0, DEVPROP_TYPE_UINT32,
								  sizeof(Value), &Value));
	CHECK_EQ(STATUS_SUCCESS, IoGetDeviceInterfacePropertyData(&Name, &Ours, 0, 0, sizeof(Seen), &Seen,
								  &Size, &Type));
	CHECK_EQ(77, Seen);
	CHECK_EQ(STATUS_SUCCESS, IoSetDeviceInterfacePropertyData(&Name, &Ours, 0, 0, DEVPROP_TYPE_UINT32,
								  0, NULL));
	CHECK_EQ(STATUS_OBJECT_NAME_NOT_FOUND,
		 IoGetDeviceInterfacePropertyData(&Name, &Ours, 0, 0, sizeof(Seen), &Seen, &Size, &Type));
	CHECK_EQ(STATUS_OBJECT_NAME_NOT_FOUND,
		 IoSetDeviceInterfacePropertyData(&None, &Ours, 0, 0, DEVPROP_TYPE_UINT32, 4, &Value));
	RtlFreeUnicodeString(&Name);
#endif
}
