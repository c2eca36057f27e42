// SPDX-License-Identifier: GPL-2.0
/*
 * Critical and guarded regions. No APC is delivered to a driver here, so all that
 * they change is what KeAreApcsDisabled() says; a signal does not run a driver's
 * code either.
 */
#include "irql.h"
#include "../ps/thread.h"

static struct nt_thread *this_thread(void)
{
	return nt_thread(nt_thread_current());
}

/**
 * KeEnterCriticalRegion - no normal kernel APCs for this thread
 *
 * IRQL: <= APC_LEVEL. Regions nest.
 */
void KeEnterCriticalRegion(void)
{
	this_thread()->apc_disable++;
}
EXPORT_SYMBOL(KeEnterCriticalRegion);

/**
 * KeLeaveCriticalRegion - the end of KeEnterCriticalRegion()
 *
 * IRQL: <= APC_LEVEL.
 */
void KeLeaveCriticalRegion(void)
{
	if (!WARN_ONCE(!this_thread()->apc_disable, "KeLeaveCriticalRegion: in no critical region\n"))
		this_thread()->apc_disable--;
}
EXPORT_SYMBOL(KeLeaveCriticalRegion);

/**
 * KeEnterGuardedRegion - no APCs at all for this thread
 *
 * IRQL: <= APC_LEVEL. Regions nest.
 */
void KeEnterGuardedRegion(void)
{
	this_thread()->all_apc_disable++;
}
EXPORT_SYMBOL(KeEnterGuardedRegion);

/**
 * KeLeaveGuardedRegion - the end of KeEnterGuardedRegion()
 *
 * IRQL: <= APC_LEVEL.
 */
void KeLeaveGuardedRegion(void)
{
	if (!WARN_ONCE(!this_thread()->all_apc_disable, "KeLeaveGuardedRegion: in no guarded region\n"))
		this_thread()->all_apc_disable--;
}
EXPORT_SYMBOL(KeLeaveGuardedRegion);

/**
 * KeAreApcsDisabled - is the thread in a critical or guarded region?
 *
 * IRQL: <= DISPATCH_LEVEL. Owning a mutex counts; so does being a system thread that did not
 * leave the critical region in which it starts.
 */
BOOLEAN KeAreApcsDisabled(void)
{
	return this_thread()->apc_disable || this_thread()->all_apc_disable;
}
EXPORT_SYMBOL(KeAreApcsDisabled);

/**
 * KeAreAllApcsDisabled - is the thread in a guarded region or above PASSIVE_LEVEL?
 *
 * IRQL: <= DISPATCH_LEVEL.
 */
BOOLEAN KeAreAllApcsDisabled(void)
{
	return this_thread()->all_apc_disable || KeGetCurrentIrql() >= APC_LEVEL;
}
EXPORT_SYMBOL(KeAreAllApcsDisabled);
