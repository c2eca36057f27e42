/* SPDX-License-Identifier: GPL-2.0 */
/* Files by handle, as drivers have them. */
#ifndef _NTCOMPAT_IO_ZWFILE_H
#define _NTCOMPAT_IO_ZWFILE_H

#include "file.h"

NTSTATUS nt_file_of_handle(HANDLE handle, struct nt_file **file);

#endif /* _NTCOMPAT_IO_ZWFILE_H */
