/* SPDX-License-Identifier: GPL-2.0 */
/* A thread that waits for dispatcher objects. */
#ifndef _NTCOMPAT_KE_WAITER_H
#define _NTCOMPAT_KE_WAITER_H

#include "dispatcher.h"
#include <linux/ktime.h>
#include <linux/sched.h>

/* nt_waiter.state when it is not the index of the object that ended the wait. */
enum {
	NT_WAITING	= -1,
	NT_GAVE_UP	= -2,	/* out of time, or a signal came */
	NT_CLAIMED	= -3,	/* released; whoever did it is still at its objects */
};

/**
 * struct nt_waiter - a wait, on the waiting thread's stack
 * @task: the thread
 * @thread: its object; needed, and set, only when it waits for a mutex
 * @state: who changes it from NT_WAITING ends the wait
 * @abandoned: it got a mutex whose owner had exited
 * @all: it waits for all of its objects
 * @mirrors: among these are events that mirror something
 * @count: how many objects
 * @index: with NT_CLAIMED, of the one that ended the wait
 * @blocks: a block for each object. WaitListEntry is on the object's list, under
 *	its lock, when BlockState says so; NotificationQueue is this waiter
 * @next: in nt_signal.claimed
 */
struct nt_waiter {
	struct task_struct *task;
	PKTHREAD thread;
	int state;
	bool abandoned;
	bool all;
	bool mirrors;
	unsigned int count;
	int index;
	PKWAIT_BLOCK blocks;
	struct nt_waiter *next;
};

static inline struct nt_waiter *nt_waiter_of(PKWAIT_BLOCK block)
{
	return block->NotificationQueue;
}

static inline PDISPATCHER_HEADER nt_header_of(PKWAIT_BLOCK block)
{
	return block->Object;
}

/* With the object locked. */
static inline void nt_block_queue(PKWAIT_BLOCK block)
{
	InsertTailList(&nt_header_of(block)->WaitListHead, &block->WaitListEntry);
	block->BlockState = TRUE;
}

static inline void nt_block_unqueue(PKWAIT_BLOCK block)
{
	if (!block->BlockState)
		return;
	RemoveEntryList(&block->WaitListEntry);
	block->BlockState = FALSE;
}

/* Is the object signalled as far as the waiter is concerned? Its lock is held. */
bool nt_can_take(PDISPATCHER_HEADER header, const struct nt_waiter *waiter);

/* What a satisfied wait does to the object. Its locks are held. */
void nt_take(PDISPATCHER_HEADER header, struct nt_waiter *waiter);

/* Lock for a wait: also what the object mirrors. Returns the interrupt flags. */
unsigned long nt_wait_lock(PDISPATCHER_HEADER header);
void nt_wait_unlock(PDISPATCHER_HEADER header, unsigned long flags);

/*
 * Waits for all (ke/dispatcher.c). Their lock comes before the objects' own. With
 * it held any number of these is taken, in any order: others hold one only, and
 * wait for no second one meanwhile.
 */
bool nt_all_take(struct nt_waiter *waiter, bool queue);
void nt_all_leave(struct nt_waiter *waiter);

unsigned int nt_sleep_state(KPROCESSOR_MODE mode, bool alertable);
NTSTATUS nt_sleep_until(struct nt_waiter *waiter, unsigned int state, ktime_t *deadline);

/* The status of a wait that ended by the object with this index. */
static inline NTSTATUS nt_wait_status(const struct nt_waiter *waiter, int index)
{
	return NT_STATUS((waiter->abandoned ? 0x80 : 0) + index);
}

#endif /* _NTCOMPAT_KE_WAITER_H */
