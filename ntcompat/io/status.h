/* SPDX-License-Identifier: GPL-2.0 */
/* NTSTATUS and errno: the one place where one becomes the other. */
#ifndef _NTCOMPAT_IO_STATUS_H
#define _NTCOMPAT_IO_STATUS_H

#include "../nt.h"

int nt_status_to_errno(NTSTATUS status);
NTSTATUS nt_status_from_errno(int error);

/* For the log: the usual ones by name; valid until the next call on this CPU. */
const char *nt_status_text(NTSTATUS status);

#endif /* _NTCOMPAT_IO_STATUS_H */
