// SPDX-License-Identifier: GPL-2.0
/* The door for user programs: system calls on a node become requests. */
#include "chardev.h"
#include "node.h"
#include "readiness.h"
#include "compat.h"
#include "../include/uapi/ntcompat.h"
#include "../io/async.h"
#include "../io/information.h"
#include "../io/pending.h"
#include "../io/request.h"
#include "../ob/name.h"
#include <linux/anon_inodes.h>
#include <linux/fdtable.h>
#include <linux/file.h>
#include <linux/module.h>
#include <linux/uaccess.h>

static struct nt_file *file_of(struct file *filp)
{
	return filp->private_data;
}

/*
 * A system call holds a reference to the struct file only when its process
 * shares its descriptor table with another thread. flush() counts them, to tell
 * a last close from one of several.
 */
static bool call_begin(struct nt_file *file)
{
	bool counted = atomic_read(&current->files->count) > 1;

	if (counted)
		atomic_inc(&file->calls);
	return counted;
}

static void call_end(struct nt_file *file, bool counted)
{
	if (counted)
		atomic_dec(&file->calls);
}

/*
 * A cancelled request means EINTR when it was a signal that cancelled it: the
 * program decides whether to try again, restarting could do a thing twice.
 */
static int to_errno(NTSTATUS status)
{
	if (NT_SUCCESS(status))
		return 0;
	if (status == STATUS_CANCELLED && task_sigpending(current))
		return -EINTR;
	return nt_status_to_errno(status);
}

/* Is the descriptor that is just being closed the only one left? */
static bool is_last_close(struct file *filp)
{
	return file_count(filp) <= 1 + atomic_read(&file_of(filp)->calls);
}

/*
 * NT cancels what a process has pending when it exits. A file that was closed
 * before does not come by here then, so it happens at the last close, after the
 * driver's Cleanup routine has had its chance.
 */
static void last_close(struct nt_file *file)
{
	static const struct nt_pending_match all = {};

	nt_file_cleanup(file);
	nt_pending_cancel(file, &all);
}

/*
 * A request that ends is taken off the count of calls a moment before its
 * reference goes, so a close at that moment does not look like the last one.
 * Look again when such moments are over; the reference that keeps the file until
 * then stands for the descriptor's.
 */
static void look_again(struct work_struct *work)
{
	struct nt_file *file = container_of(to_delayed_work(work), struct nt_file, look_again);
	struct file *filp = file->filp;

	if (is_last_close(filp))
		last_close(file);
	fput(filp);
}

static const struct file_operations nt_pollable_operations;

static void belong(struct nt_file *file, struct file *filp)
{
	file->filp = filp;
	INIT_DELAYED_WORK(&file->look_again, look_again);
	filp->private_data = file;
	if (nt_readiness_known(file)) {
		filp->f_op = &nt_pollable_operations;
		/* For io_uring: a request that would wait is refused when it asks for that. */
		filp->f_mode |= FMODE_NOWAIT;
	}
}

static int nt_open(struct inode *inode, struct file *filp)
{
	UNICODE_STRING target;
	struct nt_file *file;
	NTSTATUS status;

	status = nt_node_target(iminor(inode), &target);
	if (!NT_SUCCESS(status))
		return nt_status_to_errno(status);
	status = nt_file_open(&target, filp->f_mode, UserMode, &file);
	nt_string_free(&target);
	if (!NT_SUCCESS(status))
		return to_errno(status) ?: -EIO;
	belong(file, filp);
	return 0;
}

/* Called at each close(2) of a descriptor, and for each at the exit of a process. */
static int nt_flush(struct file *filp, fl_owner_t owner)
{
	struct nt_file *file = file_of(filp);
	struct nt_pending_match ours = { .tgid = current->tgid };

	if (is_last_close(filp)) {
		last_close(file);
		return 0;
	}
	if (current->flags & PF_EXITING)
		nt_pending_cancel(file, &ours);
	if (!nt_pending_none(file)) {
		get_file(filp);
		if (!schedule_delayed_work(&file->look_again, HZ / 10))
			fput(filp);
	}
	return 0;
}

static int nt_release(struct inode *inode, struct file *filp)
{
	nt_file_close(file_of(filp));
	return 0;
}

/* What a transfer returns, and where the file position goes. */
static ssize_t transferred(struct nt_file *file, struct nt_transferred done, size_t length,
			   loff_t *pos)
{
	size_t bytes = min_t(u64, done.information, length);

	if (NT_ERROR(done.status))
		return to_errno(done.status);
	*pos += bytes;
	file->object.CurrentByteOffset.QuadPart = *pos;
	return bytes;
}

static ssize_t nt_read(struct file *filp, char __user *buffer, size_t length, loff_t *pos)
{
	struct nt_file *file = file_of(filp);
	struct nt_transferred done;
	bool counted;

	if (unlikely(filp->f_flags & O_NONBLOCK) && !nt_readiness_allows(file, true))
		return -EAGAIN;
	counted = call_begin(file);
	done = nt_request_read(file, buffer, length, *pos);
	call_end(file, counted);
	if (done.status == STATUS_END_OF_FILE)
		return 0;
	return transferred(file, done, length, pos);
}

static ssize_t nt_write(struct file *filp, const char __user *buffer, size_t length, loff_t *pos)
{
	struct nt_file *file = file_of(filp);
	struct nt_transferred done;
	bool counted;

	if (unlikely(filp->f_flags & O_NONBLOCK) && !nt_readiness_allows(file, false))
		return -EAGAIN;
	counted = call_begin(file);
	done = nt_request_write(file, buffer, length, *pos);
	call_end(file, counted);
	return transferred(file, done, length, pos);
}

/*
 * readv(2) and writev(2): one request for each segment, until one is short, as
 * NT has no vectors of this kind.
 */
static ssize_t transfer_segments(struct kiocb *iocb, struct iov_iter *iter, bool read)
{
	struct file *filp = iocb->ki_filp;
	ssize_t total = 0, moved;
	size_t length;

	while (iov_iter_count(iter)) {
		void __user *user = nt_iter_segment(iter, &length);

		moved = read ? nt_read(filp, user, length, &iocb->ki_pos) :
			       nt_write(filp, user, length, &iocb->ki_pos);
		if (moved < 0)
			return total ?: moved;
		total += moved;
		iov_iter_advance(iter, moved);
		if (moved < length)
			break;
	}
	return total;
}

static ssize_t transfer_iter(struct kiocb *iocb, struct iov_iter *iter, bool read)
{
	void __user *user;
	size_t length;

	if (!user_backed_iter(iter))
		return -EINVAL;
	if (iocb->ki_flags & IOCB_NOWAIT && !nt_readiness_allows(file_of(iocb->ki_filp), read))
		return -EAGAIN;
	if (is_sync_kiocb(iocb))
		return transfer_segments(iocb, iter, read);
	user = nt_iter_segment(iter, &length);
	if (length != iov_iter_count(iter))
		return transfer_segments(iocb, iter, read);
	return nt_async_transfer(file_of(iocb->ki_filp), iocb, user, length, read);
}

static ssize_t nt_read_iter(struct kiocb *iocb, struct iov_iter *to)
{
	return transfer_iter(iocb, to, true);
}

static ssize_t nt_write_iter(struct kiocb *iocb, struct iov_iter *from)
{
	return transfer_iter(iocb, from, false);
}

/*
 * In the thread that submits, with the ring's lock held, even where io_uring
 * would have us refuse what may wait (IO_URING_F_NONBLOCK). A dispatch routine is
 * called in its requester's context, on NT as well, also for overlapped requests,
 * and one that waits there holds up its requester: drivers for asynchronous
 * requests mark the IRP pending instead. To hand each command to a worker would
 * cost all drivers a switch of threads for the sake of those few. A program that
 * talks to one of them sets IOSQE_ASYNC, and gets a worker of its own process.
 */
static int nt_uring_cmd(struct io_uring_cmd *cmd, unsigned int issue_flags)
{
	u64 address;

	if (nt_uring_is_cancel(issue_flags)) {
		nt_async_command_cancel(cmd);
		return 0;
	}
	if (cmd->cmd_op != NTCOMPAT_URING_IO)
		return -ENOTTY;
	address = READ_ONCE(*(const u64 *)nt_uring_payload(cmd));
	return nt_async_command(file_of(cmd->file), cmd, u64_to_user_ptr(address), issue_flags);
}

static loff_t nt_llseek(struct file *filp, loff_t offset, int whence)
{
	struct nt_file *file = file_of(filp);
	loff_t base = 0;
	bool counted;
	s64 end;
	NTSTATUS status;

	switch (whence) {
	case SEEK_SET:
		break;
	case SEEK_CUR:
		base = filp->f_pos;
		break;
	case SEEK_END:
		counted = call_begin(file);
		status = nt_request_end_of_file(file, &end);
		call_end(file, counted);
		if (!NT_SUCCESS(status))
			return status == STATUS_INVALID_DEVICE_REQUEST ? -ESPIPE : to_errno(status);
		base = end;
		break;
	default:
		return -EINVAL;
	}
	if (check_add_overflow(base, offset, &base) || base < 0)
		return -EINVAL;
	filp->f_pos = base;
	file->object.CurrentByteOffset.QuadPart = base;
	return base;
}

static int nt_fsync(struct file *filp, loff_t start, loff_t end, int datasync)
{
	struct nt_file *file = file_of(filp);
	bool counted = call_begin(file);
	NTSTATUS status = nt_request_flush(file);

	call_end(file, counted);

	/* A driver without a flush routine has nothing to flush. */
	return status == STATUS_INVALID_DEVICE_REQUEST ? 0 : to_errno(status);
}

static long device_control(struct nt_file *file, struct ntcompat_ioctl __user *arg)
{
	bool counted = call_begin(file);
	NTSTATUS status = nt_request_ioctl(file, arg);

	call_end(file, counted);
	return to_errno(status);
}

static long cancel(struct nt_file *file, struct ntcompat_cancel __user *arg)
{
	struct nt_pending_match match = { .tgid = current->tgid };
	struct ntcompat_cancel req;

	if (copy_from_user(&req, arg, sizeof(req)))
		return -EFAULT;
	if (req.flags & ~NTCOMPAT_CANCEL_TAG)
		return -EINVAL;
	match.by_tag = req.flags & NTCOMPAT_CANCEL_TAG;
	match.tag = req.tag;
	req.cancelled = nt_pending_cancel(file, &match);
	if (put_user(req.cancelled, &arg->cancelled))
		return -EFAULT;
	return req.cancelled ? 0 : -ENOENT;
}

static noinline long information(struct nt_file *file, struct ntcompat_info __user *arg, bool query)
{
	struct ntcompat_info req;
	NTSTATUS status;
	bool counted;

	if (copy_from_user(&req, arg, sizeof(req)))
		return -EFAULT;
	if (req.reserved)
		return -EINVAL;
	counted = call_begin(file);
	status = query ? nt_information_query(file, &req) : nt_information_set(file, &req);
	call_end(file, counted);
	if (put_user((__force u32)status, &arg->status) ||
	    put_user(req.information, &arg->information))
		return -EFAULT;
	return to_errno(status);
}

/* ---- Names behind a device ---- */

static int copy_name(const struct ntcompat_open *req, PUNICODE_STRING name)
{
	if (!req->name_len || req->name_len % sizeof(WCHAR))
		return -EINVAL;
	if (req->name_len > NTCOMPAT_OPEN_NAME_MAX)
		return -ENAMETOOLONG;
	name->Buffer = memdup_user(u64_to_user_ptr(req->name), req->name_len);
	if (IS_ERR(name->Buffer))
		return PTR_ERR(name->Buffer);
	name->Length = req->name_len;
	name->MaximumLength = req->name_len;
	if (name->Buffer[0] == '\\')
		return 0;
	kfree(name->Buffer);
	return -EINVAL;
}

/*
 * WDK, "Controlling Device Namespace Access": a name behind a device is checked
 * against the device's security when the top of its stack says
 * FILE_DEVICE_SECURE_OPEN, else it is the driver's business alone. The device's
 * security is the node's mode.
 */
static int may_open_behind(struct file *filp, fmode_t mode)
{
	PDEVICE_OBJECT top = nt_file_target(file_of(filp));
	int mask = (mode & FMODE_READ ? MAY_READ : 0) | (mode & FMODE_WRITE ? MAY_WRITE : 0);

	if (!(top->Characteristics & FILE_DEVICE_SECURE_OPEN))
		return 0;
	return file_permission(filp, mask);
}

/* A descriptor for a file that has no node of its own. */
static long install(struct nt_file *file, u32 flags)
{
	struct file *filp;
	int fd = get_unused_fd_flags(flags & O_CLOEXEC);

	if (fd < 0)
		goto close;
	filp = anon_inode_getfile("[nt]", &nt_file_operations, file, flags & O_ACCMODE);
	if (IS_ERR(filp)) {
		put_unused_fd(fd);
		fd = PTR_ERR(filp);
		goto close;
	}
	filp->f_mode |= FMODE_LSEEK | FMODE_PREAD | FMODE_PWRITE;
	belong(file, filp);
	fd_install(fd, filp);
	return fd;

close:
	nt_file_close(file);
	return fd;
}

static long open_behind(struct file *filp, struct ntcompat_open __user *arg)
{
	struct ntcompat_open req;
	UNICODE_STRING name;
	struct nt_file *file;
	NTSTATUS status;
	int error;

	/* Not behind a file without a node: there would be no mode to ask. */
	if (!S_ISCHR(file_inode(filp)->i_mode))
		return -ENOTTY;
	if (copy_from_user(&req, arg, sizeof(req)))
		return -EFAULT;
	if (req.flags & ~(O_ACCMODE | O_CLOEXEC))
		return -EINVAL;
	error = may_open_behind(filp, OPEN_FMODE(req.flags)) ?: copy_name(&req, &name);
	if (error)
		return error;
	status = nt_file_open_behind(file_of(filp), &name, OPEN_FMODE(req.flags), &file);
	kfree(name.Buffer);
	if (!NT_SUCCESS(status))
		return to_errno(status) ?: -EIO;
	return install(file, req.flags);
}

static noinline long rare_ioctl(struct file *filp, unsigned int cmd, unsigned long arg)
{
	switch (cmd) {
	case NTCOMPAT_IOC_CANCEL:
		return cancel(file_of(filp), (void __user *)arg);
	case NTCOMPAT_IOC_QUERY_INFORMATION:
		return information(file_of(filp), (void __user *)arg, true);
	case NTCOMPAT_IOC_SET_INFORMATION:
		return information(file_of(filp), (void __user *)arg, false);
	case NTCOMPAT_IOC_OPEN:
		return open_behind(filp, (void __user *)arg);
	}
	return -ENOTTY;
}

/* The rest apart: their local variables would cost this one a stack canary. */
static long nt_ioctl(struct file *filp, unsigned int cmd, unsigned long arg)
{
	if (likely(cmd == NTCOMPAT_IOC_DEVICE_CONTROL))
		return device_control(file_of(filp), (void __user *)arg);
	return rare_ioctl(filp, cmd, arg);
}

static __poll_t nt_poll(struct file *filp, poll_table *table)
{
	return nt_readiness_poll(file_of(filp), filp, table);
}

#define NODE_OPERATIONS							\
	.owner = THIS_MODULE,						\
	.open = nt_open,						\
	.flush = nt_flush,						\
	.release = nt_release,						\
	.read = nt_read,						\
	.write = nt_write,						\
	/* What AIO and io_uring call; read and write take the short way above. */ \
	.read_iter = nt_read_iter,					\
	.write_iter = nt_write_iter,					\
	.uring_cmd = nt_uring_cmd,					\
	.llseek = nt_llseek,						\
	.fsync = nt_fsync,						\
	.unlocked_ioctl = nt_ioctl,					\
	/* The structures have no pointers and the same layout for 32-bit programs. */ \
	.compat_ioctl = compat_ptr_ioctl

const struct file_operations nt_file_operations = {
	NODE_OPERATIONS,
};

/* Of files whose driver says when it is ready. */
static const struct file_operations nt_pollable_operations = {
	NODE_OPERATIONS,
	.poll = nt_poll,
};

struct nt_file *nt_chardev_file(struct file *filp)
{
	bool ours = filp->f_op == &nt_file_operations || filp->f_op == &nt_pollable_operations;

	return ours ? file_of(filp) : NULL;
}
