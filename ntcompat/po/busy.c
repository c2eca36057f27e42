// SPDX-License-Identifier: GPL-2.0
/*
 * Drivers that want the system to stay awake. For Linux these are wakeup sources: whoever
 * puts the system to sleep on its own (autosleep, or by wakeup_count) heeds them; a user
 * who writes "mem" does not, as on Windows.
 */
#include "power.h"
#include <linux/device.h>

/* For what happens once. */
static struct wakeup_source *events;

/**
 * PoSetSystemState - the system is in use just now
 * @Flags: ES_SYSTEM_REQUIRED; of displays and users Linux is not told
 *
 * IRQL: <= DISPATCH_LEVEL.
 */
void PoSetSystemState(EXECUTION_STATE Flags)
{
	if (Flags & ES_SYSTEM_REQUIRED)
		pm_wakeup_ws_event(events, 0, false);
}
EXPORT_SYMBOL(PoSetSystemState);

/**
 * PoRegisterSystemState - the system is in use until further notice
 * @StateHandle: what this has returned before, to change it; or NULL
 * @Flags: ES_SYSTEM_REQUIRED with ES_CONTINUOUS; without the latter just once
 *
 * IRQL: PASSIVE_LEVEL. Returns a handle, NULL when there is no memory.
 */
PVOID PoRegisterSystemState(PVOID StateHandle, EXECUTION_STATE Flags)
{
	struct wakeup_source *source = StateHandle;

	if (!source)
		source = wakeup_source_register(NULL, "ntcompat_driver");
	if (!source)
		return NULL;
	if (!(Flags & ES_SYSTEM_REQUIRED))
		__pm_relax(source);
	else if (Flags & ES_CONTINUOUS)
		__pm_stay_awake(source);
	else
		pm_wakeup_ws_event(source, 0, false);
	return source;
}
EXPORT_SYMBOL(PoRegisterSystemState);

/**
 * PoUnregisterSystemState - the end of a registration
 * @StateHandle: from PoRegisterSystemState()
 *
 * IRQL: PASSIVE_LEVEL.
 */
void PoUnregisterSystemState(PVOID StateHandle)
{
	wakeup_source_unregister(StateHandle);
}
EXPORT_SYMBOL(PoUnregisterSystemState);

int __init nt_busy_setup(void)
{
	events = wakeup_source_register(NULL, "ntcompat");
	return events ? 0 : -ENOMEM;
}

void nt_busy_teardown(void)
{
	wakeup_source_unregister(events);
}
