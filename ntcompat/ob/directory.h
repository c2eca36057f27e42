/* SPDX-License-Identifier: GPL-2.0 */
/* Directory objects, and names relative to them. */
#ifndef _NTCOMPAT_OB_DIRECTORY_H
#define _NTCOMPAT_OB_DIRECTORY_H

#include "object.h"

NTSTATUS nt_attributes_path(POBJECT_ATTRIBUTES oa, PUNICODE_STRING path);
void nt_directory_make_temporary(void *body);
void nt_directories_teardown(void);

#endif /* _NTCOMPAT_OB_DIRECTORY_H */
