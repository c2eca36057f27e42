// SPDX-License-Identifier: GPL-2.0
/*
 * Sections that the driver and a program share: "ZwCreateSection", "ZwMapViewOfSection",
 * "MmMapViewInSystemSpace", and \Device\PhysicalMemory, the way of old from a device's memory
 * into a program.
 */
#include "section.h"

/* Those of no header, or of none that mingw-w64 has. */
extern NTKERNELAPI POBJECT_TYPE *MmSectionObjectType;
#ifndef SEC_COMMIT
#define SEC_COMMIT	0x08000000
#endif

/* One program at a time: what it has. */
static struct {
	HANDLE Section;
	PUCHAR System;		/* the driver's view, or the page behind physical memory */
	PVOID User;
	SIZE_T Bytes;
	BOOLEAN Physical;
} View;

NTSTATUS SectionFill(POBJTEST_REQUEST Request, POBJTEST_ANSWER Answer)
{
	PUCHAR Base = NULL;
	SIZE_T Size = 0;
	NTSTATUS Status;
	PVOID Object;

	Status = ObReferenceObjectByHandle((HANDLE)(ULONG_PTR)Request->Handle, SECTION_MAP_WRITE,
					   *MmSectionObjectType, UserMode, &Object, NULL);
	if (!NT_SUCCESS(Status))
		return Status;
	Status = MmMapViewInSystemSpace(Object, (PVOID *)&Base, &Size);
	ObDereferenceObject(Object);
	if (!NT_SUCCESS(Status))
		return Status;
	Answer->Value = Base[0];
	RtlFillMemory(Base, Size, (UCHAR)Request->Argument);
	return MmUnmapViewInSystemSpace(Base);
}

static NTSTATUS MakeMemory(VOID)
{
	LARGE_INTEGER Size;
	NTSTATUS Status;
	PVOID Object;

	Size.QuadPart = OBJTEST_VIEW_BYTES;
	Status = ZwCreateSection(&View.Section, SECTION_ALL_ACCESS, NULL, &Size, PAGE_READWRITE,
				 SEC_COMMIT, NULL);
	if (!NT_SUCCESS(Status))
		return Status;
	Status = ObReferenceObjectByHandle(View.Section, 0, *MmSectionObjectType, KernelMode, &Object,
					   NULL);
	if (NT_SUCCESS(Status)) {
		View.Bytes = 0;
		Status = MmMapViewInSystemSpace(Object, (PVOID *)&View.System, &View.Bytes);
		ObDereferenceObject(Object);
	}
	return Status;
}

static NTSTATUS OpenPhysical(VOID)
{
	UNICODE_STRING Name = RTL_CONSTANT_STRING(L"\\Device\\PhysicalMemory");
	OBJECT_ATTRIBUTES Attributes;
	PHYSICAL_ADDRESS Highest;

	Highest.QuadPart = -1;
	View.System = MmAllocateContiguousMemory(PAGE_SIZE, Highest);
	if (!View.System)
		return STATUS_INSUFFICIENT_RESOURCES;
	View.Bytes = PAGE_SIZE;
	InitializeObjectAttributes(&Attributes, &Name, OBJ_KERNEL_HANDLE, NULL, NULL);
	return ZwOpenSection(&View.Section, SECTION_ALL_ACCESS, &Attributes);
}

/* The offset is rounded down: the page lies as far behind the view's start. */
static NTSTATUS MapPhysical(PULONGLONG Where)
{
	PHYSICAL_ADDRESS Address = MmGetPhysicalAddress(View.System), Start = Address;
	NTSTATUS Status;

	Status = ZwMapViewOfSection(View.Section, NtCurrentProcess(), &View.User, 0, PAGE_SIZE, &Start,
				    &View.Bytes, ViewUnmap, 0, PAGE_READWRITE);
	*Where = (ULONG_PTR)View.User + (ULONG_PTR)(Address.QuadPart - Start.QuadPart);
	View.Bytes = PAGE_SIZE;
	return Status;
}

static NTSTATUS MapMemory(BOOLEAN Inherited, PULONGLONG Where)
{
	NTSTATUS Status;

	Status = ZwMapViewOfSection(View.Section, NtCurrentProcess(), &View.User, 0, 0, NULL,
				    &View.Bytes, Inherited ? ViewShare : ViewUnmap, 0, PAGE_READWRITE);
	*Where = (ULONG_PTR)View.User;
	return Status;
}

static NTSTATUS End(VOID)
{
	NTSTATUS Status = STATUS_SUCCESS;

	if (View.User)
		Status = ZwUnmapViewOfSection(NtCurrentProcess(), View.User);
	if (View.System && View.Physical)
		MmFreeContiguousMemory(View.System);
	else if (View.System)
		MmUnmapViewInSystemSpace(View.System);
	if (View.Section)
		ZwClose(View.Section);
	RtlZeroMemory(&View, sizeof(View));
	return Status;
}

NTSTATUS SectionView(POBJTEST_REQUEST Request, POBJTEST_ANSWER Answer)
{
	NTSTATUS Status;

	if (View.Section) {
		Answer->Value = View.System[View.Bytes - 1];
		return End();
	}
	View.Physical = Request->Argument == OBJTEST_VIEW_PHYSICAL;
	Status = View.Physical ? OpenPhysical() : MakeMemory();
	if (NT_SUCCESS(Status)) {
		RtlFillMemory(View.System, View.Bytes, OBJTEST_VIEW_BYTE);
		Status = View.Physical ? MapPhysical(&Answer->Value) :
			MapMemory(Request->Argument == OBJTEST_VIEW_INHERITED, &Answer->Value);
	}
	if (!NT_SUCCESS(Status))
		End();
	return Status;
}
