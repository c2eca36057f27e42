// SPDX-License-Identifier: GPL-2.0
/* Devices by handle: "ZwCreateFile", "ZwReadFile" and the pages of their kin. */
#include "zw.h"

static UNICODE_STRING Name = RTL_CONSTANT_STRING(L"\\Device\\NtConformFile");

/* What the device saw last, and the request that it keeps. */
static struct {
	ULONG Calls[IRP_MJ_MAXIMUM_FUNCTION + 1];
	ACCESS_MASK Access;
	ULONG Options, Ea, Code, Key, Class;
	USHORT Attributes, Share;
	KPROCESSOR_MODE Mode;
	LARGE_INTEGER Offset;
	PFILE_OBJECT File;
	WCHAR FileName[32];
	PIRP Kept;
	BOOLEAN Keep;
	CHAR Written[16];
	LONGLONG Size;
} Seen;

static NTSTATUS End(PIRP Irp, NTSTATUS Status, ULONG_PTR Information)
{
	Irp->IoStatus.Status = Status;
	Irp->IoStatus.Information = Information;
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return Status;
}

static NTSTATUS Create(PIRP Irp, PIO_STACK_LOCATION Location)
{
	Seen.Access = Location->Parameters.Create.SecurityContext->DesiredAccess;
	Seen.Options = Location->Parameters.Create.Options;
	Seen.Attributes = Location->Parameters.Create.FileAttributes;
	Seen.Share = Location->Parameters.Create.ShareAccess;
	Seen.Ea = Location->Parameters.Create.EaLength;
	RtlZeroMemory(Seen.FileName, sizeof(Seen.FileName));
	RtlCopyMemory(Seen.FileName, Location->FileObject->FileName.Buffer,
		      min(Location->FileObject->FileName.Length, sizeof(Seen.FileName) - 2));
	if (Location->FileObject->FileName.Length == 5 * sizeof(WCHAR))	/* \none */
		return End(Irp, STATUS_NO_SUCH_FILE, FILE_DOES_NOT_EXIST);
	return End(Irp, STATUS_SUCCESS, FILE_CREATED);
}

static PVOID Data(PIRP Irp)
{
	if (Irp->MdlAddress)
		return MmGetSystemAddressForMdlSafe(Irp->MdlAddress, NormalPagePriority);
	return Irp->AssociatedIrp.SystemBuffer;
}

/* Bytes that tell where they come from. */
static NTSTATUS Read(PIRP Irp, PIO_STACK_LOCATION Location)
{
	ULONG Length = Location->Parameters.Read.Length, i;
	PUCHAR To = Data(Irp);

	Seen.Offset = Location->Parameters.Read.ByteOffset;
	Seen.Key = Location->Parameters.Read.Key;
	if (Seen.Keep) {
		IoMarkIrpPending(Irp);
		Seen.Kept = Irp;
		return STATUS_PENDING;
	}
	if (Seen.Offset.QuadPart >= Seen.Size)
		return End(Irp, STATUS_END_OF_FILE, 0);
	for (i = 0; i < Length; i++)
		To[i] = (UCHAR)(Seen.Offset.QuadPart + i);
	return End(Irp, STATUS_SUCCESS, Length);
}

static NTSTATUS Write(PIRP Irp, PIO_STACK_LOCATION Location)
{
	ULONG Length = Location->Parameters.Write.Length;

	Seen.Offset = Location->Parameters.Write.ByteOffset;
	RtlZeroMemory(Seen.Written, sizeof(Seen.Written));
	RtlCopyMemory(Seen.Written, Data(Irp), min(Length, sizeof(Seen.Written)));
	return End(Irp, STATUS_SUCCESS, Length);
}

/* Both control functions: what came in goes out, with every byte one more. */
static NTSTATUS Control(PIRP Irp, PIO_STACK_LOCATION Location)
{
	ULONG Code = Location->Parameters.DeviceIoControl.IoControlCode, i;
	ULONG In = Location->Parameters.DeviceIoControl.InputBufferLength;
	ULONG Out = Location->Parameters.DeviceIoControl.OutputBufferLength;
	PUCHAR From = Irp->AssociatedIrp.SystemBuffer, To = From;

	Seen.Code = Code;
	if ((Code & 3) == METHOD_NEITHER) {
		From = Location->Parameters.DeviceIoControl.Type3InputBuffer;
		To = Irp->UserBuffer;
	} else if ((Code & 3) != METHOD_BUFFERED) {
		To = Data(Irp);
	}
	for (i = 0; i < In && i < Out; i++)
		To[i] = From[i] + 1;
	return End(Irp, STATUS_SUCCESS, i);
}

static NTSTATUS Information(PIRP Irp, PIO_STACK_LOCATION Location)
{
	PFILE_STANDARD_INFORMATION Standard = Irp->AssociatedIrp.SystemBuffer;
	PFILE_END_OF_FILE_INFORMATION EndOfFile = Irp->AssociatedIrp.SystemBuffer;

	Seen.Class = Location->Parameters.QueryFile.FileInformationClass;
	if (Location->MajorFunction == IRP_MJ_SET_INFORMATION) {
		Seen.Size = EndOfFile->EndOfFile.QuadPart;
		return End(Irp, STATUS_SUCCESS, 0);
	}
	RtlZeroMemory(Standard, sizeof(*Standard));
	Standard->EndOfFile.QuadPart = Seen.Size;
	return End(Irp, STATUS_SUCCESS, sizeof(*Standard));
}

NTSTATUS NTAPI ConformFile(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	PIO_STACK_LOCATION Location = IoGetCurrentIrpStackLocation(Irp);

	UNREFERENCED_PARAMETER(DeviceObject);
	Seen.Calls[Location->MajorFunction]++;
	Seen.Mode = Irp->RequestorMode;
	Seen.File = Location->FileObject;
	switch (Location->MajorFunction) {
	case IRP_MJ_CREATE:
		return Create(Irp, Location);
	case IRP_MJ_READ:
		return Read(Irp, Location);
	case IRP_MJ_WRITE:
		return Write(Irp, Location);
	case IRP_MJ_DEVICE_CONTROL:
	case IRP_MJ_FILE_SYSTEM_CONTROL:
		return Control(Irp, Location);
	case IRP_MJ_QUERY_INFORMATION:
	case IRP_MJ_SET_INFORMATION:
		return Information(Irp, Location);
	default:
		return End(Irp, STATUS_SUCCESS, 0);
	}
}

static PDEVICE_OBJECT NewDevice(PCONFORM_TEST_CONTEXT T, ULONG Flags)
{
	PDEVICE_OBJECT Device = NULL;

	RtlZeroMemory(&Seen, sizeof(Seen));
	Seen.Size = 1000;
	CHECK_EQ(STATUS_SUCCESS, IoCreateDevice(T->Driver, 0, &Name, FILE_DEVICE_CONFORM, 0, FALSE,
						&Device));
	Device->Flags |= Flags;
	Device->Flags &= ~DO_DEVICE_INITIALIZING;
	return Device;
}

NTSTATUS ZwOpen(PCWSTR Path, ACCESS_MASK Access, ULONG Disposition, ULONG Options, PHANDLE Handle,
		PULONG_PTR Result)
{
	OBJECT_ATTRIBUTES Attributes;
	IO_STATUS_BLOCK Iosb;
	UNICODE_STRING String;
	NTSTATUS Status;

	Iosb.Information = 77;
	RtlInitUnicodeString(&String, Path);
	InitializeObjectAttributes(&Attributes, &String, OBJ_KERNEL_HANDLE | OBJ_CASE_INSENSITIVE,
				   NULL, NULL);
	Status = ZwCreateFile(Handle, Access, &Attributes, &Iosb, NULL, FILE_ATTRIBUTE_NORMAL,
			      FILE_SHARE_READ, Disposition, Options, NULL, 0);
	if (Result)
		*Result = Iosb.Information;
	return Status;
}

#define SYNCHRONOUS	FILE_SYNCHRONOUS_IO_NONALERT

static HANDLE OpenDevice(PCONFORM_TEST_CONTEXT T, ULONG Options)
{
	HANDLE Handle = NULL;

	CHECK_EQ(STATUS_SUCCESS, ZwOpen(Name.Buffer, GENERIC_READ | GENERIC_WRITE, FILE_OPEN, Options,
					&Handle, NULL));
	return Handle;
}

VOID ZwOpenSeen(PCONFORM_TEST_CONTEXT T)
{
	PDEVICE_OBJECT Device = NewDevice(T, DO_BUFFERED_IO);
	PFILE_OBJECT File = NULL;
	HANDLE Handle = NULL;
	PVOID Object;

	/* "IRP_MJ_CREATE": the disposition is the high byte of Options. */
	CHECK_EQ(STATUS_SUCCESS, ZwOpen(L"\\Device\\NtConformFile\\behind", GENERIC_READ, FILE_OPEN_IF,
					SYNCHRONOUS, &Handle, NULL));
	CHECK_EQ(FILE_OPEN_IF, Seen.Options >> 24);
	CHECK_EQ(SYNCHRONOUS, Seen.Options & 0xffffff);
	CHECK_EQ(FILE_ATTRIBUTE_NORMAL, Seen.Attributes);
	CHECK_EQ(FILE_SHARE_READ, Seen.Share);
	CHECK_EQ(0, Seen.Ea);
	CHECK_EQ(KernelMode, Seen.Mode);
	CHECK_EQ(0, wcscmp(Seen.FileName, L"\\behind"));
	/* "Access Mask": a driver sees what the generic rights stand for. */
	CHECK_EQ(FILE_GENERIC_READ, Seen.Access);
	CHECK_EQ(STATUS_SUCCESS, ObReferenceObjectByHandle(Handle, 0, *IoFileObjectType, KernelMode,
							   &Object, NULL));
	File = Object;
	CHECK_EQ((ULONG_PTR)Seen.File, (ULONG_PTR)File);
	CHECK(File->ReadAccess);
	CHECK(!File->WriteAccess);
	CHECK(File->Flags & FO_SYNCHRONOUS_IO);
	/* "DispatchCleanup": when the last handle is closed; close when the references go. */
	CHECK_EQ(0, Seen.Calls[IRP_MJ_CLEANUP]);
	CHECK_EQ(STATUS_SUCCESS, ZwClose(Handle));
	CHECK_EQ(1, Seen.Calls[IRP_MJ_CLEANUP]);
	CHECK_EQ(0, Seen.Calls[IRP_MJ_CLOSE]);
	ObDereferenceObject(File);
	CHECK_EQ(1, Seen.Calls[IRP_MJ_CLOSE]);
	IoDeleteDevice(Device);
}

VOID ZwOpenRefused(PCONFORM_TEST_CONTEXT T)
{
	PDEVICE_OBJECT Device = NewDevice(T, DO_BUFFERED_IO);
	ULONG_PTR Result;
	HANDLE Handle;

	CHECK_EQ(STATUS_OBJECT_NAME_NOT_FOUND, ZwOpen(L"\\Device\\NtNobody", GENERIC_READ, FILE_OPEN,
						      SYNCHRONOUS, &Handle, NULL));
	CHECK_EQ(0, (ULONG_PTR)Handle);
	/* "ZwCreateFile": one of the synchronous options, and with SYNCHRONIZE. */
	CHECK_EQ(STATUS_INVALID_PARAMETER, ZwOpen(Name.Buffer, GENERIC_READ, FILE_OPEN,
						  SYNCHRONOUS | FILE_SYNCHRONOUS_IO_ALERT, &Handle,
						  NULL));
	CHECK_EQ(STATUS_INVALID_PARAMETER, ZwOpen(Name.Buffer, FILE_READ_DATA, FILE_OPEN, SYNCHRONOUS,
						  &Handle, NULL));
	CHECK_EQ(STATUS_INVALID_PARAMETER, ZwOpen(Name.Buffer, GENERIC_READ, 6, 0, &Handle, NULL));
	CHECK_EQ(STATUS_INVALID_PARAMETER, ZwOpen(Name.Buffer, GENERIC_READ, FILE_OPEN,
						  FILE_DIRECTORY_FILE | FILE_NON_DIRECTORY_FILE,
						  &Handle, NULL));
	CHECK_EQ(0, Seen.Calls[IRP_MJ_CREATE]);
	/* The driver's own no comes with its Information. */
	CHECK_EQ(STATUS_NO_SUCH_FILE, ZwOpen(L"\\Device\\NtConformFile\\none", GENERIC_READ, FILE_OPEN,
					     0, &Handle, &Result));
	CHECK_EQ(FILE_DOES_NOT_EXIST, Result);
	CHECK_EQ(1, Seen.Calls[IRP_MJ_CREATE]);
	CHECK_EQ(0, Seen.Calls[IRP_MJ_CLEANUP] + Seen.Calls[IRP_MJ_CLOSE]);
	CHECK_EQ(STATUS_INVALID_HANDLE, ZwClose(Handle));
	IoDeleteDevice(Device);
}

VOID ZwOpenRelative(PCONFORM_TEST_CONTEXT T)
{
	UNICODE_STRING Behind = RTL_CONSTANT_STRING(L"two");
	PDEVICE_OBJECT Device = NewDevice(T, DO_BUFFERED_IO);
	OBJECT_ATTRIBUTES Attributes;
	HANDLE Base = NULL, Handle = NULL;
	IO_STATUS_BLOCK Iosb;

	CHECK_EQ(STATUS_SUCCESS, ZwOpen(L"\\Device\\NtConformFile\\one", GENERIC_READ, FILE_OPEN, 0,
					&Base, NULL));
	/* "InitializeObjectAttributes": the name is relative to RootDirectory. */
	InitializeObjectAttributes(&Attributes, &Behind, OBJ_KERNEL_HANDLE, Base, NULL);
	CHECK_EQ(STATUS_SUCCESS, ZwOpenFile(&Handle, GENERIC_READ, &Attributes, &Iosb, 0, 0));
	CHECK_EQ(0, wcscmp(Seen.FileName, L"\\one\\two"));
	CHECK_EQ(FILE_OPEN, Seen.Options >> 24);
	CHECK_EQ(STATUS_SUCCESS, ZwClose(Handle));
	CHECK_EQ(STATUS_SUCCESS, ZwClose(Base));
	/* A handle that is none of a file or directory. */
	Attributes.RootDirectory = (HANDLE)(LONG_PTR)-4;
	CHECK_EQ(STATUS_INVALID_HANDLE, ZwOpenFile(&Handle, GENERIC_READ, &Attributes, &Iosb, 0, 0));
	IoDeleteDevice(Device);
}

VOID ZwCreateInformation(PCONFORM_TEST_CONTEXT T)
{
	PDEVICE_OBJECT Device = NewDevice(T, DO_BUFFERED_IO);
	UNICODE_STRING String = RTL_CONSTANT_STRING(L"\\Device\\NtConformFile");
	OBJECT_ATTRIBUTES Attributes;
	HANDLE Handle = NULL;
	IO_STATUS_BLOCK Iosb;
	UCHAR Ea[8] = { 1 };

	InitializeObjectAttributes(&Attributes, &String, OBJ_KERNEL_HANDLE, NULL, NULL);
	CHECK_EQ(STATUS_SUCCESS, ZwCreateFile(&Handle, FILE_WRITE_DATA | SYNCHRONIZE, &Attributes,
					      &Iosb, NULL, FILE_ATTRIBUTE_TEMPORARY,
					      FILE_SHARE_WRITE | FILE_SHARE_DELETE, FILE_SUPERSEDE,
					      FILE_WRITE_THROUGH, Ea, sizeof(Ea)));
	/* "ZwCreateFile": Information is the driver's. */
	CHECK_EQ(FILE_CREATED, Iosb.Information);
	CHECK_EQ(STATUS_SUCCESS, Iosb.Status);
	CHECK_EQ(sizeof(Ea), Seen.Ea);
	CHECK_EQ(FILE_ATTRIBUTE_TEMPORARY, Seen.Attributes);
	CHECK_EQ(FILE_SHARE_WRITE | FILE_SHARE_DELETE, Seen.Share);
	CHECK_EQ(FILE_WRITE_DATA | SYNCHRONIZE, Seen.Access);
	CHECK(!(Seen.File->Flags & FO_SYNCHRONOUS_IO));
	CHECK(Seen.File->WriteAccess && !Seen.File->ReadAccess && Seen.File->SharedDelete);
	CHECK_EQ(STATUS_SUCCESS, ZwClose(Handle));
	IoDeleteDevice(Device);
}

VOID IoCreateFileArguments(PCONFORM_TEST_CONTEXT T)
{
	PDEVICE_OBJECT Device = NewDevice(T, DO_BUFFERED_IO);
	OBJECT_ATTRIBUTES Attributes;
	HANDLE Handle = NULL;
	IO_STATUS_BLOCK Iosb;

	InitializeObjectAttributes(&Attributes, &Name, OBJ_KERNEL_HANDLE, NULL, NULL);
	CHECK_EQ(STATUS_SUCCESS, IoCreateFile(&Handle, GENERIC_READ, &Attributes, &Iosb, NULL, 0, 0,
					      FILE_OPEN, SYNCHRONOUS, NULL, 0, CreateFileTypeNone,
					      NULL, IO_NO_PARAMETER_CHECKING));
	CHECK_EQ(STATUS_SUCCESS, ZwClose(Handle));
	/* "IoCreateFile": no other kind of file is a driver's to make. */
	CHECK_EQ(STATUS_INVALID_PARAMETER,
		 IoCreateFile(&Handle, GENERIC_READ, &Attributes, &Iosb, NULL, 0, 0, FILE_OPEN,
			      SYNCHRONOUS, NULL, 0, CreateFileTypeMailslot, NULL, 0));
	CHECK_EQ(0, (ULONG_PTR)Handle);
	IoDeleteDevice(Device);
}

static NTSTATUS ReadAt(HANDLE Handle, PVOID Buffer, ULONG Length, LONGLONG Offset,
		       PIO_STATUS_BLOCK Iosb)
{
	LARGE_INTEGER Where;

	Where.QuadPart = Offset;
	return ZwReadFile(Handle, NULL, NULL, NULL, Iosb, Buffer, Length, &Where, NULL);
}

#define AT_POSITION	(-2LL)	/* HighPart -1, LowPart FILE_USE_FILE_POINTER_POSITION */
#define AT_END		(-1LL)	/* HighPart -1, LowPart FILE_WRITE_TO_END_OF_FILE */

VOID ZwReadPosition(PCONFORM_TEST_CONTEXT T)
{
	PDEVICE_OBJECT Device = NewDevice(T, DO_BUFFERED_IO);
	HANDLE Handle = OpenDevice(T, SYNCHRONOUS);
	FILE_POSITION_INFORMATION Position;
	ULONG Key = 42;
	IO_STATUS_BLOCK Iosb;
	UCHAR Buffer[8] = { 0 };

	CHECK_EQ(0xfffffffe, FILE_USE_FILE_POINTER_POSITION);
	/* "ZwReadFile": NULL on a synchronous file is the current position, which moves on. */
	CHECK_EQ(STATUS_SUCCESS, ZwReadFile(Handle, NULL, NULL, NULL, &Iosb, Buffer, 4, NULL, &Key));
	CHECK_EQ(4, Iosb.Information);
	CHECK_EQ(42, Seen.Key);
	CHECK_EQ(0, Seen.Offset.QuadPart);
	CHECK_EQ(KernelMode, Seen.Mode);
	CHECK_EQ(3, Buffer[3]);
	CHECK_EQ(0, Buffer[4]);
	CHECK_EQ(STATUS_SUCCESS, ReadAt(Handle, Buffer, 8, AT_POSITION, &Iosb));
	CHECK_EQ(4, Seen.Offset.QuadPart);
	CHECK_EQ(4, Buffer[0]);
	/* An explicit offset sets it, too. */
	CHECK_EQ(STATUS_SUCCESS, ReadAt(Handle, Buffer, 2, 100, &Iosb));
	CHECK_EQ(STATUS_SUCCESS, ZwReadFile(Handle, NULL, NULL, NULL, &Iosb, Buffer, 1, NULL, NULL));
	CHECK_EQ(102, Seen.Offset.QuadPart);
	CHECK_EQ(STATUS_SUCCESS, ZwQueryInformationFile(Handle, &Iosb, &Position, sizeof(Position),
							FilePositionInformation));
	CHECK_EQ(103, Position.CurrentByteOffset.QuadPart);
	Position.CurrentByteOffset.QuadPart = 200;
	CHECK_EQ(STATUS_SUCCESS, ZwSetInformationFile(Handle, &Iosb, &Position, sizeof(Position),
						      FilePositionInformation));
	CHECK_EQ(STATUS_SUCCESS, ZwReadFile(Handle, NULL, NULL, NULL, &Iosb, Buffer, 1, NULL, NULL));
	CHECK_EQ(200, Seen.Offset.QuadPart);
	/* No position after an error. */
	CHECK_EQ(STATUS_END_OF_FILE, ReadAt(Handle, Buffer, 1, 5000, &Iosb));
	CHECK_EQ(STATUS_END_OF_FILE, Iosb.Status);
	CHECK_EQ(STATUS_SUCCESS, ZwReadFile(Handle, NULL, NULL, NULL, &Iosb, Buffer, 1, NULL, NULL));
	CHECK_EQ(201, Seen.Offset.QuadPart);
	ZwClose(Handle);
	IoDeleteDevice(Device);
}

VOID ZwReadDirect(PCONFORM_TEST_CONTEXT T)
{
	PDEVICE_OBJECT Device = NewDevice(T, DO_DIRECT_IO);
	HANDLE Handle = OpenDevice(T, SYNCHRONOUS);
	PUCHAR Buffer = ExAllocatePoolWithTag(NonPagedPool, 3 * PAGE_SIZE, 'tseT');
	IO_STATUS_BLOCK Iosb;

	Seen.Size = 1 << 20;
	CHECK_EQ(STATUS_SUCCESS, ReadAt(Handle, Buffer, 3 * PAGE_SIZE, 7, &Iosb));
	CHECK_EQ(3 * PAGE_SIZE, Iosb.Information);
	CHECK_EQ(7, Buffer[0]);
	CHECK_EQ((UCHAR)(7 + 3 * PAGE_SIZE - 1), Buffer[3 * PAGE_SIZE - 1]);
	ExFreePoolWithTag(Buffer, 'tseT');
	ZwClose(Handle);
	IoDeleteDevice(Device);
}

static HANDLE NewEvent(PCONFORM_TEST_CONTEXT T)
{
	OBJECT_ATTRIBUTES Attributes;
	HANDLE Handle = NULL;

	InitializeObjectAttributes(&Attributes, NULL, OBJ_KERNEL_HANDLE, NULL, NULL);
	CHECK_EQ(STATUS_SUCCESS, ZwCreateEvent(&Handle, EVENT_ALL_ACCESS, &Attributes,
					       NotificationEvent, TRUE));
	return Handle;
}

static NTSTATUS Poll(HANDLE Handle)
{
	LARGE_INTEGER Zero;

	Zero.QuadPart = 0;
	return ZwWaitForSingleObject(Handle, FALSE, &Zero);
}

VOID ZwReadPending(PCONFORM_TEST_CONTEXT T)
{
	PDEVICE_OBJECT Device = NewDevice(T, DO_BUFFERED_IO);
	HANDLE Handle = OpenDevice(T, 0), Event = NewEvent(T);
	LARGE_INTEGER Offset;
	IO_STATUS_BLOCK Iosb;
	UCHAR Buffer[4] = { 0 };
	KIRQL Irql;

	Seen.Keep = TRUE;
	Offset.QuadPart = 0;
	/* "ZwReadFile": STATUS_PENDING, with the event made not signalled. */
	CHECK_EQ(STATUS_PENDING, ZwReadFile(Handle, Event, NULL, NULL, &Iosb, Buffer, 4, &Offset,
					    NULL));
	CHECK_EQ(STATUS_TIMEOUT, Poll(Event));
	CHECK_EQ(STATUS_TIMEOUT, Poll(Handle));
	/* A completion in a DPC, say, after the handle's end. */
	CHECK_EQ(STATUS_SUCCESS, ZwClose(Handle));
	CHECK_EQ(1, Seen.Calls[IRP_MJ_CLEANUP]);
	CHECK_EQ(0, Seen.Calls[IRP_MJ_CLOSE]);
	*(PUCHAR)Seen.Kept->AssociatedIrp.SystemBuffer = 99;
	KeRaiseIrql(DISPATCH_LEVEL, &Irql);
	End(Seen.Kept, STATUS_SUCCESS, 1);
	KeLowerIrql(Irql);
	CHECK_EQ(STATUS_SUCCESS, ZwWaitForSingleObject(Event, FALSE, NULL));
	CHECK_EQ(STATUS_SUCCESS, Iosb.Status);
	CHECK_EQ(1, Iosb.Information);
	CHECK_EQ(99, Buffer[0]);
	CHECK_EQ(0, Buffer[1]);
	/* The request held the file; its end may come a moment later, from a worker. */
	for (Offset.QuadPart = 0; !Seen.Calls[IRP_MJ_CLOSE] && Offset.QuadPart < SOON_MS;
	     Offset.QuadPart += 10)
		SleepFor(10);
	CHECK_EQ(1, Seen.Calls[IRP_MJ_CLOSE]);
	ZwClose(Event);
	IoDeleteDevice(Device);
}

VOID ZwReadRefused(PCONFORM_TEST_CONTEXT T)
{
	PDEVICE_OBJECT Device = NewDevice(T, DO_BUFFERED_IO);
	HANDLE Handle = OpenDevice(T, 0), Event = NewEvent(T);
	IO_STATUS_BLOCK Iosb;
	UCHAR Buffer[4];

	/* "ZwReadFile": a file without a position needs an offset. */
	CHECK_EQ(STATUS_INVALID_PARAMETER, ZwReadFile(Handle, NULL, NULL, NULL, &Iosb, Buffer, 4, NULL,
						      NULL));
	CHECK_EQ(STATUS_INVALID_PARAMETER, ReadAt(Handle, Buffer, 4, AT_POSITION, &Iosb));
	CHECK_EQ(STATUS_INVALID_PARAMETER, ReadAt(Handle, Buffer, 4, AT_END, &Iosb));
	CHECK_EQ(0, Seen.Calls[IRP_MJ_READ]);
	CHECK_EQ(STATUS_SUCCESS, ReadAt(Handle, Buffer, 4, 0, &Iosb));
	CHECK_EQ(STATUS_OBJECT_TYPE_MISMATCH, ReadAt(Event, Buffer, 4, 0, &Iosb));
	CHECK_EQ(STATUS_OBJECT_TYPE_MISMATCH, ZwReadFile(Handle, Handle, NULL, NULL, &Iosb, Buffer, 4,
							 NULL, NULL));
	ZwClose(Event);
	ZwClose(Handle);
	CHECK_EQ(STATUS_INVALID_HANDLE, ReadAt(Handle, Buffer, 4, 0, &Iosb));
	IoDeleteDevice(Device);
}

VOID ZwWriteData(PCONFORM_TEST_CONTEXT T)
{
	PDEVICE_OBJECT Device = NewDevice(T, DO_BUFFERED_IO);
	HANDLE Handle = OpenDevice(T, SYNCHRONOUS);
	LARGE_INTEGER Offset;
	IO_STATUS_BLOCK Iosb;

	CHECK_EQ(STATUS_SUCCESS, ZwWriteFile(Handle, NULL, NULL, NULL, &Iosb, "hello", 5, NULL, NULL));
	CHECK_EQ(5, Iosb.Information);
	CHECK_EQ(0, strcmp(Seen.Written, "hello"));
	CHECK_EQ(STATUS_SUCCESS, ZwWriteFile(Handle, NULL, NULL, NULL, &Iosb, "you", 3, NULL, NULL));
	CHECK_EQ(5, Seen.Offset.QuadPart);
	/* "ZwWriteFile": FILE_WRITE_TO_END_OF_FILE is for the driver to understand. */
	Offset.HighPart = -1;
	Offset.LowPart = FILE_WRITE_TO_END_OF_FILE;
	CHECK_EQ(STATUS_SUCCESS, ZwWriteFile(Handle, NULL, NULL, NULL, &Iosb, "end", 3, &Offset,
					     NULL));
	CHECK_EQ(-1, Seen.Offset.QuadPart);
	Offset.QuadPart = -5;
	CHECK_EQ(STATUS_INVALID_PARAMETER, ZwWriteFile(Handle, NULL, NULL, NULL, &Iosb, "no", 2,
						       &Offset, NULL));
	ZwClose(Handle);
	IoDeleteDevice(Device);
}

static HANDLE SharedHandle;
static LONG SharedDone;

static VOID NTAPI ReadInThread(PVOID Context)
{
	IO_STATUS_BLOCK Iosb;
	UCHAR Buffer[1];

	UNREFERENCED_PARAMETER(Context);
	ZwReadFile(SharedHandle, NULL, NULL, NULL, &Iosb, Buffer, 1, NULL, NULL);
	InterlockedIncrement(&SharedDone);
	PsTerminateSystemThread(STATUS_SUCCESS);
}

VOID ZwSynchronousTurns(PCONFORM_TEST_CONTEXT T)
{
	PDEVICE_OBJECT Device = NewDevice(T, DO_BUFFERED_IO);
	PETHREAD First, Second;
	LONG i;

	SharedHandle = OpenDevice(T, SYNCHRONOUS);
	SharedDone = 0;
	Seen.Keep = TRUE;
	First = StartThread(ReadInThread, NULL);
	for (i = 0; !Seen.Kept && i < SOON_MS; i += 10)
		SleepFor(10);
	/* "File Objects": requests on a synchronous file come one after the other. */
	Second = StartThread(ReadInThread, NULL);
	SleepFor(50);
	CHECK_EQ(1, Seen.Calls[IRP_MJ_READ]);
	CHECK_EQ(0, SharedDone);
	Seen.Keep = FALSE;
	CHECK(Seen.Kept != NULL);
	End(Seen.Kept, STATUS_SUCCESS, 1);
	CHECK_EQ(STATUS_SUCCESS, JoinThread(First));
	CHECK_EQ(STATUS_SUCCESS, JoinThread(Second));
	CHECK_EQ(2, SharedDone);
	/* The second's position is behind what the first has read. */
	CHECK_EQ(1, Seen.Offset.QuadPart);
	ZwClose(SharedHandle);
	IoDeleteDevice(Device);
}

VOID ZwControlMethods(PCONFORM_TEST_CONTEXT T)
{
	PDEVICE_OBJECT Device = NewDevice(T, DO_BUFFERED_IO);
	HANDLE Handle = OpenDevice(T, SYNCHRONOUS), Event = NewEvent(T);
	IO_STATUS_BLOCK Iosb;
	ULONG Method, Code;

	for (Method = METHOD_BUFFERED; Method <= METHOD_NEITHER; Method++) {
		UCHAR In[4] = { 1, 2, 3, 4 }, Out[4] = { 0 };

		Code = CTL_CODE(FILE_DEVICE_CONFORM, 0x800, Method, FILE_ANY_ACCESS);
		CHECK_EQ(STATUS_SUCCESS, ZwDeviceIoControlFile(Handle, Event, NULL, NULL, &Iosb, Code,
							       In, sizeof(In), Out, 3));
		CHECK_EQ(Code, Seen.Code);
		CHECK_EQ(3, Iosb.Information);
		CHECK_EQ(4, Out[2]);
		CHECK_EQ(0, Out[3]);
		CHECK_EQ(STATUS_SUCCESS, Poll(Event));
	}
	CHECK_EQ(4, Seen.Calls[IRP_MJ_DEVICE_CONTROL]);
	/* Without buffers. */
	CHECK_EQ(STATUS_SUCCESS, ZwDeviceIoControlFile(Handle, NULL, NULL, NULL, &Iosb,
						       CTL_CODE(FILE_DEVICE_CONFORM, 0x801,
								METHOD_BUFFERED, FILE_ANY_ACCESS),
						       NULL, 0, NULL, 0));
	CHECK_EQ(0, Iosb.Information);
	ZwClose(Event);
	ZwClose(Handle);
	IoDeleteDevice(Device);
}

VOID ZwFsControl(PCONFORM_TEST_CONTEXT T)
{
	PDEVICE_OBJECT Device = NewDevice(T, DO_BUFFERED_IO);
	HANDLE Handle = OpenDevice(T, SYNCHRONOUS);
	ULONG Code = CTL_CODE(FILE_DEVICE_FILE_SYSTEM, 0x900, METHOD_BUFFERED, FILE_ANY_ACCESS);
	IO_STATUS_BLOCK Iosb;
	UCHAR In[2] = { 8, 9 }, Out[2] = { 0 };

	/* "IRP_MJ_FILE_SYSTEM_CONTROL" */
	CHECK_EQ(STATUS_SUCCESS, ZwFsControlFile(Handle, NULL, NULL, NULL, &Iosb, Code, In, 2, Out, 2));
	CHECK_EQ(1, Seen.Calls[IRP_MJ_FILE_SYSTEM_CONTROL]);
	CHECK_EQ(Code, Seen.Code);
	CHECK_EQ(10, Out[1]);
	ZwClose(Handle);
	IoDeleteDevice(Device);
}

VOID ZwFlush(PCONFORM_TEST_CONTEXT T)
{
	PDEVICE_OBJECT Device = NewDevice(T, DO_BUFFERED_IO);
	HANDLE Handle = OpenDevice(T, 0);
	IO_STATUS_BLOCK Iosb;

	Iosb.Information = 5;
	CHECK_EQ(STATUS_SUCCESS, ZwFlushBuffersFile(Handle, &Iosb));
	CHECK_EQ(1, Seen.Calls[IRP_MJ_FLUSH_BUFFERS]);
	CHECK_EQ(0, Iosb.Information);
	ZwClose(Handle);
	CHECK_EQ(STATUS_INVALID_HANDLE, ZwFlushBuffersFile(Handle, &Iosb));
	IoDeleteDevice(Device);
}

VOID ZwInformation(PCONFORM_TEST_CONTEXT T)
{
	PDEVICE_OBJECT Device = NewDevice(T, DO_BUFFERED_IO);
	HANDLE Handle = OpenDevice(T, FILE_SYNCHRONOUS_IO_ALERT);
	FILE_STANDARD_INFORMATION Standard;
	FILE_END_OF_FILE_INFORMATION EndOfFile;
	IO_STATUS_BLOCK Iosb;
	ULONG Mode = 0;

	CHECK_EQ(STATUS_SUCCESS, ZwQueryInformationFile(Handle, &Iosb, &Standard, sizeof(Standard),
							FileStandardInformation));
	CHECK_EQ(sizeof(Standard), Iosb.Information);
	CHECK_EQ(1000, Standard.EndOfFile.QuadPart);
	CHECK_EQ(FileStandardInformation, Seen.Class);
	CHECK_EQ(KernelMode, Seen.Mode);
	EndOfFile.EndOfFile.QuadPart = 5;
	CHECK_EQ(STATUS_SUCCESS, ZwSetInformationFile(Handle, &Iosb, &EndOfFile, sizeof(EndOfFile),
						      FileEndOfFileInformation));
	CHECK_EQ(5, Seen.Size);
	/* "ZwQueryInformationFile": the I/O manager knows how the file was opened. */
	CHECK_EQ(STATUS_SUCCESS, ZwQueryInformationFile(Handle, &Iosb, &Mode, sizeof(Mode),
							FileModeInformation));
	CHECK_EQ(FILE_SYNCHRONOUS_IO_ALERT, Mode);
	CHECK_EQ(STATUS_INFO_LENGTH_MISMATCH,
		 ZwQueryInformationFile(Handle, &Iosb, &Standard, sizeof(Standard) - 1,
					FileStandardInformation));
	CHECK_EQ(STATUS_INVALID_INFO_CLASS,
		 ZwQueryInformationFile(Handle, &Iosb, &Standard, sizeof(Standard),
					(FILE_INFORMATION_CLASS)999));
	CHECK_EQ(STATUS_INVALID_INFO_CLASS,
		 ZwSetInformationFile(Handle, &Iosb, &Standard, sizeof(Standard),
				      FileStandardInformation));
	ZwClose(Handle);
	IoDeleteDevice(Device);
}

VOID ZwWaitHandle(PCONFORM_TEST_CONTEXT T)
{
	UNICODE_STRING Root = RTL_CONSTANT_STRING(L"\\Device");
	HANDLE Event = NewEvent(T), Directory = NULL;
	OBJECT_ATTRIBUTES Attributes;
	LARGE_INTEGER Time = Milliseconds(20);

	/* "ZwWaitForSingleObject" */
	CHECK_EQ(STATUS_SUCCESS, Poll(Event));
	CHECK_EQ(STATUS_SUCCESS, ZwClearEvent(Event));
	CHECK_EQ(STATUS_TIMEOUT, Poll(Event));
	CHECK_EQ(STATUS_TIMEOUT, ZwWaitForSingleObject(Event, FALSE, &Time));
	CHECK_EQ(STATUS_SUCCESS, ZwSetEvent(Event, NULL));
	CHECK_EQ(STATUS_SUCCESS, ZwWaitForSingleObject(Event, FALSE, NULL));
	ZwClose(Event);
	CHECK_EQ(STATUS_INVALID_HANDLE, Poll(Event));
	InitializeObjectAttributes(&Attributes, &Root, OBJ_KERNEL_HANDLE, NULL, NULL);
	CHECK_EQ(STATUS_SUCCESS, ZwOpenDirectoryObject(&Directory, DIRECTORY_QUERY, &Attributes));
	CHECK_EQ(STATUS_OBJECT_TYPE_MISMATCH, Poll(Directory));
	ZwClose(Directory);
}
