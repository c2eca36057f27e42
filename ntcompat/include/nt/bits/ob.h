/* SPDX-License-Identifier: GPL-2.0 */
/* The object manager: references to objects. */
#ifndef _NT_OB_H
#define _NT_OB_H

#include "io_types.h"

typedef struct _OBJECT_TYPE	*POBJECT_TYPE;

EXTERN_C_START

extern POBJECT_TYPE *IoFileObjectType;
extern POBJECT_TYPE *IoDeviceObjectType;
extern POBJECT_TYPE *IoDriverObjectType;

LONG_PTR ObfReferenceObject(PVOID Object);
LONG_PTR ObfDereferenceObject(PVOID Object);
NTSTATUS ObReferenceObjectByPointer(PVOID Object, ACCESS_MASK DesiredAccess,
				    POBJECT_TYPE ObjectType, KPROCESSOR_MODE AccessMode);
#define ObReferenceObject(Object)	ObfReferenceObject(Object)
#define ObDereferenceObject(Object)	ObfDereferenceObject(Object)

EXTERN_C_END

#endif /* _NT_OB_H */
