/* SPDX-License-Identifier: GPL-2.0 */
/* What a file says of itself: IRP_MJ_QUERY_INFORMATION and IRP_MJ_SET_INFORMATION. */
#ifndef _NTCOMPAT_IO_INFORMATION_H
#define _NTCOMPAT_IO_INFORMATION_H

#include "file.h"

struct ntcompat_info;

NTSTATUS nt_information_query(struct nt_file *file, struct ntcompat_info *req);
NTSTATUS nt_information_set(struct nt_file *file, struct ntcompat_info *req);
NTSTATUS nt_request_end_of_file(struct nt_file *file, s64 *end);

#endif /* _NTCOMPAT_IO_INFORMATION_H */
