// SPDX-License-Identifier: GPL-2.0
/* Init and exit, in order. */
#include "nt.h"
#include "ex/callback.h"
#include "cm/hardware.h"
#include "cm/key.h"
#include "ex/later.h"
#include "ex/work.h"
#include "io/async.h"
#include "io/interface.h"
#include "io/irp.h"
#include "io/shutdown.h"
#include "io/threaded.h"
#include "io/timer.h"
#include "ke/bugcheck.h"
#include "ke/dispatcher.h"
#include "ke/dpc.h"
#include "ke/processor.h"
#include "ke/timer.h"
#include "linux/debugfs.h"
#include "linux/die.h"
#include "linux/node.h"
#include "linux/ntbus.h"
#include "linux/registry.h"
#include "fs/volume.h"
#include "ob/directory.h"
#include "ob/handle.h"
#include "pnp/devnode.h"
#include "po/power.h"
#include "ps/thread.h"
#include "pnp/notify.h"
#include "linux/wmidev.h"
#include "wmi/provider.h"
#include <linux/module.h>

static int __init setup_dispatcher(void)
{
	nt_dispatcher_setup();
	return 0;
}

static int __init setup_dpc(void)
{
	nt_dpc_setup();
	return 0;
}

static int __init setup_timer(void)
{
	nt_timer_setup();
	return 0;
}

static int __init setup_processor(void)
{
	nt_processor_setup();
	return 0;
}

/* Undone from the bottom up. */
static const struct {
	const char *name;
	int (*setup)(void);
	void (*teardown)(void);
} parts[] = {
	{ "counters",	nt_live_setup,		nt_live_teardown },
	{ "registry",	nt_registry_setup,	nt_registry_teardown },
	{ "hardware",	nt_hardware_setup,	NULL },
	{ "dispatcher",	setup_dispatcher,	NULL },
	{ "DPCs",	setup_dpc,		nt_dpc_teardown },
	{ "timers",	setup_timer,		nt_timer_teardown },
	{ "processors",	setup_processor,	NULL },
	{ "bug checks",	nt_bugcheck_setup,	nt_bugcheck_teardown },
	{ "IoTimer",	NULL,			nt_io_timer_teardown },
	{ "thread objects", nt_thread_setup,	nt_thread_teardown },
	{ "IRPs",	nt_irp_setup,		nt_irp_teardown },
	{ "threaded",	nt_threaded_setup,	nt_threaded_teardown },
	{ "async",	nt_async_setup,		nt_async_teardown },
	{ "workers",	nt_work_setup,		nt_work_teardown },
	{ "later",	nt_later_setup,		nt_later_teardown },
	{ "WMI",	nt_wmi_setup,		nt_wmi_teardown },
	{ "WMI node",	nt_wmidev_setup,	nt_wmidev_teardown },
	{ "callbacks",	NULL,			nt_callback_teardown },
	{ "power",	nt_power_setup,		nt_power_teardown },
	{ "idle",	NULL,			nt_idle_teardown },
	{ "settings",	nt_settings_setup,	nt_settings_teardown },
	{ "busy",	nt_busy_setup,		nt_busy_teardown },
	{ "PnP",	nt_pnp_setup,		nt_pnp_teardown },
	{ "notifications", nt_notify_setup,	nt_notify_teardown },
	{ "PDOs",	nt_pdo_setup,		nt_pdo_teardown },
	{ "bus",	nt_bus_setup,		nt_bus_teardown },
	{ "oopses",	nt_die_setup,		nt_die_teardown },
	{ "drive C:",	nt_volume_setup,	nt_volume_teardown },
	{ "directories", NULL,		nt_directories_teardown },
	{ "handles",	NULL,			nt_handle_teardown },
	{ "shutdown",	nt_shutdown_setup,	nt_shutdown_teardown },
	{ "nodes",	nt_node_setup,		nt_node_teardown },
	{ "reg device",	nt_registry_device_setup,	nt_registry_device_teardown },
	{ "interfaces",	NULL,			nt_interfaces_teardown },
	{ "debugfs",	nt_debugfs_setup,	nt_debugfs_teardown },
};

static void teardown(int done)
{
	while (done-- > 0)
		if (parts[done].teardown)
			parts[done].teardown();
}

static int __init ntcompat_init(void)
{
	int error, i;

	for (i = 0; i < ARRAY_SIZE(parts); i++) {
		error = parts[i].setup ? parts[i].setup() : 0;
		if (error) {
			pr_err("%s: error %d\n", parts[i].name, error);
			teardown(i);
			return error;
		}
	}
	return 0;
}
module_init(ntcompat_init);

static void __exit ntcompat_exit(void)
{
	teardown(ARRAY_SIZE(parts));
}
module_exit(ntcompat_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("NT driver model: run NT drivers from their own source");
#ifdef NTCOMPAT_VERSION
MODULE_VERSION(NTCOMPAT_VERSION);
#endif
