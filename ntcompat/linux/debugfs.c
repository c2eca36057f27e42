// SPDX-License-Identifier: GPL-2.0
/*
 * What ntctl shows, in /sys/kernel/debug/ntcompat: `tree` has drivers, devices,
 * names and open files, `irps` the requests in flight. A line is an object, a
 * tab stands between its fields, pointers are hashed as the tracepoints' are.
 *
 * Open files are found where Linux keeps them, in the processes' tables: so
 * opening and closing one is no more work for that. A file that only a request
 * in flight keeps open is not found.
 */
#include "debugfs.h"
#include "chardev.h"
#include "glue.h"
#include "../ex/event.h"
#include "../io/device.h"
#include "../io/driver.h"
#include "../io/file.h"
#include "../io/inflight.h"
#include "../io/symlink.h"
#include "../ob/name.h"
#include "../pnp/devnode.h"
#include <linux/debugfs.h>
#include <linux/fdtable.h>
#include <linux/module.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/seq_file.h>

/* ---- Names ---- */

/* What is no printable ASCII would spoil the line. */
static void show_string(struct seq_file *m, PCUNICODE_STRING string)
{
	unsigned int i;

	for (i = 0; i < string->Length / 2; i++)
		seq_putc(m, string->Buffer[i] > ' ' && string->Buffer[i] < 0x7f ?
			    string->Buffer[i] : '?');
}

static void show_name(const struct nt_name *name, void *data)
{
	struct seq_file *m = data;

	if (name->type == NT_NAME_SYMLINK && container_of(name, struct nt_symlink, name)->system)
		return;
	seq_puts(m, "name\t");
	show_string(m, &name->path);
	if (name->type == NT_NAME_DEVICE) {
		seq_printf(m, "\tdevice\t%p\n", &container_of(name, struct nt_device, name)->object);
	} else if (name->type == NT_NAME_EVENT) {
		seq_printf(m, "\tevent\t%p\n", &container_of(name, struct nt_event, name)->event);
	} else if (name->type != NT_NAME_SYMLINK) {
		seq_puts(m, name->type == NT_NAME_DIRECTORY ? "\tdirectory\n" : "\tother\n");
	} else {
		seq_puts(m, "\tlink\t");
		show_string(m, &container_of(name, struct nt_symlink, name)->target);
		seq_putc(m, '\n');
	}
}

/* ---- Drivers and devices ---- */

static const char * const devnode_states[] = {
	[NT_DEVNODE_ADDED] = "added",
	[NT_DEVNODE_STARTED] = "started",
	[NT_DEVNODE_STOPPED] = "stopped",
	[NT_DEVNODE_QUERIED] = "queried",
	[NT_DEVNODE_GONE] = "gone",
	[NT_DEVNODE_REMOVED] = "removed",
};

static void show_id(struct seq_file *m, const void *object)
{
	if (object)
		seq_printf(m, "\t%p", object);
	else
		seq_puts(m, "\t-");
}

/* Under the stack lock, which a device is taken off its driver's list with. */
static void show_device(struct seq_file *m, PDEVICE_OBJECT object)
{
	struct nt_devnode *devnode = nt_device(object)->devnode;

	seq_printf(m, "device\t%p\t%p\t0x%08x\t0x%08x\t%d\t%d", object, object->DriverObject,
		   object->DeviceType, object->Flags, object->ReferenceCount, object->StackSize);
	show_id(m, nt_device(object)->lower);
	show_id(m, object->AttachedDevice);
	if (devnode)
		seq_printf(m, "\t%s\t%s\n", devnode->dev ? dev_name(devnode->dev) : "-",
			   devnode_states[READ_ONCE(devnode->state)]);
	else
		seq_puts(m, "\t-\t-\n");
}

static void show_driver(struct nt_driver *driver, void *data)
{
	struct seq_file *m = data;
	PDEVICE_OBJECT device;

	seq_printf(m, "driver\t%p\t%s\t%s\t%d\t%d\n", &driver->object, driver->info->name,
		   module_name(driver->info->owner), !!driver->extension.AddDevice,
		   !!driver->object.DriverUnload);
	spin_lock_bh(&nt_stack_lock);
	for (device = driver->object.DeviceObject; device; device = device->NextDevice)
		show_device(m, device);
	spin_unlock_bh(&nt_stack_lock);
}

/* ---- Open files ---- */

struct file_walk {
	struct seq_file *m;
	struct task_struct *task;
	void (*show)(struct file_walk *walk, struct nt_file *file, unsigned int fd);
};

static int visit(const void *data, struct file *filp, unsigned int fd)
{
	struct file_walk *walk = (struct file_walk *)data;

	if (nt_chardev_file(filp))
		walk->show(walk, filp->private_data, fd);
	return 0;
}

/*
 * Threads mostly share their leader's table. Under task_lock() a task does not
 * lose its table, and iterate_fd() keeps the table's files open.
 */
static void walk_files(struct file_walk *walk)
{
	struct task_struct *leader, *task;

	rcu_read_lock();
	for_each_process_thread(leader, task) {
		if (task != leader && READ_ONCE(task->files) == READ_ONCE(leader->files))
			continue;
		task_lock(task);
		walk->task = task;
		if (task->files)
			iterate_fd(task->files, 0, visit, walk);
		task_unlock(task);
	}
	rcu_read_unlock();
}

/* A process may call itself anything. task_lock() is held. */
static void show_comm(struct seq_file *m, const struct task_struct *task)
{
	const char *c;

	for (c = task->comm; *c; c++)
		seq_putc(m, *c > ' ' && *c < 0x7f ? *c : '?');
}

static void show_file(struct file_walk *walk, struct nt_file *file, unsigned int fd)
{
	seq_printf(walk->m, "file\t%p\t%p\t%s%s\t%d\t%u\t", file, &file->device->object,
		   file->object.ReadAccess ? "r" : "-", file->object.WriteAccess ? "w" : "-",
		   task_tgid_nr(walk->task), fd);
	show_comm(walk->m, walk->task);
	seq_putc(walk->m, '\n');
}

static void show_irps(struct file_walk *walk, struct nt_file *file, unsigned int fd)
{
	nt_inflight_show(walk->m, file);
}

/* ---- The files ---- */

static int tree_show(struct seq_file *m, void *v)
{
	struct file_walk walk = { .m = m, .show = show_file };

	nt_drivers_walk(show_driver, m);
	nt_names_walk(show_name, m);
	walk_files(&walk);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(tree);

/* A file that several processes have is shown for each: readers go by the IRP. */
static int irps_show(struct seq_file *m, void *v)
{
	struct file_walk walk = { .m = m, .show = show_irps };

	walk_files(&walk);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(irps);

static struct dentry *files[2];

int __init nt_debugfs_setup(void)
{
	struct dentry *root = debugfs_lookup("ntcompat", NULL);

	if (!root)
		return 0;
	files[0] = debugfs_create_file("tree", 0400, root, NULL, &tree_fops);
	files[1] = debugfs_create_file("irps", 0400, root, NULL, &irps_fops);
	dput(root);
	return 0;
}

/* Before what they show goes away. */
void nt_debugfs_teardown(void)
{
	debugfs_remove(files[0]);
	debugfs_remove(files[1]);
}
