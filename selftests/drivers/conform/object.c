// SPDX-License-Identifier: GPL-2.0
/* Objects and kernel handles: "Object Handles", "Life Cycle of an Object". */
#include "conform.h"

/* Those of ntifs.h, which are for all drivers. */
NTKERNELAPI NTSTATUS NTAPI ObOpenObjectByPointer(PVOID Object, ULONG HandleAttributes,
						 PACCESS_STATE PassedAccessState,
						 ACCESS_MASK DesiredAccess, POBJECT_TYPE ObjectType,
						 KPROCESSOR_MODE AccessMode, PHANDLE Handle);
NTSYSAPI NTSTATUS NTAPI ZwSetEvent(HANDLE EventHandle, PLONG PreviousState);
NTSYSAPI NTSTATUS NTAPI ZwClearEvent(HANDLE EventHandle);
NTSYSAPI NTSTATUS NTAPI ZwCreateEvent(PHANDLE EventHandle, ACCESS_MASK DesiredAccess,
				      POBJECT_ATTRIBUTES ObjectAttributes, EVENT_TYPE EventType,
				      BOOLEAN InitialState);
NTSYSAPI NTSTATUS NTAPI ZwOpenEvent(PHANDLE EventHandle, ACCESS_MASK DesiredAccess,
				    POBJECT_ATTRIBUTES ObjectAttributes);

static HANDLE NewEvent(PCONFORM_TEST_CONTEXT T, EVENT_TYPE Type, ACCESS_MASK Access)
{
	OBJECT_ATTRIBUTES Attributes;
	HANDLE Handle = NULL;

	InitializeObjectAttributes(&Attributes, NULL, OBJ_KERNEL_HANDLE, NULL, NULL);
	CHECK_EQ(STATUS_SUCCESS, ZwCreateEvent(&Handle, Access, &Attributes, Type, FALSE));
	return Handle;
}

static BOOLEAN IsSignalled(PKEVENT Event)
{
	LARGE_INTEGER Zero;

	Zero.QuadPart = 0;
	return KeWaitForSingleObject(Event, Executive, KernelMode, FALSE, &Zero) == STATUS_SUCCESS;
}

VOID HandleEvent(PCONFORM_TEST_CONTEXT T)
{
	HANDLE Handle = NewEvent(T, NotificationEvent, EVENT_ALL_ACCESS);
	OBJECT_HANDLE_INFORMATION Information;
	PVOID Object = NULL, Again = NULL;
	LONG Previous = 7;

	/* "Object Handles": multiples of four; those of the kernel are negative. */
	CHECK((LONG_PTR)Handle < 0);
	CHECK_EQ(0, (ULONG_PTR)Handle & 3);
	CHECK_EQ(STATUS_SUCCESS, ObReferenceObjectByHandle(Handle, EVENT_ALL_ACCESS,
							   *ExEventObjectType, KernelMode, &Object,
							   &Information));
	CHECK_EQ(EVENT_ALL_ACCESS, Information.GrantedAccess);
	CHECK_EQ(STATUS_SUCCESS, ObReferenceObjectByHandle(Handle, 0, NULL, KernelMode, &Again,
							   NULL));
	CHECK_EQ((ULONG_PTR)Object, (ULONG_PTR)Again);
	ObDereferenceObject(Again);

	/* "ZwSetEvent": returns the previous state. */
	CHECK_EQ(STATUS_SUCCESS, ZwSetEvent(Handle, &Previous));
	CHECK_EQ(0, Previous);
	CHECK_EQ(STATUS_SUCCESS, ZwSetEvent(Handle, &Previous));
	CHECK_EQ(1, Previous);
	CHECK(IsSignalled(Object));
	CHECK(IsSignalled(Object));
	CHECK_EQ(STATUS_SUCCESS, ZwClearEvent(Handle));
	CHECK_EQ(0, KeReadStateEvent(Object));

	/* "Life Cycle of an Object": it lives as long as one refers to it. */
	CHECK_EQ(STATUS_SUCCESS, ZwClose(Handle));
	CHECK_EQ(STATUS_INVALID_HANDLE, ZwClose(Handle));
	CHECK_EQ(STATUS_INVALID_HANDLE, ZwSetEvent(Handle, NULL));
	KeSetEvent(Object, IO_NO_INCREMENT, FALSE);
	CHECK(IsSignalled(Object));
	ObDereferenceObject(Object);
}

VOID HandleSynchronizationEvent(PCONFORM_TEST_CONTEXT T)
{
	HANDLE Handle = NewEvent(T, SynchronizationEvent, EVENT_ALL_ACCESS);
	PVOID Object = NULL;

	CHECK_EQ(STATUS_SUCCESS, ObReferenceObjectByHandle(Handle, SYNCHRONIZE, *ExEventObjectType,
							   KernelMode, &Object, NULL));
	ZwSetEvent(Handle, NULL);
	CHECK(IsSignalled(Object));
	CHECK(!IsSignalled(Object));
	ObDereferenceObject(Object);
	ZwClose(Handle);
	/* "ZwCreateEvent": STATUS_INVALID_PARAMETER for another type. */
	CHECK_EQ(STATUS_INVALID_PARAMETER, ZwCreateEvent(&Handle, EVENT_ALL_ACCESS, NULL,
							 (EVENT_TYPE)5, FALSE));
}

VOID HandleRefused(PCONFORM_TEST_CONTEXT T)
{
	HANDLE Handle = NewEvent(T, NotificationEvent, SYNCHRONIZE);
	OBJECT_HANDLE_INFORMATION Information;
	PVOID Object = T;

	/* "ObReferenceObjectByHandle": the statuses. */
	CHECK_EQ(STATUS_OBJECT_TYPE_MISMATCH,
		 ObReferenceObjectByHandle(Handle, 0, *IoFileObjectType, KernelMode, &Object, NULL));
	CHECK_EQ(0, (ULONG_PTR)Object);
	CHECK_EQ(STATUS_OBJECT_TYPE_MISMATCH,
		 ObReferenceObjectByHandle(Handle, 0, *PsThreadType, KernelMode, &Object, NULL));
	CHECK_EQ(STATUS_INVALID_HANDLE,
		 ObReferenceObjectByHandle(NULL, 0, *ExEventObjectType, KernelMode, &Object, NULL));
	CHECK_EQ(STATUS_INVALID_HANDLE,
		 ObReferenceObjectByHandle((HANDLE)((ULONG_PTR)Handle + 0x10000), 0,
					   *ExEventObjectType, KernelMode, &Object, NULL));
	/* "Object Handles": a kernel handle is of no use in user mode. */
	CHECK_EQ(STATUS_INVALID_HANDLE,
		 ObReferenceObjectByHandle(Handle, 0, *ExEventObjectType, UserMode, &Object, NULL));
	/* With KernelMode, any access is allowed. */
	CHECK_EQ(STATUS_SUCCESS,
		 ObReferenceObjectByHandle(Handle, EVENT_MODIFY_STATE, *ExEventObjectType,
					   KernelMode, &Object, &Information));
	CHECK_EQ(SYNCHRONIZE, Information.GrantedAccess);
	ObDereferenceObject(Object);
	CHECK_EQ(STATUS_SUCCESS, ZwClose(Handle));
}

VOID HandleByPointer(PCONFORM_TEST_CONTEXT T)
{
	HANDLE Handle = NewEvent(T, NotificationEvent, EVENT_ALL_ACCESS), Second = NULL;
	PVOID Object = NULL;

	CHECK_EQ(STATUS_SUCCESS, ObReferenceObjectByHandle(Handle, 0, *ExEventObjectType, KernelMode,
							   &Object, NULL));
	CHECK_EQ(STATUS_OBJECT_TYPE_MISMATCH,
		 ObOpenObjectByPointer(Object, OBJ_KERNEL_HANDLE, NULL, EVENT_ALL_ACCESS,
				       *IoFileObjectType, KernelMode, &Second));
	CHECK_EQ(STATUS_SUCCESS,
		 ObOpenObjectByPointer(Object, OBJ_KERNEL_HANDLE, NULL, EVENT_ALL_ACCESS,
				       *ExEventObjectType, KernelMode, &Second));
	CHECK((ULONG_PTR)Handle != (ULONG_PTR)Second);
	CHECK_EQ(STATUS_SUCCESS, ZwClose(Handle));
	CHECK_EQ(STATUS_SUCCESS, ZwSetEvent(Second, NULL));
	CHECK_EQ(1, KeReadStateEvent(Object));
	CHECK_EQ(STATUS_SUCCESS, ZwClose(Second));
	/* "ObReferenceObjectByPointer" */
	CHECK_EQ(STATUS_OBJECT_TYPE_MISMATCH,
		 ObReferenceObjectByPointer(Object, 0, *IoFileObjectType, KernelMode));
	CHECK_EQ(STATUS_OBJECT_TYPE_MISMATCH,
		 ObReferenceObjectByPointer(Object, 0, NULL, UserMode));
	CHECK_EQ(STATUS_SUCCESS,
		 ObReferenceObjectByPointer(Object, 0, *ExEventObjectType, UserMode));
	ObDereferenceObject(Object);
	ObDereferenceObject(Object);
}

static UNICODE_STRING EventName = RTL_CONSTANT_STRING(L"\\BaseNamedObjects\\NtConformEvent");

VOID HandleNamedEvent(PCONFORM_TEST_CONTEXT T)
{
	HANDLE First = NULL, Second = NULL, Third = NULL;
	OBJECT_ATTRIBUTES Attributes;
	PKEVENT Event, Same;

	/* "IoCreateNotificationEvent": creates or opens; a new one is signalled. */
	Event = IoCreateNotificationEvent(&EventName, &First);
	CHECK(Event != NULL && KeReadStateEvent(Event));
	KeClearEvent(Event);
	Same = IoCreateNotificationEvent(&EventName, &Second);
	CHECK_EQ((ULONG_PTR)Event, (ULONG_PTR)Same);
	CHECK_EQ(0, KeReadStateEvent(Same));

	InitializeObjectAttributes(&Attributes, &EventName, OBJ_KERNEL_HANDLE, NULL, NULL);
	CHECK_EQ(STATUS_OBJECT_NAME_COLLISION,
		 ZwCreateEvent(&Third, EVENT_ALL_ACCESS, &Attributes, NotificationEvent, FALSE));
	Attributes.Attributes |= OBJ_OPENIF;
	CHECK_EQ(STATUS_OBJECT_NAME_EXISTS,
		 ZwCreateEvent(&Third, EVENT_ALL_ACCESS, &Attributes, NotificationEvent, FALSE));
	CHECK_EQ(STATUS_SUCCESS, ZwSetEvent(Third, NULL));
	CHECK_EQ(1, KeReadStateEvent(Event));
	ZwClose(Third);
	CHECK_EQ(STATUS_SUCCESS, ZwOpenEvent(&Third, EVENT_ALL_ACCESS, &Attributes));

	/* A temporary object loses its name with its last handle. */
	ZwClose(First);
	ZwClose(Second);
	ZwClose(Third);
	CHECK_EQ(STATUS_OBJECT_NAME_NOT_FOUND, ZwOpenEvent(&Third, EVENT_ALL_ACCESS, &Attributes));
	Event = IoCreateSynchronizationEvent(&EventName, &First);
	CHECK(Event != NULL && IsSignalled(Event));
	CHECK(!IsSignalled(Event));
	ZwClose(First);
}
