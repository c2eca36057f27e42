/* SPDX-License-Identifier: GPL-2.0 */
/* The object namespace: directories, symbolic links, objects by name. */
#ifndef _NT_OB_NAME_H
#define _NT_OB_NAME_H

#include "ob.h"

#define DIRECTORY_QUERY			0x0001
#define DIRECTORY_TRAVERSE		0x0002
#define DIRECTORY_CREATE_OBJECT		0x0004
#define DIRECTORY_CREATE_SUBDIRECTORY	0x0008
#define DIRECTORY_ALL_ACCESS		(STANDARD_RIGHTS_REQUIRED | 0xF)

#define SYMBOLIC_LINK_QUERY		0x0001
#define SYMBOLIC_LINK_ALL_ACCESS	(STANDARD_RIGHTS_REQUIRED | 0x1)

typedef struct _OBJECT_NAME_INFORMATION {
	UNICODE_STRING Name;
} OBJECT_NAME_INFORMATION, *POBJECT_NAME_INFORMATION;

EXTERN_C_START

NTSTATUS ZwCreateDirectoryObject(PHANDLE DirectoryHandle, ACCESS_MASK DesiredAccess,
				 POBJECT_ATTRIBUTES ObjectAttributes);
NTSTATUS ZwOpenDirectoryObject(PHANDLE DirectoryHandle, ACCESS_MASK DesiredAccess,
			       POBJECT_ATTRIBUTES ObjectAttributes);
NTSTATUS ZwOpenSymbolicLinkObject(PHANDLE LinkHandle, ACCESS_MASK DesiredAccess,
				  POBJECT_ATTRIBUTES ObjectAttributes);
NTSTATUS ZwQuerySymbolicLinkObject(HANDLE LinkHandle, PUNICODE_STRING LinkTarget,
				   PULONG ReturnedLength);
NTSTATUS ZwMakeTemporaryObject(HANDLE Handle);
NTSTATUS ObQueryNameString(PVOID Object, POBJECT_NAME_INFORMATION ObjectNameInfo, ULONG Length,
			   PULONG ReturnLength);
NTSTATUS ObReferenceObjectByName(PUNICODE_STRING ObjectName, ULONG Attributes,
				 PACCESS_STATE AccessState, ACCESS_MASK DesiredAccess,
				 POBJECT_TYPE ObjectType, KPROCESSOR_MODE AccessMode,
				 PVOID ParseContext, PVOID *Object);
NTSTATUS ObOpenObjectByName(POBJECT_ATTRIBUTES ObjectAttributes, POBJECT_TYPE ObjectType,
			    KPROCESSOR_MODE AccessMode, PACCESS_STATE AccessState,
			    ACCESS_MASK DesiredAccess, PVOID ParseContext, PHANDLE Handle);

EXTERN_C_END

#endif /* _NT_OB_NAME_H */
