/* SPDX-License-Identifier: GPL-2.0 */
/* Keys as objects, with handles. */
#ifndef _NTCOMPAT_CM_KEY_H
#define _NTCOMPAT_CM_KEY_H

#include "../nt.h"
#include "../ob/object.h"
#include "tree.h"
#include <linux/wait.h>

/* What a driver gets when it asks for the object: it tells nothing. */
struct nt_key_body {
	struct nt_key *key;
};

/**
 * struct nt_open_key - a key that somebody has opened
 * @ob: a handle's, mostly
 * @body: the key, with a reference
 */
struct nt_open_key {
	struct nt_object ob;
	struct nt_key_body body;
};
NT_ASSERT_BODY(struct nt_open_key, ob, body);

/* A new handle of a key. The caller has the lock, or a reference. */
NTSTATUS nt_key_handle(struct nt_key *key, ACCESS_MASK access, ULONG attributes, PHANDLE handle);

/* The key behind a handle that allows @access: referenced, with the lock held. */
NTSTATUS nt_key_lock(HANDLE handle, ACCESS_MASK access, struct nt_key **key);
void nt_key_unlock(struct nt_key *key);

/* Something that is saved has changed. */
void nt_registry_touch(void);
u64 nt_registry_generation(void);
wait_queue_head_t *nt_registry_wait(void);
void nt_registry_saver(bool is_there);
bool nt_registry_saved(u64 at);
bool nt_registry_wait_saved(u64 at);

int nt_registry_setup(void);
void nt_registry_teardown(void);

#endif /* _NTCOMPAT_CM_KEY_H */
