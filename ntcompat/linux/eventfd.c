// SPDX-License-Identifier: GPL-2.0
/*
 * The door for user programs' events: a KEVENT that mirrors an eventfd.
 *
 * The eventfd's count is the state, and there is no other: SignalState is set
 * from it each time it changes. That is possible because eventfds wake their
 * wait queue, with its lock held, at each write and at each read. So
 *
 *	KeSetEvent() writes to the eventfd, which comes back to us as a change;
 *	KeResetEvent() and a wait that takes the event read from it;
 *	a program's write or read comes to us as a change, which releases waiters.
 *
 * The lock of the eventfd's wait queue is taken before the dispatcher lock.
 *
 * Whose end comes when: a KEVENT holds its struct file. It is on the eventfd's
 * wait queue, and in the table by which a second handle finds it, until its last
 * reference is gone, and is taken off both before it is freed.
 */
#include "eventfd.h"
#include "compat.h"
#include "../include/uapi/ntcompat.h"
#include "../ke/dispatcher.h"
#include <linux/eventfd.h>
#include <linux/file.h>
#include <linux/hashtable.h>
#include <linux/poll.h>

/**
 * struct nt_eventfd - what a KEVENT mirrors
 * @node: in the table of all, under @table_lock
 * @e: the event
 * @filp: the eventfd, referenced
 * @ctx: the same, as other routines want it
 * @queue: its wait queue
 * @wait: our entry there
 * @table: by which the queue is found
 */
struct nt_eventfd {
	struct hlist_node node;
	struct nt_event *e;
	struct file *filp;
	struct eventfd_ctx *ctx;
	wait_queue_head_t *queue;
	wait_queue_entry_t wait;
	poll_table table;
};

static DEFINE_HASHTABLE(table, 6);
static DEFINE_SPINLOCK(table_lock);	/* with bottom halves off: references end in DPCs */

static struct nt_eventfd *mirrored(PDISPATCHER_HEADER header)
{
	return container_of(header, struct nt_event, event.Header)->eventfd;
}

/* Needs no lock, and takes none. */
static bool is_signalled(const struct nt_eventfd *fd)
{
	return vfs_poll(fd->filp, NULL) & EPOLLIN;
}

static void take_one(struct nt_eventfd *fd)
{
	u64 count;

	lockdep_assert_held(&fd->queue->lock);
	eventfd_ctx_do_read(fd->ctx, &count);
}

/* ---- What ke/ asks for ---- */

spinlock_t *nt_mirror_lock(PDISPATCHER_HEADER header)
{
	return &mirrored(header)->queue->lock;
}

void nt_mirror_take(PDISPATCHER_HEADER header)
{
	struct nt_eventfd *fd = mirrored(header);

	take_one(fd);
	header->SignalState = is_signalled(fd);
}

/*
 * An event that is signalled stays as it is. When two see at the same time that
 * it is not, the eventfd counts two; a read takes both.
 */
LONG nt_mirror_set(PDISPATCHER_HEADER header)
{
	LONG previous = READ_ONCE(header->SignalState);

	if (!previous)
		nt_eventfd_signal(mirrored(header)->ctx);
	return previous;
}

/*
 * One read, as the program itself would reset it: with EFD_SEMAPHORE that takes
 * one of the count, and the event may be signalled still.
 */
LONG nt_mirror_reset(PDISPATCHER_HEADER header)
{
	raw_spinlock_t *lock = nt_dispatcher_lock(header);
	spinlock_t *outer = nt_mirror_lock(header);
	unsigned long flags;
	LONG previous;

	spin_lock_irqsave(outer, flags);
	raw_spin_lock(lock);
	previous = header->SignalState;
	if (previous)
		nt_mirror_take(header);
	raw_spin_unlock(lock);
	spin_unlock_irqrestore(outer, flags);
	return previous;
}

/* ---- What the eventfd tells us ---- */

/* With the lock of the wait queue held, interrupts off. */
static void update(struct nt_eventfd *fd)
{
	PDISPATCHER_HEADER header = &fd->e->event.Header;
	struct nt_signal signal;

	lockdep_assert_held(&fd->queue->lock);
	nt_signal_lock(header, &signal);
	header->SignalState = is_signalled(fd);
	nt_dispatcher_release_waiters(header, &signal);
	nt_signal_unlock(header, &signal);
}

static int changed(wait_queue_entry_t *wait, unsigned int mode, int sync, void *key)
{
	update(container_of(wait, struct nt_eventfd, wait));
	return 0;
}

/* ---- Beginning and end ---- */

static void queue_found(struct file *filp, wait_queue_head_t *queue, poll_table *poll)
{
	struct nt_eventfd *fd = container_of(poll, struct nt_eventfd, table);

	fd->queue = queue;
	add_wait_queue(queue, &fd->wait);
}

static void free_eventfd(struct nt_eventfd *fd)
{
	if (fd->queue)
		remove_wait_queue(fd->queue, &fd->wait);
	eventfd_ctx_put(fd->ctx);
	fput(fd->filp);
	kfree(fd);
}

/* The last reference to the event is gone. <= DISPATCH_LEVEL */
void nt_eventfd_forget(struct nt_event *e)
{
	struct nt_eventfd *fd = e->eventfd;

	spin_lock_bh(&table_lock);
	hash_del(&fd->node);
	spin_unlock_bh(&table_lock);
	free_eventfd(fd);
}

/* Does a wait leave it signalled? The uapi header says why this flag. */
static EVENT_TYPE type_of(const struct file *filp)
{
	return filp->f_flags & NTCOMPAT_EVENT_MANUAL_RESET ? NotificationEvent :
							     SynchronizationEvent;
}

static struct nt_eventfd *mirror(struct file *filp, struct eventfd_ctx *ctx)
{
	struct nt_eventfd *fd = kzalloc(sizeof(*fd), GFP_KERNEL_ACCOUNT);

	if (!fd)
		return NULL;
	fd->e = nt_event_alloc(type_of(filp), false);
	if (!fd->e) {
		kfree(fd);
		return NULL;
	}
	fd->ctx = ctx;
	fd->filp = get_file(filp);
	init_waitqueue_func_entry(&fd->wait, changed);
	init_poll_funcptr(&fd->table, queue_found);
	fd->e->eventfd = fd;
	fd->e->event.Header.Inserted = NT_EVENT_MIRROR;
	vfs_poll(filp, &fd->table);
	spin_lock_irq(&fd->queue->lock);
	update(fd);
	spin_unlock_irq(&fd->queue->lock);
	return fd;
}

/* Referenced. One whose last reference is just going is none. */
static struct nt_event *find(const struct file *filp)
{
	struct nt_eventfd *fd;

	lockdep_assert_held(&table_lock);
	hash_for_each_possible(table, fd, node, (unsigned long)filp)
		if (fd->filp == filp && kref_get_unless_zero(&fd->e->ob.ref))
			return fd->e;
	return NULL;
}

static struct nt_event *find_or_add(const struct file *filp, struct nt_eventfd *new)
{
	struct nt_event *e;

	spin_lock_bh(&table_lock);
	e = find(filp);
	if (!e && new) {
		hash_add(table, &new->node, (unsigned long)filp);
		e = new->e;
	}
	spin_unlock_bh(&table_lock);
	return e;
}

/**
 * nt_eventfd_from_file - the KEVENT of an eventfd
 * @filp: what a descriptor stands for
 * @body: receives the KEVENT, referenced: the same for the same eventfd, as long
 *	as anybody refers to it
 * @granted: receives all access: an eventfd knows no other
 *
 * PASSIVE_LEVEL. Returns STATUS_OBJECT_TYPE_MISMATCH when it is no eventfd.
 */
NTSTATUS nt_eventfd_from_file(struct file *filp, void **body, ACCESS_MASK *granted)
{
	struct eventfd_ctx *ctx = eventfd_ctx_fileget(filp);
	struct nt_eventfd *new;
	struct nt_event *e;

	if (IS_ERR(ctx))
		return STATUS_OBJECT_TYPE_MISMATCH;
	e = find_or_add(filp, NULL);
	if (e) {
		eventfd_ctx_put(ctx);
	} else {
		new = mirror(filp, ctx);
		if (!new) {
			eventfd_ctx_put(ctx);
			return STATUS_INSUFFICIENT_RESOURCES;
		}
		e = find_or_add(filp, new);
		if (e != new->e)
			nt_object_put(&new->e->ob);
	}
	*body = &e->event;
	*granted = EVENT_ALL_ACCESS;
	return STATUS_SUCCESS;
}
