/* SPDX-License-Identifier: GPL-2.0 */
/* Where drivers' files are on Linux. */
#ifndef _NTCOMPAT_FS_LOOKUP_H
#define _NTCOMPAT_FS_LOOKUP_H

#include "../nt.h"

struct file;
struct path;

/**
 * struct nt_fs_open - how a Linux file is opened
 * @write: for writing, too
 * @create: make it when it is not there
 * @exclusive: fail when it is
 * @truncate: empty it when it is
 * @made: receives whether it was made
 */
struct nt_fs_open {
	bool write;
	bool create;
	bool exclusive;
	bool truncate;
	bool made;
};

bool nt_fs_is_writable(void);
char *nt_fs_name(PCUNICODE_STRING path, NTSTATUS *status);
struct file *nt_fs_open(char *name, struct nt_fs_open *how, NTSTATUS *status);

#endif /* _NTCOMPAT_FS_LOOKUP_H */
