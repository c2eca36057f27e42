/* SPDX-License-Identifier: GPL-2.0 */
/* Which requests a file has with its driver just now, for debugfs. */
#ifndef _NTCOMPAT_IO_INFLIGHT_H
#define _NTCOMPAT_IO_INFLIGHT_H

struct nt_file;
struct seq_file;

void nt_inflight_show(struct seq_file *m, struct nt_file *file);

#endif /* _NTCOMPAT_IO_INFLIGHT_H */
