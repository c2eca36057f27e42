/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The object namespace: \Device\Edu0, \??\EDU0. Few names live at a time, so a
 * list under a mutex will do; \DosDevices and \GLOBAL?? are other words for \??.
 */
#ifndef _NTCOMPAT_OB_NAME_H
#define _NTCOMPAT_OB_NAME_H

#include "../nt.h"
#include <linux/mutex.h>

struct nt_object;

enum nt_name_type {
	NT_NAME_DEVICE,
	NT_NAME_SYMLINK,
	NT_NAME_EVENT,
	NT_NAME_CALLBACK,
	NT_NAME_DIRECTORY,
	NT_NAME_SECTION,
	NT_NAME_RESERVED,	/* taken, but its object is still made, or going */
};

/**
 * struct nt_name - an entry of the namespace, embedded in what it names
 * @link: on the list of all names; guarded by nt_names_lock; empty when unnamed
 * @type: what it is embedded in; that of a published entry changes under nt_names_lock
 * @path: the whole path in its canonical form; owned by the entry
 * @object: of an entry that nt_named_create() published: what it names
 */
struct nt_name {
	struct list_head link;
	enum nt_name_type type;
	UNICODE_STRING path;
	struct nt_object *object;
};

extern struct mutex nt_names_lock;

NTSTATUS nt_name_insert(struct nt_name *name, enum nt_name_type type, PCUNICODE_STRING path);
void nt_name_remove(struct nt_name *name);
struct nt_name *nt_name_find(PCUNICODE_STRING path);
struct nt_name *nt_name_find_prefix(PCUNICODE_STRING path, unsigned int *units);
void nt_names_walk(void (*visit)(const struct nt_name *name, void *data), void *data);

NTSTATUS nt_name_of(struct nt_name *name, PUNICODE_STRING path);

NTSTATUS nt_string_dup(PUNICODE_STRING to, PCUNICODE_STRING from);
NTSTATUS nt_string_join(PUNICODE_STRING to, PCUNICODE_STRING first, const WCHAR *rest,
			unsigned int units);
NTSTATUS nt_string_from_ascii(PUNICODE_STRING to, const char *prefix, const char *text);
void nt_string_free(PUNICODE_STRING string);

/* The part of a \?? path behind the prefix, or NULL when it is another path. */
const WCHAR *nt_dos_name(PCUNICODE_STRING path, unsigned int *units);

#endif /* _NTCOMPAT_OB_NAME_H */
