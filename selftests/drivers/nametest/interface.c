// SPDX-License-Identifier: GPL-2.0
/*
 * Device interfaces. Those of classes of our own are registered for the device of
 * the edu sample, which must be loaded; they stay registered, so a second run finds
 * them.
 */
#include "nametest.h"

/* Declared in ntifs.h. */
PDEVICE_OBJECT NTAPI IoGetLowerDeviceObject(PDEVICE_OBJECT DeviceObject);

static const GUID ClassA = { 0x11c2a7b0, 0x30f1, 0x4c55,
			     { 0x9d, 0x01, 0x62, 0x3e, 0xaa, 0x17, 0x5c, 0x01 } };
static const GUID ClassB = { 0x11c2a7b0, 0x30f1, 0x4c55,
			     { 0x9d, 0x01, 0x62, 0x3e, 0xaa, 0x17, 0x5c, 0x02 } };
static const GUID ClassList = { 0x11c2a7b0, 0x30f1, 0x4c55,
				{ 0x9d, 0x01, 0x62, 0x3e, 0xaa, 0x17, 0x5c, 0x04 } };
static const GUID ClassNone = { 0x11c2a7b0, 0x30f1, 0x4c55,
				{ 0x9d, 0x01, 0x62, 0x3e, 0xaa, 0x17, 0x5c, 0x03 } };

typedef struct _EDU {
	PFILE_OBJECT File;		/* keeps it here */
	PDEVICE_OBJECT Top, Pdo;
} EDU, *PEDU;

static BOOLEAN EduOpen(PTEST T, PEDU Edu)
{
	PDEVICE_OBJECT Lower;
	UNICODE_STRING Name;
	NTSTATUS Status;

	RtlInitUnicodeString(&Name, L"\\Device\\Edu0");
	Status = IoGetDeviceObjectPointer(&Name, FILE_READ_DATA, &Edu->File, &Edu->Top);
	CHECK_EQ(STATUS_SUCCESS, Status);
	if (!NT_SUCCESS(Status))
		return FALSE;
	Edu->Pdo = Edu->Top;
	ObReferenceObject(Edu->Pdo);
	while ((Lower = IoGetLowerDeviceObject(Edu->Pdo)) != NULL) {
		ObDereferenceObject(Edu->Pdo);
		Edu->Pdo = Lower;
	}
	return TRUE;
}

static VOID EduClose(PEDU Edu)
{
	ObDereferenceObject(Edu->Pdo);
	ObDereferenceObject(Edu->File);
}

static BOOLEAN Register(PTEST T, PEDU Edu, const GUID *Class, PCWSTR Reference, PUNICODE_STRING Name)
{
	UNICODE_STRING String;
	NTSTATUS Status;

	RtlInitUnicodeString(&String, Reference);
	Status = IoRegisterDeviceInterface(Edu->Pdo, Class, Reference ? &String : NULL, Name);
	CHECK(Status == STATUS_SUCCESS || Status == STATUS_OBJECT_NAME_EXISTS);
	return NT_SUCCESS(Status);
}

/* "IoRegisterDeviceInterface": STATUS_INVALID_DEVICE_REQUEST. */
VOID InterfaceRefused(PTEST T)
{
	UNICODE_STRING Name, Reference;
	EDU Edu;

	CHECK_EQ(STATUS_INVALID_DEVICE_REQUEST,
		 IoRegisterDeviceInterface(T->Driver->DeviceObject, &ClassA, NULL, &Name));
	if (!EduOpen(T, &Edu))
		return;
	/* The function device is not the PDO. */
	CHECK_EQ(STATUS_INVALID_DEVICE_REQUEST,
		 IoRegisterDeviceInterface(Edu.Top, &ClassA, NULL, &Name));
	RtlInitUnicodeString(&Reference, L"a\\b");
	CHECK_EQ(STATUS_INVALID_DEVICE_REQUEST,
		 IoRegisterDeviceInterface(Edu.Pdo, &ClassA, &Reference, &Name));
	RtlInitUnicodeString(&Reference, L"a/b");
	CHECK_EQ(STATUS_INVALID_DEVICE_REQUEST,
		 IoRegisterDeviceInterface(Edu.Pdo, &ClassA, &Reference, &Name));
	EduClose(&Edu);
}

/* "IoRegisterDeviceInterface": STATUS_OBJECT_NAME_EXISTS, and the name, the second time. */
VOID InterfaceRegister(PTEST T)
{
	UNICODE_STRING First, Second, Other;
	EDU Edu;

	if (!EduOpen(T, &Edu))
		return;
	if (Register(T, &Edu, &ClassA, NULL, &First)) {
		CHECK_EQ(0, First.Buffer[First.Length / sizeof(WCHAR)]);
		CHECK_EQ(STATUS_OBJECT_NAME_EXISTS,
			 IoRegisterDeviceInterface(Edu.Pdo, &ClassA, NULL, &Second));
		CHECK(First.Buffer != Second.Buffer);
		CHECK(RtlEqualUnicodeString(&First, &Second, FALSE));
		CHECK(Register(T, &Edu, &ClassB, NULL, &Other));
		CHECK(!RtlEqualUnicodeString(&First, &Other, TRUE));
		RtlFreeUnicodeString(&Other);
		RtlFreeUnicodeString(&Second);
		RtlFreeUnicodeString(&First);
		CHECK(First.Buffer == NULL);
	}
	EduClose(&Edu);
}

/*
 * "IoSetDeviceInterfaceState": its statuses, and that only enabled interfaces can be
 * opened; that leads to the top of the stack.
 */
VOID InterfaceState(PTEST T)
{
	UNICODE_STRING Name, Unknown;
	PDEVICE_OBJECT Device = NULL;
	PFILE_OBJECT File = NULL;
	EDU Edu;

	RtlInitUnicodeString(&Unknown, L"\\??\\PCI#NONE#0#{11c2a7b0-30f1-4c55-9d01-623eaa175c01}");
	CHECK_EQ(STATUS_OBJECT_NAME_NOT_FOUND, IoSetDeviceInterfaceState(&Unknown, TRUE));
	if (!EduOpen(T, &Edu))
		return;
	if (Register(T, &Edu, &ClassA, NULL, &Name)) {
		CHECK_EQ(STATUS_OBJECT_NAME_NOT_FOUND, IoSetDeviceInterfaceState(&Name, FALSE));
		CHECK(!NT_SUCCESS(IoGetDeviceObjectPointer(&Name, FILE_READ_DATA, &File, &Device)));
		CHECK_EQ(STATUS_SUCCESS, IoSetDeviceInterfaceState(&Name, TRUE));
		CHECK_EQ(STATUS_OBJECT_NAME_EXISTS, IoSetDeviceInterfaceState(&Name, TRUE));
		CHECK_EQ(STATUS_SUCCESS,
			 IoGetDeviceObjectPointer(&Name, FILE_READ_DATA, &File, &Device));
		CHECK(Device == Edu.Top);
		CHECK_EQ(0, File->FileName.Length);
		ObDereferenceObject(File);
		CHECK_EQ(STATUS_SUCCESS, IoSetDeviceInterfaceState(&Name, FALSE));
		CHECK(!NT_SUCCESS(IoGetDeviceObjectPointer(&Name, FILE_READ_DATA, &File, &Device)));
		CHECK_EQ(STATUS_OBJECT_NAME_NOT_FOUND, IoSetDeviceInterfaceState(&Name, FALSE));
		RtlFreeUnicodeString(&Name);
	}
	EduClose(&Edu);
}

static ULONG CountNames(PWSTR List)
{
	UNICODE_STRING String;
	ULONG Count = 0;

	for (; *List; Count++) {
		RtlInitUnicodeString(&String, List);
		List += String.Length / sizeof(WCHAR) + 1;
	}
	return Count;
}

static VOID CheckCount(PTEST T, const GUID *Class, PDEVICE_OBJECT Pdo, ULONG Flags, ULONG Expected)
{
	PWSTR List = NULL;

	CHECK_EQ(STATUS_SUCCESS, IoGetDeviceInterfaces(Class, Pdo, Flags, &List));
	CHECK_EQ(Expected, CountNames(List));
	ExFreePool(List);
}

/* "IoGetDeviceInterfaces": enabled ones, or all; of a device, or of all. */
VOID InterfaceList(PTEST T)
{
	UNICODE_STRING First, Second, Seen;
	PWSTR List;
	EDU Edu;

	CHECK_EQ(STATUS_INVALID_DEVICE_REQUEST,
		 IoGetDeviceInterfaces(&ClassList, T->Driver->DeviceObject, 0, &List));
	CheckCount(T, &ClassNone, NULL, DEVICE_INTERFACE_INCLUDE_NONACTIVE, 0);
	if (!EduOpen(T, &Edu))
		return;
	if (Register(T, &Edu, &ClassList, L"one", &First) &&
	    Register(T, &Edu, &ClassList, L"two", &Second)) {
		CheckCount(T, &ClassList, Edu.Pdo, 0, 0);
		CHECK_EQ(STATUS_SUCCESS, IoSetDeviceInterfaceState(&Second, TRUE));
		CHECK_EQ(STATUS_SUCCESS, IoGetDeviceInterfaces(&ClassList, Edu.Pdo, 0, &List));
		RtlInitUnicodeString(&Seen, List);
		CHECK(RtlEqualUnicodeString(&Second, &Seen, FALSE));
		CHECK_EQ(0, List[Seen.Length / sizeof(WCHAR) + 1]);
		ExFreePool(List);
		CheckCount(T, &ClassList, NULL, 0, 1);
		CheckCount(T, &ClassList, Edu.Pdo, DEVICE_INTERFACE_INCLUDE_NONACTIVE, 2);
		CHECK_EQ(STATUS_SUCCESS, IoSetDeviceInterfaceState(&Second, FALSE));
		RtlFreeUnicodeString(&First);
		RtlFreeUnicodeString(&Second);
	}
	EduClose(&Edu);
}

/* "IoGetDeviceInterfaceAlias": same device, same reference string, another class. */
VOID InterfaceAlias(PTEST T)
{
	UNICODE_STRING A, B, Plain, Alias;
	EDU Edu;

	RtlInitUnicodeString(&A, L"\\??\\nothing");
	CHECK_EQ(STATUS_INVALID_HANDLE, IoGetDeviceInterfaceAlias(&A, &ClassB, &Alias));
	if (!EduOpen(T, &Edu))
		return;
	if (Register(T, &Edu, &ClassA, L"alias", &A) && Register(T, &Edu, &ClassB, L"alias2", &B)) {
		CHECK_EQ(STATUS_OBJECT_NAME_NOT_FOUND, IoGetDeviceInterfaceAlias(&A, &ClassB, &Alias));
		RtlFreeUnicodeString(&A);
		RtlFreeUnicodeString(&B);
	}
	if (Register(T, &Edu, &ClassA, NULL, &A) && Register(T, &Edu, &ClassB, NULL, &Plain)) {
		CHECK_EQ(STATUS_SUCCESS, IoGetDeviceInterfaceAlias(&A, &ClassB, &Alias));
		CHECK(RtlEqualUnicodeString(&Plain, &Alias, FALSE));
		RtlFreeUnicodeString(&Alias);
		CHECK_EQ(STATUS_OBJECT_NAME_NOT_FOUND,
			 IoGetDeviceInterfaceAlias(&A, &ClassNone, &Alias));
		RtlFreeUnicodeString(&A);
		RtlFreeUnicodeString(&Plain);
	}
	EduClose(&Edu);
}

/* "IoRegisterDeviceInterface": an open passes the reference string to the driver. */
VOID InterfaceReference(PTEST T)
{
	UNICODE_STRING Name, Rest;
	PDEVICE_OBJECT Device;
	PFILE_OBJECT File;
	EDU Edu;

	RtlInitUnicodeString(&Rest, L"\\Port{1}");
	if (!EduOpen(T, &Edu))
		return;
	if (Register(T, &Edu, &ClassA, L"Port{1}", &Name)) {
		CHECK_EQ(STATUS_SUCCESS, IoSetDeviceInterfaceState(&Name, TRUE));
		CHECK_EQ(STATUS_SUCCESS,
			 IoGetDeviceObjectPointer(&Name, FILE_READ_DATA, &File, &Device));
		CHECK(RtlEqualUnicodeString(&Rest, &File->FileName, FALSE));
		CHECK(Device == Edu.Top);
		ObDereferenceObject(File);
		CHECK_EQ(STATUS_SUCCESS, IoSetDeviceInterfaceState(&Name, FALSE));
		RtlFreeUnicodeString(&Name);
	}
	EduClose(&Edu);
}
