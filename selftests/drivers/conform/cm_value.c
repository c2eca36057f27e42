// SPDX-License-Identifier: GPL-2.0
/* Values: "ZwSetValueKey", "ZwQueryValueKey", "ZwEnumerateValueKey", "ZwDeleteValueKey". */
#include "cm.h"

typedef union _VALUE_BUFFER {
	KEY_VALUE_BASIC_INFORMATION Basic;
	KEY_VALUE_FULL_INFORMATION Full;
	KEY_VALUE_PARTIAL_INFORMATION Partial;
	KEY_VALUE_PARTIAL_INFORMATION_ALIGN64 Partial64;
	UCHAR Room[256];
	ULONGLONG Align;
} VALUE_BUFFER;

static NTSTATUS Query(HANDLE Key, PCWSTR Name, KEY_VALUE_INFORMATION_CLASS Class, VALUE_BUFFER *Buffer,
		      ULONG Size, PULONG Length)
{
	UNICODE_STRING Text = CmText(Name);

	return ZwQueryValueKey(Key, &Text, Class, Buffer, Size, Length);
}

VOID ValueSet(PCONFORM_TEST_CONTEXT T)
{
	HANDLE Key = CmScratch(T, L"CmSet");
	VALUE_BUFFER Buffer;
	ULONG Length = 0;

	CHECK_EQ(STATUS_SUCCESS, CmSetUlong(Key, L"Value", 0x12345678));
	CHECK_EQ(0x12345678, CmGetUlong(Key, L"Value"));
	/* Names are not case-sensitive; a second time the value is replaced. */
	CHECK_EQ(STATUS_SUCCESS, CmSetString(Key, L"VALUE", L"text"));
	CHECK_EQ(STATUS_SUCCESS, Query(Key, L"value", KeyValuePartialInformation, &Buffer,
				       sizeof(Buffer), &Length));
	CHECK_EQ(REG_SZ, Buffer.Partial.Type);
	CHECK_EQ(10, Buffer.Partial.DataLength);
	CHECK(RtlEqualMemory(L"text", Buffer.Partial.Data, 10));
	CHECK_EQ(0, Buffer.Partial.TitleIndex);
	CHECK_EQ(STATUS_NO_MORE_ENTRIES, ZwEnumerateValueKey(Key, 1, KeyValueBasicInformation, &Buffer,
							     sizeof(Buffer), &Length));
	CmEnd(T, Key);
}

VOID ValueTypes(PCONFORM_TEST_CONTEXT T)
{
	static const ULONG Types[] = {
		REG_NONE, REG_SZ, REG_EXPAND_SZ, REG_BINARY, REG_DWORD, REG_DWORD_LITTLE_ENDIAN,
		REG_DWORD_BIG_ENDIAN, REG_LINK, REG_MULTI_SZ, REG_RESOURCE_LIST,
		REG_FULL_RESOURCE_DESCRIPTOR, REG_RESOURCE_REQUIREMENTS_LIST, REG_QWORD,
		REG_QWORD_LITTLE_ENDIAN, 0x20001,
	};
	HANDLE Key = CmScratch(T, L"CmTypes");
	VALUE_BUFFER Buffer;
	ULONG i, Length;

	/* The configuration manager keeps types and bytes; it does not judge them. */
	for (i = 0; i < RTL_NUMBER_OF(Types); i++) {
		CHECK_EQ(STATUS_SUCCESS, CmSet(Key, L"Value", Types[i], "abcde", 5));
		CHECK_EQ(STATUS_SUCCESS, Query(Key, L"Value", KeyValuePartialInformation, &Buffer,
					       sizeof(Buffer), &Length));
		CHECK_EQ(Types[i], Buffer.Partial.Type);
		CHECK_EQ(5, Buffer.Partial.DataLength);
		CHECK(RtlEqualMemory("abcde", Buffer.Partial.Data, 5));
	}
	CmEnd(T, Key);
}

VOID ValueWithoutName(PCONFORM_TEST_CONTEXT T)
{
	HANDLE Key = CmScratch(T, L"CmNoName");
	UNICODE_STRING Empty = CmText(L"");
	VALUE_BUFFER Buffer;
	ULONG Value = 9, Length = 0;

	/* "ZwSetValueKey": the name may be NULL, for a value without one. */
	CHECK_EQ(STATUS_SUCCESS, ZwSetValueKey(Key, NULL, 0, REG_DWORD, &Value, sizeof(Value)));
	CHECK_EQ(9, CmGetUlong(Key, L""));
	CHECK_EQ(STATUS_SUCCESS, ZwQueryValueKey(Key, NULL, KeyValueBasicInformation, &Buffer,
						 sizeof(Buffer), &Length));
	CHECK_EQ(0, Buffer.Basic.NameLength);
	CHECK_EQ(STATUS_SUCCESS, ZwDeleteValueKey(Key, &Empty));
	CHECK(!CmHas(Key, L""));
	CHECK_EQ(STATUS_OBJECT_NAME_NOT_FOUND, ZwDeleteValueKey(Key, NULL));
	CmEnd(T, Key);
}

VOID ValueEmpty(PCONFORM_TEST_CONTEXT T)
{
	HANDLE Key = CmScratch(T, L"CmEmpty");
	UNICODE_STRING Name = CmText(L"Value");
	VALUE_BUFFER Buffer;
	ULONG Length = 0;

	CHECK_EQ(STATUS_SUCCESS, ZwSetValueKey(Key, &Name, 0, REG_BINARY, NULL, 0));
	CHECK_EQ(STATUS_SUCCESS, Query(Key, L"Value", KeyValuePartialInformation, &Buffer,
				       FIELD_OFFSET(KEY_VALUE_PARTIAL_INFORMATION, Data), &Length));
	CHECK_EQ(0, Buffer.Partial.DataLength);
	CHECK_EQ(FIELD_OFFSET(KEY_VALUE_PARTIAL_INFORMATION, Data), Length);
	CHECK_EQ(STATUS_INVALID_PARAMETER, ZwSetValueKey(Key, &Name, 0, REG_BINARY, NULL, 4));
	CmEnd(T, Key);
}

VOID ValueBasic(PCONFORM_TEST_CONTEXT T)
{
	const ULONG Fixed = FIELD_OFFSET(KEY_VALUE_BASIC_INFORMATION, Name);
	HANDLE Key = CmScratch(T, L"CmBasic");
	VALUE_BUFFER Buffer;
	ULONG Length = 0;

	CHECK_EQ(STATUS_SUCCESS, CmSetUlong(Key, L"Name", 1));
	CHECK_EQ(STATUS_SUCCESS, Query(Key, L"name", KeyValueBasicInformation, &Buffer, Fixed + 8,
				       &Length));
	CHECK_EQ(Fixed + 8, Length);
	CHECK_EQ(REG_DWORD, Buffer.Basic.Type);
	CHECK_EQ(8, Buffer.Basic.NameLength);
	CHECK(RtlEqualMemory(L"Name", Buffer.Basic.Name, 8));
	CHECK_EQ(STATUS_BUFFER_OVERFLOW, Query(Key, L"name", KeyValueBasicInformation, &Buffer, Fixed + 6,
					       &Length));
	CHECK_EQ(STATUS_BUFFER_TOO_SMALL, Query(Key, L"name", KeyValueBasicInformation, &Buffer,
						Fixed - 1, &Length));
	CHECK_EQ(Fixed + 8, Length);
	CmEnd(T, Key);
}

VOID ValueFull(PCONFORM_TEST_CONTEXT T)
{
	const ULONG Fixed = FIELD_OFFSET(KEY_VALUE_FULL_INFORMATION, Name);
	HANDLE Key = CmScratch(T, L"CmValueFull");
	VALUE_BUFFER Buffer;
	ULONG Length = 0;

	CHECK_EQ(STATUS_SUCCESS, CmSet(Key, L"Odd", REG_BINARY, "0123456789", 9));
	/* "KEY_VALUE_FULL_INFORMATION": the data lie DataOffset bytes from the beginning. */
	CHECK_EQ(STATUS_SUCCESS, Query(Key, L"Odd", KeyValueFullInformation, &Buffer, sizeof(Buffer),
				       &Length));
	CHECK_EQ(6, Buffer.Full.NameLength);
	CHECK(RtlEqualMemory(L"Odd", Buffer.Full.Name, 6));
	CHECK(Buffer.Full.DataOffset >= Fixed + 6);
	CHECK_EQ(9, Buffer.Full.DataLength);
	CHECK(RtlEqualMemory("012345678", Buffer.Room + Buffer.Full.DataOffset, 9));
	CHECK_EQ(Buffer.Full.DataOffset + 9, Length);
	CHECK_EQ(STATUS_SUCCESS, Query(Key, L"Odd", KeyValueFullInformationAlign64, &Buffer,
				       sizeof(Buffer), &Length));
	CHECK_EQ(0, Buffer.Full.DataOffset % 8);
	CHECK(RtlEqualMemory("012345678", Buffer.Room + Buffer.Full.DataOffset, 9));
	RtlFillMemory(&Buffer, sizeof(Buffer), 0xee);
	CHECK_EQ(STATUS_BUFFER_OVERFLOW, Query(Key, L"Odd", KeyValueFullInformation, &Buffer, Fixed + 2,
					       &Length));
	CHECK_EQ(L'O', Buffer.Full.Name[0]);
	CHECK_EQ(0xee, Buffer.Room[Fixed + 2]);
	CHECK_EQ(STATUS_BUFFER_TOO_SMALL, Query(Key, L"Odd", KeyValueFullInformation, &Buffer, Fixed - 1,
						&Length));
	CmEnd(T, Key);
}

VOID ValuePartial(PCONFORM_TEST_CONTEXT T)
{
	const ULONG Fixed = FIELD_OFFSET(KEY_VALUE_PARTIAL_INFORMATION, Data);
	HANDLE Key = CmScratch(T, L"CmPartial");
	VALUE_BUFFER Buffer;
	ULONG Length = 0;

	CHECK_EQ(STATUS_SUCCESS, CmSet(Key, L"Value", REG_BINARY, "0123456789", 10));
	RtlFillMemory(&Buffer, sizeof(Buffer), 0xee);
	CHECK_EQ(STATUS_BUFFER_TOO_SMALL, Query(Key, L"Value", KeyValuePartialInformation, &Buffer,
						Fixed - 1, &Length));
	CHECK_EQ(Fixed + 10, Length);
	CHECK_EQ(0xee, Buffer.Room[0]);
	/* A value that is larger than the buffer: part of it, and how large it is. */
	CHECK_EQ(STATUS_BUFFER_OVERFLOW, Query(Key, L"Value", KeyValuePartialInformation, &Buffer,
					       Fixed + 3, &Length));
	CHECK_EQ(Fixed + 10, Length);
	CHECK_EQ(10, Buffer.Partial.DataLength);
	CHECK(RtlEqualMemory("012", Buffer.Partial.Data, 3));
	CHECK_EQ(0xee, Buffer.Partial.Data[3]);
	/* Without a buffer, to learn the size. */
	Length = 0;
	CHECK_EQ(STATUS_BUFFER_TOO_SMALL, Query(Key, L"Value", KeyValuePartialInformation, NULL, 0,
						&Length));
	CHECK_EQ(Fixed + 10, Length);
	CHECK_EQ(STATUS_SUCCESS, Query(Key, L"Value", KeyValuePartialInformationAlign64, &Buffer,
				       sizeof(Buffer), &Length));
	CHECK_EQ(10, Buffer.Partial64.DataLength);
	CHECK_EQ(REG_BINARY, Buffer.Partial64.Type);
	CHECK(RtlEqualMemory("0123456789", Buffer.Partial64.Data, 10));
	CHECK_EQ(FIELD_OFFSET(KEY_VALUE_PARTIAL_INFORMATION_ALIGN64, Data) + 10, Length);
	CmEnd(T, Key);
}

VOID ValueMissing(PCONFORM_TEST_CONTEXT T)
{
	HANDLE Key = CmScratch(T, L"CmMissing");
	UNICODE_STRING Name = CmText(L"NotThere");
	VALUE_BUFFER Buffer;
	ULONG Length = 0;

	CHECK_EQ(STATUS_OBJECT_NAME_NOT_FOUND, Query(Key, L"NotThere", KeyValuePartialInformation,
						     &Buffer, sizeof(Buffer), &Length));
	CHECK_EQ(STATUS_OBJECT_NAME_NOT_FOUND, ZwDeleteValueKey(Key, &Name));
	CHECK_EQ(STATUS_SUCCESS, CmSetUlong(Key, L"Value", 1));
	CHECK_EQ(STATUS_INVALID_PARAMETER, Query(Key, L"Value", (KEY_VALUE_INFORMATION_CLASS)55, &Buffer,
						 sizeof(Buffer), &Length));
	CHECK_EQ(STATUS_INVALID_PARAMETER, ZwEnumerateValueKey(Key, 0, (KEY_VALUE_INFORMATION_CLASS)55,
							       &Buffer, sizeof(Buffer), &Length));
	CHECK_EQ(STATUS_INVALID_HANDLE, ZwSetValueKey(NULL, &Name, 0, REG_DWORD, &Length, 4));
	CHECK_EQ(STATUS_INVALID_HANDLE, ZwDeleteValueKey(NULL, &Name));
	CmEnd(T, Key);
}

VOID ValueEnumerate(PCONFORM_TEST_CONTEXT T)
{
	static const PCWSTR Names[] = { L"zulu", L"alpha", L"Mike" };
	HANDLE Key = CmScratch(T, L"CmEnumValues");
	UNICODE_STRING Name = CmText(L"alpha");
	BOOLEAN Seen[3] = { FALSE };
	VALUE_BUFFER Buffer;
	ULONG i, j, Length;

	for (i = 0; i < RTL_NUMBER_OF(Names); i++)
		CHECK_EQ(STATUS_SUCCESS, CmSetUlong(Key, Names[i], i));
	for (i = 0; ZwEnumerateValueKey(Key, i, KeyValueFullInformation, &Buffer, sizeof(Buffer),
					&Length) == STATUS_SUCCESS && i < 9; i++)
		for (j = 0; j < RTL_NUMBER_OF(Names); j++)
			if (CmText(Names[j]).Length == Buffer.Full.NameLength &&
			    RtlEqualMemory(Names[j], Buffer.Full.Name, Buffer.Full.NameLength)) {
				CHECK_EQ(j, *(PULONG)(Buffer.Room + Buffer.Full.DataOffset));
				Seen[j] = TRUE;
			}
	CHECK_EQ(3, i);
	CHECK(Seen[0] && Seen[1] && Seen[2]);
	/* Deleting one moves the others up. */
	CHECK_EQ(STATUS_SUCCESS, ZwDeleteValueKey(Key, &Name));
	CHECK_EQ(STATUS_SUCCESS, ZwEnumerateValueKey(Key, 1, KeyValueBasicInformation, &Buffer,
						     sizeof(Buffer), &Length));
	CHECK_EQ(STATUS_NO_MORE_ENTRIES, ZwEnumerateValueKey(Key, 2, KeyValueBasicInformation, &Buffer,
							     sizeof(Buffer), &Length));
	CmEnd(T, Key);
}

VOID ValueLarge(PCONFORM_TEST_CONTEXT T)
{
	const ULONG Size = 1024 * 1024;
	HANDLE Key = CmScratch(T, L"CmLarge");
	PUCHAR Data = (PUCHAR)ExAllocatePoolWithTag(PagedPool, Size, 'mCtN');
	PKEY_VALUE_PARTIAL_INFORMATION Info =
		(PKEY_VALUE_PARTIAL_INFORMATION)ExAllocatePoolWithTag(PagedPool, Size + 64, 'mCtN');
	UNICODE_STRING Name = CmText(L"Value");
	ULONG Length = 0, i;

	CHECK(Data && Info);
	if (Data && Info) {
		for (i = 0; i < Size; i++)
			Data[i] = (UCHAR)(i * 7 + i / 256);
		CHECK_EQ(STATUS_SUCCESS, CmSet(Key, L"Value", REG_BINARY, Data, Size));
		CHECK_EQ(STATUS_SUCCESS, ZwQueryValueKey(Key, &Name, KeyValuePartialInformation, Info,
							 Size + 64, &Length));
		CHECK_EQ(Size, Info->DataLength);
		CHECK(RtlEqualMemory(Data, Info->Data, Size));
		CHECK_EQ(STATUS_SUCCESS, CmSet(Key, L"Value", REG_BINARY, Data, 1));
		CHECK_EQ(STATUS_SUCCESS, ZwQueryValueKey(Key, &Name, KeyValuePartialInformation, Info,
							 Size, &Length));
		CHECK_EQ(1, Info->DataLength);
	}
	if (Data)
		ExFreePoolWithTag(Data, 'mCtN');
	if (Info)
		ExFreePoolWithTag(Info, 'mCtN');
	CmEnd(T, Key);
}

VOID ValueNameLimit(PCONFORM_TEST_CONTEXT T)
{
	const ULONG Units = 16384;
	HANDLE Key = CmScratch(T, L"CmNameLimit");
	PWSTR Buffer = (PWSTR)ExAllocatePoolWithTag(PagedPool, Units * sizeof(WCHAR), 'mCtN');
	UNICODE_STRING Name;
	ULONG Value = 3, i;

	CHECK(Buffer != NULL);
	if (Buffer) {
		for (i = 0; i < Units; i++)
			Buffer[i] = L'n';
		Name.Buffer = Buffer;
		/* "Registry Element Size Limits": 16,383 characters. */
		Name.Length = Name.MaximumLength = (USHORT)(Units * sizeof(WCHAR));
		CHECK_EQ(STATUS_INVALID_PARAMETER, ZwSetValueKey(Key, &Name, 0, REG_DWORD, &Value, 4));
		Name.Length = Name.MaximumLength = (USHORT)((Units - 1) * sizeof(WCHAR));
		CHECK_EQ(STATUS_SUCCESS, ZwSetValueKey(Key, &Name, 0, REG_DWORD, &Value, 4));
		CHECK_EQ(STATUS_SUCCESS, ZwDeleteValueKey(Key, &Name));
		ExFreePoolWithTag(Buffer, 'mCtN');
	}
	CmEnd(T, Key);
}
