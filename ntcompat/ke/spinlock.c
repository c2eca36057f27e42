// SPDX-License-Identifier: GPL-2.0
/* Executive spin locks. */
#include "spinlock.h"

/**
 * KeInitializeSpinLock - prepare a spin lock
 * @SpinLock: resident storage for it
 *
 * IRQL: any. All locks that one line of the driver initialises form one lockdep
 * class.
 */
void KeInitializeSpinLock(PKSPIN_LOCK SpinLock)
{
	*SpinLock = (KSPIN_LOCK)nt_lock_class(_RET_IP_) << 32;
}
EXPORT_SYMBOL(KeInitializeSpinLock);

/**
 * KeAcquireSpinLockRaiseToDpc - raise to DISPATCH_LEVEL and take a spin lock
 * @SpinLock: initialised lock
 *
 * IRQL: <= DISPATCH_LEVEL. Returns the level to give to KeReleaseSpinLock().
 */
KIRQL KeAcquireSpinLockRaiseToDpc(PKSPIN_LOCK SpinLock)
{
	KIRQL old = nt_irql_raise_to_dispatch();

	nt_lockdep_acquire(SpinLock, _RET_IP_);
	arch_spin_lock(nt_arch_lock(SpinLock));
	return old;
}
EXPORT_SYMBOL(KeAcquireSpinLockRaiseToDpc);

/**
 * KeReleaseSpinLock - release a spin lock and return to the former level
 * @SpinLock: lock held by the caller
 * @NewIrql: what the acquiring call returned
 *
 * IRQL: DISPATCH_LEVEL.
 */
void KeReleaseSpinLock(PKSPIN_LOCK SpinLock, KIRQL NewIrql)
{
	nt_lockdep_release(SpinLock, _RET_IP_);
	arch_spin_unlock(nt_arch_lock(SpinLock));
	nt_irql_lower_from_dispatch(NewIrql);
}
EXPORT_SYMBOL(KeReleaseSpinLock);

/**
 * KeAcquireSpinLockAtDpcLevel - take a spin lock, already at DISPATCH_LEVEL
 * @SpinLock: initialised lock
 *
 * IRQL: >= DISPATCH_LEVEL.
 */
void KeAcquireSpinLockAtDpcLevel(PKSPIN_LOCK SpinLock)
{
	nt_lockdep_acquire(SpinLock, _RET_IP_);
	arch_spin_lock(nt_arch_lock(SpinLock));
}
EXPORT_SYMBOL(KeAcquireSpinLockAtDpcLevel);

/**
 * KeReleaseSpinLockFromDpcLevel - release without a change of level
 * @SpinLock: lock held by the caller
 *
 * IRQL: >= DISPATCH_LEVEL.
 */
void KeReleaseSpinLockFromDpcLevel(PKSPIN_LOCK SpinLock)
{
	nt_lockdep_release(SpinLock, _RET_IP_);
	arch_spin_unlock(nt_arch_lock(SpinLock));
}
EXPORT_SYMBOL(KeReleaseSpinLockFromDpcLevel);
