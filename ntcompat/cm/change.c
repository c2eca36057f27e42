// SPDX-License-Identifier: GPL-2.0
/* What changes: the time in each key, and, for the program that saves it, a count. */
#include "key.h"
#include <linux/sched.h>

static u64 generation;
static DECLARE_WAIT_QUEUE_HEAD(wait);

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
