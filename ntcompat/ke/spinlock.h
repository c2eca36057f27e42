/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Executive spin locks for ourselves: what the exported routines do, to be inlined
 * where a request passes several of them.
 */
#ifndef _NTCOMPAT_KE_SPINLOCK_H
#define _NTCOMPAT_KE_SPINLOCK_H

#include "irql.h"
#include "lockclass.h"
#include <linux/spinlock.h>

#ifndef CONFIG_SMP
#error "ntcompat needs an SMP kernel: KSPIN_LOCK is an arch spin lock"
#endif

/* The low half of the word; x86 and arm64 are little-endian. */
static __always_inline arch_spinlock_t *nt_arch_lock(PKSPIN_LOCK lock)
{
	BUILD_BUG_ON(sizeof(arch_spinlock_t) > sizeof(u32));
	return (arch_spinlock_t *)lock;
}

/* KeAcquireSpinLockAtDpcLevel() */
static __always_inline void nt_spin_lock(PKSPIN_LOCK lock)
{
	nt_lockdep_acquire(lock, _THIS_IP_);
	arch_spin_lock(nt_arch_lock(lock));
}

static __always_inline void nt_spin_unlock(PKSPIN_LOCK lock)
{
	nt_lockdep_release(lock, _THIS_IP_);
	arch_spin_unlock(nt_arch_lock(lock));
}

/* KeAcquireSpinLock(): returns the level to go back to. */
static __always_inline KIRQL nt_spin_lock_raise(PKSPIN_LOCK lock)
{
	KIRQL old = nt_irql_raise_to_dispatch();

	nt_spin_lock(lock);
	return old;
}

static __always_inline void nt_spin_unlock_lower(PKSPIN_LOCK lock, KIRQL old)
{
	nt_spin_unlock(lock);
	nt_irql_lower_from_dispatch(old);
}

#endif /* _NTCOMPAT_KE_SPINLOCK_H */
