/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The registry: a tree of keys, each with values.
 *
 * It lies in memory. The keys that are not volatile are what ntctl saves to files
 * and loads from them (docs/userspace.md); the kernel writes no file.
 *
 * One mutex guards the tree and all that is in it. A key that was deleted is out of
 * the tree at once, without values; it is freed when the last of those who have it
 * open lets go.
 */
#ifndef _NTCOMPAT_CM_TREE_H
#define _NTCOMPAT_CM_TREE_H

#include "../nt.h"
#include <linux/kref.h>
#include <linux/mutex.h>

/* "Registry Element Size Limits", in characters and levels. */
#define NT_KEY_NAME_MAX		255
#define NT_VALUE_NAME_MAX	16383
#define NT_KEY_DEPTH_MAX	512
/* Windows has no limit but memory; ours keeps a program from eating up the kernel's. */
#define NT_VALUE_DATA_MAX	(16 << 20)

/* The value that is a symbolic link's target, without a NUL. */
#define NT_LINK_VALUE		L"SymbolicLinkValue"

/**
 * struct nt_key - a key of the tree
 * @ref: the tree's, and one of each who has it open
 * @parent: NULL for the root and for a deleted one
 * @link: among the parent's children
 * @children: in the order of their names
 * @values: in the order in which they were made
 * @name: last component of its path, as it was written at the key's creation
 * @class: what ZwCreateKey() was told, or empty
 * @written: when it, its values or its list of children changed
 * @depth: of the root 0
 * @is_volatile: never saved
 * @is_link: a symbolic link, whose target is the value SymbolicLinkValue
 * @is_deleted: out of the tree
 * @is_fixed: part of the registry's frame, which nobody may delete
 *
 * nt_registry_lock guards all but @ref, and @name, which is constant.
 */
struct nt_key {
	struct kref ref;
	struct nt_key *parent;
	struct list_head link;
	struct list_head children;
	struct list_head values;
	UNICODE_STRING name;
	UNICODE_STRING class;
	LARGE_INTEGER written;
	unsigned int depth;
	bool is_volatile;
	bool is_link;
	bool is_deleted;
	bool is_fixed;
};

/**
 * struct nt_value - a value of a key
 * @link: among the key's values
 * @name: may be empty: the key's default value
 * @type: REG_x, or any other number
 * @length: bytes at @data
 * @data: kvmalloc'ed, NULL when there are none
 */
struct nt_value {
	struct list_head link;
	UNICODE_STRING name;
	ULONG type;
	ULONG length;
	void *data;
};

extern struct mutex nt_registry_lock;
extern struct nt_key *nt_registry_root;

/* The rest is called with the lock held, where nothing else is said. */
struct nt_key *nt_key_child(struct nt_key *key, PCUNICODE_STRING name);
NTSTATUS nt_key_add(struct nt_key *parent, PCUNICODE_STRING name, PCUNICODE_STRING class,
		    ULONG options, struct nt_key **key);
NTSTATUS nt_key_delete(struct nt_key *key);
struct nt_key *nt_key_child_at(struct nt_key *key, ULONG index);
void nt_key_changed(struct nt_key *key, ULONG what);

static inline struct nt_key *nt_key_get(struct nt_key *key)
{
	kref_get(&key->ref);
	return key;
}

/* Any context up to DISPATCH_LEVEL, locked or not. */
void nt_key_put(struct nt_key *key);

struct nt_value *nt_value_find(struct nt_key *key, PCUNICODE_STRING name);
struct nt_value *nt_value_at(struct nt_key *key, ULONG index);
NTSTATUS nt_value_set(struct nt_key *key, PCUNICODE_STRING name, ULONG type, const void *data,
		      ULONG length);
NTSTATUS nt_value_delete(struct nt_key *key, PCUNICODE_STRING name);
void nt_values_free(struct nt_key *key);

/* query.c */
NTSTATUS nt_value_copy(const struct nt_value *value, PKEY_VALUE_FULL_INFORMATION *copy);

/* path.c */
#define NT_WALK_OPEN_LINK	1	/* a link at the path's end is not followed */
struct nt_key *nt_key_walk(struct nt_key *from, PCUNICODE_STRING path, unsigned int flags,
			   NTSTATUS *status);
NTSTATUS nt_key_walk_create(struct nt_key *from, PCUNICODE_STRING path, PCUNICODE_STRING class,
			    ULONG options, unsigned int flags, struct nt_key **key, bool *created);
NTSTATUS nt_key_make(struct nt_key *from, const WCHAR *path, ULONG options, struct nt_key **key);
ULONG nt_key_path(const struct nt_key *key, WCHAR *buffer);

static inline UNICODE_STRING nt_text(const WCHAR *text)
{
	UNICODE_STRING string;

	RtlInitUnicodeString(&string, text);
	return string;
}

#endif /* _NTCOMPAT_CM_TREE_H */
