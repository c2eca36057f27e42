// SPDX-License-Identifier: GPL-2.0
/* Objects and debugging aids that few drivers use. */
#include <ntddk.h>
#include <stdarg.h>
#include "conform.h"

#ifdef __MINGW32__
NTKERNELAPI PDEVICE_OBJECT NTAPI IoGetBaseFileSystemDeviceObject(PFILE_OBJECT FileObject);
NTKERNELAPI NTSTATUS NTAPI ObCloseHandle(HANDLE Handle, KPROCESSOR_MODE PreviousMode);
#endif

static ULONG __cdecl PrintLine(PCSTR Format, ...)
{
	va_list Arguments;
	ULONG Status;

	va_start(Arguments, Format);
	Status = vDbgPrintEx(DPFLTR_IHVDRIVER_ID, DPFLTR_ERROR_LEVEL, Format, Arguments);
	va_end(Arguments);
	return Status;
}

/* groups/conform.vm looks for the texts. "DbgPrintEx", "DbgRaiseAssertionFailure". */
VOID MiscDebugging(PCONFORM_TEST_CONTEXT T)
{
	CHECK_EQ(STATUS_SUCCESS, PrintLine("conform: vDbgPrintEx %s %d\n", "says", 5));
#ifndef __MINGW32__
	DbgRaiseAssertionFailure();
	/* "KeBugCheckEx": filled in by a bug check. */
	CHECK_EQ(0, KiBugCheckData[0]);
#endif
}

/* "ObReferenceObjectByPointer": the type has to be the object's. */
VOID MiscObjectTypes(PCONFORM_TEST_CONTEXT T)
{
#ifndef __MINGW32__
	PDEVICE_OBJECT Device = T->Driver->DeviceObject;
	OBJECT_ATTRIBUTES Attributes;
	UNICODE_STRING Name = RTL_CONSTANT_STRING(L"\\Registry\\Machine");
	HANDLE Key;
	PVOID Object;

	CHECK_EQ(STATUS_SUCCESS, ObReferenceObjectByPointer(Device, 0, *IoDeviceObjectType,
							    KernelMode));
	ObDereferenceObject(Device);
	CHECK_EQ(STATUS_OBJECT_TYPE_MISMATCH,
		 ObReferenceObjectByPointer(Device, 0, *IoDriverObjectType, KernelMode));
	CHECK_EQ(STATUS_SUCCESS, ObReferenceObjectByPointer(T->Driver, 0, *IoDriverObjectType,
							    KernelMode));
	ObDereferenceObject(T->Driver);

	InitializeObjectAttributes(&Attributes, &Name, OBJ_CASE_INSENSITIVE | OBJ_KERNEL_HANDLE,
				   NULL, NULL);
	CHECK_EQ(STATUS_SUCCESS, ZwOpenKey(&Key, KEY_READ, &Attributes));
	CHECK_EQ(STATUS_OBJECT_TYPE_MISMATCH,
		 ObReferenceObjectByHandle(Key, 0, *IoDeviceObjectType, KernelMode, &Object, NULL));
	CHECK_EQ(STATUS_SUCCESS,
		 ObReferenceObjectByHandle(Key, 0, *CmKeyObjectType, KernelMode, &Object, NULL));
	ObDereferenceObject(Object);
	/* "ObCloseHandle": as ZwClose. */
	CHECK_EQ(STATUS_SUCCESS, ObCloseHandle(Key, KernelMode));
	CHECK_EQ(STATUS_INVALID_HANDLE,
		 ObReferenceObjectByHandle(Key, 0, *CmKeyObjectType, KernelMode, &Object, NULL));
#else
	UNREFERENCED_PARAMETER(T);
#endif
}

/* "IoGetBaseFileSystemDeviceObject": the device that the file was opened on. */
VOID MiscFileObject(PCONFORM_TEST_CONTEXT T)
{
	UNICODE_STRING Name = RTL_CONSTANT_STRING(L"\\Device\\NtConform");
	PDEVICE_OBJECT Device;
	PFILE_OBJECT File;

	CHECK_EQ(STATUS_SUCCESS, IoGetDeviceObjectPointer(&Name, FILE_READ_DATA, &File, &Device));
	CHECK(IoGetBaseFileSystemDeviceObject(File) == T->Driver->DeviceObject);
	ObDereferenceObject(File);
}

/* "Visual C: _disable, _enable": the flag, nothing else. */
VOID MiscInterruptFlag(PCONFORM_TEST_CONTEXT T)
{
#ifndef __MINGW32__
	ULONG_PTR Off, On;

	_disable();
	__asm__ __volatile__("pushfq; popq %0" : "=r" (Off));
	_enable();
	__asm__ __volatile__("pushfq; popq %0" : "=r" (On));
	CHECK(!(Off & 0x200));
	CHECK(On & 0x200);
#else
	UNREFERENCED_PARAMETER(T);
#endif
}

/* Guides and ntdef.h, wdm.h: what the names say. */
VOID MiscMacros(PCONFORM_TEST_CONTEXT T)
{
	static RTL_STATIC_LIST_HEAD(Head);
	UCHAR Bytes[16] = { 0 };
	ULONG Flags = 5, Number = 0x12345678;
	PIO_STACK_LOCATION Location = (PIO_STACK_LOCATION)Bytes;
	UNICODE_STRING Name = RTL_CONSTANT_STRING(L"\\Device");
	/* Its macro casts to what the environment does not declare. */
#ifndef __MINGW32__
	OBJECT_ATTRIBUTES Attributes = RTL_INIT_OBJECT_ATTRIBUTES(&Name, OBJ_KERNEL_HANDLE);
#else
	OBJECT_ATTRIBUTES Attributes;

	InitializeObjectAttributes(&Attributes, &Name, OBJ_KERNEL_HANDLE, NULL, NULL);
#endif

	CHECK(IsListEmpty(&Head));
	CHECK(Attributes.ObjectName == &Name && Attributes.Attributes == OBJ_KERNEL_HANDLE);
	CHECK_EQ(sizeof(Attributes), Attributes.Length);
	CHECK_EQ(8, FIELD_SIZE(IO_STACK_LOCATION, Context));
	CHECK_EQ(32, RTL_BITS_OF(Flags));
	CHECK_EQ(8, RTL_BITS_OF_FIELD(IO_STACK_LOCATION, MajorFunction));
	/* "RTL_CONTAINS_FIELD": the whole of it. */
	CHECK(RTL_CONTAINS_FIELD(Location, 4, Control));
	CHECK(!RTL_CONTAINS_FIELD(Location, 3, Control));
	RtlStoreUlong(Bytes + 1, 0x12345678);
	RtlStoreUshort(Bytes + 7, 0xabcd);
	CHECK(Bytes[0] == 0 && Bytes[1] == 0x78 && Bytes[4] == 0x12 && Bytes[5] == 0);
#ifndef __MINGW32__
	{
		USHORT Short = 0;

		Number = 0;
		RtlRetrieveUlong(&Number, Bytes + 1);
		RtlRetrieveUshort(&Short, Bytes + 7);
		CHECK(Number == 0x12345678 && Short == 0xabcd);
	}
#endif
	CHECK_EQ(5, RtlInterlockedSetBits(&Flags, 2));
	CHECK_EQ(7, RtlInterlockedClearBits(&Flags, 4));
	RtlInterlockedSetBitsDiscardReturn(&Flags, 0x10);
	CHECK_EQ(0x13, Flags);
	CHECK(RTL_VERIFY(++Number == 0x12345679));
	CHECK_EQ(0x12345679, Number);
}
