// SPDX-License-Identifier: GPL-2.0
/* Keys: "ZwCreateKey", "ZwOpenKey", "ZwDeleteKey", "ZwEnumerateKey", "ZwQueryKey". */
#include "cm.h"

VOID KeyCreate(PCONFORM_TEST_CONTEXT T)
{
	HANDLE Key = CmScratch(T, L"CmCreate"), Again = NULL, Sub = NULL;
	ULONG Disposition = 0;

	/* "ZwCreateKey": an existing key is opened, by an absolute path as by a relative one. */
	CHECK_EQ(STATUS_SUCCESS, CmCreate(NULL, L"\\Registry\\Machine\\Software\\CmCreate", KEY_READ,
					  REG_OPTION_VOLATILE, &Again, &Disposition));
	CHECK_EQ(REG_OPENED_EXISTING_KEY, Disposition);
	CHECK_EQ(STATUS_SUCCESS, ZwClose(Again));
	CHECK_EQ(STATUS_SUCCESS, CmCreate(Key, L"Sub", KEY_ALL_ACCESS, REG_OPTION_VOLATILE, &Sub,
					  &Disposition));
	CHECK_EQ(REG_CREATED_NEW_KEY, Disposition);
	CHECK((LONG_PTR)Sub < 0);
	CHECK_EQ(STATUS_SUCCESS, ZwClose(Sub));
	/* The disposition is optional. */
	CHECK_EQ(STATUS_SUCCESS, CmCreate(Key, L"Sub", KEY_READ, REG_OPTION_VOLATILE, &Sub, NULL));
	CHECK_EQ(STATUS_SUCCESS, ZwClose(Sub));
	CmEnd(T, Key);
}

VOID KeyNames(PCONFORM_TEST_CONTEXT T)
{
	static const PCWSTR Same[] = { L"MixedCase", L"mixedcase", L"MIXEDCASE", L"MixedCase\\" };
	HANDLE Key = CmScratch(T, L"CmNames"), Sub = NULL;
	ULONG i, Disposition = 0;

	/* "Registry Keys": names are not case-sensitive; a path may end with a backslash. */
	CHECK_EQ(STATUS_SUCCESS, CmCreate(Key, Same[0], KEY_READ, REG_OPTION_VOLATILE, &Sub, NULL));
	ZwClose(Sub);
	for (i = 0; i < RTL_NUMBER_OF(Same); i++) {
		CHECK_EQ(STATUS_SUCCESS, CmCreate(Key, Same[i], KEY_READ, REG_OPTION_VOLATILE, &Sub,
						  &Disposition));
		CHECK_EQ(REG_OPENED_EXISTING_KEY, Disposition);
		ZwClose(Sub);
	}
	CHECK_EQ(STATUS_SUCCESS, CmOpen(NULL, L"\\REGISTRY\\MACHINE\\SOFTWARE\\CMNAMES\\mIXEDcASE",
					KEY_READ, &Sub));
	ZwClose(Sub);
	/* With an empty name it is the root directory itself. */
	CHECK_EQ(STATUS_SUCCESS, CmOpen(Key, L"", KEY_ALL_ACCESS, &Sub));
	CHECK_EQ(STATUS_SUCCESS, CmSetUlong(Sub, L"Here", 1));
	CHECK_EQ(1, CmGetUlong(Key, L"Here"));
	ZwClose(Sub);
	CmEnd(T, Key);
}

VOID KeyRefused(PCONFORM_TEST_CONTEXT T)
{
	HANDLE Key = CmScratch(T, L"CmRefused"), Bad = NULL;
	UNICODE_STRING Odd = CmText(L"Odd");
	OBJECT_ATTRIBUTES Attributes;

	CHECK_EQ(STATUS_OBJECT_NAME_NOT_FOUND, CmOpen(Key, L"NotThere", KEY_READ, &Bad));
	/* "ZwCreateKey": only the last component may be missing. */
	CHECK_EQ(STATUS_OBJECT_NAME_NOT_FOUND, CmCreate(Key, L"NotThere\\Below", KEY_READ,
							REG_OPTION_VOLATILE, &Bad, NULL));
	CHECK_EQ(STATUS_OBJECT_NAME_NOT_FOUND,
		 CmOpen(NULL, L"\\Registry\\Machine\\NotThere\\Below", KEY_READ, &Bad));
	/* Paths begin with \Registry; those below a root directory without a backslash. */
	CHECK_EQ(STATUS_OBJECT_PATH_NOT_FOUND, CmOpen(NULL, L"\\NotRegistry\\Machine", KEY_READ, &Bad));
	CHECK_EQ(STATUS_OBJECT_PATH_SYNTAX_BAD, CmOpen(NULL, L"Registry\\Machine", KEY_READ, &Bad));
	CHECK_EQ(STATUS_OBJECT_PATH_SYNTAX_BAD, CmOpen(Key, L"\\Registry\\Machine", KEY_READ, &Bad));
	CHECK_EQ(STATUS_INVALID_HANDLE, CmOpen((HANDLE)(LONG_PTR)-4444, L"Sub", KEY_READ, &Bad));
	Odd.Length = 5;
	InitializeObjectAttributes(&Attributes, &Odd, OBJ_KERNEL_HANDLE, Key, NULL);
	CHECK_EQ(STATUS_OBJECT_NAME_INVALID, ZwOpenKey(&Bad, KEY_READ, &Attributes));
	Attributes.ObjectName = NULL;
	CHECK_EQ(STATUS_INVALID_PARAMETER, ZwOpenKey(&Bad, KEY_READ, &Attributes));
	CHECK_EQ(STATUS_INVALID_PARAMETER, CmCreate(Key, L"Sub", KEY_READ, 0x80, &Bad, NULL));
	/* Nothing can be made beside Machine and User. */
	CHECK_EQ(STATUS_ACCESS_DENIED, CmCreate(NULL, L"\\Registry\\Other", KEY_READ, 0, &Bad, NULL));
	CHECK_EQ(0, (ULONG_PTR)Bad);
	CmEnd(T, Key);
}

VOID KeyNameLimit(PCONFORM_TEST_CONTEXT T)
{
	HANDLE Key = CmScratch(T, L"CmLimit"), Sub = NULL;
	WCHAR Name[257];
	ULONG i;

	/* "Registry Element Size Limits": 255 characters. */
	for (i = 0; i < 256; i++)
		Name[i] = L'a';
	Name[256] = 0;
	CHECK_EQ(STATUS_OBJECT_NAME_INVALID, CmCreate(Key, Name, KEY_READ, REG_OPTION_VOLATILE, &Sub,
						      NULL));
	Name[255] = 0;
	CHECK_EQ(STATUS_SUCCESS, CmCreate(Key, Name, KEY_READ, REG_OPTION_VOLATILE, &Sub, NULL));
	ZwClose(Sub);
	CmEnd(T, Key);
}

VOID KeyVolatile(PCONFORM_TEST_CONTEXT T)
{
	HANDLE Key = CmScratch(T, L"CmVolatile"), Sub = NULL;

	/* A key that is preserved has no place below one that is not. */
	CHECK_EQ(STATUS_CHILD_MUST_BE_VOLATILE, CmCreate(Key, L"Sub", KEY_READ,
							 REG_OPTION_NON_VOLATILE, &Sub, NULL));
	CHECK_EQ(STATUS_OBJECT_NAME_NOT_FOUND, CmOpen(Key, L"Sub", KEY_READ, &Sub));
	CHECK_EQ(STATUS_SUCCESS, CmCreate(Key, L"Sub", KEY_READ, REG_OPTION_VOLATILE, &Sub, NULL));
	ZwClose(Sub);
	/* Opening one does not make it: the option does not matter then. */
	CHECK_EQ(STATUS_SUCCESS, CmCreate(Key, L"Sub", KEY_READ, REG_OPTION_NON_VOLATILE, &Sub, NULL));
	ZwClose(Sub);
	CmEnd(T, Key);
}

VOID KeyAccess(PCONFORM_TEST_CONTEXT T)
{
	HANDLE Key = CmScratch(T, L"CmAccess"), Reader = NULL, Writer = NULL, Sub = NULL;
	UNICODE_STRING Name = CmText(L"Value");
	ULONG Length;

	CHECK_EQ(STATUS_SUCCESS, CmSetUlong(Key, L"Value", 1));
	CHECK_EQ(STATUS_SUCCESS, CmOpen(Key, L"", KEY_READ, &Reader));
	CHECK_EQ(STATUS_SUCCESS, CmOpen(Key, L"", KEY_WRITE, &Writer));
	/* Each page names the access that its handle must have been opened for. */
	CHECK_EQ(1, CmGetUlong(Reader, L"Value"));
	CHECK_EQ(STATUS_ACCESS_DENIED, CmSetUlong(Reader, L"Value", 2));
	CHECK_EQ(STATUS_ACCESS_DENIED, ZwDeleteValueKey(Reader, &Name));
	CHECK_EQ(STATUS_ACCESS_DENIED, ZwDeleteKey(Reader));
	CHECK_EQ(STATUS_ACCESS_DENIED, CmCreate(Reader, L"Sub", KEY_READ, REG_OPTION_VOLATILE, &Sub,
						NULL));
	CHECK_EQ(STATUS_ACCESS_DENIED, ZwQueryValueKey(Writer, &Name, KeyValuePartialInformation, NULL,
						       0, &Length));
	CHECK_EQ(STATUS_ACCESS_DENIED, ZwEnumerateValueKey(Writer, 0, KeyValueBasicInformation, NULL, 0,
							   &Length));
	CHECK_EQ(STATUS_ACCESS_DENIED, ZwEnumerateKey(Writer, 0, KeyBasicInformation, NULL, 0,
						      &Length));
	CHECK_EQ(STATUS_ACCESS_DENIED, ZwQueryKey(Writer, KeyFullInformation, NULL, 0, &Length));
	CHECK_EQ(STATUS_SUCCESS, CmSetUlong(Writer, L"Value", 3));
	CHECK_EQ(3, CmGetUlong(Reader, L"Value"));
	CHECK_EQ(STATUS_SUCCESS, CmCreate(Writer, L"Sub", KEY_READ, REG_OPTION_VOLATILE, &Sub, NULL));
	ZwClose(Sub);
	/* With a handle that may not create, what is there can still be opened. */
	CHECK_EQ(STATUS_SUCCESS, CmCreate(Reader, L"Sub", KEY_READ, REG_OPTION_VOLATILE, &Sub, NULL));
	ZwClose(Sub);
	ZwClose(Reader);
	ZwClose(Writer);
	CmEnd(T, Key);
}

VOID KeyGenericAccess(PCONFORM_TEST_CONTEXT T)
{
	HANDLE Key = CmScratch(T, L"CmGeneric"), Other = NULL;
	OBJECT_HANDLE_INFORMATION Information;
	PVOID Object = NULL;

	/* "ACCESS_MASK": generic rights mean those of the type. */
	CHECK_EQ(STATUS_SUCCESS, CmOpen(Key, L"", GENERIC_READ, &Other));
	CHECK_EQ(STATUS_SUCCESS, ObReferenceObjectByHandle(Other, KEY_READ, NULL, KernelMode, &Object,
							   &Information));
	CHECK_EQ(KEY_READ, Information.GrantedAccess);
	ObDereferenceObject(Object);
	ZwClose(Other);
	CHECK_EQ(STATUS_SUCCESS, CmOpen(Key, L"", MAXIMUM_ALLOWED, &Other));
	CHECK_EQ(STATUS_SUCCESS, CmSetUlong(Other, L"Value", 1));
	CHECK_EQ(1, CmGetUlong(Other, L"Value"));
	ZwClose(Other);
	CHECK_EQ(STATUS_SUCCESS, ObReferenceObjectByHandle(Key, KEY_READ, *CmKeyObjectType, KernelMode,
							   &Object, NULL));
	ObDereferenceObject(Object);
	/* A key is no event. */
	CHECK_EQ(STATUS_OBJECT_TYPE_MISMATCH,
		 ObReferenceObjectByHandle(Key, 0, *ExEventObjectType, KernelMode, &Object, NULL));
	CmEnd(T, Key);
}

VOID KeyDelete(PCONFORM_TEST_CONTEXT T)
{
	HANDLE Key = CmScratch(T, L"CmDelete"), Sub = NULL, Gone = NULL;

	CHECK_EQ(STATUS_SUCCESS, CmCreate(Key, L"Sub", KEY_ALL_ACCESS, REG_OPTION_VOLATILE, &Sub, NULL));
	/* "ZwDeleteKey": subkeys first; values go with their key. */
	CHECK_EQ(STATUS_CANNOT_DELETE, ZwDeleteKey(Key));
	CHECK_EQ(STATUS_SUCCESS, CmSetUlong(Sub, L"Value", 1));
	CHECK_EQ(STATUS_SUCCESS, ZwDeleteKey(Sub));
	CHECK_EQ(STATUS_SUCCESS, ZwClose(Sub));
	CHECK_EQ(STATUS_OBJECT_NAME_NOT_FOUND, CmOpen(Key, L"Sub", KEY_READ, &Gone));
	/* What the system stands on cannot be deleted. */
	CHECK_EQ(STATUS_SUCCESS, CmOpen(NULL, L"\\Registry\\Machine", KEY_ALL_ACCESS, &Sub));
	CHECK_EQ(STATUS_CANNOT_DELETE, ZwDeleteKey(Sub));
	ZwClose(Sub);
	CHECK_EQ(STATUS_SUCCESS, CmOpen(NULL, L"\\Registry\\Machine\\Hardware\\DeviceMap", KEY_ALL_ACCESS,
					&Sub));
	CHECK_EQ(STATUS_CANNOT_DELETE, ZwDeleteKey(Sub));
	ZwClose(Sub);
	CmEnd(T, Key);
}

VOID KeyDeletedWhileOpen(PCONFORM_TEST_CONTEXT T)
{
	HANDLE Key = CmScratch(T, L"CmDeleted"), One = NULL, Two = NULL, New = NULL;
	UNICODE_STRING Name = CmText(L"Value");
	ULONG Length, Disposition = 0;

	CHECK_EQ(STATUS_SUCCESS, CmCreate(Key, L"Sub", KEY_ALL_ACCESS, REG_OPTION_VOLATILE, &One, NULL));
	CHECK_EQ(STATUS_SUCCESS, CmOpen(Key, L"Sub", KEY_ALL_ACCESS, &Two));
	CHECK_EQ(STATUS_SUCCESS, CmSetUlong(Two, L"Value", 1));
	CHECK_EQ(STATUS_SUCCESS, ZwDeleteKey(One));
	/* "ZwDeleteKey": all handles of it become invalid, and are still to be closed. */
	CHECK_EQ(STATUS_KEY_DELETED, ZwQueryValueKey(Two, &Name, KeyValuePartialInformation, NULL, 0,
						     &Length));
	CHECK_EQ(STATUS_KEY_DELETED, CmSetUlong(Two, L"Value", 1));
	CHECK_EQ(STATUS_KEY_DELETED, ZwDeleteValueKey(Two, &Name));
	CHECK_EQ(STATUS_KEY_DELETED, ZwEnumerateKey(Two, 0, KeyBasicInformation, NULL, 0, &Length));
	CHECK_EQ(STATUS_KEY_DELETED, ZwEnumerateValueKey(Two, 0, KeyValueBasicInformation, NULL, 0,
							 &Length));
	CHECK_EQ(STATUS_KEY_DELETED, ZwQueryKey(Two, KeyFullInformation, NULL, 0, &Length));
	CHECK_EQ(STATUS_KEY_DELETED, ZwFlushKey(Two));
	CHECK_EQ(STATUS_KEY_DELETED, ZwDeleteKey(Two));
	CHECK_EQ(STATUS_KEY_DELETED, CmOpen(Two, L"Below", KEY_READ, &New));
	/* A new key of that name has nothing to do with it. */
	CHECK_EQ(STATUS_SUCCESS, CmCreate(Key, L"Sub", KEY_ALL_ACCESS, REG_OPTION_VOLATILE, &New,
					  &Disposition));
	CHECK_EQ(REG_CREATED_NEW_KEY, Disposition);
	CHECK(!CmHas(New, L"Value"));
	CHECK_EQ(STATUS_KEY_DELETED, ZwFlushKey(One));
	CHECK_EQ(STATUS_SUCCESS, ZwClose(One));
	CHECK_EQ(STATUS_SUCCESS, ZwClose(Two));
	CHECK_EQ(STATUS_SUCCESS, ZwClose(New));
	CmEnd(T, Key);
}

static BOOLEAN NameIs(PKEY_BASIC_INFORMATION Info, PCWSTR Name)
{
	UNICODE_STRING Expected = CmText(Name), Seen;

	Seen.Buffer = Info->Name;
	Seen.Length = Seen.MaximumLength = (USHORT)Info->NameLength;
	return RtlEqualUnicodeString(&Expected, &Seen, FALSE);
}

VOID KeyEnumerate(PCONFORM_TEST_CONTEXT T)
{
	static const PCWSTR Names[] = { L"alpha", L"Beta", L"gamma", L"Delta" };
	static const PCWSTR Sorted[] = { L"alpha", L"Beta", L"Delta", L"gamma" };
	HANDLE Key = CmScratch(T, L"CmEnumerate"), Sub = NULL;
	union {
		KEY_BASIC_INFORMATION Info;
		UCHAR Room[128];
	} Buffer;
	ULONG i, Length = 0;

	for (i = 0; i < RTL_NUMBER_OF(Names); i++) {
		CHECK_EQ(STATUS_SUCCESS, CmCreate(Key, Names[i], KEY_READ, REG_OPTION_VOLATILE, &Sub,
						  NULL));
		ZwClose(Sub);
	}
	for (i = 0; i < RTL_NUMBER_OF(Sorted); i++) {
		CHECK_EQ(STATUS_SUCCESS, ZwEnumerateKey(Key, i, KeyBasicInformation, &Buffer,
							sizeof(Buffer), &Length));
		CHECK(NameIs(&Buffer.Info, Sorted[i]));
		CHECK_EQ(FIELD_OFFSET(KEY_BASIC_INFORMATION, Name) + Buffer.Info.NameLength, Length);
		CHECK(Buffer.Info.LastWriteTime.QuadPart != 0);
	}
	CHECK_EQ(STATUS_NO_MORE_ENTRIES, ZwEnumerateKey(Key, i, KeyBasicInformation, &Buffer,
							sizeof(Buffer), &Length));
	CHECK_EQ(STATUS_NO_MORE_ENTRIES, ZwEnumerateKey(Key, 0xffffffff, KeyBasicInformation, &Buffer,
							sizeof(Buffer), &Length));
	/* Classes for another routine, or for none. */
	CHECK_EQ(STATUS_INVALID_PARAMETER, ZwEnumerateKey(Key, 0, (KEY_INFORMATION_CLASS)99, &Buffer,
							  sizeof(Buffer), &Length));
	CHECK_EQ(STATUS_INVALID_PARAMETER, ZwEnumerateKey(Key, 0, KeyNameInformation, &Buffer,
							  sizeof(Buffer), &Length));
	CmEnd(T, Key);
}

/* "ZwEnumerateKey": the index selects among the subkeys that there are at the time. */
VOID KeyEnumerateWhileDeleting(PCONFORM_TEST_CONTEXT T)
{
	HANDLE Key = CmScratch(T, L"CmDeleting"), Sub = NULL;
	union {
		KEY_BASIC_INFORMATION Info;
		UCHAR Room[128];
	} Buffer;
	WCHAR Name[4] = L"k_0";
	ULONG Length, Count = 0;

	for (Name[2] = L'a'; Name[2] < L'k'; Name[2]++) {
		CHECK_EQ(STATUS_SUCCESS, CmCreate(Key, Name, KEY_READ, REG_OPTION_VOLATILE, &Sub, NULL));
		ZwClose(Sub);
	}
	while (ZwEnumerateKey(Key, 0, KeyBasicInformation, &Buffer, sizeof(Buffer), &Length) ==
	       STATUS_SUCCESS && Count < 20) {
		Buffer.Info.Name[Buffer.Info.NameLength / sizeof(WCHAR)] = 0;
		CHECK_EQ(STATUS_SUCCESS, CmOpen(Key, Buffer.Info.Name, DELETE, &Sub));
		CHECK_EQ(STATUS_SUCCESS, ZwDeleteKey(Sub));
		ZwClose(Sub);
		Count++;
	}
	CHECK_EQ(10, Count);
	CmEnd(T, Key);
}

VOID KeyBuffers(PCONFORM_TEST_CONTEXT T)
{
	const ULONG Fixed = FIELD_OFFSET(KEY_BASIC_INFORMATION, Name);
	HANDLE Key = CmScratch(T, L"CmBuffers"), Sub = NULL;
	union {
		KEY_BASIC_INFORMATION Info;
		UCHAR Room[64];
	} Buffer;
	ULONG Length = 0;

	CHECK_EQ(STATUS_SUCCESS, CmCreate(Key, L"Sixteen", KEY_READ, REG_OPTION_VOLATILE, &Sub, NULL));
	ZwClose(Sub);
	RtlFillMemory(&Buffer, sizeof(Buffer), 0xee);
	/* "ZwEnumerateKey": too small for any data: nothing is written. */
	CHECK_EQ(STATUS_BUFFER_TOO_SMALL, ZwEnumerateKey(Key, 0, KeyBasicInformation, &Buffer, Fixed - 1,
							 &Length));
	CHECK_EQ(Fixed + 14, Length);
	CHECK_EQ(0xee, Buffer.Room[0]);
	/* Too small for the name: as much as there is room for. */
	CHECK_EQ(STATUS_BUFFER_OVERFLOW, ZwEnumerateKey(Key, 0, KeyBasicInformation, &Buffer, Fixed + 4,
							&Length));
	CHECK_EQ(Fixed + 14, Length);
	CHECK_EQ(14, Buffer.Info.NameLength);
	CHECK_EQ(L'S', Buffer.Info.Name[0]);
	CHECK_EQ(L'i', Buffer.Info.Name[1]);
	CHECK_EQ(0xee, Buffer.Room[Fixed + 4]);
	CHECK_EQ(STATUS_SUCCESS, ZwEnumerateKey(Key, 0, KeyBasicInformation, &Buffer, Fixed + 14,
						&Length));
	CmEnd(T, Key);
}

VOID KeyQueryFull(PCONFORM_TEST_CONTEXT T)
{
	HANDLE Key = CmScratch(T, L"CmFull"), Sub = NULL;
	KEY_FULL_INFORMATION Info;
	ULONG Length = 0;

	CHECK_EQ(STATUS_SUCCESS, ZwQueryKey(Key, KeyFullInformation, &Info, sizeof(Info), &Length));
	CHECK_EQ(0, Info.SubKeys);
	CHECK_EQ(0, Info.Values);
	CHECK_EQ(FIELD_OFFSET(KEY_FULL_INFORMATION, Class), Length);
	CHECK_EQ(STATUS_SUCCESS, CmCreate(Key, L"Four", KEY_READ, REG_OPTION_VOLATILE, &Sub, NULL));
	ZwClose(Sub);
	CHECK_EQ(STATUS_SUCCESS, CmCreate(Key, L"Fiver", KEY_READ, REG_OPTION_VOLATILE, &Sub, NULL));
	ZwClose(Sub);
	CHECK_EQ(STATUS_SUCCESS, CmSet(Key, L"abc", REG_BINARY, "0123456", 7));
	CHECK_EQ(STATUS_SUCCESS, CmSetUlong(Key, L"abcdef", 1));
	/* "KEY_FULL_INFORMATION": lengths in bytes. */
	CHECK_EQ(STATUS_SUCCESS, ZwQueryKey(Key, KeyFullInformation, &Info, sizeof(Info), &Length));
	CHECK_EQ(2, Info.SubKeys);
	CHECK_EQ(10, Info.MaxNameLen);
	CHECK_EQ(2, Info.Values);
	CHECK_EQ(12, Info.MaxValueNameLen);
	CHECK_EQ(7, Info.MaxValueDataLen);
	CHECK_EQ(0, Info.ClassLength);
	CHECK_EQ(STATUS_BUFFER_TOO_SMALL, ZwQueryKey(Key, KeyFullInformation, &Info, 8, &Length));
	CHECK_EQ(STATUS_INVALID_PARAMETER, ZwQueryKey(Key, (KEY_INFORMATION_CLASS)77, &Info,
						      sizeof(Info), &Length));
	CmEnd(T, Key);
}

VOID KeyClass(PCONFORM_TEST_CONTEXT T)
{
	HANDLE Key = CmScratch(T, L"CmClass"), Sub = NULL;
	UNICODE_STRING Name = CmText(L"Sub"), Class = CmText(L"Klasse");
	union {
		KEY_NODE_INFORMATION Node;
		KEY_FULL_INFORMATION Full;
		UCHAR Room[128];
	} Buffer;
	OBJECT_ATTRIBUTES Attributes;
	ULONG Length = 0;

	InitializeObjectAttributes(&Attributes, &Name, OBJ_KERNEL_HANDLE, Key, NULL);
	CHECK_EQ(STATUS_SUCCESS, ZwCreateKey(&Sub, KEY_READ, &Attributes, 0, &Class, REG_OPTION_VOLATILE,
					     NULL));
	/* "KEY_NODE_INFORMATION": the class lies ClassOffset bytes from the beginning. */
	CHECK_EQ(STATUS_SUCCESS, ZwQueryKey(Sub, KeyNodeInformation, &Buffer, sizeof(Buffer), &Length));
	CHECK_EQ(6, Buffer.Node.NameLength);
	CHECK_EQ(Class.Length, Buffer.Node.ClassLength);
	CHECK_EQ(Buffer.Node.ClassOffset + Class.Length, Length);
	CHECK(RtlEqualMemory(Class.Buffer, Buffer.Room + Buffer.Node.ClassOffset, Class.Length));
	CHECK(RtlEqualMemory(L"Sub", Buffer.Node.Name, 6));
	CHECK_EQ(STATUS_SUCCESS, ZwQueryKey(Sub, KeyFullInformation, &Buffer, sizeof(Buffer), &Length));
	CHECK_EQ(Class.Length, Buffer.Full.ClassLength);
	CHECK(RtlEqualMemory(Class.Buffer, Buffer.Room + Buffer.Full.ClassOffset, Class.Length));
	CHECK_EQ(STATUS_SUCCESS, ZwQueryKey(Key, KeyFullInformation, &Buffer, sizeof(Buffer), &Length));
	CHECK_EQ(Class.Length, Buffer.Full.MaxClassLen);
	ZwClose(Sub);
	CmEnd(T, Key);
}

VOID KeyFullName(PCONFORM_TEST_CONTEXT T)
{
	HANDLE Key = CmScratch(T, L"CmFullName"), Writer = NULL;
	UNICODE_STRING Expected = CmText(L"\\Registry\\Machine\\Software\\CmFullName"), Seen;
	struct {
		ULONG NameLength;
		WCHAR Name[64];
	} Info;
	ULONG Length = 0;

	/* "ZwQueryKey": KeyNameInformation asks for no KEY_QUERY_VALUE. */
	CHECK_EQ(STATUS_SUCCESS, CmOpen(Key, L"", KEY_SET_VALUE, &Writer));
	CHECK_EQ(STATUS_SUCCESS, ZwQueryKey(Writer, KeyNameInformation, &Info, sizeof(Info), &Length));
	CHECK_EQ(Expected.Length, Info.NameLength);
	CHECK_EQ(Expected.Length + sizeof(ULONG), Length);
	Seen.Buffer = Info.Name;
	Seen.Length = Seen.MaximumLength = (USHORT)Info.NameLength;
	CHECK(RtlEqualUnicodeString(&Expected, &Seen, TRUE));
	CHECK_EQ(STATUS_BUFFER_OVERFLOW, ZwQueryKey(Writer, KeyNameInformation, &Info, 10, &Length));
	ZwClose(Writer);
	CmEnd(T, Key);
}

VOID KeyCurrentControlSet(PCONFORM_TEST_CONTEXT T)
{
	HANDLE Real = NULL, Linked = NULL, Link = NULL;
	UNICODE_STRING Name = CmText(L"\\Registry\\Machine\\System\\CurrentControlSet");
	OBJECT_ATTRIBUTES Attributes;

	/* "HKLM\SYSTEM\CurrentControlSet Registry Tree": a link to the set in use. */
	CHECK_EQ(STATUS_SUCCESS, CmOpen(NULL, L"\\Registry\\Machine\\System\\CurrentControlSet\\Control",
					KEY_ALL_ACCESS, &Linked));
	CHECK_EQ(STATUS_SUCCESS, CmOpen(NULL, L"\\Registry\\Machine\\System\\ControlSet001\\Control",
					KEY_ALL_ACCESS, &Real));
	CHECK_EQ(STATUS_SUCCESS, CmSetUlong(Linked, L"CmLinked", 77));
	CHECK_EQ(77, CmGetUlong(Real, L"CmLinked"));
	Name = CmText(L"CmLinked");
	CHECK_EQ(STATUS_SUCCESS, ZwDeleteValueKey(Real, &Name));
	ZwClose(Linked);
	ZwClose(Real);
	/* "ZwOpenKeyEx": REG_OPTION_OPEN_LINK opens the link. */
	Name = CmText(L"\\Registry\\Machine\\System\\CurrentControlSet");
	InitializeObjectAttributes(&Attributes, &Name, OBJ_KERNEL_HANDLE, NULL, NULL);
	CHECK_EQ(STATUS_SUCCESS, ZwOpenKeyEx(&Link, KEY_READ, &Attributes, REG_OPTION_OPEN_LINK));
	CHECK(CmHas(Link, L"SymbolicLinkValue"));
	ZwClose(Link);
	CHECK_EQ(STATUS_SUCCESS, ZwOpenKeyEx(&Link, KEY_READ, &Attributes, 0));
	CHECK(!CmHas(Link, L"SymbolicLinkValue"));
	ZwClose(Link);
	CHECK_EQ(STATUS_INVALID_PARAMETER, ZwOpenKeyEx(&Link, KEY_READ, &Attributes, 1));
}

VOID KeyLinkInCircles(PCONFORM_TEST_CONTEXT T)
{
	HANDLE Key = CmScratch(T, L"CmCircles"), Link = NULL, Other = NULL;
	PCWSTR Target = L"\\Registry\\Machine\\Software\\CmCircles\\Link";

	CHECK_EQ(STATUS_SUCCESS, CmCreate(Key, L"Link", KEY_ALL_ACCESS,
					  REG_OPTION_VOLATILE | REG_OPTION_CREATE_LINK, &Link, NULL));
	/* Without a target, with itself for one, with another. */
	CHECK_EQ(STATUS_OBJECT_NAME_NOT_FOUND, CmOpen(Key, L"Link", KEY_READ, &Other));
	CHECK_EQ(STATUS_SUCCESS, CmSet(Link, L"SymbolicLinkValue", REG_LINK, Target,
				       CmText(Target).Length));
	CHECK(!NT_SUCCESS(CmOpen(Key, L"Link", KEY_READ, &Other)));
	Target = L"\\Registry\\Machine\\Software\\CmCircles";
	CHECK_EQ(STATUS_SUCCESS, CmSet(Link, L"SymbolicLinkValue", REG_LINK, Target,
				       CmText(Target).Length));
	CHECK_EQ(STATUS_SUCCESS, CmSetUlong(Key, L"Here", 5));
	CHECK_EQ(STATUS_SUCCESS, CmOpen(Key, L"Link\\Link", KEY_READ, &Other));
	CHECK_EQ(5, CmGetUlong(Other, L"Here"));
	ZwClose(Other);
	ZwClose(Link);
	CmEnd(T, Key);
}

VOID KeyWriteTime(PCONFORM_TEST_CONTEXT T)
{
	HANDLE Key = CmScratch(T, L"CmTime"), Sub = NULL;
	KEY_FULL_INFORMATION Before, After;
	LARGE_INTEGER Now;
	ULONG Length;

	ZwQueryKey(Key, KeyFullInformation, &Before, sizeof(Before), &Length);
	SleepFor(20);
	CHECK_EQ(STATUS_SUCCESS, CmSetUlong(Key, L"Value", 1));
	ZwQueryKey(Key, KeyFullInformation, &After, sizeof(After), &Length);
	CHECK(After.LastWriteTime.QuadPart > Before.LastWriteTime.QuadPart);
	SleepFor(20);
	CHECK_EQ(STATUS_SUCCESS, CmCreate(Key, L"Sub", KEY_READ, REG_OPTION_VOLATILE, &Sub, NULL));
	ZwClose(Sub);
	ZwQueryKey(Key, KeyFullInformation, &Before, sizeof(Before), &Length);
	CHECK(Before.LastWriteTime.QuadPart > After.LastWriteTime.QuadPart);
	KeQuerySystemTime(&Now);
	CHECK(Before.LastWriteTime.QuadPart <= Now.QuadPart);
	CHECK_EQ(STATUS_SUCCESS, ZwFlushKey(Key));
	CmEnd(T, Key);
}

VOID KeyFrame(PCONFORM_TEST_CONTEXT T)
{
	static const PCWSTR There[] = {
		L"\\Registry", L"\\Registry\\Machine", L"\\Registry\\User",
		L"\\Registry\\Machine\\System\\CurrentControlSet\\Services",
		L"\\Registry\\Machine\\System\\CurrentControlSet\\Enum",
		L"\\Registry\\Machine\\System\\CurrentControlSet\\Control\\Class",
		L"\\Registry\\Machine\\Hardware\\Description\\System",
		L"\\Registry\\Machine\\Hardware\\ResourceMap",
		L"\\Registry\\Machine\\System\\CurrentControlSet\\Hardware Profiles\\Current",
	};
	HANDLE Key;
	ULONG i;

	for (i = 0; i < RTL_NUMBER_OF(There); i++) {
		CHECK_EQ(STATUS_SUCCESS, CmOpen(NULL, There[i], KEY_READ, &Key));
		if (Key)
			ZwClose(Key);
	}
}
