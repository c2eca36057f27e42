// SPDX-License-Identifier: GPL-2.0
/* Callback objects, and questions to the executive. */
#include "conform.h"
#ifdef __MINGW32__
VOID NTAPI ObMakeTemporaryObject(PVOID Object);		/* declared in its ntifs.h only */
#endif

static ULONG Order, SeenOrder[3];
static PVOID SeenArgument[2];
static KIRQL SeenIrql;

static CALLBACK_FUNCTION NoteCall;
static VOID NTAPI NoteCall(PVOID Context, PVOID Argument1, PVOID Argument2)
{
	SeenOrder[(ULONG_PTR)Context] = ++Order;
	SeenArgument[0] = Argument1;
	SeenArgument[1] = Argument2;
	SeenIrql = KeGetCurrentIrql();
}

static NTSTATUS Create(PCALLBACK_OBJECT *Object, PCWSTR Name, BOOLEAN Make, BOOLEAN Multiple)
{
	OBJECT_ATTRIBUTES Attributes;
	UNICODE_STRING String;

	RtlInitUnicodeString(&String, Name);
	InitializeObjectAttributes(&Attributes, &String, OBJ_CASE_INSENSITIVE, NULL, NULL);
	return ExCreateCallback(Object, &Attributes, Make, Multiple);
}

/* "ExNotifyCallback": all routines, in the order in which they came, at the caller's IRQL. */
VOID CallbackCalls(PCONFORM_TEST_CONTEXT T)
{
	PCALLBACK_OBJECT Object;
	PVOID Handle[3];
	KIRQL Irql;
	ULONG_PTR i;

	CHECK_EQ(STATUS_SUCCESS, Create(&Object, L"\\Callback\\ConformMany", TRUE, TRUE));
	for (i = 0; i < 3; i++) {
		Handle[i] = ExRegisterCallback(Object, NoteCall, (PVOID)i);
		CHECK(Handle[i] != NULL);
		SeenOrder[i] = 0;
	}
	Order = 0;
	ExNotifyCallback(Object, (PVOID)1, (PVOID)2);
	for (i = 0; i < 3; i++)
		CHECK_EQ(i + 1, SeenOrder[i]);
	CHECK_EQ(1, SeenArgument[0]);
	CHECK_EQ(2, SeenArgument[1]);
	CHECK_EQ(PASSIVE_LEVEL, SeenIrql);
	KeRaiseIrql(DISPATCH_LEVEL, &Irql);
	ExNotifyCallback(Object, (PVOID)3, NULL);
	KeLowerIrql(Irql);
	CHECK_EQ(DISPATCH_LEVEL, SeenIrql);
	CHECK_EQ(3, SeenArgument[0]);
	/* "ExUnregisterCallback": called no more. */
	ExUnregisterCallback(Handle[1]);
	SeenOrder[1] = 0;
	Order = 0;
	ExNotifyCallback(Object, NULL, NULL);
	CHECK_EQ(0, SeenOrder[1]);
	CHECK_EQ(2, Order);
	ExUnregisterCallback(Handle[0]);
	ExUnregisterCallback(Handle[2]);
	ObDereferenceObject(Object);
}

/* "ExCreateCallback", "ExRegisterCallback": one routine, unless more were allowed. */
VOID CallbackSingle(PCONFORM_TEST_CONTEXT T)
{
	PCALLBACK_OBJECT Object, Again;
	PVOID Handle;

	CHECK_EQ(STATUS_SUCCESS, Create(&Object, L"\\Callback\\ConformOne", TRUE, FALSE));
	/* AllowMultipleCallbacks is ignored when there is one already. */
	CHECK_EQ(STATUS_SUCCESS, Create(&Again, L"\\Callback\\CONFORMONE", TRUE, TRUE));
	CHECK_EQ(Object, Again);
	Handle = ExRegisterCallback(Object, NoteCall, NULL);
	CHECK(Handle != NULL);
	CHECK(ExRegisterCallback(Again, NoteCall, NULL) == NULL);
	ExUnregisterCallback(Handle);
	Handle = ExRegisterCallback(Again, NoteCall, NULL);
	CHECK(Handle != NULL);
	ExUnregisterCallback(Handle);
	ObDereferenceObject(Again);
	ObDereferenceObject(Object);
}

/* "ExCreateCallback": must have a name; with Create FALSE must exist. */
VOID CallbackNames(PCONFORM_TEST_CONTEXT T)
{
	OBJECT_ATTRIBUTES Attributes;
	PCALLBACK_OBJECT Object;
	UNICODE_STRING Name;

	InitializeObjectAttributes(&Attributes, NULL, 0, NULL, NULL);
	CHECK_EQ(STATUS_UNSUCCESSFUL, ExCreateCallback(&Object, &Attributes, TRUE, TRUE));
	CHECK(!NT_SUCCESS(Create(&Object, L"\\Callback\\ConformNone", FALSE, TRUE)));
	CHECK(!NT_SUCCESS(Create(&Object, L"\\Device\\NtConform", FALSE, TRUE)));
	/* OBJ_PERMANENT: stays without a reference. */
	RtlInitUnicodeString(&Name, L"\\Callback\\ConformStays");
	InitializeObjectAttributes(&Attributes, &Name, OBJ_PERMANENT | OBJ_CASE_INSENSITIVE, NULL, NULL);
	CHECK_EQ(STATUS_SUCCESS, ExCreateCallback(&Object, &Attributes, TRUE, TRUE));
	ObDereferenceObject(Object);
	CHECK_EQ(STATUS_SUCCESS, Create(&Object, L"\\Callback\\ConformStays", FALSE, TRUE));
	ObMakeTemporaryObject(Object);
	ObDereferenceObject(Object);
	CHECK(!NT_SUCCESS(Create(&Object, L"\\Callback\\ConformStays", FALSE, TRUE)));
}

static KEVENT InCallback, MayReturn;
static LONG Returned;

static CALLBACK_FUNCTION SlowCall;
static VOID NTAPI SlowCall(PVOID Context, PVOID Argument1, PVOID Argument2)
{
	LARGE_INTEGER Soon = Milliseconds(SOON_MS);

	UNREFERENCED_PARAMETER(Context);
	UNREFERENCED_PARAMETER(Argument1);
	UNREFERENCED_PARAMETER(Argument2);
	KeSetEvent(&InCallback, IO_NO_INCREMENT, FALSE);
	KeWaitForSingleObject(&MayReturn, Executive, KernelMode, FALSE, &Soon);
	SleepFor(20);
	Returned = 1;
}

static IO_WORKITEM_ROUTINE NotifyWork;
static VOID NTAPI NotifyWork(PDEVICE_OBJECT DeviceObject, PVOID Context)
{
	UNREFERENCED_PARAMETER(DeviceObject);
	ExNotifyCallback(Context, NULL, NULL);
	ObDereferenceObject(Context);
}

/* "ExUnregisterCallback": returns when the routine has. */
VOID CallbackUnregisterWaits(PCONFORM_TEST_CONTEXT T)
{
	LARGE_INTEGER Soon = Milliseconds(SOON_MS);
	PIO_WORKITEM Item = IoAllocateWorkItem(T->Driver->DeviceObject);
	PCALLBACK_OBJECT Object;
	PVOID Handle;

	KeInitializeEvent(&InCallback, NotificationEvent, FALSE);
	KeInitializeEvent(&MayReturn, NotificationEvent, FALSE);
	Returned = 0;
	CHECK_EQ(STATUS_SUCCESS, Create(&Object, L"\\Callback\\ConformSlow", TRUE, FALSE));
	Handle = ExRegisterCallback(Object, SlowCall, NULL);
	CHECK(Item && Handle);
	if (!Item || !Handle)
		return;
	ObReferenceObject(Object);
	IoQueueWorkItem(Item, NotifyWork, DelayedWorkQueue, Object);
	KeWaitForSingleObject(&InCallback, Executive, KernelMode, FALSE, &Soon);
	KeSetEvent(&MayReturn, IO_NO_INCREMENT, FALSE);
	ExUnregisterCallback(Handle);
	CHECK_EQ(1, Returned);
	ObDereferenceObject(Object);
	IoFreeWorkItem(Item);
}

/* "ExUuidCreate", "ExIsProcessorFeaturePresent", "ExVerifySuite". */
VOID ExecutiveQuestions(PCONFORM_TEST_CONTEXT T)
{
	GUID One, Two;

	CHECK_EQ(STATUS_SUCCESS, ExUuidCreate(&One));
	CHECK_EQ(STATUS_SUCCESS, ExUuidCreate(&Two));
	CHECK(!RtlEqualMemory(&One, &Two, sizeof(One)));
	/* Every processor with 64 bits. */
	CHECK(ExIsProcessorFeaturePresent(PF_COMPARE_EXCHANGE_DOUBLE));
	CHECK(ExIsProcessorFeaturePresent(PF_XMMI64_INSTRUCTIONS_AVAILABLE));
	CHECK(!ExIsProcessorFeaturePresent(PF_FLOATING_POINT_PRECISION_ERRATA));
	CHECK(!ExIsProcessorFeaturePresent(0x7fffffff));
	CHECK(!ExVerifySuite(MaxSuiteType));
	CHECK(!ExVerifySuite(EmbeddedNT));
}
