// SPDX-License-Identifier: GPL-2.0
/* "RtlQueryRegistryValues" and the other Rtl routines for the registry. */
#include "cm.h"

#define SCRATCH		L"\\Registry\\Machine\\Software\\CmQuery"
#define CALLS_MAX	8

/* What the QueryRoutine saw. */
typedef struct _SEEN {
	ULONG Calls;
	NTSTATUS Answer;
	struct {
		WCHAR Name[24];
		ULONG Type;
		ULONG Length;
		BOOLEAN HasData;
		UCHAR Data[64];
		PVOID EntryContext;
	} Call[CALLS_MAX];
} SEEN, *PSEEN;

static NTSTATUS NTAPI See(PWSTR ValueName, ULONG ValueType, PVOID ValueData, ULONG ValueLength,
			  PVOID Context, PVOID EntryContext)
{
	PSEEN Seen = (PSEEN)Context;
	ULONG i = Seen->Calls++;

	if (i >= CALLS_MAX)
		return STATUS_UNSUCCESSFUL;
	if (ValueName)
		wcsncpy(Seen->Call[i].Name, ValueName, 23);
	Seen->Call[i].Type = ValueType;
	Seen->Call[i].Length = ValueLength;
	Seen->Call[i].HasData = ValueData != NULL;
	if (ValueData && ValueLength <= sizeof(Seen->Call[i].Data))
		RtlCopyMemory(Seen->Call[i].Data, ValueData, ValueLength);
	Seen->Call[i].EntryContext = EntryContext;
	return Seen->Answer;
}

/* Two entries and the end. */
static NTSTATUS Run(HANDLE Key, PSEEN Seen, PRTL_QUERY_REGISTRY_TABLE Table)
{
	RtlZeroMemory(Seen, sizeof(*Seen));
	return RtlQueryRegistryValues(RTL_REGISTRY_HANDLE, (PCWSTR)Key, Table, Seen, NULL);
}

static BOOLEAN SawText(PSEEN Seen, ULONG Call, PCWSTR Text)
{
	ULONG Length = CmText(Text).Length + sizeof(WCHAR);

	return Call < Seen->Calls && Seen->Call[Call].Length == Length &&
	       RtlEqualMemory(Seen->Call[Call].Data, Text, Length);
}

VOID QueryNamed(PCONFORM_TEST_CONTEXT T)
{
	HANDLE Key = CmScratch(T, L"CmQuery");
	RTL_QUERY_REGISTRY_TABLE Table[3];
	SEEN Seen;

	RtlZeroMemory(Table, sizeof(Table));
	Table[0].QueryRoutine = See;
	Table[0].Name = (PWSTR)L"Number";
	Table[0].EntryContext = &Seen.Answer;
	Table[1].QueryRoutine = See;
	Table[1].Name = (PWSTR)L"Text";
	CHECK_EQ(STATUS_SUCCESS, CmSetUlong(Key, L"number", 5));
	CHECK_EQ(STATUS_SUCCESS, CmSetString(Key, L"Text", L"abc"));
	CHECK_EQ(STATUS_SUCCESS, Run(Key, &Seen, Table));
	CHECK_EQ(2, Seen.Calls);
	CHECK_EQ(REG_DWORD, Seen.Call[0].Type);
	CHECK_EQ(4, Seen.Call[0].Length);
	CHECK_EQ(5, *(PULONG)Seen.Call[0].Data);
	CHECK_EQ((ULONG_PTR)&Seen.Answer, (ULONG_PTR)Seen.Call[0].EntryContext);
	CHECK(!wcscmp(Seen.Call[0].Name, L"Number"));
	CHECK_EQ(REG_SZ, Seen.Call[1].Type);
	CHECK(SawText(&Seen, 1, L"abc"));
	CmEnd(T, Key);
}

VOID QueryRoots(PCONFORM_TEST_CONTEXT T)
{
	static const ULONG Roots[] = {
		RTL_REGISTRY_SERVICES, RTL_REGISTRY_CONTROL, RTL_REGISTRY_WINDOWS_NT,
		RTL_REGISTRY_DEVICEMAP, RTL_REGISTRY_USER,
	};
	static const PCWSTR Paths[] = {
		L"\\Registry\\Machine\\System\\CurrentControlSet\\Services",
		L"\\Registry\\Machine\\System\\CurrentControlSet\\Control",
		L"\\Registry\\Machine\\Software\\Microsoft\\Windows NT\\CurrentVersion",
		L"\\Registry\\Machine\\Hardware\\DeviceMap", L"\\Registry\\User\\.Default",
	};
	HANDLE Root, Key;
	ULONG i, Value = 8;

	for (i = 0; i < RTL_NUMBER_OF(Roots); i++) {
		CHECK_EQ(STATUS_SUCCESS, CmOpen(NULL, Paths[i], KEY_ALL_ACCESS, &Root));
		CHECK_EQ(STATUS_SUCCESS, CmCreate(Root, L"CmRoots", KEY_ALL_ACCESS, REG_OPTION_VOLATILE,
						  &Key, NULL));
		CHECK_EQ(STATUS_SUCCESS, RtlCheckRegistryKey(Roots[i], (PWSTR)L"CmRoots"));
		CHECK_EQ(STATUS_SUCCESS, RtlWriteRegistryValue(Roots[i], L"CmRoots", L"Value", REG_DWORD,
							       &Value, sizeof(Value)));
		CHECK_EQ(8, CmGetUlong(Key, L"Value"));
		CHECK_EQ(STATUS_SUCCESS, RtlDeleteRegistryValue(Roots[i], L"CmRoots", L"Value"));
		CHECK(!CmHas(Key, L"Value"));
		CHECK_EQ(STATUS_OBJECT_NAME_NOT_FOUND, RtlDeleteRegistryValue(Roots[i], L"CmRoots",
									      L"Value"));
		CHECK_EQ(STATUS_OBJECT_NAME_NOT_FOUND, RtlCheckRegistryKey(Roots[i], (PWSTR)L"CmNone"));
		CHECK_EQ(STATUS_SUCCESS, ZwDeleteKey(Key));
		ZwClose(Key);
		ZwClose(Root);
	}
	CHECK_EQ(STATUS_INVALID_PARAMETER, RtlCheckRegistryKey(RTL_REGISTRY_MAXIMUM, (PWSTR)L"x"));
}

VOID QueryCreates(PCONFORM_TEST_CONTEXT T)
{
	HANDLE Key = NULL;
	ULONG Value = 3;

	/* "RtlCreateRegistryKey"; "RtlWriteRegistryValue" makes the key that it needs. */
	CHECK_EQ(STATUS_SUCCESS, RtlCreateRegistryKey(RTL_REGISTRY_ABSOLUTE, (PWSTR)SCRATCH));
	CHECK_EQ(STATUS_SUCCESS, RtlCreateRegistryKey(RTL_REGISTRY_ABSOLUTE, (PWSTR)SCRATCH));
	CHECK_EQ(STATUS_SUCCESS, RtlWriteRegistryValue(RTL_REGISTRY_ABSOLUTE, SCRATCH L"\\Sub", L"Value",
						       REG_DWORD, &Value, sizeof(Value)));
	CHECK_EQ(STATUS_SUCCESS, RtlCheckRegistryKey(RTL_REGISTRY_ABSOLUTE, (PWSTR)(SCRATCH L"\\Sub")));
	CHECK_EQ(STATUS_SUCCESS, CmOpen(NULL, SCRATCH, KEY_ALL_ACCESS, &Key));
	/* By handle, the path is one. */
	CHECK_EQ(STATUS_SUCCESS, RtlWriteRegistryValue(RTL_REGISTRY_HANDLE, (PCWSTR)Key, L"Here",
						       REG_DWORD, &Value, sizeof(Value)));
	CHECK_EQ(3, CmGetUlong(Key, L"Here"));
	CHECK_EQ(STATUS_SUCCESS, RtlDeleteRegistryValue(RTL_REGISTRY_HANDLE, (PCWSTR)Key, L"Here"));
	CHECK(!CmHas(Key, L"Here"));
	CmEnd(T, Key);
}

VOID QueryEnumerates(PCONFORM_TEST_CONTEXT T)
{
	HANDLE Key = CmScratch(T, L"CmQuery");
	RTL_QUERY_REGISTRY_TABLE Table[2];
	SEEN Seen;

	RtlZeroMemory(Table, sizeof(Table));
	Table[0].QueryRoutine = See;
	/* Without a name: all values; of a key that has none, none. */
	CHECK_EQ(STATUS_SUCCESS, Run(Key, &Seen, Table));
	CHECK_EQ(0, Seen.Calls);
	Table[0].Flags = RTL_QUERY_REGISTRY_REQUIRED;
	CHECK_EQ(STATUS_OBJECT_NAME_NOT_FOUND, Run(Key, &Seen, Table));
	CHECK_EQ(STATUS_SUCCESS, CmSetUlong(Key, L"One", 1));
	CHECK_EQ(STATUS_SUCCESS, CmSetUlong(Key, L"Two", 2));
	CHECK_EQ(STATUS_SUCCESS, Run(Key, &Seen, Table));
	CHECK_EQ(2, Seen.Calls);
	CHECK(!wcscmp(Seen.Call[0].Name, L"One") || !wcscmp(Seen.Call[1].Name, L"One"));
	/* RTL_QUERY_REGISTRY_NOVALUE: one call, with nothing. */
	Table[0].Flags = RTL_QUERY_REGISTRY_NOVALUE;
	CHECK_EQ(STATUS_SUCCESS, Run(Key, &Seen, Table));
	CHECK_EQ(1, Seen.Calls);
	CHECK_EQ(REG_NONE, Seen.Call[0].Type);
	CHECK_EQ(0, Seen.Call[0].Length);
	CHECK(!Seen.Call[0].HasData);
	CmEnd(T, Key);
}

VOID QueryDeletes(PCONFORM_TEST_CONTEXT T)
{
	HANDLE Key = CmScratch(T, L"CmQuery");
	RTL_QUERY_REGISTRY_TABLE Table[2];
	SEEN Seen;

	RtlZeroMemory(Table, sizeof(Table));
	Table[0].QueryRoutine = See;
	Table[0].Flags = RTL_QUERY_REGISTRY_DELETE;
	Table[0].Name = (PWSTR)L"Two";
	CHECK_EQ(STATUS_SUCCESS, CmSetUlong(Key, L"One", 1));
	CHECK_EQ(STATUS_SUCCESS, CmSetUlong(Key, L"Two", 2));
	CHECK_EQ(STATUS_SUCCESS, CmSetUlong(Key, L"Three", 3));
	/* RTL_QUERY_REGISTRY_DELETE: after they were queried. */
	CHECK_EQ(STATUS_SUCCESS, Run(Key, &Seen, Table));
	CHECK_EQ(1, Seen.Calls);
	CHECK(!CmHas(Key, L"Two"));
	CHECK(CmHas(Key, L"One"));
	/* Enumerating all while each is deleted misses none. */
	Table[0].Name = NULL;
	CHECK_EQ(STATUS_SUCCESS, Run(Key, &Seen, Table));
	CHECK_EQ(2, Seen.Calls);
	CHECK(!CmHas(Key, L"One"));
	CHECK(!CmHas(Key, L"Three"));
	CmEnd(T, Key);
}

VOID QueryDefaults(PCONFORM_TEST_CONTEXT T)
{
	HANDLE Key = CmScratch(T, L"CmQuery");
	RTL_QUERY_REGISTRY_TABLE Table[2];
	ULONG Number = 42, Seven = 7;
	SEEN Seen;

	RtlZeroMemory(Table, sizeof(Table));
	Table[0].QueryRoutine = See;
	Table[0].Name = (PWSTR)L"NotThere";
	/* DefaultType REG_NONE: no default, no call. */
	CHECK_EQ(STATUS_SUCCESS, Run(Key, &Seen, Table));
	CHECK_EQ(0, Seen.Calls);
	Table[0].DefaultType = REG_DWORD;
	Table[0].DefaultData = &Number;
	Table[0].DefaultLength = sizeof(Number);
	CHECK_EQ(STATUS_SUCCESS, Run(Key, &Seen, Table));
	CHECK_EQ(1, Seen.Calls);
	CHECK_EQ(42, *(PULONG)Seen.Call[0].Data);
	/* A length of 0: that of the string. */
	Table[0].DefaultType = REG_SZ;
	Table[0].DefaultData = (PVOID)(ULONG_PTR)L"default";
	Table[0].DefaultLength = 0;
	CHECK_EQ(STATUS_SUCCESS, Run(Key, &Seen, Table));
	CHECK(SawText(&Seen, 0, L"default"));
	Table[0].DefaultType = REG_MULTI_SZ;
	Table[0].DefaultData = (PVOID)(ULONG_PTR)L"one\0two\0";
	CHECK_EQ(STATUS_SUCCESS, Run(Key, &Seen, Table));
	CHECK_EQ(2, Seen.Calls);
	CHECK(SawText(&Seen, 0, L"one"));
	CHECK(SawText(&Seen, 1, L"two"));
	/* Directly, too; and not when the value is there. */
	Table[0].QueryRoutine = NULL;
	Table[0].Flags = RTL_QUERY_REGISTRY_DIRECT;
	Table[0].EntryContext = &Seven;
	Table[0].DefaultType = REG_DWORD;
	Table[0].DefaultData = &Number;
	Table[0].DefaultLength = sizeof(Number);
	CHECK_EQ(STATUS_SUCCESS, Run(Key, &Seen, Table));
	CHECK_EQ(42, Seven);
	CHECK_EQ(STATUS_SUCCESS, CmSetUlong(Key, L"NotThere", 1));
	CHECK_EQ(STATUS_SUCCESS, Run(Key, &Seen, Table));
	CHECK_EQ(1, Seven);
	CmEnd(T, Key);
}

VOID QueryRequired(PCONFORM_TEST_CONTEXT T)
{
	HANDLE Key = CmScratch(T, L"CmQuery");
	RTL_QUERY_REGISTRY_TABLE Table[3];
	SEEN Seen;

	RtlZeroMemory(Table, sizeof(Table));
	Table[0].QueryRoutine = See;
	Table[0].Name = (PWSTR)L"NotThere";
	Table[0].Flags = RTL_QUERY_REGISTRY_REQUIRED;
	Table[1].QueryRoutine = See;
	Table[1].Name = (PWSTR)L"There";
	CHECK_EQ(STATUS_SUCCESS, CmSetUlong(Key, L"There", 1));
	/* RTL_QUERY_REGISTRY_REQUIRED: the table is left at once. */
	CHECK_EQ(STATUS_OBJECT_NAME_NOT_FOUND, Run(Key, &Seen, Table));
	CHECK_EQ(0, Seen.Calls);
	Table[0].Flags = 0;
	CHECK_EQ(STATUS_SUCCESS, Run(Key, &Seen, Table));
	CHECK_EQ(1, Seen.Calls);
	/* A key that is not there, and one that need not be. */
	RtlZeroMemory(&Seen, sizeof(Seen));
	CHECK_EQ(STATUS_OBJECT_NAME_NOT_FOUND,
		 RtlQueryRegistryValues(RTL_REGISTRY_ABSOLUTE, SCRATCH L"\\None", Table, &Seen, NULL));
	CHECK_EQ(STATUS_SUCCESS,
		 RtlQueryRegistryValues(RTL_REGISTRY_ABSOLUTE | RTL_REGISTRY_OPTIONAL,
					SCRATCH L"\\None", Table, &Seen, NULL));
	CHECK_EQ(0, Seen.Calls);
	CmEnd(T, Key);
}

VOID QuerySubkeys(PCONFORM_TEST_CONTEXT T)
{
	HANDLE Key = CmScratch(T, L"CmQuery"), Sub = NULL;
	RTL_QUERY_REGISTRY_TABLE Table[8];
	ULONG i, Seen[4] = { 0 };

	CHECK_EQ(STATUS_SUCCESS, CmCreate(Key, L"A", KEY_ALL_ACCESS, REG_OPTION_VOLATILE, &Sub, NULL));
	CHECK_EQ(STATUS_SUCCESS, CmSetUlong(Sub, L"Value", 1));
	ZwClose(Sub);
	CHECK_EQ(STATUS_SUCCESS, CmCreate(Key, L"B", KEY_ALL_ACCESS, REG_OPTION_VOLATILE, &Sub, NULL));
	CHECK_EQ(STATUS_SUCCESS, CmSetUlong(Sub, L"Value", 2));
	ZwClose(Sub);
	CHECK_EQ(STATUS_SUCCESS, CmSetUlong(Key, L"Value", 3));

	/* Each subkey is relative to the Path; TOPKEY goes back to that. */
	RtlZeroMemory(Table, sizeof(Table));
	Table[0].Flags = Table[2].Flags = RTL_QUERY_REGISTRY_SUBKEY;
	Table[0].Name = (PWSTR)L"A";
	Table[2].Name = (PWSTR)L"B";
	for (i = 1; i < 6; i += 2) {
		Table[i].Flags = RTL_QUERY_REGISTRY_DIRECT | RTL_QUERY_REGISTRY_REQUIRED;
		Table[i].Name = (PWSTR)L"Value";
		Table[i].EntryContext = &Seen[i / 2];
	}
	Table[4].Flags = RTL_QUERY_REGISTRY_TOPKEY;
	CHECK_EQ(STATUS_SUCCESS, RtlQueryRegistryValues(RTL_REGISTRY_HANDLE, (PCWSTR)Key, Table, NULL,
							NULL));
	CHECK_EQ(1, Seen[0]);
	CHECK_EQ(2, Seen[1]);
	CHECK_EQ(3, Seen[2]);
	/* One that is not there and must be; and a nameless one. */
	Table[0].Name = (PWSTR)L"None";
	Table[0].Flags |= RTL_QUERY_REGISTRY_REQUIRED;
	CHECK_EQ(STATUS_OBJECT_NAME_NOT_FOUND, RtlQueryRegistryValues(RTL_REGISTRY_HANDLE, (PCWSTR)Key,
								      Table, NULL, NULL));
	Table[0].Name = NULL;
	CHECK_EQ(STATUS_INVALID_PARAMETER, RtlQueryRegistryValues(RTL_REGISTRY_HANDLE, (PCWSTR)Key,
								  Table, NULL, NULL));
	CmEnd(T, Key);
}

VOID QueryMultiSz(PCONFORM_TEST_CONTEXT T)
{
	static const WCHAR List[] = L"one\0two\0three\0";
	static const WCHAR Open[] = { L'a', 0, L'b' };
	HANDLE Key = CmScratch(T, L"CmQuery");
	RTL_QUERY_REGISTRY_TABLE Table[2];
	SEEN Seen;

	RtlZeroMemory(Table, sizeof(Table));
	Table[0].QueryRoutine = See;
	Table[0].Name = (PWSTR)L"List";
	CHECK_EQ(STATUS_SUCCESS, CmSet(Key, L"List", REG_MULTI_SZ, List, sizeof(List)));
	/* One call for each string, as a REG_SZ. */
	CHECK_EQ(STATUS_SUCCESS, Run(Key, &Seen, Table));
	CHECK_EQ(3, Seen.Calls);
	CHECK_EQ(REG_SZ, Seen.Call[0].Type);
	CHECK(SawText(&Seen, 0, L"one"));
	CHECK(SawText(&Seen, 1, L"two"));
	CHECK(SawText(&Seen, 2, L"three"));
	CHECK(!wcscmp(Seen.Call[2].Name, L"List"));
	/* RTL_QUERY_REGISTRY_NOEXPAND: as it is. */
	Table[0].Flags = RTL_QUERY_REGISTRY_NOEXPAND;
	CHECK_EQ(STATUS_SUCCESS, Run(Key, &Seen, Table));
	CHECK_EQ(1, Seen.Calls);
	CHECK_EQ(REG_MULTI_SZ, Seen.Call[0].Type);
	CHECK_EQ(sizeof(List), Seen.Call[0].Length);
	/* Without the zeros at its end. */
	Table[0].Flags = 0;
	CHECK_EQ(STATUS_SUCCESS, CmSet(Key, L"List", REG_MULTI_SZ, Open, sizeof(Open)));
	CHECK_EQ(STATUS_SUCCESS, Run(Key, &Seen, Table));
	CHECK_EQ(2, Seen.Calls);
	CHECK(SawText(&Seen, 1, L"b"));
	/* An error ends it. */
	RtlZeroMemory(&Seen, sizeof(Seen));
	Seen.Answer = STATUS_DEVICE_BUSY;
	CHECK_EQ(STATUS_DEVICE_BUSY, RtlQueryRegistryValues(RTL_REGISTRY_HANDLE, (PCWSTR)Key, Table,
							    &Seen, NULL));
	CHECK_EQ(1, Seen.Calls);
	/* With one exception. */
	RtlZeroMemory(&Seen, sizeof(Seen));
	Seen.Answer = STATUS_BUFFER_TOO_SMALL;
	CHECK_EQ(STATUS_SUCCESS, RtlQueryRegistryValues(RTL_REGISTRY_HANDLE, (PCWSTR)Key, Table, &Seen,
							NULL));
	CHECK_EQ(2, Seen.Calls);
	CmEnd(T, Key);
}

VOID QueryExpandSz(PCONFORM_TEST_CONTEXT T)
{
	static const WCHAR Text[] = L"%NoSuchVariable%\\x";
	HANDLE Key = CmScratch(T, L"CmQuery");
	RTL_QUERY_REGISTRY_TABLE Table[2];
	SEEN Seen;

	RtlZeroMemory(Table, sizeof(Table));
	Table[0].QueryRoutine = See;
	Table[0].Name = (PWSTR)L"Text";
	Table[0].Flags = RTL_QUERY_REGISTRY_NOEXPAND;
	CHECK_EQ(STATUS_SUCCESS, CmSet(Key, L"Text", REG_EXPAND_SZ, Text, sizeof(Text)));
	CHECK_EQ(STATUS_SUCCESS, Run(Key, &Seen, Table));
	CHECK_EQ(REG_EXPAND_SZ, Seen.Call[0].Type);
	CHECK(SawText(&Seen, 0, Text));
	CmEnd(T, Key);
}

/* Strings that were written without a NUL, or with half a character. */
VOID QueryUnterminated(PCONFORM_TEST_CONTEXT T)
{
	static const UCHAR Odd[] = { 'a', 0, 'b', 0, 'c' };
	HANDLE Key = CmScratch(T, L"CmQuery");
	RTL_QUERY_REGISTRY_TABLE Table[2];
	UNICODE_STRING String = { 0 };
	SEEN Seen;

	RtlZeroMemory(Table, sizeof(Table));
	Table[0].QueryRoutine = See;
	Table[0].Name = (PWSTR)L"Text";
	CHECK_EQ(STATUS_SUCCESS, CmSet(Key, L"Text", REG_SZ, L"abc", 6));
	/* "QueryRoutine": a REG_SZ is a null-terminated string. */
	CHECK_EQ(STATUS_SUCCESS, Run(Key, &Seen, Table));
	CHECK(SawText(&Seen, 0, L"abc"));
	CHECK_EQ(STATUS_SUCCESS, CmSet(Key, L"Text", REG_SZ, Odd, sizeof(Odd)));
	CHECK_EQ(STATUS_SUCCESS, Run(Key, &Seen, Table));
	CHECK(SawText(&Seen, 0, L"ab"));
	CHECK_EQ(STATUS_SUCCESS, CmSet(Key, L"Text", REG_SZ, NULL, 0));
	CHECK_EQ(STATUS_SUCCESS, Run(Key, &Seen, Table));
	CHECK(SawText(&Seen, 0, L""));

	CHECK_EQ(STATUS_SUCCESS, CmSet(Key, L"Text", REG_SZ, L"abc", 6));
	Table[0].QueryRoutine = NULL;
	Table[0].Flags = RTL_QUERY_REGISTRY_DIRECT;
	Table[0].EntryContext = &String;
	CHECK_EQ(STATUS_SUCCESS, RtlQueryRegistryValues(RTL_REGISTRY_HANDLE, (PCWSTR)Key, Table, NULL,
							NULL));
	CHECK_EQ(6, String.Length);
	CHECK(String.MaximumLength >= 8);
	CHECK(String.Buffer && !wcscmp(String.Buffer, L"abc"));
	RtlFreeUnicodeString(&String);
	CmEnd(T, Key);
}

static NTSTATUS Direct(HANDLE Key, PCWSTR Name, ULONG Flags, PVOID Context)
{
	RTL_QUERY_REGISTRY_TABLE Table[2];

	RtlZeroMemory(Table, sizeof(Table));
	Table[0].Flags = RTL_QUERY_REGISTRY_DIRECT | Flags;
	Table[0].Name = (PWSTR)(ULONG_PTR)Name;
	Table[0].EntryContext = Context;
	return RtlQueryRegistryValues(RTL_REGISTRY_HANDLE, (PCWSTR)Key, Table, NULL, NULL);
}

VOID QueryDirectString(PCONFORM_TEST_CONTEXT T)
{
	static const WCHAR List[] = L"one\0two\0";
	HANDLE Key = CmScratch(T, L"CmQuery");
	UNICODE_STRING String = { 0 };
	WCHAR Buffer[8];

	CHECK_EQ(STATUS_SUCCESS, CmSetString(Key, L"Text", L"abcdef"));
	CHECK_EQ(STATUS_SUCCESS, CmSet(Key, L"List", REG_MULTI_SZ, List, sizeof(List)));
	/* Without a buffer one is allocated, which the caller frees. */
	CHECK_EQ(STATUS_SUCCESS, Direct(Key, L"Text", 0, &String));
	CHECK_EQ(12, String.Length);
	CHECK(String.Buffer && !wcscmp(String.Buffer, L"abcdef"));
	RtlFreeUnicodeString(&String);
	/* With one, it must be large enough for the NUL, too. */
	String.Buffer = Buffer;
	String.Length = 0;
	String.MaximumLength = 12;
	Buffer[6] = L'!';
	CHECK_EQ(STATUS_BUFFER_TOO_SMALL, Direct(Key, L"Text", 0, &String));
	CHECK_EQ(0, String.Length);
	CHECK_EQ(L'!', Buffer[6]);
	String.MaximumLength = 14;
	CHECK_EQ(STATUS_SUCCESS, Direct(Key, L"Text", 0, &String));
	CHECK_EQ(12, String.Length);
	CHECK_EQ(14, String.MaximumLength);
	CHECK_EQ(0, Buffer[6]);
	/* REG_MULTI_SZ needs RTL_QUERY_REGISTRY_NOEXPAND. */
	RtlZeroMemory(&String, sizeof(String));
	CHECK_EQ(STATUS_INVALID_PARAMETER, Direct(Key, L"List", 0, &String));
	CHECK_EQ(0, (ULONG_PTR)String.Buffer);
	CHECK_EQ(STATUS_SUCCESS, Direct(Key, L"List", RTL_QUERY_REGISTRY_NOEXPAND, &String));
	CHECK(String.Buffer && RtlEqualMemory(String.Buffer, List, sizeof(List)));
	RtlFreeUnicodeString(&String);
	CmEnd(T, Key);
}

VOID QueryDirectBinary(PCONFORM_TEST_CONTEXT T)
{
	HANDLE Key = CmScratch(T, L"CmQuery");
	struct {
		LONG Size;
		UCHAR Rest[28];
	} Buffer;
	UCHAR Byte[4] = { 0x11, 0x22, 0x33, 0x44 };
	ULONG Number = 0;

	CHECK_EQ(STATUS_SUCCESS, CmSetUlong(Key, L"Number", 77));
	CHECK_EQ(STATUS_SUCCESS, CmSet(Key, L"Byte", REG_BINARY, "\x99", 1));
	CHECK_EQ(STATUS_SUCCESS, CmSet(Key, L"Long", REG_BINARY, "0123456789abcdef", 16));
	/* No more than a ULONG: stored as it is. */
	CHECK_EQ(STATUS_SUCCESS, Direct(Key, L"Number", 0, &Number));
	CHECK_EQ(77, Number);
	CHECK_EQ(STATUS_SUCCESS, Direct(Key, L"Byte", 0, Byte));
	CHECK_EQ(0x99, Byte[0]);
	CHECK_EQ(0x22, Byte[1]);
	/* More: the buffer says how large it is; negative: the data alone. */
	Buffer.Size = -16;
	CHECK_EQ(STATUS_SUCCESS, Direct(Key, L"Long", 0, &Buffer));
	CHECK(RtlEqualMemory(&Buffer, "0123456789abcdef", 16));
	/* Positive: length, type, data. */
	Buffer.Size = sizeof(Buffer);
	CHECK_EQ(STATUS_SUCCESS, Direct(Key, L"Long", 0, &Buffer));
	CHECK_EQ(16, Buffer.Size);
	CHECK_EQ(REG_BINARY, *(PULONG)Buffer.Rest);
	CHECK(RtlEqualMemory(Buffer.Rest + 4, "0123456789abcdef", 16));
	CmEnd(T, Key);
}

VOID QueryDirectTooSmall(PCONFORM_TEST_CONTEXT T)
{
	static const LONG Sizes[] = { -15, -1, 0, 4, 8, 23 };
	HANDLE Key = CmScratch(T, L"CmQuery");
	struct {
		LONG Size;
		UCHAR Rest[28];
	} Buffer;
	ULONG i;

	CHECK_EQ(STATUS_SUCCESS, CmSet(Key, L"Long", REG_BINARY, "0123456789abcdef", 16));
	for (i = 0; i < RTL_NUMBER_OF(Sizes); i++) {
		RtlFillMemory(&Buffer, sizeof(Buffer), 0xee);
		Buffer.Size = Sizes[i];
		CHECK_EQ(STATUS_BUFFER_TOO_SMALL, Direct(Key, L"Long", 0, &Buffer));
		CHECK_EQ(Sizes[i], Buffer.Size);
		CHECK_EQ(0xee, Buffer.Rest[0]);
	}
	Buffer.Size = 24;
	CHECK_EQ(STATUS_SUCCESS, Direct(Key, L"Long", 0, &Buffer));
	CmEnd(T, Key);
}

VOID QueryTypeCheck(PCONFORM_TEST_CONTEXT T)
{
	HANDLE Key = CmScratch(T, L"CmQuery");
	RTL_QUERY_REGISTRY_TABLE Table[2];
	ULONG Number = 0, Default = 6;

	RtlZeroMemory(Table, sizeof(Table));
	Table[0].Flags = RTL_QUERY_REGISTRY_DIRECT | RTL_QUERY_REGISTRY_TYPECHECK;
	Table[0].Name = (PWSTR)L"Number";
	Table[0].EntryContext = &Number;
	Table[0].DefaultType = (REG_DWORD << RTL_QUERY_REGISTRY_TYPECHECK_SHIFT) | REG_DWORD;
	Table[0].DefaultData = &Default;
	Table[0].DefaultLength = sizeof(Default);
	/* The type in the high byte is what is expected, the low byte that of the default. */
	CHECK_EQ(STATUS_SUCCESS, CmSetString(Key, L"Number", L"1234567890"));
	CHECK_EQ(STATUS_OBJECT_TYPE_MISMATCH, RtlQueryRegistryValues(RTL_REGISTRY_HANDLE, (PCWSTR)Key,
								     Table, NULL, NULL));
	CHECK_EQ(0, Number);
	CHECK_EQ(STATUS_SUCCESS, CmSetUlong(Key, L"Number", 5));
	CHECK_EQ(STATUS_SUCCESS, RtlQueryRegistryValues(RTL_REGISTRY_HANDLE, (PCWSTR)Key, Table, NULL,
							NULL));
	CHECK_EQ(5, Number);
	Table[0].Name = (PWSTR)L"None";
	CHECK_EQ(STATUS_SUCCESS, RtlQueryRegistryValues(RTL_REGISTRY_HANDLE, (PCWSTR)Key, Table, NULL,
							NULL));
	CHECK_EQ(6, Number);
	CmEnd(T, Key);
}

VOID QueryBadEntries(PCONFORM_TEST_CONTEXT T)
{
	HANDLE Key = CmScratch(T, L"CmQuery"), Writer = NULL;
	RTL_QUERY_REGISTRY_TABLE Table[2];
	ULONG Number = 0;
	SEEN Seen;

	CHECK_EQ(STATUS_SUCCESS, CmSetUlong(Key, L"Number", 5));
	RtlZeroMemory(Table, sizeof(Table));
	/* Directly: no routine, and a name; otherwise a routine. */
	Table[0].Flags = RTL_QUERY_REGISTRY_DIRECT;
	Table[0].EntryContext = &Number;
	CHECK_EQ(STATUS_INVALID_PARAMETER, Run(Key, &Seen, Table));
	Table[0].Name = (PWSTR)L"Number";
	Table[0].QueryRoutine = See;
	CHECK_EQ(STATUS_INVALID_PARAMETER, Run(Key, &Seen, Table));
	Table[0].Flags = 0;
	Table[0].QueryRoutine = NULL;
	CHECK_EQ(STATUS_INVALID_PARAMETER, Run(Key, &Seen, Table));
	CHECK_EQ(0, Number);
	CHECK_EQ(0, Seen.Calls);
	/* The handle must allow it. */
	CHECK_EQ(STATUS_SUCCESS, CmOpen(Key, L"", KEY_SET_VALUE, &Writer));
	Table[0].QueryRoutine = See;
	CHECK_EQ(STATUS_ACCESS_DENIED, Run(Writer, &Seen, Table));
	CHECK_EQ(STATUS_INVALID_HANDLE, Run(NULL, &Seen, Table));
	ZwClose(Writer);
	CmEnd(T, Key);
}
