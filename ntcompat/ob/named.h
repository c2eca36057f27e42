/* SPDX-License-Identifier: GPL-2.0 */
/* Objects whose name lasts as long as a handle of them: events, directories, sections. */
#ifndef _NTCOMPAT_OB_NAMED_H
#define _NTCOMPAT_OB_NAMED_H

#include "name.h"
#include "object.h"

NTSTATUS nt_named_create(struct nt_object *object, struct nt_name *name, enum nt_name_type type,
			 PCUNICODE_STRING path, ACCESS_MASK access, ULONG attributes,
			 PHANDLE handle);
struct nt_object *nt_named_find(PCUNICODE_STRING path, enum nt_name_type type, NTSTATUS *status);
NTSTATUS nt_named_open(PCUNICODE_STRING path, enum nt_name_type type, ACCESS_MASK access,
		       ULONG attributes, PHANDLE handle, void **body);

#endif /* _NTCOMPAT_OB_NAMED_H */
