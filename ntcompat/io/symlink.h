/* SPDX-License-Identifier: GPL-2.0 */
/* Symbolic links of the namespace; those in \?? have a node in /dev/nt. */
#ifndef _NTCOMPAT_IO_SYMLINK_H
#define _NTCOMPAT_IO_SYMLINK_H

#include "../nt.h"
#include "../ob/name.h"

struct nt_driver;
struct nt_node;

/**
 * struct nt_symlink - a symbolic link
 * @link: on the list of all links; guarded by nt_names_lock
 * @name: its entry in the namespace
 * @creator: the code that made it, which tells whose it is; 0 when that is
 *	not a driver's
 * @driver: whose device the target was when the link was made, or NULL; tells
 *	it then
 * @target: the path it stands for; resolved at each open
 * @node: its /dev node; NULL for a link outside \??
 * @system: one of our own, which is always there
 */
struct nt_symlink {
	struct list_head link;
	struct nt_name name;
	unsigned long creator;
	const DRIVER_OBJECT *driver;
	UNICODE_STRING target;
	struct nt_node *node;
	bool system;
};

/* Links to links to links: who goes further goes in a circle. */
#define NT_LINKS_MAX	8

NTSTATUS nt_symlink_resolve(PCUNICODE_STRING path, PUNICODE_STRING target);
struct nt_symlink *nt_symlink_create_system(const char *name, const char *target);
void nt_symlink_destroy_system(struct nt_symlink *link);
void nt_symlinks_reap(struct nt_driver *driver);

#endif /* _NTCOMPAT_IO_SYMLINK_H */
