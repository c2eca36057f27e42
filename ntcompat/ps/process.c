// SPDX-License-Identifier: GPL-2.0
/* Process objects. */
#include "process.h"
#include "thread.h"
#include "../ke/dispatcher.h"
#include "../ke/irql.h"
#include "../ke/time.h"
#include <linux/hashtable.h>
#include <linux/pid.h>

static void release(void *body)
{
	kfree(nt_process(body));
}

struct _OBJECT_TYPE nt_process_type = {
	.name = "Process",
	.mapping = {
		.GenericRead = STANDARD_RIGHTS_READ,
		.GenericWrite = STANDARD_RIGHTS_WRITE,
		.GenericExecute = STANDARD_RIGHTS_EXECUTE | SYNCHRONIZE,
		.GenericAll = PROCESS_ALL_ACCESS,
	},
	.release = release,
};

static POBJECT_TYPE process_type_pointer = &nt_process_type;

POBJECT_TYPE *PsProcessType = &process_type_pointer;
EXPORT_SYMBOL(PsProcessType);

/*
 * The id that drivers know of Windows. No program has it: the first processes of
 * Linux are kernel threads.
 */
#define SYSTEM_PROCESS_ID	((HANDLE)4)

static struct nt_process system_process;

PEPROCESS PsInitialSystemProcess;
EXPORT_SYMBOL(PsInitialSystemProcess);

static DEFINE_HASHTABLE(processes, 6);
static DEFINE_RAW_SPINLOCK(processes_lock);

s64 nt_create_time(const struct task_struct *task)
{
	return nt_system_time() - div_u64(ktime_get_boottime_ns() - task->start_boottime, 100);
}

static void init(struct nt_process *nt, struct task_struct *task, HANDLE id)
{
	nt_object_init(&nt->ob, &nt_process_type);
	nt_dispatcher_init(&nt->header, ProcessObject, sizeof(nt->header), 0);
	nt->id = id;
	nt->created = nt_create_time(task);
}

static struct nt_process *find(const struct signal_struct *key)
{
	struct nt_process *nt;

	lockdep_assert_held(&processes_lock);
	hash_for_each_possible(processes, nt, node, (unsigned long)key)
		if (nt->key == key)
			return nt;
	return NULL;
}

static struct nt_process *find_or_add(struct nt_process *new)
{
	struct nt_process *nt;
	unsigned long flags;

	raw_spin_lock_irqsave(&processes_lock, flags);
	nt = find(current->signal);
	if (!nt && new) {
		nt = new;
		nt->key = current->signal;
		hash_add(processes, &nt->node, (unsigned long)nt->key);
	}
	if (nt)
		nt_object_get(&nt->ob);
	raw_spin_unlock_irqrestore(&processes_lock, flags);
	return nt;
}

struct nt_process *nt_process_of_current(void)
{
	struct nt_process *nt, *new;

	if (current->flags & PF_KTHREAD) {
		nt_object_get(&system_process.ob);
		return &system_process;
	}
	nt = find_or_add(NULL);
	if (nt)
		return nt;
	new = kzalloc(sizeof(*new), nt_gfp());
	if (!new)
		return NULL;
	init(new, current->group_leader, UlongToHandle(task_tgid_nr(current)));
	nt = find_or_add(new);
	if (nt != new)
		kfree(new);
	return nt;
}

void nt_process_forget(const struct task_struct *leader)
{
	struct nt_process *nt;
	unsigned long flags;

	raw_spin_lock_irqsave(&processes_lock, flags);
	nt = find(leader->signal);
	if (nt) {
		hash_del(&nt->node);
		nt->key = NULL;
	}
	raw_spin_unlock_irqrestore(&processes_lock, flags);
	if (nt)
		nt_object_put(&nt->ob);
}

/**
 * IoGetCurrentProcess - the process of the current thread
 *
 * IRQL: <= DISPATCH_LEVEL. It is referenced on nobody's behalf: it stays as long as the
 * process. Kernel threads, and so system threads and work items, are the system process.
 */
PEPROCESS IoGetCurrentProcess(void)
{
	return nt_process_body(nt_thread(nt_thread_current())->process);
}
EXPORT_SYMBOL(IoGetCurrentProcess);

/**
 * PsGetCurrentProcessId - the id of the current process
 *
 * IRQL: <= DISPATCH_LEVEL. Of a program it is Linux's process id.
 */
HANDLE PsGetCurrentProcessId(void)
{
	return nt_thread(nt_thread_current())->process->id;
}
EXPORT_SYMBOL(PsGetCurrentProcessId);

/**
 * PsGetProcessId - the id of a process
 * @Process: its object
 *
 * IRQL: any.
 */
HANDLE PsGetProcessId(PEPROCESS Process)
{
	return nt_process(Process)->id;
}
EXPORT_SYMBOL(PsGetProcessId);

/**
 * PsGetProcessCreateTimeQuadPart - when a process began
 * @Process: its object
 *
 * IRQL: any. Returns 100 ns units since 1601.
 */
LONGLONG PsGetProcessCreateTimeQuadPart(PEPROCESS Process)
{
	return nt_process(Process)->created;
}
EXPORT_SYMBOL(PsGetProcessCreateTimeQuadPart);

void __init nt_process_setup(void)
{
	init(&system_process, &init_task, SYSTEM_PROCESS_ID);
	PsInitialSystemProcess = nt_process_body(&system_process);
}

/* No thread object is left: what is in the table has no reference but its own. */
void nt_process_teardown(void)
{
	struct nt_process *nt;
	struct hlist_node *next;
	int i;

	hash_for_each_safe(processes, i, next, nt, node) {
		hash_del(&nt->node);
		nt_object_put(&nt->ob);
	}
}
