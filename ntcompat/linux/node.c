// SPDX-License-Identifier: GPL-2.0
/* Nodes in /dev/nt: one for each symbolic link in \??. */
#include "node.h"
#include "chardev.h"
#include "compat.h"
#include "../io/status.h"
#include "../ob/name.h"
#include <linux/cdev.h>
#include <linux/device.h>
#include <linux/fs.h>
#include <linux/idr.h>
#include <linux/module.h>

#define NODES_MAX	(1 << MINORBITS)
#define NAME_MAX_BYTES	64

/**
 * struct nt_node - a node
 * @minor: its minor number
 * @device: in sysfs and devtmpfs
 * @target: the path that the link stands for
 *
 * nodes_lock guards the table: an open finds a node and copies its target
 * under it, so that a node may be destroyed at any time.
 */
struct nt_node {
	int minor;
	struct device *device;
	UNICODE_STRING target;
};

static DEFINE_MUTEX(nodes_lock);
static DEFINE_IDR(nodes);
static struct class *node_class;
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

static int reserve_minor(struct nt_node *node)
{
	int minor;

	mutex_lock(&nodes_lock);
	minor = idr_alloc(&nodes, node, 0, NODES_MAX, GFP_KERNEL);
	mutex_unlock(&nodes_lock);
	return minor;
}

static void free_node(struct nt_node *node)
{
	if (node->minor >= 0) {
		mutex_lock(&nodes_lock);
		idr_remove(&nodes, node->minor);
		mutex_unlock(&nodes_lock);
	}
	nt_string_free(&node->target);
	kfree(node);
}

/**
 * nt_node_create - make a node
 * @name: the link's name behind \??\; a \ makes a folder
 * @units: its length
 * @target: what the link stands for
 * @node: receives it
 *
 * PASSIVE_LEVEL. The node belongs to root, mode 0600.
 */
NTSTATUS nt_node_create(const WCHAR *name, unsigned int units, PCUNICODE_STRING target,
			struct nt_node **node)
{
	struct nt_node *new;
	char file[NAME_MAX_BYTES];
	NTSTATUS status = file_name(name, units, file);

	if (!NT_SUCCESS(status))
		return status;
	new = kzalloc(sizeof(*new), GFP_KERNEL);
	if (!new)
		return STATUS_INSUFFICIENT_RESOURCES;
	new->minor = -1;
	status = nt_string_dup(&new->target, target);
	if (!NT_SUCCESS(status))
		goto free;
	new->minor = reserve_minor(new);
	if (new->minor < 0) {
		status = nt_status_from_errno(new->minor);
		goto free;
	}
	new->device = device_create(node_class, NULL, node_first + new->minor, NULL, "%s", file);
	if (IS_ERR(new->device)) {
		status = nt_status_from_errno(PTR_ERR(new->device));
		goto free;
	}
	*node = new;
	return STATUS_SUCCESS;

free:
	free_node(new);
	return status;
}

/**
 * nt_node_destroy - remove a node
 * @node: the node, or NULL; files opened through it stay open
 */
void nt_node_destroy(struct nt_node *node)
{
	if (!node)
		return;
	device_destroy(node_class, node_first + node->minor);
	free_node(node);
}

/* The answer is used as it stands: folders are ours to make out of '!'. */
static char *devnode(NT_DEVNODE_CONST struct device *dev, umode_t *mode)
{
	char *name = kasprintf(GFP_KERNEL, "nt/%s", dev_name(dev));

	if (mode)
		*mode = 0600;
	if (name)
		strreplace(name, '!', '/');
	return name;
}

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
	node_class->devnode = devnode;
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
