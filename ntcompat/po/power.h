/* SPDX-License-Identifier: GPL-2.0 */
/* The power manager: what it knows of a device, and who may ask it. */
#ifndef _NTCOMPAT_PO_POWER_H
#define _NTCOMPAT_PO_POWER_H

#include "../nt.h"
#include <linux/mutex.h>
#include <linux/timer.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

struct device;
struct module;
struct nt_devnode;
struct power_request;

/**
 * struct nt_power_watch - a power IRP that is on its way through a stack
 * @link: on the device's list, under nt_power.lock
 * @timer: fires when the IRP takes long
 * @devnode: the device
 * @irp: the IRP
 * @what: what it asks for, for the log
 * @since: when it was sent, in jiffies
 */
struct nt_power_watch {
	struct list_head link;
	struct timer_list timer;
	struct nt_devnode *devnode;
	PIRP irp;
	const char *what;
	unsigned long since;
};

/**
 * struct nt_power - a device's power
 * @lock: guards @current_request, @waiting, @watches and @wait_wake; irqs off
 * @current_request: the device power IRP under way, one at a time
 * @waiting: those to come
 * @idle: woken when there is none any more
 * @watches: power IRPs under way
 * @system_watch: looks after the system IRP under way, of which there is one, too
 * @told: the system state that the drivers were last queried for or set to
 * @system: the system state that they were last set to
 * @action: why, for device IRPs while a system IRP is under way; else PowerActionNone
 * @state: the device's: of the last IRP that succeeded; D0 from the start
 * @wait_wake: IRP_MN_WAIT_WAKE pending at our PDO
 * @wake_work: makes Linux's wakeup setting follow @wait_wake
 * @woke_work: the same, while it slept alone: to end @wait_wake
 * @woke: the device has asked to be woken while the system slept
 * @pdo_irp: a device power IRP that came to our PDO above PASSIVE_LEVEL
 * @pdo_work: that deals with it at PASSIVE_LEVEL
 * @follow_work: makes Linux's runtime status follow @state, where the PDO is not ours
 * @usage: guards the following
 * @attached: Linux's device is bound, and its runtime PM is ours to use; changes under
 *	@lock, too
 * @released: we have let go of our runtime PM reference: the device need not be in D0
 * @raising: we are taking it back
 * @was_forbidden: runtime PM was, before
 * @may_wakeup: the wakeup setting from before the first WAIT_WAKE
 */
struct nt_power {
	spinlock_t lock;
	struct power_request *current_request;
	struct list_head waiting;
	wait_queue_head_t idle;
	struct list_head watches;
	struct nt_power_watch system_watch;
	SYSTEM_POWER_STATE told;
	SYSTEM_POWER_STATE system;
	POWER_ACTION action;
	DEVICE_POWER_STATE state;
	PIRP wait_wake;
	struct work_struct wake_work;
	struct work_struct woke_work;
	bool woke;
	PIRP pdo_irp;
	struct work_struct pdo_work;
	struct work_struct follow_work;
	struct mutex usage;
	bool attached;
	bool released;
	bool raising;
	bool was_forbidden;
	bool may_wakeup;
};

extern struct workqueue_struct *nt_power_queue;

/* device.c: what there is of it from the devnode's beginning to its end */
void nt_power_init(struct nt_devnode *devnode);
void nt_power_queue_work(struct nt_devnode *devnode, struct work_struct *work);
int nt_power_setup(void);
void nt_power_teardown(void);

/* request.c */
void nt_power_drain(struct nt_devnode *devnode);

/* system.c */
NTSTATUS nt_power_query_system(struct nt_devnode *devnode, SYSTEM_POWER_STATE state,
			       POWER_ACTION action);
void nt_power_set_system(struct nt_devnode *devnode, SYSTEM_POWER_STATE state, POWER_ACTION action);

/* watch.c */
void nt_power_watch(struct nt_power_watch *watch, struct nt_devnode *devnode, PIRP irp,
		    const char *what);
void nt_power_unwatch(struct nt_power_watch *watch);

/* pdo.c: the end of our PDOs' stacks */
NTSTATUS nt_power_pdo_dispatch(struct nt_devnode *devnode, PIRP irp);
void nt_power_pdo_capabilities(struct nt_devnode *devnode, PDEVICE_CAPABILITIES caps);

/* wake.c */
NTSTATUS nt_power_wait_wake(struct nt_devnode *devnode, PIRP irp);
void nt_power_wake(struct nt_devnode *devnode, NTSTATUS status);
void nt_power_wake_work(struct work_struct *work);

/* idle.c */
void nt_idle_free(PDEVICE_OBJECT device);
void nt_idle_teardown(void);

/* setting.c */
void nt_settings_reap(const struct module *owner);
int nt_settings_setup(void);
void nt_settings_teardown(void);
bool nt_on_battery(void);

/* busy.c */
int nt_busy_setup(void);
void nt_busy_teardown(void);

#endif /* _NTCOMPAT_PO_POWER_H */
