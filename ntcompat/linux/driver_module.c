// SPDX-License-Identifier: GPL-2.0
/*
 * The Linux half of an NT driver's module. `make driver` compiles this file
 * into each driver, with what tools/inf2h found in its INF.
 */
#include "linux/glue.h"
#include <linux/module.h>

#include "nt_inf.h"

DRIVER_INITIALIZE DriverEntry;

#ifdef NT_PCI_IDS
static const struct pci_device_id ids[] = {
	NT_PCI_IDS
	{ }
};
MODULE_DEVICE_TABLE(pci, ids);
#endif

#ifdef NT_INF_MEMBERS
static const struct nt_inf_model models[] = { NT_INF_MODELS };
static const struct nt_inf_value values[] = { NT_INF_VALUES };
static const struct nt_inf inf = {
	.models = models,
	.model_count = ARRAY_SIZE(models),
	.values = values,
	.value_count = ARRAY_SIZE(values),
	NT_INF_MEMBERS
};
#endif

#ifdef NT_HARDWARE_IDS
static const struct nt_hardware_id hardware_ids[] = { NT_HARDWARE_IDS { } };
NT_ALIASES
#endif

/* Of C++: a call of what a class leaves to those that are made from it. */
void __cxa_pure_virtual(void);
void __cxa_pure_virtual(void)
{
	BUG();
}

static struct nt_driver_info info = {
	.name = NT_SERVICE,
	.description = NT_DESCRIPTION,
	.owner = THIS_MODULE,
	.entry = DriverEntry,
#ifdef NT_INF_MEMBERS
	.inf = &inf,
#endif
#ifdef NT_PCI_IDS
	.ids = ids,
#endif
#ifdef NT_HARDWARE_IDS
	.hardware_ids = hardware_ids,
#endif
#ifdef NT_SECURITY
	.security = NT_SECURITY,
#endif
	.msi = NT_MSI,
	.msi_limit = NT_MSI_LIMIT,
};
module_param_named(msi, info.msi, int, 0444);
MODULE_PARM_DESC(msi, "1: message-signalled interrupts, 0: the interrupt line (default: as the INF says)");
module_param_named(msi_limit, info.msi_limit, int, 0444);
MODULE_PARM_DESC(msi_limit, "how many messages at most (default: as the INF says, or all that the device has)");

static struct nt_driver *driver;

static int __init nt_module_init(void)
{
	return nt_driver_register(&info, &driver);
}
module_init(nt_module_init);

static void __exit nt_module_exit(void)
{
	nt_driver_unregister(driver);
}
module_exit(nt_module_exit);

MODULE_DESCRIPTION(NT_DESCRIPTION);
MODULE_LICENSE(NT_LICENSE);
