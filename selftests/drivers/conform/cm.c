// SPDX-License-Identifier: GPL-2.0
/* What the tests of the registry share. */
#include "cm.h"

UNICODE_STRING CmText(PCWSTR Text)
{
	UNICODE_STRING String;

	RtlInitUnicodeString(&String, Text);
	return String;
}

NTSTATUS CmOpen(HANDLE Root, PCWSTR Path, ACCESS_MASK Access, PHANDLE Key)
{
	UNICODE_STRING Name = CmText(Path);
	OBJECT_ATTRIBUTES Attributes;

	InitializeObjectAttributes(&Attributes, &Name, OBJ_CASE_INSENSITIVE | OBJ_KERNEL_HANDLE,
				   Root, NULL);
	return ZwOpenKey(Key, Access, &Attributes);
}

NTSTATUS CmCreate(HANDLE Root, PCWSTR Path, ACCESS_MASK Access, ULONG Options, PHANDLE Key,
		  PULONG Disposition)
{
	UNICODE_STRING Name = CmText(Path);
	OBJECT_ATTRIBUTES Attributes;

	InitializeObjectAttributes(&Attributes, &Name, OBJ_CASE_INSENSITIVE | OBJ_KERNEL_HANDLE,
				   Root, NULL);
	return ZwCreateKey(Key, Access, &Attributes, 0, NULL, Options, Disposition);
}

HANDLE CmScratch(PCONFORM_TEST_CONTEXT T, PCWSTR Name)
{
	HANDLE Software = NULL, Key = NULL;
	ULONG Disposition = 0;

	CHECK_EQ(STATUS_SUCCESS, CmOpen(NULL, L"\\Registry\\Machine\\Software", KEY_ALL_ACCESS,
					&Software));
	CHECK_EQ(STATUS_SUCCESS, CmCreate(Software, Name, KEY_ALL_ACCESS, REG_OPTION_VOLATILE, &Key,
					  &Disposition));
	CHECK_EQ(REG_CREATED_NEW_KEY, Disposition);
	CHECK_EQ(STATUS_SUCCESS, ZwClose(Software));
	return Key;
}

static BOOLEAN FirstSubkey(HANDLE Key, PUNICODE_STRING Name, PKEY_BASIC_INFORMATION Info, ULONG Size)
{
	ULONG Length;

	if (!NT_SUCCESS(ZwEnumerateKey(Key, 0, KeyBasicInformation, Info, Size, &Length)))
		return FALSE;
	Name->Buffer = Info->Name;
	Name->Length = Name->MaximumLength = (USHORT)Info->NameLength;
	return TRUE;
}

static VOID DeleteSubkeys(PCONFORM_TEST_CONTEXT T, HANDLE Key, ULONG Levels)
{
	union {
		KEY_BASIC_INFORMATION Info;
		UCHAR Room[sizeof(KEY_BASIC_INFORMATION) + 512];
	} Buffer;
	OBJECT_ATTRIBUTES Attributes;
	UNICODE_STRING Name;
	HANDLE Subkey;

	while (FirstSubkey(Key, &Name, &Buffer.Info, sizeof(Buffer))) {
		InitializeObjectAttributes(&Attributes, &Name, OBJ_KERNEL_HANDLE, Key, NULL);
		if (!NT_SUCCESS(ZwOpenKeyEx(&Subkey, KEY_ALL_ACCESS, &Attributes,
					    REG_OPTION_OPEN_LINK)))
			return;
		if (Levels)
			DeleteSubkeys(T, Subkey, Levels - 1);
		CHECK_EQ(STATUS_SUCCESS, ZwDeleteKey(Subkey));
		ZwClose(Subkey);
	}
}

VOID CmEnd(PCONFORM_TEST_CONTEXT T, HANDLE Key)
{
	DeleteSubkeys(T, Key, 2);
	CHECK_EQ(STATUS_SUCCESS, ZwDeleteKey(Key));
	CHECK_EQ(STATUS_SUCCESS, ZwClose(Key));
}

NTSTATUS CmSet(HANDLE Key, PCWSTR Name, ULONG Type, const VOID *Data, ULONG Length)
{
	UNICODE_STRING Text = CmText(Name);

	return ZwSetValueKey(Key, &Text, 0, Type, (PVOID)(ULONG_PTR)Data, Length);
}

NTSTATUS CmSetString(HANDLE Key, PCWSTR Name, PCWSTR Text)
{
	return CmSet(Key, Name, REG_SZ, Text, CmText(Text).Length + sizeof(WCHAR));
}

NTSTATUS CmSetUlong(HANDLE Key, PCWSTR Name, ULONG Value)
{
	return CmSet(Key, Name, REG_DWORD, &Value, sizeof(Value));
}

ULONG CmGetUlong(HANDLE Key, PCWSTR Name)
{
	union {
		KEY_VALUE_PARTIAL_INFORMATION Info;
		ULONG Room[4];
	} Buffer;
	UNICODE_STRING Text = CmText(Name);
	ULONG Length;

	if (!NT_SUCCESS(ZwQueryValueKey(Key, &Text, KeyValuePartialInformation, &Buffer,
					sizeof(Buffer), &Length)) ||
	    Buffer.Info.Type != REG_DWORD || Buffer.Info.DataLength != sizeof(ULONG))
		return 0xffffffff;
	return *(PULONG)Buffer.Info.Data;
}

BOOLEAN CmHas(HANDLE Key, PCWSTR Name)
{
	UNICODE_STRING Text = CmText(Name);
	ULONG Length;

	return ZwQueryValueKey(Key, &Text, KeyValuePartialInformation, NULL, 0, &Length) ==
	       STATUS_BUFFER_TOO_SMALL;
}
