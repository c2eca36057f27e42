/* SPDX-License-Identifier: GPL-2.0 */
/* Tokens and privileges. */
#ifndef _NT_SE_H
#define _NT_SE_H

#include "ke_types.h"
#include "ps.h"

typedef PVOID PACCESS_TOKEN;

typedef struct _LUID {
	ULONG LowPart;
	LONG HighPart;
} LUID, *PLUID;

#define SE_CREATE_TOKEN_PRIVILEGE		2
#define SE_ASSIGNPRIMARYTOKEN_PRIVILEGE		3
#define SE_LOCK_MEMORY_PRIVILEGE		4
#define SE_INCREASE_QUOTA_PRIVILEGE		5
#define SE_TCB_PRIVILEGE			7
#define SE_SECURITY_PRIVILEGE			8
#define SE_TAKE_OWNERSHIP_PRIVILEGE		9
#define SE_LOAD_DRIVER_PRIVILEGE		10
#define SE_SYSTEM_PROFILE_PRIVILEGE		11
#define SE_SYSTEMTIME_PRIVILEGE			12
#define SE_PROF_SINGLE_PROCESS_PRIVILEGE	13
#define SE_INC_BASE_PRIORITY_PRIVILEGE		14
#define SE_BACKUP_PRIVILEGE			17
#define SE_RESTORE_PRIVILEGE			18
#define SE_SHUTDOWN_PRIVILEGE			19
#define SE_DEBUG_PRIVILEGE			20
#define SE_SYSTEM_ENVIRONMENT_PRIVILEGE		22
#define SE_CHANGE_NOTIFY_PRIVILEGE		23
#define SE_MANAGE_VOLUME_PRIVILEGE		28

NT_INLINE LUID RtlConvertLongToLuid(LONG Long)
{
	LUID luid;

	luid.LowPart = (ULONG)Long;
	luid.HighPart = Long < 0 ? -1 : 0;
	return luid;
}

NT_INLINE LUID RtlConvertUlongToLuid(ULONG Ulong)
{
	LUID luid;

	luid.LowPart = Ulong;
	luid.HighPart = 0;
	return luid;
}

EXTERN_C_START

BOOLEAN SeSinglePrivilegeCheck(LUID PrivilegeValue, KPROCESSOR_MODE PreviousMode);
BOOLEAN SeTokenIsAdmin(PACCESS_TOKEN Token);
PACCESS_TOKEN PsReferencePrimaryToken(PEPROCESS Process);
VOID PsDereferencePrimaryToken(PACCESS_TOKEN PrimaryToken);

EXTERN_C_END

#endif /* _NT_SE_H */
