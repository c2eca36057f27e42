/* SPDX-License-Identifier: GPL-2.0 */
/* Telling drivers of events. */
#ifndef _NTCOMPAT_PNP_NOTIFY_H
#define _NTCOMPAT_PNP_NOTIFY_H

#include "../nt.h"

struct nt_devnode;
struct module;

enum nt_target_event {
	NT_TARGET_QUERY_REMOVE,
	NT_TARGET_REMOVE_CANCELLED,
	NT_TARGET_REMOVE_COMPLETE,
};

NTSTATUS nt_notify_target(struct nt_devnode *devnode, enum nt_target_event event);
void nt_notify_interface(const GUID *class, PCUNICODE_STRING link, bool arrival);
void nt_notify_reap(PDRIVER_OBJECT driver);

int nt_notify_setup(void);
void nt_notify_teardown(void);

#endif /* _NTCOMPAT_PNP_NOTIFY_H */
