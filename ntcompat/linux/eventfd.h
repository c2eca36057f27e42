/* SPDX-License-Identifier: GPL-2.0 */
/* User programs' events. */
#ifndef _NTCOMPAT_LINUX_EVENTFD_H
#define _NTCOMPAT_LINUX_EVENTFD_H

#include "../ex/event.h"

struct file;

NTSTATUS nt_eventfd_from_file(struct file *filp, void **body, ACCESS_MASK *granted);
void nt_eventfd_forget(struct nt_event *e);

#endif /* _NTCOMPAT_LINUX_EVENTFD_H */
