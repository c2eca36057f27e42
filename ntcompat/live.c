// SPDX-License-Identifier: GPL-2.0
/* The counters of live objects, and the file that shows them. */
#include "live.h"
#include "nt.h"
#include <linux/debugfs.h>
#include <linux/seq_file.h>

DEFINE_PER_CPU(long [NT_LIVE_KINDS], nt_live);

static const char * const kind_names[NT_LIVE_KINDS] = {
	[NT_LIVE_DRIVER] = "drivers",
	[NT_LIVE_DEVICE] = "devices",
	[NT_LIVE_FILE] = "files",
	[NT_LIVE_IRP] = "irps",
	[NT_LIVE_MDL] = "mdls",
	[NT_LIVE_PINNED_PAGE] = "pinned_pages",
	[NT_LIVE_POOL_BLOCK] = "pool_blocks",
	[NT_LIVE_POOL_BYTE] = "pool_bytes",
	[NT_LIVE_NAME] = "names",
	[NT_LIVE_INTERRUPT] = "interrupts",
	[NT_LIVE_ADAPTER] = "adapters",
	[NT_LIVE_MAP_REGISTER] = "map_registers",
	[NT_LIVE_COMMON_BUFFER] = "common_buffers",
	[NT_LIVE_IOSPACE] = "iospaces",
	[NT_LIVE_DEVNODE] = "devnodes",
	[NT_LIVE_EVENT] = "events",
	[NT_LIVE_HANDLE] = "handles",
	[NT_LIVE_THREAD] = "threads",
	[NT_LIVE_WORK_ITEM] = "work_items",
	[NT_LIVE_CLAIM] = "resource_claims",
	[NT_LIVE_LOG_ENTRY] = "error_log_entries",
	[NT_LIVE_CONTIGUOUS] = "contiguous_blocks",
	[NT_LIVE_MDL_PAGE] = "mdl_pages",
	[NT_LIVE_CALLBACK] = "callbacks",
	[NT_LIVE_CONTROLLER] = "controllers",
	[NT_LIVE_KEY] = "keys",
	[NT_LIVE_SECTION] = "sections",
	[NT_LIVE_SYSTEM_VIEW] = "system_views",
};

/* Objects die on other CPUs than where they were born: only the sum means much. */
long nt_live_count(enum nt_live_kind kind)
{
	long sum = 0;
	int cpu;

	for_each_possible_cpu(cpu)
		sum += per_cpu(nt_live[kind], cpu);
	return sum;
}

static int live_show(struct seq_file *m, void *v)
{
	int kind;

	for (kind = 0; kind < NT_LIVE_KINDS; kind++)
		seq_printf(m, "%s %ld\n", kind_names[kind], nt_live_count(kind));
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(live);

static struct dentry *root;

int __init nt_live_setup(void)
{
	root = debugfs_create_dir("ntcompat", NULL);
	debugfs_create_file("live", 0400, root, NULL, &live_fops);
	return 0;
}

void nt_live_teardown(void)
{
	int kind;

	debugfs_remove(root);
	for (kind = 0; kind < NT_LIVE_KINDS; kind++)
		if (nt_live_count(kind))
			pr_err("%ld %s leaked\n", nt_live_count(kind), kind_names[kind]);
}
