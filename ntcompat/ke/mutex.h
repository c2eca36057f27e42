/* SPDX-License-Identifier: GPL-2.0 */
/* Mutex objects, as the dispatcher sees them. */
#ifndef _NTCOMPAT_KE_MUTEX_H
#define _NTCOMPAT_KE_MUTEX_H

#include "dispatcher.h"

static inline PKMUTANT nt_mutant(PDISPATCHER_HEADER header)
{
	return CONTAINING_RECORD(header, KMUTANT, Header);
}

static inline bool nt_mutex_is_owner(PDISPATCHER_HEADER header, PKTHREAD thread)
{
	return thread && nt_mutant(header)->OwnerThread == thread;
}

/* With its lock held, free or the thread's already. Was it abandoned? */
bool nt_mutex_take(PDISPATCHER_HEADER header, PKTHREAD thread);

/* A thread exits: its mutexes are free, and abandoned. */
void nt_mutexes_abandon(PKTHREAD thread);

#endif /* _NTCOMPAT_KE_MUTEX_H */
