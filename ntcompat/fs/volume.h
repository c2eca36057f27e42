/* SPDX-License-Identifier: GPL-2.0 */
/* The drive C:, a file system of our own on a folder of Linux's. */
#ifndef _NTCOMPAT_FS_VOLUME_H
#define _NTCOMPAT_FS_VOLUME_H

#include "../nt.h"

struct file;

/* The file of Linux's behind a file object; NULL for one of another device's. */
struct file *nt_volume_file(PFILE_OBJECT object);

int nt_volume_setup(void);
void nt_volume_teardown(void);

#endif /* _NTCOMPAT_FS_VOLUME_H */
