// SPDX-License-Identifier: GPL-2.0
/*
 * Asynchronous requests.
 *
 * An IRP that pends belongs to its end() function. That runs wherever the driver
 * completes the IRP, often in a DPC, so it may neither sleep nor touch user
 * addresses: a read's data go to pinned pages, a command's through a task work
 * in the thread that asked, or a worker when that has exited. What must be released in process context goes
 * through a workqueue.
 *
 * Who may still hold such an IRP at its end: a cancellation, with a reference of
 * its own, which found it on the file's list or by its iocb or command. From
 * both it is taken, under their locks, before the reference of the request
 * itself is dropped.
 */
#include "async.h"
#include "buffers.h"
#include "pending.h"
#include "../linux/compat.h"
#include "../mm/mdl.h"
#include <linux/aio.h>
#include <linux/fs.h>
#include <linux/kthread.h>
#include <linux/sched/mm.h>
#include <linux/uio.h>

static struct workqueue_struct *later_queue;

/* Guards kiocb.private and the pointer in io_uring_cmd.pdu. */
static DEFINE_SPINLOCK(handle_lock);

static struct nt_irp **command_handle(struct io_uring_cmd *cmd)
{
	BUILD_BUG_ON(sizeof(struct nt_irp *) > sizeof(cmd->pdu));
	return (struct nt_irp **)cmd->pdu;
}

static struct nt_irp *handle_get(struct nt_irp **handle)
{
	struct nt_irp *nt;
	unsigned long flags;

	spin_lock_irqsave(&handle_lock, flags);
	nt = *handle;
	if (nt)
		nt_irp_ref(nt);
	spin_unlock_irqrestore(&handle_lock, flags);
	return nt;
}

static void handle_set(struct nt_irp **handle, struct nt_irp *nt)
{
	unsigned long flags;

	spin_lock_irqsave(&handle_lock, flags);
	*handle = nt;
	spin_unlock_irqrestore(&handle_lock, flags);
}

static struct nt_irp *alloc(struct nt_file *file, PDEVICE_OBJECT target, UCHAR major)
{
	struct nt_irp *nt = nt_irp_alloc(target->StackSize, GFP_KERNEL_ACCOUNT);
	PIO_STACK_LOCATION first;

	if (!nt)
		return NULL;
	memset(&nt->origin, 0, sizeof(nt->origin));
	nt->file = file;
	nt->irp.RequestorMode = UserMode;
	nt->irp.Tail.Overlay.OriginalFileObject = &file->object;
	first = nt_irp_first(nt);
	first->MajorFunction = major;
	first->FileObject = &file->object;
	return nt;
}

static void release_user_mdl(struct nt_irp *nt)
{
	PMDL mdl = nt->origin.user_mdl;

	if (!mdl)
		return;
	nt_mdl_unpin(mdl);
	IoFreeMdl(mdl);
	nt->origin.user_mdl = NULL;
}

/* In process context; also before the IRP was sent. */
static void release(struct nt_irp *nt)
{
	release_user_mdl(nt);
	nt_release_buffers(nt);
}

static bool can_release_atomic(const struct nt_irp *nt)
{
	const MDL *mdl = nt->own_mdl, *user = nt->origin.user_mdl;

	if (nt->irp.MdlAddress != mdl || (mdl && mdl->Next))
		return false;
	return (!mdl || nt_mdl_can_unpin_atomic(mdl)) && (!user || nt_mdl_can_unpin_atomic(user));
}

static void release_atomic(struct nt_irp *nt)
{
	if (nt->own_mdl)
		nt_mdl_unpin_atomic(nt->own_mdl);
	if (nt->origin.user_mdl)
		nt_mdl_unpin_atomic(nt->origin.user_mdl);
	release(nt);	/* what is left: memory */
}

/* For the file's count of requests that keep its struct file alive. */
static void hold_file(struct nt_irp *nt, bool holds)
{
	nt->origin.holds_file = holds;
	if (holds)
		atomic_inc(&nt->file->calls);
}

static void unhold_file(struct nt_irp *nt)
{
	if (nt->origin.holds_file)
		atomic_dec(&nt->file->calls);
}

/* ---- Reads and writes ---- */

/*
 * A buffered read's data are copied when the IRP ends, to pages that are pinned
 * now; a direct one's pages are pinned anyway. Both are marked dirty while that
 * is possible.
 */
static NTSTATUS make_transfer(struct nt_irp *nt, PDEVICE_OBJECT target, void __user *user, u32 length,
			      bool read)
{
	NTSTATUS status = nt_make_transfer_buffers(nt, target, user, length, read);
	PMDL mdl;
	int error;

	if (!NT_SUCCESS(status) || !read || !length)
		return status;
	if (target->Flags & DO_BUFFERED_IO) {
		mdl = IoAllocateMdl((__force void *)user, length, FALSE, FALSE, NULL);
		if (!mdl)
			return STATUS_INSUFFICIENT_RESOURCES;
		nt->origin.user_mdl = mdl;
		error = nt_mdl_pin_user(mdl, true);
		if (error)
			return error == -EFAULT ? STATUS_ACCESS_VIOLATION :
						  nt_status_from_errno(error);
	} else {
		mdl = nt->own_mdl;
	}
	if (mdl)
		nt_mdl_dirty(mdl);
	return status;
}

/* The bytes moved, or a negative errno. */
static ssize_t transfer_result(struct nt_irp *nt)
{
	NTSTATUS status = nt->irp.IoStatus.Status;
	size_t bytes = min_t(u64, nt->irp.IoStatus.Information, nt->origin.length);

	if (nt->origin.read && status == STATUS_END_OF_FILE)
		return 0;
	if (NT_ERROR(status))
		return nt_status_to_errno(status);
	if (nt->origin.user_mdl && bytes)
		nt_mdl_copy(nt->origin.user_mdl, 0, nt->own_buffer ?: nt->buffer, bytes, true);
	return bytes;
}

/* The buffers are released. The file may go away with the iocb: that comes last. */
static void finish_transfer(struct nt_irp *nt, ssize_t result)
{
	struct kiocb *iocb = nt->origin.iocb;

	handle_set((struct nt_irp **)&iocb->private, NULL);
	nt_pending_del(nt);
	unhold_file(nt);
	nt_irp_unref(nt);
	if (result > 0)
		iocb->ki_pos += result;
	iocb->ki_complete(iocb, result);
}

static void finish_transfer_later(struct work_struct *work)
{
	struct nt_irp *nt = container_of(work, struct nt_irp, origin.later);
	ssize_t result = transfer_result(nt);

	release(nt);
	finish_transfer(nt, result);
}

static void end_transfer(struct nt_irp *nt)
{
	ssize_t result;

	if (!can_release_atomic(nt)) {
		INIT_WORK(&nt->origin.later, finish_transfer_later);
		queue_work(later_queue, &nt->origin.later);
		return;
	}
	result = transfer_result(nt);
	release_atomic(nt);
	finish_transfer(nt, result);
}

static void cancel_later(struct work_struct *work)
{
	struct nt_irp *nt = container_of(work, struct nt_irp, origin.cancel);

	IoCancelIrp(&nt->irp);
	nt_irp_unref(nt);
}

/*
 * AIO calls this with its context locked, and completion wants that lock: so
 * the cancellation is somebody else's work. The iocb is alive under that lock.
 */
static int cancel_iocb(struct kiocb *iocb)
{
	struct nt_irp *nt = handle_get((struct nt_irp **)&iocb->private);

	if (!nt)
		return 0;
	if (xchg(&nt->cancelled, true)) {
		nt_irp_unref(nt);
		return 0;
	}
	INIT_WORK(&nt->origin.cancel, cancel_later);
	queue_work(later_queue, &nt->origin.cancel);
	return 0;
}

/**
 * nt_async_transfer - a read or write whose end is told to an iocb
 * @file: the file
 * @iocb: of AIO or io_uring
 * @user: the caller's buffer
 * @length: its bytes
 * @read: towards the caller
 *
 * PASSIVE_LEVEL, in the caller's process. Returns -EIOCBQUEUED when ki_complete
 * will be called, else the result.
 */
ssize_t nt_async_transfer(struct nt_file *file, struct kiocb *iocb, void __user *user, u32 length,
			  bool read)
{
	PDEVICE_OBJECT target = nt_file_target(file);
	struct nt_irp *nt = alloc(file, target, read ? IRP_MJ_READ : IRP_MJ_WRITE);
	PIO_STACK_LOCATION first;
	NTSTATUS status;
	ssize_t result;

	if (!nt)
		return -ENOMEM;
	nt->irp.Flags = read ? IRP_READ_OPERATION : IRP_WRITE_OPERATION;
	first = nt_irp_first(nt);
	first->Parameters.Read.Length = length;
	first->Parameters.Read.ByteOffset.QuadPart = iocb->ki_pos;
	nt->origin.iocb = iocb;
	nt->origin.length = length;
	nt->origin.read = read;
	nt->end = end_transfer;

	status = make_transfer(nt, target, user, length, read);
	if (!NT_SUCCESS(status)) {
		result = nt_status_to_errno(status);
		goto release;
	}
	hold_file(nt, nt_iocb_is_aio(iocb) || !nt_uring_file_is_fixed(iocb));
	handle_set((struct nt_irp **)&iocb->private, nt);
	if (nt_iocb_is_aio(iocb))
		kiocb_set_cancel_fn(iocb, cancel_iocb);
	if (!nt_irp_send_async(nt, target))
		return -EIOCBQUEUED;

	handle_set((struct nt_irp **)&iocb->private, NULL);
	unhold_file(nt);
	result = transfer_result(nt);
	if (result > 0)
		iocb->ki_pos += result;
release:
	release(nt);
	nt_irp_unref(nt);
	return result;
}

/* ---- Commands ---- */

/* Where the addresses are those of the process that asked. */
static int copy_result(struct nt_irp *nt)
{
	struct ntcompat_io __user *arg = nt->origin.arg;
	NTSTATUS status = nt->irp.IoStatus.Status;
	u64 information = nt->irp.IoStatus.Information;

	if (!NT_ERROR(status) && nt->origin.out)
		status = nt_copy_back(nt, nt->origin.out, nt->origin.out_len);
	if (put_user((__force u32)status, &arg->status) || put_user(information, &arg->information))
		return -EFAULT;
	return nt_status_to_errno(status);
}

/*
 * In the thread that asked; or, when that has exited, in a worker, which borrows
 * the addresses of the process as long as it has any.
 */
static int put_result(struct nt_irp *nt)
{
	struct mm_struct *mm = nt->origin.mm;
	int result;

	if (current->mm == mm)
		return copy_result(nt);
	if (!mmget_not_zero(mm))
		return -ECANCELED;
	kthread_use_mm(mm);
	result = copy_result(nt);
	kthread_unuse_mm(mm);
	mmput(mm);
	return result;
}

static void release_command(struct nt_irp *nt)
{
	mmdrop(nt->origin.mm);
	release(nt);
}

struct borrowed {
	struct work_struct work;
	struct nt_irp *nt;
	int result;
};

static void put_result_in_worker(struct work_struct *work)
{
	struct borrowed *borrowed = container_of(work, struct borrowed, work);

	borrowed->result = put_result(borrowed->nt);
}

/* A thread that is just exiting has no memory any more, and cannot borrow any. */
static int put_result_by_worker(struct nt_irp *nt)
{
	struct borrowed borrowed = { .nt = nt };

	INIT_WORK_ONSTACK(&borrowed.work, put_result_in_worker);
	queue_work(later_queue, &borrowed.work);
	flush_work(&borrowed.work);
	destroy_work_on_stack(&borrowed.work);
	return borrowed.result;
}

/*
 * In io_uring's task work, or in the worker that does this for an exited task: both hold
 * the ring. io_uring_cmd_done() on Linux 6.1 still looks at it when the request is
 * gone already, so no worker of ours may call that.
 */
static void finish_command(struct io_uring_cmd *cmd, unsigned int issue_flags)
{
	struct nt_irp *nt = *command_handle(cmd);
	bool exiting = current->mm != nt->origin.mm && !(current->flags & PF_KTHREAD);
	int result = unlikely(exiting) ? put_result_by_worker(nt) : put_result(nt);

	handle_set(command_handle(cmd), NULL);
	nt_pending_del(nt);
	unhold_file(nt);
	release_command(nt);
	nt_irp_unref(nt);
	io_uring_cmd_done(cmd, result, 0, issue_flags);
}

static void end_command(struct nt_irp *nt)
{
	io_uring_cmd_complete_in_task(nt->origin.cmd, finish_command);
}

static NTSTATUS make_control(struct nt_irp *nt, const struct ntcompat_io *io)
{
	struct ntcompat_ioctl req = {
		.code = io->code,
		.in_len = io->in_len,
		.out_len = io->out_len,
		.in = io->in,
		.out = io->out,
	};
	PIO_STACK_LOCATION first = nt_irp_first(nt);

	first->Parameters.DeviceIoControl.OutputBufferLength = io->out_len;
	first->Parameters.DeviceIoControl.InputBufferLength = io->in_len;
	first->Parameters.DeviceIoControl.IoControlCode = io->code;
	if (METHOD_FROM_CTL_CODE(io->code) == METHOD_BUFFERED) {
		nt->origin.out = u64_to_user_ptr(io->out);
		nt->origin.out_len = io->out_len;
	}
	return nt_make_ioctl_buffers(nt, &req);
}

static NTSTATUS make_read_write(struct nt_irp *nt, PDEVICE_OBJECT target, const struct ntcompat_io *io)
{
	bool read = io->op == NTCOMPAT_IO_READ;
	PIO_STACK_LOCATION first = nt_irp_first(nt);

	nt->irp.Flags = read ? IRP_READ_OPERATION : IRP_WRITE_OPERATION;
	first->Parameters.Read.Length = read ? io->out_len : io->in_len;
	first->Parameters.Read.ByteOffset.QuadPart = io->offset;
	if (read && (target->Flags & DO_BUFFERED_IO)) {
		nt->origin.out = u64_to_user_ptr(io->out);
		nt->origin.out_len = io->out_len;
	}
	return nt_make_transfer_buffers(nt, target, u64_to_user_ptr(read ? io->out : io->in),
					first->Parameters.Read.Length, read);
}

static int major_of(const struct nt_file *file, const struct ntcompat_io *io)
{
	switch (io->op) {
	case NTCOMPAT_IO_DEVICE_CONTROL:
		return nt_may_ioctl(file, io->code) ? IRP_MJ_DEVICE_CONTROL : -EACCES;
	case NTCOMPAT_IO_READ:
		return file->object.ReadAccess ? IRP_MJ_READ : -EBADF;
	case NTCOMPAT_IO_WRITE:
		return file->object.WriteAccess ? IRP_MJ_WRITE : -EBADF;
	}
	return -EINVAL;
}

static int send_command(struct nt_irp *nt, PDEVICE_OBJECT target, struct io_uring_cmd *cmd,
			unsigned int issue_flags)
{
	int result;

	hold_file(nt, !nt_uring_file_is_fixed(cmd));
	handle_set(command_handle(cmd), nt);
	nt_uring_mark_cancelable(cmd, issue_flags);
	if (!nt_irp_send_async(nt, target))
		return -EIOCBQUEUED;
	handle_set(command_handle(cmd), NULL);
	result = put_result(nt);
	unhold_file(nt);
	release_command(nt);
	nt_irp_unref(nt);
	return nt_uring_done_inline(cmd, result, issue_flags);
}

/**
 * nt_async_command - IORING_OP_URING_CMD with NTCOMPAT_URING_IO
 * @file: the file
 * @cmd: the command
 * @arg: its struct ntcompat_io
 * @issue_flags: of io_uring
 *
 * PASSIVE_LEVEL, in the caller's process or one of its io_uring workers. Returns
 * -EIOCBQUEUED when io_uring_cmd_done() will be called, else the result.
 */
int nt_async_command(struct nt_file *file, struct io_uring_cmd *cmd, void __user *arg,
		     unsigned int issue_flags)
{
	PDEVICE_OBJECT target = nt_file_target(file);
	struct ntcompat_io io;
	struct nt_irp *nt;
	NTSTATUS status;
	int major;

	*command_handle(cmd) = NULL;
	if (copy_from_user(&io, arg, sizeof(io)))
		return -EFAULT;
	major = io.reserved ? -EINVAL : major_of(file, &io);
	if (major < 0)
		return major;
	nt = alloc(file, target, major);
	if (!nt)
		return -ENOMEM;
	nt->origin.cmd = cmd;
	nt->origin.arg = arg;
	nt->origin.mm = current->mm;
	mmgrab(nt->origin.mm);
	nt->origin.tag = io.tag;
	nt->end = end_command;

	status = major == IRP_MJ_DEVICE_CONTROL ? make_control(nt, &io) :
						  make_read_write(nt, target, &io);
	if (NT_SUCCESS(status))
		return send_command(nt, target, cmd, issue_flags);
	nt->irp.IoStatus.Status = status;
	nt->irp.IoStatus.Information = 0;
	major = put_result(nt);
	release_command(nt);
	nt_irp_unref(nt);
	return major;
}

/**
 * nt_async_command_cancel - io_uring wants a command to end
 * @cmd: a command that was marked cancelable
 */
void nt_async_command_cancel(struct io_uring_cmd *cmd)
{
	struct nt_irp *nt = handle_get(command_handle(cmd));

	if (!nt)
		return;
	IoCancelIrp(&nt->irp);
	nt_irp_unref(nt);
}

/* A driver goes away: nobody is in one of its Cancel routines after this. */
void nt_async_flush(void)
{
	flush_workqueue(later_queue);
}

int __init nt_async_setup(void)
{
	later_queue = alloc_workqueue("ntcompat", WQ_UNBOUND | WQ_MEM_RECLAIM, 0);
	return later_queue ? 0 : -ENOMEM;
}

void nt_async_teardown(void)
{
	destroy_workqueue(later_queue);
}
