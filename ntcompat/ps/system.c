// SPDX-License-Identifier: GPL-2.0
/*
 * System threads: Linux kernel threads that run a routine of a driver.
 *
 * The driver's code must stay as long as a thread may run it. A reference to the
 * module would not do: rmmod would be refused, and Unload, which tells the thread to
 * end, never be called. So the end of the driver waits, after Unload, for all threads
 * that began in its code (nt_threads_reap()), however long it takes: there is no way
 * to end a thread from outside. From PsTerminateSystemThread() on a thread runs code
 * of ntcompat only, which has a reference for each until it is in Linux's code.
 */
#include "system.h"
#include "process.h"
#include "../gate.h"
#include "../io/threaded.h"
#include "../ob/handle.h"
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/mutex.h>

#define PATIENCE_MS	5000

/* nt_thread.link, until their tasks are freed. Taken in a softirq, too. */
static LIST_HEAD(system_threads);
static DEFINE_SPINLOCK(system_threads_lock);

static void __noreturn end(struct nt_thread *nt, NTSTATUS status)
{
	/* Before the driver may be told that the thread has ended. */
	nt_threaded_cancel(current);
	nt_thread_ended(nt, status);
	module_put_and_kthread_exit(0);
}

static int run(void *data)
{
	struct nt_thread *nt = data;

	nt_call_thread(nt->routine, nt->context);
	end(nt, STATUS_SUCCESS);
}

static struct nt_thread *make(PKSTART_ROUTINE routine, void *context)
{
	struct nt_thread *nt = kzalloc(sizeof(*nt), GFP_KERNEL);
	struct task_struct *task;

	if (!nt)
		return NULL;
	task = kthread_create(run, nt, "nt/%ps", routine);
	if (IS_ERR(task)) {
		kfree(nt);
		return NULL;
	}
	nt_object_get(&nt_process(PsInitialSystemProcess)->ob);
	nt_thread_init(nt, task, nt_process(PsInitialSystemProcess));
	nt->routine = routine;
	nt->context = context;
	/* "PsCreateSystemThread": it starts inside a critical region. */
	nt->apc_disable = 1;
	nt_thread_add(nt);
	return nt;
}

static void start(struct nt_thread *nt)
{
	__module_get(THIS_MODULE);
	nt_live_inc(NT_LIVE_THREAD);
	spin_lock_bh(&system_threads_lock);
	list_add_tail(&nt->link, &system_threads);
	spin_unlock_bh(&system_threads_lock);
	wake_up_process(nt->task);
}

/* Only the system process has threads of the kernel's. */
static NTSTATUS check(POBJECT_ATTRIBUTES attributes, HANDLE process)
{
	if (attributes && attributes->Attributes & (OBJ_PERMANENT | OBJ_EXCLUSIVE | OBJ_OPENIF))
		return STATUS_INVALID_PARAMETER;
	if (!process || (process == NtCurrentProcess() && current->flags & PF_KTHREAD))
		return STATUS_SUCCESS;
	return process == NtCurrentProcess() ? STATUS_NOT_SUPPORTED : STATUS_INVALID_HANDLE;
}

/**
 * PsCreateSystemThread - make a thread
 * @ThreadHandle: receives a kernel handle, for ZwClose()
 * @DesiredAccess: THREAD_ALL_ACCESS and the like
 * @ObjectAttributes: OBJ_x; or NULL
 * @ProcessHandle: NULL. A thread in a program's address space is refused
 * @ClientId: receives its ids; or NULL
 * @StartRoutine: runs at PASSIVE_LEVEL, in a critical region
 * @StartContext: its argument
 *
 * IRQL: PASSIVE_LEVEL. The thread may have ended before the call returns. A routine
 * that returns ends it, with STATUS_SUCCESS. Returns STATUS_SUCCESS,
 * STATUS_INVALID_PARAMETER, STATUS_INVALID_HANDLE, STATUS_NOT_SUPPORTED or
 * STATUS_INSUFFICIENT_RESOURCES, also when the caller is being killed.
 */
NTSTATUS PsCreateSystemThread(PHANDLE ThreadHandle, ULONG DesiredAccess,
			      POBJECT_ATTRIBUTES ObjectAttributes, HANDLE ProcessHandle,
			      PCLIENT_ID ClientId, PKSTART_ROUTINE StartRoutine, PVOID StartContext)
{
	NTSTATUS status = check(ObjectAttributes, ProcessHandle);
	struct nt_thread *nt;

	if (!NT_SUCCESS(status))
		return status;
	nt = make(StartRoutine, StartContext);
	if (!nt)
		return STATUS_INSUFFICIENT_RESOURCES;
	status = nt_handle_create(nt_thread_body(nt), DesiredAccess,
				  ObjectAttributes ? ObjectAttributes->Attributes : 0, ThreadHandle);
	if (!NT_SUCCESS(status)) {
		/* It never ran; its object goes with its task. */
		nt->routine = NULL;
		kthread_stop(nt->task);
		return status;
	}
	if (ClientId) {
		ClientId->UniqueProcess = nt->process->id;
		ClientId->UniqueThread = PsGetThreadId((PETHREAD)nt_thread_body(nt));
	}
	start(nt);
	return STATUS_SUCCESS;
}
EXPORT_SYMBOL(PsCreateSystemThread);

/**
 * PsTerminateSystemThread - end the current thread
 * @ExitStatus: what PsGetThreadExitStatus() shall say
 *
 * IRQL: PASSIVE_LEVEL. Returns only when the thread is none that
 * PsCreateSystemThread() made: STATUS_INVALID_PARAMETER. Mutexes that it owns are
 * abandoned, its IRPs cancelled.
 */
NTSTATUS PsTerminateSystemThread(NTSTATUS ExitStatus)
{
	struct nt_thread *nt = nt_thread(nt_thread_current());

	if (!nt->routine)
		return STATUS_INVALID_PARAMETER;
	end(nt, ExitStatus);
}
EXPORT_SYMBOL(PsTerminateSystemThread);

void nt_system_thread_unlink(struct nt_thread *nt)
{
	spin_lock_bh(&system_threads_lock);
	list_del_init(&nt->link);
	spin_unlock_bh(&system_threads_lock);
}

/* Of one that runs, or may still be on its way out. Referenced. */
static struct nt_thread *first_of(const struct module *module)
{
	struct nt_thread *nt, *found = NULL;

	spin_lock_bh(&system_threads_lock);
	list_for_each_entry(nt, &system_threads, link)
		if (within_module((unsigned long)nt->routine, module)) {
			nt_object_get(&nt->ob);
			list_del_init(&nt->link);
			found = nt;
			break;
		}
	spin_unlock_bh(&system_threads_lock);
	return found;
}

static void wait_for_end(struct nt_thread *nt, struct module *module)
{
	LARGE_INTEGER timeout = { .QuadPart = -PATIENCE_MS * 10000LL };

	if (KeWaitForSingleObject(&nt->header, Executive, KernelMode, FALSE, &timeout) ==
	    STATUS_SUCCESS)
		return;
	pr_err("%s is unloaded, but its thread %s (%d) still runs: waiting for its end\n",
	       module_name(module), nt->task->comm, task_pid_nr(nt->task));
	KeWaitForSingleObject(&nt->header, Executive, KernelMode, FALSE, NULL);
}

void nt_threads_reap(struct module *module)
{
	struct nt_thread *nt;

	while ((nt = first_of(module))) {
		wait_for_end(nt, module);
		/* Its object is signalled, so this only waits for the task itself. */
		kthread_stop(nt->task);
		nt_object_put(&nt->ob);
	}
}
