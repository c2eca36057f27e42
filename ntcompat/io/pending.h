/* SPDX-License-Identifier: GPL-2.0 */
/* Requests that wait for a driver, by file, so that they can be cancelled. */
#ifndef _NTCOMPAT_IO_PENDING_H
#define _NTCOMPAT_IO_PENDING_H

#include "irp.h"

void nt_pending_add(struct nt_irp *nt);
void nt_pending_del(struct nt_irp *nt);

/**
 * struct nt_pending_match - which requests to cancel
 * @tgid: those of this process; 0 for all
 * @by_tag: only asynchronous ones with @tag
 * @tag: see @by_tag
 */
struct nt_pending_match {
	pid_t tgid;
	bool by_tag;
	u64 tag;
};

bool nt_pending_none(struct nt_file *file);
unsigned int nt_pending_cancel(struct nt_file *file, const struct nt_pending_match *match);

#endif /* _NTCOMPAT_IO_PENDING_H */
