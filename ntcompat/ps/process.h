/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Process objects. A process is what Linux calls a thread group, found by its
 * signal_struct: the leader may change, in execve(2). All kernel threads are the
 * initial system process.
 *
 * Who holds one: the process itself, until its last task is freed; each of its
 * thread objects; ObReferenceObject().
 */
#ifndef _NTCOMPAT_PS_PROCESS_H
#define _NTCOMPAT_PS_PROCESS_H

#include "../nt.h"
#include "../ob/object.h"
#include <linux/sched/signal.h>

/**
 * struct nt_process - a process object
 * @ob: its count
 * @header: never signalled: nobody waits for a process; where a PEPROCESS points to
 * @key: the signal_struct, only compared; NULL when the process is gone
 * @node: in the table by @key
 * @id: what drivers see
 * @created: when it began, 100 ns units since 1601
 */
struct nt_process {
	struct nt_object ob;
	DISPATCHER_HEADER header;
	const struct signal_struct *key;
	struct hlist_node node;
	HANDLE id;
	s64 created;
};
NT_ASSERT_BODY(struct nt_process, ob, header);

static inline struct nt_process *nt_process(PEPROCESS process)
{
	return container_of((PDISPATCHER_HEADER)process, struct nt_process, header);
}

static inline PEPROCESS nt_process_body(struct nt_process *nt)
{
	return (PEPROCESS)&nt->header;
}

/* Of the current task, referenced; NULL when there is no memory. */
struct nt_process *nt_process_of_current(void);

/* The last task of a process is freed. */
void nt_process_forget(const struct task_struct *leader);

void nt_process_setup(void);
void nt_process_teardown(void);

/* When a task began, as NT tells the time. */
s64 nt_create_time(const struct task_struct *task);

#endif /* _NTCOMPAT_PS_PROCESS_H */
