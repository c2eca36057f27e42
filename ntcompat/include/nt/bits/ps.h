/* SPDX-License-Identifier: GPL-2.0 */
/* Threads and processes. Their documentation stands at their definitions in ps/. */
#ifndef _NT_PS_H
#define _NT_PS_H

#include "ob.h"

#define LOW_PRIORITY		0
#define LOW_REALTIME_PRIORITY	16
#define HIGH_PRIORITY		31

#define PROCESS_ALL_ACCESS	(STANDARD_RIGHTS_REQUIRED | SYNCHRONIZE | 0xFFFF)
#define THREAD_ALL_ACCESS	(STANDARD_RIGHTS_REQUIRED | SYNCHRONIZE | 0xFFFF)

#define NtCurrentProcess()	((HANDLE)(LONG_PTR)-1)
#define ZwCurrentProcess()	NtCurrentProcess()
#define NtCurrentThread()	((HANDLE)(LONG_PTR)-2)
#define ZwCurrentThread()	NtCurrentThread()

typedef struct _CLIENT_ID {
	HANDLE UniqueProcess;
	HANDLE UniqueThread;
} CLIENT_ID, *PCLIENT_ID;

typedef VOID KSTART_ROUTINE(PVOID StartContext);
typedef KSTART_ROUTINE		*PKSTART_ROUTINE;

EXTERN_C_START

extern PEPROCESS PsInitialSystemProcess;

NTSTATUS PsCreateSystemThread(PHANDLE ThreadHandle, ULONG DesiredAccess,
			      POBJECT_ATTRIBUTES ObjectAttributes, HANDLE ProcessHandle,
			      PCLIENT_ID ClientId, PKSTART_ROUTINE StartRoutine, PVOID StartContext);
NTSTATUS PsTerminateSystemThread(NTSTATUS ExitStatus);

PKTHREAD KeGetCurrentThread(VOID);
PETHREAD PsGetCurrentThread(VOID);
HANDLE PsGetCurrentThreadId(VOID);
HANDLE PsGetThreadId(PETHREAD Thread);
HANDLE PsGetThreadProcessId(PETHREAD Thread);
PEPROCESS IoThreadToProcess(PETHREAD Thread);
BOOLEAN PsIsSystemThread(PETHREAD Thread);
BOOLEAN PsIsThreadTerminating(PETHREAD Thread);
NTSTATUS PsGetThreadExitStatus(PETHREAD Thread);
LONGLONG PsGetThreadCreateTime(PETHREAD Thread);

PEPROCESS IoGetCurrentProcess(VOID);
HANDLE PsGetCurrentProcessId(VOID);
HANDLE PsGetProcessId(PEPROCESS Process);
LONGLONG PsGetProcessCreateTimeQuadPart(PEPROCESS Process);
#define PsGetCurrentProcess	IoGetCurrentProcess

KPRIORITY KeSetPriorityThread(PKTHREAD Thread, KPRIORITY Priority);
LONG KeSetBasePriorityThread(PKTHREAD Thread, LONG Increment);
KPRIORITY KeQueryPriorityThread(PKTHREAD Thread);

EXTERN_C_END

#endif /* _NT_PS_H */
