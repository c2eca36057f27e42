/* SPDX-License-Identifier: GPL-2.0 */
/* evntprov.h - events of ETW providers */
#ifndef _EVNTPROV_
#define _EVNTPROV_

#include "ntdef.h"

typedef ULONGLONG REGHANDLE, *PREGHANDLE;

typedef struct _EVENT_DESCRIPTOR {
	USHORT Id;
	UCHAR Version;
	UCHAR Channel;
	UCHAR Level;
	UCHAR Opcode;
	USHORT Task;
	ULONGLONG Keyword;
} EVENT_DESCRIPTOR, *PEVENT_DESCRIPTOR;
typedef const EVENT_DESCRIPTOR *PCEVENT_DESCRIPTOR;

typedef struct _EVENT_DATA_DESCRIPTOR {
	ULONGLONG Ptr;
	ULONG Size;
	ULONG Reserved;
} EVENT_DATA_DESCRIPTOR, *PEVENT_DATA_DESCRIPTOR;

#define EVENT_ACTIVITY_CTRL_GET_ID		1
#define EVENT_ACTIVITY_CTRL_SET_ID		2
#define EVENT_ACTIVITY_CTRL_CREATE_ID		3
#define EVENT_ACTIVITY_CTRL_GET_SET_ID		4
#define EVENT_ACTIVITY_CTRL_CREATE_SET_ID	5

#define EVENT_CONTROL_CODE_DISABLE_PROVIDER	0
#define EVENT_CONTROL_CODE_ENABLE_PROVIDER	1

NT_INLINE VOID EventDataDescCreate(PEVENT_DATA_DESCRIPTOR Descriptor, const void *Data, ULONG Size)
{
	Descriptor->Ptr = (ULONGLONG)(ULONG_PTR)Data;
	Descriptor->Size = Size;
	Descriptor->Reserved = 0;
}

#endif /* _EVNTPROV_ */
