// SPDX-License-Identifier: GPL-2.0
/* ETW, WMI, tokens, and questions about the system. */
#include "zw.h"
#include <wmistr.h>
#include <evntprov.h>

/* Of ntifs.h, or of no header of the DDK. */
NTKERNELAPI BOOLEAN NTAPI SeTokenIsAdmin(PACCESS_TOKEN Token);
NTKERNELAPI PACCESS_TOKEN NTAPI PsReferencePrimaryToken(PEPROCESS Process);
NTKERNELAPI VOID NTAPI PsDereferencePrimaryToken(PACCESS_TOKEN PrimaryToken);
NTSYSAPI NTSTATUS NTAPI ZwDisplayString(PUNICODE_STRING String);
NTSYSAPI NTSTATUS NTAPI ZwLoadDriver(PUNICODE_STRING DriverServiceName);
#ifdef _WIN32
typedef ULONG SYSTEM_INFORMATION_CLASS;
#define SystemBasicInformation		0
#define SystemTimeOfDayInformation	3
typedef struct {
	ULONG Reserved, TimerResolution, PageSize, NumberOfPhysicalPages, Low, High, Granularity;
	ULONG_PTR Minimum, Maximum, ActiveProcessorsAffinityMask;
	CCHAR NumberOfProcessors;
} SYSTEM_BASIC_INFORMATION;
typedef struct {
	LARGE_INTEGER BootTime, CurrentTime, TimeZoneBias;
	ULONG TimeZoneId, Reserved;
} SYSTEM_TIMEOFDAY_INFORMATION;
#endif
NTSYSAPI NTSTATUS NTAPI ZwQuerySystemInformation(SYSTEM_INFORMATION_CLASS Class, PVOID Buffer,
						 ULONG Length, PULONG ReturnLength);
NTSYSAPI NTSTATUS NTAPI ZwQueryDefaultLocale(BOOLEAN UserProfile, LCID *DefaultLocaleId);

static const GUID Guid = { 0x9a3a5f20, 0x1c1d, 0x4a6e, { 0x80, 1, 2, 3, 4, 5, 6, 7 } };

VOID EtwHandles(PCONFORM_TEST_CONTEXT T)
{
	EVENT_DESCRIPTOR Event;
	REGHANDLE Handle = 0, Second = 0;

	RtlZeroMemory(&Event, sizeof(Event));
	/* "EtwRegister", "EtwUnregister" */
	CHECK_EQ(STATUS_SUCCESS, EtwRegister(&Guid, NULL, NULL, &Handle));
	CHECK(Handle != 0);
	CHECK_EQ(STATUS_SUCCESS, EtwRegister(&Guid, NULL, NULL, &Second));
	CHECK(Handle != Second);
	CHECK_EQ(STATUS_SUCCESS, EtwWrite(Handle, &Event, NULL, 0, NULL));
	CHECK_EQ(STATUS_SUCCESS, EtwWriteEx(Handle, &Event, 0, 0, NULL, NULL, 0, NULL));
	CHECK_EQ(STATUS_SUCCESS, EtwUnregister(Second));
	CHECK_EQ(STATUS_SUCCESS, EtwUnregister(Handle));
	CHECK_EQ(STATUS_INVALID_HANDLE, EtwUnregister(Handle));
	CHECK_EQ(STATUS_INVALID_HANDLE, EtwWrite(Handle, &Event, NULL, 0, NULL));
	CHECK(!EtwEventEnabled(Handle, &Event));
	CHECK(!EtwProviderEnabled(Handle, 0, 0));
}

VOID EtwAnyLevel(PCONFORM_TEST_CONTEXT T)
{
	static const CHAR Text[] = "event";
	EVENT_DATA_DESCRIPTOR Data;
	EVENT_DESCRIPTOR Event;
	REGHANDLE Handle = 0;
	NTSTATUS Status;
	KIRQL Irql;

	RtlZeroMemory(&Event, sizeof(Event));
	EventDataDescCreate(&Data, Text, sizeof(Text));
	CHECK_EQ(STATUS_SUCCESS, EtwRegister(&Guid, NULL, NULL, &Handle));
	/* "EtwWrite": at any IRQL, whether somebody listens or not. */
	KeRaiseIrql(HIGH_LEVEL, &Irql);
	Status = EtwWrite(Handle, &Event, NULL, 1, &Data);
	KeLowerIrql(Irql);
	CHECK_EQ(STATUS_SUCCESS, Status);
	CHECK_EQ(STATUS_SUCCESS, EtwUnregister(Handle));
}

static PDEVICE_OBJECT NewDevice(PCONFORM_TEST_CONTEXT T)
{
	PDEVICE_OBJECT Device = NULL;

	CHECK_EQ(STATUS_SUCCESS, IoCreateDevice(T->Driver, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE,
						&Device));
	return Device;
}

VOID WmiRegistration(PCONFORM_TEST_CONTEXT T)
{
	PDEVICE_OBJECT Device = NewDevice(T);
	ULONG Id;

	CHECK_EQ(0, IoWMIDeviceObjectToProviderId(Device));
	/* "IoWMIRegistrationControl" */
	CHECK_EQ(STATUS_SUCCESS, IoWMIRegistrationControl(Device, WMIREG_ACTION_REGISTER));
	Id = IoWMIDeviceObjectToProviderId(Device);
	CHECK(Id != 0);
	CHECK_EQ(STATUS_SUCCESS, IoWMIRegistrationControl(Device, WMIREG_ACTION_UPDATE_GUIDS));
	CHECK_EQ(STATUS_SUCCESS, IoWMIRegistrationControl(Device, WMIREG_ACTION_REREGISTER));
	CHECK_EQ(STATUS_SUCCESS, IoWMIRegistrationControl(Device, WMIREG_ACTION_DEREGISTER));
	CHECK_EQ(STATUS_INVALID_PARAMETER,
		 IoWMIRegistrationControl(Device, WMIREG_ACTION_DEREGISTER));
	CHECK_EQ(STATUS_INVALID_PARAMETER, IoWMIRegistrationControl(Device, 99));
	CHECK_EQ(0, IoWMIDeviceObjectToProviderId(Device));
	/* What is left goes with the device. */
	CHECK_EQ(STATUS_SUCCESS, IoWMIRegistrationControl(Device, WMIREG_ACTION_REGISTER));
	IoDeleteDevice(Device);
}

VOID WmiEventArguments(PCONFORM_TEST_CONTEXT T)
{
	PWNODE_EVENT_ITEM Event = ExAllocatePoolWithTag(NonPagedPool, sizeof(*Event), 'tseT');
	NTSTATUS Status;
	KIRQL Irql;

	RtlZeroMemory(Event, sizeof(*Event));
	Event->WnodeHeader.Guid = Guid;
	Event->WnodeHeader.Flags = WNODE_FLAG_EVENT_ITEM;
	/* "IoWMIWriteEvent": on failure the buffer is the caller's still. */
	Event->WnodeHeader.BufferSize = sizeof(WNODE_HEADER) - 1;
	CHECK(!NT_SUCCESS(IoWMIWriteEvent(Event)));
	Event->WnodeHeader.BufferSize = 0x10000000;
	CHECK(!NT_SUCCESS(IoWMIWriteEvent(Event)));
	Event->WnodeHeader.BufferSize = sizeof(*Event);
	KeRaiseIrql(DISPATCH_LEVEL, &Irql);
	Status = IoWMIWriteEvent(Event);
	KeLowerIrql(Irql);
	CHECK_EQ(STATUS_SUCCESS, Status);
}

VOID WmiBlocks(PCONFORM_TEST_CONTEXT T)
{
	ULONG Size = 0;
	PVOID Block = NULL;

	/* "IoWMIOpenBlock", "IoWMIQueryAllData": nobody provides it. */
	CHECK_EQ(STATUS_SUCCESS, IoWMIOpenBlock((GUID *)&Guid, WMIGUID_QUERY, &Block));
	CHECK(Block != NULL);
	CHECK_EQ(STATUS_WMI_GUID_NOT_FOUND, IoWMIQueryAllData(Block, &Size, NULL));
	ObDereferenceObject(Block);
}

VOID TokenOfProcess(PCONFORM_TEST_CONTEXT T)
{
	PACCESS_TOKEN Token = PsReferencePrimaryToken(PsGetCurrentProcess());
	PACCESS_TOKEN System = PsReferencePrimaryToken(PsInitialSystemProcess);

	/* "SeTokenIsAdmin": the tests are root's. */
	CHECK(Token != NULL && System != NULL);
	CHECK(SeTokenIsAdmin(Token));
	CHECK(SeTokenIsAdmin(System));
	PsDereferencePrimaryToken(Token);
	ObDereferenceObject(System);
}

VOID PrivilegeCheck(PCONFORM_TEST_CONTEXT T)
{
	/* "SeSinglePrivilegeCheck": always TRUE for KernelMode. */
	CHECK(SeSinglePrivilegeCheck(RtlConvertLongToLuid(SE_TCB_PRIVILEGE), KernelMode));
	CHECK(SeSinglePrivilegeCheck(RtlConvertLongToLuid(SE_LOAD_DRIVER_PRIVILEGE), UserMode));
	CHECK(SeSinglePrivilegeCheck(RtlConvertUlongToLuid(SE_CHANGE_NOTIFY_PRIVILEGE), UserMode));
	/* There are none of these. */
	CHECK(!SeSinglePrivilegeCheck(RtlConvertLongToLuid(0), UserMode));
	CHECK(!SeSinglePrivilegeCheck(RtlConvertLongToLuid(1000), UserMode));
	CHECK(!SeSinglePrivilegeCheck(RtlConvertLongToLuid(-1), UserMode));
}

VOID SystemBasic(PCONFORM_TEST_CONTEXT T)
{
	SYSTEM_BASIC_INFORMATION Basic;
	ULONG Length = 0;

	/* "NtQuerySystemInformation" */
	CHECK_EQ(STATUS_SUCCESS, ZwQuerySystemInformation(SystemBasicInformation, &Basic,
							  sizeof(Basic), &Length));
	CHECK_EQ(sizeof(Basic), Length);
	CHECK_EQ(PAGE_SIZE, Basic.PageSize);
	CHECK_EQ(T->Processors, Basic.NumberOfProcessors);
	CHECK_EQ(KeQueryActiveProcessors(), Basic.ActiveProcessorsAffinityMask);
	CHECK(Basic.NumberOfPhysicalPages > 1000);
	CHECK_EQ(STATUS_INFO_LENGTH_MISMATCH,
		 ZwQuerySystemInformation(SystemBasicInformation, &Basic, 4, &Length));
	CHECK_EQ(sizeof(Basic), Length);
	CHECK_EQ(STATUS_INVALID_INFO_CLASS,
		 ZwQuerySystemInformation((SYSTEM_INFORMATION_CLASS)9999, &Basic, sizeof(Basic), NULL));
}

VOID SystemTimes(PCONFORM_TEST_CONTEXT T)
{
	SYSTEM_TIMEOFDAY_INFORMATION Time;
	LARGE_INTEGER Before, After;

	KeQuerySystemTime(&Before);
	CHECK_EQ(STATUS_SUCCESS, ZwQuerySystemInformation(SystemTimeOfDayInformation, &Time,
							  sizeof(Time), NULL));
	KeQuerySystemTime(&After);
	CHECK(Before.QuadPart <= Time.CurrentTime.QuadPart);
	CHECK(Time.CurrentTime.QuadPart <= After.QuadPart);
	CHECK(Time.BootTime.QuadPart < Time.CurrentTime.QuadPart);
	CHECK(Time.CurrentTime.QuadPart - Time.BootTime.QuadPart < 24LL * 3600 * 10000000);
}

VOID DisplayText(PCONFORM_TEST_CONTEXT T)
{
	UNICODE_STRING Text = RTL_CONSTANT_STRING(L"conform: ZwDisplayString");

	CHECK_EQ(STATUS_SUCCESS, ZwDisplayString(&Text));	/* the group looks for it */
}

VOID DefaultLocale(PCONFORM_TEST_CONTEXT T)
{
	LCID Locale = 0;

	CHECK_EQ(STATUS_SUCCESS, ZwQueryDefaultLocale(FALSE, &Locale));
	CHECK_EQ(0x409, Locale);
}

VOID LoadDriver(PCONFORM_TEST_CONTEXT T)
{
	UNICODE_STRING Bad = RTL_CONSTANT_STRING(L"\\Registry\\Machine\\System\\"
						 L"CurrentControlSet\\Services\\a b;c");
	UNICODE_STRING None = RTL_CONSTANT_STRING(L"\\Registry\\Machine\\System\\"
						  L"CurrentControlSet\\Services\\ntnobody");

	/* "ZwLoadDriver" */
	CHECK_EQ(STATUS_OBJECT_NAME_INVALID, ZwLoadDriver(&Bad));
	CHECK(!NT_SUCCESS(ZwLoadDriver(&None)));
}
