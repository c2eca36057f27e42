// SPDX-License-Identifier: GPL-2.0
/*
 * Thread objects of all tasks.
 *
 * Two tracepoints tell of a task's end, as nothing else tells a module: at its exit
 * the object is signalled and its mutexes are abandoned, when it is freed the object
 * loses the reference that stood for it. In between it may still run a driver's code,
 * as when its files are closed, and is the same thread then.
 */
#include "thread.h"
#include "process.h"
#include "system.h"
#include "../ke/dispatcher.h"
#include "../ke/irql.h"
#include "../ke/mutex.h"
#include <linux/hashtable.h>
#include <linux/sched/task.h>
#include <linux/tracepoint.h>

DEFINE_PER_CPU(struct nt_thread *, nt_thread_cache);

/* By task; read under RCU. */
static DEFINE_HASHTABLE(threads, 8);
static DEFINE_RAW_SPINLOCK(threads_lock);
static atomic_t count = ATOMIC_INIT(0);

/* Who asks at DISPATCH_LEVEL when there is no memory. */
static struct nt_thread nobody;

static void release(void *body)
{
	struct nt_thread *nt = nt_thread(body);

	nt_object_put(&nt->process->ob);
	put_task_struct(nt->task);
	kfree(nt->user_cpus);
	kfree_rcu(nt, rcu);
}

struct _OBJECT_TYPE nt_thread_type = {
	.name = "Thread",
	.mapping = {
		.GenericRead = STANDARD_RIGHTS_READ,
		.GenericWrite = STANDARD_RIGHTS_WRITE,
		.GenericExecute = STANDARD_RIGHTS_EXECUTE | SYNCHRONIZE,
		.GenericAll = THREAD_ALL_ACCESS,
	},
	.release = release,
};

static POBJECT_TYPE thread_type_pointer = &nt_thread_type;

POBJECT_TYPE *PsThreadType = &thread_type_pointer;
EXPORT_SYMBOL(PsThreadType);

void nt_thread_init(struct nt_thread *nt, struct task_struct *task, struct nt_process *process)
{
	nt_object_init(&nt->ob, &nt_thread_type);
	nt_dispatcher_init(&nt->header, ThreadObject, sizeof(nt->header), 0);
	nt->task = get_task_struct(task);
	nt->process = process;
	InitializeListHead(&nt->mutexes);
	INIT_LIST_HEAD(&nt->link);
	nt->priority = nt_priority_of(task);
	nt->base_priority = nt->priority;
	nt->exit_status = STATUS_PENDING;
}

static struct nt_thread *find(const struct task_struct *task)
{
	struct nt_thread *nt;

	hash_for_each_possible_rcu(threads, nt, node, (unsigned long)task,
				   lockdep_is_held(&threads_lock))
		if (nt->task == task)
			return nt;
	return NULL;
}

/**
 * nt_thread_add - from now on it is the object of its task
 * @nt: initialised
 *
 * Returns it, or the one that the task has already.
 */
struct nt_thread *nt_thread_add(struct nt_thread *nt)
{
	struct nt_thread *there;
	unsigned long flags;

	raw_spin_lock_irqsave(&threads_lock, flags);
	there = find(nt->task);
	if (!there)
		hash_add_rcu(threads, &nt->node, (unsigned long)nt->task);
	raw_spin_unlock_irqrestore(&threads_lock, flags);
	if (there)
		return there;
	atomic_inc(&count);
	return nt;
}

static struct nt_thread *make(void)
{
	gfp_t gfp = nt_gfp();
	struct nt_thread *nt, *there;
	struct nt_process *process;

	/* KeGetCurrentThread() has no way to fail. */
	nt = kzalloc(sizeof(*nt), gfp == GFP_KERNEL ? gfp | __GFP_NOFAIL : gfp);
	if (!nt)
		return &nobody;
	process = nt_process_of_current();
	if (!process) {
		kfree(nt);
		return &nobody;
	}
	nt_thread_init(nt, current, process);
	there = nt_thread_add(nt);
	if (there != nt)
		nt_object_put(&nt->ob);
	return there;
}

PKTHREAD nt_thread_find_or_make(void)
{
	struct nt_thread *nt;

	rcu_read_lock();
	nt = find(current);
	rcu_read_unlock();
	if (!nt)
		nt = make();
	/* Nobody else's task is the current one, so this cannot go stale before its end. */
	if (nt != &nobody)
		this_cpu_write(nt_thread_cache, nt);
	return nt_thread_body(nt);
}

/* ---- The end of a thread ---- */

/**
 * nt_thread_ended - a thread runs no more code of drivers, but for the closing of files
 * @nt: the current thread's
 * @status: its exit status
 *
 * IRQL: <= DISPATCH_LEVEL. Nothing is done the second time.
 */
void nt_thread_ended(struct nt_thread *nt, NTSTATUS status)
{
	struct nt_signal signal;
	unsigned long flags;

	if (nt->exit_status != STATUS_PENDING)
		return;
	nt_mutexes_abandon(nt_thread_body(nt));
	if (nt->at_apc_level)
		KeLowerIrql(PASSIVE_LEVEL);
	nt->exit_status = status;
	if (nt->routine)
		nt_live_dec(NT_LIVE_THREAD);
	local_irq_save(flags);
	nt_signal_lock(&nt->header, &signal);
	nt_dispatcher_signal(&nt->header, &signal);
	nt_signal_unlock(&nt->header, &signal);
	local_irq_restore(flags);
}

static void on_exit(void *unused, struct task_struct *task)
{
	struct nt_thread *nt;

	if (!atomic_read(&count))
		return;
	rcu_read_lock();
	nt = find(task);
	rcu_read_unlock();
	if (nt)
		nt_thread_ended(nt, STATUS_SUCCESS);
}

static void forget(struct nt_thread *nt)
{
	int cpu;

	hash_del_rcu(&nt->node);
	for_each_possible_cpu(cpu)
		cmpxchg(per_cpu_ptr(&nt_thread_cache, cpu), nt, NULL);
	atomic_dec(&count);
}

static void on_free(void *unused, struct task_struct *task)
{
	struct nt_thread *nt = NULL;
	unsigned long flags;

	if (!atomic_read(&count))
		return;
	raw_spin_lock_irqsave(&threads_lock, flags);
	nt = find(task);
	if (nt)
		forget(nt);
	raw_spin_unlock_irqrestore(&threads_lock, flags);
	if (nt) {
		nt_system_thread_unlink(nt);
		nt_object_put(&nt->ob);
	}
	if (task->group_leader == task)
		nt_process_forget(task);
}

/* ---- Any thread ---- */

/**
 * KeGetCurrentThread - the object of the current thread
 *
 * IRQL: any. It stays as long as the thread; ObReferenceObject() makes it stay longer.
 */
PKTHREAD KeGetCurrentThread(void)
{
	return nt_thread_current();
}
EXPORT_SYMBOL(KeGetCurrentThread);

/**
 * PsGetCurrentThread - the same
 *
 * IRQL: any.
 */
PETHREAD PsGetCurrentThread(void)
{
	return (PETHREAD)nt_thread_current();
}
EXPORT_SYMBOL(PsGetCurrentThread);

/**
 * PsGetCurrentThreadId - the id of the current thread: Linux's
 *
 * IRQL: any.
 */
HANDLE PsGetCurrentThreadId(void)
{
	return UlongToHandle(task_pid_nr(current));
}
EXPORT_SYMBOL(PsGetCurrentThreadId);

/**
 * PsGetThreadId - the id of a thread
 * @Thread: its object
 *
 * IRQL: any. 0 when it is gone.
 */
HANDLE PsGetThreadId(PETHREAD Thread)
{
	return UlongToHandle(task_pid_nr(nt_thread((PKTHREAD)Thread)->task));
}
EXPORT_SYMBOL(PsGetThreadId);

/**
 * PsGetThreadProcessId - the id of a thread's process
 * @Thread: its object
 *
 * IRQL: any.
 */
HANDLE PsGetThreadProcessId(PETHREAD Thread)
{
	return nt_thread((PKTHREAD)Thread)->process->id;
}
EXPORT_SYMBOL(PsGetThreadProcessId);

/**
 * IoThreadToProcess - the process of a thread
 * @Thread: its object
 *
 * IRQL: any. It stays as long as the thread's object.
 */
PEPROCESS IoThreadToProcess(PETHREAD Thread)
{
	return nt_process_body(nt_thread((PKTHREAD)Thread)->process);
}
EXPORT_SYMBOL(IoThreadToProcess);

/**
 * PsIsSystemThread - does a thread run in the kernel only?
 * @Thread: its object
 *
 * IRQL: any.
 */
BOOLEAN PsIsSystemThread(PETHREAD Thread)
{
	return !!(nt_thread((PKTHREAD)Thread)->task->flags & PF_KTHREAD);
}
EXPORT_SYMBOL(PsIsSystemThread);

/**
 * PsIsThreadTerminating - has a thread begun to exit?
 * @Thread: its object
 *
 * IRQL: any.
 */
BOOLEAN PsIsThreadTerminating(PETHREAD Thread)
{
	struct nt_thread *nt = nt_thread((PKTHREAD)Thread);

	return nt->exit_status != STATUS_PENDING || READ_ONCE(nt->task->flags) & PF_EXITING;
}
EXPORT_SYMBOL(PsIsThreadTerminating);

/**
 * PsGetThreadExitStatus - what a thread ended with
 * @Thread: its object
 *
 * IRQL: <= DISPATCH_LEVEL. STATUS_PENDING while it runs. Of a program's thread it is
 * STATUS_SUCCESS, whatever its program says.
 */
NTSTATUS PsGetThreadExitStatus(PETHREAD Thread)
{
	return READ_ONCE(nt_thread((PKTHREAD)Thread)->exit_status);
}
EXPORT_SYMBOL(PsGetThreadExitStatus);

/**
 * PsGetThreadCreateTime - when a thread began
 * @Thread: its object
 *
 * IRQL: any. Returns 100 ns units since 1601.
 */
LONGLONG PsGetThreadCreateTime(PETHREAD Thread)
{
	return nt_create_time(nt_thread((PKTHREAD)Thread)->task);
}
EXPORT_SYMBOL(PsGetThreadCreateTime);

/* ---- Setup ---- */

static struct {
	const char *name;
	void *probe;
	struct tracepoint *point;
} probes[] = {
	{ "sched_process_exit", on_exit },
	{ "sched_process_free", on_free },
};

static void look_for_probes(struct tracepoint *point, void *unused)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(probes); i++)
		if (!strcmp(point->name, probes[i].name))
			probes[i].point = point;
}

static void unregister_probes(int done)
{
	while (done-- > 0)
		tracepoint_probe_unregister(probes[done].point, probes[done].probe, NULL);
	tracepoint_synchronize_unregister();
}

int __init nt_thread_setup(void)
{
	int i, error;

	nt_process_setup();
	nt_thread_init(&nobody, &init_task, nt_process(PsInitialSystemProcess));
	for_each_kernel_tracepoint(look_for_probes, NULL);
	for (i = 0; i < ARRAY_SIZE(probes); i++) {
		error = probes[i].point ? tracepoint_probe_register(probes[i].point,
								    probes[i].probe, NULL) : -ENOENT;
		if (error) {
			unregister_probes(i);
			return error;
		}
	}
	return 0;
}

void nt_thread_teardown(void)
{
	struct nt_thread *nt;
	struct hlist_node *next;
	int i;

	unregister_probes(ARRAY_SIZE(probes));
	hash_for_each_safe(threads, i, next, nt, node) {
		forget(nt);
		nt_object_put(&nt->ob);
	}
	nt_process_teardown();
	put_task_struct(nobody.task);
	rcu_barrier();
}
