/* SPDX-License-Identifier: GPL-2.0 */
/* What a file says of itself: IRP_MJ_QUERY_INFORMATION and IRP_MJ_SET_INFORMATION. */
#ifndef _NTCOMPAT_IO_INFORMATION_H
#define _NTCOMPAT_IO_INFORMATION_H

#include "file.h"

struct ntcompat_info;

NTSTATUS nt_information_query(struct nt_file *file, struct ntcompat_info *req);
NTSTATUS nt_information_set(struct nt_file *file, struct ntcompat_info *req);
NTSTATUS nt_request_end_of_file(struct nt_file *file, s64 *end);

/* What a driver asks for: buffers are the kernel's. */
NTSTATUS nt_information_query_kernel(struct nt_file *file, FILE_INFORMATION_CLASS number,
				     void *buffer, u32 length, ULONG_PTR *information);
NTSTATUS nt_information_set_kernel(struct nt_file *file, FILE_INFORMATION_CLASS number,
				   void *buffer, u32 length, ULONG_PTR *information);

s64 nt_file_position(struct nt_file *file);
void nt_file_set_position(struct nt_file *file, s64 position);

#endif /* _NTCOMPAT_IO_INFORMATION_H */
