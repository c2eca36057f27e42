// SPDX-License-Identifier: GPL-2.0
/*
 * Sections: the pages "ZwCreateSection", "ZwOpenSection", "ZwMapViewOfSection",
 * "ZwUnmapViewOfSection" and "Section Objects and Views". What a program sees of them is in
 * selftests/user/section_test.c.
 */
#include "zw.h"

/* Those of ntddk.h, or of no header. */
NTKERNELAPI NTSTATUS NTAPI MmMapViewInSystemSpace(PVOID Section, PVOID *MappedBase,
						  PSIZE_T ViewSize);
NTKERNELAPI NTSTATUS NTAPI MmUnmapViewInSystemSpace(PVOID MappedBase);
extern NTKERNELAPI POBJECT_TYPE *MmSectionObjectType;
#ifndef SEC_RESERVE
#define SEC_RESERVE	0x04000000
#endif
#ifndef SEC_IMAGE
#define SEC_IMAGE	0x01000000
#endif
#ifndef SEC_COMMIT
#define SEC_COMMIT	0x08000000
#endif
#ifndef PAGE_WRITECOPY
#define PAGE_WRITECOPY	0x08
#endif

#define GRANULARITY	0x10000
#define BYTES		(3 * GRANULARITY + 100)
#define ROUNDED		(3 * GRANULARITY + PAGE_SIZE)

static NTSTATUS Create(PHANDLE Handle, ULONG Size, ULONG Protection, HANDLE File)
{
	OBJECT_ATTRIBUTES Attributes;
	LARGE_INTEGER Maximum;

	Maximum.QuadPart = Size;
	InitializeObjectAttributes(&Attributes, NULL, OBJ_KERNEL_HANDLE, NULL, NULL);
	return ZwCreateSection(Handle, SECTION_ALL_ACCESS, &Attributes, &Maximum, Protection,
			       SEC_COMMIT, File);
}

static NTSTATUS Map(HANDLE Section, PVOID *Base, PLARGE_INTEGER Offset, PSIZE_T Size,
		    ULONG Protection)
{
	return ZwMapViewOfSection(Section, NtCurrentProcess(), Base, 0, 0, Offset, Size, ViewUnmap, 0,
				  Protection);
}

static PVOID ObjectOf(PCONFORM_TEST_CONTEXT T, HANDLE Handle)
{
	PVOID Object = NULL;

	CHECK_EQ(STATUS_SUCCESS, ObReferenceObjectByHandle(Handle, SECTION_MAP_READ,
		*MmSectionObjectType, KernelMode, &Object, NULL));
	return Object;
}

/* "MmMapViewInSystemSpace": zeros at first, the same for all, and there until it is unmapped. */
VOID SectionSystemView(PCONFORM_TEST_CONTEXT T)
{
	PUCHAR One = NULL, Two = NULL;
	SIZE_T Size = 0, Small = 5;
	HANDLE Handle = NULL;
	PVOID Object, None;
	ULONG i;

	CHECK_EQ(STATUS_SUCCESS, Create(&Handle, BYTES, PAGE_READWRITE, NULL));
	if (!Handle)
		return;
	CHECK_EQ(STATUS_OBJECT_TYPE_MISMATCH,
		 ObReferenceObjectByHandle(Handle, 0, *ExEventObjectType, KernelMode, &None, NULL));
	Object = ObjectOf(T, Handle);
	CHECK_EQ(STATUS_SUCCESS, MmMapViewInSystemSpace(Object, (PVOID *)&One, &Size));
	CHECK_EQ(ROUNDED, Size);
	CHECK_EQ(STATUS_SUCCESS, MmMapViewInSystemSpace(Object, (PVOID *)&Two, &Small));
	CHECK_EQ(PAGE_SIZE, Small);
	Small = ROUNDED + 1;
	CHECK_EQ(STATUS_INVALID_VIEW_SIZE, MmMapViewInSystemSpace(Object, &None, &Small));
	ObDereferenceObject(Object);
	CHECK_EQ(STATUS_SUCCESS, ZwClose(Handle));
	if (One && Two) {
		for (i = 0; i < ROUNDED && !One[i]; i++)
			;
		CHECK_EQ(ROUNDED, i);
		RtlFillMemory(One, ROUNDED, 0x3c);
		CHECK_EQ(0x3c, Two[PAGE_SIZE - 1]);
		CHECK_EQ(STATUS_SUCCESS, MmUnmapViewInSystemSpace(One));
		CHECK_EQ(0x3c, Two[0]);
		CHECK_EQ(STATUS_SUCCESS, MmUnmapViewInSystemSpace(Two));
		CHECK_EQ(STATUS_NOT_MAPPED_VIEW, MmUnmapViewInSystemSpace(Two));
	}
}

VOID SectionRefused(PCONFORM_TEST_CONTEXT T)
{
	LARGE_INTEGER Size;
	HANDLE Handle;

	Size.QuadPart = BYTES;
	CHECK_EQ(STATUS_INVALID_PAGE_PROTECTION, Create(&Handle, BYTES, 0, NULL));
	CHECK(!Handle);
	CHECK_EQ(STATUS_INVALID_PAGE_PROTECTION,
		 Create(&Handle, BYTES, PAGE_READONLY | PAGE_READWRITE, NULL));
	CHECK_EQ(STATUS_INVALID_PARAMETER_4, Create(&Handle, 0, PAGE_READWRITE, NULL));
	CHECK_EQ(STATUS_INVALID_PARAMETER_6,
		 ZwCreateSection(&Handle, SECTION_ALL_ACCESS, NULL, &Size, PAGE_READWRITE, SEC_IMAGE,
				 NULL));
	Size.QuadPart = MAXLONGLONG;
	CHECK_EQ(STATUS_SECTION_TOO_BIG,
		 ZwCreateSection(&Handle, SECTION_ALL_ACCESS, NULL, &Size, PAGE_READWRITE, SEC_RESERVE,
				 NULL));
	/* "The file specified by FileHandle does not support sections". */
	CHECK_EQ(STATUS_INVALID_HANDLE, Create(&Handle, BYTES, PAGE_READWRITE, (HANDLE)0x80001234));
}

static NTSTATUS Named(PHANDLE Handle, PCWSTR Text, ULONG Attributes, BOOLEAN Open)
{
	OBJECT_ATTRIBUTES Object;
	UNICODE_STRING Name;
	LARGE_INTEGER Size;

	Size.QuadPart = BYTES;
	RtlInitUnicodeString(&Name, Text);
	InitializeObjectAttributes(&Object, &Name, OBJ_KERNEL_HANDLE | Attributes, NULL, NULL);
	return Open ? ZwOpenSection(Handle, SECTION_ALL_ACCESS, &Object) :
		      ZwCreateSection(Handle, SECTION_ALL_ACCESS, &Object, &Size, PAGE_READWRITE,
				      SEC_COMMIT, NULL);
}

/* "ZwOpenSection": by a name that lasts as long as a handle. */
VOID SectionNames(PCONFORM_TEST_CONTEXT T)
{
	static const WCHAR Name[] = L"\\BaseNamedObjects\\ConformSection";
	HANDLE One = NULL, Two = NULL, Three = NULL;
	PVOID First, Second, Third;

	CHECK_EQ(STATUS_OBJECT_NAME_NOT_FOUND, Named(&One, Name, 0, TRUE));
	CHECK_EQ(STATUS_SUCCESS, Named(&One, Name, 0, FALSE));
	CHECK_EQ(STATUS_OBJECT_NAME_COLLISION, Named(&Two, Name, 0, FALSE));
	CHECK_EQ(STATUS_SUCCESS, Named(&Three, Name, OBJ_CASE_INSENSITIVE, TRUE));
	CHECK_EQ(STATUS_OBJECT_TYPE_MISMATCH, Named(&Two, L"\\Device\\NtConform", 0, TRUE));
	if (!One || !Three)
		return;
	CHECK_EQ(STATUS_OBJECT_NAME_EXISTS, Named(&Two, Name, OBJ_OPENIF, FALSE));
	First = ObjectOf(T, One);
	Second = ObjectOf(T, Two);
	Third = ObjectOf(T, Three);
	CHECK(First && First == Second && First == Third);
	ObDereferenceObject(First);
	ObDereferenceObject(Second);
	ObDereferenceObject(Third);
	ZwClose(One);
	ZwClose(Two);
	CHECK_EQ(STATUS_OBJECT_NAME_COLLISION, Named(&One, Name, 0, FALSE));
	ZwClose(Three);
	CHECK_EQ(STATUS_OBJECT_NAME_NOT_FOUND, Named(&One, Name, 0, TRUE));
}

/* What lies at an address of the process, through pages that are locked. */
static ULONG UserByte(PCONFORM_TEST_CONTEXT T, PUCHAR Va)
{
	PMDL Mdl = IoAllocateMdl(Va, 1, FALSE, FALSE, NULL);
	ULONG Byte = 0x100;
	PUCHAR Seen;

	CHECK(Mdl != NULL);
	if (!Mdl)
		return Byte;
	/* Raises an exception for what is not mapped, which is a failure of the test. */
	MmProbeAndLockPages(Mdl, UserMode, IoReadAccess);
	Seen = MmGetSystemAddressForMdlSafe(Mdl, NormalPagePriority);
	if (Seen)
		Byte = *Seen;
	MmUnlockPages(Mdl);
	IoFreeMdl(Mdl);
	return Byte;
}

/*
 * "ZwMapViewOfSection": at an offset that is rounded down, of a size that is rounded up, for
 * as long as it is not unmapped, by any address in it.
 */
VOID SectionUserView(PCONFORM_TEST_CONTEXT T)
{
	PUCHAR System = NULL, All = NULL, Part = NULL, Again;
	SIZE_T Size = 0, PartSize = 10;
	LARGE_INTEGER Offset;
	HANDLE Handle = NULL;
	PVOID Object;

	CHECK_EQ(STATUS_SUCCESS, Create(&Handle, BYTES, PAGE_READWRITE, NULL));
	if (!Handle)
		return;
	Object = ObjectOf(T, Handle);
	CHECK_EQ(STATUS_SUCCESS, MmMapViewInSystemSpace(Object, (PVOID *)&System, &Size));
	ObDereferenceObject(Object);
	CHECK_EQ(STATUS_SUCCESS, Map(Handle, (PVOID *)&All, NULL, &Size, PAGE_READWRITE));
	CHECK_EQ(ROUNDED, Size);
	Offset.QuadPart = 2 * GRANULARITY + 5 * PAGE_SIZE - 4;
	CHECK_EQ(STATUS_SUCCESS, Map(Handle, (PVOID *)&Part, &Offset, &PartSize, PAGE_READONLY));
	CHECK_EQ(2 * GRANULARITY, Offset.QuadPart);
	/* So much that what was asked for is in it. */
	CHECK_EQ(6 * PAGE_SIZE, PartSize);
	/* Somebody is there already. */
	Again = All + PAGE_SIZE;
	Size = 0;
	CHECK_EQ(STATUS_CONFLICTING_ADDRESSES, Map(Handle, (PVOID *)&Again, NULL, &Size,
						   PAGE_READONLY));
	CHECK_EQ(STATUS_SUCCESS, ZwClose(Handle));
	if (System && All && Part) {
		System[2 * GRANULARITY + 7] = 0x99;
		CHECK_EQ(0x99, UserByte(T, All + 2 * GRANULARITY + 7));
		CHECK_EQ(0x99, UserByte(T, Part + 7));
		CHECK_EQ(STATUS_SUCCESS, ZwUnmapViewOfSection(NtCurrentProcess(), All + GRANULARITY));
		CHECK_EQ(0x99, UserByte(T, Part + 7));
		CHECK(MmIsAddressValid(Part + 7));
		CHECK(!MmIsAddressValid(All + 2 * GRANULARITY + 7));
		CHECK_EQ(STATUS_NOT_MAPPED_VIEW, ZwUnmapViewOfSection(NtCurrentProcess(), All));
		CHECK_EQ(STATUS_SUCCESS, ZwUnmapViewOfSection(NtCurrentProcess(), Part));
	}
	if (System)
		CHECK_EQ(STATUS_SUCCESS, MmUnmapViewInSystemSpace(System));
}

/* Two views of which one goes on where the other ends are still two. */
VOID SectionNeighbours(PCONFORM_TEST_CONTEXT T)
{
	PUCHAR Views[3] = { NULL, NULL, NULL };
	SIZE_T Size = GRANULARITY;
	LARGE_INTEGER Offset;
	HANDLE Handle = NULL;
	ULONG i;

	CHECK_EQ(STATUS_SUCCESS, Create(&Handle, 3 * GRANULARITY, PAGE_READWRITE, NULL));
	if (!Handle)
		return;
	for (i = 0; i < 3; i++) {
		Offset.QuadPart = (2 - i) * GRANULARITY;
		CHECK_EQ(STATUS_SUCCESS, ZwMapViewOfSection(Handle, NtCurrentProcess(),
			(PVOID *)&Views[i], 0, 0, &Offset, &Size, ViewShare, 0, PAGE_READWRITE));
	}
	CHECK_EQ(STATUS_SUCCESS, ZwUnmapViewOfSection(NtCurrentProcess(), Views[1]));
	CHECK_EQ(0, UserByte(T, Views[0]));
	CHECK_EQ(0, UserByte(T, Views[2] + GRANULARITY - 1));
	CHECK_EQ(STATUS_SUCCESS, ZwUnmapViewOfSection(NtCurrentProcess(), Views[0]));
	CHECK_EQ(STATUS_SUCCESS, ZwUnmapViewOfSection(NtCurrentProcess(), Views[2]));
	ZwClose(Handle);
}

typedef struct _IN_THREAD {
	HANDLE Section;
	NTSTATUS Map, Unmap;
} IN_THREAD, *PIN_THREAD;

static VOID MapInThread(PVOID Context)
{
	PIN_THREAD In = Context;
	PVOID Base = NULL;
	SIZE_T Size = 0;

	In->Map = Map(In->Section, &Base, NULL, &Size, PAGE_READONLY);
	In->Unmap = ZwUnmapViewOfSection(NtCurrentProcess(), (PVOID)(ULONG_PTR)GRANULARITY);
	PsTerminateSystemThread(STATUS_SUCCESS);
}

VOID SectionViewRefused(PCONFORM_TEST_CONTEXT T)
{
	HANDLE Handle = NULL, Reader = NULL;
	IN_THREAD In = { NULL, STATUS_SUCCESS, STATUS_SUCCESS };
	LARGE_INTEGER Offset;
	PVOID Base = NULL;
	SIZE_T Size = 0;

	CHECK_EQ(STATUS_SUCCESS, Create(&Handle, BYTES, PAGE_READWRITE, NULL));
	CHECK_EQ(STATUS_SUCCESS, Create(&Reader, BYTES, PAGE_READONLY, NULL));
	if (!Handle || !Reader)
		return;
	/* "incompatible with the protection type specified when the section was created". */
	CHECK_EQ(STATUS_SECTION_PROTECTION, Map(Reader, &Base, NULL, &Size, PAGE_READWRITE));
	CHECK_EQ(STATUS_INVALID_PAGE_PROTECTION, Map(Handle, &Base, NULL, &Size, 0));
	CHECK_EQ(STATUS_INVALID_PAGE_PROTECTION,
		 Map(Handle, &Base, NULL, &Size, PAGE_READWRITE | PAGE_NOCACHE));
	/* "The value of this parameter must be less than 21". */
	CHECK_EQ(STATUS_INVALID_PARAMETER_4,
		 ZwMapViewOfSection(Handle, NtCurrentProcess(), &Base, 21, 0, NULL, &Size, ViewUnmap,
				    0, PAGE_READONLY));
	CHECK_EQ(STATUS_INVALID_PARAMETER_8,
		 ZwMapViewOfSection(Handle, NtCurrentProcess(), &Base, 0, 0, NULL, &Size, 0, 0,
				    PAGE_READONLY));
	/* "MEM_COMMIT is not allowed". */
	CHECK_EQ(STATUS_INVALID_PARAMETER_9,
		 ZwMapViewOfSection(Handle, NtCurrentProcess(), &Base, 0, 0, NULL, &Size, ViewUnmap,
				    MEM_COMMIT, PAGE_READONLY));
	Offset.QuadPart = 4 * GRANULARITY;
	CHECK_EQ(STATUS_INVALID_VIEW_SIZE, Map(Handle, &Base, &Offset, &Size, PAGE_READONLY));
	Offset.QuadPart = 0;
	Size = ROUNDED + 1;
	CHECK_EQ(STATUS_INVALID_VIEW_SIZE, Map(Handle, &Base, &Offset, &Size, PAGE_READONLY));
	Size = (SIZE_T)-1;
	CHECK_EQ(STATUS_INVALID_VIEW_SIZE, Map(Handle, &Base, &Offset, &Size, PAGE_READONLY));
	Size = 0;
	CHECK_EQ(STATUS_INVALID_HANDLE, Map(NULL, &Base, NULL, &Size, PAGE_READONLY));
	CHECK_EQ(STATUS_OBJECT_TYPE_MISMATCH,
		 ZwMapViewOfSection(Handle, Handle, &Base, 0, 0, NULL, &Size, ViewUnmap, 0,
				    PAGE_READONLY));
	CHECK(!Base);
	CHECK_EQ(STATUS_NOT_MAPPED_VIEW,
		 ZwUnmapViewOfSection(NtCurrentProcess(), (PVOID)(ULONG_PTR)GRANULARITY));
	/* A bit more than the address may have. */
	CHECK_EQ(STATUS_SUCCESS,
		 ZwMapViewOfSection(Handle, NtCurrentProcess(), &Base, 1, 0, NULL, &Size, ViewUnmap,
				    0, PAGE_READONLY));
	CHECK((ULONG_PTR)Base + Size <= 1ULL << 31);
	ZwUnmapViewOfSection(NtCurrentProcess(), Base);
	/* The system process has no addresses for views here. */
	In.Section = Handle;
	CHECK_EQ(STATUS_SUCCESS, JoinThread(StartThread(MapInThread, &In)));
	CHECK_EQ(STATUS_NOT_SUPPORTED, In.Map);
	CHECK_EQ(STATUS_NOT_SUPPORTED, In.Unmap);
	ZwClose(Handle);
	ZwClose(Reader);
}

/* A file as a section: it grows when it may be written, and what a view has the file has. */
VOID SectionFile(PCONFORM_TEST_CONTEXT T)
{
	static const WCHAR Path[] = L"\\??\\C:\\conform.sec";
	HANDLE File = NULL, Section = NULL;
	LARGE_INTEGER Offset;
	IO_STATUS_BLOCK Iosb;
	CHAR Buffer[8] = { 0 };
	PCHAR View = NULL;
	SIZE_T Size = 0;
	PVOID Object;

	/* The group's script makes the drive; a run by hand may do without it. */
	if (!NT_SUCCESS(ZwOpen(Path, FILE_READ_DATA | FILE_WRITE_DATA | SYNCHRONIZE, FILE_OVERWRITE_IF,
			       FILE_SYNCHRONOUS_IO_NONALERT, &File, NULL))) {
		CHECK_EQ(STATUS_SECTION_TOO_BIG, STATUS_SECTION_TOO_BIG);
		return;
	}
	CHECK_EQ(STATUS_MAPPED_FILE_SIZE_ZERO, Create(&Section, 0, PAGE_READWRITE, File));
	CHECK_EQ(STATUS_SECTION_TOO_BIG, Create(&Section, BYTES, PAGE_READONLY, File));
	CHECK_EQ(STATUS_SUCCESS, Create(&Section, BYTES, PAGE_READWRITE, File));
	if (Section) {
		Object = ObjectOf(T, Section);
		CHECK_EQ(STATUS_SUCCESS, MmMapViewInSystemSpace(Object, (PVOID *)&View, &Size));
		CHECK_EQ(ROUNDED, Size);
		ObDereferenceObject(Object);
		ZwClose(Section);
	}
	if (View) {
		RtlCopyMemory(View + BYTES - 5, "views", 5);
		CHECK_EQ(STATUS_SUCCESS, MmUnmapViewInSystemSpace(View));
		Offset.QuadPart = BYTES - 5;
		CHECK_EQ(STATUS_SUCCESS, ZwReadFile(File, NULL, NULL, NULL, &Iosb, Buffer,
						    sizeof(Buffer), &Offset, NULL));
		CHECK_EQ(5, Iosb.Information);
		CHECK(!strcmp(Buffer, "views"));
	}
	ZwClose(File);
	/* Who may only read it makes no section to write. */
	CHECK_EQ(STATUS_SUCCESS, ZwOpen(Path, FILE_READ_DATA | SYNCHRONIZE, FILE_OPEN,
					FILE_SYNCHRONOUS_IO_NONALERT, &File, NULL));
	CHECK_EQ(STATUS_ACCESS_DENIED, Create(&Section, 0, PAGE_READWRITE, File));
	CHECK_EQ(STATUS_SUCCESS, Create(&Section, 0, PAGE_WRITECOPY, File));
	Object = ObjectOf(T, Section);
	CHECK_EQ(STATUS_NOT_SUPPORTED, MmMapViewInSystemSpace(Object, (PVOID *)&View, &Size));
	ObDereferenceObject(Object);
	ZwClose(Section);
	ZwClose(File);
	/* "does not support sections". */
	CHECK_EQ(STATUS_SUCCESS, ZwOpen(L"\\Device\\NtConform", FILE_READ_DATA | SYNCHRONIZE, FILE_OPEN,
					FILE_SYNCHRONOUS_IO_NONALERT, &File, NULL));
	CHECK_EQ(STATUS_INVALID_FILE_FOR_SECTION, Create(&Section, BYTES, PAGE_READONLY, File));
	ZwClose(File);
}

/* "\Device\PhysicalMemory" is for views of processes. */
VOID SectionPhysical(PCONFORM_TEST_CONTEXT T)
{
	HANDLE Handle = NULL, File;
	LARGE_INTEGER Offset;
	PVOID Base = NULL, Object;
	SIZE_T Size;

	CHECK_EQ(STATUS_SUCCESS, Named(&Handle, L"\\Device\\PhysicalMemory", 0, TRUE));
	if (!Handle)
		return;
	Object = ObjectOf(T, Handle);
	Size = PAGE_SIZE;
	CHECK_EQ(STATUS_NOT_SUPPORTED, MmMapViewInSystemSpace(Object, &Base, &Size));
	ObDereferenceObject(Object);
	Offset.QuadPart = 1LL << 52;
	CHECK_EQ(STATUS_INVALID_VIEW_SIZE, Map(Handle, &Base, &Offset, &Size, PAGE_READONLY));
	/* The video memory of old. */
	Offset.QuadPart = 0xb8000;
	Size = 2 * PAGE_SIZE;
	CHECK_EQ(STATUS_SUCCESS, Map(Handle, &Base, &Offset, &Size, PAGE_READWRITE | PAGE_NOCACHE));
	CHECK_EQ(0xb0000, Offset.QuadPart);
	CHECK_EQ(0x8000 + 2 * PAGE_SIZE, Size);
	CHECK(MmIsAddressValid((PUCHAR)Base + Size - 1));
	CHECK_EQ(STATUS_SUCCESS, ZwUnmapViewOfSection(NtCurrentProcess(), Base));
	CHECK_EQ(STATUS_SUCCESS, ZwClose(Handle));
	CHECK_EQ(STATUS_OBJECT_NAME_COLLISION, Named(&Handle, L"\\Device\\PhysicalMemory", 0, FALSE));
	CHECK_EQ(STATUS_OBJECT_NAME_EXISTS,
		 Named(&Handle, L"\\Device\\PhysicalMemory", OBJ_OPENIF, FALSE));
	ZwClose(Handle);
	/* No device is there that a file could be opened on. */
	CHECK(!NT_SUCCESS(ZwOpen(L"\\Device\\PhysicalMemory", FILE_READ_DATA | SYNCHRONIZE, FILE_OPEN,
				 FILE_SYNCHRONOUS_IO_NONALERT, &File, NULL)));
}
