/* SPDX-License-Identifier: GPL-2.0 */
/* Who may open a device. */
#ifndef _NTCOMPAT_IO_SECURE_H
#define _NTCOMPAT_IO_SECURE_H

#include "../nt.h"
#include <linux/uidgid.h>

struct nt_file;

/* The mode of a node whose device says nothing of its own. */
#define NT_DEFAULT_MODE		0600

bool nt_file_may_open(struct nt_file *file);
umode_t nt_path_mode(PCUNICODE_STRING path);
kgid_t nt_users_group(void);
NTSTATUS nt_stack_secure(PDEVICE_OBJECT bottom, const char *sddl);

#endif /* _NTCOMPAT_IO_SECURE_H */
