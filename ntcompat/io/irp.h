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
 * @deepest: lowest stack location that a driver has used since the last init;
 *	those below are still as they were zeroed
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
	CHAR deepest;
	atomic_t refs;
	void (*end)(struct nt_irp *nt);
	struct nt_file *file;
	struct list_head link;
	struct task_struct *thread;
	pid_t tgid;
	unsigned long since;
	IO_STACK_LOCATION *top;
	u64 counts;
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

	nt->completed.done = 0;
	nt->sender = current;
	nt->done = false;
	/* Stack location n is stack[n - 1]; a driver may have used one below the top. */
	for (location = &nt->stack[nt->deepest - 1]; location < top; location++)
		nt_clear_location(location);
	nt->deepest = irp->StackCount;

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

/* The stack location that the driver on top is going to see. */
static inline PIO_STACK_LOCATION nt_irp_first(struct nt_irp *nt)
{
	return IoGetNextIrpStackLocation(&nt->irp);
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
