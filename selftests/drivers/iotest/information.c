// SPDX-License-Identifier: GPL-2.0
/*
 * What the test device says of itself: IRP_MJ_QUERY_INFORMATION and
 * IRP_MJ_SET_INFORMATION, with a record of what came.
 */
#include "iotest.h"
#include "iotestio.h"

typedef struct _NAME_INFORMATION {
	ULONG Length;
	WCHAR Name[8];
} NAME_INFORMATION;

static IOTEST_RECORD Record = { .EndOfFile = 1000, .Attributes = FILE_ATTRIBUTE_NORMAL };

static VOID Note(PIRP Irp)
{
	PIO_STACK_LOCATION Location = IoGetCurrentIrpStackLocation(Irp);

	Record.Calls++;
	Record.Major = Location->MajorFunction;
	Record.Class = Location->Parameters.QueryFile.FileInformationClass;
	Record.Length = Location->Parameters.QueryFile.Length;
	Record.IrpFlags = Irp->Flags;
	Record.RightFile = Location->FileObject == Irp->Tail.Overlay.OriginalFileObject &&
			   Location->FileObject->DeviceObject == Location->DeviceObject;
}

static NTSTATUS QueryName(PIRP Irp, ULONG Length)
{
	static const NAME_INFORMATION Name = { 10, L"\\name" };
	ULONG Whole = sizeof(ULONG) + Name.Length;

	/* "ZwQueryInformationFile": what fits, and the whole length. */
	RtlCopyMemory(Irp->AssociatedIrp.SystemBuffer, &Name, min(Length, Whole));
	return Length < Whole ? TestFinish(Irp, STATUS_BUFFER_OVERFLOW, Length) :
				TestFinish(Irp, STATUS_SUCCESS, Whole);
}

NTSTATUS QueryInformation(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	PIO_STACK_LOCATION Location = IoGetCurrentIrpStackLocation(Irp);
	PFILE_STANDARD_INFORMATION Standard = Irp->AssociatedIrp.SystemBuffer;
	PFILE_BASIC_INFORMATION Basic = Irp->AssociatedIrp.SystemBuffer;

	UNREFERENCED_PARAMETER(DeviceObject);
	Note(Irp);
	switch (Location->Parameters.QueryFile.FileInformationClass) {
	case FileStandardInformation:
		Standard->AllocationSize.QuadPart = 4096;
		Standard->EndOfFile.QuadPart = Record.EndOfFile;
		Standard->NumberOfLinks = 1;
		return TestFinish(Irp, STATUS_SUCCESS, sizeof(*Standard));
	case FileBasicInformation:
		Basic->FileAttributes = Record.Attributes;
		return TestFinish(Irp, STATUS_SUCCESS, sizeof(*Basic));
	case FileNameInformation:
		return QueryName(Irp, Location->Parameters.QueryFile.Length);
	default:
		return TestFinish(Irp, STATUS_INVALID_PARAMETER, 0);
	}
}

NTSTATUS SetInformation(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	PIO_STACK_LOCATION Location = IoGetCurrentIrpStackLocation(Irp);
	PFILE_END_OF_FILE_INFORMATION End = Irp->AssociatedIrp.SystemBuffer;
	PFILE_BASIC_INFORMATION Basic = Irp->AssociatedIrp.SystemBuffer;

	UNREFERENCED_PARAMETER(DeviceObject);
	Note(Irp);
	switch (Location->Parameters.SetFile.FileInformationClass) {
	case FileEndOfFileInformation:
		if (End->EndOfFile.QuadPart > 4096)
			return TestFinish(Irp, STATUS_DISK_FULL, 0);
		Record.EndOfFile = End->EndOfFile.QuadPart;
		return TestFinish(Irp, STATUS_SUCCESS, 0);
	case FileBasicInformation:
		Record.Attributes = Basic->FileAttributes;
		return TestFinish(Irp, STATUS_SUCCESS, 0);
	default:
		return TestFinish(Irp, STATUS_INVALID_PARAMETER, 0);
	}
}

NTSTATUS FlushBuffers(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	if (Lower.Device && DeviceObject == Lower.Device)
		return LowerDispatch(DeviceObject, Irp);
	Record.Flushes++;
	return TestFinish(Irp, STATUS_SUCCESS, 0);
}

NTSTATUS GetRecord(PIRP Irp)
{
	PIO_STACK_LOCATION Location = IoGetCurrentIrpStackLocation(Irp);

	if (Location->Parameters.DeviceIoControl.OutputBufferLength < sizeof(Record))
		return TestFinish(Irp, STATUS_BUFFER_TOO_SMALL, 0);
	Record.Position = Location->FileObject->CurrentByteOffset.QuadPart;
	*(IOTEST_RECORD *)Irp->AssociatedIrp.SystemBuffer = Record;
	return TestFinish(Irp, STATUS_SUCCESS, sizeof(Record));
}
