// SPDX-License-Identifier: GPL-2.0
/*
 * On which processors a driver lets the current thread run: its system affinity. The
 * first change keeps what the thread had before, its user affinity, for the revert.
 */
#include "thread.h"
#include "../ke/irql.h"
#include <linux/cpumask.h>

#define GROUP_SIZE	64U


static bool move(KAFFINITY mask, unsigned int group)
{
	cpumask_var_t cpus;
	unsigned int cpu;
	bool moved;

	if (!zalloc_cpumask_var(&cpus, GFP_KERNEL))
		return false;
	for_each_online_cpu(cpu)
		if (cpu / GROUP_SIZE == group && mask & 1ULL << cpu % GROUP_SIZE)
			cpumask_set_cpu(cpu, cpus);
	moved = !cpumask_empty(cpus) && !set_cpus_allowed_ptr(current, cpus);
	free_cpumask_var(cpus);
	return moved;
}

static bool keep_user_affinity(struct nt_thread *nt)
{
	if (nt->user_cpus)
		return true;
	nt->user_cpus = kmemdup(current->cpus_ptr, cpumask_size(), GFP_KERNEL);
	return nt->user_cpus;
}

static bool set(KAFFINITY mask, unsigned int group)
{
	struct nt_thread *nt = nt_thread(nt_thread_current());
	bool first = !nt->user_cpus;

	if (WARN_ONCE(nt_at_dispatch_or_above(), "a thread's affinity is set at DISPATCH_LEVEL\n") ||
	    !keep_user_affinity(nt))
		return false;
	if (move(mask, group)) {
		nt->system_affinity = mask;
		nt->system_group = group;
		return true;
	}
	if (first) {
		kfree(nt->user_cpus);
		nt->user_cpus = NULL;
	}
	return false;
}

static void revert(void)
{
	struct nt_thread *nt = nt_thread(nt_thread_current());

	if (!nt->user_cpus)
		return;
	set_cpus_allowed_ptr(current, nt->user_cpus);
	kfree(nt->user_cpus);
	nt->user_cpus = NULL;
	nt->system_affinity = 0;
}

/**
 * KeSetSystemAffinityThreadEx - run the current thread on given processors
 * @Affinity: which of group 0; some of them must run
 *
 * IRQL: <= APC_LEVEL. (Windows also allows DISPATCH_LEVEL, and moves later.) Returns the
 * former system affinity, 0 when there was none.
 */
KAFFINITY KeSetSystemAffinityThreadEx(KAFFINITY Affinity)
{
	KAFFINITY old = nt_thread(nt_thread_current())->system_affinity;

	set(Affinity, 0);
	return old;
}
EXPORT_SYMBOL(KeSetSystemAffinityThreadEx);

/**
 * KeSetSystemAffinityThread - the same, without an answer
 * @Affinity: which of group 0
 *
 * IRQL: <= APC_LEVEL.
 */
void KeSetSystemAffinityThread(KAFFINITY Affinity)
{
	set(Affinity, 0);
}
EXPORT_SYMBOL(KeSetSystemAffinityThread);

/**
 * KeRevertToUserAffinityThreadEx - undo KeSetSystemAffinityThreadEx()
 * @Affinity: what that returned
 *
 * IRQL: <= APC_LEVEL.
 */
void KeRevertToUserAffinityThreadEx(KAFFINITY Affinity)
{
	if (Affinity)
		set(Affinity, 0);
	else
		revert();
}
EXPORT_SYMBOL(KeRevertToUserAffinityThreadEx);

/**
 * KeRevertToUserAffinityThread - run the current thread where it ran before
 *
 * IRQL: <= APC_LEVEL.
 */
void KeRevertToUserAffinityThread(void)
{
	revert();
}
EXPORT_SYMBOL(KeRevertToUserAffinityThread);

/**
 * KeSetSystemGroupAffinityThread - run the current thread on given processors of a group
 * @Affinity: group and processors
 * @PreviousAffinity: receives what KeRevertToUserGroupAffinityThread() wants; or NULL
 *
 * IRQL: <= APC_LEVEL. Its mask is 0 when there was no system affinity.
 */
void KeSetSystemGroupAffinityThread(PGROUP_AFFINITY Affinity, PGROUP_AFFINITY PreviousAffinity)
{
	struct nt_thread *nt = nt_thread(nt_thread_current());
	GROUP_AFFINITY old = { .Mask = nt->system_affinity, .Group = nt->system_group };

	set(Affinity->Mask, Affinity->Group);
	if (PreviousAffinity)
		*PreviousAffinity = old;
}
EXPORT_SYMBOL(KeSetSystemGroupAffinityThread);

/**
 * KeRevertToUserGroupAffinityThread - undo KeSetSystemGroupAffinityThread()
 * @PreviousAffinity: what that gave
 *
 * IRQL: <= APC_LEVEL.
 */
void KeRevertToUserGroupAffinityThread(PGROUP_AFFINITY PreviousAffinity)
{
	if (PreviousAffinity->Mask)
		set(PreviousAffinity->Mask, PreviousAffinity->Group);
	else
		revert();
}
EXPORT_SYMBOL(KeRevertToUserGroupAffinityThread);
