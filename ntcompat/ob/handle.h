/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Handles.
 *
 * A kernel handle is an index into one table of all drivers. It has its top bit
 * set, as on Windows, and means the same in each process. A user program's handle
 * is one of its descriptors (include/uapi/ntcompat.h says how), and means
 * something in that process only.
 *
 * Whoever makes a handle holds the object through it until ZwClose(). What a
 * driver left open is closed when ntcompat is unloaded, which says so.
 */
#ifndef _NTCOMPAT_OB_HANDLE_H
#define _NTCOMPAT_OB_HANDLE_H

#include "../nt.h"
#include "object.h"

/* A new handle takes a reference of its own to the body's object. */
NTSTATUS nt_handle_create(void *body, ACCESS_MASK access, ULONG attributes, PHANDLE handle);

/* GENERIC_READ and the like, and MAXIMUM_ALLOWED, as this type's rights. */
ACCESS_MASK nt_access_of(POBJECT_TYPE type, ACCESS_MASK desired);

void nt_handle_teardown(void);

#endif /* _NTCOMPAT_OB_HANDLE_H */
