// SPDX-License-Identifier: GPL-2.0
/* Notifications: of edu's interface, of the edu device, and events of our own device. */
#include "pnptest.h"
#include <initguid.h>
#include <wdmguid.h>

/* As in sample_drivers/edu/eduioctl.h. */
DEFINE_GUID(GUID_DEVINTERFACE_EDU, 0x6bc01f5f, 0x97a0, 0x4e3c, 0x8f, 0x1d, 0x52, 0x0e, 0x9a, 0xd3,
	    0x41, 0x7b);

/* {5B0C55B1-6A20-4E7D-8A57-3C2E6F7D9A01} */
DEFINE_GUID(GUID_PNPTEST_EVENT, 0x5b0c55b1, 0x6a20, 0x4e7d, 0x8a, 0x57, 0x3c, 0x2e, 0x6f, 0x7d,
	    0x9a, 0x01);

/* Declared in ntddk.h, which mingw-w64's is without it. */
NTSTATUS NTAPI IoSynchronousInvalidateDeviceRelations(PDEVICE_OBJECT DeviceObject,
						      DEVICE_RELATION_TYPE Type);

static PVOID InterfaceEntry, TargetEntry;
static PFILE_OBJECT Target;		/* what we have open */
static PFILE_OBJECT Registered;		/* what was registered with */

static VOID Check(BOOLEAN Right)
{
	if (!Right)
		InterlockedIncrement((PLONG)&Events.Wrong);
}

static NTSTATUS InterfaceChanged(PVOID NotificationStructure, PVOID Context)
{
	PDEVICE_INTERFACE_CHANGE_NOTIFICATION Change = NotificationStructure;

	Check(Context == &Events && Change->Version == 1 && Change->Size == sizeof(*Change));
	Check(IsEqualGUID(&Change->InterfaceClassGuid, &GUID_DEVINTERFACE_EDU));
	Check(Change->SymbolicLinkName->Length > 8);
	if (IsEqualGUID(&Change->Event, &GUID_DEVICE_INTERFACE_ARRIVAL))
		InterlockedIncrement((PLONG)&Events.Arrivals);
	else if (IsEqualGUID(&Change->Event, &GUID_DEVICE_INTERFACE_REMOVAL))
		InterlockedIncrement((PLONG)&Events.Removals);
	else
		Check(FALSE);
	return STATUS_SUCCESS;
}

static VOID LetGo(VOID)
{
	PFILE_OBJECT File = InterlockedExchangePointer((PVOID *)&Target, NULL);

	if (File)
		ObDereferenceObject(File);
}

/* "Handling a GUID_TARGET_DEVICE_QUERY_REMOVE Event": close what is open, or refuse. */
static NTSTATUS QueryRemove(VOID)
{
	Events.QueryRemoves++;
	if (Behaviour & WATCH_VETO)
		return STATUS_UNSUCCESSFUL;
	if (!(Behaviour & WATCH_KEEP))
		LetGo();
	return STATUS_SUCCESS;
}

static NTSTATUS TargetChanged(PVOID NotificationStructure, PVOID Context)
{
	PTARGET_DEVICE_REMOVAL_NOTIFICATION Change = NotificationStructure;

	UNREFERENCED_PARAMETER(Context);
	Check(Change->Version == 1 && Change->Size == sizeof(*Change));
	Check(Change->FileObject == Registered);
	if (IsEqualGUID(&Change->Event, &GUID_TARGET_DEVICE_QUERY_REMOVE))
		return QueryRemove();
	if (IsEqualGUID(&Change->Event, &GUID_TARGET_DEVICE_REMOVE_CANCELLED)) {
		Events.Cancels++;
	} else if (IsEqualGUID(&Change->Event, &GUID_TARGET_DEVICE_REMOVE_COMPLETE)) {
		Events.Completes++;
		LetGo();
	} else {
		Check(FALSE);
	}
	return STATUS_SUCCESS;
}

NTSTATUS WatchBegin(PDRIVER_OBJECT Driver)
{
	PDEVICE_OBJECT Device;
	UNICODE_STRING Name;
	NTSTATUS Status;

	WatchEnd();
	RtlZeroMemory(&Events, sizeof(Events));
	RtlInitUnicodeString(&Name, L"\\DosDevices\\EDU0");
	Status = IoGetDeviceObjectPointer(&Name, FILE_READ_DATA, &Target, &Device);
	if (!NT_SUCCESS(Status))
		return Status;
	Registered = Target;
	Status = IoRegisterPlugPlayNotification(EventCategoryTargetDeviceChange, 0, Target, Driver,
						TargetChanged, NULL, &TargetEntry);
	if (!NT_SUCCESS(Status)) {
		LetGo();
		return Status;
	}
	return IoRegisterPlugPlayNotification(EventCategoryDeviceInterfaceChange,
					      PNPNOTIFY_DEVICE_INTERFACE_INCLUDE_EXISTING_INTERFACES,
					      (PVOID)&GUID_DEVINTERFACE_EDU, Driver,
					      InterfaceChanged, &Events, &InterfaceEntry);
}

VOID WatchEnd(VOID)
{
	if (TargetEntry)
		IoUnregisterPlugPlayNotification(TargetEntry);
	if (InterfaceEntry)
		IoUnregisterPlugPlayNotification(InterfaceEntry);
	TargetEntry = NULL;
	InterfaceEntry = NULL;
	LetGo();
}

/* ---- Events of our own ---- */

typedef struct _CUSTOM {
	TARGET_DEVICE_CUSTOM_NOTIFICATION Notification;
	UCHAR More[16];
} CUSTOM, *PCUSTOM;

/* The byte behind a structure whose array has no length that compilers agree on. */
static PUCHAR CustomData(PCUSTOM Custom)
{
	return (PUCHAR)Custom + FIELD_OFFSET(TARGET_DEVICE_CUSTOM_NOTIFICATION, CustomDataBuffer);
}

static VOID MakeCustom(PCUSTOM Custom, const GUID *Event)
{
	RtlZeroMemory(Custom, sizeof(*Custom));
	Custom->Notification.Version = 1;
	Custom->Notification.Size = FIELD_OFFSET(TARGET_DEVICE_CUSTOM_NOTIFICATION, CustomDataBuffer) + 8;
	Custom->Notification.Event = *Event;
	Custom->Notification.NameBufferOffset = -1;
	CustomData(Custom)[7] = 0x77;
}

static NTSTATUS OwnChanged(PVOID NotificationStructure, PVOID Context)
{
	PTARGET_DEVICE_CUSTOM_NOTIFICATION Change = NotificationStructure;

	Check(Change->FileObject == Context);
	Check(IsEqualGUID(&Change->Event, &GUID_PNPTEST_EVENT));
	Check(CustomData((PCUSTOM)Change)[7] == 0x77);
	Events.CustomSize = Change->Size;
	InterlockedIncrement((PLONG)&Events.Customs);
	return STATUS_SUCCESS;
}

static VOID ChangeComplete(PVOID Context)
{
	InterlockedIncrement((PLONG)&Events.ChangeCompletes);
	KeSetEvent((PKEVENT)Context, IO_NO_INCREMENT, FALSE);
}

/* Watch our own device, have it report twice, once at DISPATCH_LEVEL. */
NTSTATUS ReportChange(PDEVICE_OBJECT Pdo, PDRIVER_OBJECT Driver)
{
	PDEVICE_OBJECT Device;
	UNICODE_STRING Name;
	PFILE_OBJECT File;
	CUSTOM Custom;
	NTSTATUS Status;
	KEVENT Done;
	PVOID Entry;
	KIRQL Irql;

	RtlInitUnicodeString(&Name, L"\\Device\\PnpTest");
	Status = IoGetDeviceObjectPointer(&Name, FILE_READ_DATA, &File, &Device);
	if (!NT_SUCCESS(Status))
		return Status;
	Status = IoRegisterPlugPlayNotification(EventCategoryTargetDeviceChange, 0, File, Driver,
						OwnChanged, File, &Entry);
	if (NT_SUCCESS(Status)) {
		MakeCustom(&Custom, &GUID_PNPTEST_EVENT);
		Status = IoReportTargetDeviceChange(Pdo, &Custom.Notification);
		KeInitializeEvent(&Done, NotificationEvent, FALSE);
		KeRaiseIrql(DISPATCH_LEVEL, &Irql);
		Check(IoReportTargetDeviceChangeAsynchronous(Pdo, &Custom.Notification,
							     ChangeComplete, &Done) == STATUS_PENDING);
		KeLowerIrql(Irql);
		KeWaitForSingleObject(&Done, Executive, KernelMode, FALSE, NULL);
		IoUnregisterPlugPlayNotificationEx(Entry);
		/* Nobody listens any more. */
		IoReportTargetDeviceChange(Pdo, &Custom.Notification);
	}
	ObDereferenceObject(File);
	return Status;
}

/* The documented refusals; how many were none. */
NTSTATUS RefusedReports(PDEVICE_OBJECT Pdo, PDRIVER_OBJECT Driver, PULONG Failures)
{
	CUSTOM Custom;
	PVOID Entry;

	MakeCustom(&Custom, &GUID_TARGET_DEVICE_QUERY_REMOVE);
	*Failures += IoReportTargetDeviceChange(Pdo, &Custom.Notification) !=
		     STATUS_INVALID_DEVICE_REQUEST;
	*Failures += IoReportTargetDeviceChangeAsynchronous(Pdo, &Custom.Notification, NULL, NULL) !=
		     STATUS_INVALID_DEVICE_REQUEST;
	*Failures += NT_SUCCESS(IoRegisterPlugPlayNotification(EventCategoryHardwareProfileChange, 0,
							       &Custom, Driver, OwnChanged, NULL,
							       &Entry));
	/* "IoSynchronousInvalidateDeviceRelations": asked for, and over; nobody's children. */
	*Failures += IoSynchronousInvalidateDeviceRelations(Pdo, BusRelations) != STATUS_SUCCESS;
	*Failures += IoSynchronousInvalidateDeviceRelations(Pdo, PowerRelations) != STATUS_NOT_SUPPORTED;
	*Failures += NT_SUCCESS(IoRegisterPlugPlayNotification(EventCategoryReserved, 0, NULL, Driver,
							       OwnChanged, NULL, &Entry));
	return STATUS_SUCCESS;
}
