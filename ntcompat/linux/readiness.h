/* SPDX-License-Identifier: GPL-2.0 */
/* poll(2) on nodes: what drivers say of their readiness (include/nt/ntcompat.h). */
#ifndef _NTCOMPAT_LINUX_READINESS_H
#define _NTCOMPAT_LINUX_READINESS_H

#include <linux/poll.h>
#include <linux/types.h>
#include <linux/wait.h>

struct nt_file;

/**
 * struct nt_readiness - of a device or of a file
 * @mask: NTC_READABLE, NTC_WRITABLE, NT_READINESS_SAID, NT_READINESS_GONE
 * @queue: who polls
 */
struct nt_readiness {
	atomic_t mask;
	wait_queue_head_t queue;
};

#define NT_READINESS_SAID	0x100	/* the driver said anything at all */
#define NT_READINESS_GONE	0x200	/* the device was removed */

static inline void nt_readiness_init(struct nt_readiness *r)
{
	atomic_set(&r->mask, 0);
	init_waitqueue_head(&r->queue);
}

/* <= DISPATCH_LEVEL: whatever the driver says, the device is no more. */
void nt_readiness_gone(struct nt_readiness *r);

/* Does the driver of a file that is being opened say when it is ready? */
bool nt_readiness_known(struct nt_file *file);

/* Would a read or write not wait? True where nothing is known. */
bool nt_readiness_allows(struct nt_file *file, bool read);

__poll_t nt_readiness_poll(struct nt_file *file, struct file *filp, poll_table *table);

#endif /* _NTCOMPAT_LINUX_READINESS_H */
