/* SPDX-License-Identifier: GPL-2.0 */
/* The door of power management: Linux's callbacks, and a device's runtime status. */
#ifndef _NTCOMPAT_LINUX_PM_H
#define _NTCOMPAT_LINUX_PM_H

#include <linux/pm.h>

struct nt_devnode;

extern const struct dev_pm_ops nt_pm_ops;

void nt_pm_attach(struct nt_devnode *devnode);
void nt_pm_detach(struct nt_devnode *devnode);
void nt_pm_shutdown(struct device *dev);

int nt_pm_power_up(struct nt_devnode *devnode);
void nt_pm_power_down(struct nt_devnode *devnode);

#endif /* _NTCOMPAT_LINUX_PM_H */
