// SPDX-License-Identifier: GPL-2.0
/* What changes: the time in each key, and, for the program that saves it, a count. */
#include "key.h"
#include <linux/sched.h>

#define SAVE_TIMEOUT	(30 * HZ)

static u64 generation;
static u64 saved;	/* generation that is on the disk */
static unsigned int savers;	/* programs that tell what they have saved */
static DECLARE_WAIT_QUEUE_HEAD(wait);	/* for changes, and for the two above */

/* Of what is saved; read with the lock held, or as a hint. */
u64 nt_registry_generation(void)
{
	return READ_ONCE(generation);
}

wait_queue_head_t *nt_registry_wait(void)
{
	return &wait;
}

void nt_registry_touch(void)
{
	lockdep_assert_held(&nt_registry_lock);
	WRITE_ONCE(generation, generation + 1);
	wake_up_all(&wait);
}

/* A program has begun to save changes, or has ended. */
void nt_registry_saver(bool is_there)
{
	mutex_lock(&nt_registry_lock);
	WRITE_ONCE(savers, is_there ? savers + 1 : savers - 1);
	mutex_unlock(&nt_registry_lock);
	wake_up_all(&wait);
}

/* What was there at a generation is on the disk. False for one that has not been. */
bool nt_registry_saved(u64 at)
{
	bool has_been;

	mutex_lock(&nt_registry_lock);
	has_been = at <= generation;
	if (has_been)
		WRITE_ONCE(saved, max(saved, at));
	mutex_unlock(&nt_registry_lock);
	wake_up_all(&wait);
	return has_been;
}

/**
 * nt_registry_wait_saved - wait until changes are on the disk
 * @at: generation of the last of them
 *
 * Without the lock. False when there is no program that saves them, or it does not come to
 * it, or the thread is killed.
 */
bool nt_registry_wait_saved(u64 at)
{
	wait_event_killable_timeout(wait, READ_ONCE(saved) >= at || !READ_ONCE(savers),
				    SAVE_TIMEOUT);
	return READ_ONCE(saved) >= at;
}

/**
 * nt_key_changed - a key, one of its values or its list of children has changed
 * @key: in the tree; the lock is held
 * @what: REG_NOTIFY_x; nobody asks yet: there is no ZwNotifyChangeKey()
 */
void nt_key_changed(struct nt_key *key, ULONG what)
{
	lockdep_assert_held(&nt_registry_lock);
	KeQuerySystemTime(&key->written);
}
