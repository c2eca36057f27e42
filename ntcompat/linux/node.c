// SPDX-License-Identifier: GPL-2.0
/* Nodes in /dev/nt: one for each symbolic link in \??, one for each device interface. */
#include "node.h"
#include "chardev.h"
#include "compat.h"
#include "../io/describe.h"
#include "../io/secure.h"
#include "../io/status.h"
#include "../ob/name.h"
#include <linux/cdev.h>
#include <linux/device.h>
#include <linux/fs.h>
#include <linux/idr.h>
#include <linux/module.h>

#define NODES_MAX	(1 << MINORBITS)
#define NAME_MAX_BYTES	64
#define INTERFACES	"by-interface"

/**
 * struct nt_node - a node
 * @device: in sysfs and devtmpfs; its release frees the node
 * @minor: its minor number, or -1
 * @mode: how it is born; from then on its mode is the administrator's
 * @target: the path that the link stands for
 * @guid: for a device interface the name of its class, {…}, else NULL
 *
 * nodes_lock guards the table: an open finds a node and copies its target
 * under it, so that a node may be destroyed at any time.
 */
struct nt_node {
	struct device device;
	int minor;
	umode_t mode;
	UNICODE_STRING target;
	char *guid;
};

static DEFINE_MUTEX(nodes_lock);
static DEFINE_IDR(nodes);
static struct class *node_class;
static const struct device_type node_type;
static struct cdev node_cdev;
static dev_t node_first;

/**
 * nt_node_target - what a node stands for
 * @minor: its minor number
 * @target: receives a copy, to be freed with nt_string_free()
 */
NTSTATUS nt_node_target(unsigned int minor, PUNICODE_STRING target)
{
	NTSTATUS status = STATUS_NO_SUCH_DEVICE;
	struct nt_node *node;

	mutex_lock(&nodes_lock);
	node = idr_find(&nodes, minor);
	if (node)
		status = nt_string_dup(target, &node->target);
	mutex_unlock(&nodes_lock);
	return status;
}

/*
 * The file name of a link: its characters, \ as a folder. What the file system
 * would take for something else is refused.
 */
static NTSTATUS file_name(const WCHAR *name, unsigned int units, char *buffer)
{
	unsigned int i;

	if (!units || units >= NAME_MAX_BYTES)
		return STATUS_OBJECT_NAME_INVALID;
	for (i = 0; i < units; i++) {
		WCHAR c = name[i];
		bool start = !i || name[i - 1] == '\\';

		if (c <= ' ' || c >= 0x7f || c == '/' || c == '!' ||
		    (start && (c == '.' || c == '\\')))
			return STATUS_OBJECT_NAME_INVALID;
		/* No device is called a '/'; devnode() makes one of it. */
		buffer[i] = c == '\\' ? '!' : c;
	}
	buffer[units] = 0;
	return buffer[units - 1] == '!' ? STATUS_OBJECT_NAME_INVALID : STATUS_SUCCESS;
}

/*
 * A number is used again as late as possible: who has found a node that goes away just
 * now opens its number, and must not get another device.
 */
static int reserve_minor(struct nt_node *node)
{
	int minor;

	mutex_lock(&nodes_lock);
	minor = idr_alloc_cyclic(&nodes, node, 0, NODES_MAX, GFP_KERNEL);
	mutex_unlock(&nodes_lock);
	return minor;
}

static void free_minor(struct nt_node *node)
{
	if (node->minor < 0)
		return;
	mutex_lock(&nodes_lock);
	idr_remove(&nodes, node->minor);
	mutex_unlock(&nodes_lock);
	node->minor = -1;
}

static struct nt_node *node_of(const struct device *device)
{
	return container_of(device, struct nt_node, device);
}

static void release(struct device *device)
{
	struct nt_node *node = node_of(device);

	nt_string_free(&node->target);
	kfree(node->guid);
	kfree(node);
}

/* A node that put_device() frees. */
static struct nt_node *alloc(struct device *parent, PCUNICODE_STRING target)
{
	struct nt_node *node = kzalloc(sizeof(*node), GFP_KERNEL);

	if (!node)
		return NULL;
	device_initialize(&node->device);
	node->device.class = node_class;
	node->device.type = &node_type;
	node->device.parent = parent;
	node->device.release = release;
	node->minor = -1;
	node->mode = nt_path_mode(target);
	if (NT_SUCCESS(nt_string_dup(&node->target, target)))
		return node;
	put_device(&node->device);
	return NULL;
}

/* Give the node its number and show it. On failure it is freed. */
static NTSTATUS add(struct nt_node *new, struct nt_node **node)
{
	int error;

	new->minor = reserve_minor(new);
	error = new->minor;
	if (error < 0)
		goto put;
	new->device.devt = node_first + new->minor;
	error = device_add(&new->device);
	if (error)
		goto put;
	*node = new;
	return STATUS_SUCCESS;

put:
	free_minor(new);
	put_device(&new->device);
	return nt_status_from_errno(error);
}

/**
 * nt_node_create - make a node
 * @name: the link's name behind \??\; a \ makes a folder
 * @units: its length
 * @target: what the link stands for
 * @node: receives it
 *
 * PASSIVE_LEVEL. Owner and mode are those of the target's security, as it is now;
 * without, the node belongs to root, mode 0600.
 */
NTSTATUS nt_node_create(const WCHAR *name, unsigned int units, PCUNICODE_STRING target,
			struct nt_node **node)
{
	char file[NAME_MAX_BYTES];
	NTSTATUS status = file_name(name, units, file);
	struct nt_node *new;

	if (!NT_SUCCESS(status))
		return status;
	/* That folder is ours. */
	if (!strncasecmp(file, INTERFACES, strlen(INTERFACES)) &&
	    (file[strlen(INTERFACES)] == '!' || !file[strlen(INTERFACES)]))
		return STATUS_OBJECT_NAME_COLLISION;
	new = alloc(NULL, target);
	if (!new)
		return STATUS_INSUFFICIENT_RESOURCES;
	if (!dev_set_name(&new->device, "%s", file))
		return add(new, node);
	put_device(&new->device);
	return STATUS_INSUFFICIENT_RESOURCES;
}

/**
 * nt_node_create_interface - make the node of a device interface
 * @parent: the device that has it; outlives the node
 * @guid: the interface's class, {…}
 * @instance: which device
 * @reference: the reference string, of any length
 * @target: what it stands for
 * @node: receives it
 *
 * PASSIVE_LEVEL. The node is by-interface/GUID/INSTANCE, or INSTANCE#REFERENCE.
 */
NTSTATUS nt_node_create_interface(struct device *parent, const char *guid, const char *instance,
				  PCUNICODE_STRING reference, PCUNICODE_STRING target,
				  struct nt_node **node)
{
	char file[NAME_MAX_BYTES] = "";
	NTSTATUS status = STATUS_SUCCESS;
	struct nt_node *new;

	if (reference->Length)
		status = file_name(reference->Buffer, reference->Length / sizeof(WCHAR), file);
	if (!NT_SUCCESS(status))
		return status;
	new = alloc(parent, target);
	if (!new)
		return STATUS_INSUFFICIENT_RESOURCES;
	new->guid = kstrdup(guid, GFP_KERNEL);
	if (new->guid && !dev_set_name(&new->device, INTERFACES "!%s!%s%s%s", guid, instance,
				       *file ? "#" : "", file))
		return add(new, node);
	put_device(&new->device);
	return STATUS_INSUFFICIENT_RESOURCES;
}

/**
 * nt_node_destroy - remove a node
 * @node: the node, or NULL; files opened through it stay open
 */
void nt_node_destroy(struct nt_node *node)
{
	if (!node)
		return;
	device_del(&node->device);
	free_minor(node);
	put_device(&node->device);
}

/* The answer is used as it stands: folders are ours to make out of '!'. */
static char *devnode(NT_DEVNODE_CONST struct device *device, umode_t *mode, kuid_t *uid, kgid_t *gid)
{
	char *name = kasprintf(GFP_KERNEL, "nt/%s", dev_name(device));

	/* To devtmpfs 0 is no mode; nt_file_may_open() keeps out whom it would let in. */
	if (mode)
		*mode = node_of(device)->mode ?: NT_DEFAULT_MODE;
	if (gid)
		*gid = nt_users_group();
	if (name)
		strreplace(name, '!', '/');
	return name;
}

/* ---- sysfs and uevents: docs/abi/sysfs-class-nt ---- */

#define FACT(attribute, fact)								\
	static ssize_t attribute##_show(struct device *device,				\
					struct device_attribute *attr, char *buf)	\
	{										\
		return nt_path_describe(&node_of(device)->target, fact, buf);		\
	}										\
	static DEVICE_ATTR_RO(attribute)

FACT(service, NT_FACT_SERVICE);
FACT(description, NT_FACT_DESCRIPTION);
FACT(nt_device, NT_FACT_DEVICE);
FACT(nt_type, NT_FACT_TYPE);
FACT(nt_stack, NT_FACT_STACK);

static ssize_t interface_show(struct device *device, struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%s\n", node_of(device)->guid);
}
static DEVICE_ATTR_RO(interface);

static struct attribute *node_attrs[] = {
	&dev_attr_service.attr,
	&dev_attr_description.attr,
	&dev_attr_nt_device.attr,
	&dev_attr_nt_type.attr,
	&dev_attr_nt_stack.attr,
	&dev_attr_interface.attr,
	NULL
};

static umode_t is_visible(struct kobject *kobject, struct attribute *attr, int n)
{
	if (attr == &dev_attr_interface.attr && !node_of(kobj_to_dev(kobject))->guid)
		return 0;
	return attr->mode;
}

static const struct attribute_group node_group = {
	.attrs = node_attrs,
	.is_visible = is_visible,
};

static const struct attribute_group *node_groups[] = { &node_group, NULL };

static int add_fact(struct kobj_uevent_env *env, const struct nt_node *node, const char *key,
		    enum nt_fact fact)
{
	char *text = (char *)get_zeroed_page(GFP_KERNEL);
	int error = 0;

	if (!text)
		return -ENOMEM;
	if (nt_path_describe(&node->target, fact, text) > 0)
		error = add_uevent_var(env, "%s=%s", key, strim(text));
	free_page((unsigned long)text);
	return error;
}

static int uevent(NT_UEVENT_CONST struct device *device, struct kobj_uevent_env *env)
{
	const struct nt_node *node = node_of(device);
	int error = add_fact(env, node, "NTCOMPAT_SERVICE", NT_FACT_SERVICE);

	if (!error && node->guid)
		error = add_uevent_var(env, "NTCOMPAT_INTERFACE=%s", node->guid);
	if (!error && node->guid)
		error = add_uevent_var(env, "NTCOMPAT_INSTANCE=%s",
				       strrchr(dev_name(device), '!') + 1);
	return error;
}

static const struct device_type node_type = {
	.name = "nt",
	.groups = node_groups,
	.uevent = uevent,
	.devnode = devnode,
};

int __init nt_node_setup(void)
{
	int error = alloc_chrdev_region(&node_first, 0, NODES_MAX, "nt");

	if (error)
		return error;
	node_class = nt_class_create("nt");
	if (IS_ERR(node_class)) {
		error = PTR_ERR(node_class);
		goto free_region;
	}
	cdev_init(&node_cdev, &nt_file_operations);
	node_cdev.owner = THIS_MODULE;
	error = cdev_add(&node_cdev, node_first, NODES_MAX);
	if (!error)
		return 0;
	class_destroy(node_class);
free_region:
	unregister_chrdev_region(node_first, NODES_MAX);
	return error;
}

void nt_node_teardown(void)
{
	cdev_del(&node_cdev);
	class_destroy(node_class);
	unregister_chrdev_region(node_first, NODES_MAX);
	idr_destroy(&nodes);
}
