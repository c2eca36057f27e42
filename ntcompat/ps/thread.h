/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Thread objects. Drivers see a PKTHREAD or PETHREAD, which are the same address
 * and of no known layout but for the dispatcher header.
 *
 * A system thread, which a driver made, has its object from the start. Any other
 * task that runs a driver's code gets one when it is first asked for.
 *
 * Who holds one: the thread itself, until it exits (a system thread) or its task
 * is freed (others); each handle and ObReferenceObject().
 */
#ifndef _NTCOMPAT_PS_THREAD_H
#define _NTCOMPAT_PS_THREAD_H

#include "../nt.h"
#include "../ob/object.h"
#include <linux/percpu.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>

struct module;
struct nt_process;

/**
 * struct nt_thread - a thread object
 * @ob: its count
 * @header: signalled when the thread has ended; where a PKTHREAD points to
 * @task: referenced
 * @process: referenced
 * @node: in the table of threads by task
 * @rcu: lookups of another task may still read it when it is freed
 * @mutexes: the KMUTEXes that it owns, see ke/mutex.c
 * @apc_disable: critical regions that it is in, mutexes among them
 * @all_apc_disable: guarded regions
 * @at_apc_level: its IRQL is APC_LEVEL
 * @priority: NT's, 1 to 31
 * @base_priority: what KeSetBasePriorityThread() made of it
 * @user_cpus: where it ran before a driver set its affinity; or NULL
 * @system_affinity: what the driver set, 0 for nothing; in group @system_group
 * @system_group: see there
 * @exit_status: STATUS_PENDING until it has ended
 * @link: of a system thread, in the list of them; else empty
 * @routine: of a system thread: where it starts
 * @context: its argument
 */
struct nt_thread {
	struct nt_object ob;
	DISPATCHER_HEADER header;
	struct task_struct *task;
	struct nt_process *process;
	struct hlist_node node;
	struct rcu_head rcu;
	LIST_ENTRY mutexes;
	int apc_disable;
	int all_apc_disable;
	bool at_apc_level;
	KPRIORITY priority;
	KPRIORITY base_priority;
	struct cpumask *user_cpus;
	KAFFINITY system_affinity;
	unsigned int system_group;
	NTSTATUS exit_status;
	struct list_head link;
	PKSTART_ROUTINE routine;
	void *context;
};
NT_ASSERT_BODY(struct nt_thread, ob, header);

static inline struct nt_thread *nt_thread(PKTHREAD thread)
{
	return container_of((PDISPATCHER_HEADER)thread, struct nt_thread, header);
}

static inline PKTHREAD nt_thread_body(struct nt_thread *nt)
{
	return (PKTHREAD)&nt->header;
}

/* Who asked last on this CPU. */
DECLARE_PER_CPU(struct nt_thread *, nt_thread_cache);

PKTHREAD nt_thread_find_or_make(void);

/**
 * nt_thread_current - the object of the current thread
 *
 * IRQL: any; of a DPC or an ISR it is the thread that they interrupted, as on
 * Windows. It stays as long as the thread.
 */
static __always_inline PKTHREAD nt_thread_current(void)
{
	struct nt_thread *nt;
	bool found;

	/* What is cached may be another task's, and be freed: after a grace period. */
	preempt_disable();
	nt = __this_cpu_read(nt_thread_cache);
	found = nt && nt->task == current;
	preempt_enable();
	return likely(found) ? nt_thread_body(nt) : nt_thread_find_or_make();
}

/* No code of the module is run by a system thread any more. PASSIVE_LEVEL */
void nt_threads_reap(struct module *module);

/* NT's priority of a task that no driver gave one. */
KPRIORITY nt_priority_of(struct task_struct *task);

int nt_thread_setup(void);
void nt_thread_teardown(void);

#endif /* _NTCOMPAT_PS_THREAD_H */
