// SPDX-License-Identifier: GPL-2.0
/*
 * What real drivers write around their code: annotations of SAL 1 and 2, role types,
 * pragmas, declspecs, old keywords, tags of four characters. Compiled as C and
 * as C++ by host/headers.t; never run.
 */
#include <ntddk.h>
#include <stdarg.h>
#include <initguid.h>
#include <wdmguid.h>
#include <wdmsec.h>
#include <ntstrsafe.h>
#include <ntintsafe.h>
#include <pshpack1.h>
typedef struct _PACKED {
	UCHAR Tag;
	ULONG Value;
} PACKED, *PPACKED;
#include <poppack.h>

C_ASSERT(sizeof(PACKED) == 5);

#pragma warning(disable: 4200 4201)
#pragma warning(push, 3)
#pragma warning(pop)
#pragma comment(lib, "ntoskrnl.lib")
#pragma prefast(suppress: 28118, "why")
#pragma region Declarations
#pragma code_seg("PAGE")
#pragma data_seg()
#pragma intrinsic(memcpy)
#pragma hdrstop

#define TAG	'gaTX'
#define PRAGMA	__pragma(warning(suppress: 4127))

EXTERN_C_START
DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD Unload;
DRIVER_ADD_DEVICE AddDevice;
DRIVER_STARTIO StartIo;
DRIVER_CANCEL Cancel;
DRIVER_CONTROL Control;
_Dispatch_type_(IRP_MJ_CREATE)
_Dispatch_type_(IRP_MJ_CLOSE)
DRIVER_DISPATCH CreateClose;
__drv_dispatchType(IRP_MJ_PNP) DRIVER_DISPATCH Pnp;
IO_COMPLETION_ROUTINE Completed;
KSERVICE_ROUTINE Isr;
KDEFERRED_ROUTINE Dpc;
KSYNCHRONIZE_ROUTINE Synch;
KSTART_ROUTINE Thread;
IO_WORKITEM_ROUTINE Work;
IO_TIMER_ROUTINE Tick;
EXTERN_C_END

#ifdef ALLOC_PRAGMA
#pragma alloc_text(INIT, DriverEntry)
#pragma alloc_text(PAGE, Unload)
#endif

/* {6D1B8B6A-29E9-4B1C-9D6E-0B1A2C3D4E5F} */
DEFINE_GUID(GUID_OF_TEST, 0x6d1b8b6a, 0x29e9, 0x4b1c, 0x9d, 0x6e, 0x0b, 0x1a, 0x2c, 0x3d, 0x4e, 0x5f);

typedef struct DECLSPEC_ALIGN(16) _EXTENSION {
	PDEVICE_OBJECT Self;
	union {
		ULONG Whole;
		struct {
			USHORT Low;
			USHORT High;
		} DUMMYSTRUCTNAME;
	} DUMMYUNIONNAME;
	_Field_size_(Count) PULONG Values;
	__field_bcount(4) PVOID Old;
	_Guarded_by_(Lock) ULONG Count;
	KSPIN_LOCK Lock;
	__declspec(align(8)) ULONG64 Aligned;
	UCHAR Data[ANYSIZE_ARRAY];
} EXTENSION, *PEXTENSION;

__declspec(noinline) static NTSTATUS __stdcall Old(IN PDEVICE_OBJECT DeviceObject,
						   IN OUT PULONG Value OPTIONAL, OUT PVOID Out)
{
	UNREFERENCED_PARAMETER(DeviceObject);
	UNREFERENCED_PARAMETER(Out);
	return ARGUMENT_PRESENT(Value) ? STATUS_SUCCESS : STATUS_INVALID_PARAMETER;
}

_IRQL_requires_max_(DISPATCH_LEVEL)
_Must_inspect_result_
__checkReturn
static __forceinline NTSTATUS New(_In_ PDEVICE_OBJECT DeviceObject,
				  _Inout_updates_bytes_(Length) PVOID Buffer,
				  _In_ ULONG Length,
				  _Out_opt_ PULONG Written,
				  __in_bcount(Length) PVOID Source,
				  __out_ecount_opt(1) PULONG Old_,
				  __inout PEXTENSION Extension)
{
	PAGED_CODE();
	UNREFERENCED_PARAMETER(DeviceObject);
	UNREFERENCED_PARAMETER(Old_);
	UNREFERENCED_PARAMETER(Extension);
	__analysis_assume(Length > 0);
	_Analysis_assume_(Buffer != NULL);
	RtlCopyMemory(Buffer, Source, Length);
	if (Written)
		*Written = Length;
	NT_ASSERT(Length != 0);
	return STATUS_SUCCESS;
}

_Use_decl_annotations_
VOID Unload(PDRIVER_OBJECT DriverObject)
{
	UNREFERENCED_PARAMETER(DriverObject);
}

NTSTATUS CreateClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
	PIO_STACK_LOCATION Location = IoGetCurrentIrpStackLocation(Irp);
	NTSTATUS Status = STATUS_SUCCESS;
	PEXTENSION Extension = (PEXTENSION)DeviceObject->DeviceExtension;
	LARGE_INTEGER Time = { { 0, 0 } };

	switch (Location->MajorFunction) {
	case IRP_MJ_CREATE:
		Extension->Low = 1;
		__fallthrough;
	case IRP_MJ_CLOSE:
		Time.QuadPart = Int32x32To64(5, -10000);
		KeDelayExecutionThread(KernelMode, FALSE, &Time);
		break;
	DEFAULT_UNREACHABLE;
	}
#ifndef __cplusplus
	__try {
		Status = Old(DeviceObject, &Extension->Whole, NULL);
		if (!NT_SUCCESS(Status))
			__leave;
		Status = New(DeviceObject, Extension->Data, 1, NULL, &Time, NULL, Extension);
	} __finally {
		Irp->IoStatus.Status = Status;
		Irp->IoStatus.Information = 0;
	}
#else
	Status = Old(DeviceObject, &Extension->Whole, NULL);
	if (NT_SUCCESS(Status))
		Status = New(DeviceObject, Extension->Data, 1, NULL, &Time, NULL, Extension);
#endif
	IoCompleteRequest(Irp, IO_NO_INCREMENT);
	return Status;
}

NTSTATUS DriverEntry(_In_ PDRIVER_OBJECT DriverObject, _In_ PUNICODE_STRING RegistryPath)
{
	UNICODE_STRING Name = RTL_CONSTANT_STRING(L"\\Device\\HeadersTest");
	PDEVICE_OBJECT DeviceObject;
	WCHAR Text[16];
	NTSTATUS Status;

	DBG_UNREFERENCED_PARAMETER(RegistryPath);
	KdPrint(("%wZ\n", RegistryPath));
#ifdef __cplusplus
	if (IsEqualGUID(GUID_OF_TEST, GUID_BUS_INTERFACE_STANDARD))
		return STATUS_UNSUCCESSFUL;
#else
	if (IsEqualGUID(&GUID_OF_TEST, &GUID_BUS_INTERFACE_STANDARD))
		return STATUS_UNSUCCESSFUL;
#endif
	(void)RtlStringCbPrintfW(Text, sizeof(Text), L"%d", 'TEST');
	Status = IoCreateDevice(DriverObject, sizeof(EXTENSION), &Name, FILE_DEVICE_UNKNOWN,
				FILE_DEVICE_SECURE_OPEN, FALSE, &DeviceObject);
	if (!NT_SUCCESS(Status))
		return Status;
	DriverObject->MajorFunction[IRP_MJ_CREATE] =
	DriverObject->MajorFunction[IRP_MJ_CLOSE] = CreateClose;
	DriverObject->DriverUnload = Unload;
	DeviceObject->Flags &= ~DO_DEVICE_INITIALIZING;
	return STATUS_SUCCESS;
}
