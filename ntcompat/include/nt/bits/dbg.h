/* SPDX-License-Identifier: GPL-2.0 */
/* Debugger output and assertions. */
#ifndef _NT_DBG_H
#define _NT_DBG_H

#include "../ntdef.h"

EXTERN_C_START

ULONG DbgPrint(PCSTR Format, ...);
ULONG DbgPrintEx(ULONG ComponentId, ULONG Level, PCSTR Format, ...);
ULONG vDbgPrintEx(ULONG ComponentId, ULONG Level, PCSTR Format, __builtin_va_list Args);
VOID RtlAssert(PVOID VoidFailedAssertion, PVOID VoidFileName, ULONG LineNumber, PSTR Message);

VOID DbgBreakPoint(VOID);
VOID DbgBreakPointWithStatus(ULONG Status);
VOID DbgRaiseAssertionFailure(VOID);

typedef enum _KD_OPTION {
	KD_OPTION_SET_BLOCK_ENABLE,
} KD_OPTION;

NTSTATUS KdDisableDebugger(VOID);
NTSTATUS KdEnableDebugger(VOID);
NTSTATUS KdChangeOption(KD_OPTION Option, ULONG InBufferBytes, PVOID InBuffer, ULONG OutBufferBytes,
			PVOID OutBuffer, PULONG OutBufferNeeded);
extern PUCHAR *KdComPortInUse;

EXTERN_C_END

#define DPFLTR_ERROR_LEVEL	0
#define DPFLTR_WARNING_LEVEL	1
#define DPFLTR_TRACE_LEVEL	2
#define DPFLTR_INFO_LEVEL	3
#define DPFLTR_MASK		0x80000000
#define DPFLTR_DEFAULT_ID	101
#define DPFLTR_IHVDRIVER_ID	77

/* DBG selects the checked build, as with the WDK. */
#ifndef NTCOMPAT_CORE
#ifndef DBG
#define DBG			0
#endif
#if DBG
#define KdPrint(args)		DbgPrint args
#define KdBreakPoint()		DbgBreakPoint()
#define KdPrintEx(args)		DbgPrintEx args
#define KdBreakPointWithStatus(s)	DbgBreakPointWithStatus(s)
#define ASSERT(e)		((e) ? (VOID)0 : RtlAssert((PVOID)#e, (PVOID)__FILE__, __LINE__, NULL))
#define ASSERTMSG(m, e)		((e) ? (VOID)0 : RtlAssert((PVOID)#e, (PVOID)__FILE__, __LINE__, (PSTR)(m)))
#else
#define KdPrint(args)		((VOID)0)
#define KdBreakPoint()		((VOID)0)
#define KdPrintEx(args)		((VOID)0)
#define KdBreakPointWithStatus(s)	((VOID)0)
#define ASSERT(e)		((VOID)0)
#define ASSERTMSG(m, e)		((VOID)0)
#endif
#define NT_ASSERT(e)		ASSERT(e)
#define NT_VERIFY(e)		((e) ? TRUE : FALSE)
#endif

#endif /* _NT_DBG_H */
