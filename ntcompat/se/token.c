// SPDX-License-Identifier: GPL-2.0
/* Tokens: a process's credentials. Privileges: Linux's capabilities. */
#include "../ob/object.h"
#include "../ps/process.h"
#include <linux/capability.h>
#include <linux/cred.h>
#include <linux/pid.h>
#include <linux/uidgid.h>

/**
 * struct token - an access token
 * @ob: its count
 * @cred: the credentials when it was asked for, referenced; what drivers have the address of
 */
struct token {
	struct nt_object ob;
	const struct cred *cred;
};
NT_ASSERT_BODY(struct token, ob, cred);

static struct token *token_of(void *body)
{
	return container_of(body, struct token, cred);
}

static void release(void *body)
{
	put_cred(token_of(body)->cred);
	kfree(token_of(body));
}

struct _OBJECT_TYPE nt_token_type = {
	.name = "Token",
	.mapping = { 0x20008, 0x200e0, 0x20000, 0xf01ff },
	.release = release,
};

/* Kernel threads share one process object, of which any thread will do. */
static const struct cred *cred_of(PEPROCESS process)
{
	struct pid *pid = find_get_pid((pid_t)(LONG_PTR)PsGetProcessId(process));
	struct task_struct *task = get_pid_task(pid, PIDTYPE_TGID);
	const struct cred *cred = NULL;

	put_pid(pid);
	if (task) {
		cred = get_task_cred(task);
		put_task_struct(task);
	} else if (process == PsInitialSystemProcess) {
		cred = get_task_cred(&init_task);
	}
	return cred;
}

/**
 * PsReferencePrimaryToken - a process's token
 * @Process: the process
 *
 * IRQL: PASSIVE_LEVEL. PsDereferencePrimaryToken() or ObDereferenceObject() gives it back.
 * It is the process's credentials as they are now. Differs from Windows: NULL when there
 * is no memory, or the process is gone.
 */
PACCESS_TOKEN PsReferencePrimaryToken(PEPROCESS Process)
{
	const struct cred *cred = cred_of(Process);
	struct token *token;

	if (!cred)
		return NULL;
	token = kzalloc(sizeof(*token), GFP_KERNEL);
	if (!token) {
		put_cred(cred);
		return NULL;
	}
	nt_object_init(&token->ob, &nt_token_type);
	token->cred = cred;
	return &token->cred;
}
EXPORT_SYMBOL(PsReferencePrimaryToken);

/**
 * PsDereferencePrimaryToken - give a token back
 * @PrimaryToken: from PsReferencePrimaryToken()
 *
 * IRQL: PASSIVE_LEVEL.
 */
void PsDereferencePrimaryToken(PACCESS_TOKEN PrimaryToken)
{
	ObfDereferenceObject(PrimaryToken);
}
EXPORT_SYMBOL(PsDereferencePrimaryToken);

/**
 * SeTokenIsAdmin - is it an administrator's?
 * @Token: from PsReferencePrimaryToken()
 *
 * IRQL: PASSIVE_LEVEL. True for who has CAP_SYS_ADMIN in the system, not in a user
 * namespace only.
 */
BOOLEAN SeTokenIsAdmin(PACCESS_TOKEN Token)
{
	const struct cred *cred = token_of(Token)->cred;

	return cred->user_ns == &init_user_ns && cap_raised(cred->cap_effective, CAP_SYS_ADMIN);
}
EXPORT_SYMBOL(SeTokenIsAdmin);

/* The capability that comes closest, plus one. */
static const u8 capabilities[] = {
	[SE_CREATE_TOKEN_PRIVILEGE] = CAP_SETUID + 1,
	[SE_ASSIGNPRIMARYTOKEN_PRIVILEGE] = CAP_SETUID + 1,
	[SE_LOCK_MEMORY_PRIVILEGE] = CAP_IPC_LOCK + 1,
	[SE_INCREASE_QUOTA_PRIVILEGE] = CAP_SYS_RESOURCE + 1,
	[SE_TCB_PRIVILEGE] = CAP_SYS_ADMIN + 1,
	[SE_SECURITY_PRIVILEGE] = CAP_AUDIT_CONTROL + 1,
	[SE_TAKE_OWNERSHIP_PRIVILEGE] = CAP_CHOWN + 1,
	[SE_LOAD_DRIVER_PRIVILEGE] = CAP_SYS_MODULE + 1,
	[SE_SYSTEM_PROFILE_PRIVILEGE] = CAP_PERFMON + 1,
	[SE_SYSTEMTIME_PRIVILEGE] = CAP_SYS_TIME + 1,
	[SE_PROF_SINGLE_PROCESS_PRIVILEGE] = CAP_PERFMON + 1,
	[SE_INC_BASE_PRIORITY_PRIVILEGE] = CAP_SYS_NICE + 1,
	[SE_BACKUP_PRIVILEGE] = CAP_DAC_READ_SEARCH + 1,
	[SE_RESTORE_PRIVILEGE] = CAP_DAC_OVERRIDE + 1,
	[SE_SHUTDOWN_PRIVILEGE] = CAP_SYS_BOOT + 1,
	[SE_DEBUG_PRIVILEGE] = CAP_SYS_PTRACE + 1,
	[SE_SYSTEM_ENVIRONMENT_PRIVILEGE] = CAP_SYS_ADMIN + 1,
	[SE_MANAGE_VOLUME_PRIVILEGE] = CAP_SYS_ADMIN + 1,
};

/**
 * SeSinglePrivilegeCheck - has the calling thread a privilege?
 * @PrivilegeValue: SE_x_PRIVILEGE
 * @PreviousMode: KernelMode has all
 *
 * IRQL: PASSIVE_LEVEL. Asks for the capability that comes closest; a privilege that none
 * stands for nobody has, but SeChangeNotifyPrivilege, which everybody has.
 */
BOOLEAN SeSinglePrivilegeCheck(LUID PrivilegeValue, KPROCESSOR_MODE PreviousMode)
{
	ULONG number = PrivilegeValue.LowPart;

	if (PreviousMode == KernelMode)
		return TRUE;
	if (PrivilegeValue.HighPart)
		return FALSE;
	if (number == SE_CHANGE_NOTIFY_PRIVILEGE)
		return TRUE;
	return number < ARRAY_SIZE(capabilities) && capabilities[number] &&
	       capable(capabilities[number] - 1);
}
EXPORT_SYMBOL(SeSinglePrivilegeCheck);
