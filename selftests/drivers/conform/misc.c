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
