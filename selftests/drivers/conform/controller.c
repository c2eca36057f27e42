// SPDX-License-Identifier: GPL-2.0
/* Controller objects. */
#include "conform.h"

enum { DEVICES = 3 };

static ULONG Calls, Order[8];
static IO_ALLOCATION_ACTION Action;
static PIRP SeenIrp;
static KIRQL SeenIrql;

static DRIVER_CONTROL Control;
static IO_ALLOCATION_ACTION NTAPI Control(PDEVICE_OBJECT DeviceObject, PIRP Irp, PVOID MapRegisterBase,
					  PVOID Context)
{
	UNREFERENCED_PARAMETER(DeviceObject);
	UNREFERENCED_PARAMETER(MapRegisterBase);
	SeenIrp = Irp;
	SeenIrql = KeGetCurrentIrql();
	if (Calls < RTL_NUMBER_OF(Order))
		Order[Calls++] = (ULONG)(ULONG_PTR)Context;
	return Action;
}

static BOOLEAN Make(PCONFORM_TEST_CONTEXT T, PDEVICE_OBJECT *Device)
{
	ULONG i;

	for (i = 0; i < DEVICES; i++) {
		CHECK_EQ(STATUS_SUCCESS, IoCreateDevice(T->Driver, 0, NULL, FILE_DEVICE_UNKNOWN, 0,
							FALSE, &Device[i]));
		if (!Device[i])
			return FALSE;
	}
	Calls = 0;
	return TRUE;
}

static VOID Allocate(PCONTROLLER_OBJECT Controller, PDEVICE_OBJECT Device, ULONG_PTR Number)
{
	KIRQL Irql;

	KeRaiseIrql(DISPATCH_LEVEL, &Irql);
	IoAllocateController(Controller, Device, Control, (PVOID)Number);
	KeLowerIrql(Irql);
}

static VOID Free(PCONTROLLER_OBJECT Controller)
{
	KIRQL Irql;

	KeRaiseIrql(DISPATCH_LEVEL, &Irql);
	IoFreeController(Controller);
	KeLowerIrql(Irql);
}

/* "IoAllocateController", "IoFreeController": KeepObject keeps it; others wait in order. */
VOID ControllerTurns(PCONFORM_TEST_CONTEXT T)
{
	PCONTROLLER_OBJECT Controller = IoCreateController(64);
	PDEVICE_OBJECT Device[DEVICES];
	ULONG i;

	CHECK(Controller != NULL);
	if (!Controller || !Make(T, Device))
		return;
	CHECK(Controller->ControllerExtension != NULL);
	CHECK_EQ(0, ((PUCHAR)Controller->ControllerExtension)[63]);
	Action = KeepObject;
	Device[0]->CurrentIrp = (PIRP)T;
	for (i = 0; i < DEVICES; i++)
		Allocate(Controller, Device[i], i + 1);
	CHECK_EQ(1, Calls);
	CHECK_EQ(T, SeenIrp);
	CHECK_EQ(DISPATCH_LEVEL, SeenIrql);
	Free(Controller);
	CHECK_EQ(2, Calls);
	Free(Controller);
	CHECK_EQ(3, Calls);
	for (i = 0; i < DEVICES; i++)
		CHECK_EQ(i + 1, Order[i]);
	Free(Controller);
	CHECK_EQ(3, Calls);
	Device[0]->CurrentIrp = NULL;
	for (i = 0; i < DEVICES; i++)
		IoDeleteDevice(Device[i]);
	IoDeleteController(Controller);
}

/* "DRIVER_CONTROL": DeallocateObject ends the turn at once. */
VOID ControllerDeallocate(PCONFORM_TEST_CONTEXT T)
{
	PCONTROLLER_OBJECT Controller = IoCreateController(0);
	PDEVICE_OBJECT Device[DEVICES];
	ULONG i;

	CHECK(Controller != NULL);
	if (!Controller || !Make(T, Device))
		return;
	Action = DeallocateObject;
	for (i = 0; i < DEVICES; i++)
		Allocate(Controller, Device[i], i + 1);
	CHECK_EQ(DEVICES, Calls);
	/* Those that waited have their turns one after the other, when the first frees it. */
	Calls = 0;
	Action = KeepObject;
	Allocate(Controller, Device[0], 1);
	Allocate(Controller, Device[1], 2);
	Allocate(Controller, Device[2], 3);
	CHECK_EQ(1, Calls);
	Action = DeallocateObject;
	Free(Controller);
	CHECK_EQ(3, Calls);
	CHECK_EQ(3, Order[2]);
	for (i = 0; i < DEVICES; i++)
		IoDeleteDevice(Device[i]);
	IoDeleteController(Controller);
}
