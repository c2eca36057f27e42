/* SPDX-License-Identifier: GPL-2.0 */
/* cm.h - what the tests of the registry share: a key of their own, and its end */
#ifndef CONFORM_CM_H
#define CONFORM_CM_H

#include "conform.h"

/* What mingw-w64's header does not declare, or only to file systems. */
#ifndef RTL_QUERY_REGISTRY_TYPECHECK
#define RTL_QUERY_REGISTRY_TYPECHECK		0x00000100
#define RTL_QUERY_REGISTRY_TYPECHECK_SHIFT	24
#endif

/* The text becomes a counted string that lives as long as the test. */
UNICODE_STRING CmText(PCWSTR Text);

/* A new volatile key below \Registry\Machine\Software, for all access. */
HANDLE CmScratch(PCONFORM_TEST_CONTEXT T, PCWSTR Name);

/* Delete the key, with one or two levels of subkeys, and close it. */
VOID CmEnd(PCONFORM_TEST_CONTEXT T, HANDLE Key);

NTSTATUS CmOpen(HANDLE Root, PCWSTR Path, ACCESS_MASK Access, PHANDLE Key);
NTSTATUS CmCreate(HANDLE Root, PCWSTR Path, ACCESS_MASK Access, ULONG Options, PHANDLE Key,
		  PULONG Disposition);
NTSTATUS CmSet(HANDLE Key, PCWSTR Name, ULONG Type, const VOID *Data, ULONG Length);
NTSTATUS CmSetString(HANDLE Key, PCWSTR Name, PCWSTR Text);
NTSTATUS CmSetUlong(HANDLE Key, PCWSTR Name, ULONG Value);
ULONG CmGetUlong(HANDLE Key, PCWSTR Name);		/* or 0xffffffff */
BOOLEAN CmHas(HANDLE Key, PCWSTR Name);

#endif /* CONFORM_CM_H */
