/* SPDX-License-Identifier: GPL-2.0 */
/*
 * IRPs: where they come from and how one is sent off and waited for.
 *
 * Who may hold an IRP: from IoCallDriver() until the driver calls
 * IoCompleteRequest() it is the driver's, whatever became of the process that
 * asked. Therefore whoever sends one waits for its completion, even when it was
 * cancelled meanwhile, and frees it afterwards.
 */
#ifndef _NTCOMPAT_IO_IRP_H
#define _NTCOMPAT_IO_IRP_H

#include "../nt.h"
#include "../gate.h"
#include "../ps/thread.h"
#include "status.h"
#include <linux/completion.h>
#include <linux/sched.h>
#include <linux/workqueue.h>

#define NT_IRP_STACK	4	/* stack locations of the IRPs that are kept at hand */
#define NT_IRP_INLINE	128	/* bytes of system buffer inside the structure */
#define NT_IRP_PAGES	2	/* pages that the MDL inside the structure can describe */

struct nt_file;
struct io_uring_cmd;
struct kiocb;

/**
 * struct nt_irp_origin - who asked for an asynchronous request
 * @iocb: read or write of AIO or io_uring
 * @cmd: io_uring command
 * @arg: its struct ntcompat_io
 * @out: where the output of a buffered control request goes
 * @out_len: room there
 * @mm: whose addresses these are, of a command; grabbed
 * @tag: what NTCOMPAT_IOC_CANCEL knows it by
 * @user_mdl: the pinned pages that a buffered read is copied to, or NULL
 * @length: bytes that a read or write is about
 * @read: data go to the user
 * @holds_file: it has a reference to the struct file, as all but those of an
 *	io_uring with registered files have
 * @later: to release what can only be released in process context
 * @cancel: to cancel where a driver may be called
 */
struct nt_irp_origin {
	struct kiocb *iocb;
	struct io_uring_cmd *cmd;
	void __user *arg;
	void __user *out;
	u32 out_len;
	struct mm_struct *mm;
	u64 tag;
	PMDL user_mdl;
	u32 length;
	bool read;
	bool holds_file;
	struct work_struct later;
	struct work_struct cancel;
};

/**
 * struct nt_irp - an IRP and what the I/O manager knows of it
 * @completed: for the sender, when the completion came from elsewhere
 * @sender: the task that waits, or that is sending it off; else NULL
 * @done: completed by the sender itself, on its way through the driver
 * @end: how an asynchronous request ends; NULL when the sender waits
 * @file: the file it is for, or NULL
 * @link: on the file's list of pending requests, guarded by its lock; or, with
 *	@thread, on that of threaded IRPs
 * @refs: the request itself, whoever is just cancelling it, whoever sends it off
 * @thread: of one that a driver made and that belongs to a thread: which, referenced
 * @tgid: the process that asked
 * @since: when it was put on the list, in jiffies
 * @cancelled: found by a cancellation already
 * @origin: of an asynchronous request
 * @stack_room: stack locations behind the structure
 * @top: the stack location above the first driver's
 * @counts: what nt_irp_renew() puts into the eight bytes from RequestorMode on
 * @shallow: what @deepest is when the first driver completes the IRP itself
 * @deepest: lowest stack location that a driver may have written to since it was
 *	zeroed; those below are zero
 * @own_mdl: the MDL that we made, whatever the driver did to MdlAddress
 * @own_buffer: the system buffer that we allocated, likewise
 * @mdl: for short transfers; described pages follow in @pfn
 * @pfn: see @mdl
 * @buffer: for short buffered requests
 * @irp: what drivers see; its stack locations follow
 */
struct nt_irp {
	struct completion completed;
	struct task_struct *sender;
	bool done;
	bool cancelled;
	u8 stack_room;
	atomic_t refs;
	void (*end)(struct nt_irp *nt);
	struct nt_file *file;
	struct list_head link;
	struct task_struct *thread;
	pid_t tgid;
	unsigned long since;
	IO_STACK_LOCATION *top;
	u64 counts;
	IO_STACK_LOCATION *shallow;
	IO_STACK_LOCATION *deepest;
	struct nt_irp_origin origin;
	PMDL own_mdl;
	void *own_buffer;
	MDL mdl;
	PFN_NUMBER pfn[NT_IRP_PAGES];
	u8 buffer[NT_IRP_INLINE] __aligned(16);
	struct _IRP irp __aligned(16);
	IO_STACK_LOCATION stack[];
};

static inline struct nt_irp *nt_irp(PIRP irp)
{
	return container_of(irp, struct nt_irp, irp);
}

struct nt_irp *nt_irp_alloc(CCHAR stack_size, gfp_t gfp);
void nt_irp_free(struct nt_irp *nt);

/* For whoever must be sure that an IRP does not go away under him. */
static inline void nt_irp_ref(struct nt_irp *nt)
{
	atomic_inc(&nt->refs);
}

static inline void nt_irp_unref(struct nt_irp *nt)
{
	if (atomic_dec_and_test(&nt->refs))
		nt_irp_free(nt);
}

static __always_inline void nt_clear_location(IO_STACK_LOCATION *location)
{
	u64 *word = (u64 *)location;
	int i;

	BUILD_BUG_ON(sizeof(*location) != 9 * sizeof(*word));
	/* WRITE_ONCE(): or the compiler makes a memset() of it. */
#pragma GCC unroll 9
	for (i = 0; i < 9; i++)
		WRITE_ONCE(word[i], 0);
}

/**
 * nt_irp_shape - fit an IRP to a stack
 * @nt: IRP with room for the stack
 * @stack_size: how many drivers it will pass
 *
 * What depends on the size alone, and what no driver changes in a request that
 * it is sent. nt_irp_renew() must follow.
 */
void nt_irp_shape(struct nt_irp *nt, UCHAR stack_size);

/**
 * nt_irp_renew - make an IRP new
 * @nt: IRP in the shape for its stack
 *
 * Written out, field by field: this is on the path of every request, and a
 * memset() of so few words is a slow string instruction on many processors.
 * DriverContext is the driver's, but for the word that tells a device queue
 * that the IRP is in none.
 */
static __always_inline void nt_irp_renew(struct nt_irp *nt)
{
	IO_STACK_LOCATION *location, *top = nt->top;
	PIRP irp = &nt->irp;

	nt->sender = current;
	nt->done = false;
	for (location = nt->deepest; location < top; location++)
		nt_clear_location(location);
	nt->deepest = nt->shallow;

	irp->MdlAddress = NULL;
	irp->Flags = 0;
	irp->AssociatedIrp.SystemBuffer = NULL;
	irp->IoStatus.Pointer = NULL;
	irp->IoStatus.Information = 0;
	*(u64 *)&irp->RequestorMode = nt->counts;
	irp->CancelRoutine = NULL;
	irp->UserBuffer = NULL;
	irp->Tail.Overlay.DeviceQueueEntry.Inserted = FALSE;
	irp->Tail.Overlay.Thread = (PETHREAD)nt_thread_current();
	irp->Tail.Overlay.CurrentStackLocation = top;
	irp->Tail.Overlay.OriginalFileObject = NULL;
}

/**
 * struct nt_irp_start - what is special about a program's request
 * @major: IRP_MJ_x
 * @flags: IRP.Flags
 * @system_buffer: AssociatedIrp.SystemBuffer
 * @user_buffer: IRP.UserBuffer
 * @parameters: the first stack location's, as words
 */
struct nt_irp_start {
	UCHAR major;
	ULONG flags;
	void *system_buffer;
	void __user *user_buffer;
	u64 parameters[4];
};

/*
 * The first location, as words: all nine are written, so it need not be zeroed.
 * Neither do we set its Flags nor a CompletionRoutine.
 */
static __always_inline void nt_fill_location(IO_STACK_LOCATION *location,
					     const struct nt_irp_start *start,
					     PDEVICE_OBJECT device, PFILE_OBJECT object)
{
	u64 *word = (u64 *)location;

	BUILD_BUG_ON(offsetof(IO_STACK_LOCATION, MajorFunction) != 0);
	BUILD_BUG_ON(offsetof(IO_STACK_LOCATION, Parameters) != 1 * sizeof(*word));
	BUILD_BUG_ON(offsetof(IO_STACK_LOCATION, DeviceObject) != 5 * sizeof(*word));
	BUILD_BUG_ON(offsetof(IO_STACK_LOCATION, FileObject) != 6 * sizeof(*word));
	WRITE_ONCE(word[0], start->major);
	WRITE_ONCE(word[1], start->parameters[0]);
	WRITE_ONCE(word[2], start->parameters[1]);
	WRITE_ONCE(word[3], start->parameters[2]);
	WRITE_ONCE(word[4], start->parameters[3]);
	WRITE_ONCE(word[5], (u64)device);
	WRITE_ONCE(word[6], (u64)object);
	WRITE_ONCE(word[7], 0);
	WRITE_ONCE(word[8], 0);
}

/**
 * nt_irp_begin - nt_irp_renew(), and IoCallDriver() up to the call
 * @nt: IRP in the shape for its stack
 * @start: what it asks for
 * @device: top of the stack
 * @object: the file that it is for
 *
 * Everything is written once. nt_irp_call() follows.
 */
static __always_inline void nt_irp_begin(struct nt_irp *nt, const struct nt_irp_start *start,
					 PDEVICE_OBJECT device, PFILE_OBJECT object)
{
	PETHREAD thread = (PETHREAD)nt_thread_current();
	IO_STACK_LOCATION *location, *first = nt->top - 1;
	PIRP irp = &nt->irp;

	nt->sender = current;
	nt->done = false;
	for (location = nt->deepest; location < first; location++)
		nt_clear_location(location);
	nt->deepest = nt->shallow;
	nt_fill_location(first, start, device, object);

	irp->MdlAddress = NULL;
	irp->Flags = start->flags;
	irp->AssociatedIrp.SystemBuffer = start->system_buffer;
	irp->IoStatus.Pointer = NULL;
	irp->IoStatus.Information = 0;
	/* RequestorMode is the lowest byte, CurrentLocation the fourth, and not 1. */
	*(u64 *)&irp->RequestorMode = nt->counts + UserMode - (1 << 24);
	irp->CancelRoutine = NULL;
	irp->UserBuffer = (__force void *)start->user_buffer;
	irp->Tail.Overlay.DeviceQueueEntry.Inserted = FALSE;
	irp->Tail.Overlay.Thread = thread;
	irp->Tail.Overlay.CurrentStackLocation = first;
	irp->Tail.Overlay.OriginalFileObject = object;
}

/* The stack location that the driver on top is going to see. */
static inline PIO_STACK_LOCATION nt_irp_first(struct nt_irp *nt)
{
	return IoGetNextIrpStackLocation(&nt->irp);
}

void nt_irp_wait(struct nt_irp *nt, bool interruptible);

/**
 * nt_irp_call - send an IRP off that nt_irp_begin() made, and wait for its end
 * @nt: the IRP
 * @device: top of the stack
 * @major: its IRP_MJ_x
 *
 * PASSIVE_LEVEL. A signal cancels it. Returns the IRP's final status.
 */
static __always_inline NTSTATUS nt_irp_call(struct nt_irp *nt, PDEVICE_OBJECT device, UCHAR major)
{
	nt_call_dispatch(device->DriverObject->MajorFunction[major], device, &nt->irp);
	if (!nt->done)
		nt_irp_wait(nt, true);
	return nt->irp.IoStatus.Status;
}

NTSTATUS nt_irp_send(struct nt_irp *nt, PDEVICE_OBJECT device, bool interruptible);
bool nt_irp_send_async(struct nt_irp *nt, PDEVICE_OBJECT device);

/* For our own drivers: set the result, complete, and return the status. */
static inline NTSTATUS nt_irp_finish(PIRP irp, NTSTATUS status, ULONG_PTR information)
{
	irp->IoStatus.Status = status;
	irp->IoStatus.Information = information;
	IofCompleteRequest(irp, IO_NO_INCREMENT);
	return status;
}

int nt_irp_setup(void);
void nt_irp_teardown(void);

#endif /* _NTCOMPAT_IO_IRP_H */
