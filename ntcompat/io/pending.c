// SPDX-License-Identifier: GPL-2.0
/* Requests that wait for a driver: keeping them, finding them, cancelling them. */
#include "pending.h"
#include "file.h"
#include <linux/jiffies.h>

/* Completion comes at any level up to DISPATCH_LEVEL, with interrupts on or off. */
void nt_pending_add(struct nt_irp *nt)
{
	struct nt_file *file = nt->file;
	unsigned long flags;

	nt->tgid = current->tgid;
	nt->since = jiffies;
	nt->cancelled = false;
	spin_lock_irqsave(&file->lock, flags);
	list_add_tail(&nt->link, &file->pending);
	spin_unlock_irqrestore(&file->lock, flags);
}

void nt_pending_del(struct nt_irp *nt)
{
	struct nt_file *file = nt->file;
	unsigned long flags;

	spin_lock_irqsave(&file->lock, flags);
	list_del_init(&nt->link);
	spin_unlock_irqrestore(&file->lock, flags);
}

bool nt_pending_none(struct nt_file *file)
{
	return list_empty_careful(&file->pending);
}

static bool matches(const struct nt_irp *nt, const struct nt_pending_match *match)
{
	if (nt->cancelled || (match->tgid && nt->tgid != match->tgid))
		return false;
	return !match->by_tag || (nt->end && nt->origin.tag == match->tag);
}

static struct nt_irp *find(struct nt_file *file, const struct nt_pending_match *match)
{
	struct nt_irp *nt;
	unsigned long flags;

	spin_lock_irqsave(&file->lock, flags);
	list_for_each_entry(nt, &file->pending, link)
		if (matches(nt, match)) {
			nt->cancelled = true;
			nt_irp_ref(nt);
			spin_unlock_irqrestore(&file->lock, flags);
			return nt;
		}
	spin_unlock_irqrestore(&file->lock, flags);
	return NULL;
}

/**
 * nt_pending_cancel - ask for the end of pending requests
 * @file: whose
 * @match: which
 *
 * <= DISPATCH_LEVEL. Returns how many were asked; each once.
 */
unsigned int nt_pending_cancel(struct nt_file *file, const struct nt_pending_match *match)
{
	unsigned int n = 0;
	struct nt_irp *nt;

	while ((nt = find(file, match))) {
		IoCancelIrp(&nt->irp);
		nt_irp_unref(nt);
		n++;
	}
	return n;
}
