// SPDX-License-Identifier: GPL-2.0
/* The keys of a driver and its device, with what regtest.inf adds to them. */
#include "regtest.h"

NTSTATUS OpenBelow(HANDLE Root, PCWSTR Path, PHANDLE Key)
{
	OBJECT_ATTRIBUTES Attributes;
	UNICODE_STRING Name;

	RtlInitUnicodeString(&Name, Path);
	InitializeObjectAttributes(&Attributes, &Name, OBJ_KERNEL_HANDLE | OBJ_CASE_INSENSITIVE, Root,
				   NULL);
	return ZwOpenKey(Key, KEY_ALL_ACCESS, &Attributes);
}

/*
 * "ZwFlushKey": the changes are "committed to disk" on return, or it fails: the group
 * regtool looks into the file.
 */
NTSTATUS SetAndFlush(PUNICODE_STRING RegistryPath, ULONG Number)
{
	OBJECT_ATTRIBUTES Attributes;
	HANDLE Service, Parameters;
	UNICODE_STRING Name;
	NTSTATUS Status;

	InitializeObjectAttributes(&Attributes, RegistryPath, OBJ_KERNEL_HANDLE, NULL, NULL);
	Status = ZwOpenKey(&Service, KEY_READ, &Attributes);
	if (!NT_SUCCESS(Status))
		return Status;
	Status = OpenBelow(Service, L"Parameters", &Parameters);
	ZwClose(Service);
	if (!NT_SUCCESS(Status))
		return Status;
	RtlInitUnicodeString(&Name, L"Flushed");
	Status = ZwSetValueKey(Parameters, &Name, 0, REG_DWORD, &Number, sizeof(Number));
	if (NT_SUCCESS(Status))
		Status = ZwFlushKey(Parameters);
	ZwClose(Parameters);
	return Status;
}

ULONG GetValue(HANDLE Key, PCWSTR Name, PULONG Type, PVOID Data, ULONG Size)
{
	union {
		KEY_VALUE_PARTIAL_INFORMATION Info;
		UCHAR Room[1024];
	} Buffer;
	UNICODE_STRING Text;
	ULONG Length;

	RtlInitUnicodeString(&Text, Name);
	if (!NT_SUCCESS(ZwQueryValueKey(Key, &Text, KeyValuePartialInformation, &Buffer, sizeof(Buffer),
					&Length)) || Buffer.Info.DataLength > Size)
		return 0;
	*Type = Buffer.Info.Type;
	RtlCopyMemory(Data, Buffer.Info.Data, Buffer.Info.DataLength);
	return Buffer.Info.DataLength;
}

BOOLEAN IsText(HANDLE Key, PCWSTR Name, ULONG Type, const VOID *Data, ULONG Length)
{
	UCHAR Seen[512];
	ULONG SeenType = 0;

	return GetValue(Key, Name, &SeenType, Seen, sizeof(Seen)) == Length && SeenType == Type &&
	       RtlEqualMemory(Seen, Data, Length);
}

BOOLEAN IsNumber(HANDLE Key, PCWSTR Name, ULONG Number)
{
	return IsText(Key, Name, REG_DWORD, &Number, sizeof(Number));
}

static BOOLEAN Has(HANDLE Key, PCWSTR Name)
{
	UNICODE_STRING Text;
	ULONG Length;

	RtlInitUnicodeString(&Text, Name);
	return ZwQueryValueKey(Key, &Text, KeyValuePartialInformation, NULL, 0, &Length) !=
	       STATUS_OBJECT_NAME_NOT_FOUND;
}

/* "HKLM\SYSTEM\CurrentControlSet\Services Registry Tree" */
VOID ServiceKey(PTEST T)
{
	HANDLE Key = NULL;

	CHECK_EQ(STATUS_SUCCESS, OpenBelow(NULL, T->RegistryPath->Buffer, &Key));
	CHECK(IsNumber(Key, L"Type", 1));
	CHECK(IsNumber(Key, L"Start", 3));
	CHECK(IsNumber(Key, L"ErrorControl", 1));
	CHECK(IS_TEXT(Key, L"DisplayName", REG_SZ, L"Registry test (edu)"));
	CHECK(IS_TEXT(Key, L"ImagePath", REG_SZ, L"System32\\drivers\\regtest.sys"));
	ZwClose(Key);
}

/* "INF AddReg Directive": each type and flag. */
VOID ServiceParameters(PTEST T)
{
	HANDLE Service = NULL, Key = NULL, Sub = NULL;
	UCHAR Binary[] = { 1, 2, 10, 255 }, Big[] = { 1, 0, 0, 0, 0, 0, 0, 0x80 }, Nothing;
	ULONG Type = 99;

	CHECK_EQ(STATUS_SUCCESS, OpenBelow(NULL, T->RegistryPath->Buffer, &Service));
	CHECK_EQ(STATUS_SUCCESS, OpenBelow(Service, L"Parameters", &Key));
	CHECK(IsNumber(Key, L"Number", 1000));
	CHECK(IS_TEXT(Key, L"Expand", REG_EXPAND_SZ, L"%SystemRoot%\\x"));
	/* An empty string would end the list; APPEND adds what is not there yet. */
	CHECK(IS_TEXT(Key, L"List", REG_MULTI_SZ, L"alpha\0beta gamma\0delta\0epsilon\0"));
	CHECK(IsText(Key, L"Binary", REG_BINARY, Binary, sizeof(Binary)));
	CHECK(Has(Key, L"None"));
	CHECK_EQ(0, GetValue(Key, L"None", &Type, &Nothing, 1));
	CHECK_EQ(REG_NONE, Type);
	CHECK(IsText(Key, L"Big", REG_QWORD, Big, sizeof(Big)));
	CHECK(IsNumber(Key, L"Kept", 1));
	CHECK(!Has(Key, L"Gone"));
	CHECK(!Has(Key, L"Never"));
	CHECK_EQ(STATUS_SUCCESS, OpenBelow(Key, L"Key", &Sub));
	ZwClose(Sub);
	ZwClose(Key);
	ZwClose(Service);
}

VOID DriverKey(PTEST T)
{
	HANDLE Key = NULL, Sub = NULL;

	CHECK_EQ(STATUS_SUCCESS, IoOpenDeviceRegistryKey(T->Pdo, PLUGPLAY_REGKEY_DRIVER, KEY_READ, &Key));
	CHECK(IS_TEXT(Key, L"Text", REG_SZ, L"software key"));
	CHECK(IS_TEXT(Key, L"Quoted", REG_SZ, L"say \"yes\", %path%; no comment"));
	CHECK(IsNumber(Key, L"Number", 0x12345678));
	CHECK(IsNumber(Key, L"Bytes", 0x12345678));
	CHECK(IS_TEXT(Key, L"DriverDesc", REG_SZ, L"Registry test device"));
	CHECK(IS_TEXT(Key, L"ProviderName", REG_SZ, L"Provider of RegTest"));
	CHECK_EQ(STATUS_SUCCESS, OpenBelow(Key, L"Sub\\Deep", &Sub));
	CHECK(IsNumber(Sub, L"Flag", 0xffffffff));
	ZwClose(Sub);
	ZwClose(Key);
}

/* "Introduction to Registry Keys for Drivers": Device Parameters below the devnode's. */
VOID HardwareKey(PTEST T)
{
	HANDLE Key = NULL, Sub = NULL;
	ULONG Number = 5;
	UNICODE_STRING Name = RTL_CONSTANT_STRING(L"Written");

	CHECK_EQ(STATUS_SUCCESS, IoOpenDeviceRegistryKey(T->Pdo, PLUGPLAY_REGKEY_DEVICE,
							 KEY_READ | KEY_WRITE, &Key));
	CHECK(IsNumber(Key, L"Parameter", 7));
	CHECK(!Has(Key, L"UpperFilters"));
	CHECK_EQ(STATUS_SUCCESS, OpenBelow(Key, L"Interrupt", &Sub));
	CHECK(!Has(Sub, L"Empty"));
	ZwClose(Sub);
	CHECK_EQ(STATUS_SUCCESS, ZwSetValueKey(Key, &Name, 0, REG_DWORD, &Number, sizeof(Number)));
	ZwClose(Key);
	CHECK_EQ(STATUS_SUCCESS, IoOpenDeviceRegistryKey(T->Pdo, PLUGPLAY_REGKEY_DEVICE, KEY_ALL_ACCESS,
							 &Key));
	CHECK(IsNumber(Key, L"Written", 5));
	CHECK_EQ(STATUS_SUCCESS, ZwDeleteValueKey(Key, &Name));
	ZwClose(Key);
}

VOID ProfileKey(PTEST T)
{
	HANDLE Key = NULL, Plain = NULL;
	UNICODE_STRING Name = RTL_CONSTANT_STRING(L"Profile");
	ULONG i, Number = 6;
	static const ULONG Kinds[] = { PLUGPLAY_REGKEY_DEVICE, PLUGPLAY_REGKEY_DRIVER };

	for (i = 0; i < 2; i++) {
		CHECK_EQ(STATUS_SUCCESS,
			 IoOpenDeviceRegistryKey(T->Pdo, Kinds[i] | PLUGPLAY_REGKEY_CURRENT_HWPROFILE,
						 KEY_ALL_ACCESS, &Key));
		CHECK_EQ(STATUS_SUCCESS, ZwSetValueKey(Key, &Name, 0, REG_DWORD, &Number, 4));
		/* Not the same as without the profile. */
		CHECK_EQ(STATUS_SUCCESS, IoOpenDeviceRegistryKey(T->Pdo, Kinds[i], KEY_READ, &Plain));
		CHECK(Has(Key, L"Profile"));
		CHECK(!Has(Plain, L"Profile"));
		ZwClose(Plain);
		CHECK_EQ(STATUS_SUCCESS, ZwDeleteValueKey(Key, &Name));
		ZwClose(Key);
	}
}

VOID KeyOfNoPdo(PTEST T)
{
	HANDLE Key = NULL;

	CHECK_EQ(STATUS_INVALID_DEVICE_REQUEST,
		 IoOpenDeviceRegistryKey(T->Fdo, PLUGPLAY_REGKEY_DEVICE, KEY_READ, &Key));
	CHECK_EQ(STATUS_INVALID_PARAMETER, IoOpenDeviceRegistryKey(T->Pdo, 3, KEY_READ, &Key));
	CHECK_EQ(STATUS_INVALID_PARAMETER, IoOpenDeviceRegistryKey(T->Pdo, 4, KEY_READ, &Key));
	CHECK_EQ(STATUS_INVALID_PARAMETER, IoOpenDeviceRegistryKey(T->Pdo, 0, KEY_READ, &Key));
	CHECK_EQ(0, (ULONG_PTR)Key);
}

/* "HKLM\SYSTEM\CurrentControlSet\Enum Registry Tree": the only instance of its id. */
VOID InstanceKey(PTEST T)
{
	union {
		KEY_BASIC_INFORMATION Info;
		UCHAR Room[256];
	} Buffer;
	HANDLE Id = NULL, Key = NULL;
	WCHAR Driver[64] = { 0 };
	ULONG Length, Type;

	CHECK_EQ(STATUS_SUCCESS,
		 OpenBelow(NULL, L"\\Registry\\Machine\\System\\CurrentControlSet\\Enum\\PCI\\"
			   L"VEN_1234&DEV_11E8&SUBSYS_11001AF4&REV_10", &Id));
	CHECK_EQ(STATUS_SUCCESS, ZwEnumerateKey(Id, 0, KeyBasicInformation, &Buffer, sizeof(Buffer) - 2,
						&Length));
	Buffer.Info.Name[Buffer.Info.NameLength / sizeof(WCHAR)] = 0;
	CHECK_EQ(STATUS_SUCCESS, OpenBelow(Id, Buffer.Info.Name, &Key));
	CHECK(IS_TEXT(Key, L"Service", REG_SZ, L"regtest"));
	CHECK(IS_TEXT(Key, L"ClassGUID", REG_SZ, L"{0D6C7A3E-8D54-4F1B-9A41-5E2B7C1D9F10}"));
	CHECK(IS_TEXT(Key, L"Class", REG_SZ, L"RegTest"));
	CHECK(IS_TEXT(Key, L"DeviceDesc", REG_SZ, L"Registry test device"));
	CHECK(IS_TEXT(Key, L"Mfg", REG_SZ, L"Maker of Tests"));
	CHECK(IsNumber(Key, L"ConfigFlags", 0));
	CHECK(Has(Key, L"HardwareID"));
	CHECK(Has(Key, L"CompatibleIDs"));
	CHECK(Has(Key, L"LocationInformation"));
	/* The filters of a .HW section are the device's, not its parameters. */
	CHECK(IS_TEXT(Key, L"UpperFilters", REG_MULTI_SZ, L"filter_lower\0filter_upper\0"));
	GetValue(Key, L"Driver", &Type, Driver, sizeof(Driver) - 2);
	CHECK(!wcscmp(Driver, L"{0D6C7A3E-8D54-4F1B-9A41-5E2B7C1D9F10}\\0000"));
	ZwClose(Key);
	ZwClose(Id);
}

VOID AbsoluteKey(PTEST T)
{
	HANDLE Key = NULL;

	CHECK_EQ(STATUS_SUCCESS, OpenBelow(NULL, L"\\Registry\\Machine\\Software\\RegTest", &Key));
	CHECK(IS_TEXT(Key, L"Value", REG_SZ, L"absolute"));
	ZwClose(Key);
}
