// SPDX-License-Identifier: GPL-2.0
/* Devices that a driver reports by itself: "IoReportDetectedDevice". */
#include "conform.h"

static BOOLEAN HasId(PCWSTR List, PCWSTR Wanted)
{
	UNICODE_STRING Id, Name;

	RtlInitUnicodeString(&Name, Wanted);
	for (; *List; List += Id.Length / sizeof(WCHAR) + 1) {
		RtlInitUnicodeString(&Id, List);
		if (RtlEqualUnicodeString(&Id, &Name, TRUE))
			return TRUE;
	}
	return FALSE;
}

/* "The system generates two compatible ID strings"; the device counts as started. */
VOID DetectedDevice(PCONFORM_TEST_CONTEXT T)
{
	static const GUID Class = { 0x11c2a7b0, 0x30f1, 0x4c55,
				    { 0x9d, 0x01, 0x62, 0x3e, 0xaa, 0x17, 0x5c, 0x71 } };
	PDEVICE_OBJECT Pdo = NULL, Other = NULL;
	UNICODE_STRING Link;
	WCHAR Ids[128];
	ULONG Length;

	CHECK_EQ(STATUS_SUCCESS, IoReportDetectedDevice(T->Driver, InterfaceTypeUndefined, (ULONG)-1,
							(ULONG)-1, NULL, NULL, FALSE, &Pdo));
	CHECK(Pdo != NULL);
	if (!Pdo)
		return;
	RtlZeroMemory(Ids, sizeof(Ids));
	CHECK_EQ(STATUS_SUCCESS, IoGetDeviceProperty(Pdo, DevicePropertyCompatibleIDs, sizeof(Ids),
						     Ids, &Length));
	CHECK(HasId(Ids, L"DETECTEDInternal\\conform"));
	CHECK(HasId(Ids, L"DETECTED\\conform"));
	/* It is a PDO: it may have interfaces, and they may be enabled. */
	CHECK(NT_SUCCESS(IoRegisterDeviceInterface(Pdo, &Class, NULL, &Link)));
	CHECK_EQ(STATUS_SUCCESS, IoSetDeviceInterfaceState(&Link, TRUE));
	CHECK_EQ(STATUS_SUCCESS, IoSetDeviceInterfaceState(&Link, FALSE));
	RtlFreeUnicodeString(&Link);
	/* Each report is a device of its own. */
	CHECK_EQ(STATUS_SUCCESS, IoReportDetectedDevice(T->Driver, Isa, 0, 0, NULL, NULL, TRUE,
							&Other));
	CHECK(Other != NULL && Other != Pdo);
	/* A PDO that there is already. */
	CHECK_EQ(STATUS_SUCCESS, IoReportDetectedDevice(T->Driver, Isa, 0, 0, NULL, NULL, TRUE,
							&Other));
}

VOID DetectedRefused(PCONFORM_TEST_CONTEXT T)
{
	PDEVICE_OBJECT NoPdo = T->Driver->DeviceObject;

	CHECK(!NT_SUCCESS(IoReportDetectedDevice(T->Driver, Isa, 0, 0, NULL, NULL, TRUE, &NoPdo)));
}
