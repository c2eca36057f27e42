/* SPDX-License-Identifier: GPL-2.0 */
/* Event Tracing for Windows, and what trace messages of WPP become. */
#ifndef _NT_ETW_H
#define _NT_ETW_H

#include "../evntprov.h"

struct _EVENT_FILTER_DESCRIPTOR;

typedef VOID (NTAPI *PETWENABLECALLBACK)(LPCGUID SourceId, ULONG ControlCode, UCHAR Level,
					 ULONGLONG MatchAnyKeyword, ULONGLONG MatchAllKeyword,
					 struct _EVENT_FILTER_DESCRIPTOR *FilterData,
					 PVOID CallbackContext);

EXTERN_C_START

NTSTATUS EtwRegister(LPCGUID ProviderId, PETWENABLECALLBACK EnableCallback, PVOID CallbackContext,
		     PREGHANDLE RegHandle);
NTSTATUS EtwUnregister(REGHANDLE RegHandle);
BOOLEAN EtwEventEnabled(REGHANDLE RegHandle, PCEVENT_DESCRIPTOR EventDescriptor);
BOOLEAN EtwProviderEnabled(REGHANDLE RegHandle, UCHAR Level, ULONGLONG Keyword);
NTSTATUS EtwWrite(REGHANDLE RegHandle, PCEVENT_DESCRIPTOR EventDescriptor, LPCGUID ActivityId,
		  ULONG UserDataCount, PEVENT_DATA_DESCRIPTOR UserData);
NTSTATUS EtwWriteEx(REGHANDLE RegHandle, PCEVENT_DESCRIPTOR EventDescriptor, ULONG64 Filter,
		    ULONG Flags, LPCGUID ActivityId, LPCGUID RelatedActivityId,
		    ULONG UserDataCount, PEVENT_DATA_DESCRIPTOR UserData);

/* What the macros of nt_wpp.h call; not a routine of NT. */
VOID NtWppTrace(PCSTR Function, PCSTR Level, PCSTR Flags, PCSTR Format, ...);

EXTERN_C_END

#endif /* _NT_ETW_H */
