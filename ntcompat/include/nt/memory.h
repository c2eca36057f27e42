/* SPDX-License-Identifier: GPL-2.0 */
/* memory.h - the C run-time's memory routines */
#ifndef _NT_MEMORY_H
#define _NT_MEMORY_H

#include "string.h"

#endif /* _NT_MEMORY_H */
