// SPDX-License-Identifier: GPL-2.0
/*
 * Documented routines that may be called at DISPATCH_LEVEL but do what only a
 * thread can: unlocking pages, closing a file. They do it a little later.
 */
#include "../nt.h"
#include "later.h"

static struct workqueue_struct *queue;

void nt_later(struct work_struct *work)
{
	queue_work(queue, work);
}

void nt_later_flush(void)
{
	flush_workqueue(queue);
}

int __init nt_later_setup(void)
{
	queue = alloc_workqueue("ntcompat_later", WQ_UNBOUND | WQ_MEM_RECLAIM, 0);
	return queue ? 0 : -ENOMEM;
}

void nt_later_teardown(void)
{
	destroy_workqueue(queue);
}
