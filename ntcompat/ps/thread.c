// SPDX-License-Identifier: GPL-2.0
/*
 * The type of thread objects. There is no object of it yet, so a handle is never
 * one of a thread: a driver that asks for one is told STATUS_OBJECT_TYPE_MISMATCH.
 */
#include "../ob/object.h"

struct _OBJECT_TYPE nt_thread_type = {
	.name = "Thread",
};

static POBJECT_TYPE thread_type_pointer = &nt_thread_type;

POBJECT_TYPE *PsThreadType = &thread_type_pointer;
EXPORT_SYMBOL(PsThreadType);
