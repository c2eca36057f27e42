/* SPDX-License-Identifier: GPL-2.0 */
/* stddef.h - the C run-time's */
#ifndef _NT_STDDEF_H
#define _NT_STDDEF_H

#include "ntdef.h"

#endif /* _NT_STDDEF_H */
