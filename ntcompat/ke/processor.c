// SPDX-License-Identifier: GPL-2.0
/*
 * Processors. NT's number of a processor is Linux's of a CPU; 64 of them form a group.
 */
#include "irql.h"
#include "processor.h"
#include "../gate.h"
#include "../ps/thread.h"
#include <linux/cache.h>
#include <linux/cpu.h>
#include <linux/cpumask.h>
#include <linux/nodemask.h>
#include <linux/smp.h>
#include <linux/topology.h>
#include <asm/smp.h>

#define GROUP_SIZE	64U

CCHAR KeNumberProcessors;
EXPORT_SYMBOL(KeNumberProcessors);

static unsigned int groups(void)
{
	return DIV_ROUND_UP(nr_cpu_ids, GROUP_SIZE);
}

static KAFFINITY mask_of(const struct cpumask *cpus, unsigned int group)
{
	KAFFINITY mask = 0;
	unsigned int cpu;

	for_each_cpu(cpu, cpus)
		if (cpu / GROUP_SIZE == group)
			mask |= 1ULL << cpu % GROUP_SIZE;
	return mask;
}

static ULONG count_of(const struct cpumask *cpus, unsigned int group)
{
	return group == ALL_PROCESSOR_GROUPS ? cpumask_weight(cpus) : hweight64(mask_of(cpus, group));
}

/**
 * KeQueryActiveProcessors - which processors of group 0 run
 *
 * IRQL: any.
 */
KAFFINITY KeQueryActiveProcessors(void)
{
	return mask_of(cpu_online_mask, 0);
}
EXPORT_SYMBOL(KeQueryActiveProcessors);

/**
 * KeQueryActiveProcessorCount - how many processors of group 0 run
 * @ActiveProcessors: receives which; or NULL
 *
 * IRQL: any.
 */
ULONG KeQueryActiveProcessorCount(PKAFFINITY ActiveProcessors)
{
	KAFFINITY mask = KeQueryActiveProcessors();

	if (ActiveProcessors)
		*ActiveProcessors = mask;
	return hweight64(mask);
}
EXPORT_SYMBOL(KeQueryActiveProcessorCount);

/**
 * KeQueryActiveProcessorCountEx - how many processors of a group run
 * @GroupNumber: the group, or ALL_PROCESSOR_GROUPS
 *
 * IRQL: any. 0 for a group that does not exist.
 */
ULONG KeQueryActiveProcessorCountEx(USHORT GroupNumber)
{
	return count_of(cpu_online_mask, GroupNumber);
}
EXPORT_SYMBOL(KeQueryActiveProcessorCountEx);

/**
 * KeQueryMaximumProcessorCount - how many processors group 0 may ever have
 *
 * IRQL: any.
 */
ULONG KeQueryMaximumProcessorCount(void)
{
	return count_of(cpu_possible_mask, 0);
}
EXPORT_SYMBOL(KeQueryMaximumProcessorCount);

/**
 * KeQueryMaximumProcessorCountEx - how many processors a group may ever have
 * @GroupNumber: the group, or ALL_PROCESSOR_GROUPS
 *
 * IRQL: any. 0 for a group that does not exist.
 */
ULONG KeQueryMaximumProcessorCountEx(USHORT GroupNumber)
{
	return count_of(cpu_possible_mask, GroupNumber);
}
EXPORT_SYMBOL(KeQueryMaximumProcessorCountEx);

/**
 * KeQueryActiveGroupCount - how many groups there are
 *
 * IRQL: any.
 */
USHORT KeQueryActiveGroupCount(void)
{
	return DIV_ROUND_UP(cpumask_last(cpu_online_mask) + 1, GROUP_SIZE);
}
EXPORT_SYMBOL(KeQueryActiveGroupCount);

/**
 * KeQueryMaximumGroupCount - how many groups there may ever be
 *
 * IRQL: any.
 */
USHORT KeQueryMaximumGroupCount(void)
{
	return groups();
}
EXPORT_SYMBOL(KeQueryMaximumGroupCount);

/**
 * KeQueryGroupAffinity - which processors of a group run
 * @GroupNumber: the group
 *
 * IRQL: any. 0 for a group that does not exist.
 */
KAFFINITY KeQueryGroupAffinity(USHORT GroupNumber)
{
	return mask_of(cpu_online_mask, GroupNumber);
}
EXPORT_SYMBOL(KeQueryGroupAffinity);

static void to_number(unsigned int cpu, PPROCESSOR_NUMBER number)
{
	number->Group = cpu / GROUP_SIZE;
	number->Number = cpu % GROUP_SIZE;
	number->Reserved = 0;
}

/**
 * KeGetCurrentProcessorNumberEx - the processor that the caller runs on
 * @ProcNumber: receives group and number; or NULL
 *
 * IRQL: any; below DISPATCH_LEVEL the answer may be stale at once. Returns its index.
 */
ULONG KeGetCurrentProcessorNumberEx(PPROCESSOR_NUMBER ProcNumber)
{
	unsigned int cpu = raw_smp_processor_id();

	if (ProcNumber)
		to_number(cpu, ProcNumber);
	return cpu;
}
EXPORT_SYMBOL(KeGetCurrentProcessorNumberEx);

/**
 * KeGetProcessorNumberFromIndex - group and number of a processor
 * @ProcIndex: its index
 * @ProcNumber: receives them
 *
 * IRQL: any. Returns STATUS_SUCCESS or STATUS_INVALID_PARAMETER.
 */
NTSTATUS KeGetProcessorNumberFromIndex(ULONG ProcIndex, PPROCESSOR_NUMBER ProcNumber)
{
	if (ProcIndex >= nr_cpu_ids || !cpu_possible(ProcIndex))
		return STATUS_INVALID_PARAMETER;
	to_number(ProcIndex, ProcNumber);
	return STATUS_SUCCESS;
}
EXPORT_SYMBOL(KeGetProcessorNumberFromIndex);

/**
 * KeGetProcessorIndexFromNumber - the index of a processor
 * @ProcNumber: its group and number
 *
 * IRQL: any. INVALID_PROCESSOR_INDEX when there is none.
 */
ULONG KeGetProcessorIndexFromNumber(PPROCESSOR_NUMBER ProcNumber)
{
	unsigned int cpu = ProcNumber->Group * GROUP_SIZE + ProcNumber->Number;

	if (ProcNumber->Number >= GROUP_SIZE || ProcNumber->Reserved || cpu >= nr_cpu_ids ||
	    !cpu_possible(cpu))
		return INVALID_PROCESSOR_INDEX;
	return cpu;
}
EXPORT_SYMBOL(KeGetProcessorIndexFromNumber);

/**
 * KeQueryHighestNodeNumber - the highest number of a NUMA node
 *
 * IRQL: any.
 */
USHORT KeQueryHighestNodeNumber(void)
{
	return nr_node_ids - 1;
}
EXPORT_SYMBOL(KeQueryHighestNodeNumber);

/**
 * KeGetCurrentNodeNumber - the NUMA node of the current processor
 *
 * IRQL: any; below DISPATCH_LEVEL the answer may be stale at once.
 */
USHORT KeGetCurrentNodeNumber(void)
{
	return cpu_to_node(raw_smp_processor_id());
}
EXPORT_SYMBOL(KeGetCurrentNodeNumber);

/**
 * KeGetRecommendedSharedDataAlignment - to keep processors out of each other's cache lines
 *
 * IRQL: any. Returns bytes.
 */
ULONG KeGetRecommendedSharedDataAlignment(void)
{
	return cache_line_size();
}
EXPORT_SYMBOL(KeGetRecommendedSharedDataAlignment);

/**
 * KeInvalidateAllCaches - write back and invalidate the caches of all processors
 *
 * IRQL: <= APC_LEVEL. Returns TRUE.
 */
BOOLEAN KeInvalidateAllCaches(void)
{
	wbinvd_on_all_cpus();
	return TRUE;
}
EXPORT_SYMBOL(KeInvalidateAllCaches);

/* ---- All processors at once ---- */

struct broadcast {
	PKIPI_BROADCAST_WORKER routine;
	ULONG_PTR context;
	ULONG_PTR result;		/* of the processor that asked */
	int source;
	atomic_t missing;		/* how many have not come to the barrier */
};

static void join(void *arg)
{
	struct broadcast *broadcast = arg;
	u8 old = nt_irql_enter_isr(IPI_LEVEL);
	ULONG_PTR result;

	atomic_dec(&broadcast->missing);
	while (atomic_read(&broadcast->missing))
		cpu_relax();
	result = nt_call_broadcast(broadcast->routine, broadcast->context);
	if (smp_processor_id() == broadcast->source)
		broadcast->result = result;
	nt_irql_leave_isr(old);
}

/**
 * KeIpiGenericCall - run a routine on all processors at the same time
 * @BroadcastFunction: called at IPI_LEVEL
 * @Context: its argument
 *
 * IRQL: <= DISPATCH_LEVEL, not in a DPC: Linux waits for other processors in a thread
 * only. Returns what the routine returned on this processor.
 */
ULONG_PTR KeIpiGenericCall(PKIPI_BROADCAST_WORKER BroadcastFunction, ULONG_PTR Context)
{
	static DEFINE_SPINLOCK(one_at_a_time);
	struct broadcast broadcast = { .routine = BroadcastFunction, .context = Context };

	/* Two at once would wait for each other at their barriers. */
	spin_lock_bh(&one_at_a_time);
	broadcast.source = smp_processor_id();
	atomic_set(&broadcast.missing, num_online_cpus());
	on_each_cpu(join, &broadcast, true);
	spin_unlock_bh(&one_at_a_time);
	return broadcast.result;
}
EXPORT_SYMBOL(KeIpiGenericCall);

void __init nt_processor_setup(void)
{
	KeNumberProcessors = min_t(unsigned int, num_online_cpus(), S8_MAX);
}
