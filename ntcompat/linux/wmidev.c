// SPDX-License-Identifier: GPL-2.0
/* /dev/ntcompat_wmi: programs' WMI requests. Root's, as what it leads to is any driver. */
#include "wmidev.h"
#include "../include/uapi/ntcompat.h"
#include "../io/driver.h"
#include "../linux/glue.h"
#include "../wmi/request.h"
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/uaccess.h>

static int list(struct ntcompat_wmi *arg)
{
	struct nt_wmi_block block;
	struct nt_wmi_provider *provider = nt_wmi_find_nth(arg->index, &block);

	if (!provider)
		return -ENOENT;
	memcpy(arg->guid, &block.guid, sizeof(arg->guid));
	arg->flags = block.flags;
	arg->instances = block.instances;
	arg->provider = nt_wmi_number(provider);
	strscpy(arg->name, nt_driver(nt_wmi_device(provider)->DriverObject)->info->name,
		sizeof(arg->name));
	nt_wmi_put(provider);
	return 0;
}

static int minor_of(u32 op)
{
	static const u8 minors[] = {
		[NTCOMPAT_WMI_QUERY] = IRP_MN_QUERY_SINGLE_INSTANCE,
		[NTCOMPAT_WMI_SET] = IRP_MN_CHANGE_SINGLE_INSTANCE,
		[NTCOMPAT_WMI_SET_ITEM] = IRP_MN_CHANGE_SINGLE_ITEM,
		[NTCOMPAT_WMI_METHOD] = IRP_MN_EXECUTE_METHOD,
		[NTCOMPAT_WMI_ENABLE_EVENTS] = IRP_MN_ENABLE_EVENTS,
		[NTCOMPAT_WMI_DISABLE_EVENTS] = IRP_MN_DISABLE_EVENTS,
	};

	return op < ARRAY_SIZE(minors) ? minors[op] : -EINVAL;
}

static int ask(struct ntcompat_wmi *arg, struct nt_wmi_request *r)
{
	struct nt_wmi_provider *provider = nt_wmi_find(&r->guid, arg->provider);
	NTSTATUS status = STATUS_WMI_GUID_NOT_FOUND;
	int error = 0;

	if (provider) {
		status = nt_wmi_request(provider, r);
		nt_wmi_put(provider);
	}
	arg->status = (__force u32)status;
	arg->returned = r->returned;
	if (NT_SUCCESS(status) && r->data &&
	    copy_to_user(u64_to_user_ptr(arg->out), r->data, min(r->returned, arg->out_len)))
		error = -EFAULT;
	kfree(r->wnode);
	return error;
}

static int request(struct ntcompat_wmi *arg)
{
	int minor = minor_of(arg->op), error;
	struct nt_wmi_request r = {
		.minor = minor,
		.instance = arg->instance,
		.id = arg->id,
		.in_len = arg->in_len,
		.out_len = arg->out_len,
	};
	void *in;

	if (minor < 0 || arg->in_len > NT_WMI_MAX || arg->out_len > NT_WMI_MAX)
		return -EINVAL;
	memcpy(&r.guid, arg->guid, sizeof(r.guid));
	in = memdup_user(u64_to_user_ptr(arg->in), arg->in_len);
	if (IS_ERR(in))
		return PTR_ERR(in);
	r.in = in;
	error = ask(arg, &r);
	kfree(in);
	return error;
}

static long wmi_ioctl(struct file *filp, unsigned int command, unsigned long address)
{
	struct ntcompat_wmi arg;
	int error;

	if (command != NTCOMPAT_IOC_WMI)
		return -ENOTTY;
	if (copy_from_user(&arg, (void __user *)address, sizeof(arg)))
		return -EFAULT;
	if (arg.reserved)
		return -EINVAL;
	nt_wmi_settle();
	error = arg.op == NTCOMPAT_WMI_LIST ? list(&arg) : request(&arg);
	if (error)
		return error;
	return copy_to_user((void __user *)address, &arg, sizeof(arg)) ? -EFAULT : 0;
}

static const struct file_operations operations = {
	.owner = THIS_MODULE,
	.unlocked_ioctl = wmi_ioctl,
	.compat_ioctl = compat_ptr_ioctl,
};

static struct miscdevice device = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "ntcompat_wmi",
	.fops = &operations,
	.mode = 0600,
};

int __init nt_wmidev_setup(void)
{
	return misc_register(&device);
}

void nt_wmidev_teardown(void)
{
	misc_deregister(&device);
}
