/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How lockdep sees NT spin locks. A KSPIN_LOCK is one word: the low half is
 * Linux's arch lock, the high half the number of a lock class (0: none yet).
 * All locks initialised by one line of a driver's source are one class, as
 * with spin_lock_init(). Without lockdep all this is nothing.
 */
#ifndef _NTCOMPAT_KE_LOCKCLASS_H
#define _NTCOMPAT_KE_LOCKCLASS_H

#include "../nt.h"
#include <linux/lockdep.h>

struct module;

#ifdef CONFIG_LOCKDEP
u32 nt_lock_class(unsigned long site);
struct lockdep_map *nt_lock_map(PKSPIN_LOCK lock, unsigned long site);
void nt_lock_classes_release(const struct module *module);

#define nt_lockdep_acquire(lock, site) \
	spin_acquire(nt_lock_map(lock, site), 0, 0, site)
#define nt_lockdep_acquire_try(lock, site) \
	spin_acquire(nt_lock_map(lock, site), 0, 1, site)
/* A lock that waiters sleep for; @read: shared. */
#define nt_lockdep_acquire_sleeping(lock, try, read, site) \
	lock_acquire(nt_lock_map(lock, site), 0, try, read, 1, NULL, site)
#define nt_lockdep_release(lock, site) \
	spin_release(nt_lock_map(lock, site), site)
#else
static inline u32 nt_lock_class(unsigned long site) { return 0; }
static inline void nt_lock_classes_release(const struct module *module) { }
#define nt_lockdep_acquire(lock, site)	do { } while (0)
#define nt_lockdep_acquire_try(lock, site)	do { } while (0)
#define nt_lockdep_acquire_sleeping(lock, try, read, site)	do { } while (0)
#define nt_lockdep_release(lock, site)	do { } while (0)
#endif

#endif /* _NTCOMPAT_KE_LOCKCLASS_H */
