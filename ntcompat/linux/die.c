// SPDX-License-Identifier: GPL-2.0
/*
 * A word on an oops that NT drivers run into: Windows lets a driver use its
 * caller's addresses directly, Linux on a processor with SMAP does not.
 */
#include "../nt.h"
#include "die.h"
#include <linux/kdebug.h>
#include <linux/mm.h>
#include <asm/ptrace.h>
#include <asm/special_insns.h>

static int explain(struct notifier_block *block, unsigned long event, void *data)
{
	const struct die_args *args = data;
	unsigned long address;

	/* What a page fault is called, by nobody else; the trap number is of user mode. */
	if (event != DIE_OOPS || strcmp(args->str, "Oops") || !args->regs || user_mode(args->regs))
		return NOTIFY_DONE;
	address = native_read_cr2();
	/* In the first page it is a null pointer; outside of modules not a driver. */
	if (address < PAGE_SIZE || address >= TASK_SIZE_MAX ||
	    args->regs->ip < MODULES_VADDR || args->regs->ip >= MODULES_END)
		return NOTIFY_DONE;
	pr_emerg("%pS touched the user address %lx directly, which Linux does not allow:\n",
		 (void *)args->regs->ip, address);
	pr_emerg("an NT driver reaches its caller's memory by MmProbeAndLockPages()\n");
	return NOTIFY_DONE;
}

static struct notifier_block block = {
	.notifier_call = explain,
};

int __init nt_die_setup(void)
{
	return register_die_notifier(&block);
}

void nt_die_teardown(void)
{
	unregister_die_notifier(&block);
}
