/* SPDX-License-Identifier: GPL-2.0 */
/* Events that have handles: the system's own, and user programs' eventfds. */
#ifndef _NTCOMPAT_EX_EVENT_H
#define _NTCOMPAT_EX_EVENT_H

#include "../nt.h"
#include "../ob/name.h"
#include "../ob/object.h"

struct nt_eventfd;

/**
 * struct nt_event - a KEVENT that handles stand for
 * @ob: its count: one per handle and per ObReferenceObject()
 * @event: what drivers see
 * @name: its entry in the namespace until the last handle is closed, or unnamed
 * @eventfd: what it mirrors when it is a user program's; else NULL
 */
struct nt_event {
	struct nt_object ob;
	KEVENT event;
	struct nt_name name;
	struct nt_eventfd *eventfd;
};
NT_ASSERT_BODY(struct nt_event, ob, event);

static inline struct nt_event *nt_event(PRKEVENT event)
{
	return container_of(event, struct nt_event, event);
}

struct nt_event *nt_event_alloc(EVENT_TYPE type, bool state);

#endif /* _NTCOMPAT_EX_EVENT_H */
