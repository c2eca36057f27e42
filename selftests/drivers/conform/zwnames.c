// SPDX-License-Identifier: GPL-2.0
/* Files on the drive C:, and the object namespace by handle. */
#include "zw.h"

/* Those of ntifs.h, or of no header. */
#ifndef DIRECTORY_ALL_ACCESS
#define DIRECTORY_ALL_ACCESS	0x000f000f
#endif
#ifndef SYMBOLIC_LINK_QUERY
#define SYMBOLIC_LINK_QUERY	1
#endif
NTSYSAPI NTSTATUS NTAPI ZwQuerySymbolicLinkObject(HANDLE LinkHandle, PUNICODE_STRING LinkTarget,
						  PULONG ReturnedLength);
NTSYSAPI NTSTATUS NTAPI ZwOpenSymbolicLinkObject(PHANDLE LinkHandle, ACCESS_MASK DesiredAccess,
						 POBJECT_ATTRIBUTES ObjectAttributes);
NTKERNELAPI NTSTATUS NTAPI ObReferenceObjectByName(PUNICODE_STRING ObjectName, ULONG Attributes,
						   PACCESS_STATE AccessState,
						   ACCESS_MASK DesiredAccess,
						   POBJECT_TYPE ObjectType,
						   KPROCESSOR_MODE AccessMode, PVOID ParseContext,
						   PVOID *Object);
NTKERNELAPI NTSTATUS NTAPI ObOpenObjectByName(POBJECT_ATTRIBUTES ObjectAttributes,
					      POBJECT_TYPE ObjectType, KPROCESSOR_MODE AccessMode,
					      PACCESS_STATE AccessState, ACCESS_MASK DesiredAccess,
					      PVOID ParseContext, PHANDLE Handle);
NTKERNELAPI NTSTATUS NTAPI ObQueryNameString(PVOID Object, POBJECT_NAME_INFORMATION ObjectNameInfo,
					     ULONG Length, PULONG ReturnLength);
NTSYSAPI NTSTATUS NTAPI ZwMakeTemporaryObject(HANDLE Handle);
extern NTKERNELAPI POBJECT_TYPE *IoDriverObjectType;
extern NTKERNELAPI POBJECT_TYPE *IoDeviceObjectType;

#define SYNCHRONOUS	FILE_SYNCHRONOUS_IO_NONALERT
#define READ		(FILE_READ_DATA | SYNCHRONIZE)
#define APPEND		(FILE_APPEND_DATA | SYNCHRONIZE)

/* The group's script makes the drive; a run by hand may do without it. */
static BOOLEAN NoDrive(VOID)
{
	HANDLE Handle;

	if (!NT_SUCCESS(ZwOpen(L"\\SystemRoot\\System32\\Conform.bin", READ, FILE_OPEN, SYNCHRONOUS,
			       &Handle, NULL)))
		return TRUE;
	ZwClose(Handle);
	return FALSE;
}

static NTSTATUS TryRead(PCWSTR Path, PCHAR Buffer, ULONG Room)
{
	IO_STATUS_BLOCK Iosb;
	NTSTATUS Status;
	HANDLE Handle;

	RtlZeroMemory(Buffer, Room);
	Status = ZwOpen(Path, READ, FILE_OPEN, SYNCHRONOUS | FILE_NON_DIRECTORY_FILE, &Handle, NULL);
	if (!NT_SUCCESS(Status))
		return Status;
	Status = ZwReadFile(Handle, NULL, NULL, NULL, &Iosb, Buffer, Room - 1, NULL, NULL);
	ZwClose(Handle);
	return Status;
}

VOID FileRead(PCONFORM_TEST_CONTEXT T)
{
	LARGE_INTEGER Offset;
	IO_STATUS_BLOCK Iosb;
	HANDLE Handle = NULL;
	ULONG_PTR Result;
	CHAR Buffer[16] = { 0 };

	if (NoDrive())
		return;
	DbgPrint("conform: C: is there\n");
	CHECK_EQ(STATUS_SUCCESS, ZwOpen(L"\\SystemRoot\\System32\\Conform.bin", GENERIC_READ,
					FILE_OPEN, SYNCHRONOUS, &Handle, &Result));
	CHECK_EQ(FILE_OPENED, Result);
	CHECK_EQ(STATUS_SUCCESS, ZwReadFile(Handle, NULL, NULL, NULL, &Iosb, Buffer, 4, NULL, NULL));
	CHECK_EQ(4, Iosb.Information);
	CHECK_EQ(0, strcmp(Buffer, "firm"));
	/* What is there is read, then comes the end. */
	CHECK_EQ(STATUS_SUCCESS, ZwReadFile(Handle, NULL, NULL, NULL, &Iosb, Buffer, 15, NULL, NULL));
	CHECK_EQ(4, Iosb.Information);
	CHECK_EQ(0, strcmp(Buffer, "ware"));
	CHECK_EQ(STATUS_END_OF_FILE, ZwReadFile(Handle, NULL, NULL, NULL, &Iosb, Buffer, 15, NULL,
						NULL));
	CHECK_EQ(0, Iosb.Information);
	Offset.QuadPart = 6;
	CHECK_EQ(STATUS_SUCCESS, ZwReadFile(Handle, NULL, NULL, NULL, &Iosb, Buffer, 2, &Offset, NULL));
	CHECK_EQ('r', Buffer[0]);
	ZwClose(Handle);
	/* The other names of it. */
	CHECK_EQ(STATUS_SUCCESS, TryRead(L"\\??\\C:\\Windows\\System32\\Conform.bin", Buffer, 16));
	CHECK_EQ(0, strcmp(Buffer, "firmware"));
	CHECK_EQ(STATUS_SUCCESS, TryRead(L"\\DosDevices\\C:\\Windows\\System32\\Conform.bin", Buffer,
					 16));
	CHECK_EQ(0, strcmp(Buffer, "firmware"));
}

VOID FileCase(PCONFORM_TEST_CONTEXT T)
{
	CHAR Buffer[16];

	if (NoDrive())
		return;
	/* "Object Names": OBJ_CASE_INSENSITIVE; file names are, as on any drive of Windows. */
	CHECK_EQ(STATUS_SUCCESS, TryRead(L"\\SystemRoot\\SYSTEM32\\conform.BIN", Buffer, 16));
	CHECK_EQ(0, strcmp(Buffer, "firmware"));
	CHECK_EQ(STATUS_SUCCESS, TryRead(L"\\??\\c:\\windows\\system32\\CONFORM.bin", Buffer, 16));
	/* A link that stays inside is followed. */
	CHECK_EQ(STATUS_SUCCESS, TryRead(L"\\??\\C:\\INSIDE\\conform.bin", Buffer, 16));
}

VOID FileRefused(PCONFORM_TEST_CONTEXT T)
{
	CHAR Buffer[16];
	HANDLE Handle;

	if (NoDrive())
		return;
	/* "ZwCreateFile": the path, or the last part of it, does not exist. */
	CHECK_EQ(STATUS_OBJECT_NAME_NOT_FOUND, TryRead(L"\\SystemRoot\\System32\\none", Buffer, 16));
	CHECK_EQ(STATUS_OBJECT_PATH_NOT_FOUND, TryRead(L"\\SystemRoot\\none\\none", Buffer, 16));
	CHECK_EQ(STATUS_FILE_IS_A_DIRECTORY, TryRead(L"\\SystemRoot\\System32", Buffer, 16));
	CHECK_EQ(STATUS_NOT_A_DIRECTORY, ZwOpen(L"\\SystemRoot\\System32\\Conform.bin", READ, FILE_OPEN,
						FILE_DIRECTORY_FILE | SYNCHRONOUS, &Handle, NULL));
	CHECK_EQ(STATUS_SUCCESS, ZwOpen(L"\\SystemRoot\\System32\\", READ, FILE_OPEN,
					FILE_DIRECTORY_FILE | SYNCHRONOUS, &Handle, NULL));
	ZwClose(Handle);
	CHECK_EQ(STATUS_OBJECT_NAME_INVALID, TryRead(L"\\??\\C:\\a\\\\b", Buffer, 16));
	CHECK_EQ(STATUS_OBJECT_NAME_INVALID, TryRead(L"\\??\\C:\\a/b", Buffer, 16));
	CHECK_EQ(STATUS_OBJECT_NAME_INVALID, TryRead(L"\\??\\C:\\a:stream", Buffer, 16));
	CHECK_EQ(STATUS_OBJECT_NAME_INVALID, TryRead(L"\\??\\C:\\a*", Buffer, 16));
	/* Neither a file nor a folder: it would wait for a writer. */
	CHECK_EQ(STATUS_ACCESS_DENIED, TryRead(L"\\??\\C:\\fifo", Buffer, 16));
}

VOID FileEscape(PCONFORM_TEST_CONTEXT T)
{
	CHAR Buffer[16];
	HANDLE Handle;

	if (NoDrive())
		return;
	/* Our own rule: no name leads out of the folder. */
	CHECK_EQ(STATUS_OBJECT_NAME_INVALID, TryRead(L"\\??\\C:\\..\\outside\\secret", Buffer, 16));
	CHECK_EQ(STATUS_OBJECT_NAME_INVALID, TryRead(L"\\SystemRoot\\..\\..\\outside\\secret", Buffer,
						     16));
	CHECK_EQ(STATUS_OBJECT_NAME_INVALID, TryRead(L"\\??\\C:\\.\\Windows", Buffer, 16));
	CHECK_EQ(STATUS_ACCESS_DENIED, TryRead(L"\\??\\C:\\out", Buffer, 16));
	CHECK_EQ(0, Buffer[0]);
	CHECK_EQ(STATUS_ACCESS_DENIED, TryRead(L"\\??\\C:\\absolute\\System32\\Conform.bin", Buffer, 16));
	CHECK_EQ(STATUS_ACCESS_DENIED, ZwOpen(L"\\??\\C:\\out", APPEND, FILE_OVERWRITE_IF, SYNCHRONOUS,
					      &Handle, NULL));
}

static VOID Put(PCONFORM_TEST_CONTEXT T, PCSTR Text)
{
	LARGE_INTEGER End;
	IO_STATUS_BLOCK Iosb;
	HANDLE Handle = NULL;

	End.HighPart = -1;
	End.LowPart = FILE_WRITE_TO_END_OF_FILE;
	CHECK_EQ(STATUS_SUCCESS, ZwOpen(L"\\??\\C:\\conform.log", APPEND, FILE_OPEN_IF,
					SYNCHRONOUS | FILE_NON_DIRECTORY_FILE, &Handle, NULL));
	CHECK_EQ(STATUS_SUCCESS, ZwWriteFile(Handle, NULL, NULL, NULL, &Iosb, (PVOID)Text,
					     (ULONG)strlen(Text), &End, NULL));
	CHECK_EQ(strlen(Text), Iosb.Information);
	CHECK_EQ(STATUS_SUCCESS, ZwFlushBuffersFile(Handle, &Iosb));
	ZwClose(Handle);
}

VOID FileWrite(PCONFORM_TEST_CONTEXT T)
{
	LARGE_INTEGER Offset;
	IO_STATUS_BLOCK Iosb;
	HANDLE Handle = NULL;
	CHAR Buffer[32] = { 0 };

	if (NoDrive())
		return;
	/* A log: "ZwWriteFile", FILE_WRITE_TO_END_OF_FILE. */
	Put(T, "a line");
	Put(T, " and one more\n");
	/* As far as the file goes there is what was written; a gap reads as zero. */
	CHECK_EQ(STATUS_SUCCESS, ZwOpen(L"\\??\\C:\\conform.tmp", GENERIC_READ | GENERIC_WRITE,
					FILE_SUPERSEDE, SYNCHRONOUS, &Handle, NULL));
	Offset.QuadPart = 8;
	CHECK_EQ(STATUS_SUCCESS, ZwWriteFile(Handle, NULL, NULL, NULL, &Iosb, "gap", 3, &Offset, NULL));
	CHECK_EQ(STATUS_SUCCESS, ZwWriteFile(Handle, NULL, NULL, NULL, &Iosb, "!", 1, NULL, NULL));
	Offset.QuadPart = 7;
	CHECK_EQ(STATUS_SUCCESS, ZwReadFile(Handle, NULL, NULL, NULL, &Iosb, Buffer, 20, &Offset, NULL));
	CHECK_EQ(5, Iosb.Information);
	CHECK_EQ(0, Buffer[0]);
	CHECK_EQ(0, strcmp(Buffer + 1, "gap!"));
	ZwClose(Handle);
	/* Who did not ask for it cannot write. */
	CHECK_EQ(STATUS_SUCCESS, ZwOpen(L"\\??\\C:\\conform.tmp", READ, FILE_OPEN, SYNCHRONOUS, &Handle,
					NULL));
	CHECK(!NT_SUCCESS(ZwWriteFile(Handle, NULL, NULL, NULL, &Iosb, "no", 2, NULL, NULL)));
	ZwClose(Handle);
}

static NTSTATUS Dispose(ULONG Disposition, PULONG_PTR Result)
{
	HANDLE Handle;
	NTSTATUS Status = ZwOpen(L"\\??\\C:\\conform.new", READ | FILE_WRITE_DATA, Disposition,
				 SYNCHRONOUS, &Handle, Result);

	if (NT_SUCCESS(Status))
		ZwClose(Handle);
	return Status;
}

VOID FileDispositions(PCONFORM_TEST_CONTEXT T)
{
	ULONG_PTR Result;
	NTSTATUS Status;

	if (NoDrive())
		return;
	/* "ZwCreateFile", CreateDisposition and IoStatusBlock; the file may be of a run before. */
	Status = Dispose(FILE_CREATE, &Result);
	CHECK(Status == STATUS_OBJECT_NAME_COLLISION ||
	      (Status == STATUS_SUCCESS && Result == FILE_CREATED));
	CHECK_EQ(STATUS_OBJECT_NAME_COLLISION, Dispose(FILE_CREATE, &Result));
	CHECK_EQ(STATUS_SUCCESS, Dispose(FILE_OPEN_IF, &Result));
	CHECK_EQ(FILE_OPENED, Result);
	CHECK_EQ(STATUS_SUCCESS, Dispose(FILE_OVERWRITE, &Result));
	CHECK_EQ(FILE_OVERWRITTEN, Result);
	CHECK_EQ(STATUS_SUCCESS, Dispose(FILE_OVERWRITE_IF, &Result));
	CHECK_EQ(FILE_OVERWRITTEN, Result);
	CHECK_EQ(STATUS_SUCCESS, Dispose(FILE_SUPERSEDE, &Result));
	CHECK_EQ(FILE_SUPERSEDED, Result);
}

VOID FileInformation(PCONFORM_TEST_CONTEXT T)
{
	FILE_STANDARD_INFORMATION Standard;
	FILE_NETWORK_OPEN_INFORMATION Network;
	FILE_BASIC_INFORMATION Basic;
	FILE_END_OF_FILE_INFORMATION End;
	union {
		FILE_NAME_INFORMATION Name;
		UCHAR Room[128];
	} Name;
	LARGE_INTEGER Now;
	IO_STATUS_BLOCK Iosb;
	HANDLE Handle = NULL;
	PVOID Object;

	if (NoDrive())
		return;
	CHECK_EQ(STATUS_SUCCESS, ZwOpen(L"\\??\\C:\\conform.inf", GENERIC_READ | GENERIC_WRITE,
					FILE_SUPERSEDE, SYNCHRONOUS, &Handle, NULL));
	End.EndOfFile.QuadPart = 4321;
	CHECK_EQ(STATUS_SUCCESS, ZwSetInformationFile(Handle, &Iosb, &End, sizeof(End),
						      FileEndOfFileInformation));
	CHECK_EQ(STATUS_SUCCESS, ZwQueryInformationFile(Handle, &Iosb, &Standard, sizeof(Standard),
							FileStandardInformation));
	CHECK_EQ(4321, Standard.EndOfFile.QuadPart);
	CHECK_EQ(1, Standard.NumberOfLinks);
	CHECK(!Standard.Directory);
	CHECK_EQ(STATUS_SUCCESS, ZwQueryInformationFile(Handle, &Iosb, &Basic, sizeof(Basic),
							FileBasicInformation));
	CHECK_EQ(FILE_ATTRIBUTE_NORMAL, Basic.FileAttributes);
	/* In system time: the file is from now, give or take what a guest's clock does. */
	KeQuerySystemTime(&Now);
	CHECK(Now.QuadPart - Basic.LastWriteTime.QuadPart < 600 * 10000000LL);
	CHECK(Basic.LastWriteTime.QuadPart - Now.QuadPart < 10000000LL);
	CHECK_EQ(STATUS_SUCCESS, ZwQueryInformationFile(Handle, &Iosb, &Network, sizeof(Network),
							FileNetworkOpenInformation));
	CHECK_EQ(4321, Network.EndOfFile.QuadPart);
	/* "FILE_NAME_INFORMATION": the name on its volume; its length even if it does not fit. */
	CHECK_EQ(STATUS_SUCCESS, ZwQueryInformationFile(Handle, &Iosb, &Name, sizeof(Name),
							FileNameInformation));
	CHECK_EQ(24, Name.Name.FileNameLength);
	CHECK_EQ(28, Iosb.Information);
	CHECK(RtlCompareMemory(Name.Name.FileName, L"\\conform.inf", 24) == 24);
	CHECK_EQ(STATUS_BUFFER_OVERFLOW, ZwQueryInformationFile(Handle, &Iosb, &Name, 8,
								FileNameInformation));
	CHECK_EQ(24, Name.Name.FileNameLength);
	/* A file object as any other. */
	CHECK_EQ(STATUS_SUCCESS, ObReferenceObjectByHandle(Handle, 0, *IoFileObjectType, KernelMode,
							   &Object, NULL));
	CHECK_EQ(FILE_DEVICE_DISK_FILE_SYSTEM, ((PFILE_OBJECT)Object)->DeviceObject->DeviceType);
	ObDereferenceObject(Object);
	ZwClose(Handle);
}

/* ---- Objects ---- */

static NTSTATUS Directory(PCWSTR Path, HANDLE Root, ULONG Flags, BOOLEAN Create, PHANDLE Handle)
{
	OBJECT_ATTRIBUTES Attributes;
	UNICODE_STRING String;

	RtlInitUnicodeString(&String, Path);
	InitializeObjectAttributes(&Attributes, &String, OBJ_KERNEL_HANDLE | Flags, Root, NULL);
	return Create ? ZwCreateDirectoryObject(Handle, DIRECTORY_ALL_ACCESS, &Attributes) :
			ZwOpenDirectoryObject(Handle, DIRECTORY_ALL_ACCESS, &Attributes);
}

VOID DirectoryObjects(PCONFORM_TEST_CONTEXT T)
{
	UNICODE_STRING EventName = RTL_CONSTANT_STRING(L"Event");
	UNICODE_STRING Whole = RTL_CONSTANT_STRING(L"\\NtConformDir\\Sub\\Event");
	HANDLE Handle = NULL, Again = NULL, Sub = NULL, Event = NULL;
	OBJECT_ATTRIBUTES Attributes;
	PKEVENT Object;

	/* "ZwCreateDirectoryObject" */
	CHECK_EQ(STATUS_SUCCESS, Directory(L"\\NtConformDir", NULL, 0, TRUE, &Handle));
	CHECK_EQ(STATUS_OBJECT_NAME_COLLISION, Directory(L"\\ntconformdir", NULL, 0, TRUE, &Again));
	CHECK_EQ(STATUS_OBJECT_NAME_EXISTS, Directory(L"\\NtConformDir", NULL, OBJ_OPENIF, TRUE,
						      &Again));
	CHECK_EQ(STATUS_SUCCESS, ZwClose(Again));
	CHECK_EQ(STATUS_SUCCESS, Directory(L"Sub", Handle, 0, TRUE, &Sub));
	CHECK_EQ(STATUS_SUCCESS, Directory(L"\\NtConformDir\\Sub", NULL, 0, FALSE, &Again));
	CHECK_EQ(STATUS_SUCCESS, ZwClose(Again));
	/* A name in it: RootDirectory, or the whole path. */
	Object = IoCreateNotificationEvent(&Whole, &Event);
	CHECK(Object != NULL);
	InitializeObjectAttributes(&Attributes, &EventName, OBJ_KERNEL_HANDLE, Sub, NULL);
	CHECK_EQ(STATUS_SUCCESS, ObOpenObjectByName(&Attributes, *ExEventObjectType, KernelMode, NULL,
						    EVENT_ALL_ACCESS, NULL, &Again));
	CHECK_EQ(STATUS_SUCCESS, ZwClose(Again));
	CHECK_EQ(STATUS_SUCCESS, ZwClose(Event));
	CHECK_EQ(STATUS_SUCCESS, ZwClose(Sub));
	CHECK_EQ(STATUS_SUCCESS, ZwClose(Handle));
	/* A temporary object's name goes with its last handle. */
	CHECK_EQ(STATUS_OBJECT_NAME_NOT_FOUND, Directory(L"\\NtConformDir", NULL, 0, FALSE, &Again));
	/* The system's own. */
	CHECK_EQ(STATUS_SUCCESS, Directory(L"\\Device", NULL, 0, FALSE, &Again));
	CHECK_EQ(STATUS_SUCCESS, ZwClose(Again));
	CHECK_EQ(STATUS_OBJECT_NAME_COLLISION, Directory(L"\\Driver", NULL, 0, TRUE, &Again));
	CHECK_EQ(STATUS_OBJECT_TYPE_MISMATCH, Directory(L"\\Device\\NtConform", NULL, 0, FALSE, &Again));
}

VOID DirectoryPermanent(PCONFORM_TEST_CONTEXT T)
{
	HANDLE Handle = NULL;

	CHECK_EQ(STATUS_SUCCESS, Directory(L"\\NtConformLasting", NULL, OBJ_PERMANENT, TRUE, &Handle));
	CHECK_EQ(STATUS_SUCCESS, ZwClose(Handle));
	/* "ZwMakeTemporaryObject": a permanent object outlives its handles. */
	CHECK_EQ(STATUS_SUCCESS, Directory(L"\\NtConformLasting", NULL, 0, FALSE, &Handle));
	CHECK_EQ(STATUS_SUCCESS, ZwMakeTemporaryObject(Handle));
	CHECK_EQ(STATUS_SUCCESS, ZwMakeTemporaryObject(Handle));
	CHECK_EQ(STATUS_SUCCESS, ZwClose(Handle));
	CHECK_EQ(STATUS_OBJECT_NAME_NOT_FOUND, Directory(L"\\NtConformLasting", NULL, 0, FALSE,
							 &Handle));
	CHECK_EQ(STATUS_INVALID_HANDLE, ZwMakeTemporaryObject(Handle));
}

VOID LinkObjects(PCONFORM_TEST_CONTEXT T)
{
	UNICODE_STRING Link = RTL_CONSTANT_STRING(L"\\??\\NTCONFORM");
	UNICODE_STRING Device = RTL_CONSTANT_STRING(L"\\Device\\NtConform");
	UNICODE_STRING None = RTL_CONSTANT_STRING(L"\\??\\NTNOBODY");
	OBJECT_ATTRIBUTES Attributes;
	UNICODE_STRING Target;
	HANDLE Handle = NULL;
	ULONG Length = 0;
	WCHAR Buffer[32];

	InitializeObjectAttributes(&Attributes, &Link, OBJ_KERNEL_HANDLE | OBJ_CASE_INSENSITIVE, NULL,
				   NULL);
	CHECK_EQ(STATUS_SUCCESS, ZwOpenSymbolicLinkObject(&Handle, GENERIC_READ, &Attributes));
	Target.Buffer = Buffer;
	Target.Length = 0;
	Target.MaximumLength = sizeof(Buffer);
	Length = sizeof(Buffer);
	CHECK_EQ(STATUS_SUCCESS, ZwQuerySymbolicLinkObject(Handle, &Target, &Length));
	CHECK(RtlEqualUnicodeString(&Device, &Target, FALSE));
	/* "ZwQuerySymbolicLinkObject": what is needed when the string is too short. */
	Target.MaximumLength = 4;
	Length = 4;
	CHECK_EQ(STATUS_BUFFER_TOO_SMALL, ZwQuerySymbolicLinkObject(Handle, &Target, &Length));
	CHECK(Length >= Device.Length);
	CHECK_EQ(STATUS_SUCCESS, ZwClose(Handle));
	InitializeObjectAttributes(&Attributes, &None, OBJ_KERNEL_HANDLE, NULL, NULL);
	CHECK_EQ(STATUS_OBJECT_NAME_NOT_FOUND, ZwOpenSymbolicLinkObject(&Handle, SYMBOLIC_LINK_QUERY,
									&Attributes));
	InitializeObjectAttributes(&Attributes, &Device, OBJ_KERNEL_HANDLE, NULL, NULL);
	CHECK_EQ(STATUS_OBJECT_TYPE_MISMATCH, ZwOpenSymbolicLinkObject(&Handle, SYMBOLIC_LINK_QUERY,
								       &Attributes));
}

VOID ObjectByName(PCONFORM_TEST_CONTEXT T)
{
	UNICODE_STRING Driver = RTL_CONSTANT_STRING(L"\\Driver\\CONFORM");
	UNICODE_STRING Link = RTL_CONSTANT_STRING(L"\\DosDevices\\NTCONFORM");
	UNICODE_STRING None = RTL_CONSTANT_STRING(L"\\Driver\\Nobody");
	PVOID Object = NULL;

	CHECK_EQ(STATUS_SUCCESS, ObReferenceObjectByName(&Driver, OBJ_CASE_INSENSITIVE, NULL, 0,
							 *IoDriverObjectType, KernelMode, NULL,
							 &Object));
	CHECK_EQ((ULONG_PTR)T->Driver, (ULONG_PTR)Object);
	ObDereferenceObject(Object);
	CHECK_EQ(STATUS_SUCCESS, ObReferenceObjectByName(&Link, OBJ_CASE_INSENSITIVE, NULL, 0, NULL,
							 KernelMode, NULL, &Object));
	CHECK_EQ((ULONG_PTR)T->Driver, (ULONG_PTR)((PDEVICE_OBJECT)Object)->DriverObject);
	ObDereferenceObject(Object);
	CHECK_EQ(STATUS_OBJECT_TYPE_MISMATCH,
		 ObReferenceObjectByName(&Driver, 0, NULL, 0, *IoDeviceObjectType, KernelMode, NULL,
					 &Object));
	CHECK_EQ(0, (ULONG_PTR)Object);
	CHECK_EQ(STATUS_OBJECT_NAME_NOT_FOUND,
		 ObReferenceObjectByName(&None, 0, NULL, 0, NULL, KernelMode, NULL, &Object));
}

static VOID CheckName(PCONFORM_TEST_CONTEXT T, PVOID Object, PCWSTR Expected)
{
	union {
		OBJECT_NAME_INFORMATION Info;
		UCHAR Room[128];
	} Name;
	ULONG Length = 0, Need = 0;

	/* "ObQueryNameString": the length of the name with its zero; and what fits not. */
	CHECK_EQ(STATUS_INFO_LENGTH_MISMATCH, ObQueryNameString(Object, NULL, 0, &Need));
	CHECK_EQ(STATUS_SUCCESS, ObQueryNameString(Object, &Name.Info, sizeof(Name), &Length));
	CHECK_EQ(Need, Length);
	if (!Expected) {
		CHECK_EQ(0, Name.Info.Name.Length);
		CHECK_EQ(0, (ULONG_PTR)Name.Info.Name.Buffer);
		return;
	}
	CHECK_EQ(sizeof(OBJECT_NAME_INFORMATION) + (wcslen(Expected) + 1) * sizeof(WCHAR), Length);
	CHECK_EQ(0, wcscmp(Expected, Name.Info.Name.Buffer));
	CHECK_EQ(STATUS_INFO_LENGTH_MISMATCH, ObQueryNameString(Object, &Name.Info, Need - 1, &Length));
}

VOID ObjectNames(PCONFORM_TEST_CONTEXT T)
{
	UNICODE_STRING Path = RTL_CONSTANT_STRING(L"\\Device\\NtConform");
	PDEVICE_OBJECT Unnamed = NULL, Device;
	PFILE_OBJECT File = NULL;

	CheckName(T, T->Driver, L"\\Driver\\conform");
	CHECK_EQ(STATUS_SUCCESS, IoGetDeviceObjectPointer(&Path, FILE_READ_DATA, &File, &Device));
	CheckName(T, Device, L"\\Device\\NtConform");
	CheckName(T, File, L"\\Device\\NtConform");
	ObDereferenceObject(File);
	CHECK_EQ(STATUS_SUCCESS, IoCreateDevice(T->Driver, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE,
						&Unnamed));
	CheckName(T, Unnamed, NULL);
	IoDeleteDevice(Unnamed);
}
