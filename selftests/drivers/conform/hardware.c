// SPDX-License-Identifier: GPL-2.0
/* The description of the hardware in the registry, and IoQueryDeviceDescription. */
#include "conform.h"

#define SYSTEM_KEY	L"\\Registry\\Machine\\Hardware\\Description\\System"

typedef struct _FOUND {
	ULONG Calls;
	NTSTATUS Answer;
	INTERFACE_TYPE BusType;
	ULONG Bus, Controller, Peripheral;
	CONFIGURATION_TYPE ControllerType, PeripheralType;
	BOOLEAN HasController, HasPeripheral;
	ULONG PathUnits;
	WCHAR Path[128];
	WCHAR BusName[16], Name[16];
	ULONG ConfigurationType, ConfigurationBus;
} FOUND, *PFOUND;

static VOID CopyText(PWSTR To, ULONG Units, PKEY_VALUE_FULL_INFORMATION Info)
{
	ULONG Length;

	To[0] = 0;
	if (!Info || Info->Type != REG_SZ)
		return;
	Length = Info->DataLength / sizeof(WCHAR);
	if (Length >= Units)
		Length = Units - 1;
	RtlCopyMemory(To, (PUCHAR)Info + Info->DataOffset, Length * sizeof(WCHAR));
	To[Length] = 0;
}

/* "IoQueryDeviceDescription": what the pointers lead to is valid until it returns. */
static NTSTATUS NTAPI Note(PVOID Context, PUNICODE_STRING PathName, INTERFACE_TYPE BusType,
			   ULONG BusNumber, PKEY_VALUE_FULL_INFORMATION *BusInformation,
			   CONFIGURATION_TYPE ControllerType, ULONG ControllerNumber,
			   PKEY_VALUE_FULL_INFORMATION *ControllerInformation,
			   CONFIGURATION_TYPE PeripheralType, ULONG PeripheralNumber,
			   PKEY_VALUE_FULL_INFORMATION *PeripheralInformation)
{
	PFOUND Found = Context;
	PKEY_VALUE_FULL_INFORMATION Info = BusInformation[IoQueryDeviceConfigurationData];
	PKEY_VALUE_FULL_INFORMATION *Deepest = BusInformation;

	Found->Calls++;
	Found->BusType = BusType;
	Found->Bus = BusNumber;
	Found->ControllerType = ControllerType;
	Found->Controller = ControllerNumber;
	Found->PeripheralType = PeripheralType;
	Found->Peripheral = PeripheralNumber;
	Found->HasController = ControllerInformation != NULL;
	Found->HasPeripheral = PeripheralInformation != NULL;
	if (ControllerInformation)
		Deepest = ControllerInformation;
	if (PeripheralInformation)
		Deepest = PeripheralInformation;
	CopyText(Found->BusName, 16, BusInformation[IoQueryDeviceIdentifier]);
	CopyText(Found->Name, 16, Deepest[IoQueryDeviceIdentifier]);
	Found->PathUnits = PathName->Length / sizeof(WCHAR);
	if (PathName->Length < sizeof(Found->Path)) {
		RtlCopyMemory(Found->Path, PathName->Buffer, PathName->Length);
		Found->Path[Found->PathUnits] = 0;
	}
	if (Info && Info->DataLength >= 2 * sizeof(ULONG)) {
		Found->ConfigurationType = ((PULONG)((PUCHAR)Info + Info->DataOffset))[0];
		Found->ConfigurationBus = ((PULONG)((PUCHAR)Info + Info->DataOffset))[1];
	}
	return Found->Answer;
}

static NTSTATUS Query(PFOUND Found, INTERFACE_TYPE Bus, PULONG Number, PCONFIGURATION_TYPE Controller,
		      PULONG ControllerNumber, PCONFIGURATION_TYPE Peripheral)
{
	NTSTATUS Answer = Found->Answer;

	RtlZeroMemory(Found, sizeof(*Found));
	Found->Answer = Answer;
	return IoQueryDeviceDescription(&Bus, Number, Controller, ControllerNumber, Peripheral, NULL,
					Note, Found);
}

static BOOLEAN EndsWith(PFOUND Found, PCWSTR End)
{
	UNICODE_STRING Path, Tail;

	RtlInitUnicodeString(&Path, Found->Path);
	RtlInitUnicodeString(&Tail, End);
	if (Path.Length < Tail.Length)
		return FALSE;
	Path.Buffer += (Path.Length - Tail.Length) / sizeof(WCHAR);
	Path.Length = Tail.Length;
	return RtlEqualUnicodeString(&Path, &Tail, TRUE);
}

/* "If no ControllerType or PeripheralType value is specified, only bus information is returned." */
VOID HardwareBuses(PCONFORM_TEST_CONTEXT T)
{
	FOUND Found = { 0 };
	ULONG All, Number = 0;

	CHECK_EQ(STATUS_SUCCESS, Query(&Found, PCIBus, NULL, NULL, NULL, NULL));
	All = Found.Calls;
	CHECK(All >= 1);
	CHECK_EQ(STATUS_SUCCESS, Query(&Found, PCIBus, &Number, NULL, NULL, NULL));
	CHECK_EQ(1, Found.Calls);
	CHECK_EQ(PCIBus, Found.BusType);
	CHECK_EQ(0, Found.Bus);
	CHECK_EQ(PCIBus, Found.ConfigurationType);
	CHECK_EQ(0, Found.ConfigurationBus);
	CHECK(!Found.HasController && !Found.HasPeripheral);
	CHECK_EQ(0, wcscmp(Found.BusName, L"PCI"));
	CHECK(EndsWith(&Found, SYSTEM_KEY L"\\MultifunctionAdapter\\0"));
}

/* Nothing to call it for; drivers go on when there is no such bus. */
VOID HardwareMissing(PCONFORM_TEST_CONTEXT T)
{
	CONFIGURATION_TYPE Worm = WormController;
	FOUND Found = { 0 };
	ULONG Number = 255;

	CHECK_EQ(STATUS_OBJECT_NAME_NOT_FOUND, Query(&Found, PCIBus, &Number, NULL, NULL, NULL));
	CHECK_EQ(STATUS_OBJECT_NAME_NOT_FOUND, Query(&Found, MicroChannel, NULL, NULL, NULL, NULL));
	CHECK_EQ(STATUS_OBJECT_NAME_NOT_FOUND, Query(&Found, PCIBus, NULL, &Worm, NULL, NULL));
	CHECK_EQ(0, Found.Calls);
	/* "the caller must supply at least one type parameter" */
	CHECK_EQ(STATUS_INVALID_PARAMETER,
		 IoQueryDeviceDescription(NULL, NULL, NULL, NULL, NULL, NULL, Note, &Found));
}

/* "IoQueryDeviceDescription returns the STATUS_XXX returned by the callback routine." */
VOID HardwareRoutineFails(PCONFORM_TEST_CONTEXT T)
{
	FOUND Found = { 0 };

	Found.Answer = STATUS_DEVICE_BUSY;
	CHECK_EQ(STATUS_DEVICE_BUSY, Query(&Found, PCIBus, NULL, NULL, NULL, NULL));
	CHECK_EQ(1, Found.Calls);
}

static HANDLE MakeKey(PCWSTR Path, PCWSTR Identifier)
{
	OBJECT_ATTRIBUTES Attributes;
	UNICODE_STRING Name, Value;
	HANDLE Key;

	RtlInitUnicodeString(&Name, Path);
	RtlInitUnicodeString(&Value, L"Identifier");
	InitializeObjectAttributes(&Attributes, &Name, OBJ_CASE_INSENSITIVE | OBJ_KERNEL_HANDLE, NULL,
				   NULL);
	if (!NT_SUCCESS(ZwCreateKey(&Key, KEY_ALL_ACCESS, &Attributes, 0, NULL, REG_OPTION_VOLATILE,
				    NULL)))
		return NULL;
	if (Identifier)
		ZwSetValueKey(Key, &Value, 0, REG_SZ, (PVOID)Identifier,
			      (ULONG)(wcslen(Identifier) + 1) * sizeof(WCHAR));
	return Key;
}

static VOID DeleteKeys(HANDLE *Keys, ULONG Count)
{
	while (Count--) {
		if (Keys[Count]) {
			ZwDeleteKey(Keys[Count]);
			ZwClose(Keys[Count]);
		}
	}
}

/* Controllers and peripherals below their bus, by type and number. */
VOID HardwareControllers(PCONFORM_TEST_CONTEXT T)
{
	CONFIGURATION_TYPE Serial = SerialController, Pointer = PointerPeripheral;
	FOUND Found = { 0 };
	ULONG Number = 1;
	HANDLE Keys[5];

	Keys[0] = MakeKey(SYSTEM_KEY L"\\MultifunctionAdapter\\0\\SerialController", NULL);
	Keys[1] = MakeKey(SYSTEM_KEY L"\\MultifunctionAdapter\\0\\SerialController\\0", L"COM1");
	Keys[2] = MakeKey(SYSTEM_KEY L"\\MultifunctionAdapter\\0\\SerialController\\1", L"COM2");
	Keys[3] = MakeKey(SYSTEM_KEY L"\\MultifunctionAdapter\\0\\SerialController\\1\\PointerPeripheral",
			  NULL);
	Keys[4] = MakeKey(SYSTEM_KEY L"\\MultifunctionAdapter\\0\\SerialController\\1\\PointerPeripheral\\0",
			  L"MOUSE");
	CHECK(Keys[0] && Keys[1] && Keys[2] && Keys[3] && Keys[4]);

	CHECK_EQ(STATUS_SUCCESS, Query(&Found, PCIBus, NULL, &Serial, NULL, NULL));
	CHECK_EQ(2, Found.Calls);
	CHECK_EQ(STATUS_SUCCESS, Query(&Found, PCIBus, NULL, &Serial, &Number, NULL));
	CHECK_EQ(1, Found.Calls);
	CHECK_EQ(SerialController, Found.ControllerType);
	CHECK_EQ(1, Found.Controller);
	CHECK(Found.HasController && !Found.HasPeripheral);
	CHECK_EQ(0, wcscmp(Found.BusName, L"PCI"));
	CHECK_EQ(0, wcscmp(Found.Name, L"COM2"));
	CHECK(EndsWith(&Found, L"\\MultifunctionAdapter\\0\\SerialController\\1"));

	CHECK_EQ(STATUS_SUCCESS, Query(&Found, PCIBus, NULL, &Serial, NULL, &Pointer));
	CHECK_EQ(1, Found.Calls);
	CHECK_EQ(1, Found.Controller);
	CHECK_EQ(PointerPeripheral, Found.PeripheralType);
	CHECK_EQ(0, Found.Peripheral);
	CHECK(Found.HasController && Found.HasPeripheral);
	CHECK_EQ(0, wcscmp(Found.Name, L"MOUSE"));
	CHECK(EndsWith(&Found, L"\\SerialController\\1\\PointerPeripheral\\0"));
	/* Without a bus or a controller all are looked at. */
	RtlZeroMemory(&Found, sizeof(Found));
	CHECK_EQ(STATUS_SUCCESS, IoQueryDeviceDescription(NULL, NULL, NULL, NULL, &Pointer, NULL, Note,
							  &Found));
	CHECK_EQ(1, Found.Calls);
	DeleteKeys(Keys, 5);
	CHECK_EQ(STATUS_OBJECT_NAME_NOT_FOUND, Query(&Found, PCIBus, NULL, &Serial, NULL, NULL));
}

/* What drivers read there without that routine. */
VOID HardwareProcessors(PCONFORM_TEST_CONTEXT T)
{
	ULONG Mhz = 0;
	RTL_QUERY_REGISTRY_TABLE Table[2];

	RtlZeroMemory(Table, sizeof(Table));
	Table[0].Flags = RTL_QUERY_REGISTRY_DIRECT | RTL_QUERY_REGISTRY_REQUIRED;
	Table[0].Name = (PWSTR)L"~MHz";
	Table[0].EntryContext = &Mhz;
	CHECK_EQ(STATUS_SUCCESS,
		 RtlQueryRegistryValues(RTL_REGISTRY_ABSOLUTE,
					(PWSTR)(SYSTEM_KEY L"\\CentralProcessor\\0"), Table, NULL, NULL));
	CHECK(Mhz > 0);
}
