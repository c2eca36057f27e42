// SPDX-License-Identifier: GPL-2.0
/*
 * The door to the registry: /dev/ntcompat, for root. A request names its key by path,
 * so nothing is kept between two of them but what the descriptor has seen.
 */
#include "registry.h"
#include "../cm/key.h"
#include "../include/uapi/ntcompat.h"
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/poll.h>
#include <linux/uaccess.h>

/* What a program gets. */
struct blob {
	void *data;
	u32 bytes;
};

/**
 * struct request - a struct ntcompat_reg with its buffers on this side
 * @reg: the user's
 * @path: of the key
 * @name: of a value
 * @data: of a value
 * @out_name: of what was enumerated
 * @out_data: of the value that was asked for
 */
struct request {
	struct ntcompat_reg reg;
	UNICODE_STRING path;
	UNICODE_STRING name;
	void *data;
	struct blob out_name;
	struct blob out_data;
};

/* What an open file has seen, and whether its program saves it. */
struct watcher {
	u64 generation;
	bool saves;
};

/* ---- Buffers ---- */

static int copy_text(PUNICODE_STRING to, u64 from, u32 bytes)
{
	void *buffer;

	if (bytes % sizeof(WCHAR) || bytes > UNICODE_STRING_MAX_BYTES)
		return -EINVAL;
	/* With a NUL, for those who look for one. */
	buffer = kvzalloc(bytes + sizeof(WCHAR), GFP_KERNEL_ACCOUNT);
	if (!buffer)
		return -ENOMEM;
	if (copy_from_user(buffer, u64_to_user_ptr(from), bytes)) {
		kvfree(buffer);
		return -EFAULT;
	}
	*to = (UNICODE_STRING){ bytes, bytes, buffer };
	return 0;
}

static int copy_data(struct request *r)
{
	u32 bytes = r->reg.data_len;

	if (r->reg.op != NTCOMPAT_REG_SET_VALUE || !bytes)
		return 0;
	if (bytes > NT_VALUE_DATA_MAX)
		return -E2BIG;
	r->data = kvmalloc(bytes, GFP_KERNEL_ACCOUNT);
	if (!r->data)
		return -ENOMEM;
	return copy_from_user(r->data, u64_to_user_ptr(r->reg.data), bytes) ? -EFAULT : 0;
}

static bool has_name(u32 op)
{
	return op == NTCOMPAT_REG_SET_VALUE || op == NTCOMPAT_REG_QUERY_VALUE ||
	       op == NTCOMPAT_REG_DELETE_VALUE;
}

static int copy_request(struct request *r)
{
	int error = copy_text(&r->path, r->reg.path, r->reg.path_len);

	/* Keys are made by a path that ends with its NUL. */
	if (!error && r->reg.op == NTCOMPAT_REG_CREATE_KEY &&
	    nt_text(r->path.Buffer).Length != r->path.Length)
		error = -EINVAL;
	if (!error && has_name(r->reg.op))
		error = copy_text(&r->name, r->reg.name, r->reg.name_len);
	return error ?: copy_data(r);
}

static void free_request(struct request *r)
{
	kvfree(r->path.Buffer);
	kvfree(r->name.Buffer);
	kvfree(r->data);
	kvfree(r->out_name.data);
	kvfree(r->out_data.data);
}

/* As much as there is room for. It goes to the program when the lock is released. */
static int give(struct blob *to, u32 *length, const void *from, u32 bytes, u32 *status)
{
	u32 room = *length;

	*length = bytes;
	if (room < bytes)
		*status = (__force u32)STATUS_BUFFER_OVERFLOW;
	to->bytes = min(room, bytes);
	if (!to->bytes)
		return 0;
	to->data = kvmalloc(to->bytes, GFP_KERNEL_ACCOUNT);
	if (!to->data)
		return -ENOMEM;
	memcpy(to->data, from, to->bytes);
	return 0;
}

static int copy_out(u64 to, const struct blob *blob)
{
	if (!blob->data)
		return 0;
	return copy_to_user(u64_to_user_ptr(to), blob->data, blob->bytes) ? -EFAULT : 0;
}

static int give_value(struct request *r, const struct nt_value *value)
{
	r->reg.type = value->type;
	return give(&r->out_data, &r->reg.data_len, value->data, value->length, &r->reg.status);
}

static u32 kind_of(const struct nt_key *key)
{
	return (key->is_volatile ? NTCOMPAT_REG_KEY_VOLATILE : 0) |
	       (key->is_link ? NTCOMPAT_REG_KEY_LINK : 0);
}

/* ---- Operations, with the lock held ---- */

static int enum_key(struct request *r, struct nt_key *key, NTSTATUS *status)
{
	struct nt_key *child = nt_key_child_at(key, r->reg.index);

	if (!child) {
		*status = STATUS_NO_MORE_ENTRIES;
		return 0;
	}
	r->reg.type = kind_of(child);
	return give(&r->out_name, &r->reg.name_len, child->name.Buffer, child->name.Length,
		    &r->reg.status);
}

static int enum_value(struct request *r, struct nt_key *key, NTSTATUS *status)
{
	struct nt_value *value = nt_value_at(key, r->reg.index);
	int error;

	if (!value) {
		*status = STATUS_NO_MORE_ENTRIES;
		return 0;
	}
	error = give(&r->out_name, &r->reg.name_len, value->name.Buffer, value->name.Length,
		     &r->reg.status);
	return error ?: give_value(r, value);
}

static int query_value(struct request *r, struct nt_key *key, NTSTATUS *status)
{
	struct nt_value *value = nt_value_find(key, &r->name);

	if (value)
		return give_value(r, value);
	*status = STATUS_OBJECT_NAME_NOT_FOUND;
	return 0;
}

static NTSTATUS delete_key(struct nt_key *key)
{
	NTSTATUS status;

	nt_key_get(key);
	status = nt_key_delete(key);
	nt_key_put(key);
	return status;
}

static int operate(struct request *r, struct nt_key *key, NTSTATUS *status)
{
	switch (r->reg.op) {
	case NTCOMPAT_REG_CREATE_KEY:
		r->reg.type = kind_of(key);
		return 0;
	case NTCOMPAT_REG_DELETE_KEY:
		*status = delete_key(key);
		return 0;
	case NTCOMPAT_REG_ENUM_KEY:
		return enum_key(r, key, status);
	case NTCOMPAT_REG_SET_VALUE:
		*status = nt_value_set(key, &r->name, r->reg.type, r->data, r->reg.data_len);
		return 0;
	case NTCOMPAT_REG_QUERY_VALUE:
		return query_value(r, key, status);
	case NTCOMPAT_REG_DELETE_VALUE:
		*status = nt_value_delete(key, &r->name);
		return 0;
	case NTCOMPAT_REG_ENUM_VALUE:
		return enum_value(r, key, status);
	default:
		return -EINVAL;
	}
}

static int locked(struct request *r)
{
	NTSTATUS status = STATUS_SUCCESS;
	struct nt_key *key;
	int error = 0;

	if (r->reg.op == NTCOMPAT_REG_CREATE_KEY)
		status = nt_key_make(NULL, r->path.Buffer, 0, &key);
	else
		key = nt_key_walk(NULL, &r->path, NT_WALK_OPEN_LINK, &status);
	if (NT_SUCCESS(status))
		error = operate(r, key, &status);
	if (status != STATUS_SUCCESS)
		r->reg.status = (__force u32)status;
	return error;
}

static int run(struct request *r)
{
	int error = copy_request(r);

	if (!error) {
		r->reg.status = 0;
		mutex_lock(&nt_registry_lock);
		error = locked(r);
		r->reg.generation = nt_registry_generation();
		mutex_unlock(&nt_registry_lock);
	}
	if (!error)
		error = copy_out(r->reg.name, &r->out_name);
	if (!error)
		error = copy_out(r->reg.data, &r->out_data);
	free_request(r);
	return error;
}

/* ---- System calls ---- */

static int device_open(struct inode *inode, struct file *filp)
{
	struct watcher *watcher = kmalloc(sizeof(*watcher), GFP_KERNEL_ACCOUNT);

	if (!watcher)
		return -ENOMEM;
	watcher->generation = U64_MAX;
	watcher->saves = false;
	filp->private_data = watcher;
	return 0;
}

static int device_release(struct inode *inode, struct file *filp)
{
	struct watcher *watcher = filp->private_data;

	if (watcher->saves)
		nt_registry_saver(false);
	kfree(watcher);
	return 0;
}

/* The answer of the program that saves: that is one from then on. */
static int note_saved(struct watcher *watcher, u64 generation)
{
	if (!nt_registry_saved(generation))
		return -EINVAL;
	if (!cmpxchg(&watcher->saves, false, true))
		nt_registry_saver(true);
	return 0;
}

static long device_ioctl(struct file *filp, unsigned int command, unsigned long argument)
{
	struct ntcompat_reg __user *user = (void __user *)argument;
	struct watcher *watcher = filp->private_data;
	struct request r = { };
	int error = 0;

	if (command != NTCOMPAT_IOC_REGISTRY)
		return -ENOTTY;
	if (copy_from_user(&r.reg, user, sizeof(r.reg)))
		return -EFAULT;
	if (r.reg.reserved)
		return -EINVAL;
	if (r.reg.op == NTCOMPAT_REG_GENERATION) {
		r.reg.status = 0;
		r.reg.generation = nt_registry_generation();
		WRITE_ONCE(watcher->generation, r.reg.generation);
	} else if (r.reg.op == NTCOMPAT_REG_SAVED) {
		r.reg.status = 0;
		error = note_saved(watcher, r.reg.generation);
	} else {
		error = run(&r);
	}
	if (!error && copy_to_user(user, &r.reg, sizeof(r.reg)))
		error = -EFAULT;
	return error;
}

static __poll_t device_poll(struct file *filp, poll_table *table)
{
	struct watcher *watcher = filp->private_data;

	poll_wait(filp, nt_registry_wait(), table);
	return READ_ONCE(watcher->generation) == nt_registry_generation() ? 0 : EPOLLIN | EPOLLRDNORM;
}

static const struct file_operations operations = {
	.owner = THIS_MODULE,
	.open = device_open,
	.release = device_release,
	.unlocked_ioctl = device_ioctl,
	.compat_ioctl = compat_ptr_ioctl,
	.poll = device_poll,
	.llseek = noop_llseek,
};

static struct miscdevice device = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "ntcompat",
	.mode = 0600,
	.fops = &operations,
};

int __init nt_registry_device_setup(void)
{
	return misc_register(&device);
}

void nt_registry_device_teardown(void)
{
	misc_deregister(&device);
}
