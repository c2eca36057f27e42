// SPDX-License-Identifier: GPL-2.0
/* Stacks, names, references. */
#include "iotest.h"

static PDEVICE_OBJECT Create(PTEST T)
{
	PDEVICE_OBJECT Device = NULL;

	CHECK_EQ(STATUS_SUCCESS, IoCreateDevice(T->Driver, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE,
						&Device));
	if (Device)
		Device->Flags &= ~DO_DEVICE_INITIALIZING;
	return Device;
}

/* "IoAttachDeviceToDeviceStackSafe": on top, whichever device of the stack is named. */
VOID AttachSafe(PTEST T)
{
	PDEVICE_OBJECT A = Create(T), B = Create(T), C = Create(T), Below = NULL, Top;

	A->AlignmentRequirement = FILE_OCTA_ALIGNMENT;
	A->SectorSize = 512;
	CHECK_EQ(STATUS_SUCCESS, IoAttachDeviceToDeviceStackSafe(B, A, &Below));
	CHECK(Below == A);
	CHECK_EQ(STATUS_SUCCESS, IoAttachDeviceToDeviceStackSafe(C, A, &Below));
	CHECK(Below == B);
	CHECK_EQ(3, C->StackSize);
	CHECK_EQ(FILE_OCTA_ALIGNMENT, C->AlignmentRequirement);
	CHECK_EQ(512, C->SectorSize);
	CHECK(IoGetAttachedDevice(A) == C);
	Top = IoGetAttachedDeviceReference(A);
	CHECK(Top == C);
	ObDereferenceObject(Top);
	IoDetachDevice(B);
	Top = IoGetAttachedDeviceReference(A);
	CHECK(Top == B);
	ObDereferenceObject(Top);
	IoDetachDevice(A);
	IoDeleteDevice(C);
	IoDeleteDevice(B);
	IoDeleteDevice(A);
}

/* "Removing a Device": the lower device is deleted first, the upper detaches after. */
VOID AttachOrder(PTEST T)
{
	PDEVICE_OBJECT A = Create(T), B = Create(T), C = Create(T), Below = NULL;

	CHECK(IoAttachDeviceToDeviceStack(B, A) == A);
	IoDeleteDevice(A);
	CHECK(A->AttachedDevice == B);
	IoDetachDevice(A);
	/* Nothing is attached to what is being deleted. */
	CHECK(IoAttachDeviceToDeviceStack(C, B) == B);
	IoDetachDevice(B);
	ObReferenceObject(B);
	IoDeleteDevice(B);
	CHECK_EQ(STATUS_NO_SUCH_DEVICE, IoAttachDeviceToDeviceStackSafe(C, B, &Below));
	CHECK(IoAttachDeviceToDeviceStack(C, B) == NULL);
	CHECK(Below == NULL);
	ObDereferenceObject(B);
	IoDeleteDevice(C);
}

/* "IoAttachDevice": by name, or by a link to it. */
VOID AttachByName(PTEST T)
{
	PDEVICE_OBJECT A = Create(T), Below = NULL;
	UNICODE_STRING Name;

	RtlInitUnicodeString(&Name, L"\\DosDevices\\IOTEST");
	CHECK_EQ(STATUS_SUCCESS, IoAttachDevice(A, &Name, &Below));
	CHECK(Below == T->Device);
	CHECK(T->Device->AttachedDevice == A);
	CHECK_EQ(2, A->StackSize);
	IoDetachDevice(Below);
	CHECK(T->Device->AttachedDevice == NULL);
	IoDeleteDevice(A);
	A = Create(T);
	Below = NULL;
	RtlInitUnicodeString(&Name, L"\\Device\\NoSuchDevice");
	CHECK_EQ(STATUS_OBJECT_NAME_NOT_FOUND, IoAttachDevice(A, &Name, &Below));
	CHECK(Below == NULL);
	IoDeleteDevice(A);
}

/* "IoGetDeviceObjectPointer": the top of the stack, and a file on the device named. */
VOID DevicePointer(PTEST T)
{
	LONG Opens = T->Device->ReferenceCount;
	PDEVICE_OBJECT Device = NULL;
	PFILE_OBJECT File = NULL;
	UNICODE_STRING Name;

	RtlInitUnicodeString(&Name, L"\\Device\\IoTest");
	CHECK_EQ(STATUS_SUCCESS, IoGetDeviceObjectPointer(&Name, FILE_READ_DATA, &File, &Device));
	if (!File)
		return;
	CHECK(Device == T->Device);
	CHECK(File->DeviceObject == T->Device);
	CHECK_EQ(IO_TYPE_FILE, File->Type);
	CHECK(File->ReadAccess);
	CHECK(!File->WriteAccess);
	CHECK(IoGetRelatedDeviceObject(File) == T->Device);
	CHECK_EQ(Opens + 1, T->Device->ReferenceCount);
	ObReferenceObject(File);
	ObDereferenceObject(File);
	CHECK_EQ(Opens + 1, T->Device->ReferenceCount);
	ObDereferenceObject(File);
	CHECK_EQ(Opens, T->Device->ReferenceCount);
	/* "Controlling Device Namespace Access": what follows the name is the driver's. */
	RtlInitUnicodeString(&Name, L"\\DosDevices\\IoTest\\x");
	CHECK_EQ(STATUS_SUCCESS, IoGetDeviceObjectPointer(&Name, FILE_READ_DATA, &File, &Device));
	CHECK_EQ(4, File->FileName.Length);
	ObDereferenceObject(File);
	RtlInitUnicodeString(&Name, L"\\DosDevices\\NoSuchLink\\x");
	CHECK_EQ(STATUS_OBJECT_NAME_NOT_FOUND,
		 IoGetDeviceObjectPointer(&Name, FILE_READ_DATA, &File, &Device));
}

/* "ObReferenceObject": the memory stays; "ObReferenceObjectByPointer" checks the type. */
VOID References(PTEST T)
{
	PDEVICE_OBJECT A = Create(T), Device;
	UNICODE_STRING Name;
	PFILE_OBJECT File;
	LONG Opens = T->Device->ReferenceCount;
	KIRQL Irql;
	ULONG i;

	ObReferenceObject(A);
	IoDeleteDevice(A);
	CHECK_EQ(IO_TYPE_DEVICE, A->Type);
	ObDereferenceObject(A);
	ObReferenceObject(T->Driver);
	ObDereferenceObject(T->Driver);
	RtlInitUnicodeString(&Name, L"\\Device\\IoTest");
	CHECK_EQ(STATUS_SUCCESS, IoGetDeviceObjectPointer(&Name, FILE_READ_DATA, &File, &Device));
	CHECK_EQ(STATUS_SUCCESS, ObReferenceObjectByPointer(File, 0, *IoFileObjectType, KernelMode));
	ObDereferenceObject(File);
	CHECK_EQ(STATUS_OBJECT_TYPE_MISMATCH,
		 ObReferenceObjectByPointer(T->Device, 0, *IoFileObjectType, KernelMode));
	/* The last reference may go at DISPATCH_LEVEL: the close comes a little later. */
	KeRaiseIrql(DISPATCH_LEVEL, &Irql);
	ObDereferenceObject(File);
	KeLowerIrql(Irql);
	for (i = 0; i < 200 && *(LONG volatile *)&T->Device->ReferenceCount != Opens; i++)
		TestSleep(10);
	CHECK_EQ(Opens, T->Device->ReferenceCount);
}
